"""Converts a TensorFlow.js graph model into ONNX."""
