import io
import zipfile

import pytest

from tools.errors import BuildError
from wheels.recipe.inspect_module import check_paths, check_symbols, runtime_names
from wheels.recipe.output import Output
from wheels.recipe.places import RUNTIME, SHIPPED


@pytest.fixture(scope="module")
def modules(tmp_path_factory):
    folder = tmp_path_factory.mktemp("modules")
    for wheel in SHIPPED.glob("*.whl"):
        with zipfile.ZipFile(io.BytesIO(wheel.read_bytes())) as archive:
            for name in archive.namelist():
                if name.endswith(".so"):
                    path = folder / f"{wheel.stem}-{name.rsplit('/', 1)[-1]}"
                    path.write_bytes(archive.read(name))
    return sorted(folder.iterdir())


def test_pyodide_has_every_symbol_that_the_shipped_modules_need(modules):
    available = runtime_names(RUNTIME / "pyodide.asm.wasm")

    assert len(modules) > 10
    for module in modules:
        check_symbols(module, available)


def test_a_symbol_that_the_runtime_lacks_is_named(modules):
    available = runtime_names(RUNTIME / "pyodide.asm.wasm") - {"PyErr_SetString"}

    with pytest.raises(BuildError, match="symbols-missing") as error:
        check_symbols(next(it for it in modules if "multiarray_umath" in it.name), available)

    assert error.value.data["symbols"] == "PyErr_SetString"


def test_no_shipped_module_names_a_path_of_the_build(modules):
    if not Output().provenance()["wheels"]:
        pytest.skip("the wheels are not the recipe's")
    for module in modules:
        check_paths(module)


def test_a_path_of_the_build_is_found(tmp_path):
    (tmp_path / "x.so").write_bytes(b"\0asm\1\0\0\0 /wheels/opencv/src/a.cpp\0")

    with pytest.raises(BuildError, match="machine-path"):
        check_paths(tmp_path / "x.so")
