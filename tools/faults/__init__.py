"""Faults of line, host, browser and storage, brought about on purpose: `make faults`."""
