"""What rules calculate with: cells (see `operands`) and the functions of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from exercise.engine import exact
from exercise.engine.axes import Axes as Axes
from exercise.engine.axes import base as base
from exercise.engine.axes import laid as laid
from exercise.engine.exact import Array
from exercise.engine.known import MASK, NONE, ON_GRID, count_nonzero, scalar
from exercise.engine.operands import Cells as Cells
from exercise.engine.operands import extreme


def number(value: float) -> Cells:
    """A number as cells without axes, in one lane."""
    data, kind = scalar(value)
    return Cells(data.reshape(1), (), kind)


def none(cells: Cells) -> bool:
    """Whether all are 0, in all lanes: what only comes of them need not be worked out."""
    return cells.kind == NONE or not count_nonzero(cells.data)


def where(mask: Cells, then: Cells | float, otherwise: Cells | float) -> Cells:
    """`then` where the mask is 1, `otherwise` where it is 0; both must be finite."""
    if isinstance(otherwise, Cells) or isinstance(then, Cells):
        gap = then - otherwise if isinstance(then, Cells) else -(otherwise - then)
        return otherwise + mask * gap
    return mask * (then - otherwise) + otherwise


def minimum(first: Cells | float, second: Cells | float) -> Cells:
    """The smaller of two, cell by cell."""
    return extreme(np.minimum, first, second)


def maximum(first: Cells | float, second: Cells | float) -> Cells:
    """The larger of two, cell by cell."""
    return extreme(np.maximum, first, second)


def clip(value: Cells, low: float = 0.0, high: float = 1.0) -> Cells:
    """The value, held between two limits."""
    least, kind = scalar(low)
    most, other = scalar(high)
    data = exact.between(value.data, least, most)
    return Cells(data, value.axes, min(value.kind, kind, other, MASK))


def ratio(above: Cells | float, below: Cells, otherwise: float = 0.0) -> Cells:
    """A quotient that is `otherwise` wherever the divisor is 0."""
    zero = below.equals(0.0)
    return where(zero, otherwise, above / (below + zero))


def snapped(value: Cells) -> Cells:
    """The value, rounded to the grid."""
    return Cells(exact.snap(value.data), value.axes, ON_GRID) if not value.kind else value


def _lift(function: Callable[[Any], Array]) -> Callable[[Cells], Cells]:
    def lifted(value: Cells) -> Cells:
        return Cells(function(value.data), value.axes)

    lifted.__doc__ = function.__doc__
    lifted.__name__ = function.__name__
    return lifted


exp = _lift(exact.exp)
log = _lift(exact.log)
logistic = _lift(exact.logistic)
tanh = _lift(exact.tanh)
normal = _lift(exact.normal)


def _sqrt(value: Array) -> Array:
    """The square root of cells that are 0 or more."""
    root: Array = np.sqrt(value, dtype=np.float64)
    return root


sqrt = _lift(_sqrt)


def power(value: Cells, exponent: float) -> Cells:
    """Cells of 0 or more, raised to an exponent."""
    return Cells(exact.power(value.data, exponent), value.axes)
