"""The words against the sources: nothing missing, nothing left over."""

import json

from tests.shell.error_codes import data_of_engine_errors, raised, raised_outside_rooms
from tests.shell.word_keys import (
    asked_by_proposals,
    asked_by_the_build,
    asked_by_the_doctor,
    asked_by_the_page,
    asked_by_the_shell,
    known_to_the_doctor,
    load,
    of_the_page,
    placeholders,
    word_files,
)


def word_of(code):
    return "error_" + code.replace("-", "_")


def asked():
    errors = {word_of(code) for code in raised()}
    shown = asked_by_the_page() | asked_by_the_shell() | asked_by_the_build()
    return shown | asked_by_the_doctor() | asked_by_proposals() | errors


def test_both_languages_have_the_same_keys():
    assert load("en").keys() == load("ja").keys()


def test_no_two_rooms_have_words_of_one_key():
    keys = [key for path in word_files("en") for key in json.loads(path.read_text("utf-8"))]

    assert sorted({key for key in keys if keys.count(key) > 1}) == []


def test_no_file_has_words_of_one_key_twice():
    twice = []
    for path in word_files("en") + word_files("ja"):
        keys = [key for key, _ in json.loads(path.read_text("utf-8"), object_pairs_hook=list)]
        twice += [(path.parent.name, key) for key in set(keys) if keys.count(key) > 1]

    assert sorted(twice) == []


def test_both_languages_take_the_same_data():
    en, ja = load("en"), load("ja")

    assert [key for key in en if placeholders(en[key]) != placeholders(ja.get(key, ""))] == []


def test_no_words_are_empty():
    assert [key for words in (load("en"), load("ja")) for key in words if not words[key]] == []


def test_everything_that_is_said_has_words():
    assert sorted(asked() - load("en").keys()) == []


def test_no_words_are_left_over():
    assert sorted(load("en").keys() - asked() - known_to_the_doctor()) == []


def test_every_error_code_has_words_in_both_languages():
    codes = raised()

    assert len(codes) > 20
    for words in (load("en"), load("ja")):
        assert {code: codes[code] for code in codes if word_of(code) not in words} == {}


def test_the_words_of_an_error_are_there_before_any_room_is():
    words = of_the_page("en")

    assert sorted(code for code in raised_outside_rooms() if word_of(code) not in words) == []


def test_engine_errors_bring_the_data_that_their_words_name():
    words = load("en")
    errors = list(data_of_engine_errors())

    assert len(errors) > 10
    lacking = {
        (where, code): placeholders(words[word_of(code)]) - names for code, names, where in errors
    }
    assert {error: names for error, names in lacking.items() if names} == {}
