"""The facts of the project's own models, changed in a folder of a test's own."""

import json

from tools.paths import MODELS


def copy_model(folder, model_id, change):
    """Writes the model.json of `model_id` into `folder` after `change(spec)`; returns `folder`."""
    spec = json.loads((MODELS / model_id / "model.json").read_text("utf-8"))
    change(spec)
    folder.mkdir(exist_ok=True)
    (folder / "model.json").write_text(json.dumps(spec))
    return folder
