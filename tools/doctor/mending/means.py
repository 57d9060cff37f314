"""Means that change how a graph is written, and never what it computes.

Each takes a model and its report and returns a new model, or None where it has nothing to change.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import onnx
import onnxruntime  # type: ignore[import-untyped]
from onnx import helper, shape_inference, version_converter

from mekiki.doctor import fix_sizes

Report = dict[str, Any]
SUPPRESSION = "NonMaxSuppression"
# Those that exporters know best, and 21, whose GroupNormalization OpenCV has.
OPSETS = (17, 13, 21)


def copied(model: onnx.ModelProto) -> onnx.ModelProto:
    """A copy that may be changed."""
    copy = onnx.ModelProto()
    copy.CopyFrom(model)
    return copy


def write_opset(model: onnx.ModelProto, _report: Report) -> onnx.ModelProto | None:
    """An opset, in a file that tells none."""
    if any(each.domain in ("", "ai.onnx") for each in model.opset_import):
        return None
    changed = copied(model)
    changed.opset_import.append(helper.make_opsetid("", OPSETS[0]))
    return changed


def write_sizes(model: onnx.ModelProto, report: Report) -> onnx.ModelProto | None:
    """The sizes that the report is about."""
    shapes = report["estimate"]["input"]
    told = {each["name"]: each["shape"] for each in report["facts"]["inputs"]}
    if all(told[name] == shape for name, shape in shapes.items()):
        return None
    return onnx.load_from_string(fix_sizes(model.SerializeToString(), shapes))


def infer_shapes(model: onnx.ModelProto, _report: Report) -> onnx.ModelProto | None:
    """The shapes of outputs, where they can be told from those of the inputs."""
    changed = copied(model)
    for info in changed.graph.output:
        info.type.tensor_type.ClearField("shape")
    inferred = shape_inference.infer_shapes(changed, data_prop=True)
    shapes = {info.name: info for info in inferred.graph.output}
    changed = copied(model)
    for info in changed.graph.output:
        found = shapes[info.name].type.tensor_type
        if all(each.HasField("dim_value") for each in found.shape.dim) and found.HasField("shape"):
            info.type.tensor_type.shape.CopyFrom(found.shape)
    return None if changed == model else changed


def write_options(model: onnx.ModelProto, report: Report) -> onnx.ModelProto | None:
    """Options that OpenCV wants written out."""
    missing = [each["data"] for each in report["findings"] if each["code"] == "option-missing"]
    changed = copied(model)
    for each in missing:
        for node in changed.graph.node:
            lacks = all(given.name != each["option"] for given in node.attribute)
            if node.op_type == each["operator"] and lacks:
                node.attribute.append(helper.make_attribute(each["option"], each["value"]))
    return changed if missing else None


def name_apart(model: onnx.ModelProto, _report: Report) -> onnx.ModelProto | None:
    """A name of its own for every operator."""
    seen: set[str] = set()
    changed = copied(model)
    for place, node in enumerate(changed.graph.node):
        if node.name in seen:
            node.name = f"{node.name}_{place}"
        if node.name:
            seen.add(node.name)
    return None if changed == model else changed


def drop_unused_inputs(model: onnx.ModelProto, report: Report) -> onnx.ModelProto | None:
    """Inputs that nothing uses go."""
    unused = [e["data"]["input"] for e in report["findings"] if e["code"] == "input-unused"]
    changed = copied(model)
    kept = [info for info in changed.graph.input if info.name not in unused]
    if not unused or not kept:
        return None
    del changed.graph.input[:]
    changed.graph.input.extend(kept)
    return changed


def simplify(model: onnx.ModelProto, _report: Report) -> onnx.ModelProto | None:
    """Constants computed beforehand, what does nothing left out: by onnxruntime's basic rules."""
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.log_severity_level = 4
    with tempfile.TemporaryDirectory() as name:
        target = Path(name) / "simple.onnx"
        options.optimized_model_filepath = str(target)
        onnxruntime.InferenceSession(model.SerializeToString(), options, ["CPUExecutionProvider"])
        simple = onnx.load(target)
    # onnxruntime lists every family of operators that it knows.
    used = {_domain(node.domain) for node in simple.graph.node} | {""}
    opsets = [each for each in simple.opset_import if _domain(each.domain) in used]
    del simple.opset_import[:]
    simple.opset_import.extend(opsets)
    del simple.metadata_props[:]
    simple.metadata_props.extend(model.metadata_props)
    simple.producer_name, simple.producer_version = model.producer_name, model.producer_version
    return simple


def _domain(domain: str) -> str:
    return "" if domain == "ai.onnx" else domain


def cut_suppression(model: onnx.ModelProto, _report: Report) -> onnx.ModelProto | None:
    """The graph up to non-maximum suppression: its boxes and scores become the outputs."""
    at = next((node for node in model.graph.node if node.op_type == SUPPRESSION), None)
    if at is None:
        return None
    changed = copied(model)
    del changed.graph.output[:]
    for name in at.input[:2]:
        changed.graph.output.append(
            helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None)
        )
    nodes = list(reversed(list(_needed(changed.graph, set(at.input[:2])))))
    del changed.graph.node[:]
    changed.graph.node.extend(nodes)
    used = {name for node in nodes for name in node.input}
    kept = [tensor for tensor in changed.graph.initializer if tensor.name in used]
    del changed.graph.initializer[:]
    changed.graph.initializer.extend(kept)
    return infer_shapes(changed, {}) or changed


def _needed(graph: onnx.GraphProto, wanted: set[str]) -> Iterator[onnx.NodeProto]:
    """The operators that make these tensors, the last first."""
    for node in reversed(graph.node):
        if wanted.intersection(node.output):
            wanted.update(node.input)
            copy = onnx.NodeProto()
            copy.CopyFrom(node)
            yield copy


def other_opsets(model: onnx.ModelProto) -> Iterator[tuple[int, onnx.ModelProto]]:
    """The same in other opsets, where onnx can convert it."""
    now = next((e.version for e in model.opset_import if _domain(e.domain) == ""), None)
    for opset in OPSETS:
        if opset != now:
            try:
                yield opset, version_converter.convert_version(model, opset)
            except Exception:  # onnx's own kinds: there is no way from here to there
                continue
