"""The history and the zip in each engine: WebKit's private pages refuse blobs in databases."""

import base64
import io
import json
import zipfile

import pytest

from tests.browser.engines.test_app import wait_until
from tests.browser.keeping import detection, record, shell
from tools.paths import DIST
from tools.serve import Site

# Keeps records, deletes two, brings them back, reads one and zips it.
KEEP = """
globalThis.kept = null;
(async () => {
  const room = (name) => import(`./%s/app/rooms/${name}.mjs`);
  const store = await room("history/store"), list = await room("history/list");
  const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 480 });
  canvas.getContext("2d").fillRect(100, 80, 200, 150);
  const picture = await new Promise((done) => canvas.toBlob(done, "image/jpeg"));
  const ids = [];
  for (const record of %s) {
    ids.push(JSON.parse(await store.put(JSON.stringify(record), picture)).id);
  }
  const { entries } = JSON.parse(await list.page("", 9, '["dog"]'));
  const thumb = Object.assign(new Image(), { src: entries[0].thumb });
  await thumb.decode();
  await store.remove(JSON.stringify(ids.slice(0, 2)));
  const { count: left } = JSON.parse(await list.summary());
  await store.restore();
  const { count: restored } = JSON.parse(await list.summary());
  const read = await list.picture(ids[0]);
  const zip = (await room("export/zip")).zip("a.zip");
  const drawn = await room("export/canvas");
  await zip.add("drawn.jpg", await drawn.jpeg(await drawn.draft(read)), entries[0].time);
  await zip.add("犬.txt", "dog", entries[0].time);
  const [file] = await zip.finish();
  let text = "";
  for (const byte of new Uint8Array(await file.arrayBuffer())) text += String.fromCharCode(byte);
  await store.clear();
  return { listed: entries.map((each) => each.id), ids, thumb: thumb.naturalWidth, left, restored,
    same: read.size === picture.size, zip: btoa(text) };
})().then((kept) => { globalThis.kept = kept; }, (error) => {
  globalThis.kept = { error: String(error) };
});
"""


@pytest.fixture
def site():
    site = Site(DIST)
    yield site
    site.stop()


def test_pictures_are_kept_deleted_brought_back_and_zipped(engine, tab_of, site):
    tab = tab_of(engine)
    before = len(tab.problems())
    tab.goto(site.url)
    wait_until(tab, "document.documentElement.dataset.shell === 'interactive'")
    records = [record(minute, detection()) for minute in range(4)]
    tab.call(KEEP % (shell(), json.dumps(records)))
    kept = wait_until(tab, "globalThis.kept")

    assert "error" not in kept, kept
    assert kept["listed"] == sorted(kept["ids"], reverse=True)
    assert (kept["thumb"], kept["left"], kept["restored"], kept["same"]) == (240, 2, 4, True)
    with zipfile.ZipFile(io.BytesIO(base64.b64decode(kept["zip"]))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["drawn.jpg", "犬.txt"]
        assert archive.read("drawn.jpg").startswith(b"\xff\xd8")
    assert tab.problems()[before:] == []
