"""Writes the static site, dist/."""
