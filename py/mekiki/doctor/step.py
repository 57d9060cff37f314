"""One operator at a time: what is known of its inputs, and how a rule says no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mekiki.doctor.graph import Node

Shape = tuple[int, ...]
MOST_AXES = 32  # of a matrix of OpenCV's


def words(text: str) -> tuple[str, ...]:
    """The words of a text: names of operators."""
    return tuple(text.split())


@dataclass(frozen=True)
class Known:
    """What is known of a tensor.

    Attributes:
        shape: as OpenCV holds it, where a constant vector is a column; None where not known.
        constant: OpenCV's importer knows its values before anything runs.
        value: of a constant, where it is small.
        depth: of a constant's elements in OpenCV: f4, i4, i1, f2, u1, u2.
        real: how many axes the file gives a constant, where OpenCV keeps that in mind.
        absent: ONNX knows this output of the operator, but OpenCV does not make it.
    """

    shape: Shape | None = None
    constant: bool = False
    value: NDArray[np.generic] | None = None
    depth: str = "f4"
    absent: bool = False
    real: int | None = None

    @property
    def rank(self) -> int | None:
        """How many axes; None where that is not known."""
        return None if self.shape is None else len(self.shape)


class RefusedError(Exception):
    """OpenCV does not run this: a code of a finding with its data, and what helps."""

    def __init__(self, code: str, advice: str | None = None, **data: object) -> None:
        super().__init__(code)
        self.code, self.advice, self.data = code, advice, data


@dataclass(frozen=True)
class Step:
    """An operator, and what is known where it is.

    Attributes:
        dynamic: the file leaves a length open other than the batch's.
        mixed: some of the constants are layers already, so that nothing is folded.
        importing: before the first run; lengths that are open are 0 then.
    """

    node: Node
    inputs: Sequence[Known | None]
    opset: int
    producer: str
    dynamic: bool
    importing: bool
    mixed: bool = False

    def given(self, index: int) -> bool:
        """Whether there is such an input."""
        return index < len(self.inputs) and self.inputs[index] is not None

    def input(self, index: int) -> Known:
        """An input, which has to be there.

        Raises:
            RefusedError: it is not.
        """
        found = self.inputs[index] if index < len(self.inputs) else None
        if found is None:
            raise RefusedError("operator-inputs", input=index)
        return found

    def shape(self, index: int = 0) -> Shape | None:
        """The shape of an input that has to be there; None where it is not known."""
        return self.input(index).shape

    def is_constant(self, index: int) -> bool:
        """Whether there is such an input, and it is a constant."""
        return self.given(index) and self.input(index).constant

    def all_constant(self) -> bool:
        """Whether nothing but constants goes in."""
        return not self.mixed and all(each is None or each.constant for each in self.inputs)

    def integers(self, index: int) -> list[int] | None:
        """The values of a constant input; None where they are not known here.

        Raises:
            RefusedError: it is no constant.
        """
        found = self.constant(index)
        return None if found.value is None else [int(each) for each in found.value.ravel()]

    def constant(self, index: int) -> Known:
        """An input that OpenCV wants to know before it runs."""
        found = self.input(index)
        if not found.constant:
            raise RefusedError("input-not-constant", "simplify", input=index)
        return found

    def check(self, fits: bool, code: str = "operator-shapes", **data: object) -> None:
        """Refuses what does not hold, with the shapes of the inputs unless other data is given."""
        if not fits:
            shapes = [list(each.shape) if each and each.shape else None for each in self.inputs]
            raise RefusedError(code, None, **(data or {"shapes": shapes}))

    def option(self, fits: bool, name: str, value: object) -> None:
        """Refuses a value of an attribute."""
        if not fits:
            raise RefusedError("operator-option", option=name, value=value)

    def axis(self, axis: int, rank: int) -> int:
        """An axis counted from the front."""
        self.check(-rank <= axis < rank, axis=axis, rank=rank, code="operator-axis")
        return axis % rank if rank else 0


def same(step: Step) -> list[Known]:
    """For operators whose outputs are as large as the first input."""
    return [Known(step.shape())] * max(1, len(step.node.outputs))


def unknown(step: Step) -> list[Known]:
    """For operators whose outputs are not looked into."""
    return [Known()] * max(1, len(step.node.outputs))
