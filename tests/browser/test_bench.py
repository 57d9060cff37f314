import json
import subprocess
import sys

from tests.browser.conftest import DIST, ROOT

FEWEST = ["--rounds", "1", "--passes", "1", "--warm-up", "0", "--starts", "1"]


def test_every_engine_runs_in_one_measurement_and_gives_the_same_outputs(tmp_path):
    report_file = tmp_path / "bench.json"
    command = [sys.executable, "-m", "tools", "bench", "engines", "--model", "blazeface-back"]
    run = subprocess.run(
        [*command, *FEWEST, "--report", str(report_file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert run.returncode == 0, run.stderr
    report = json.loads(report_file.read_text())
    wheels = list(report["environment"]["wheels"])
    rivals = ["onnxruntime-web", "native opencv", "native onnxruntime"]
    engines = report["models"]["blazeface-back"]["engines"]
    assert wheels
    assert list(engines) == [*wheels, *rivals]
    assert all(engine["agrees"] for engine in engines.values())
    assert all(engine["n"] == 1 and engine["min"] > 0 for engine in engines.values())
    assert set(report["versions"]) == set(engines)
    assert report["environment"]["cross_origin_isolated"]
    assert f"{wheels[0]} / onnxruntime-web" in run.stdout

    shipped = [name for name in report["starts"] if name.startswith("shipped ")]
    assert shipped
    for name in (*shipped, "stock"):
        steps = report["starts"][name]["warm"]
        assert all(steps[step]["median"] > 0 for step in ("loadPyodide", "loadPackage", "import"))


def test_nothing_of_the_rival_engine_goes_to_the_phone():
    assert [path for path in DIST.rglob("*") if "ort" in path.name and "wasm" in path.name] == []
