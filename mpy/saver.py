"""The data saver: nothing large comes over the line before it is asked for."""

import settings
from page import window


def on():
    """Whether to save data: what the person chose, or what the browser was told."""
    chosen = settings.get("saver", "auto")
    if chosen != "auto":
        return chosen == "on"
    connection = getattr(window.navigator, "connection", None)
    return bool(connection and connection.saveData)
