"""The detection engine: numpy and cv2 only, the same on CPython and in Pyodide.

A frame's way: `preprocess` (RGBA picture to blob), the net's forward pass, the model's own
`decode` (models/<id>/decode.py), `nms`, and back to the frame's pixels by `placement`.
`detector` holds the steps together; `loader` reads a model's folder.
"""
