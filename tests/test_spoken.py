"""Words made harmless for lines and paper: what hides goes, what joins to one sign stays."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercise.cli.base import json_text
from exercise.errors import UsageError
from exercise.orders import Refusal
from exercise.scenario.load import find
from exercise.spoken import from_to, joined, legible, number, sentences, signed, statement, visible

WHOLE = {
    "a family": "\U0001f469\u200d\U0001f469\u200d\U0001f467",
    "a tint": "\U0001f44d\U0001f3fd",
    "a tinted profession": "\U0001f469\U0001f3fd\u200d\U0001f692",
    "a pirate's flag": "\U0001f3f4\u200d\u2620\ufe0f",
    "a keycap": "1\ufe0f\u20e3",
    "Hebrew": "\u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd",
    "Arabic": "\u0645\u0631\u062d\u0628\u0627",
    "Persian with a non-joiner": "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    "Sinhala with a joiner": "\u0dc1\u0dca\u200d\u0dbb\u0dd3",
    "Vietnamese": "Vi\u1ec7t",
}
HIDDEN = {
    "a joiner between letters": "p\u200day",
    "a joiner after a sign of something else": "\u202e\u200d\U0001f467",
    "letters of which nothing is seen": "a\u3164\u1160\uffa0\u115fb",
    "bytes in variation selectors": "a" + "".join(chr(0xE0100 + n) for n in b"secret") + "\ufe0f",
    "a sentence in tags": "a" + "".join(chr(0xE0000 + n) for n in b"secret"),
    "joiners in a row": "\U0001f469\u200d\u200d\u200d\U0001f467",
    "a soft hyphen": "pass\u00adword",
    "an override": "\u202egnp.exe\u202c",
    "an isolate": "\u2067x\u2069",
    "a title for the window": "\x1b]0;mine\x07",
    "what is copied": "\x9d52;c;aGk=\x9c",
}


@pytest.mark.parametrize("text", WHOLE.values(), ids=WHOLE.keys())
def test_signs_of_several_characters_stay_whole(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    assert visible(f"a {text} b") == f"a {text} b"
    assert legible(f" {text} ") == text


@pytest.mark.parametrize("text", HIDDEN.values(), ids=HIDDEN.keys())
def test_what_nobody_sees_is_dropped(text: str) -> None:
    told = visible(text)
    assert not {unicodedata.category(c) for c in told} & {"Cc", "Cf", "Mn"}
    assert len(told) < len(text)


@given(st.text(max_size=60))
def test_nothing_unseen_is_left_but_what_joins(text: str) -> None:
    told = visible(text)
    kinds = {unicodedata.category(c) for c in told if c not in "\u200c\u200d"}
    assert not kinds & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert visible(told) == told


@given(st.lists(st.text(max_size=30), min_size=1, max_size=5))
def test_a_statement_has_as_many_lines_as_were_given(lines: list[str]) -> None:
    assert statement(lines).count("\n") == len(lines) - 1


@given(st.text(max_size=60), st.sampled_from(["utf-8", "ascii", "latin-1", "cp1252"]))
def test_json_keeps_every_word_in_any_encoding(text: str, encoding: str) -> None:
    told = json_text({text: [text]}, encoding)
    assert json.loads(told.encode(encoding).decode(encoding)) == {text: [text]}
    assert visible(told, lines=True) == told


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        (("no such port", "give another"), "no such port; give another"),
        (("did you mean x?", "or give a path"), "did you mean x? Or give a path"),
        (("It is full.", "wait"), "It is full. Wait"),
        (("it is full", ""), "it is full"),
        (("", "wait"), "wait"),
        (("", ""), ""),
    ],
)
def test_statements_are_joined_as_clauses_or_as_sentences(
    parts: tuple[str, str], told: str
) -> None:
    assert joined(*parts) == told
    assert str(Refusal(*parts)) == told


def test_as_sentences_each_has_a_capital_and_one_end() -> None:
    assert sentences("that code opens nothing", "ask control") == (
        "That code opens nothing. Ask control."
    )
    assert sentences("Did you mean x?", "") == "Did you mean x?"
    assert sentences("", "wait.") == "Wait."


@pytest.mark.parametrize("name", ["nosuch", "norther-strait"])
def test_a_scenario_that_there_is_not_is_refused_in_whole_clauses(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        find(name)
    remedy = caught.value.remedy
    assert "; or give the path" in remedy or "? Or give the path" in remedy


def test_two_values_do_not_belie_the_change_that_is_shown_of_them() -> None:
    assert from_to(0.25, 0.5) == (".25", ".50")
    assert signed(0.2349 - 0.1251) == "+.11"
    assert (number(0.1251), number(0.2349)) == (".13", ".23")
    assert from_to(0.1251, 0.2349) == (".125", ".235")
    assert from_to(30.0, 21.386) == ("30", "21.39")
    assert from_to(-0.1251, -0.2349) == ("-.125", "-.235")
