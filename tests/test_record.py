"""What is kept for looking at comes back as it was."""

from __future__ import annotations

import json

import numpy as np
import pytest

from exercise.errors import SaveError
from exercise.explain.why import cells_of, why
from exercise.record import (
    Catalog,
    Record,
    TurnRecord,
    cell_of,
    dense,
    sparse,
)
from exercise.save.journal import MemoryJournal
from exercise.save.packing import BOOKS_KEPT, pack_turn, unpack_turn
from exercise.saved import create, read
from exercise.scenario.load import load
from exercise.session import Session
from exercise.sight import WHITE_CELL, as_actor


def test_postings_and_dice_come_back_as_they_were(room: Session) -> None:
    for turn in room.record.turns[1:4]:
        postings, rolls = unpack_turn(pack_turn(turn.postings, turn.rolls))
        assert [(p.field, p.stage, p.rule, p.round, p.given) for p in postings] == [
            (p.field, p.stage, p.rule, p.round, p.given) for p in turn.postings
        ]
        for one, other in zip(postings, turn.postings, strict=True):
            np.testing.assert_array_equal(one.after, other.after)
            for line, twin in zip(one.lines, other.lines, strict=True):
                assert (line.name, line.axes, line.of, line.says) == (
                    twin.name, twin.axes, twin.of, twin.says,
                )  # fmt: skip
                assert (line.seen, line.releases) == (twin.seen, twin.releases)
                np.testing.assert_array_equal(line.amounts, twin.amounts)
                for source, same in zip(line.of, twin.of, strict=True):
                    assert source.only_axes == same.only_axes
                    np.testing.assert_array_equal(source.only, same.only)  # type: ignore[arg-type]
        for roll, fell in zip(rolls, turn.rolls, strict=True):
            assert (roll.label, roll.axes, roll.round) == (fell.label, fell.axes, fell.round)
            np.testing.assert_array_equal(roll.values, fell.values)


def test_a_catalog_comes_back_from_json_and_explains_the_same(room: Session) -> None:
    """No rule is needed to read a record: words, marks and sources are data."""
    catalog = room.record.catalog
    again = Catalog.from_data(json.loads(json.dumps(catalog.to_data())))
    assert again.to_data() == catalog.to_data()
    assert again.layout.size == catalog.layout.size
    turns = []
    for turn in room.record.turns[:4]:
        postings, rolls = unpack_turn(pack_turn(turn.postings, turn.rolls))
        worlds = (type(w).unpack(again.layout, w.pack()) for w in (turn.before, turn.after))
        turns.append(
            TurnRecord(turn.number, *worlds, postings, rolls, turn.orders, turn.rounds,
                       turn.control, turn.rulings, turn.messages)
        )  # fmt: skip
    read = Record(again, turns)
    for viewer in (WHITE_CELL, as_actor(catalog.roster, "gavria")):
        for cell in cells_of(room.record, viewer, 3)[::37]:
            assert why(read, viewer, cell, 3) == why(room.record, viewer, cell, 3)


def test_orders_by_cell_and_as_slips_are_the_same(room: Session) -> None:
    for turn in room.record.turns[1:]:
        for orders in (turn.orders, *turn.rounds):
            assert sparse(dense(room.record.catalog.slip_layout, orders)) == dict(orders)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("clock.turn", ("clock.turn", ())),
        ("threat.threat[calder,karsk]", ("threat.threat", ("calder", "karsk"))),
        (" threat.threat [ calder , karsk ] ", ("threat.threat", ("calder", "karsk"))),
    ],
)
def test_a_cell_is_read_as_it_is_written(text: str, read: tuple[str, tuple[str, ...]]) -> None:
    assert cell_of(text) == read


def test_a_turn_that_is_not_there_is_refused_with_those_there_are(room: Session) -> None:
    with pytest.raises(SaveError, match="there is no turn 99") as refused:
        room.record.turn(99)
    assert "0 (the opening) to" in (refused.value.remedy or "")


def test_the_causes_of_turns_long_past_are_let_go_and_read_again_from_the_journal() -> None:
    session = create(load("northern-strait"), MemoryJournal(), seed=2)
    told, digests = [], []
    for _ in range(BOOKS_KEPT + 2):
        session.resolve()
        turn = session.publish()
        told.append([(p.field, p.stage, len(p.lines)) for p in turn.postings])
        digests.append(turn.after.digest())
        session.open()
    turns = session.record.turns[1:]
    held = [turn.postings.book._held is not None for turn in turns]  # type: ignore[attr-defined]
    assert held == [False, False, *[True] * BOOKS_KEPT]
    assert [turn.after.digest() for turn in turns] == digests
    assert [turn.before.digest() for turn in turns[1:]] == digests[:-1]
    assert [[(p.field, p.stage, len(p.lines)) for p in turn.postings] for turn in turns] == told
    cell = "deterrence.tension[strait]"
    for number in range(1, len(turns) + 1):  # the same answer as from the save
        assert why(session.record, WHITE_CELL, cell, number) == why(
            read(session.journal).record, WHITE_CELL, cell, number
        )
