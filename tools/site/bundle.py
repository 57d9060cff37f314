"""Large libraries of others: of these a site hands out only what our modules import.

esbuild leaves out the rest. The result is one ES module beside those of tools/site/vendor.py.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tools.errors import BuildError
from tools.paths import NODE_MODULES

LIBRARIES = ("mediabunny", "xz-decompress")


def imported(modules: Path, library: str) -> list[str]:
    """The names that the modules below a folder import from a library, sorted."""
    pattern = re.compile(r"import\s*\{([^}]*)\}\s*from\s*" + re.escape(f'"{library}"'))
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
    libraries: Sequence[str] = LIBRARIES,
    node_modules: Path = NODE_MODULES,
) -> dict[str, Path]:
    """Writes what the modules import of each library; returns the files by library.

    They are vendor/<name>-<version>-<digest>/<name>.mjs in the site; the digest changes with what
    is imported, because browsers keep what is in vendor/ for good.

    Raises:
        BuildError: `bundle-failed`, with what esbuild said.
    """
    bundles = {}
    for library in libraries:
        package = json.loads((node_modules / library / "package.json").read_text("utf-8"))
        names = imported(modules, library)
        entry = f'export {{ {", ".join(names)} }} from "{library}";'
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
        folder = f"{library}-{package['version']}-{digest}"
        bundles[library] = site / "vendor" / folder / f"{library}.mjs"
        bundles[library].parent.mkdir(parents=True)
        bundles[library].write_text(done.stdout, "utf-8")
    return bundles
