"""A discussion on the terminal: a room's table, moves, notes, and a player's desk."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from exercise.room.moves import Move
from exercise.save.store import Save
from exercise.tui.app import Studio
from exercise.tui.room import Plan, Room, start, take_up
from exercise.tui.screens.room import enter
from exercise.tui.widgets.lines import Lines
from exercise.verified import Verified, verify
from tests.tui.stage import SIZES, SMALL, acted, kind, press, seated, shown, until

PORT = "port-outage"


@asynccontextmanager
async def room(
    folder: Path, size: tuple[int, int] = (120, 40), scenario: str = PORT
) -> AsyncIterator[tuple[Studio, Pilot[Any], Room]]:
    """A room at control's first screen."""
    plan = Plan(scenario, save=folder / "room.exercise", seed=1)
    plan.lay()
    made = start(plan)
    app = Studio(lambda studio: enter(studio, made))
    async with app.run_test(size=size, notifications=True) as pilot:
        await until(pilot, lambda: kind(app) == "ControlScreen" and "Next" in shown(app))
        yield app, pilot, made
    made.close()


async def say(app: Studio, pilot: Pilot[Any], text: str, *then: str) -> None:
    """Put words into the line that has the cursor, then press keys."""
    line = app.screen.focused
    assert isinstance(line, Input), line
    line.value = text
    await press(pilot, *then)


def first(made: Room) -> Move:
    return made.control.moves.moves()[0]


@pytest.mark.parametrize("size", SIZES)
def test_a_discussion_is_run_from_start_to_hot_wash_at_one_keyboard(
    size: tuple[int, int], tmp_path: Path
) -> None:
    async def play() -> None:
        async with room(tmp_path, size) as (app, pilot, made):
            assert "Discussion" in shown(app)
            assert "answered 0 of 13" in shown(app)
            await press(pilot, "n")  # it begins
            assert "slips" not in shown(app)
            while not made.over:
                turn = made.control.standing().turn
                await press(pilot, "g")
                assert kind(app) == "TableScreen"
                done, whole = made.entered()
                assert (done, kind(app)) == (0, "TableScreen")
                for number in range(whole):
                    await say(app, pilot, f"answer {turn}-{number}", "enter")
                assert made.entered() == (whole, whole)
                if turn == 1:
                    await press(pilot, *["right"] * 4)
                    assert "does something else" in shown(app)
                    await say(app, pilot, "We load by paper; insulin comes; we tried it", "enter")
                    assert first(made).aim == "insulin comes"
                await press(pilot, "escape", "n")
                if turn == 1:
                    assert "1 move not rolled" in shown(app)
                await press(pilot, "enter")  # the move is never rolled
                assert made.over or made.control.standing().turn == turn + 1
            assert "over" in shown(app).lower()
            below = shown(app).rstrip().split("\n")[-1]
            assert "hot wash" in below
            assert "map" not in below
            wash = (tmp_path / "room-hot-wash.md").read_text()
            assert "its die was never rolled" in wash
            assert "answer 4" in wash

    acted(play)
    save = Save.open(tmp_path / "room.exercise")
    assert isinstance(verify(save), Verified)
    save.close()


def test_a_move_is_argued_weighed_rolled_and_refused_with_keys(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path) as (app, pilot, made):
            await press(pilot, "j", "f", "enter")
            await say(app, pilot, "We load by paper", "enter")
            await say(app, pilot, "Insulin comes ashore", "enter")
            await say(app, pilot, "We tried it once", "enter", "enter")
            assert first(made).seat == "port-authority"
            await press(pilot, "r")
            assert "has not been weighed" in shown(app)
            await press(pilot, "a")
            await say(app, pilot, "Nobody who tried is here", "enter", "down", "enter", "down")
            await press(pilot, "enter")
            argument = first(made).arguments[0]
            assert (argument.seat, argument.side) == ("terminal-operator", "against")
            await press(pilot, "e")
            assert "Nobody who tried is here" in shown(app)
            await say(app, pilot, "perhaps", "ctrl+s")
            assert "is no odds" in shown(app)  # the refusal stays on the sheet
            await say(app, pilot, "100", "enter")
            await say(app, pilot, "Paper works.", "enter", "enter", "enter", "enter")
            await say(app, pilot, "2", "ctrl+s")
            assert kind(app) == "JudgeScreen"
            await press(pilot, "down", "r")
            assert first(made).fate == "under way"
            assert "It goes forward: 1 of 2" in shown(app)
            await press(pilot, "r")
            assert "has fallen this turn" in shown(app)
            await press(pilot, "x")
            await say(app, pilot, "The paper is wet.", "enter")
            assert (first(made).fate, first(made).reason) == ("refused", "The paper is wet.")
            await press(pilot, "u")
            assert "settled" in shown(app)
            await press(pilot, "delete")
            await say(app, pilot, "It named a source.", "enter")
            assert (first(made).what, first(made).reason) == ("(withdrawn)", "(withdrawn)")

    acted(play)


def test_an_evaluator_sits_down_and_records(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path, (80, 24)) as (app, pilot, made):
            await press(pilot, "o", "end", "enter")
            assert kind(app) == "NotesScreen"
            assert "No evidence yet" in shown(app)
            await press(pilot, "down", "enter")
            await press(pilot, "ctrl+s")
            assert "nothing is observed yet" in shown(app)
            await say(app, pilot, "The harbour master took the lead", "enter")
            await say(app, pilot, "Minute 5 of the log", "enter", "down", "down", "enter")
            await press(pilot, "ctrl+s")
            note = made.control.notes.notes()[0]
            assert (note.seat, note.objective, note.rating) == ("evaluator", "lead", "S")
            assert (note.kind, note.about) == ("inject", "screens-go-dark")
            lines = app.screen.query_one("#forms", Lines)
            place = next(n for n, line in enumerate(lines.shown) if line.data == note)
            lines.go(place)
            await press(pilot, "delete")
            await say(app, pilot, "I misheard", "enter")
            assert made.control.notes.notes()[0].withdrawn == "I misheard"
            await press(pilot, "escape")
            assert kind(app) == "ControlScreen"

    acted(play)


@pytest.mark.parametrize("size", SIZES)
def test_a_player_takes_part_in_a_discussion_from_its_own_desk(size: tuple[int, int]) -> None:
    async def play() -> None:
        async with seated(("ministry",), size, PORT) as (app, pilot):
            await press(pilot, "enter")
            page = shown(app)
            assert "The terminal's screens go dark" in page
            for word in ("nothing sealed", "Before the council", "s seal", "d decisions"):
                assert word not in page
            await press(pilot, "d")
            assert kind(app) == "DeskScreen"
            assert "Nothing is ordered here." in shown(app)
            await press(pilot, "q")
            await say(app, pilot, "We do not know yet", "enter")
            await press(pilot, "f", "f")
            await say(app, pilot, "We fly the insulin in", "enter", "enter", "enter", "down")
            await press(pilot, "enter")
            assert "awaits its die" in shown(app)
            await press(pilot, "w")
            await say(app, pilot, "No aircraft", "enter")
            assert "withdrawn" in shown(app)
            await press(pilot, "escape")
            app.clear_notifications()
            await pilot.pause()
            assert "1 of 3 questions answered, 1 move made this turn" in shown(app)
            await press(pilot, "s")
            await until(pilot, lambda: "Turn 2 of 4" in shown(app))
            for _ in range(3):
                await press(pilot, "s")
            await until(pilot, lambda: kind(app) == "OverScreen")
            assert "Talked through" in shown(app)
            for empty in ("stands below", "Where things stand"):  # nothing would stand beneath it
                assert empty not in shown(app)

    acted(play)


def test_where_orders_are_given_moves_are_one_key_away_too(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path, scenario=SMALL) as (app, pilot, made):
            await press(pilot, "n", "g")
            assert kind(app) == "GridScreen"
            await say(app, pilot, "we close the pilots' school", "f5")
            assert kind(app) == "FillSheet"
            await press(pilot, "ctrl+s")
            assert first(made).what == "we close the pilots' school"
            await press(pilot, "escape")
            assert "Free-form moves without their die: 1" in shown(app)
            await press(pilot, "q")
            assert "No question has been put yet" in shown(app)

    acted(play)


def test_effects_of_a_move_are_among_the_results_before_release(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path, scenario=SMALL) as (app, pilot, made):
            await press(pilot, "j", "f", "enter")
            await say(app, pilot, "We show the flag", "ctrl+s")
            await press(pilot, "e")
            await say(app, pilot, "100", "enter")
            await say(app, pilot, "Kesk is warned.", "enter")
            await say(app, pilot, "tension[sound] +0.2; support[birk] = 0.9", "ctrl+s")
            await press(pilot, "down", "r", "escape", "n", "n")
            await press(pilot, "enter")
            assert made.control.standing().stage == "review"
            found = made.control.why_result("domestic.support[birk]")
            assert found.after == pytest.approx(0.9, abs=1e-6)
            told = [s.says for term in found.terms for s in term.sources if s.kind == "ruling"]
            assert told == ["Kesk is warned."]

    acted(play)


def test_a_room_is_taken_up_with_its_answers_moves_and_notes(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path) as (app, pilot, made):
            await press(pilot, "g")
            await say(app, pilot, "The harbour master", "enter")
            assert made.entered()[0] == 1

    acted(play)
    again = take_up(tmp_path / "room.exercise")
    assert again.entered() == (1, 13)
    assert again.control.questions.asked()[0].answers[0].text == "The harbour master"
    again.close()


HOSTILE = ("[/b][red]x", "\u202eevil", "a" * 1_999, "\U0001f480" * 50, "x\x1b[2Jy", "“;”;'")


def test_hostile_words_stay_words_on_every_screen(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path, (80, 24)) as (app, pilot, made):
            for text in HOSTILE:
                desk = made.any_desk("ministry")
                assert isinstance(desk.moves.make(text, text, text), Move)
                for move in desk.moves.moves():
                    assert desk.moves.argue(move.name, "for", text) is None
                assert desk.questions.answer("question-1", text) is None
                noted = made.control.notes.record("lead", text, text, "P", remark=text)
                assert noted
            for keys in (("j", "enter", "escape", "e", "escape", "escape"), ("t", "escape"),
                         ("q", "escape"), ("g", "backspace", "escape", "escape")):  # fmt: skip
                await press(pilot, *keys)
                page = shown(app)
                assert "\x1b" not in page
                assert "\u202e" not in page
                while kind(app) != "ControlScreen":
                    await press(pilot, "escape")
            assert kind(app) == "ControlScreen"
            wash = "".join(path.read_text() for path in made.wash())
            assert "\u202e" not in wash
            assert "\x1b" not in wash

    acted(play)
