"""Turns put in, left out, made longer: the count, the calendar and the injects follow."""

from __future__ import annotations

import pytest

from exercise.desk import LocalDesk
from exercise.orders import Refusal
from exercise.review.hotwash import hotwash
from exercise.saved import read
from tests.room.test_msel import alike, arrived, begun, played_on, states


def test_a_turn_put_in_pushes_the_later_ones_on_and_counts() -> None:
    session, control = begun()
    assert control.schedule.insert(2, 3) is None
    assert [(t.number, t.day, t.days, t.state) for t in control.schedule.turns()] == [
        (1, "D−7", 7, "now"), (2, "D", 3, "to come"), (3, "D+3", 7, "to come"),
        (4, "D+10", 7, "to come"), (5, "D+17", 7, "to come"),
    ]  # fmt: skip
    assert control.view().turns == LocalDesk(session, "alder").view().turns == 5
    played_on(control)
    assert control.view().day == "D"
    assert arrived(session) == ["third"]  # D+1 lies in the short turn
    alike(session)
    played_on(control, 2)
    assert states(control)["fourth"] == "delivered"
    assert control.view().day == "D+10"
    played_on(control, 2)
    assert control.standing().stage == "over"
    assert session.record.last.number == 5
    assert read(session.journal).facts["calendar"]["turns"] == 5
    assert "5 of 5" in str(hotwash(read(session.journal)))


def test_a_turn_left_out_hands_its_days_to_the_next() -> None:
    session, control = begun()
    assert control.schedule.skip(2) is None
    assert [(t.day, t.days) for t in control.schedule.turns()] == [
        ("D−7", 7),
        ("D", 14),
        ("D+14", 7),
    ]
    played_on(control)
    assert arrived(session) == ["third", "fourth"]
    alike(session)
    played_on(control, 2)
    assert control.standing().stage == "over"


def test_the_last_turns_can_be_left_out_even_while_the_present_one_is_reviewed() -> None:
    session, control = begun()
    control.resolve()
    for turn in (4, 3, 2):
        assert control.schedule.skip(turn) is None
    assert isinstance(control.schedule.skip(2), Refusal)
    alike(session)
    control.publish()
    assert control.standing().stage == "over"
    assert session.record.last.number == 1


def test_an_exercise_can_be_made_longer_in_its_last_turn() -> None:
    session, control = begun()
    played_on(control, 3)
    assert control.schedule.insert(5, 2) is None
    played_on(control)
    assert control.standing().turn == 5
    assert control.view().day == "D+21"
    alike(session)
    played_on(control)
    assert control.standing().stage == "over"


def test_a_turn_lasts_until_the_day_that_control_names() -> None:
    session, control = begun()
    assert control.schedule.until(2, "2031-04-14") is None
    assert control.schedule.turns()[2].day == "D+2"
    assert control.schedule.until(3, "D+12") is None
    assert [t.days for t in control.schedule.turns()] == [7, 2, 10, 7]
    played_on(control)
    assert arrived(session) == ["third"]
    played_on(control)
    assert arrived(session) == ["fourth"]
    alike(session)


@pytest.mark.parametrize(("turn", "days"), [(1, 5), (9, 5), (0, 5), (2, 0), (2, 10_000)])
def test_turns_played_and_lengths_that_cannot_be_are_refused(turn: int, days: int) -> None:
    session, control = begun()
    assert isinstance(control.schedule.lasts(turn, days), Refusal)
    assert isinstance(control.schedule.insert(turn, days), Refusal)
    assert isinstance(control.schedule.until(2, "D-9"), Refusal)
    assert isinstance(control.schedule.until(2, "some day"), Refusal)
    assert not session.shelves.schedule.weeks
