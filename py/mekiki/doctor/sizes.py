"""Which lengths a file leaves open, and what to take for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mekiki.doctor.graph import Graph, Value
from mekiki.doctor.step import Shape

GUESSED_SIDE = 640  # height and width, which most detectors are trained for
GUESSED_LENGTH = 1  # of anything else


def real_inputs(graph: Graph) -> list[Value]:
    """Inputs that are no weights: older files list those too."""
    return [value for value in graph.inputs if value.name not in graph.constants]


def declared(value: Value) -> Shape:
    """The shape that OpenCV's importer starts from: 0 for what is open."""
    return tuple(n if isinstance(n, int) and n > 0 else 0 for n in value.shape or ())


def is_dynamic(inputs: Sequence[Value]) -> bool:
    """Whether a named length is open, other than the batch's of three axes or more."""
    return any(
        isinstance(n, str) and not (axis == 0 and len(value.shape or ()) >= 3)
        for value in inputs
        for axis, n in enumerate(value.shape or ())
    )


def chosen(value: Value, wanted: Mapping[str, Sequence[int]] | None) -> Shape:
    """The shape to examine with: as wanted, as told, or guessed."""
    told = declared(value)
    given = (wanted or {}).get(value.name)
    if given is not None and len(given) == len(told):
        # What the file tells stands.
        return tuple(n or max(1, int(g)) for n, g in zip(told, given, strict=True))
    return tuple(n or _guess(told, axis) for axis, n in enumerate(told))


def _guess(told: Shape, axis: int) -> int:
    if len(told) == 4 and axis:
        last = told[3] in (1, 3, 4) and told[1] not in (1, 3, 4)  # colours come last
        if axis == (3 if last else 1):
            return 3
        return GUESSED_SIDE
    return GUESSED_LENGTH


def as_set(shapes: Mapping[str, Shape]) -> dict[str, Shape]:
    """The shapes once they are set: OpenCV makes a column of a vector."""
    return {
        name: (*shape, 1) if len(shape) == 1 else shape or (1, 1) for name, shape in shapes.items()
    }
