import subprocess

import pytest

from tools.errors import BuildError
from tools.paths import APP, NODE_MODULES
from tools.site.bundle import LIBRARIES, bundle_libraries, imported


@pytest.fixture
def modules(tmp_path):
    folder = tmp_path / "modules"
    folder.mkdir()

    def write(text):
        (folder / "a.mjs").write_text(text)
        return folder

    return write


def test_names_are_found_in_imports_of_one_line_and_of_many(modules):
    folder = modules(
        'import { MP4 } from "mediabunny";\nimport {\n  WEBM,\n  Input,\n} from "mediabunny";\n'
        'import { other } from "idb";\n/** @type {import("mediabunny").Track} */\n'
    )

    assert imported(folder, "mediabunny") == ["Input", "MP4", "WEBM"]


def test_a_bundle_has_what_is_imported_and_little_else(tmp_path, modules):
    whole = NODE_MODULES / "mediabunny/dist/bundles/mediabunny.min.mjs"

    bundles = bundle_libraries(tmp_path, modules('import { MP4, Input } from "mediabunny";'))

    code = f'import("{bundles["mediabunny"]}").then((all) => console.log(Object.keys(all).join()))'
    said = subprocess.run(["node", "-e", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "Input,MP4"
    assert bundles["mediabunny"].stat().st_size < whole.stat().st_size / 2


def test_the_address_changes_with_what_is_imported(tmp_path, modules):
    few = bundle_libraries(tmp_path / "few", modules('import { MP4 } from "mediabunny";'))
    more = bundle_libraries(tmp_path / "more", modules('import { WEBM } from "mediabunny";'))
    same = bundle_libraries(tmp_path / "same", modules('import { WEBM } from "mediabunny";'))

    folders = [each["mediabunny"].parent.name for each in (few, more, same)]
    assert folders[0] != folders[1] == folders[2]


def test_a_name_that_the_library_lacks_is_an_error(tmp_path, modules):
    with pytest.raises(BuildError) as caught:
        bundle_libraries(tmp_path, modules('import { Nonsense } from "mediabunny";'))

    assert caught.value.code == "bundle-failed"
    assert "Nonsense" in caught.value.data["detail"]


def test_every_bundled_library_is_imported_by_a_module_of_ours():
    packages = [package for library in LIBRARIES.values() for package in library]
    assert [package for package in packages if not imported(APP, package)] == []


def test_packages_of_one_library_share_a_file_and_what_is_in_it(tmp_path, modules):
    text = (
        'import { EditorState } from "@codemirror/state";\n'
        'import { EditorView } from "@codemirror/view";'
    )
    of_one = {"codemirror": ("@codemirror/view", "@codemirror/state")}

    bundles = bundle_libraries(tmp_path, modules(text), of_one)

    assert bundles["@codemirror/view"] == bundles["@codemirror/state"]
    code = f"""import("{bundles["@codemirror/view"]}").then(({{ EditorState, EditorView }}) => {{
        const extensions = [EditorView.lineWrapping];
        console.log(EditorState.create({{ doc: "a", extensions }}).doc.lines);
    }})"""
    said = subprocess.run(["node", "-e", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "1"
