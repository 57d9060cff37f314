"""Measurements in a real browser: `make bench`, `python -m tools bench engines|app|launch`.

`engines` runs the cv2 wheels, onnxruntime-web and the native libraries side by side in one run:
engines (the whole), plan (what to do), session (page and processes), rounds (whose turn it is),
spread and noise (what the times are worth), agreement (whether the outputs are the same), starts
(how long `import cv2` takes), report and table. page/ is what runs in the browser, forward.py
what is timed in OpenCV. `app` measures the whole app, frame by frame.
`launch` is the second launch beside the first and beside stock, whose site stock makes; `line`,
a command of its own, is the first detection over a slow line.
"""
