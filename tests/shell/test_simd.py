"""app/simd.mjs in engines that differ in what they have: node's, with and without its switches."""

import json
import subprocess

import pytest

from tools.paths import APP

MODULE = (APP / "simd.mjs").as_uri()
ASK = f"console.log((await import('{MODULE}')).levels())"


def levels(*switches):
    command = ["node", *switches, "--input-type=module", "-e", ASK]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def has_switch(name):
    run = subprocess.run(["node", "--v8-options"], capture_output=True, text=True, check=True)
    return f"--{name}" in run.stdout


def test_an_engine_with_relaxed_simd_has_both_levels_and_prefers_it():
    relaxed = "experimental-wasm-relaxed-simd"  # later nodes have it without
    assert levels(*([f"--{relaxed}"] if has_switch(relaxed) else [])) == ["relaxed", "simd"]


@pytest.mark.skipif(
    not has_switch("experimental-wasm-relaxed-simd"), reason="this node always has relaxed SIMD"
)
def test_an_engine_without_relaxed_simd_has_the_plain_one():
    assert levels("--no-experimental-wasm-relaxed-simd") == ["simd"]


@pytest.mark.skipif(
    not has_switch("enable-sse4-1"), reason="only on x86 can V8 be told to do without SIMD"
)
def test_an_engine_without_simd_has_none():
    assert levels("--no-enable-sse4-1") == []
