"""How axes are named and lined up: what `cells` needs to know of them.

A result has the richer operand's axes in their order, then what only the other has.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from exercise.engine.exact import Array

Axes = tuple[str, ...]


def base(axis: str) -> str:
    """The axis without its role: `ally@to` is the axis `ally`."""
    return axis.partition("@")[0]


@lru_cache(maxsize=8192)
def joint(first: Axes, second: Axes) -> Axes:
    """The axes of a result: the richer operand's order, then what only the other has."""
    if set(first) < set(second):
        return second
    return first + tuple(axis for axis in second if axis not in first)


@lru_cache(maxsize=8192)
def beyond(axes: Axes, field: Axes) -> Axes:
    """The axes that a field lacks."""
    return tuple(axis for axis in axes if axis not in field)


@lru_cache(maxsize=4096)
def placing(axes: Axes, out: Axes) -> tuple[tuple[int, ...] | None, tuple[Any, ...]]:
    """How to lay `axes` into `out`: a transposition (or none) and an index with new axes."""
    order = tuple(axes.index(axis) for axis in out if axis in axes)
    swap = None if order == tuple(range(len(axes))) else (*order, len(axes))
    return swap, tuple(slice(None) if axis in axes else None for axis in out)


def laid(data: Array, axes: Axes, out: Axes) -> Array:
    """A view of `data` (over `axes`, lanes) that broadcasts over `out`, lanes."""
    if axes == out:
        return data
    swap, index = placing(axes, out)
    if swap is not None:
        data = data.transpose(swap)
    placed: Array = data[index]
    return placed


@lru_cache(maxsize=8192)
def meeting(first: Axes, second: Axes) -> tuple[Axes, Any, Any, Any, Any]:
    """The axes of a result, and how each operand is laid into them (None for: as it is)."""
    out = joint(first, second)
    return (out, *_laying(first, out), *_laying(second, out))


def _laying(axes: Axes, out: Axes) -> tuple[Any, Any]:
    if axes == out:
        return None, None
    swap, index = placing(axes, out)
    # New axes in front come by themselves.
    lead = len(out) - len(axes)
    if index[:lead] == (None,) * lead and None not in index[lead:]:
        return swap, None
    return swap, index
