"""The part of the report that tells of one network."""

from __future__ import annotations

from typing import Any

from tools.bench.agreement import compare
from tools.bench.rounds import Measured
from tools.bench.session import ORT
from tools.bench.spread import Ratio, Summary

SCALAR = "scalar"


def model_report(measured: Measured, wheels: list[str]) -> dict[str, Any]:
    """Times, agreement and ratios of one network, with every sample.

    Args:
        measured: the network's times and outputs. These are compared with the native engines';
            without any, with the first engine's.
        wheels: names of the engines that are wheels of ours.
    """
    rounds = measured.rounds
    natives = [name for name in rounds if name.startswith("native ")]
    verdicts = compare(measured.outputs, natives or list(rounds)[:1])
    engines = {
        name: Summary.of(measured.samples(name)).to_dict()
        | verdicts[name]
        | {"rounds": [[round(value, 3) for value in turn] for turn in turns]}
        for name, turns in rounds.items()
    }
    ratios = {
        f"{one} / {other}": Ratio.of(rounds[one], rounds[other])
        for one, other in pairs(wheels, with_ort=ORT in rounds)
    }
    return {
        **measured.subject.facts(),
        "engines": engines,
        "ratios": {name: ratio.to_dict() for name, ratio in ratios.items()},
    }


def pairs(wheels: list[str], *, with_ort: bool) -> list[tuple[str, str]]:
    """Whose times to divide by whose: ours / onnxruntime-web, ours / our first, scalar / ours."""
    ours = [name for name in wheels if name != SCALAR]
    pairs = [(name, ORT) for name in ours] if with_ort else []
    pairs += [(name, ours[0]) for name in ours[1:]]
    return pairs + [(SCALAR, name) for name in ours if SCALAR in wheels]


def ratio_spreads(report: dict[str, Any]) -> list[float]:
    """Each ratio's distance of quartiles, as a share of its median."""
    return [
        (ratio["q3"] - ratio["q1"]) / ratio["median"]
        for model in report["models"].values()
        for ratio in model["ratios"].values()
    ]


def wrong_engines(report: dict[str, Any]) -> list[str]:
    """Engines whose outputs are not the native ones', as `engine on network`."""
    return [
        f"{engine} on {model}"
        for model, found in report.get("models", {}).items()
        for engine, result in found["engines"].items()
        if not result["agrees"]
    ]
