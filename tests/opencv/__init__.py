"""Our wheels of OpenCV, held against the OpenCV and the ONNX Runtime of this machine."""
