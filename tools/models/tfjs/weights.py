"""A TFJS graph model's weights, as the binary shards beside its json file hold them.

The format: https://github.com/tensorflow/tfjs/blob/master/tfjs-core/src/io/types.ts
(WeightsManifestConfig).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tools.errors import BuildError

Array: TypeAlias = NDArray[np.float32] | NDArray[np.int32]

_STORED: dict[str, np.dtype[Any]] = {
    "float32": np.dtype("<f4"),
    "float16": np.dtype("<f2"),
    "int32": np.dtype("<i4"),
}
_LOADED: dict[str, type[np.float32] | type[np.int32]] = {"float32": np.float32, "int32": np.int32}


def read_weights(manifest: Iterable[Mapping[str, Any]], folder: Path) -> dict[str, Array]:
    """Reads every weight of every group, float32 or int32, in TensorFlow's axis order.

    Args:
        manifest: the json's `weightsManifest`. Weights stored as float16 are widened.
        folder: where the shards are.

    Raises:
        BuildError: `tfjs-weight-type` for a type or quantisation not read here (the 8 and 16 bit
            integers are not), `tfjs-shards-short` or `tfjs-shards-long` when the files and the
            manifest disagree.
    """
    weights: dict[str, Array] = {}
    for group in manifest:
        # A weight may run on from one shard into the next, so a group is read as one.
        shards = b"".join((folder / name).read_bytes() for name in group["paths"])
        start = 0
        for entry in group["weights"]:
            stored = _stored_type(entry)
            count = math.prod(entry["shape"])
            end = start + count * stored.itemsize
            if end > len(shards):
                raise BuildError("tfjs-shards-short", weight=entry["name"], files=group["paths"])
            flat = np.frombuffer(shards, stored, count, start)
            weights[entry["name"]] = flat.astype(_LOADED[entry["dtype"]]).reshape(entry["shape"])
            start = end
        if start != len(shards):
            raise BuildError("tfjs-shards-long", used=start, bytes=len(shards))
    return weights


def _stored_type(entry: Mapping[str, Any]) -> np.dtype[Any]:
    quantised = entry.get("quantization", {}).get("dtype")
    known = quantised in (None, "float16") and entry["dtype"] in _LOADED
    if not known:
        raise BuildError(
            "tfjs-weight-type", weight=entry["name"], type=entry["dtype"], stored_as=quantised
        )
    return _STORED[quantised or entry["dtype"]]
