"""Why: from every list, level by level, and no further than one is cleared."""

from __future__ import annotations

import pytest

from exercise.explain.why import Why
from exercise.spoken import amount_words
from exercise.tui.course import begin
from exercise.tui.screens.why import WhySheet, arrow, moved
from exercise.tui.widgets.lines import Lines
from tests.tui.stage import SMALL, acted, kind, press, seated, shown


@pytest.mark.parametrize(
    ("keys", "where"),
    [
        ((), "changed"),
        (("tab",), "text"),
        (("c",), "clauses"),
        (("w",), "changes"),
        (("s", "s"), "results"),
    ],
)
def test_enter_asks_why_from_every_list(keys: tuple[str, ...], where: str) -> None:
    async def play() -> None:
        async with seated() as (app, pilot):
            await press(pilot, "enter", *keys)
            assert app.focused is not None
            assert app.focused.id == where
            await press(pilot, "enter")
            assert kind(app) == "WhySheet"
            sheet = app.screen
            assert isinstance(sheet, WhySheet)
            assert sheet.found is not None
            assert sheet.found.title.rstrip(".") in shown(app).replace("\n", " ")
            await press(pilot, "escape")
            assert kind(app) != "WhySheet"

    acted(play)


def test_enter_goes_deeper_and_escape_comes_back_up_to_the_same_line() -> None:
    async def play() -> None:
        course = begin(SMALL, ["birk"], seed=3)
        course.desk.seal()
        course.finish()
        async with seated(course=course) as (app, pilot):
            sheet = WhySheet(course.control, "threat.shared_view", 1, numbers=True)
            app.push_screen(sheet)
            await pilot.pause()
            lines = sheet.query_one(Lines)
            deeper = next(n for n, line in enumerate(lines.shown) if line.sign == "›")
            lines.go(deeper)
            cell = lines.shown[deeper].ask
            await press(pilot, "enter")
            assert sheet.found is not None
            assert sheet.found.cell == cell
            await press(pilot, "escape")
            assert sheet.found.cell == "threat.shared_view"
            assert lines.place == deeper
            await press(pilot, "left")
            assert sheet.found.turn == 0

    acted(play)


def test_a_chain_of_causes_ends_in_who_decided_so_and_why() -> None:
    async def play() -> None:
        course = begin(SMALL, ["birk"], seed=3)
        course.desk.draft("forces.pledge guards pledge", "So that they come.")
        course.desk.seal()
        course.finish()
        async with seated(course=course) as (app, pilot):
            sheet = WhySheet(course.desk, "forces.pledged[guards]", 1, numbers=False)
            app.push_screen(sheet)
            await pilot.pause()
            await press(pilot, "enter")
            words = shown(app)
            assert "Pledge Birk Guards to the alliance" in words
            assert "an order   turn 1" in words
            assert "Birk sealed it in turn 1" in words
            assert "Because: So that they come" in words
            assert "It took: " in words
            await press(pilot, "enter")
            assert "somebody decided so" in shown(app)
            await press(pilot, "escape")
            assert sheet.found is not None
            assert sheet.found.kind == "cell"

    acted(play)


def test_what_one_is_not_cleared_for_is_said_plainly() -> None:
    async def play() -> None:
        async with seated() as (app, pilot):
            course = app.course
            assert course is not None
            app.push_screen(WhySheet(course.desk, "threat.threat[alder,kesk]", None, numbers=True))
            await pilot.pause()
            assert "not disclosed to you" in shown(app)
            await press(pilot, "right", "enter", "escape")
            assert kind(app) == "FirstPage"

    acted(play)


def test_the_rest_stands_alone_and_shows_no_number_where_numbers_are_hidden() -> None:
    async def play() -> None:
        course = begin(SMALL, ["birk"], seed=3)
        course.desk.seal()
        course.finish()
        async with seated(course=course) as (app, pilot):
            app.push_screen(WhySheet(course.desk, "threat.shared_view", 1, numbers=False))
            await pilot.pause()
            words = shown(app).split("How far the allies share")[1]
            assert "cause not disclosed to you" in words
            assert "−." not in words
            assert "+." not in words

    acted(play)


def test_amounts_in_words_and_signs() -> None:
    assert amount_words(1.0, 1.0) == "all of it"
    assert amount_words(-0.6, 1.0) == "most of it"
    assert amount_words(0.2, 1.0) == "some"
    assert amount_words(0.01, 1.0) == "little"
    assert (arrow(0.1), arrow(-0.1), arrow(0.0)) == ("▲", "▼", "·")


def test_a_yes_or_no_is_said_as_such_and_bands_as_words() -> None:
    assert moved(Why("a.b", 2, "", 0.0, 1.0, ()), False).startswith("no → yes")
    banded = Why("a.b", 2, "", 0.4, 0.2, (), bands=("fair", "weak"))
    assert moved(banded, False) == "fair → weak   turn 2"
    assert ".40 → .20" in moved(banded, True)
