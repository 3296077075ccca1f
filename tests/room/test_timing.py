"""The room's clock: what a stage has, what is gone of it, when it stands, what is said."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercise.branches import roll_back
from exercise.desk import ControlDesk, LocalDesk
from exercise.orders import Refusal
from exercise.room.timing import (
    Clock,
    due,
    ran,
    read_clock,
    room_opened,
    room_shut,
    wall,
    warned,
)
from exercise.save.journal import MemoryJournal
from exercise.saved import create, resume
from exercise.session import Session
from tests.host.test_codec import carried
from tests.room.table import SEATS, TABLE
from tests.scenarios import loaded_text

START = "2026-11-22T09:00:00Z"
TIMED = TABLE.replace("weeks: [1, 1, 2]", "weeks: [1, 1, 2], minutes: {council: 10, orders: 5}") + (
    "clock: {warnings: [5, 1], grace: 2}\n"
)


class Wall:
    """A clock on the wall that a test moves on."""

    def __init__(self) -> None:
        self.now = wall(START)

    def __call__(self) -> str:
        return self.now.strftime("%Y-%m-%dT%H:%M:%SZ")

    def on(self, **more: float) -> None:
        self.now += timedelta(**more)


def room(text: str = TIMED) -> tuple[Session, ControlDesk, Wall]:
    """An exercise that a host has opened."""
    exercise = loaded_text(text, file="table.yaml")
    session = create(exercise, MemoryJournal(), seed=1, people=SEATS)
    clock = Wall()
    session.clock = clock
    room_opened(session)
    return session, ControlDesk(session), clock


def shows(control: ControlDesk, clock: Wall) -> str:
    return read_clock(control.timing.clock(), clock.now).words


def test_a_stage_has_the_time_that_its_rhythm_gives_it() -> None:
    session, control, clock = room()
    assert shows(control, clock) == "10:00 left"
    clock.on(minutes=2, seconds=18)
    assert shows(control, clock) == "07:42 left"
    control.close_council()
    assert shows(control, clock) == "05:00 left"
    clock.on(minutes=1)
    control.resolve()
    clock.on(seconds=5)
    assert read_clock(control.timing.clock(), clock.now).state == "none"
    control.publish()
    assert control.timing.clock().turn == 2
    assert shows(control, clock) == "10:00 left"
    assert session.shelves.timing.stage == "council"


def test_time_runs_into_grace_and_then_over() -> None:
    _, control, clock = room()
    clock.on(minutes=10)
    assert shows(control, clock) == "00:00 left"
    clock.on(seconds=30)
    assert shows(control, clock) == "grace 01:30"
    clock.on(minutes=2, seconds=42)
    assert shows(control, clock) == "over by 01:12"
    clock.on(hours=1)
    assert shows(control, clock) == "over by 1:01:12"
    assert control.standing().stage == "council"  # nothing closes by itself


def test_a_pause_stops_the_clock_for_everybody() -> None:
    session, control, clock = room()
    clock.on(minutes=3)
    control.pause(True)
    clock.on(hours=1)
    assert shows(control, clock) == "‖ 07:00 left"
    assert LocalDesk(session, "karsk").timing.clock() == control.timing.clock()
    control.pause(False)
    clock.on(minutes=1)
    assert shows(control, clock) == "06:00 left"


def test_a_stage_that_begins_in_a_pause_stands_until_the_pause_is_over() -> None:
    _, control, clock = room()
    control.pause(True)
    control.close_council()
    clock.on(minutes=9)
    assert shows(control, clock) == "‖ 05:00 left"
    control.pause(False)
    clock.on(minutes=1)
    assert shows(control, clock) == "04:00 left"


def test_control_adds_minutes_gives_others_and_begins_anew() -> None:
    _, control, clock = room()
    clock.on(minutes=8)
    assert control.timing.add(5) is None
    assert shows(control, clock) == "07:00 left"
    assert control.timing.add(-3.5) is None
    assert shows(control, clock) == "03:30 left"
    assert control.timing.give("council", 20) is None
    assert shows(control, clock) == "13:30 left"
    assert control.timing.begin() is None
    assert shows(control, clock) == "20:00 left"
    assert control.timing.give("orders", 0) is None
    control.close_council()
    assert read_clock(control.timing.clock(), clock.now).state == "none"
    assert isinstance(control.timing.add(1), Refusal)
    assert control.timing.give("orders", 1) is None
    assert shows(control, clock) == "01:00 left"
    assert control.timing.limits() == {"council": 1200, "orders": 60, "review": 0}


def test_what_cannot_be_is_refused() -> None:
    _, control, _ = room()
    for refused in (
        control.timing.give("lunch", 10),
        control.timing.give("council", -1),
        control.timing.give("council", 601),
        control.timing.give("council", float("nan")),
        control.timing.add(600),
        control.timing.add(-11),
        control.timing.settle((5.0,), -1, False),
        control.timing.settle((5.0,) * 7, 0, False),
    ):
        assert isinstance(refused, Refusal)
        assert refused.remedy
    assert control.timing.limits()["council"] == 600


def test_a_room_that_was_closed_goes_on_where_its_clock_stood() -> None:
    session, control, clock = room()
    control.timing.give("council", 12)
    control.timing.settle((2.0,), 0, True)
    clock.on(minutes=4)
    room_shut(session)
    clock.on(days=1)
    again = resume(session.journal)
    again.clock = clock
    taken_up = ControlDesk(again)
    assert taken_up.timing.clock() == control.timing.clock()
    assert shows(taken_up, clock) == "‖ 08:00 left"
    room_opened(again)
    clock.on(minutes=1)
    assert shows(taken_up, clock) == "07:00 left"
    assert taken_up.timing.clock().closes


def test_after_a_crash_the_clock_has_gone_on() -> None:
    session, _, clock = room()
    clock.on(minutes=4)
    again = resume(session.journal)
    again.clock = clock
    room_opened(again)
    assert shows(ControlDesk(again), clock) == "06:00 left"


def test_a_stage_that_was_left_overnight_begins_anew() -> None:
    session, _, clock = room()
    clock.on(hours=14)
    again = resume(session.journal)
    again.clock = clock
    room_opened(again)
    assert shows(ControlDesk(again), clock) == "10:00 left"


def test_a_turn_that_is_played_again_has_its_time_again() -> None:
    session, control, clock = room()
    control.resolve()
    control.publish()
    clock.on(minutes=9)
    assert roll_back(session, 1, "again") is None
    assert control.timing.clock().turn == 1
    assert shows(control, clock) == "10:00 left"


def test_where_no_host_reads_a_clock_none_runs() -> None:
    session = create(loaded_text(TIMED, file="t.yaml"), MemoryJournal(), seed=1, people=SEATS)
    clock = LocalDesk(session, "aurland").timing.clock()
    assert (clock.stage, clock.given, clock.since) == ("", 0, "")
    assert read_clock(clock, wall(START)).state == "none"


def test_once_all_is_over_nothing_runs() -> None:
    _, control, clock = room()
    clock.on(minutes=1)
    control.end("enough")
    found = control.timing.clock()
    assert (found.stage, found.given, found.since) == ("", 0, "")


def test_the_clock_knows_the_day_of_the_exercise() -> None:
    _, control, _ = room()
    assert (control.timing.clock().day, control.timing.clock().date) == ("D", "2031-05-05")
    control.schedule.lasts(2, 3)
    control.resolve()
    control.publish()
    assert (control.timing.clock().day, control.timing.clock().date) == ("D+7", "2031-05-12")


@pytest.mark.parametrize(
    ("before", "gone", "said"),
    [
        (0, 299, ""), (299, 300, "5 minutes left."), (300, 301, ""),
        (535, 541, "1 minute left."), (0, 590, "1 minute left."),
        (599, 600, "Time is up; 2 minutes of grace."),
        (719, 720, "Grace is over: it is overtime now."), (720, 9_000, ""),
    ],
)  # fmt: skip
def test_each_warning_is_said_once(before: int, gone: int, said: str) -> None:
    _, control, _ = room()
    assert warned(control.timing.clock(), before, gone) == said


def test_seconds_are_told_as_seconds() -> None:
    _, control, _ = room()
    control.timing.settle((0.5, 1.5), 0, False)
    clock = control.timing.clock()
    assert warned(clock, 0, 510) == "1 minute 30 seconds left."
    assert warned(clock, 510, 570) == "30 seconds left."
    assert warned(clock, 570, 600) == "Time is up: it is overtime."


def test_a_stage_closes_by_itself_only_where_that_was_chosen() -> None:
    _, control, clock = room()
    clock.on(minutes=11)
    assert due(control.timing.clock(), clock.now) is None
    control.timing.settle((5.0, 1.0), 2, True)
    assert due(control.timing.clock(), clock.now) == 60.0
    clock.on(minutes=5)
    assert due(control.timing.clock(), clock.now) == 0.0
    control.pause(True)
    assert due(control.timing.clock(), clock.now) is None
    control.pause(False)
    control.resolve()
    assert control.timing.give("review", 1) is None
    clock.on(minutes=5)
    assert due(control.timing.clock(), clock.now) is None  # results are released by hand


@given(st.integers(0, 9_000), st.integers(0, 9_000), st.integers(0, 600), st.integers(-100, 20_000))
def test_what_is_read_is_what_is_left(given_: int, used: int, grace: int, more: int) -> None:
    clock = Clock(1, "orders", "D", "", given_, used, START, grace, (60,), False)
    now: datetime = wall(START) + timedelta(seconds=more)
    gone = ran(clock, now)
    assert gone == used + max(more, 0)
    reading = read_clock(clock, now)
    told = {"none": gone, "runs": given_ - gone, "grace": given_ + grace - gone,
            "over": gone - given_ - grace}  # fmt: skip
    assert reading.seconds == told[reading.state] >= 0
    assert (reading.state == "none") == (given_ == 0)


def test_the_clock_comes_through_the_line_whole() -> None:
    _, control, _ = room()
    assert carried(control.timing.clock(), Clock) == control.timing.clock()


def test_what_others_do_moves_nothing_on_the_clock() -> None:
    session, _, clock = room()
    desk = LocalDesk(session, "karsk")
    before = desk.timing.clock(), desk.standing().version
    clock.on(minutes=1)
    LocalDesk(session, "aurland").say(("brennia",), "Between us", "Only us.")
    assert (desk.timing.clock(), desk.standing().version) == before


def test_what_control_settled_outlasts_going_back() -> None:
    session, control, clock = room()
    control.resolve()
    control.publish()
    control.timing.give("council", 3)
    control.timing.settle((1.0,), 1, True)
    control.timing.add(2)
    clock.on(minutes=1)
    assert roll_back(session, 1, "again") is None
    assert shows(control, clock) == "03:00 left"
    assert control.timing.clock().closes


def opened_anew(text: str = TIMED) -> tuple[Session, ControlDesk, Wall]:
    """A room that has just been opened for a new exercise."""
    session = create(loaded_text(text, file="table.yaml"), MemoryJournal(), seed=1, people=SEATS)
    clock = Wall()
    session.clock = clock
    room_opened(session, waits=True)
    return session, ControlDesk(session), clock


def test_the_first_clock_waits_until_control_begins_the_exercise() -> None:
    session, control, clock = opened_anew()
    clock.on(minutes=25)
    assert control.timing.clock().waits
    assert shows(control, clock) == "‖ 10:00 left"
    assert due(control.timing.clock(), clock.now) is None
    assert LocalDesk(session, "karsk").timing.clock() == control.timing.clock()
    assert control.timing.add(2) is None
    assert control.timing.start() is None
    assert not control.timing.clock().waits
    clock.on(minutes=1)
    assert shows(control, clock) == "11:00 left"
    assert isinstance(control.timing.start(), Refusal)
    control.resolve()
    control.publish()
    assert shows(control, clock) == "10:00 left"  # later stages wait for nobody


def test_a_room_that_waits_still_waits_when_it_is_opened_again() -> None:
    session, _, clock = opened_anew()
    room_shut(session)
    clock.on(days=1)
    again = resume(session.journal)
    again.clock = clock
    room_opened(again)
    taken_up = ControlDesk(again)
    assert shows(taken_up, clock) == "‖ 10:00 left"
    assert taken_up.timing.start() is None
    clock.on(minutes=4)
    assert shows(taken_up, clock) == "06:00 left"
    assert not ControlDesk(resume(again.journal)).timing.clock().waits


@pytest.mark.parametrize("how", ["close", "anew", "back"])
def test_whatever_control_goes_on_with_begins_the_exercise_too(how: str) -> None:
    session, control, clock = opened_anew()
    if how == "close":
        control.close_council()
    elif how == "anew":
        assert control.timing.begin() is None
    else:
        control.resolve()
        control.publish()
        assert roll_back(session, 1, "again") is None
    clock.on(minutes=1)
    assert not control.timing.clock().waits
    assert shows(control, clock) == ("04:00 left" if how == "close" else "09:00 left")


def test_a_stage_without_a_limit_waits_for_nobody_until_it_is_given_time() -> None:
    _, control, clock = opened_anew(TABLE)
    clock.on(minutes=3)
    assert shows(control, clock) == "03:00 so far"
    assert isinstance(control.timing.start(), Refusal)
    control.timing.give("council", 10)
    assert control.timing.clock().waits
    assert shows(control, clock) == "‖ 10:00 left"
    assert control.timing.start() is None
    assert shows(control, clock) == "10:00 left"


def test_a_frozen_beginning_runs_once_it_goes_on() -> None:
    _, control, clock = opened_anew()
    control.pause(True)
    assert control.timing.start() is None
    clock.on(minutes=5)
    assert shows(control, clock) == "‖ 10:00 left"
    control.pause(False)
    clock.on(minutes=1)
    assert shows(control, clock) == "09:00 left"
