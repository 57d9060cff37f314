from js import document
from opponent import after, best, free, winner

EN = {
    "turn": "Your turn: X",
    "won": "X has won",
    "lost": "O has won",
    "draw": "A draw",
    "again": "New game",
    "first": "Let the computer begin",
    "field": "Row %d, column %d: %s",
    "empty": "empty",
}
JA = {
    "turn": "あなたの番です: X",
    "won": "X の勝ち",
    "lost": "O の勝ち",
    "draw": "引き分け",
    "again": "もう一度",
    "first": "コンピューターを先手にする",
    "field": "%d 行 %d 列: %s",
    "empty": "空き",
}
WORDS = JA if document.documentElement.lang == "ja" else EN
STEPS = {"ArrowLeft": -1, "ArrowRight": 1, "ArrowUp": -3, "ArrowDown": 3}
game = {"board": "." * 9, "over": False}
fields = []


def new(tag, text=""):
    element = document.createElement(tag)
    element.textContent = text
    return element


def render():
    line = winner(game["board"])
    for field, button in enumerate(fields):
        mark = game["board"][field]
        button.textContent = "" if mark == "." else mark
        name = WORDS["empty"] if mark == "." else mark
        label = WORDS["field"] % (field // 3 + 1, field % 3 + 1, name)
        button.setAttribute("aria-label", label)
        button.className = "cell won" if str(field) in line else "cell"
    game["over"] = bool(line) or not free(game["board"])
    if line:
        word = "won" if game["board"][int(line[0])] == "X" else "lost"
    else:
        word = "draw" if game["over"] else "turn"
    said.textContent = WORDS[word]


def answer():
    game["board"] = after(game["board"], best(game["board"], "O"), "O")


def play(field):
    def clicked(event):
        if game["over"] or game["board"][field] != ".":
            return
        game["board"] = after(game["board"], field, "X")
        if not winner(game["board"]) and free(game["board"]):
            answer()
        render()

    return clicked


def moved(field):
    def pressed(event):
        step = STEPS.get(event.key)
        to = field + (step or 0)
        same_row = to // 3 == field // 3
        if step and 0 <= to < 9 and (same_row or abs(step) == 3):
            event.preventDefault()
            fields[to].focus()

    return pressed


def restart(computer_first):
    def clicked(event):
        game["board"] = "." * 9
        if computer_first:
            answer()
        render()
        fields[4].focus()

    return clicked


stage = document.getElementById("stage")
said = new("p")
said.setAttribute("role", "status")
board = new("div")
board.className = "board"
for field in range(9):
    button = new("button")
    button.type = "button"
    button.addEventListener("click", play(field))
    button.addEventListener("keydown", moved(field))
    fields.append(button)
    board.append(button)
stage.append(said, board)
for word in ("again", "first"):
    button = new("button", WORDS[word])
    button.type = "button"
    button.className = "tool"
    button.addEventListener("click", restart(word == "first"))
    stage.append(button)
render()
