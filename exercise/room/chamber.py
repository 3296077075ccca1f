"""A live council, as the journal leaves it: when silence ends, and what was written about a text.

Entries: `silence` (until when it runs for a text), `summed_up` (by its chair or control),
`vote_explained` (a seat's view of a text, which the allies read), `considered` (what a delegation
considered and who in it disagreed, for itself and control), `floor` (whether the room may read
the texts), and of `council` the acts that put a text or break silence on it in writing. While
the exercise is frozen no silence runs. Nothing here reads a clock: entries say when they came.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

import attrs

from exercise.orders import Order, Refusal, judge
from exercise.record import cell_of
from exercise.room.timing import wall
from exercise.room.typed import Typed
from exercise.save.journal import Entry

if TYPE_CHECKING:
    from exercise.session import Session

Kind = Literal["break", "summing-up", "explanation", "considered"]
KINDS: Mapping[str, Kind] = {
    "summed_up": "summing-up",
    "vote_explained": "explanation",
    "considered": "considered",
}
"""What an entry of a kind holds."""
PUT, BREAK, DECLARE = "council.put_text", "council.break_silence", "council.declare"
TIME = "%Y-%m-%dT%H:%M:%SZ"
"""How wall time is written in entries."""


@attrs.frozen
class Deadline:
    """When silence on a text ends, in wall time."""

    until: str
    minutes: int
    seat: str
    """Who set it."""


@attrs.frozen
class Writing:
    """Where something that was written about a text lies; its words are in the journal."""

    seq: int
    kind: Kind
    seat: str
    about: str
    """The text, or for what was weighed the cell of an act or an order."""
    turn: int
    at: str
    number: int
    """Its place among what the same seat wrote of the same kind, from 1."""

    @property
    def name(self) -> str:
        """By which it is called; it counts nobody else's."""
        return f"{self.kind}-{self.seat}-{self.number}"


class Chamber:
    """Deadlines and writings, from the journal."""

    def __init__(self) -> None:
        self.typed = Typed()
        self.deadlines: dict[str, Deadline] = {}
        self.writings: dict[str, Writing] = {}
        self.floor = False
        """Whether control has laid the texts open to everybody in the room."""
        self.held = ""
        """Since when silence stands still because the exercise is frozen."""

    def take(self, entry: Entry) -> None:
        """Take up one entry."""
        body: Mapping[str, Any] = entry.body
        match entry.kind:
            case "silence":
                self.deadlines[body["motion"]] = Deadline(
                    body["until"], body["minutes"], body["seat"]
                )
            case "council":
                self._acted(entry, body)
            case "summed_up" | "vote_explained" | "considered":
                self._wrote(entry, KINDS[entry.kind], body["seat"], body["about"])
            case "floor":
                self.floor = bool(body["open"])
            case "paused":
                self._paused(bool(body["paused"]), str(body.get("at", "")))
            case "withdrawn":
                self.typed.forget(entry)

    def _acted(self, entry: Entry, body: Mapping[str, Any]) -> None:
        for cell in body["acts"]:
            name, names = cell_of(cell)
            if name == PUT:
                self.deadlines.pop(names[1], None)  # put anew, it is asked anew
            elif name == BREAK and entry.words and body.get("seat"):
                self._wrote(entry, "break", body["seat"], names[1])

    def _wrote(self, entry: Entry, kind: Kind, seat: str, about: str) -> None:
        seq, body = self.typed.keep(entry), entry.body
        number = 1 + sum(w.kind == kind and w.seat == seat for w in self.writings.values())
        made = Writing(
            seq, kind, seat, about, int(str(body["turn"])), str(body.get("at", "")), number
        )
        self.writings[made.name] = made

    def _paused(self, paused: bool, at: str) -> None:
        if paused:
            self.held = self.held or at
            return
        since, self.held = self.held, ""
        if not (since and at):
            return
        for motion, one in self.deadlines.items():
            if one.until > since:
                left = seconds_left(one.until, since)
                self.deadlines[motion] = attrs.evolve(one, until=later(at, left))

    def about(self, motion: str) -> Iterator[Writing]:
        """What was written about a text that the allies read, in order."""
        return (w for w in self.writings.values() if w.kind != "considered" and w.about == motion)

    def text(self, writing: Writing) -> tuple[str, str, str]:
        """What it says, what could be accepted or was considered instead, who dissented."""
        first = "reason" if writing.kind == "break" else "text"
        words = (self.typed.text(writing.seq, key) for key in (first, "instead", "dissent"))
        text, instead, dissent = words
        return text, instead, dissent

    def left(self, motion: str, now: str) -> int:
        """Seconds left to a text's silence by the clock; 0 where none is set, or it has passed."""
        found = self.deadlines.get(motion)
        if found is None or not found.until:
            return 0
        return max(seconds_left(found.until, self.held or now), 0)


def act_refusal(session: Session, order: Order) -> Refusal | None:
    """Why an act of the council may not be done now; None where it may."""
    decision = session.ruleset.decisions[order.decision]
    if decision.stage != "council":
        return Refusal(f"{decision.name} is no act of the council", "give it as a sealed order")
    return _too_soon(session, order) or judge(order, session.eyes(order.actor))


def _too_soon(session: Session, order: Order) -> Refusal | None:
    """Nothing is declared on a text while its silence runs by the clock."""
    if order.decision != DECLARE or session.clock is None:
        return None
    motion = order.targets[0]
    row = session.ruleset.roster.index("motion", motion)
    runs = session.world["council.silence"].data[row, 0] > 0.0
    if not runs or not session.shelves.chamber.left(motion, session.clock()):
        return None
    return Refusal("silence still runs on this text", "wait until it ends, or set an earlier end")


# wall time, as entries write it


def later(at: str, seconds: float) -> str:
    """The wall time so many seconds after another."""
    return (wall(at) + timedelta(seconds=seconds)).strftime(TIME)


def seconds_left(until: str, now: str) -> int:
    """Seconds from one wall time to another; negative where it has passed."""
    return int((wall(until) - wall(now)).total_seconds())
