import re

from tests.browser.conftest import wait_until


def test_the_list_leads_to_every_demo_and_back_to_the_app(demo):
    demo.page.goto(f"{demo.url}demos/")
    links = demo.page.locator(".list a")
    names = [links.nth(place).get_attribute("href") for place in range(links.count())]
    assert names == ["hello/", "tictactoe/", "map/", "camera/", "leak/", "packages/"]
    links.first.click()
    assert demo.page.inner_text("h1") == "Hello, world"
    demo.page.locator(".back").click()
    demo.page.locator(".back").click()
    wait_until(demo.page, "document.documentElement.dataset.shell === 'interactive'")


def test_hello_runs_as_one_file_and_split_in_both_pythons(demo):
    demo.open("hello")
    for interpreter, name in (("micropython", "micropython"), ("pyodide", "cpython")):
        for place in (0, 1):
            demo.program(place).locator(f"[value={interpreter}]").check()
            said = demo.run(place)
            assert said.startswith("Hello, world! こんにちは!")
            assert name in said


def test_edits_run_errors_name_their_line_and_what_was_there_comes_back(demo):
    demo.open("hello")
    source = demo.source()
    for interpreter in ("micropython", "pyodide"):
        demo.program().locator(f"[value={interpreter}]").check()
        demo.edit("print(6 * 7)")
        assert demo.run() == "42"
        demo.edit("print(6 * 9)")
        demo.page.keyboard.press("Control+Enter")
        wait_until(demo.page, "document.querySelector('.output').textContent.trim() === '54'")
        demo.edit("print(1)\n\nprint(1 / 0)")
        assert "ZeroDivisionError" in demo.run()
        assert demo.said().startswith("Line 3: ZeroDivisionError")
        demo.edit("print(1)\nprint(")
        demo.run()
        assert re.match(r"Line [23]: SyntaxError", demo.said())
        demo.program().locator(".reset").click()
        assert demo.source() == source
        assert demo.run().startswith("Hello, world!")


def test_tic_tac_toe_is_played_with_the_keyboard_and_never_lost_by_the_computer(demo):
    demo.open("tictactoe").run()
    page = demo.page
    cells = page.locator("#stage .cell")
    assert cells.nth(4).get_attribute("aria-label") == "Row 2, column 2: empty"
    cells.nth(0).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    assert cells.nth(4).evaluate("cell => cell === document.activeElement")
    page.keyboard.press("Enter")
    assert cells.nth(4).get_attribute("aria-label") == "Row 2, column 2: X"
    # Whoever takes the first free field loses to it, or draws; against two other orders, too.
    for order in (range(9), reversed(range(9)), (4, 2, 6, 0, 8, 1, 7, 3, 5)):
        page.get_by_role("button", name="New game").click()
        for field in order:
            if cells.nth(field).inner_text() == "":
                cells.nth(field).click()
        marks = [cells.nth(field).inner_text() for field in range(9)]
        assert marks.count("O") >= 3
        assert page.locator("#stage [role=status]").inner_text() in ("O has won", "A draw")


def test_the_map_is_drawn_from_the_shipped_borders(demo):
    said = demo.open("map").run()
    assert "Bangladesh" in said and "People per square kilometre" in said
    countries = demo.page.locator("#stage svg path")
    assert countries.count() > 170
    japan = demo.page.locator("#stage svg path", has_text="Japan:")
    people = int(re.search(r"Japan: (\d+)", japan.text_content())[1])
    assert 300 < people < 380  # 126 million on 378 thousand square kilometres
    credits = demo.page.locator("footer").inner_text()
    assert "Natural Earth" in credits and "public domain" in credits and "MIT" in credits
    demo.edit(demo.source().replace("figure = density", "figure = wealth"))
    assert "US dollars" in demo.run()


def test_without_a_camera_the_sample_goes_into_numpy_and_the_page_says_so(demo):
    demo.open("camera")
    assert demo.page.inner_text("#frame-said") == "The sample is shown."
    demo.page.click("#use-camera")
    wait_until(
        demo.page, "document.querySelector('#frame-said').textContent.includes('could not be used')"
    )
    said = demo.run()
    assert "frame: (320, 320, 4) uint8" in said
    red, green, blue = map(int, re.search(r"red (\d+), green (\d+), blue (\d+)", said).groups())
    seen = demo.page.evaluate(MEAN)
    assert [red, green, blue] == [round(each) for each in seen]
    assert demo.page.locator("#stage figure[data-slot=edges] canvas").count() == 1
    assert demo.page.locator("#stage figure[data-slot=histogram] polyline").count() == 3


MEAN = """(() => {
  const view = document.querySelector("#view");
  const { data } = view.getContext("2d").getImageData(0, 0, view.width, view.height);
  const sums = [0, 0, 0];
  for (let at = 0; at < data.length; at += 1) if (at % 4 < 3) sums[at % 4] += data[at];
  return sums.map((each) => each / (data.length / 4));
})()"""


def test_the_leak_grows_the_heap_and_the_right_way_does_not(demo):
    demo.open("leak")
    demo.run(0)
    leaking, right = demo.run(0), demo.run(1)  # again: what the first one took was given back
    grown = [int(re.search(r"grown by (\d+) MB", said)[1]) for said in (leaking, right)]
    assert grown[0] > 100 and grown[1] < 10
    assert "a frame: " in leaking and "a frame: " in right
    assert demo.page.locator("#stage-0 .curve").count() == 1
    assert demo.page.locator("#stage-1 .curve").count() == 1


def test_what_never_ends_in_the_worker_can_be_stopped(demo):
    demo.open("leak")
    demo.edit("while True:\n    pass")
    demo.program().locator(".run").click()
    wait_until(demo.page, "document.querySelector('.said').textContent === 'Running'")
    demo.program().locator(".stop").click()
    assert demo.said() == "Stopped"
    demo.edit("print('again')")
    assert demo.run() == "again"


def test_packages_are_searched_and_what_is_missing_is_said(demo):
    demo.open("packages").run()
    page = demo.page
    rows = page.locator("#stage li:visible")
    kept, without = map(int, re.findall(r": (\d+)", page.inner_text("#stage [role=status]")))
    assert kept > 250 and without > 10 and rows.count() == kept + without
    page.fill("#search", "numpy")
    assert "kept here" in page.locator("#stage li:visible", has_text="numpy").first.inner_text()
    page.fill("#search", "torch")
    assert "not in Pyodide" in rows.first.inner_text()
    page.fill("#search", "no-such-package")
    assert rows.count() == 0
    assert "does not have it" in page.inner_text("#stage [role=status]")
