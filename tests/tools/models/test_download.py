import http.server
import threading

import pytest

from tools.models.download import DownloadFailed, download

CONTENT = bytes(range(256)) * 40


def test_a_file_comes_as_it_is(https_site):
    https_site.pages["/model"] = (200, {}, CONTENT)

    assert download(f"{https_site.url}/model", len(CONTENT)) == CONTENT


def test_a_redirect_to_https_is_followed(https_site):
    https_site.pages["/old"] = (302, {"Location": f"{https_site.url}/model"}, b"")
    https_site.pages["/model"] = (200, {}, CONTENT)

    assert download(f"{https_site.url}/old", len(CONTENT)) == CONTENT


@pytest.mark.parametrize(("length", "what"), [(len(CONTENT) - 1, "longer"), (10**6, "shorter")])
def test_a_file_of_another_length_is_refused(https_site, length, what):
    https_site.pages["/model"] = (200, {}, CONTENT)

    with pytest.raises(DownloadFailed, match=f"{what} than {length} B"):
        download(f"{https_site.url}/model", length)


def test_a_connection_that_breaks_off_is_refused(https_site):
    headers = {"Content-Length": str(len(CONTENT) * 2)}
    https_site.pages["/model"] = (200, headers, CONTENT)

    with pytest.raises(DownloadFailed):
        download(f"{https_site.url}/model", len(CONTENT) * 2)


def test_what_the_server_says_is_passed_on(https_site):
    with pytest.raises(DownloadFailed, match="Not Found"):
        download(f"{https_site.url}/nothing", 10)


def test_a_certificate_that_is_not_trusted_is_refused(https_site, monkeypatch):
    https_site.pages["/model"] = (200, {}, CONTENT)
    monkeypatch.delenv("SSL_CERT_FILE")

    with pytest.raises(DownloadFailed, match="certificate"):
        download(f"{https_site.url}/model", len(CONTENT))


def test_a_redirect_to_plain_http_is_not_followed(https_site):
    asked = []

    class Plain(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)

    with http.server.HTTPServer(("127.0.0.1", 0), Plain) as plain:
        thread = threading.Thread(target=plain.serve_forever, args=(0.01,))
        thread.start()
        target = f"http://localhost:{plain.server_port}/model"
        https_site.pages["/old"] = (302, {"Location": target}, b"")
        try:
            with pytest.raises(DownloadFailed, match="unknown url type: http"):
                download(f"{https_site.url}/old", len(CONTENT))
        finally:
            plain.shutdown()
            thread.join()
    assert asked == []


@pytest.mark.parametrize("scheme", ["http", "ftp", "file"])
def test_only_https_is_spoken(scheme):
    with pytest.raises(DownloadFailed, match="unknown url type"):
        download(f"{scheme}://localhost/etc/hostname", 10)


def test_a_host_that_does_not_exist_is_refused():
    with pytest.raises(DownloadFailed):
        download("https://host.invalid/model", 10)
