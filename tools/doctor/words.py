"""English for the doctor's codes: the words that the app has too."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache

from tools.paths import APP

MISSING = "?"  # for data that a code came without


@cache
def _words() -> dict[str, str]:
    files = (APP / "rooms" / "own" / "en.json", APP / "words" / "en.json")
    return {
        key: text for path in files for key, text in json.loads(path.read_text("utf-8")).items()
    }


class _Data(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return MISSING


def sentence(kind: str, code: str, data: Mapping[str, object] | None = None) -> str:
    """The words of a code.

    Args:
        kind: `finding`, `advice`, `verdict` or `error`.
        code: in kebab-case; one without words is said itself.
        data: what the words name.
    """
    text = _words().get(f"{kind}_{code.replace('-', '_')}")
    return code if text is None else text.format_map(_Data(data or {}))
