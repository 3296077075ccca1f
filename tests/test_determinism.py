"""The same scenario, seed and orders give the same bytes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from typing import Any, ClassVar

import attrs
import numpy as np
import pytest
import yaml

from exercise.engine.dice import Dice
from exercise.engine.ledger import Book
from exercise.save.journal import MemoryJournal, open_salts
from exercise.saved import create
from exercise.scenario.compile import Exercise
from exercise.scenario.load import find, load, load_text
from exercise.sweep import Plan, Tally, play, play_turn, sweep, work
from exercise.verified import Verified, verify
from tests.people import play_room


def _run(hash_seed: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "exercise", "run", "northern-strait", "--seed", "7", "--json"],
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return str(json.loads(done.stdout)["digest"])


def test_two_processes_with_different_hash_seeds_give_the_same_digest() -> None:
    assert _run("1") == _run("4242")


def test_lanes_of_a_sweep_run_alone_are_the_same_with_and_without_a_book() -> None:
    exercise = load("northern-strait")
    world, _ = play(exercise, 3, range(40))
    for game in (0, 7, 39):
        alone, _ = play(exercise, 3, range(game, game + 1))
        told, _ = play(exercise, 3, range(game, game + 1), explain=True)
        assert alone.digest() == told.digest() == world.digest(game)


def test_games_cut_into_other_chunks_are_the_same() -> None:
    plan = Plan("northern-strait", None, None, 3, digests=(5, 18))
    whole, parts = work(plan, 0, 20), work(plan, 0, 10)
    parts.add(work(plan, 10, 20))
    assert whole == parts


def test_a_live_game_is_game_0_of_the_sweep_and_verifies() -> None:
    exercise = load("northern-strait")
    journal = MemoryJournal()
    session = create(exercise, journal, seed=3)
    while session.stage != "over":
        session.resolve()
        session.publish()
        session.open()
    world, _ = play(exercise, 3, range(1))
    assert session.record.last.after.digest() == world.digest()
    assert isinstance(verify(journal), Verified)


def test_an_unrelated_unit_leaves_every_roll_of_the_others_as_it_was() -> None:
    from exercise.engine.dice import Dice

    few, more = ("a", "b"), ("a", "new", "b")
    dice = Dice.seeded(1, np.arange(3)).turn(2)
    before = dice.roll(("forces", "forces", "refuses"), (few,))
    after = dice.roll(("forces", "forces", "refuses"), (more,))
    np.testing.assert_array_equal(before, after[[0, 2]])


# the same dice, whatever lies beside them


def rolls_of(exercise: Exercise) -> dict[tuple[str, ...], float]:
    """Every roll of two turns by bots, by where it was rolled and the names of its cell."""
    world, dice = exercise.ruleset.opening(1), Dice.seeded(4, [0])
    found: dict[tuple[str, ...], float] = {}
    for number in (1, 2):
        book = Book()
        world = play_turn(exercise.ruleset, world, dice, book)
        for roll in book.rolls:
            names = [exercise.ruleset.roster.of(axis) for axis in roll.axes]
            for where in product(*(range(len(entries)) for entries in names)):
                cell = (entries[k] for entries, k in zip(names, where, strict=True))
                key = (str(number), roll.stage, roll.rule, roll.label, str(roll.round), *cell)
                found[key] = float(roll.values[where])
    return found


def strait_with(change: Callable[[dict[str, Any]], None]) -> Exercise:
    """Northern Strait with something changed in its file."""
    data = yaml.safe_load(find("northern-strait").read_text())
    change(data)
    return load_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True))


def one_more_unit(data: dict[str, Any]) -> None:
    guard = {**data["units"]["calder-border-guard"], "name": "A Guard of Honour", "strength": 0.01}
    data["units"] = {"a-guard": guard, **data["units"]}


def one_more_report(data: dict[str, Any]) -> None:
    rumour = {**data["reports"]["consul"], "name": "A rumour", "at": "D+30"}
    data["reports"] = {"a-rumour": rumour, **data["reports"]}


def other_order(data: dict[str, Any]) -> None:
    data["motions"] = dict(reversed(data["motions"].items()))
    data["theatres"] = dict(reversed(data["theatres"].items()))
    data["units"] = dict(reversed(data["units"].items()))


@pytest.mark.parametrize("change", [one_more_unit, one_more_report, other_order])
def test_what_is_added_or_listed_otherwise_leaves_every_other_roll_as_it_was(
    change: Callable[[dict[str, Any]], None],
) -> None:
    before, after = rolls_of(strait_with(lambda data: None)), rolls_of(strait_with(change))
    # A roll for what is made at run time belongs to what fills a slot, not to the slot.
    fixed = {key: roll for key, roll in before.items() if not any("spare-" in part for part in key)}
    assert len(fixed) > 400
    assert {key: after[key] for key in fixed} == fixed


def test_a_live_game_as_two_equal_lanes_is_bit_equal() -> None:
    exercise = load("northern-strait")
    one, two = exercise.ruleset.opening(1), exercise.ruleset.opening(2)
    for _ in range(exercise.turns):
        one = play_turn(exercise.ruleset, one, Dice.seeded(8, [5]), Book())
        two = play_turn(exercise.ruleset, two, Dice.seeded(8, [5, 5]))
        assert one.digest() == two.digest(0) == two.digest(1)


def test_twenty_lanes_of_a_sweep_run_alone_are_the_same(strait: Exercise) -> None:
    world, _ = play(strait, 12, range(300))
    for game in range(7, 300, 15):
        alone, _ = play(strait, 12, range(game, game + 1), explain=game % 2 == 0)
        assert alone.digest() == world.digest(game), game


def test_a_game_with_people_orders_cues_and_rulings_verifies(strait: Exercise) -> None:
    journal = MemoryJournal(salts=open_salts)
    session = play_room(strait, seed=3, journal=journal)
    assert any(turn.rulings for turn in session.record.turns)
    assert any(turn.control for turn in session.record.turns)
    assert isinstance(verify(journal), Verified)
    again = MemoryJournal(salts=open_salts)
    play_room(strait, seed=3, journal=again)
    assert journal.head() == again.head()


@pytest.mark.parametrize("lanes", [1, 9])
@pytest.mark.parametrize("scenario", ["northern-strait", "baltic-shield"])
def test_a_step_that_nobody_woke_would_have_changed_nothing(scenario: str, lanes: int) -> None:
    lazy, eager = load(scenario), load(scenario)
    sleepers = [step for steps in lazy.ruleset.steps.values() for _, step in steps if step.wakes]
    assert sleepers
    eager.ruleset.steps = {
        stage: tuple((rule, attrs.evolve(step, wakes=())) for rule, step in steps)
        for stage, steps in eager.ruleset.steps.items()
    }
    worlds = [exercise.ruleset.opening(lanes) for exercise in (lazy, eager)]
    for _ in range(lazy.turns):
        dice, books = Dice.seeded(5, np.arange(lanes)), (Book(), Book())
        worlds = [
            play_turn(exercise.ruleset, world, dice, book)
            for exercise, world, book in zip((lazy, eager), worlds, books, strict=True)
        ]
        told = [[(p.field, p.stage, p.rule, p.round) for p in book.postings] for book in books]
        assert told[0] == told[1]
        assert [worlds[0].digest(k) for k in range(lanes)] == [
            worlds[1].digest(k) for k in range(lanes)
        ]


def test_a_sweep_is_shared_out_among_its_workers() -> None:
    class Counting(ThreadPoolExecutor):
        shares: ClassVar[list[tuple[int, int]]] = []

        def map(self, fn, plans, firsts, lasts):  # type: ignore[no-untyped-def,override]
            self.shares += zip(firsts, lasts, strict=True)
            return iter([Tally(last - first) for first, last in self.shares])

    with Counting(1) as pool:
        told = sweep(Plan("northern-strait", None, None, 1), 10, jobs=4, executor=pool)
    assert Counting.shares == [(0, 3), (3, 6), (6, 9), (9, 10)]
    assert told["games"] == 10
