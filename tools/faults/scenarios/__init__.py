"""The faults, by where they happen: one generator of rows each."""
