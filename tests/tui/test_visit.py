"""A seat at a host elsewhere: its terminal keeps up with the room."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.pilot import Pilot

from exercise.save.journal import MemoryJournal
from exercise.saved import create
from exercise.tui.app import Studio
from exercise.tui.visit import Visit
from tests.host.room import Open, opened
from tests.scenarios import loaded
from tests.tui.stage import SIZES, acted, kind, press, shown, until


@asynccontextmanager
async def visiting(
    room: Open, seat: str = "dorvik", size: tuple[int, int] = (120, 40)
) -> AsyncIterator[tuple[Studio, Pilot[Any]]]:
    """A terminal at a seat, on its desk."""
    line = room.join(seat)
    app = Studio(lambda studio: studio.visit(Visit(line)))
    async with app.run_test(size=size, notifications=True) as pilot:
        await until(pilot, lambda: len(app.screen_stack) > 1)
        await press(pilot, "enter")
        yield app, pilot


def end_turn(room: Open) -> None:
    room.do(room.host.control.resolve)
    room.do(room.host.control.publish)


@pytest.mark.parametrize("size", SIZES)
def test_a_turn_is_sealed_here_and_its_results_come_when_control_releases_them(
    size: tuple[int, int],
) -> None:
    async def play() -> None:
        with opened() as room:
            async with visiting(room, size=size) as (app, pilot):
                room.do(room.host.control.close_council)
                await until(pilot, lambda: "Orders" in shown(app).split("\n")[0])
                await press(pilot, "1", "ctrl+s", "s")
                assert kind(app) == "DeskScreen"
                assert "1 order sealed" in shown(app)
                assert len(room.host.session.pending.sealed["dorvik"]) == 1
                end_turn(room)
                await until(pilot, lambda: kind(app) == "ResultsScreen")
                assert "What came of turn 1" in shown(app)
                await press(pilot, "space")
                assert kind(app) == "DeskScreen"
                assert "Turn 2" in shown(app)

    acted(play)


def test_whoever_is_busy_is_told_and_not_interrupted() -> None:
    async def play() -> None:
        with opened() as room:
            async with visiting(room) as (app, pilot):
                await press(pilot, "d")
                end_turn(room)
                await until(pilot, lambda: "results of turn 1" in shown(app).lower())
                assert kind(app) == "DecisionsScreen"
                assert "w shows them" in shown(app)
                await press(pilot, "escape", "w")
                assert kind(app) == "ChangesScreen"
                assert "Nothing has changed yet" not in shown(app)

    acted(play)


def test_in_a_discussion_no_results_are_told_of_that_no_key_shows() -> None:
    async def play() -> None:
        session = create(loaded("port-outage"), MemoryJournal(), seed=7, people=("ministry",))
        with opened(session) as room:
            async with visiting(room, "ministry") as (app, pilot):
                await press(pilot, "i")
                end_turn(room)
                await until(pilot, lambda: "Turn 1 is over" in shown(app))
                assert "Your desk shows what comes next" in shown(app)
                assert "w shows" not in shown(app)
                await press(pilot, "escape")
                assert kind(app) == "DeskScreen"
                assert "warning that you may not pass on" not in shown(app)
                assert "What comes ashore first" in shown(app)

    acted(play)


def test_a_locked_out_terminal_closes_with_a_plain_line() -> None:
    async def play() -> None:
        with opened() as room:
            async with visiting(room) as (app, pilot):
                room.do(lambda: room.host.control.access.issue(("dorvik",)))
                await press(pilot, "d")
                await until(pilot, lambda: app.fault is not None)
                assert "join again" in str(app.fault)

    acted(play)


def test_the_end_is_shown_where_the_desk_was() -> None:
    async def play() -> None:
        with opened() as room:
            async with visiting(room) as (app, pilot):
                last = room.host.session.exercise.turns
                for turn in range(1, last + 1):
                    end_turn(room)
                    await until(pilot, lambda: kind(app) == "ResultsScreen")
                    assert f"What came of turn {turn}" in shown(app)
                    await press(pilot, "space")
                await until(pilot, lambda: kind(app) == "OverScreen")
                assert "Objectives" in shown(app)

    acted(play)


def test_a_request_for_information_stands_on_the_desk_and_its_steps_show_at_once() -> None:
    async def play() -> None:
        with opened() as room:
            asker, asked = (room.host.control.desk(name) for name in ("aurland", "dorvik"))
            async with visiting(room) as (app, pilot):
                room.do(lambda: asker.requests.ask(("dorvik",), "Fleet", "Where is it?"))
                await until(pilot, lambda: "1 request waits for you" in shown(app))
                await press(pilot, "r")
                await until(pilot, lambda: "Aurland asks Dorvik" in shown(app))
                room.do(lambda: asked.requests.claim("R1"))
                await until(pilot, lambda: "taken up" in shown(app))

    acted(play)


def test_who_sits_at_a_desk_is_told_that_control_went_back() -> None:
    async def play() -> None:
        with opened() as room:
            async with visiting(room) as (app, pilot):
                room.do(room.host.control.close_council)
                end_turn(room)
                await until(pilot, lambda: kind(app) == "ResultsScreen")
                room.do(lambda: room.host.control.roll_back(1, "once more"))
                await until(pilot, lambda: kind(app) == "DeskScreen")
                assert "turn 1 is played again" in shown(app)

    acted(play)


def test_a_real_emergency_is_said_at_every_seat_and_a_false_alarm_taken_back() -> None:
    async def play() -> None:
        with opened() as room:
            control = room.host.control
            async with visiting(room) as (app, pilot):
                room.do(lambda: control.pause(True, True))
                await until(pilot, lambda: "STOP   STOP   STOP" in shown(app))
                assert "no part of the exercise" in shown(app)
                room.do(lambda: control.pause(False))
                await until(pilot, lambda: "It was a false alarm" in shown(app))
                assert kind(app) == "DeskScreen"
                room.do(lambda: control.pause(True))
                await until(pilot, lambda: "frozen" in shown(app).split("\n")[0])
                assert kind(app) == "DeskScreen"

    acted(play)


def end(room: Open) -> None:
    room.do(lambda: room.host.control.end("we have to leave"))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("keys", [("i",), ("m",), ("c",), ("d", *"ple"), ("w", "enter"), ("f1",)])
def test_wherever_a_seat_is_when_all_ends_it_comes_to_the_ending(
    keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    async def play() -> None:
        with opened() as room:
            async with visiting(room, size=size) as (app, pilot):
                await press(pilot, *keys)
                end(room)
                await until(pilot, lambda: kind(app) == "OverScreen")
                assert "Objectives" in shown(app)

    acted(play)


def test_old_results_give_way_to_the_ending() -> None:
    async def play() -> None:
        with opened() as room:
            async with visiting(room) as (app, pilot):
                end_turn(room)
                await until(pilot, lambda: kind(app) == "ResultsScreen")
                while room.host.session.stage != "over":
                    end_turn(room)
                await until(pilot, lambda: kind(app) == "OverScreen")

    acted(play)


def test_a_sheet_that_is_written_on_stays_until_it_is_closed_then_comes_the_ending() -> None:
    async def play() -> None:
        with opened() as room:
            async with visiting(room) as (app, pilot):
                await press(pilot, "i", "w", *"fallow")
                end(room)
                await until(pilot, lambda: "The exercise is over" in shown(app))
                assert kind(app) == "Compose"
                assert "fallow" in shown(app)
                await press(pilot, "escape")
                await until(pilot, lambda: kind(app) == "OverScreen")

    acted(play)


def test_a_visitor_looks_back_through_its_own_eyes_alone() -> None:
    async def play() -> None:
        with opened() as room:
            async with visiting(room) as (app, pilot):
                end_turn(room)
                end(room)
                await until(pilot, lambda: kind(app) in ("ResultsScreen", "OverScreen"))
                if kind(app) == "ResultsScreen":
                    await press(pilot, "space")
                await until(pilot, lambda: kind(app) == "OverScreen")
                await press(pilot, "r")
                assert "seen as Dorvik" in shown(app)
                await press(pilot, "v")
                assert "your own seat's eyes alone" in shown(app)
                await press(pilot, "left", "left")
                assert "There is no such turn to look at." in shown(app)
                assert app.fault is None

    acted(play)
