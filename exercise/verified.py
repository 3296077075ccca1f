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
from exercise.luck import commitment_of, committed_in, created_of, dice_of, revealed_of
from exercise.record import TurnRecord, dense
from exercise.room.moves import wrong_die
from exercise.save.journal import ChainFault, Journal, check_journal
from exercise.saved import exercise_of, read, rules_hash, sound


@attrs.frozen
class Verified:
    """Every published turn, played again, comes out the same; so does every die of a move."""

    turns: int
    head: str
    luck: Literal["open", "sealed", "revealed"]
    """Known from the start, not yet made known, or made known at the end as committed to."""
    commitment: str
    """The hash of the luck of the line that counts, made known before it was played with."""


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

    The dice are rolled from the luck of each line, which must be the one committed to.
    """
    broken = check_journal(journal, head)
    if broken is not None:
        return broken
    saved = read(journal)
    try:
        exercise = exercise_of(journal)
        with sound("its luck"):
            wrong = next(filter(None, (_other(journal, line) for line in journal.branches())), None)
    except SaveError as error:
        return CannotRerun(error.message)
    if wrong is not None:
        return wrong
    if rules_hash(exercise.ruleset) != saved.created["rules"]:
        return CannotRerun("the rules have changed since this save was made")
    for name, branch in journal.branches().items():
        parted = _verified(exercise.ruleset, journal, name, branch.fork_seq)
        if parted is not None:
            return parted
    commitment = commitment_of(journal)
    told = revealed_of(journal, commitment) is not None
    luck: Literal["open", "sealed", "revealed"] = (
        "revealed" if told else "sealed" if created_of(journal).body["seed"] is None else "open"
    )
    head = journal.head(journal.main_line())
    return Verified(len(saved.record.turns) - 1, head, luck, commitment)


def _other(journal: Journal, line: str) -> ChainFault | None:
    """Where the luck of a line is not the one that was committed to."""
    commitment = commitment_of(journal, line)
    if dice_of(journal, line).commitment() == commitment:
        return None
    told = revealed_of(journal, commitment) or committed_in(journal, commitment)
    return ChainFault(told.seq, "the luck is not the one committed to before it was played with")


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
