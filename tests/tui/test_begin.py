"""Control's desk at the beginning, with people in the room, and when it is left."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from exercise.host.line import Line
from exercise.room.timing import Clock, wall
from exercise.tui.app import Studio
from exercise.tui.room import Plan, Room, start
from exercise.tui.screens.floor import silence_sheet
from exercise.tui.screens.room import enter
from exercise.tui.ticking import Wall, left_words
from exercise.tui.widgets.lines import Lines
from exercise.view import TextView
from tests.tui.stage import SIZES, SMALL, acted, kind, press, shown, until

STRAIT = "northern-strait"


@asynccontextmanager
async def room(
    folder: Path,
    size: tuple[int, int] = (120, 40),
    scenario: str = SMALL,
    people: tuple[str, ...] = (),
) -> AsyncIterator[tuple[Studio, Pilot[Any], Room]]:
    """A new room, some of its seats for people at terminals."""
    plan = Plan(scenario, save=folder / "room.exercise", seed=1)
    plan.lay()
    plan.filling.update(dict.fromkeys(people, "person"))
    made = start(plan)
    app = Studio(lambda studio: enter(studio, made))
    async with app.run_test(size=size, notifications=True) as pilot:
        await until(pilot, lambda: kind(app) == "ControlScreen")
        yield app, pilot, made
    made.close()


def joined(made: Room, name: str) -> Line:
    """Somebody comes in by a code."""
    assert made.line is not None
    return Line(made.line.where, code=made.codes[name])


@pytest.mark.parametrize("size", SIZES)
def test_the_clock_stands_until_control_begins_the_exercise(
    size: tuple[int, int], tmp_path: Path
) -> None:
    async def play() -> None:
        async with room(tmp_path, size, STRAIT) as (app, pilot, made):
            assert "n  begins the exercise: the clock starts" in shown(app)
            assert "09:00, begins soon" in shown(app)
            await press(pilot, "f6")
            assert "waiting for the exercise to begin" in shown(app)
            await press(pilot, "escape", "n")
            assert made.control.standing().stage == "council"
            assert not made.control.timing.clock().waits
            assert "close the council" in shown(app)
            assert " left" in shown(app).splitlines()[0]
            await press(pilot, "n")
            await until(pilot, lambda: made.control.standing().stage == "orders")

    acted(play)


@pytest.mark.parametrize("size", SIZES)
def test_who_is_here_stands_at_controls_desk(size: tuple[int, int], tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path, size, people=("alder", "birk")) as (app, pilot, made):
            await until(pilot, lambda: "0 of 2 here" in shown(app))
            line = joined(made, "birk")
            await until(pilot, lambda: "1 of 2 here" in shown(app))
            assert "not here: Alder" in shown(app)
            await press(pilot, "d")
            await until(pilot, lambda: "1 of 2 seats of people here" in shown(app))
            doors = app.screen.query_one(Lines)
            signs = {door.data: door.sign for door in doors.shown}
            assert (signs["control"], signs["birk"], signs["alder"]) == ("●", "●", "○")
            other = joined(made, "projector")
            await until(pilot, lambda: "1 projector" in shown(app))
            await press(pilot, "escape", "n", "n", "enter")
            assert made.control.standing().stage == "review"
            assert "1 of 2 here" in shown(app)
            line.close()
            await until(pilot, lambda: "0 of 2 here" in shown(app))
            other.close()

    acted(play)


def test_a_room_with_others_in_it_is_not_left_by_enter(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path, people=("alder", "birk")) as (app, pilot, made):
            line = joined(made, "birk")
            await until(pilot, lambda: "1 of 2 here" in shown(app))
            await press(pilot, "escape", "enter", "enter")
            assert kind(app) == "FirmSheet"
            assert "Birk would wait until the room is opened again." in shown(app)
            await press(pilot, "escape", "ctrl+q", "ctrl+q", "enter")
            assert kind(app) == "FirmSheet"
            assert "Birk would wait until" in shown(app)
            await press(pilot, "escape", "x", "enter")
            assert kind(app) == "FirmSheet"  # ending is as firm
            await press(pilot, "n")
            assert made.control.standing().stage == "council"
            line.close()
            await until(pilot, lambda: "0 of 2 here" in shown(app))
            await press(pilot, "escape")
            assert kind(app) == "SureSheet"

    acted(play)


def test_what_passed_or_failed_this_turn_stays_at_controls_desk(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path) as (app, pilot, made):
            assert "Nothing is on the table." in shown(app)
            await press(pilot, "c", "1", "t", "p", "y", "escape")
            text = made.control.view().texts[0]
            assert text.state == "adopted"
            page = shown(app)
            assert "Nothing is on the table." not in page
            assert "Decided this turn" in page
            lines = app.screen.query_one("#now", Lines)
            place = next(n for n, one in enumerate(lines.shown) if text.title in one.text)
            lines.go(place)
            await press(pilot, "enter")
            assert kind(app) == "WhySheet"

    acted(play)


def test_silence_for_longer_than_the_council_has_is_put_by_who_insists(tmp_path: Path) -> None:
    put: list[int] = []

    class Chamber:
        def silence(self, motion: str, minutes: int) -> None:
            put.append(minutes)

    text = TextView("t", "Text", "f", "Forum", "consensus", "", "put", None, ())  # type: ignore[arg-type]
    sheet = silence_sheet(Chamber(), text, "Control", 270)  # type: ignore[arg-type]
    assert "The council has 4 minutes left by the room's clock." in sheet.about
    refused = sheet.take({"minutes": "10"})
    assert "4 minutes left" in str(refused)
    assert sheet.take({"minutes": "4"}) is None
    assert sheet.take({"minutes": "10"}) is None
    assert put == [4, 10]
    assert silence_sheet(Chamber(), text, "x").take({"minutes": "90"}) is None  # type: ignore[arg-type]


def test_in_an_exercise_of_words_alone_nothing_speaks_of_slips_or_results(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path, (120, 40), "port-outage") as (app, pilot, _):
            assert "a accept" not in shown(app)
            assert "e amend" not in shown(app)
            await press(pilot, "p", "enter")
            assert "slip" not in shown(app)
            assert "its answers are written down here" in shown(app)

    acted(play)


def test_the_words_at_the_corner_do_not_cover_what_comes_next(tmp_path: Path) -> None:
    async def play() -> None:
        for size in SIZES:
            (tmp_path / str(size[0])).mkdir()
            async with room(tmp_path / str(size[0]), size) as (app, pilot, _):
                app.tell("Somebody says something rather long about it.", "And what to do.")
                await until(pilot, lambda app=app: "rather long" in shown(app))  # type: ignore[misc]
                rows = shown(app).splitlines()
                assert rows[0].startswith(" EXERCISE SMALL EXERCISE")
                foot = next(row for row in rows if row.startswith(" Next   n  "))
                assert foot.endswith("F9 stop ")
                assert "Ctrl+P everything" in rows[-1]

    acted(play)


def test_while_the_host_is_away_the_wall_stands_still() -> None:
    now = [wall("2026-11-22T09:00:00Z")]
    clock = Wall(lambda: now[0])
    assert clock.read(False) == now[0]
    stood = clock.read(True)
    now[0] = wall("2026-11-22T09:05:00Z")
    assert clock.read(True) == stood
    assert clock.read(False) == now[0]


def test_no_clock_can_be_taken_for_a_time_of_day() -> None:
    at = wall("2026-11-22T09:10:00Z")

    def told(given: int, since: str = "2026-11-22T09:00:00Z", waits: bool = False) -> str:
        clock = Clock(1, "council", "D", "", given, 0, since, 0, (), False, waits)
        return left_words(clock, at)

    assert told(1138) == "08:58 left"
    assert told(528) == "over by 01:12"
    assert told(540, "", True) == "09:00, begins soon"
