"""The lab: MicroPython and Pyodide measured on this device, and detecting, stage by stage."""

import asyncio
import json

import catalogue
import rooms
import saver
import words
from app import detecting, engine
from downloading import ASKED_FROM
from handlers import started
from lab import stages, tables, verdict
from lab.measuring import Measuring, MeasuringError, StoppedError, facts, missing
from lab.wording import interpreter, program
from page import element, new, window
from page import show as show_element
from stage import VIDEO
from words import language, megabytes, say, say_error

_room = {
    "wired": False,
    "measuring": None,
    "found": None,
    "stages": None,
    "stopped": False,
    "asked": False,
}


def _said(text):
    element("lab-said").textContent = text


def _doing(what, name="", program_name="", turn=0, turns=0):
    if what == "start":
        _said(say("lab_doing_start", name=interpreter(name), turn=turn, turns=turns))
    elif what == "line":
        _said(say("lab_doing_line", name=interpreter(name)))
    elif what == "calls":
        _said(say("lab_doing_calls", turn=turn, turns=turns))
    elif what == "dom":
        _said(say("lab_doing_dom", turn=turn, turns=turns))
    else:
        _said(say("lab_doing_program", program=program(program_name), turn=turn, turns=turns))


def _tell(what, **data):
    if "program" in data:
        data["program_name"] = data.pop("program")
    _doing(what, **data)


def _busy(busy):
    for name in ("lab-run", "lab-stages-run", "lab-line"):
        element(name).disabled = busy
    show_element("lab-stop", busy)


def _render():
    element("lab-line-size").textContent = megabytes(sum(facts["bytes"].values()))
    found = _room["found"]
    show_element("lab-results", found is not None)
    if found is not None:
        items = [new("li", sentence) for sentence in verdict.sentences(found)]
        element("lab-verdict").replaceChildren(*items)
        tables.render(element("lab-tables"), tables.bars(found))
    measured = _room["stages"]
    show_element("lab-stages", measured is not None)
    if measured is not None:
        level = say("simd_relaxed" if measured["level"] == "relaxed" else "simd_plain")
        element("lab-level").textContent = say("lab_level", level=level)
        names = {each["id"]: each["name"][language()] for each in catalogue.models}
        tables.render_stages(element("lab-stages-tables"), measured, names)


async def _run(_event):
    if not engine.level:
        _said(say_error("simd-missing", {}))
        return
    needed = await missing()
    if needed > ASKED_FROM and saver.on() and not _room["asked"]:
        _room["asked"] = True
        _said(say("lab_asks", size=megabytes(needed)))
        return
    line = element("lab-line").checked
    measuring = _room["measuring"] = Measuring(_tell, line)
    _busy(True)
    try:
        _said(say("engine_starting"))
        # Brings what lacks, whole.
        if not await engine.ensure(detecting.model, detecting.input_size()):
            error = engine.error or {"code": "engine-stopped", "data": {}}
            _said(say_error(error["code"], error["data"]))
            return
        await measuring.run()
        _room["found"] = measuring.found
        _said(say("lab_no_line" if line and "line" not in measuring.found else "lab_done"))
    except StoppedError:
        _said(say("lab_stopped"))
    except MeasuringError as error:
        _said(say("lab_failed", detail=str(error)))
    finally:
        measuring.close()
        _room["measuring"] = None
        _busy(False)
    _render()


async def _run_stages(_event):
    _busy(True)
    _room["stopped"] = False
    try:
        if not await stages.kept():
            _said(say("lab_nothing_kept"))
            return

        def tell(model, turn):
            name = catalogue.model(model)["name"][language()]
            _said(say("lab_doing_stages", model=name, turn=turn, turns=stages.FRAMES))

        found = await stages.measure(tell, lambda: _room["stopped"])
        if "error" in found:
            _said(say_error(found["error"]["code"], found["error"]["data"]))
            return
        if _room["stopped"]:
            _said(say("lab_stopped"))
            return
        _room["stages"] = found
        _said(say("lab_done"))
    finally:
        _busy(False)
    _render()


def _stop(*_event):
    _room["stopped"] = True
    if _room["measuring"]:
        _room["measuring"].stop()


def _report():
    """Everything that was measured, for the file."""
    device = json.loads(rooms.js("lab", "device").device())
    report = {"app": "mekiki", "time": window.Date.new().toISOString(), "device": device}
    report["shell"] = window.location.pathname
    report["engine"] = engine.about
    report["interpreters"] = _room["found"]
    report["detection"] = _room["stages"]
    return report


def _name(ending):
    return "mekiki-lab-" + window.Date.new().toISOString()[:10] + ending


def _save(*_event):
    rooms.js("lab", "device").saveText(json.dumps(_report()), _name(".json"))


async def _save_picture(_event):
    found = _room["found"]
    device = _report()["device"]
    lines = verdict.sentences(found)
    for name, version in found["versions"].items():
        lines.append(interpreter(name) + ": " + version)
    lines.append(device["userAgent"])
    groups = []
    for group in tables.bars(found):
        groups.append({"title": group["title"], "rows": group["rows"]})
    page = {"title": say("lab_title"), "lines": lines, "bars": groups}
    made = await rooms.js("lab", "device").savePicture(json.dumps(page), _name(".png"))
    if not made:
        _said(say("lab_no_picture"))


async def show(_dialog):
    """Wires the buttons; nothing is measured before it is asked for."""
    if detecting.stage.shows == VIDEO:
        detecting.clear()  # the camera would be measured, too
    if not _room["wired"]:
        _room["wired"] = True
        element("lab-run").addEventListener("click", started(_run))
        element("lab-stages-run").addEventListener("click", started(_run_stages))
        element("lab-stop").addEventListener("click", _stop)
        element("lab-save").addEventListener("click", _save)
        element("lab-picture").addEventListener("click", started(_save_picture))
        words.listen(_render)
    _render()
    await asyncio.sleep_ms(0)


def hidden():
    """The screen is closed: what runs ends."""
    _stop()
