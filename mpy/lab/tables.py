"""The results as tables with bars; the same bars go into the picture that can be saved."""

from lab.spread import spread
from lab.stages import STAGES
from lab.wording import interpreter, number, program, stage
from page import new
from words import megabytes, say

NAMES = ("micropython", "pyodide")


def bars(found):
    """[{"title", "rows": [{"label", "value", "part", "kind", "detail"}]}].

    part: of the longest bar, 0 to 1; kind: 0 is MicroPython.
    """
    groups = []
    sizes = [(name, found["bytes"][name], megabytes(found["bytes"][name]), "") for name in NAMES]
    groups.append(_group(say("lab_bytes"), sizes))
    if found["starts"]:
        if "line" in found:
            rows = [_over_the_line(found, name) for name in NAMES]
            groups.append(_group(say("lab_start_cold"), rows))
        first = [(name, found["starts"][name]["first"]) for name in NAMES]
        rows = [(name, value, _ms(value), "") for name, value in first]
        groups.append(_group(say("lab_start_first"), rows))
        rows = [_row(name, found["starts"][name]["again"], _ms) for name in NAMES]
        groups.append(_group(say("lab_start_again"), rows))
        memory = [
            (name, found["memory"][name], megabytes(found["memory"][name]), "") for name in NAMES
        ]
        groups.append(_group(say("lab_memory"), memory))
    if "calls" in found:
        for title, way in ((say("lab_to_python"), "toPython"), (say("lab_to_js"), "toJavaScript")):
            rows = [_row(name, found["calls"][name][way], _us) for name in NAMES]
            groups.append(_group(title, rows))
    if "dom" in found:
        groups.append(
            _group(say("lab_dom"), [_row(name, found["dom"][name], _us) for name in NAMES])
        )
    programs = found.get("programs", {})
    for key in sorted(programs):
        times = programs[key]["ms"]
        rows = [_row(name, times[name], _ms) for name in NAMES if name in times]
        groups.append(_group(program(key), rows))
    return groups


def _over_the_line(found, name):
    fetched = found["line"][name]["ms"]
    took = fetched + found["starts"][name]["first"]
    return (name, took, _ms(took), say("lab_of_that_line", ms=_ms(fetched)))


def _ms(value):
    return say("milliseconds", ms=number(value))


def _us(value):
    return say("lab_microseconds", us=number(value))


def _row(name, values, unit):
    of = spread(values)
    detail = say("lab_spread", low=unit(of["low"]), high=unit(of["high"]), runs=of["runs"])
    return (name, of["median"], unit(of["median"]), detail)


def _group(title, rows):
    longest = max([value for _, value, _, _ in rows]) or 1
    return {
        "title": title,
        "rows": [
            {
                "label": interpreter(name),
                "value": text,
                "part": value / longest,
                "kind": NAMES.index(name),
                "detail": detail,
            }
            for name, value, text, detail in rows
        ],
    }


def render(place, groups):
    """Writes the groups of bars as one table."""
    table = new("table")
    for group in groups:
        body = new("tbody")
        heading = new("th", group["title"])
        heading.scope, heading.colSpan = "rowgroup", 3
        row = new("tr")
        row.append(heading)
        body.append(row)
        for each in group["rows"]:
            label = new("th", each["label"])
            label.scope = "row"
            bar = new("span", "", "lab-bar")
            bar.style.width = "%.1f%%" % max(0.5, each["part"] * 100)
            bar.dataset.kind = str(each["kind"])
            holder = new("td")
            holder.setAttribute("aria-hidden", "true")
            holder.append(bar)
            value = new("td", each["value"], "lab-value")
            if each["detail"]:
                value.append(new("small", each["detail"]))
            line = new("tr")
            line.append(label, holder, value)
            body.append(line)
        table.append(body)
    place.replaceChildren(table)


def render_stages(place, found, names):
    """One table of p50 and p95 for each model; names: id -> its name."""
    parts = []
    for model, each in found["models"].items():
        size = "%d × %d" % tuple(each["input"])
        table = new("table")
        table.append(new("caption", say("lab_stages_of", model=names[model], input=size)))
        head = new("tr")
        for text in (say("lab_stage"), "p50", "p95"):
            cell = new("th", text)
            cell.scope = "col"
            head.append(cell)
        table.append(head)
        for key in STAGES:
            if key in each["ms"]:
                row = new("tr")
                label = new("th", stage(key))
                label.scope = "row"
                row.append(label)
                for quantile in ("p50", "p95"):
                    row.append(new("td", _ms(each["ms"][key][quantile]), "lab-value"))
                table.append(row)
        parts.append(table)
    place.replaceChildren(*parts)
