"""Several terminals at one host."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from exercise.errors import ExerciseError
from exercise.host.frames import ASKED_MOST, pack
from exercise.host.line import HostAwayError, Line, RefusedError
from exercise.host.remote import control_on, desk_on
from exercise.orders import Refusal
from exercise.saved import resume
from tests.host.room import Open, new_session, opened


def soon(holds: Callable[[], bool], seconds: float = 30.0) -> bool:
    """Whether it holds within a while."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.01)
    return holds()


def test_a_turn_is_played_from_other_processes_desks() -> None:
    with opened() as room:
        dorvik, control = desk_on(room.join("dorvik")), control_on(room.join("control"))
        control.close_council()
        assert soon(lambda: dorvik.standing().stage == "orders")
        given = dorvik.draft(dorvik.suggestions()[0].line, "because")
        assert not isinstance(given, Refusal)
        assert dorvik.drafted()[0][0].reason == "because"
        assert dorvik.seal() is None
        assert soon(lambda: control.standing().sealed["dorvik"])
        control.resolve()
        control.publish()
        assert soon(lambda: dorvik.standing().turn == 2)
        assert dorvik.why(dorvik.view().gauges[0].cell, 1).turn == 1
        assert room.host.session.record.last.number == 1


def test_a_seat_may_ask_of_no_desk_but_its_own() -> None:
    with opened() as room:
        line = room.join("dorvik")
        for desk, call in (
            ("fallow", "view"), ("control", "view"), ("control", "events"), ("review", "why"),
            ("dorvik", "events"), ("dorvik", "publish"), ("dorvik", "_viewer"),
            ("dorvik", "__class__"), ("public", "view"),
        ):  # fmt: skip
            with pytest.raises(RefusedError, match=r"not yours|cannot be asked"):
                line.ask(desk, call, {})


def test_observers_and_the_projector_only_look() -> None:
    with opened() as room:
        for name in ("observer", "projector"):
            line = room.join(name)
            assert line.document["view"]["seat"] == "public"
            for call in ("draft", "seal", "say", "choices"):
                with pytest.raises(RefusedError):
                    line.ask("public", call, {})


def test_a_refusal_is_a_value_and_an_error_is_raised_in_words() -> None:
    with opened() as room:
        desk = desk_on(room.join("dorvik"))
        refused = desk.draft("pledge the-moon")
        assert isinstance(refused, Refusal)
        with pytest.raises(ExerciseError, match=r"no cell|there is no|cannot"):
            desk.why("threat.nothing[nobody]")


def test_several_terminals_share_a_draft_and_the_head_seals() -> None:
    with opened() as room:
        head, other = room.join("dorvik"), room.join("dorvik")
        room.do(room.host.control.close_council)
        assert soon(lambda: desk_on(other).standing().stage == "orders")
        desk_on(other).draft(desk_on(other).suggestions()[0].line)
        assert soon(lambda: len(desk_on(head).drafted()) == 1)
        refused = desk_on(other).seal()
        assert isinstance(refused, Refusal)
        assert "head" in refused.reason
        assert (head.head, other.head) == (True, False)
        head.close()
        assert soon(lambda: other.head)
        assert desk_on(other).seal() is None


def test_the_head_hands_over_and_control_appoints() -> None:
    session = new_session()
    with opened(session) as room:
        one, two = room.join("dorvik", person="Ann"), room.join("dorvik", person="Bo")
        control = control_on(room.join("control"))
        assert isinstance(desk_on(two).delegation.appoint("dorvik-2"), Refusal)
        assert desk_on(one).delegation.appoint("dorvik-2") is None
        assert soon(lambda: two.head and not one.head)
        assert soon(lambda: one.document["terminals"] == {"dorvik-1": False, "dorvik-2": True})
        assert [p.person for p in desk_on(one).delegation.places()] == ["Ann", "Bo"]
        assert isinstance(desk_on(one).seal(), Refusal)
        assert control.desk("dorvik").delegation.appoint("dorvik-1") is None
        assert soon(lambda: one.head and not two.head)
        assert isinstance(desk_on(one).delegation.appoint("fallow-1"), Refusal)
        assert desk_on(one).delegation.appoint("dorvik-2") is None
        two.close()
        assert soon(lambda: one.head)  # whoever is away is head of nothing
    again = resume(session.journal).shelves.access
    assert again.head("dorvik", ("dorvik-1", "dorvik-2")) == "dorvik-2"


def test_terminals_are_told_of_those_of_their_own_delegation_alone() -> None:
    with opened() as room:
        dorvik, fallow = room.join("dorvik"), room.join("fallow")
        control, observer = room.join("control"), room.join("observer")
        assert soon(lambda: len(control.document["terminals"]) == 4)
        assert dorvik.document["terminals"] == {"dorvik-1": True}
        assert fallow.document["terminals"] == {"fallow-1": True}
        assert observer.document["terminals"] == {}


def test_who_is_here_is_known_to_all() -> None:
    with opened() as room:
        one = room.join("dorvik")
        two = room.join("fallow")
        assert soon(lambda: one.document["present"] == {"dorvik": 1, "fallow": 1})
        two.close()
        assert soon(lambda: one.document["present"] == {"dorvik": 1})


def test_nothing_is_sent_where_nothing_that_is_seen_has_changed() -> None:
    with opened() as room:
        dorvik, fallow = room.join("dorvik"), room.join("fallow")
        room.do(room.host.control.close_council)
        assert soon(lambda: desk_on(fallow).standing().stage == "orders")
        desk_on(fallow).choices()  # comes after all that was sent before
        before = fallow.tick
        desk = desk_on(dorvik)
        desk.draft(desk.suggestions()[0].line)
        desk.draft(desk.suggestions()[0].line)
        desk_on(fallow).choices()
        assert fallow.tick == before


def test_a_host_that_was_away_is_found_again_and_nothing_sealed_is_lost() -> None:
    session = new_session()
    with opened(session) as room:
        line = room.join("dorvik")
        desk = desk_on(line)
        room.do(room.host.control.close_council)
        assert soon(lambda: desk.standing().stage == "orders")
        desk.draft(desk.suggestions()[0].line)
        assert desk.seal() is None
        title = desk.view().title
        room._loop.call_soon_threadsafe(room.host._server.close)  # type: ignore[union-attr]
        room.do(lambda: [guest.writer.close() for guest in room.host.guests])
        assert soon(lambda: line.state == "away")
        assert desk.view().title == title  # what was shown can still be read
        assert desk.choices() == []
        assert "away" in str(desk.draft("pledge"))
        with pytest.raises(HostAwayError):
            desk.undraft("forces.pledge[dorvik]")
        again = resume(session.journal)
        assert len(again.pending.sealed["dorvik"]) == 1


@pytest.mark.parametrize(
    "sent",
    [
        b"\x00\xff\xfe\n", b"[]\n", b"{\n", b"[" * 5000 + b"\n", b'{"hello":1,"code":5}\n',
        b"x" * (ASKED_MOST + 10) + b"\n", b'{"id":1}\n', b"\n",
    ],
)  # fmt: skip
def test_what_is_no_hello_is_sent_away_and_the_room_goes_on(sent: bytes) -> None:
    with opened() as room:
        with socket.socket(socket.AF_UNIX) as stranger:
            stranger.settimeout(30)
            stranger.connect(str(room.where))
            stranger.sendall(sent)
            assert b"refused" in stranger.recv(10_000)
        assert room.join("dorvik").desk == "dorvik"


def raw(room: Open, name: str) -> socket.socket:
    made = socket.socket(socket.AF_UNIX)
    made.settimeout(30)
    made.connect(str(room.where))
    made.sendall(pack({"hello": 1, "code": room.codes[name]}))
    made.recv(1_000_000)
    return made


@pytest.mark.parametrize(
    "sent",
    [
        b'{"id":"a"}\n', b'{"id":1,"call":5}\n', b'{"id":1,"call":"draft","args":[]}\n', b"nul\n",
        b"y" * (ASKED_MOST + 10) + b"\n",
    ],
)  # fmt: skip
def test_a_terminal_that_talks_nonsense_is_cut_off_alone(sent: bytes) -> None:
    with opened() as room:
        other = room.join("fallow")
        with raw(room, "dorvik") as terminal, suppress(ConnectionError):
            terminal.sendall(sent)
            told = b""
            while b"refused" not in told:
                told += (more := terminal.recv(1_000_000))
                assert more, told
        assert desk_on(other).choices()


def test_a_text_of_a_megabyte_is_refused_before_it_is_sent() -> None:
    with opened() as room:
        line = room.join("dorvik")
        with pytest.raises(ExerciseError, match="too long"):
            desk_on(line).draft("x" * 1_000_000)
        assert desk_on(line).choices()


def test_no_host_is_said_in_words(tmp_path: object) -> None:
    from pathlib import Path

    with pytest.raises(HostAwayError, match="no host"):
        Line(Path(str(tmp_path)) / "none.sock", code="AAAA-AAAA")
