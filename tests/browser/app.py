"""What a person does with the page, for the tests."""

import json
import re
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.conftest import DIST, ENGINE_MS, wait_until

RECORD = """
globalThis.results = [];
document.addEventListener("mekiki:detections", (event) => globalThis.results.push(event.detail));
"""


LISTED = re.findall(r"""\burl"?:"([^"]+)\"""", (DIST / "sw.js").read_text("utf-8"))
# Whether everything is kept that comes after the first detection: samples, demos, rooms.
ALL_KEPT = f"""(async () => {{
  const count = async (part) => {{
    const name = (await caches.keys()).find((each) => each.startsWith("mekiki-" + part));
    return name ? (await (await caches.open(name)).keys()).map(({{ url }}) => url) : [];
  }};
  const samples = (await count("assets:")).filter((url) => url.endsWith(".jpg"));
  return samples.length >= 6 && (await count("precache-")).length === {len(LISTED)};
}})()"""


class App:
    """The page, and the detections it has published."""

    def __init__(self, page: Page, url: str):
        self.page, self.url = page, url
        page.add_init_script(RECORD)

    def open(self, query: str = ""):
        self.page.goto(self.url + query)
        return self.until_interactive()

    def reload(self):
        self.page.reload()
        return self.until_interactive()

    def until_interactive(self):
        wait_until(self.page, "document.documentElement.dataset.shell === 'interactive'")
        return self

    def results(self) -> list[dict]:
        return self.page.evaluate("globalThis.results")

    def next_result(self, action, milliseconds: int = ENGINE_MS) -> dict:
        """Does something and returns the first detections published after it."""
        before = len(self.results())
        action()
        wait_until(self.page, f"globalThis.results.length > {before}", milliseconds)
        return self.results()[before]

    def sample(self, name: str) -> dict:
        return self.next_result(lambda: self.page.click(f"[data-sample={name}]"))

    def photo(self, path: Path) -> dict:
        return self.next_result(lambda: self.choose(path))

    def choose(self, path: Path):
        self.page.set_input_files("#file", path)

    def message(self, milliseconds: int = 20_000) -> str:
        self.page.locator("#message").wait_for(state="visible", timeout=milliseconds)
        return self.page.inner_text("#message-text")

    def engine_state(self) -> str:
        return self.page.get_attribute("#engine", "data-state")

    def listed(self) -> list[str]:
        return self.page.locator("#detections li").all_inner_texts()


def catalogue() -> dict:
    """assets.json of the built site."""
    return json.loads(next(DIST.glob("shell-*/assets.json")).read_text())


def models() -> list[str]:
    """Ids of the models that the built site brings, the default first."""
    found = []
    for tier, assets in catalogue().items():
        kind, *names = tier.split(":")
        brought = any(asset["url"].endswith(".onnx") for asset in assets)
        if kind == "model" and len(names) == 1 and brought:  # two names: other weights of a model
            found += names
    return found
