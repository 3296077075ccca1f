"""The map as a viewer may see it, as data for whoever draws it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from exercise.record import Catalog, TurnRecord
from exercise.sight import Viewer
from exercise.view.sentences import Seen


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


@attrs.frozen
class Route:
    """A way on the map: points, and how it is travelled."""

    points: tuple[tuple[float, float], ...]
    mode: str
    cut: bool = False


@attrs.frozen
class MapData:
    """All that is needed to draw the map."""

    frame: tuple[float, ...]
    world: str
    countries: Mapping[str, str]
    shapes: tuple[tuple[str, tuple[tuple[float, float], ...]], ...]
    marks: tuple[Mark, ...]
    routes: tuple[Route, ...]


def map_of(catalog: Catalog, viewer: Viewer, turn: TurnRecord, facts: Mapping[str, Any]) -> MapData:
    """The map as the viewer may see it."""
    drawn = facts["map"]
    seen = Seen(catalog, viewer, turn)
    nodes = facts["nodes"]
    marks: list[Mark] = []
    for key, actor in facts["actors"].items():
        if actor.get("capital"):
            marks.append(
                Mark(
                    "capital", _at(actor["capital"]), actor["title"], key, _side(viewer, facts, key)
                )
            )
    for key, theatre in facts["theatres"].items():
        if theatre.get("at"):
            level = max(
                (
                    seen.value("deterrence.level", foe, key)
                    for foe in catalog.roster.of("adversary")
                ),
                default=0.0,
            )
            note = f"level {level:g}" if level else ""
            marks.append(Mark("theatre", _at(theatre["at"]), theatre["title"], note=note))
    for key, node in nodes.items():
        damage = seen.value("logistics.damage", key)
        note = "damaged" if damage > 0.1 else ""
        owner = node.get("owner") or ""
        if node["kind"] != "sea":
            marks.append(
                Mark(
                    "node", _at(node["at"]), node["title"], owner, _side(viewer, facts, owner), note
                )
            )
    marks.extend(_units(seen, viewer, facts))
    routes = tuple(
        Route(
            (
                _at(nodes[link["start"]]["at"]),
                *(_at(p) for p in link["via"]),
                _at(nodes[link["end"]]["at"]),
            ),
            link["mode"],
        )
        for link in facts["links"]
    )
    shapes = tuple(
        (shape.get("owner") or "", tuple(_at(p) for p in shape["ring"]))
        for shape in drawn["shapes"]
    )
    return MapData(
        tuple(drawn["frame"]), drawn["world"], drawn["countries"], shapes, tuple(marks), routes
    )


def _units(seen: Seen, viewer: Viewer, facts: Mapping[str, Any]) -> Iterator[Mark]:
    for key, unit in facts["units"].items():
        owner = unit["owner"]
        place = facts["nodes"].get(unit.get("at") or "")
        foreign = facts["actors"][owner]["role"] != "ally"
        if place is None or (foreign and not viewer.is_control):
            continue
        pledged = seen.value("forces.pledged", key) > 0.0
        there = seen.value("logistics.arrived", key) > 0.0
        note = "in place" if pledged and there else "pledged" if pledged else ""
        at = _at(place["at"])
        for name, theatre in facts["theatres"].items():
            if pledged and theatre.get("at") and seen.value("logistics.destination", key, name):
                goal = _at(theatre["at"])
                share = 1.0 if there else seen.value("logistics.progress", key)
                at = (at[0] + (goal[0] - at[0]) * share, at[1] + (goal[1] - at[1]) * share)
                note = "in place" if there else "under way" if share > 0 else note
        yield Mark("unit", at, unit["title"], owner, _side(viewer, facts, owner), note)


def _at(point: Sequence[float]) -> tuple[float, float]:
    return float(point[0]), float(point[1])


def _side(viewer: Viewer, facts: Mapping[str, Any], actor: str) -> str:
    if actor == viewer.actor:
        return "own"
    role = str(facts["actors"].get(actor, {}).get("role", ""))
    return role if role in ("ally", "adversary") else "other"
