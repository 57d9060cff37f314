"""What cross compiling needs: Python's headers as Pyodide was built, sysconfig, compiler drivers.

The headers are Debian's for the same minor version, with a pyconfig.h whose values come from the
_sysconfigdata in the runtime's own python_stdlib.zip.
"""

from __future__ import annotations

import pprint
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

from wheels.recipe.places import INSIDE, RUNTIME, Places
from wheels.recipe.progress import step
from wheels.recipe.source import synchronise

_FILES = Path(__file__).resolve().parent / "cross"
DRIVER = _FILES / "sidecc"
_DEFINE = re.compile(r"^\s*(?:#\s*define\s+(\w+)(.*)|/\*\s*#\s*undef\s+(\w+)\s*\*/)\s*$")
# Names that say something about the machine; others (const, inline, ...) are keywords' stand-ins.
_FACTS = ("HAVE_", "SIZEOF_", "ALIGNOF_", "WITH_")


def prepare_cross(places: Places, cython: Path, python: str) -> None:
    """Writes /wheels/cross; files that stay the same are not touched.

    Args:
        places: the work folder.
        cython: Cython's wheel.
        python: the minor version, such as "3.14".
    """
    with step("headers and drivers for cross compiling"):
        fresh = places.wheels / "cross.new"
        shutil.rmtree(fresh, ignore_errors=True)
        name, values = build_time_vars(RUNTIME / "python_stdlib.zip")
        include = places.root / f"usr/include/python{python}"
        headers = fresh / f"python{python}"
        shutil.copytree(include, headers)
        template = next(places.root.glob(f"usr/include/*/python{python}/pyconfig.h"))
        (headers / "pyconfig.h").write_text(pyconfig(template.read_text("utf-8"), values), "utf-8")
        where = f"{INSIDE}/cross/python{python}"
        values |= dict.fromkeys(("INCLUDEPY", "CONFINCLUDEPY", "CONFINCLUDEDIR"), where)
        values["INCLUDEDIR"] = f"{INSIDE}/cross"
        (fresh / "sysconfig").mkdir()
        text = f"build_time_vars = {pprint.pformat(values)}\n"
        (fresh / "sysconfig" / name).write_text(text, "utf-8")
        with zipfile.ZipFile(cython) as archive:
            archive.extractall(fresh / "site")
        (fresh / "bin").mkdir()
        for path in _FILES.iterdir():
            shutil.copy(path, fresh if path.suffix == ".ini" else fresh / "bin")
        shutil.copy(DRIVER, fresh / "bin/sidecxx")
        synchronise(fresh, places.wheels / "cross")
        shutil.rmtree(fresh)


def build_time_vars(stdlib: Path) -> tuple[str, dict[str, Any]]:
    """The name and the values of the _sysconfigdata in the runtime's standard library."""
    with zipfile.ZipFile(stdlib) as archive:
        name = next(
            name
            for name in archive.namelist()
            if name.startswith("_sysconfigdata") and name.endswith(".py")
        )
        scope: dict[str, Any] = {}
        exec(archive.read(name), scope)
    return name, dict(scope["build_time_vars"])


def pyconfig(template: str, values: dict[str, Any]) -> str:
    """Debian's pyconfig.h with Pyodide's values."""
    return "\n".join(_line(line, values) for line in template.splitlines()) + "\n"


def _line(line: str, values: dict[str, Any]) -> str:
    match = _DEFINE.match(line)
    if not match or match[1] == "Py_PYCONFIG_H":
        return line
    key = match[1] or match[3]
    if key not in values and not key.startswith(_FACTS):
        return line
    value = values.get(key, 0)
    if value in (0, ""):
        return f"/* #undef {key} */"
    if (match[2] or "").strip().startswith('"') and not str(value).startswith('"'):
        value = f'"{value}"'
    return f"#define {key} {value}"
