"""The world: every field of an exercise in one flat buffer, one lane or thousands.

Invariants: a field is a named view of the buffer, rows first, lanes last and contiguous; every
value is on the grid; views handed out are read-only. A snapshot, a fork and a digest are one
copy of one array. The same layout serves the slips (orders), which are an array per decision.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence

import attrs
import numpy as np
import numpy.typing as npt

from exercise.cells import Axes, Cells
from exercise.declare import Decision, Field
from exercise.exact import GRID, Array, check, snap, to_integers
from exercise.roster import Roster, cell_name


@attrs.frozen
class Slot:
    """Where one quantity lies in the buffer: its rows, its axes and their lengths."""

    name: str
    axes: Axes
    shape: tuple[int, ...]
    first: int

    @property
    def size(self) -> int:
        """How many cells it has in a lane."""
        return math.prod(self.shape)

    @property
    def rows(self) -> slice:
        """Its rows of the buffer."""
        return slice(self.first, self.first + self.size)


@attrs.frozen(eq=False)
class Layout:
    """Which rows of a buffer are whose, in declared order."""

    roster: Roster
    slots: Mapping[str, Slot]
    size: int

    @classmethod
    def of(cls, roster: Roster, quantities: Iterable[tuple[str, Axes]]) -> Layout:
        """Lay named quantities over their axes one after the other."""
        slots: dict[str, Slot] = {}
        size = 0
        for name, axes in quantities:
            slot = Slot(name, axes, roster.shape(axes), size)
            slots[name] = slot
            size += slot.size
        return cls(roster, slots, size)

    def row(self, name: str, names: Sequence[str]) -> int:
        """The row of one cell; raises `KeyError` for a name that is not on its axis."""
        slot = self.slots[name]
        where = [self.roster.index(a, n) for a, n in zip(slot.axes, names, strict=True)]
        return slot.first + (int(np.ravel_multi_index(where, slot.shape)) if where else 0)

    def names(self, row: int) -> tuple[str, tuple[str, ...]]:
        """The quantity and the cell's names that a row holds."""
        for slot in self.slots.values():
            if slot.first <= row < slot.first + slot.size:
                where = np.unravel_index(row - slot.first, slot.shape) if slot.shape else ()
                names = tuple(
                    self.roster.of(axis)[int(k)] for axis, k in zip(slot.axes, where, strict=True)
                )
                return slot.name, names
        raise KeyError(f"no row {row}")

    def label(self, row: int) -> str:
        """A row as people write it: `module.field[name,name]`."""
        return cell_name(*self.names(row))


class Sheet:
    """A buffer of float64 `[rows, lanes]` under a layout."""

    __slots__ = ("_cells", "_read", "buffer", "layout")

    def __init__(self, layout: Layout, buffer: Array) -> None:
        self.layout = layout
        self.buffer = buffer
        self._cells: dict[str, Cells] = {}
        self._read = buffer.view()
        self._read.flags.writeable = False

    @property
    def lanes(self) -> int:
        """How many games lie side by side."""
        return int(self.buffer.shape[1])

    def __getitem__(self, name: str) -> Cells:
        cells = self._cells.get(name)
        if cells is None:
            slot = self.layout.slots[name]
            data = self._read[slot.rows].reshape(*slot.shape, self.buffer.shape[1])
            cells = self._cells[name] = Cells(data, slot.axes)
        return cells

    def writable(self, name: str) -> Array:
        """The field's own memory, `[*axes, lanes]`; for the ledger and for set-up alone."""
        slot = self.layout.slots[name]
        return self.buffer[slot.rows].reshape(*slot.shape, self.buffer.shape[1])

    def value(self, name: str, names: Sequence[str], lane: int = 0) -> float:
        """One cell in one lane."""
        return float(self.buffer[self.layout.row(name, names), lane])


class World(Sheet):
    """The state of an exercise, `[rows, lanes]`."""

    __slots__ = ()

    @classmethod
    def empty(cls, layout: Layout, lanes: int = 1) -> World:
        """A world of zeros."""
        return cls(layout, np.zeros((layout.size, lanes)))

    def copy(self, lanes: int | None = None) -> World:
        """A world of its own: the same lanes, or lane 0 repeated `lanes` times."""
        if lanes is None:
            return World(self.layout, self.buffer.copy())
        return World(self.layout, np.repeat(self.buffer[:, :1], lanes, axis=1))

    def freeze(self, before: World, done: npt.NDArray[np.bool_]) -> None:
        """Put lanes whose game is over (`done`, a mask [lanes]) back to what they were."""
        over = np.flatnonzero(done)
        if over.size:
            self.buffer[:, over] = before.buffer[:, over]

    def digest(self, lane: int = 0) -> str:
        """BLAKE2b-128 over the lane's grid integers: the same bytes on every machine."""
        column = to_integers(np.ascontiguousarray(self.buffer[:, lane])).astype("<i8")
        return hashlib.blake2b(column.tobytes(), digest_size=16).hexdigest()

    def pack(self, lane: int = 0) -> bytes:
        """One lane as grid integers, little-endian."""
        column = to_integers(np.ascontiguousarray(self.buffer[:, lane]))
        return column.astype("<i8").tobytes()

    @classmethod
    def unpack(cls, layout: Layout, packed: bytes) -> World:
        """The world of one lane that `pack` wrote."""
        column = np.frombuffer(packed, dtype="<i8").astype(np.float64) * GRID
        return cls(layout, column.reshape(-1, 1))


class Slips(Sheet):
    """What has been ordered: for each decision a value per (who, targets), 0 where nothing.

    `touched` names the decisions that anything was written for: all others are known to be 0.
    """

    __slots__ = ("touched",)

    def __init__(self, layout: Layout, buffer: Array) -> None:
        super().__init__(layout, buffer)
        self.touched: set[str] = set()

    @classmethod
    def empty(cls, layout: Layout, lanes: int = 1) -> Slips:
        """No orders at all."""
        return cls(layout, np.zeros((layout.size, lanes)))

    def __getitem__(self, name: str) -> Cells:
        if name in self.touched:
            return super().__getitem__(name)
        cells = self._cells.get(name)
        if cells is None:
            slot = self.layout.slots[name]
            cells = self._cells[name] = Cells(np.zeros((*slot.shape, 1)), slot.axes)
        return cells

    def writable(self, name: str) -> Array:
        """The decision's own memory, `[*axes, lanes]`."""
        if name not in self.touched:
            self.touched.add(name)
            self._cells.pop(name, None)
        return super().writable(name)

    def put(self, name: str, names: Sequence[str], value: float) -> None:
        """Write one order, in all lanes; raises `KeyError` for a name not on its axis."""
        row = self.layout.row(name, names)
        self.writable(name)
        self.buffer[row] = value


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
