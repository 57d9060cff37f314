"""The shell: MicroPython on the page's main thread. Wires the page's controls to what they do."""

import asyncio
import gc

from pyscript import document, when
from pyscript.js_modules import crash, download, offline

import badges
import catalogue
import downloading
import engine_panel
import gestures
import home_screen
import inbox
import keeping
import message
import rooms
import saver
import settings
import words
from app import detecting, engine, results
from handlers import started
from page import element, new, window
from results import render as render_results
from save import save


def on(event_type, selector):
    """Makes an async function handle an event, as a task of its own."""

    def decorate(handler):
        when(event_type, selector)(started(handler))
        return handler

    return decorate


def show_threshold(value):
    """Takes a threshold between 0 and 1 and shows it."""
    percent = int(value * 100 + 0.5)
    results.threshold = percent / 100
    slider = element("threshold")
    slider.value = percent
    slider.setAttribute("aria-valuetext", "%d %%" % percent)
    element("threshold-value").textContent = "%d %%" % percent


def show_model():
    """Shows the models, and the facts of the chosen one."""
    options = []
    for each in catalogue.models:
        option = new("option", each["name"][words.language()])
        option.value = each["id"]
        options.append(option)
    element("model").replaceChildren(*options)
    model = catalogue.model(detecting.model)
    element("model").value = model["id"]
    detail = words.say(
        "model_detail",
        about=model["about"][words.language()],
        size=words.megabytes(model["variants"][-1 if saver.on() else 0]["bytes"]),
        licence=model["licence"],
    )
    element("model-detail").textContent = detail.rstrip(" ·")  # one's own model has no licence


def choose_model(model_id):
    """Makes this the model to detect with, with the threshold it had, or its own usual one."""
    if catalogue.model(model_id) is None:
        message.tell_error("model-unknown", {"id": model_id})
        model_id = catalogue.default_model
    model = catalogue.model(model_id)
    detecting.model = model_id
    floor = int(model["floor"] * 100 + 0.5)  # lower ones are not in the answer
    element("threshold").min = floor
    kept = settings.get("threshold:" + model_id, model["threshold"])
    show_threshold(max(floor / 100, min(kept, 0.95)))
    show_model()


def model_chosen(model_id):
    """Another model is wanted: from here, or from a room."""
    message.close_error()
    choose_model(model_id)
    asyncio.create_task(detecting.again())


settings.listen("model", model_chosen)


def models_changed(_value):
    """A model was brought from elsewhere, changed or removed; or its bytes are others now."""
    catalogue.read()
    if catalogue.model(detecting.model) is None:
        settings.put("model", catalogue.default_model)
    else:
        show_model()


for _name in ("own", "taken", "saver"):  # data saver takes other weights
    settings.listen(_name, models_changed)


@on("change", "#model")
async def model_changed(event):
    settings.put("model", event.target.value)


@on("input", "#threshold")
async def threshold_changed(event):
    show_threshold(int(event.target.value) / 100)
    detecting.shown_changed()


@on("change", "#threshold")
async def threshold_settled(_event):
    settings.put("threshold:" + detecting.model, results.threshold)


@on("change", "#file")
async def file_chosen(event):
    files = [event.target.files.item(i) for i in range(event.target.files.length)]
    event.target.value = ""  # so that the same file can be chosen again
    await detecting.files(files)


@on("click", "#camera")
async def camera_pressed(_event):
    message.close_error()
    await camera()


async def camera(toggle=True):
    """Starts the camera, or stops it."""
    room = await rooms.enter("live")
    if room:
        await (room.live.toggle() if toggle else room.live.start())


@on("click", "#freeze")
async def freeze_pressed(_event):
    room = await rooms.enter("live")
    if room:
        await room.live.freeze()


@on("click", "#save")
async def save_pressed(_event):
    await save(detecting)


@on("click", "#share")
async def share_pressed(_event):
    room = await rooms.enter("export")
    made = await keeping.record(detecting) if room else None
    if made:
        await room.show_for([made])


@on("click", "#samples")
async def sample_pressed(event):
    button = event.target.closest("button")
    if button:
        message.close_error()
        await detecting.sample(button.dataset.sample)


@on("click", "#counts")
async def class_pressed(event):
    button = event.target.closest("button")
    if button:
        results.toggle(button.dataset.label)


@on("click", "#engine-action")
async def engine_action_pressed(_event):
    message.close_error()
    if engine.state == "downloading":
        await download.pause()
    else:
        await detecting.again(True)


@on("click", "#language")
async def language_pressed(_event):
    words.switch()


def language_changed():
    """Writes everything that is said on the page again."""
    engine_panel.render(engine)
    message.language_changed()
    show_model()
    detecting.language_changed()


words.listen(language_changed)
settings.listen("hidden", lambda _value: detecting.shown_changed())


@on("click", "body")
async def anything_pressed(event):
    """Opens a room, where a button names one with data-room."""
    button = event.target.closest("[data-room]")
    if button:
        message.close_error()
        await rooms.open(button.dataset.room)


@on("click", "#message-close")
async def message_closed(_event):
    message.close()


@on("click", "#message-action")
async def message_accepted(_event):
    message.accept()


async def follow(search):
    """Does what an address asks for: ?model=ID, ?sample=NAME, ?source=camera, ?screen=ROOM.

    The system asks for ?source=photo (a shortcut) and ?shared=COUNT (sw.js).
    """
    asked = window.URLSearchParams.new(search)
    if asked.get("model"):
        choose_model(asked.get("model"))
    if await inbox.take(asked.get("shared")):
        return
    if asked.get("sample"):
        await detecting.sample(asked.get("sample"))
    elif asked.get("source") == "camera":
        await camera(False)
    else:
        if asked.get("source") == "photo":
            inbox.ask_for_photo()
        await detecting.again()
    screen = asked.get("screen")
    if screen and rooms.exists(screen):
        await rooms.open(screen)


def measured(_event):
    """Answers the event `mekiki:measure` with the bytes that this interpreter holds."""
    gc.collect()
    document.documentElement.dataset.shellBytes = gc.mem_alloc()


document.addEventListener("mekiki:measure", measured)


def offer_update():
    """Says that a new version waits."""
    message.offer_update(badges.update)
    badges.look_soon()


async def begin():
    """Makes the page usable, then does what may take longer."""
    try:
        words.apply_labels()
        engine_panel.render(engine)
        render_results(results)
        for selector in ("#file", "#camera", "#samples button", "[data-room]"):
            for each in document.querySelectorAll(selector):
                each.disabled = False
        gestures.listen(detecting)
        window.performance.mark("shell:interactive")
        document.documentElement.dataset.shell = "interactive"
        kept = settings.get("model")
        choose_model(kept if catalogue.model(kept) else catalogue.default_model)
        offline.register(offer_update)
        home_screen.listen()
        badges.listen()
        downloading.listen(detecting)
        inbox.listen(follow)
        ended = await crash.ended()
        room = await rooms.enter("careful") if ended != "null" else None
        if room:
            await room.start(ended, follow)
        else:
            await follow(window.location.search)
    except Exception as error:
        message.tell_exception(error)


asyncio.create_task(begin())
