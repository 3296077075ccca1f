"""Stepping through a save: turns, eyes, causes, texts, the hot wash; nothing is changed by it."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from exercise.cli.headless import run_game
from exercise.record import Message
from exercise.tui import ways
from exercise.tui.app import Studio
from exercise.tui.screens.review import ReviewScreen
from exercise.tui.screens.said import head_of
from tests.tui.stage import SMALL, acted, kind, press, seated, shown, until


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


def test_a_discussion_is_looked_back_on_by_its_questions() -> None:
    async def play() -> None:
        async with seated(("ministry",), scenario="port-outage") as (app, pilot):
            await press(pilot, "enter")
            for turn in range(2, 5):
                await press(pilot, "s")
                await until(pilot, lambda turn=turn: f"Turn {turn} of 4" in shown(app))
            await press(pilot, "s")
            await until(pilot, lambda: kind(app) == "OverScreen")
            await press(pilot, "r")
            await until(pilot, lambda: "Who leads in the first hour" in shown(app))
            for word in ("For discussion", "What came of it", "Where things stood"):
                assert word not in shown(app)

    acted(play)


def test_a_question_is_listed_by_its_first_line_a_letter_by_its_title() -> None:
    asked = Message(
        "q", 1, ("all",), "Control", "For discussion", "Who leads?\nAnd why?", "question"
    )
    assert head_of(asked) == "Who leads? …"
    assert head_of(attrs.evolve(asked, text="Who leads?")) == "Who leads?"
    assert head_of(attrs.evolve(asked, method="letter")) == "For discussion"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_a_save_of_a_discussion_is_reviewed_by_its_questions(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    path = tmp_path / "talk.exercise"
    run_game("port-outage", seed=2, save=path)

    async def play() -> None:
        app = Studio(lambda studio: ways.look_back(studio, path))
        async with app.run_test(size=size) as pilot:
            await until(pilot, lambda: kind(app) == "ReviewScreen")
            await press(pilot, "tab")
            await until(pilot, lambda: "Who leads in the" in shown(app))
            assert "For discussion" not in shown(app)

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
