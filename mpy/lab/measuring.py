"""Starts both interpreters in workers of their own and asks them the same, in turn."""

import json

from pyscript.js_modules import download

import catalogue
import rooms
from app import engine
from page import new, window
from weights import tiers

NAMES = ("micropython", "pyodide")
STARTS = 5
ROUNDS = 7
CALLS = 100000
CHANGES = 2000

with open("/rooms-lab/data/lab.json") as _file:
    # {"micropython": folder, "bytes": {name: count}, "urls": {name: []}, "programs": {}}
    facts = json.load(_file)


class StoppedError(Exception):
    """The person wants no more of it."""


class MeasuringError(Exception):
    """An interpreter said what went wrong."""


class Measuring:
    """One run of everything. What is known so far is in `found`, in the form that is exported."""

    def __init__(self, tell, line):
        """tell(key, **data) is called with what is being done; line: the network, too."""
        self.tell = tell
        self.line = line
        self.stopped = False
        self.found = {"bytes": facts["bytes"], "starts": {}, "memory": {}, "versions": {}}
        self._open = {}  # name -> Interpreter of app/rooms/lab/interpreters.mjs

    def stop(self):
        """Ends it, and the workers."""
        self.stopped = True
        rooms.js("lab", "line").stop()
        self.close()

    def close(self):
        """Ends the workers."""
        for each in self._open.values():
            each.close()
        self._open.clear()

    async def run(self):
        """Measures all."""
        try:
            if self.line:
                await self._line()
            await self._starts()
            await self._calls()
            await self._dom()
            await self._programs()
        finally:
            self.close()

    async def _ask(self, name, operation, argument=None):
        if self.stopped:
            raise StoppedError
        said = json.loads(await self._open[name].ask(operation, json.dumps(argument)))
        if self.stopped:
            raise StoppedError
        if "error" in said:
            raise MeasuringError(said["error"])
        return said.get("answer")

    async def _start(self, name):
        if name in self._open:
            self._open.pop(name).close()
        began = window.performance.now()
        kept = name == "pyodide" and await _kept()
        self._open[name] = rooms.js("lab", "interpreters").open(kept)
        version = await self._ask(name, name, _files(name))
        return window.performance.now() - began, version

    async def _line(self):
        """What a first visit fetches, over this network; nothing where it is not reached."""
        found = {}
        for name in NAMES:
            self.tell("line", name=name)
            urls = [catalogue.address(url) for url in facts["urls"][name]]
            found[name] = json.loads(await rooms.js("lab", "line").fetchAnew(json.dumps(urls)))
            if self.stopped:
                raise StoppedError
            if not found[name]:
                return
        self.found["line"] = found

    async def _starts(self):
        times = {name: [] for name in NAMES}
        for turn in range(STARTS + 1):
            for name in NAMES:
                self.tell("start", name=name, turn=turn + 1, turns=STARTS + 1)
                took, version = await self._start(name)
                times[name].append(took)
                self.found["versions"][name] = version
        for name in NAMES:
            # The first one compiles what the browser may have kept compiled for the others.
            self.found["starts"][name] = {"first": times[name][0], "again": times[name][1:]}
            self.found["memory"][name] = await self._ask(name, "memory")

    async def _calls(self):
        found = {name: {"toPython": [], "toJavaScript": []} for name in NAMES}
        for turn in range(ROUNDS + 1):
            for name in NAMES:
                self.tell("calls", turn=turn, turns=ROUNDS)
                cost = await self._ask(name, "calls", CALLS)
                if turn:  # the first is for warming up
                    for way in found[name]:
                        found[name][way].append(cost[way])
        self.found["calls"] = found

    async def _dom(self):
        """A text of the page, changed: at once from here, by messages from a worker."""
        place = new("output")
        found = {name: [] for name in NAMES}
        for turn in range(ROUNDS):
            self.tell("dom", turn=turn + 1, turns=ROUNDS)
            began = window.performance.now()
            for count in range(CHANGES):
                place.textContent = str(count)
            found["micropython"].append((window.performance.now() - began) * 1000 / CHANGES)
            if self.stopped:
                raise StoppedError
            said = json.loads(await self._open["pyodide"].show(place, CHANGES))
            if "error" in said:
                raise MeasuringError(said["error"])
            found["pyodide"].append(said["answer"] * 1000 / CHANGES)
        self.found["dom"] = found

    async def _programs(self):
        numpy = await self._ask("pyodide", "load", "numpy")
        self.found["programs"] = {}
        for program in sorted(facts["programs"]):
            able = ("pyodide",) if program == "numpy" else NAMES
            if program == "numpy" and not numpy:
                continue
            times, results = {name: [] for name in able}, {}
            for name in able:
                await self._ask(name, "define", facts["programs"][program])
            for turn in range(ROUNDS + 1):
                for name in able:
                    self.tell("program", program=program, turn=turn, turns=ROUNDS)
                    answer = await self._ask(name, "run")
                    results[name] = answer["result"]
                    if turn:
                        times[name].append(answer["ms"])
            agree = len(set(results.values())) == 1
            self.found["programs"][program] = {"ms": times, "results": results, "agree": agree}


def _files(name):
    if name == "micropython":
        folder = catalogue.address(facts["micropython"])
        return {"module": folder + "/micropython.mjs", "wasm": folder + "/micropython.wasm"}
    site = catalogue.engine
    return {
        "runtime": catalogue.address(site["runtime"]),
        "stdlib": catalogue.address(site["stdlib"]),
        "lock": catalogue.address(site["locks"][engine.level]),
    }


async def _kept():
    return await missing() == 0


async def missing():
    """Bytes still to be fetched for Pyodide; -1 where nothing can be kept."""
    return await download.missing(tiers(engine.level, {}))
