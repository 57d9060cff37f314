"""LSTM and GRU."""

import numpy as np

from tests.opencv.operators.sketch import Sketch

TOLERANCE = {"absolute": 5e-5, "relative": 5e-5}
GATES = {"LSTM": 4, "GRU": 3}


def recurrent(operator, direction, *, steps=5, batch=2, size=6, hidden=4, states=False):
    sketch = Sketch(f"{operator}_{direction}_{'with' if states else 'no'}_states_batch_{batch}")
    gates, turns = GATES[operator], 2 if direction == "bidirectional" else 1
    operands = [
        sketch.input(steps, batch, size),
        sketch.weights(turns, gates * hidden, size),
        sketch.weights(turns, gates * hidden, hidden),
        sketch.constant(sketch.values(turns, 2 * gates * hidden)),
    ]
    if states:
        operands.append("")
        zeros = np.zeros((turns, batch, hidden))
        operands += [sketch.constant(zeros) for _ in range(2 if operator == "LSTM" else 1)]
    attributes = {"hidden_size": hidden, "direction": direction}
    if operator == "GRU":
        attributes["linear_before_reset"] = 1
    sketch.node(operator, *operands, **attributes)
    return sketch.case(**TOLERANCE)


def cases():
    for operator in GATES:
        for direction in ("forward", "bidirectional"):
            for batch in (1, 2):
                yield recurrent(operator, direction, batch=batch)
            yield recurrent(operator, direction, states=True)
    yield recurrent("LSTM", "reverse")
