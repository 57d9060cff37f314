"""Writes a wheel: the same files make the same bytes.

The format: https://packaging.python.org/en/latest/specifications/binary-distribution-format/
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from wheels.recipe.zip_file import deflated_zip


@dataclass(frozen=True)
class Metadata:
    """What METADATA and WHEEL say.

    Attributes:
        name: the project's name.
        version: its version.
        summary: one line.
        licence: an SPDX expression.
        home: the project's page.
        requires: requirements, as pip understands them.
        tag: Python, ABI and platform.
        build: the build tag, such as "1simd"; "" for none.
        licences: texts by path, as PEP 639 wants them in the wheel.
    """

    name: str
    version: str
    summary: str
    licence: str
    home: str
    tag: str
    build: str = ""
    requires: tuple[str, ...] = ()
    licences: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def distribution(self) -> str:
        """Name and version, as files spell them."""
        return f"{self.name.replace('-', '_')}-{self.version}"

    @property
    def file_name(self) -> str:
        """The wheel's file name."""
        return "-".join(filter(None, (self.distribution, self.build, self.tag))) + ".whl"


def pack(files: Mapping[str, bytes], about: Metadata, epoch: int) -> bytes:
    """A wheel of `files`.

    Args:
        files: contents by path in site-packages.
        about: its metadata.
        epoch: the date of every file, in seconds since 1970.
    """
    info = f"{about.distribution}.dist-info"
    contents = dict(sorted(files.items()))
    contents |= {f"{info}/licenses/{path}": text for path, text in sorted(about.licences.items())}
    contents[f"{info}/METADATA"] = _metadata(about).encode()
    contents[f"{info}/WHEEL"] = _wheel(about).encode()
    contents[f"{info}/RECORD"] = _record(contents, f"{info}/RECORD").encode()
    return deflated_zip(contents, epoch)


def _metadata(about: Metadata) -> str:
    lines = [
        "Metadata-Version: 2.4",
        f"Name: {about.name}",
        f"Version: {about.version}",
        f"Summary: {about.summary}",
        f"Project-URL: homepage, {about.home}",
        f"License-Expression: {about.licence}",
        *(f"License-File: {path}" for path in sorted(about.licences)),
        "Requires-Python: >=3.14",
        *(f"Requires-Dist: {requirement}" for requirement in about.requires),
    ]
    return "\n".join(lines) + "\n"


def _wheel(about: Metadata) -> str:
    lines = ["Wheel-Version: 1.0", "Generator: mekiki", "Root-Is-Purelib: false"]
    lines.append(f"Tag: {about.tag}")
    if about.build:
        lines.append(f"Build: {about.build}")
    return "\n".join(lines) + "\n"


def _record(contents: Mapping[str, bytes], own: str) -> str:
    lines = []
    for name, body in contents.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(body).digest()).rstrip(b"=").decode()
        lines.append(f"{name},sha256={digest},{len(body)}\n")
    return "".join(lines) + f"{own},,\n"
