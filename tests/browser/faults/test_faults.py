"""A part of `make faults`, which takes minutes: what no other test brings about."""

import pytest

from tests.browser.conftest import DIST
from tools.faults.command import SCENARIOS
from tools.faults.server import FaultyServer
from tools.faults.site import BuiltSite


@pytest.fixture(scope="module")
def faulty():
    server = FaultyServer(DIST)
    yield server
    server.stop()


@pytest.mark.parametrize("name", ["killed", "updates"])
def test_fault_is_survived(playwright_driver, faulty, name):
    rows = list(SCENARIOS[name](playwright_driver, faulty, BuiltSite.of(DIST)))
    assert rows
    assert [row for row in rows if not row.good] == []
