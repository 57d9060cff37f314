"""What the engine needs to know of a model: the part of its model.json that it reads.

models/README.md explains each key. The rest of the file (names, licence, source) is for the user
interface and the tools, and is not looked at here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mekiki.errors import MekikiError
from mekiki.fields import Fields

LARGEST_INPUT = 2048  # px; a blob of this size is 48 MiB, more than a phone should be asked for


@dataclass(frozen=True)
class InputSpec:
    """How a picture becomes the model's input, a float32 blob (1, 3, height, width).

    A pixel's value v becomes (v - mean) * scale, `mean` in the order of `colour`. The model runs
    at each of `sizes` (width, height); the first is the default, and `width`, `height` the one in
    use.
    """

    name: str
    width: int
    height: int
    colour: str  # RGB | BGR
    scale: float
    mean: tuple[float, float, float]
    resize: str  # stretch | letterbox; the three below are for letterbox only
    align: str = "top-left"  # top-left | centre
    rounding: str = "down"  # down | nearest: the fitted side, when it is not a whole number
    pad: int = 0  # 0..255, before mean and scale
    sizes: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class ScoreSpec:
    """Scores, 0..1: `floor` is the lowest that decode returns, `threshold` the default shown."""

    floor: float
    threshold: float


@dataclass(frozen=True)
class NmsSpec:
    """Overlaps (IoU) above which the lower score goes: per class, and between classes."""

    iou: float
    across_classes_iou: float | None


@dataclass(frozen=True)
class ModelSpec:
    """A model, as far as the engine is concerned.

    Attributes:
        labels: English, indexed by class id.
        outputs: names of the outputs that decode asks for.
    """

    id: str
    labels: tuple[str, ...]
    input: InputSpec
    outputs: tuple[str, ...]
    score: ScoreSpec
    nms: NmsSpec

    def at(self, width: int, height: int) -> ModelSpec:
        """The same model with an input of another of its sizes.

        Raises:
            MekikiError: `input-size-unknown`, with the `sizes` there are.
        """
        sizes = self.input.sizes
        if (width, height) not in sizes:
            size, known = f"{width} × {height}", [f"{each[0]} × {each[1]}" for each in sizes]
            raise MekikiError("input-size-unknown", model=self.id, size=size, sizes=known)
        return replace(self, input=replace(self.input, width=width, height=height))

    @classmethod
    def from_dict(cls, data: object, labels: Sequence[str]) -> ModelSpec:
        """Builds the spec from a parsed model.json.

        Raises:
            MekikiError: `spec-invalid`, with the `key` and what was `expected` of it.
        """
        fields = Fields(data)
        fields.choice("task", ["detection"])
        return cls(
            id=fields.text("id"),
            labels=tuple(labels),
            input=_input_spec(fields.section("input")),
            outputs=fields.texts("outputs"),
            score=_score_spec(fields.section("score")),
            nms=_nms_spec(fields.section("nms")),
        )


def _input_spec(fields: Fields) -> InputSpec:
    name = fields.text("name")
    width = fields.integer("width", 1, LARGEST_INPUT)
    height = fields.integer("height", 1, LARGEST_INPUT)
    colour = fields.choice("colour", ["RGB", "BGR"])
    scale = fields.number("scale", 1e-6, 1e6)
    mean = fields.three_numbers("mean")
    sizes = fields.sizes("sizes", (width, height), LARGEST_INPUT)
    resize = fields.choice("resize", ["stretch", "letterbox"])
    if resize == "stretch":
        return InputSpec(name, width, height, colour, scale, mean, resize, sizes=sizes)
    align = fields.choice("align", ["top-left", "centre"])
    rounding = fields.choice("rounding", ["down", "nearest"])
    pad = fields.integer("pad", 0, 255)
    return InputSpec(
        name, width, height, colour, scale, mean, resize, align, rounding, pad, sizes=sizes
    )


def _score_spec(fields: Fields) -> ScoreSpec:
    floor = fields.number("floor", 0.0, 1.0)
    threshold = fields.number("threshold", 0.0, 1.0)
    if threshold < floor:
        fields.fail("threshold", f"number from {floor:g} to 1")
    return ScoreSpec(floor, threshold)


def _nms_spec(fields: Fields) -> NmsSpec:
    iou = fields.number("iou", 0.0, 1.0)
    return NmsSpec(iou, fields.optional_number("across_classes_iou", 0.0, 1.0))
