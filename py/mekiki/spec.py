"""What the engine needs to know of a model: the part of its model.json that it reads.

models/README.md explains each key. The rest of the file (names, licence, source) is for the user
interface and the tools, and is not looked at here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from mekiki.errors import MekikiError
from mekiki.fields import Fields

LARGEST_INPUT = 2048  # px; a blob of this size is 48 MiB, more than a phone should be asked for
TASKS = (
    "detection",
    "faces",
    "bodies",
    "pose",
    "text",
    "mask",
    "classification",  # what the whole picture shows
    "tensors",  # the outputs themselves, of a model that nobody has a decoder for
)


@dataclass(frozen=True)
class InputSpec:
    """How a picture becomes the model's input, a float32 blob (1, 3, height, width).

    A pixel's value v becomes (v - mean) * scale, both in the order of `colour`. The model runs at
    each of `sizes` (width, height); the first is the default, and `width`, `height` the one in use.
    """

    name: str
    width: int
    height: int
    colour: str  # RGB | BGR
    scale: tuple[float, float, float]
    mean: tuple[float, float, float]
    resize: str  # stretch | letterbox; the three below are for letterbox only
    align: str = "top-left"  # top-left | centre
    rounding: str = "down"  # down | nearest: the fitted side, when it is not a whole number
    pad: int = 0  # 0..255, before mean and scale
    sizes: tuple[tuple[int, int], ...] = ()
    layout: str = "NCHW"  # | NHWC, as graphs from TensorFlow want the blob: (1, height, width, 3)
    fixed: bool = False  # whether the size is written into the graph, which leaves it open

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """Of the blob."""
        if self.layout == "NHWC":
            return 1, self.height, self.width, 3
        return 1, 3, self.height, self.width


@dataclass(frozen=True)
class ScoreSpec:
    """Scores, 0..1: `floor` is the lowest that decode returns, `threshold` the default shown.

    Attributes:
        classes: default thresholds of the classes that have one of their own, by class id.
    """

    floor: float
    threshold: float
    classes: Mapping[int, float] = field(default_factory=dict)

    def lowest(self, shown: float, class_ids: NDArray[np.int32]) -> NDArray[np.float32]:
        """The lowest score shown of each class in (N,), when `shown` is that of most classes.

        The one slider moves all thresholds, those of their own in proportion.
        """
        factor = shown / self.threshold if self.threshold else 1.0
        own = [self.classes.get(each, self.threshold) for each in class_ids.tolist()]
        return np.array(own, np.float32) * np.float32(factor)


@dataclass(frozen=True)
class NmsSpec:
    """Overlaps (IoU) above which the lower score goes: per class, and between classes."""

    iou: float
    across_classes_iou: float | None


@dataclass(frozen=True)
class AttributeGroup:
    """Classes of which an object has one at most, such as adult or child.

    Attributes:
        of: class id of the objects.
        class_ids: of the attributes.
    """

    of: int
    class_ids: tuple[int, ...]


@dataclass(frozen=True)
class AttributesSpec:
    """Classes that are no objects but say something of one.

    Attributes:
        threshold: the lowest score at which they are believed.
        groups: what may be said of what.
    """

    threshold: float
    groups: tuple[AttributeGroup, ...]


@dataclass(frozen=True)
class DecoderSpec:
    """One of the decoders of `mekiki.decoders`, and its own options, not looked at here."""

    kind: str
    options: Fields


@dataclass(frozen=True)
class ModelSpec:
    """A model, as far as the engine is concerned.

    Attributes:
        labels: English, indexed by class id.
        outputs: names of the outputs that decode asks for.
        decoder: None for a model with a decode.py of its own.
        attributes: None where every class is one of objects.
    """

    id: str
    labels: tuple[str, ...]
    input: InputSpec
    outputs: tuple[str, ...]
    score: ScoreSpec
    nms: NmsSpec
    task: str = "detection"
    decoder: DecoderSpec | None = None
    attributes: AttributesSpec | None = None

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
        return cls(
            id=fields.text("id"),
            labels=tuple(labels),
            input=_input_spec(fields.section("input")),
            outputs=fields.texts("outputs"),
            score=_score_spec(fields.section("score"), labels),
            nms=_nms_spec(fields.section("nms")),
            task=fields.choice("task", TASKS),
            decoder=_decoder_spec(fields.section("decoder")) if fields.has("decoder") else None,
            attributes=(
                _attributes_spec(fields.section("attributes"), labels)
                if fields.has("attributes")
                else None
            ),
        )


def _input_spec(fields: Fields) -> InputSpec:
    name = fields.text("name")
    width = fields.integer("width", 1, LARGEST_INPUT)
    height = fields.integer("height", 1, LARGEST_INPUT)
    colour = fields.choice("colour", ["RGB", "BGR"])
    scale = fields.one_or_three_numbers("scale", 1e-6, 1e6)
    mean = fields.three_numbers("mean")
    sizes = fields.sizes("sizes", (width, height), LARGEST_INPUT)
    resize = fields.choice("resize", ["stretch", "letterbox"])
    layout = fields.choice("layout", ["NCHW", "NHWC"]) if fields.has("layout") else "NCHW"
    fixed = fields.flag("fixed")
    stretched = InputSpec(
        name, width, height, colour, scale, mean, resize, sizes=sizes, layout=layout, fixed=fixed
    )
    if resize == "stretch":
        return stretched
    align = fields.choice("align", ["top-left", "centre"])
    rounding = fields.choice("rounding", ["down", "nearest"])
    return replace(stretched, align=align, rounding=rounding, pad=fields.integer("pad", 0, 255))


def _score_spec(fields: Fields, labels: Sequence[str]) -> ScoreSpec:
    floor = fields.number("floor", 0.0, 1.0)
    threshold = fields.number("threshold", 0.0, 1.0)
    if threshold < floor:
        fields.fail("threshold", f"number from {floor:g} to 1")
    if not fields.has("classes"):
        return ScoreSpec(floor, threshold)
    own = fields.section("classes")
    classes = {_class_id(own, name, labels): own.number(name, floor, 1.0) for name in own}
    return ScoreSpec(floor, threshold, classes)


def _nms_spec(fields: Fields) -> NmsSpec:
    iou = fields.number("iou", 0.0, 1.0)
    return NmsSpec(iou, fields.optional_number("across_classes_iou", 0.0, 1.0))


def _decoder_spec(fields: Fields) -> DecoderSpec:
    return DecoderSpec(fields.text("kind"), fields)


def _attributes_spec(fields: Fields, labels: Sequence[str]) -> AttributesSpec:
    groups = []
    for group in fields.sections("groups"):
        of = _class_id(group, group.text("of"), labels, "of")
        names = group.texts("classes")
        class_ids = tuple(_class_id(group, name, labels, "classes") for name in names)
        groups.append(AttributeGroup(of, class_ids))
    return AttributesSpec(fields.number("threshold", 0.0, 1.0), tuple(groups))


def _class_id(fields: Fields, name: str, labels: Sequence[str], key: str | None = None) -> int:
    if name not in labels:
        fields.fail(name if key is None else key, "one of the labels")
    return list(labels).index(name)
