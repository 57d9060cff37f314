"""`python -m tools`: the developer's front door. The Makefile calls it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tools.bench import long_run
from tools.bench.options import add_options
from tools.doctor import options as doctor_options
from tools.errors import BuildError
from tools.headless import options as detect_options
from tools.paths import DIST, MODELS


def _build(options: argparse.Namespace) -> None:
    from tools.site.build import build_site

    build_site(options.dist)


def _serve(options: argparse.Namespace) -> None:
    from tools.serve import Site

    if not (options.dist / "index.html").is_file():
        raise BuildError("nothing-to-serve", folder=str(options.dist), do="make build")
    site = Site(options.dist, options.port, options.host)
    print(f"mekiki is at {site.url} (end with Ctrl+C)", flush=True)
    site.wait()


def _size(options: argparse.Namespace) -> None:
    from tools.size import report

    report(options.dist)


def _bench(options: argparse.Namespace) -> None:
    from tools.bench.command import run

    run(options)


def _live(options: argparse.Namespace) -> None:
    long_run.run(options)


def _screenshots(options: argparse.Namespace) -> None:
    from tools.screenshots import take_all

    take_all(options.dist, options.out)


def _faults(options: argparse.Namespace) -> int:
    from tools.faults.command import run

    return run(options)


def _line(options: argparse.Namespace) -> int:
    from tools.bench.line import run

    return run(options)


def _frames(options: argparse.Namespace) -> int:
    from tools.bench.frames import run

    return run(options)


def _doctor(options: argparse.Namespace) -> int:
    from tools.doctor.command import run

    return run(options)


def _detect(options: argparse.Namespace) -> int:
    from tools.headless.command import run

    return run(options)


def _new(options: argparse.Namespace) -> int:
    from tools.template.command import run

    return run(options)


def _models(options: argparse.Namespace) -> int:
    from tools.models.folders.command import run

    return run(options.models)


def main() -> int:
    """Runs one command; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools", description=__doc__)
    parser.add_argument("--dist", type=Path, default=DIST, help="the site's folder (dist)")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    build = commands.add_parser("build", help="write the static site into dist/")
    build.set_defaults(run=_build)

    serve = commands.add_parser("serve", help="serve dist/ on this machine")
    serve.add_argument("--port", type=int, default=8000, help="0 takes any free port")
    serve.add_argument("--host", default="127.0.0.1")
    serve.set_defaults(run=_serve)

    size = commands.add_parser("size", help="print bytes by tier; write reports/size.json")
    size.set_defaults(run=_size)

    bench = commands.add_parser("bench", help="measure the engines and the app in Chromium")
    add_options(bench)
    bench.set_defaults(run=_bench)

    live = commands.add_parser("live", help="minutes of live camera, and what they cost")
    long_run.add_options(live)
    live.set_defaults(run=_live)

    shots = commands.add_parser("screenshots", help="phone and desktop, light and dark, ja and en")
    shots.add_argument("--out", type=Path, default=Path("reports/screenshots"))
    shots.set_defaults(run=_screenshots)

    faults = commands.add_parser("faults", help="break line, host and browser; say what survived")
    faults.add_argument("--only", nargs="*", metavar="NAME", help="of these scenarios only")
    faults.set_defaults(run=_faults)

    line = commands.add_parser("line", help="first detection over 1.6 Mbit/s: bytes and seconds")
    line.set_defaults(run=_line)

    frames = commands.add_parser("frames", help="thousands of frames: heap and references flat?")
    frames.add_argument("--count", type=int, default=10_000)
    frames.set_defaults(run=_frames)

    doctor = commands.add_parser("doctor", help="say whether an ONNX file runs here, and why not")
    doctor_options.add_options(doctor)
    doctor.set_defaults(run=_doctor)

    detect = commands.add_parser("detect", help="run the built app over a folder of pictures")
    detect_options.add_options(detect)
    detect.set_defaults(run=_detect)

    new = commands.add_parser("new", help="make a project of your own from this one")
    new.add_argument("folder", type=Path, metavar="DIR", help="a new or an empty folder")
    new.add_argument("--name", help="what the app is called (the folder's name)")
    new.set_defaults(run=_new)

    models = commands.add_parser("models", help="check every folder of models/")
    models.add_argument("--models", type=Path, default=MODELS, help="where they are (models)")
    models.set_defaults(run=_models)

    options = parser.parse_args()
    try:
        status: int | None = options.run(options)
    except BuildError as error:
        print(f"mekiki: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return status or 0


if __name__ == "__main__":
    sys.exit(main())
