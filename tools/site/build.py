"""Builds the site: everything that `dist/` holds, from the project's files and node_modules."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

from tools.engine.archive import stored_zip
from tools.engine.build import BUILDS, LOCK, build_engine
from tools.engine.in_pyodide import InPyodide
from tools.engine.lock import moved
from tools.engine.wheels import NUMPY
from tools.errors import BuildError
from tools.paths import APP, CACHE, DIST, NODE_MODULES, PY, ROOT
from tools.site.bundle import bundle_libraries
from tools.site.demos import write_demo_files, write_demo_pages
from tools.site.hosting import write_hosting
from tools.site.lab import lab_facts
from tools.site.licences import write_licences
from tools.site.minify import minify
from tools.site.models import Say, add_models
from tools.site.page import render_page
from tools.site.pictures import write_thumbnail
from tools.site.play import write_play_files, write_play_page
from tools.site.service_worker import write_service_worker
from tools.site.shell import write_shell
from tools.site.tiers import Tiers, content_hash
from tools.site.vendor import copy_libraries, link_libraries

MICROPYTHON = "1.29.0-6"
SAMPLES = ("dog", "astronaut", "coffee", "cat", "person", "sign")
RUNTIME = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")


def _copy_micropython(dist: Path) -> str:
    package = NODE_MODULES / "@micropython/micropython-webassembly-pyscript"
    version = json.loads((package / "package.json").read_text("utf-8"))["version"]
    if version != MICROPYTHON:
        raise BuildError("package-version", package=package.name, found=version, wanted=MICROPYTHON)
    folder = f"vendor/micropython-{version}"
    (dist / folder).mkdir(parents=True)
    for name in ("micropython.mjs", "micropython.wasm"):
        shutil.copyfile(package / name, dist / folder / name)
    return folder


def _add_engine(tiers: Tiers, scratch: Path) -> dict[str, object]:
    """Adds the engine's tiers; returns what the shell tells the worker to start it.

    `engine` is for every phone; `engine-<level>` only for browsers that have this SIMD level.
    """
    out = scratch / "engine"
    files = {file.name: file.path for file in build_engine(out, root=ROOT, cache=CACHE)}
    runtime = tiers.add("engine", [files[name] for name in RUNTIME])
    stdlib = tiers.add("engine", [files["python_stdlib.zip"]])
    numpy = tiers.add("engine", [path for name, path in files.items() if name.startswith("numpy-")])
    locks = {}
    for level in BUILDS:
        lock = files.pop(f"{level}/{LOCK}")
        # One folder up are the folders of all assets.
        where = numpy[0].replace("assets/", "../", 1)
        lock.write_bytes(moved(lock.read_bytes(), NUMPY.project, where))
        wheels = [path for name, path in files.items() if name.startswith(f"{level}/")]
        locks[level] = tiers.add(f"engine-{level}", [lock, *wheels])[0]
    code = scratch / "mekiki.zip"
    code.write_bytes(_detector())
    return {
        "runtime": runtime[0],
        "stdlib": stdlib[0],
        "locks": locks,
        "code": tiers.add("engine", [code])[0],
        "packages": ["numpy", "opencv-python"],
        "worker": "../py/worker.mjs",
    }


def _detector() -> bytes:
    """The zip of py/, compiled as the phone would do it at each start, and without docstrings."""
    sources = {f"py/{path.relative_to(PY)}": path.read_bytes() for path in PY.rglob("*.py")}
    return stored_zip(InPyodide(NODE_MODULES / "pyodide", CACHE).compile(sources, "/mekiki"))


def _write_samples(tiers: Tiers, dist: Path) -> list[dict[str, str]]:
    (dist / "thumbs").mkdir()
    samples = []
    for name in SAMPLES:
        photo = APP / "samples" / f"{name}.jpg"
        write_thumbnail(photo, dist / "thumbs" / f"{name}.webp")
        samples.append({"id": name, "url": tiers.add("samples", [photo])[0]})
    return samples


def build_site(dist: Path = DIST, *, say: Say = print) -> None:
    """Writes the whole site into `dist`, replacing what was there only once it is complete."""
    CACHE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE, prefix="site-") as name:
        scratch = Path(name)
        site = scratch / "dist"
        site.mkdir()
        tiers = Tiers(site, CACHE)
        micropython = _copy_micropython(site)
        engine = _add_engine(tiers, scratch)
        models = add_models(tiers, scratch, say)
        say(f"default model: {models.default}")
        samples = _write_samples(tiers, site)
        catalogue = models.catalogue() | {"engine": engine, "samples": samples}
        shell = site / "shell"
        known = {each["sha256"]: key for key, each in models.details.items() if "sha256" in each}
        data: dict[str, dict[str, object]] = {
            "models": {"models": models.details},
            "own": {"known": known},
            "lab": {"lab": lab_facts(site, micropython, tiers.to_dict())},
        }
        write_shell(shell, catalogue=catalogue, assets=tiers.to_dict(), data=data)
        write_demo_files(shell, engine, micropython)
        default = next(spec for spec in models.specs if spec["id"] == models.default)
        write_play_files(shell, default)
        link_libraries(shell, copy_libraries(site) | bundle_libraries(site, shell))
        minify(shell)
        files = sorted(path for path in shell.rglob("*") if path.is_file())
        shell = shell.rename(site / f"shell-{content_hash(files)}")
        page = render_page(
            shell=shell.name,
            micropython=micropython,
            modules=[
                f"{shell.name}/app/{path.name}" for path in sorted((shell / "app").glob("*.mjs"))
            ],
            models=[
                (model["id"], model["name"]["en"])
                for model in models.shell
                if model["delivery"] == "site"
            ],
            samples=SAMPLES,
            connect=models.hosts,
        )
        (site / "index.html").write_text(page, "utf-8")
        write_demo_pages(site, shell.name)
        write_play_page(site, shell.name)
        shutil.copyfile(ROOT / "manifest.json", site / "manifest.json")
        for folder in ("icons", "screenshots"):
            shutil.copytree(APP / folder, site / folder)
        write_licences(site / "licences.txt", models.specs)
        write_hosting(site, models.hosts)
        count = write_service_worker(site, scratch, models.hosts)
        shutil.rmtree(dist, ignore_errors=True)
        site.rename(dist)
    say(f"built {dist.name}/: {count} files precached, models: {[m['id'] for m in models.shell]}")
