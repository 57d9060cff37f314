import inspect
import json
import re

import cv2

from tools.paths import APP, ROOT
from tools.screenshots import screens, taking
from tools.screenshots.inputs import write_video


def test_every_room_with_a_screen_is_shown():
    source = inspect.getsource(screens)
    rooms = [path.parent.name for path in APP.glob("rooms/*/room.html")]
    titled = [
        room
        for room in rooms
        if f'id="{room}-title"' in (APP / "rooms" / room / "room.html").read_text("utf-8")
    ]

    assert len(titled) > 4
    assert [
        room for room in titled if not re.search(rf'"{room}"|#{room}-|#room-{room}\b', source)
    ] == []


def test_pictures_of_manifest_and_readme_are_the_ones_that_are_kept():
    manifest = json.loads((ROOT / "manifest.json").read_text("utf-8"))
    shown = {each["src"] for each in manifest["screenshots"]}
    readme = re.findall(r'src="app/(screenshots/[^"]+)"', (ROOT / "README.md").read_text("utf-8"))
    kept = {f"screenshots/{name}.webp" for name in taking.KEPT.values()}

    assert shown | set(readme) == kept
    assert {path.name for path in (APP / "screenshots").iterdir()} == {
        name.split("/")[1] for name in kept
    }


def test_video_can_be_read(tmp_path):
    video = cv2.VideoCapture(str(write_video(tmp_path / "pan.webm", frames=3)))

    assert [video.read()[0] for _ in range(4)] == [True, True, True, False]
