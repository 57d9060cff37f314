"""The numbers of a network for whose outputs there is no decoder yet."""

from page import element, new
from words import say


def _short(value):
    return "–" if value is None else "%.4g" % value


def render(tensors):
    """Writes name, shape, type and the first numbers of each (mekiki.tensors), or nothing."""
    rows = []
    for each in tensors:
        shape = " × ".join([str(length) for length in each["shape"]])
        rows.append(new("dt", "%s · %s · %s" % (each["name"], shape, each["type"])))
        said = {key: _short(each[key]) for key in ("min", "max", "mean")}
        values = " ".join([_short(value) for value in each["values"]])
        rows.append(new("dd", say("tensor", low=said["min"], high=said["max"], mean=said["mean"])))
        rows.append(new("dd", values + " …"))
    place = element("tensors")
    if rows or place.textContent:
        place.replaceChildren(*rows)
