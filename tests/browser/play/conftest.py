"""One page that tries the playground: from the server, and again when the server is gone."""

import pytest

from tests.browser.conftest import ENGINE_MS, wait_until

SAID = "document.querySelector('.said').textContent"
DONE = f"/^Done|^Line|Error/.test({SAID})"
TEXT = """[...document.querySelector('#editor').shadowRoot.querySelectorAll('.cm-line')]
    .map((line) => line.textContent).join('\\n')"""


class Play:
    """What a person does in the playground."""

    def __init__(self, page, url):
        self.page, self.url = page, url

    def open(self, hash=""):
        self.page.goto("about:blank")  # or a new fragment would not load the page
        self.page.goto(f"{self.url}play/{hash}")
        self.ready()
        return self

    def ready(self):
        wait_until(self.page, "document.documentElement.dataset.demos === 'ready'")
        assert self.page.evaluate("document.documentElement.dataset.editor") == "ready"

    def choose(self, snippet):
        self.page.select_option("#snippet", snippet)

    def where(self, interpreter, place):
        self.page.check(f"[name=interpreter][value={interpreter}]")
        self.page.check(f"[name=place][value={place}]")

    def chosen(self):
        names = ("interpreter", "place")
        return tuple(self.page.locator(f"[name={name}]:checked").input_value() for name in names)

    def write(self, text):
        editor = self.page.locator("#editor .cm-content")
        editor.press("Control+a")
        self.page.keyboard.press("Delete")
        self.page.keyboard.insert_text(text)

    def text(self):
        return self.page.evaluate(TEXT)

    def run(self):
        """Presses Run, fetches what is offered, and gives what was printed."""
        self.page.click(".run")
        wait_until(self.page, f"{DONE} || !document.querySelector('.fetch').hidden", ENGINE_MS)
        if self.page.locator(".fetch").is_visible():
            self.page.click(".fetch")
            wait_until(self.page, DONE, ENGINE_MS)
        return self.output()

    def output(self):
        return self.page.inner_text(".output").strip()

    def said(self):
        return self.page.inner_text(".said")

    def running(self):
        wait_until(self.page, f"{SAID} === 'Running'", ENGINE_MS)


@pytest.fixture(scope="module")
def visited(open_module_context, module_server):
    watched = open_module_context()
    play = Play(watched.context.new_page(), module_server.url).open()
    wait_until(play.page, "navigator.serviceWorker.controller !== null")
    return play


@pytest.fixture(scope="module", params=["online", "offline"])
def play(request, visited, module_server):
    """The page; what is tried offline was tried online before."""
    if request.param == "offline":
        module_server.kill()
    return visited
