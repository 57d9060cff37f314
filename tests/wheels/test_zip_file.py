import io
import zipfile

from wheels.recipe.zip_file import deflated_zip

ENTRIES = {"b/text.py": b"x = 1\n" * 1000, "empty": b"", "日本.bin": bytes(range(256))}


def test_zipfile_reads_back_names_bytes_checksums_and_dates():
    archive = zipfile.ZipFile(io.BytesIO(deflated_zip(ENTRIES, 1767225600 + 3602)))

    assert archive.testzip() is None
    assert {name: archive.read(name) for name in archive.namelist()} == ENTRIES
    assert list(ENTRIES) == archive.namelist()
    for entry in archive.infolist():
        assert entry.date_time == (2026, 1, 1, 1, 0, 2)
        assert entry.external_attr >> 16 == 0o100644
        assert entry.create_system == 3


def test_it_is_smaller_than_zlibs_best():
    body = b"".join(f"{i * i % 977} {i % 13}\n".encode() for i in range(50_000))
    theirs = io.BytesIO()
    with zipfile.ZipFile(theirs, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("x", body)

    assert len(deflated_zip({"x": body}, 1767225600)) < len(theirs.getvalue())
