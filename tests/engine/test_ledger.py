"""The ledger: terms on the grid, exact sums, limits as terms, derived fields part by part."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exercise.engine.cells import Cells
from exercise.engine.declare import (
    CONTROL,
    Chance,
    Field,
    Given,
    Joined,
    Only,
    Parameter,
    Part,
    Term,
)
from exercise.engine.exact import GRID
from exercise.engine.ledger import LIMIT, Book, Ledger, Origin, Posting, origin
from exercise.engine.roster import Roster
from exercise.engine.world import Layout, World, field_rows
from exercise.errors import DeclarationError

ROSTER = Roster({"ally": ("a", "b"), "report": ("x", "y", "z")})
STOCK = Field("m.stock", ("ally",), unit="", says="", seen=CONTROL)
LONE = Field("m.lone", (), unit="", says="", seen=CONTROL, low=-5.0, high=5.0)
FLAG = Field("m.flag", ("ally", "report"), unit="", says="", seen=CONTROL)
MIXED = Field(
    "m.mixed", ("ally",), unit="", says="", seen=CONTROL, kind="derived", low=-100.0, high=100.0,
    parts=(Part("one", ("ally",)), Part("many", ("report", "ally")), Part("all", ())),
)  # fmt: skip


def ledger(lanes: int = 1) -> tuple[World, Ledger, Book]:
    book = Book()
    world = World(Layout.of(ROSTER, field_rows((STOCK, LONE, MIXED))), lanes)
    return world, Ledger(world, book), book


def cells(values: object, *axes: str) -> Cells:
    return Cells(np.array(values, dtype=float)[..., None], axes)


def amounts(book: Book, where: tuple[int, ...] = ()) -> dict[str, float]:
    posting = book.postings[-1]
    return {line.name: float(np.sum(line.amounts[where])) for line in posting.lines}


def test_a_field_changes_by_the_sum_of_its_terms_on_the_grid() -> None:
    world, book_keeper, book = ledger()
    book_keeper.post(
        STOCK,
        [Term("up", cells([0.1, 0.3], "ally")), Term("down", cells([0.0, -0.2], "ally"))],
        "s",
        "m",
    )
    for k in (0, 1):
        told = amounts(book, (k,))
        assert sum(told.values()) == world.value("m.stock", ["ab"[k]])
        assert all(amount / GRID == round(amount / GRID) for amount in told.values())
    assert book.postings[-1].before.tolist() == [0.0, 0.0]


def test_further_axes_are_summed_and_each_entry_is_known() -> None:
    world, book_keeper, book = ledger()
    each = cells([[0.1, 0.2], [0.0, 0.3], [0.25, 0.0]], "report", "ally")
    book_keeper.post(STOCK, [Term("news", each)], "s", "m")
    line = book.postings[-1].lines[0]
    assert line.axes == ("ally", "report")
    assert line.amounts.shape == (2, 3)
    np.testing.assert_array_equal(line.amounts.sum(axis=1), world["m.stock"].data[..., 0])


def test_what_the_range_does_not_hold_is_a_term_of_its_own() -> None:
    world, book_keeper, book = ledger()
    book_keeper.post(STOCK, [Term("up", cells([0.75, 1.5], "ally"))], "s", "m")
    assert amounts(book, (0,)) == {"up": 0.75, LIMIT: 0.0}
    assert amounts(book, (1,)) == {"up": 1.5, LIMIT: -0.5}
    book_keeper.post(STOCK, [Term("down", cells([-1.0, 0.0], "ally"))], "s", "m")
    assert amounts(book, (0,)) == {"down": -1.0, LIMIT: 0.25}
    assert world["m.stock"].data[..., 0].tolist() == [0.0, 1.0]


def test_a_mask_changes_alike_in_one_lane_and_in_many() -> None:
    rolls = np.random.default_rng(3).integers(0, 2, (4, 2, 3, 24)).astype(float)

    def played(lanes: slice) -> tuple[World, Book]:
        book = Book()
        layout = Layout.of(ROSTER, field_rows((FLAG,)))
        world = World(layout, lanes.stop - lanes.start)
        keeper = Ledger(world, book)
        start, up, down, most = (Cells(part, FLAG.axes) > 0.5 for part in rolls[..., lanes])
        keeper.post(FLAG, [Term("start", start)], "s", "m")
        keeper.post(FLAG, [Term("up", up), Term("down", -(down * most))], "s", "m")
        keeper.post(FLAG, [Term("set", start - world.held(FLAG.name))], "s", "m")
        keeper.post(FLAG, [Term("half", most * 0.5), Term("down", -up)], "s", "m")
        return world, book

    many, _ = played(slice(0, 24))
    for lane in range(24):
        alone, told = played(slice(lane, lane + 1))
        assert alone.digest() == many.digest(lane)
        assert all((p.before + _summed_of(p) == p.after).all() for p in told.postings)
    assert _lines_of(played(slice(0, 24))[1]) == _lines_of(played(slice(0, 1))[1])


def _summed_of(posting: Posting) -> object:
    return sum(line.amounts for line in posting.lines)


def _lines_of(book: Book) -> list[tuple[str, object]]:
    return [(line.name, line.amounts.tolist()) for p in book.postings for line in p.lines]


def test_a_field_without_axes_is_a_field_like_any() -> None:
    world, book_keeper, book = ledger()
    book_keeper.post(LONE, [Term("each", cells([1.0, 2.5], "ally"))], "s", "m")
    assert world.value("m.lone", []) == 3.5
    assert book.postings[-1].lines[0].amounts.tolist() == [1.0, 2.5]


def test_what_moves_nothing_leaves_no_line() -> None:
    _, book_keeper, book = ledger()
    book_keeper.post(STOCK, [Term("none", cells([0.0, 0.0], "ally"))], "s", "m")
    assert not book.postings


values = st.floats(-3.0, 3.0, allow_nan=False)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(values, min_size=9, max_size=9), min_size=1, max_size=3),
)
def test_a_derived_field_tells_exactly_what_each_part_did(turns: list[list[float]]) -> None:
    """Whatever the function, in any sequence of changes, with parts that have further axes."""
    world, book_keeper, book = ledger()

    def mix(one: Cells, many: Cells, all_: Cells) -> Cells:
        return one * all_ + (many * many).sum("report") - one * many.max("report")

    for told in turns:
        parts = (
            cells(told[:2], "ally"),
            cells(np.reshape(told[2:8], (3, 2)), "report", "ally"),
            cells(told[8]),
        )
        before = world["m.mixed"].data[..., 0].copy()
        done = len(book.postings)
        book_keeper.derive(
            MIXED,
            mix,
            [Given(p.name, c) for p, c in zip(MIXED.parts, parts, strict=True)],
            "s",
            "m",
        )
        after = world["m.mixed"].data[..., 0]
        summed = np.zeros_like(before)
        for posting in book.postings[done:]:
            for line in posting.lines:
                further = tuple(range(1, line.amounts.ndim))
                summed += line.amounts.sum(axis=further) if further else line.amounts
        np.testing.assert_array_equal(after - before, summed)


def test_a_derived_field_whose_parts_rest_is_not_touched() -> None:
    world, book_keeper, book = ledger()
    asked: list[Cells] = []

    def first(one: Cells, many: Cells, all_: Cells) -> Cells:
        asked.append(many)
        return one + all_

    def derive() -> None:
        one, many, whole = cells([1.0, 2.0], "ally"), np.ones((3, 2)), cells(0.5)
        parts = (one, cells(many, "report", "ally"), whole)
        givens = [Given(p.name, c) for p, c in zip(MIXED.parts, parts, strict=True)]
        book_keeper.derive(MIXED, first, givens, "s", "m")

    derive()
    held, told = world.held("m.mixed").data, len(book.postings)
    assert len(asked) == 1
    derive()
    assert len(asked) == 1
    assert world.held("m.mixed").data is held
    assert len(book.postings) == told


def test_parts_are_given_as_declared() -> None:
    _, book_keeper, _ = ledger()
    with pytest.raises(DeclarationError, match="declares the parts one, many, all"):
        book_keeper.derive(
            MIXED, lambda *parts: parts[0], [Given("one", cells([0, 0], "ally"))], "s", "m"
        )


def test_the_book_never_changes_a_number() -> None:
    told, kept, _ = ledger()
    untold = World(told.layout)
    silent = Ledger(untold)
    for ledgers in (kept, silent):
        ledgers.post(STOCK, [Term("up", cells([[0.3, 0.4]] * 3, "report", "ally"))], "s", "m")
    assert told.digest() == untold.digest()


def test_sources_become_data() -> None:
    parameter = Parameter("m.rate", 0.5, 0.0, 1.0, "", "design judgement", "J")
    assert origin(STOCK) == Origin("cell", "m.stock", ("ally",))
    assert origin("n.other") == Origin("cell", "n.other")
    assert origin(parameter) == Origin("parameter", "m.rate")
    assert origin(Chance("luck")) == Origin("chance", "luck")
    assert origin(Joined(STOCK, "ally@to")).axes == ("ally@to",)
    only = origin(Only(STOCK, lambda: cells([0.0, 2.0], "ally")))
    assert only.only_axes == ("ally",)
    assert only.only is not None
    assert only.only.tolist() == [0.0, 1.0]
    with pytest.raises(DeclarationError, match="cannot be the source"):
        origin(3)
