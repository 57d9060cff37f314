"""A sweep over the ONNX operators that OpenCV claims; see ../README.md."""
