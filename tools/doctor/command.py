"""`python -m tools doctor model.onnx`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from mekiki.doctor import examine
from mekiki.doctor.findings import CANNOT, NEEDS_HELP, RUNS
from mekiki.errors import MekikiError
from tools.doctor.check import check, check_text
from tools.doctor.fix import fix, fix_text, read_sizes
from tools.doctor.folder.facts import Wishes
from tools.doctor.folder.photo import photo_named
from tools.doctor.folder.write import folder_text, write_folder
from tools.doctor.text import report_text, shape_text
from tools.doctor.words import sentence
from tools.errors import BuildError

STATUS = {RUNS: 0, CANNOT: 1, NEEDS_HELP: 2}


def run(options: argparse.Namespace) -> int:
    """Prints the report.

    Returns:
        The exit status: 0 it runs, or does now that it is mended; 1 it cannot; 2 it would with
        help.

    Raises:
        BuildError: the file is none, or holds no graph; a size is none, or not one it takes.
    """
    report, sizes = examined(options.model), {}
    if options.input:
        names = [each["name"] for each in report["facts"]["inputs"]]
        sizes = read_sizes(options.input, names)
        report = examined(options.model, sizes)
        used = report["estimate"]["input"]
        for name, shape in sizes.items():
            if used[name] != shape:
                told = {"input": name, "given": shape_text(shape), "takes": shape_text(used[name])}
                raise BuildError("input-not-taken", **told)
    answer: dict[str, Any] = {**report}
    texts = [report_text(report)]
    status = STATUS[str(report["verdict"])]
    if options.check:
        checked = check(report, options.model)
        answer["check"] = checked.to_dict()
        texts.append(check_text(checked))
    if options.fix:
        fixed = fix(options.model, options.fix, sizes, half=options.fp16)
        answer["fix"] = fixed
        texts.append(fix_text(fixed, options.fix))
        status = 0 if fixed["written"] else 1
    if options.folder:
        answer["folder"] = _folder(options)
        texts.append(folder_text(answer["folder"]))
    elif report["verdict"] == NEEDS_HELP and not options.fix:
        texts.append("Try --fix OUT.onnx.")
    print(json.dumps(answer, indent=2) if options.json else "\n\n".join(texts))
    return status


def _folder(options: argparse.Namespace) -> dict[str, Any]:
    """Writes a folder from the mended file, if one was made, or from the file itself."""
    path = options.fix or options.model
    report = examined(path) if path.is_file() else {"verdict": CANNOT}
    if report["verdict"] != RUNS or not check(report, path).opencv["runs"]:
        raise BuildError("folder-needs-what-runs", file=path, do="--fix OUT.onnx --folder ...")
    wishes = Wishes(
        photo=photo_named(options.photo) if options.photo else None,
        labels=options.labels,
        licence=options.licence,
        own_decoder=options.own_decoder,
    )
    return write_folder(path, options.folder, wishes)


def examined(path: Path, sizes: dict[str, list[int]] | None = None) -> dict[str, Any]:
    """The report of a file.

    Raises:
        BuildError: the file is none, or holds no graph.
    """
    try:
        return dict(examine(path.read_bytes(), path.name, sizes))
    except OSError as error:
        raise BuildError("model-file-unreadable", file=path, detail=error.strerror) from error
    except MekikiError as error:
        said = sentence("error", error.code, error.data)
        raise BuildError(error.code, file=path, **error.data, words=said) from error
