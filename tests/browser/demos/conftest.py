"""One page that visits every demo: from the server, and again when the server is gone."""

import pytest

from tests.browser.conftest import ENGINE_MS, wait_until


class Demo:
    """What a person does on a page of the demos."""

    def __init__(self, page, url):
        self.page, self.url = page, url

    def open(self, name):
        self.page.goto(f"{self.url}demos/{name}/")
        wait_until(self.page, "document.documentElement.dataset.demos === 'ready'")
        return self

    def program(self, place=0):
        return self.page.locator(".program").nth(place)

    def edit(self, text, place=0, file="main.py"):
        self.program(place).locator(f"textarea[data-file='{file}']").fill(text)

    def source(self, place=0, file="main.py"):
        return self.program(place).locator(f"textarea[data-file='{file}']").input_value()

    def run(self, place=0):
        """Presses Run, fetches Pyodide when that is offered, and gives what was printed."""
        program = self.program(place)
        program.locator(".run").click()
        section = f"document.querySelectorAll('.program')[{place}]"
        done = f"/^Done|^Line|Error/.test({section}.querySelector('.said').textContent)"
        wait_until(self.page, f"{done} || !{section}.querySelector('.fetch').hidden", ENGINE_MS)
        if program.locator(".fetch").is_visible():
            program.locator(".fetch").click()
            wait_until(self.page, done, ENGINE_MS)
        return self.output(place)

    def output(self, place=0):
        return self.program(place).locator(".output").inner_text().strip()

    def said(self, place=0):
        return self.program(place).locator(".said").inner_text()


@pytest.fixture(scope="module")
def visited(open_module_context, module_server):
    watched = open_module_context()
    demo = Demo(watched.context.new_page(), module_server.url)
    demo.open("hello")
    wait_until(demo.page, "navigator.serviceWorker.controller !== null")
    return demo


@pytest.fixture(scope="module", params=["online", "offline"])
def demo(request, visited, module_server):
    """The page; what is tried offline was tried online before."""
    if request.param == "offline":
        module_server.kill()
    return visited
