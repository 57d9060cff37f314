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
from tools.doctor.text import report_text
from tools.doctor.words import sentence
from tools.errors import BuildError

STATUS = {RUNS: 0, CANNOT: 1, NEEDS_HELP: 2}


def run(options: argparse.Namespace) -> int:
    """Prints the report.

    Returns:
        The exit status: 0 it runs, 1 it cannot, 2 it would with help.

    Raises:
        BuildError: the file is none, or holds no graph.
    """
    report = examined(options.model)
    answer: dict[str, Any] = {**report}
    texts = [report_text(report)]
    if options.check:
        checked = check(report, options.model)
        answer["check"] = checked.to_dict()
        texts.append(check_text(checked))
    print(json.dumps(answer, indent=2) if options.json else "\n\n".join(texts))
    return STATUS[str(report["verdict"])]


def examined(path: Path) -> dict[str, Any]:
    """The report of a file.

    Raises:
        BuildError: the file is none, or holds no graph.
    """
    try:
        return dict(examine(path.read_bytes(), path.name))
    except OSError as error:
        raise BuildError("model-file-unreadable", file=path, detail=error.strerror) from error
    except MekikiError as error:
        said = sentence("error", error.code, error.data)
        raise BuildError(error.code, file=path, **error.data, words=said) from error
