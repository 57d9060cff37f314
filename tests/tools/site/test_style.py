import re

from tools.paths import APP

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def test_a_selector_that_old_browsers_do_not_know_stands_alone():
    """A browser drops a whole list for one selector: Firefox before 121 knows no :has, and its
    users lost the outline of what has the focus."""
    wrong = []
    for path in APP.rglob("*.css"):
        for selectors in re.findall(r"([^{}]+)\{", COMMENT.sub("", path.read_text("utf-8"))):
            if ":has(" in selectors and re.search(r",(?![^(]*\))", selectors):
                wrong.append((path.name, selectors.strip()))
    assert wrong == []
