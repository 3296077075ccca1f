"""Whether every name in a scenario refers to something that the scenario has."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from exercise.errors import Fault
from exercise.scenario.calendar import day_number
from exercise.scenario.lookup import nearest
from exercise.scenario.model import Scenario
from exercise.scenario.nodes import Path, Positions
from exercise.scenario.people import seats_of, sectors_of

Found = tuple[Path, str, str, str]


def faults(scenario: Scenario, positions: Positions) -> list[Fault]:
    """Every name that leads nowhere, at its own place."""
    return [
        positions.fault(path, code, message, hint)
        for path, code, message, hint in _faults(scenario)
    ]


def _faults(scenario: Scenario) -> Iterator[Found]:
    yield from _actors(scenario)
    yield from _things(scenario)
    yield from _texts(scenario)
    yield from _times(scenario)


def _one(path: Path, name: str | None, known: Collection[str], what: str) -> Iterator[Found]:
    if name is not None and name not in known:
        yield path, f"unknown-{what}", f"there is no {what} {name!r}", nearest(name, list(known))


def _many(path: Path, names: Collection[str], known: Collection[str], what: str) -> Iterator[Found]:
    for index, name in enumerate(names):
        yield from _one((*path, index), name, known, what)


def _actors(scenario: Scenario) -> Iterator[Found]:
    actors = scenario.actors
    allies = [key for key, actor in actors.items() if actor.role == "ally"]
    for key, seat in scenario.seats.items():
        yield from _one(("seats", key, "actor"), seat.actor, actors, "actor")
    for key, forum in scenario.forums.items():
        yield from _many(("forums", key, "members"), forum.members, allies, "ally")
        yield from _one(("forums", key, "chair"), forum.chair, allies, "ally")
        if forum.chair and forum.members and forum.chair not in forum.members:
            yield (
                ("forums", key, "chair"),
                "chair-outside",
                f"{forum.chair} chairs {key} but is not among its members",
                "add it to members, or name another chair",
            )
    for key, treaty in scenario.treaties.items():
        yield from _many(("treaties", key, "parties"), treaty.parties, actors, "actor")
        yield from _one(("treaties", key, "forum"), treaty.forum, scenario.forums, "forum")


def _things(scenario: Scenario) -> Iterator[Found]:
    actors, nodes, theatres = scenario.actors, scenario.nodes, scenario.theatres
    for key, unit in scenario.units.items():
        yield from _one(("units", key, "owner"), unit.owner, actors, "actor")
        yield from _one(("units", key, "at"), unit.at, nodes, "node")
        yield from _one(("units", key, "theatre"), unit.theatre, theatres, "theatre")
        for index, grade in enumerate(unit.readiness):
            if grade not in (1, 2, 3, 4):
                yield (
                    ("units", key, "readiness", index),
                    "out-of-range",
                    f"a readiness grade must be 1, 2, 3 or 4, not {grade}",
                    "1 is best; give personnel, supply, equipment, training",
                )
    for key, node in nodes.items():
        yield from _one(("nodes", key, "owner"), node.owner, actors, "actor")
        yield from _one(("nodes", key, "theatre"), node.theatre, theatres, "theatre")
    for index, link in enumerate(scenario.links):
        yield from _one(("links", index, "from"), link.start, nodes, "node")
        yield from _one(("links", index, "to"), link.end, nodes, "node")
    for key, package in scenario.packages.items():
        yield from _one(("packages", key, "target"), package.target, _foes(scenario), "adversary")
        for sector in package.sectors:
            yield from _one(
                ("packages", key, "sectors", sector), sector, sectors_of(scenario), "sector"
            )


def _foes(scenario: Scenario) -> list[str]:
    return [key for key, actor in scenario.actors.items() if actor.role == "adversary"]


def _texts(scenario: Scenario) -> Iterator[Found]:
    actors, foes, theatres = scenario.actors, _foes(scenario), scenario.theatres
    for key, report in scenario.reports.items():
        yield from _one(("reports", key, "origin"), report.origin, actors, "actor")
        yield from _one(("reports", key, "about"), report.about, foes, "adversary")
        yield from _one(("reports", key, "theatre"), report.theatre, theatres, "theatre")
        yield from _many(("reports", key, "to"), report.to, actors, "actor")
    for key, motion in scenario.motions.items():
        path: Path = ("motions", key)
        yield from _one((*path, "forum"), motion.forum, scenario.forums, "forum")
        yield from _one((*path, "sponsor"), motion.sponsor, actors, "actor")
        yield from _one((*path, "theatre"), motion.theatre, theatres, "theatre")
        yield from _one((*path, "package"), motion.package, scenario.packages, "package")
        yield from _one((*path, "about"), motion.about, foes, "adversary")
        yield from _one((*path, "treaty"), motion.treaty, scenario.treaties, "treaty")
        forum = scenario.forums.get(motion.forum)
        if forum is not None and motion.kind not in forum.competence:
            yield (
                (*path, "kind"),
                "outside-competence",
                f"{motion.forum} has no competence for a text of kind {motion.kind}",
                f"it may adopt: {', '.join(forum.competence)}",
            )
    seats = [*seats_of(scenario), *actors, "all", "allies"]
    for key, inject in scenario.injects.items():
        yield from _many(("injects", key, "to"), inject.to, seats, "seat")
        yield from _one(
            ("injects", key, "unless"), inject.unless or None, scenario.injects, "inject"
        )
        yield from _one(
            ("injects", key, "objective"),
            inject.objective or None,
            scenario.objectives,
            "objective",
        )
    for key, objective in scenario.objectives.items():
        yield from _one(("objectives", key, "for"), objective.seat, seats, "seat")
    for index, question in enumerate(scenario.questions):
        yield from _many(("questions", index, "to"), question.to, seats, "seat")


def _times(scenario: Scenario) -> Iterator[Found]:
    for block, things in (("injects", scenario.injects), ("reports", scenario.reports)):
        for key, thing in things.items():
            if thing.at and day_number(thing.at, scenario.start) is None:
                yield (
                    (block, key, "at"),
                    "bad-date",
                    f"{thing.at!r} is neither a day nor a date",
                    "write D-5, D+2 or 2031-04-12",
                )
    for key, inject in scenario.injects.items():
        if inject.unless and not scenario.injects.get(inject.unless, inject).when:
            yield (
                ("injects", key, "unless"),
                "no-condition",
                f"inject {inject.unless} has no condition that could fail",
                "give it a `when`",
            )
    for key, rhythm in scenario.turns.items():
        if not rhythm.weeks or any(not 0 < w <= 520 for w in rhythm.weeks):
            yield (
                ("turns", key, "weeks"),
                "bad-turns",
                "a rhythm needs at least one turn, each longer than 0 and at most 520 weeks",
                "write weeks: [2, 1, 0.5]",
            )
