"""The only judge of what a viewer may see.

Marks are data on fields, decisions and terms; this module turns a mark and a viewer into a mask.
Whether a cell is visible depends only on what the viewer sees: the roster, and the release
fields of its own row. State, explanation, forms, map, projector and bots all ask here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import attrs
import numpy as np

from exercise.engine.cells import Axes, base, laid
from exercise.engine.declare import CONTROL, PUBLIC, Decision, Field, Mark, Released, Seen
from exercise.engine.exact import Array
from exercise.engine.roster import Roster
from exercise.engine.world import Sheet


@attrs.frozen
class Viewer:
    """Someone who looks: control, a seat (with or without an actor), or the public."""

    name: str
    kind: Literal["control", "seat", "public"] = "seat"
    actor: str | None = None
    allied: bool = False

    @property
    def is_control(self) -> bool:
        """Control sees everything."""
        return self.kind == "control"


WHITE_CELL = Viewer("control", "control")
PUBLIC_VIEW = Viewer("public", "public")


def as_actor(roster: Roster, actor: str, seat: str = "") -> Viewer:
    """What an actor's own delegation sees."""
    return Viewer(seat or actor, "seat", actor, actor in roster.of("ally"))


def mask(viewer: Viewer, field: Field, sheet: Sheet) -> Array | None:
    """Which cells of a field the viewer may see: 0/1 over its axes and lanes; None for all.

    Where nothing is visible the mask is a single 0, which broadcasts.
    """
    return marked(viewer, field.seen, field.axes, sheet)


def marked(viewer: Viewer, marks: Seen, axes: Axes, sheet: Sheet) -> Array | None:
    """As `mask`, for any marks over any axes."""
    if viewer.is_control or PUBLIC in marks:
        return None
    found: Array | None = None
    for mark in marks:
        if mark.kind == "allied":
            if viewer.allied:
                return None
            continue
        part = _one(viewer, mark, axes, sheet)
        if part is not None:
            found = part if found is None else np.maximum(found, part)
    if found is None:
        return np.zeros((1,) * (len(axes) + 1))
    return found


def _one(viewer: Viewer, mark: Mark, axes: Axes, sheet: Sheet) -> Array | None:
    """The mask of one mark for a viewer who is neither control nor helped by rank."""
    if viewer.actor is None or mark == CONTROL:
        return None
    roster = sheet.layout.roster
    if mark.kind == "own":
        axis = mark.name
        return laid(roster.mine(axis, viewer.actor)[:, None], (axis,), axes)
    if mark.kind == "released":
        cells = sheet.held(mark.name)
        for axis in cells.axes:
            if roster.root(axis) == "actor" and viewer.actor in roster.of(axis):
                row = cells.pick(axis, roster.index(axis, viewer.actor))
                shared = tuple(a for a in row.axes if a in axes)
                lost = tuple(a for a in row.axes if a not in axes)
                seen = (row > 0.0).max(*lost) if lost else row > 0.0
                return laid(seen.data, shared, axes)
    return None


def known_names(
    viewer: Viewer, fields: Mapping[str, Field], sheet: Sheet
) -> dict[str, tuple[str, ...]]:
    """For each axis of things whose being there is a secret, the names the viewer has been told.

    Such an axis lies under a field that only those see whom it lets in, as `intelligence.seen`.
    """
    roster = sheet.layout.roster
    known: dict[str, dict[str, None]] = {}
    for field in fields.values():
        if Released(field.name) not in field.seen or PUBLIC in field.seen or viewer.is_control:
            continue
        whole = mask(viewer, field, sheet)
        for dim, axis in enumerate(field.axes):
            if roster.root(axis) != "actor":
                told = known.setdefault(axis, {})
                open_to_it = np.broadcast_to(
                    1.0 if whole is None else whole[..., 0], roster.shape(field.axes)
                )
                others = tuple(d for d in range(len(field.axes)) if d != dim)
                for name, seen in zip(roster.of(axis), open_to_it.max(axis=others), strict=True):
                    if seen > 0.0:
                        told[name] = None
    return {axis: tuple(told) for axis, told in known.items()}


def sees_cell(viewer: Viewer, field: Field, where: tuple[int, ...], sheet: Sheet) -> bool:
    """Whether a viewer may see one cell (lane 0), given by its indices."""
    return _at(mask(viewer, field, sheet), where)


def _at(found: Array | None, where: tuple[int, ...]) -> bool:
    if found is None:
        return True
    place = tuple(k if found.shape[dim] > 1 else 0 for dim, k in enumerate(where))
    return bool(found[(*place, 0)] > 0.0)


def sees_order(viewer: Viewer, decision: Decision, where: tuple[int, ...], sheet: Sheet) -> bool:
    """Whether a viewer may know of an order: its own, or one the decision makes known."""
    if viewer.is_control:
        return True
    roster = sheet.layout.roster
    by = base(decision.by)
    if by in roster.names and viewer.actor is not None:
        names = roster.of(by)
        if where and names[where[0]] == viewer.actor:
            return True
    return _at(marked(viewer, decision.seen, decision.slip_axes, sheet), where)
