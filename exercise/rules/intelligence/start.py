"""Where the reports of a scenario stand at the start: whose they are, and who gets them when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from exercise.engine.roster import SPARE, Roster

if TYPE_CHECKING:
    from exercise.scenario.model import Report, Scenario

Values = Mapping[tuple[str, ...], float]

NEVER = 20_000.0
"""Weeks to the arrival of what fills a spare slot: it comes by detection, not by date."""


def weeks_to(text: str | dt.date, scenario: Scenario) -> float:
    """Weeks from the start of the first turn to a day (`D+3`) or date; 0 where nothing is said."""
    word = str(text).strip().upper().replace("−", "-").replace(" ", "")
    if not word:
        return 0.0
    day = int(word[1:] or 0) if word[0] == "D" else _days(word, scenario.start)
    return (day - scenario.first_day) / 7.0


def _days(word: str, start: dt.date) -> int:
    return (dt.date.fromisoformat(word) - start).days


def _reports(roster: Roster) -> Mapping[str, Report]:
    return roster.scenario.reports if roster.scenario is not None else {}


def arrival(roster: Roster) -> Values:
    """When each report comes in; a report without a scenario is there from the start."""
    slots = (name for name in roster.of("report") if name.startswith(SPARE))
    found: dict[tuple[str, ...], float] = {(name,): NEVER for name in slots}
    if roster.scenario is not None:
        for name, report in roster.scenario.reports.items():
            found[(name,)] = weeks_to(report.at, roster.scenario)
    return found


def _there(roster: Roster) -> frozenset[str]:
    """The reports that have come in before the first turn."""
    when = arrival(roster)
    return frozenset(n for n in roster.of("report") if when.get((n,), 0.0) <= 0.0)


def live(roster: Roster) -> Values:
    """Which reports are there at the start."""
    there = _there(roster)
    return {(name,): 1.0 for name in roster.of("report") if name in there}


def origin(roster: Roster) -> Values:
    """Who made the reports that are there at the start; of later ones nobody knows yet."""
    there, allies = _there(roster), roster.of("ally")
    pairs = zip(roster.of("report"), roster.owner("report"), strict=True)
    return {(n, owner): 1.0 for n, owner in pairs if n in there and owner in allies}


def addressed(roster: Roster) -> Values:
    """Who gets each report when it comes in: its originator, its list, or the whole alliance."""
    allies = roster.of("ally")
    found: dict[tuple[str, ...], float] = {}
    for name, owner in zip(roster.of("report"), roster.owner("report"), strict=True):
        report = _reports(roster).get(name)
        wide = report is not None and report.marking in ("alliance", "public")
        listed = allies if wide else (owner, *(report.to if report is not None else ()))
        found |= {(ally, name): 1.0 for ally in listed if ally in allies}
    return found


def seen(roster: Roster) -> Values:
    """Who holds the reports that are there at the start."""
    there = _there(roster)
    return {key: value for key, value in addressed(roster).items() if key[1] in there}


def published(roster: Roster) -> Values:
    """Which of the reports that are there at the start are public."""
    there = _there(roster)
    public = [n for n, r in _reports(roster).items() if r.marking == "public" and n in there]
    return {(actor, name): 1.0 for actor in roster.of("actor") for name in public}


def sure(roster: Roster) -> Values:
    """How sure one may be of each report; .6 where no scenario says."""
    known = _reports(roster)
    return {(n,): known[n].confidence if n in known else 0.6 for n in roster.of("report")}


def confidence(roster: Roster) -> Values:
    """How sure the first holders may be of what they hold."""
    level = sure(roster)
    return {(ally, name): level[(name,)] for ally, name in seen(roster)}


def about(roster: Roster) -> Values:
    """Which adversary each report is about."""
    known = roster.of("adversary")
    return {(n, r.about): 1.0 for n, r in _reports(roster).items() if r.about in known}


def place(roster: Roster) -> Values:
    """Which theatre each report is about; none where it names none."""
    return {(n, r.theatre): 1.0 for n, r in _reports(roster).items() if r.theatre is not None}


def severity(roster: Roster) -> Values:
    """How grave what each report describes is."""
    return {(n,): r.severity for n, r in _reports(roster).items()}


def planted(roster: Roster) -> Values:
    """Which reports are planted."""
    return {(n,): float(r.deception) for n, r in _reports(roster).items()}


def national(roster: Roster) -> Values:
    """Which reports their originators have marked national."""
    return {(n,): float(r.marking == "national") for n, r in _reports(roster).items()}


def source(roster: Roster) -> Values:
    """How reliable each report's source is: A to F as 1 to 6."""
    return {(n,): _mark(r.grading[:1], "ABCDEF") for n, r in _reports(roster).items()}


def credibility(roster: Roster) -> Values:
    """How credible each report's information is: 1 to 6."""
    return {(n,): _mark(r.grading[1:2], "123456") for n, r in _reports(roster).items()}


def _mark(sign: str, scale: str) -> float:
    """Its place on a scale, from 1; 0 where it is ungraded."""
    return float(scale.find(sign.upper()) + 1) if sign else 0.0
