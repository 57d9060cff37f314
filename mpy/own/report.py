"""What the doctor says of a file, and what the file says of itself."""

from page import element, new, show
from words import megabytes, say

_told = None  # the worker's answer to `inspect`

ORDER = ("blocks", "warns", "notes")


def tell(told):
    """Shows an answer of `inspect`; None takes it away."""
    global _told
    _told = told
    render()


def _words(kind, code, data):
    """Findings that come later than these words are at least named."""
    key = kind + code.replace("-", "_")
    try:
        return say(key, **data)
    except KeyError:
        return code


def _finding(each):
    row = new("li", _words("finding_", each["code"], each["data"]))
    row.dataset.severity = each["severity"]
    if each["advice"]:
        row.append(new("span", _words("advice_", each["advice"], {}), "advice"))
    return row


def _shape(shape):
    if shape is None:
        return say("own_shapeless")
    return " × ".join([str(length) for length in shape])


def _values(values):
    place = new("div")
    for each in values:
        words = "%s: %s, %s" % (each["name"], each["type"], _shape(each["shape"]))
        place.append(new("div", words))
    return place


def _operators(told):
    place, kinds = new("div"), new("div", "", "kinds")
    # MicroPython's dicts have no order.
    for count, name in sorted([(-count, name) for name, count in told["operators"].items()]):
        kinds.append(new("span", "%s × %d" % (name, -count)))
    words = say("own_operators_of", count=told["nodes"], kinds=len(told["operators"]))
    place.append(new("div", words), kinds)
    return place


def _metadata(entries):
    place = new("div")
    for key in sorted(entries):
        value = entries[key]
        place.append(new("div", "%s: %s" % (key, value if len(value) < 300 else value[:300] + "…")))
    return place


def _work(estimate):
    unknown = say("own_unknown")
    gflops, memory = estimate["gflops"], estimate["activations_bytes"]
    gflops = unknown if gflops is None else "%.3g GFLOPs" % gflops
    memory = unknown if memory is None else megabytes(memory + estimate["weights_bytes"])
    return say("own_work_of", gflops=gflops, memory=memory)


def _rows(told):
    unsaid = say("own_unsaid")
    ir = unsaid if told["ir"] is None else told["ir"]
    opset = unsaid if told["opset"] is None else told["opset"]
    yield say("own_place"), new("span", megabytes(told["bytes"]))
    yield say("own_work"), new("span", _work(told["report"]["estimate"]))
    yield say("own_format"), new("span", say("own_format_of", ir=ir, opset=opset))
    yield say("own_producer"), new("span", told["producer"] or unsaid)
    yield say("own_inputs"), _values(told["inputs"])
    yield say("own_outputs"), _values(told["outputs"])
    yield say("own_operators"), _operators(told)
    if told["metadata"]:
        yield say("own_metadata"), _metadata(told["metadata"])


def render():
    """Writes it, in the language in use."""
    show("own-report", _told is not None)
    if _told is None:
        return
    report = _told["report"]
    element("own-name").textContent = _told["name"]
    verdict = element("own-verdict")
    verdict.dataset.verdict = report["verdict"]
    verdict.textContent = say("verdict_" + report["verdict"].replace("-", "_"))
    found = sorted([(ORDER.index(e["severity"]), i) for i, e in enumerate(report["findings"])])
    element("own-findings").replaceChildren(*[_finding(report["findings"][i]) for _, i in found])
    rows = []
    for term, value in _rows(_told):
        detail = new("dd")
        detail.append(value)
        rows += [new("dt", term), detail]
    element("own-facts").replaceChildren(*rows)
