from wheels.recipe.licences import NUMPY, OPENCV, one_text, texts
from wheels.recipe.places import Places


def test_texts_come_from_the_sources_and_headers_lose_their_comment_marks(tmp_path):
    places = Places(tmp_path)
    source = tmp_path / "src"
    for licence in OPENCV:
        path = source / licence.path
        path.parent.mkdir(parents=True, exist_ok=True)
        body = f"Copyright of {licence.what}"
        path.write_text(f"/*M****\n * {body}\n ****/\n\nint x;\n" if licence.header else body)
    musl = places.root / "usr/share/emscripten/system/lib/libc/musl/COPYRIGHT"
    musl.parent.mkdir(parents=True)
    musl.write_text("Copyright of musl")

    found = texts(OPENCV, source, places)

    assert len(found) == len(OPENCV) + 1
    flann = found["modules/flann/include/opencv2/flann/defines.h.txt"].decode()
    assert flann.strip() == "Copyright of FLANN"
    page = one_text(OPENCV, found)
    for licence in OPENCV:
        assert f"Copyright of {licence.what}" in page


def test_no_licence_is_listed_twice():
    for licences in (NUMPY, OPENCV):
        assert len({licence.path for licence in licences}) == len(licences)
