"""The luck of a save: what it began with, what was drawn anew, what an end made known.

An entry commits to each luck, `created` to the first; the luck itself lies beside the chain, among
the typed words, until an end reveals it. What everybody knows is not played with: a line that is
opened after that commits to luck of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import Any

import attrs

from exercise.engine.dice import ALGORITHM, Dice
from exercise.errors import SaveError
from exercise.orders import Refusal
from exercise.save.journal import Entry, Journal

KNOWN = Refusal(
    "the end made the luck known, and nothing here draws another",
    "open the save with `exercise host` or `exercise play`, and go back there",
)


def created_of(journal: Journal) -> Entry:
    """The entry that a save begins with; raises `SaveError` where there is none."""
    for entry in journal.read(journal.main_line()):
        if entry.kind == "created":
            return entry
        break
    raise SaveError("the save holds no exercise", "it may be the start of one that never began")


def commitment_of(journal: Journal, branch: str | None = None) -> str:
    """What the luck of a line was committed to as: of the one that counts, or of another."""
    found = str(created_of(journal).body.get("commitment", ""))
    for entry in journal.read(branch or journal.main_line(), kinds=("rolled_back",)):
        found = str(entry.body.get("commitment", found))
    return found


def committed_in(journal: Journal, commitment: str) -> Entry:
    """The entry that committed to a luck, on whatever line."""
    lines = (journal.read(name, kinds=("luck",)) for name in journal.branches())
    drawn = (e for e in chain.from_iterable(lines) if e.body["commitment"] == commitment)
    return next(drawn, created_of(journal))


def revealed_of(journal: Journal, commitment: str) -> Entry | None:
    """Where an end, on any line, made a luck known."""
    lines = (journal.read(name, kinds=("revealed",)) for name in journal.branches())
    told = (e for e in chain.from_iterable(lines) if e.body["commitment"] == commitment)
    return next(told, None)


def dice_of(journal: Journal, branch: str | None = None) -> Dice:
    """The luck of a save, on the line that counts or on another."""
    line = branch or journal.main_line()
    forks: tuple[tuple[int, str], ...] = ()
    for entry in journal.read(line, kinds=("rolled_back",)):
        body: Mapping[str, Any] = entry.body
        forks = tuple((int(since), str(name)) for since, name in body["forks"])
    return attrs.evolve(_whole(journal, commitment_of(journal, line)), forks=forks)


def _whole(journal: Journal, commitment: str) -> Dice:
    """A luck from what an end revealed, else from what lies beside the chain."""
    created: Mapping[str, Any] = created_of(journal).body
    told = revealed_of(journal, commitment)
    aside = committed_in(journal, commitment).words.get("luck")
    luck = str(told.body["luck"]) if told is not None else aside
    games = [int(created["game"])]
    if luck:
        return Dice(bytes.fromhex(luck), games)
    seeded = Dice.seeded(int(created["seed"] or 0), games)
    if created["seed"] is None and commitment and seeded.commitment() != commitment:
        raise SaveError("the luck of this save is not in it", "ask whoever ran the exercise")
    return seeded


def drawn_for(
    journal: Journal, dice: Dice, draw: Callable[[], bytes] | None
) -> bytes | Refusal | None:
    """New luck for a line about to be opened; None where nobody knows the luck in play yet."""
    if revealed_of(journal, dice.commitment()) is None:
        return None
    return draw() if draw is not None else KNOWN


def commit(journal: Journal, luck: bytes, turn: int, branch: str) -> None:
    """Commit to luck that was drawn anew, from which a line begins."""
    commitment = Dice(luck, ()).commitment()
    body: Mapping[str, Any] = {"turn": turn, "commitment": commitment, "dice": ALGORITHM}
    journal.append("luck", body, branch=branch, words={"luck": luck.hex()})


def revealed(journal: Journal, dice: Dice, turn: int) -> Iterator[dict[str, Any]]:
    """The luck of a line that has ended, so that anybody can hold it against the commitment.

    Nothing where it was open from the start, or has been revealed on this line before.
    """
    commitment = dice.commitment()
    line = journal.main_line()
    told = {str(e.body["commitment"]) for e in journal.read(line, kinds=("revealed",))}
    if created_of(journal).body["seed"] is None and commitment not in told:
        luck = dice.luck.hex()
        yield {"turn": turn, "luck": luck, "commitment": commitment, "dice": ALGORITHM}
