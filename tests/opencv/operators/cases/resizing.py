"""Resize in every mode, and Upsample, which it replaced."""

from tests.opencv.operators.sketch import Sketch

TOLERANCE = {"absolute": 5e-5, "relative": 5e-5}
COORDINATES = (
    "half_pixel",
    "pytorch_half_pixel",
    "align_corners",
    "asymmetric",
    "tf_crop_and_resize",
)
ROUNDINGS = ("round_prefer_floor", "round_prefer_ceil", "floor", "ceil")
# Heights and widths from 6 x 8.
SIZES = {"double": (12, 16), "up": (9, 13), "down": (3, 4), "odd_down": (5, 3), "one": (1, 1)}


def by_size():
    for coordinates in COORDINATES:
        for mode in ("nearest", "linear", "cubic"):
            for label, (height, width) in SIZES.items():
                roundings = ROUNDINGS if mode == "nearest" else (None,)
                for rounding in roundings:
                    words = ["Resize", mode, coordinates, label, *([rounding] if rounding else [])]
                    sketch = Sketch("_".join(words))
                    attributes = {"mode": mode, "coordinate_transformation_mode": coordinates}
                    if rounding:
                        attributes["nearest_mode"] = rounding
                    regions = coordinates == "tf_crop_and_resize"
                    region = sketch.constant([0, 0, 0, 0, 1, 1, 1, 1]) if regions else ""
                    size = sketch.axes(1, 3, height, width)
                    sketch.node("Resize", sketch.input(1, 3, 6, 8), region, "", size, **attributes)
                    yield sketch.case(**TOLERANCE)


def by_scale():
    for mode in ("nearest", "linear"):
        for label, scales in (
            ("double", (2, 2)),
            ("triple", (3, 3)),
            ("half", (0.5, 0.5)),
            ("differ", (1.5, 2)),
        ):
            sketch = Sketch(f"Resize_{mode}_by_scale_{label}")
            scale = sketch.constant([1, 1, *scales])
            attributes = {"mode": mode, "coordinate_transformation_mode": "asymmetric"}
            if mode == "nearest":
                attributes["nearest_mode"] = "floor"
            sketch.node("Resize", sketch.input(1, 5, 6, 8), "", scale, **attributes)
            yield sketch.case(**TOLERANCE)
        sketch = Sketch(f"Resize_{mode}_of_opset_10", opset=10)
        sketch.node("Resize", sketch.input(1, 3, 6, 8), sketch.constant([1, 1, 2, 2]), mode=mode)
        yield sketch.case(**TOLERANCE)
        sketch = Sketch(f"Upsample_{mode}", opset=9)
        sketch.node("Upsample", sketch.input(1, 3, 6, 8), sketch.constant([1, 1, 2, 2]), mode=mode)
        yield sketch.case(**TOLERANCE)


def cases():
    yield from by_size()
    yield from by_scale()
