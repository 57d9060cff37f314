import re

import pytest

from tests.browser.conftest import wait_until

EVERYWHERE = [
    (interpreter, place)
    for interpreter in ("micropython", "pyodide")
    for place in ("worker", "main")
]
PYODIDE = EVERYWHERE[2:]


@pytest.mark.parametrize(("interpreter", "place"), EVERYWHERE)
def test_a_program_runs_in_either_python_on_the_page_or_in_a_worker(play, interpreter, place):
    play.open().choose("hello")
    play.where(interpreter, place)
    said = play.run()
    assert said.startswith(f"Hello from {'cpython' if interpreter == 'pyodide' else interpreter}")
    assert said.endswith("4 16")
    assert re.fullmatch(r"Done in \d+ ms, memory of Python: \d+\.\d MB", play.said())
    play.choose("primes")
    play.where(interpreter, place)
    assert play.run() == "9592 primes below 100000"


@pytest.mark.parametrize(("interpreter", "place"), EVERYWHERE)
def test_an_error_marks_its_line_until_the_program_changes(play, interpreter, place):
    play.open().choose("own")
    play.where(interpreter, place)
    play.write("def half(number):\nreturn number / 0")
    play.run()
    assert re.match(r"Line 2: \w+Error", play.said())
    play.write("print(1)\n\nprint(1 / 0)\n")
    said = play.run()
    assert said.startswith("1\nTraceback") and 'File "main.py", line 3' in said
    assert play.said().startswith("Line 3: ZeroDivisionError")
    wrong = play.page.locator("#editor .cm-line.wrong")
    assert wrong.all_inner_texts() == ["print(1 / 0)"]
    play.page.locator("#editor .cm-content").press("Control+End")
    play.page.keyboard.insert_text("# changed")
    wrong.wait_for(state="detached")


@pytest.mark.parametrize("interpreter", ["micropython", "pyodide"])
def test_what_never_ends_is_stopped_also_while_it_prints(play, interpreter):
    play.open().choose("own")
    play.where(interpreter, "worker")
    for endless in ("while True:\n    pass", "while True:\n    print('again and again')"):
        play.write(endless)
        play.page.click(".run")
        play.running()
        play.page.click(".stop")
        assert play.said() == "Stopped"
    play.write("print('once')")
    assert play.run() == "once"


def test_output_without_end_is_cut_and_says_so(play):
    play.open().choose("own")
    play.where("micropython", "worker")
    play.write("for number in range(100_000):\n    print(number)")
    assert play.run().endswith("… what follows is not shown")


@pytest.mark.parametrize("interpreter", ["micropython", "pyodide"])
def test_a_program_on_the_page_reaches_its_elements(play, interpreter):
    play.open().choose("page")
    play.where(interpreter, "main")
    assert "can do what this app can" in play.page.inner_text(".place:visible")
    assert play.run() == "A button is below."
    play.page.click("#stage button")
    play.page.click("#stage button")
    assert play.page.inner_text("#stage button") == "Clicked 2 times"


@pytest.mark.parametrize(("interpreter", "place"), PYODIDE)
def test_a_net_is_read_given_a_photo_and_run(play, interpreter, place):
    play.open().choose("net")
    play.where(interpreter, place)
    assert re.search(r"^\d+ layers, the last is .+\noutputs: \S+", play.run(), re.MULTILINE)
    play.choose("blob")
    play.where(interpreter, place)
    assert "blob: (1, 3, 320, 320) float32 from 0.0 to 1.0" in play.run()
    assert play.page.locator("#stage figure canvas").count() == 3
    play.choose("forward")
    play.where(interpreter, place)
    said = play.run()
    assert re.search(r"second forward: \d+ ms", said)
    assert re.search(r"\(1, \d+, \d+.*\) from -?[\d.e-]+ to [\d.]+", said)


def test_the_apps_own_code_finds_the_person_in_the_photo(play):
    play.open().choose("detect")
    people = re.findall(r"^person 0\.\d+ \((\d+), (\d+), (\d+), (\d+)\)", play.run(), re.MULTILINE)
    x, _, width, height = map(int, people[0])
    assert abs(x - 20) < 60 and abs(x + width - 342) < 120 and height > 350
    assert play.page.locator("#stage canvas[aria-label=found]").count() == 1


def test_a_frame_becomes_numpy_and_without_a_camera_it_is_a_sample(play):
    play.open().choose("camera")
    wait_until(play.page, "document.querySelector('#frame-said').textContent !== ''")
    said = play.run()
    assert "frame: (320, 320, 4) uint8" in said and "blob: (1, 3, 320, 320)" in said
    assert play.page.locator("#stage canvas[aria-label=negative]").count() == 1
    play.choose("hello")
    assert play.page.locator("#camera").is_hidden()


def test_what_micropython_has_not_is_said_with_its_line(play):
    play.open().choose("net")
    play.where("micropython", "worker")
    play.run()
    assert re.match(r"Line 1: ImportError: no module named 'cv2'", play.said())


@pytest.mark.parametrize("interpreter", ["micropython", "pyodide"])
def test_what_is_printed_without_a_line_break_is_of_its_own_run(play, interpreter):
    play.open().choose("own")
    play.where(interpreter, "worker")
    play.write("print('a', end='')")
    assert play.run() == "a"
    play.write("print('b')")
    assert play.run() == "b"
    play.write("assert 1 > 2")
    play.run()
    assert play.said().startswith("Line 1: AssertionError:")


@pytest.mark.parametrize(("interpreter", "place"), EVERYWHERE)
def test_a_drawing_that_is_none_is_told_and_the_page_stays(play, interpreter, place):
    play.open().choose("own")
    play.where(interpreter, place)
    play.write("print('\\x1eno drawing')\nprint('on')")
    said = play.run()
    assert "SyntaxError" in said and said.endswith("on")


def test_a_picture_that_is_no_bytes_marks_its_line(play):
    play.open().choose("own")
    play.where("pyodide", "worker")
    play.write("import numpy as np\nfrom stage import picture\npicture(np.zeros((2, 2)), 'a')")
    play.run()
    assert play.said().startswith("Line 3: ValueError: picture() takes bytes")


def test_a_drawing_only_draws(play):
    play.open().choose("own")
    play.where("pyodide", "worker")
    play.write(
        "from stage import svg\n"
        "svg('<svg><foreignObject><meta http-equiv=refresh content=0;url=/gone></foreignObject>'\n"
        "    '<a href=/gone><circle r=4 /></a><circle id=link r=5 /></svg>')"
    )
    play.run()
    assert play.page.locator("#stage svg > *").count() == 1
    assert play.page.locator("#stage [id], #stage a, #stage meta").count() == 0


def test_what_was_stopped_while_python_starts_never_runs(play):
    play.open().choose("own")
    play.where("pyodide", "worker")
    play.write("while True:\n    pass")
    for _ in range(2):
        play.page.click(".run")
        play.page.locator(".stop").click()
    assert play.said() == "Stopped"
    play.write("print('once')")
    assert play.run() == "once"
    running = [each for each in play.page.workers if "/run/" in each.url]
    assert len(running) == 1
