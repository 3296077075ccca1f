"""Going back: play goes on from an earlier turn on a line of its own, and the old one stays.

Turns that were played before are rolled alike, so that the other outcome comes of other
decisions; those that nobody has played yet have other luck. Once an end has made the luck known,
a new line plays with luck that is drawn for it, all of its turns. The new line is a branch of the
journal: earlier heads stay good, both lines can be read, and both are verified.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from exercise.drafts import drop_drafts
from exercise.engine.dice import Dice
from exercise.luck import commit, dice_of, drawn_for
from exercise.orders import Refusal
from exercise.record import Record
from exercise.save.journal import Entry, Journal
from exercise.saved import read, take_up

if TYPE_CHECKING:
    from exercise.session import Session

OUTLASTS = ("access", "locked", "joined", "headed", "knocked", "filled", "floor", "clock")
"""What is of the room and not of the game: who may come in and who sits where goes on."""


@attrs.frozen
class Branch:
    """A line of play: its name, the turn it began with, how far it went, and why it was opened."""

    name: str
    parent: str
    turn: int
    turns: int
    """How many turns are published on it."""
    main: bool
    """Whether it is the line that counts."""
    why: str = ""
    commitment: str = ""
    """The hash of luck that was drawn for it anew; empty where it plays with its parent's."""


def branches(journal: Journal) -> tuple[Branch, ...]:
    """Every line of play of a journal, in the order in which they were opened."""
    main = journal.main_line()
    found = []
    for name, info in journal.branches().items():
        opened = next((e for e in journal.read(name, info.fork_seq, kinds=("rolled_back",))), None)
        told: Mapping[str, Any] = opened.body if opened is not None else {}
        why = (opened.words.get("reason") or "(withdrawn)") if opened is not None else ""
        drawn = next(journal.read(name, info.fork_seq, kinds=("luck",)), None)
        luck = str(drawn.body["commitment"]) if drawn is not None else ""
        turns = sum(1 for _ in journal.read(name, kinds=("published",)))
        found.append(
            Branch(
                name, info.parent or "", int(told.get("turn", 1)), turns, name == main, why, luck
            )
        )
    return tuple(found)


def roll_back(session: Session, turn: int, reason: str) -> Refusal | None:
    """Play a turn again from its start, on a new line that counts from now on.

    Where an end has made the luck known, the line has new luck from its first turn.
    """
    newest = session.number + session.ended  # stopped in a turn: that one can be played too
    if not 1 <= turn <= newest:
        return Refusal(f"there is no turn {turn} to go back to", f"name 1 to {newest}")
    if not reason.strip():
        return Refusal("going back needs a reason", "say why in a sentence")
    luck = drawn_for(session.journal, session.dice, session.draw_luck)
    if isinstance(luck, Refusal):
        return luck
    journal, old = session.journal, session.journal.main_line()
    entries = list(journal.read(old))
    ends = [e.seq for e in entries if e.kind in ("created", "published")]
    at = ends[turn - 1]
    fresh = 1 + max(newest, *(branch.turns for branch in branches(journal)))
    filling, paused = dict(session.seating.filling), session.paused
    name = _free(journal, turn)
    with journal.transaction():
        journal.fork(name, old, at)
        body: Mapping[str, Any] = {
            "turn": turn,
            "from": old,
            **_dice(session.dice, luck, [fresh, name]),
        }
        journal.append("rolled_back", body, branch=name, words={"reason": reason})
        if luck is not None:
            commit(journal, luck, turn, name)
        for entry in entries:
            if entry.seq > at and entry.kind in OUTLASTS:
                _copy(journal, entry, name)
        journal.point_main(name)
        drop_drafts(journal)
    session.begin_again(
        Record(session.record.catalog, list(read(journal).record.turns)), dice_of(journal)
    )
    take_up(session)
    for seat, by in filling.items():
        session.fill(seat, by)
    session.pause(paused)
    return None


def luck_words(found: Iterable[Branch]) -> str:
    """What is told of the luck of the line that counts, where it was drawn for it."""
    new = any(branch.main and branch.commitment for branch in found)
    return "its luck is new, since the end made the old one known" if new else ""


def _dice(dice: Dice, luck: bytes | None, fork: list[int | str]) -> dict[str, Any]:
    """What says of a line with which luck it plays, and where it leaves the lines before."""
    if luck is not None:
        return {"commitment": Dice(luck, ()).commitment(), "forks": []}
    return {"commitment": dice.commitment(), "forks": [*map(list, dice.forks), fork]}


def _free(journal: Journal, turn: int) -> str:
    taken = journal.branches()
    number = 2
    while f"turn-{turn}-{number}" in taken:
        number += 1
    return f"turn-{turn}-{number}"


def _copy(journal: Journal, entry: Entry, branch: str) -> None:
    words = {key: text for key, text in entry.words.items() if text is not None}
    journal.append(entry.kind, entry.body, branch=branch, words=words or None)
