"""A model to begin with: a graph in ONNX's own notation, its facts and its decoder."""
