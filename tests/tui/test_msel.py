"""Control's list of injects, the turns, who plays, and going back, driven by keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from exercise.room.msel import Change
from exercise.save.store import Save
from exercise.tui.app import Studio
from exercise.tui.room import take_up
from exercise.tui.screens.inject import objective_named, read_effects
from exercise.tui.screens.review import ReviewScreen
from exercise.tui.screens.rows import laid
from exercise.tui.shelf import open_shelf
from exercise.verified import Verified, verify
from tests.tui.stage import SIZES, acted, kind, press, seated, shown, until
from tests.tui.test_control import room, typed


@pytest.mark.parametrize("size", SIZES)
def test_the_list_shows_every_inject_with_its_state(tmp_path: Path, size: tuple[int, int]) -> None:
    async def play() -> None:
        async with room(tmp_path, size) as (app, pilot, _):
            await press(pilot, "k")
            assert kind(app) == "MselScreen"
            page = shown(app)
            assert "delivered" in page
            assert "Kesk announces gunnery" in page
            assert ("Objective" in page) == (size[0] > 100)
            await press(pilot, "enter")
            assert "id notice" in shown(app)

    acted(play)


def test_an_inject_is_written_fired_postponed_and_edited(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path) as (app, pilot, made):
            msel = made.control.msel
            await press(pilot, "k", "n")
            await typed(pilot, "Queues")
            await press(pilot, "ctrl+s")  # without a day it comes at once
            assert kind(app) == "MselScreen"
            assert [row.state for row in msel.rows()] == ["delivered", "delivered"]
            await press(pilot, "n")
            await typed(pilot, "Later")
            await press(pilot, "enter", "enter")
            await typed(pilot, "D+2")
            await press(pilot, "f3")
            later = next(row for row in msel.rows() if row.told.title == "Later")
            assert (later.state, later.told.when) == ("draft", "D+2")
            await press(pilot, "home", "down")
            assert "Later" in shown(app)
            await press(pilot, "d")
            assert msel.row(later.id).state == "scheduled"
            await press(pilot, "p")
            await typed(pilot, "3")
            await press(pilot, "enter")
            assert msel.row(later.id).told.when == "D+5"
            await press(pilot, "a")
            await typed(pilot, "far")
            await press(pilot, "enter")
            assert "no number of days" in shown(app)
            await press(pilot, "escape", "e")
            await press(pilot, "end")
            await typed(pilot, " on")
            await press(pilot, "ctrl+s")
            assert msel.row(later.id).told.title == "Later on"
            await press(pilot, "h")
            assert msel.row(later.id).state == "held"
            await press(pilot, "h", "k")
            assert msel.row(later.id).state == "skipped"

    acted(play)


def test_what_is_expected_gets_a_deadline_and_is_said_to_have_come(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path) as (app, pilot, made):
            await press(pilot, "k", "n")
            await typed(pilot, "Spare")
            await press(pilot, "enter", "enter")
            await typed(pilot, "D+9")
            await press(pilot, "ctrl+s", "home", "x")
            assert kind(app) == "ExpectSheet"
            await typed(pilot, "D+1")
            await press(pilot, "enter")
            await typed(pilot, "spa")
            assert "“Spare”" in shown(app)
            await press(pilot, "ctrl+s")
            assert made.control.msel.row("notice").deadline == "D+1"
            await press(pilot, "x")
            assert made.control.msel.row("notice").came is True

    acted(play)


def test_the_turns_are_changed_and_the_count_follows(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path, (80, 24)) as (app, pilot, made):
            await press(pilot, "u", "n")
            await typed(pilot, "3")
            await press(pilot, "enter")
            assert [t.days for t in made.control.schedule.turns()] == [7, 3, 7]
            assert "Turn 1 of 3" in shown(app)
            await press(pilot, "k")
            assert [t.days for t in made.control.schedule.turns()] == [7, 10]
            await press(pilot, "home", "k")
            assert "is under way" in shown(app) or "chosen" in shown(app)
            assert len(made.control.schedule.turns()) == 2

    acted(play)


def test_a_seat_is_handed_to_a_bot_and_back(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path) as (_, pilot, made):
            await press(pilot, "p", "enter", "end", "enter")
            assert made.control.standing().filling["alder"] == "bot"
            assert made.deciding() == ("birk",)
            await press(pilot, "p", "enter", "enter")
            assert made.control.standing().filling["alder"] == "desk"
            assert set(made.deciding()) == {"alder", "birk"}

    acted(play)


def test_the_adversarys_reasoning_is_told_beside_the_results(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path, (80, 24)) as (app, pilot, _):
            await press(pilot, "y")
            assert kind(app) == "ControlScreen"
            await press(pilot, "n", "n", "enter", "y")
            assert kind(app) == "MindScreen"
            assert "Kesk in the Sound" in shown(app)
            assert "likely" in shown(app)
            await press(pilot, "down", "enter")
            assert kind(app) == "WhySheet"

    acted(play)


def test_going_back_needs_a_reason_and_keeps_the_old_line_for_review(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path) as (app, pilot, made):
            await press(pilot, "n", "n", "enter", "n", "enter")
            assert made.control.standing().turn == 2
            await press(pilot, "b", "down", "enter", "enter")
            assert "needs a reason" in shown(app)
            await typed(pilot, "false start")
            await press(pilot, "enter")
            assert made.control.standing().turn == 1
            assert "the earlier line stays" in shown(app)
            with Save.open(made.path, write=False) as journal:
                assert isinstance(verify(journal), Verified)
        shelf = open_shelf(tmp_path / "room.exercise")
        review = Studio(lambda studio: studio.push_screen(ReviewScreen(shelf)))
        async with review.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: kind(review) == "ReviewScreen")
            await press(pilot, "b")
            assert "false start" in shown(review)
            await press(pilot, "home", "enter", "end")
            assert "Turn 1 of 2" in shown(review)
        shelf.close()

    acted(play)


@pytest.mark.parametrize("screen", ["k", "u"])
def test_freeze_and_stop_are_one_key_away_everywhere(tmp_path: Path, screen: str) -> None:
    async def play() -> None:
        async with room(tmp_path) as (app, pilot, made):
            await press(pilot, screen, "z")
            assert made.control.standing().paused
            await press(pilot, "z")
            assert not made.control.standing().paused
            await press(pilot, "f9")
            assert kind(app) == "StoppedScreen"

    acted(play)


def test_a_letter_that_is_opened_and_noted_shows_so_in_controls_list() -> None:
    async def play() -> None:
        async with seated(("birk",)) as (app, pilot):
            msel = app.course.control.msel
            await press(pilot, "enter", "i", "end", "enter")
            assert "keep away from the sound" in shown(app)
            assert msel.row("notice").state == "opened"
            await press(pilot, "k")
            assert msel.row("notice").marks == (("birk", "acknowledged"),)
            await press(pilot, "r")
            await typed(pilot, "We know")
            await press(pilot, "ctrl+s")
            assert msel.row("notice").state == "answered"

    acted(play)


def test_why_it_was_stopped_is_still_told_when_the_room_is_taken_up_again(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path) as (app, pilot, _):
            await press(pilot, "f9", "enter")
            assert "Stopped for a real-world emergency" in shown(app)
        made = take_up(tmp_path / "room.exercise")
        assert made.control.stopped() == "stopped for a real-world emergency"
        assert made.over
        made.close()

    acted(play)


def test_effects_are_read_as_people_write_them() -> None:
    assert read_effects("a.b[x] +0.1; a.c = 0,5 ; a.d[x, y] −2") == (
        Change("a.b[x]", "add", 0.1), Change("a.c", "set", 0.5), Change("a.d[x, y]", "add", -2.0),
    )  # fmt: skip
    assert read_effects("") == ()
    for text in ("more tension", "a.b[x]", "a.b + x", "a.b +1e9"):
        assert "is no effect" in str(read_effects(text))


def test_columns_are_as_wide_as_there_is_room() -> None:
    cells = ("D+1", "scheduled", "A" * 80, "From " * 9, "To " * 30, "mail", "quiet", "Jo")
    for width in (60, 72, 112, 180):
        assert len(laid(cells, width)) <= width
    assert "Jo" in laid(cells, 132)
    assert "quiet" in laid(cells, 112)
    assert "quiet" not in laid(cells, 72)


def test_the_objective_that_an_inject_serves_is_named_by_first_letters_or_refused() -> None:
    goals = {"safety": "People are safe before goods move", "flow": "What is needed crosses"}
    assert objective_named(goals, "peop") == "safety"
    assert objective_named(goals, "goods safe") == "safety"
    assert objective_named(goals, "flow") == "flow"
    assert objective_named(goals, "") == ""
    assert objective_named(goals, "peep") is None
    assert objective_named(goals, "s") == "safety"


def test_an_inject_with_an_objective_that_nobody_knows_is_not_kept(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path) as (app, pilot, made):
            before = len(made.control.msel.rows())
            await press(pilot, "k", "n")
            await typed(pilot, "Queues")
            app.screen.query_one("#objective").focus()
            await typed(pilot, "zzz")
            assert "not known; there are:" in shown(app)
            await press(pilot, "ctrl+s")
            assert kind(app) == "InjectSheet"
            assert len(made.control.msel.rows()) == before

    acted(play)
