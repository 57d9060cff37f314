import io
import zipfile

from tools.engine.archive import read_zip, stored_zip


def test_order_of_the_entries_does_not_change_a_byte():
    assert stored_zip({"b": b"2", "a": b"1"}) == stored_zip({"a": b"1", "b": b"2"})


def test_entries_are_sorted_uncompressed_and_dated_alike():
    archive = zipfile.ZipFile(io.BytesIO(stored_zip({"b/c": b"x" * 99, "a": b"1"})))
    assert archive.namelist() == ["a", "b/c"]
    assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_STORED}
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_reading_gives_back_what_was_stored_without_folders():
    buffer = io.BytesIO(stored_zip({"a/b": b"1"}))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.mkdir("folder")
    assert read_zip(buffer.getvalue()) == {"a/b": b"1"}
