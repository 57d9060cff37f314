"""Compiles OpenCV, three ways.

relaxed starts as a copy of the finished simd tree, bind-mounted at the path where simd is built:
ninja finds its own paths again and compiles only the files that get -mrelaxed-simd.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

from tools.errors import BuildError
from wheels.recipe.inside import run
from wheels.recipe.opencv_options import cmake_options, tree
from wheels.recipe.places import INSIDE, PATCHES, WHEELS, Places
from wheels.recipe.progress import say, step
from wheels.recipe.slim import slim
from wheels.recipe.source import patches_in, prepare

_CHECKS = WHEELS / "opencv/checks.cmake"
_COMPILER = "/usr/share/emscripten/"
_CHECK = re.compile(r"^(HAVE_CX?X?_[A-Z0-9_]+):INTERNAL=(.*)$", re.M)


def build_opencv(
    places: Places, archive: Path, variant: str, emcc: str, ccache: dict[str, str]
) -> None:
    """Builds one variant into `opencv/<variant>/install`, and its module slimmed beside it.

    Args:
        places: the work folder.
        archive: opencv-python's sdist.
        variant: one of `VARIANTS`.
        emcc: the compiler's version.
        ccache: the variables that set ccache.

    Raises:
        BuildError: `patch-failed`, `patch-without-prose`, `command-failed` or `not-built`.
    """
    folder = places.wheels / "opencv"
    folder.mkdir(parents=True, exist_ok=True)
    prepare(archive, "opencv", patches_in(PATCHES / "opencv"), folder / "src")
    _copy_changed(WHEELS / "opencv/speeds.cmake", folder / "speeds.cmake")
    binds = {}
    if variant == "relaxed":
        _copy_tree(folder)
        binds = {"opencv/relaxed": tree(variant)}
    (folder / variant).mkdir(exist_ok=True)
    version = _version(folder / "src")
    _configure(places, variant, version, emcc, ccache, binds)
    with step(f"opencv {variant}: compiling"):
        ninja = ["ninja", "-C", tree(variant), "opencv_python3"]
        for turn in ("build", "rebuild"):
            log, what = f"opencv-{variant}-{turn}", f"opencv {variant}"
            run(places, ninja, log=log, env=ccache, binds=binds, what=what)
            # ninja may have run CMake again, which writes the paths again.
            if not _without_paths(folder / variant):
                break
    install = ["cmake", "--install", tree(variant), "--component", "python"]
    run(places, install, log=f"opencv-{variant}-install", binds=binds)
    with step(f"opencv {variant}: slimming"):
        name = f"{INSIDE}/opencv/{variant}"
        slim(places, {f"{name}/lib/python3/cv2.abi3.so": f"{name}/cv2.abi3.so"})


def _configure(
    places: Places,
    variant: str,
    version: str,
    emcc: str,
    ccache: dict[str, str],
    binds: dict[str, str],
) -> None:
    folder = places.wheels / "opencv"
    options = cmake_options(variant, version)
    stamp = folder / variant / "options.json"
    before = json.loads(stamp.read_text("utf-8")) if stamp.is_file() else {}
    if before == options and (folder / variant / "build.ninja").is_file():
        return
    command = ["cmake", "-G", "Ninja", "-S", f"{INSIDE}/opencv/src", "-B", tree(variant)]
    if before.keys() - options.keys():
        command.append("--fresh")  # its cache would keep an option that is no longer given
    if f"emcc {emcc};" in _CHECKS.read_text("utf-8"):
        _copy_changed(_CHECKS, folder / "checks.cmake")
        command += ["-C", f"{INSIDE}/opencv/checks.cmake"]
    else:
        say("checks.cmake is of another compiler: the configure asks for itself, 10 minutes")
    command += [f"-D{name}={value}" for name, value in options.items()]
    with step(f"opencv {variant}: configuring"):
        run(places, command, log=f"opencv-{variant}-configure", env=ccache, binds=binds)
    _without_paths(folder / variant)
    stamp.write_text(json.dumps(options, indent=1), "utf-8")


def _without_paths(build: Path) -> bool:
    """Takes the paths out of what cv2.getBuildInformation() will say; whether there were any."""
    path = build / "modules/core/version_string.inc"
    text = path.read_text("utf-8")
    without = text.replace(f"{INSIDE}/", "").replace(_COMPILER, "")
    if without == text:
        return False
    path.write_text(without, "utf-8")
    return True


def _copy_tree(folder: Path) -> None:
    if not (folder / "simd/install/python/cv2").is_dir():
        raise BuildError("not-built", path=folder / "simd")
    if (folder / "relaxed/build.ninja").is_file():
        return
    with step("opencv relaxed: copying simd's build"):
        unfinished = folder / "relaxed.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.rmtree(folder / "relaxed", ignore_errors=True)
        # cp keeps times to the nanosecond, which ninja compares, and shares blocks where it can.
        copy = ["cp", "--archive", "--reflink=auto", str(folder / "simd"), str(unfinished)]
        subprocess.run(copy, check=True)
        unfinished.rename(folder / "relaxed")


def write_checks(places: Places, emcc: str) -> None:
    """Writes checks.cmake anew, from the last configure of the simd variant."""
    cache = (places.wheels / "opencv/simd/CMakeCache.txt").read_text("utf-8")
    lines = [
        "# What the compiler answers to the checks of OpenCV's configure, which takes 9 minutes to",
        f"# ask. By `python -m wheels.recipe checks` with emcc {emcc}; not used with another.",
        *(f'set({name} "{value}" CACHE INTERNAL "")' for name, value in _CHECK.findall(cache)),
    ]
    _CHECKS.write_text("\n".join(lines) + "\n", "utf-8")


def _copy_changed(source: Path, target: Path) -> None:
    """A new time would make ninja configure again."""
    if not target.is_file() or target.read_bytes() != source.read_bytes():
        shutil.copyfile(source, target)


def _version(src: Path) -> str:
    text = (src / "modules/core/include/opencv2/core/version.hpp").read_text("utf-8")
    return ".".join(re.findall(r"#define CV_VERSION_(?:MAJOR|MINOR|REVISION)\s+(\d+)", text)[:3])
