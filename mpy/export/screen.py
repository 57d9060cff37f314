"""The export's screen: which kinds, how far it is, and what became of it."""

from pyscript import document

import message
import rooms
import settings
from handlers import started
from page import element
from page import show as show_element
from words import listen, megabytes, say, say_error, sentences

from .formats import ORDER
from .job import Job, file_count, file_names, zip_name

# Share sheets were made for a few files; more go as one zip, where the browser allows that.
MOST_SHARED = 10

_count, _load = 0, None
_job = None  # under way
_ready = None  # files that wait for another tap to be shared
_said = ()  # functions that give the words that are shown, in the language in use
_wired = False


def choose(count, load):
    """Takes what is to be exported; see show_many() of the package."""
    global _count, _load
    _count, _load = count, load


def _kinds():
    boxes = document.querySelectorAll("#export-kinds input")
    return [each.value for each in boxes if each.checked]


def _hand():
    return rooms.js("export", "hand")


def _as_files(kinds):
    return file_count(kinds, _count) <= MOST_SHARED


def _shareable(kinds):
    names = file_names(kinds, _count) if _as_files(kinds) else '["a.zip"]'
    return bool(kinds) and _hand().canShare(names)


def _tell(*words):
    global _said
    _said = words
    _write()


def _fail(error):
    _tell(lambda: say_error(error["code"], error["data"]))


def _write():
    element("export-said").textContent = sentences(*[words() for words in _said])


def _render():
    kinds, runs = _kinds(), _job is not None
    element("export-count").textContent = say("export_count", count=_count)
    element("export-save").disabled = runs or not kinds
    element("export-share").disabled = runs
    show_element("export-share", _shareable(kinds))
    again = _ready is not None
    element("export-share").textContent = say("export_share_now") if again else say("export_share")
    show_element("export-cancel", runs)
    show_element("export-progress", runs)
    for each in document.querySelectorAll("#export-kinds input"):
        each.disabled = runs
    _write()


def _size(count):
    return megabytes(count) if count >= 1e6 else "%d kB" % int(count / 1e3 + 0.5)


def _progress():
    bar = element("export-progress")
    bar.max, bar.value = _count, _job.done
    element("export-done").textContent = say("export_done", done=_job.done, total=_count)


async def _make(as_files):
    """The finished files (a JS list), or None, with words, when there are none."""
    global _job
    kinds = _kinds()
    zips = rooms.js("export", "zip")
    loose = as_files or file_count(kinds, _count) == 1
    job = _job = Job(_count, _load, kinds, dated=loose)
    _tell()
    _render()
    _progress()
    try:
        files = await job.run(zips.loose() if loose else zips.zip(zip_name()), _progress)
    finally:
        _job = None
        element("export-done").textContent = ""
        _render()
    if files is None:
        _tell(lambda: say("export_cancelled"))
        return None
    if not files.length:
        _fail({"code": "export-failed", "data": {}})
        return None
    if job.lost:
        _tell(lambda: say("export_lost", lost=job.lost))
    return files


async def _save(_event):
    files = await _make(as_files=False)
    if files is not None:
        _hand().save(files)
        name, size = files[0].name, _size(files[0].size)
        _tell(lambda: say("export_saved", name=name, size=size), *_said)


async def _share(_event):
    global _ready
    files = _ready
    if files is None:
        files = await _make(as_files=_as_files(_kinds()))
    if files is None:
        return
    answer = await _hand().share(files)
    _ready = files if answer == "again" else None
    _render()
    if answer == "again":
        _tell(lambda: say("export_tap_again"))
    elif answer == "failed":
        _fail({"code": "share-failed", "data": {}})


async def _kinds_changed(_event):
    global _ready
    _ready = None
    _tell()
    settings.put("export_kinds", _kinds())
    _render()


async def _cancel(_event):
    cancel()


def cancel():
    """Stops what is under way; nothing of it is kept."""
    global _ready
    _ready = None
    if _job is not None:
        _job.cancelled = True


def _unforeseen(error):
    message.tell_exception(error)
    _fail({"code": "export-failed", "data": {}})


def _wire():
    element("export-kinds").addEventListener("change", started(_kinds_changed, _unforeseen))
    for name, handler in (("save", _save), ("share", _share), ("cancel", _cancel)):
        element("export-" + name).addEventListener("click", started(handler, _unforeseen))
    listen(_render)


def show():
    """Writes the screen."""
    global _wired
    if not _wired:
        _wired = True
        _wire()
    chosen = settings.get("export_kinds", ["annotated"])
    for each in document.querySelectorAll("#export-kinds input"):
        each.checked = each.value in chosen and each.value in ORDER
    _tell()
    _render()
    element("export-save").focus()
