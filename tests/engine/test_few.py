"""What is worked out for the few cells where a mask holds is what the whole would give there."""

from __future__ import annotations

import numpy as np
import pytest

from exercise.engine.cells import Cells
from exercise.engine.few import Few
from exercise.engine.known import MASK

VIEWERS, REPORTS, ALLIES = 2, 3, 4


def table(seed: int, axes: tuple[str, ...], lanes: int) -> Cells:
    sizes = {"viewer": VIEWERS, "report": REPORTS, "ally": ALLIES}
    shape = (*(sizes[axis] for axis in axes), lanes)
    return Cells(np.random.default_rng(seed).random(shape), axes)


@pytest.mark.parametrize("lanes", [1, 12])
@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_the_few_are_as_in_the_whole(lanes: int, share: float) -> None:
    held = table(1, ("viewer", "report"), lanes).data < share
    mask = Cells(held + 0.0, ("viewer", "report"), MASK)
    trust, worth = table(2, ("viewer", "ally"), 1), table(3, ("report",), lanes)
    form = table(4, ("ally", "report"), lanes)
    few = Few(mask, lanes)
    assert len(few) == held.sum()
    found = few.back((few(trust) + few(worth) > 0.9) & (few(form) < 0.5))
    whole = mask & (trust + worth > 0.9) & (form < 0.5)
    np.testing.assert_array_equal(
        *np.broadcast_arrays(found.data + 0.0, whole.over(*found.axes) + 0.0)
    )
