"""Whether every name in a scenario refers to something that the scenario has."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from exercise.scenario.calendar import day_number
from exercise.scenario.lookup import nearest
from exercise.scenario.model import Scenario
from exercise.scenario.nodes import Path
from exercise.scenario.people import seats_of, sectors_of
from exercise.scenario.wording import quoted

Found = tuple[Path, str, str, str]

_NEEDS = {
    "strategy": "strategy",
    "sanction": "package",
    "deploy": "theatre",
    "force": "theatre",
    "determination": "treaty",
}
"""What a motion of each kind is about."""


def found(scenario: Scenario, axes: Mapping[str, Collection[str]]) -> Iterator[Found]:
    """Every name that leads nowhere: the path to it, code, message, hint.

    `axes` are the names on every axis, those of the rule modules among them.
    """
    yield from _actors(scenario)
    yield from _things(scenario)
    yield from _texts(scenario)
    for key, motion in scenario.motions.items():
        ways = axes.get("strategy", ())
        for way in motion.strategy:
            yield from _one(("motions", key, "strategy", way), way, ways, "strategy")
    yield from _times(scenario)


def _one(path: Path, name: str | None, known: Collection[str], what: str) -> Iterator[Found]:
    if name is not None and name not in known:
        told = f"there is no {what} {quoted(name)}"
        yield path, f"unknown-{what}", told, nearest(name, list(known)) or f"add the {what} first"


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
        for kind, need in _NEEDS.items():
            if motion.kind == kind and not getattr(motion, need):
                told = f"a motion of kind {kind} does nothing without a {need}"
                yield path, f"needs-{need}", told, f"add {need}: …, or give it another kind"
        forum = scenario.forums.get(motion.forum)
        if forum is not None and motion.kind not in forum.competence:
            yield (
                (*path, "kind"),
                "outside-competence",
                f"{motion.forum} has no competence for a text of kind {motion.kind}",
                f"it may adopt: {', '.join(forum.competence)}",
            )
    seats = [*dict.fromkeys((*seats_of(scenario), *actors)), "all", "allies"]
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
                    f"{quoted(str(thing.at))} is neither a day nor a date",
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
