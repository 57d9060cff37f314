"""Turns the files that `models/*/model.json` name into the ONNX files that are shipped."""
