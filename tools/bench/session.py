"""The page in Chromium with the engines' workers, and the native processes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tools.bench.engine import BrowserEngine, Engine, NativeEngine
from tools.bench.plan import Plan
from tools.bench.server import IsolatedSite
from tools.browser.chromium import launch
from tools.errors import BuildError
from tools.paths import NODE_MODULES

HERE = Path(__file__).parent
ORT = "onnxruntime-web"
NATIVE = ("opencv", "onnxruntime")
# Steps of the fixed loop, which take some 20 ms.
CALIBRATION_STEPS = 10_000_000


@dataclass(frozen=True)
class Session:
    """An open page.

    Attributes:
        page: where page/bench.html is.
        url: of the server's root, with a slash at its end.
        browser_version: Chromium's.
        wheels: URLs of the cv2 wheels by name.
        numpy: URL of numpy's.
    """

    page: Page
    url: str
    browser_version: str
    wheels: Mapping[str, str]
    numpy: str

    @property
    def runtime(self) -> str:
        """Pyodide as npm brings it."""
        return f"{self.url}pyodide/pyodide.mjs"

    def start_wheels(self, stack: ExitStack) -> list[BrowserEngine]:
        """A worker for each wheel; `stack` will close them."""
        engines = []
        for name, url in self.wheels.items():
            start = {
                "runtime": self.runtime,
                "packages": [self.numpy, url],
                "code": f"{self.url}bench/forward.py",
            }
            engines.append(BrowserEngine(self.page, self.url, name, "cv2.mjs", start))
            stack.callback(engines[-1].close)
        return engines

    def start_rivals(self, plan: Plan, stack: ExitStack) -> list[Engine]:
        """The plan's other engines; `stack` will close them."""
        engines: list[Engine] = []
        if plan.has("ort"):
            start = {"folder": f"{self.url}ort/"}
            engines.append(BrowserEngine(self.page, self.url, ORT, "ort.mjs", start))
            stack.callback(engines[-1].close)
        for library in NATIVE if plan.has("native") else ():
            engines.append(NativeEngine(library))
            stack.callback(engines[-1].close)
        return engines

    def calibrate(self) -> float:
        """Milliseconds of the fixed loop."""
        ask = "(steps) => bench.ask('calibration', 'run', steps)"
        return float(self.page.evaluate(ask, CALIBRATION_STEPS))


@contextmanager
def open_session(plan: Plan, inputs: Path) -> Iterator[Session]:
    """Serves the wheels and inputs, and opens the page.

    Args:
        plan: names the wheels.
        inputs: folder of the networks and their inputs.

    Raises:
        BuildError: `package-missing`, `no-chromium`.
    """
    ort = HERE / "node_modules" / ORT / "dist"  # installed apart: large, and only for this
    if plan.has("ort") and not ort.is_dir():
        raise BuildError("package-missing", package=ORT, do="make tools/bench/node_modules/ready")
    wheels = inputs / "wheels"
    folders = {
        "bench": HERE,
        "pyodide": NODE_MODULES / "pyodide",
        "ort": ort,
        "inputs": inputs,
        "wheels": wheels,
        "site": plan.dist / "assets",
    }
    with ExitStack() as stack:
        site = IsolatedSite(folders)
        stack.callback(site.stop)
        browser = launch(stack.enter_context(sync_playwright()))
        stack.callback(browser.close)
        page = browser.new_page()
        page.goto(f"{site.url}bench/page/bench.html")
        page.wait_for_function("'bench' in globalThis")
        page.evaluate("bench.start('calibration', 'calibrate.mjs')")
        yield Session(
            page=page,
            url=site.url,
            browser_version=browser.version,
            wheels={
                name: f"{site.url}wheels/{_copied(path, wheels / name)}"
                for name, path in plan.wheels.items()
            },
            numpy=f"{site.url}wheels/{_copied(plan.numpy, wheels / 'numpy')}",
        )


def _copied(wheel: Path, folder: Path) -> str:
    """Copies a wheel, which may be replaced while we measure; its name with the folder's."""
    if not wheel.is_file():
        raise BuildError("wheel-missing", path=wheel)
    folder.mkdir(parents=True)
    shutil.copyfile(wheel, folder / wheel.name)
    return f"{folder.name}/{wheel.name}"
