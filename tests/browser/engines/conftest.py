"""One page of each engine for the whole session, started when first asked for.

On a busy machine the process of WebKitGTK's page ends now and then, in any test. Then the next test
has a new browser, and the one that met it is run once more: two ends in a row are a failure.
"""

from contextlib import ExitStack
from pathlib import Path

import pytest

from tools.browser.chromium_tab import ChromiumTab
from tools.browser.open_tab import ENGINES, open_tab
from tools.errors import BuildError

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    again = pytest.mark.flaky(reruns=1, only_rerun=["page crash or hang"])
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(again)


@pytest.fixture(scope="session")
def tab_of(browser):
    """Gives the page of an engine, by name."""
    tabs = {}
    with ExitStack() as opened:

        def give(engine):
            if engine not in tabs or not lives(tabs[engine]):
                tabs[engine] = open_one(engine)
            return tabs[engine]

        def lives(tab):
            try:
                return tab.call("return true")
            except BuildError:
                return False

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
