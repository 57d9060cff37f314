"""Reality, asked once for all graphs of a kind: starting the other process takes longest."""

import onnx
import pytest

from mekiki.doctor import examine
from tests.engine.doctor.reality import outcomes


def outputs_of(data):
    return [output.name for output in onnx.load_from_string(data).graph.output]


@pytest.fixture(scope="session")
def ask(tmp_path_factory):
    """Takes files by name to (report, outcome) by name. The inputs are those of the report."""

    def asked(files):
        folder = tmp_path_factory.mktemp("doctor")
        reports, questions = {}, []
        for number, (name, data) in enumerate(files.items()):
            path = folder / f"{number}.onnx"
            path.write_bytes(data)
            reports[name] = examine(data, f"{name}.onnx")
            inputs = reports[name]["estimate"]["input"]
            questions.append({"path": str(path), "inputs": inputs, "outputs": outputs_of(data)})
        return {
            name: (report, outcome)
            for (name, report), outcome in zip(reports.items(), outcomes(questions), strict=True)
        }

    return asked
