"""Sentences about what changed and what stands, each about a cell the viewer may see."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from weakref import WeakKeyDictionary

import attrs
import numpy as np
import numpy.typing as npt

from exercise.engine.declare import Field
from exercise.engine.exact import Array
from exercise.engine.roster import cell_name
from exercise.explain.why import words
from exercise.record import Catalog, TurnRecord
from exercise.sight import Viewer, mask

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
    still: bool = False
    """Whether the band is the one it was before."""


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


@attrs.frozen
class Moved:
    """The cells of one field that moved enough to be told, whoever looks: the same for all."""

    field: Field
    where: tuple[npt.NDArray[np.intp], ...]
    """Their places, an array for each axis; one array of a single 0 where there is no axis."""
    cells: list[tuple[tuple[str, ...], float, float, float]]
    """Names, value before, value after, and the change as a share of the biggest news."""


_moved: WeakKeyDictionary[TurnRecord, list[Moved]] = WeakKeyDictionary()


def moved(catalog: Catalog, turn: TurnRecord) -> list[Moved]:
    """What moved in a turn, field by field; found once a turn, since no viewer enters into it.

    It holds what nobody may see too: whoever tells of it asks `sight` first.
    """
    found = _moved.get(turn)
    if found is None:
        each = (_moved_in(catalog, turn, field) for field in catalog.fields.values())
        found = _moved[turn] = [one for one in each if one is not None]
    return found


def _moved_in(catalog: Catalog, turn: TurnRecord, field: Field) -> Moved | None:
    if not (field.rises or field.falls):
        return None
    if turn.before.held(field.name).data is turn.after.held(field.name).data:
        return None
    before, after = (world[field.name].data[..., 0] for world in (turn.before, turn.after))
    change = after - before
    share = np.abs(change) / (min(field.high - field.low, 100.0) or 1.0)
    told = share >= SMALL
    if not (field.rises and field.falls):
        told &= (change > 0) == bool(field.rises)
    if not told.any():
        return None
    where = np.nonzero(np.atleast_1d(told))
    names = [catalog.roster.of(axis) for axis in field.axes]
    places = [[axis[k] for k in spots.tolist()] for axis, spots in zip(names, where, strict=False)]
    cells: list[tuple[str, ...]] = list(zip(*places, strict=True)) if names else [()]
    sizes = np.minimum(share / FULL, 1.0)
    values = ((a[told] if names else a.reshape(1)).tolist() for a in (before, after, sizes))
    return Moved(field, where, list(zip(cells, *values, strict=True)))


def changes(catalog: Catalog, viewer: Viewer, turn: TurnRecord, numbers: bool) -> list[Sentence]:
    """What changed this turn, in words, what matters most first, one sentence a field."""
    if turn.number == 0:
        return []
    found: list[Sentence] = []
    for some in moved(catalog, turn):
        field, best, most = some.field, None, 0.0
        for cell in _shown(viewer, some, turn):
            weight = field.news * cell[3] * _interest(viewer, cell[0])
            if weight > most:
                best, most = cell, weight
        if best is not None:
            told = sentence(catalog, field, *best[:3], numbers, most)
            if told.text:
                found.append(told)
    return sorted(found, key=lambda s: (-s.weight, s.cell))


def _shown(
    viewer: Viewer, some: Moved, turn: TurnRecord
) -> list[tuple[tuple[str, ...], float, float, float]]:
    """Of what moved in a field, the cells that the viewer may see."""
    seen = mask(viewer, some.field, turn.after)
    if seen is None:
        return some.cells
    shape = turn.after.held(some.field.name).data.shape[:-1] or (1,)
    whole = np.broadcast_to(seen[..., 0], shape)[some.where] > 0.0
    return [cell for cell, open_to_it in zip(some.cells, whole.tolist(), strict=True) if open_to_it]


def _interest(viewer: Viewer, names: tuple[str, ...]) -> float:
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
        banded(field, before) == banded(field, after),
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
            told = words(
                field.title or field.says, catalog.roster, dict(zip(field.axes, names, strict=True))
            )
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
        self._kept: dict[str, dict[tuple[str, ...], float]] = {}
        self._masks: dict[str, Array | None] = {}

    def value(self, name: str, *names: str) -> float:
        """One cell; 0 for a field that is not there, too."""
        found = self._kept.get(name)
        if found is None:
            found = self._kept[name] = self._read(name)
        return found.get(names, 0.0)

    def _read(self, name: str) -> dict[tuple[str, ...], float]:
        """The cells of a field that are not 0 and that the viewer may see."""
        field = self.catalog.fields.get(name)
        if field is None:
            return {}
        values = self.turn.after[name].data[..., 0]
        seen = mask(self.viewer, field, self.turn.after)
        if seen is not None:
            values = np.where(np.broadcast_to(seen[..., 0], values.shape) > 0.0, values, 0.0)
        where = np.nonzero(np.atleast_1d(values))
        names = [self.catalog.roster.of(axis) for axis in field.axes]
        if not names:
            return {(): float(values)}
        places = [[axis[k] for k in s.tolist()] for axis, s in zip(names, where, strict=True)]
        return dict(zip(zip(*places, strict=True), values[where].tolist(), strict=True))

    def cell(self, name: str, *names: str) -> str:
        """The cell as it is written, where there is such a one and the viewer may see it."""
        field = self.catalog.fields.get(name)
        if field is None:
            return ""
        if name not in self._masks:
            self._masks[name] = mask(self.viewer, field, self.turn.after)
        seen = self._masks[name]
        if seen is not None:
            index = self.catalog.roster.index
            where = tuple(index(a, n) for a, n in zip(field.axes, names, strict=True))
            spot = tuple(k if seen.shape[dim] > 1 else 0 for dim, k in enumerate(where))
            if not seen[(*spot, 0)] > 0.0:
                return ""
        return cell_name(name, names)
