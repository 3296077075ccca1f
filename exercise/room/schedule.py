"""The turns as control has arranged them: longer, shorter, put in, left out.

Time itself never jumps: a turn left out hands its days to the next one, a turn put in pushes the
later ones on. So the rules play every day there is, and injects by date come in whichever turn
their day falls.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

import attrs

from exercise.engine.exact import on_grid
from exercise.orders import Refusal
from exercise.save.journal import Entry
from exercise.scenario.calendar import Calendar, day_word

if TYPE_CHECKING:
    from exercise.session import Session

DAY = 1 / 7
LONGEST = 520.0
"""Weeks that a turn may last at most."""
MOST = 200
"""Turns that an exercise may have at most."""


class Schedule:
    """How long each turn lasts, as control left it, folded from the journal."""

    def __init__(self) -> None:
        self.weeks: tuple[float, ...] = ()
        """The length of every turn, played ones included; empty while it is the scenario's."""

    def take(self, entry: Entry) -> None:
        """Take up one entry."""
        if entry.kind == "schedule":
            body: Mapping[str, Any] = entry.body
            self.weeks = tuple(float(weeks) for weeks in body["weeks"])

    def length(self, turn: int) -> float | None:
        """How long a turn lasts; None where the scenario says."""
        return self.weeks[turn - 1] if turn <= len(self.weeks) else None

    @property
    def last(self) -> int | None:
        """The last turn; None where the scenario says."""
        return len(self.weeks) or None

    def facts(self, facts: Mapping[str, Any]) -> Mapping[str, Any]:
        """The scenario as data, with the calendar as it is now."""
        if not self.weeks:
            return facts
        kept: Mapping[str, Any] = facts["calendar"]
        start = int(facts["first_day"])
        calendar = Calendar(dt.date.fromisoformat(str(facts["start"])), start, self.weeks)
        turns = range(1, len(self.weeks) + 1)
        now = {
            "turns": len(self.weeks),
            "weeks": list(self.weeks),
            "days": [calendar.day(turn) for turn in turns],
            "dates": [calendar.date(turn).isoformat() for turn in turns],
        }
        return {**facts, "calendar": {**kept, **now}}


@attrs.frozen
class Planned:
    """A turn of the exercise, as control reads it."""

    number: int
    day: str
    date: str
    days: int
    """How many days it covers."""
    first: int
    """Its first day, counted from D-day."""
    state: Literal["played", "now", "to come"]


class ScheduleControl:
    """What control may do about the turns to come."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def _weeks(self) -> list[float]:
        kept = self._session.shelves.schedule.weeks
        return list(kept or self._session.exercise.calendar.weeks)

    def turns(self) -> tuple[Planned, ...]:
        """Every turn, played, under way and to come."""
        session, weeks = self._session, self._weeks()
        calendar = attrs.evolve(session.exercise.calendar, weeks=tuple(weeks))
        played = session.record.last.number
        open_now = session.stage != "over"
        found = []
        for number, length in enumerate(weeks, start=1):
            state: Literal["played", "now", "to come"] = (
                "played" if number <= played
                else "now" if open_now and number == played + 1
                else "to come"
            )  # fmt: skip
            found.append(
                Planned(number, calendar.day(number), calendar.date(number).isoformat(),
                        round(length * 7),
                    calendar.first_day + round(calendar.starts(number) * 7), state)
            )  # fmt: skip
        return tuple(found)

    def lasts(self, turn: int, days: int) -> Refusal | None:
        """Make a turn to come last so many days; the later ones move on or come sooner."""
        refused = self._to_come(turn) or _long(days)
        if refused is None:
            weeks = self._weeks()
            weeks[turn - 1] = on_grid(days * DAY)
            self._write("length", turn, weeks)
        return refused

    def until(self, turn: int, day: str) -> Refusal | None:
        """Make a turn to come last until a day (`D+9` or a date), on which the next one begins."""
        session = self._session
        calendar = attrs.evolve(session.exercise.calendar, weeks=tuple(self._weeks()))
        at = calendar.offset(day)
        if at is None:
            return Refusal(f"{day!r} is no day", "write D-5, D+2 or a date as 2031-04-12")
        days = round((at - calendar.starts(turn)) * 7) if turn >= 1 else 0
        if turn >= 1 and days < 1:
            began = day_word(calendar.first_day + round(calendar.starts(turn) * 7))
            return Refusal(f"turn {turn} begins on {began}", "name a later day")
        return self.lasts(turn, days)

    def insert(self, before: int, days: int) -> Refusal | None:
        """Put in a turn of so many days before one to come (or after the last)."""
        weeks = self._weeks()
        refused = _long(days)
        if before != len(weeks) + 1:
            refused = self._to_come(before) or refused
        elif self._session.stage == "over":
            refused = Refusal("the exercise is over", "go back to an earlier turn first")
        if refused is None and len(weeks) >= MOST:
            refused = Refusal(f"an exercise has at most {MOST} turns", "leave one out first")
        if refused is None:
            weeks.insert(before - 1, on_grid(days * DAY))
            self._write("insert", before, weeks)
        return refused

    def skip(self, turn: int) -> Refusal | None:
        """Leave out a turn to come; the one after it takes its days too."""
        refused = self._to_come(turn)
        if refused is None:
            weeks = self._weeks()
            gone = weeks.pop(turn - 1)
            if turn <= len(weeks):
                weeks[turn - 1] = on_grid(min(weeks[turn - 1] + gone, LONGEST))
            self._write("skip", turn, weeks)
        return refused

    def _to_come(self, turn: int) -> Refusal | None:
        rows = self.turns()
        if not 1 <= turn <= len(rows):
            return Refusal(f"there is no turn {turn}", f"turns are 1 to {len(rows)}")
        if rows[turn - 1].state != "to come":
            word = "is under way" if rows[turn - 1].state == "now" else "has been played"
            return Refusal(f"turn {turn} {word}", "choose one that is to come")
        if self._session.stage == "over":
            return Refusal("the exercise is over", "go back to an earlier turn first")
        return None

    def _write(self, act: str, turn: int, weeks: list[float]) -> None:
        self._session.note("schedule", {"act": act, "of": turn, "weeks": weeks})
        self._session.again()


def _long(days: int) -> Refusal | None:
    if not 1 <= days <= LONGEST * 7:
        return Refusal(f"a turn cannot last {days} days", f"give 1 to {int(LONGEST * 7)}")
    return None
