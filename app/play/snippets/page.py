# On this page only: a worker has no document.
import js

clicks = 0


def clicked(event):
    global clicks
    clicks += 1
    button.textContent = f"Clicked {clicks} times"


button = js.document.createElement("button")
button.className = "tool"
button.textContent = "Click me"
button.onclick = clicked
js.document.getElementById("stage").append(button)
print("A button is below.")
