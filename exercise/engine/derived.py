"""What is kept about derived fields from one turn to the next: values, and the way to new ones.

Both depend on nothing but the ruleset and the parts, so that keeping them changes no number.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from math import prod

import attrs
import numpy as np
import numpy.typing as npt

from exercise.engine.cells import Axes, Cells
from exercise.engine.declare import Field
from exercise.engine.exact import Array
from exercise.engine.roster import Roster


def alike(was: Array, now: Array) -> bool:
    """Whether two arrays on the grid hold the same values."""
    if was is now:
        return True
    if was.dtype is now.dtype:
        return was.tobytes() == now.tobytes()
    return bool((was == now).all())


@attrs.frozen(eq=False)
class Path:
    """How a derived field goes from its old parts to its new ones, entry by entry, as lanes."""

    steps: int
    taken: tuple[npt.NDArray[np.bool_] | None, ...]
    """For each part, over its cells and lanes, whether the new one is taken; None for always."""
    entries: tuple[tuple[int, int, int, tuple[int, ...], Axes], ...]
    """For each part that moved its place, its lanes from and to, their shape and a line's axes."""
    stops: tuple[npt.NDArray[np.intp], ...] = ()
    """For each part that moved, which of its entries have a lane; () for: all have."""

    @classmethod
    def of(cls, field: Field, moved: Sequence[bool], roster: Roster) -> Path:
        """The path on which these of the field's parts move."""
        extras = [tuple(a for a in part.axes if a not in field.axes) for part in field.parts]
        counts = [prod(roster.shape(x)) if m else 0 for x, m in zip(extras, moved, strict=True)]
        ends = list(accumulate(counts))
        order = np.arange(ends[-1] + 1)
        taken: list[npt.NDArray[np.bool_] | None] = []
        entries = []
        for place, (part, extra) in enumerate(zip(field.parts, extras, strict=True)):
            first, last = ends[place] - counts[place], ends[place]
            if not moved[place]:
                taken.append(None)
                continue
            shape = roster.shape(tuple(a if a in extra else "" for a in part.axes))
            turns_new = order[first + 1 : last + 1].reshape(*shape, 1)
            taken.append(order >= turns_new)
            entries.append((place, first, last, roster.shape(extra), field.axes + extra))
        return cls(ends[-1], tuple(taken), tuple(entries))

    def among(self, field: Field, old: Sequence[Array], new: Sequence[Array]) -> Path:
        """The same path, past the entries that are what they were: they would move nothing."""
        if self.steps < LONG:
            return self
        turns: list[npt.NDArray[np.intp] | None] = [None] * len(self.taken)
        entries, stops, last = [], [], 0
        for place, _, _, shape, axes in self.entries:
            own = field.parts[place].axes
            shared = tuple([dim for dim, axis in enumerate(own) if axis in field.axes])
            stop = np.flatnonzero((old[place] != new[place])[..., 0].any(axis=shared))
            first, last = last, last + len(stop)
            turns_new = np.zeros(shape, np.intp)
            turns_new.reshape(-1)[stop] = np.arange(first + 1, last + 1)
            turns[place] = np.expand_dims(turns_new, (*shared, len(own)))
            entries.append((place, first, last, shape, axes))
            stops.append(stop)
        order = np.arange(last + 1)
        taken = tuple([None if turn is None else order >= turn for turn in turns])
        return Path(last, taken, tuple(entries), tuple(stops))


LONG = 16
"""From so many steps on a path past what did not move is worth finding."""


@attrs.frozen(eq=False)
class Parts:
    """The parts of a derived field: what they and their stored forms are called, axes, lengths."""

    names: tuple[str, ...]
    stored: tuple[str, ...]
    axes: tuple[Axes, ...]
    shapes: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, field: Field, roster: Roster) -> Parts:
        """The parts that a field declares."""
        return cls(
            tuple(part.name for part in field.parts),
            tuple(f"{field.name}/{part.name}" for part in field.parts),
            tuple(part.axes for part in field.parts),
            tuple(roster.shape(part.axes) for part in field.parts),
        )


class Memory:
    """The last value of each derived field and what it came from, in games of one lane.

    A derived field is a function of its parts alone, so that from equal parts it need not be
    computed again, whichever game they are of.
    """

    def __init__(self) -> None:
        self._last: dict[str, tuple[list[Array], Array]] = {}
        self._parts: dict[str, Parts] = {}
        self._paths: dict[tuple[str, tuple[bool, ...]], Path] = {}

    def recall(self, field: Field, parts: list[Cells]) -> Array | None:
        """The field's value if its parts are what they last were.

        Parts that are become the very arrays that they last were, even where others differ.
        """
        known = self._last.get(field.name)
        if known is None:
            return None
        same = True
        for cells, was in zip(parts, known[0], strict=True):
            now = cells.data
            if now is not was:
                if now.shape[-1] == 1 and now.tobytes() == was.tobytes():
                    cells.data = was
                else:
                    same = False
        return known[1] if same else None

    def keep(self, field: Field, parts: list[Cells], held: Array) -> None:
        """Remember a value and its parts."""
        if held.shape[-1] == 1:
            self._last[field.name] = [cells.data for cells in parts], held

    def parts(self, field: Field, roster: Roster) -> Parts:
        """The parts of a derived field, as a world stores them."""
        found = self._parts.get(field.name)
        if found is None:
            found = self._parts[field.name] = Parts.of(field, roster)
        return found

    def path(self, field: Field, moved: tuple[bool, ...], roster: Roster) -> Path:
        """The path of a field on which these of its parts move."""
        found = self._paths.get((field.name, moved))
        if found is None:
            found = self._paths[field.name, moved] = Path.of(field, moved, roster)
        return found
