"""Fills the history as the app does, and reads it, for the tests."""

import json

from playwright.sync_api import Page

from tests.browser.conftest import DIST

# Real pictures of several kinds of noise, so that no two are the same file.
_FILL = """
async ([shell, records, width, height]) => {
  const store = await import(`./${shell}/app/rooms/history/store.mjs`);
  const picture = async (seed) => {
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext("2d");
    for (let i = 0; i < 300; i += 1) {
      context.fillStyle = `hsl(${(seed * 47 + i * 137) % 360} 70% 50%)`;
      context.fillRect((i * 331 + seed * 17) % width, (i * 197 + seed * 29) % height, 90, 70);
    }
    return canvas.convertToBlob({ type: "image/jpeg", quality: 0.85 });
  };
  const pictures = await Promise.all(Array.from({ length: 20 }, (_, seed) => picture(seed)));
  const ids = [];
  for (let start = 0; start < records.length; start += 8) {
    const some = records.slice(start, start + 8).map((record, index) =>
      store.put(JSON.stringify(record), pictures[(start + index) % pictures.length]));
    for (const answer of await Promise.all(some)) ids.push(JSON.parse(answer).id);
  }
  return ids;
}
"""


def shell() -> str:
    """The name of the shell's folder in the built site."""
    return next(DIST.glob("shell-*")).name


def detection(label: str = "dog", class_id: int = 16, box=(100, 80, 200, 150), score=0.9) -> dict:
    return {"class_id": class_id, "label": label, "score": score, "box": list(box)}


def record(minute: int, *detections: dict, width: int = 640, height: int = 480, **more) -> dict:
    return {
        "time": f"2026-11-{1 + minute // 1440:02}T{minute // 60 % 24:02}:{minute % 60:02}:00.000Z",
        "name": f"picture {minute}.jpg",
        "source": "photo",
        "model": "centernet-coco",
        "threshold": 0.35,
        "input": [416, 416],
        "width": width,
        "height": height,
        "detections": list(detections),
    } | more


def fill(page: Page, records: list[dict]) -> list[str]:
    """Keeps records, each with a picture of its size; returns their ids."""
    width, height = records[0]["width"], records[0]["height"]
    return page.evaluate(_FILL, [shell(), records, width, height])


def asked(page: Page, module: str, call: str) -> dict:
    """What a function of app/rooms/history/<module>.mjs answers: call is like page("", 9, "[]")."""
    name = json.dumps(f"./{shell()}/app/rooms/history/{module}.mjs")
    answer = page.evaluate(f"import({name}).then((module) => module.{call})")
    return json.loads(answer)


def empty(page: Page):
    asked(page, "store", "clear()")


def open_history(page: Page):
    page.click("[data-room=history]")
    page.locator("#room-history[open]").wait_for()
    page.locator("#history-grid button, #history-empty:not([hidden])").first.wait_for()


def close_room(page: Page, name: str = "history"):
    page.click(f"#room-{name} .room-close")
    page.locator(f"#room-{name}").wait_for(state="hidden")


def tiles(page: Page) -> list[str]:
    return page.locator("#history-grid .tile-found").all_inner_texts()


def until_listed(page, expected):
    """Waits until the list shows just these texts."""
    for _ in range(100):
        if tiles(page) == expected:
            break
        page.wait_for_timeout(50)
    assert tiles(page) == expected
