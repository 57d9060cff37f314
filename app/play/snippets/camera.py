import json

import cv2
import numpy as np
from stage import picture

# The page writes a frame of the camera, or a sample, into frame.rgba; no byte leaves this device.
with open("frame.json") as file:
    size = json.load(file)
frame = np.fromfile("frame.rgba", np.uint8).reshape(size["height"], size["width"], 4)
print("frame:", frame.shape, frame.dtype)

blob = cv2.dnn.blobFromImage(np.ascontiguousarray(frame[..., :3]), 1 / 255, (320, 320))
print("blob:", blob.shape, "mean", round(float(blob.mean()), 3))

frame[..., :3] = 255 - frame[..., :3]
picture(frame, "negative")
