"""What was said around the table, for the hot wash: free-form moves, answers, evaluators' notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from exercise.engine.roster import Roster
from exercise.paper import Block, Code, Heading, Pieces, Strong, items, para
from exercise.record import Record
from exercise.room.moves import Case, Move, may_know
from exercise.room.moving import fate_words, roll_words
from exercise.room.notes import RATINGS, Note
from exercise.room.questions import METHOD
from exercise.room.shelves import Shelves
from exercise.saved import Saved
from exercise.sight import Viewer
from exercise.spoken import counted
from exercise.view import addressed

WELL = "PS"
"""Letters for which the hot wash tells an objective's strength; for the others, what to improve."""


def table_blocks(saved: Saved, viewer: Viewer) -> Iterator[Block]:
    """The parts of the page, as far as the viewer may know of what was said."""
    shelves = Shelves.of(saved.journal.read(saved.branch))
    yield from _moves(saved, shelves, viewer)
    yield from _questions(saved, shelves, viewer)
    if viewer.is_control:
        yield from _evaluated(saved, shelves)


def spoken_by(saved: Saved) -> dict[str, str]:
    """How much each seat put in where nothing but words counts: its answers, moves, arguments."""
    shelves = Shelves.of(saved.journal.read(saved.branch))
    moves = [shelves.moves.case(name).move for name in shelves.moves.names()]
    by = {
        "answer": [a.seat for n, *_ in _put(saved.record) for a in shelves.questions.answers(n)],
        "move": [move.seat for move in moves],
        "argument": [argument.seat for move in moves for argument in move.arguments],
    }
    told: dict[str, str] = {}
    for seat in saved.facts["seats"]:
        parts = [counted(n, what) for what, seats in by.items() if (n := seats.count(seat))]
        if parts:
            told[seat] = ", ".join(parts)
    return told


def title_of(saved: Saved, seat: str) -> str:
    """What a seat is called."""
    facts: Mapping[str, Any] = saved.facts["seats"].get(seat, {})
    titles = saved.record.catalog.roster
    return str(facts.get("title") or titles.title("actor", facts.get("actor") or seat))


def seat_viewer(seats: Mapping[str, Any], roster: Roster, seat: str) -> Viewer:
    """The viewer that a seat was, from the scenario as data."""
    facts: Mapping[str, Any] = seats.get(seat, {"sees": "public", "actor": None})
    allied = facts["actor"] in roster.of("ally") or facts["sees"] in ("allied", "control")
    actor = facts["actor"] if facts["sees"] == "own" else None
    kind = "control" if facts["sees"] == "control" else "seat"
    return Viewer(seat, "control" if kind == "control" else "seat", actor,
                  allied and facts["sees"] != "public")  # fmt: skip


# moves


def _moves(saved: Saved, shelves: Shelves, viewer: Viewer) -> Iterator[Block]:
    roster = saved.record.catalog.roster
    lines: list[Pieces] = []
    for case in map(shelves.moves.case, shelves.moves.names()):
        move = case.move
        mover = seat_viewer(saved.facts["seats"], roster, move.seat)
        if may_know(move.known, mover, viewer, roster.of("adversary")):
            lines += _told(saved, shelves, case, viewer.is_control)
    if lines:
        yield Heading("Free-form moves")
        yield items(lines)


def _told(saved: Saved, shelves: Shelves, case: Case, whole: bool) -> Iterator[Pieces]:
    move = case.move
    parts = [part for part in (_clause("to what end: ", move.aim),
                               _clause("why it should work: ", move.why)) if part]  # fmt: skip
    known = {"allies": "known to its own side", "control": "known to control alone"}
    parts += [known[move.known]] if move.known in known else []
    yield (f"Turn {move.turn}, {title_of(saved, move.seat)}: ", Strong(move.what),
           f" ({'; '.join(parts)}) " if parts else " ", Code(f"move {move.name}"))  # fmt: skip
    for argument in move.arguments:
        yield (f"  {argument.side}, {title_of(saved, argument.seat)}: {argument.text}",)
    yield from _rolls(shelves, case, whole)
    if move.reason:
        yield (f"  {fate_words(move)}: {move.reason}",)
    elif move.is_open:
        yield (f"  {_open(move)}",)


def _rolls(shelves: Shelves, case: Case, whole: bool) -> Iterator[Pieces]:
    """Each die with what came of it; control is told the cells too."""
    brought = shelves.moves.brought(case.move.name)
    for roll, effects in zip(case.move.rolls, brought, strict=True):
        cells = [Code(effect) for effect in effects if whole]
        yield (f"  turn {roll.turn}: {roll_words(roll).rstrip('.')}: {roll.says} ", *cells)


def _open(move: Move) -> str:
    return f"{fate_words(move)} when it ended" if move.rolls else "its die was never rolled"


def _clause(lead: str, text: str) -> str:
    return f"{lead}{text.rstrip('.')}" if text else ""


# questions


def _questions(saved: Saved, shelves: Shelves, viewer: Viewer) -> Iterator[Block]:
    lines: list[Pieces] = []
    for name, turn, text, to in _put(saved.record):
        if not addressed(to, viewer):
            continue
        answers = [
            answer for answer in shelves.questions.answers(name)
            if viewer.is_control or answer.seat == viewer.name
        ]  # fmt: skip
        lines.append((f"Turn {turn}: ", Strong(text), " ", Code(name)))
        lines += [(f"  {title_of(saved, a.seat)}: {a.text}",) for a in answers]
        lines += [] if answers else [("  no answer was written down",)]
    if lines:
        yield Heading("Questions and answers")
        yield items(lines)


def _put(record: Record) -> Iterator[tuple[str, int, str, tuple[str, ...]]]:
    for number in range(1, len(record.turns)):
        for message in record.messages(number):
            if message.method == METHOD:
                yield message.name, message.turn, message.text, message.to


# evaluators


def _evaluated(saved: Saved, shelves: Shelves) -> Iterator[Block]:
    notes = shelves.notes.standing()
    goals: Mapping[str, Any] = saved.facts["objectives"]
    unmeasured = [name for name, goal in goals.items() if not goal["met"]]
    if not (notes or unmeasured):
        return
    yield Heading("What evaluators saw")
    lines: list[Pieces] = []
    for name, goal in goals.items():
        own = [note for note in notes if note.objective == name]
        if own or name in unmeasured:
            lines += _objective(saved, name, goal, own)
    loose = [note for note in notes if not note.objective]
    if loose:
        lines.append((Strong("Beside the objectives"),))
        lines += [_note(saved, note) for note in loose]
    yield items(lines)
    bare = [goal["title"] for name, goal in goals.items()
            if not any(n.objective == name and n.evidence for n in notes)]  # fmt: skip
    if bare:
        yield para(Strong("Without evidence: "), f"{'; '.join(bare)}.")


def _objective(
    saved: Saved, name: str, goal: Mapping[str, Any], notes: Sequence[Note]
) -> Iterator[Pieces]:
    letters = {note.seat: note.rating for note in notes if note.rating}
    given = "; ".join(
        f"{letter}, {RATINGS[letter]} ({title_of(saved, seat)})" for seat, letter in letters.items()
    )
    said = ""
    if letters:
        well = all(letter in WELL for letter in letters.values())
        said = f" {goal['strength'] if well else goal['improve']}"
    yield (Strong(goal["title"]), f": {given or 'nobody rated it'}.{said} ",
           Code(f"objective {name}"))  # fmt: skip
    yield from (_note(saved, note) for note in notes)


def _note(saved: Saved, note: Note) -> Pieces:
    letter = f"{note.rating}: " if note.rating else ""
    evidence = f" Evidence: {note.evidence}" if note.evidence else " No evidence given."
    remark = f" {note.remark}" if note.remark else ""
    tied = (" ", Code(f"{note.kind} {note.about}")) if note.kind else ()
    where = f"  turn {note.turn}, {title_of(saved, note.seat)}: "
    return (f"{where}{letter}{note.observation}{evidence}{remark}", *tied)
