"""Is a save what was played? Its chain is checked, and every turn played again by the rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import attrs

from exercise.engine.dice import Dice
from exercise.engine.ruleset import Ruleset
from exercise.engine.turn import Inputs, resolve
from exercise.engine.world import World
from exercise.errors import SaveError
from exercise.record import TurnRecord, dense
from exercise.room.moves import wrong_die
from exercise.save.journal import ChainFault, Journal, check_journal
from exercise.saved import created_of, dice_of, exercise_of, read, revealed_of, rules_hash, sound


@attrs.frozen
class Verified:
    """Every published turn, played again, comes out the same; so does every die of a move."""

    turns: int
    head: str
    luck: Literal["open", "sealed", "revealed"]
    """Known from the start, not yet made known, or made known at the end as committed to."""
    commitment: str
    """The hash of the luck that the start made known."""


@attrs.frozen
class Differs:
    """Where a save and its rules part."""

    turn: int
    cell: str
    saved: float
    played: float


@attrs.frozen
class CannotRerun:
    """Why a save cannot be played again."""

    why: str


def verify(
    journal: Journal, head: str | None = None
) -> Verified | Differs | CannotRerun | ChainFault:
    """Check the chain, then play every published turn again from its stored start and inputs.

    The dice are rolled from the luck, which must be the one that the start committed to.
    """
    broken = check_journal(journal, head)
    if broken is not None:
        return broken
    saved = read(journal)
    try:
        exercise = exercise_of(journal)
        with sound("its luck"):
            dice = dice_of(journal)
    except SaveError as error:
        return CannotRerun(error.message)
    created = created_of(journal)
    told = revealed_of(journal)
    commitment = str(created.body["commitment"])
    if dice.commitment() != commitment:
        return ChainFault(
            (told or created).seq, "the luck is not the one committed to at the start"
        )
    if rules_hash(exercise.ruleset) != saved.created["rules"]:
        return CannotRerun("the rules have changed since this save was made")
    for name, branch in journal.branches().items():
        parted = _verified(exercise.ruleset, journal, name, branch.fork_seq)
        if parted is not None:
            return parted
    luck: Literal["open", "sealed", "revealed"] = (
        "revealed" if told is not None else "sealed" if created.body["seed"] is None else "open"
    )
    head = journal.head(journal.main_line())
    return Verified(len(saved.record.turns) - 1, head, luck, commitment)


def _verified(ruleset: Ruleset, journal: Journal, branch: str, since: int) -> Differs | None:
    """Where what a line played of its own differs from what the rules make of it; or None."""
    dice, saved = dice_of(journal, branch), read(journal, branch)
    for number, entry in enumerate(journal.read(branch, kinds=("published",)), start=1):
        if entry.seq <= since:
            continue  # another line's, and judged there
        turn = saved.record.turn(number)
        played = _again(ruleset, turn, entry.body, dice)
        if played.digest() != entry.body["digest"]:
            return _parting(number, turn.after, played)
    wrong = wrong_die(journal.read(branch, since, kinds=("rolled",)), dice)
    if wrong is not None:
        name, number, written, rolled = wrong
        return Differs(number, f"the die of move {name}", written, rolled)
    return None


def _again(ruleset: Ruleset, turn: TurnRecord, body: Mapping[str, Any], dice: Dice) -> World:
    inputs = Inputs(
        control=dense(ruleset.slip_layout, turn.control),
        rounds=[dense(ruleset.slip_layout, acts) for acts in turn.rounds],
        orders=dense(ruleset.slip_layout, turn.orders),
        rulings=turn.rulings,
        weeks=body["weeks"],
        last=body.get("last"),
    )
    return resolve(ruleset, World.of(ruleset.layout, turn.before.column()), inputs, dice)


def _parting(number: int, saved: World, played: World) -> Differs:
    for row, (was, now) in enumerate(zip(saved.column(), played.column(), strict=True)):
        if was != now:
            return Differs(number, played.layout.label(row), float(was), float(now))
    return Differs(number, "the stored digest", 0.0, 0.0)
