"""Measure every row of the table in README.md: `python -m benchmarks`.

Times are of the processor (`time.process_time`), so that other work on the machine disturbs
them less; rows that start programs or write to disk are of the wall.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import yaml

from benchmarks import waits
from exercise.desk import LocalDesk
from exercise.engine.dice import Dice
from exercise.explain.why import cells_of, why
from exercise.save.journal import MemoryJournal
from exercise.save.store import Save
from exercise.saved import create, read
from exercise.scenario.load import find, load, load_text
from exercise.sight import WHITE_CELL
from exercise.steady import settle
from exercise.sweep import CHUNK, Plan, share

SIX = ["threat", "intelligence", "council", "forces", "logistics", "sanctions", "adversary"]
"""The modules of a small exercise: six, and the adversary that they are about."""
MANY = 200
"""From so many values on a 99th percentile is told."""


def timed(work: Callable[[], object], times: int, clock: Callable[[], float]) -> list[float]:
    """How long each of several runs takes, in milliseconds."""
    found = []
    for _ in range(times):
        began = clock()
        work()
        found.append((clock() - began) * 1000)
    return found


def row(name: str, values: list[float], unit: str = "ms") -> None:
    """Print the median and the slowest, and of many the 99th percentile."""
    late = f"  p99 {np.percentile(values, 99):9.2f}" if len(values) >= MANY else ""
    told = f"median {statistics.median(values):9.2f}{late}  worst {max(values):9.2f} {unit}"
    print(f"{name:58} {told}")


def sweeps(chunks: int = 4) -> None:
    """Turns a second and core, all modules and six with the adversary, explanation off and on."""
    text = yaml.safe_load(find("northern-strait").read_text(encoding="utf-8"))
    few = load_text(yaml.safe_dump({**text, "rules": SIX}, sort_keys=False))
    for told, exercise in (("all modules", load("northern-strait")), ("six modules", few)):
        share(exercise, Plan("", None, None, 1), range(CHUNK))
        for explain in (False, True):
            plan, began, played = Plan("", None, None, 2, explain=explain), time.process_time(), 0
            for first in range(0, chunks * CHUNK, CHUNK):
                played += share(exercise, plan, range(first, first + CHUNK)).turns
            rate = played / (time.process_time() - began)
            how = f"{told}, {'explained' if explain else 'plain'}"
            print(f"sweep, {CHUNK} lanes, {how:39} {rate:9.0f} turns/s")


def live() -> None:
    """A live turn with full explanation and all bots; the views of every seat; one why."""
    exercise = load("northern-strait")
    settle()
    turns: list[float] = []
    views: list[float] = []
    settle()
    seed = 0
    while len(turns) < MANY:
        session = create(exercise, MemoryJournal(), seed=seed)
        seed += 1
        while session.stage != "over":
            turns += timed(session.resolve, 1, time.process_time)
            session.publish()
            began = time.process_time()
            session.open()
            turns[-1] += (time.process_time() - began) * 1000
            views += timed(lambda s=session: LocalDesk(s, "dorvik").view(), 1, time.process_time)  # type: ignore[misc]
    row("live turn: council, bots, rules, full explanation", turns)
    row("one seat's view", views)


def saves() -> None:
    """Committing a turn; opening any turn and any why of a save."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.exercise"
        with Save.create(path) as journal:
            session = create(load("northern-strait", rhythm="full"), journal, seed=1)
            settle()  # as the terminal does
            commits: list[float] = []
            busy: list[float] = []
            while session.stage != "over":
                session.resolve()
                began = time.process_time()
                commits += timed(session.publish, 1, time.perf_counter)
                busy.append((time.process_time() - began) * 1000)
                session.open()
        row("commit of a turn, synchronous FULL (wall)", commits)
        row("of that, the processor's time", busy)
        with Save.open(path, write=False) as journal:
            row(
                "a save opened, with its last turn",
                timed(lambda: read(journal).record.last, 10, time.perf_counter),
            )
            saved = read(journal)
            cells = cells_of(saved.record)[::97]
            asked = [
                timed(lambda c=c: why(saved.record, WHITE_CELL, c), 1, time.process_time)[0]
                for c in cells
            ]  # type: ignore[misc]
            row("any why", asked)


def dice() -> None:
    """A die in a batch, and a small live roll."""
    names = (tuple(f"cell-{k}" for k in range(64)),)
    many, one = Dice.seeded(1, np.arange(1024)).turn(1), Dice.seeded(1, [0]).turn(1)
    address = ("stage", "rule", "label")
    each = [
        t * 1e6 / (64 * 1024)
        for t in timed(lambda: many.roll(address, names), 50, time.process_time)
    ]
    row("a die in batches of 1,024 lanes", each, "ns")
    row(
        "a live roll of 64 cells",
        [t * 1000 for t in timed(lambda: one.roll(address, names), 200, time.perf_counter)],
        "us",
    )


def starts() -> None:
    """Starting: `--help` over bare Python, the start screen's imports, checking a scenario."""

    def run(*arguments: str) -> list[float]:
        return timed(
            lambda: subprocess.run([sys.executable, *arguments], check=True, capture_output=True),
            7,
            time.perf_counter,
        )

    row("bare Python (wall)", run("-c", "pass"))
    row("exercise --help (wall)", run("-m", "exercise", "--help"))
    row("import of textual.app alone (wall)", run("-c", "import textual.app"))
    row("import of the terminal (wall)", run("-c", "import exercise.tui.app"))
    lines = find("baltic-shield").read_text(encoding="utf-8").count("\n")
    row(
        f"checking baltic-shield, {lines} lines",
        timed(lambda: load("baltic-shield"), 5, time.process_time),
    )


def waiting() -> None:
    """What-ifs, a turn of a long save, the first paint, a key."""
    row("1,000 what-ifs of 10 turns", [waits.what_ifs()])
    row(f"any turn of a save of {waits.LONG}, read and viewed", waits.long_save())
    bare, ours = waits.first_paint()
    row("bare Textual app to its first paint", bare)
    row("start screen to its first paint", ours)
    row("the least of these over the least of those", [min(ours) / min(bare)], "x")
    row("key press to repaint, baltic-shield", waits.keys())
    everybody, one = waits.views()
    row("views of all seats of baltic-shield after one change", everybody)
    row("of these, one seat's more", one)


if __name__ == "__main__":
    for measure in (sweeps, live, saves, dice, starts, waiting):
        measure()
