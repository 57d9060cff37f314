"""The engine as the shell sees it: what state it is in, and how it gets ready.

There is one build of OpenCV for each level of SIMD instructions. A phone needs the build of the
best level that its browser has, and makes do with a lesser one where that is all there is.

States: idle, downloading, starting (Python), preparing (the model), ready, failed. The bytes and
the frames are the business of app/download.mjs and app/bridge.mjs.
"""

import asyncio
import json

from pyscript.ffi import to_js
from pyscript.js_modules import bridge as js_bridge
from pyscript.js_modules import download, offline, simd

import catalogue
import message
import saver
import settings
import weights
from page import window
from weights import tiers

# A phone may take half a minute; a runtime that never settles (a damaged wasm file does that)
# must still end in words. https://github.com/pyodide/pyodide/issues/2058 and its like.
START_TIMEOUT_MS = 120000
UNKEPT_TIMEOUT_MS = 900000  # 20 MB come in between, over whatever line this is
MODEL_TIMEOUT_MS = 60000
CONTROL_TIMEOUT_MS = 15000
SAMPLES_DELAY_MS = 3000

# After these the worker is gone or not to be trusted: the next try starts a new one.
_FATAL = (
    "engine-crashed",
    "engine-timeout",
    "engine-stopped",
    "engine-start-failed",
    "out-of-memory",  # WebAssembly memory never shrinks
)
# The person wanted it so; what has arrived may be kept.
_STOPPED = ("download-paused", "download-cancelled")
_NO_SIMD = {"code": "simd-missing", "data": {}}


class Engine:
    """Gets the worker and a model ready, once, however often it is asked."""

    def __init__(self, on_change):
        """on_change is called after every change of the attributes below."""
        self.state = "idle"
        self.wanted = None  # the id of the model that was last asked about
        self.model = None  # the id of the model that is ready, or is being made ready
        self.size = None  # (width, height) of its input
        self.variant = None  # of its weights, see mpy/weights.py
        self.done = self.total = 0  # bytes of the download under way
        self.rate = 0  # of it, bytes a second; 0 where that is not known yet
        self.waiting = 0  # seconds until a line that broke is tried again; 0 while it holds
        self.paused = False  # whether the person stopped it, to go on later
        self.missing = -1  # bytes to download before it can run; -1 where that is not known
        self.levels = json.loads(simd.levels())  # of this browser, the best first
        self.level = self.levels[0] if self.levels else None  # of the build in use, or to be used
        self.about = None  # versions of what runs, once it runs
        self.error = None  # {"code", "data"} in state failed
        self.bridge = js_bridge.connect(catalogue.engine["worker"])
        if settings.get("heap-mark"):  # for tests, and for phones that are smaller than they say
            self.bridge.heapMark = settings.get("heap-mark")
        self.careful = False  # after a bad end: the smallest weights, and nothing by itself
        self._started = False
        self.kept = False  # whether the files are in our cache
        self._samples_kept = False
        self._checking = asyncio.Lock()
        self._sound = set()  # names of tiers whose files are what they should be
        self._damage = None  # the error that tells which are not
        self._on_change = on_change
        self._lock = asyncio.Lock()

    def _set(self, state, error=None):
        self.state, self.error = state, error
        self._on_change()

    async def look(self, model_id):
        """Finds out how many bytes this model still needs, and is idle until it is wanted."""
        if not self.levels:
            self.failed(_NO_SIMD)
            return
        self.wanted = model_id
        if self.state == "ready" and self.model != model_id:
            self._set("idle")
        variant = await weights.choose(model_id, self.careful)
        self.missing = await download.missing(tiers(self.level, variant))
        offline_now = self.missing > 0 and not window.navigator.onLine
        if offline_now and await self._kept(model_id, self.levels):
            self.missing = 0
        self._on_change()

    async def needs_little(self, model_id, most):
        """Whether this model can run with at most so many bytes over the line."""
        if self.state == "ready" and self.model == model_id:
            return True
        variant = await weights.choose(model_id, self.careful)
        missing = await download.missing(tiers(self.level, variant))
        return 0 <= missing <= most

    def _lesser_levels(self):
        return self.levels[self.levels.index(self.level) + 1 :]

    async def _kept(self, model_id, levels):
        """The best (level, variant) of which everything is kept on this phone, or None."""
        for level in levels:
            for variant in catalogue.model(model_id)["variants"]:
                if await download.missing(tiers(level, variant)) == 0:
                    return level, variant
        return None

    async def ensure(self, model_id, size=None):
        """Gets this model ready, for an input of this size (width, height) or its usual one.

        Returns whether it is. What went wrong is in `error`.
        """
        async with self._lock:
            if self.state == "ready" and (self.model, self.size) == (model_id, size):
                return True
            if not self.levels:
                self.failed(_NO_SIMD)
                return False
            self.model, self.size = model_id, size
            self.variant = await weights.choose(model_id, self.careful)
            if not self._started:
                self.level = self.levels[0]
            error = await self._prepare()
            if error and await self._can_mend(error):
                error = await self._prepare()
            if error:
                await self._ended(error)
                return False
            self._set("ready")
            if not window.performance.getEntriesByName("engine:ready").length:
                window.performance.mark("engine:ready")
            return True

    async def _prepare(self):
        """Takes all steps to detect; returns the error of the first that fails."""
        error = await self._download()
        if error:
            return error
        # Python starts meanwhile; but nothing is shown that rests on a damaged file.
        checked = asyncio.create_task(self._check())
        error = await self._start() or await self._load()
        return await checked or error

    async def _check(self):
        """Compares the files in use with their hashes, once; wrong ones are deleted.

        Returns an error, or None when they are what they should be.
        """
        if not self.kept:
            return None
        async with self._checking:
            names = [
                name
                for name in json.loads(tiers(self.level, self.variant))
                if name not in self._sound
            ]
            if not names or self._damage:
                return self._damage
            found = json.loads(await download.check(json.dumps(names)))
            if found.get("wrong"):
                self.bridge.terminate()  # a damaged runtime may never answer
                files = ", ".join([address.split("/")[-1] for address in found["wrong"]])
                data = {"files": files, "size": found["bytes"]}
                self._damage = {"code": "kept-damaged", "data": data}
            elif "error" not in found:
                self._sound.update(names)
            return self._damage

    async def _can_mend(self, error):
        """Whether a second try makes sense: what is wrong is fetched anew then."""
        if error["code"] not in ("kept-damaged", "engine-timeout"):
            return False
        self._started = False
        self.bridge.terminate()
        if error["code"] == "kept-damaged":
            self._damage = None
            message.tell_error(error["code"], error["data"])
        return True

    async def _ended(self, error):
        if error["code"] not in _STOPPED:
            self.failed(error)
            return
        wanted, self.model = self.model, None
        self.paused = error["code"] == "download-paused"
        self.state = "idle"
        await self.look(wanted)

    def forget(self):
        """Takes note that kept files may have been deleted by the person."""
        self._sound.clear()
        self._samples_kept = False

    async def renew(self):
        """Ends the worker, so that ensure() starts one anew from what is kept."""
        async with self._lock:
            self._started, self.model = False, None
            self.bridge.terminate()
            if self.state == "ready":
                self._set("idle")

    async def lend(self):
        """Gives the running worker to who wants another model in it; ensure() takes it back.

        Returns whether it runs.
        """
        async with self._lock:
            if self._started:
                self.model = None
                self._set("idle")
            return self._started

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
        self.done = self.total = self.rate = self.waiting = 0
        self.paused = False
        self._set("downloading")  # with no total: still finding out what is needed
        self.kept = False
        if not download.possible():
            return None  # nothing can be kept: the worker fetches the plain files by itself
        if not await offline.coming() and not await offline.controlled(CONTROL_TIMEOUT_MS):
            return None
        self.kept = True

        def progress(done, total, rate, waiting):
            self.done, self.total, self.rate, self.waiting = done, total, rate, waiting
            self._set("downloading")

        names = tiers(self.level, self.variant)
        error = None
        if await download.missing(names) != 0:
            error = json.loads(await download.fetchTiers(names, progress)).get("error")
        if error and error["code"] not in _STOPPED:
            # The line is down. The build that served until now, before an update brought the
            # browser a better level, still does; and so do the model's smaller weights.
            levels = [self.level] if self._started else self.levels
            kept = await self._kept(self.model, levels)
            if kept:
                self.level, self.variant = kept
                error = None
        if not error:
            self.missing = 0
            # On a first visit the line brings the shell and the engine side by side.
            self.kept = await offline.controlled(CONTROL_TIMEOUT_MS)
        return error

    async def _call(self, operation, argument, timeout):
        return json.loads(await self.bridge.call(operation, to_js(argument), timeout))

    async def _start(self):
        if self._started:
            return None
        self._set("starting")
        self.bridge.refuseNetwork(self.kept)
        files = {
            name: catalogue.address(catalogue.engine[name])
            for name in ("runtime", "stdlib", "code")
        }
        files["lock"] = catalogue.address(catalogue.engine["locks"][self.level])
        files["packages"] = catalogue.engine["packages"]
        timeout = START_TIMEOUT_MS if self.kept else UNKEPT_TIMEOUT_MS
        answer = await self._call("start", files, timeout)
        error = answer.get("error")
        if error is None:
            self._started, self.about = True, answer
        elif error["code"] == "engine-start-failed" and self._lesser_levels():
            # Only a browser that cannot, not a damaged file, is a reason for another build.
            return await self._check() or await self._start_lesser()
        return error

    async def _start_lesser(self):
        """Starts the next build, because the browser does not run what it said it can."""
        self.bridge.terminate()
        self.level = self._lesser_levels()[0]
        return await self._download() or await self._start()

    async def _load(self):
        self._set("preparing")
        files = await weights.files(self.model, self.variant)
        if files is None:
            return {"code": "own-model-missing", "data": {"model": self.model}}
        if self.size:
            files["width"], files["height"] = self.size
        graph = files.pop("onnx")
        argument = to_js(files)
        argument.onnx = graph
        answer = json.loads(await self.bridge.call("model", argument, MODEL_TIMEOUT_MS))
        return answer.get("error")

    async def keep_samples(self):
        """Brings the sample photos too, last, so that they can be tried offline."""
        if self._samples_kept or not self.kept:
            return
        self._samples_kept = True
        await asyncio.sleep_ms(SAMPLES_DELAY_MS)
        if self.state == "ready" and not saver.on():
            # The worker may be lent, or start anew, while the samples come.
            exact = weights.better(catalogue.model(self.model), self.variant)
            await download.fetchTiers(json.dumps(["samples"]), lambda *_: None)
            await offline.keepAll()
            if exact and not self.careful and await offline.lineWorks():
                await download.fetchTiers(json.dumps([exact]), lambda *_: None)
            if not json.loads(await offline.handshake())["alone"]:
                return  # another tab may be of an older version, and need what this one does not
            # The best build is not thrown away while a lesser one has to run.
            needed = (self.level, self.levels[0])
            unneeded = [level for level in catalogue.engine["locks"] if level not in needed]
            await download.tidy(json.dumps(["engine-" + level for level in unneeded]))
