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

from exercise.engine.exact import Array, snap

Axes = tuple[str, ...]
Factors = tuple[tuple[Array, Axes], ...]
"""What is multiplied, from left to right: arrays `[*axes, lanes]` with their axes."""

LANES = 8
"""With fewer lanes than this a product is laid out as quickly."""
SMALLEST = 24
_BOOL: Any = np.dtype(np.bool_)
THIN = 3
"""At most one entry of so many is other than 0 in a thin table."""


def sizes(factors: Factors, axes: Axes) -> tuple[int, ...]:
    """How long each axis of a product is."""
    found: dict[str, int] = {}
    for data, names in factors:
        for axis, size in zip(names, data.shape, strict=False):
            found[axis] = max(size, found.get(axis, 1))
    return tuple([found[axis] for axis in axes])


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
    round: pairs of cells and entries (None for all, in order).
    """

    where: tuple[npt.NDArray[np.intp], ...]
    shape: tuple[int, ...]
    rounds: tuple[tuple[npt.NDArray[np.intp] | None, npt.NDArray[np.intp] | None], ...]
    gaps: bool
    """Whether some cell has a 0 of the table among what it is made of."""
    relation: bool
    """Whether all entries are 1, so that nothing is multiplied by them."""
    in_order: tuple[bool, ...]
    """For each axis of the table, whether its entries are those of the axis, one after another."""


@lru_cache(maxsize=2048)
def _plan(entries: bytes, kind: str, shape: tuple[int, ...], kept: tuple[int, ...]) -> _Plan:
    values = np.frombuffer(entries, kind).reshape(shape)
    where = np.nonzero(values)
    left = tuple(shape[dim] for dim in kept)
    cells = int(np.prod(left, dtype=np.intp))
    owner = np.zeros(len(where[0]), dtype=np.intp)
    if kept:
        owner = np.ravel_multi_index(tuple(where[dim] for dim in kept), left)
    order = np.argsort(owner, kind="stable")
    counts = np.bincount(owner, minlength=cells)
    starts = np.cumsum(counts) - counts
    rounds: list[tuple[npt.NDArray[np.intp] | None, npt.NDArray[np.intp] | None]] = []
    for number in range(int(counts.max(initial=0))):
        met = np.flatnonzero(counts > number)
        whole = len(met) == cells and number == 0
        found = order[starts[met] + number]
        rounds.append((None if whole else met, None if _is_range(found, len(owner)) else found))
    gaps = bool((counts < values.size // max(cells, 1)).any())
    in_order = tuple(_is_range(at, size) for at, size in zip(where, shape, strict=True))
    return _Plan(where, left, tuple(rounds), gaps, bool((values[where] == 1.0).all()), in_order)


def _is_range(places: npt.NDArray[np.intp], size: int) -> bool:
    return len(places) == size and bool((places == np.arange(size)).all())


def _gathered(data: Array, axes: Axes, plan: _Plan, own: Axes, others: Axes) -> Array:
    """A factor at the table's entries: `[entry, *others, lanes]`, 1 where it lacks an axis."""
    shared = tuple(axis for axis in own if axis in axes)
    rest = tuple(axis for axis in others if axis in axes)
    turned = data.transpose(*(axes.index(axis) for axis in shared + rest), len(axes))
    dims = [own.index(axis) for axis in shared]
    if not dims:
        taken = turned[None]
    elif len(dims) == 1 and plan.in_order[dims[0]]:
        taken = turned
    else:
        taken = turned[tuple(plan.where[dim] for dim in dims)]
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
    plan = _plan(thin.tobytes(), thin.dtype.char, thin.shape[:-1], kept)
    product: Any = None
    for number, (data, names) in enumerate(factors):
        if number != place or not plan.relation or len(factors) == 1:
            factor = _gathered(data, names, plan, own, others)
            product = factor if product is None else product * factor
    if op is np.add:
        product = product.astype(np.float64, copy=False) if on_grid else snap(product)
    if product.shape[0] != len(plan.where[0]):
        product = np.broadcast_to(product, (len(plan.where[0]), *product.shape[1:]))
    dims = tuple(dim for dim, axis in enumerate(others, start=1) if axis in over)
    if dims:
        product = op.reduce(product, axis=dims)
    left = tuple(axis for axis in others if axis not in over)
    result = _gather(op, plan, product)
    if op is np.maximum and plan.gaps and result.dtype is not _BOOL:
        result = np.maximum(result, 0.0)
    return result.reshape(*plan.shape, *result.shape[1:]), tuple(own[d] for d in kept) + left


def _gather(op: np.ufunc, plan: _Plan, product: Array) -> Array:
    """Put the entries' products together, cell by cell: `[cell, ...]`."""
    cells = int(np.prod(plan.shape, dtype=np.intp))
    result: Array | None = None
    for met, entries in plan.rounds:
        found = product if entries is None else product[entries]
        if met is None:
            result = found
        elif result is None:
            result = np.zeros((cells, *product.shape[1:]), product.dtype)
            result[met] = found
        elif len(met) == cells:
            result = op(result, found)
        else:
            result[met] = op(result[met], found)
    return np.zeros((cells, *product.shape[1:]), product.dtype) if result is None else result
