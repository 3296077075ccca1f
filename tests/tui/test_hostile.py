"""Whatever people type, and whatever a scenario says, is shown as plain text and breaks nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from exercise.tui.course import Course, begin
from exercise.tui.widgets.lines import Line, drawn
from exercise.tui.words import plain, wrapped
from tests.tui.stage import SIZES, SMALL, acted, kind, press, seated, shown

NASTY = (
    "[/x] [@click=app.quit]press[/] [bold red] \x1b[31m\x07 "
    "\u202eev il\u202c \u0645\u0631\u062d\u0628\u0627 "
    "\U0001f469\u200d\U0001f469\u200d\U0001f467 e\u0301\u0301\u0301\u0301"
)


def hostile(tmp_path: Path) -> Course:
    """The small exercise with hostile words wherever an author may write some.

    Control characters stop at the loader already; messages may still bring some.
    """
    text = Path(SMALL).read_text()
    quoted = NASTY.replace("\x1b[31m\x07", "")
    for words in ("Small Sound", "Alder Port", "Words on the sound", "The sound is open.",
                  "Peace and trade.", "Kesk announces gunnery", "Kesk Ministry", "Alder Cutters",
                  "Ships should keep away from the sound on Friday.", "Keep it quiet",
                  "EXERCISE SMALL EXERCISE", "Kesk ships load mines"):  # fmt: skip
        assert words in text
        text = text.replace(f": {words}", f': "{quoted}"')
    path = tmp_path / "hostile.yaml"
    path.write_text(text)
    return begin(str(path), ["birk"], seed=3)


@pytest.mark.parametrize("size", SIZES)
def test_every_screen_survives_hostile_words_and_shows_them_as_they_are(
    size: tuple[int, int], tmp_path: Path
) -> None:
    async def play() -> None:
        course = hostile(tmp_path)
        course.control.say(("all",), NASTY, NASTY * 150 + "x" * 10_000)
        async with seated(course=course, size=size) as (app, pilot):
            screens = [("enter",), ("i",), ("enter",), ("escape", "escape", "c"), ("a",),
                       ("escape", "escape", "m"), ("tab", "tab"), ("escape", "d"),
                       (*"pledge", "enter"), (*"[/]", "enter"), ("escape", "o"), ("s", "s"),
                       ("enter",), ("escape", "space"), ("s", "s", "space"), ("r",)]  # fmt: skip
            literal = False
            for keys in screens:
                await press(pilot, *keys)
                words = shown(app)
                assert "\x1b" not in words
                assert "\x07" not in words
                assert "\u202e" not in words
                literal = literal or "[@click=app.quit]press[/]" in words
            assert literal
            assert kind(app) == "ReplayScreen"

    acted(play)


def test_an_order_in_hostile_words_is_refused_in_plain_ones() -> None:
    async def play() -> None:
        async with seated() as (app, pilot):
            await press(pilot, "enter", "d")
            app.screen.query_one("#filter").value = NASTY  # type: ignore[attr-defined]
            await press(pilot, "enter")
            await pilot.pause()
            assert kind(app) == "DecisionsScreen"
            assert "There is no decision '/x'" in shown(app)

    acted(play)


@given(st.text(max_size=300), st.integers(4, 60))
def test_wrapped_words_never_take_more_cells_than_there_are(text: str, width: int) -> None:
    assert all(cell_len(line) <= width for line in wrapped(plain(text, lines=True), width))


@given(st.text(max_size=200), st.text(max_size=80), st.text(max_size=30), st.integers(20, 90))
def test_a_line_is_never_wider_than_its_list(text: str, note: str, right: str, width: int) -> None:
    content = drawn(Line(text, sign="●", note=note, right=right), width)
    assert all(cell_len(line) <= width for line in content.plain.split("\n"))


def test_accents_do_not_climb_and_directions_do_not_turn() -> None:
    assert plain("e" + "\u0301" * 9) == "é" + "\u0301" * 2
    assert plain("a\u202eb\u2066c\u200bd") == "abcd"
    assert plain("one\ntwo") == "one two"
    assert plain("one\ntwo", lines=True) == "one\ntwo"
