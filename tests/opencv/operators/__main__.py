"""Holds one wheel against the goldens from the command line.

usage: python -m tests.opencv.operators WHEEL [--browser]
"""

import argparse
import time
from pathlib import Path

from tests.opencv.operators import run_cv2
from tests.opencv.operators.sweep import problems, reference
from tests.opencv.pyodide_runs import in_browser, in_node
from tests.opencv.wheels import numpy_wheel
from tools.browser.in_worker import BrowserPyodide


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.opencv.operators", description=__doc__)
    parser.add_argument("wheel", type=Path)
    parser.add_argument("--browser", action="store_true", help="in Chromium instead of node")
    options = parser.parse_args()
    script = Path(run_cv2.__file__)
    started = time.monotonic()
    if options.browser:
        with BrowserPyodide() as python:
            python.load(numpy_wheel(), options.wheel)
            found = problems(lambda bundle: in_browser(python, script, bundle))
    else:
        found = problems(lambda bundle: in_node(options.wheel, script, bundle))
    for name, said in found.items():
        print(f"{name}: {said}")
    seconds = time.monotonic() - started
    known = len(reference().differences)
    total = len(reference().cases)
    print(f"{total} cases ({known} known differences): {len(found)} wrong, {seconds:.0f} s")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
