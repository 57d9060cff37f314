"""What ONNX Runtime makes of each case, and what the OpenCV of this machine does."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import onnx
import onnxruntime
from onnx import TensorProto, helper

from tests.opencv.operators import run_cv2
from tests.opencv.operators.bundle import Outcome, pack, unpack
from tests.opencv.operators.sketch import Case


def by_onnxruntime(case: Case) -> Outcome:
    """The golden outputs, or why there are none."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4  # refusals are told by exceptions
    try:
        session = onnxruntime.InferenceSession(
            case.model.SerializeToString(), options, providers=["CPUExecutionProvider"]
        )
        return Outcome(session.run(None, case.inputs))
    except Exception as error:  # its exceptions have no common base
        return Outcome(None, f"{type(error).__name__}: {error}")


def with_shapes(case: Case, golden: Outcome) -> Case:
    """The same case, its outputs with their shapes, without which OpenCV reads no model."""
    model = onnx.ModelProto()
    model.CopyFrom(case.model)
    shapes = [array.shape for array in golden.outputs] if golden.outputs else [case.shape]
    for output, shape in zip(model.graph.output, shapes, strict=True):
        shaped = helper.make_tensor_value_info(output.name, TensorProto.FLOAT, shape)
        output.CopyFrom(shaped)
    return replace(case, model=model)


def by_native_cv2(cases: Mapping[str, Case]) -> dict[str, Outcome]:
    """Outcomes of opencv-python-headless; in a process of its own, lest a crash take this one."""
    with tempfile.TemporaryDirectory() as scratch:
        bundle, answer = Path(scratch, "in.zip"), Path(scratch, "out.zip")
        bundle.write_bytes(pack(cases.values()))
        command = [sys.executable, run_cv2.__file__, str(bundle), str(answer)]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        if ran.returncode:
            raise RuntimeError(f"native cv2 ended with {ran.returncode}: {ran.stderr[-500:]}")
        return unpack(answer.read_bytes())
