"""No system of the alliance is a constant in disguise: all of them move in play."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from exercise.engine.dice import Dice
from exercise.rules import SHIPPED
from exercise.sweep import play_turn
from tests.scenarios import loaded

QUIET = {
    # what only a seat's rarer decisions, or an inject, would move in these games
    "council.before": "a matter moves to another forum",
    "council.sponsor": "somebody else takes a text up",
    "council.silence": "a text is put under silence",
}


@lru_cache(maxsize=1)
def moved(lanes: int = 96) -> set[str]:
    """The fields that change in any of a few dozen games of Northern Strait."""
    exercise = loaded("northern-strait", rhythm="full")
    ruleset = exercise.ruleset
    world = ruleset.opening(lanes)
    dice = Dice.seeded(7, np.arange(lanes))
    found: set[str] = set()
    for _ in range(exercise.turns):
        after = play_turn(ruleset, world, dice)
        found |= {
            name
            for name in ruleset.fields
            if name not in found and not np.array_equal(after[name].data, world[name].data)
        }
        world = after
    return found


def test_every_system_moves_in_play_and_most_of_what_it_declares() -> None:
    found = moved()
    ruleset = loaded("northern-strait").ruleset
    for module in SHIPPED:
        mine = [f.name for f in ruleset.fields.values() if f.module == module]
        living = [name for name in mine if name in ruleset.changing]
        assert any(name in found for name in living), module
        still = [name for name in living if name not in found and name not in QUIET]
        assert len(still) <= len(living) / 2, (module, still)


def test_what_the_six_modules_read_of_the_others_changes_in_play() -> None:
    found = moved()
    ruleset = loaded("northern-strait").ruleset
    deep = {"threat", "intelligence", "council", "forces", "logistics", "sanctions", "adversary"}
    reads = {n for m in sorted(deep) for n in ruleset.rules[m].reads if n in ruleset.fields}
    small = {n for n in reads if n.partition(".")[0] not in deep | {"clock", "scenario"}}
    fixed = {n for n in small if n not in ruleset.changing and ruleset.fields[n].kind != "derived"}
    assert not {n for n in small - fixed if n not in found}
    assert fixed <= {"economy.weight", "treaty.party"}, fixed
