"""The server fails as it was told to, and counts what it sends."""

import gzip
import http.client
import time
from urllib.parse import urlsplit

import pytest

from tools.faults.row import Row, table
from tools.faults.server import LOGIN, FaultyServer

FILE = bytes(range(256)) * 400


@pytest.fixture
def server(tmp_path):
    (tmp_path / "a.wasm").write_bytes(FILE)
    server = FaultyServer(tmp_path)
    yield server
    server.stop()


def ask(server, path="/a.wasm", **headers):
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=5)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path, headers=named)
        answer = connection.getresponse()
        return answer, answer.read()
    finally:
        connection.close()


def test_without_faults_it_serves_whole_files_and_ranges(server):
    assert ask(server)[1] == FILE
    answer, body = ask(server, Range="bytes=1000-")
    assert (answer.status, body) == (206, FILE[1000:])
    assert server.bodies() == 2 * len(FILE) - 1000


def test_what_has_not_changed_is_not_sent_again(server):
    answer, body = ask(server)
    again, nothing = ask(server, If_None_Match=answer.headers["ETag"])
    assert (again.status, nothing) == (304, b"")
    (server.folder / "a.wasm").write_bytes(b"other")
    assert ask(server, If_None_Match=answer.headers["ETag"])[1] == b"other"
    assert server.bodies() == len(body) + len(b"other")


def test_a_cut_ends_the_line_until_it_is_mended(server):
    server.faults.cut_after = 5000
    with pytest.raises(http.client.IncompleteRead) as caught:
        ask(server)
    assert len(caught.value.partial) == 5000
    with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
        ask(server)
    server.mend()
    assert ask(server)[1] == FILE
    assert server.bodies() == 5000 + len(FILE)


def test_storms_portals_types_and_compression(server):
    server.faults.status, server.faults.retry_after = 503, 7
    answer, body = ask(server)
    assert (answer.status, answer.headers["Retry-After"], body) == (503, "7", b"")
    server.mend()
    server.faults.portal = True
    answer, body = ask(server, "/whatever")
    assert (answer.status, body) == (200, LOGIN)
    server.mend()
    server.faults.mime, server.faults.mime_of = "text/plain", (".wasm",)
    server.faults.compress = True
    answer, body = ask(server, Accept_Encoding="gzip")
    assert answer.headers["Content-Type"] == "text/plain"
    assert gzip.decompress(body) == FILE
    assert ask(server)[1] == FILE


def test_every_answer_fails_at_a_rate_of_one(server):
    server.faults.error_rate = 1
    seen = set()
    for _ in range(4):
        try:
            seen.add(ask(server)[0].status)
        except http.client.IncompleteRead as error:
            seen.add(len(error.partial))
    assert seen == {500, len(FILE) // 2}
    assert server.failed == 4


def test_the_line_has_a_speed(server):
    server.faults.bits = len(FILE) * 8 * 5  # a fifth of a second
    began = time.monotonic()
    ask(server)
    assert time.monotonic() - began > 0.15


def test_a_row_fails_by_what_was_lost_or_fetched_again():
    rows = [Row("a", "", 10, 20, True), Row("b", "", 30, 20, True), Row("c", "", -1, 0, False)]
    assert [row.good for row in rows] == [True, False, False]
    assert table(rows).splitlines()[-1] == "1 of 3 survived"
