"""What a scenario says of its councils, as the start of fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exercise.engine.roster import Roster
    from exercise.scenario.model import Motion, Scenario

LEAST = 0.01
"""The least weight of a clause: one of no weight would belong to no text."""

Start = Mapping[tuple[str, ...], float]
Maker = Callable[["Roster", "Scenario"], Start]


def set_from(make: Maker) -> Callable[[Roster], Start]:
    """A start from the scenario; nothing where there is none."""

    def start(roster: Roster) -> Start:
        return make(roster, roster.scenario) if roster.scenario is not None else {}

    return start


def texts(scenario: Scenario) -> Iterator[tuple[str, Motion]]:
    """The scenario's texts by name."""
    yield from scenario.motions.items()


def members(roster: Roster, scenario: Scenario) -> Start:
    """Who sits in each forum; all allies where the scenario names none."""
    allies = roster.of("ally")
    return {
        (name, ally): 1.0
        for name, forum in scenario.forums.items()
        for ally in (forum.members or allies)
        if ally in allies
    }


def chairs(roster: Roster, scenario: Scenario) -> Start:
    """Who chairs each forum, if an ally does."""
    allies = roster.of("ally")
    return {(name, f.chair): 1.0 for name, f in scenario.forums.items() if f.chair in allies}


def sponsors(roster: Roster, scenario: Scenario) -> Start:
    """Who sponsors each text."""
    allies = roster.of("ally")
    return {(m.sponsor, name): 1.0 for name, m in texts(scenario) if m.sponsor in allies}


def shares(roster: Roster) -> Start:
    """Each clause's share of its motion's strength; alike where the scenario gives no weights."""
    found: dict[tuple[str, ...], float] = {}
    for motion in roster.of("motion"):
        clauses = [c for c in roster.of("clause") if c.rpartition("-")[0] == motion]
        weights = [1.0 for _ in clauses]
        if roster.scenario is not None and motion in roster.scenario.motions:
            texts = roster.scenario.motions[motion].clauses
            weights = [max(clause.weight, LEAST) for clause in texts]
        whole = sum(weights) or 1.0
        for clause, weight in zip(clauses, weights, strict=True):
            found[clause, motion] = weight / whole
    return found


def spending(roster: Roster) -> Start:
    """What each ally spends on defence, in billions; 1 where the scenario is silent."""
    actors = roster.scenario.actors if roster.scenario is not None else {}
    return {
        (ally,): actors[ally].gdp * actors[ally].defence / 100.0 if ally in actors else 1.0
        for ally in roster.of("ally")
    }


def people(roster: Roster) -> Start:
    """How many live in each ally, in millions; 10 where the scenario is silent."""
    actors = roster.scenario.actors if roster.scenario is not None else {}
    return {
        (ally,): actors[ally].population if ally in actors else 10.0 for ally in roster.of("ally")
    }
