"""Which classes a person means who types a few letters, in whatever language."""

CHIPS = 8  # as many classes as are offered at once


def fold(text):
    """Letters without their case, full-width ones as usual ones, hiragana as katakana."""
    folded = ""
    for letter in text.lower():
        code = ord(letter)
        if 0x3041 <= code <= 0x3096:  # ば and バ are the same sound
            code += 0x60
        elif 0xFF01 <= code <= 0xFF5E:  # a Japanese keyboard's letters
            code -= 0xFEE0
        elif code == 0x3000:
            code = 0x20
        folded += chr(code)
    return folded.lower().strip()


def matching(text, labels, names):
    """Those of the labels whose name has this text in it, in any language.

    labels: English labels. names: label -> its names in every language, if they are known.
    """
    wanted = fold(text)
    found = []
    for label in labels:
        if any(wanted in fold(name) for name in names.get(label, (label,))):
            found.append(label)
    return found


def frequent(counts, first=()):
    """The labels to offer: those chosen first, then those in the most pictures.

    counts: label -> number of pictures.
    """
    rest = sorted((-count, label) for label, count in counts.items() if label not in first)
    offered = list(first)
    offered.extend(label for _, label in rest)
    return offered[: max(CHIPS, len(first))]
