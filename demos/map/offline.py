"""Lets pyshp be imported: it can also open addresses on the web, with urllib.request.

The standard library of this site does without that module: there is no network here.
"""

import sys
import types

for name, parts in {"request": ("Request", "urlopen"), "error": ("HTTPError",)}.items():
    module = types.ModuleType("urllib." + name)
    for part in parts:
        setattr(module, part, type(part, (Exception,), {}))
    sys.modules.setdefault("urllib." + name, module)

import shapefile
