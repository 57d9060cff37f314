"""Another release of the built site, in a copy of it."""

import base64
import hashlib
import re
from pathlib import Path


def release(site: Path, title: str, *, shell: bool = False):
    """Gives the page another title, and the service worker the page's digest.

    shell: whether the shell's folder has another name, too, as when any of its files has changed.
    """
    index, worker = site / "index.html", site / "sw.js"
    if shell:
        (old,) = site.glob("shell-*")
        for file in (index, worker):
            file.write_text(file.read_text("utf-8").replace(old.name, "shell-other"), "utf-8")
        old.rename(site / "shell-other")
    index.write_text(re.sub(r"<title>[^<]*", f"<title>{title}", index.read_text("utf-8")))
    digest = base64.b64encode(hashlib.sha256(index.read_bytes()).digest()).decode()
    text = worker.read_text("utf-8")
    entry = re.search(r'\{[^{}]*url"?:"index\.html"[^{}]*\}', text)[0]
    other = re.sub(r"sha256-[^\"]+", f"sha256-{digest}", entry)
    other = re.sub(r'(revision"?:)"\w+"', rf'\1"{hashlib.md5(digest.encode()).hexdigest()}"', other)
    assert other != entry
    worker.write_text(text.replace(entry, other), "utf-8")
