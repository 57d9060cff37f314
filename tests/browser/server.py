"""Serves a folder under a prefix and writes each request to a log, one JSON object a line."""

import functools
import http.server
import json
import sys
from pathlib import Path

from tools.serve import SiteHandler


class CountingHandler(SiteHandler):
    prefix = "/"
    log = Path()

    def do_GET(self):  # noqa: N802
        with self.log.open("a") as log:
            log.write(json.dumps({"path": self.path}) + "\n")
        if not self.path.startswith(self.prefix):
            self.send_error(404)
            return
        self.path = "/" + self.path[len(self.prefix) :]
        super().do_GET()


def main():
    folder, prefix, port, log = sys.argv[1:]
    CountingHandler.prefix, CountingHandler.log = prefix, Path(log)
    CountingHandler.log.touch()
    handler = functools.partial(CountingHandler, directory=folder)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", int(port)), handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
