import sys
import zipfile
from pathlib import Path

import cv2
from stage import picture

# The app's own code, and the model's: what model.json says and how its outputs are read.
for name in ("mekiki.zip", "model.zip"):
    zipfile.ZipFile(name).extractall(".")
sys.path.insert(0, "py")
from mekiki.detector import Detector
from mekiki.loader import load_model

folder = next(Path("models").glob("*/model.json")).parent
spec, decode = load_model(folder)
detector = Detector(spec, decode, Path("model.onnx").read_bytes())

photo = cv2.cvtColor(cv2.imread("photo.jpg"), cv2.COLOR_BGR2RGBA)
found = detector.detect(photo).detections.at_least(0.3)
for each in found.to_plain():
    x, y, width, height = (round(number) for number in each["box"])
    print(each["label"], round(each["score"], 2), (x, y, width, height))
    cv2.rectangle(photo, (x, y, width, height), (185, 58, 38, 255), 3)
picture(photo, "found")
