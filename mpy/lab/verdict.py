"""What the numbers say, in words."""

from lab.spread import faster, spread
from lab.wording import interpreter, program
from words import say

NAMES = ("micropython", "pyodide")
_PAIRS = (NAMES, ("pyodide", "micropython"))


def times(ratio):
    """A ratio as people say it: 14, 3, 1.4."""
    return "%d" % (ratio + 0.5) if ratio >= 3 else "%.1f" % ratio


def _listed(names):
    return say("lab_comma").join([program(each) for each in names])


def _starts(starts):
    again = {name: spread(starts[name]["again"]) for name in NAMES}
    for one, other in _PAIRS:
        ratio = faster(again[one], again[other])
        if ratio:
            return say(
                "lab_starts_sooner",
                one=interpreter(one),
                other=interpreter(other),
                times=times(ratio),
            )
    return say("lab_starts_alike")


def _programs(programs):
    """How many programs each runs faster, and which one most clearly."""
    wins = {name: [] for name in NAMES}
    compared = [name for name in sorted(programs) if len(programs[name]["ms"]) > 1]
    even = []
    for name in compared:
        of = {key: spread(values) for key, values in programs[name]["ms"].items()}
        ratios = {one: faster(of[one], of[other]) for one, other in _PAIRS}
        for one in NAMES:
            if ratios[one]:
                wins[one].append((ratios[one], name))
        if not any(ratios.values()):
            even.append(name)
    for one, other in _PAIRS:
        if wins[one]:
            ratio, name = max(wins[one])
            yield say(
                "lab_programs_faster",
                one=interpreter(one),
                other=interpreter(other),
                count=len(wins[one]),
                of=len(compared),
                program=program(name),
                times=times(ratio),
            )
    if even:
        yield say("lab_programs_alike", programs=_listed(even))


def sentences(found):
    """The verdict on what Measuring has found, a list of sentences."""
    said = [_starts(found["starts"])]
    sizes, memory = found["bytes"], found["memory"]
    said.append(say("lab_bytes_fewer", times=times(sizes["pyodide"] / sizes["micropython"])))
    if memory.get("micropython") and memory.get("pyodide"):
        ratio = times(memory["pyodide"] / memory["micropython"])
        said.append(say("lab_memory_more", times=ratio))
    said.extend(_programs(found.get("programs", {})))
    if "numpy" in found.get("programs", {}):
        said.append(say("lab_numpy_only"))
    wrong = [name for name, each in found.get("programs", {}).items() if not each["agree"]]
    if wrong:
        said.append(say("lab_disagree", programs=_listed(wrong)))
    return said
