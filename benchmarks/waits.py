"""What somebody waits for: a turn of a long save, what-ifs, the first paint, a key."""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from exercise.desk import LocalDesk
from exercise.engine.dice import Dice
from exercise.save.journal import MemoryJournal
from exercise.save.store import Save
from exercise.saved import create, read
from exercise.scenario.load import load
from exercise.sight import WHITE_CELL
from exercise.steady import settle
from exercise.sweep import CHUNK, keep_memory, play_turn
from exercise.view import view_of

if TYPE_CHECKING:
    from textual.pilot import Pilot

LONG = 500
"""The turns of a long save."""
READY = "lambda self: self.call_after_refresh(self.exit)"
BARE = f"""
from textual.app import App
from textual.widgets import Static
class Bare(App):
    compose = lambda self: [Static("ready")]
    on_ready = {READY}
Bare().run(headless=True)
"""
OURS = f"""
import exercise.cli
from exercise.tui.app import Studio
class Timed(Studio):
    on_ready = {READY}
timed = Timed()
timed.run(headless=True)
assert timed.fault is None, timed.fault
"""
KEYS = (
    "tab", "down", "up", "tab", "m", "plus", "right", "escape", "c", "down", "tab", "escape", "d",
    "down", "escape", "i", "escape", "o", "escape", "w", "down", "enter", "escape", "escape", "p",
    "enter", "1", "tab", "escape",
)  # fmt: skip
"""A walk through the pages of a seat's desk and back."""


def what_ifs(games: int = 1000, turns: int = 10) -> float:
    """Milliseconds for many games of some turns, from one world under way."""
    ruleset = load("northern-strait", rhythm="full").ruleset
    world = ruleset.opening()
    for _ in range(2):
        world = play_turn(ruleset, world, Dice.seeded(1))
    keep_memory()
    began = time.process_time()
    for first in range(0, games, CHUNK):
        numbers = np.arange(first, min(first + CHUNK, games))
        here = world.copy(len(numbers))
        for _ in range(turns):
            here = play_turn(ruleset, here, Dice.seeded(2, numbers))
    return (time.process_time() - began) * 1000


def long_save(looks: int = 40) -> list[float]:
    """Milliseconds to read and view turns of a save of 500: twelve, published again and again."""
    draw = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.exercise"
        with Save.create(path) as save:
            session = create(load("northern-strait", rhythm="full"), save, seed=1)
            while session.stage != "over":
                session.resolve()
                session.publish()
                session.open()
            line = save.main_line()
            bodies = [entry.body for entry in save.read(line, kinds=("published",))]
            with save.transaction():
                for number in range(len(bodies) + 1, LONG + 1):
                    body = {**bodies[number % len(bodies)], "turn": number}
                    save.append("published", body, branch=line)
        with Save.open(path, write=False) as save:
            saved, found = read(save), []
            settle()
            for number in (draw.randrange(1, LONG + 1) for _ in range(looks)):
                began = time.process_time()
                view_of(saved.record, WHITE_CELL, saved.record.turn(number), saved.facts)
                found.append((time.process_time() - began) * 1000)
    return found


def first_paint(pairs: int = 15) -> tuple[list[float], list[float]]:
    """Milliseconds of the processor's time of programs that end with their first paint.

    A bare app and the start screen in turn, so that what else the machine does meets both alike;
    each once before, so that both are read as compiled, which what is installed always is.
    """
    found: tuple[list[float], list[float]] = [], []
    surroundings = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as folder:
        surroundings["PYTHONPYCACHEPREFIX"] = folder
        for _ in range(pairs + 1):
            for program, took in zip((BARE, OURS), found, strict=True):
                began = _used_by_children()
                command = [sys.executable, "-c", program]
                subprocess.run(command, check=True, capture_output=True, env=surroundings)
                took.append((_used_by_children() - began) * 1000)
    return found[0][1:], found[1][1:]


def _used_by_children() -> float:
    """Seconds of the processor's time that programs which have ended took."""
    from resource import RUSAGE_CHILDREN, getrusage

    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def views(scenario: str = "baltic-shield") -> tuple[list[float], list[float]]:
    """Milliseconds for the views of all seats after one change, and for the last seat's alone."""
    session = create(load(scenario), MemoryJournal(), seed=1)
    settle()
    everybody, one = [], []
    while session.stage != "over":
        session.resolve()
        session.publish()
        session.open()
        began = time.process_time()
        for seat in session.seating.viewers:
            last = time.process_time()
            LocalDesk(session, seat).view()
        everybody.append((time.process_time() - began) * 1000)
        one.append((time.process_time() - last) * 1000)
    return everybody, one


def keys(scenario: str = "baltic-shield", rounds: int = 3) -> list[float]:
    """Milliseconds of the processor's time from each key press to the last byte painted.

    Painted into nowhere, but painted: Textual's own test mode leaves the writing out, and waits.
    """
    from textual.drivers.headless_driver import HeadlessDriver

    from exercise.tui.app import Studio
    from exercise.tui.course import begin

    found: list[float] = []
    painted = [0.0]

    class Nowhere(HeadlessDriver):
        is_headless = False  # type: ignore[assignment]

        def write(self, data: str) -> None:
            painted[0] = time.process_time()

    async def walk(pilot: Pilot[str]) -> None:
        await pilot.pause(1.5)
        await pilot.press("enter")
        await pilot.pause(1.0)
        for key in KEYS * rounds:
            began = painted[0] = time.process_time()
            await pilot.press(key)
            await pilot.pause(0.1)
            found.append((painted[0] - began) * 1000)
        pilot.app.exit()

    seat = next(iter(load(scenario).scenario.actors))
    app = Studio(lambda studio: studio.play(begin(scenario, [seat], seed=3)))
    app.driver_class = Nowhere
    asyncio.run(app.run_async(headless=False, size=(120, 40), auto_pilot=walk))
    return found[len(KEYS) :]
