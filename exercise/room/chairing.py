"""A live council at a desk: the chair's silence, summing-up and rounds; what any member writes.

Who presides over a text is a matter of the rules; here its seat, or control for it, gets what
belongs to a chair beside them. What is written about a text is the allies' to read. What a
delegation weighed among itself is its own, and control's. Everybody else in the room reads the
texts only where control has laid them open, and then as an ally without a seat would.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from exercise.engine.roster import cell_name
from exercise.orders import Refusal, parse
from exercise.record import Record, cell_of
from exercise.room.chamber import BREAK, PUT, Chamber, Writing, later
from exercise.room.talk import WATCHES, too_long, withdrawn
from exercise.scenario.facts import facts_of
from exercise.seats import watches
from exercise.sight import Viewer
from exercise.view.sentences import Seen
from exercise.view.texts import TextView, texts_of

if TYPE_CHECKING:
    from exercise.session import Session

TEXT = 4_000
"""The most characters of what is written about a text."""
LONGEST = 24 * 60
"""The most minutes that silence runs."""
ROOM = Viewer("room", "seat", None, True)
"""Everybody in the room, once control has laid the texts open: no seat's own, and no secret."""
OVER = Refusal("the exercise is over", "what is written now is no part of it")
NO_COUNCIL = Refusal("no council is part of this exercise", "write to the others instead")
NOT_THERE = Refusal("your seat does not sit in the council", "write to those who do")
NO_TEXT = Refusal("there is no such text before the council", "choose one that has been tabled")
CLOSED = Refusal("the council is closed for this turn", "wait for the next turn")


@attrs.frozen
class Silence:
    """A silence procedure that runs."""

    motion: str
    title: str
    until: str = ""
    """The wall time at which it ends, as UTC; empty where nobody has set one."""
    minutes: int = 0
    held: str = ""
    """Since when it stands still, the exercise being frozen; it is counted from there."""


@attrs.frozen
class Written:
    """Something that was written about a text, or about an act or an order."""

    name: str
    kind: str
    """`break`, `summing-up`, `explanation` or `considered`."""
    about: str
    seat: str
    who: str
    turn: int
    text: str
    instead: str = ""
    """What could be accepted instead, or was considered."""
    dissent: str = ""
    """Who in the delegation disagreed, and why; told to itself and to those who see everything."""
    at: str = ""
    gone: bool = False
    """Whether its words were withdrawn."""


@attrs.frozen
class Floor:
    """The council as a seat has it beside the view."""

    silences: tuple[Silence, ...] = ()
    written: tuple[Written, ...] = ()
    chairs: tuple[str, ...] = ()
    """The texts over which this seat presides now."""
    open: bool = False
    """Whether everybody in the room may read the texts."""
    texts: tuple[TextView, ...] = ()
    """The texts, to those who read them because they are laid open."""


class ChamberDesk:
    """What a seat has of the council beside its view, and does in it beside the rules' acts."""

    SHOWN = ("floor",)

    def __init__(self, session: Session, seat: str) -> None:
        self._session = session
        self._seat = seat
        self._viewer = session.seating.viewer(seat)

    # what it knows

    def floor(self) -> Floor:
        """Silences, writings and chairs, as far as they are the seat's to know."""
        written = tuple(self._written())
        if not self._plays():
            return Floor(written=written)
        opened = self._shelf().floor
        if self._sits():
            return Floor(tuple(self._silences()), written, tuple(self._chairs()), opened)
        if not opened:
            return Floor(written=written)
        texts = tuple(text for text in self._open_texts() if text.state != "not tabled")
        return Floor(tuple(self._silences()), written, (), True, texts)

    def told(self) -> list[object]:
        """A plain value that differs whenever what the council shows the seat does."""
        return [str(self.floor())]

    def _sits(self) -> bool:
        return self._viewer.is_control or self._viewer.allied

    def _silences(self) -> Iterator[Silence]:
        shelf, record = self._shelf(), self._record()
        seen = Seen(record.catalog, ROOM, record.last)
        for motion in record.catalog.roster.of("motion"):
            if seen.value("council.silence", motion) <= 0.0:
                continue
            set_ = shelf.deadlines.get(motion)
            until, minutes = (set_.until, set_.minutes) if set_ is not None else ("", 0)
            yield Silence(motion, self._title(motion), until, minutes, shelf.held)

    def _written(self) -> Iterator[Written]:
        """What the seat may read; of what was weighed, its own."""
        shelf = self._shelf()
        for one in shelf.writings.values():
            own = one.seat == self._seat or self._viewer.is_control
            if own or (one.kind != "considered" and (self._sits() or shelf.floor)):
                yield self._as_written(one)

    def _as_written(self, one: Writing) -> Written:
        shelf = self._shelf()
        text, instead, dissent = shelf.text(one)
        return Written(
            one.name, one.kind, one.about, one.seat, self._who(one.seat), one.turn, text,
            instead, dissent, one.at, shelf.typed.gone(one.seq) is not None,
        )  # fmt: skip

    def _chairs(self) -> Iterator[str]:
        actor, record = self._viewer.actor, self._record()
        seen = Seen(record.catalog, ROOM, record.last)
        for motion in record.catalog.roster.of("motion"):
            presides = actor is not None and seen.value("council.presides", actor, motion) > 0.0
            if presides or self._seat == "control":
                yield motion

    def _open_texts(self) -> Iterator[TextView]:
        record = self._record()
        return texts_of(record.catalog, ROOM, record.last, self._facts(), False)

    # the chair

    def silence(self, motion: str, minutes: int) -> Refusal | None:
        """Put a text under silence for so many minutes; where silence runs, it ends then instead.

        Absent seats say at once whether they break it.
        """
        refused = self._closed() or self._chair_only(motion) or self._unmet(minutes)
        if refused is None and not any(one.motion == motion for one in self._silences()):
            refused = self._act(f"{PUT} {motion} under silence", self._presiding(motion))
        if refused is None:
            self._set(motion, minutes)
        return refused

    def _unmet(self, minutes: int) -> Refusal | None:
        """Why silence cannot begin now, or not for so long."""
        if self._session.stage != "council":
            return CLOSED
        if not 1 <= minutes <= LONGEST:
            told = f"silence cannot run for {minutes} minutes"
            return Refusal(told, f"give 1 to {LONGEST} minutes")
        if self._session.paused:
            return Refusal("the exercise is frozen", "silence runs once it goes on")
        return None

    def _set(self, motion: str, minutes: int) -> None:
        """Write down when silence ends; absent seats say at once whether they break it."""
        session = self._session
        until = later(session.clock(), 60.0 * minutes) if session.clock is not None else ""
        body = {"seat": self._seat, "motion": motion, "minutes": minutes, "until": until}
        session.note("silence", body)
        broken = self._instructed(motion)
        if broken:
            session.hear(broken, about=motion)

    def sum_up(self, motion: str, text: str) -> Refusal | None:
        """Sum up where a text stands, as its chair: in the record, for all allies to read."""
        refused = self._closed() or self._chair_only(motion)
        refused = refused or self._empty(text) or too_long(("text", text, TEXT))
        if refused is None:
            self._note("summed_up", motion, {"text": text.strip()})
        return refused

    def go_round(self) -> Refusal | None:
        """Let the table go round once: the absent seats speak. A chair's, or control's."""
        refused = self._closed()
        if refused is None and not any(self._chairs()):
            refused = Refusal("only a chair lets the table go round", "ask the chair of a forum")
        if refused is None and self._session.stage != "council":
            refused = CLOSED
        if refused is None and self._session.paused:
            refused = Refusal("the exercise is frozen", "wait until it goes on")
        if refused is None:
            self._session.go_round()
        return refused

    # any member

    def break_silence(self, motion: str, text: str, instead: str = "") -> Refusal | None:
        """Break silence in writing: every ally reads who did and why; `instead`, what would do."""
        refused = self._closed() or self._member()
        actor = self._viewer.actor
        if refused is None and actor is None:
            refused = Refusal("this seat speaks for no member", "break it at a delegation's desk")
        refused = refused or (self._empty(text, "silence is broken in writing"))
        refused = refused or too_long(("text", text, TEXT), ("proposal", instead, TEXT))
        if refused is None:
            refused = self._act(f"{BREAK} {motion}", actor or "", text.strip())
        if refused is None and instead.strip():
            self._note("vote_explained", motion, {"text": "", "instead": instead.strip()})
        return refused

    def explain(
        self, motion: str, text: str, instead: str = "", dissent: str = ""
    ) -> Refusal | None:
        """Explain a vote or a position on a text, also once it is adopted; the allies read it.

        `instead` is what the seat could accept. `dissent` within its delegation is told to
        itself and control alone.
        """
        refused = self._closed() or self._member() or self._known(motion)
        words = {"text": text.strip(), "instead": instead.strip()}
        refused = refused or too_long(("text", text, TEXT), ("proposal", instead, TEXT))
        refused = refused or too_long(("dissent", dissent, TEXT))
        if refused is None and not (any(words.values()) or dissent.strip()):
            refused = self._empty("")
        if refused is None and any(words.values()):
            self._note("vote_explained", motion, words)
        if refused is None and dissent.strip():
            self._note("considered", motion, {"dissent": dissent.strip()})
        return refused

    def consider(self, about: str, instead: str, dissent: str) -> Refusal | None:
        """Note what else was considered for an act or an order, and who disagreed.

        It is the seat's own and control's.
        """
        refused = self._ended()
        if refused is None and about not in self._acts():
            refused = Refusal("that is no act or order of yours", "open your orders again")
        refused = refused or too_long(("alternatives", instead, TEXT), ("dissent", dissent, TEXT))
        words = {"instead": instead.strip(), "dissent": dissent.strip()}
        if refused is None and not any(words.values()):
            refused = self._empty("")
        if refused is None:
            self._note("considered", about, words)
        return refused

    def withdraw(self, name: str, why: str) -> Refusal | None:
        """Take back the words of something one wrote; a mark stays wherever it was shown."""
        one = self._shelf().writings.get(name)
        readable = {written.name for written in self.floor().written}
        if one is None or name not in readable:
            return Refusal("nothing of that name was written", "open the council again")
        return withdrawn(self._session, self._seat, one.seq, one.seat, why)

    # inside

    def _acts(self) -> set[str]:
        """The cells of the seat's own acts and orders in the turn under way."""
        actor, pending = self._viewer.actor, self._session.pending
        drafted = pending.sealed.get(self._seat, pending.drafts.get(self._seat, []))
        done = {cell for acts in pending.rounds for cell in acts}
        return {o.cell for o in drafted} | {c for c in done if cell_of(c)[1][:1] == (actor,)}

    def _record(self) -> Record:
        return self._session.current()

    def _shelf(self) -> Chamber:
        return self._session.shelves.chamber

    def _facts(self) -> Mapping[str, Any]:
        session = self._session
        return session.shelves.schedule.facts(facts_of(session.exercise))

    def _plays(self) -> bool:
        return self._session.plays("council")

    def _who(self, seat: str) -> str:
        return self._session.seating.titles.get(seat, "Control" if seat == "control" else seat)

    def _title(self, motion: str) -> str:
        return self._record().catalog.roster.title("motion", motion)

    def _note(self, kind: str, about: str, words: Mapping[str, str]) -> None:
        self._session.note(kind, {"seat": self._seat, "about": about}, words)

    def _act(self, line: str, actor: str, reason: str = "") -> Refusal | None:
        """An act of the council, for an actor, by this seat."""
        session = self._session
        if session.stage != "council":
            return CLOSED
        order = parse(line, session.ruleset.decisions, session.ruleset.roster, actor)
        if isinstance(order, Refusal):
            return order
        return session.act(self._seat, attrs.evolve(order, reason=reason))

    def _instructed(self, motion: str) -> dict[str, float]:
        """The absent seats that break silence on a text, by their standing instructions."""
        session, found = self._session, {}
        for actor in session.absent():
            cell = cell_name(BREAK, (actor, motion))
            if cell in (said := session.suggested(actor, "council")):
                found[cell] = said[cell]
        return found

    def _ended(self) -> Refusal | None:
        return OVER if self._session.stage == "over" else None

    def _closed(self) -> Refusal | None:
        return self._ended() if self._plays() else NO_COUNCIL

    def _member(self) -> Refusal | None:
        if watches(self._session.exercise.scenario, self._seat):
            return WATCHES
        return None if self._sits() else NOT_THERE

    def _known(self, motion: str) -> Refusal | None:
        if motion not in self._record().catalog.roster.of("motion"):
            return NO_TEXT
        return None

    def _empty(self, text: str, rule: str = "nothing is written yet") -> Refusal | None:
        return None if text.strip() else Refusal(rule, "say it in a sentence")

    def _presiding(self, motion: str) -> str:
        """The actor that presides over a text; empty where nobody does."""
        record = self._record()
        seen = Seen(record.catalog, ROOM, record.last)
        allies = record.catalog.roster.of("ally")
        return next((a for a in allies if seen.value("council.presides", a, motion) > 0.0), "")

    def _chair_only(self, motion: str) -> Refusal | None:
        """Why this seat may not do what a text's chair does."""
        refused = self._member() or self._known(motion)
        if refused is not None or motion in self._chairs():
            return refused
        chair = self._presiding(motion)
        title = self._record().catalog.roster.title("ally", chair) if chair else ""
        remedy = f"ask the chair, {title}" if chair else "nobody presides over it: find a sponsor"
        return Refusal("only the chair of the forum may do this", remedy)


class ChamberControl(ChamberDesk):
    """Control's: acts as any text's chair, and lays the texts open to the room."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "control")

    def lay_open(self, open_: bool) -> Refusal | None:
        """Let everybody in the room, the projector too, read the texts; or no longer."""
        refused = self._closed()
        if refused is None and self._shelf().floor != open_:
            self._session.note("floor", {"open": open_})
        return refused
