"""Results that last: what is worked out of the very same cells is worked out once.

Who sits where, what a package cuts, whose unit is whose: much that rules work out anew each turn
follows from fields that seldom change. Arrays in a world are never written to, only replaced, so
that a result holds as long as the arrays are those it came from, whichever game they are of.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from exercise.engine.cells import Axes, Cells

ENTRIES = 8
"""So many results of a function are kept, the newest."""

_Known = tuple[tuple[Any, ...], tuple[Axes, ...], Cells]
"""What a result came from, over which axes, and the result."""


def _own(made: Cells) -> Cells:
    """The same in cells of their own, which follow no field."""
    if made.factors or made.signs is not None:
        return made
    return Cells(made.data, made.axes, made.kind)


def kept(work: Callable[..., Cells]) -> Callable[..., Cells]:
    """Have a function of cells and numbers give the last results again where nothing has changed.

    For fields, relations and fixed values, not for slips that are still being filled in.
    """
    known: dict[tuple[float, ...], _Known] = {}

    @wraps(work)
    def recalled(*given: Cells | float) -> Cells:
        cells = [one for one in given if isinstance(one, Cells)]
        key = tuple([id(one.data) if isinstance(one, Cells) else one for one in given])
        axes = tuple([one.axes for one in cells])
        found = known.get(key)
        if found is None or found[1] != axes:
            made = work(*given)
            while len(known) >= ENTRIES:
                del known[next(iter(known))]
            # The arrays are kept alive, so that their ids stay their own.
            found = known[key] = (
                tuple([one.data for one in cells]),
                axes,
                _own(made),
            )
        return found[2]

    return recalled
