"""Numbers over named axes: what rules calculate with.

A rule says `threat * weight` and never counts positions: `Cells` knows which axis is which and
lines two operands up by name. The last axis is always *lanes* (games side by side) and has no
name. An axis used twice carries a role: `trust` lies over `("ally", "ally@to")`.

Masks are cells of 0.0 and 1.0: comparisons make them, `&`, `|` and `~` combine them, and
`where` chooses with them, so that no rule branches on the value of one lane.

What is alike in all lanes may be kept in one, and a product with a thin table of that sort (whose
clause is it, whose unit) is laid out only when somebody asks for more than its sum or its maximum:
see `thin`. Cells also know whether they are masks or on the grid: what is on it is not rounded
again, and a batch keeps masks as truth values, in an eighth of the memory.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, ClassVar

import numpy as np

from exercise import exact, thin
from exercise.axes import Axes as Axes
from exercise.axes import base as base
from exercise.axes import joint, meeting
from exercise.axes import laid as laid
from exercise.exact import Array

Operand = "Cells | float"

ANY, ON_GRID, MASK = 0, 1, 2
"""What is known of cells: nothing, that they are on the grid, that they are 0 or 1."""

_PRODUCT = ((ANY, ANY, ANY), (ANY, ANY, ON_GRID), (ANY, ON_GRID, MASK))
"""What is known of a product, by what is known of its factors."""
MANY = 8
"""From so many lanes on, masks are kept as truth values."""

_SUM = ((ANY, ANY, ANY), (ANY, ON_GRID, ON_GRID), (ANY, ON_GRID, ON_GRID))


def _truth(data: Array) -> Array:
    """A mask's data as truth values."""
    return data if data.dtype is _BOOL else data.astype(_BOOL)


def is_mask(data: Array) -> bool:
    """Whether all values are 0 or 1."""
    return bool(((data == 0.0) | (data == 1.0)).all())


def masked(data: Array) -> Array:
    """Values between 0 and 1, as truth values if they are many and a mask; else as they are."""
    if data.shape[-1] < MANY or data.dtype is _BOOL:
        return data
    if not is_mask(data.reshape(-1)[:64]):
        return data
    truth = data.astype(_BOOL)
    # Of numbers that are 1 at most, as many as are not 0 sum to their count if all are 1.
    return truth if np.add.reduce(data, axis=None) == np.count_nonzero(truth) else data


def _both(first: Array, second: Array) -> tuple[Array, Array]:
    """Two masks, kept in the same way."""
    if first.dtype is second.dtype:
        return first, second
    return _truth(first), _truth(second)


def _added(first: Array, second: Array) -> Array:
    return np.add(first, second, dtype=np.float64)


def _taken(first: Array, second: Array) -> Array:
    return np.subtract(first, second, dtype=np.float64)


def _of_masks(op: np.ufunc) -> Callable[[Array, Array], Array]:
    def work(first: Array, second: Array) -> Array:
        found: Array = op(*_both(first, second))
        return found

    return work


_BOOL: Any = np.dtype(np.bool_)
_MASKS: dict[Any, Callable[[Array, Array], Array]] = {
    **{op: _of_masks(op) for op in (np.multiply, np.maximum, np.minimum)},
    np.add: _added,
    np.subtract: _taken,
}
"""What an operation is on two masks, which may be truth values."""


def _binary(op: Callable[[Array, Array], Array], first: Cells, second: Cells, kind: int) -> Cells:
    """One operation on two cells, lined up by the names of their axes."""
    if first.axes == second.axes:
        return Cells(op(first.data, second.data), first.axes, kind)
    out, swap, index, other_swap, other_index = meeting(first.axes, second.axes)
    data, other = first.data, second.data
    if swap is not None:
        data = data.transpose(swap)
    if index is not None:
        data = data[index]
    if other_swap is not None:
        other = other.transpose(other_swap)
    if other_index is not None:
        other = other[other_index]
    return Cells(op(data, other), out, kind)


_ONE = np.array(1.0)
_scalars: dict[float, tuple[Array, int]] = {}


def _scalar(value: float) -> tuple[Array, int]:
    """A number as an array without axes, which NumPy takes in faster, and what is known of it."""
    found = _scalars.get(value)
    if found is None:
        if len(_scalars) > 10_000:
            _scalars.clear()
        number = float(value) + 0.0
        whole = (number / exact.GRID).is_integer() and abs(number) < exact.LIMIT
        kind = MASK if number in (0.0, 1.0) else ON_GRID if whole else ANY
        found = _scalars[value] = np.array(number), kind
    return found


def _compared(op: np.ufunc, first: Cells, second: Cells | float) -> Cells:
    """A mask: 1 where the comparison holds."""
    if isinstance(second, Cells):
        found = _binary(op, first, second, MASK)
    elif first.kind == MASK and op is np.greater and second == 0.0:
        return first
    else:
        found = Cells(op(first.data, _scalar(second)[0]), first.axes, MASK)
    if found.data.shape[-1] < MANY:
        found.data = found.data.astype(np.float64)
    return found


def _extreme(op: np.ufunc, first: Cells | float, second: Cells | float) -> Cells:
    """The larger or the smaller of two."""
    if not isinstance(first, Cells):
        first, second = second, first
    assert isinstance(first, Cells)
    if isinstance(second, Cells):
        kind = min(first.kind, second.kind)
        return _binary(_MASKS[op] if kind == MASK else op, first, second, kind)
    number, kind = _scalar(second)
    return Cells(op(first.data, number), first.axes, min(first.kind, kind))


def _times(first: Cells, second: Cells) -> Cells:
    """The product, not laid out yet where one is a thin table."""
    if first.factors or second.factors or first.data.shape[-1] != second.data.shape[-1]:
        found = _thinly(first, second)
        if found is not None:
            return found
    kind = _PRODUCT[first.kind][second.kind]
    return _binary(_MASKS[np.multiply] if kind == MASK else np.multiply, first, second, kind)


def _factors(cells: Cells) -> thin.Factors:
    return cells.factors or ((cells.data, cells.axes),)


def _thinly(first: Cells, second: Cells) -> Cells | None:
    """The product of a thin table, alike in all lanes, and something else; None where not thin."""
    axes = joint(first.axes, second.axes)
    factors = _factors(first) + _factors(second)
    table = thin.table(factors)
    if table is None:
        return None
    return _Product(factors, table, axes, _PRODUCT[first.kind][second.kind])


class Cells:
    """An array with names for its axes; `data` has one more axis than `axes`: lanes, last."""

    __array_ufunc__ = None  # so that `array * cells` is refused instead of half done
    __slots__ = ("axes", "data", "kind")
    factors: ClassVar[Any] = ()

    def __init__(self, data: Array, axes: Axes, kind: int = ANY) -> None:
        self.data = data
        self.axes = axes
        self.kind = kind

    def __repr__(self) -> str:
        return f"Cells({', '.join(self.axes) or 'scalar'}; {self.data.shape})"

    @property
    def lanes(self) -> int:
        """How many games lie side by side."""
        return int(self.data.shape[-1])

    def __add__(self, other: Cells | float) -> Cells:
        if isinstance(other, Cells):
            op = _added if self.kind == other.kind == MASK else np.add
            return _binary(op, self, other, _SUM[self.kind][other.kind])
        number, kind = _scalar(other)
        return Cells(np.add(self.data, number), self.axes, _SUM[self.kind][kind])

    __radd__ = __add__

    def __sub__(self, other: Cells | float) -> Cells:
        if isinstance(other, Cells):
            op = _taken if self.kind == other.kind == MASK else np.subtract
            return _binary(op, self, other, _SUM[self.kind][other.kind])
        number, kind = _scalar(other)
        return Cells(np.subtract(self.data, number), self.axes, _SUM[self.kind][kind])

    def __rsub__(self, other: float) -> Cells:
        if self.kind == MASK and other == 1.0:
            return self.__invert__()
        number, kind = _scalar(other)
        return Cells(np.subtract(number, self.data), self.axes, _SUM[self.kind][kind])

    def __mul__(self, other: Cells | float) -> Cells:
        if isinstance(other, Cells):
            return _times(self, other)
        number, kind = _scalar(other)
        return Cells(np.multiply(self.data, number), self.axes, _PRODUCT[self.kind][kind])

    __rmul__ = __mul__

    def __truediv__(self, other: Cells | float) -> Cells:
        if isinstance(other, Cells):
            return _binary(np.true_divide, self, other, ANY)
        return Cells(np.true_divide(self.data, _scalar(other)[0]), self.axes)

    def __rtruediv__(self, other: float) -> Cells:
        return Cells(np.true_divide(_scalar(other)[0], self.data), self.axes)

    def __neg__(self) -> Cells:
        return Cells(np.negative(self.data, dtype=np.float64), self.axes, min(self.kind, ON_GRID))

    def __abs__(self) -> Cells:
        return self if self.kind == MASK else Cells(np.absolute(self.data), self.axes, self.kind)

    def __gt__(self, other: Cells | float) -> Cells:
        return _compared(np.greater, self, other)

    def __ge__(self, other: Cells | float) -> Cells:
        return _compared(np.greater_equal, self, other)

    def __lt__(self, other: Cells | float) -> Cells:
        return _compared(np.less, self, other)

    def __le__(self, other: Cells | float) -> Cells:
        return _compared(np.less_equal, self, other)

    def equals(self, other: Cells | float) -> Cells:
        """Where the two are the same, as a mask."""
        if self.kind == MASK and not isinstance(other, Cells) and other in (0.0, 1.0):
            return self if other else ~self
        return _compared(np.equal, self, other)

    def __and__(self, other: Cells) -> Cells:
        return _times(self, other)

    def __or__(self, other: Cells) -> Cells:
        return _extreme(np.maximum, self, other)

    def __invert__(self) -> Cells:
        if self.kind == MASK and self.data.dtype is _BOOL:
            return Cells(np.logical_not(self.data), self.axes, MASK)
        return Cells(np.subtract(_ONE, self.data), self.axes, self.kind)

    def __bool__(self) -> bool:
        raise TypeError("cells have no truth of their own: use where(), any() or all()")

    def sum(self, *axes: str) -> Cells:
        """The sum over the named axes: each cell on the grid first, so in any order the same."""
        if not axes:
            return self
        data = self.data if self.kind else exact.snap(self.data)
        dims, left = _reducing(self.axes, axes)
        return Cells(np.asarray(np.add.reduce(data, axis=dims, dtype=np.float64)), left, ON_GRID)

    def mean(self, *axes: str) -> Cells:
        """The plain mean over the named axes (0 where an axis is empty)."""
        count = 1
        for dim in _reducing(self.axes, axes)[0]:
            count *= self.data.shape[dim]
        return self.sum(*axes) / float(max(count, 1))

    def max(self, *axes: str) -> Cells:
        """The largest value over the named axes, and never less than 0 over an empty one."""
        dims, left = _reducing(self.axes, axes)
        if not self.data.size:
            return self.sum(*axes)
        return Cells(np.maximum.reduce(self.data, axis=dims), left, self.kind)

    def min(self, *axes: str) -> Cells:
        """The smallest value over the named axes (0 over an empty one)."""
        return -((-self).max(*axes))

    def any(self, *axes: str) -> Cells:
        """A mask: whether any cell over the named axes is not 0."""
        return (self if self.kind == MASK else abs(self) > 0.0).max(*axes)

    def all(self, *axes: str) -> Cells:
        """A mask: whether every cell over the named axes is not 0."""
        return ~(~(self if self.kind == MASK else abs(self) > 0.0)).max(*axes)

    def _plainly(self, op: np.ufunc, axes: Axes) -> Cells:
        return self.sum(*axes) if op is np.add else self.max(*axes)

    def turned(self, **roles: str) -> Cells:
        """The same numbers with axes renamed: `trust.turned(ally="ally@to")`."""
        return self.named(dict(roles))

    def named(self, renames: dict[str, str]) -> Cells:
        """The same numbers with axes renamed by a mapping, all at once (so two may swap)."""
        return Cells(self.data, tuple(renames.get(axis, axis) for axis in self.axes), self.kind)

    def over(self, *axes: str) -> Array:
        """The data laid in this order of axes (all of the cells' axes among them)."""
        return laid(self.data, self.axes, axes)

    def along(self, *axes: str) -> Cells:
        """The same cells with their axes in this order."""
        return Cells(laid(self.data, self.axes, axes), axes, self.kind)

    def pick(self, axis: str, index: int) -> Cells:
        """One entry of an axis, which falls away."""
        dim = self.axes.index(axis)
        left = self.axes[:dim] + self.axes[dim + 1 :]
        return Cells(self.data[(slice(None),) * dim + (index,)], left, self.kind)


@lru_cache(maxsize=8192)
def _reducing(axes: Axes, over: Axes) -> tuple[tuple[int, ...], Axes]:
    """The places of some of the axes, and the axes that are left."""
    dims = tuple(axes.index(axis) for axis in over)
    return dims, tuple(axis for axis in axes if axis not in over)


class _Product(Cells):
    """A product with a thin table: laid out when its data is asked for, summed without."""

    __slots__ = ("factors", "table")

    def __init__(self, factors: thin.Factors, table: int, axes: Axes, kind: int) -> None:
        self.factors = factors  # type: ignore[misc]  # what is empty for all other cells
        self.table = table
        self.axes = axes
        self.kind = kind

    def __getattr__(self, name: str) -> Array:
        if name != "data":
            raise AttributeError(name)
        found = [laid(data, axes, self.axes) for data, axes in self.factors]
        if self.kind == MASK:
            found = [_truth(factor) for factor in found]
        product = found[0]
        for factor in found[1:]:
            product = product * factor
        self.data = product
        return product

    @property
    def lanes(self) -> int:
        """How many games lie side by side."""
        return max(int(data.shape[-1]) for data, _ in self.factors)

    def sum(self, *axes: str) -> Cells:
        """The sum over the named axes, of the table's own entries alone."""
        return self._reduced(np.add, axes)

    def max(self, *axes: str) -> Cells:
        """The largest value over the named axes, of the table's own entries and 0."""
        return self._reduced(np.maximum, axes)

    def _reduced(self, op: np.ufunc, axes: Axes) -> Cells:
        left = tuple(axis for axis in self.axes if axis not in axes)
        if not axes or set(left) >= set(self.factors[self.table][1]):
            return Cells(self.data, self.axes, self.kind)._plainly(op, axes)
        factors = self.factors
        if self.kind == MASK:
            factors = tuple((_truth(data), names) for data, names in factors)
        exactly = self.kind > ANY
        data, found = thin.reduced(op, factors, self.table, self.axes, axes, on_grid=exactly)
        kind = ON_GRID if op is np.add else self.kind
        return Cells(laid(data, found, left), left, kind)

    def named(self, renames: dict[str, str]) -> Cells:
        """The same numbers with axes renamed by a mapping, all at once (so two may swap)."""
        factors = tuple((d, tuple(renames.get(a, a) for a in axes)) for d, axes in self.factors)
        axes = tuple(renames.get(axis, axis) for axis in self.axes)
        return _Product(factors, self.table, axes, self.kind)


def number(value: float) -> Cells:
    """A number as cells without axes, in one lane."""
    data, kind = _scalar(value)
    return Cells(data.reshape(1), (), kind)


def where(mask: Cells, then: Cells | float, otherwise: Cells | float) -> Cells:
    """`then` where the mask is 1, `otherwise` where it is 0; both must be finite."""
    if isinstance(otherwise, Cells) or isinstance(then, Cells):
        gap = then - otherwise if isinstance(then, Cells) else -(otherwise - then)
        return otherwise + mask * gap
    return mask * (then - otherwise) + otherwise


def minimum(first: Cells | float, second: Cells | float) -> Cells:
    """The smaller of two, cell by cell."""
    return _extreme(np.minimum, first, second)


def maximum(first: Cells | float, second: Cells | float) -> Cells:
    """The larger of two, cell by cell."""
    return _extreme(np.maximum, first, second)


def clip(value: Cells, low: float = 0.0, high: float = 1.0) -> Cells:
    """The value, held between two limits."""
    least, kind = _scalar(low)
    most, other = _scalar(high)
    data = np.minimum(np.maximum(value.data, least), most)
    return Cells(data, value.axes, min(value.kind, kind, other))


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
        out = joint(uniform.axes, mean.axes)
        return Cells(exact.poisson(uniform.over(*out), mean.over(*out), most), out)
    return Cells(exact.poisson(uniform.data, mean, most), uniform.axes)
