"""One page of each engine for the whole session, started when first asked for."""

from contextlib import ExitStack

import pytest

from tools.browser.chromium_tab import ChromiumTab
from tools.browser.open_tab import ENGINES, open_tab


@pytest.fixture(scope="session")
def tab_of(browser):
    """Gives the page of an engine, by name."""
    tabs = {}
    with ExitStack() as opened:

        def give(engine):
            if engine not in tabs:
                tabs[engine] = open_one(engine)
            return tabs[engine]

        def open_one(engine):
            if engine != "chromium":
                return opened.enter_context(open_tab(engine))
            # Playwright allows one driver per thread, and that fixture holds it.
            tab = ChromiumTab(browser)
            opened.callback(tab.close)
            return tab

        yield give


@pytest.fixture(params=ENGINES)
def engine(request):
    return request.param


@pytest.fixture
def tell(capsys):
    """Prints a line that is seen though the test passes."""

    def line(text):
        with capsys.disabled():
            print(f"\n{text}", end="", flush=True)

    return line
