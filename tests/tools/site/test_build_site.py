import os
import zipfile

from PIL import Image

from tools.paths import APP
from tools.site.build import SAMPLES
from tools.site.models import model_folders, zip_sources
from tools.site.pictures import write_thumbnail


def sources(folder, contents):
    folder.mkdir()
    files = []
    for index, (name, content) in enumerate(contents.items()):
        path = folder / f"{index}.py"
        path.write_text(content)
        os.utime(path, (1_500_000_000 + index, 1_500_000_000 + index))
        files.append((name, path))
    return files


def test_a_zip_of_sources_depends_on_names_and_content_only(tmp_path):
    one, two = tmp_path / "one.zip", tmp_path / "two.zip"
    zip_sources(one, sources(tmp_path / "a", {"py/b.py": "b = 1\n", "py/a.py": "a = 1\n"}))
    zip_sources(two, sources(tmp_path / "b", {"py/a.py": "a = 1\n", "py/b.py": "b = 1\n"}))

    assert one.read_bytes() == two.read_bytes()
    with zipfile.ZipFile(one) as archive:
        assert archive.namelist() == ["py/a.py", "py/b.py"]
        assert archive.read("py/b.py") == b"b = 1\n"
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_zip_of_sources_changes_with_what_is_in_it(tmp_path):
    one, two = tmp_path / "one.zip", tmp_path / "two.zip"
    zip_sources(one, sources(tmp_path / "a", {"py/a.py": "a = 1\n"}))
    zip_sources(two, sources(tmp_path / "b", {"py/a.py": "a = 2\n"}))

    assert one.read_bytes() != two.read_bytes()


def test_models_come_in_the_order_that_they_ask_for():
    specs = [spec for _, spec in model_folders()]
    orders = [spec.get("order", 1000) for spec in specs]

    assert len(specs) >= 3
    assert orders == sorted(orders)
    assert [folder.name for folder, _ in model_folders()] == [spec["id"] for spec in specs]


def test_each_sample_has_a_photo_and_a_square_thumbnail(tmp_path):
    for name in SAMPLES:
        target = tmp_path / f"{name}.webp"
        write_thumbnail(APP / "samples" / f"{name}.jpg", target)
        with Image.open(target) as picture:
            assert (picture.format, picture.size) == ("WEBP", (160, 160))
        assert target.stat().st_size < 8_000
