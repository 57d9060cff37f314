"""YOLOv8-seg and YOLO11-seg: boxes, and for each the shares of prototype masks that make its own.

The `outputs` of the model.json are rows (1, 4 + C + M, N) or their transpose, as of `yolov8` with M
coefficients after the classes, and prototypes (1, M, h, w). `Segment` in
https://github.com/ultralytics/ultralytics/blob/main/ultralytics/nn/modules/head.py, `process_mask`
in its utils/ops.py.

Options of `decoder`:
    coordinates: `pixels` (default), or `normalised` to 0..1 of the input.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from mekiki.decoders.reading import Array, columns, in_pixels, kept_best, output, without_batch
from mekiki.detection import Candidates
from mekiki.grids import boxes_around
from mekiki.network import Outputs
from mekiki.nms import suppress
from mekiki.outlines import Rings, outlines
from mekiki.shapes import Shapes
from mekiki.spec import ModelSpec


def decode(outputs: Outputs, spec: ModelSpec) -> Candidates:
    """Decodes both outputs. Overlaps are suppressed here already: masks are dear."""
    prototypes = without_batch(output(outputs, spec, 1), 3)
    classes, masks = len(spec.labels), len(prototypes)
    parts = f"4 of a box, {classes} classes, {masks} masks"
    table = columns(output(outputs, spec), 4 + classes + masks, parts)
    probabilities = table[4 : 4 + classes]
    cells, class_ids = kept_best(probabilities, spec.score.floor)
    scale = np.array(in_pixels(spec), np.float32)
    boxes = boxes_around(table[0:2, cells].T * scale, table[2:4, cells].T * scale)
    # The coefficients go through the suppression as the points of the candidates.
    shares = table[4 + classes :, cells].T[:, :, np.newaxis]
    points = Shapes(points=np.ascontiguousarray(shares))
    found = suppress(
        Candidates(boxes, probabilities[class_ids, cells], class_ids, points), spec.nms
    )
    kept = found.shapes.points
    assert kept is not None
    rings = tuple(
        _rings(box, share[:, 0], prototypes, spec)
        for box, share in zip(found.boxes, kept, strict=True)
    )
    return replace(found, shapes=Shapes(polygons=rings))


def _rings(box: Array, shares: Array, prototypes: Array, spec: ModelSpec) -> Rings:
    """The outlines of one object's mask, which ends where its box ends."""
    rows, columns_ = prototypes.shape[1:]
    size = np.array((spec.input.width, spec.input.height), np.float32)
    inside = np.clip(box.reshape(2, 2), 0, size)
    per_pixel = np.array((columns_, rows), np.float32) / size
    low = np.floor(inside[0] * per_pixel).astype(int)
    high = np.ceil(inside[1] * per_pixel).astype(int)
    part = prototypes[:, low[1] : high[1], low[0] : high[0]]
    if part.size == 0 or not np.isfinite(shares).all():
        return ()
    logits = np.tensordot(shares, part, axes=1)
    start, end = np.round(low / per_pixel).astype(int), np.round(high / per_pixel).astype(int)
    width, height = (end - start).tolist()
    mask = (cv2.resize(logits, (width, height), interpolation=cv2.INTER_LINEAR) > 0).astype(
        np.uint8
    )
    x0, y0 = np.round(inside[0] - start).astype(int).tolist()
    x1, y1 = np.round(inside[1] - start).astype(int).tolist()
    mask[:y0], mask[y1:], mask[:, :x0], mask[:, x1:] = 0, 0, 0, 0
    return tuple(ring + start.astype(np.float32) for ring in outlines(mask, width, height))
