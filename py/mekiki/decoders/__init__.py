"""Decoders of the common layouts, for models that bring no decode.py of their own.

A model.json names one with its options: `"decoder": {"kind": "yolox"}`. Each is a module here of
the kind's name, with a function `decode(outputs, spec)` like that of a decode.py.
"""

from __future__ import annotations

from importlib import import_module

from mekiki.decoder import Decoder
from mekiki.errors import MekikiError
from mekiki.spec import DecoderSpec

KINDS = ("yolox", "yolov8", "tensors")


def find(wanted: DecoderSpec) -> Decoder:
    """The decoder of this kind.

    Raises:
        MekikiError: `spec-invalid`, with the kinds there are.
    """
    if wanted.kind not in KINDS:
        raise MekikiError("spec-invalid", key="decoder.kind", expected=" | ".join(KINDS))
    return Decoder(import_module(f"mekiki.decoders.{wanted.kind}").decode)
