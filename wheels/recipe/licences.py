"""The licences of what is really in the wheels, taken from the sources themselves.

Nothing is linked in from the C and C++ libraries: the runtime has them. Their headers' inline
code is compiled in: musl's falls under its COPYRIGHT; that of libc++ and compiler-rt (Apache-2.0
WITH LLVM-exception) may be passed on in object form without a notice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from tools.errors import BuildError
from wheels.recipe.places import Places


@dataclass(frozen=True)
class Licence:
    """One text.

    Attributes:
        what: whose licence it is.
        path: where it stands in the source tree; for `header`, a source file.
        header: take the comment at the file's top.
    """

    what: str
    path: str
    header: bool = False


NUMPY = (
    Licence("numpy", "LICENSE.txt"),
    Licence("libdivide", "numpy/_core/include/numpy/libdivide/LICENSE.txt"),
    Licence("pythoncapi-compat", "numpy/_core/src/common/pythoncapi-compat/COPYING"),
    Licence("Highway", "numpy/_core/src/highway/LICENSE"),
    Licence("Dragon4", "numpy/_core/src/multiarray/dragon4_LICENSE.txt"),
    Licence("pocketfft", "numpy/fft/pocketfft/LICENSE.md"),
    Licence("lapack_lite", "numpy/linalg/lapack_lite/LICENSE.txt"),
    Licence("numpy.ma", "numpy/ma/LICENSE"),
    Licence("numpy.random", "numpy/random/LICENSE.md"),
    Licence("distributions", "numpy/random/src/distributions/LICENSE.md"),
    Licence("Mersenne Twister", "numpy/random/src/mt19937/LICENSE.md"),
    Licence("PCG64", "numpy/random/src/pcg64/LICENSE.md"),
    Licence("Philox", "numpy/random/src/philox/LICENSE.md"),
    Licence("SFC64", "numpy/random/src/sfc64/LICENSE.md"),
    Licence("SplitMix64", "numpy/random/src/splitmix64/LICENSE.md"),
)
NUMPY_SPDX = "BSD-3-Clause AND 0BSD AND MIT AND Zlib AND CC0-1.0"
OPENCV = (
    Licence("OpenCV", "LICENSE"),
    Licence("OpenCV's authors", "COPYRIGHT"),
    Licence("libpng", "3rdparty/libpng/LICENSE"),
    Licence("zlib", "3rdparty/zlib/LICENSE"),
    Licence("libjpeg-turbo", "3rdparty/libjpeg-turbo/LICENSE.md"),
    Licence("libjpeg (Independent JPEG Group)", "3rdparty/libjpeg-turbo/README.ijg"),
    Licence("Protocol Buffers", "3rdparty/protobuf/LICENSE"),
    Licence("Berkeley SoftFloat", "modules/core/3rdparty/SoftFloat/COPYING.txt"),
    Licence("LDA and its Jacobi method", "modules/core/src/lda.cpp", header=True),
    Licence("colour maps", "modules/imgproc/src/colormap.cpp", header=True),
    Licence("stack blur", "modules/imgproc/src/stackblur.cpp", header=True),
    Licence("FAST", "modules/features2d/src/fast.cpp", header=True),
    Licence("AGAST", "modules/features2d/src/agast.cpp", header=True),
    Licence("IPPE", "modules/calib3d/src/ippe.cpp", header=True),
    Licence("SQPnP", "modules/calib3d/src/sqpnp.cpp", header=True),
    Licence("FLANN", "modules/flann/include/opencv2/flann/defines.h", header=True),
    Licence("KAZE", "modules/features2d/src/kaze/LICENSE.KAZE"),
    Licence("AKAZE", "modules/features2d/src/kaze/LICENSE.AKAZE"),
    Licence("MSCR's chi table", "modules/features2d/3rdparty/mscr/chi_table_LICENSE.txt"),
    Licence("ONNX's message format", "modules/dnn/src/onnx/opencv-onnx.proto", header=True),
    Licence("Caffe's message format", "modules/dnn/src/caffe/opencv-caffe.proto", header=True),
)
OPENCV_SPDX = "Apache-2.0 AND BSD-3-Clause AND BSD-2-Clause AND libpng-2.0 AND Zlib AND IJG AND MIT"
_MUSL = "usr/share/emscripten/system/lib/libc/musl/COPYRIGHT"
_COMMENTS = re.compile(r"(?:\s*(?://[^\n]*(?=\n)|/\*.*?\*/))+", re.DOTALL)
_RULE = "\n\n" + "-" * 72 + "\n\n"


def texts(licences: tuple[Licence, ...], source: Path, places: Places) -> dict[str, bytes]:
    """Texts by path, musl's included.

    Raises:
        BuildError: `licence-missing`.
    """
    found = {}
    for licence in licences:
        text = _read(source / licence.path)
        path = f"{licence.path}.txt" if licence.header else licence.path
        found[path] = (_comment(text) if licence.header else text).encode()
    return found | {"musl/COPYRIGHT": _read(places.root / _MUSL).encode()}


def one_text(licences: tuple[Licence, ...], found: dict[str, bytes]) -> str:
    """All of them in one, for the page of licences that the site has."""
    names = [licence.what for licence in licences] + ["musl, the C library whose headers it uses"]
    return _RULE.join(
        f"{name}\n\n{text.decode().strip()}"
        for name, text in zip(names, found.values(), strict=True)
    )


def _read(path: Path) -> str:
    if not path.is_file():
        raise BuildError("licence-missing", path=path)
    return path.read_text("utf-8", "replace")


def _comment(text: str) -> str:
    """The comments before the first line of code, without their marks."""
    match = _COMMENTS.match(text)
    lines = [
        re.sub(r"^\s*(?:/[/*]+M?\**/*|\*+(?!/)|)\s?", "", line).rstrip("/* \t")
        for line in (match[0] if match else "").splitlines()
    ]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"
