"""Arithmetic that is the same on every machine, in every lane, in any order.

What always holds here:

- A value on the *grid* is a whole number of 2⁻²⁴, below 2²⁸ in size, and never minus zero. Sums of
  such values are exact, so their order cannot matter.
- Every function is built from + − × ÷, square root, rounding and scaling by powers of two, which
  IEEE 754 rounds in one way only, applied cell by cell in a fixed order. A cell's result depends
  on that cell's input alone: not on its place in the array, its neighbours or the processor.
- Nothing raises or warns on one lane's value, since a rule computes masked lanes too. What has no
  finite answer is clamped, as each function says; only NaN stays NaN, for `check` to find.

Functions take a float or an array of any shape (lanes last) and return a float64 array of that
shape, zero-dimensional for a float. Results are not on the grid until `snap` puts them there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from exercise.errors import DeclarationError, OutOfRangeError

Array = npt.NDArray[np.float64]
Number = float | Array
Mask = npt.NDArray[np.bool_]

GRID = 2.0**-24
LIMIT = 2.0**28


def _constant(value: float) -> Array:
    """A read-only constant as an array without axes: NumPy takes it in faster than a float."""
    constant = np.array(value, dtype=np.float64)
    constant.flags.writeable = False
    return constant


_ZERO = _constant(0.0)
_ONE = _constant(1.0)
_TWO = _constant(2.0)
_FOUR = _constant(4.0)
_HALF = _constant(0.5)
_STEP = _constant(GRID)
_STEPS_IN_ONE = _constant(1.0 / GRID)
_ENDLESS = _constant(np.inf)
_ENDLESS_DOWN = _constant(-np.inf)
_MANY = 1024  # values; one pass between two limits is quicker than two from here on


# The grid


def snap(x: Number, out: Array | None = None) -> Array:
    """Round to the nearest grid value, ties to even; the range is not checked."""
    result = np.asarray(np.multiply(x, _STEPS_IN_ONE, out=out))
    np.rint(result, out=result)
    np.add(result, _ZERO, out=result)  # minus zero becomes zero: the grid has one of them
    np.multiply(result, _STEP, out=result)
    return result


def between(x: Array, low: Array, high: Array, out: Array | None = None) -> Array:
    """Values held between two limits (arrays without axes); NaN stays NaN."""
    if x.size > _MANY:
        return x.clip(low, high, out=out)
    result: Array = np.maximum(x, low, out=out)
    np.minimum(result, high, out=result)
    return result


def at_least(x: Array, low: Array) -> Array:
    """The larger of each value and a limit (an array without axes); NaN stays NaN."""
    return x.clip(low, _ENDLESS) if x.size > _MANY else np.maximum(x, low)


def at_most(x: Array, high: Array) -> Array:
    """The smaller of each value and a limit (an array without axes); NaN stays NaN."""
    return x.clip(_ENDLESS_DOWN, high) if x.size > _MANY else np.minimum(x, high)


def on_grid(x: float) -> float:
    """The grid value nearest to a literal; raises OutOfRangeError beyond the range."""
    check(x, "the number")
    return round(x / GRID) * GRID


def check(x: Number, what: str) -> None:
    """Raise OutOfRangeError, naming `what` and the first cell at fault, unless every |x| < 2²⁸."""
    values = np.asarray(x, dtype=np.float64)
    if values.size == 0:
        return
    highest = np.maximum.reduce(values, axis=None)
    lowest = np.minimum.reduce(values, axis=None)
    if highest < LIMIT and lowest > -LIMIT:  # False for NaN as well
        return
    cell = tuple(int(i) for i in np.argwhere(~(np.abs(values) < LIMIT))[0])
    place = f" at index {list(cell)}" if cell else ""
    raise OutOfRangeError(
        f"{what} is {values[cell]:g}{place}; a value must be finite and within ±{LIMIT:.0f}",
        "Use a larger unit (millions, billions), or find the division or growth that ran away.",
    )


def to_integers(x: Number) -> npt.NDArray[np.int64]:
    """Checked values as whole numbers of grid steps, for digests."""
    return np.rint(np.multiply(x, _STEPS_IN_ONE)).astype(np.int64)


def total(x: Number, axis: int | tuple[int, ...]) -> Array:
    """The sum over one or more axes of the cells, each snapped; exact whatever their order.

    Exact as long as the sizes of the summands add up to less than 2²⁹.
    """
    return np.asarray(np.add.reduce(snap(x), axis=axis))


# The functions, block by block: a kernel fills `out` from `x`, with rows of scratch space

_Kernel = Callable[[Array, Array, Array], None]
_BLOCK = 8192  # elements; a kernel's rows then fit in a core's second cache


def _apply(kernel: _Kernel, x: Number, rows: int) -> Array:
    source = np.asarray(x, dtype=np.float64)
    if source.size == 1:
        return np.full(source.shape, _remembered(kernel, source.tobytes(), rows))
    result = np.empty(source.shape)
    cells, out = source.reshape(-1), result.reshape(-1)
    size = cells.size
    work = np.empty((rows, min(size, _BLOCK)))
    if size <= _BLOCK:
        kernel(cells, out, work)
        return result
    for start in range(0, size, _BLOCK):
        stop = min(start + _BLOCK, size)
        kernel(cells[start:stop], out[start:stop], work[:, : stop - start])
    return result


@lru_cache(maxsize=4096)
def _remembered(kernel: _Kernel, value: bytes, rows: int) -> float:
    """A kernel on a single value: the same half-lives and lengths of turns come back for ever."""
    out = np.empty(1)
    kernel(np.frombuffer(value), out, np.empty((rows, 1)))
    return float(out[0])


def _polynomial(x: Array, coefficients: Sequence[Array], out: Array) -> None:
    """Horner's rule, the highest power's coefficient first."""
    first, *rest = coefficients
    np.multiply(x, first, out=out)
    for coefficient in rest[:-1]:
        np.add(out, coefficient, out=out)
        np.multiply(out, x, out=out)
    np.add(out, rest[-1], out=out)


# ln 2 in two parts, the first short enough that its product with an exponent is exact.
_LN2 = _constant(float.fromhex("0x1.62e42fefa39efp-1"))
_LN2_HIGH = _constant(float.fromhex("0x1.62e42fefa3800p-1"))
_LN2_LOW = _constant(float.fromhex("0x1.ef35793c76730p-45"))
_PER_LN2 = _constant(float.fromhex("0x1.71547652b82fep+0"))

_MANTISSA_BITS = np.array(52, dtype=np.uint64)
_BIAS = 1023
# Added to a small number this leaves its nearest integer, biased, in the lowest bits.
_ROUNDER = _constant(1.5 * 2.0**52 + _BIAS)

# r coth(r/2) as a series in r²: 2 B₂ₙ r²ⁿ / (2n)!, with the Bernoulli numbers B₂ₙ. At the largest
# |r|, ½ ln 2, the first term left out is 10⁻¹⁷.
_COTH = tuple(
    _constant(c)
    for c in (-691 / 653837184000, 1 / 23950080, -1 / 604800, 1 / 15120, -1 / 360, 1 / 6, 2.0)
)


def _powers_of_two(shifted: Array) -> None:
    """Turn, in place, k + `_ROUNDER` into 2ᵏ, for −1023 < k < 1024."""
    bits = shifted.view(np.uint64)
    np.left_shift(bits, _MANTISSA_BITS, out=bits)


def _split(x: Array, power: Array, r: Array, c: Array) -> None:
    """Write x = k ln 2 + r, |r| ≤ ½ ln 2, as power = 2ᵏ, r, and c = r coth(r/2); x is used up.

    Then eˣ = power (c + r) / (c − r), which loses nothing near zero.
    """
    np.multiply(x, _PER_LN2, out=power)
    np.add(power, _ROUNDER, out=power)
    np.subtract(power, _ROUNDER, out=c)
    _powers_of_two(power)
    np.multiply(c, _LN2_HIGH, out=r)
    np.subtract(x, r, out=r)
    np.multiply(c, _LN2_LOW, out=c)
    np.subtract(r, c, out=r)
    np.multiply(r, r, out=x)
    _polynomial(x, _COTH, c)


# Far beyond the grid's range both ways, and the product of two results is still finite.
_EXP_LIMIT = _constant(300.0)
_EXP_LOWEST = _constant(-300.0)


def _numerator(x: Array, out: Array, work: Array) -> Array:
    """Leave power (c + r) in `out`, and return c − r: eˣ is the one over the other."""
    power, r, c = work
    between(x, _EXP_LOWEST, _EXP_LIMIT, out)
    _split(out, power, r, c)
    np.add(c, r, out=out)
    np.multiply(out, power, out=out)
    denominator: Array = np.subtract(c, r, out=c)
    return denominator


def _exp_kernel(x: Array, out: Array, work: Array) -> None:
    denominator = _numerator(x, out, work)
    np.divide(out, denominator, out=out)


def exp(x: Number) -> Array:
    """eˣ cell by cell, within 2 ulp; x is clamped to ±300, so what comes is finite, above zero."""
    return _apply(_exp_kernel, x, 3)


def _logistic_kernel(x: Array, out: Array, work: Array) -> None:
    denominator = _numerator(x, out, work)
    np.add(denominator, out, out=denominator)
    np.divide(out, denominator, out=out)


def logistic(x: Number) -> Array:
    """1 / (1 + e⁻ˣ) cell by cell, within 4 ulp; x is clamped to ±300."""
    return _apply(_logistic_kernel, x, 3)


_TANH_LIMIT = _constant(20.0)  # beyond it tanh is 1 to the last bit
_TANH_LOWEST = _constant(-20.0)


def _tanh_kernel(x: Array, out: Array, work: Array) -> None:
    """With e²ˣ as above, (power − 1) c + (power + 1) r over (power + 1) c + (power − 1) r."""
    power, r, c, term = work
    between(x, _TANH_LOWEST, _TANH_LIMIT, out)
    np.multiply(out, _TWO, out=out)
    _split(out, power, r, c)
    less, more = np.subtract(power, _ONE, out=out), np.add(power, _ONE, out=power)
    np.multiply(more, c, out=term)
    np.multiply(more, r, out=more)
    np.multiply(less, r, out=r)
    np.add(term, r, out=term)
    np.multiply(less, c, out=less)
    np.add(less, more, out=out)
    np.divide(out, term, out=out)


def tanh(x: Number) -> Array:
    """The hyperbolic tangent cell by cell, within 4 ulp, also near zero; odd to the last bit."""
    return _apply(_tanh_kernel, x, 4)


_LONGEST = _constant(1000.0)


def _decay_kernel(x: Array, out: Array, work: Array) -> None:
    """2⁻ˣ for 0 ≤ x ≤ 1000, exact for whole x."""
    power, r, c = work
    np.subtract(_ROUNDER, x, out=power)
    np.subtract(power, _ROUNDER, out=c)
    _powers_of_two(power)
    np.add(x, c, out=r)
    np.multiply(r, _LN2, out=r)
    np.negative(r, out=r)
    np.multiply(r, r, out=out)
    _polynomial(out, _COTH, c)
    np.add(c, r, out=out)
    np.multiply(out, power, out=out)
    np.subtract(c, r, out=c)
    np.divide(out, c, out=out)


def decay(half_life: Number, weeks: Number) -> Array:
    """What is left after `weeks` of something that halves every `half_life` weeks, in [0, 1].

    The two broadcast against each other. Exactly ½, ¼, ... after whole half-lives. Half-lives
    under a grid step count as one step, weeks under zero as none.
    """
    spent = np.minimum(np.maximum(weeks, _ZERO), LIMIT)
    halvings = np.divide(spent, np.maximum(half_life, _STEP))
    return _apply(_decay_kernel, np.minimum(halvings, _LONGEST), 3)


_SMALLEST = _constant(2.0**-1022)
_LARGEST = _constant(2.0**1022)
# From x's bits to its exponent, counted from √½ up, so that what is left of x lies in [√½, √2).
_TO_EXPONENT = np.array((_BIAS << 52) - 0x3FE6A09E667F3BCD, dtype=np.uint64)
_TWICE_BIAS = np.array(2 * _BIAS, dtype=np.uint64)
_ROUNDER_BITS = np.array(0x4338000000000000, dtype=np.uint64)
# 2 artanh(s) / s − 2 as a series in s², over s²; the first term left out is 10⁻¹⁷.
_ARTANH = tuple(_constant(2 / n) for n in range(19, 1, -2))


def _log_kernel(x: Array, out: Array, work: Array) -> None:
    """With x = 2ᵉ m and s = (m − 1) / (m + 1), log x = e ln 2 + 2 artanh s."""
    exponent, s, square = work
    between(x, _SMALLEST, _LARGEST, out)
    biased, scale = exponent.view(np.uint64), s.view(np.uint64)
    np.add(out.view(np.uint64), _TO_EXPONENT, out=biased)
    np.right_shift(biased, _MANTISSA_BITS, out=biased)
    np.subtract(_TWICE_BIAS, biased, out=scale)
    np.left_shift(scale, _MANTISSA_BITS, out=scale)
    np.multiply(out, s, out=out)  # m, by a product, so that NaN stays NaN
    np.bitwise_or(biased, _ROUNDER_BITS, out=biased)
    np.subtract(exponent, _ROUNDER, out=exponent)
    np.add(out, _ONE, out=s)
    np.subtract(out, _ONE, out=out)
    np.divide(out, s, out=s)
    np.multiply(s, s, out=square)
    _polynomial(square, _ARTANH, out)
    np.multiply(out, square, out=out)
    np.multiply(out, s, out=out)
    np.multiply(exponent, _LN2_LOW, out=square)
    np.add(out, square, out=out)
    np.multiply(s, _TWO, out=s)
    np.add(out, s, out=out)
    np.multiply(exponent, _LN2_HIGH, out=exponent)
    np.add(out, exponent, out=out)


def log(x: Number) -> Array:
    """The natural logarithm cell by cell, within 2 ulp; x is clamped to 2^±1022 (log 0: −708.4)."""
    return _apply(_log_kernel, x, 3)


def power(x: Number, p: Number) -> Array:
    """xᵖ for x ≥ 0, to 2⁻⁵² (2 + |p log x|) relative; the two broadcast against each other.

    A negative x counts as zero; 0ᵖ is 0 for p > 0 and 1 for p = 0. Exponents of e are clamped to
    ±300, so the result is finite.
    """
    result = exp(np.multiply(log(x), p))
    return np.asarray(np.multiply(result, np.greater(x, 0.0) | np.less_equal(p, 0.0)))


# The normal quantile over u − ½ as a ratio of polynomials in −log(4 u (1 − u)), fitted over
# [0, 16] to equal ripple: relative error at most 2 × 10⁻⁹, a tenth of a grid step.
_QUANTILE_ABOVE = tuple(
    _constant(c)
    for c in (
        2.4590548039358145e-07,
        0.0001005993192379265,
        0.0021124001001914627,
        0.023943639625415902,
        0.17722189781002032,
        0.8851215779782843,
        2.5066282702600633,
    )
)
_QUANTILE_BELOW = tuple(
    _constant(c)
    for c in (
        2.8587090174190317e-06,
        0.00022344744745808614,
        0.0021572164438131533,
        0.03376383647660265,
        0.09131298087532848,
        1.0,
    )
)
_FIRST = _constant(GRID / 2)
_LAST = _constant(1.0 - GRID / 2)


def _normal_kernel(x: Array, out: Array, work: Array) -> None:
    depth, u, ratio = work[:3]
    between(x, _FIRST, _LAST, u)
    np.subtract(_ONE, u, out=ratio)
    np.multiply(ratio, u, out=ratio)
    np.multiply(ratio, _FOUR, out=ratio)
    _log_kernel(ratio, depth, work[3:])
    np.negative(depth, out=depth)
    _polynomial(depth, _QUANTILE_ABOVE, out)
    _polynomial(depth, _QUANTILE_BELOW, ratio)
    np.divide(out, ratio, out=out)
    np.subtract(u, _HALF, out=u)
    np.multiply(out, u, out=out)


def normal(u: Number) -> Array:
    """The standard normal quantile of a roll in [0, 1), within 10⁻⁸; between −5.42 and 5.42.

    Rolls below half a grid step, or above one less half a step, count as that.
    """
    return _apply(_normal_kernel, u, 6)


def poisson(u: Number, mean: Number, most: int = 8) -> Array:
    """How many events, of a Poisson law of that mean, a roll in [0, 1) stands for; `most` at most.

    The two broadcast against each other. A mean under zero counts as zero.
    """
    expected = np.minimum(np.maximum(mean, _ZERO), _EXP_LIMIT)
    chance = exp(np.negative(expected))
    so_far = chance
    count = np.asarray(np.greater_equal(u, so_far), dtype=np.float64)
    for events in range(1, most):
        chance = chance * (expected / events)
        so_far = so_far + chance
        count = count + np.greater_equal(u, so_far)
    return np.asarray(count)


# Sums of products

_LARGE = 1 << 15  # cells of a product; beyond this it is summed slice by slice


@lru_cache(maxsize=1024)
def _plan(subscripts: str) -> tuple[tuple[str, ...], str, str]:
    """The axes of each array, of the result, and those summed over; raises DeclarationError."""
    given, arrow, wanted = subscripts.replace(" ", "").partition("->")
    axes = tuple(given.split(","))
    plain = all(a.isalpha() or not a for a in (*axes, wanted))
    once = all(len(set(a)) == len(a) for a in (*axes, wanted))
    every = "".join(dict.fromkeys("".join(axes)))
    if not (arrow and plain and once and set(wanted) <= set(every)):
        raise DeclarationError(
            f"contract cannot read {subscripts!r}",
            "Write it as 'ij,jk->ik': a letter per axis, none twice in one array, no lane axis.",
        )
    return axes, wanted, "".join(letter for letter in every if letter not in wanted)


def _sizes(subscripts: str, axes: tuple[str, ...], arrays: tuple[Array, ...]) -> dict[str, int]:
    """The length of each letter's axis; raises DeclarationError where two arrays differ."""
    sizes: dict[str, int] = {}
    fits = len(axes) == len(arrays)
    for letters, array in zip(axes, arrays, strict=False):
        fits = fits and array.ndim == len(letters) + 1
        for letter, size in zip(letters, array.shape, strict=False):
            fits = fits and sizes.setdefault(letter, size) == size
    if not fits:
        shapes = ", ".join(str(array.shape) for array in arrays)
        raise DeclarationError(
            f"contract {subscripts!r} does not fit arrays of shape {shapes}",
            "Give one array a term, one axis a letter, lanes last, and like letters like lengths.",
        )
    return sizes


def _product(factors: Sequence[Array]) -> Array:
    """From left to right, cell by cell, then snapped."""
    result = factors[0]
    for factor in factors[1:]:
        result = result * factor
    return snap(result)


def contract(subscripts: str, *arrays: Array) -> Array:
    """A sum of products over named axes, `"ij,jk->ik"`, lanes last in every array and unnamed.

    Each product is taken from left to right and snapped, then summed exactly (see `total`). An
    array may have one lane where others have many. Raises DeclarationError if shapes do not fit.
    """
    axes, wanted, summed = _plan(subscripts)
    sizes = _sizes(subscripts, axes, arrays)
    order = wanted + summed
    factors = []
    for letters, array in zip(axes, arrays, strict=True):
        kept = [letter for letter in order if letter in letters]
        turned = array.transpose(*(letters.index(letter) for letter in kept), len(letters))
        factors.append(turned[tuple(slice(None) if a in letters else None for a in order)])
    lanes = max(array.shape[-1] for array in arrays)
    cells = lanes
    for size in sizes.values():
        cells *= size
    over = tuple(range(len(wanted), len(order)))
    if not over:
        return _product(factors)
    if cells <= _LARGE:
        return np.asarray(np.add.reduce(_product(factors), axis=over))
    result = np.zeros((*(sizes[letter] for letter in wanted), lanes))
    depth = len(wanted)  # of the first axis summed over, in every factor
    for i in range(sizes[summed[0]]):
        slices = [_at(factor, depth, i) for factor in factors]
        np.add(result, np.add.reduce(_product(slices), axis=over[:-1]), out=result)
    return result


def _at(factor: Array, depth: int, i: int) -> Array:
    """The i-th part of a factor along one axis; a factor that lacks the axis is whole."""
    where: tuple[slice | int, ...] = (slice(None),) * depth
    return factor[(*where, i if factor.shape[depth] > 1 else 0)]
