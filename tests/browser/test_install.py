"""The button for the home screen: there when it helps, and only then.

Its real offer and an installed app are in test_open_files.py; private windows get no offer, so here
it is made by an event of the same shape.
"""

import pytest

from tests.browser.app import App
from tests.browser.conftest import wait_until

OFFER = """(outcome) => {
  const offer = new Event("beforeinstallprompt", { cancelable: true });
  offer.prompt = async () => { globalThis.prompted = navigator.userActivation.isActive; };
  offer.userChoice = Promise.resolve({ outcome, platform: "web" });
  dispatchEvent(offer);
  return offer.defaultPrevented;
}"""
EARLY_OFFER = f"""document.addEventListener("readystatechange", () => {{
  if (document.readyState === "interactive") globalThis.prevented = ({OFFER})("accepted");
}}, {{ once: true }});"""
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
)
IPAD = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.5 Safari/605.1.15"
)
FIREFOX = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
SAMSUNG = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36"
)
BUTTON = "document.querySelector('#install').hidden === {}"


@pytest.fixture
def page(open_context):
    return open_context().context.new_page()


def apple(page, touches, standalone="false"):
    page.add_init_script(
        f"""Object.defineProperty(Navigator.prototype, "standalone",
          {{ get: () => {standalone}, configurable: true }});
        Object.defineProperty(Navigator.prototype, "maxTouchPoints", {{ get: () => {touches} }});"""
    )


def steps(page):
    page.click("#install")
    page.locator("#room-install[open]").wait_for()
    wait_until(page, "document.querySelector('[data-way]:not([hidden])') !== null")
    return page.inner_text("#room-install .steps:not([hidden])")


def test_without_an_offer_there_is_no_button(page, server):
    App(page, server.url).open()
    assert page.locator("#install").is_hidden()


def test_offer_shows_the_button_and_a_tap_takes_it(page, server):
    App(page, server.url).open()
    assert page.evaluate(OFFER, "accepted")  # the browser's own banner is held back
    page.click("#install")
    wait_until(page, "globalThis.prompted === true")  # within the tap, as browsers demand
    wait_until(page, BUTTON.format("true"))


def test_offer_made_before_the_shell_runs_is_not_lost(page, server):
    page.add_init_script(EARLY_OFFER)
    App(page, server.url).open()
    assert page.evaluate("globalThis.prevented") is True
    page.click("#install")
    wait_until(page, "globalThis.prompted === true")


def test_offer_that_was_declined_can_be_made_again(page, server):
    App(page, server.url).open()
    page.evaluate(OFFER, "dismissed")
    page.click("#install")
    wait_until(page, BUTTON.format("true"))
    page.evaluate(OFFER, "accepted")
    wait_until(page, BUTTON.format("false"))


def test_button_goes_when_the_app_is_installed_another_way(page, server):
    App(page, server.url).open()
    page.evaluate(OFFER, "accepted")
    wait_until(page, BUTTON.format("false"))
    page.evaluate("dispatchEvent(new Event('appinstalled'))")
    wait_until(page, BUTTON.format("true"))


@pytest.mark.parametrize(
    ("agent", "touches"), [(IPHONE, 5), (IPAD, 5)], ids=["iPhone", "iPad, which says it is a Mac"]
)
def test_apples_phones_and_tablets_get_steps(open_context, server, agent, touches):
    page = open_context(user_agent=agent, has_touch=True).context.new_page()
    apple(page, touches)
    App(page, server.url).open()
    assert "Add to Home Screen" in steps(page)
    assert page.locator("#room-install .steps:not([hidden])").count() == 1


def test_safari_on_a_mac_gets_its_own_step(open_context, server):
    page = open_context(user_agent=IPAD).context.new_page()
    apple(page, 0)
    App(page, server.url).open()
    assert "Add to Dock" in steps(page)


def test_installed_on_an_apple_device_there_is_no_button(open_context, server):
    page = open_context(user_agent=IPHONE, has_touch=True).context.new_page()
    apple(page, 5, standalone="true")
    App(page, server.url).open()
    assert page.locator("#install").is_hidden()


@pytest.mark.parametrize(
    ("agent", "words"),
    [(FIREFOX, "ホーム画面にアプリを追加"), (SAMSUNG, "ページを追加")],
    ids=["Firefox", "Samsung Internet"],
)
def test_android_browsers_without_an_offer_get_steps(open_context, server, agent, words):
    page = open_context(user_agent=agent, locale="ja-JP").context.new_page()
    App(page, server.url).open()
    assert words in steps(page)
