"""How many parts come at once, and the speed that is shown: modules without any browser API."""

import json
import subprocess
from pathlib import Path

import pytest

APP = Path(__file__).resolve().parents[2] / "app" / "download"

WIDTHS = """
import { Lanes } from "./lanes.mjs";
const lanes = new Lanes();
const widths = [];
for (const rate of RATES) {
  lanes.measured(rate);
  widths.push(lanes.width);
}
console.log(JSON.stringify(widths));
"""
ORDER = """
import { Lanes } from "./lanes.mjs";
const lanes = new Lanes();
const order = [];
let most = 0;
let busy = 0;
const work = async (name) => {
  await lanes.enter();
  most = Math.max(most, (busy += 1));
  order.push(name);
  await new Promise((resolve) => setTimeout(resolve, 1));
  busy -= 1;
  lanes.leave();
};
await Promise.all(["a", "b", "c", "d"].map(work));
console.log(JSON.stringify([order, most]));
"""
RATE = """
import { Rate } from "./rate.mjs";
const rate = new Rate();
const seen = [rate.perSecond(0)];
for (let at = 0; at <= 20_000; at += 100) rate.add(at < 10_000 ? 20_000 : 5_000, at);
seen.push(rate.perSecond(20_000), rate.perSecond(30_000));
rate.add(-1_000_000, 30_000);
seen.push(rate.perSecond(30_000) >= 0);
console.log(JSON.stringify(seen));
"""


def node(source):
    run = subprocess.run(
        ["node", "--input-type=module"],
        input=source.replace('"./', f'"{APP.as_uri()}/'),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


@pytest.mark.parametrize(
    ("rates", "widths"),
    [
        pytest.param([200_000] * 3, [1, 1, 1], id="a slow line has one"),
        pytest.param([1e6, 2e6, 3e6, 4e6], [2, 3, 4, 4], id="a fast line has four"),
        pytest.param([1e6, 1.02e6, 5e6], [2, 2, 2], id="no more when the last one did not help"),
        pytest.param([1e6, 2e6, 1e5], [2, 3, 1], id="one again when the line becomes slow"),
    ],
)
def test_lanes_follow_the_line(rates, widths):
    assert node(WIDTHS.replace("RATES", json.dumps(rates))) == widths


def test_one_lane_takes_parts_in_order():
    assert node(ORDER) == [["a", "b", "c", "d"], 1]


def test_rate_is_that_of_the_last_seconds_and_sinks_while_nothing_comes():
    unknown, slow, waiting, never_negative = node(RATE)

    assert unknown == 0
    assert slow == pytest.approx(50_000, rel=0.05)
    assert 0 < waiting < slow / 2
    assert never_negative
