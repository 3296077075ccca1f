"""Chance with an address: fair, and moved by nothing but the address."""

from __future__ import annotations

import itertools
import warnings
from hashlib import blake2b

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercise.engine.dice import Dice
from exercise.engine.exact import GRID

ADDRESS = ("resolve", "war", "hit")
NAMES = st.lists(st.text(max_size=6), min_size=1, max_size=7, unique=True)


def grid_integers(rolls: np.ndarray) -> np.ndarray:
    return (rolls / GRID).astype(np.int64)


# The definition, once more, in whole numbers

MASK = (1 << 64) - 1


def hashed(purpose: str, *parts: bytes, size: int) -> int:
    state = blake2b(digest_size=size, person=b"dice/1")
    for part in (purpose.encode(), *parts):
        state.update(len(part).to_bytes(8, "little") + part)
    return int.from_bytes(state.digest(), "little")


def finalised(z: int) -> int:
    z = ((z ^ z >> 30) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ z >> 27) * 0x94D049BB133111EB) & MASK
    return z ^ z >> 31


def stirred(z: int) -> int:
    z = ((z ^ z >> 30) * 0xBF58476D1CE4E5B9) & MASK
    return ((z ^ z >> 27) * 0x94D049BB133111EB) & MASK


def one_roll(seed, game, turn, address, cell, content=0) -> float:
    luck = hashed("seed", str(seed).encode(), size=32).to_bytes(32, "little")
    key = hashed("turn", luck, str(turn).encode(), size=16)
    low, high = key & MASK, key >> 64
    first = finalised((finalised((game & MASK) ^ low) + high) & MASK)
    second = finalised((first + low) & MASK)
    counts = len(address).to_bytes(8, "little") + len(cell).to_bytes(8, "little")
    parts = [part.encode("utf-8", "surrogatepass") for part in (*address, *cell)]
    word = hashed("cell", counts, *parts, size=8) ^ first ^ finalised(content & MASK)
    return (stirred((stirred(word) + second) & MASK) >> 40) * GRID


@given(
    seed=st.integers(),
    games=st.lists(st.integers(-(2**63), 2**63 - 1), min_size=1, max_size=5),
    turn=st.integers(0, 10**6),
    address=st.lists(st.text(max_size=5), max_size=3).map(tuple),
    names=st.lists(NAMES, max_size=2),
)
def test_rolls_follow_the_definition(seed, games, turn, address, names):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        rolls = Dice.seeded(seed, games).turn(turn).roll(address, names)
    assert rolls.shape == (*map(len, names), len(games))
    for at in itertools.product(*(range(len(axis)) for axis in names)):
        cell = [axis[i] for axis, i in zip(names, at, strict=True)]
        for lane, game in enumerate(games):
            assert rolls[(*at, lane)] == one_roll(seed, game, turn, address, cell)


@given(content=st.integers(-(2**63), 2**63 - 1), game=st.integers(0, 2**40))
def test_rolls_with_content_follow_the_definition(content: int, game: int):
    rolls = Dice.seeded(5, [game]).turn(1).roll(ADDRESS, [["a"]], np.array([[content]]))
    assert rolls[0, 0] == one_roll(5, game, 1, ADDRESS, ["a"], content)


KNOWN = [
    [[6155889, 67494, 2006736], [16227026, 6939285, 14465771]],
    [[4899859, 411010, 10541813], [11330884, 16735934, 1285430]],
]
COMMITMENT = "e0cb06f96a6fc29e4c292ad5584d6e957c57c09028e932ca8bfe807b46d33120"


def test_known_answers_show_a_change_of_algorithm():
    dice = Dice.seeded(2024, [0, 1, 731])
    rolls = dice.turn(3).roll(ADDRESS, [["Østland", "west"], ["air", "sea"]])
    assert grid_integers(rolls).tolist() == KNOWN
    assert dice.commitment() == COMMITMENT


def test_rolls_are_on_the_grid_and_below_one():
    rolls = Dice.seeded(1, range(4096)).turn(0).roll(ADDRESS, [[str(i) for i in range(32)]])
    steps = rolls / GRID
    assert (steps == np.rint(steps)).all()
    assert rolls.min() >= 0.0
    assert rolls.max() < 1.0


# Nothing but the address


@given(names=NAMES, more=NAMES, data=st.data())
def test_more_names_in_another_order_move_no_roll(names, more, data):
    turn = Dice.seeded(7, range(3)).turn(4)
    before = turn.roll(ADDRESS, [names, ["x", "y"]])
    larger = data.draw(st.permutations(list(dict.fromkeys(names + more))))
    after = turn.roll(ADDRESS, [larger, ["y", "z", "x"]])
    for i, name in enumerate(names):
        np.testing.assert_array_equal(after[larger.index(name)][[2, 0]], before[i])


@given(lanes=st.integers(1, 70), data=st.data())
def test_a_game_alone_rolls_as_in_a_batch(lanes: int, data):
    lane = data.draw(st.integers(0, lanes - 1))
    names = [[str(i) for i in range(150)]]
    together = Dice.seeded(7, range(100, 100 + lanes)).turn(4).roll(ADDRESS, names)
    alone = Dice.seeded(7, [100 + lane]).turn(4).roll(ADDRESS, names)
    assert alone.tobytes() == together[:, lane].tobytes()


def test_a_batch_larger_than_a_block_rolls_the_same():
    names = [["a", "b", "c"]]
    together = Dice.seeded(7, range(10_000)).turn(4).roll(ADDRESS, names)
    halves = [Dice.seeded(7, range(n, n + 5000)).turn(4).roll(ADDRESS, names) for n in (0, 5000)]
    np.testing.assert_array_equal(np.concatenate(halves, axis=1), together)


def test_rolling_does_not_use_anything_up():
    turn = Dice.seeded(7, range(3)).turn(4)
    first = turn.roll(ADDRESS, [["a", "b"]])
    turn.roll(("resolve", "war", "miss"), [["a"]])
    np.testing.assert_array_equal(turn.roll(ADDRESS, [["a", "b"]]), first)
    first[:] = 0.0
    assert turn.roll(ADDRESS, [["a", "b"]]).all()


def test_an_axis_without_names_and_no_axes_at_all():
    turn = Dice.seeded(7, range(3)).turn(4)
    assert turn.roll(ADDRESS, [[], ["a"]]).shape == (0, 1, 3)
    assert turn.roll(ADDRESS, []).shape == (3,)


ANOTHER = [
    (Dice.seeded(8, range(64)).turn(4), ADDRESS, ["a", "b"]),
    (Dice.seeded(7, range(64)).turn(5), ADDRESS, ["a", "b"]),
    (Dice.seeded(7, range(64)).turn(40), ADDRESS, ["a", "b"]),
    (Dice.seeded(7, range(64, 128)).turn(4), ADDRESS, ["a", "b"]),
    (Dice.seeded(7, range(1, 65)).turn(4), ADDRESS, ["a", "b"]),
    (Dice.seeded(7, range(64)).turn(4), ("orders", "war", "hit"), ["a", "b"]),
    (Dice.seeded(7, range(64)).turn(4), ("resolve", "warh", "it"), ["a", "b"]),
    (Dice.seeded(7, range(64)).turn(4), ("resolve", "war"), ["hit", "a", "b"]),
    (Dice.seeded(7, range(64)).turn(4), ("resolve", "war", "hit", "a"), ["b"]),
    (Dice.seeded(7, range(64)).turn(4), ADDRESS, ["b", "a"]),
    (Dice.seeded(7, range(64)).turn(4), ADDRESS, ["", "ab"]),
    (Dice.seeded(7, range(64)).turn(4), ADDRESS, ["a", "b", ""]),
]


@pytest.mark.parametrize(("turn", "address", "cell"), ANOTHER)
def test_another_luck_turn_game_label_or_cell_is_another_roll(turn, address, cell):
    mine = Dice.seeded(7, range(64)).turn(4).roll(ADDRESS, [["a"], ["b"]]).reshape(64)
    other = turn.roll(address, [[name] for name in cell]).reshape(64)
    assert (mine != other).all()
    assert abs(np.corrcoef(mine, other)[0, 1]) < 0.4


def test_all_games_and_cells_of_a_block_differ_as_by_chance():
    """Among 2¹⁶ rolls of 2²⁴ values some 128 meet; games and cells that cancel would add more."""
    rolls = Dice.seeded(3, range(256)).turn(1).roll(ADDRESS, [[str(i) for i in range(256)]])
    met = rolls.size - np.unique(rolls).size
    assert 85 < met < 175


# What is made at run time


def test_no_content_is_as_none_given():
    turn = Dice.seeded(7, range(5)).turn(4)
    plain = turn.roll(ADDRESS, [["a", "b"]])
    np.testing.assert_array_equal(turn.roll(ADDRESS, [["a", "b"]], np.zeros((2, 5), int)), plain)
    only_b = turn.roll(ADDRESS, [["a", "b"]], np.array([[0], [9]]))
    np.testing.assert_array_equal(only_b[0], plain[0])
    assert (only_b[1] != plain[1]).all()


def test_content_rolls_the_same_in_whatever_slot_it_landed():
    turn = Dice.seeded(7, range(5)).turn(4)
    slots = [["motion", "motion", "motion"], ["france", "italy"]]
    here = turn.roll(ADDRESS, slots, np.array([11, 22, 0]).reshape(3, 1, 1))
    there = turn.roll(ADDRESS, slots, np.array([0, 11, 22]).reshape(3, 1, 1))
    np.testing.assert_array_equal(here[[0, 1]], there[[1, 2]])
    assert (here[0] != here[1]).all()


def test_content_may_differ_from_game_to_game():
    turn = Dice.seeded(7, range(3)).turn(4)
    mixed = turn.roll(ADDRESS, [["motion"]], np.array([[11, 22, 11]]))
    for lane, content in enumerate([11, 22, 11]):
        alone = turn.roll(ADDRESS, [["motion"]], np.array([[content]]))
        assert mixed[0, lane] == alone[0, lane]


# Luck


def test_the_commitment_tells_lucks_apart_and_not_games():
    assert Dice(b"a" * 32, [0]).commitment() == Dice(b"a" * 32, [1, 2]).commitment()
    assert Dice(b"a" * 32, [0]).commitment() != Dice(b"b" * 32, [0]).commitment()
    assert len(bytes.fromhex(Dice(b"a" * 32, [0]).commitment())) == 32


def test_luck_and_keys_are_not_shown():
    dice = Dice(b"open sesame", [0])
    assert "sesame" not in repr(dice)
    assert not any(str(word) in repr(dice.turn(1)) for word in dice.turn(1)._first.tolist())


def test_lanes_counts_games():
    assert Dice.seeded(1).lanes == 1
    assert Dice.seeded(1, range(9)).turn(2).lanes == 9


def test_later_changes_to_the_given_games_do_not_reach_the_dice():
    games = np.array([1, 2])
    dice = Dice.seeded(1, games)
    games[:] = 0
    assert dice.games.tolist() == [1, 2]


# Fairness, with fixed seeds: bounds are four standard deviations and more

CELLS = [[str(i) for i in range(512)]]


def by_cells(seed: int) -> np.ndarray:
    return Dice.seeded(seed, range(128)).turn(1).roll(ADDRESS, CELLS)


def by_games(seed: int) -> np.ndarray:
    return Dice.seeded(seed, range(65536)).turn(1).roll(ADDRESS, [["a"]]).T


def by_turns(seed: int) -> np.ndarray:
    dice = Dice.seeded(seed, range(8))
    return np.stack([dice.turn(n).roll(ADDRESS, [["a", "b"]]).ravel() for n in range(4096)])


def by_labels(seed: int) -> np.ndarray:
    turn = Dice.seeded(seed, range(16)).turn(1)
    return np.stack([turn.roll(("resolve", "war", str(n)), [["a"]])[0] for n in range(4096)])


def by_seeds(seed: int) -> np.ndarray:
    many = [Dice.seeded(seed + n, range(16)) for n in range(4096)]
    return np.stack([dice.turn(1).roll(ADDRESS, [["a"]])[0] for dice in many])


def by_content(seed: int) -> np.ndarray:
    content = np.arange(1, 65537).reshape(1, -1) * np.int64(1 << 32)
    turn = Dice.seeded(seed, np.zeros(65536, int)).turn(1)
    return turn.roll(ADDRESS, [["motion"]], content).T


WAYS = pytest.mark.parametrize(
    "way", [by_cells, by_games, by_turns, by_labels, by_seeds, by_content]
)


def chi_square(counts: np.ndarray) -> float:
    """How many standard deviations a table of counts is from all alike."""
    expected = counts.sum() / counts.size
    freedom = counts.size - 1
    return float((((counts - expected) ** 2).sum() / expected - freedom) / np.sqrt(2 * freedom))


@WAYS
def test_rolls_are_uniform_in_all_their_bits(way):
    steps = grid_integers(way(11)).ravel()
    for lowest in (0, 8, 16):
        counts = np.bincount(steps >> lowest & 255, minlength=256)
        assert abs(chi_square(counts)) < 4


@WAYS
def test_neighbours_are_not_alike(way):
    rolls = way(12)
    count = rolls[1:].size
    for apart in (1, 2, 4):
        near, far = rolls[:-apart].ravel() - 0.5, rolls[apart:].ravel() - 0.5
        assert abs((near * far).sum() * 12) < 4 * np.sqrt(count)
        pairs = (near * 16 + 8).astype(int) * 16 + (far * 16 + 8).astype(int)
        assert abs(chi_square(np.bincount(pairs, minlength=256))) < 4


def test_squares_of_games_and_cells_have_no_pattern():
    """For two games and two cells, the four rolls combined bit by bit are as random as one."""
    steps = grid_integers(by_cells(13))
    combined = steps[:-1, :-1] ^ steps[1:, :-1] ^ steps[:-1, 1:] ^ steps[1:, 1:]
    for lowest in (0, 8, 16):
        assert abs(chi_square(np.bincount(combined.ravel() >> lowest & 255, minlength=256))) < 6


def changed_bits(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """The share of cases in which each of the 24 bits of a roll changed."""
    change = grid_integers(before) ^ grid_integers(after)
    return np.array([(change >> bit & 1).mean() for bit in range(24)])


@pytest.mark.parametrize("bit", [*range(16), 31, 32, 47, 62, 63])
def test_any_bit_of_the_game_changes_half_the_bits_of_a_roll(bit: int):
    games = np.arange(4096, dtype=np.int64)
    flipped = (games.view(np.uint64) ^ np.uint64(1 << bit)).view(np.int64)
    names = [["a", "b"]]
    before, after = (Dice.seeded(14, g).turn(1).roll(ADDRESS, names) for g in (games, flipped))
    np.testing.assert_allclose(changed_bits(before, after), 0.5, atol=0.03)


@pytest.mark.parametrize("bit", [0, 1, 7, 8, 31, 32, 62, 63])
def test_any_bit_of_the_content_changes_half_the_bits_of_a_roll(bit: int):
    content = np.arange(1, 8193, dtype=np.int64).reshape(1, -1)
    flipped = (content.view(np.uint64) ^ np.uint64(1 << bit)).view(np.int64)
    turn = Dice.seeded(14, range(8192)).turn(1)
    before, after = (turn.roll(ADDRESS, [["motion"]], c) for c in (content, flipped))
    np.testing.assert_allclose(changed_bits(before, after), 0.5, atol=0.03)


def test_dice_for_some_cells_are_the_same_dice() -> None:
    dice = Dice.seeded(3, np.arange(5)).turn(2)
    names = (("a", "b"), ("x", "y", "z"))
    where = np.random.default_rng(0).random((2, 3, 5)) < 0.4
    some, whole = dice.roll_where(("one",), names, where), dice.roll(("one",), names)
    np.testing.assert_array_equal(some, np.where(where, whole, 0.0))
