"""A stage that closes by itself, at the host, where that was chosen; and one that does not."""

from __future__ import annotations

import time

from exercise.host.remote import control_on, desk_on
from exercise.room.timing import room_opened
from tests.host.room import opened
from tests.host.test_server import soon


def test_a_stage_closes_by_itself_at_the_end_of_grace_where_control_chose_that() -> None:
    with opened() as room:
        room.do(lambda: room_opened(room.host.session))
        control, dorvik = control_on(room.join("control")), desk_on(room.join("dorvik"))
        assert control.timing.settle((1.0,), 0.0, True) is None
        assert control.timing.give("orders", 0.02) is None
        assert control.timing.give("council", 0.02) is None
        assert soon(lambda: control.standing().stage == "review", 10.0)
        assert soon(lambda: dorvik.timing.clock().stage == "review")
        time.sleep(1.5)
        assert control.standing().stage == "review"  # results are released by hand
        rang = list(room.host.session.journal.read(kinds=("clock",)))[-2:]
        assert [(e.body["act"], e.body["stage"]) for e in rang] == [
            ("rang", "council"), ("rang", "orders"),
        ]  # fmt: skip


def test_time_that_is_up_closes_nothing_else() -> None:
    with opened() as room:
        room.do(lambda: room_opened(room.host.session))
        control = control_on(room.join("control"))
        assert control.timing.give("council", 0.02) is None
        time.sleep(2.5)
        assert control.standing().stage == "council"


def test_added_time_and_a_pause_put_the_end_off() -> None:
    with opened() as room:
        room.do(lambda: room_opened(room.host.session))
        control = control_on(room.join("control"))
        assert control.timing.settle((), 0.0, True) is None
        assert control.timing.give("council", 0.05) is None
        assert control.timing.add(5) is None
        time.sleep(3.5)
        assert control.standing().stage == "council"
        control.pause(True)
        assert control.timing.add(-5) is None
        time.sleep(0.5)
        assert control.standing().stage == "council"
        control.pause(False)
        assert soon(lambda: control.standing().stage == "orders")
