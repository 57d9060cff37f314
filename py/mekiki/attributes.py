"""Puts what a model says of objects to the objects: adult and male to a body, left to a hand.

Such a model finds attributes like things: with boxes and scores of their own, that lie on the
object's. The talk's demo and the models' author do the same, see
https://github.com/PINTO0309/PINTO_model_zoo/tree/main/468_YOLOv9-Wholebody28-Refine.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from mekiki.detection import Attribute, Detections
from mekiki.matching import overlaps
from mekiki.spec import AttributeGroup, AttributesSpec

LOWEST_OVERLAP = 0.3  # an attribute's box is nearly the object's; a neighbour's is elsewhere


def merge_attributes(detections: Detections, spec: AttributesSpec) -> Detections:
    """The objects alone, each with its attributes: the surest one of a group.

    An attribute goes to the object that its box overlaps most. One below the threshold, or on no
    object, is left out.
    """
    of_class = {class_id for group in spec.groups for class_id in group.class_ids}
    said: list[list[Attribute]] = [[] for _ in range(len(detections))]
    for group in spec.groups:
        for index, attribute in _said(detections, group, spec.threshold).items():
            said[index].append(attribute)
    objects = [i for i, each in enumerate(detections.class_ids.tolist()) if each not in of_class]
    merged = replace(detections, attributes=tuple(tuple(each) for each in said))
    return merged.take(np.array(objects, np.intp))


def _said(detections: Detections, group: AttributeGroup, threshold: float) -> dict[int, Attribute]:
    """The attribute of each object that has one of this group, by the object's index."""
    is_attribute = np.isin(detections.class_ids, group.class_ids)
    attributes = np.flatnonzero(is_attribute & (detections.scores >= threshold))
    objects = np.flatnonzero(detections.class_ids == group.of)
    found: dict[int, Attribute] = {}
    if len(attributes) == 0 or len(objects) == 0:
        return found
    boxes: NDArray[np.float64] = detections.boxes.astype(np.float64)
    similarity = overlaps(boxes[attributes], boxes[objects])
    for place, index in enumerate(attributes.tolist()):  # by descending score, as detections are
        best = int(similarity[place].argmax())
        if similarity[place, best] >= LOWEST_OVERLAP:
            class_id, score = int(detections.class_ids[index]), float(detections.scores[index])
            found.setdefault(int(objects[best]), Attribute(class_id, score))
    return found
