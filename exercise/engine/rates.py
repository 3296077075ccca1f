"""What a rate comes to over a length of time, in weeks.

Most rates are coefficients and a turn is as long in all lanes: what they come to then is a number
that comes back for ever, and is worked out once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from exercise.engine import exact
from exercise.engine.cells import Cells, exp, log, minimum
from exercise.engine.exact import Array

_ALONE = (1,)
"""The shape of a length of time that is alike in all lanes."""


def decay(half_life: float, weeks: Cells) -> Cells:
    """What is left after `weeks` of something that halves every `half_life` weeks."""
    if weeks.data.shape == _ALONE:
        return _remembered(exact.decay, half_life, weeks.data.item())
    return Cells(exact.decay(half_life, weeks.data), weeks.axes)


def chance(weekly: Cells | float, weeks: Cells) -> Cells:
    """The chance over `weeks` of what has the chance `weekly` in one: 1 − (1−p)^weeks."""
    if isinstance(weekly, Cells):
        return _over(weekly, weeks)
    if weeks.data.shape == _ALONE:
        return _remembered(_alike, weekly, weeks.data.item())
    return _over(weeks * 0.0 + weekly, weeks)


def _over(weekly: Cells, weeks: Cells) -> Cells:
    keep = minimum(weekly, 1.0 - exact.GRID)
    return 1.0 - exp(log(1.0 - keep) * weeks)


def _alike(weekly: float, weeks: Array) -> Array:
    return _over(Cells(weeks * 0.0 + weekly, ()), Cells(weeks, ())).data


@lru_cache(maxsize=4096)
def _remembered(work: Callable[[float, Array], Array], rate: float, weeks: float) -> Cells:
    return Cells(work(rate, np.array([weeks])), ())
