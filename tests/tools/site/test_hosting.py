import json

from tools.site.hosting import write_hosting
from tools.site.policy import page_headers, page_policy, worker_headers


def test_hosts_get_the_headers_of_page_and_workers(tmp_path):
    write_hosting(tmp_path, ["https://models.example"])
    for name in ("_headers", ".htaccess", "vercel.json", "firebase.json", "nginx.conf"):
        text = (tmp_path / name).read_text("utf-8")
        if name.endswith(".json"):
            text = json.dumps(json.loads(text), ensure_ascii=False).replace('\\"', '"')
        for headers in (page_headers(["https://models.example"]), worker_headers()):
            assert all(value in text for value in headers.values())
        assert "immutable" in text
        assert "no-cache" in text


def test_page_may_ask_only_its_own_site_and_the_hosts_that_are_named():
    assert "connect-src 'self';" in page_policy()
    assert "connect-src 'self' https://models.example;" in page_policy(["https://models.example"])
    for policy in (page_policy(), *page_headers().values(), *worker_headers().values()):
        assert "unsafe-inline" not in policy
        assert "'unsafe-eval'" not in policy
        assert "*" not in policy
