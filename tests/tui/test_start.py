"""The start screen: five ways in, painted before anything of the engine is read."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from textual.color import Color

from exercise.cli.headless import run_game
from exercise.host.held import Opening
from exercise.tui import ways
from exercise.tui.app import Studio
from exercise.tui.course import begin, take_up
from exercise.tui.room import hosted
from exercise.tui.shelf import open_shelf
from exercise.tui.theme import DARK
from tests.tui.stage import SMALL, acted, kind, press, seated, shown, until


def test_nothing_of_the_engine_is_read_before_the_first_paint() -> None:
    code = (
        "import sys, exercise.cli, exercise.tui.app, exercise.tui.screens.start;"
        "print([m for m in ('numpy', 'attr', 'click', 'sqlalchemy', 'yaml', 'exercise.session')"
        " if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_a_sheet_over_the_start_screen_has_its_looks_however_soon_it_is_asked_for() -> None:
    async def play() -> None:
        app = Studio()
        async with app.run_test(size=(120, 40)) as pilot:
            await until(pilot, lambda: kind(app) == "StartScreen")
            await press(pilot, "f1")
            paper = app.screen.query_one(".paper")
            assert paper.outer_size.width == 108  # nine tenths, at most 110
            assert paper.styles.background == Color.parse(DARK.panel or "")

    acted(play)


def test_the_five_ways_are_there_and_lead_somewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    async def play() -> None:
        app = Studio()
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            for words in ("Watch", "1 min", "Run a room", "Continue", "Review", "Write a scenario"):
                assert words in shown(app)
            await press(pilot, "down", "down", "enter")
            assert "no saves" in shown(app)
            await press(pilot, "escape", "end", "enter")
            assert "exercise new" in shown(app)
            await press(pilot, "escape")
            assert kind(app) == "StartScreen"

    acted(play)


def test_a_save_is_continued_and_looked_back_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save = tmp_path / "small.exercise"
    course = begin(SMALL, ["birk"], seed=3, save=save)
    course.desk.seal()
    course.finish()
    digest = course.control.view(1).changed
    course.close()
    again = take_up(save)
    assert again.seats == ("birk",)
    assert again.control.standing().turn == 2
    assert again.control.view(1).changed == digest
    again.close()
    shelf = open_shelf(save)
    assert shelf.desk_of("control").view(1).changed == digest
    assert shelf.title("birk") == "Birk"
    assert shelf.desk_of("birk").view(1).page.knows.startswith("You sell")
    shelf.close()
    assert [line.text for line in ways.save_lines(tmp_path)] == ["Small Sound"]


def test_a_room_whose_seats_have_codes_is_continued_at_controls_desk(tmp_path: Path) -> None:
    save = tmp_path / "tuesday.exercise"
    hosted(Opening(save, SMALL, seed=1)).close()

    async def play() -> None:
        app = Studio(lambda studio: ways.resume(studio, save))
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: "CONTROL" in shown(app))
            assert kind(app) == "ControlScreen"
            assert app.course is not None
            app.course.close()

    acted(play)


def test_without_colour_everything_is_grey_and_the_cursor_is_still_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    async def play() -> None:
        async with seated() as (app, pilot):
            await press(pilot, "enter")
            strips = app.screen._compositor.render_strips()
            lined = [s.text for strip in strips for s in strip if s.style and s.style.underline]
            assert app.no_color
            assert "“Words on the sound” is on the" in lined
            assert "▲" in shown(app)

    acted(play)


def test_escape_from_the_lowest_screen_leaves_instead_of_showing_nothing() -> None:
    async def play() -> None:
        app = Studio(lambda studio: ways.choose_seat(studio, SMALL, 3, None))
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: kind(app) == "PickSheet")
            assert "To stand alone." not in shown(app)
            assert "Peace and trade." in shown(app)
            await press(pilot, "f1", "escape")
            await until(pilot, lambda: kind(app) == "PickSheet")
            await press(pilot, "escape")
            await until(pilot, lambda: app._exit)

    acted(play)


def test_saves_are_listed_from_the_folder_one_stands_in_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_game(SMALL, seed=2, save=tmp_path / "tuesday.exercise")
    monkeypatch.chdir(tmp_path)
    notes = [line.note for line in ways.save_lines()]
    assert any(note.startswith("tuesday.exercise · 2 of 2 turns played") for note in notes)


def test_what_the_start_screen_says_to_type_is_there_to_be_typed() -> None:
    from exercise.cli import cli

    for command in re.findall(r"exercise ([a-z]+) ", ways.WRITE):
        assert command in cli.commands, command
