"""The same scenario, seed and orders give the same bytes."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import numpy as np

from exercise.journal import MemoryJournal
from exercise.saved import Verified, create, verify
from exercise.scenario.load import load
from exercise.sweep import Plan, play, work


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
    from exercise.dice import Dice

    few, more = ("a", "b"), ("a", "new", "b")
    dice = Dice.seeded(1, np.arange(3)).turn(2)
    before = dice.roll(("forces", "forces", "refuses"), (few,))
    after = dice.roll(("forces", "forces", "refuses"), (more,))
    np.testing.assert_array_equal(before, after[[0, 2]])
