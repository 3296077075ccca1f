"""Sentences about what changed and what stands, each about a cell the viewer may see."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import attrs
import numpy as np

from exercise.declare import Field
from exercise.exact import Array
from exercise.record import Catalog, TurnRecord
from exercise.roster import cell_name
from exercise.sight import Viewer, mask
from exercise.why import words

SMALL = 1 / 64
"""A change of less than this share of a field's range is not worth a sentence."""
FULL = 0.25
"""A change of this share of a field's range is as big as news gets."""
GAUGES = (
    "threat.shared_view",
    "threat.agreement",
    "burden.cohesion",
    "council.free_consent",
    "forces.fill",
    "deterrence.tension",
    "deterrence.estimate",
    "deterrence.level",
    "domestic.support",
    "sanctions.pain",
    "economy.hardship",
)


@attrs.frozen
class Sentence:
    """A statement that can be asked about: its words, its cell, and how it moved."""

    text: str
    cell: str = ""
    trend: int = 0
    """1 for up, −1 for down, 0 for neither."""
    tone: int = 0
    """1 where that is good for the viewer's side, −1 where it is bad."""
    band: str = ""
    value: float | None = None
    change: float | None = None
    weight: float = 0.0


def banded(field: Field, value: float) -> str:
    """The word for a value, from the field's bands."""
    if not field.bands:
        return ""
    share = (value - field.low) / (field.high - field.low) if field.high > field.low else 0.0
    return field.bands[min(int(share * len(field.bands)), len(field.bands) - 1)]


def visible_cells(
    catalog: Catalog, viewer: Viewer, turn: TurnRecord, field: Field
) -> Iterator[tuple[tuple[str, ...], float, float]]:
    """Names, value before and value after of each cell of a field that the viewer may see."""
    before = turn.before[field.name].data[..., 0]
    after = turn.after[field.name].data[..., 0]
    seen = mask(viewer, field, turn.after)
    shape = after.shape
    whole: Array | None = None if seen is None else np.broadcast_to(seen[..., 0], shape)
    names = [catalog.roster.of(axis) for axis in field.axes]
    for where in product(*(range(n) for n in shape)):
        if whole is None or whole[where] > 0.0:
            cell = tuple(entries[k] for entries, k in zip(names, where, strict=True))
            yield cell, float(before[where]), float(after[where])


def changes(catalog: Catalog, viewer: Viewer, turn: TurnRecord, numbers: bool) -> list[Sentence]:
    """What changed this turn, in words, what matters most first, one sentence a field."""
    found: list[Sentence] = []
    for field in catalog.fields.values():
        if not (field.rises or field.falls) or turn.number == 0:
            continue
        best: Sentence | None = None
        for names, before, after in visible_cells(catalog, viewer, turn, field):
            change = after - before
            spread = min(field.high - field.low, 100.0) or 1.0
            size = min(abs(change) / spread / FULL, 1.0)
            weight = field.news * size * _interest(viewer, field, names)
            told = field.rises if change > 0 else field.falls
            small = abs(change) / spread < SMALL or not told or not weight
            if small or (best is not None and weight <= best.weight):
                continue
            best = sentence(catalog, field, names, before, after, numbers, weight)
        if best is not None and best.text:
            found.append(best)
    return sorted(found, key=lambda s: (-s.weight, s.cell))


def _interest(viewer: Viewer, field: Field, names: tuple[str, ...]) -> float:
    """Own matters come first, then what concerns everybody, then others' matters."""
    if viewer.actor in names:
        return 2.0
    return 1.5 if not names else 1.0


def sentence(
    catalog: Catalog,
    field: Field,
    names: tuple[str, ...],
    before: float,
    after: float,
    numbers: bool,
    weight: float = 0.0,
) -> Sentence:
    """A cell's change as a sentence, with its band and, where allowed, its number."""
    change = after - before
    template = field.rises if change > 0 else field.falls if change < 0 else field.says
    told = words(template or field.says, catalog.roster, dict(zip(field.axes, names, strict=True)))
    trend = (change > 0) - (change < 0)
    tone = trend if field.good == "up" else -trend if field.good == "down" else 0
    return Sentence(
        told, cell_name(field.name, names), trend, tone, banded(field, after),
        after if numbers else None, change if numbers else None, weight,
    )  # fmt: skip


def gauges(catalog: Catalog, viewer: Viewer, turn: TurnRecord, numbers: bool) -> Iterator[Sentence]:
    """The few standing values a desk keeps in sight, each with its band."""
    for name in GAUGES:
        field = catalog.fields.get(name)
        if field is None:
            continue
        for names, before, after in visible_cells(catalog, viewer, turn, field):
            if "ally" in field.axes and viewer.actor not in names and not viewer.is_control:
                continue
            told = words(field.says, catalog.roster, dict(zip(field.axes, names, strict=True)))
            change = after - before
            trend = (change > 0) - (change < 0) if abs(change) > 1e-4 else 0
            tone = trend if field.good == "up" else -trend if field.good == "down" else 0
            yield Sentence(
                told, cell_name(name, names), trend, tone, banded(field, after),
                after if numbers else None, change if numbers else None,
            )  # fmt: skip


class Seen:
    """Single cells of a turn, 0 where the viewer may not see them."""

    def __init__(self, catalog: Catalog, viewer: Viewer, turn: TurnRecord) -> None:
        self.catalog, self.viewer, self.turn = catalog, viewer, turn
        self._masks: dict[str, Array | None] = {}

    def value(self, name: str, *names: str) -> float:
        field = self.catalog.fields.get(name)
        if field is None:
            return 0.0
        if name not in self._masks:
            found = mask(self.viewer, field, self.turn.after)
            shape = self.turn.after[name].data.shape
            self._masks[name] = None if found is None else np.broadcast_to(found, shape)
        where = tuple(
            self.catalog.roster.index(a, n) for a, n in zip(field.axes, names, strict=True)
        )
        seen = self._masks[name]
        if seen is not None and not seen[(*where, 0)] > 0.0:
            return 0.0
        return float(self.turn.after[name].data[(*where, 0)])
