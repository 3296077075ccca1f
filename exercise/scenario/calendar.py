"""Exercise days: from `D-5` or a date to weeks since the first turn began, and back to words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

import attrs

from exercise.scenario.model import Rhythm, Scenario

_DAY = re.compile(r"[Dd](?:\s*([+\-−])?\s*([0-9]{1,4}))?")


@attrs.frozen
class Calendar:
    """The days of one rhythm: `weeks` per turn from `first_day` (D-day is 0)."""

    d_day: dt.date
    first_day: int
    weeks: tuple[float, ...]

    def starts(self, turn: int) -> float:
        """Weeks from the start of the exercise to the start of a turn (the first is 1)."""
        past = self.weeks[: turn - 1]
        beyond = max(turn - 1 - len(self.weeks), 0)
        return sum(past) + beyond * self.weeks[-1]

    def day(self, turn: int) -> str:
        """The first day of a turn, as `D−5`."""
        return day_word(self.first_day + round(self.starts(turn) * 7))

    def date(self, turn: int) -> dt.date:
        """The date on which a turn begins."""
        return self.d_day + dt.timedelta(days=self.first_day + round(self.starts(turn) * 7))

    def offset(self, text: str | dt.date) -> float | None:
        """Weeks from the start to a day or date; None where the text is neither."""
        day = day_number(text, self.d_day)
        return None if day is None else (day - self.first_day) / 7


def day_word(day: int) -> str:
    """A day as people write it: `D−5`, `D`, `D+2`."""
    return f"D{'+' if day > 0 else '−'}{abs(day)}" if day else "D"


def day_number(text: str | dt.date, d_day: dt.date) -> int | None:
    """The day that `D-5`, `D+2`, `D` or `2031-04-12` means; None where it is none of these."""
    if isinstance(text, dt.date):
        return (text - d_day).days
    found = _DAY.fullmatch(text.strip())
    if found:
        number = int(found[2] or 0)
        return -number if found[1] in ("-", "−") else number
    try:
        return (dt.date.fromisoformat(text.strip()) - d_day).days
    except ValueError:
        return None


def rhythm_of(scenario: Scenario, name: str | None = None) -> tuple[str, Rhythm]:
    """A rhythm by name; else the one marked default, else the first; a week a turn if none."""
    rhythms = scenario.turns
    if not rhythms:
        return "weekly", Rhythm(weeks=(1.0,) * 8)
    if name is not None:
        return name, rhythms[name]
    for key, rhythm in rhythms.items():
        if rhythm.default:
            return key, rhythm
    return next(iter(rhythms.items()))


def calendar_of(scenario: Scenario, weeks: Sequence[float]) -> Calendar:
    """The calendar of a scenario played in turns of these lengths."""
    return Calendar(scenario.start, scenario.first_day, tuple(weeks))
