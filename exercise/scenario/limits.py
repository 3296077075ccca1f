"""Whether names can be written everywhere, and numbers, lists and dates stay within bounds.

A name (the key of an entry) is typed in cells, orders and commands, so it has no spaces, commas
or brackets. The sizes are those at which a turn still takes seconds and not gigabytes: what lies
between pairs of allies grows with their square.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from math import prod
from typing import Any

from exercise.engine.roster import SPARE
from exercise.grading import INFORMATION, SOURCES
from exercise.scenario.calendar import day_number, day_word, rhythm_of
from exercise.scenario.lookup import nearest
from exercise.scenario.model import Scenario
from exercise.scenario.nodes import Path
from exercise.scenario.wording import quoted

Found = tuple[Path, str, str, str]

LONGEST_NAME = 60
LONGEST_TURN, SHORTEST_TURN = 520.0, 1.0 / 168.0
LONGEST_GAME = 5_200.0
MOST_TURNS = 520
MOST_ALLIES = 48
MOST_ADVERSARIES = 16
MOST_CLAUSES = 40
MOST: Mapping[str, int] = {
    "actors": 120,
    "seats": 200,
    "forums": 24,
    "treaties": 60,
    "theatres": 32,
    "units": 400,
    "nodes": 300,
    "links": 900,
    "reports": 300,
    "packages": 40,
    "motions": 60,
    "sectors": 30,
    "fields": 100,
    "actions": 60,
    "injects": 1_000,
    "objectives": 200,
    "outcomes": 60,
    "questions": 500,
}
"""How many entries each block may have."""

TOGETHER: Mapping[tuple[str, ...], int] = {
    ("allies", "allies", "reports"): 120_000,
    ("allies", "allies", "nodes"): 150_000,
    ("units", "theatres", "nodes"): 500_000,
    ("units", "nodes"): 90_000,
    ("allies", "clauses"): 40_000,
    ("motions", "clauses"): 40_000,
}
"""How many numbers may lie between them: 32 allies may have 117 reports, 20 allies all 300."""

_NAME = re.compile(r"\w[\w.\-]*")
_FIELD = re.compile(r"[^\W\d]\w*")
_NAMED = (
    "actors", "seats", "forums", "treaties", "theatres", "units", "nodes", "reports", "packages",
    "motions", "sectors", "actions", "injects", "objectives", "turns",
)  # fmt: skip
_NOBODY = ("all", "allies", "control", "public")
_SOMEBODY = ("self", "target", "others")
_TAKEN = ("due", "held", "fired", "cue")
_ROLE = re.compile(r"\w+@\w+|\w+")
MOST_AXES = 3


def found(scenario: Scenario) -> Iterator[Found]:
    """Every size, place, date or list that cannot be worked with: path, code, message, hint."""
    yield from _sizes(scenario)
    yield from _places(scenario)
    yield from _turns(scenario)
    yield from _days(scenario)
    yield from _lists(scenario)
    yield from _ranges(scenario)


def names(scenario: Scenario) -> Iterator[Found]:
    """Every name that cannot be one: the path to its entry, code, message, hint."""
    for block in _NAMED:
        entries: Collection[str] = getattr(scenario, block)
        for name in entries:
            path = (block, name)
            if not _NAME.fullmatch(name) or len(name) > LONGEST_NAME:
                yield (path, "bad-name", f"{quoted(name)} cannot be a name",
                       f"use letters, digits, '-' and '_', {LONGEST_NAME} at most, without "
                       "spaces; what people see is its name")  # fmt: skip
            elif name in _SOMEBODY or name.startswith(SPARE):
                yield path, "reserved-name", f"{quoted(name)} has a meaning of its own", "rename it"
            elif name in _NOBODY and block in ("actors", "seats"):
                yield path, "reserved-name", f"{quoted(name)} means somebody else", "rename it"
    for name in scenario.fields:
        if not _FIELD.fullmatch(name) or len(name) > LONGEST_NAME:
            yield (("fields", name), "bad-name", f"{quoted(name)} cannot be a field's name",
                   "use letters, digits and '_', beginning with a letter")  # fmt: skip
    for block in ("fields", "actions"):
        for name in getattr(scenario, block):
            if name in _TAKEN or (block == "actions" and name in scenario.fields):
                yield ((block, name), "reserved-name",
                       f"there is a scenario.{name} already", "rename it")  # fmt: skip


def _sizes(scenario: Scenario) -> Iterator[Found]:
    for block, most in MOST.items():
        count = len(getattr(scenario, block))
        if count > most:
            yield (block,), "too-many", f"{count} {block}; {most} are allowed", "leave some out"
    for role, most in (("ally", MOST_ALLIES), ("adversary", MOST_ADVERSARIES)):
        count = sum(actor.role == role for actor in scenario.actors.values())
        if count > most:
            yield (("actors",), "too-many", f"{count} actors are called {role}; {most} are allowed",
                   "make some of them partners")  # fmt: skip
    yield from _together(scenario)
    for key, motion in scenario.motions.items():
        path: Path = ("motions", key, "clauses")
        if not motion.clauses:
            yield path, "no-clauses", "a motion needs at least one clause", "write its text in one"
        elif len(motion.clauses) > MOST_CLAUSES:
            told = f"{len(motion.clauses)} clauses; {MOST_CLAUSES} are allowed"
            yield path, "too-many", told, "make two motions of it"


def _together(scenario: Scenario) -> Iterator[Found]:
    """What is no more than allowed each on its own, and too much together."""
    counts = {block: len(getattr(scenario, block)) for block in MOST}
    counts["allies"] = sum(actor.role == "ally" for actor in scenario.actors.values())
    counts["clauses"] = sum(len(motion.clauses) for motion in scenario.motions.values())
    for blocks, most in TOGETHER.items():
        numbers = prod(counts[block] for block in blocks)
        if numbers > most:
            told = " and ".join(f"{counts[block]} {block}" for block in dict.fromkeys(blocks))
            block = "motions" if blocks[-1] == "clauses" else blocks[-1]
            yield ((block,), "too-many",
                   f"{told} have {numbers:,} numbers between them; {most:,} are allowed",
                   "leave out some of either")  # fmt: skip


def _on_globe(place: Sequence[float]) -> bool:
    return len(place) == 2 and -360 <= place[0] <= 540 and -90 <= place[1] <= 90


def _places(scenario: Scenario) -> Iterator[Found]:
    found: list[tuple[Path, Sequence[float] | None]] = [
        *((("actors", k, "capital"), actor.capital) for k, actor in scenario.actors.items()),
        *((("theatres", k, "at"), theatre.at) for k, theatre in scenario.theatres.items()),
        *((("nodes", k, "at"), node.at) for k, node in scenario.nodes.items()),
        *((("links", k, "via", n), at)
          for k, link in enumerate(scenario.links) for n, at in enumerate(link.via)),
        *((("map", "shapes", k, "ring", n), at)
          for k, shape in enumerate(scenario.map.shapes) for n, at in enumerate(shape.ring)),
    ]  # fmt: skip
    for path, place in found:
        if place is not None and not _on_globe(place):
            yield (path, "bad-place", "a place is a longitude and a latitude in degrees",
                   "write two numbers, such as [24.9, 59.4]")  # fmt: skip
    for index, shape in enumerate(scenario.map.shapes):
        if len(shape.ring) < 3:
            yield (("map", "shapes", index, "ring"), "bad-place",
                   "an outline needs at least three corners", "add the others")  # fmt: skip
    frame = scenario.map.frame
    sound = len(frame) == 4 and _on_globe(frame[:2]) and _on_globe(frame[2:])
    if not sound or not (frame[0] < frame[2] <= frame[0] + 360 and frame[1] < frame[3]):
        yield (("map", "frame"), "bad-place", "a frame is west, south, east, north in degrees",
               "west lies below east, south below north, such as [9, 53, 31, 66]")  # fmt: skip


def _turns(scenario: Scenario) -> Iterator[Found]:
    if not 1000 <= scenario.start.year <= 9000:
        yield (("start",), "bad-date", f"{scenario.start} is out of reach",
               "begin between the years 1000 and 9000")  # fmt: skip
    standard = [key for key, rhythm in scenario.turns.items() if rhythm.default]
    for key in standard[1:]:
        yield (("turns", key, "default"), "two-defaults", f"{standard[0]} is the default already",
               "mark one rhythm alone")  # fmt: skip
    for key, rhythm in scenario.turns.items():
        weeks = rhythm.weeks
        path: Path = ("turns", key, "weeks")
        if not weeks or not all(SHORTEST_TURN <= w <= LONGEST_TURN for w in weeks):
            yield (path, "bad-turns",
                   "a rhythm needs at least one turn, each of an hour to 520 weeks",
                   "write weeks: [2, 1, 0.5]")  # fmt: skip
        elif len(weeks) > MOST_TURNS or sum(weeks) > LONGEST_GAME:
            yield (path, "bad-turns",
                   f"{len(weeks)} turns over {sum(weeks):g} weeks; {MOST_TURNS} turns and "
                   f"{LONGEST_GAME:g} weeks are allowed", "cut time into fewer turns")  # fmt: skip
    for index, question in enumerate(scenario.questions):
        if question.at and day_number(question.at, scenario.start) is None:
            yield (("questions", index, "at"), "bad-date",
                   f"{quoted(str(question.at))} is neither a day nor a date",
                   "write D-5, D+2 or 2031-04-12")  # fmt: skip


def _days(scenario: Scenario) -> Iterator[Found]:
    """Injects and questions on a day that no rhythm plays: they would never come."""
    rhythms = scenario.turns or {"": rhythm_of(scenario)[1]}
    longest = max(sum(rhythm.weeks) for rhythm in rhythms.values())
    first, last = scenario.first_day, scenario.first_day + round(longest * 7)
    span = f"the exercise runs from {day_word(first)} until {day_word(last)}"
    dated: list[tuple[Path, str | dt.date]] = [
        *((("injects", key, "at"), inject.at) for key, inject in scenario.injects.items()),
        *((("questions", n, "at"), one.at) for n, one in enumerate(scenario.questions)),
    ]
    for path, at in dated:
        day = day_number(at, scenario.start) if at else None
        if day is not None and not first <= day < last:
            yield (path, "never-comes", f"{day_word(day)} lies outside every rhythm: {span}",
                   "give a day within, or leave it out: control brings it by hand")  # fmt: skip


def _lists(scenario: Scenario) -> Iterator[Found]:
    for key, unit in scenario.units.items():
        if len(unit.readiness) != 4:
            yield (("units", key, "readiness"), "wrong-length",
                   f"readiness has four grades, not {len(unit.readiness)}",
                   "give personnel, supply, equipment, training")  # fmt: skip
    for key, report in scenario.reports.items():
        first, second = report.grading[:1], report.grading[1:]
        if first not in SOURCES or second not in INFORMATION:
            yield (("reports", key, "grading"), "bad-grading",
                   f"{quoted(report.grading)} is no grading", "write A1 to F6")  # fmt: skip
    for key, package in scenario.packages.items():
        for sector, depth in package.sectors.items():
            if not 0 <= depth <= 1:
                yield (("packages", key, "sectors", sector), "out-of-range",
                       f"how deep it cuts lies between 0 and 1, not {depth:g}",
                       "1 cuts the sector off")  # fmt: skip
    lists: list[tuple[Path, Sequence[Any]]] = [
        *((("forums", k, "members"), forum.members) for k, forum in scenario.forums.items()),
        *((("treaties", k, "parties"), treaty.parties) for k, treaty in scenario.treaties.items()),
    ]
    for path, names in lists:
        for index, name in enumerate(names):
            if name in names[:index]:
                yield (*path, index), "twice", f"{quoted(name)} stands here twice", "delete one"
    for real, other in scenario.names.fictional.items():
        if not other.strip():
            path = ("names", "fictional", real)
            yield path, "no-name", f"{quoted(real)} has no fictional name", "give it one"
    for key, treaty in scenario.treaties.items():
        if not treaty.parties:
            path = ("treaties", key, "parties")
            yield path, "no-parties", "a treaty binds somebody", "name the actors it binds"


def own_axes(scenario: Scenario, known: Collection[str]) -> Iterator[Found]:
    """Axes of the scenario's own fields and actions that there are not."""
    for key, own in scenario.fields.items():
        for index, axis in enumerate(own.axes):
            path: Path = ("fields", key, "axes", index)
            if not _ROLE.fullmatch(axis) or axis.partition("@")[0] not in known:
                hint = nearest(axis, sorted(known))
                yield path, "unknown-axis", f"there is no axis {quoted(axis)}", hint
            elif axis in own.axes[:index]:
                hint = f"write {axis}@other for the second"
                yield path, "twice", f"{quoted(axis)} stands here twice", hint
        if len(own.axes) > MOST_AXES:
            yield (("fields", key, "axes"), "too-many",
                   f"{len(own.axes)} axes; {MOST_AXES} are allowed", "leave some out")  # fmt: skip
    for key, action in scenario.actions.items():
        if action.target is not None and action.target not in known:
            hint = nearest(action.target, sorted(known))
            told = f"there is no axis {quoted(action.target)}"
            yield ("actions", key, "target"), "unknown-axis", told, hint


def _ranges(scenario: Scenario) -> Iterator[Found]:
    """Own fields whose limits or start do not fit together."""
    for key, own in scenario.fields.items():
        if not own.low < own.high:
            yield (("fields", key, "high"), "out-of-range",
                   f"the greatest value, {own.high:g}, must lie above the least, {own.low:g}",
                   "give another low or high")  # fmt: skip
        elif not own.low <= own.start <= own.high:
            yield (("fields", key, "start"), "out-of-range",
                   f"{key} lies between {own.low:g} and {own.high:g}, not {own.start:g}",
                   "begin within its range")  # fmt: skip
