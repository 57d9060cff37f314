"""A line on which each request costs a third of a second, and a first visitor in a hurry."""

from tests.browser.conftest import DIST
from tools.faults.server import FaultyServer
from tools.faults.visit import visit

LATENCY = 0.3


def test_engine_comes_in_parts_while_the_service_worker_is_installed(playwright_driver):
    server = FaultyServer(DIST)
    try:
        with visit(playwright_driver, server) as person:
            server.faults.latency = LATENCY
            person.open()
            person.load()
            person.retry_until_ready()
            asked = [each.path for each in server.log]
    finally:
        server.stop()
    whole = ("pyodide.asm.wasm", "python_stdlib.zip", ".whl")
    parts = [path for path in asked if ".asm.wasm." in path]
    # Taken past the cache, the engine would come again with each visit, and never go on.
    assert [path for path in asked if path.startswith("/assets/") and path.endswith(whole)] == []
    assert len(parts) == len(set(parts))
    kept = [place for place, path in enumerate(asked) if path.endswith(".gz")]
    assert asked.index(parts[0]) < kept[-1], "the download waited for the last file of the shell"
