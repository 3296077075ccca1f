"""Codes, cookies, and those who have none."""

from __future__ import annotations

import hashlib
import time

import pytest

from exercise.host.line import Line, RefusedError
from exercise.room import access
from exercise.room.access import LENGTH, fresh_code, plain_code, slow_hash
from exercise.save.journal import MemoryJournal
from exercise.saved import resume
from tests.host.room import Open, new_session, opened


def refused(room: Open, **hello: str) -> str:
    with pytest.raises(RefusedError) as caught:
        Line(room.where, **hello)  # type: ignore[arg-type]
    return str(caught.value)


def test_a_code_opens_its_own_desk() -> None:
    with opened() as room:
        line = room.join("dorvik")
        assert (line.desk, line.role, line.terminal) == ("dorvik", "seat", "dorvik-1")
        assert line.document["view"]["seat"] == "dorvik"


def test_a_code_is_read_as_people_write_it() -> None:
    code = fresh_code()
    assert plain_code(code.lower().replace("-", " ")) == plain_code(code)
    assert len(plain_code(code)) == LENGTH


def test_a_try_at_a_code_is_dear(dear: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "COST", dear)
    hashed = hashlib.scrypt(b"K7QP3MXD", salt=bytes(16), n=2**14, r=8, p=1, dklen=32)
    assert slow_hash("k7qp-3mxd", "00" * 16) == hashed.hex()


@pytest.mark.parametrize("code", ["", "AAAA-AAAA", "dorvik", "[/]", "\x1b[2J", "K" * 10_000])
def test_a_wrong_code_opens_nothing(code: str) -> None:
    with opened() as room:
        told = refused(room, code=code)
        assert "code" in told
        assert "\x1b" not in told


def test_a_wrong_code_is_written_down_without_what_was_typed() -> None:
    with opened() as room:
        refused(room, code="BBBB-BBBB")
        entries = [e for e in room.host.session.journal.read() if e.kind == "knocked"]
        assert len(entries) == 1
        assert "BBBB" not in str(entries[0])
        assert sum(door.knocks for door in room.do(room.host.control.access.doors)) in (0, 1)


def test_wrong_codes_wait_ever_longer() -> None:
    with opened(wait=0.1) as room:
        taken = []
        for _ in range(4):
            began = time.monotonic()
            refused(room, code="CCCC-CCCC")
            taken.append(time.monotonic() - began)
        assert taken[3] > taken[0] + 0.2
        room.join("dorvik")  # the right one still opens, after its wait


def test_the_save_holds_neither_code_nor_cookie() -> None:
    with opened() as room:
        line = room.join("dorvik")
        entries = " ".join(f"{e.body} {e.words}" for e in room.host.session.journal.read())
        assert plain_code(room.codes["dorvik"]) not in entries
        assert room.codes["dorvik"] not in entries
        assert line.cookie not in entries


def test_a_cookie_comes_back_to_the_same_desk() -> None:
    with opened() as room:
        first = room.join("fallow")
        again = Line(room.where, cookie=first.cookie)
        room.lines.append(again)
        assert (again.desk, again.terminal) == ("fallow", first.terminal)


def test_a_new_code_ends_the_old_one_and_its_terminals() -> None:
    with opened() as room:
        line = room.join("dorvik")
        old = room.codes["dorvik"]
        room.codes |= room.do(lambda: room.host.control.access.issue(("dorvik",)))
        assert "opens nothing" in refused(room, code=old)
        assert "ended" in refused(room, cookie=line.cookie)
        with pytest.raises(RefusedError, match="ended"):
            line.ask("dorvik", "choices", {}) and line.ask("dorvik", "choices", {})
        assert room.join("dorvik").desk == "dorvik"


def test_a_locked_seat_lets_nobody_in_until_it_is_unlocked() -> None:
    with opened() as room:
        room.do(lambda: room.host.control.access.lock("dorvik", True))
        assert "locked" in refused(room, code=room.codes["dorvik"])
        room.do(lambda: room.host.control.access.lock("dorvik", False))
        assert room.join("dorvik").desk == "dorvik"


@pytest.mark.parametrize("cookie", ["x", "0" * 43, "../../etc/passwd", "é" * 50])
def test_a_made_up_cookie_opens_nothing(cookie: str) -> None:
    with opened() as room:
        room.join("dorvik")
        assert "ended" in refused(room, cookie=cookie)


def test_codes_and_cookies_outlive_the_host() -> None:
    journal = MemoryJournal()
    with opened(new_session(journal)) as room:
        cookie, codes = room.join("dorvik").cookie, room.codes
    with opened(resume(journal)) as room:
        room.codes = codes
        assert room.join("fallow").desk == "fallow"
        back = Line(room.where, cookie=cookie)
        room.lines.append(back)
        assert back.terminal == "dorvik-1"
