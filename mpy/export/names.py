"""Names of files: safe on every system, dated, and each once."""

MOST_CHARACTERS = 40  # of the picture's own name; Windows counts the whole path
_UNSAFE = "<>:\"/\\|?*#%&{}$!'`@+="


def safe(text):
    """A piece of a file name that no system refuses and no shell takes for a command."""
    kept = ""
    for letter in text:
        if letter in _UNSAFE or ord(letter) <= 32 or 0x7F <= ord(letter) <= 0xA0:
            letter = "-"
        if letter != "-" or not kept.endswith("-"):
            kept += letter
    return kept.strip("-.")[:MOST_CHARACTERS].strip("-.")


class Names:
    """Gives each picture a name of its own."""

    def __init__(self, stamp):
        """stamp(time) gives a record's time as a piece of a name: 20261123-140000."""
        self._stamp = stamp
        self._taken = set()

    def of(self, record):
        """The name for a record's picture, without an extension."""
        own = record.get("name") or ""
        dot = own.rfind(".")
        if 0 < dot >= len(own) - 5 and "/" not in own[dot:]:  # an extension: .jpg, .webp
            own = own[:dot]
        own = safe(own)
        base = "mekiki-" + self._stamp(record["time"]) + ("-" + own if own else "")
        name, more = base, 1
        while name.lower() in self._taken:  # Windows and macOS take A.jpg and a.jpg for one
            more += 1
            name = "%s-%d" % (base, more)
        self._taken.add(name.lower())
        return name
