"""The banner and the classification line stand at the top of every screen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from exercise.cli.headless import run_game
from exercise.tui import ways
from exercise.tui.actions import acts_of
from exercise.tui.app import Studio
from exercise.tui.room import Plan, start
from exercise.tui.screens.room import enter
from exercise.tui.widgets.frame import _fitting
from tests.tui.stage import SMALL, acted, kind, press, seated, shown, until

LINE = "EXERCISE SMALL EXERCISE · FOR THE ROOM ALONE"
LEADS_AWAY = ("next", "finish", "seal", "back", "get_up", "leave")
"""Acts that change the turn or close the screen: tried at the end, or with their own tests."""


@pytest.fixture
def scenario(tmp_path: Path) -> str:
    """The small exercise, classified."""
    path = tmp_path / "small.yaml"
    text = Path(SMALL).read_text(encoding="utf-8")
    path.write_text(f"classification: FOR THE ROOM ALONE\n{text}", encoding="utf-8")
    return str(path)


def marked(app: Studio) -> bool:
    """Whether the line stands in the screen's first row."""
    return LINE in shown(app).splitlines()[0]


async def tour(app: Studio, pilot: Pilot[Any], screen: str) -> set[str]:
    """Press every key of a screen, and come back; the screens that were seen."""
    home, seen = app.screen, {kind(app)}
    for act in acts_of(screen):
        if act.name in LEADS_AWAY or act.name == "palette":
            continue
        await press(pilot, act.key.split(",")[0])
        seen.add(kind(app))
        assert marked(app), f"{screen}: {act.name} leads to {kind(app)}"
        for _ in range(6):
            if app.screen is home:
                break
            await press(pilot, "escape")
        assert app.screen is home, f"no way back from {kind(app)}"
    return seen


def test_every_screen_of_a_seat_has_it(scenario: str) -> None:
    async def play() -> None:
        async with seated(("birk",), scenario=scenario) as (app, pilot):
            assert marked(app)
            await press(pilot, "enter")
            seen = await tour(app, pilot, "desk")
            assert len(seen) >= 8, seen
            await press(pilot, "s", "s")
            await until(pilot, lambda: kind(app) == "ResultsScreen")
            assert marked(app)
            await press(pilot, "space", "s", "s", "space")
            await until(pilot, lambda: kind(app) == "OverScreen")
            assert marked(app)

    acted(play)


def test_every_screen_of_control_has_it(scenario: str, tmp_path: Path) -> None:
    async def play() -> None:
        plan = Plan(scenario, filling={"alder": "desk", "birk": "person", "kesk": "bot"},
                    save=tmp_path / "room.exercise", seed=1)  # fmt: skip
        room = start(plan)
        app = Studio(lambda studio: enter(studio, room))
        try:
            async with app.run_test(size=(120, 40), notifications=True) as pilot:
                await until(pilot, lambda: kind(app) == "ControlScreen")
                seen = await tour(app, pilot, "control")
                assert len(seen) >= 14, seen
                room.control.pause(False)
                room.control.resolve()
                await until(pilot, lambda: "results with control" in shown(app))
                seen = await tour(app, pilot, "control")
                assert {"MindScreen", "AmendSheet"} & seen, seen
                await press(pilot, "f5", "enter")
                assert kind(app) == "ProjectorScreen"
                assert marked(app)
        finally:
            room.close()

    acted(play)


def test_the_review_and_what_comes_before_a_room_have_it(scenario: str, tmp_path: Path) -> None:
    async def play() -> None:
        save = tmp_path / "done.exercise"
        run_game(scenario, seed=2, save=save)
        app = Studio(lambda studio: ways.look_back(studio, save))
        async with app.run_test(size=(120, 40)) as pilot:
            await until(pilot, lambda: len(app.screen_stack) > 1)
            assert marked(app)
            await tour(app, pilot, "review")

    acted(play)


@pytest.mark.parametrize(
    ("room", "words"),
    [
        (40, "Turn 1 of 5 · D−14 · Council"),
        (24, "Turn 1 · D−14 · Council"),
        (18, "Turn 1 · Council"),
        (8, "Council"),
    ],
)
def test_where_there_is_no_room_the_day_and_the_turn_give_way_and_never_the_stage(
    room: int, words: str
) -> None:
    assert _fitting("Turn 1 of 5 · D−14 · Council", room) == words
