"""Where things are in the project."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "app"
MPY = ROOT / "mpy"
PY = ROOT / "py"
DEMOS = ROOT / "demos"
MODELS = ROOT / "models"
NODE_MODULES = ROOT / "node_modules"
CACHE = ROOT / ".cache"
DIST = ROOT / "dist"
REPORTS = ROOT / "reports"
