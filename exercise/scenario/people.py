"""From a scenario to its roster: who and what stands on every axis, and whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from exercise.engine.declare import Axis
from exercise.engine.roster import SPARE, Roster, spares
from exercise.scenario.model import Scenario, Seat, Sector

SPARE_REPORTS = 8
SECTORS = {
    "energy": ("Energy", 0.30),
    "chips": ("Chips", 0.12),
    "raw-materials": ("Raw materials", 0.12),
    "finance": ("Finance", 0.20),
    "food": ("Food", 0.08),
    "transport": ("Transport", 0.10),
    "munitions": ("Munitions inputs", 0.08),
}


def sectors_of(scenario: Scenario) -> Mapping[str, Sector]:
    """The scenario's sectors, or the usual seven."""
    return scenario.sectors or {
        key: Sector(title=title, weight=weight) for key, (title, weight) in SECTORS.items()
    }


def seats_of(scenario: Scenario) -> Mapping[str, Seat]:
    """The scenario's seats, or one for each ally and adversary."""
    if scenario.seats:
        return scenario.seats
    return {
        key: Seat(title=actor.title, actor=key)
        for key, actor in scenario.actors.items()
        if actor.role in ("ally", "adversary")
    }


def evaluators_of(scenario: Scenario) -> tuple[str, ...]:
    """The seats that watch and rate, and do not play."""
    return tuple(name for name, seat in seats_of(scenario).items() if seat.role == "evaluator")


def clause_names(scenario: Scenario) -> tuple[tuple[str, str, int], ...]:
    """Every clause of every motion: its name on the axis, its motion, its number from 0."""
    return tuple(
        (f"{motion}-{number + 1}", motion, number)
        for motion, text in scenario.motions.items()
        for number in range(len(text.clauses))
    )


def roster_of(scenario: Scenario, axes: Iterable[Axis] = ()) -> Roster:
    """The roster of a scenario; `axes` are those that rule modules bring along."""
    actors = scenario.actors
    names: dict[str, tuple[str, ...]] = {
        "actor": tuple(actors),
        "ally": tuple(k for k, a in actors.items() if a.role == "ally"),
        "adversary": tuple(k for k, a in actors.items() if a.role == "adversary"),
        "theatre": tuple(scenario.theatres),
        "unit": tuple(scenario.units),
        "node": tuple(scenario.nodes),
        "link": tuple(dict.fromkeys(f"{link.start}-{link.end}" for link in scenario.links)),
        "report": (*scenario.reports, *spares(SPARE_REPORTS)),
        "package": tuple(scenario.packages),
        "sector": tuple(sectors_of(scenario)),
        "forum": tuple(scenario.forums),
        "motion": tuple(scenario.motions),
        "clause": tuple(name for name, _, _ in clause_names(scenario)),
        "treaty": tuple(scenario.treaties),
        "inject": tuple(scenario.injects),
        "seat": tuple(seats_of(scenario)),
    }
    parents = {"ally": "actor", "adversary": "actor"}
    for axis in axes:
        if axis.names:
            names[axis.name] = axis.names
        if axis.of:
            parents[axis.name] = axis.of
        if axis.spare:
            names[axis.name] = (*names.get(axis.name, ()), *spares(axis.spare))
    owners = {
        "unit": tuple(unit.owner for unit in scenario.units.values()),
        "node": tuple(node.owner or "" for node in scenario.nodes.values()),
        "report": (
            *(report.origin for report in scenario.reports.values()),
            *("" for _ in range(SPARE_REPORTS)),
        ),
        "seat": tuple(seat.actor or "" for seat in seats_of(scenario).values()),
    }
    titles = {axis.name: dict(axis.titles) for axis in axes if axis.titles}
    return Roster(names, parents, owners, {**titles, **_titles(scenario)}, scenario)


def _titles(scenario: Scenario) -> dict[str, dict[str, str]]:
    actors = {key: actor.title for key, actor in scenario.actors.items()}
    clauses = {
        name: scenario.motions[motion].clauses[number].text
        for name, motion, number in clause_names(scenario)
    }
    blocks: dict[str, Mapping[str, Any]] = {
        "theatre": scenario.theatres,
        "unit": scenario.units,
        "node": scenario.nodes,
        "report": scenario.reports,
        "package": scenario.packages,
        "sector": sectors_of(scenario),
        "forum": scenario.forums,
        "motion": scenario.motions,
        "treaty": scenario.treaties,
        "inject": scenario.injects,
    }
    titles = {
        axis: {k: thing.title for k, thing in block.items()} for axis, block in blocks.items()
    }
    for number in range(SPARE_REPORTS):
        titles["report"][f"{SPARE}{number + 1}"] = f"Sighting {number + 1}"
    return {**titles, "actor": actors, "ally": actors, "adversary": actors, "clause": clauses}
