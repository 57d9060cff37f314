"""Looks an ONNX file over before OpenCV gets it.

OpenCV throws an exception for most files that are not right, but some make it read through a null
pointer (a node whose input nobody makes), and a million nodes keep it busy for minutes. Such files
are refused here, in time that grows with the size of the file's skeleton, not of its weights.

Field numbers are those of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto. Not handled:
whether operators and attributes make sense, which is for OpenCV to say, and how long a network
takes that is right in form, which is for the page's clock to notice.
"""

from __future__ import annotations

from mekiki.errors import MekikiError
from mekiki.wire import BYTES, VARINT, Message, WireError, signed

MOST_BYTES = 64 * 2**20  # OpenCV holds the weights up to three times while it reads them
MOST_NODES = 10_000  # the networks known to us have 100 to 2000
MOST_FIELDS = 300_000  # about a second in a phone's browser
MOST_ELEMENTS = 2**28  # of an input: a float32 tensor of 1 GiB

_MODEL_GRAPH = 7
_NODE, _INITIALIZER, _INPUT, _OUTPUT, _SPARSE = 1, 5, 11, 12, 15  # of a graph
_NODE_INPUT, _NODE_OUTPUT, _NODE_ATTRIBUTE = 1, 2, 5
_ATTRIBUTE_GRAPHS = (6, 11)
_TENSOR_DIM, _TENSOR_NAME, _TENSOR_EXTERNAL, _TENSOR_LOCATION = 1, 8, 13, 14
_UNKNOWN = -1  # a length of an input or output that some exporters do not leave out
_VALUE_NAME, _VALUE_TYPE, _TYPE_TENSOR, _TENSOR_SHAPE, _SHAPE_DIM, _DIM_VALUE = 1, 2, 1, 2, 1, 1

Span = tuple[int, int]


def check_size(byte_count: int) -> None:
    """Refuses files that are too large to be read at all; for before they are copied.

    Raises:
        MekikiError: `model-too-large`.
    """
    if byte_count > MOST_BYTES:
        raise MekikiError("model-too-large", bytes=byte_count, most=MOST_BYTES)


def check_onnx(data: bytes, model_id: str) -> None:
    """Refuses a file whose form is not that of an ONNX model, or that is too large.

    Raises:
        MekikiError: `model-too-large`, or `model-unreadable` with what is wrong as `detail`.
    """
    check_size(len(data))
    message = Message(data, MOST_FIELDS)
    try:
        _check_graph(message, _graph_parts(message))
    except WireError as error:
        if message.fields_left < 0:
            raise MekikiError("model-too-large", fields=MOST_FIELDS) from error
        raise MekikiError("model-unreadable", model=model_id, detail=str(error)) from error


def _graph_parts(message: Message) -> dict[int, list[Span]]:
    """Where the nodes, initializers, inputs and outputs are.

    Raises:
        MekikiError: `model-too-large`.
    """
    parts: dict[int, list[Span]] = {
        _NODE: [],
        _INITIALIZER: [],
        _INPUT: [],
        _OUTPUT: [],
        _SPARSE: [],
    }
    # A message that comes twice is merged, so there may be several runs of one graph's fields.
    for start, end in _messages(message, (0, len(message.data)), _MODEL_GRAPH):
        for number, kind, first, last in message.fields(start, end):
            if kind == BYTES and number in parts:
                parts[number].append((first, last))
                if number == _NODE and len(parts[_NODE]) > MOST_NODES:
                    raise MekikiError("model-too-large", nodes=MOST_NODES)
    if not parts[_NODE] or not parts[_OUTPUT]:
        raise WireError("no ONNX graph in it")
    return parts


def _check_graph(message: Message, parts: dict[int, list[Span]]) -> None:
    if parts[_SPARSE]:
        raise WireError("sparse weights", "weights-sparse")
    known = {""}  # an input that is left out has the empty name
    known.update(_tensor_name(message, span) for span in parts[_INITIALIZER])
    known.update(_value_name(message, span) for span in parts[_INPUT])
    for span in parts[_NODE]:
        known.update(_node_outputs(message, span, known))
    for span in parts[_OUTPUT]:
        name = _value_name(message, span)
        if name not in known:
            raise WireError(f"nothing makes the output {name}", "tensor-missing", tensor=name)


def _node_outputs(message: Message, span: Span, known: set[str]) -> list[str]:
    """Names that a node makes. ONNX wants nodes in the order in which they can be run."""
    outputs = []
    for number, kind, start, end in message.fields(*span):
        if kind != BYTES:
            continue
        if number == _NODE_INPUT and (name := message.text(start, end)) not in known:
            detail = f"nothing makes {name} before it is used"
            raise WireError(detail, "tensor-missing", tensor=name)
        if number == _NODE_OUTPUT:
            outputs.append(message.text(start, end))
        if number == _NODE_ATTRIBUTE:
            for graph in _ATTRIBUTE_GRAPHS:
                if any(True for _ in _messages(message, (start, end), graph)):
                    detail = "a graph inside a node, which OpenCV does not run"
                    raise WireError(detail, "operator-graph")
    return outputs


def _tensor_name(message: Message, span: Span) -> str:
    """The name of an initializer that has as many elements as its dimensions say, at most."""
    name, elements = "", 1
    for number, kind, start, end in message.fields(*span):
        if number == _TENSOR_NAME and kind == BYTES:
            name = message.text(start, end)
        elif number == _TENSOR_DIM:
            lengths = [signed(start)] if kind == VARINT else message.integers(start, end)
            for length in lengths:
                elements *= _dimension(length)
        elif number == _TENSOR_EXTERNAL or (number == _TENSOR_LOCATION and start == 1):
            raise WireError("weights in another file", "weights-outside")
    if elements > span[1] - span[0]:  # each takes a byte or more
        detail = f"fewer weights than the dimensions of {name} say"
        raise WireError(detail, "weights-cut", tensor=name)
    return name


def _value_name(message: Message, span: Span) -> str:
    """The name of an input or output whose dimensions are such that memory can hold it."""
    name, elements = "", 1
    for number, kind, start, end in message.fields(*span):
        if number == _VALUE_NAME and kind == BYTES:
            name = message.text(start, end)
        elif number == _VALUE_TYPE and kind == BYTES:
            spans = [(start, end)]
            for step in (_TYPE_TENSOR, _TENSOR_SHAPE, _SHAPE_DIM):
                spans = [inner for outer in spans for inner in _messages(message, outer, step)]
            for dimension in spans:
                for field, form, value, _ in message.fields(*dimension):
                    if field == _DIM_VALUE and form == VARINT and signed(value) != _UNKNOWN:
                        elements *= max(1, _dimension(signed(value)))
    if elements > MOST_ELEMENTS:
        raise MekikiError("model-too-large", tensor=name, elements=elements)
    return name


def _dimension(length: int) -> int:
    if not 0 <= length < 2**31:
        raise WireError(f"a dimension of {length}", "dimension-absurd", length=length)
    return length


def _messages(message: Message, span: Span, wanted: int) -> list[Span]:
    """Where the messages with one field number are in another message."""
    fields = message.fields(*span)
    return [
        (start, end) for number, kind, start, end in fields if number == wanted and kind == BYTES
    ]
