"""Makes wheels of what was built, once it passes the checks, and notes how it was made."""

from __future__ import annotations

import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

from wheels.recipe import licences
from wheels.recipe.cross import DRIVER
from wheels.recipe.inspect_module import check_paths, check_symbols, runtime_names
from wheels.recipe.numpy_build import FLAGS
from wheels.recipe.opencv_options import cmake_options, compile_flags
from wheels.recipe.output import Output
from wheels.recipe.pins import Pins
from wheels.recipe.places import PATCHES, RUNTIME, WHEELS, Places
from wheels.recipe.slim import PASSES
from wheels.recipe.source import sha256
from wheels.recipe.trees import numpy_files, numpy_test_files, opencv_files
from wheels.recipe.wheel import Metadata, pack

_BASE = "-fPIC -fwasm-exceptions -sSUPPORT_LONGJMP=wasm"


def pack_numpy(places: Places, pins: Pins, output: Output, tools: dict[str, str]) -> None:
    """Writes numpy's wheel and that of its test modules.

    Raises:
        BuildError: `symbols-missing`, `machine-path`, `licence-missing` or `not-built`.
    """
    source = places.wheels / "numpy/src"
    texts = licences.texts(licences.NUMPY, source, places)
    facts = _facts(pins, tools, ("numpy", "cython"), "numpy")
    facts["flags"] = {"every": f"{_BASE} -O2 {FLAGS['SIDE_FLAGS']}", "-Oz": FLAGS["SIDE_SMALL"]}
    facts["patches"]["sidecc"] = sha256(DRIVER)
    numpy = pins.files["numpy"].version
    about = Metadata(
        name="numpy",
        version=numpy,
        summary="Fundamental package for array computing in Python",
        licence=licences.NUMPY_SPDX,
        home="https://numpy.org",
        tag=pins.tag,
        licences=texts,
    )
    _write(output, "dist", numpy_files(places), about, pins, facts | {"what": "numpy"})
    tests = Metadata(
        name="numpy_tests",
        version=numpy,
        summary="The compiled modules that numpy's own tests need",
        licence=licences.NUMPY_SPDX,
        home="https://numpy.org",
        tag=pins.tag,
        requires=(f"numpy=={numpy}",),
        licences=texts,
    )
    _write(output, "tests", numpy_test_files(places), tests, pins, facts | {"what": "numpy_tests"})
    text = licences.one_text(licences.NUMPY, texts)
    _licence_text(output, "numpy", text)


def pack_opencv(
    places: Places, pins: Pins, output: Output, tools: dict[str, str], variant: str
) -> None:
    """Writes one of OpenCV's wheels.

    Raises:
        BuildError: `symbols-missing`, `machine-path`, `licence-missing` or `not-built`.
    """
    texts = licences.texts(licences.OPENCV, places.wheels / "opencv/src", places)
    pinned = pins.files["opencv"]
    about = Metadata(
        name="opencv-python",
        version=pinned.version,
        summary="OpenCV for Python in the browser: core, imgproc, imgcodecs, dnn, objdetect",
        licence=licences.OPENCV_SPDX,
        home="https://opencv.org",
        tag=pins.tag,
        build=f"{pins.build}{variant}",
        requires=("numpy>=2",),
        licences=texts,
    )
    facts = _facts(pins, tools, ("opencv",), "opencv")
    facts["patches"]["speeds.cmake"] = sha256(WHEELS / "opencv/speeds.cmake")
    every, optimised = compile_flags(variant)
    facts["flags"] = {"every": every, "most": optimised, "others": "speeds.cmake"}
    facts["options"] = cmake_options(variant, pinned.version.rpartition(".")[0])
    files = opencv_files(places, variant, pinned.version)
    kind = "not_shipped" if variant == "scalar" else "dist"
    _write(output, kind, files, about, pins, facts | {"what": f"opencv {variant}"})
    _licence_text(output, "opencv", licences.one_text(licences.OPENCV, texts))


def patch_sums(project: str, folder: Path = PATCHES) -> dict[str, str]:
    """sha256 of each patch of a project, in order."""
    return {path.name: sha256(path) for path in sorted((folder / project).glob("*.patch"))}


def _facts(
    pins: Pins, tools: dict[str, str], files: tuple[str, ...], project: str
) -> dict[str, Any]:
    sources = [pins.files[name] for name in files]
    return {
        "what": project,
        "sources": {it.name: it.sha256 for it in sources},
        "patches": patch_sums(project),
        "toolchain": {**tools, "deflate": version("deflate")},
        "wasm-opt": list(PASSES),
    }


def _write(
    output: Output,
    kind: str,
    files: dict[str, bytes],
    about: Metadata,
    pins: Pins,
    facts: dict[str, Any],
) -> None:
    available = runtime_names(RUNTIME / "pyodide.asm.wasm")
    folder = Path(tempfile.mkdtemp())
    try:
        for name, body in files.items():
            if name.endswith(".so"):
                module = folder / Path(name).name
                module.write_bytes(body)
                check_symbols(module, available)
                check_paths(module)
    finally:
        shutil.rmtree(folder)
    output.write(kind, about.file_name, pack(files, about, pins.epoch), facts)


def _licence_text(output: Output, name: str, text: str) -> None:
    folder = output.folder / "licences"
    folder.mkdir(exist_ok=True)
    for old in folder.glob(f"{name}-*.txt"):
        old.unlink()  # of the time when there were several
    (folder / f"{name}.txt").write_text(text + "\n", "utf-8")
