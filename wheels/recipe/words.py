"""The recipe's errors in words; the code itself only raises codes with data."""

from __future__ import annotations

from tools.errors import BuildError

WORDS = {
    "not-root": "The recipe needs root, for chroot and mounts inside its own namespace: "
    "run it as root on a Debian machine. (Users need no recipe: wheels/dist holds the wheels.)",
    "tool-missing": "{tool} is not installed: apt-get install {package}",
    "no-mirror": "No Debian mirror in this machine's apt sources: name one in MEKIKI_DEBIAN_MIRROR",
    "version-differs": "{tool}: found {found}, but pins.toml asks for {wanted}. Debian's {suite} "
    "has moved on: either set MEKIKI_DEBIAN_MIRROR to a snapshot of Debian's archive from the time "
    "of provenance.json and remove {root}; or take the new version: write it into pins.toml, "
    "build, run every test, commit.",
    "cmake-refused": "CMake {found} does not work with Emscripten's CMake file (nothing from "
    "{first} to {last} does): another mirror or snapshot has another one.",
    "pyodide-differs": "node_modules/pyodide is {found}, pins.toml says {wanted}: npm ci",
    "checksum-differs": "{name}: its sha256 is {found}, pins.toml says {wanted}. "
    "It was not kept; if it came from MEKIKI_SDISTS, that file is another one.",
    "not-in-index": "{name} is not in the index that pip is configured with ({project}).",
    "fetch-failed": "{name} could not be fetched: {why}. Run the command again to resume, "
    "or name a folder that holds it in MEKIKI_SDISTS.",
    "patch-failed": "{patch} does not apply:\n{output}",
    "patch-without-prose": "{patch} does not say what it changes and why: "
    "begin it with a few lines of prose.",
    "command-failed": "{command} failed ({status}); the end of {log}:\n{tail}",
    "symbols-missing": "{module} needs what Pyodide does not have: {symbols}",
    "machine-path": "{module} names a path of the build: {paths}",
    "licence-missing": "No licence at {path}: the sources have moved it (licences.py)",
    "not-built": "{path} is not there: build it first",
    "wheel-differs": "{wheel}: {found}, but {listed} says {wanted}",
    "no-such-step": "There is no step {step}. Steps: {steps}",
}


def in_words(error: BuildError) -> str:
    """One paragraph for a person."""
    return WORDS[error.code].format(**error.data) if error.code in WORDS else str(error)
