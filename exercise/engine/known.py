"""What is known of arrays before they are calculated with, so that much need not be.

Masks hold 0 or 1 and are kept as truth values in a batch, in an eighth of the memory. What is the
same in all lanes is kept in one. What is 0 everywhere, as most orders of most turns are, takes no
work at all: a product with it is 0 everywhere, a sum with it is the other summand.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

# What np.count_nonzero asks in the end; a turn counts some 2,800 times, at a third of the price.
from numpy._core.multiarray import count_nonzero as count_nonzero

from exercise.engine import exact
from exercise.engine.axes import Axes, joint
from exercise.engine.exact import Array

ANY, ON_GRID, MASK, FULL, NONE = range(5)
"""What is known of cells: nothing, that they are on the grid, that they are 0 or 1, that all are 1,
that all are 0. The last two are masks too, and all masks are on the grid."""

PRODUCT = (
    (ANY, ANY, ANY, ANY, ANY),
    (ANY, ANY, ON_GRID, ON_GRID, ON_GRID),
    *((ANY, ON_GRID, MASK, MASK, MASK),) * 3,
)
"""What is known of a product, by what is known of its factors."""
SUM = ((ANY,) * 5, *((ANY, *(ON_GRID,) * 4),) * 4)
"""What is known of a sum, by what is known of its summands."""
EXTREME = tuple(tuple(min(a, b, MASK) for b in range(5)) for a in range(5))
"""What is known of the larger or the smaller of two."""
_PROBES = 32
"""So many lanes tell, as a rule, whether all are alike."""
MANY = 8
"""From so many lanes on, masks are kept as truth values."""


BOOL: Any = np.dtype(np.bool_)


def truth(data: Any) -> Any:
    """A mask's data as truth values."""
    return data if data.dtype is BOOL else data.astype(BOOL)


def is_mask(data: Array) -> bool:
    """Whether all values are 0 or 1."""
    return bool(((data == 0.0) | (data == 1.0)).all())


def known(data: Array) -> int:
    """What is known of values on the grid once they are looked at."""
    some = count_nonzero(data)
    if not some:
        return NONE
    if data.dtype is not BOOL and not is_mask(data):
        return ON_GRID
    return FULL if some == data.size else MASK


def alike(data: Array) -> Array:
    """Values in one lane, if they are the same in all of many; else as they are."""
    lanes = data.shape[-1]
    if lanes < MANY or data[..., 0].tobytes() != data[..., lanes // 2].tobytes():
        return data
    first = data[..., :1]
    if lanes > _PROBES and not (data[..., :: lanes // _PROBES] == first).all():
        return data
    return first if (data == first).all() else data


@lru_cache(maxsize=4096)
def everywhere(value: float, shape: tuple[int, ...]) -> Array:
    """Cells that are all 0 or all 1, in one lane."""
    data = np.full((*shape, 1), value)
    data.flags.writeable = False
    return data


def masked(data: Array) -> Array:
    """Values between 0 and 1, as truth values if they are many and a mask; else as they are."""
    if data.shape[-1] < MANY or data.dtype is BOOL:
        return data
    if not is_mask(data.reshape(-1)[:64]):
        return data
    truth = data.astype(BOOL)
    # Of numbers that are 1 at most, as many as are not 0 sum to their count if all are 1.
    return truth if np.add.reduce(data, axis=None) == count_nonzero(truth) else data


@lru_cache(maxsize=8192)
def met(
    first: Axes, sizes: tuple[int, ...], second: Axes, others: tuple[int, ...]
) -> tuple[Axes, Array, bool, bool]:
    """The axes of a result, 0 over all of it, and whether each operand lies over all of it."""
    out = joint(first, second)
    one, two = dict(zip(first, sizes, strict=True)), dict(zip(second, others, strict=True))
    shape = tuple([max(one.get(a, 1), two.get(a, 1)) for a in out])
    if 0 in sizes + others:
        shape = tuple([min(one.get(a, s), two.get(a, s)) for a, s in zip(out, shape, strict=True)])
    return (
        out,
        everywhere(0.0, shape),
        (out, shape) == (first, sizes),
        (out, shape) == (second, others),
    )


def _both(first: Array, second: Array) -> tuple[Array, Array]:
    """Two masks, kept in the same way."""
    if first.dtype is second.dtype:
        return first, second
    return truth(first), truth(second)


def added(first: Array, second: Array) -> Array:
    """The sum of two masks, which may be truth values."""
    if first.dtype is BOOL is second.dtype:
        return np.add(first.view(np.int8), second.view(np.int8)).astype(np.float64)
    return np.add(first, second, dtype=np.float64)


def taken(first: Array, second: Array) -> Array:
    """The difference of two masks, which may be truth values."""
    if first.dtype is BOOL is second.dtype:
        return np.subtract(first.view(np.int8), second.view(np.int8)).astype(np.float64)
    return np.subtract(first, second, dtype=np.float64)


def counted(data: Any, dims: tuple[int, ...]) -> Array:
    """How many of truth values hold, over some dimensions: exact, whatever their number."""
    if math.prod([data.shape[dim] for dim in dims]) < 256:
        count = np.add.reduce(data.view(np.uint8), axis=dims, dtype=np.uint8)
        return np.asarray(count).astype(np.float64)
    return np.asarray(np.add.reduce(data, axis=dims, dtype=np.float64))


def _of_masks(op: np.ufunc) -> Callable[[Array, Array], Array]:
    def work(first: Array, second: Array) -> Array:
        found: Array = op(*_both(first, second))
        return found

    return work


MASKS: dict[Any, Callable[[Array, Array], Array]] = {
    **{op: _of_masks(op) for op in (np.multiply, np.maximum, np.minimum)},
    np.add: added,
    np.subtract: taken,
}
"""What an operation is on two masks, which may be truth values."""


_scalars: dict[float, tuple[Array, int]] = {}


def scalar(value: float) -> tuple[Array, int]:
    """A number as an array without axes, which NumPy takes in faster, and what is known of it."""
    found = _scalars.get(value)
    if found is None:
        if len(_scalars) > 10_000:
            _scalars.clear()
        number = float(value) + 0.0
        whole = (number / exact.GRID).is_integer() and abs(number) < exact.LIMIT
        kind = FULL if number == 1.0 else ON_GRID if whole else ANY
        kind = kind if number else NONE
        found = _scalars[value] = np.array(number), kind
    return found
