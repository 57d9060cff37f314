"""`python -m tools faults`: tries every fault and prints what survived."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator

from playwright.sync_api import Error, Playwright, sync_playwright

from tools.errors import BuildError
from tools.faults.row import Row, table
from tools.faults.scenarios import browser, line
from tools.faults.server import FaultyServer
from tools.faults.site import BuiltSite
from tools.paths import REPORTS

Scenario = Callable[[Playwright, FaultyServer, BuiltSite], Iterator[Row]]
SCENARIOS: dict[str, Scenario] = {
    "shell-cuts": line.shell_cuts,
    "cuts": line.cuts,
    "failing": line.failing,
    "storms": line.storms,
    "portal": line.portal,
    "types": line.types,
    "tabs": line.tabs,
    "kept": browser.kept_files,
    "shell": browser.shell_files,
    "quota": browser.quota,
    "killed": browser.killed,
    "updates": browser.updates,
    "clocks": browser.clocks,
}


def try_all(
    driver: Playwright, server: FaultyServer, site: BuiltSite, names: list[str]
) -> Iterator[Row]:
    """The rows of these scenarios; one that does not come to its end gives a row that fails."""
    for name in names:
        try:
            yield from SCENARIOS[name](driver, server, site)
        except (TimeoutError, Error) as error:
            yield Row(f"{name}: not at its end", str(error).splitlines()[0], -1, 0, False)


def run(options: argparse.Namespace) -> int:
    """Prints each row as it is known, then the table; writes reports/faults.json.

    Raises:
        BuildError: `nothing-built`, `scenario-unknown`.
    """
    if not (options.dist / "index.html").is_file():
        raise BuildError("nothing-built", folder=str(options.dist), do="make build")
    names = options.only or list(SCENARIOS)
    if unknown := set(names) - set(SCENARIOS):
        raise BuildError("scenario-unknown", names=sorted(unknown), known=list(SCENARIOS))
    server, site = FaultyServer(options.dist), BuiltSite.of(options.dist)
    rows: list[Row] = []
    began = time.monotonic()
    with sync_playwright() as driver:
        for row in try_all(driver, server, site, names):
            rows.append(row)
            print(f"{'ok  ' if row.good else 'FAIL'} {row.fault}", flush=True)
    server.stop()
    print(table(rows))
    print(f"{time.monotonic() - began:.0f} s")
    REPORTS.mkdir(exist_ok=True)
    report = [row.to_dict() for row in rows]
    (REPORTS / "faults.json").write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n")
    return 0 if all(row.good for row in rows) else 1
