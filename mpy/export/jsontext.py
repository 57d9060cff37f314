"""JSON text with its keys in a fixed order and its numbers cut short.

MicroPython's dicts keep no order, and its round() leaves digits that nobody measured.
"""

import json


def number(value, places):
    """A number with at most so many decimal places: 12.5, 3, -0.25."""
    text = ("%%.%df" % places) % value
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def array(texts):
    """A list of values that are JSON text already."""
    return "[" + ",".join(texts) + "]"


def numbers(values, places):
    """A list of numbers."""
    return array([number(each, places) for each in values])


def fields(pairs):
    """An object; pairs: (key, value as JSON text), in the order to write."""
    return "{" + ",".join([json.dumps(key) + ":" + value for key, value in pairs]) + "}"


def value(of):
    """Anything of lists, dicts, texts, numbers and booleans; keys in the order of the alphabet."""
    if isinstance(of, dict):
        return fields([(key, value(of[key])) for key in sorted(of)])
    if isinstance(of, (list, tuple)):
        return array([value(each) for each in of])
    return number(of, 4) if isinstance(of, float) else json.dumps(of)
