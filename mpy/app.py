"""What there is one of: the engine, the results, and what the person looks at."""

import engine_panel
import settings
from detecting import Detecting
from engine import Engine
from results import Results

__all__ = ("detecting", "engine", "results", "settings")

engine = Engine(lambda: engine_panel.render(engine))
results = Results()
detecting = Detecting(engine, results)
