"""Turns Python source into sourceless bytecode. Runs inside Pyodide, called by in_pyodide.mjs.

It has to run there: bytecode is read only by the very version of Python that wrote it.
"""

import importlib.util
import io
import warnings
import zipfile

# What py_compile itself calls.
from importlib._bootstrap_external import _code_to_hash_pyc  # type: ignore[attr-defined]


def compile_module(name: str, source: bytes, folder: str) -> bytes:
    """One module as the content of a `.pyc` file.

    Its header says "unchecked hash": Python neither looks for the source nor compares dates.
    Level 2 leaves out docstrings and asserts.

    Args:
        name: path of the `.py` file inside its archive.
        source: its text.
        folder: where the archive will be on the phone; tracebacks show it.
    """
    code = compile(source, f"{folder}/{name}", "exec", dont_inherit=True, optimize=2)
    return bytes(_code_to_hash_pyc(code, importlib.util.source_hash(source), checked=False))


def compile_archive(archive: bytes, folder: str) -> bytes:
    """A zip of `.py` files into a zip of `.pyc` files, in the same order."""
    warnings.simplefilter("ignore")  # other people's invalid escapes in strings
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as sources,
        zipfile.ZipFile(result, "w", zipfile.ZIP_STORED) as compiled,
    ):
        for name in sources.namelist():
            pyc = compile_module(name, sources.read(name), folder)
            compiled.writestr(zipfile.ZipInfo(name + "c"), pyc)
    return result.getvalue()
