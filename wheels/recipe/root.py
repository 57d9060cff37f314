"""The Debian root that holds the compiler."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from tools.errors import BuildError
from wheels.recipe.inside import alone, run, stream
from wheels.recipe.pins import Pins
from wheels.recipe.places import Places
from wheels.recipe.progress import say, step

_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
# The smallest system; what compiles comes by apt, inside.
_FIRST = "ca-certificates,python3"
_TOOLS = {"debootstrap": "debootstrap", "unshare": "util-linux", "patch": "patch"}


def check_machine() -> None:
    """Raises BuildError `not-root` or `tool-missing` if the recipe cannot work here."""
    if os.geteuid() != 0:
        raise BuildError("not-root")
    for tool, package in _TOOLS.items():
        if shutil.which(tool) is None:
            raise BuildError("tool-missing", tool=tool, package=package)


def mirror(sources: Path = Path("/etc/apt")) -> str:
    """The Debian mirror: MEKIKI_DEBIAN_MIRROR, else the first of this machine's apt sources.

    Raises:
        BuildError: `no-mirror`.
    """
    named = os.environ.get("MEKIKI_DEBIAN_MIRROR")
    if named:
        return named
    files = [*sorted(sources.glob("sources.list.d/*.sources")), sources / "sources.list"]
    text = "\n".join(path.read_text("utf-8") for path in files if path.is_file())
    for line in text.splitlines():
        match = re.match(r"(?:URIs:\s*|deb\s+(?:\[[^]]*]\s+)?)(\S+)", line)
        if match and "security" not in match[1]:
            return match[1]
    raise BuildError("no-mirror")


def make_root(places: Places, pins: Pins) -> None:
    """Makes the root, or goes on where an interrupted call stopped.

    Raises:
        BuildError: what `mirror` and the commands raise.
    """
    places.wheels.mkdir(parents=True, exist_ok=True)
    places.logs.mkdir(parents=True, exist_ok=True)
    if not (places.root / "usr/bin/apt-get").exists() or (places.root / "debootstrap").exists():
        shutil.rmtree(places.root, ignore_errors=True)  # debootstrap itself cannot resume
        with step(f"Debian {pins.suite}, the smallest system"):
            stream(
                _debootstrap(places, pins),
                places.logs / "root.log",
                os.environ,
                None,
                "debootstrap",
            )
    shutil.copyfile(_CERTIFICATES, places.root / _CERTIFICATES.relative_to("/"))
    if Path("/etc/resolv.conf").exists():
        shutil.copyfile("/etc/resolv.conf", places.root / "etc/resolv.conf")
    missing = [name for name in pins.packages if not _installed(places.root, name)]
    if missing:
        with step(f"packages: {' '.join(missing)}"):
            # A mirror may lag behind; the signatures are checked all the same.
            settings = places.root / "etc/apt/apt.conf.d/90mekiki"
            settings.write_text('Acquire::Check-Valid-Until "false";\n', "utf-8")
            quiet = {"DEBIAN_FRONTEND": "noninteractive"}
            run(places, ["apt-get", "update"], log="apt-update", env=quiet)
            install = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
            run(places, install, log="apt-install", env=quiet)
    else:
        say("the root is there")


def _debootstrap(places: Places, pins: Pins) -> list[str]:
    options = ["--variant=minbase", f"--include={_FIRST}"]
    # The script of unstable serves every later suite, whose names an older debootstrap lacks.
    script = "/usr/share/debootstrap/scripts/sid"
    command = ["debootstrap", *options, pins.suite, str(places.root), mirror(), script]
    # It mounts /proc and /sys in the root, and unmounts them only if nobody kills it.
    return [*alone(), "--mount-proc", *command]


def _installed(root: Path, package: str) -> bool:
    """Whether dpkg's own list says so, without starting dpkg."""
    status = (root / "var/lib/dpkg/status").read_text("utf-8")
    return f"\nPackage: {package}\nStatus: install ok installed\n" in f"\n{status}"
