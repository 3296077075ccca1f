"""Objectives and outcomes, judged from what a save holds: at the end, or at any turn before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from exercise.engine.world import World
from exercise.errors import ScenarioError
from exercise.outcome import UNNAMED, VIOLENCE
from exercise.record import Catalog
from exercise.scenario.conditions import Condition, compile_amount, compile_condition
from exercise.scenario.lookup import Lookup
from exercise.sight import Viewer
from exercise.view import played


@attrs.frozen
class Judged:
    """An objective in one state of the world; `met` is None where it cannot be judged."""

    name: str
    title: str
    met: bool | None
    measure: float | None
    says: str
    seat: str | None


def goals_at(
    catalog: Catalog, facts: Mapping[str, Any], world: World, viewer: Viewer
) -> list[Judged]:
    """The objectives the viewer may know of: everybody's, and its own."""
    lookup = Lookup(catalog.fields, catalog.roster)
    found = []
    for name, goal in facts["objectives"].items():
        if not (viewer.is_control or goal["seat"] in (None, viewer.name)):
            continue
        holds = _condition(goal["met"], lookup)
        met = None if holds is None else bool(holds.evaluate(world)[0])
        says = "" if met is None else goal["strength"] if met else goal["improve"]
        measure = _measure(goal["measure"], lookup, world)
        found.append(Judged(name, goal["title"], met, measure, says, goal["seat"]))
    return found


def outcome_at(catalog: Catalog, facts: Mapping[str, Any], world: World) -> tuple[str, str]:
    """How it ended and what that means: the first outcome that holds, else by its violence."""
    lookup = Lookup(catalog.fields, catalog.roster)
    for outcome in facts["outcomes"]:
        holds = _condition(outcome["when"], lookup)
        if holds is not None and bool(holds.evaluate(world)[0]):
            return outcome["title"], outcome["says"]
    if "measures.peak_level" not in catalog.fields or not played(facts, "measures"):
        return UNNAMED, ""
    peak = world.value("measures.peak_level", ())
    return VIOLENCE[sum(peak >= rung for rung in (5, 6, 7))], ""


def _condition(text: str, lookup: Lookup) -> Condition | None:
    """None where the save's fields are not those that the text means."""
    try:
        return compile_condition(text, lookup, file="scenario", line=1, column=1)
    except (ScenarioError, LookupError):
        return None


def _measure(text: str, lookup: Lookup, world: World) -> float | None:
    try:
        amount = compile_amount(text, lookup, file="scenario", line=1, column=1)
    except (ScenarioError, LookupError):
        return None
    return float(amount.evaluate(world)[0])
