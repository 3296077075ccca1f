"""A host that is away: terminals stay, say so, and end by nothing that is asked of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from exercise.host.remote import control_on
from exercise.room.timing import room_opened
from exercise.tui.app import Studio
from exercise.tui.room import Room
from exercise.tui.screens.room import enter
from exercise.tui.visit import Visit
from exercise.tui.widgets.figures import Figures
from tests.host.room import Open, opened
from tests.tui.stage import acted, kind, press, shown, until


@asynccontextmanager
async def control_at(room: Open) -> AsyncIterator[tuple[Studio, Pilot[Any]]]:
    """Control's terminal, elsewhere than its host."""
    line = room.join("control")
    made = Room(control_on(line), Path("room.exercise"), line.close, line)
    app = Studio(lambda studio: enter(studio, made))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await until(pilot, lambda: kind(app) == "ControlScreen")
        yield app, pilot


def cut_off(room: Open) -> None:
    """The host is gone, as after a crash."""
    room._loop.call_soon_threadsafe(room.host._server.close)  # type: ignore[union-attr]
    room.do(lambda: [guest.writer.transport.abort() for guest in room.host.guests])


def test_control_elsewhere_outlives_its_host_whatever_it_asks() -> None:
    async def play() -> None:
        with opened() as room:
            async with control_at(room) as (app, pilot):
                cut_off(room)
                await until(pilot, lambda: "host is away" in shown(app))
                for key in "vlk<d<u<c<g<zn<i<p<":
                    await press(pilot, "escape" if key == "<" else key)
                await pilot.pause(1.1)  # control's clock asks once a second
                assert app.fault is None
                assert app.is_running

    acted(play)


def test_a_seat_elsewhere_outlives_its_host_whatever_it_asks() -> None:
    async def play() -> None:
        with opened() as room:
            line = room.join("dorvik")
            app = Studio(lambda studio: studio.visit(Visit(line)))
            async with app.run_test(size=(120, 40), notifications=True) as pilot:
                await until(pilot, lambda: len(app.screen_stack) > 1)
                await press(pilot, "enter")
                cut_off(room)
                await until(pilot, lambda: line.state == "away")
                for key in "dcirfowm1sp":
                    await press(pilot, key, "enter", "escape", "escape")
                assert app.fault is None
                assert app.is_running

    acted(play)


def comes_back(room: Open) -> None:
    """The host is there again, where it was."""
    asyncio.run_coroutine_threadsafe(room.host.open(room.where), room._loop).result(60)


def test_a_screen_asked_for_while_the_host_is_away_comes_when_it_is_back() -> None:
    async def play() -> None:
        with opened() as room:
            line = room.join("dorvik")
            app = Studio(lambda studio: studio.visit(Visit(line)))
            async with app.run_test(size=(120, 40), notifications=True) as pilot:
                await until(pilot, lambda: kind(app) == "FirstPage")
                cut_off(room)
                await until(pilot, lambda: app.away)
                await press(pilot, "enter")
                assert kind(app) == "FirstPage"
                comes_back(room)
                await until(pilot, lambda: not app.away)
                await press(pilot, "enter")
                await until(pilot, lambda: "Your orders" in shown(app))

    acted(play)


def test_a_screen_that_the_host_left_half_made_gives_way_when_it_is_back() -> None:
    async def play() -> None:
        with opened() as room:
            line = room.join("dorvik")
            app = Studio(lambda studio: studio.visit(Visit(line)))
            async with app.run_test(size=(120, 40), notifications=True) as pilot:
                await until(pilot, lambda: kind(app) == "FirstPage")
                cut_off(room)
                await until(pilot, lambda: line.state == "away")
                app.away = False  # the key came before this terminal had noticed
                await press(pilot, "enter")
                comes_back(room)
                await until(pilot, lambda: "Your orders" in shown(app))

    acted(play)


def test_the_projector_says_that_the_host_is_away_and_its_clock_stands() -> None:
    async def play() -> None:
        with opened() as room:
            room.do(lambda: room_opened(room.host.session))
            line = room.join("projector")
            app = Studio(lambda studio: studio.come_in(line))
            async with app.run_test(size=(80, 24), notifications=True) as pilot:
                await until(pilot, lambda: "time left" in shown(app))
                cut_off(room)
                await until(pilot, lambda: "the host is away" in shown(app))
                assert "time left" not in shown(app)
                figures = app.screen.query_one("#board-clock", Figures)
                before = figures.text
                await pilot.pause(1.2)
                assert (figures.text, figures.ink) == (before, "$dim")

    acted(play)
