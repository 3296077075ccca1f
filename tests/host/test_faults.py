"""A fault of the host's own in one seat's screen stops neither the others' nor the room."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from exercise.host.line import Line, RefusedError
from exercise.host.remote import desk_on
from exercise.host.server import Host
from tests.host.room import Open, opened
from tests.host.test_server import soon


@contextmanager
def failing(room: Open, seat: str) -> Iterator[None]:
    """While it lasts, nothing can be made of what a seat sees."""
    real = Host._shown

    def shown(self: Host, name: str) -> dict[str, Any]:
        if name == seat:
            raise ZeroDivisionError("a rule was changed under way")
        return real(self, name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Host, "_shown", shown)
        yield


def test_a_seat_whose_screen_fails_is_told_and_the_others_go_on() -> None:
    with opened() as room:
        said: list[str] = []
        room.host._tell = said.append
        dorvik, fallow, control = (room.join(name) for name in ("dorvik", "fallow", "control"))
        with failing(room, "dorvik"):
            room.do(room.host.control.close_council)
            room.do(room.host.spread_soon)
            assert soon(lambda: desk_on(fallow).standing().stage == "orders")
            assert soon(lambda: bool(dorvik.notices and control.notices))
            assert desk_on(dorvik).standing().stage == "council"  # as it was
            assert dorvik.state == "here"
            room.do(lambda: room.host.control.pause(True))
            room.do(room.host.spread_soon)
            assert soon(lambda: desk_on(fallow).standing().paused)
        (told,) = dorvik.noticed()  # once, whatever else changes
        assert "may be old" in told.reason
        (known,) = control.noticed()
        assert "Dorvik" in known.reason
        assert not fallow.notices
        assert [one for one in said if one.startswith("fault")] == [
            "fault: dorvik: ZeroDivisionError: a rule was changed under way"
        ]
        room.do(lambda: room.host.control.pause(False))
        room.do(room.host.spread_soon)
        assert soon(lambda: desk_on(dorvik).standing().stage == "orders")
        assert not any(guest.old for guest in room.host.guests)


def test_who_asked_is_answered_though_its_own_screen_fails() -> None:
    with opened() as room:
        dorvik, fallow = room.join("dorvik"), room.join("fallow")
        with failing(room, "dorvik"):
            assert desk_on(dorvik).say(("fallow",), "Still here", "We are.") is None
        assert soon(lambda: bool(desk_on(fallow).talk.threads()))
        assert dorvik.noticed()


def test_nobody_sits_down_before_a_screen_that_cannot_be_made() -> None:
    with opened() as room:
        fallow = room.join("fallow")
        with failing(room, "dorvik"), pytest.raises(RefusedError, match="fault of its own"):
            Line(room.where, code=room.codes["dorvik"])
        assert [guest.seat for guest in room.host.guests] == ["fallow"]
        assert desk_on(fallow).choices()
        assert room.join("dorvik").desk == "dorvik"


def test_a_clock_that_fails_leaves_the_room_as_it_is() -> None:
    with opened() as room:
        fallow, control = room.join("fallow"), room.join("control")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(type(room.host._alarm), "set", lambda self: 1 // 0)
            room.do(room.host.control.close_council)
            room.do(room.host.spread_soon)
            assert soon(lambda: desk_on(fallow).standing().stage == "orders")
            assert soon(lambda: bool(control.notices))
        assert not fallow.notices
