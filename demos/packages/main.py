import json

from js import document

JAPANESE = document.documentElement.lang == "ja"
HERE = ("numpy", "opencv-python")


def word(english, japanese):
    return japanese if JAPANESE else english


def new(tag, text="", name=""):
    element = document.createElement(tag)
    element.textContent = text
    element.className = name
    return element


with open("packages.json") as file:
    lock = json.load(file)

stage = document.getElementById("stage")
label = new("label", word("Search a package", "パッケージを探す"))
field = new("input")
field.type = "search"
field.id = label.htmlFor = "search"
field.autocomplete = "off"
said = new("p", "", "hint")
said.setAttribute("role", "status")
rows = new("ul", "", "packages")
rows.tabIndex = 0  # who has no mouse scrolls with the keyboard
stage.append(label, field, said, rows)

found = []  # of each row what is searched, the row, and whether Pyodide has it
for name, version in lock["packages"]:
    row = new("li", name + " ")
    row.append(new("span", version, "hint"))
    if name in HERE:
        row.append(new("strong", word(" kept here", " ここにあります")))
    found.append((name.lower(), row, True))
for name in lock["without"]:
    row = new("li", name + " ", "without")
    row.append(new("span", word("not in Pyodide", "Pyodide にありません"), "hint"))
    found.append((name.lower(), row, False))
for _, row, _ in sorted(found, key=lambda each: each[0]):
    rows.append(row)

SHOWN = word(
    "In Pyodide: %d. Often asked for, and not there: %d.",
    "Pyodide にあるもの %d、よく求められるがないもの %d。",
)
NONE = word(
    "Pyodide %s does not have it. If it is pure Python, it can come from PyPI.",
    "Pyodide %s にはありません。純 Python なら PyPI から入れられます。",
)


def search(event):
    text = field.value.strip().lower()
    counts = {True: 0, False: 0}
    for name, row, there in found:
        row.hidden = text not in name
        counts[there] += not row.hidden
    if counts[True] or counts[False]:
        said.textContent = SHOWN % (counts[True], counts[False])
    else:
        said.textContent = NONE % lock["pyodide"]


field.addEventListener("input", search)
search(None)
print(
    "Pyodide %s, Python %s:" % (lock["pyodide"], lock["python"]), len(lock["packages"]), "packages"
)
