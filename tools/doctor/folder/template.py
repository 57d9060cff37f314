"""A decode.py to begin with, for outputs that no decoder of ours fits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_CODE = '''"""From the outputs of {id} to what is found; models/README.md has the contract."""

import numpy as np

from mekiki.detection import Candidates


def decode(outputs, spec):
    """Outputs of one run on a grey picture, float32:
{outputs}
    """
    boxes = np.zeros((0, 4), np.float32)  # x0, y0, x1, y1 in pixels of the model's input
    scores = np.zeros(0, np.float32)  # 0 to 1, none below spec.score.floor
    class_ids = np.zeros(0, np.int32)  # places in the labels
    return Candidates(boxes, scores, class_ids)
'''


def decoder_template(model_id: str, outputs: Sequence[dict[str, Any]]) -> str:
    """Code that finds nothing yet, and says what there is to decode.

    Args:
        model_id: for the first line.
        outputs: of `describe_tensors`.
    """
    lines = [
        f"    {each['name']} {tuple(each['shape'])}, {_number(each['min'])} to"
        f" {_number(each['max'])}"
        for each in outputs
    ]
    return _CODE.format(id=model_id, outputs="\n".join(lines))


def _number(value: float | None) -> str:
    return "?" if value is None else f"{value:.3g}"
