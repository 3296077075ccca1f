"""Control's list of codes and of who is here."""

from __future__ import annotations

from pathlib import Path

import pytest

from exercise.errors import UsageError
from exercise.host.line import Line, RefusedError
from exercise.room.access import plain_code
from exercise.tui.room import reached
from exercise.tui.widgets.lines import Lines
from tests.tui.stage import SIZES, acted, kind, press, shown, until
from tests.tui.test_control import room


@pytest.mark.parametrize("size", SIZES)
def test_codes_are_shown_and_whoever_joins_with_one_is_seen(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async def play() -> None:
        async with room(tmp_path, size) as (app, pilot, made):
            await press(pilot, "d")
            assert kind(app) == "DoorsScreen"
            page = shown(app)
            assert made.codes["birk"] in page
            assert "exercise join CODE" in page
            assert made.line is not None
            guest = Line(made.line.where, code=made.codes["birk"])
            await until(pilot, lambda: "1 terminal here" in shown(app))
            guest.close()
            await until(pilot, lambda: "1 terminal here" not in shown(app))

    acted(play)


def test_a_door_is_locked_and_a_new_code_takes_the_old_ones_place(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path) as (app, pilot, made):
            assert made.line is not None
            old = made.codes["birk"]
            await press(pilot, "d")
            names = [line.data for line in app.screen.query_one(Lines).shown]
            app.screen.query_one(Lines).go(names.index("birk"))
            await press(pilot, "l")
            with pytest.raises(RefusedError, match="locked"):
                Line(made.line.where, code=old)
            await press(pilot, "l", "enter", "enter")
            assert plain_code(made.codes["birk"]) != plain_code(old)
            with pytest.raises(RefusedError, match="opens nothing"):
                Line(made.line.where, code=old)
            Line(made.line.where, code=made.codes["birk"]).close()
            await press(pilot, "escape")
            assert kind(app) == "ControlScreen"

    acted(play)


def test_control_can_sit_down_elsewhere_with_its_own_code_alone(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path) as (_, pilot, made):
            other = reached(made.codes["control"], str(made.path))
            other.control.close_council()
            await until(pilot, lambda: made.control.standing().stage == "orders")
            other.close()
            with pytest.raises(UsageError, match="not control's"):
                reached(made.codes["birk"], str(made.path))

    acted(play)
