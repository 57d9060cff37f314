import json
import re

from tools.paths import MPY
from tools.site.page import load_words
from tools.site.rooms import all_rooms


def test_every_folder_of_python_is_a_room_with_words():
    rooms = all_rooms()

    assert {"live", "history", "preferences"} < {room.name for room in rooms}
    assert {room.name for room in rooms} == {path.parent.name for path in MPY.glob("*/*.py")}
    for room in rooms:
        assert load_words(room.folder)["en"]


def test_a_room_is_not_called_like_a_module_of_the_shell():
    modules = {path.stem for path in MPY.glob("*.py")}

    assert [room.name for room in all_rooms() if room.name in modules] == []


def test_an_image_is_the_same_for_the_same_sources(tmp_path):
    (room,) = [room for room in all_rooms() if room.name == "live"]

    assert room.image(tmp_path) == room.image(tmp_path)


def test_the_markup_of_a_room_is_filled_in_in_both_languages(tmp_path):
    (room,) = [room for room in all_rooms() if room.name == "preferences"]
    image = room.image(tmp_path).decode("utf-8", "replace")
    words = load_words(room.folder)

    assert '<span data-word="preferences"><span lang="en">' in image
    for language in ("en", "ja"):
        assert f'<span lang="{language}">{words[language]["preferences"]}</span>' in image
    assert re.findall(r'data-word="\w+"></span>', image) == []


def test_a_screen_has_a_title_that_names_it():
    for room in all_rooms():
        markup = room.folder / "room.html"
        screen = "\nasync def show(" in (MPY / room.name / "__init__.py").read_text("utf-8")
        if screen:
            assert f'id="{room.name}-title"' in markup.read_text("utf-8")


def test_the_shell_is_told_what_a_room_consists_of():
    (room,) = [room for room in all_rooms() if room.name == "live"]

    assert room.facts() == {"modules": ["device", "live"], "style": False}
    assert json.dumps(room.facts())


def test_a_room_may_read_more_than_its_words(tmp_path):
    room = all_rooms()[0]
    image = room.image(tmp_path, {"models": {"yolox-nano": {"licence": "Apache-2.0"}}})
    assert b"models.json" in image
    assert b'{"yolox-nano":{"licence":"Apache-2.0"}}' in image
