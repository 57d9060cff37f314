"""Libraries of others that the page imports: copied as they are published, one file each.

A module of ours says `import { openDB } from "idb"`, which node and the type checker understand. A
browser needs an address there (an import map would have to be inline, which the content security
policy refuses), so the copies of our modules in the site name the library's file.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from tools.errors import BuildError
from tools.paths import NODE_MODULES

# Package, and the file of it that is one whole ES module.
LIBRARIES: Mapping[str, str] = {
    "client-zip": "index.js",
    "idb": "build/index.js",
}

_IMPORT = re.compile(r'(\bfrom\s*|\bimport\s*\(?\s*)"([^"./][^"]*)"')


def copy_libraries(
    site: Path, libraries: Mapping[str, str] = LIBRARIES, node_modules: Path = NODE_MODULES
) -> dict[str, Path]:
    """Copies each library to vendor/<name>-<version>/<name>.mjs; returns the copies by name.

    Raises:
        BuildError: `library-not-whole` when the file imports another, which would not be there.
    """
    copies = {}
    for name, file in libraries.items():
        package = node_modules / name
        version = json.loads((package / "package.json").read_text("utf-8"))["version"]
        text = (package / file).read_text("utf-8")
        more = re.findall(r'(?:^|[;}])\s*(?:im|ex)port\b[^;"]*"([^"]+)"', text, re.MULTILINE)
        if more:
            raise BuildError("library-not-whole", library=name, imports=more)
        copies[name] = site / "vendor" / f"{name}-{version}" / f"{name}.mjs"
        copies[name].parent.mkdir(parents=True)
        shutil.copyfile(package / file, copies[name])
    return copies


def link_libraries(modules: Path, copies: Mapping[str, Path]) -> None:
    """Makes every module below a folder name the copies by their relative addresses.

    Raises:
        BuildError: `library-unknown` when a module imports a library that is not copied.
    """
    for module in modules.rglob("*.mjs"):

        def address(match: re.Match[str], module: Path = module) -> str:
            if match[2] not in copies:
                raise BuildError("library-unknown", module=module.name, library=match[2])
            return (
                f'{match[1]}"{Path(os.path.relpath(copies[match[2]], module.parent)).as_posix()}"'
            )

        text = module.read_text("utf-8")
        linked = _IMPORT.sub(address, text)
        if linked != text:
            module.write_text(linked, "utf-8")
