"""What is known of arrays beforehand never changes what comes out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercise.engine.cells import Cells, maximum, minimum, where
from exercise.engine.known import FULL, MASK, NONE, ON_GRID, alike, counted, everywhere, known

SIZES = {"ally": 3, "report": 4}
LANES = 9

axes_of = st.lists(st.sampled_from(sorted(SIZES)), unique=True, max_size=2).map(tuple)


def made(kind: int, axes: tuple[str, ...], seed: int, told: bool = True) -> Cells:
    """Cells of a kind, which know of it or not."""
    rng = np.random.default_rng(seed)
    shape = (*(SIZES[axis] for axis in axes), LANES)
    data = {
        NONE: np.zeros(shape),
        FULL: np.ones(shape),
        MASK: (rng.random(shape) > 0.5) + 0.0,
        ON_GRID: np.round(rng.uniform(-2, 2, shape), 0),
    }[kind]
    return Cells(data, axes, kind if told else ON_GRID)


@given(
    st.sampled_from([NONE, FULL]),
    st.sampled_from([NONE, FULL, MASK, ON_GRID]),
    axes_of,
    axes_of,
    st.integers(0, 9),
)
def test_what_is_known_is_what_would_be_worked_out(
    kind: int, other: int, first: tuple[str, ...], second: tuple[str, ...], seed: int
) -> None:
    one, two = made(kind, first, seed), made(other, second, seed + 1)
    one_, two_ = made(kind, first, seed, told=False), made(other, second, seed + 1, told=False)
    for work in (
        lambda a, b: a * b,
        lambda a, b: b * a,
        lambda a, b: a + b,
        lambda a, b: b - a,
        lambda a, b: maximum(a, b),
        lambda a, b: minimum(a, b),
        lambda a, b: where(a, b, 0.5),
        lambda a, b: (1.0 - a) * b,
        lambda a, b: (a * b).sum(*a.axes) + a.max(*a.axes),
        lambda a, b: (-a * 2.0 + abs(b)) / 4.0,
        lambda a, b: (b > a) + a.equals(1.0),
    ):
        found, plain = work(one, two), work(one_, two_)
        assert found.axes == plain.axes
        assert found.data.shape[:-1] == plain.data.shape[:-1]
        np.testing.assert_array_equal(*np.broadcast_arrays(found.data + 0.0, plain.data + 0.0))


def test_comparisons_know_what_came_out() -> None:
    cells = made(ON_GRID, ("ally", "report"), 1)
    assert (cells > 9.0).kind == NONE
    assert (cells < 9.0).kind == FULL
    assert (cells > 0.0).kind == MASK
    assert (cells > 9.0).data.shape == (3, 4, 1)


@pytest.mark.parametrize("kind", [NONE, FULL, MASK])
def test_a_sum_with_nothing_is_no_view_of_the_field_it_came_from(kind: int) -> None:
    field = made(kind, ("ally",), 2)
    before = field.data + 0.0
    for kept in (field + made(NONE, ("ally",), 0), field > 0.0, abs(field), field.equals(1.0)):
        kept_before = kept.data + 0.0
        field.data = field.data + 7.0
        np.testing.assert_array_equal(kept.data + 0.0, kept_before)
        field.data = before


def test_arrays_are_told_apart() -> None:
    assert [known(np.full((2, 1), v)) for v in (0.0, 1.0, 0.5)] == [NONE, FULL, ON_GRID]
    assert known(np.array([[0.0], [1.0]])) == MASK


def test_what_is_alike_in_all_lanes_is_kept_in_one() -> None:
    same = np.repeat(np.arange(3.0)[:, None], LANES, axis=1)
    assert alike(same).shape == (3, 1)
    same[2, LANES - 1] = 5.0
    assert alike(same) is same
    assert alike(np.zeros((3, 2))).shape == (3, 2)


def test_truth_values_are_counted_however_many_they_are() -> None:
    for size in (3, 255, 256, 700):
        assert counted(np.ones((2, size, LANES), bool), (1,)).tolist() == [[size] * LANES] * 2


def test_shared_zeros_cannot_be_written_to() -> None:
    with pytest.raises(ValueError, match="read-only"):
        everywhere(0.0, (2,))[0] = 1.0
