"""What docs/decisions/0001 promises of PyScript's library without PyScript's core."""

import pytest


def test_everything_that_pyscript_offers_can_be_imported(micropython):
    kind = micropython("""
        from pyscript import HTML, Event, PyWorker, Storage, WebSocket, config, create_named_worker
        from pyscript import current_target, display, document, fetch, js_import, js_modules
        from pyscript import py_import, storage, sync, web, when, window, workers, RUNNING_IN_WORKER
        from pyscript import events, ffi, flatted, fs, media, util, websocket
        answer([config["type"], RUNNING_IN_WORKER])
    """)

    assert kind == ["mpy", False]


def test_document_and_window_are_those_of_the_page(micropython):
    seen = micropython("""
        from pyscript import document, window
        answer([document.documentElement.lang, window.document.baseURI == document.baseURI])
    """)

    assert seen == ["en", True]


def test_web_finds_elements_of_the_page_and_makes_new_ones(micropython):
    seen = micropython("""
        from pyscript import document, web
        web.page["engine-text"].textContent = "from web"
        made = web.div(web.img(alt="a dog"), title="found")
        answer([
            document.getElementById("engine-text").textContent,
            [each.id for each in web.page.find("#counts")],
            web.page["no-such-id"],
            [made.title, [each.alt for each in made._dom_element.children]],
        ])
    """)

    assert seen == ["from web", ["counts"], None, ["found", ["a dog"]]]


@pytest.mark.parametrize("kind", ["def", "async def"])
def test_when_calls_a_handler_with_the_event_or_without(micropython, kind):
    heard = micropython(f"""
        import asyncio
        from pyscript import document, when
        from page import element, window
        heard = []

        @when("click", "#camera")
        {kind} with_event(event):
            heard.append(event.type + " on " + event.target.id)

        @when("click", "#camera")
        {kind} without_event():
            heard.append("pressed")

        element("camera").dispatchEvent(window.Event.new("click"))
        await asyncio.sleep_ms(1)
        answer(sorted(heard))
    """)

    assert heard == ["click on camera", "pressed"]


def test_when_refuses_a_selector_that_finds_nothing(micropython):
    said = micropython("""
        from pyscript import when
        try:
            when("click", "#no-such-id")
        except ValueError as error:
            answer(str(error))
    """)

    assert said == "No elements found for selector: #no-such-id"


def test_a_custom_event_reaches_its_listeners(micropython):
    heard = micropython("""
        from pyscript import Event, when
        found, heard = Event(), []

        @when(found)
        def on_found(result):
            heard.append(result)

        found.trigger("dog")
        answer(heard)
    """)

    assert heard == ["dog"]


def test_js_modules_are_the_modules_of_the_page(micropython):
    seen = micropython("""
        from pyscript.js_modules import bridge, download
        from pyscript.js_modules.frames import jpeg
        answer([callable(bridge.connect), download.possible(), callable(jpeg)])
    """)

    assert seen == [True, True, True]


@pytest.mark.parametrize(
    ("use", "name"),
    [
        ("py_import('numpy')", "py_import"),
        ("PyWorker('worker.py')", "PyWorker"),
        ("await create_named_worker('worker.py', 'finder')", "pyscript.workers"),
        ("workers['finder']", "pyscript.workers"),
        ("await storage('settings')", "pyscript.storage"),
        ("await fs.mount('/folder')", "pyscript.fs"),
    ],
)
def test_what_needs_the_core_says_so_when_it_is_used(micropython, use, name):
    imports = "from pyscript import PyWorker, create_named_worker, fs, py_import, storage, workers"
    said = micropython.failure(f"{imports}\n{use}")

    assert f"{name} needs PyScript's core, which mekiki does not load" in said


def test_micropython_catches_a_rejected_promise(micropython):
    caught = micropython("""
        from page import window
        try:
            await window.Promise.reject(window.Error.new("refused"))
        except Exception as error:
            answer(list(error.args[1:]))
    """)

    assert caught == ["Error", "refused"]


def test_micropython_cannot_catch_what_javascript_throws_at_once(micropython):
    # So a call that may throw belongs behind a function in app/ that catches. Worse, the collector
    # stops for good: MicroPython 1.29 counts the calls that it is in, and never leaves this one.
    said = micropython.failure("""
        from page import window
        try:
            window.JSON.parse("{")
        except Exception:
            answer("caught")
    """)

    assert "JSON" in said
