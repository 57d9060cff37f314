"""Large libraries of others: of these a site hands out only what our modules import.

esbuild leaves out the rest. The result is one ES module beside those of tools/site/vendor.py.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from tools.errors import BuildError
from tools.paths import NODE_MODULES

# Packages that are one library, in one file: what they share must be there once.
LIBRARIES: Mapping[str, Sequence[str]] = {
    "mediabunny": ("mediabunny",),
    "xz-decompress": ("xz-decompress",),
    "codemirror": (
        "@codemirror/view",
        "@codemirror/commands",
        "@codemirror/lang-python",
        "@codemirror/language",
        "@codemirror/state",
        "@lezer/highlight",
    ),
}


def imported(modules: Path, package: str) -> list[str]:
    """The names that the modules below a folder import from a package, sorted."""
    pattern = re.compile(r"import\s*\{([^}]*)\}\s*from\s*" + re.escape(f'"{package}"'))
    names = {
        name.strip()
        for path in modules.rglob("*.mjs")
        for match in pattern.finditer(path.read_text("utf-8"))
        for name in match[1].split(",")
    }
    return sorted(names - {""})


def bundle_libraries(
    site: Path,
    modules: Path,
    libraries: Mapping[str, Sequence[str]] = LIBRARIES,
    node_modules: Path = NODE_MODULES,
) -> dict[str, Path]:
    """Writes what the modules import of each library; returns the files by package.

    They are vendor/<name>-<version>-<digest>/<name>.mjs in the site, with the version of the first
    of its packages; the digest changes with what is imported, because browsers keep what is in
    vendor/ for good.

    Raises:
        BuildError: `bundle-failed`, with what esbuild said.
    """
    bundles: dict[str, Path] = {}
    for library, packages in libraries.items():
        facts = json.loads((node_modules / packages[0] / "package.json").read_text("utf-8"))
        entry = "".join(
            f'export {{ {", ".join(imported(modules, package))} }} from "{package}";'
            for package in packages
        )
        done = subprocess.run(
            [
                str(NODE_MODULES / ".bin" / "esbuild"),
                "--bundle",
                "--minify",
                "--format=esm",
                "--log-level=error",
            ],
            input=entry,
            cwd=node_modules.parent,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise BuildError("bundle-failed", library=library, detail=done.stderr.strip()[-2000:])
        digest = hashlib.sha256(done.stdout.encode()).hexdigest()[:8]
        file = site / "vendor" / f"{library}-{facts['version']}-{digest}" / f"{library}.mjs"
        file.parent.mkdir(parents=True)
        file.write_text(done.stdout, "utf-8")
        bundles |= dict.fromkeys(packages, file)
    return bundles
