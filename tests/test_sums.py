"""Terms sum exactly to every change, whatever is played."""

from __future__ import annotations

import random

import numpy as np
import pytest

from exercise.engine.exact import GRID
from exercise.engine.ledger import Posting
from exercise.record import TurnRecord
from exercise.save.journal import MemoryJournal, open_salts
from exercise.saved import create
from exercise.scenario.compile import Exercise
from exercise.session import Session
from tests.people import speak_up, write_slip


def assert_sums(posting: Posting) -> None:
    total = posting.before.copy()
    for line in posting.lines:
        further = tuple(range(posting.before.ndim, line.amounts.ndim))
        total = total + (line.amounts.sum(axis=further) if further else line.amounts)
        on_grid = line.amounts / GRID
        assert (on_grid == np.rint(on_grid)).all(), (posting.field, line.name)
    np.testing.assert_array_equal(total, posting.after, err_msg=posting.field)


def assert_chained(turn: TurnRecord) -> None:
    """A field's postings follow on one another, and nothing changes without one."""
    now = {name: turn.before[name].data[..., 0].copy() for name in turn.before.layout.slots}
    for posting in turn.postings:
        np.testing.assert_array_equal(posting.before, now[posting.field], err_msg=posting.field)
        now[posting.field] = posting.after
    for name, value in now.items():
        if "/" not in name:
            np.testing.assert_array_equal(value, turn.after[name].data[..., 0], err_msg=name)


@pytest.mark.parametrize("seed", range(100))
def test_terms_sum_exactly_in_random_games(strait: Exercise, seed: int) -> None:
    rng = random.Random(seed)
    allies = strait.ruleset.roster.of("ally")
    seats = (rng.choice(allies), *(["karsk"] if seed % 3 == 0 else []))
    journal = MemoryJournal(salts=open_salts)
    session = create(strait, journal, seed=seed, people=seats)
    for _ in range(2 if seed % 5 == 0 else 1):
        for seat in seats:
            speak_up(session, seat, rng)
        session.close_council()
        for seat in seats:
            write_slip(session, seat, rng, most=4)
            session.seal(seat)
        session.resolve()
        turn = session.publish()
        for posting in turn.postings:
            assert_sums(posting)
        assert_chained(turn)
        session.open()


def test_terms_sum_exactly_in_whole_games(room: Session, bots: Session) -> None:
    for session in (room, bots):
        for turn in session.record.turns[1:]:
            for posting in turn.postings:
                assert_sums(posting)
            assert_chained(turn)


def test_a_sum_that_is_off_is_noticed(bots: Session) -> None:
    posting = next(p for p in bots.record.turns[1].postings if p.lines and p.before.size)
    posting.lines[0].amounts.flat[0] += GRID
    try:
        with pytest.raises(AssertionError):
            assert_sums(posting)
    finally:
        posting.lines[0].amounts.flat[0] -= GRID
