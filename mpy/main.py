"""The shell: MicroPython on the page's main thread. Wires the page's controls to what they do."""

import asyncio

from pyscript import document, when
from pyscript.js_modules import offline

import catalogue
import engine_panel
import message
import words
from detecting import Detecting
from engine import Engine
from page import element, window
from results import Results
from results import render as render_results
from save import save

engine = Engine(lambda: engine_panel.render(engine))
results = Results()
detecting = Detecting(engine, results)


def set_threshold(value):
    """Takes a threshold between 0 and 1 and shows it."""
    percent = int(value * 100 + 0.5)
    results.threshold = percent / 100
    element("threshold").value = percent
    element("threshold-value").textContent = "%d %%" % percent


def show_model():
    """Shows the chosen model's facts."""
    model = catalogue.model(detecting.model)
    element("model").value = model["id"]
    for option in document.querySelectorAll("#model option"):
        option.textContent = catalogue.model(option.value)["name"][words.language()]
    element("model-detail").textContent = words.say(
        "model_detail",
        about=model["about"][words.language()],
        size=words.megabytes(model["transfer_bytes"]),
        licence=model["licence"],
    )


def choose_model(model_id):
    """Makes this the model to detect with, with its own usual threshold."""
    if catalogue.model(model_id) is None:
        message.tell_error("model-unknown", {"id": model_id})
        model_id = catalogue.default_model
    detecting.model = model_id
    set_threshold(catalogue.model(model_id)["threshold"])
    show_model()


@when("change", "#model")
async def model_changed(event):
    choose_model(event.target.value)
    if detecting.stage.shows == "nothing":
        await engine.look(detecting.model)
    else:
        await detecting.again()


@when("input", "#threshold")
def threshold_changed(event):
    set_threshold(int(event.target.value) / 100)
    detecting.threshold_changed()


@when("change", "#file")
async def file_chosen(event):
    files = event.target.files
    if files.length:
        file = files.item(0)
        await detecting.photo(file)
        element("file").value = ""  # the same file can be chosen again


@when("click", "#camera")
async def camera_pressed():
    if element("camera").getAttribute("aria-pressed") == "true":
        detecting.stop_camera()
    else:
        await detecting.start_camera()


@when("click", "#save")
async def save_pressed():
    await save(detecting)


@when("click", "#samples")
async def sample_pressed(event):
    button = event.target.closest("button")
    if button:
        await detecting.sample(button.dataset.sample)


@when("click", "#engine-action")
async def engine_action_pressed():
    if detecting.stage.shows == "nothing":
        await engine.ensure(detecting.model)
    else:
        await detecting.again()


@when("click", "#language")
def language_pressed():
    words.switch()
    engine_panel.render(engine)
    show_model()
    detecting.language_changed()


async def follow_link():
    """Does what the address asks for: ?model=ID, ?sample=NAME, ?source=camera."""
    asked = window.URLSearchParams.new(window.location.search)
    choose_model(asked.get("model") or catalogue.default_model)
    if asked.get("sample"):
        await detecting.sample(asked.get("sample"))
    elif asked.get("source") == "camera":
        await detecting.start_camera()
    else:
        await engine.look(detecting.model)


async def begin():
    """Makes the page usable, then does what may take longer."""
    words.apply_labels()
    engine_panel.render(engine)
    render_results(results)
    for name in ("file", "camera"):
        element(name).disabled = False
    for button in document.querySelectorAll("#samples button"):
        button.disabled = False
    window.performance.mark("shell:interactive")
    document.documentElement.dataset.shell = "interactive"
    offline.register(lambda: message.tell_update(offline.applyUpdate))
    await follow_link()


asyncio.create_task(begin())
