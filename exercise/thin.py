"""Products with a thin table, summed or maximised without laying them out.

Relations (whose clause is it, whose unit) are tables of mostly 0, alike in all lanes. A product
with one is 0 wherever the table is, so its sum over an axis of the table needs the table's own
entries alone: they are gathered, multiplied in the order of the factors, and put together cell by
cell. The result is that of the whole product, to the last bit, as long as all is finite.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from exercise.exact import Array, snap

Axes = tuple[str, ...]
Factors = tuple[tuple[Array, Axes], ...]
"""What is multiplied, from left to right: arrays `[*axes, lanes]` with their axes."""

LANES = 8
"""With fewer lanes than this a product is laid out as quickly."""
SMALLEST = 24
THIN = 3
"""At most one entry of so many is other than 0 in a thin table."""


def table(factors: Factors) -> int | None:
    """Which factor is a thin table that is alike in all lanes; None where there is none."""
    if max(data.shape[-1] for data, _ in factors) < LANES:
        return None
    found, size = None, SMALLEST - 1
    for place, (data, axes) in enumerate(factors):
        alike = data.shape[-1] == 1 and len(axes) > 1 and data.size > size
        if alike and np.count_nonzero(data) * THIN <= data.size:
            found, size = place, data.size
    return found


@attrs.frozen(eq=False)
class _Plan:
    """A table's entries, and to which cell of the result each belongs.

    `where` are their places, axis by axis of the table. In `rounds` each cell is met once a
    round: pairs of cells (None for all, in order) and entries.
    """

    where: tuple[npt.NDArray[np.intp], ...]
    shape: tuple[int, ...]
    rounds: tuple[tuple[npt.NDArray[np.intp] | None, npt.NDArray[np.intp]], ...]
    gaps: bool
    """Whether some cell has a 0 of the table among what it is made of."""


@lru_cache(maxsize=2048)
def _plan(entries: bytes, shape: tuple[int, ...], kept: tuple[int, ...]) -> _Plan:
    values = np.frombuffer(entries).reshape(shape)
    where = np.nonzero(values)
    left = tuple(shape[dim] for dim in kept)
    cells = int(np.prod(left, dtype=np.intp))
    owner = np.zeros(len(where[0]), dtype=np.intp)
    if kept:
        owner = np.ravel_multi_index(tuple(where[dim] for dim in kept), left)
    order = np.argsort(owner, kind="stable")
    counts = np.bincount(owner, minlength=cells)
    starts = np.cumsum(counts) - counts
    rounds = []
    for number in range(int(counts.max(initial=0))):
        met = np.flatnonzero(counts > number)
        whole = len(met) == cells and number == 0
        rounds.append((None if whole else met, order[starts[met] + number]))
    gaps = bool((counts < values.size // max(cells, 1)).any())
    return _Plan(where, left, tuple(rounds), gaps)


def _gathered(data: Array, axes: Axes, plan: _Plan, own: Axes, others: Axes) -> Array:
    """A factor at the table's entries: `[entry, *others, lanes]`, 1 where it lacks an axis."""
    shared = tuple(axis for axis in own if axis in axes)
    rest = tuple(axis for axis in others if axis in axes)
    turned = data.transpose(*(axes.index(axis) for axis in shared + rest), len(axes))
    if shared:
        taken = turned[tuple(plan.where[own.index(axis)] for axis in shared)]
    else:
        taken = turned[None]
    lacking = [slice(None), *(slice(None) if axis in axes else None for axis in others)]
    return taken if rest == others else taken[tuple(lacking)]


def reduced(
    op: np.ufunc, factors: Factors, place: int, axes: Axes, over: Axes, *, on_grid: bool
) -> tuple[Array, Axes]:
    """The sum or the maximum (`op`) of a product over some axes, and the axes it then has.

    `place` is the thin table's among the factors, `axes` are the whole product's; `on_grid` says
    that no product needs to be rounded before it is summed.
    """
    thin, own = factors[place]
    kept = tuple(dim for dim, axis in enumerate(own) if axis not in over)
    others = tuple(axis for axis in axes if axis not in own)
    plan = _plan(thin.tobytes(), thin.shape[:-1], kept)
    product: Any = None
    for data, names in factors:
        factor = _gathered(data, names, plan, own, others)
        product = factor if product is None else product * factor
    if op is np.add and not on_grid:
        product = snap(product)
    dims = tuple(dim for dim, axis in enumerate(others, start=1) if axis in over)
    if dims:
        product = op.reduce(product, axis=dims)
    left = tuple(axis for axis in others if axis not in over)
    result = _gather(op, plan, product)
    if op is np.maximum and plan.gaps:
        np.maximum(result, 0.0, out=result)
    return result.reshape(*plan.shape, *result.shape[1:]), tuple(own[d] for d in kept) + left


def _gather(op: np.ufunc, plan: _Plan, product: Array) -> Array:
    """Put the entries' products together, cell by cell: `[cell, ...]`."""
    cells = int(np.prod(plan.shape, dtype=np.intp))
    result: Array | None = None
    for met, entries in plan.rounds:
        if met is None:
            result = product[entries]
        elif result is None:
            result = np.zeros((cells, *product.shape[1:]))
            result[met] = product[entries]
        elif len(met) == cells:
            op(result, product[entries], out=result)
        else:
            result[met] = op(result[met], product[entries])
    return np.zeros((cells, *product.shape[1:])) if result is None else result
