"""Measurements in a real browser: `make bench`."""
