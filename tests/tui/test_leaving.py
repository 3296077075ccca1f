"""Leaving: asked where something is unfinished, in plain words, and the way back is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from exercise.tui.course import begin
from exercise.tui.leaving import BACK_IN
from tests.host.room import opened
from tests.tui.stage import SIZES, SMALL, acted, kind, press, seated, shown, until
from tests.tui.test_control import room
from tests.tui.test_visit import visiting


@pytest.mark.parametrize("size", SIZES)
def test_help_names_the_key_and_ctrl_c_says_it(size: tuple[int, int]) -> None:
    async def play() -> None:
        async with seated(size=size) as (app, pilot):
            await press(pilot, "enter", "ctrl+c")
            assert "Ctrl+Q leaves the program." in shown(app)
            await press(pilot, "f1", "end")
            assert "Ctrl+Q" in shown(app)
            assert "Leave the program" in shown(app)

    acted(play)


def test_a_seat_with_a_draft_is_asked_and_told_that_it_stays() -> None:
    async def play() -> None:
        with opened() as host:
            async with visiting(host) as (app, pilot):
                host.do(host.host.control.close_council)
                await until(pilot, lambda: "Orders" in shown(app).split("\n")[0])
                await press(pilot, "1", "ctrl+s", "ctrl+q")
                assert kind(app) == "SureSheet"
                words = " ".join(shown(app).split())
                assert "1 order drafted and not sealed stays on the slip." in words
                assert "Your seat stays yours" in words
                await press(pilot, "escape")
                assert kind(app) == "DeskScreen"
                await press(pilot, "ctrl+q", "y")
                await until(pilot, lambda: app._exit)
                assert app.return_value == BACK_IN

    acted(play)


def test_a_seat_with_nothing_unfinished_leaves_at_once_and_is_told_the_way_back() -> None:
    async def play() -> None:
        with opened() as host:
            async with visiting(host) as (app, pilot):
                await press(pilot, "ctrl+q")
                await until(pilot, lambda: app._exit)
                assert app.return_value == BACK_IN

    acted(play)


def test_a_game_without_a_save_is_not_lost_by_one_key() -> None:
    async def play() -> None:
        async with seated() as (app, pilot):
            await press(pilot, "enter", "ctrl+q")
            assert "no save" in shown(app)
            await press(pilot, "ctrl+q")
            await until(pilot, lambda: app._exit)

    acted(play)


def test_a_game_with_a_save_is_left_at_once_until_something_is_drafted(tmp_path: Path) -> None:
    async def play() -> None:
        course = begin(SMALL, ["birk"], seed=3, save=tmp_path / "game.exercise")
        async with seated(course=course) as (app, pilot):
            await press(pilot, "enter", "d", *"pledge", "enter", "enter", "ctrl+q")
            assert "1 order drafted and not sealed stays on the slip." in shown(app)
            await press(pilot, "n", "escape", "o", "delete", "ctrl+q")
            await until(pilot, lambda: app._exit)
        course.close()

    acted(play)


def test_control_does_not_close_the_room_by_one_key(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path) as (app, pilot, _):
            await press(pilot, "ctrl+q")
            assert "Leave the room?" in shown(app)
            await press(pilot, "n")
            assert kind(app) == "ControlScreen"

    acted(play)
