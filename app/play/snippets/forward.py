import json
import time

import cv2

with open("model.json") as file:
    wanted = json.load(file)["input"]  # what the model wants to be given

net = cv2.dnn.readNet("model.onnx")
photo = cv2.imread("photo.jpg")
blob = cv2.dnn.blobFromImage(
    photo,
    wanted["scale"],
    (wanted["width"], wanted["height"]),
    wanted["mean"],
    swapRB=wanted["colour"] == "RGB",
)
net.setInput(blob)
names = net.getUnconnectedOutLayersNames()
for turn in ("first", "second"):
    before = time.perf_counter()
    outputs = net.forward(names)
    print(turn, "forward:", round(1000 * (time.perf_counter() - before)), "ms")
for name, output in zip(names, outputs):
    print(name, output.shape, "from", output.min(), "to", output.max())
