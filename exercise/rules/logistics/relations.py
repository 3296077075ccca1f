"""Where units stand, how they would travel, and what nodes can pass, read from the scenario."""

from __future__ import annotations

from collections.abc import Mapping
from weakref import WeakKeyDictionary

from exercise.engine.roster import Roster
from exercise.rules.logistics.routes import Route, routes_of

Start = Mapping[tuple[str, ...], float]

LEGS = ("wait", "loading", "passage")
TARGET_DAYS = 30.0


_found: WeakKeyDictionary[Roster, Mapping[tuple[str, str], Route]] = WeakKeyDictionary()


def _routes(roster: Roster) -> Mapping[tuple[str, str], Route]:
    """The routes of a roster's scenario, found once: several fields begin with them."""
    if roster not in _found:
        _found[roster] = routes_of(roster.scenario) if roster.scenario else {}
    return _found[roster]


def _pieces(roster: Roster) -> Start:
    units = roster.scenario.units if roster.scenario else {}
    return {(name,): unit.pieces for name, unit in units.items()}


def _route(roster: Roster) -> Start:
    return {pair: 2.0 if route.by_sea else 1.0 for pair, route in _routes(roster).items()}


def _passage(roster: Roster) -> Start:
    return {pair: route.days for pair, route in _routes(roster).items()}


def _entry(roster: Roster) -> Start:
    found = _routes(roster).items()
    return {(unit, theatre, way.entry): 1.0 for (unit, theatre), way in found if way.entry}


def _crosses(roster: Roster) -> Start:
    """The allies whose ground a unit passes on its way, its own aside."""
    if roster.scenario is None:
        return {}
    nodes, units, allies = roster.scenario.nodes, roster.scenario.units, roster.of("ally")
    return {
        (unit, theatre, owner): 1.0
        for (unit, theatre), way in _routes(roster).items()
        for owner in (nodes[node].owner for node in way.nodes[1:])
        if owner in allies and owner != units[unit].owner
    }


def _destination(roster: Roster) -> Start:
    units = roster.scenario.units if roster.scenario else {}
    return {(name, unit.theatre): 1.0 for name, unit in units.items() if unit.theatre}


def _capacity(roster: Roster) -> Start:
    nodes = roster.scenario.nodes if roster.scenario else {}
    return {(name,): node.capacity for name, node in nodes.items()}


def _hosted(roster: Roster) -> Start:
    """A nation hosts its own, nobody's node hosts all, and who stands there is welcome there."""
    if roster.scenario is None:
        return {}
    units, routes = roster.scenario.units, _routes(roster)
    found: dict[tuple[str, ...], float] = {}
    for name, node in roster.scenario.nodes.items():
        for ally in roster.of("ally"):
            if node.owner in (None, ally):
                found[name, ally] = 1.0
    for name, unit in units.items():
        entry = routes[name, unit.theatre].entry if (name, unit.theatre) in routes else None  # type: ignore[index]
        for node_name in (entry, unit.at):
            if unit.theatre and node_name and unit.owner in roster.of("ally"):
                found[node_name, unit.owner] = 1.0
    return found


def _clearance(roster: Roster) -> Start:
    allies = roster.of("ally")
    return {(here, guest): 5.0 for here in allies for guest in allies if here != guest}


def _stock(roster: Roster) -> Start:
    """Twice the customary thirty days for the force a nation has."""
    units = roster.scenario.units.values() if roster.scenario else ()
    return {
        (a,): 2.0 * TARGET_DAYS * sum(u.strength for u in units if u.owner == a)
        for a in roster.of("ally")
    }
