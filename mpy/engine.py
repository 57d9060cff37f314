"""The engine as the shell sees it: what state it is in, and how it gets ready.

States: idle, downloading, starting (Python), preparing (the model), ready, failed. The bytes and
the frames are the business of app/download.mjs and app/bridge.mjs.
"""

import asyncio
import json

from pyscript.ffi import to_js
from pyscript.js_modules import bridge as js_bridge
from pyscript.js_modules import download, offline

import catalogue
from page import window

# A phone may take half a minute; a runtime that never settles (a damaged wasm file does that)
# must still end in words. https://github.com/pyodide/pyodide/issues/2058 and its like.
START_TIMEOUT_MS = 120000
UNKEPT_TIMEOUT_MS = 900000  # 20 MB come in between, over whatever line this is
MODEL_TIMEOUT_MS = 60000
CONTROL_TIMEOUT_MS = 15000
SAMPLES_DELAY_MS = 3000

# After these the worker is gone or not to be trusted: the next try starts a new one.
_FATAL = ("engine-crashed", "engine-timeout", "engine-stopped", "engine-start-failed")


class Engine:
    """Gets the worker and a model ready, once, however often it is asked."""

    def __init__(self, on_change):
        """on_change is called after every change of the attributes below."""
        self.state = "idle"
        self.model = None  # the id of the model that is ready, or is being made ready
        self.done = self.total = 0  # bytes of the download under way
        self.missing = -1  # bytes to download before it can run; -1 where that is not known
        self.error = None  # {"code", "data"} in state failed
        self.bridge = js_bridge.connect(catalogue.engine["worker"])
        self._started = False
        self._kept = False  # whether the files are in our cache
        self._samples_kept = False
        self._on_change = on_change
        self._lock = asyncio.Lock()

    def _set(self, state, error=None):
        self.state, self.error = state, error
        self._on_change()

    async def look(self, model_id):
        """Finds out how many bytes this model still needs, and is idle until it is wanted."""
        if self.state == "ready" and self.model != model_id:
            self._set("idle")
        self.missing = await download.missing(json.dumps(["engine", "model:" + model_id]))
        self._on_change()

    async def ensure(self, model_id):
        """Gets this model ready; returns whether it is. What went wrong is in `error`."""
        async with self._lock:
            if self.state == "ready" and self.model == model_id:
                return True
            self.model = model_id
            for step in (self._download, self._start, self._load):
                error = await step()
                if error:
                    self.failed(error)
                    return False
            self._set("ready")
            if not window.performance.getEntriesByName("engine:ready").length:
                window.performance.mark("engine:ready")
            return True

    def failed(self, error):
        """Takes note of an error that leaves the engine unusable until it is tried again."""
        self.model = None
        if error["code"] in _FATAL:
            self._started = False
            self.bridge.terminate()
        self._set("failed", error)

    def is_fatal(self, error):
        """Whether the worker did not survive this error."""
        return error["code"] in _FATAL

    async def _download(self):
        self.done = self.total = 0
        self._set("downloading")  # with no total: still finding out what is needed
        self._kept = False
        if not download.possible() or not await offline.controlled(CONTROL_TIMEOUT_MS):
            return None  # nothing can be kept: the worker fetches the plain files by itself
        self._kept = True

        def progress(done, total):
            self.done, self.total = done, total
            self._set("downloading")

        tiers = ["engine", "model:" + self.model]
        answer = json.loads(await download.fetchTiers(json.dumps(tiers), progress))
        self.missing = self.missing if "error" in answer else 0
        return answer.get("error")

    async def _call(self, operation, argument, timeout):
        answer = await self.bridge.call(operation, to_js(argument), timeout)
        return json.loads(answer).get("error")

    async def _start(self):
        if self._started:
            return None
        self._set("starting")
        files = {
            name: catalogue.address(catalogue.engine[name])
            for name in ("runtime", "stdlib", "lock", "code")
        }
        files["packages"] = catalogue.engine["packages"]
        timeout = START_TIMEOUT_MS if self._kept else UNKEPT_TIMEOUT_MS
        error = await self._call("start", files, timeout)
        self._started = error is None
        return error

    async def _load(self):
        self._set("preparing")
        model = catalogue.model(self.model)
        argument = {
            "id": model["id"],
            "onnx": catalogue.address(model["onnx"]),
            "code": catalogue.address(model["code"]),
        }
        return await self._call("model", argument, MODEL_TIMEOUT_MS)

    async def keep_samples(self):
        """Brings the sample photos too, last, so that they can be tried offline."""
        if self._samples_kept or not self._kept:
            return
        self._samples_kept = True
        await asyncio.sleep_ms(SAMPLES_DELAY_MS)
        if self.state == "ready":
            await download.fetchTiers(json.dumps(["samples"]), lambda _done, _total: None)
            await download.tidy()
