import pytest

from tests.shell.word_keys import load, of_the_page, placeholders


def test_say_puts_the_data_into_the_words(micropython):
    said = micropython("""
        import words
        answer(words.say("engine_downloading", done="1 MB", total="2 MB", percent=50))
    """)

    assert said == "Downloading 1 MB of 2 MB · 50 %"


def test_the_language_of_the_page_is_the_language_in_use(micropython):
    said = micropython("""
        from pyscript import document
        import words
        document.documentElement.lang = "ja"
        answer([words.language(), words.say("save")])
    """)

    assert said == ["ja", load("ja")["save"]]


def test_switching_changes_the_words_and_the_labels_there_and_back(micropython):
    said = micropython("""
        from page import element
        import words
        said = []
        for _ in range(2):
            words.switch()
            label = element("message-close").getAttribute("aria-label")
            said.append([words.language(), words.say("close"), label])
        answer(said)
    """)

    ja, en = load("ja")["close"], load("en")["close"]
    assert said == [["ja", ja, ja], ["en", en, en]]


def test_the_choice_of_language_is_kept_for_the_next_visit(micropython):
    source = """
        from page import window
        import words
        words.switch()
        kept = [window.localStorage.key(i) for i in range(window.localStorage.length)]
        answer([[key[key.rfind(":") + 1:], window.localStorage.getItem(key)] for key in kept])
    """

    assert micropython(source) == [["language", '"ja"']]


def test_the_language_can_be_switched_where_storage_is_refused(micropython):
    said = micropython(
        """
        from page import element
        import words
        words.switch()
        answer([words.language(), element("message-close").getAttribute("aria-label")])
        """,
        storageRefused=True,
    )

    assert said == ["ja", load("ja")["close"]]


def test_every_label_for_screen_readers_has_words(micropython):
    labels = micropython("""
        from pyscript import document
        import words
        words.apply_labels()
        labelled = document.querySelectorAll("[data-word-label]")
        answer([each.getAttribute("aria-label") for each in labelled])
    """)

    assert len(labels) >= 3
    assert all(labels)


def test_an_error_without_words_is_told_with_its_code_and_noted_in_the_console(micropython):
    said = micropython("""
        import words
        answer(words.say_error("never-heard-of", {"detail": "x"}))
    """)

    assert said == load("en")["error_other"].replace("{code}", "never-heard-of")
    assert micropython.console == ["mekiki: an error without words: never-heard-of"]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_error_with_words_can_be_told_with_its_data(micropython, language):
    words = of_the_page(language)
    data = {
        key.removeprefix("error_").replace("_", "-"): dict.fromkeys(placeholders(text), "DATA")
        for key, text in words.items()
        if key.startswith("error_") and key != "error_other"
    }
    said = micropython(f"""
        from pyscript import document
        import words
        document.documentElement.lang = "{language}"
        told = {{}}
        for code, data in {data!r}.items():
            try:
                told[code] = words.say_error(code, data)
            except Exception as error:
                told[code] = repr(error)
        answer(told)
    """)

    expected = {}
    for code in data:
        text = words["error_" + code.replace("-", "_")]
        for name in placeholders(text):
            text = text.replace("{" + name + "}", "DATA")
        expected[code] = text
    assert said == expected
    assert micropython.console == []


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0.0 MB"),
        (4_900, "5 kB"),
        (49_000, "49 kB"),
        (300_000, "0.3 MB"),
        (4_149_000, "4.1 MB"),
        (25_400_000, "25 MB"),
        (1_234_000_000, "1234 MB"),
    ],
)
def test_bytes_are_read_as_megabytes(micropython, count, text):
    assert micropython(f"import words\nanswer(words.megabytes({count}))") == text
