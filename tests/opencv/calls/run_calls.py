"""Runs every public function of some Python files, and keeps what they return.

The same file runs on this machine and in Pyodide. `given` is a zip of the files; the answer is a
zip of MODULE.FUNCTION.npz, or of MODULE.FUNCTION.txt with the traceback.
"""

import io
import traceback
import types
import zipfile

import numpy as np


def _calls(source, name):
    scope = {"__name__": name}
    exec(compile(source, name, "exec"), scope)
    own = (value for key, value in scope.items() if not key.startswith("_"))
    return [
        value for value in own if isinstance(value, types.FunctionType) and value.__module__ == name
    ]


def run(given, made):
    """Reads a zip, and writes the other."""
    with zipfile.ZipFile(given) as archive, zipfile.ZipFile(made, "w") as answer:
        for entry in archive.namelist():
            name = entry.removesuffix(".py")
            for call in _calls(archive.read(entry).decode(), name):
                try:
                    returned = call()
                except Exception:
                    answer.writestr(f"{name}.{call.__name__}.txt", traceback.format_exc())
                    continue
                values = returned if isinstance(returned, tuple) else (returned,)
                npz = io.BytesIO()
                np.savez(npz, *[np.asarray(value) for value in values])
                answer.writestr(f"{name}.{call.__name__}.npz", npz.getvalue())
