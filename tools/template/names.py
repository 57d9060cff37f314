"""A new project's name, wherever the app says what it is called.

Cache names, settings and databases carry the app's address, so that copies on one origin do not
meet: nothing of them has to be renamed. The manifest has no `id` on purpose: it would be resolved
against the origin, and two apps of one host would be one. `mekiki` stays the name of the Python
package and of the public events.
"""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path

from tools.errors import BuildError

OLD, OLD_SHORT = "mekiki 目利き", "mekiki"
LONGEST = 45  # characters; what systems show of an app's name
_SHORT = 12  # what fits below an icon


def checked(name: str) -> str:
    """The name, if it can be one.

    Raises:
        BuildError: `name-not-taken`.
    """
    name = name.strip()
    if not name or len(name) > LONGEST or not name.isprintable() or set(name) & set('"\\{}<>&`$'):
        raise BuildError(
            "name-not-taken", name=name, takes=f'1 to {LONGEST} characters, none of "\\{{}}<>&`$'
        )
    return name


def package_name(name: str) -> str:
    """As npm wants it."""
    return re.sub("[^a-z0-9]+", "-", name.lower()).strip("-") or "app"


def rename(project: Path, name: str) -> None:
    """Writes the name into the files that say it.

    Raises:
        BuildError: `template-out-of-date` where one of them does not say the old one.
    """
    short = name if len(name) <= _SHORT else name[:_SHORT].strip()
    _replace(
        project / "manifest.json",
        (f'"name": "{OLD}"', f'"name": {json.dumps(name, ensure_ascii=False)}'),
        (f'"short_name": "{OLD_SHORT}"', f'"short_name": {json.dumps(short, ensure_ascii=False)}'),
    )
    shown = escape(name)
    heading = (f"<h1>{OLD_SHORT}</h1>", f"<h1>{shown}</h1>")
    _replace(
        project / "app" / "index.html",
        (f"<title>{OLD}</title>", f"<title>{shown}</title>"),
        heading,
        (f"{OLD_SHORT} needs JavaScript. {OLD_SHORT} に", f"{shown} needs JavaScript. {shown} に"),
    )
    _replace(
        project / "app" / "sw" / "damaged.mjs",
        (f"<title>{OLD_SHORT}</title>", f"<title>{shown}</title>"),
        heading,
    )
    _replace(
        project / "app" / "demos" / "page.html",
        (f" - {OLD_SHORT}</title>", f" - {shown}</title>"),
        (f"</svg> {OLD_SHORT}</a>", f"</svg> {shown}</a>"),
    )
    package = package_name(name)
    for file in ("package.json", "package-lock.json"):
        _replace(project / file, (f'"name": "{OLD_SHORT}"', f'"name": "{package}"'))
    _replace(project / "pyproject.toml", (f'name = "{OLD_SHORT}"', f'name = "{package}"'))
    _replace(
        project / "tests" / "browser" / "test_precache.py",
        (f'"<title>{OLD_SHORT}"', json.dumps(f"<title>{shown}", ensure_ascii=False)),
    )
    for file in ("test_precache.py", "test_update.py"):
        _replace(
            project / "tests" / "browser" / file, (f'"{OLD}"', json.dumps(name, ensure_ascii=False))
        )


def _replace(path: Path, *pairs: tuple[str, str]) -> None:
    text = path.read_text("utf-8")
    for old, new in pairs:
        if old not in text:
            raise BuildError("template-out-of-date", file=path.name, without=old)
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
