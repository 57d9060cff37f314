import json

import cv2
import numpy as np
from stage import picture, svg

# The page wrote the frame's bytes into a file: red, green, blue and alpha of each pixel.
with open("frame.json") as file:
    size = json.load(file)
frame = np.fromfile("frame.rgba", np.uint8).reshape(size["height"], size["width"], 4)
print("frame:", frame.shape, frame.dtype)

red, green, blue = frame[..., :3].mean(axis=(0, 1))
print("mean colour: red %.0f, green %.0f, blue %.0f" % (red, green, blue))

grey = cv2.cvtColor(frame, cv2.COLOR_RGBA2GRAY)
edges = cv2.Canny(grey, 80, 160)
print("edges: %.1f %% of the pixels" % (100 * (edges > 0).mean()))
picture(edges, "edges")

BINS = 32
lines = ['<rect width="24" height="24" x="4" y="4" fill="rgb(%d,%d,%d)"/>' % (red, green, blue)]
counts = [np.histogram(frame[..., channel], BINS, (0, 256))[0] for channel in range(3)]
most = max(each.max() for each in counts)
for colour, each in zip(("#c43d3d", "#2f8f4e", "#3f6cc8"), counts):
    points = " ".join(
        "%.1f,%.1f" % (place * 320 / (BINS - 1), 118 - 110 * count / most)
        for place, count in enumerate(each)
    )
    lines.append('<polyline points="%s" fill="none" stroke="%s"/>' % (points, colour))
svg(
    '<svg viewBox="0 0 320 120" role="img" '
    'aria-label="Mean colour, and histograms of red, green and blue">%s</svg>' % "".join(lines),
    "histogram",
)
