"""The MSEL at control's desk: every inject as a row, and all that control may do about it.

An inject keeps its id for good; one of control's own reaches its addressees by another name,
which tells nothing of when and how it was written. Everything that control does to one is an
entry of the journal; an inject can be changed until it has come. A seat tells of the injects
that reached it whether it opened, acknowledged or answered them; of others it learns nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

import attrs

from exercise.engine.roster import cell_name
from exercise.engine.turn import Ruling
from exercise.errors import ScenarioError, UsageError
from exercise.orders import Refusal
from exercise.pending import ruling_refusal
from exercise.record import Message
from exercise.room.arrivals import EDGE, come, weeks_at
from exercise.room.awaited import awaited
from exercise.room.cards import Card
from exercise.scenario.calendar import day_word
from exercise.scenario.conditions import compile_condition
from exercise.scenario.injects import Cue
from exercise.scenario.lookup import split_cell
from exercise.scenario.model import Inject

if TYPE_CHECKING:
    from exercise.session import Session

State = Literal[
    "draft", "approved", "scheduled", "armed", "held", "skipped", "disabled",
    "delivered", "opened", "acknowledged", "answered",
]  # fmt: skip
Act = Literal["fire", "hold", "release", "skip", "enable", "disable", "approve", "withdraw"]
Mark = Literal["opened", "acknowledged", "answered"]
LONGEST = 20_000
"""Characters that any text of an inject may have."""
COME = ("delivered", "opened", "acknowledged", "answered")
"""The states of an inject that has come: from least to most that was done with it."""


@attrs.frozen
class Change:
    """What an inject does to one cell: `add` an amount, or `set` a value."""

    cell: str
    how: str
    amount: float

    def line(self) -> str:
        """As people write it: `deterrence.tension[strait] +0.1`, or `= 0.5`."""
        told = f"{self.amount:+g}" if self.how == "add" else f"= {self.amount:g}"
        return f"{self.cell} {told}"


@attrs.frozen
class Text:
    """What is typed on an inject, and to whom it goes; `when` is a day, a date, or empty."""

    title: str
    text: str = ""
    to: tuple[str, ...] = ("all",)
    sender: str = "Control"
    method: str = "mail"
    when: str = ""
    expected: str = ""
    objective: str = ""
    background: str = ""
    controller: str = ""
    effects: tuple[Change, ...] = ()
    draft: bool = False
    """Whether it waits for approval."""


@attrs.frozen
class Row:
    """A row of the MSEL."""

    id: str
    state: State
    told: Text
    """What it says and to whom, as it reads now; its `when` is a day, where it has one."""
    day: int | None
    """The exercise day it is due on, counted from D-day."""
    condition: str = ""
    waits: tuple[str, ...] = ()
    """The parts of its condition, with their values and whether each holds."""
    own: bool = False
    """Whether control wrote it during play."""
    changed: bool = False
    """Whether control has changed it since the exercise began."""
    turn: int = 0
    """The turn in which it came."""
    deadline: str = ""
    then: str = ""
    """The inject that comes if what is expected has not come by the deadline."""
    unless: str = ""
    came: bool | None = None
    """Whether control said that what is expected has come."""
    after: str = ""
    """The inject whose expected action it stands in for."""
    marks: tuple[tuple[str, str], ...] = ()
    """Seats that opened, acknowledged or answered it."""
    missing: tuple[str, ...] = ()
    """What it still waits for, in words."""


class MselDesk:
    """What a seat may say of the injects that reached it."""

    def __init__(self, session: Session, seat: str) -> None:
        self._session = session
        self._seat = seat

    def _reached(self, name: str) -> Message | None:
        from exercise.view import addressed

        viewer = self._session.seating.viewer(self._seat)
        record = self._session.current()
        letters = (m for turn in range(len(record.turns)) for m in record.messages(turn))
        return next((m for m in letters if m.name == name and addressed(m.to, viewer)), None)

    def mark(self, name: str, act: Mark, text: str = "") -> Refusal | None:
        """Say that a message of control's was opened, acknowledged or answered (with words)."""
        session = self._session
        if self._seat == "control" or session.stage == "over":
            return None
        reached = self._reached(name)
        if reached is None:
            return Refusal("no such message has reached this seat", "choose one of your inbox")
        overlooks = session.seating.viewer(self._seat).is_control and self._seat not in reached.to
        if overlooks or not is_inject(session, name):  # it was not sent to whoever sees everything
            return None
        if len(text) > LONGEST:
            return Refusal("that is too long", f"say it in {LONGEST:,} characters at most")
        before = session.shelves.msel.card(name).marks.get(self._seat, "delivered")
        if COME.index(before) < COME.index(act) or text:
            body = {"inject": name, "seat": self._seat, "act": act}
            session.note("inject_read", body, {"text": text} if text else None)
        return None


def is_inject(session: Session, name: str) -> bool:
    """Whether a message is an inject, the scenario's or control's own."""
    return name in session.exercise.scenario.injects or session.shelves.msel.card(name).own


class MselControl(MselDesk):
    """All that control may do about injects."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "control")

    # what there is

    def rows(self) -> tuple[Row, ...]:
        """Every inject: those with a day in its order, then the others as they were written."""
        rows = list(self._rows())
        dated = [row for row in rows if row.day is not None]
        dated.sort(key=lambda row: row.day or 0)
        return (*dated, *(row for row in rows if row.day is None))

    def row(self, name: str) -> Row:
        """One inject; raises `UsageError` where there is none."""
        found = next((row for row in self._rows() if row.id == name), None)
        if found is None:
            raise UsageError(f"there is no inject {name!r}", "its id stands in the list")
        return found

    def _rows(self) -> Iterator[Row]:
        session = self._session
        fired = session.world["scenario.fired"].data[:, 0] > 0
        held = session.world["scenario.held"].data[:, 0] > 0
        came = self._came()
        for index, cue in enumerate(session.exercise.cues):
            card = session.shelves.msel.card(cue.name)
            written = session.exercise.scenario.injects[cue.name]
            at = card.at if card.moved else cue.offset
            state = self._state(card, cue, bool(fired[index]), bool(held[index]))
            yield self._row(card, written, state, at, came.get(cue.name, 0), cue)
        for card in session.shelves.msel.own():
            state = self._state(card, None, bool(card.came_in), False)
            yield self._row(card, None, state, card.at, card.came_in, None)

    def _came(self) -> Mapping[str, int]:
        """In which turn each inject reached inboxes."""
        record = self._session.record
        found = {
            m.name: turn for turn in range(1, len(record.turns)) for m in record.messages(turn)
        }
        now = {m.name: self._session.number for m in self._session.inbox()}
        return {**now, **found}

    def _state(self, card: Card, cue: Cue | None, fired: bool, held: bool) -> State:
        """Where an inject stands."""
        if fired:
            best = max((COME.index(mark) for mark in card.marks.values()), default=0)
            return COME[best]  # type: ignore[return-value]
        enabled = card.enabled if card.enabled is not None else cue is None or cue.enabled
        condition = cue is not None and cue.condition is not None
        at = card.at if card.moved or cue is None else cue.offset
        state: State = (
            "skipped" if card.skipped
            else "disabled" if not enabled
            else "draft" if not card.approved
            else "held" if card.held or (held and not card.planned)
            else "armed" if condition or card.armed
            else "scheduled" if at is not None or card.after
            else "approved"
        )  # fmt: skip
        return state

    def _row(
        self, card: Card, written: Inject | None, state: State, at: float | None, turn: int,
        cue: Cue | None,
    ) -> Row:  # fmt: skip
        session = self._session
        told, expects = card.inject(written), card.expects
        effects = tuple(Change(cell_name(e.field, e.names), e.how, e.amount) for e in card.effects)
        parts = []
        if cue is not None and cue.condition is not None and state not in COME:
            parts = cue.condition.explain(session.world)
        waits = tuple(
            f"{c.text}: {c.left:.2f} against {c.right:.2f}, {'yes' if c.holds else 'no'}"
            for c in parts
        )
        missing = tuple(awaited(c, session.ruleset) for c in parts if not c.holds)
        return Row(
            card.name, state,
            Text(told.title, told.text, told.to, told.sender, told.method, self._day_word(at),
                 told.expected, told.objective, told.background, card.controller, effects,
                 not card.approved),
            self._day(at), written.when if written is not None else "", waits, card.own,
            card.planned or card.words is not None, turn,
            self._day_word(expects.by) if expects is not None else "",
            expects.then if expects is not None else "",
            expects.unless if expects is not None else "",
            expects.came if expects is not None else None,
            card.after, tuple(sorted(card.marks.items())), missing,
        )  # fmt: skip

    def _day(self, at: float | None) -> int | None:
        first = self._session.exercise.calendar.first_day
        return None if at is None else first + round(at * 7)

    def _day_word(self, at: float | None) -> str:
        day = self._day(at)
        return "" if day is None else day_word(day)

    # what control does

    def act(self, name: str, act: Act) -> Refusal | None:
        """Fire, hold, release, skip, enable, disable, approve an inject, or take approval back."""
        refused = self._open(name)
        if refused is not None:
            return refused
        if act == "fire":
            return self._fire(name)
        self._session.note("inject_state", {"inject": name, "act": act})
        return None

    def _fire(self, name: str) -> Refusal | None:
        session = self._session
        if session.stage not in ("council", "orders"):
            return Refusal(
                "injects are fired while a turn is open", "release the results; fire it then"
            )
        if session.shelves.msel.card(name).own:
            come(session, name)
            session.again()
        else:
            session.cue(name, "fire")
        return None

    def postpone(self, name: str, days: int) -> Refusal | None:
        """Move an inject by so many days; sooner where they are fewer than none."""
        refused = self._open(name)
        row = None if refused else self.row(name)
        if row is not None and row.day is None:
            refused = Refusal("it has no day of its own", "edit it and give it one")
        return refused or self._move({name: days})

    def postpone_all(self, days: int) -> Refusal | None:
        """Move every inject to come by so many days: the spacing stays as it is."""
        names = [r.id for r in self.rows() if r.state not in COME and r.day is not None]
        if not names:
            return Refusal("no inject to come has a day", "there is nothing to move")
        return self._move(dict.fromkeys(names, days))

    def _move(self, shifts: Mapping[str, int]) -> Refusal | None:
        moves = {}
        for name, days in shifts.items():
            day = self.row(name).day or 0
            at = weeks_at(self._session, f"D{day + days:+d}")
            refused = self._ahead(at, day_word(day + days), name)
            if refused is not None:
                return refused
            moves[name] = at
        self._session.note("inject_moved", {"moves": moves})
        return None

    def _ahead(self, at: float | None, said: str, name: str) -> Refusal | None:
        """Why an inject cannot be put on a day; None where it can."""
        if at is None:
            return Refusal(f"{said!r} is no day", "write D-5, D+2 or a date as 2031-04-12")
        now = float(self._session.world["clock.elapsed"].data[0])
        if at + EDGE < now:
            day = day_word(self._session.exercise.calendar.first_day + round(now * 7))
            return Refusal(
                f"{said} lies before the next turn, which begins on {day}: {name}",
                "fire it now, or name a later day",
            )
        return None

    def edit(self, name: str, told: Text) -> Refusal | None:
        """Change what an inject says, to whom it goes and when, until it has come."""
        refused = self._open(name)
        return refused or self._write(name, told, self._session.shelves.msel.card(name).own)

    def write(self, told: Text) -> str | Refusal:
        """A new inject of control's own; its id, or why not."""
        name = inject_name(self._session.number, told)
        if is_inject(self._session, name):
            return Refusal("there is such an inject already", "change its words, or fire that one")
        refused = self._write(name, told, own=True)
        return name if refused is None else refused

    def _write(self, name: str, told: Text, own: bool) -> Refusal | None:
        session = self._session
        before = None if own and not is_inject(session, name) else self.row(name)
        at: float | None = None
        moved = bool(told.when) if before is None else told.when != before.told.when
        if moved and told.when:
            at = weeks_at(session, told.when)
        refused = self._ahead(at, told.when, told.title) if moved and told.when else None
        effects = [] if refused else self._effects(told)
        refused = refused or self._judged(told, own) or _first_refusal(effects)
        if refused is not None:
            return refused
        body: dict[str, Any] = {
            "inject": name, "own": own, "to": list(told.to), "method": told.method,
            "objective": told.objective, "controller": told.controller, "at": at, "moved": moved,
            "effects": [
                {"field": e.field, "names": list(e.names), "amount": e.amount, "how": e.how}
                for e in effects if isinstance(e, Ruling)
            ],
        }  # fmt: skip
        if before is None or before.told.draft != told.draft:
            body["approved"] = not told.draft
        words = {"title": told.title, "text": told.text, "sender": told.sender,
                 "expected": told.expected, "background": told.background,
                 "reason": f"inject: {told.title}"}  # fmt: skip
        session.note("inject", body, words)
        return None

    def _judged(self, told: Text, own: bool) -> Refusal | None:
        seats = (*self._session.seating.viewers, "all", "allies")
        words = (told.title, told.text, told.sender, told.expected, told.background,
                 told.method, told.objective, told.controller)  # fmt: skip
        if any(len(text) > LONGEST for text in words):
            return Refusal("that is too long", f"say it in {LONGEST:,} characters at most")
        if not told.title.strip():
            return Refusal("an inject needs a title", "write a line that says what it is")
        if not told.to:
            return Refusal("nobody would receive it", "name seats, or all, or allies")
        for seat in told.to:
            if seat not in seats:
                return Refusal(f"there is no seat {seat!r}", f"seats: {', '.join(seats)}")
        if told.effects and not own:
            return Refusal(
                "what the scenario's injects do stands in the scenario",
                "write one of your own with these effects",
            )
        return None

    def _effects(self, told: Text) -> list[Ruling | Refusal]:
        """Its effects, each judged as a ruling is."""
        found: list[Ruling | Refusal] = []
        for change in told.effects:
            try:
                field, names = split_cell(change.cell)
                self._session.ruleset.layout.row(field, names)
            except (LookupError, ValueError):
                found.append(
                    Refusal(f"there is no cell {change.cell}", "write module.field[name,name]")
                )
                continue
            if change.how not in ("add", "set"):
                found.append(Refusal(f"no effect is called {change.how!r}", "add or set"))
                continue
            ruling = Ruling(field, names, change.amount, told.title or "inject", change.how)
            found.append(ruling_refusal(self._session.ruleset, ruling) or ruling)
        return found

    def expect(self, name: str, by: str, then: str, unless: str = "") -> Refusal | None:
        """Let another inject come if what is expected after this one has not come by a day.

        `unless` is a condition under which it counts as come; control may say so too.
        """
        self.row(name)
        at = weeks_at(self._session, by)
        refused = self._ahead(at, by, name) or self._open(then)
        if refused is None and then == name:
            refused = Refusal("an inject cannot stand in for itself", "choose another")
        if refused is None and unless:
            refused = self._condition(unless)
        if refused is None:
            body = {"inject": name, "by": at, "then": then}
            self._session.note("inject_expects", body, {"unless": unless} if unless else None)
        return refused

    def _condition(self, text: str) -> Refusal | None:
        try:
            compile_condition(text, self._session.exercise.lookup, file="", line=1, column=1)
        except ScenarioError as error:
            fault = error.faults[0]
            return Refusal(fault.message, fault.hint or "write a condition as in a scenario")
        return None

    def done(self, name: str, done: bool) -> Refusal | None:
        """Say that what was expected after an inject has come, or that it has not."""
        if not self.row(name).then:
            return Refusal("nothing is expected after it by a day", "give it a deadline first")
        self._session.note("inject_done", {"inject": name, "done": done})
        return None

    def _open(self, name: str) -> Refusal | None:
        """Why an inject can no longer be changed; None where it can."""
        if self.row(name).state in COME:
            return Refusal("it has come already", "say more in a message, or write a new inject")
        if self._session.stage == "over":
            return Refusal("the exercise is over", "go back to an earlier turn first")
        return None


def _first_refusal(found: Sequence[Ruling | Refusal]) -> Refusal | None:
    return next((one for one in found if isinstance(one, Refusal)), None)


def inject_name(turn: int, told: Text) -> str:
    """The id of an inject of control's own: made from what it says, so it counts nothing."""
    words = json.dumps([turn, told.to, told.title, told.text], ensure_ascii=False)
    said = words.encode("utf-8", "surrogatepass")  # the journal refuses what is no text
    return f"control-{turn}-{hashlib.blake2b(said, digest_size=4).hexdigest()}"
