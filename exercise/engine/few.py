"""The few cells where a mask holds, worked on alone.

A seat releases its own reports, of the many there are; a formula that matters for these alone need
not be worked out for all. Each entry of the mask becomes a lane of its own: rules never look from
one lane to another, so what holds for games side by side holds for entries too.
"""

from __future__ import annotations

import numpy as np

from exercise.engine.axes import Axes
from exercise.engine.cells import Cells, snapped
from exercise.engine.exact import Array
from exercise.engine.known import MANY, MASK, truth


class Few:
    """The entries of a mask, side by side: `few(cells)` are their values, `few.back` puts back."""

    def __init__(self, mask: Cells, lanes: int) -> None:
        self.axes: Axes = mask.axes
        self._shape = (*mask.data.shape[:-1], lanes)
        found = np.broadcast_to(truth(mask.data), self._shape)
        self._where = dict(zip((*mask.axes, ""), np.nonzero(found), strict=True))

    def __len__(self) -> int:
        return len(self._where[""])

    def __call__(self, cells: Cells) -> Cells:
        """The cells' values at each entry: over the axes that the mask lacks, entries as lanes."""
        shared = [axis for axis in cells.axes if axis in self.axes]
        rest = tuple([axis for axis in cells.axes if axis not in self.axes])
        data = cells.over(*shared, *rest)
        turned = data.transpose(*range(len(shared)), -1, *range(len(shared), data.ndim - 1))
        places = [self._where[axis] for axis in shared]
        lane = self._where[""] if data.shape[-1] > 1 else np.zeros(1, np.intp)
        taken = turned[(*places, lane)]
        return Cells(np.ascontiguousarray(np.moveaxis(taken, 0, -1)), rest, min(cells.kind, MASK))

    def back(self, found: Cells) -> Cells:
        """What was found for the entries, put back on the grid where they are: 0 elsewhere."""
        made = snapped(found)
        shape = (*self._shape[:-1], *made.data.shape[:-1], self._shape[-1])
        truths = made.kind >= MASK and self._shape[-1] >= MANY
        whole: Array = np.zeros(shape, np.bool_ if truths else np.float64)
        turned = whole.transpose(*range(len(self.axes)), -1, *range(len(self.axes), whole.ndim - 1))
        turned[tuple(self._where.values())] = np.moveaxis(made.data, -1, 0)
        return Cells(whole, self.axes + made.axes, min(made.kind, MASK))
