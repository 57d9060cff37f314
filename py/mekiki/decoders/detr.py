"""DETR and its kind: RT-DETR, D-FINE, Deformable DETR, RF-DETR, YOLOS.

The `outputs` of the model.json are boxes (1, Q, 4), cx, cy, w, h as parts of the input, and logits
(1, Q, C). DETR's last class is "no object" (`PostProcess` in
https://github.com/facebookresearch/detr/blob/main/models/detr.py); those that followed have a
sigmoid for each class (https://github.com/lyuwenyu/RT-DETR, `rtdetr_postprocessor.py`).

Options of `decoder`:
    activation: `sigmoid` (default), `softmax`, or `none` where scores are probabilities.
    no_object: `none` (default), or `last` where the last class is none; it has no label.
    coordinates: `normalised` (default) or `pixels`.
    box: `centre` (default) or `corners` x0, y0, x1, y1.
"""

from __future__ import annotations

from mekiki.decoders.reading import choice, columns, output
from mekiki.decoders.ssd import best_classes, boxes_in, check_count, class_table
from mekiki.detection import Candidates
from mekiki.network import Outputs
from mekiki.spec import ModelSpec


def decode(outputs: Outputs, spec: ModelSpec) -> Candidates:
    """Decodes boxes and logits."""
    background = choice(spec, "no_object", ("none", "last"))
    activation = choice(spec, "activation", ("sigmoid", "softmax", "none"))
    form = choice(spec, "box", ("centre", "corners"))
    scale = 1.0, 1.0
    if choice(spec, "coordinates", ("normalised", "pixels")) == "normalised":
        scale = float(spec.input.width), float(spec.input.height)
    boxes = columns(output(outputs, spec, 0), 4, "centre and size of a box")
    table = class_table(outputs, spec, background)
    check_count(boxes.shape[1], table.shape[1])
    kept, scores, class_ids = best_classes(table, spec, activation, background)
    return Candidates(boxes_in(boxes[:, kept], form, scale), scores, class_ids)
