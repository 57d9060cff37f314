"""Runs commands inside the Debian root, in a mount namespace of their own.

The kernel takes the namespace and its mounts away with the last process in it, whatever that
died of, so no mount can be left behind; the same goes for the processes (`--kill-child`).
"""

from __future__ import annotations

import os
import shlex
import subprocess
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path

from tools.errors import BuildError
from wheels.recipe.places import INSIDE, Places
from wheels.recipe.progress import Counted

_TAIL = 25  # lines of a failed command's output that the error shows
_CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"


def isolated(places: Places, command: Sequence[str], binds: Mapping[str, str]) -> list[str]:
    """The command line that runs `command` inside the root.

    Args:
        places: the work folder.
        command: what to run; its paths are those inside.
        binds: further mounts, from a path under `places.wheels` to a path inside the root.
    """
    root = shlex.quote(str(places.root))
    lines = [
        "set -e",
        f"mount -t proc proc {root}/proc",
        f"mount --rbind /dev {root}/dev",
        f"mount --bind {shlex.quote(str(places.wheels))} {root}{INSIDE}",
        *(
            f"mount --bind {shlex.quote(str(places.wheels / source))} {root}{shlex.quote(target)}"
            for source, target in binds.items()
        ),
        f"exec chroot {root} {shlex.join(command)}",
    ]
    # Without address randomisation: LLVM 21 orders some things by where they lie in memory (seen
    # with longjmp in grfmt_jpeg.cpp), and would give other bytes from run to run.
    steady = ["setarch", "--addr-no-randomize"]
    return [*steady, *alone(), "sh", "-c", "\n".join(lines)]


def alone() -> list[str]:
    """What to put before a command so that its mounts and processes end with it, or with us."""
    # If the recipe is killed, the kernel kills unshare, and so everything in the namespace.
    killed = ["setpriv", "--pdeathsig", "KILL"]
    mounts = ["unshare", "--mount", "--propagation", "private"]
    return [*killed, *mounts, "--pid", "--fork", "--kill-child"]


def environment(extra: Mapping[str, str]) -> dict[str, str]:
    """A small environment, so that no setting of the machine reaches the compiler."""
    proxies = {name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")}
    fixed = {
        "PATH": f"{INSIDE}/cross/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "HOME": "/root",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "SSL_CERT_FILE": _CERTIFICATES,
    }
    return proxies | fixed | dict(extra)


def run(
    places: Places,
    command: Sequence[str],
    *,
    log: str,
    env: Mapping[str, str] | None = None,
    binds: Mapping[str, str] | None = None,
    what: str | None = None,
) -> str:
    """Runs a command inside the root and returns what it printed, which also goes into a log.

    Args:
        places: the work folder.
        command: what to run.
        log: the log's name, without folder and suffix.
        env: variables on top of `environment`.
        binds: see `isolated`.
        what: the name for progress lines, if the command is ninja.

    Raises:
        BuildError: `command-failed`.
    """
    (places.root / INSIDE.lstrip("/")).mkdir(exist_ok=True)
    places.logs.mkdir(parents=True, exist_ok=True)
    path = places.logs / f"{log}.log"
    return stream(
        isolated(places, command, binds or {}),
        path,
        environment(env or {}),
        Counted(what) if what else None,
        shlex.join(command[:3]),
    )


def stream(
    command: Sequence[str],
    log: Path,
    env: Mapping[str, str],
    counted: Counted | None,
    name: str,
) -> str:
    """Runs a command outside or inside, its output into a log.

    Raises:
        BuildError: `command-failed`.
    """
    lines: list[str] = []
    with (
        log.open("w", encoding="utf-8") as file,
        subprocess.Popen(
            command,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as process,
    ):
        assert process.stdout is not None
        try:
            for line in process.stdout:
                file.write(line)
                lines.append(line)
                if counted:
                    counted.line(line)
        except BaseException:
            process.kill()  # takes the whole namespace with it
            raise
    if process.returncode:
        tail = "".join(deque(lines, _TAIL))
        raise BuildError(
            "command-failed", command=name, status=process.returncode, log=log, tail=tail
        )
    return "".join(lines)
