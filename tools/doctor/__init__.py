"""The doctor at a developer's desk: what the app says of an ONNX file, tried out and mended."""

import sys

from tools.paths import PY

sys.path.insert(0, str(PY))
