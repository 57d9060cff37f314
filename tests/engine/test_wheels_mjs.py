"""Wheels put into the file system without Python's zipfile: only those whose files lie open."""

import io
import json
import subprocess
import zipfile
from pathlib import Path

import pytest

PY = Path(__file__).resolve().parents[2] / "py"

ENTRIES = """
import { readFileSync } from "node:fs";
import { storedEntries } from "./wheels.mjs";
const entries = storedEntries(new Uint8Array(readFileSync(0)));
const text = (data) => Buffer.from(data).toString("hex");
console.log(JSON.stringify(entries && entries.map(({ name, data }) => [name, text(data)])));
"""


def entries(data):
    arguments = ["node", "--input-type=module", "--eval", ENTRIES]
    run = subprocess.run(arguments, input=data, capture_output=True, check=True, cwd=PY)
    found = json.loads(run.stdout)
    return found if found is None else {name: bytes.fromhex(content) for name, content in found}


def zipped(method):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.mkdir("numpy")
        archive.writestr("numpy/__init__.pyc", b"code" * 50, method)
        archive.writestr("empty", b"", zipfile.ZIP_STORED)
        archive.writestr("名前.txt", "目利き".encode(), zipfile.ZIP_STORED)
    return buffer.getvalue()


def test_files_of_a_stored_zip_are_pieces_of_it():
    assert entries(zipped(zipfile.ZIP_STORED)) == {
        "numpy/__init__.pyc": b"code" * 50,
        "empty": b"",
        "名前.txt": "目利き".encode(),
    }


@pytest.mark.parametrize(
    "data",
    [zipped(zipfile.ZIP_DEFLATED), zipped(zipfile.ZIP_STORED)[:-1], b"", b"<!DOCTYPE html>" * 9],
    ids=["compressed", "cut short", "empty", "no zip"],
)
def test_what_only_loadpackage_can_read_is_left_to_it(data):
    assert entries(data) is None
