"""What flows between the operations while a graph is converted, and in which axis order.

The rule: shapes and axes are TensorFlow's everywhere (N, H, W, C for pictures), and the ONNX
tensor behind a rank 4 `Tensor` is always N, C, H, W. Tensors of other ranks keep their order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from tools.models.tfjs.weights import Array

TO_NCHW = (0, 3, 1, 2)
TO_NHWC = (0, 2, 3, 1)


@dataclass(frozen=True)
class Constant:
    """A value known while converting, in TensorFlow's axis order."""

    array: Array

    @property
    def shape(self) -> tuple[int, ...]:
        """TensorFlow's."""
        return self.array.shape


@dataclass(frozen=True)
class Tensor:
    """A value that ONNX computes.

    Attributes:
        name: of the ONNX tensor.
        shape: TensorFlow's, so N, H, W, C when the ONNX tensor is N, C, H, W.
    """

    name: str
    shape: tuple[int, ...]


Value: TypeAlias = Constant | Tensor


def onnx_shape(shape: Sequence[int]) -> tuple[int, ...]:
    """The shape of the ONNX tensor behind one that TensorFlow sees as `shape`."""
    return tuple(shape[axis] for axis in TO_NCHW) if len(shape) == 4 else tuple(shape)


def onnx_axis(axis: int, rank: int) -> int:
    """Where TensorFlow's `axis` (negative counts from the end) is in the ONNX tensor."""
    axis %= rank
    return TO_NCHW.index(axis) if rank == 4 else axis


def onnx_array(array: Array, rank: int) -> Array:
    """A constant made fit to broadcast against an ONNX tensor of `rank`.

    TensorFlow lines shapes up at their last axis, the channels, so the missing axes are put in
    front before the order changes.
    """
    padded = array.reshape((1,) * (rank - array.ndim) + array.shape)
    return padded.transpose(TO_NCHW) if rank == 4 else padded
