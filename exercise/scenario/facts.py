"""The scenario as plain data, as views and saves keep it: what is written, not what is hidden.

Facts hold the whole scenario, secrets included; `view` picks from them by allow-list.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import attrs

from exercise.scenario.compile import Exercise
from exercise.scenario.people import seats_of, sectors_of


@lru_cache(maxsize=8)
def facts_of(exercise: Exercise) -> Mapping[str, Any]:
    """An exercise's scenario as JSON-ready data, with its calendar."""
    scenario = exercise.scenario
    data: dict[str, Any] = _plain(attrs.asdict(scenario))
    data["banner"] = scenario.marking
    data["seats"] = {name: _plain(attrs.asdict(seat)) for name, seat in seats_of(scenario).items()}
    data["sectors"] = {n: _plain(attrs.asdict(s)) for n, s in sectors_of(scenario).items()}
    calendar = exercise.calendar
    data["calendar"] = {
        "turns": exercise.turns,
        "rhythm": exercise.rhythm,
        "weeks": list(calendar.weeks),
        "days": [calendar.day(turn) for turn in range(1, exercise.turns + 1)],
        "dates": [calendar.date(turn).isoformat() for turn in range(1, exercise.turns + 1)],
    }
    return data


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    return value.isoformat() if isinstance(value, dt.date) else value
