"""Runs Python in the MicroPython that the page uses, with the image that the build makes."""

import json
import subprocess
import textwrap
from pathlib import Path

import pytest

from tools.paths import MODELS
from tools.site.build import SAMPLES, model_folders
from tools.site.shell import romfs_image

RUNNER = Path(__file__).with_name("run_in_micropython.mjs")


def real_models():
    """What the build tells the shell of each model, with addresses that nobody asks for."""
    return [
        {
            "id": spec["id"],
            "name": spec["name"],
            "about": spec["about"],
            "licence": spec["licence"]["spdx"],
            "licence_url": spec["licence"]["url"],
            "licence_holder": spec["licence"]["holder"],
            "labels": json.loads((MODELS / "labels" / f"{spec['labels']}.json").read_text("utf-8")),
            "threshold": spec["score"]["threshold"],
            "sizes": spec["input"].get("sizes")
            or [[spec["input"]["width"], spec["input"]["height"]]],
            "transfer_bytes": spec["onnx"]["bytes"],
            "onnx": f"assets/0/{spec['id']}.onnx",
            "code": f"assets/0/{spec['id']}.zip",
        }
        for _, spec in model_folders()
    ]


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
