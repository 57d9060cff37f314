"""Chooses the modules of Python's standard library that go to the phone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from tools.errors import BuildError

KEEP_LIST = Path(__file__).with_name("stdlib_keep.txt")


def module_name(path: str) -> str:
    """`json/decoder.py` is module `json.decoder`, `json/__init__.py` is `json`."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def read_keep_list(text: str) -> list[str]:
    """The patterns of a list such as stdlib_keep.txt, without comments and empty lines."""
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return [line for line in lines if line]


def choose(sources: Mapping[str, bytes], patterns: Iterable[str]) -> dict[str, bytes]:
    """The files of the standard library that `patterns` name.

    Args:
        sources: the library's files by path; what is not Python is never kept.
        patterns: as stdlib_keep.txt explains them: `name`, `name.*`, `-name`.

    Raises:
        BuildError: `stdlib-list-names-nothing` for a pattern that matches no module: a typing
            error, or a module that a new Python has dropped.
    """
    modules = {module_name(path): path for path in sources if path.endswith(".py")}
    kept: set[str] = set()
    for pattern in patterns:
        matched = _matches(pattern.removeprefix("-"), modules)
        if not matched:
            raise BuildError("stdlib-list-names-nothing", pattern=pattern)
        kept = kept - matched if pattern.startswith("-") else kept | matched
    return {modules[name]: sources[modules[name]] for name in kept}


def _matches(pattern: str, modules: Iterable[str]) -> set[str]:
    if pattern.endswith(".*"):
        package = pattern.removesuffix(".*")
        return {name for name in modules if name == package or name.startswith(package + ".")}
    return {name for name in modules if name == pattern}
