"""Writes a model's folder from an ONNX file: facts as they are best guessed, weights, a photo."""
