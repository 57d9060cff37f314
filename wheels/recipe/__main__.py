"""`python -m wheels.recipe [step ...]`: builds the wheels. See wheels/README.md."""

from __future__ import annotations

import argparse
import json
import shutil
import signal
import sys
from pathlib import Path

from tools.errors import BuildError
from wheels.recipe.cross import prepare_cross
from wheels.recipe.fetch import fetch
from wheels.recipe.numpy_build import build_numpy
from wheels.recipe.opencv_build import build_opencv, write_checks
from wheels.recipe.opencv_options import VARIANTS
from wheels.recipe.output import Output
from wheels.recipe.packing import pack_numpy, pack_opencv
from wheels.recipe.pins import Pins, read_pins
from wheels.recipe.places import INSIDE, WHEELS, Places
from wheels.recipe.progress import say, step
from wheels.recipe.root import check_machine, make_root
from wheels.recipe.toolchain import COMPILERS, check, versions
from wheels.recipe.words import in_words

_ALL = ("root", "numpy", *VARIANTS)
_GROUPS = {"all": _ALL, "opencv": VARIANTS}
STEPS = (*_GROUPS, *_ALL, "pack", "verify", "checks", "clean")
_BUILDS = (
    "numpy/build",
    "numpy/build.stamp",
    "numpy/install",
    "numpy/slim",
    *(f"opencv/{variant}" for variant in VARIANTS),
)


class Recipe:
    """The steps, in one work folder.

    Attributes:
        places: the work folder.
        pins: what is built from what.
        output: where wheels go.
        cached: whether ccache may answer instead of the compiler.
    """

    def __init__(self, places: Places, pins: Pins, output: Output, cached: bool) -> None:
        self.places = places
        self.pins = pins
        self.output = output
        self.ccache = {"EM_COMPILER_WRAPPER": "ccache", "CCACHE_DIR": f"{INSIDE}/ccache"}
        if not cached:
            self.ccache = {}
        self.tools: dict[str, str] = {}

    def run(self, name: str) -> None:
        """One step, with what it needs before."""
        if name in _GROUPS:
            for part in _GROUPS[name]:
                self.run(part)
        elif name == "root":
            self._ready()
        elif name == "numpy":
            self._ready()
            build_numpy(self.places, self._file("numpy"), self.ccache)
            pack_numpy(self.places, self.pins, self.output, self.tools)
        elif name in VARIANTS:
            self._ready()
            self._opencv(name)
        elif name == "pack":
            self._pack()
        elif name == "verify":
            say(f"{self.output.verify()} wheels are those of provenance.json")
        elif name == "checks":
            self._ready()
            write_checks(self.places, self.tools["emcc"])
        elif name == "clean":
            self._clean()
        else:
            raise BuildError("no-such-step", step=name, steps=" ".join(STEPS))

    def _ready(self) -> None:
        """The root with the right compiler in it; once."""
        if self.tools:
            return
        check_machine()
        make_root(self.places, self.pins)
        found = versions(self.places)
        check(found, self.pins, self.places.root)
        self.keep_builds_of(found)
        prepare_cross(self.places, self._file("cython"), self.pins.toolchain["python"])
        self.tools = found

    def keep_builds_of(self, tools: dict[str, str]) -> None:
        """Removes builds made by other compilers: ninja does not see that these have changed."""
        stamp = self.places.wheels / "compilers.json"
        made = {name: tools[name] for name in COMPILERS}
        made["cython"] = self.pins.files["cython"].version
        if stamp.is_file() and json.loads(stamp.read_text("utf-8")) != made:
            say("the compilers have changed: everything is compiled again")
            self._clean()
        stamp.write_text(json.dumps(made, indent=1), "utf-8")

    def _file(self, name: str) -> Path:
        return fetch(self.pins.files[name], self.places.sdist)

    def _opencv(self, variant: str) -> None:
        if not (self.places.wheels / "numpy/install/site/numpy").is_dir():
            self.run("numpy")  # for its headers
        if variant == "relaxed" and not (self.places.wheels / "opencv/simd/cv2.abi3.so").is_file():
            self.run("simd")  # it starts as a copy
        archive = self._file("opencv")
        build_opencv(self.places, archive, variant, self.pins.toolchain["emcc"], self.ccache)
        pack_opencv(self.places, self.pins, self.output, self.tools, variant)

    def _pack(self) -> None:
        """Packs what is built, without building: the same bytes again, if nothing changed."""
        self._ready()
        if (self.places.wheels / "numpy/slim").is_dir():
            pack_numpy(self.places, self.pins, self.output, self.tools)
        for variant in VARIANTS:
            if (self.places.wheels / "opencv" / variant / "cv2.abi3.so").is_file():
                pack_opencv(self.places, self.pins, self.output, self.tools, variant)

    def _clean(self) -> None:
        for name in _BUILDS:
            path = self.places.wheels / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        say("the builds are gone; root, sources and ccache stay")


def _stop(number: int, _frame: object) -> None:
    raise KeyboardInterrupt(number)


def main(arguments: list[str] | None = None) -> int:
    """The command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m wheels.recipe", description=__doc__)
    parser.add_argument("steps", nargs="*", default=["all"], help=" ".join(STEPS))
    parser.add_argument("--no-ccache", action="store_true", help="compile everything")
    parser.add_argument("--out", type=Path, default=WHEELS, help="instead of wheels/")
    options = parser.parse_args(arguments)
    output = Output(options.out)
    if options.out != WHEELS:
        output = Output(options.out, options.out / "not_shipped")
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    recipe = Recipe(Places.from_environment(), read_pins(), output, not options.no_ccache)
    try:
        for name in options.steps:
            with step(name):
                recipe.run(name)
    except BuildError as error:
        print(f"[wheels] {error.code}: {in_words(error)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("[wheels] stopped; the same command goes on from here", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
