"""The world: every field of an exercise by name, one lane or thousands.

Invariants: a field is one array, its axes first, lanes last and contiguous; every value is on the
grid; arrays are never written to once they are in a sheet, only replaced, so that a snapshot or
a fork shares them all and costs nothing. A field that is alike in all lanes is kept in one. The
layout says which row of a column each cell is: digests and saves are taken over columns. The
same layout serves the slips (orders), which are an array per decision.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

import attrs
import numpy as np
import numpy.typing as npt

from exercise.engine.cells import Axes, Cells
from exercise.engine.declare import Decision, Field
from exercise.engine.exact import GRID, Array, check, snap, to_integers
from exercise.engine.known import (
    ANY,
    MANY,
    MASK,
    NONE,
    ON_GRID,
    alike,
    count_nonzero,
    everywhere,
    known,
)
from exercise.engine.roster import Roster, cell_name

_BOOL: Any = np.dtype(np.bool_)


@attrs.frozen
class Slot:
    """Where one quantity lies in a column: its rows, its axes and their lengths."""

    name: str
    axes: Axes
    shape: tuple[int, ...]
    first: int
    size: int
    """How many cells it has in a lane."""

    @property
    def rows(self) -> slice:
        """Its rows of a column."""
        return slice(self.first, self.first + self.size)


@attrs.define(eq=False, slots=False)
class Layout:
    """Which rows of a column are whose, in declared order."""

    roster: Roster
    slots: Mapping[str, Slot]
    size: int

    @classmethod
    def of(cls, roster: Roster, quantities: Iterable[tuple[str, Axes]]) -> Layout:
        """Lay named quantities over their axes one after the other."""
        slots: dict[str, Slot] = {}
        size = 0
        for name, axes in quantities:
            shape = roster.shape(axes)
            slots[name] = slot = Slot(name, axes, shape, size, math.prod(shape))
            size += slot.size
        return cls(roster, slots, size)

    def at(self, name: str, names: Sequence[str]) -> tuple[int, ...]:
        """A cell's place in its array; raises `KeyError` for a name that is not on its axis."""
        axes = self.slots[name].axes
        return tuple(self.roster.index(a, n) for a, n in zip(axes, names, strict=True))

    def row(self, name: str, names: Sequence[str]) -> int:
        """The row of one cell; raises `KeyError` for a name that is not on its axis."""
        slot = self.slots[name]
        where = self.at(name, names)
        return slot.first + (int(np.ravel_multi_index(where, slot.shape)) if where else 0)

    @cached_property
    def _owners(self) -> tuple[Slot, ...]:
        """For each row the slot that it is of."""
        return tuple(slot for slot in self.slots.values() for _ in range(slot.size))

    def names(self, row: int) -> tuple[str, tuple[str, ...]]:
        """The quantity and the cell's names that a row holds; KeyError where there is none."""
        if not 0 <= row < self.size:
            raise KeyError(f"no row {row}")
        slot = self._owners[row]
        where = np.unravel_index(row - slot.first, slot.shape) if slot.shape else ()
        names = tuple(
            self.roster.of(axis)[int(k)] for axis, k in zip(slot.axes, where, strict=True)
        )
        return slot.name, names

    def label(self, row: int) -> str:
        """A row as people write it: `module.field[name,name]`."""
        return cell_name(*self.names(row))


class Sheet:
    """Arrays by name under a layout, `[*axes, lanes]` each; what was never put is 0."""

    __slots__ = ("_arrays", "_cells", "_spread", "lanes", "layout")
    kind: ClassVar[int] = ANY
    """What is known of every value (see `cells`)."""

    def __init__(self, layout: Layout, lanes: int = 1) -> None:
        self.layout = layout
        self.lanes = lanes
        """How many games lie side by side."""
        self._arrays: dict[str, Array] = {}
        self._cells: dict[str, Cells] = {}
        self._spread: dict[str, Cells] = {}

    @property
    def arrays(self) -> Mapping[str, Array]:
        """What was put, as it is kept (see `held`); what was never put is not among it."""
        return self._arrays

    def __getitem__(self, name: str) -> Cells:
        """A quantity over all lanes; the same cells follow what is put later."""
        held = self.held(name)
        if held.data.shape[-1] == self.lanes and held.data.dtype is not _BOOL:
            return held
        found = self._spread.get(name)
        if found is None:
            data = self._over_all(held.data)
            found = self._spread[name] = Cells(data, held.axes, self.kind)
        return found

    def _over_all(self, data: Array) -> Array:
        """Numbers over all lanes."""
        numbers = data.astype(np.float64, copy=False)
        return np.broadcast_to(numbers, (*data.shape[:-1], self.lanes))

    def _kind(self, data: Array) -> int:
        """What is known of an array that is in the sheet to stay."""
        if data.shape[-1] > 1:
            return MASK if data.dtype is _BOOL else self.kind
        if self.lanes >= MANY:
            found = known(data)
            return self.kind if found == ON_GRID else found
        return self.kind if count_nonzero(data) else NONE

    def held(self, name: str) -> Cells:
        """A quantity as it is kept: in one lane where it is alike in all."""
        cells = self._cells.get(name)
        if cells is None:
            data = self._arrays.get(name)
            slot = self.layout.slots[name]
            if data is None:
                data = everywhere(0.0, slot.shape)
            elif data.flags.writeable:
                return Cells(data, slot.axes, self.kind)
            cells = self._cells[name] = Cells(data, slot.axes, self._kind(data))
        return cells

    def replace(self, name: str, data: Any) -> None:
        """Put an array on the grid in a quantity's place, `[*axes, lanes]` or one lane for all.

        A mask may come as truth values.

        The array is the sheet's from now on and is not written to any more.
        """
        data = alike(data)
        data.flags.writeable = False
        self._put(name, data)

    def _put(self, name: str, data: Array) -> None:
        """Put an array that is not written to any more."""
        self._arrays[name] = data
        cells = self._cells.get(name)
        if cells is not None:
            cells.data, cells.kind = data, self._kind(data)
            found = self._spread.get(name)
            if found is not None:
                found.data = self._over_all(data)

    def put(self, name: str, names: Sequence[str], value: float) -> None:
        """Write one cell, in all lanes; raises `KeyError` for a name not on its axis."""
        where = self.layout.at(name, names)
        data = self.held(name).data.astype(np.float64)
        data[where] = snap(value) if self.kind else value
        self.replace(name, data)

    def fill(self, name: str, values: float | Array) -> None:
        """Write a whole quantity: anything that broadcasts over its axes and lanes."""
        shape = (*self.layout.slots[name].shape, 1 if np.ndim(values) == 0 else self.lanes)
        self.replace(name, np.array(np.broadcast_to(snap(values) if self.kind else values, shape)))

    def value(self, name: str, names: Sequence[str], lane: int = 0) -> float:
        """One cell in one lane."""
        data = self.held(name).data
        return float(data[self.layout.at(name, names)][lane if data.shape[-1] > 1 else 0])

    def column(self, lane: int = 0) -> Array:
        """One lane, a value a row, in the order of the layout."""
        parts = []
        for name, slot in self.layout.slots.items():
            data = self._arrays.get(name)
            if data is None:
                parts.append(np.zeros(slot.size))
            else:
                parts.append((data if data.shape[-1] == 1 else data[..., lane]).reshape(-1))
        return np.concatenate(parts, dtype=np.float64) if parts else np.zeros(0)

    def rows(self) -> Array:
        """All lanes side by side, `[rows, lanes]`, in the order of the layout."""
        return np.stack([self.column(lane) for lane in range(self.lanes)], axis=1)

    def load(self, column: Array) -> None:
        """Put a column as `column` gives it in all lanes."""
        column = column.copy()
        column.flags.writeable = False
        for name, slot in self.layout.slots.items():
            self._put(name, column[slot.rows].reshape(*slot.shape, 1))


class World(Sheet):
    """The state of an exercise."""

    __slots__ = ()
    kind = ON_GRID

    @classmethod
    def of(cls, layout: Layout, column: Array) -> World:
        """The world of one lane that a column, as `column` gives it, holds."""
        world = cls(layout)
        world.load(column)
        return world

    def copy(self, lanes: int | None = None) -> World:
        """A world of its own: the same lanes, or lane 0 repeated `lanes` times."""
        other = World(self.layout, self.lanes if lanes is None else lanes)
        if lanes is None:
            other._arrays = self._arrays.copy()
        else:
            other._arrays = {name: data[..., :1] for name, data in self._arrays.items()}
        return other

    def among(self, lanes: npt.NDArray[np.intp]) -> World:
        """Some of the lanes, in this order."""
        other = World(self.layout, len(lanes))
        for name, data in self._arrays.items():
            if data.shape[-1] > 1:
                data = data.take(lanes, axis=-1)  # indexing would lay lanes out far apart
                data.flags.writeable = False
            other._arrays[name] = data
        return other

    @classmethod
    def joined(cls, parts: Sequence[tuple[npt.NDArray[np.intp], World]]) -> World:
        """One world of several: each with the lanes that are its own."""
        order = np.argsort(np.concatenate([own for own, _ in parts]))
        world = cls(parts[0][1].layout, len(order))
        for name in parts[0][1]._arrays:
            found = [part._arrays[name] for _, part in parts]
            whole = found[0]
            if not all(_alike(whole, data) for data in found):
                kinds = {data.dtype for data in found}
                kind = _BOOL if kinds == {_BOOL} else np.float64
                spread = [
                    np.broadcast_to(data, (*data.shape[:-1], len(own)))
                    for (own, _), data in zip(parts, found, strict=True)
                ]
                whole = np.concatenate(spread, axis=-1, dtype=kind).take(order, axis=-1)
            world.replace(name, whole)
        return world

    def freeze(self, before: World, done: npt.NDArray[np.bool_]) -> None:
        """Put lanes whose game is over (`done`, a mask [lanes]) back to what they were."""
        if not done.any():
            return
        lanes = np.flatnonzero(done)
        for name, data in tuple(self._arrays.items()):
            was = before.held(name).data
            if data is not was:
                self.replace(name, _restored(data, was, lanes, self.lanes))

    def not_finite(self, before: World) -> str | None:
        """The first cell that is no number, by its label, among what was put since `before`."""
        past = before._arrays
        put = [
            name
            for name, data in self._arrays.items()
            if past.get(name) is not data and data.dtype is not _BOOL
        ]
        if self.lanes == 1 and np.isfinite(_flat([self._arrays[n] for n in put])).all():
            return None
        for name in put:
            data = self._arrays[name]
            # A sum of finite numbers within the grid's range is finite.
            if not np.isfinite(np.add.reduce(data, axis=None)):
                slot = self.layout.slots[name]
                cell = int(np.argwhere(~np.isfinite(data.reshape(slot.size, -1)))[0][0])
                return self.layout.label(slot.first + cell)
        return None

    def digest(self, lane: int = 0) -> str:
        """BLAKE2b-128 over the lane's grid integers: the same bytes on every machine."""
        return self.digest_of(self.pack(lane))

    @staticmethod
    def digest_of(packed: bytes) -> str:
        """The digest of a lane that `pack` wrote."""
        return hashlib.blake2b(packed, digest_size=16).hexdigest()

    def pack(self, lane: int = 0) -> bytes:
        """One lane as grid integers, little-endian."""
        return to_integers(self.column(lane)).astype("<i8").tobytes()

    @classmethod
    def unpack(cls, layout: Layout, packed: bytes) -> World:
        """The world of one lane that `pack` wrote."""
        return cls.of(layout, np.frombuffer(packed, dtype="<i8").astype(np.float64) * GRID)


def _alike(first: Array, second: Array) -> bool:
    """Whether both are one array, or one lane of the same values."""
    if first is second:
        return True
    alone = first.shape[-1] == second.shape[-1] == 1 and first.dtype is second.dtype
    return alone and first.tobytes() == second.tobytes()


def _restored(data: Array, was: Array, lanes: npt.NDArray[np.intp], count: int) -> Array:
    """The values, with some lanes of all put back to what they were."""
    if len(lanes) == count:
        return was
    kept = np.array(np.broadcast_to(data, (*data.shape[:-1], count)))
    if kept.dtype is _BOOL and was.dtype is not _BOOL:
        kept = kept.astype(np.float64)
    kept[..., lanes] = was if was.shape[-1] == 1 else was[..., lanes]
    return kept


def _flat(arrays: Sequence[Array]) -> Array:
    return np.concatenate([data.reshape(-1) for data in arrays]) if arrays else np.zeros(0)


class Slips(Sheet):
    """What has been ordered: for each decision a value per (who, targets), 0 where nothing.

    Only decisions that something was ordered of take memory.
    """

    __slots__ = ()

    @classmethod
    def empty(cls, layout: Layout, lanes: int = 1) -> Slips:
        """No orders at all."""
        return cls(layout, lanes)

    @property
    def touched(self) -> Iterable[str]:
        """The decisions that something was written for: all others are known to be 0."""
        return self._arrays.keys()

    def writable(self, name: str) -> Array:
        """The decision's own memory, `[*axes, lanes]`, for whoever fills in the slips."""
        data = self._arrays.get(name)
        if data is None or data.shape[-1] != self.lanes or not data.flags.writeable:
            slot = self.layout.slots[name]
            now = 0.0 if data is None else data
            data = np.array(np.broadcast_to(now, (*slot.shape, self.lanes)), dtype=np.float64)
            self._arrays[name] = data
            self._cells.pop(name, None)
        return data

    def close(self) -> None:
        """No more is written: what was ordered is looked at as it will stay."""
        for name, data in self._arrays.items():
            if data.flags.writeable:
                self.replace(name, data)


def field_rows(fields: Iterable[Field]) -> list[tuple[str, Axes]]:
    """What a world stores: each field, and behind a derived one its parts."""
    rows: list[tuple[str, Axes]] = []
    for field in fields:
        rows.append((field.name, field.axes))
        rows.extend((f"{field.name}/{part.name}", part.axes) for part in field.parts)
    return rows


def slip_rows(decisions: Iterable[Decision]) -> list[tuple[str, Axes]]:
    """What slips store: each decision, over who orders and the targets."""
    return [(decision.name, decision.slip_axes) for decision in decisions]


def start_values(field: Field, roster: Roster) -> Array:
    """The values a field starts from, over its axes; refuses what its range does not hold."""
    shape = roster.shape(field.axes)
    values = np.zeros(shape)
    if callable(field.start):
        for names, value in field.start(roster).items():
            where = tuple(roster.index(a, n) for a, n in zip(field.axes, names, strict=True))
            values[where] = value
    else:
        values[...] = float(field.start)  # type: ignore[arg-type]
    check(values, field.name)
    held = np.minimum(np.maximum(snap(values), field.low), field.high)
    return np.asarray(held)  # a field without axes is an array too
