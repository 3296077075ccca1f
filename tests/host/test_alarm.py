"""A stage that closes by itself, at the host, where that was chosen; and one that does not."""

from __future__ import annotations

from datetime import UTC, datetime

from exercise.host.remote import control_on, desk_on
from exercise.room.timing import read_clock, room_opened
from tests.host.room import Open, opened
from tests.host.test_server import soon


def rings_in(room: Open) -> float | None:
    """Seconds until the host closes the stage by itself; None where it does not."""

    def left() -> float | None:
        handle = room.host._alarm._handle
        return None if handle is None else handle.when() - room._loop.time()

    room.do(bool)  # what was asked before has been told to all, and the alarm is set
    found: float | None = room.do(left)
    return found


def test_a_stage_closes_by_itself_at_the_end_of_grace_where_control_chose_that() -> None:
    with opened() as room:
        room.do(lambda: room_opened(room.host.session))
        control, dorvik = control_on(room.join("control")), desk_on(room.join("dorvik"))
        assert control.timing.settle((1.0,), 0.0, True) is None
        assert control.timing.give("orders", 0.02) is None
        assert control.timing.give("council", 0.02) is None
        assert soon(lambda: control.standing().stage == "review")
        assert soon(lambda: dorvik.timing.clock().stage == "review")
        assert rings_in(room) is None  # results are released by hand
        rang = list(room.host.session.journal.read(kinds=("clock",)))[-2:]
        assert [(e.body["act"], e.body["stage"]) for e in rang] == [
            ("rang", "council"), ("rang", "orders"),
        ]  # fmt: skip


def test_time_that_is_up_closes_nothing_else() -> None:
    with opened() as room:
        room.do(lambda: room_opened(room.host.session))
        control = control_on(room.join("control"))
        assert control.timing.give("council", 0.02) is None
        assert rings_in(room) is None
        assert soon(lambda: read_clock(control.timing.clock(), datetime.now(UTC)).state == "over")
        assert rings_in(room) is None
        assert control.standing().stage == "council"


def test_added_time_and_a_pause_put_the_end_off() -> None:
    with opened() as room:
        room.do(lambda: room_opened(room.host.session))
        control = control_on(room.join("control"))
        assert control.timing.settle((), 0.0, True) is None
        assert control.timing.give("council", 1.0) is None
        assert 0.0 < (rings_in(room) or 0.0) < 61.0
        assert control.timing.add(5) is None
        assert 200.0 < (rings_in(room) or 0.0) < 361.0
        control.pause(True)
        assert control.timing.add(-5) is None
        assert rings_in(room) is None
        control.pause(False)
        assert 0.0 < (rings_in(room) or 0.0) < 61.0
        assert control.standing().stage == "council"
        assert control.timing.give("council", 0.02) is None
        assert soon(lambda: control.standing().stage == "orders")
