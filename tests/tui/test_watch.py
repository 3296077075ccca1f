"""Watching: by itself, step by step, through anyone's eyes; headless through the same screens."""

from __future__ import annotations

import pytest

from exercise.tui.app import Studio, run_watch
from exercise.tui.course import begin
from exercise.tui.screens.watch import WatchScreen
from tests.tui.stage import SIZES, SMALL, acted, kind, press, shown, until


def test_headless_it_plays_through_the_screens_and_prints_the_end(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run_watch(SMALL, 3, headless=True) == 0
    first = capsys.readouterr().out
    assert "Small Sound: no violence" in first
    assert "met      Keep it quiet" in first
    assert "2 turns, digest " in first
    assert run_watch(SMALL, 3, headless=True) == 0
    assert capsys.readouterr().out == first


def test_a_scenario_that_is_not_there_is_a_plain_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_watch("nowhere", 1, headless=True) == 2
    said = capsys.readouterr()
    assert "there is no scenario 'nowhere'" in said.err
    assert "Traceback" not in said.err + said.out


@pytest.mark.parametrize("size", SIZES)
def test_it_stops_steps_and_is_seen_through_other_eyes(size: tuple[int, int]) -> None:
    async def play() -> None:
        course = begin(SMALL, seed=3)
        app = Studio(lambda studio: studio.begin_watch(course))
        async with app.run_test(size=size, notifications=True) as pilot:
            await until(pilot, lambda: isinstance(app.screen, WatchScreen))
            await press(pilot, "space")
            screen = app.screen
            assert isinstance(screen, WatchScreen)
            assert not screen.running
            assert "Kesk announces gunnery" in shown(app)
            assert "control, who sees all" in shown(app)
            await press(pilot, "v")
            assert "seen as Alder" in shown(app)
            while screen.beat != "results":
                await press(pilot, "n")
            assert "What came of it" in shown(app)
            await press(pilot, "enter")
            assert kind(app) == "WhySheet"
            await press(pilot, "escape", "plus", "minus", "minus", "space")
            assert screen.running
            await press(pilot, "space")
            while not course.over:
                await press(pilot, "n")
            await press(pilot, "n")
            assert kind(app) == "OverScreen"
            await press(pilot, "r", "right", "v")
            assert "Turn 2 of 2" in shown(app)

    acted(play)


def test_a_fault_of_the_program_is_one_plain_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: WatchScreen) -> None:
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr(WatchScreen, "advance", broken)
    assert run_watch(SMALL, 3, headless=True) == 70
    said = capsys.readouterr()
    assert said.err == "exercise stopped by a fault of its own: ZeroDivisionError: by nought\n"
    assert said.out == ""
