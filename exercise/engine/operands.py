"""Cells: numbers over named axes, and what `+`, `*`, `>` and sums make of them.

A rule says `threat * weight` and never counts positions: `Cells` knows which axis is which and
lines two operands up by name. The last axis is always *lanes* (games side by side) and has no
name. An axis used twice carries a role: `trust` lies over `("ally", "ally@to")`.

Masks are cells of 0.0 and 1.0: comparisons make them, `&`, `|` and `~` combine them, and
`where` chooses with them, so that no rule branches on the value of one lane.

What is alike in all lanes may be kept in one, and a product with a thin table of that sort (whose
clause is it, whose unit) is laid out only when somebody asks for more than its sum or its maximum:
see `thin`. What masks take away from one another stays in whole numbers of a byte as long. Cells
also know whether they are masks, on the grid, or 0 everywhere: see `known`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, ClassVar

import numpy as np

from exercise.engine import exact, thin
from exercise.engine.axes import Axes, joint, laid, meeting
from exercise.engine.exact import Array
from exercise.engine.known import (
    ANY,
    BOOL,
    EXTREME,
    FULL,
    MANY,
    MASK,
    MASKS,
    NONE,
    ON_GRID,
    PRODUCT,
    SUM,
    added,
    count_nonzero,
    counted,
    everywhere,
    met,
    scalar,
    taken,
    truth,
)


def _sizes(cells: Cells) -> tuple[int, ...]:
    """The lengths of the cells' axes, without laying them out."""
    if cells.signs is not None:
        return cells.signs.shape[:-1]  # type: ignore[no-any-return]
    return thin.sizes(cells.factors, cells.axes) if cells.factors else cells.data.shape[:-1]


def _same(cells: Cells) -> Cells:
    """The same numbers in cells of their own, which follow no field."""
    if cells.factors or cells.signs is not None:
        return cells
    return Cells(cells.data, cells.axes, cells.kind)


def _known_product(first: Cells, second: Cells) -> Cells | None:
    """A product with what is 0 everywhere, or 1; None if it has to be worked out."""
    found = met(first.axes, _sizes(first), second.axes, _sizes(second))
    if first.kind == NONE or second.kind == NONE:
        return Cells(found[1], found[0], NONE)
    if first.kind == FULL and found[3]:
        return _same(second)
    return _same(first) if second.kind == FULL and found[2] else None


def _known_union(first: Cells, second: Cells) -> Cells | None:
    """Where either of two masks holds, one of them known; None if it has to be worked out."""
    if first.kind == FULL or second.kind == FULL:
        out, zeros = met(first.axes, _sizes(first), second.axes, _sizes(second))[:2]
        return Cells(everywhere(1.0, zeros.shape[:-1]), out, FULL)
    return _known_sum(first, second)


def _known_sum(first: Cells, second: Cells) -> Cells | None:
    """A sum with what is 0 everywhere; None if it has to be worked out."""
    found = met(first.axes, _sizes(first), second.axes, _sizes(second))
    if first.kind == NONE and found[3]:
        return _same(second)
    return _same(first) if second.kind == NONE and found[2] else None


def _binary(op: Callable[[Array, Array], Array], first: Cells, second: Cells, kind: int) -> Cells:
    """One operation on two cells, lined up by the names of their axes."""
    if first.axes == second.axes and first.data.dtype is second.data.dtype:
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
    if kind != MASK and data.dtype is not other.dtype:
        data, other = _countable(data), _countable(other)
    return Cells(op(data, other), out, kind)


def _countable(data: Array) -> Array:
    """Truth values as whole numbers of a byte, which NumPy turns into others more quickly."""
    return data.view(np.int8) if data.dtype is BOOL else data


_ONE = np.array(1.0)


def _compared(op: np.ufunc, first: Cells, second: Cells | float) -> Cells:
    """A mask: 1 where the comparison holds."""
    if isinstance(second, Cells):
        found = _binary(op, first, second, MASK)
    elif first.kind >= MASK and op is np.greater and second == 0.0:
        return _same(first)
    else:
        found = Cells(op(first.data, scalar(second)[0]), first.axes, MASK)
    data = found.data
    holds = count_nonzero(data)
    if not holds or holds == data.size:
        found.kind = FULL if holds else NONE
        found.data = everywhere(float(holds > 0), data.shape[:-1])
    elif data.shape[-1] < MANY:
        found.data = data.astype(np.float64)
    return found


def extreme(op: np.ufunc, first: Cells | float, second: Cells | float) -> Cells:
    """The larger or the smaller of two."""
    if not isinstance(first, Cells):
        first, second = second, first
    assert isinstance(first, Cells)
    if isinstance(second, Cells):
        kind = EXTREME[first.kind][second.kind]
        if kind == MASK and (first.kind > MASK or second.kind > MASK):
            found = (_known_union if op is np.maximum else _known_product)(first, second)
            if found is not None:
                return found
        return _binary(MASKS[op] if kind == MASK else op, first, second, kind)
    number, kind = scalar(second)
    data = (exact.at_least if op is np.maximum else exact.at_most)(first.data, number)
    return Cells(data, first.axes, EXTREME[first.kind][kind])


def _times(first: Cells, second: Cells) -> Cells:
    """The product, not laid out yet where one is a thin table."""
    if first.kind > MASK or second.kind > MASK:
        found = _known_product(first, second)
        if found is not None:
            return found
    factors = first.factors or second.factors
    if (first.signs is not None or second.signs is not None) and not factors:
        found = _signed(first, second)
        if found is not None:
            return found
    if factors or first.data.shape[-1] != second.data.shape[-1]:
        found = _thinly(first, second)
        if found is not None:
            return found
    kind = PRODUCT[first.kind][second.kind]
    return _binary(MASKS[np.multiply] if kind == MASK else np.multiply, first, second, kind)


def _thinly(first: Cells, second: Cells) -> Cells | None:
    """The product of a thin table, alike in all lanes, and something else; None where not thin."""
    axes = joint(first.axes, second.axes)
    factors: thin.Factors = first.factors or ((first.data, first.axes),)
    factors += second.factors or ((second.data, second.axes),)
    table = thin.table(factors)
    if table is None:
        return None
    return _Product(factors, table, axes, PRODUCT[first.kind][second.kind])


def _signed(first: Cells, second: Cells) -> Cells | None:
    """The product of signs and a mask, signs again; None where one is neither."""
    one, two = _signs(first), _signs(second)
    if one is None or two is None:
        return None
    product = _binary(np.multiply, Cells(one, first.axes), Cells(two, second.axes), ON_GRID)
    return _Signs(product.data, product.axes)


def _signs(cells: Cells) -> Array | None:
    """Signs, or a mask of truth values, as small whole numbers; None for anything else."""
    if cells.signs is not None:
        return cells.signs  # type: ignore[no-any-return]
    return cells.data.view(np.int8) if cells.data.dtype is BOOL else None


class Cells:
    """An array with names for its axes; `data` has one more axis than `axes`: lanes, last."""

    __array_ufunc__ = None  # so that `array * cells` is refused instead of half done
    __slots__ = ("axes", "data", "kind")
    factors: ClassVar[Any] = ()
    signs: ClassVar[Any] = None

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
            if self.kind == NONE or other.kind == NONE:
                found = _known_sum(self, other)
                if found is not None:
                    return found
            op = added if self.kind >= MASK <= other.kind else np.add
            return _binary(op, self, other, SUM[self.kind][other.kind])
        number, kind = scalar(other)
        return Cells(np.add(self.data, number), self.axes, SUM[self.kind][kind])

    __radd__ = __add__

    def __sub__(self, other: Cells | float) -> Cells:
        if isinstance(other, Cells):
            if other.kind == NONE:
                found = _known_sum(self, other)
                if found is not None:
                    return found
            if self.kind == MASK == other.kind:
                one, two = _signs(self), _signs(other)
                if one is not None and two is not None:
                    gap = _binary(np.subtract, Cells(one, self.axes), Cells(two, other.axes), 0)
                    return _Signs(gap.data, gap.axes)
            op = taken if self.kind >= MASK <= other.kind else np.subtract
            return _binary(op, self, other, SUM[self.kind][other.kind])
        number, kind = scalar(other)
        return Cells(np.subtract(self.data, number), self.axes, SUM[self.kind][kind])

    def __rsub__(self, other: float) -> Cells:
        if self.kind >= MASK and other == 1.0:
            return self.__invert__()
        number, kind = scalar(other)
        return Cells(np.subtract(number, self.data), self.axes, SUM[self.kind][kind])

    def __mul__(self, other: Cells | float) -> Cells:
        if isinstance(other, Cells):
            return _times(self, other)
        if self.kind == NONE:
            return _same(self)
        number, kind = scalar(other)
        return Cells(np.multiply(self.data, number), self.axes, PRODUCT[self.kind][kind])

    __rmul__ = __mul__

    def __truediv__(self, other: Cells | float) -> Cells:
        if isinstance(other, Cells):
            return _binary(np.true_divide, self, other, ANY)
        if self.kind == NONE and other:
            return _same(self)
        return Cells(np.true_divide(self.data, scalar(other)[0]), self.axes)

    def __rtruediv__(self, other: float) -> Cells:
        return Cells(np.true_divide(scalar(other)[0], self.data), self.axes)

    def __neg__(self) -> Cells:
        if self.kind == NONE:
            return _same(self)
        signs = _signs(self)
        if signs is not None:
            return _Signs(np.negative(signs), self.axes)
        return Cells(np.negative(self.data), self.axes, min(self.kind, ON_GRID))

    def __abs__(self) -> Cells:
        if self.kind >= MASK:
            return _same(self)
        return Cells(np.absolute(self.data), self.axes, self.kind)

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
        if self.kind >= MASK and not isinstance(other, Cells) and other in (0.0, 1.0):
            return _same(self) if other else ~self
        return _compared(np.equal, self, other)

    def __and__(self, other: Cells) -> Cells:
        return _times(self, other)

    def __or__(self, other: Cells) -> Cells:
        return extreme(np.maximum, self, other)

    def __invert__(self) -> Cells:
        if self.kind == MASK and self.data.dtype is BOOL:
            return Cells(np.logical_not(self.data), self.axes, MASK)
        if self.kind > MASK:
            kind = FULL if self.kind == NONE else NONE
            return Cells(everywhere(float(kind == FULL), _sizes(self)), self.axes, kind)
        return Cells(np.subtract(_ONE, self.data), self.axes, self.kind)

    def __bool__(self) -> bool:
        raise TypeError("cells have no truth of their own: use where(), any() or all()")

    def sum(self, *axes: str) -> Cells:
        """The sum over the named axes: each cell on the grid first, so in any order the same."""
        if not axes:
            return self
        dims, left = _reducing(self.axes, axes)
        if self.kind == NONE:
            return self._zeros(dims, left)
        if self.data.dtype is BOOL:
            return Cells(counted(self.data, dims), left, ON_GRID)
        data = self.data if self.kind else exact.snap(self.data)
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
        if self.kind == NONE:
            return self._zeros(dims, left)
        if not self.data.size:
            return self.sum(*axes)
        return Cells(np.maximum.reduce(self.data, axis=dims), left, self.kind)

    def _zeros(self, dims: tuple[int, ...], left: Axes) -> Cells:
        """What is left of cells that are all 0 where some of their axes have fallen away."""
        sizes = self.data.shape[:-1]
        shape = tuple([size for dim, size in enumerate(sizes) if dim not in dims])
        return Cells(everywhere(0.0, shape), left, NONE)

    def min(self, *axes: str) -> Cells:
        """The smallest value over the named axes (0 over an empty one)."""
        return -((-self).max(*axes))

    def any(self, *axes: str) -> Cells:
        """A mask: whether any cell over the named axes is not 0."""
        return (self if self.kind >= MASK else abs(self) > 0.0).max(*axes)

    def all(self, *axes: str) -> Cells:
        """A mask: whether every cell over the named axes is not 0."""
        return ~(~(self if self.kind >= MASK else abs(self) > 0.0)).max(*axes)

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
        return Cells(self.over(*axes), axes, self.kind)

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
            found = [truth(factor) for factor in found]
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
            factors = tuple((truth(data), names) for data, names in factors)
        exactly = self.kind > ANY
        data, found = thin.reduced(op, factors, self.table, self.axes, axes, on_grid=exactly)
        kind = ON_GRID if op is np.add else self.kind
        return Cells(laid(data, found, left), left, kind)

    def named(self, renames: dict[str, str]) -> Cells:
        """The same numbers with axes renamed by a mapping, all at once (so two may swap)."""
        factors = tuple((d, tuple(renames.get(a, a) for a in axes)) for d, axes in self.factors)
        axes = tuple(renames.get(axis, axis) for axis in self.axes)
        return _Product(factors, self.table, axes, self.kind)


class _Signs(Cells):
    """What masks take away or change, −1, 0 or 1: as whole numbers until its data is asked for."""

    __slots__ = ("signs",)

    def __init__(self, signs: Array, axes: Axes) -> None:
        self.signs = signs  # type: ignore[misc]  # what all other cells lack
        self.axes = axes
        self.kind = ON_GRID

    def __getattr__(self, name: str) -> Array:
        if name != "data":
            raise AttributeError(name)
        self.data = self.signs.astype(np.float64)
        return self.data

    @property
    def lanes(self) -> int:
        """How many games lie side by side."""
        return int(self.signs.shape[-1])

    def named(self, renames: dict[str, str]) -> Cells:
        """The same numbers with axes renamed by a mapping, all at once (so two may swap)."""
        return _Signs(self.signs, tuple(renames.get(axis, axis) for axis in self.axes))
