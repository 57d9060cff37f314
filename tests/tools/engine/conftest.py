import json
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

from tools.engine.build import BUILDS, build_engine
from tools.paths import CACHE, ROOT


@pytest.fixture(scope="session")
def engine(tmp_path_factory):
    """A built engine: its folder and its files by name."""
    folder = tmp_path_factory.mktemp("engine")
    files = {file.name: file.path for file in build_engine(folder, root=ROOT, cache=CACHE)}
    return SimpleNamespace(folder=folder, files=files)


@pytest.fixture(scope="session", params=BUILDS)
def smoke(request, engine):
    """What the built engine said, with each build of OpenCV, when smoke.mjs ran it in node."""
    script = Path(ROOT, "tools/engine/smoke.mjs")
    command = ["node", script, engine.folder, request.param]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)
