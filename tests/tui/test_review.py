"""Stepping through a save: turns, eyes, causes, texts, the hot wash; nothing is changed by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from exercise.cli.headless import run_game
from exercise.tui import ways
from exercise.tui.app import Studio
from exercise.tui.screens.review import ReviewScreen
from tests.tui.stage import SMALL, acted, kind, press, shown, until


@pytest.fixture(scope="module")
def save(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("saves") / "played.exercise"
    run_game(SMALL, seed=2, save=path)
    return path


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_arrows_home_and_end_go_through_the_turns(save: Path, size: tuple[int, int]) -> None:
    async def play() -> None:
        app = Studio(lambda studio: ways.look_back(studio, save))
        async with app.run_test(size=size) as pilot:
            await until(pilot, lambda: kind(app) == "ReviewScreen")
            screen = app.screen
            assert isinstance(screen, ReviewScreen)
            assert screen.turn == 1
            await press(pilot, "right", "right")
            assert screen.turn == 2
            await press(pilot, "home")
            assert "The opening" in shown(app)
            await press(pilot, "left", "end")
            assert "Turn 2 of 2" in shown(app)

    acted(play)


def test_a_seats_eyes_show_no_other_seats_orders_and_enter_asks_why(save: Path) -> None:
    async def play() -> None:
        app = Studio(lambda studio: ways.look_back(studio, save))
        async with app.run_test(size=(120, 40)) as pilot:
            await until(pilot, lambda: kind(app) == "ReviewScreen")
            screen = app.screen
            assert isinstance(screen, ReviewScreen)
            await press(pilot, "enter")
            assert kind(app) == "WhySheet"
            await press(pilot, "escape")
            record = screen.shelf.saved.record.turn(1)
            whole = len(list(screen._orders(record)))
            await press(pilot, "v")
            assert screen.seat == "alder"
            assert len(list(screen._orders(record))) < whole
            await press(pilot, "c", "t")
            assert kind(app) == "CouncilScreen"
            await press(pilot, "escape", "m")
            assert kind(app) == "MapScreen"
            await press(pilot, "escape", "h")
            assert "Objectives" in shown(app)

    acted(play)


def test_looking_changes_nothing(save: Path) -> None:
    before = save.read_bytes()

    async def play() -> None:
        app = Studio(lambda studio: ways.look_back(studio, save))
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: kind(app) == "ReviewScreen")
            await press(pilot, "end", "v", "v", "w", "escape", "escape")

    acted(play)
    assert save.read_bytes() == before
