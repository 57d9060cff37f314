"""The report in words and columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

MEGABYTE = 1_000_000
HEAP_LIMIT = 160 * MEGABYTE  # what YOLOX-nano may take on a phone


def lines(report: dict[str, Any]) -> Iterator[str]:
    """The engines' report, line by line."""
    where = report["environment"]
    yield f"{where['cpu']}, Chromium {where['chromium']}; compare within this run only"
    versions = (f"{name} {version}" for name, version in report["versions"].items())
    yield "engines: " + ", ".join(versions)
    yield from (f"not measured: {name}: {why}" for name, why in report["not_measured"].items())
    for name, model in report["models"].items():
        yield ""
        yield from _model(name, model)
    yield from _heaps(report["heap_bytes"])
    yield from _starts(report.get("starts", {}))
    for model, profiles in report["profiles"].items():
        for wheel, layers in profiles.items():
            yield ""
            yield from profile_lines(f"{model}, {wheel}", layers)
    yield from verdict_lines(report["noise"]["reasons"])


def _model(name: str, model: dict[str, Any]) -> Iterator[str]:
    engines = model["engines"]
    references = list(next(iter(engines.values()))["max_abs_difference"])
    size = " x ".join(map(str, model["shape"][2:]))
    yield f"{name}, {size}: milliseconds of a forward pass"
    yield (
        f"  {'':<20}{'median':>9}{'p10':>9}{'p90':>9}{'min':>9}{'n':>5}"
        + "".join(f"{'|diff| ' + reference:>26}" for reference in references)
    )
    for engine, found in engines.items():
        times = "".join(f"{found[key]:>9.2f}" for key in ("median", "p10", "p90", "min"))
        differences = "".join(
            f"{'not comparable':>26}" if difference is None else f"{difference:>26.1e}"
            for difference in found["max_abs_difference"].values()
        )
        wrong = "" if found["agrees"] else "  DIFFERS"
        yield f"  {engine:<20}{times}{found['n']:>5}{differences}{wrong}"
    for pair, ratio in model["ratios"].items():
        yield (
            f"  {pair:<34}{ratio['median']:>7.3f}  (quartiles of the rounds {ratio['q1']:.3f} to "
            f"{ratio['q3']:.3f}; of the minima {ratio['of_minima']:.3f})"
        )


def _heaps(heaps: dict[str, int]) -> Iterator[str]:
    if heaps:
        yield ""
    for name, heap in heaps.items():
        found = f"{heap / MEGABYTE:.0f} MB"
        limit = f"{'MORE THAN' if heap > HEAP_LIMIT else 'at most'} {HEAP_LIMIT / MEGABYTE:.0f}"
        yield f"heap of {name} after YOLOX-nano and one detection: {found} ({limit})"


def _starts(starts: dict[str, Any]) -> Iterator[str]:
    if not starts:
        return
    yield ""
    yield "import cv2 in a fresh worker, warm, milliseconds (median)"
    yield f"  {'':<20}{'loadPyodide':>13}{'loadPackage':>13}{'import':>9}{'total':>9}{'/ stock':>9}"
    for name, start in starts.items():
        warm = {step: summary["median"] for step, summary in start["warm"].items()}
        ratio = f"{start['over_stock']['median']:>9.2f}" if "over_stock" in start else ""
        yield (
            f"  {name:<20}{warm['loadPyodide']:>13.0f}{warm['loadPackage']:>13.0f}"
            f"{warm['import']:>9.0f}{warm['total']:>9.0f}{ratio}"
        )


def profile_lines(title: str, layers: list[dict[str, Any]], longest: int = 25) -> Iterator[str]:
    """Times by type of layer, and the layers that take longest.

    Args:
        title: what was profiled.
        layers: as forward.Network.profile gives them.
        longest: how many layers to list.
    """
    total = sum(layer["milliseconds"] for layer in layers) or 1.0
    yield f"{title}: {total:.2f} ms in layers"
    kinds: dict[str, list[float]] = {}
    for layer in layers:
        kinds.setdefault(layer["type"], []).append(layer["milliseconds"])
    for kind, times in sorted(kinds.items(), key=lambda item: -sum(item[1])):
        taken = sum(times)
        ran = sum(time > 0 for time in times)
        yield f"  {kind:<22}{taken:>9.2f} ms{taken / total:>7.1%}  {ran} of {len(times)} layers"
    for layer in sorted(layers, key=lambda layer: -layer["milliseconds"])[:longest]:
        shapes = " ".join("x".join(map(str, shape)) for shape in layer["inputs"])
        given = " ".join("x".join(map(str, shape)) for shape in layer["outputs"])
        weights = "x".join(map(str, layer["weights"][0])) if layer["weights"] else "-"
        yield (
            f"  {layer['milliseconds']:>9.3f} ms  {layer['type']:<16} {shapes} -> {given}"
            f"  weights {weights}  {layer['name']}"
        )


def verdict_lines(reasons: list[str]) -> Iterator[str]:
    """Whether the machine was quiet enough, and why not."""
    yield ""
    if not reasons:
        yield "The machine was quiet: these figures can be trusted."
        return
    yield "WARNING: the machine was too noisy to trust these figures:"
    yield from (f"  {reason}" for reason in reasons)
