"""The pictures of the list: one button each, with its time and what is in it."""

from page import new, window
from words import language, locale, say


def when():
    """A function that writes a record's time as people here read it."""
    options = window.Object.new()
    options.dateStyle, options.timeStyle = "medium", "short"
    writer = window.Intl.DateTimeFormat.new(locale(), options)
    return lambda time: writer.format(window.Date.new(time))


def counted(counts, names):
    """What is in a picture: dog, bicycle × 2.

    counts: [{"label", "count"}]. names: label -> its name in the language in use.
    """
    comma = "、" if language() == "ja" else ", "
    parts = []
    for each in counts:
        name = names.get(each["label"], each["label"])
        parts.append("%s × %d" % (name, each["count"]) if each["count"] > 1 else name)
    return comma.join(parts) or say("history_nothing_in_it")


def tile(entry, names, written):
    """A list item with its button.

    entry: of list.page(). names: see counted(). written: of when().
    """
    image, button, item = new("img"), new("button", "", "tile"), new("li")
    image.alt = ""
    image.loading = "lazy"
    image.decoding = "async"
    if entry["thumb"]:
        image.src = entry["thumb"]
    button.type = "button"
    button.dataset.id = entry["id"]
    button.append(
        image,
        new("span", counted(entry["counts"], names), "tile-found"),
        new("span", written(entry["time"]), "tile-when"),
    )
    item.append(button)
    return item
