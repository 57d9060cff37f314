"""Everybody can use every screen: axe-core, keyboard, small screens, large text, no motion."""

import pytest

from tests.browser.app import App
from tests.browser.conftest import ROOT, wait_until
from tools.screenshots.screens import ON_TOP, SCREENS, close

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()
# Each in colours and a language of its own: contrast differs by colours, labels by language.
LOOKS = (("light", "en"), ("dark", "ja"))
RUN_AXE = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  return violations.flatMap(({ id, impact, nodes }) => nodes.map(({ html, failureSummary }) =>
    `${impact} ${id}: ${html.slice(0, 160)} ${failureSummary.slice(0, 300)}`));
}"""
# Controls that are shown, smaller than a fingertip. A checkbox is as large as its label; a link
# within a sentence as tall as the line (WCAG 2.5.8 excepts it).
SMALL_TARGETS = """() => {
  const top = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body;
  const wanted = "button, select, input:not(.visually-hidden), summary, label[for].action";
  const small = [];
  for (const each of top.querySelectorAll(wanted)) {
    const target = each.matches("input[type=checkbox], input[type=radio], .tool input")
      ? each.closest("label") : each;
    const { width, height } = target.getBoundingClientRect();
    const shown = each.checkVisibility({ visibilityProperty: true }) && width > 0;
    if (shown && (width < 43.5 || height < 43.5))
      small.push(`${target.outerHTML.slice(0, 120)} ${width} x ${height}`);
  }
  return small;
}"""
TOO_WIDE = """() => {
  const dialog = [...document.querySelectorAll("dialog[open]")].at(-1);
  const box = dialog ?? document.scrollingElement;
  const bar = document.querySelector(".actions").getBoundingClientRect();
  const side = bar.top === 0 ? bar.left : innerWidth; // on its side a phone has it on the right
  const edge = dialog ? dialog.getBoundingClientRect().right : side;
  const scrolls = (element) => {
    for (let each = element; each && each !== box; each = each.parentElement)
      if (/auto|scroll|hidden|clip/.test(getComputedStyle(each).overflowX)) return true;
    return false;
  };
  const apart = dialog ? ".visually-hidden" : ".visually-hidden, .actions, #message";
  const beyond = [...box.querySelectorAll("body *")].filter((each) =>
    each.checkVisibility() && each.getBoundingClientRect().right > edge + 1
    && !each.closest(apart) && !scrolls(each));
  return [
    ...(box.scrollWidth > box.clientWidth ? [`${box.scrollWidth} > ${box.clientWidth}`] : []),
    ...beyond.map((each) => each.outerHTML.slice(0, 120)),
  ];
}"""


@pytest.fixture(scope="module")
def visit(open_module_context, module_server, camera_browser, tmp_path_factory):
    """One visit to all screens, each where the one before ended."""
    watched = open_module_context(
        camera_browser,
        permissions=["camera"],
        color_scheme="light",
        viewport={"width": 390, "height": 844},
    )
    app = App(watched.context.new_page(), module_server.url).open()
    app.folder = tmp_path_factory.mktemp("visit")
    return app


def look(page, scheme, language):
    page.emulate_media(color_scheme=scheme)
    if page.get_attribute("html", "lang") != language:
        page.evaluate("document.getElementById('language').click()")
    wait_until(
        page,
        f"document.documentElement.lang === '{language}'"
        f" && document.documentElement.dataset.scheme === '{scheme}'",
    )


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.__name__)
def test_screen_is_for_everybody(visit, screen):
    """axe-core finds nothing at all; and it fits a small phone and 200 % zoom."""
    page = visit.page
    if screen not in ON_TOP:
        close(page)
    screen(page, visit.folder)
    found = []
    page.evaluate(AXE)
    for scheme, language in LOOKS:
        look(page, scheme, language)
        found += [f"{scheme} {language} {each}" for each in page.evaluate(RUN_AXE)]
        for width, height in ((320, 568), (640, 400)):  # the second: 1280 x 800 at 200 %
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_timeout(50)
            found += [f"{width} {language} too wide: {e}" for e in page.evaluate(TOO_WIDE)]
            found += [f"{width} {language} too small: {e}" for e in page.evaluate(SMALL_TARGETS)]
        page.set_viewport_size({"width": 390, "height": 844})
    look(page, *LOOKS[0])
    assert found == []


def test_picture_stays_in_sight_while_the_page_is_scrolled(visit):
    page = visit.page
    close(page)
    visit.sample("dog")
    page.locator("#threshold").scroll_into_view_if_needed()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert page.locator("#photo").bounding_box()["y"] >= 0


def test_bar_at_the_bottom_hides_nothing(visit):
    page = visit.page
    close(page)
    for width, height in ((320, 568), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        page.locator(".timings summary").focus()
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.wait_for_timeout(100)
        bar = page.locator(".actions").bounding_box()["y"]
        last = page.locator(".timings").bounding_box()
        assert last["y"] + last["height"] <= bar + 1
    page.set_viewport_size({"width": 390, "height": 844})


# Where a Tab leads to: what has the focus, and whether it can be seen.
FOCUS = """() => {
  const each = document.activeElement;
  if (each === document.body) return null;
  const name = each.id || each.dataset.sample || each.dataset.label || each.dataset.room
    || (each.dataset.index ? "row" : each.tagName.toLowerCase());
  if (each.classList.contains("visually-hidden")) return [name, true];
  const { left, right, top, bottom } = each.getBoundingClientRect();
  const x = (left + right) / 2, y = (top + bottom) / 2;
  const seen = document.elementFromPoint(x, y);
  return [name, Boolean(seen && (each.contains(seen) || seen.contains(each)))];
}"""


def tabbed(page, key="Tab", most=40):
    """What has the focus after each Tab, from here to the end of the page."""
    found = []
    for _ in range(most):
        page.keyboard.press(key)
        page.wait_for_timeout(20)
        focus = page.evaluate(FOCUS)
        if focus is None or (found and focus == found[0]):
            break
        found.append(focus)
    return found


ORDER = ["language", "preferences", "save", "share", "person", "row"]
ORDER += [
    "dog",
    "astronaut",
    "coffee",
    "cat",
    "person",
    "sign",
    "models",
    "model",
    "threshold",
    "summary",
]
ORDER += ["file", "camera", "history"]


@pytest.fixture(scope="module")
def photo(visit):
    """The page anew, with a photo."""
    visit.reload()
    visit.sample("astronaut")
    wait_until(visit.page, "document.querySelectorAll('#detections li').length === 1")
    return visit


def test_everything_is_reached_by_keyboard_in_the_order_it_is_seen(photo):
    page = photo.page
    page.click("h1")  # the beginning
    there = tabbed(page)
    names = [name for name, _ in there if not name.startswith(("badge", "engine"))]
    assert names == ORDER
    assert [name for name, seen in there if not seen] == []  # nothing lies over it
    assert [name for name, seen in tabbed(page, "Shift+Tab") if not seen] == []


@pytest.mark.parametrize("room", ["preferences", "models", "history"])
def test_room_opens_and_closes_by_keyboard_and_gives_the_focus_back(photo, room):
    page = photo.page
    opener = page.locator(f"[data-room={room}]")
    opener.focus()
    page.keyboard.press("Enter")
    page.locator(f"#room-{room}[open]").wait_for()
    wait_until(page, f"document.querySelector('#room-{room}').contains(document.activeElement)")
    page.keyboard.press("Escape")
    page.locator(f"#room-{room}").wait_for(state="hidden")
    wait_until(page, f"document.activeElement.dataset.room === '{room}'")


def test_result_is_announced_and_the_picture_described(visit):
    close(visit.page)
    visit.sample("astronaut")
    said = "document.getElementById('announce').textContent"
    wait_until(visit.page, f"{said}.includes('person × 1')")
    assert visit.page.get_attribute("#announce", "aria-live") == "polite"
    assert visit.page.get_by_role("img", name="person × 1").count() == 1
    assert visit.page.get_by_role("alert").count() == 0


def test_nothing_moves_for_who_wants_no_motion(visit):
    page = visit.page
    moving = """() => {
      const dot = document.querySelector("#engine");
      const before = dot.dataset.state;
      dot.dataset.state = "starting";
      const count = document.getAnimations().length;
      dot.dataset.state = before;
      return count;
    }"""
    assert page.evaluate(moving) > 0
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(moving) == 0
    page.emulate_media(reduced_motion="no-preference")
