"""Links of the documents lead to files, and the guides are there in both languages."""

import re

import pytest

from tools.paths import ROOT

DOCUMENTS = [
    ROOT / "README.md",
    *sorted((ROOT / "docs").rglob("*.md")),
    *(path for path in sorted(ROOT.glob("*/README.md")) if path.parent.name != "node_modules"),
]
# [text](address) or src="address", but for what leads elsewhere or to a place on the same page.
LINK = re.compile(r'(?:\]\(|src=")(?!https?:|mailto:|#)([^)"#\s]+)')
GUIDES = ROOT / "docs" / "guides"


def links(path):
    """Without code: an example's brackets are no link."""
    text = re.sub(r"^ *```.*?^ *```|`[^`\n]*`", "", path.read_text("utf-8"), flags=re.S | re.M)
    return LINK.findall(text)


def test_links_are_found():
    assert len([link for path in DOCUMENTS for link in links(path)]) > 40


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_to_a_file(path):
    assert [link for link in links(path) if not (path.parent / link).exists()] == []


def test_both_languages_have_the_same_guides_and_the_index_has_them_all():
    english, japanese = (
        sorted(path.name for path in (GUIDES / language).iterdir()) for language in ("en", "ja")
    )
    assert english == japanese
    assert len([name for name in english if name.endswith(".md")]) == 5
    indexed = links(ROOT / "docs" / "README.md")
    for path in GUIDES.rglob("*.md"):
        assert path.relative_to(ROOT / "docs").as_posix() in indexed


@pytest.mark.parametrize("name", sorted(path.name for path in (GUIDES / "en").glob("*.md")))
def test_a_guide_has_the_same_parts_and_commands_in_both_languages(name):
    texts = [(GUIDES / language / name).read_text("utf-8") for language in ("en", "ja")]
    headings = [re.findall(r"^(#+) ", text, re.M) for text in texts]
    assert headings[0] == headings[1]
    links_of = [sorted(links(GUIDES / language / name)) for language in ("en", "ja")]
    assert links_of[0] == links_of[1]
