"""An npm registry and a folder of wheels on this machine, for the real npm and pip."""

import base64
import hashlib
import io
import json
import tarfile
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

from tools.models.sources import Archive


def archive_of(kind, package, version, content):
    """What model.json would say of this archive."""
    return Archive(kind, package, version, len(content), hashlib.sha256(content).hexdigest())


class Registry:
    """Serves npm packages; `requests` are the paths that were asked for."""

    def __init__(self):
        self.requests = []
        self._pages = {}
        registry = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                path = unquote(self.path)
                registry.requests.append(path)
                content = registry._pages.get(path)
                self.send_response(404 if content is None else 200)
                self.end_headers()
                self.wfile.write(content or b"{}")

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def publish(self, name, version, files, folder="package"):
        """Makes a package of `files`, path to content; returns what model.json says of it."""
        about = {"name": name, "version": version}
        content = _tarball({"package.json": json.dumps(about).encode()} | files, folder)
        path = f"/{name}/-/{version}.tgz"
        digest = base64.b64encode(hashlib.sha512(content).digest()).decode()
        dist = {"tarball": f"{self.url}{path}", "integrity": f"sha512-{digest}"}
        described = {
            "name": name,
            "dist-tags": {"latest": version},
            "versions": {version: about | {"dist": dist}},
        }
        self._pages |= {f"/{name}": json.dumps(described).encode(), path: content}
        return archive_of("npm", name, version, content)

    def close(self):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def write_wheel(folder, name, version, files):
    """Writes a wheel of `files` into `folder`; returns what model.json says of it."""
    about = f"{name}-{version}.dist-info"
    described = {
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n".encode(),
        f"{about}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{about}/RECORD": b"",
    }
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for each, content in (files | described).items():
            wheel.writestr(each, content)
    return archive_of("wheel", name, version, path.read_bytes())


def _tarball(files, folder):
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w:gz") as package:
        for name, content in files.items():
            entry = tarfile.TarInfo(f"{folder}/{name}")
            entry.size = len(content)
            package.addfile(entry, io.BytesIO(content))
    return written.getvalue()
