"""The history's screen: search, the list in pages, select, delete with undo, export."""

import asyncio

from pyscript import document

import message
import rooms
import settings
from app import detecting
from handlers import started
from page import element, new, window
from page import show as show_element
from words import megabytes, say, say_error

from .grid import Grid
from .shelf import HistoryError, Shelf

UNDO_MS = 6000
TYPING_MS = 150

_shelf = Shelf()
_grid = Grid(_shelf)
_open = _wired = False
_selecting = False
_typed = 0  # grows with each letter, so that only the last one searches
_offer = 0  # grows with each deletion, so that each undo lasts as long


def _number(value):
    return window.Intl.NumberFormat.new(document.documentElement.lang).format(value)


def _fail(error):
    element("history-said").textContent = say_error(error["code"], error["data"])


def _failed(error):
    if isinstance(error, HistoryError):
        _fail(error.error)
    else:
        message.tell_exception(error)
        _fail({"code": "unforeseen-error", "data": {"detail": repr(error)}})


def _handling(handler):
    """An event handler that first takes away what was said before."""

    async def handle(event):
        element("history-said").textContent = ""
        await handler(event)

    return started(handle, _failed)


# --- what stands above the list


def _render_head():
    summary = say("history_summary", count=_number(_shelf.count), size=megabytes(_shelf.bytes))
    if _shelf.filtered():
        found = say("history_found", total=_number(_shelf.total), count=_number(_shelf.count))
        summary = found + " · " + summary
    element("history-summary").textContent = summary
    show_element("history-off", not settings.get("history", True))
    show_element("history-summary", _shelf.count > 0)
    show_element("history-find", _shelf.count > 0)
    show_element("history-tools", _shelf.count > 0)
    show_element("history-empty", _shelf.count == 0)
    if _shelf.filtered() and _shelf.count and not _shelf.total:
        said = say("history_none_match", text=_shelf.text)
        element("history-said").textContent = said
    _render_tools()


def _render_tools():
    element("history-select").setAttribute("aria-pressed", "true" if _selecting else "false")
    selected = len(_grid.selected)
    if _selecting:
        export = say("history_export_selected", count=_number(selected))
        delete = say("history_delete_selected", count=_number(selected))
    elif _shelf.filtered():
        export = say("history_export_these", count=_number(_shelf.total))
        delete = say("history_delete_these", count=_number(_shelf.total))
    else:
        export, delete = say("history_export_all"), say("history_delete_all")
    usable = bool(selected) if _selecting else _shelf.total > 0
    for name, text in (("history-export", export), ("history-delete", delete)):
        element(name).textContent = text
        element(name).disabled = not usable


def _render_chips():
    names, chips = _shelf.names(), []
    for label in _shelf.offered():
        count = _number(_shelf.labels[label])
        chip = new("button", say("history_chip", name=names.get(label, label), count=count), "tool")
        chip.type = "button"
        chip.dataset.label = label
        chip.setAttribute("aria-pressed", "true" if label in _shelf.chosen else "false")
        chips.append(chip)
    element("history-chips").replaceChildren(*chips)


async def _renew(keep_length=False):
    """Reads and writes everything again."""
    await _shelf.look()
    await _grid.renew(keep_length)
    _render_chips()
    _render_head()


async def _changed_elsewhere(_event):
    if _open:
        await _renew(keep_length=True)


# --- search


async def _searched(_event):
    global _typed
    _typed += 1
    mine = _typed
    await asyncio.sleep_ms(TYPING_MS)
    if mine == _typed and _open:
        _shelf.text, _shelf.chosen = element("history-search").value, []
        await _renew()


async def _chip_pressed(event):
    chip = event.target.closest("button")
    if chip:
        label = chip.dataset.label
        if label in _shelf.chosen:
            _shelf.chosen.remove(label)
        else:
            _shelf.chosen.append(label)
        await _renew()
        for each in document.querySelectorAll("#history-chips button"):
            if each.dataset.label == label:
                each.focus()


# --- one picture, or several


def _select(on):
    global _selecting
    _selecting = on
    _grid.select(on)
    show_element("history-sure", False)
    _render_tools()


async def _select_pressed(_event):
    _select(not _selecting)


async def _tile_pressed(event):
    button = event.target.closest("button")
    if not button:
        return
    if _selecting:
        _grid.toggle(button)
        _render_tools()
        return
    pair = await _shelf.pair(button.dataset.id)
    if pair is None:
        await _renew(keep_length=True)
        _fail({"code": "history-gone", "data": {}})
        return
    rooms.close("history")
    await detecting.show_record(pair[0], pair[1])


async def _key_pressed(event):
    button = event.target.closest("button")
    if button and event.key in ("Delete", "Backspace") and not _selecting:
        await _delete([button.dataset.id])


async def _export(_event):
    ids = list(_grid.selected) if _selecting else await _shelf.ids()
    ids = sorted(ids)  # by time, the oldest first, as files are
    room = await rooms.enter("export")
    if room:
        await room.show_many(len(ids), lambda index: _shelf.pair(ids[index]))


# --- delete


async def _delete(ids):
    global _offer
    count = await _shelf.remove(ids)
    _grid.take(ids)
    _select(False)
    await _shelf.look()
    _shelf.total -= count
    _render_chips()
    _render_head()
    text = say("history_deleted", count=_number(count)) + " " + say("history_freed")
    element("history-undo-text").textContent = text
    show_element("history-undo")
    _offer += 1
    mine = _offer
    await asyncio.sleep_ms(UNDO_MS)
    while mine == _offer and _undo_has_focus():  # who is about to press it
        await asyncio.sleep_ms(500)
    if mine == _offer:
        _let_go()


def _undo_has_focus():
    active = document.activeElement
    return bool(active) and active.id == "history-undo-button"


def _let_go():
    global _offer
    _offer += 1
    _shelf.let_go()
    show_element("history-undo", False)


async def _undo(_event):
    global _offer
    _offer += 1
    show_element("history-undo", False)
    await _shelf.restore()
    await _renew(keep_length=True)
    element("history-select").focus()


async def _delete_pressed(_event):
    if _selecting:
        await _delete(list(_grid.selected))
        return
    count = _number(_shelf.total)
    element("history-question").textContent = say("history_question", count=count)
    element("history-yes").textContent = say("history_yes", count=count)
    show_element("history-sure")
    element("history-no").focus()


async def _no(_event):
    show_element("history-sure", False)
    element("history-delete").focus()


async def _yes(_event):
    show_element("history-sure", False)
    _let_go()
    count = _shelf.total
    await _shelf.remove_all()
    element("history-search").value = _shelf.text = ""
    _shelf.chosen = []
    await _renew()
    said = say("history_deleted", count=_number(count)) + " " + say("history_freed")
    element("history-said").textContent = said


# --- opening and closing


def _wire(dialog):
    for name, event, handler in (
        ("search", "input", _searched),
        ("chips", "click", _chip_pressed),
        ("select", "click", _select_pressed),
        ("export", "click", _export),
        ("delete", "click", _delete_pressed),
        ("no", "click", _no),
        ("yes", "click", _yes),
        ("grid", "click", _tile_pressed),
        ("grid", "keydown", _key_pressed),
        ("undo-button", "click", _undo),
    ):
        element("history-" + name).addEventListener(event, _handling(handler))
    _grid.wire(dialog, started(_more, _failed))
    _shelf.listen(started(_changed_elsewhere, _failed))


async def _more(_event):
    await _grid.more()


async def show(dialog):
    """Writes the screen."""
    global _open, _wired
    if not _wired:
        _wired = True
        _wire(dialog)
    _open = True
    element("history-search").value = _shelf.text = ""
    element("history-search").placeholder = say("history_search")
    _shelf.chosen = []
    _select(False)
    show_element("history-undo", False)
    try:
        await _renew()
    except Exception as error:
        _failed(error)


def hidden():
    """Frees what only the screen needs."""
    global _open
    _open = False
    _let_go()
    _grid.clear()
