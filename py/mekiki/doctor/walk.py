"""Goes through a graph as OpenCV's importer does: constants folded, shapes known, rules asked.

OpenCV 4.14's classic engine knows shapes while it reads a file, with 0 for lengths that are open,
and again before it runs, with those of the real input.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from mekiki.doctor import rules_maths, rules_others, rules_picture, rules_shapes
from mekiki.doctor.folding import CARRIED, FOLDED, folded
from mekiki.doctor.fusions import activations
from mekiki.doctor.graph import Graph, Node
from mekiki.doctor.rules_shapes import known_constant
from mekiki.doctor.step import MOST_AXES, Known, RefusedError, Shape, Step, words

MICROSOFT = "com.microsoft"
OF_MICROSOFT = words("""
    QLinearAdd QLinearMul QLinearAveragePool QLinearGlobalAveragePool QLinearLeakyRelu
    QLinearSigmoid QLinearConcat QGemm QLinearSoftmax Attention
""")
RULES = {
    **rules_shapes.RULES,
    **rules_picture.RULES,
    **rules_maths.RULES,
    **rules_others.RULES,
}
# Where a constant beside something computed becomes a layer, and where that is asked.
SCATTERS = words("Scatter ScatterElements ScatterND")
LAYERED = frozenset(
    [
        *rules_maths.ELEMENTWISE,
        *SCATTERS,
        *words("Concat Gather GatherElements MatMul Einsum"),
        *words("InstanceNormalization GroupNormalization"),
    ]
)
LAYERED_ASKED = frozenset(
    [*rules_maths.ELEMENTWISE, *rules_maths.SIMPLE, *SCATTERS, "Concat", "Tile"]
)
LAYERED_TWICE = frozenset(["Concat", "GatherElements", "MatMul"])  # fail where it is one already
_LIMIT = 2**31


@dataclass
class Refusal:
    """Where OpenCV would stop.

    Attributes:
        node: the operator; None where it is something else.
    """

    code: str
    advice: str | None
    data: dict[str, object]
    node: Node | None = None


@dataclass
class Walk:
    """One way through a graph.

    Attributes:
        known: what is known of each tensor, by name.
        connected: names of tensors that operators use when the network runs.
        names: of the operators that run.
        fused: what is one activation to OpenCV, by its output, with its input.
        varying: names of tensors that are others for another picture.
        layered: constants that have become layers, which some operators take for computed.
        refusals: in the order of the graph.
    """

    graph: Graph
    dynamic: bool
    importing: bool
    known: dict[str, Known] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    connected: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    layered: set[str] = field(default_factory=set)
    varying: set[str] = field(default_factory=set)
    fused: dict[str, str] = field(default_factory=dict)

    def run(self, inputs: Mapping[str, Shape]) -> Walk:
        """Goes all the way: what is refused is unknown from there on."""
        for tensor in self.graph.constants.values():
            try:
                self.known[tensor.name] = known_constant(tensor)
            except RefusedError as refused:
                self._refuse(refused, None)
                self.known[tensor.name] = Known(tensor.shape, True)
        self.varying.update(inputs)
        if self.importing:
            self.fused = activations(self.graph)
        for name, shape in inputs.items():
            self.known[name] = Known(shape if len(shape) <= MOST_AXES else None)
        for node in self.graph.nodes:
            try:
                made = self._outputs(node)
            except RefusedError as refused:
                self._refuse(refused, node)
                self.connected.update(node.inputs)
                made = [Known()] * len(node.outputs)
            if node.operator not in ("Shape", "Size") and self.varying.intersection(node.inputs):
                self.varying.update(node.outputs)
            made += [Known()] * (len(node.outputs) - len(made))
            for name, known in zip(node.outputs, made, strict=False):
                if name:
                    self.known[name] = known
        return self

    def _refuse(self, refused: RefusedError, node: Node | None) -> None:
        data, advice = dict(refused.data), refused.advice
        if node is not None:
            advice = self._advice(node, refused)
            data["operator"] = _full_name(node)
            data["node"] = node.name or next(iter(node.outputs), "")
        self.refusals.append(Refusal(refused.code, advice, data, node))

    def _advice(self, node: Node, refused: RefusedError) -> str | None:
        """What helps: a tool computes what no picture changes, where OpenCV does not."""
        place = refused.data.get("input")
        if refused.code == "input-not-constant" and isinstance(place, int):
            return None if node.inputs[place] in self.varying else "simplify"
        if refused.code == "operator-graph" and refused.advice == "simplify":
            return None if self.varying.intersection(node.inputs[:1]) else "simplify"
        if refused.advice:
            return refused.advice
        # What was computed of constants may have a shape of OpenCV's own.
        supported = node.operator in RULES and node.domain in ("", "ai.onnx")
        made = (name for name in node.inputs if name not in self.graph.constants)
        if supported and any(self.known.get(name, Known()).constant for name in made):
            return "simplify"
        return None

    def _outputs(self, node: Node) -> list[Known]:
        _check_attributes(node)
        operator = self._supported(node)
        known = self.known
        step = Step(
            node,
            [known.get(name, Known()) if name else None for name in node.inputs],
            self.graph.opset or 0,
            self.graph.producer,
            self.dynamic,
            self.importing,
        )
        if any(each is not None and each.absent for each in step.inputs):
            raise RefusedError("output-not-made", None, tensor=node.inputs[0])
        shared = self.layered.intersection(node.inputs)
        constants = step.all_constant()
        if constants and shared and operator in LAYERED_ASKED:
            constants, step = False, replace(step, mixed=True)
        if shared and operator in ("Resize", "Upsample"):
            raise RefusedError("constant-unfolded", "simplify")
        if step.is_constant(0) and operator not in FOLDED | CARRIED:
            raise RefusedError("constant-unfolded", "simplify")
        made = self._asked(operator, step)
        if self.importing and (kept := self.fused.get(node.outputs[0])):
            made = [known.get(kept, Known())]
        if operator in ("Shape", "Constant") or (constants and operator in FOLDED):
            return folded(step, made)
        self.connected.update(node.inputs)
        if operator in LAYERED:
            self._layer(node)
        if node.name and node.name in self.names:
            raise RefusedError("name-twice", "simplify")
        self.names.add(node.name)
        if not self.importing:
            for each in made:
                if each.shape is not None and min(each.shape, default=1) < 1:
                    raise RefusedError("shape-empty", shape=list(each.shape))
        return made

    def _layer(self, node: Node) -> None:
        """Constants beside something computed become layers, most of them once."""
        names = node.inputs[:1] if node.operator == "MatMul" else node.inputs
        constants = [name for name in names if self.known.get(name, Known()).constant]
        twice = len(set(constants)) < len(constants) or not self.layered.isdisjoint(constants)
        if twice and node.operator in LAYERED_TWICE:
            raise RefusedError("constant-unfolded", "simplify")
        self.layered.update(constants)

    def _asked(self, operator: str, step: Step) -> list[Known]:
        """What a rule says; a file may hold what no rule has thought of."""
        try:
            return RULES[operator](step)
        except (ArithmeticError, LookupError, TypeError, ValueError) as error:
            raise RefusedError("operator-unclear", detail=type(error).__name__) from error

    def _supported(self, node: Node) -> str:
        """The name of a rule.

        Raises:
            RefusedError: OpenCV does not have the operator.
        """
        operator, domain = node.operator, node.domain
        own = domain in ("", "ai.onnx")
        if own and not ((self.graph.ir or 0) >= 3 and self.graph.opsets):
            raise RefusedError("opset-missing", "other-opset")
        microsoft = domain == MICROSOFT and MICROSOFT in self.graph.opsets
        if microsoft and operator in OF_MICROSOFT:
            return operator
        if own and operator in RULES and (operator == "Attention" or operator not in OF_MICROSOFT):
            return operator
        advice = _ADVICE.get(operator) if own else "other-exporter"
        raise RefusedError("operator-unsupported" if own else "operator-foreign", advice)


_ADVICE = {
    "NonMaxSuppression": "export-without-nms",
    "If": "simplify",
    "Loop": "export-without-loop",
    "Scan": "export-without-loop",
}


def _full_name(node: Node) -> str:
    return node.operator if node.domain in ("", "ai.onnx") else f"{node.domain}.{node.operator}"


def _check_attributes(node: Node) -> None:
    """Forms of attributes that the importer does not read, whatever they mean."""
    for name, attribute in node.attributes.items():
        value = attribute.value
        if attribute.form == "graph":
            raise RefusedError("operator-graph", _ADVICE.get(node.operator))
        if attribute.form in ("tensors", "nothing") or (
            attribute.form == "texts" and not (node.operator == "LSTM" and name == "activations")
        ):
            raise RefusedError("operator-option", option=name, value=attribute.form)
        if name in ("kernel_shape", "strides", "dilations"):
            fits = isinstance(value, list) and 1 <= len(value) <= 3
            if not fits:
                raise RefusedError("operator-option", option=name, value=value)
        elif attribute.form == "number" and isinstance(value, int):
            if not -_LIMIT <= value < _LIMIT:
                raise RefusedError("operator-option", option=name, value=value)
        elif name == "pads" and node.operator != "Pad" and not _is_pads(value):
            raise RefusedError("operator-option", option=name, value=value)


def _is_pads(value: object) -> bool:
    return isinstance(value, list) and len(value) in (2, 4, 6)
