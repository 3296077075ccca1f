"""What to call what is made at run time: a sighting, by what it is about, who made it, its grade.

A spare slot has no name of its own, and it is filled again and again. Its title is made from what
the viewer may see of it in the turn, so it tells nothing more.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import numpy as np

from exercise.engine.exact import Array
from exercise.engine.roster import SPARE
from exercise.engine.world import World
from exercise.grading import grade
from exercise.record import Catalog, TurnRecord
from exercise.sight import Viewer, mask

_KINDS = ("about", "place", "origin", "source", "credibility")
"""The fields of module `intelligence` that a title is made from."""


def named(catalog: Catalog, viewer: Viewer, turn: TurnRecord) -> Catalog:
    """The catalog with the titles that a turn's sightings have for a viewer."""
    slots = [k for k, n in enumerate(catalog.roster.names.get("report", ())) if n.startswith(SPARE)]
    if not slots or any(f"intelligence.{kind}" not in catalog.fields for kind in _KINDS):
        return catalog
    found: dict[int, str] = {}
    for world in (turn.before, turn.after):
        found.update(_titles(catalog, viewer, world, slots))
    if not found:
        return catalog
    reports = dict(catalog.roster.titles.get("report", {}))
    names = catalog.roster.of("report")
    taken: dict[str, int] = {}
    for slot in sorted(found):
        title = found[slot]
        taken[title] = taken.get(title, 0) + 1
        again = f" ({taken[title]})" if taken[title] > 1 else ""
        reports[names[slot]] = f"{title}{again}"
    titles = {**catalog.roster.titles, "report": reports}
    return attrs.evolve(catalog, roster=attrs.evolve(catalog.roster, titles=titles))


def _titles(
    catalog: Catalog, viewer: Viewer, world: World, slots: list[int]
) -> Iterator[tuple[int, str]]:
    """Each slot that holds a sighting the viewer may see, with what to call it."""
    seen = {kind: _shown(catalog, viewer, world, f"intelligence.{kind}") for kind in _KINDS}
    for slot in slots:
        by = _which(catalog, "ally", seen["origin"][slot])
        if by:
            about = _which(catalog, "adversary", seen["about"][slot])
            place = _which(catalog, "theatre", seen["place"][slot])
            grading = grade(float(seen["source"][slot]), float(seen["credibility"][slot]))
            where = f" in {place}" if place else ""
            graded = f", {grading}" if grading != "ungraded" else ""
            yield slot, f"{about or 'Sighting'}{where}, seen by {by}{graded}"


def _shown(catalog: Catalog, viewer: Viewer, world: World, name: str) -> Array:
    """A field's values, 0 where the viewer may not see them."""
    values = world.held(name).data[..., 0]
    seen = mask(viewer, catalog.fields[name], world)
    return values if seen is None else np.where(seen[..., 0] > 0.0, values, 0.0)


def _which(catalog: Catalog, axis: str, row: Array) -> str:
    """The title of the entry that a row of 0 and 1 marks."""
    for place in np.flatnonzero(row):
        return catalog.roster.title(axis, catalog.roster.of(axis)[int(place)])
    return ""
