"""What people type in a room is plain text on every screen that shows it, control's and theirs."""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from pathlib import Path

import pytest

from exercise.desk import ControlDesk, LocalDesk
from exercise.errors import ExerciseError
from exercise.host.line import Line
from exercise.host.remote import control_on
from exercise.session import Session
from exercise.tui.app import Studio
from exercise.tui.room import Room
from exercise.tui.screens.room import enter
from tests.host.room import opened
from tests.room.test_hostile import FIELDS, HOSTILE, room
from tests.tui.stage import SIZES, acted, kind, press, shown, until

KINDS = ("markup", "controls", "right to left", "a long word")
KEYS = {
    "birk": "icdmorwfqph",
    "alder": "icrfqh",
    "control": "kuytjqdlirsmgc",
}
"""The keys of a seat's desk and of control's that lead to other screens."""


def filled(kind: str) -> Session:
    """A room in which every field was filled with hostile text that was not refused."""
    session = room()
    for field, fill in FIELDS.items():
        if field not in ("why play went back", "why it was ended", "why control ruled"):
            with suppress(ExerciseError, StopIteration, IndexError):
                fill(LocalDesk(session, "birk"), ControlDesk(session), HOSTILE[kind])
    return session


def assert_plain(app: Studio, where: str) -> None:
    """Nothing on the screen moves a cursor, turns the writing round, or is a link."""
    page = shown(app)
    odd = {c for c in page if c != "\n" and unicodedata.category(c) in ("Cc", "Cs", "Cn")}
    assert not odd, (where, odd)
    assert not set(page) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068"), where


def sit(studio: Studio, line: Line) -> None:
    """Sit down at what a line came in for."""
    if line.role == "control":
        enter(studio, Room(control_on(line), Path("room.exercise"), line.close, line))
    else:
        studio.come_in(line)


@pytest.mark.parametrize("seat", KEYS)
@pytest.mark.parametrize("kind_of_text", KINDS)
def test_every_screen_shows_it_as_text(kind_of_text: str, seat: str) -> None:
    async def play() -> None:
        with opened(filled(kind_of_text)) as house:
            line = house.join(seat)
            app = Studio(lambda studio: sit(studio, line))
            size = SIZES[KINDS.index(kind_of_text) % 2]
            async with app.run_test(size=size, notifications=True) as pilot:
                await until(pilot, lambda: len(app.screen_stack) > 1)
                if kind(app) == "FirstPage":
                    await press(pilot, "enter")
                home = kind(app)
                assert_plain(app, home)
                for key in KEYS[seat]:
                    await press(pilot, key)
                    assert_plain(app, f"{home} {key}")
                    await press(pilot, "enter")
                    assert_plain(app, f"{home} {key} enter")
                    for _ in range(6):
                        if kind(app) == home:
                            break
                        await press(pilot, "escape")
                    assert kind(app) == home, (key, kind(app))
                assert app.fault is None

    acted(play)
