"""Model files that nobody should be able to break the engine with."""
