"""The way a unit takes to a theatre: over which nodes, in how many days, by sea or not.

Ways are found once, from the scenario alone, by least days: travel at the speed of each mode,
plus what a narrow link and the port of entry take to pass the unit's pieces. Speeds include
stops and turn-round, and are judgement fitted to a fortnight for an ocean crossing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import heappop, heappush
from itertools import count
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from exercise.scenario.model import Link, Scenario, Unit

KM_PER_DAY: Mapping[str, float] = {"sea": 450.0, "rail": 350.0, "road": 300.0, "air": 4000.0}
UNMAPPED_DAYS = 5.0
"""How long a unit travels that stands nowhere on the map, or to a theatre without nodes."""


@attrs.frozen
class Route:
    """A unit's way to a theatre.

    `nodes` are ids from where it stands to its port of entry; both ends are the same where it
    stands in the theatre already. `days` are days of travel. A route without nodes leads
    somewhere that is not on the map.
    """

    nodes: tuple[str, ...]
    days: float
    by_sea: bool

    @property
    def entry(self) -> str | None:
        """The node at which it enters the theatre."""
        return self.nodes[-1] if self.nodes else None


Legs = Mapping[str, list[tuple[str, "Link"]]]


def legs_of(scenario: Scenario) -> Legs:
    """The links that leave each node, both ways, in the scenario's order."""
    legs: dict[str, list[tuple[str, Link]]] = {name: [] for name in scenario.nodes}
    for link in scenario.links:
        if link.start in legs and link.end in legs:
            legs[link.start].append((link.end, link))
            legs[link.end].append((link.start, link))
    return legs


def travel_days(link: Link) -> float:
    """Days of travel along a link, at the speed of its mode."""
    return link.km / KM_PER_DAY[link.mode]


def routes_of(scenario: Scenario) -> dict[tuple[str, str], Route]:
    """The route of every unit to every theatre that it can reach."""
    found: dict[tuple[str, str], Route] = {}
    legs, gates = legs_of(scenario), _gates(scenario)
    for name, unit in scenario.units.items():
        reached = _from(scenario, legs, unit)
        for theatre in scenario.theatres:
            route = _to(scenario, reached, unit, gates[theatre])
            if route is not None:
                found[name, theatre] = route
    return found


@attrs.frozen
class _Way:
    days: float
    narrow: float
    """Days that the narrowest link needs to pass the unit's pieces."""
    nodes: tuple[str, ...]
    by_sea: bool

    @property
    def rank(self) -> tuple[float, tuple[str, ...]]:
        return self.days + self.narrow, self.nodes


def _from(scenario: Scenario, legs: Legs, unit: Unit) -> dict[str, _Way]:
    """The best way to every node that the unit can reach (Dijkstra, ties by the nodes' names)."""
    if unit.at is None or unit.at not in scenario.nodes:
        return {}
    best: dict[str, _Way] = {}
    start = _Way(0.0, 0.0, (unit.at,), False)
    met = count()  # of ways that are alike in all, the one met first
    open_ways = [(start.rank, next(met), start)]
    while open_ways:
        _, _, way = heappop(open_ways)
        here = way.nodes[-1]
        if here in best:
            continue
        best[here] = way
        for there, link in legs[here]:
            if there not in best and not _hostile(scenario, there):
                narrow = unit.pieces / link.capacity if link.capacity else 0.0
                on = _Way(
                    way.days + travel_days(link),
                    max(way.narrow, narrow),
                    (*way.nodes, there),
                    way.by_sea or link.mode == "sea",
                )
                heappush(open_ways, (on.rank, next(met), on))
    return best


def _hostile(scenario: Scenario, node: str) -> bool:
    owner = scenario.actors.get(scenario.nodes[node].owner or "")
    return owner is not None and owner.role == "adversary"


def _gates(scenario: Scenario) -> dict[str, list[str]]:
    """The nodes by which each theatre is entered: on land, and not the adversary's."""
    gates: dict[str, list[str]] = {theatre: [] for theatre in scenario.theatres}
    for name, node in scenario.nodes.items():
        if node.theatre in gates and node.kind != "sea" and not _hostile(scenario, name):
            gates[node.theatre].append(name)
    return gates


def _to(
    scenario: Scenario, reached: Mapping[str, _Way], unit: Unit, gates: Sequence[str]
) -> Route | None:
    """The best way into a theatre by its gates, reception at its port of entry counted."""
    if not gates or not reached:
        return Route((), UNMAPPED_DAYS, False) if not gates or unit.at is None else None
    if unit.at is not None and unit.at in gates:
        return Route((unit.at,), 0.0, False)
    ways = []
    for gate in gates:
        if gate in reached:
            way = reached[gate]
            reception = unit.pieces / max(scenario.nodes[gate].capacity, 1.0)
            extra = max(way.narrow - reception, 0.0)
            ways.append((way.days + extra + reception, gate, way, extra))
    if not ways:
        return None
    _, _, way, extra = min(ways, key=lambda found: found[:2])
    return Route(way.nodes, way.days + extra, way.by_sea)
