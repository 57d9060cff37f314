import json
import re
from html.parser import HTMLParser

import pytest

from tools.errors import BuildError
from tools.paths import APP, ROOT
from tools.site import page
from tools.site.page import in_both, load_words, render_page

MODULES = ["shell-abc/app/bridge.mjs", "shell-abc/app/start.mjs"]
VOID = {"meta", "link", "img", "input", "br", "hr"}


class Reader(HTMLParser):
    """Every start tag with its attributes and the text inside it."""

    def __init__(self, html):
        super().__init__()
        self.tags = []
        self._open = []
        self.feed(html)
        assert self._open == [], "tags that are not closed"

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes), []))
        if tag not in VOID:
            self._open.append(self.tags[-1])

    def handle_startendtag(self, tag, attributes):
        self.tags.append((tag, dict(attributes), []))

    def handle_endtag(self, tag):
        assert self._open.pop()[0] == tag

    def handle_data(self, data):
        for _, _, texts in self._open:
            texts.append(data)

    def named(self, tag):
        return [each for each in self.tags if each[0] == tag]


def render():
    return render_page(
        shell="shell-abc",
        micropython="vendor/micropython-1",
        modules=MODULES,
        models=[("first", "First & best"), ("second", "Second")],
        samples=["dog", "cat"],
    )


@pytest.fixture(scope="module")
def reader():
    return Reader(render())


@pytest.fixture
def small_app(tmp_path, monkeypatch):
    """Writes an app folder of its own: a page and its words."""

    def write(html, en, ja):
        (tmp_path / "words").mkdir()
        (tmp_path / "index.html").write_text(html, "utf-8")
        for language, words in (("en", en), ("ja", ja)):
            (tmp_path / "words" / f"{language}.json").write_text(json.dumps(words), "utf-8")
        monkeypatch.setattr(page, "APP", tmp_path)

    return write


def test_words_are_filled_in_in_both_languages(small_app):
    small_app('<p><span data-word="save"></span></p>', {"save": "Save <it>"}, {"save": "保存"})

    assert render() == (
        '<p><span data-word="save"><span lang="en">Save &lt;it&gt;</span>'
        '<span lang="ja">保存</span></span></p>'
    )


def test_other_attributes_of_a_word_stay(small_app):
    small_app('<span id="a" data-word="save" hidden></span>', {"save": "S"}, {"save": "保"})

    assert render().startswith('<span id="a" data-word="save" hidden><span lang="en">S</span>')


def test_a_page_that_asks_for_a_missing_word_is_an_error(small_app):
    small_app('<span data-word="missing"></span>', {"save": "Save"}, {"save": "保存"})

    with pytest.raises(BuildError) as caught:
        render()
    assert (caught.value.code, caught.value.data) == ("word-missing", {"key": "missing"})


def test_a_word_that_only_one_language_has_is_an_error(small_app):
    small_app("", {"save": "Save", "close": "Close"}, {"save": "保存", "stop": "止める"})

    with pytest.raises(BuildError) as caught:
        render()
    assert (caught.value.code, caught.value.data) == ("words-differ", {"keys": ["close", "stop"]})


def test_every_word_on_the_real_page_is_filled_in(reader):
    words = load_words()
    marked = [
        (attributes, text) for _, attributes, text in reader.tags if "data-word" in attributes
    ]

    assert len(marked) > 10
    for attributes, text in marked:
        key = attributes["data-word"]
        assert "".join(text) == words["en"][key] + words["ja"][key]


def test_every_label_on_the_real_page_has_words(reader):
    keys = {attributes.get("data-word-label") for _, attributes, _ in reader.tags} - {None}

    assert {"sample_dog", "sample_cat"} < keys
    assert sorted(keys - load_words()["en"].keys()) == []


def test_no_placeholder_is_left():
    assert re.findall(r"\{\{|\}\}", render()) == []


def test_models_and_samples_are_listed_in_their_order(reader):
    options = [(each["value"], "".join(text)) for _, each, text in reader.named("option")]
    samples = [each["data-sample"] for _, each, _ in reader.tags if "data-sample" in each]

    assert options == [("first", "First & best"), ("second", "Second")]
    assert samples == ["dog", "cat"]


def test_modules_are_preloaded(reader):
    links = [each for _, each, _ in reader.named("link") if each["rel"] == "modulepreload"]

    assert [each["href"] for each in links][-2:] == MODULES


def test_no_address_is_absolute(reader):
    addresses = [
        value
        for _, attributes, _ in reader.tags
        for name, value in attributes.items()
        if name in ("href", "src", "action", "poster", "srcset", "data")
    ]

    assert len(addresses) > 10
    assert [each for each in addresses if re.match(r"[a-z]+:|/", each)] == []


def test_files_of_the_shell_that_the_page_names_exist(reader):
    addresses = [each.get("href") or each.get("src", "") for _, each, _ in reader.tags]
    names = [each.removeprefix("shell-abc/app/") for each in addresses if "shell-abc/app/" in each]

    assert len(names) > 3
    assert [name for name in names if not (APP / name).is_file()] == []


def test_scripts_and_styles_are_files_of_their_own(reader):
    scripts = reader.named("script")

    assert len(scripts) >= 2
    assert [text for _, attributes, text in scripts if "src" not in attributes or text] == []
    assert reader.named("style") == []
    inline = [
        (tag, name)
        for tag, attributes, _ in reader.tags
        for name in attributes
        if name == "style" or name.startswith("on")
    ]
    assert inline == []


def test_the_content_security_policy_allows_only_this_site_and_no_eval(reader):
    (policy,) = [
        attributes["content"]
        for _, attributes, _ in reader.named("meta")
        if attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))

    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self' 'wasm-unsafe-eval'"
    sources = {source for rule in rules.values() for source in rule.split()}
    assert sources == {"'none'", "'self'", "'wasm-unsafe-eval'", "blob:"}


def test_the_policy_names_those_who_serve_models():
    page = render_page(
        shell="shell-0",
        micropython="vendor/m",
        modules=[],
        models=[],
        samples=[],
        connect=["https://models.example"],
    )
    assert "connect-src 'self' https://models.example;" in page


def test_the_policy_stands_before_anything_that_it_governs(reader):
    kinds = [
        "policy" if attributes.get("http-equiv") else tag
        for tag, attributes, _ in reader.tags
        if tag in ("script", "link", "style") or attributes.get("http-equiv")
    ]

    assert kinds[0] == "policy"


def test_in_both_names_the_language_of_each():
    words = {"en": {"save": "Save"}, "ja": {"save": "保存"}}

    assert in_both("save", words) == '<span lang="en">Save</span><span lang="ja">保存</span>'


def test_the_pictures_that_the_manifest_names_exist():
    manifest = json.loads((ROOT / "manifest.json").read_text("utf-8"))
    shortcuts = [icon for each in manifest["shortcuts"] for icon in each["icons"]]
    pictures = [each["src"] for each in manifest["icons"] + manifest["screenshots"] + shortcuts]

    assert [name for name in pictures if not (APP / name).is_file()] == []
    assert {manifest["start_url"], manifest["scope"]} == {"./"}
