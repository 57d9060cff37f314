"""What an ONNX file says of itself, read without loading it.

Meant for files that may be anything, also ones that OpenCV cannot run: an operator that it lacks
is what people want to know of. `onnx_check` says whether a file may be loaded. Field numbers are
those of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
"""

from __future__ import annotations

from collections import Counter

from mekiki.errors import MekikiError
from mekiki.onnx_check import MOST_FIELDS, MOST_NODES, check_size
from mekiki.wire import BYTES, VARINT, Message, WireError, signed

LONGEST_TEXT = 200  # characters of a name; what is longer is cut, for the page's sake
LONGEST_VALUE = 60_000  # characters of a value of the metadata
MOST_OPERATORS = 1000  # kinds of them; ONNX has 200
MOST_LISTED = 100  # inputs, outputs, dimensions, entries of the metadata

_IR, _PRODUCER, _PRODUCER_VERSION, _GRAPH, _OPSET, _METADATA = 1, 2, 3, 7, 8, 14  # of a model
_NODE, _INITIALIZER, _INPUT, _OUTPUT = 1, 5, 11, 12  # of a graph
_OPERATOR, _OPERATOR_DOMAIN = 4, 7  # of a node
_DOMAIN, _VERSION = 1, 2  # of an opset
_KEY, _VALUE = 1, 2  # of an entry of the metadata
_TENSOR_NAME = 8
_VALUE_NAME, _VALUE_TYPE = 1, 2
_TYPE_TENSOR, _ELEMENT, _SHAPE, _DIMENSION, _LENGTH, _SYMBOL = 1, 1, 2, 1, 1, 2

OWN_DOMAINS = ("", "ai.onnx")  # of ONNX's own operators
_OTHER_TYPES = {4: "sequence", 5: "map", 8: "sparse tensor", 9: "optional"}
_ELEMENTS = (
    "undefined",
    "float32",
    "uint8",
    "int8",
    "uint16",
    "int16",
    "int32",
    "int64",
    "string",
    "bool",
    "float16",
    "float64",
    "uint32",
    "uint64",
    "complex64",
    "complex128",
    "bfloat16",
    "float8e4m3fn",
    "float8e4m3fnuz",
    "float8e5m2",
    "float8e5m2fnuz",
    "uint4",
    "int4",
    "float4e2m1",
)

Span = tuple[int, int]


def onnx_facts(data: bytes, name: str) -> dict[str, object]:
    """The facts of an ONNX file.

    Args:
        data: content of the file.
        name: of the file.

    Returns:
        A dict that JSON can hold: `name`, `bytes`, `ir` and `opset` (None where it does not say),
        `producer`, `nodes` (how many), `operators` (how many of each, the most frequent first),
        `inputs` and `outputs` (each `name`, `shape`, `type`) and `metadata`. A dimension is a
        number, a name, or `?`; a shape is None where the file does not say. Texts are cut.

    Raises:
        MekikiError: `model-too-large`, or `model-unreadable` with what is wrong as `detail`.
    """
    check_size(len(data))
    message = Message(data, MOST_FIELDS)
    try:
        return {"name": name, "bytes": len(data), **_Reader(message).facts()}
    except WireError as error:
        if message.fields_left < 0:
            raise MekikiError("model-too-large", fields=MOST_FIELDS) from error
        raise MekikiError("model-unreadable", model=name, detail=str(error)) from error


def element_name(element: int) -> str:
    """The name of an element type, such as float32."""
    return _ELEMENTS[element] if 0 <= element < len(_ELEMENTS) else f"type {element}"


class _Reader:
    """Reads one file, each field of it once: fields are counted."""

    def __init__(self, message: Message) -> None:
        self.message = message

    def facts(self) -> dict[str, object]:
        """All of them but the name and length of the file."""
        numbers, spans = self._read((0, len(self.message.data)))
        graph: dict[int, list[Span]] = {}
        # A message that comes twice is merged, so there may be several runs of one graph's fields.
        for part in spans.get(_GRAPH, ()):
            for number, found in self._read(part)[1].items():
                graph.setdefault(number, []).extend(found)
        operators = self._operators(graph.get(_NODE, []))
        outputs = [self._value(span) for span in graph.get(_OUTPUT, ())]
        if not operators or not outputs:
            raise WireError("no ONNX graph in it")
        # Older files list their weights as inputs too, as values that may be replaced.
        stored = {self._named(span, _TENSOR_NAME) for span in graph.get(_INITIALIZER, ())}
        inputs = [self._value(span) for span in graph.get(_INPUT, ())]
        producer = (self._text(spans, _PRODUCER), self._text(spans, _PRODUCER_VERSION))
        return {
            "ir": numbers.get(_IR),
            "opset": self._opset(spans.get(_OPSET, [])),
            "producer": " ".join(text for text in producer if text),
            "nodes": operators.total(),
            "operators": dict(operators.most_common()),
            "inputs": [each for each in inputs if each["name"] not in stored][:MOST_LISTED],
            "outputs": outputs[:MOST_LISTED],
            "metadata": self._metadata(spans.get(_METADATA, [])),
        }

    def _operators(self, nodes: list[Span]) -> Counter[str]:
        """How often each operator occurs; those of other domains as `domain.Operator`."""
        if len(nodes) > MOST_NODES:
            raise MekikiError("model-too-large", nodes=MOST_NODES)
        found: Counter[str] = Counter()
        for node in nodes:
            spans = self._read(node)[1]
            operator, domain = self._text(spans, _OPERATOR), self._text(spans, _OPERATOR_DOMAIN)
            found[operator if domain in OWN_DOMAINS else f"{domain}.{operator}"] += 1
            if len(found) > MOST_OPERATORS:
                raise WireError("more kinds of operators than there are")
        return found

    def _opset(self, opsets: list[Span]) -> int | None:
        """The version of ONNX's own operators."""
        for opset in opsets:
            numbers, spans = self._read(opset)
            if self._text(spans, _DOMAIN) in OWN_DOMAINS:
                return numbers.get(_VERSION)
        return None

    def _metadata(self, entries: list[Span]) -> dict[str, str]:
        metadata: dict[str, str] = {}
        for entry in entries[:MOST_LISTED]:
            spans = self._read(entry)[1]
            metadata[self._text(spans, _KEY)] = self._text(spans, _VALUE, LONGEST_VALUE)
        return metadata

    def _value(self, value: Span) -> dict[str, object]:
        """An input or output: `name`, `shape` and `type`."""
        spans = self._read(value)[1]
        kind = "?"
        shape: list[int | str] | None = None
        for value_type in spans.get(_VALUE_TYPE, ()):
            for number, found in self._read(value_type)[1].items():
                kind = _OTHER_TYPES.get(number, kind)
                if number == _TYPE_TENSOR:
                    kind, shape = self._tensor_type(found[-1])
        return {"name": self._text(spans, _VALUE_NAME), "shape": shape, "type": kind}

    def _tensor_type(self, tensor: Span) -> tuple[str, list[int | str] | None]:
        """The type of the elements, and the dimensions where they are told."""
        numbers, spans = self._read(tensor)
        element = numbers.get(_ELEMENT, 0)
        kind = element_name(element)
        if _SHAPE not in spans:
            return kind, None
        dimensions = self._read(spans[_SHAPE][-1])[1].get(_DIMENSION, [])
        return kind, [self._length(span) for span in dimensions[:MOST_LISTED]]

    def _length(self, dimension: Span) -> int | str:
        """A dimension: a number, the name of one that is open, or `?`."""
        numbers, spans = self._read(dimension)
        return numbers.get(_LENGTH, self._text(spans, _SYMBOL) or "?")

    def _named(self, span: Span, wanted: int) -> str:
        return self._text(self._read(span)[1], wanted)

    def _read(self, span: Span) -> tuple[dict[int, int], dict[int, list[Span]]]:
        """A message's numbers, and where its texts and messages are, by the fields' numbers.

        Of a number that comes twice the last one counts.
        """
        numbers: dict[int, int] = {}
        spans: dict[int, list[Span]] = {}
        for number, form, start, end in self.message.fields(*span):
            if form == VARINT:
                numbers[number] = signed(start)
            elif form == BYTES:
                spans.setdefault(number, []).append((start, end))
        return numbers, spans

    def _text(self, spans: dict[int, list[Span]], wanted: int, longest: int = LONGEST_TEXT) -> str:
        """The last text with this number, cut, with what is no UTF-8 replaced."""
        start, end = spans.get(wanted, [(0, 0)])[-1]
        # Four bytes a character at most; one more shows that it was cut.
        content = self.message.data[start : min(end, start + 4 * longest + 4)]
        text = content.decode("utf-8", "replace")
        return text if len(text) <= longest else text[:longest] + "…"
