"""`python -m tools detect FOLDER`."""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import cv2

from mekiki.errors import MekikiError
from tools.errors import BuildError
from tools.headless.agreement import compare
from tools.headless.built import chosen
from tools.headless.in_browser import App, app
from tools.headless.natively import Native
from tools.headless.pictures import fitted, pictures_in, read
from tools.headless.text import line_of, picture_text, summary


def run(options: argparse.Namespace) -> int:
    """Prints what is found in each picture.

    Returns:
        The exit status: 0; 1 where a picture could not be read, the page complained, or browser
        and native engine disagree.

    Raises:
        BuildError: nothing was built; no such folder, model or threshold; no pictures in it.
    """
    if options.threshold is not None and not 0 <= options.threshold <= 1:
        raise BuildError("threshold-not-taken", threshold=options.threshold, takes="0 to 1")
    pictures = pictures_in(options.folder)
    model, graph = chosen(options.dist, options.model)
    rows: list[dict[str, Any]] = []
    complaints: list[str] = []
    with contextlib.ExitStack() as stack:
        native = _native(model, graph, options) if options.native or options.both else None
        page: App | None = None
        if not options.native:
            page = stack.enter_context(app(options.dist, model, options.threshold))
            complaints = page.complaints
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mekiki-detect-")))
        for path in pictures:
            row = {"file": path.name} | _look(path, page, native, scratch)
            rows.append(row)
            if "error" in row:
                print(f"mekiki: {path.name}: {row['error']}", file=sys.stderr)
            elif options.format == "text":
                print(picture_text(row), flush=True)
    for each in complaints:
        print(f"mekiki: the page's console: {each}", file=sys.stderr)
    if options.format == "json":
        print(json.dumps({"model": model, "pictures": rows}, indent=2, ensure_ascii=False))
    else:
        print(line_of(model, rows))
        if options.both:
            print(summary(rows))
    wrong = any("error" in row or not row.get("agreement", {}).get("agrees", True) for row in rows)
    return int(wrong or bool(complaints))


def _native(model: str, graph: Path, options: argparse.Namespace) -> Native:
    try:
        return Native(model, graph, options.threshold)
    except MekikiError as error:
        raise BuildError(error.code, **error.data) from error


def _look(path: Path, page: App | None, native: Native | None, scratch: Path) -> dict[str, Any]:
    """`browser`, `native`, with both also `agreement`; or `error`."""
    if native is None:
        assert page is not None
        answer = page.detect(path)
        return answer if "error" in answer else {"browser": answer["found"]}
    bgr = read(path)
    if bgr is None:
        return {"error": "OpenCV cannot read this file as a picture"}
    bgr = fitted(bgr)
    answer = native.detect(bgr)
    if "error" in answer:
        return answer
    row: dict[str, Any] = {"native": answer["found"]}
    if page is not None:
        # Browsers and OpenCV decode JPEG differently: the page gets the very pixels, losslessly.
        copy = scratch / f"{path.stem}.png"
        cv2.imwrite(str(copy), bgr)
        answer = page.detect(copy)
        copy.unlink()
        if "error" in answer:
            return answer
        row["browser"] = answer["found"]
        here, there = (row[side]["detections"] for side in ("browser", "native"))
        row["agreement"] = compare(here, there, native.lowest)
    return row
