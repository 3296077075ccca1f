"""Who is here: at several seats, at several terminals of one, and what everybody is told of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.pilot import Pilot

from exercise.tui.app import Studio
from exercise.tui.visit import Visit
from exercise.tui.widgets.lines import Lines
from tests.host.room import Open, opened
from tests.tui.stage import SIZES, acted, kind, press, shown, until


@asynccontextmanager
async def seated_at(
    room: Open, *seats: str, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[tuple[Studio, Pilot[Any]]]:
    """A terminal of one person, on the desk of the first of its seats."""
    lines = [room.join(seat) for seat in seats]
    app = Studio(lambda studio: studio.visit(Visit(*lines)))
    async with app.run_test(size=size, notifications=True) as pilot:
        await until(pilot, lambda: kind(app) == "FirstPage")
        await press(pilot, "enter")
        yield app, pilot


def test_one_person_plays_two_seats_from_one_terminal() -> None:
    async def play() -> None:
        with opened() as room:
            async with seated_at(room, "dorvik", "fallow") as (app, pilot):
                room.do(room.host.control.close_council)
                await until(pilot, lambda: "Orders" in shown(app).split("\n")[0])
                assert "DORVIK" in shown(app)
                await press(pilot, "1", "ctrl+s", "s")
                assert "the desk of Fallow" in shown(app)
                await press(pilot, "x")
                assert kind(app) == "FirstPage"  # no curtain: the same person sits here
                await press(pilot, "enter")
                assert "FALLOW" in shown(app)
                await press(pilot, "1", "ctrl+s", "s")
                assert set(room.host.session.pending.sealed) == {"dorvik", "fallow"}
                await press(pilot, "x")
                assert kind(app) == "DeskScreen"
                assert "DORVIK" in shown(app)
                room.do(room.host.control.resolve)
                room.do(room.host.control.publish)
                await until(pilot, lambda: kind(app) == "ResultsScreen")
                await press(pilot, "space")
                assert "DORVIK" in shown(app)

    acted(play)


def test_a_seat_that_is_taken_away_leaves_the_other() -> None:
    async def play() -> None:
        with opened() as room:
            async with seated_at(room, "dorvik", "fallow") as (app, pilot):
                room.do(lambda: room.host.control.access.issue(("dorvik",)))
                await until(pilot, lambda: kind(app) == "FirstPage")
                await press(pilot, "enter")
                assert "FALLOW" in shown(app)
                assert app.fault is None
                room.do(lambda: room.host.control.access.issue(("fallow",)))
                await until(pilot, lambda: app.fault is not None)

    acted(play)


@pytest.mark.parametrize("size", SIZES)
def test_who_is_here_and_who_has_sealed_is_on_one_sheet(size: tuple[int, int]) -> None:
    async def play() -> None:
        with opened() as room:
            async with seated_at(room, "dorvik", size=size) as (app, pilot):
                room.do(room.host.control.close_council)
                room.join("fallow")
                room.do(lambda: room.host.control.desk("fallow").seal())
                await press(pilot, "h")
                await until(pilot, lambda: "here · sealed" in shown(app))
                line = next(one for one in shown(app).split("\n") if "Fallow" in one)
                assert "●" in line
                assert "Terminals of" not in shown(app)
                second = room.join("dorvik", person="Bo [b]")
                await until(pilot, lambda: "Bo [b]" in shown(app))
                lines = app.screen.query_one(Lines)
                at = next(n for n, one in enumerate(lines.shown) if one.text == "Bo [b]")
                lines.go(at)
                await press(pilot, "enter")
                await until(pilot, lambda: second.head)
                await press(pilot, "escape", "s", "s")
                assert "the head of your delegation seals" in shown(app).lower()

    acted(play)
