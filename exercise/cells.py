"""Numbers over named axes: what rules calculate with.

A rule says `threat * weight` and never counts positions: `Cells` knows which axis is which and
lines two operands up by name. The last axis is always *lanes* (games side by side) and has no
name. An axis used twice carries a role: `trust` lies over `("ally", "ally@to")`.

Masks are cells of 0.0 and 1.0: comparisons make them, `&`, `|` and `~` combine them, and
`where` chooses with them, so that no rule branches on the value of one lane.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from exercise import exact
from exercise.exact import Array

Axes = tuple[str, ...]
Operand = "Cells | float"


def base(axis: str) -> str:
    """The axis without its role: `ally@to` is the axis `ally`."""
    return axis.partition("@")[0]


@lru_cache(maxsize=4096)
def _joint(first: Axes, second: Axes) -> Axes:
    """The axes of a result: the richer operand's order, then what only the other has."""
    if set(first) < set(second):
        return second
    return first + tuple(axis for axis in second if axis not in first)


@lru_cache(maxsize=4096)
def _placing(axes: Axes, out: Axes) -> tuple[tuple[int, ...] | None, tuple[Any, ...]]:
    """How to lay `axes` into `out`: a transposition (or none) and an index with new axes."""
    order = tuple(axes.index(axis) for axis in out if axis in axes)
    swap = None if order == tuple(range(len(axes))) else (*order, len(axes))
    return swap, tuple(slice(None) if axis in axes else None for axis in out)


def laid(data: Array, axes: Axes, out: Axes) -> Array:
    """A view of `data` (over `axes`, lanes) that broadcasts over `out`, lanes."""
    if axes == out:
        return data
    swap, index = _placing(axes, out)
    if swap is not None:
        data = data.transpose(swap)
    placed: Array = data[index]
    return placed


def _binary(op: np.ufunc, first: Any, second: Any) -> Cells:
    if not isinstance(second, Cells):
        return Cells(op(first.data, second), first.axes)
    if not isinstance(first, Cells):
        return Cells(op(first, second.data), second.axes)
    if first.axes == second.axes:
        return Cells(op(first.data, second.data), first.axes)
    out = _joint(first.axes, second.axes)
    return Cells(op(laid(first.data, first.axes, out), laid(second.data, second.axes, out)), out)


def _mask(op: np.ufunc, first: Any, second: Any) -> Cells:
    found = _binary(op, first, second)
    return Cells(found.data.astype(np.float64), found.axes)


class Cells:
    """An array with names for its axes; `data` has one more axis than `axes`: lanes, last."""

    __array_ufunc__ = None  # so that `array * cells` is refused instead of half done
    __slots__ = ("axes", "data")

    def __init__(self, data: Array, axes: Axes) -> None:
        self.data = data
        self.axes = axes

    def __repr__(self) -> str:
        return f"Cells({', '.join(self.axes) or 'scalar'}; {self.data.shape})"

    @property
    def lanes(self) -> int:
        """How many games lie side by side."""
        return int(self.data.shape[-1])

    def __add__(self, other: Cells | float) -> Cells:
        return _binary(np.add, self, other)

    def __radd__(self, other: float) -> Cells:
        return _binary(np.add, self, other)

    def __sub__(self, other: Cells | float) -> Cells:
        return _binary(np.subtract, self, other)

    def __rsub__(self, other: float) -> Cells:
        return _binary(np.subtract, other, self)

    def __mul__(self, other: Cells | float) -> Cells:
        return _binary(np.multiply, self, other)

    def __rmul__(self, other: float) -> Cells:
        return _binary(np.multiply, self, other)

    def __truediv__(self, other: Cells | float) -> Cells:
        return _binary(np.true_divide, self, other)

    def __rtruediv__(self, other: float) -> Cells:
        return _binary(np.true_divide, other, self)

    def __neg__(self) -> Cells:
        return Cells(-self.data, self.axes)

    def __abs__(self) -> Cells:
        return Cells(np.abs(self.data), self.axes)

    def __gt__(self, other: Cells | float) -> Cells:
        return _mask(np.greater, self, other)

    def __ge__(self, other: Cells | float) -> Cells:
        return _mask(np.greater_equal, self, other)

    def __lt__(self, other: Cells | float) -> Cells:
        return _mask(np.less, self, other)

    def __le__(self, other: Cells | float) -> Cells:
        return _mask(np.less_equal, self, other)

    def equals(self, other: Cells | float) -> Cells:
        """Where the two are the same, as a mask."""
        return _mask(np.equal, self, other)

    def __and__(self, other: Cells) -> Cells:
        return _binary(np.multiply, self, other)

    def __or__(self, other: Cells) -> Cells:
        return _binary(np.maximum, self, other)

    def __invert__(self) -> Cells:
        return _binary(np.subtract, 1.0, self)

    def __bool__(self) -> bool:
        raise TypeError("cells have no truth of their own: use where(), any() or all()")

    def _dims(self, axes: tuple[str, ...]) -> tuple[int, ...]:
        return tuple(self.axes.index(axis) for axis in axes)

    def _left(self, axes: tuple[str, ...]) -> Axes:
        return tuple(axis for axis in self.axes if axis not in axes)

    def sum(self, *axes: str) -> Cells:
        """The sum over the named axes: each cell on the grid first, so in any order the same."""
        if not axes:
            return self
        return Cells(exact.total(self.data, self._dims(axes)), self._left(axes))

    def mean(self, *axes: str) -> Cells:
        """The plain mean over the named axes (0 where an axis is empty)."""
        count = 1
        for dim in self._dims(axes):
            count *= self.data.shape[dim]
        return self.sum(*axes) / float(max(count, 1))

    def max(self, *axes: str) -> Cells:
        """The largest value over the named axes, and never less than 0 over an empty one."""
        dims = self._dims(axes)
        if any(self.data.shape[dim] == 0 for dim in dims):
            return self.sum(*axes)
        return Cells(np.maximum.reduce(self.data, axis=dims), self._left(axes))

    def min(self, *axes: str) -> Cells:
        """The smallest value over the named axes (0 over an empty one)."""
        return -((-self).max(*axes))

    def any(self, *axes: str) -> Cells:
        """A mask: whether any cell over the named axes is not 0."""
        return (abs(self) > 0.0).max(*axes)

    def all(self, *axes: str) -> Cells:
        """A mask: whether every cell over the named axes is not 0."""
        return ~(~(abs(self) > 0.0)).max(*axes)

    def turned(self, **roles: str) -> Cells:
        """The same numbers with axes renamed: `trust.turned(ally="ally@to")`."""
        return self.named(dict(roles))

    def named(self, renames: dict[str, str]) -> Cells:
        """The same numbers with axes renamed by a mapping, all at once (so two may swap)."""
        return Cells(self.data, tuple(renames.get(axis, axis) for axis in self.axes))

    def over(self, *axes: str) -> Array:
        """The data laid in this order of axes (all of the cells' axes among them)."""
        return laid(self.data, self.axes, axes)

    def pick(self, axis: str, index: int) -> Cells:
        """One entry of an axis, which falls away."""
        dim = self.axes.index(axis)
        return Cells(self.data[(slice(None),) * dim + (index,)], self._left((axis,)))


def where(mask: Cells, then: Cells | float, otherwise: Cells | float) -> Cells:
    """`then` where the mask is 1, `otherwise` where it is 0; both must be finite."""
    if isinstance(otherwise, Cells) or isinstance(then, Cells):
        gap = then - otherwise if isinstance(then, Cells) else -(otherwise - then)
        return otherwise + mask * gap
    return mask * (then - otherwise) + otherwise


def minimum(first: Cells | float, second: Cells | float) -> Cells:
    """The smaller of two, cell by cell."""
    return _binary(np.minimum, first, second)


def maximum(first: Cells | float, second: Cells | float) -> Cells:
    """The larger of two, cell by cell."""
    return _binary(np.maximum, first, second)


def clip(value: Cells, low: float = 0.0, high: float = 1.0) -> Cells:
    """The value, held between two limits."""
    return Cells(np.minimum(np.maximum(value.data, low), high), value.axes)


def ratio(above: Cells | float, below: Cells, otherwise: float = 0.0) -> Cells:
    """A quotient that is `otherwise` wherever the divisor is 0."""
    zero = below.equals(0.0)
    return where(zero, otherwise, above / (below + zero))


def snapped(value: Cells) -> Cells:
    """The value, rounded to the grid."""
    return Cells(exact.snap(value.data), value.axes)


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
    root: Array = np.sqrt(value)
    return root


sqrt = _lift(_sqrt)


def power(value: Cells, exponent: float) -> Cells:
    """Cells of 0 or more, raised to an exponent."""
    return Cells(exact.power(value.data, exponent), value.axes)


def decay(half_life: float, weeks: Cells) -> Cells:
    """What is left after `weeks` of something that halves every `half_life` weeks."""
    return Cells(exact.decay(half_life, weeks.data), weeks.axes)


def chance(weekly: Cells | float, weeks: Cells) -> Cells:
    """The chance over `weeks` of what has the chance `weekly` in one: 1 − (1−p)^weeks."""
    if not isinstance(weekly, Cells):
        weekly = weeks * 0.0 + weekly
    keep = minimum(weekly, 1.0 - exact.GRID)
    return 1.0 - exp(log(1.0 - keep) * weeks)


def poisson(uniform: Cells, mean: Cells | float, most: int = 8) -> Cells:
    """Counts from uniform rolls: how often something of this mean happens, at most `most`."""
    if isinstance(mean, Cells):
        out = _joint(uniform.axes, mean.axes)
        return Cells(exact.poisson(uniform.over(*out), mean.over(*out), most), out)
    return Cells(exact.poisson(uniform.data, mean, most), uniform.axes)
