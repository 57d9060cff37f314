"""Binaryen's passes over a linked module."""

from __future__ import annotations

from collections.abc import Mapping

from wheels.recipe.inside import run
from wheels.recipe.places import Places

_FEATURES = (
    "simd",
    "relaxed-simd",
    "exception-handling",
    "bulk-memory",
    "bulk-memory-opt",
    "nontrapping-float-to-int",
    "sign-ext",
    "mutable-globals",
    "reference-types",
    "multivalue",
)
# Only passes that shrink without undoing LLVM's scheduling: the whole -O3 or -Oz makes networks
# about 12 % slower in V8; on numpy, -Oz would save another 0.4 %.
PASSES = (
    "strip-debug",
    "strip-producers",
    "strip-target-features",
    "duplicate-function-elimination",
    "vacuum",
    "remove-unused-module-elements",
    "merge-blocks",
    "simplify-locals-nostructure",
    "coalesce-locals",
    "reorder-locals",
    "vacuum",
)


def slim(places: Places, modules: Mapping[str, str]) -> None:
    """Runs the passes.

    Args:
        places: the work folder.
        modules: for each module, as seen inside, the path to write.
    """
    options = [f"--enable-{name}" for name in _FEATURES] + [f"--{name}" for name in PASSES]
    for source, target in modules.items():
        run(places, ["wasm-opt", *options, source, "-o", target], log="slim")
