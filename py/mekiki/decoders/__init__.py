"""Decoders of the common layouts, for models that bring no decode.py of their own.

A model.json names one with its options: `"decoder": {"kind": "yolox"}`. Each is a module here of
the kind's name, with a function `decode(outputs, spec)` like that of a decode.py.
"""

from __future__ import annotations

from functools import wraps
from importlib import import_module

import numpy as np

from mekiki.decoder import Decode, Decoder
from mekiki.detection import Candidates
from mekiki.errors import MekikiError
from mekiki.network import Outputs
from mekiki.spec import DecoderSpec, ModelSpec

KINDS = (
    "yolox",
    "yolov5",
    "yolov8",
    "yolov8seg",
    "yolov10",
    "detr",
    "ssd",
    "classification",
    "segmentation",
    "tensors",
)


def find(wanted: DecoderSpec) -> Decoder:
    """The decoder of this kind.

    Raises:
        MekikiError: `spec-invalid`, with the kinds there are.
    """
    if wanted.kind not in KINDS:
        raise MekikiError("spec-invalid", key="decoder.kind", expected=" | ".join(KINDS))
    decode: Decode = import_module(f"mekiki.decoders.{wanted.kind}").decode

    @wraps(decode)
    def quiet(outputs: Outputs, spec: ModelSpec) -> Candidates:
        # A random model's outputs may be anything. What is no number fails each comparison with a
        # score, and boxes that are infinite are dropped by the suppression.
        with np.errstate(all="ignore"):
            return decode(outputs, spec)

    return Decoder(quiet)
