"""The history's screen: search, the list in pages, select, delete with undo, export."""

import asyncio

import message
import rooms
from app import detecting
from handlers import started
from page import element
from page import show as show_element
from words import say, say_error

from . import head
from .grid import Grid
from .shelf import HistoryError, Shelf
from .undo import Undo

TYPING_MS = 150

_shelf = Shelf()
_grid = Grid(_shelf)
_undo = Undo(_shelf.let_go)
_open = _wired = False
_selecting = False
_typed = 0  # grows with each letter, so that only the last one searches


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


def _render_tools():
    head.render_tools(_shelf, _selecting, len(_grid.selected))


def _render_head():
    head.render(_shelf)
    _render_tools()


async def _renew(keep_length=False):
    """Reads and writes everything again."""
    await _shelf.look()
    await _grid.renew(keep_length)
    _render_head()


async def _changed_elsewhere(_event):
    if _open:
        await _renew(keep_length=True)


# --- search


def _search_nothing():
    element("history-search").value = _shelf.text = ""
    _shelf.chosen = []


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
    count = await _shelf.remove(ids)
    _grid.take(ids)
    _select(False)
    await _shelf.look()
    _shelf.total -= count
    _render_head()
    await _undo.offer(head.deleted(count))


async def _undone(_event):
    _undo.withdraw()
    await _shelf.restore()
    await _renew(keep_length=True)
    element("history-select").focus()


async def _delete_pressed(_event):
    if _selecting:
        await _delete(list(_grid.selected))
    else:
        head.ask(_shelf)


async def _no(_event):
    show_element("history-sure", False)
    element("history-delete").focus()


async def _yes(_event):
    show_element("history-sure", False)
    _undo.end()
    count = _shelf.total
    await _shelf.remove_all()
    _search_nothing()
    await _renew()
    element("history-said").textContent = head.deleted(count)


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
        ("undo-button", "click", _undone),
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
    _search_nothing()
    element("history-search").placeholder = say("history_search")
    _select(False)
    try:
        await _renew()
    except Exception as error:
        _failed(error)


def hidden():
    """Frees what only the screen needs."""
    global _open
    _open = False
    element("history-said").textContent = ""
    show_element("history-empty", False)  # it may not be true any more at the next opening
    _undo.end()
    _grid.clear()
