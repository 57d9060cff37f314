"""Recurrent and quantised operators, and a few that few models have."""

from __future__ import annotations

from collections.abc import Callable

from mekiki.doctor.step import Known, Step, same, unknown, words

Rule = Callable[[Step], list[Known]]


def lstm(step: Step) -> list[Known]:
    """With constant weights."""
    weights, shape = step.constant(1), step.shape()
    step.constant(2)
    if step.given(3):
        step.constant(3)
    if step.given(4):
        lengths = step.integers(4)
        if lengths is not None and shape is not None:
            step.check(all(length == shape[0] for length in lengths), lengths=lengths)
    if shape is None or weights.shape is None:
        return unknown(step)
    step.check(len(shape) == 3, "operator-rank", rank=len(shape))
    hidden, directions = step.node.integer("hidden_size", 0), weights.shape[0]
    step.check(weights.shape == (directions, 4 * hidden, shape[2]))
    for index in (5, 6):
        if step.is_constant(index) and step.shape(index) is not None:
            step.check(step.shape(index) == (directions, shape[1], hidden))
    state = Known((directions, shape[1], hidden))
    return [Known((shape[0], directions, shape[1], hidden)), state, state]


def gru(step: Step) -> list[Known]:
    """With weights, bias and first state, all of them constant."""
    step.check(len(step.inputs) == 6, "operator-inputs", input=len(step.inputs))
    weights, shape = step.constant(1), step.shape()
    for index in (2, 3, 5):
        step.constant(index)
    if shape is None or weights.shape is None:
        return unknown(step)
    hidden, directions = step.node.integer("hidden_size", 0), weights.shape[0]
    step.check(len(shape) == 3 and weights.shape[2:] == shape[2:])
    return [Known((shape[0], directions, shape[1], hidden)), Known(absent=True)]


def quantize(step: Step) -> list[Known]:
    """To eight bits; scale and zero point of one shape."""
    return _scaled(step, "i1")


def dequantize(step: Step) -> list[Known]:
    """From eight bits; scale and zero point of one shape."""
    return _scaled(step, "f4")


def _scaled(step: Step, depth: str) -> list[Known]:
    scale = step.input(1)
    if not scale.constant:
        return same(step)
    if step.given(2):
        zero = step.constant(2)
        step.check(zero.shape is None or scale.shape is None or zero.shape == scale.shape)
    return [Known(step.shape(), depth=depth)]


def dynamic_quantize(step: Step) -> list[Known]:
    """To eight bits, by what is there."""
    return [Known(step.shape()), Known((1,)), Known((1,))]


def all_constant(step: Step) -> list[Known]:
    """Operators on whole numbers: their scales and weights are constants."""
    for index in range(1, len(step.inputs)):
        if step.given(index) and index not in (3, 6):
            step.constant(index)
    return unknown(step)


def max_unpool(step: Step) -> list[Known]:
    """Its size is not looked into."""
    return unknown(step)


RULES: dict[str, Rule] = {
    "LSTM": lstm,
    "GRU": gru,
    "QuantizeLinear": quantize,
    "DequantizeLinear": dequantize,
    "DynamicQuantizeLinear": dynamic_quantize,
    "MaxUnpool": max_unpool,
    "DetectionOutput": unknown,
    "QLinearConcat": unknown,
    **dict.fromkeys(
        words("""
            QLinearConv QLinearMatMul QLinearAdd QLinearMul QLinearAveragePool QGemm
            QLinearGlobalAveragePool QLinearLeakyRelu QLinearSigmoid QLinearSoftmax
        """),
        all_constant,
    ),
}
