"""Screenshots of the built site: every screen, phone and desktop, light and dark, ja and en."""

from tools.screenshots.taking import take_all

__all__ = ("take_all",)
