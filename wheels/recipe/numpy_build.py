"""Compiles numpy with its own meson."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from wheels.recipe.cross import DRIVER
from wheels.recipe.inside import run
from wheels.recipe.places import INSIDE, PATCHES, Places
from wheels.recipe.progress import step
from wheels.recipe.slim import slim
from wheels.recipe.source import patches_in, prepare, sha256

_OPTIONS = (
    "-Dbuildtype=release",
    "-Doptimization=2",
    "-Db_ndebug=if-release",
    f"-Dprefix={INSIDE}/numpy/install",
    "-Dpython.platlibdir=site",
    "-Dpython.purelibdir=site",
    "-Dallow-noblas=true",  # its own lapack_lite instead
    "-Dblas=none",
    "-Dlapack=none",
    "-Ddisable-svml=true",
    "-Dtest-simd=",
)
# Compiled for size: what is called once per array and not once per element, texts and dates,
# linalg, and random's Cython. Loops, copies, casts, sorting, reductions, FFT and the generators
# and distributions of random, which are C, stay at -O2.
SMALL = (
    r"numpy/linalg/|\.pyx\.c|(/|src_[a-z]+_|generated_)"
    r"(_scaled_float_dtype|abstractdtypes|alloc|array_coercion|arrayfunction_override|buffer"
    r"|calculation|compiled_base|conversion_utils|convert_datatype|datetime\w*|descriptor|dlpack"
    r"|dragon4|dtypemeta|flagsobject|getset|hashdescr|methods|multiarraymodule|nditer_pywrap"
    r"|number|scalarmath|scalartypes|string_ufuncs|stringdtype_ufuncs|ufunc_type_resolution"
    r"|umathmodule|usertypes)\.c"
    r"|/(stringdtype|textreading)/"
)
FLAGS = {"SIDE_FLAGS": f"-ffile-prefix-map={INSIDE}/=", "SIDE_SMALL": SMALL}


def build_numpy(places: Places, archive: Path, ccache: dict[str, str]) -> None:
    """Builds numpy into /wheels/numpy/install, and slimmed modules into /wheels/numpy/slim.

    Args:
        places: the work folder.
        archive: the sdist.
        ccache: the variables that set ccache.

    Raises:
        BuildError: `patch-failed`, `patch-without-prose` or `command-failed`.
    """
    folder = places.wheels / "numpy"
    folder.mkdir(parents=True, exist_ok=True)
    prepare(archive, "", patches_in(PATCHES / "numpy"), folder / "src")
    env = FLAGS | ccache
    meson = [f"{INSIDE}/cross/bin/python"]
    meson.append(f"{INSIDE}/numpy/src/vendored-meson/meson/meson.py")
    inside = f"{INSIDE}/numpy"
    _configure(places, meson, env)
    with step("numpy: compiling"):
        ninja = ["ninja", "-C", f"{inside}/build"]
        run(places, ninja, log="numpy-build", env=env, what="numpy")
    install = [*meson, "install", "-C", f"{inside}/build", "--quiet"]
    run(places, install, log="numpy-install", env=env)
    with step("numpy: slimming"):
        site = folder / "install/site"
        modules = {
            f"{inside}/install/site/{path}": f"{inside}/slim/{path}"
            for path in sorted(path.relative_to(site) for path in site.rglob("*.so"))
        }
        shutil.rmtree(folder / "slim", ignore_errors=True)
        for target in modules.values():
            (places.wheels / os.path.relpath(target, INSIDE)).parent.mkdir(
                parents=True, exist_ok=True
            )
        slim(places, modules)


def _configure(places: Places, meson: list[str], env: dict[str, str]) -> None:
    folder = places.wheels / "numpy"
    # ninja does not see the drivers: a change of them or their variables starts the build anew.
    state = json.dumps([_OPTIONS, FLAGS, sha256(DRIVER)], indent=1)
    stamp = folder / "build.stamp"
    there = (folder / "build/build.ninja").is_file() and stamp.is_file()
    if there and stamp.read_text("utf-8") == state:
        return
    for name in ("build", "install"):
        shutil.rmtree(folder / name, ignore_errors=True)
    inside = f"{INSIDE}/numpy"
    cross = f"--cross-file={INSIDE}/cross/cross.ini"
    with step("numpy: configuring"):
        setup = [*meson, "setup", f"{inside}/build", f"{inside}/src", cross, *_OPTIONS]
        run(places, setup, log="numpy-setup", env=env)
    stamp.write_text(state, "utf-8")
