"""What stands above the list: how much is kept, the classes to search by, what can be done."""

from pyscript import document

import settings
from page import element, new, show, window
from words import locale, megabytes, say, sentences


def number(value):
    """A count as people read it: 1,000."""
    return window.Intl.NumberFormat.new(locale()).format(value)


def size(count):
    """Bytes as people read them: 31 kB, 8.2 MB."""
    return megabytes(count) if count >= 1e6 else "%d kB" % int(count / 1e3 + 0.5)


def deleted(count):
    """The words for so many deleted pictures."""
    return sentences(say("history_deleted", count=number(count)), say("history_freed"))


def render(shelf):
    """Writes everything but the tools."""
    summary = say("history_summary", count=number(shelf.count), size=size(shelf.bytes))
    if shelf.filtered():
        found = say("history_found", total=number(shelf.total), count=number(shelf.count))
        summary = found + " · " + summary
    element("history-summary").textContent = summary
    show("history-off", not settings.get("history", True))
    for name in ("history-summary", "history-find", "history-tools"):
        show(name, shelf.count > 0)
    show("history-empty", shelf.count == 0)
    show("history-sure", False)
    if shelf.filtered() and shelf.count and not shelf.total:
        element("history-said").textContent = say("history_none_match", text=shelf.text)
    _render_chips(shelf)


def _render_chips(shelf):
    focused = document.activeElement
    focused = focused.getAttribute("data-label") if focused else None
    names, chips = shelf.names(), []
    for label in shelf.offered():
        count = number(shelf.labels[label])
        chip = new("button", say("history_chip", name=names.get(label, label), count=count), "tool")
        chip.type = "button"
        chip.dataset.label = label
        chip.setAttribute("aria-pressed", "true" if label in shelf.chosen else "false")
        chips.append(chip)
    element("history-chips").replaceChildren(*chips)
    for chip in chips:
        if focused and chip.dataset.label == focused:
            chip.focus()


def render_tools(shelf, selecting, selected):
    """Writes what the buttons would do now; selected: how many pictures are."""
    element("history-select").setAttribute("aria-pressed", "true" if selecting else "false")
    if selecting:
        export = say("history_export_selected", count=number(selected))
        delete = say("history_delete_selected", count=number(selected))
    elif shelf.filtered():
        export = say("history_export_these", count=number(shelf.total))
        delete = say("history_delete_these", count=number(shelf.total))
    else:
        export, delete = say("history_export_all"), say("history_delete_all")
    usable = selected > 0 if selecting else shelf.total > 0
    for name, text in (("history-export", export), ("history-delete", delete)):
        element(name).textContent = text
        element(name).disabled = not usable


def ask(shelf):
    """Asks whether all that the list shows may be deleted."""
    count = number(shelf.total)
    element("history-question").textContent = say("history_question", count=count)
    element("history-yes").textContent = say("history_yes", count=count)
    show("history-sure")
    element("history-no").focus()
