"""The map as a viewer may see it, as data for whoever draws it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from exercise.record import Catalog, TurnRecord
from exercise.sight import Viewer
from exercise.view.sentences import Seen

GROUND = 1.4
"""How far the ground about a place reaches on a schematic map, in degrees of latitude."""
DAMAGED, CUT = 0.1, 0.5
"""From what share of a place out of use the map says that it is damaged, and a way to it cut."""


@attrs.frozen
class Mark:
    """A thing on the map."""

    kind: str
    """`unit`, `node`, `capital`, `theatre` or `act`."""
    at: tuple[float, float]
    label: str
    owner: str = ""
    side: str = ""
    """`own`, `ally`, `adversary` or `other`."""
    note: str = ""
    cell: str = ""
    """What it can be asked about: what is said of it here, as far as the viewer may see it."""


@attrs.frozen
class Route:
    """A way on the map: points, and how it is travelled."""

    points: tuple[tuple[float, float], ...]
    mode: str
    cut: bool = False
    label: str = ""
    cell: str = ""


@attrs.frozen
class MapData:
    """All that is needed to draw the map."""

    frame: tuple[float, ...]
    world: str
    countries: Mapping[str, str]
    shapes: tuple[tuple[str, tuple[tuple[float, float], ...]], ...]
    marks: tuple[Mark, ...]
    routes: tuple[Route, ...]
    schematic: bool = False
    """Whether grounds are drawn in place of real coasts, which would give fictional names away."""


def map_of(catalog: Catalog, viewer: Viewer, turn: TurnRecord, facts: Mapping[str, Any]) -> MapData:
    """The map as the viewer may see it."""
    drawn = facts["map"]
    seen = Seen(catalog, viewer, turn)
    marks = (
        *_capitals(seen, viewer, facts),
        *_theatres(seen, facts),
        *_places(seen, viewer, facts),
        *_units(seen, viewer, facts),
    )
    shapes = tuple(
        (shape.get("owner") or "", tuple(_at(p) for p in shape["ring"]))
        for shape in drawn["shapes"]
    )
    routes = tuple(_routes(seen, facts))
    if drawn["world"] != "none" and facts["names"]["use"] == "fictional":
        frame, grounds = tuple(drawn["frame"]), shapes or tuple(_grounds(facts))
        return MapData(frame, "none", {}, grounds, marks, routes, schematic=True)
    return MapData(tuple(drawn["frame"]), drawn["world"], drawn["countries"], shapes, marks, routes)


def _grounds(facts: Mapping[str, Any]) -> Iterator[tuple[str, tuple[tuple[float, float], ...]]]:
    """An octagon about each capital and place of an actor, none of two actors touching."""
    spots = [(key, _at(a["capital"])) for key, a in facts["actors"].items() if a.get("capital")]
    spots += [(n["owner"], _at(n["at"])) for n in facts["nodes"].values() if n.get("owner")]
    for owner, (lon, lat) in spots:
        wide = max(
            math.cos(math.radians(lat)), 0.1
        )  # a degree of longitude, in degrees of latitude
        gaps = [math.hypot((x - lon) * wide, y - lat) for other, (x, y) in spots if other != owner]
        reach = min(GROUND, 0.45 * min(gaps, default=GROUND))
        turns = (math.radians(22.5 + 45 * k) for k in range(8))
        yield (
            owner,
            tuple(
                (lon + reach * math.cos(turn) / wide, lat + reach * math.sin(turn))
                for turn in turns
            ),
        )


def _capitals(seen: Seen, viewer: Viewer, facts: Mapping[str, Any]) -> Iterator[Mark]:
    """Capitals: an ally's stands for its public, an adversary's for how dangerous it is held."""
    allies = seen.catalog.roster.names.get("ally", ())
    foes = seen.catalog.roster.names.get("adversary", ())
    for key, actor in facts["actors"].items():
        if not actor.get("capital"):
            continue
        cell = ""
        if key in allies:
            cell = seen.cell("domestic.support", key)
        elif key in foes:
            cell = seen.cell("threat.level", key) or _climb(seen, facts, (key,))[1]
        yield Mark("capital", _at(actor["capital"]), actor["title"], key,
                   _side(viewer, facts, key), cell=cell)  # fmt: skip


def _climb(
    seen: Seen, facts: Mapping[str, Any], foes: Sequence[str], theatres: Sequence[str] = ()
) -> tuple[float, str]:
    """How far the one who climbed highest has climbed, and the cell that says so."""
    found = [
        (seen.value("deterrence.level", foe, theatre), seen.cell("deterrence.level", foe, theatre))
        for foe in foes
        for theatre in theatres or facts["theatres"]
    ]
    return max(found, key=lambda one: one[0], default=(0.0, ""))


def _theatres(seen: Seen, facts: Mapping[str, Any]) -> Iterator[Mark]:
    foes = seen.catalog.roster.names.get("adversary", ())
    for key, theatre in facts["theatres"].items():
        if theatre.get("at"):
            level, cell = _climb(seen, facts, foes, (key,))
            note = f"level {level:g}" if level else ""
            yield Mark("theatre", _at(theatre["at"]), theatre["title"], note=note, cell=cell)


def _places(seen: Seen, viewer: Viewer, facts: Mapping[str, Any]) -> Iterator[Mark]:
    for key, node in facts["nodes"].items():
        if node["kind"] != "sea":
            owner = node.get("owner") or ""
            note = "damaged" if seen.value("logistics.damage", key) > DAMAGED else ""
            yield Mark("node", _at(node["at"]), node["title"], owner, _side(viewer, facts, owner),
                       note, seen.cell("logistics.damage", key))  # fmt: skip


def _routes(seen: Seen, facts: Mapping[str, Any]) -> Iterator[Route]:
    """Ways: one passes what its worse end passes, and is cut where half of that end is."""
    nodes = facts["nodes"]
    for link in facts["links"]:
        ends = (link["start"], link["end"])
        worse = max(ends, key=lambda node: seen.value("logistics.damage", node))
        points = (nodes[ends[0]]["at"], *link["via"], nodes[ends[1]]["at"])
        title = link.get("title") or " – ".join(nodes[node]["title"] for node in ends)
        yield Route(
            tuple(_at(point) for point in points), link["mode"],
            seen.value("logistics.damage", worse) > CUT, title,
            seen.cell("logistics.throughput", worse),
        )  # fmt: skip


def _units(seen: Seen, viewer: Viewer, facts: Mapping[str, Any]) -> Iterator[Mark]:
    """Forces: one in place or under way stands for its move, one at home for its pledge."""
    for key, unit in facts["units"].items():
        owner = unit["owner"]
        place = facts["nodes"].get(unit.get("at") or "")
        foreign = facts["actors"][owner]["role"] != "ally"
        if place is None or (foreign and not viewer.is_control):
            continue
        pledged = seen.value("forces.pledged", key) > 0.0
        there = seen.value("logistics.arrived", key) > 0.0
        note = "in place" if pledged and there else "pledged" if pledged else ""
        at, about = _at(place["at"]), "logistics.arrived" if note == "in place" else ""
        for name, theatre in facts["theatres"].items():
            if pledged and theatre.get("at") and seen.value("logistics.destination", key, name):
                goal = _at(theatre["at"])
                share = 1.0 if there else seen.value("logistics.progress", key)
                at = (at[0] + (goal[0] - at[0]) * share, at[1] + (goal[1] - at[1]) * share)
                note = "in place" if there else "under way" if share > 0 else note
                about = "logistics.arrived" if there else "logistics.progress"
        about = about or ("forces.strength" if foreign else "forces.pledged")
        cell = seen.cell(about, key)
        yield Mark("unit", at, unit["title"], owner, _side(viewer, facts, owner), note, cell)


def _at(point: Sequence[float]) -> tuple[float, float]:
    return float(point[0]), float(point[1])


def _side(viewer: Viewer, facts: Mapping[str, Any], actor: str) -> str:
    if actor == viewer.actor:
        return "own"
    role = str(facts["actors"].get(actor, {}).get("role", ""))
    return role if role in ("ally", "adversary") else "other"
