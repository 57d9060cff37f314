"""Fills index.html: words in both languages, samples, models, and the addresses of this build."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from html import escape
from pathlib import Path

from tools.errors import BuildError
from tools.paths import APP
from tools.site.policy import page_policy

LANGUAGES = ("en", "ja")


def load_words(folder: Path | None = None) -> dict[str, dict[str, str]]:
    """The words of the page, or those in a room's folder, by language and key.

    Raises:
        BuildError: `words-differ`, with the keys that not every language has.
    """
    folder = folder or APP / "words"
    words: dict[str, dict[str, str]] = {
        language: json.loads((folder / f"{language}.json").read_text("utf-8"))
        for language in LANGUAGES
    }
    lonely = set(words["en"]) ^ set(words["ja"])
    if lonely:
        raise BuildError("words-differ", keys=sorted(lonely))
    return words


def in_both(key: str, words: dict[str, dict[str, str]]) -> str:
    """The words for a key, one <span> a language; the style sheet shows one of them."""
    if key not in words["en"]:
        raise BuildError("word-missing", key=key)
    return "".join(
        f'<span lang="{language}">{escape(words[language][key])}</span>' for language in LANGUAGES
    )


def with_words(text: str, words: dict[str, dict[str, str]]) -> str:
    """Markup with each empty `<span data-word="key">` filled.

    Args:
        text: the markup.
        words: by language and key.
    """
    return re.sub(
        r'(<span[^>]* data-word="(\w+)"[^>]*>)(?=</span>)',
        lambda match: match[1] + in_both(match[2], words),
        text,
    )


def render_page(
    *,
    shell: str,
    micropython: str,
    modules: Sequence[str],
    models: Sequence[tuple[str, str]],
    samples: Sequence[str],
    connect: Sequence[str] = (),
) -> str:
    """The page of this build.

    Args:
        shell: the shell's folder, relative to the page.
        micropython: MicroPython's folder, likewise.
        modules: the page's JavaScript modules, to be preloaded, relative to the page.
        models: id and English name of each model, the default first.
        samples: ids of the samples.
        connect: addresses that the page may ask beside its own site.
    """
    words = load_words()
    text = (APP / "index.html").read_text("utf-8")
    text = with_words(text, words)
    preloads = "\n    ".join(f'<link rel="modulepreload" href="{name}">' for name in modules)
    options = "".join(
        f'<option value="{escape(model)}">{escape(name)}</option>' for model, name in models
    )
    buttons = "\n            ".join(
        f'<button type="button" disabled data-sample="{sample}" '
        f'data-word-label="sample_{sample}"><img src="thumbs/{sample}.webp" alt="" '
        'width="160" height="160" decoding="async"></button>'
        for sample in samples
    )
    values = {
        "shell": shell,
        "micropython": micropython,
        "modulepreloads": preloads,
        "models": options,
        "samples": buttons,
        "policy": escape(page_policy(connect), quote=False),
    }
    return re.sub(r"\{\{(\w+)\}\}", lambda match: values[match[1]], text)
