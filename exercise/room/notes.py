"""What evaluators record while it is played: observation, evidence, rating, tied to an objective.

The form of an objective lists its critical tasks: what the injects that serve it expect to be
done. Ratings are the four letters of the Homeland Security Exercise and Evaluation Program. While
an exercise runs, evaluators and control are warned of objectives for which nobody has evidence.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import attrs

from exercise.explain.why import knows_order, order_words
from exercise.orders import Refusal
from exercise.record import cell_of
from exercise.room.moving import MovesDesk
from exercise.room.typed import Typed
from exercise.save.journal import Entry
from exercise.scenario.model import Objective
from exercise.seats import watches
from exercise.view import addressed

if TYPE_CHECKING:
    from exercise.session import Session

RATINGS = {
    "P": "performed without challenges",
    "S": "performed with some challenges",
    "M": "performed with major challenges",
    "U": "unable to be performed",
}
LONGEST = 4_000
"""Characters a text of a note may have."""
Kind = Literal["", "inject", "order", "move", "moment"]


@attrs.frozen
class Note:
    """What an evaluator recorded."""

    name: str
    seat: str
    turn: int
    at: str
    """The wall time, where the host keeps one."""
    stage: str
    objective: str
    kind: Kind
    about: str
    """The inject, order, move or moment it is tied to; empty where to none."""
    rating: str
    observation: str
    evidence: str
    remark: str = ""
    withdrawn: str = ""
    """Why its evaluator took it back."""
    line: str = ""
    """The line of play it was written on, where that was left; empty on the one that counts."""


@attrs.frozen
class Task:
    """A critical task: what an inject expects to be done."""

    inject: str
    title: str
    expected: str
    came: bool


@attrs.frozen
class Form:
    """What there is to fill in for an objective, and what has been."""

    objective: str
    title: str
    says: str
    seat: str
    tasks: tuple[Task, ...]
    notes: tuple[Note, ...]
    rating: str
    """The letter given last by whoever may see this."""
    bare: bool
    """Whether nobody has recorded evidence for it."""


@attrs.frozen
class Gap:
    """An objective that is late without evidence."""

    objective: str
    title: str
    says: str


@attrs.frozen
class Link:
    """Something a note can be tied to."""

    kind: Kind
    name: str
    says: str


class Notes:
    """All notes, in the order in which they were written; first those of lines that were left."""

    KINDS = ("observed", "note-ended")

    def __init__(self) -> None:
        self._kept: dict[str, Entry] = {}
        self._left: dict[str, Entry] = {}
        self._left_ended: dict[str, Entry] = {}
        self._ended: dict[str, Entry] = {}
        self._typed = Typed()

    def take(self, entry: Entry) -> None:
        """Take up one entry."""
        match entry.kind:
            case "withdrawn":
                self._typed.forget(entry)
            case "observed":
                self._kept[str(entry.body["note"])] = entry
                self._typed.keep(entry)
            case "note-ended":
                self._ended[str(entry.body["note"])] = entry
                self._typed.keep(entry)

    def leave(self, entry: Entry) -> None:
        """Take up an entry of a line of play that was left: what was seen there was seen."""
        left = self._left if entry.kind == "observed" else self._left_ended
        left[str(entry.body["note"])] = entry
        self._typed.keep(entry)

    def notes(self) -> Iterator[Note]:
        """All of them."""
        text = self._typed.text
        left = {name: entry for name, entry in self._left.items() if name not in self._kept}
        for name, entry in chain(left.items(), self._kept.items()):
            body: Mapping[str, Any] = entry.body
            ended = self._end(name)
            yield Note(
                name, body["seat"], body["turn"], str(body.get("at", "")), body["stage"],
                body["objective"], body["kind"], body["about"], body["rating"],
                text(entry.seq, "observation"), text(entry.seq, "evidence"),
                text(entry.seq, "remark"),
                withdrawn=text(ended.seq, "why") if ended is not None else "",
                line=entry.branch if name in left else "",
            )  # fmt: skip

    def standing(self) -> list[Note]:
        """Those of the line that counts that were not taken back."""
        return [note for note in self.open() if not note.line]

    def open(self) -> list[Note]:
        """Those of any line that were not taken back."""
        return [note for note in self.notes() if self._end(note.name) is None]

    def _end(self, name: str) -> Entry | None:
        """The entry that took a note back."""
        found = self._ended.get(name)
        return self._left_ended.get(name) if found is None and name not in self._kept else found


class NotesDesk:
    """An evaluator's forms; a seat that plays has none."""

    SHOWN: ClassVar[tuple[str, ...]] = ("evaluates", "forms", "gaps")

    def __init__(self, session: Session, seat: str) -> None:
        self._session = session
        self._seat = seat
        self._viewer = session.seating.viewer(seat)
        self._evaluates = watches(session.exercise.scenario, seat)

    def evaluates(self) -> bool:
        """Whether this seat is an evaluator's."""
        return self._evaluates

    def forms(self) -> tuple[Form, ...]:
        """A form for each objective, with what this evaluator has recorded."""
        if not self._evaluates:
            return ()
        every = self._session.shelves.notes.open()
        goals = self._session.exercise.scenario.objectives
        return tuple(self._form(name, goal, every) for name, goal in goals.items())

    def notes(self) -> tuple[Note, ...]:
        """This evaluator's own notes, taken back ones too, in the order of writing."""
        if not self._evaluates:
            return ()
        return tuple(note for note in self._session.shelves.notes.notes() if self._own(note))

    def links(self) -> tuple[Link, ...]:
        """What a note can be tied to: injects that came, orders and moves it may know of, now."""
        return tuple(self._links()) if self._evaluates else ()

    def gaps(self) -> tuple[Gap, ...]:
        """Objectives without evidence though an inject for them came, or half the time is up."""
        if not self._evaluates:
            return ()
        session = self._session
        whole = session.exercise.turns
        half = session.number * 2 > whole
        found = []
        for form in self.forms():
            came = sum(task.came for task in form.tasks)
            if form.bare and (came or half):
                told = f"{came} of {len(form.tasks)} injects for it have come; " if came else ""
                says = f"no evidence yet; {told}turn {session.number} of {whole}"
                found.append(Gap(form.objective, form.title, says))
        return tuple(found)

    def record(
        self,
        objective: str,
        observation: str,
        evidence: str = "",
        rating: str = "",
        kind: str = "",
        about: str = "",
        remark: str = "",
    ) -> Note | Refusal:
        """Record what was observed, on what evidence, and how well it was done (P, S, M or U)."""
        session = self._session
        texts = {"observation": observation.strip(), "evidence": evidence.strip(),
                 "remark": remark.strip()}  # fmt: skip
        letter = rating.strip()[:1].upper()
        refused = self._judged(objective, texts, rating, kind, about)
        if refused is not None:
            return refused
        said = json.dumps([self._seat, session.number, objective, kind, about, letter, texts])
        mark = hashlib.blake2b(said.encode(), digest_size=4).hexdigest()
        name = f"{self._seat}-{session.number}-{mark}"
        if any(note.name == name and not note.line for note in session.shelves.notes.notes()):
            return Refusal("that is recorded already", "record what is new")
        body = {"note": name, "seat": self._seat, "stage": session.stage, "objective": objective,
                "kind": kind, "about": about, "rating": letter}  # fmt: skip
        session.note("observed", body, {key: text for key, text in texts.items() if text})
        return next(note for note in session.shelves.notes.notes() if note.name == name)

    def take_back(self, name: str, why: str) -> Refusal | None:
        """Take one's own note back, and say why; it stays in the record as taken back."""
        standing = self._session.shelves.notes.open()
        if not any(note.name == name and note.seat == self._seat for note in standing):
            return Refusal("there is no such note of yours", "choose one of your own")
        if not why.strip() or len(why) > LONGEST:
            return Refusal("a reason is needed, in a sentence", "say why")
        self._session.note("note-ended", {"note": name, "seat": self._seat}, {"why": why.strip()})
        return None

    def told(self) -> list[object]:
        """All that the evaluator is told, for telling whether anything is new."""
        return [[attrs.asdict(f) for f in self.forms()], [attrs.asdict(g) for g in self.gaps()]]

    # inside

    def _own(self, note: Note) -> bool:
        return note.seat == self._seat

    def _judged(
        self, objective: str, texts: Mapping[str, str], rating: str, kind: str, about: str
    ) -> Refusal | None:
        """Why a note cannot be taken."""
        session = self._session
        goals = session.exercise.scenario.objectives
        if not self._evaluates:
            return Refusal("notes are recorded by evaluators", "give the seat `role: evaluator`")
        if objective and objective not in goals:
            return Refusal(f"there is no objective {objective}", f"choose: {', '.join(goals)}")
        if not (texts["observation"] or texts["evidence"]):
            return Refusal("nothing is observed yet", "write what you saw or heard")
        if any(len(text) > LONGEST for text in texts.values()):
            return Refusal("that is too long", f"say it in {LONGEST:,} characters at most")
        if rating.strip() and rating.strip()[:1].upper() not in RATINGS:
            told = ", ".join(f"{letter} ({says})" for letter, says in RATINGS.items())
            return Refusal(f"“{rating.strip()[:20]}” is no rating", f"choose {told}")
        tied = (kind, about) in {(link.kind, link.name) for link in self._links()}
        if (kind or about) and not tied:
            return Refusal("there is nothing of that kind to tie it to", "choose from the list")
        return None

    def _form(self, name: str, goal: Objective, every: list[Note]) -> Form:
        notes = [note for note in every if note.objective == name]
        own = tuple(note for note in notes if self._own(note))
        given = [note.rating for note in own if note.rating and not note.line]
        bare = not any(note.evidence for note in notes if not note.line)
        seat = goal.seat or ""
        tasks = tuple(self._tasks(name))
        return Form(name, goal.title, goal.says, seat, tasks, own, (given or [""])[-1], bare)

    def _tasks(self, objective: str) -> Iterator[Task]:
        session = self._session
        fired = session.world["scenario.fired"].data[:, 0]
        for index, (name, inject) in enumerate(session.exercise.scenario.injects.items()):
            if inject.objective == objective and inject.expected:
                yield Task(name, inject.title, inject.expected, bool(fired[index] > 0.0))

    def _links(self) -> Iterator[Link]:
        session = self._session
        yield Link("moment", f"turn {session.number}, {session.stage}", "This moment")
        injects = session.exercise.scenario.injects
        for message in (*session.inbox(), *session.record.last.messages):
            if message.name in injects and addressed(message.to, self._viewer):
                yield Link("inject", message.name, message.title)
        for move in MovesDesk(session, self._seat).moves():
            title = session.seating.titles.get(move.seat, move.seat)
            yield Link("move", move.name, f"{title}: {move.what}")
        yield from self._ordered()

    def _ordered(self) -> Iterator[Link]:
        """Orders of the last published turn that the evaluator may know of."""
        record = self._session.record
        catalog, turn = record.catalog, record.last
        for cell, value in turn.orders.items():
            name, names = cell_of(cell)
            if knows_order(catalog, turn, self._viewer, cell):
                who = catalog.roster.title("actor", names[0])
                told = order_words(catalog.decisions[name], catalog.roster, names, value)
                yield Link("order", cell, f"{who}: {told}")


class NotesControl(NotesDesk):
    """Control over all notes: what every evaluator recorded, and what is missing."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "control")
        self._evaluates = True

    def _own(self, note: Note) -> bool:
        return True
