"""The engine's own arithmetic: accurate, finite, and the same to the last bit everywhere."""

from __future__ import annotations

import ast
import itertools
import math
import warnings
from decimal import Decimal, getcontext
from hashlib import blake2b
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercise.engine import exact
from exercise.engine.exact import GRID, LIMIT
from exercise.errors import DeclarationError, OutOfRangeError

ONE_PLACE = {
    "exp": exact.exp,
    "log": exact.log,
    "logistic": exact.logistic,
    "tanh": exact.tanh,
    "normal": exact.normal,
    "power": lambda x: exact.power(x, 1.7),
    "decay": lambda x: exact.decay(3.0, x),
    "poisson": lambda x: exact.poisson(x, 1.3),
    "snap": exact.snap,
}
EVERY = pytest.mark.parametrize("name", ONE_PLACE)
EXTREMES = [0.0, -0.0, 5e-324, -5e-324, 1.0, -1.0, 1e-300, 1e300, -1e300, 1.7e308, -1.7e308]


def spread(low: float, high: float, count: int = 4001) -> np.ndarray:
    """Values without pattern in their bits, evenly spread."""
    return low + (high - low) * ((np.arange(count) * 0.6180339887498949) % 1.0)


def worst_ulps(results: np.ndarray, truths: list[Decimal]) -> float:
    pairs = zip(results.tolist(), truths, strict=True)
    return max(abs(float((Decimal(r) - t) / Decimal(math.ulp(float(t))))) for r, t in pairs)


@pytest.fixture(autouse=True)
def _fifty_digits():
    before = getcontext().prec
    getcontext().prec = 50
    yield
    getcontext().prec = before


# Accuracy


def test_exp_is_within_two_ulp():
    x = np.concatenate([spread(-40, 40), spread(-1, 1), spread(-300, 300, 801)])
    assert worst_ulps(exact.exp(x), [Decimal(v).exp() for v in x.tolist()]) < 2


def test_log_is_within_two_ulp_also_near_one():
    x = np.concatenate([spread(0.5, 2), 1 + spread(-1e-6, 1e-6), np.exp(spread(-300, 300))])
    assert worst_ulps(exact.log(x), [Decimal(v).ln() for v in x.tolist()]) < 2


def test_logistic_is_within_four_ulp():
    x = np.concatenate([spread(-40, 40), spread(-300, 300, 801)])
    truths = [1 / (1 + (-Decimal(v)).exp()) for v in x.tolist()]
    assert worst_ulps(exact.logistic(x), truths) < 4


@pytest.mark.parametrize("width", [1e-8, 1e-3, 1.0, 25.0])
def test_tanh_is_within_four_ulp_also_near_zero(width: float):
    x = spread(-width, width)
    grown = [(2 * Decimal(v)).exp() for v in x.tolist()]
    assert worst_ulps(exact.tanh(x), [(g - 1) / (g + 1) for g in grown]) < 4


def test_tanh_is_odd_to_the_last_bit():
    x = spread(0, 22)
    np.testing.assert_array_equal(exact.tanh(-x), -exact.tanh(x))


def test_power_keeps_its_stated_accuracy():
    x, p = spread(1e-6, 1000), spread(-3, 3)[::-1].copy()
    for got, base, exponent in zip(exact.power(x, p), x.tolist(), p.tolist(), strict=True):
        truth = Decimal(base) ** Decimal(exponent)
        bound = 2**-52 * (2 + abs(exponent * math.log(base)))
        assert abs(float(Decimal(float(got)) / truth - 1)) < bound


def test_power_of_zero():
    np.testing.assert_array_equal(exact.power(np.array([0.0, 0.0, -3.0]), 0.01), [0, 0, 0])
    np.testing.assert_array_equal(exact.power(np.array([0.0, 2.0]), 0.0), [1, 1])


def test_decay_halves_exactly_after_each_half_life():
    weeks = 3.0 * np.arange(60)
    np.testing.assert_array_equal(exact.decay(3.0, weeks), [0.5**n for n in range(60)])


def test_decay_agrees_with_the_formula_in_between():
    x = spread(0, 60)
    truths = [(-Decimal(v) * Decimal(2).ln()).exp() for v in x.tolist()]
    assert worst_ulps(exact.decay(1.0, x), truths) < 2


def test_decay_takes_arrays_on_either_side():
    half_lives, weeks = np.array([[1.0], [2.0]]), np.array([2.0, 4.0, 6.0])
    expected = [[0.25, 0.0625, 0.015625], [0.5, 0.25, 0.125]]
    np.testing.assert_array_equal(exact.decay(half_lives, weeks), expected)


def test_decay_without_half_life_or_weeks_stays_between_all_and_nothing():
    assert float(exact.snap(exact.decay(0.0, 1.0))) == 0.0
    assert float(exact.decay(0.0, 0.0)) == 1.0
    assert float(exact.decay(4.0, -8.0)) == 1.0


def test_normal_inverts_the_cumulative_law():
    u = np.concatenate([spread(0, 1)[1:], np.arange(1, 200) * GRID, 1 - np.arange(1, 200) * GRID])
    truth = [NormalDist().inv_cdf(v) for v in u.tolist()]
    np.testing.assert_allclose(exact.normal(u), truth, rtol=0, atol=1e-8)


def test_normal_is_finite_at_its_ends_and_zero_in_the_middle():
    low, middle, high = exact.normal(np.array([0.0, 0.5, 1.0]))
    assert -5.5 < low < -5.4
    assert middle == 0.0
    assert high == -low


def poisson_by_sum(u: float, mean: float, most: int) -> int:
    chance = so_far = math.exp(-mean)
    count = 0
    while count < most and u >= so_far:
        count += 1
        chance *= mean / count
        so_far += chance
    return count


@pytest.mark.parametrize("mean", [0.0, 0.1, 1.0, 3.5, 20.0, 290.0])
@pytest.mark.parametrize("most", [1, 8])
def test_poisson_counts_as_its_law_says(mean: float, most: int):
    u = exact.snap(spread(0, 1, 997))
    expected = [poisson_by_sum(v, mean, most) for v in u.tolist()]
    np.testing.assert_array_equal(exact.poisson(u, mean, most), expected)


def test_poisson_of_a_negative_mean_is_none():
    assert float(exact.poisson(1 - GRID, -2.0)) == 0.0


def test_poisson_broadcasts_means_over_lanes():
    counts = exact.poisson(np.full((2, 3), 0.9), np.array([[0.0], [2.0]]))
    np.testing.assert_array_equal(counts, [[0, 0, 0], [4, 4, 4]])


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("exp", -20, 20),
        ("log", 1e-3, 1e3),
        ("logistic", -20, 20),
        ("tanh", -8, 8),
        ("normal", 0, 1),
        ("power", 0, 100),
        ("poisson", 0, 1),
        ("snap", -1, 1),
    ],
)
def test_functions_never_fall_where_they_should_rise(name: str, low: float, high: float):
    results = ONE_PLACE[name](np.linspace(low, high, 20011))
    assert (np.diff(exact.snap(results)) >= 0).all()


# The same everywhere


@EVERY
@given(
    values=st.lists(st.floats(-50, 50), min_size=1, max_size=41),
    offset=st.integers(0, 7),
    data=st.data(),
)
def test_a_lane_alone_is_equal_to_the_bit(name: str, values: list[float], offset: int, data):
    function = ONE_PLACE[name]
    unaligned = np.array([0.0] * offset + values)[offset:]
    together = function(unaligned)
    lane = data.draw(st.integers(0, len(values) - 1))
    alone = function(np.array([values[lane]]))
    two = function(np.array([values[lane]] * 2))
    backwards = function(unaligned[::-1])[::-1]
    strided = function(np.repeat(unaligned, 3)[::3])
    wanted = alone.tobytes()
    assert together[lane : lane + 1].tobytes() == wanted
    assert two.tobytes() == wanted * 2
    assert backwards.tobytes() == strided.tobytes() == together.tobytes()
    assert function(values[lane]).tobytes() == wanted


@EVERY
def test_blocks_leave_no_seams(name: str):
    x = spread(-30, 30, 20001)
    whole = ONE_PLACE[name](x)
    pieces = np.concatenate([ONE_PLACE[name](x[i : i + 997]) for i in range(0, len(x), 997)])
    assert whole.tobytes() == pieces.tobytes()


@EVERY
def test_shapes_are_kept_and_inputs_untouched(name: str):
    x = spread(-3, 3, 24).reshape(2, 3, 4)
    before = x.copy()
    assert ONE_PLACE[name](x).shape == (2, 3, 4)
    assert ONE_PLACE[name](x[:, :0]).shape == (2, 0, 4)
    assert isinstance(ONE_PLACE[name](0.5), np.ndarray)
    assert ONE_PLACE[name](0.5).shape == ()
    np.testing.assert_array_equal(x, before)


KNOWN = {
    "exp": "0x1.09ad0cffd4c5ap+0 0x1.599058c8c1a95p+0 0x1.04f34bed11f5cp+1",
    "log": "-0x1.a5a652f99ea80p+1 -0x1.34378fcbda721p+0 -0x1.5b65f4034692cp-2",
    "logistic": "0x1.04bf8daa31cebp-1 0x1.261d545e46a8ap-1 0x1.578168567cef4p-1",
    "tanh": "0x1.2fc8a975b4d4dp-5 0x1.2a4dda7d914fbp-2 0x1.396768d728529p-1",
    "normal": "-0x1.c90e8ae64b28dp+0 -0x1.0c7e395feb5afp-1 0x1.1ec795e4554fap-1",
    "power": "0x1.e4ab5bb855e73p-9 0x1.08819f76d9f8dp-3 0x1.1f9af8790ef3ap-1",
    "decay": "0x1.fba14353bf899p-1 0x1.ddb680117ab12p-1 0x1.b24e3a418b059p-1",
    "poisson": "0x0.0p+0 0x1.0000000000000p+0 0x1.0000000000000p+1",
    "snap": "0x1.2fec600000000p-5 0x1.3333340000000p-2 0x1.6cb2960000000p-1",
}


@EVERY
def test_known_answers_show_a_change_of_algorithm(name: str):
    results = ONE_PLACE[name](np.array([0.0371, 0.3, 0.7123]))
    assert [float(v).hex() for v in results] == KNOWN[name].split()


def test_a_digest_of_many_answers_shows_a_change_of_algorithm():
    x = spread(-30, 30, 5003)
    answers = b"".join(f(x).astype("<f8").tobytes() for f in ONE_PLACE.values())
    assert blake2b(answers, digest_size=8).hexdigest() == "39ec45fc79516997"


def test_only_operations_that_round_alike_everywhere_are_used():
    tree = ast.parse(Path(exact.__file__).read_text(encoding="utf-8"))
    called = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in {"np", "math"}
    }
    varying = {"exp", "exp2", "expm1", "log", "log2", "log1p", "tanh", "power", "einsum", "dot"}
    assert not called & (varying | {"sin", "cos", "float_power", "sum", "mean", "matmul", "cbrt"})
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.MatMult)]


# Extremes


@pytest.mark.parametrize("name", [n for n in ONE_PLACE if n != "snap"])
def test_extreme_inputs_give_finite_results_without_warnings(name: str):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        results = ONE_PLACE[name](np.array([*EXTREMES, math.inf, -math.inf]))
        exact.snap(results)
        exact.snap(results * results)
    assert np.isfinite(results).all()


def test_extreme_second_arguments_give_finite_results_without_warnings():
    ends = np.array([*EXTREMES, math.inf, -math.inf])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for first in (ends, np.array([0.0, 1.0, 1e308])[:, None]):
            assert np.isfinite(exact.decay(ends, first)).all()
            assert np.isfinite(exact.poisson(first, ends)).all()
            assert np.isfinite(exact.power(first, np.array(EXTREMES[:8])[:, None, None])).all()


@pytest.mark.parametrize("name", [n for n in ONE_PLACE if n != "poisson"])
def test_what_is_not_a_number_stays_so(name: str):
    results = ONE_PLACE[name](np.array([0.5, math.nan, 0.5]))
    assert np.isnan(results).tolist() == [False, True, False]


def test_log_of_nothing_is_clamped():
    np.testing.assert_array_equal(exact.log(np.array([0.0, -5.0])), [exact.log(2.0**-1022)] * 2)


# The grid


@given(st.floats(-LIMIT, LIMIT))
def test_snapping_is_to_the_nearest_and_only_once(x: float):
    snapped = float(exact.snap(x))
    assert abs(snapped - x) <= GRID / 2
    assert (snapped / GRID).is_integer()
    assert float(exact.snap(snapped)) == snapped
    if abs(x) < LIMIT:
        assert exact.on_grid(x) == snapped


@pytest.mark.parametrize("count", [1, 7, 1000, 5000])
def test_limits_hold_many_values_as_they_hold_few(count: int):
    values = np.linspace(-3.0, 3.0, count)
    values[count // 2] = np.nan
    low, high = np.array(-1.5), np.array(2.0)
    assert np.array_equal(
        exact.between(values, low, high), np.clip(values, -1.5, 2.0), equal_nan=True
    )
    assert np.array_equal(exact.at_least(values, low), np.maximum(values, -1.5), equal_nan=True)
    assert np.array_equal(exact.at_most(values, high), np.minimum(values, 2.0), equal_nan=True)
    filled = np.empty(count)
    assert exact.between(values, low, high, filled) is filled


def test_snapping_takes_ties_to_even():
    halves = np.array([0.5, 1.5, 2.5, -0.5, -1.5]) * GRID
    np.testing.assert_array_equal(exact.snap(halves) / GRID, [0, 2, 2, 0, -2])


@given(st.floats(-1, 1))
def test_the_grid_has_one_zero(x: float):
    assert math.copysign(1.0, float(exact.snap(x * GRID / 2))) == 1.0


def test_snapping_in_place_fills_and_returns_the_given_array():
    x = np.array([0.1, 0.2])
    assert exact.snap(x, out=x) is x
    np.testing.assert_array_equal(x, [exact.on_grid(0.1), exact.on_grid(0.2)])


@pytest.mark.parametrize("bad", [LIMIT, -LIMIT, math.inf, -math.inf, math.nan])
def test_what_the_grid_cannot_hold_is_an_error_with_a_name_and_a_place(bad: float):
    values = np.zeros((2, 3))
    values[1, 2] = bad
    with pytest.raises(OutOfRangeError, match=r"^econ\.output is .* at index \[1, 2\]"):
        exact.check(values, "econ.output")
    with pytest.raises(OutOfRangeError):
        exact.on_grid(bad)


def test_all_within_range_passes_the_check():
    exact.check(np.array([LIMIT - GRID, GRID - LIMIT, 0.0]), "x")
    exact.check(np.zeros((0, 4)), "x")
    exact.check(3.5, "x")


@given(st.lists(st.integers(-(2**52) + 1, 2**52 - 1), min_size=1))
def test_grid_integers_come_back_whole(steps: list[int]):
    integers = exact.to_integers(np.array(steps) * GRID)
    assert integers.dtype == np.int64
    assert integers.tolist() == steps


# Sums


@given(
    st.lists(st.integers(-(2**48), 2**48), min_size=2, max_size=16),
    st.randoms(use_true_random=False),
)
def test_totals_are_exact_in_any_order(steps: list[int], random):
    x = np.array(steps) * GRID
    shuffled = list(steps)
    random.shuffle(shuffled)
    y = np.array(shuffled) * GRID
    assert float(exact.total(x, 0)) == sum(steps) * GRID
    assert exact.total(y, 0).tobytes() == exact.total(x, 0).tobytes()


def test_totals_round_each_summand_first():
    x = np.full((10, 1), 0.4 * GRID)
    np.testing.assert_array_equal(exact.total(x, 0), [0.0])


@pytest.mark.parametrize("axis", [0, 1, -2, (0, 1), (0, 2)])
def test_totals_over_axes_agree_with_exact_fractions(axis):
    x = spread(-9, 9, 60).reshape(3, 4, 5)
    steps = exact.to_integers(exact.snap(x))
    np.testing.assert_array_equal(exact.total(x, axis), steps.sum(axis=axis) * GRID)


def test_totals_of_one_lane_and_of_many_are_equal():
    x = spread(-9, 9, 8 * 6 * 33).reshape(8, 6, 33)
    together = exact.total(x, (0, 1))
    assert [float(exact.total(x[..., k : k + 1], (0, 1))[0]) for k in range(33)] == list(together)


def contract_by_loops(subscripts: str, *arrays: np.ndarray) -> np.ndarray:
    """The definition: every cell's products from left to right, snapped and added."""
    given, wanted = subscripts.split("->")
    axes = given.split(",")
    sizes = {
        a: n for ls, x in zip(axes, arrays, strict=True) for a, n in zip(ls, x.shape, strict=False)
    }
    lanes = max(x.shape[-1] for x in arrays)
    result = np.zeros((*(sizes[a] for a in wanted), lanes))
    for place in itertools.product(*(range(n) for n in sizes.values())):
        at = dict(zip(sizes, place, strict=True))
        product = np.ones(lanes)
        for letters, x in zip(axes, arrays, strict=True):
            product = product * x[tuple(at[a] for a in letters)]
        result[tuple(at[a] for a in wanted)] += np.rint(product / GRID) * GRID
    return result


@pytest.mark.parametrize(
    ("subscripts", "shapes"),
    [
        ("ij,jk->ik", [(3, 4), (4, 5)]),
        ("ij,jk->ki", [(3, 4), (4, 5)]),
        ("ij,j->i", [(3, 4), (4,)]),
        ("ji,j->i", [(4, 3), (4,)]),
        ("i,i->", [(5,), (5,)]),
        ("ij->", [(3, 4)]),
        ("ij->ji", [(3, 4)]),
        ("i,j->ij", [(3,), (4,)]),
        ("ij,jk,kl->il", [(2, 3), (3, 4), (4, 2)]),
        ("i,ij,j->", [(3,), (3, 4), (4,)]),
        (",i->i", [(), (3,)]),
    ],
)
@pytest.mark.parametrize("large", [False, True])
def test_contractions_follow_their_definition(subscripts, shapes, large, monkeypatch):
    if large:
        monkeypatch.setattr(exact, "_LARGE", 0)
    arrays = [spread(-2, 2, math.prod(s) * 7 + n)[n:] for n, s in enumerate(shapes)]
    arrays = [x.reshape(*s, 7) for x, s in zip(arrays, shapes, strict=True)]
    together = exact.contract(subscripts, *arrays)
    assert together.tobytes() == contract_by_loops(subscripts, *arrays).tobytes()
    alone = exact.contract(subscripts, *(np.ascontiguousarray(x[..., 3:4]) for x in arrays))
    assert alone.tobytes() == np.ascontiguousarray(together[..., 3:4]).tobytes()


@pytest.mark.parametrize("large", [False, True])
def test_one_lane_of_weights_serves_many_lanes(large, monkeypatch):
    if large:
        monkeypatch.setattr(exact, "_LARGE", 0)
    weights, x = spread(0, 1, 12).reshape(3, 4, 1), spread(0, 1, 20).reshape(4, 5)
    got = exact.contract("ij,j->i", weights, x)
    assert got.tobytes() == exact.contract("ij,j->i", np.repeat(weights, 5, axis=2), x).tobytes()


@pytest.mark.parametrize("wrong", ["ij,jk", "ii->i", "ij,jk->iz", "i1->i", "i->ii"])
def test_subscripts_that_make_no_sense_are_refused(wrong: str):
    with pytest.raises(DeclarationError, match="cannot read"):
        exact.contract(wrong, np.ones((2, 2, 1)), np.ones((2, 2, 1)))


@pytest.mark.parametrize(
    "shapes", [[(2, 3, 1)], [(2, 3, 1), (2, 1)], [(2, 3, 1), (3,)], [(2, 3, 1), (1, 1)]]
)
def test_arrays_that_do_not_fit_are_refused(shapes):
    with pytest.raises(DeclarationError, match="does not fit"):
        exact.contract("ij,j->i", *(np.ones(s) for s in shapes))


@pytest.mark.parametrize("function", [exact.exp, exact.log, exact.logistic, exact.tanh])
def test_a_value_alone_and_among_others_are_the_same(function) -> None:  # type: ignore[no-untyped-def]
    values = np.array([-3.0, -0.0, 0.0, 0.5, 0.5, 700.0, np.inf])
    alone = [function(value) for value in values] + [function(np.array([v]))[0] for v in values]
    assert np.array(alone).tobytes() == np.tile(function(values), 2).tobytes()
