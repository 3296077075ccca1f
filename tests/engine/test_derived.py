"""Derived fields from turn to turn: what need not be computed again, and the way to new values."""

from __future__ import annotations

import numpy as np

from exercise.engine.cells import Cells
from exercise.engine.declare import CONTROL, Field, Part
from exercise.engine.derived import Memory, Path, alike
from exercise.engine.dice import Dice
from exercise.engine.ledger import Book
from exercise.engine.roster import Roster
from exercise.sweep import play_turn
from tests.scenarios import loaded

ROSTER = Roster({"ally": ("a", "b"), "report": ("x", "y", "z")})
FIELD = Field(
    "m.f", ("ally",), unit="", says="", seen=CONTROL, kind="derived",
    parts=(Part("one", ("ally",)), Part("many", ("report", "ally"))),
)  # fmt: skip


def parts(one: float, many: float) -> list[Cells]:
    return [
        Cells(np.full((2, 1), one), ("ally",)),
        Cells(np.full((3, 2, 1), many), ("report", "ally")),
    ]


def test_equal_parts_recall_the_value_and_become_the_same_arrays() -> None:
    memory, first, held = Memory(), parts(1.0, 2.0), np.full((2, 1), 3.0)
    memory.keep(FIELD, first, held)
    again = parts(1.0, 2.0)
    assert memory.recall(FIELD, again) is held
    assert [cells.data is was.data for cells, was in zip(again, first, strict=True)] == [True] * 2


def test_one_part_that_differs_recalls_nothing() -> None:
    memory = Memory()
    assert memory.recall(FIELD, parts(1.0, 2.0)) is None
    memory.keep(FIELD, parts(1.0, 2.0), np.full((2, 1), 3.0))
    assert memory.recall(FIELD, parts(1.0, 2.5)) is None
    part_of_it = parts(0.5, 2.0)
    assert memory.recall(FIELD, part_of_it) is None
    assert memory.recall(FIELD, [parts(1.0, 2.0)[0], part_of_it[1]]) is not None


def test_games_side_by_side_are_not_remembered() -> None:
    memory = Memory()
    many = [Cells(np.repeat(cells.data, 2, axis=-1), cells.axes) for cells in parts(1.0, 2.0)]
    memory.keep(FIELD, many, np.full((2, 2), 3.0))
    assert memory.recall(FIELD, many) is None


def test_truth_values_and_numbers_may_be_alike() -> None:
    assert alike(np.array([1.0, 0.0]), np.array([True, False]))
    assert not alike(np.array([1.0, 0.5]), np.array([1.0, 0.0]))


def test_each_entry_of_a_further_axis_takes_a_lane_of_its_own() -> None:
    path = Path.of(FIELD, (True, True), ROSTER)
    assert path.steps == 4
    assert path.entries == ((0, 0, 1, (), ("ally",)), (1, 1, 4, (3,), ("ally", "report")))
    one, many = path.taken
    assert one is not None
    assert many is not None
    assert one[0].tolist() == [False, True, True, True, True]
    assert many[:, 0].tolist() == [[lane > entry for lane in range(5)] for entry in (1, 2, 3)]


def test_a_part_that_rests_takes_no_lane() -> None:
    path = Path.of(FIELD, (False, True), ROSTER)
    assert path.taken[0] is None
    assert path.steps == 3


def test_games_and_books_are_the_same_with_nothing_remembered() -> None:
    ruleset = loaded("northern-strait").ruleset
    told: list[list[tuple[str, str, float]]] = []
    for forget in (False, True):
        world, found = ruleset.opening(), []
        for _ in range(4):
            if forget:
                ruleset.memory = Memory()
            book = Book()
            world = play_turn(ruleset, world, Dice.seeded(3), book)
            found += [
                (posting.field, line.name, float(np.abs(line.amounts).sum()))
                for posting in book.postings
                for line in posting.lines
            ]
        told.append([*found, (world.digest(), "", 0.0)])
    assert told[0] == told[1]
