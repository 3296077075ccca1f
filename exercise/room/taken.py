"""Words taken back: deleted for good, with every copy that was made of them.

What was typed about a free-form move is told again by its die and in a letter: whoever deletes the
one deletes the others, on every line of play, and a mark stays wherever they were shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING

import attrs

from exercise.engine.turn import Ruling
from exercise.record import WITHDRAWN, TurnRecord
from exercise.room.moves import Moves, author_of
from exercise.save.journal import Entry

if TYPE_CHECKING:
    from exercise.session import Session

Place = tuple[int, str]
"""Where typed words lie: an entry's number, and their key in it."""
TOLD_BY: Mapping[str, tuple[str, ...]] = {
    "weighed": ("rolled", "message"),
    "rolled": ("weighed", "message"),
    "move-ended": ("message",),
    "message": ("weighed", "rolled", "move-ended"),
}
"""Which kinds of entries tell one another's words again: control's own, from weighing to letter.

What somebody else typed is nobody's copy, though the words be the same.
"""


def take_back(session: Session, seqs: Iterable[int], by: str, why: str) -> None:
    """Delete all that somebody typed in some entries, and its copies; marks stay."""
    journal = session.journal
    places = [
        (seq, key)
        for seq in seqs
        for key, text in journal.entry(seq).words.items()
        if text is not None
    ]
    gone = dict.fromkeys([*places, *_copies(session, places)])
    with journal.transaction():
        marks = [journal.withdraw(seq, key, by, why) for seq, key in gone]
    for mark in marks:
        session.shelves.take(mark)
    _blank(session, {seq for seq, _ in gone})
    session.version += 1


def about_move(session: Session, name: str) -> list[Entry]:
    """What the journal holds of a free-form move, on every line."""
    return [e for e in _everything(session) if e.kind in Moves.KINDS and e.body["move"] == name]


def _everything(session: Session) -> Iterator[Entry]:
    """Each entry once, whatever line it is of."""
    journal = session.journal
    lines = journal.branches().values()
    return chain.from_iterable(journal.read(line.name, line.fork_seq) for line in lines)


def _copies(session: Session, places: list[Place]) -> Iterator[Place]:
    """Where else the same words stand of the same move."""
    first = [(session.journal.entry(seq), key) for seq, key in places]
    first = [(entry, key) for entry, key in first if _of_move(entry)]
    others = [entry for entry in _everything(session) if _of_move(entry)] if first else []
    for entry, key in first:
        for other in others:
            for name, text in other.words.items():
                copied = _copied(entry, other) and _related(entry, other)
                if text and copied and _alike(str(entry.words[key]), text):
                    yield other.seq, name


def _of_move(entry: Entry) -> bool:
    letter = entry.kind == "message" and entry.body.get("method") == "outcome"
    return letter or entry.kind in Moves.KINDS


def _copied(one: Entry, other: Entry) -> bool:
    """Whether one entry may tell again what the same author typed in the other."""
    return other.kind in TOLD_BY.get(one.kind, ()) and author_of(one) == author_of(other)


def _related(one: Entry, other: Entry) -> bool:
    """Whether two entries are of one move; letters of before did not say of which they told."""
    names = [entry.body.get("move") for entry in (one, other)]
    return None in names or names[0] == names[1]


def _alike(one: str, other: str) -> bool:
    """Whether two texts are the same, or one of them the first lines of the other."""
    short, long = sorted((one, other), key=len)
    return bool(short) and (short == long or long.startswith(f"{short}\n"))


def _blank(session: Session, gone: set[int]) -> None:
    """Words that lie in memory beside the shelves: letters of the record, reasons of rulings."""

    def blanked(ruling: Ruling) -> Ruling:
        return attrs.evolve(ruling, reason=WITHDRAWN) if ruling.seq in gone else ruling

    def as_told(turn: TurnRecord) -> TurnRecord:
        turn = session.shelves.talk.in_turn(turn)
        if not any(ruling.seq in gone for ruling in turn.rulings):
            return turn
        return attrs.evolve(turn, rulings=tuple(map(blanked, turn.rulings)))

    session.pending.rulings[:] = map(blanked, session.pending.rulings)
    turns = [as_told(turn) for turn in session.record.turns]
    session.record = attrs.evolve(session.record, turns=turns)
