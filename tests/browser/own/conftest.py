"""The room of a model of one's own, with files made for the purpose."""

import cv2
import numpy as np
import pytest

from tests.browser.app import App
from tests.browser.conftest import ENGINE_MS, wait_until
from tools.screenshots.inputs import write_graph


class OwnRoom:
    """What a person does in the room."""

    def __init__(self, app: App, watched=None):
        self.app, self.page = app, app.page
        self.watched = watched

    def text(self, name):
        return self.page.inner_text(f"#own-{name}")

    def has(self, name, text, milliseconds=ENGINE_MS):
        """Waits until an element of the room says this."""
        there = f"document.querySelector('#own-{name}')?.textContent.includes({text!r})"
        wait_until(self.page, there, milliseconds)
        return self

    def open(self, path):
        """Opens a file, as a person does who drops it on the page."""
        self.close()
        self.app.choose(path)
        self.page.locator("#room-own[open]").wait_for()
        return self

    def tried(self):
        wait_until(self.page, "document.querySelector('#own-found')?.textContent", ENGINE_MS)
        return self

    def choose(self, **values):
        for name, value in values.items():
            self.page.select_option(f"#own-{name}", value)
        return self

    def keep(self):
        self.page.click("#own-keep")
        self.page.locator("#room-own").wait_for(state="hidden")

    def close(self):
        self.page.evaluate("document.querySelectorAll('dialog[open]').forEach((e) => e.close())")


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """A folder with a model and a picture: (200, 200, 200) all over."""
    folder = tmp_path_factory.mktemp("own")
    write_graph(folder / "Brightness 2.onnx")
    write_graph(folder / "open.onnx", side=None)
    write_graph(folder / "four.onnx", channels=4)
    cv2.imwrite(str(folder / "grey.png"), np.full((30, 40, 3), 204, np.uint8))
    return folder


@pytest.fixture(scope="module")
def room(open_module_context, module_server, files):
    """The room, with a grey picture on the stage behind it."""
    watched = open_module_context()
    app = App(watched.context.new_page(), module_server.url).open()
    app.photo(files / "grey.png")
    return OwnRoom(app, watched)
