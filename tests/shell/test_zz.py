import pytest
@pytest.mark.parametrize("src", ["document.throws()", "document.getter", "document.throws2()", "window.JSON.parse('{')", "await document.rejects()", "window.URL.new('::')"])
def test_c(micropython, src):
    print(src, micropython(f"""
from page import window
from pyscript import document
import js
try:
    {src}
except Exception as e:
    answer([type(e).__name__, str(e)])
"""))
