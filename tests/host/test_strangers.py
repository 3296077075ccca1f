"""Those who try to get in, or to stay: old leaves, odd hellos, lines held open, crowds."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest

from exercise.host.frames import pack
from exercise.host.line import Line, RefusedError
from exercise.host.remote import desk_on
from exercise.host.server import HELLO_WITHIN, HERE_MOST, STRANGERS_MOST
from tests.host.room import Open, opened
from tests.host.test_server import soon


@contextmanager
def connected(room: Open) -> Iterator[socket.socket]:
    """A connection to the room, nothing said yet."""
    with socket.socket(socket.AF_UNIX) as made:
        made.connect(str(room.where))
        made.settimeout(5)
        yield made


@pytest.fixture(scope="module")
def one() -> Iterator[Open]:
    """A room for tests that leave it as it was."""
    with opened() as room:
        yield room


def lines(stranger: socket.socket, most: int = 0) -> list[dict[str, Any]]:
    """All that comes until the host hangs up, or so many lines."""
    stranger.settimeout(60)
    told = b""
    try:
        while not most or told.count(b"\n") < most:
            piece = stranger.recv(1 << 20)
            if not piece:
                break
            told += piece
    except ConnectionError:
        pass
    return [json.loads(line) for line in told.splitlines()]


def test_after_new_codes_an_old_terminal_that_only_listens_is_sent_nothing_more() -> None:
    with opened() as room, connected(room) as old:
        old.sendall(pack({"hello": 1, "code": room.codes["dorvik"]}))
        assert soon(lambda: len(room.host.guests) == 1)
        codes = room.do(lambda: room.host.control.access.issue(("dorvik",)))
        room.do(room.host.control.close_council)
        told = lines(old)
        assert "welcome" in told[0]
        assert "ended" in told[-1]["refused"]["reason"]
        assert '"orders"' not in json.dumps(told)  # the stage that came after
        room.codes |= codes
        new = room.join("dorvik")  # called as the old one was
        assert new.terminal == told[0]["welcome"]["terminal"]
        assert new.document["standing"]["stage"] == "orders"


def test_an_old_terminal_is_not_taken_for_the_new_one_of_its_name() -> None:
    with opened() as room:
        old = room.join("dorvik")
        room.codes |= room.do(lambda: room.host.control.access.issue(("dorvik",)))
        new = room.join("dorvik")
        assert new.terminal == old.terminal
        assert soon(lambda: old.state == "shut")
        with pytest.raises(RefusedError, match="ended"):
            old.ask("dorvik", "choices", {})
        assert desk_on(new).choices()


def test_a_lock_sends_away_who_is_here_and_its_cookie_opens_nothing_until_it_is_lifted() -> None:
    with opened() as room:
        line, other = room.join("dorvik"), room.join("fallow")
        room.do(lambda: room.host.control.access.lock("dorvik", True))
        assert soon(lambda: line.state == "shut")
        with pytest.raises(RefusedError, match="locked"):
            line.ask("dorvik", "choices", {})
        with pytest.raises(RefusedError, match="locked"):
            Line(room.where, cookie=line.cookie)
        assert desk_on(other).choices()
        room.do(lambda: room.host.control.access.lock("dorvik", False))
        back = Line(room.where, cookie=line.cookie)
        room.lines.append(back)
        assert back.terminal == line.terminal


def test_control_cannot_lock_itself_out() -> None:
    with opened() as room:
        line = room.join("control")
        line.ask("control", "access.lock", {"name": "control", "locked": True})
        line.ask("control", "access.lock", {"name": "control", "locked": False})
        room.do(lambda: room.host.control.access.issue(("host",)))
        assert "usage" in str(_wrong(line, "access.lock", {"name": "host", "locked": True}))


def _wrong(line: Line, call: str, args: dict[str, Any]) -> object:
    answer = line._asked("control", call, args)
    assert "answer" not in answer
    return dict(answer)


def test_a_cookie_gives_a_terminal_its_own_seat_whatever_else_the_hello_says(one: Open) -> None:
    dorvik = one.join("dorvik")
    with connected(one) as stranger:
        stranger.sendall(
            pack({"hello": 1, "cookie": dorvik.cookie, "pass": "control", "desk": "control",
                  "role": "control", "code": one.codes["control"], "terminal": "host-1"})
        )  # fmt: skip
        welcome = lines(stranger, 1)[0]["welcome"]
        assert (welcome["desk"], welcome["role"]) == ("dorvik", "seat")


def test_a_second_hello_on_a_line_is_no_question_and_ends_it(one: Open) -> None:
    with connected(one) as stranger:
        first = pack({"hello": 1, "code": one.codes["dorvik"]})
        second = pack({"hello": 1, "code": one.codes["control"]})
        stranger.sendall(first + second)
        told = lines(stranger)
        assert [line["welcome"]["desk"] for line in told if "welcome" in line] == ["dorvik"]
        assert "number" in told[-1]["refused"]["reason"]


@pytest.mark.parametrize(
    "hello",
    [
        {"cookie": "\ud800"}, {"code": "\ud800KKKK"}, {"code": "KKKK", "person": "\udfff"},
        {"code": "K" * 100_000}, {"cookie": "x" * 100_000}, {"code": ["K"]}, {"cookie": {}},
        {"code": None, "cookie": None}, {"code": 10**300}, {"hello": {"hello": [[]]}},
        {"token": "\ud800", "code": "KKKK"}, {"pass": ["dorvik"], "code": "KKKK-KKKK"},
    ],
)  # fmt: skip
def test_an_odd_hello_is_refused_in_words(one: Open, hello: dict[str, Any]) -> None:
    with connected(one) as stranger:
        stranger.sendall(pack({"hello": 1, **hello}))
        told = lines(stranger)
        assert set(told[0]) == {"refused"}
        assert "too long" not in told[0]["refused"]["reason"]
        assert len(str(told)) < 300


def test_a_name_to_go_by_that_is_no_text_lets_nobody_in_and_a_hostile_one_is_plain() -> None:
    with opened() as room:
        with connected(room) as stranger:
            stranger.sendall(pack({"hello": 1, "code": room.codes["dorvik"], "person": "\ud800"}))
            assert "hello" in lines(stranger)[0]["refused"]["reason"]
        room.join("dorvik", person="\x1b[31m[/]\u202eAnn\x00 " + "e\u0301" * 9 + "x" * 90)
        (terminal,) = room.host.session.shelves.access.terminals.values()
        assert terminal.person.startswith("[31m[/]Ann")
        assert len(terminal.person) <= 40
        assert terminal.person.isprintable()


@pytest.mark.parametrize(
    "number", [True, -1, 2**53 + 1, 10**4_000, 1.0, "1", None, [1], {"id": 1}, 1e300]
)
def test_a_question_that_is_not_numbered_as_it_should_be_ends_the_line(
    one: Open, number: Any
) -> None:
    with connected(one) as stranger:
        question = pack({"id": number, "call": "standing", "args": {}})
        stranger.sendall(pack({"hello": 1, "code": one.codes["dorvik"]}) + question)
        told = lines(stranger)
        assert not [line for line in told if "answer" in line]
        assert "refused" in told[-1]


def test_questions_of_one_number_are_each_answered_to_who_asked(one: Open) -> None:
    with connected(one) as first, connected(one) as second:
        for place, name in ((first, "dorvik"), (second, "fallow")):
            hello = pack({"hello": 1, "code": one.codes[name]})
            ask = pack({"id": 7, "call": "view", "args": {}})
            place.sendall(hello + ask * 3)
        for place, name in ((first, "dorvik"), (second, "fallow")):
            answers = [line for line in lines(place, 4) if "answer" in line]
            assert [a["answer"]["seat"] for a in answers] == [name] * 3


def test_half_a_message_keeps_nobody_waiting_and_does_nothing() -> None:
    with opened() as room, connected(room) as half:
        half.sendall(pack({"hello": 1, "code": room.codes["dorvik"]}))
        assert soon(lambda: len(room.host.guests) == 1)
        half.sendall(b'{"id":1,"call":"talk.state","args":{"title":"x","text":"hal')
        assert desk_on(room.join("fallow")).choices()
        half.close()
        assert soon(lambda: len(room.host.guests) == 1)
        assert not room.host.session.shelves.talk.messages


def test_a_crowd_that_says_nothing_keeps_nobody_out() -> None:
    with opened() as room, ExitStack() as crowd:
        silent = [crowd.enter_context(connected(room)) for _ in range(STRANGERS_MOST + 60)]
        for one in silent[-30:]:
            one.sendall(b'{"hel')  # a hello that drips in
        began = time.monotonic()
        assert room.join("dorvik").desk == "dorvik"
        assert time.monotonic() - began < HELLO_WITHIN  # nobody waited for them to be sent away
        assert soon(lambda: len(room.host._strangers) <= STRANGERS_MOST)
        assert silent[0].recv(10) == b""  # who waited longest was sent away


def test_a_crowd_of_wrong_codes_is_turned_away_and_cookies_still_open() -> None:
    with opened(wait=0.05) as room, ExitStack() as crowd:
        cookie = room.join("dorvik").cookie
        tries = [crowd.enter_context(connected(room)) for _ in range(40)]
        for one in tries:
            one.sendall(pack({"hello": 1, "code": "KKKK-KKKK"}))
        back = Line(room.where, cookie=cookie)
        room.lines.append(back)
        assert back.desk == "dorvik"
        told = [lines(one) for one in tries[-10:]]
        assert all("many codes" in str(one) for one in told)


def test_one_seat_does_not_fill_the_room() -> None:
    with opened() as room:
        cookie = room.join("dorvik").cookie
        for _ in range(HERE_MOST - 1):
            room.lines.append(Line(room.where, cookie=cookie))
        with pytest.raises(RefusedError, match="too many terminals"):
            Line(room.where, cookie=cookie)
        assert room.join("fallow").desk == "fallow"


def test_thousands_who_come_and_go_leave_nothing_behind() -> None:
    with opened() as room:
        for _ in range(1_500):
            with connected(room) as one:
                one.sendall(b"\n")
        assert soon(lambda: not room.host._strangers)
        assert not room.host.guests
        assert room.join("dorvik").desk == "dorvik"
