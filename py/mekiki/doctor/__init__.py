"""The doctor: says of an ONNX file, before it is loaded, whether OpenCV runs it, and why not."""

from mekiki.doctor.fixing import fix_sizes
from mekiki.doctor.report import examine

__all__ = ["examine", "fix_sizes"]
