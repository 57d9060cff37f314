"""The list of pictures: a page at once, the next when its end comes near."""

from page import element, window

from . import tiles

FIRST, MORE = 24, 48  # a phone's screen and a bit, and some way to scroll
NEAR = "900px"  # how far below the edge the end is when more is fetched


class Grid:
    """The buttons of #history-grid."""

    def __init__(self, shelf):
        self.selected = []  # ids, in the order of choosing
        self._shelf = shelf
        self._last = ""  # the id of the last one shown
        self._length = 0
        self._turn = 0
        self._fetching = False
        self._selecting = False
        self._watcher = None

    def wire(self, dialog, on_near):
        """on_near() is called when the end comes near."""

        def near(entries, _watcher):
            if entries.at(-1).isIntersecting:
                on_near()

        options = window.Object.new()
        options.root, options.rootMargin = dialog, NEAR
        self._watcher = window.IntersectionObserver.new(near, options)

    def _watch(self):
        """Asks to be told anew, for an end that is still near after a page was added."""
        end = element("history-end")
        self._watcher.unobserve(end)
        if self._length < self._shelf.total:
            self._watcher.observe(end)

    async def renew(self, keep_length):
        """Writes the list from its beginning; keep_length: as long as it was."""
        self._turn += 1
        turn = self._turn
        limit = max(FIRST, self._length) if keep_length else FIRST
        entries = await self._shelf.page("", limit)
        if turn != self._turn:
            return
        self._last, self._length = "", 0
        element("history-grid").replaceChildren(*self._made(entries))
        self._watch()

    async def more(self):
        """Adds the next page."""
        if self._fetching or self._length >= self._shelf.total:
            return
        turn = self._turn
        self._fetching = True
        try:
            entries = await self._shelf.page(self._last, MORE)
        finally:
            self._fetching = False
        if turn == self._turn and entries:
            element("history-grid").append(*self._made(entries))
            self._watch()

    def _made(self, entries):
        names, written, made = self._shelf.names(), tiles.when(), []
        for entry in entries:
            item = tiles.tile(entry, names, written)
            if self._selecting:
                pressed = "true" if entry["id"] in self.selected else "false"
                item.firstElementChild.setAttribute("aria-pressed", pressed)
            made.append(item)
        if entries:
            self._last = entries[-1]["id"]
            self._length += len(entries)
        return made

    def _buttons(self):
        return element("history-grid").querySelectorAll("button")

    def select(self, on):
        """Starts or ends choosing several."""
        self.selected, self._selecting = [], on
        for button in self._buttons():
            if on:
                button.setAttribute("aria-pressed", "false")
            else:
                button.removeAttribute("aria-pressed")

    def toggle(self, button):
        """Chooses a picture, or no longer."""
        chosen = button.dataset.id
        if chosen in self.selected:
            self.selected.remove(chosen)
        else:
            self.selected.append(chosen)
        button.setAttribute("aria-pressed", "true" if chosen in self.selected else "false")

    def take(self, ids):
        """Takes pictures out of the list that are there no more; the next one gets the focus."""
        ids, focus = set(ids), None
        for button in self._buttons():
            if button.dataset.id in ids:
                item = button.parentElement
                focus = item.nextElementSibling or item.previousElementSibling
                item.remove()
                self._length -= 1
        if focus:
            focus.firstElementChild.focus()
        self._watch()

    def clear(self):
        """Empties the list and frees its thumbnails."""
        self._turn += 1
        self._last, self._length = "", 0
        self._watcher.disconnect()
        element("history-grid").replaceChildren()
        self._shelf.release()
