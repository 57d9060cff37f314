"""Guesses how to use an ONNX file: a model.json for each reading of its outputs that makes sense.

A person corrects the guess while looking at what it finds; see docs/models.md.
"""

from mekiki.propose.facts import propose
from mekiki.propose.trial import try_out

__all__ = ["propose", "try_out"]
