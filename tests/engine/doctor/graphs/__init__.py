"""Graphs that no model of the catalogue has, drawn here: the same bytes on every run."""

from collections.abc import Callable

from tests.engine.doctor.graphs import convolutional, detectors, others, transformers

GRAPHS: dict[str, Callable[[], bytes]] = {
    **convolutional.GRAPHS,
    **transformers.GRAPHS,
    **detectors.GRAPHS,
    **others.GRAPHS,
}
