"""What the badges stand for, in sentences, and what can be done about it."""

from pyscript.js_modules import download, offline

import badges
import catalogue
import words
from app import detecting
from handlers import soon, started
from page import element
from page import show as show_element
from words import megabytes, say

from . import promise, shelf

_wired = False


def _offline(facts):
    name = catalogue.model(detecting.model)["name"][words.language()]
    if facts["works"]:
        return say("state_offline_works", model=name)
    if facts["missing"] < 0:
        return say("state_offline_unknown")
    if facts["missing"]:
        return say("state_offline_missing", size=megabytes(facts["missing"]), model=name)
    return say("state_offline_untried" if facts["page"] else "state_offline_page")


def _size(count):
    return "%.1f GB" % (count / 1e9) if count >= 1e9 else megabytes(count)


def _storage(facts):
    if facts["usage"] < 0 or facts["quota"] < 0:
        used = say("state_used_unknown")
    else:
        usage, quota = _size(facts["usage"]), _size(facts["quota"])
        used = say("state_used", usage=usage, quota=quota)
    element("state-used").textContent = used
    promised = facts["persisted"]
    element("state-promise").textContent = say(
        "state_promised" if promised else "state_not_promised"
    )
    element("state-risk").textContent = say("state_at_risk")
    show_element("state-risk", facts["at_risk"])
    show_element("state-persist", not promised)


async def _render():
    await badges.look()
    facts = await badges.offline_facts()
    element("state-offline").textContent = _offline(facts)
    # Without caches, or without a service worker, nothing can be promised.
    show_element("state-make", facts["missing"] >= 0)
    element("state-make").textContent = say("state_try" if facts["works"] else "state_make")
    newer = offline.updateWaits()
    element("state-version").textContent = say("update" if newer else "state_version_latest")
    show_element("state-update", newer)
    _storage(await badges.storage_facts())
    await shelf.render()  # takes longest


async def _make(_event):
    said = element("state-steps")

    def tell(text):
        said.textContent = text

    button = element("state-make")
    button.disabled = True
    show_element("state-stop", True)
    await promise.make(tell)
    button.disabled = False
    show_element("state-stop", False)
    await _render()


async def _persist(_event):
    granted = await offline.persist()
    element("state-persist-said").textContent = say(
        "state_persist_granted" if granted else "state_persist_refused"
    )
    await _render()


def _language_changed():
    soon(_render())


async def show(_dialog):
    """Says what is true now."""
    global _wired
    if not _wired:
        _wired = True
        element("state-update").addEventListener("click", badges.update)
        element("state-persist").addEventListener("click", started(_persist))
        element("state-make").addEventListener("click", started(_make))
        element("state-stop").addEventListener("click", lambda _event: download.pause())
        shelf.listen(_render)
        words.listen(_language_changed)
    for name in ("state-persist-said", "state-steps", "state-free-said"):
        element(name).textContent = ""
    await _render()
