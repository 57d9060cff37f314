"""The site that launches are compared with: stock files, and a service worker that accepts them."""

import base64
import gzip
import hashlib
import json

from tools.bench.stock import stock_site
from tools.engine.parts import write_parts
from tools.paths import NODE_MODULES, ROOT


def digest(data):
    return "sha256-" + base64.b64encode(hashlib.sha256(data).digest()).decode()


def test_engine_files_are_stock_and_everything_agrees(tmp_path):
    dist, shell = tmp_path / "dist", tmp_path / "dist" / "shell-1"
    shell.mkdir(parents=True)
    (wheel,) = (ROOT / "wheels" / "dist").glob("numpy-*.whl")
    ours = {
        "python_stdlib.zip": b"ours",
        wheel.name: b"ours, too",
        "pyodide.mjs": b"as it is",
        "pyodide-lock.json": json.dumps(
            {"packages": {"numpy": {"file_name": f"../x/{wheel.name}", "sha256": "0"}}}
        ).encode(),
    }
    listed = []
    for name, data in ours.items():
        path = dist / "assets" / "x" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        listed.append(write_parts(path, path.parent, "assets/x", cache=tmp_path).to_dict())
    (shell / "assets.json").write_text(json.dumps({"engine": listed}))
    before = digest((shell / "assets.json").read_bytes())
    (dist / "sw.js").write_text(f'[{{"integrity":"{before}","url":"shell-1/assets.json"}}]')

    out = tmp_path / "stock"
    stock_site(dist, out)

    assets = json.loads((out / "shell-1" / "assets.json").read_text())["engine"]
    files = {asset["url"].rsplit("/", 1)[1]: (out / asset["url"]).read_bytes() for asset in assets}
    assert files["python_stdlib.zip"] == (NODE_MODULES / "pyodide/python_stdlib.zip").read_bytes()
    assert files[wheel.name] == wheel.read_bytes()
    assert files["pyodide.mjs"] == b"as it is"
    package = json.loads(files["pyodide-lock.json"])["packages"]["numpy"]
    assert package["sha256"] == hashlib.sha256(wheel.read_bytes()).hexdigest()
    for asset in assets:
        for part in asset["parts"]:
            piece = (out / part["url"]).read_bytes()
            assert hashlib.sha256(piece).hexdigest() == part["sha256"]
    after = (out / "shell-1" / "assets.json").read_bytes()
    assert digest(after) in (out / "sw.js").read_text()
    assert gzip.decompress((out / "shell-1" / "assets.json.gz").read_bytes()) == after
