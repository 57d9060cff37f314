"""The Python that a decoder of one's own begins with; it fits the outputs that the file gave."""

HEAD = '''"""Turns the outputs of this model into boxes."""

import numpy as np

from mekiki.detection import Candidates


def decode(outputs, spec):
    # What a picture gave, float32:
%s
    boxes = np.zeros((0, 4), np.float32)  # x0, y0, x1, y1 in pixels of the input (%d x %d)
    scores = np.zeros(0, np.float32)  # 0..1; leave out those below spec.score.floor
    class_ids = np.zeros(0, np.int32)  # the first label is 0
    return Candidates(boxes, scores, class_ids)
'''


def code_for(outputs, facts):
    """A decode.py that finds nothing yet.

    outputs: what a trial gave, dicts with name and shape.
    """
    lines = []
    for each in outputs:
        shape = ", ".join([str(length) for length in each["shape"]])
        lines.append('    # outputs["%s"]  (%s)' % (each["name"], shape))
    size = facts["input"]["width"], facts["input"]["height"]
    return HEAD % (("\n".join(lines),) + size)  # noqa: RUF005, MicroPython has no (*a,)
