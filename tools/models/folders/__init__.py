"""Holds each folder of `models/` to the contract of models/README.md."""

import sys

from tools.paths import PY

sys.path.insert(0, str(PY))
