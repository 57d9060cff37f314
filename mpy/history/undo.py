"""The offer to bring back what was just deleted: it lasts a few seconds."""

import asyncio

from pyscript import document

from page import element, show

LASTS_MS = 6000


class Undo:
    """One offer at a time."""

    def __init__(self, on_end):
        """on_end() is called when what was deleted cannot be brought back any more."""
        self._offers = 0  # grows with each, so that each lasts as long
        self._on_end = on_end

    async def offer(self, text):
        """Offers it, and returns when the offer is over."""
        self._offers += 1
        mine = self._offers
        element("history-undo-text").textContent = text
        show("history-undo")
        await asyncio.sleep_ms(LASTS_MS)
        while mine == self._offers and _has_focus():  # who is about to press it
            await asyncio.sleep_ms(500)
        if mine == self._offers:
            self.end()

    def withdraw(self):
        """Takes the offer away, because it was taken."""
        self._offers += 1
        show("history-undo", False)

    def end(self):
        """Takes the offer away, for good."""
        self.withdraw()
        self._on_end()


def _has_focus():
    active = document.activeElement
    return bool(active) and active.id == "history-undo-button"
