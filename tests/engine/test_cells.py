"""Cells: operands line up by the names of their axes, whatever their order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercise.engine.cells import Cells, base, clip, maximum, minimum, power, ratio, where
from exercise.engine.exact import snap
from exercise.engine.rates import chance, decay

SIZES = {"ally": 3, "ally@to": 3, "report": 4, "theatre": 2}
LANES = 5

axes_of = st.lists(st.sampled_from(sorted(SIZES)), unique=True, max_size=3).map(tuple)


def some(axes: tuple[str, ...], seed: int, low: float = -2.0, high: float = 2.0) -> Cells:
    shape = (*(SIZES[axis] for axis in axes), LANES)
    return Cells(snap(np.random.default_rng(seed).uniform(low, high, shape)), axes)


def entry(cells: Cells, place: dict[str, int], lane: int) -> float:
    data = cells.data
    where_ = tuple(place[axis] if data.shape[dim] > 1 else 0 for dim, axis in enumerate(cells.axes))
    return float(data[(*where_, lane if data.shape[-1] > 1 else 0)])


@given(axes_of, axes_of, st.integers(0, 99))
def test_a_result_is_what_its_entries_give(
    first: tuple[str, ...], second: tuple[str, ...], seed: int
) -> None:
    one, two = some(first, seed), some(second, seed + 1, 0.5, 2.0)
    made = (
        (one + two, lambda a, b: a + b),
        (one - two, lambda a, b: a - b),
        (one * two, lambda a, b: a * b),
        (one / two, lambda a, b: a / b),
        (minimum(one, two), min),
        (maximum(one, two), max),
        (one > two, lambda a, b: float(a > b)),
    )
    rng = np.random.default_rng(seed)
    for found, by_hand in made:
        assert set(found.axes) == set(first) | set(second)
        for _ in range(4):
            place = {axis: int(rng.integers(SIZES[axis])) for axis in SIZES}
            lane = int(rng.integers(LANES))
            a, b = entry(one, place, lane), entry(two, place, lane)
            assert entry(found, place, lane) == by_hand(a, b)


@given(axes_of, axes_of, st.integers(0, 99))
def test_the_order_of_operands_does_not_matter_where_it_should_not(
    first: tuple[str, ...], second: tuple[str, ...], seed: int
) -> None:
    one, two = some(first, seed), some(second, seed + 1)
    for left, right in ((one + two, two + one), (one * two, two * one)):
        np.testing.assert_array_equal(left.data, right.over(*left.axes))


@given(st.permutations(["ally", "report", "theatre"]), st.integers(0, 99))
def test_sums_and_extremes_are_the_same_in_any_order_of_axes(order: list[str], seed: int) -> None:
    whole = some(("ally", "report", "theatre"), seed)
    turned = Cells(np.ascontiguousarray(whole.over(*order)), tuple(order))
    for found, same in (
        (whole.sum("report"), turned.sum("report")),
        (whole.sum("ally", "theatre"), turned.sum("ally", "theatre")),
        (whole.max("theatre"), turned.max("theatre")),
        (whole.min("ally"), turned.min("ally")),
        (whole.mean("report"), turned.mean("report")),
    ):
        np.testing.assert_array_equal(found.data, same.over(*found.axes))


@given(axes_of, st.integers(0, 99))
def test_one_lane_of_many_is_that_lane_alone(axes: tuple[str, ...], seed: int) -> None:
    one, two = some(axes, seed), some(("ally",), seed + 1, 0.0, 1.0)
    whole = clip(one * two + decay(3.0, two.sum("ally")), 0.0, 1.0)
    for lane in range(LANES):
        alone = [Cells(cells.data[..., lane : lane + 1].copy(), cells.axes) for cells in (one, two)]
        single = clip(alone[0] * alone[1] + decay(3.0, alone[1].sum("ally")), 0.0, 1.0)
        np.testing.assert_array_equal(single.data[..., 0], whole.data[..., lane])


@given(axes_of, axes_of, st.integers(0, 99))
def test_masks_choose(first: tuple[str, ...], second: tuple[str, ...], seed: int) -> None:
    one, two = some(first, seed), some(second, seed + 1)
    mask, other = one > 0.0, two > 0.0
    assert set(np.unique(mask.data + 0.0)) <= {0.0, 1.0}
    chosen = where(mask, two, -2.0)
    back = where(~mask, -2.0, two)
    np.testing.assert_array_equal(*np.broadcast_arrays(chosen.data, back.over(*chosen.axes)))
    both, either = mask & other, mask | other
    neither = ((~mask) | (~other)).over(*both.axes)
    np.testing.assert_array_equal(*np.broadcast_arrays((~both).data + 0.0, neither + 0.0))
    assert ((either.data + 0.0) >= (both.over(*either.axes) + 0.0)).all()


@given(axes_of, axes_of, axes_of, st.integers(0, 99))
def test_what_masks_take_away_is_the_same_kept_as_truth_values_or_as_numbers(
    first: tuple[str, ...], second: tuple[str, ...], third: tuple[str, ...], seed: int
) -> None:
    plain = [some(axes, seed + k) > 0.0 for k, axes in enumerate((first, second, third))]
    many = [Cells(np.repeat(mask.data, 2, axis=-1), mask.axes) > 0.0 for mask in plain]
    for work in (
        lambda a, b, c: -a,
        lambda a, b, c: a - b,
        lambda a, b, c: -(a * b),
        lambda a, b, c: (a - b) * c,
        lambda a, b, c: c * -a * 0.5,
        lambda a, b, c: (a - b) - (c - a),
        lambda a, b, c: (a - b) / 3.0 + abs(b - a),
        lambda a, b, c: (a - b).turned(ally="ally@by").sum(*(["ally@by"] * ("ally" in a.axes))),
        lambda a, b, c: where(a - b > 0.0, c, a),
        lambda a, b, c: a * 0.5 * b - c,
        lambda a, b, c: a - b * 0.25 + c / (b + 1.0),
    ):
        one, two = work(*plain), work(*many)
        assert one.axes == two.axes
        assert two.data.dtype.kind == "b" or two.data.dtype == np.float64
        assert (np.repeat(one.data, 10 // one.lanes, axis=-1) == two.data * 1.0).all()


def test_an_axis_may_be_used_twice_with_a_role() -> None:
    trust = some(("ally", "ally@to"), 1)
    turned = trust.named({"ally": "ally@to", "ally@to": "ally"})
    assert turned.axes == ("ally@to", "ally")
    given_, got = (
        entry(trust, {"ally": 0, "ally@to": 2}, 0),
        entry(turned, {"ally": 2, "ally@to": 0}, 0),
    )
    assert given_ == got
    assert base("ally@to") == "ally"
    assert trust.pick("ally@to", 1).axes == ("ally",)


def test_an_empty_axis_sums_to_nothing() -> None:
    nobody = Cells(np.zeros((0, LANES)), ("report",))
    for found in (nobody.sum("report"), nobody.max("report"), nobody.mean("report")):
        assert (found.data == 0.0).all()
    assert (nobody.any("report").data == 0.0).all()
    assert (nobody.all("report").data == 1.0).all()


def test_a_quotient_by_nothing_is_what_was_said() -> None:
    below = Cells(np.array([0.0, 2.0]), ())
    assert ratio(1.0, below, 7.0).data.tolist() == [7.0, 0.5]


def test_chances_over_weeks_add_up_as_chances_do() -> None:
    weeks = Cells(np.array([0.0, 1.0, 2.0, 400.0]), ())
    found = chance(0.25, weeks).data
    np.testing.assert_allclose(found[:3], [0.0, 0.25, 1 - 0.75**2], atol=1e-6)
    assert found[3] <= 1.0
    assert (chance(1.0, weeks).data <= 1.0).all()


def test_powers_and_half_lives() -> None:
    assert power(Cells(np.array([4.0]), ()), 0.5).data[0] == pytest.approx(2.0)
    assert decay(2.0, Cells(np.array([2.0]), ())).data[0] == pytest.approx(0.5)


def test_cells_have_no_truth_and_mix_with_no_array() -> None:
    cells = some((), 1)
    with pytest.raises(TypeError, match="no truth"):
        bool(cells)
    with pytest.raises(TypeError):
        np.ones(3) + cells
