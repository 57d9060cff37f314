"""Runs Python in the MicroPython that the page uses, with the image that the build makes."""

import importlib.util
import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tools.paths import MODELS, MPY
from tools.site.build import SAMPLES
from tools.site.models import labels_of, model_folders, shell_facts
from tools.site.shell import romfs_image

RUNNER = Path(__file__).with_name("run_in_micropython.mjs")


def real_models():
    """What the build tells the shell of each model, with addresses that nobody asks for."""
    models = []
    for _, spec in model_folders():
        tier = f"model:{spec['id']}"
        variant = {"weights": "fp16", "bytes": 1_000_000, "tier": tier}
        if spec.get("delivery", "site") == "site":
            variant["onnx"] = f"assets/0/{spec['id']}.onnx"
        files = {"variants": [variant], "code": f"assets/0/{spec['id']}.zip"}
        models.append(shell_facts(spec) | files)
    return models


def lists(kind):
    folder = MODELS / kind
    return {path.stem: json.loads(path.read_text("utf-8")) for path in folder.glob("*.json")}


def catalogue():
    models = real_models()
    return {
        "default": models[0]["id"],
        "engine": {
            "runtime": "assets/1/pyodide.mjs",
            "stdlib": "assets/1/python_stdlib.zip",
            "locks": {
                "simd": "assets/2/pyodide-lock.json",
                "relaxed": "assets/3/pyodide-lock.json",
            },
            "code": "assets/3/mekiki.zip",
            "packages": ["numpy", "opencv-python"],
            "worker": "../py/worker.mjs",
        },
        "models": models,
        # A model may have its own, which no list holds.
        "labels": lists("labels") | dict(labels_of(spec) for _, spec in model_folders()),
        "keypoints": lists("keypoints"),
        "samples": [{"id": name, "url": f"assets/4/{name}.jpg"} for name in SAMPLES],
    }


class MicroPython:
    """Runs pieces of Python, each in a fresh interpreter on a fresh page."""

    def __init__(self, image):
        self.image = image
        self.console = []

    def __call__(self, source, **plan):
        """Returns what the source gave to answer(...); plan is that of peers.mjs."""
        run = self._run(source, plan)
        assert run.returncode == 0, run.stderr
        said = json.loads(run.stdout)
        self.console = said["console"]
        return said["answer"]

    def failure(self, source, **plan):
        """Returns the message of the error that ended the source.

        MicroPython cannot catch what JavaScript throws, so `except` is no way to test for it.
        """
        run = self._run(source, plan)
        assert run.returncode == 1, run.stdout
        return run.stderr.strip()

    def _run(self, source, plan):
        given = json.dumps({"source": textwrap.dedent(source), "plan": plan})
        command = ["node", RUNNER, self.image]
        return subprocess.run(
            command, input=given, capture_output=True, encoding="utf-8", check=False, timeout=20
        )


@pytest.fixture(scope="session")
def shell_image(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shell")
    image = folder / "shell.romfs"
    image.write_bytes(romfs_image(catalogue(), folder))
    return image


@pytest.fixture
def micropython(shell_image):
    return MicroPython(shell_image)


@pytest.fixture(scope="module")
def formats():
    """export.formats as ordinary Python, without making all of mpy/ importable."""
    spec = importlib.util.spec_from_file_location(
        "export",
        MPY / "export" / "__init__.py",
        submodule_search_locations=[str(MPY / "export")],
    )
    sys.modules["export"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules["export"])
    import export.formats

    yield export.formats
    for name in [name for name in sys.modules if name.split(".")[0] == "export"]:
        del sys.modules[name]
