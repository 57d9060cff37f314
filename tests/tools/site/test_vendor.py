import json

import pytest

from tools.errors import BuildError
from tools.paths import APP, NODE_MODULES
from tools.site.vendor import LIBRARIES, copy_libraries, link_libraries


@pytest.fixture
def node_modules(tmp_path):
    folder = tmp_path / "node_modules"

    def write(name, version, text):
        (folder / name).mkdir(parents=True)
        (folder / name / "package.json").write_text(json.dumps({"version": version}))
        (folder / name / "index.js").write_text(text)
        return folder

    return write


def test_real_libraries_are_copied_unchanged_under_their_versions(tmp_path):
    copies = copy_libraries(tmp_path)

    assert set(copies) == set(LIBRARIES)
    for name, copy in copies.items():
        version = json.loads((NODE_MODULES / name / "package.json").read_text("utf-8"))["version"]
        assert copy.relative_to(tmp_path).as_posix() == f"vendor/{name}-{version}/{name}.mjs"
        assert copy.read_bytes() == (NODE_MODULES / name / LIBRARIES[name]).read_bytes()


def test_a_library_that_needs_another_file_is_an_error(tmp_path, node_modules):
    folder = node_modules("half", "1.0.0", 'import { other } from "./other.js";')

    with pytest.raises(BuildError) as caught:
        copy_libraries(tmp_path / "site", {"half": "index.js"}, folder)
    assert (caught.value.code, caught.value.data) == (
        "library-not-whole",
        {"library": "half", "imports": ["./other.js"]},
    )


def test_modules_name_the_copies_relative_to_themselves(tmp_path, node_modules):
    folder = node_modules("whole", "2.1.0", "export const one = 1;")
    copies = copy_libraries(tmp_path / "site", {"whole": "index.js"}, folder)
    deep = tmp_path / "site/shell-1/app/rooms/attic"
    deep.mkdir(parents=True)
    (deep / "a.mjs").write_text('import { one } from "whole";\nimport "./b.mjs";\n')
    (deep / "b.mjs").write_text('const { one } = await import("whole");\n')

    link_libraries(tmp_path / "site/shell-1", copies)

    address = "../../../../vendor/whole-2.1.0/whole.mjs"
    assert (
        deep / "a.mjs"
    ).read_text() == f'import {{ one }} from "{address}";\nimport "./b.mjs";\n'
    assert (deep / "b.mjs").read_text() == f'const {{ one }} = await import("{address}");\n'
    assert (deep / address).resolve() == copies["whole"].resolve()


def test_an_unknown_library_is_an_error(tmp_path):
    (tmp_path / "a.mjs").write_text('import { one } from "nowhere";')

    with pytest.raises(BuildError) as caught:
        link_libraries(tmp_path, {})
    assert (caught.value.code, caught.value.data) == (
        "library-unknown",
        {"module": "a.mjs", "library": "nowhere"},
    )


def test_every_library_is_imported_by_a_module_of_ours():
    texts = [path.read_text("utf-8") for path in APP.rglob("*.mjs")]

    assert [name for name in LIBRARIES if not any(f'"{name}"' in text for text in texts)] == []
