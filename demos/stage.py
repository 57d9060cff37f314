"""Hands pictures from the worker to the page, which has the screen: one line of output each."""

import base64
import json


def _tell(slot, kind, **data):
    print("\x1e" + json.dumps({"slot": slot, "kind": kind, **data}))


def svg(text, slot="picture"):
    """Shows a drawing; the next one for the same slot takes its place."""
    _tell(slot, "svg", text=text)


def picture(array, slot="picture"):
    """Shows an array of bytes: (height, width) is grey, (height, width, 4) is RGBA."""
    if str(array.dtype) != "uint8" or array.shape[2:] not in ((), (4,)):
        raise ValueError("picture() takes bytes (uint8): grey, or RGBA as cv2.cvtColor makes it")
    height, width = array.shape[:2]
    data = base64.b64encode(array.tobytes()).decode()
    _tell(slot, "pixels", width=width, height=height, channels=array.ndim * 3 - 5, data=data)
