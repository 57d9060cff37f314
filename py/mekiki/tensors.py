"""A model's outputs in numbers, for whoever has no decoder yet."""

from __future__ import annotations

from typing import Any

import numpy as np

from mekiki.network import Outputs

FIRST = 8  # values shown of each


def describe_tensors(outputs: Outputs) -> list[dict[str, Any]]:
    """Of each output `name`, `shape`, `type`, `min`, `max`, `mean` and its first `values`.

    JSON can hold them: what is no finite number is None.
    """
    return [
        {
            "name": name,
            "shape": list(array.shape),
            "type": str(array.dtype),
            "min": _number(array.min()) if array.size else None,
            "max": _number(array.max()) if array.size else None,
            "mean": _number(array.mean(dtype=np.float64)) if array.size else None,
            "values": [_number(value) for value in array.ravel()[:FIRST]],
        }
        for name, array in outputs.items()
    ]


def _number(value: Any) -> float | None:  # noqa: ANN401 - a scalar of any dtype
    number = float(value)
    return number if np.isfinite(number) else None
