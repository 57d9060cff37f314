"""Medians and spreads of a few measurements, and what may be said of two of them."""

# Less than this says nothing about two interpreters, even where the spreads are narrow.
WORTH_SAYING = 1.15


def quantile(values, part):
    """The value below which this part (0 to 1) of the sorted values lies, interpolated."""
    ordered = sorted(values)
    place = part * (len(ordered) - 1)
    below = int(place)
    if below + 1 >= len(ordered):
        return ordered[-1]
    return ordered[below] + (ordered[below + 1] - ordered[below]) * (place - below)


def spread(values):
    """{"median", "low", "high" (quartiles), "runs"}; None of no values."""
    if not values:
        return None
    return {
        "median": quantile(values, 0.5),
        "low": quantile(values, 0.25),
        "high": quantile(values, 0.75),
        "runs": len(values),
    }


def faster(one, other):
    """How many times `one` is faster than `other`, by their medians.

    None where the spreads overlap, where the difference is too small to matter, or where it is
    slower.
    """
    if one is None or other is None or one["high"] >= other["low"] or not one["median"]:
        return None
    ratio = other["median"] / one["median"]
    return ratio if ratio >= WORTH_SAYING else None
