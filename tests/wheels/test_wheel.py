import base64
import csv
import hashlib
import io
import zipfile
from email.parser import BytesParser

import pytest

from tools.bench.found_wheels import label
from wheels.recipe.wheel import Metadata, pack

ABOUT = Metadata(
    name="opencv-python",
    version="4.14.0.94",
    summary="A summary",
    licence="Apache-2.0 AND MIT",
    home="https://opencv.org",
    tag="cp314-cp314-pyemscripten_2026_0_wasm32",
    build="1simd",
    requires=("numpy>=2",),
    licences={"LICENSE": b"text", "3rdparty/zlib/LICENSE": b"zlib"},
)
FILES = {"cv2/b.py": b"b = 1\n" * 100, "cv2/a.so": bytes(range(256)) * 9}
INFO = "opencv_python-4.14.0.94.dist-info"


@pytest.fixture
def wheel():
    return zipfile.ZipFile(io.BytesIO(pack(FILES, ABOUT, 1767225600)))


def test_the_same_files_make_the_same_bytes_whatever_their_order():
    reverse = dict(reversed(FILES.items()))

    assert pack(FILES, ABOUT, 1767225600) == pack(reverse, ABOUT, 1767225600)


def test_the_record_is_true_and_complete(wheel):
    rows = list(csv.reader(wheel.read(f"{INFO}/RECORD").decode().splitlines()))

    assert sorted(row[0] for row in rows) == sorted(wheel.namelist())
    for name, digest, size in rows[:-1]:
        body = wheel.read(name)
        expected = base64.urlsafe_b64encode(hashlib.sha256(body).digest()).rstrip(b"=").decode()
        assert (digest, size) == (f"sha256={expected}", str(len(body)))
    assert rows[-1] == [f"{INFO}/RECORD", "", ""]


def test_the_metadata_says_licences_and_requirements(wheel):
    facts = BytesParser().parsebytes(wheel.read(f"{INFO}/METADATA"))

    assert facts["Metadata-Version"] == "2.4"
    assert (facts["Name"], facts["Version"]) == ("opencv-python", "4.14.0.94")
    assert facts["License-Expression"] == "Apache-2.0 AND MIT"
    assert facts.get_all("Requires-Dist") == ["numpy>=2"]
    for path in facts.get_all("License-File"):
        assert wheel.read(f"{INFO}/licenses/{path}") == ABOUT.licences[path]
    assert len(facts.get_all("License-File")) == 2


def test_the_build_tag_is_in_name_and_wheel_file(wheel):
    facts = BytesParser().parsebytes(wheel.read(f"{INFO}/WHEEL"))

    assert facts["Build"] == "1simd"
    assert facts["Tag"] == ABOUT.tag
    assert ABOUT.file_name == f"opencv_python-4.14.0.94-1simd-{ABOUT.tag}.whl"
    assert label(ABOUT.file_name) == "simd"


def test_pip_takes_the_metadata_for_valid(wheel):
    metadata = pytest.importorskip("packaging.metadata")

    parsed = metadata.Metadata.from_email(wheel.read(f"{INFO}/METADATA"))

    assert str(parsed.license_expression) == "Apache-2.0 AND MIT"
