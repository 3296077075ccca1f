"""The world: named cells, snapshots that stand alone, digests that are the same everywhere."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercise.engine.declare import CONTROL, Field, Part
from exercise.engine.exact import GRID
from exercise.engine.roster import Roster
from exercise.engine.world import Layout, Slips, World, field_rows, start_values
from exercise.errors import OutOfRangeError

ROSTER = Roster({"ally": ("a", "b"), "report": ("x", "y", "z")})
FIELDS = (
    Field("m.pair", ("ally", "report"), unit="", says="", seen=CONTROL),
    Field("m.lone", (), unit="", says="", seen=CONTROL, kind="derived",
          parts=(Part("p", ("ally",)),)),
    Field("m.to", ("ally", "ally@to"), unit="", says="", seen=CONTROL),
)  # fmt: skip
LAYOUT = Layout.of(ROSTER, field_rows(FIELDS))


def test_every_cell_has_a_name_and_every_name_a_row() -> None:
    assert LAYOUT.size == 6 + 1 + 2 + 4
    for row in range(LAYOUT.size):
        name, names = LAYOUT.names(row)
        assert LAYOUT.row(name, names) == row
    assert LAYOUT.label(0) == "m.pair[a,x]"
    assert LAYOUT.label(6) == "m.lone"
    with pytest.raises(KeyError):
        LAYOUT.names(LAYOUT.size)
    with pytest.raises(KeyError, match="no report is called 'w'"):
        LAYOUT.row("m.pair", ("a", "w"))


def test_views_are_read_only_and_copies_stand_alone() -> None:
    world = World(LAYOUT, 2)
    world.fill("m.pair", 0.5)
    copy = world.copy()
    with pytest.raises(ValueError, match="read-only"):
        world["m.pair"].data[...] = 1.0
    world.put("m.pair", ("a", "x"), 0.75)
    assert world.value("m.pair", ("a", "x")) == 0.75
    assert copy.value("m.pair", ("a", "x")) == 0.5


def test_cells_follow_what_is_put_later() -> None:
    world = World(LAYOUT)
    cells = world["m.lone"]
    world.fill("m.lone", 0.25)
    assert cells.data.tolist() == [0.25]


@given(st.lists(st.integers(-(2**40), 2**40), min_size=LAYOUT.size, max_size=LAYOUT.size))
def test_a_lane_is_packed_and_unpacked_to_the_bit(numbers: list[int]) -> None:
    column = np.array(numbers) * GRID
    world = World.of(LAYOUT, column)
    again = World.unpack(LAYOUT, world.pack())
    np.testing.assert_array_equal(again.column(), column)
    assert again.digest() == world.digest()
    assert World.of(LAYOUT, column).copy(3).digest(2) == world.digest()


def test_a_digest_depends_on_every_cell() -> None:
    seen = {World(LAYOUT).digest()}
    for row in range(LAYOUT.size):
        column = np.zeros(LAYOUT.size)
        column[row] = GRID
        seen.add(World.of(LAYOUT, column).digest())
    assert len(seen) == LAYOUT.size + 1


def test_a_lane_that_is_over_is_put_back() -> None:
    before = World(LAYOUT, 3)
    after = before.copy()
    after.fill("m.pair", 1.0)
    after.freeze(before, np.array([False, True, False]))
    assert [after.value("m.pair", ("a", "x"), lane) for lane in range(3)] == [1.0, 0.0, 1.0]


def test_lanes_that_are_over_are_put_back_from_any_way_of_keeping_them() -> None:
    before = World(LAYOUT, 3)
    one_lane = np.array([[[True], [False], [True]], [[False], [True], [True]]])
    before.replace("m.pair", one_lane)
    after = before.copy()
    after.replace("m.pair", np.full((2, 3, 1), 0.5))
    after.freeze(before, np.array([True, False, True]))
    lanes = [after["m.pair"].data[..., lane].tolist() for lane in range(3)]
    was, now = [[1.0, 0.0, 1.0], [0.0, 1.0, 1.0]], [[0.5] * 3] * 2
    assert lanes == [was, now, was]
    after.freeze(before, np.array([True, True, True]))
    assert after.held("m.pair").data is one_lane


def test_some_of_the_lanes_are_a_world_whose_lanes_lie_side_by_side() -> None:
    world = World(LAYOUT, 5)
    world.replace("m.pair", np.arange(30.0).reshape(2, 3, 5))
    world.replace("m.to", np.ones((2, 2, 1)))
    some = world.among(np.array([3, 0]))
    assert some["m.pair"].data.tolist() == world["m.pair"].data[..., [3, 0]].tolist()
    assert some.held("m.pair").data.flags.c_contiguous
    assert some.held("m.to").data is world.held("m.to").data


def test_worlds_are_put_together_lane_by_lane() -> None:
    whole = World(LAYOUT, 5)
    whole.replace("m.pair", np.arange(30.0).reshape(2, 3, 5))
    whole.replace("m.to", np.ones((2, 2, 1)))
    shares = [np.array([4, 1]), np.array([0]), np.array([2, 3])]
    joined = World.joined([(own, whole.among(own)) for own in shares])
    assert [joined.digest(k) for k in range(5)] == [whole.digest(k) for k in range(5)]
    assert joined.held("m.to").data.shape[-1] == 1


def test_start_values_are_held_in_range_and_can_be_named() -> None:
    high = Field("m.high", ("ally",), unit="", says="", seen=CONTROL, start=7.0)
    assert start_values(high, ROSTER).tolist() == [1.0, 1.0]
    named = Field("m.n", ("ally",), unit="", says="", seen=CONTROL, start=lambda _: {("b",): 0.5})
    assert start_values(named, ROSTER).tolist() == [0.0, 0.5]
    wild = Field("m.wild", (), unit="", says="", seen=CONTROL, start=float("inf"))
    with pytest.raises(OutOfRangeError):
        start_values(wild, ROSTER)


def test_slips_hold_what_was_ordered_and_else_nothing() -> None:
    slips = Slips.empty(LAYOUT)
    slips.put("m.to", ("a", "b"), 0.7)
    assert slips["m.to"].data[0, 1, 0] == pytest.approx(0.7)
    assert list(slips.touched) == ["m.to"]
    assert not slips["m.pair"].data.any()
