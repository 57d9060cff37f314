"""One text with the licences of everything a site hands out, linked from its page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tools.paths import APP, NODE_MODULES, ROOT

# Beside @codemirror/view: what is imported and what that brings.
CODEMIRROR = (
    *(f"@codemirror/{name}" for name in ("autocomplete", "commands", "lang-python", "language")),
    "@codemirror/state",
    *(f"@lezer/{name}" for name in ("common", "highlight", "lr", "python")),
    "@marijn/find-cluster-break",
    "crelt",
    "style-mod",
    "w3c-keyname",
)
# Name, what it is here, and the texts in licences/ where the package brings none.
PACKAGES = (
    ("@pyscript/core", "the Python library of the shell", ()),
    (
        "@micropython/micropython-webassembly-pyscript",
        "the shell's interpreter, https://github.com/micropython/micropython",
        ("micropython.txt",),
    ),
    (
        "pyodide",
        "the engine's interpreter, whose source is at https://github.com/pyodide/pyodide, "
        "with CPython and its standard library (compiled and trimmed by the build)",
        ("MPL-2.0.txt", "python.txt"),
    ),
    ("idb", "keeps the history in the browser's database", ()),
    ("client-zip", "zips what is exported", ()),
    (
        "mediabunny",
        "reads and writes videos; a part of it, made one file by esbuild; "
        "its source is at https://github.com/Vanilagy/mediabunny",
        (),
    ),
    ("@codemirror/view", "the playground's editor; a part of it, made one file by esbuild", ()),
    *((name, "in the playground's editor", ()) for name in CODEMIRROR),
    ("xz-decompress", "unpacks what was downloaded", ("xz-decompress.txt",)),
    ("workbox-core", "in sw.js", ()),
    ("workbox-precaching", "in sw.js", ()),
    ("workbox-routing", "in sw.js", ()),
)
RULE = "\n\n" + "=" * 72 + "\n\n"


def _package(name: str, use: str, own_texts: Sequence[str]) -> str:
    folder = NODE_MODULES / name
    facts = json.loads((folder / "package.json").read_text("utf-8"))
    head = f"{name} {facts['version']}: {use}\nLicence: {facts['license']}"
    texts = sorted(folder.glob("LICEN[CS]E*"))
    texts += [ROOT / "licences" / text for text in own_texts]
    return head + "".join("\n\n" + text.read_text("utf-8") for text in texts)


def _made(spec: dict[str, Any]) -> str:
    if spec.get("delivery") == "tap":
        return "which is no part of this site: phones fetch it from its own host when asked to"
    return "converted to ONNX, its weights stored in fewer bits"


def _model(spec: dict[str, Any]) -> str:
    licence = spec["licence"]
    note = licence["note"] if isinstance(licence["note"], str) else licence["note"]["en"]
    lines = [
        f"The model {spec['id']}, {_made(spec)}",
        f"Licence: {licence['spdx']}, {licence['holder']}",
        licence["url"],
        note,
    ]
    return "\n".join(line for line in lines if line)


def write_licences(target: Path, specs: Sequence[dict[str, Any]]) -> None:
    """Writes the text of all licences.

    Args:
        target: the file to write.
        specs: the model.json of each model in the site.
    """
    wheels = [
        path.read_text("utf-8") for path in sorted((ROOT / "wheels" / "licences").glob("*.txt"))
    ]
    chapters = [
        "mekiki\n\n" + (ROOT / "LICENSE").read_text("utf-8"),
        *(_package(name, use, texts) for name, use, texts in PACKAGES),
        *("In the wheels of numpy and opencv-python\n\n" + text for text in wheels),
        *(_model(spec) for spec in specs),
        (ROOT / "licences" / "demos.txt").read_text("utf-8"),
        (APP / "samples" / "LICENCES.md").read_text("utf-8"),
    ]
    target.write_text(RULE.join(chapters) + "\n", "utf-8")
