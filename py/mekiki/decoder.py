"""What a model's own code gives the engine: a decoder, and sometimes a way of its own to run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mekiki.detection import Candidates
from mekiki.network import Forward, Outputs
from mekiki.spec import ModelSpec

Decode = Callable[[Outputs, ModelSpec], Candidates]
Load = Callable[[bytes, ModelSpec], Forward]


@dataclass(frozen=True)
class Decoder:
    """The functions of a decode.py; it can be called like its `decode` alone.

    Attributes:
        decode: from the outputs, by name, to candidates in input pixels.
        load: reads the ONNX file and runs it, for models that OpenCV has a class for; None for
            all that cv2.dnn runs.
    """

    decode: Decode
    load: Load | None = None

    def __call__(self, outputs: Outputs, spec: ModelSpec) -> Candidates:
        """Decodes."""
        return self.decode(outputs, spec)
