"""Hostile text, typed and told: it stays text on one line, and nothing is lost by it."""

from __future__ import annotations

import io
import unicodedata

import pytest

from exercise.plain.lines import LONGEST, Lines, Voice, figure, full
from exercise.scenario.compile import Exercise
from exercise.session import Session
from tests.plain.talker import Piped, control, hosted, new_session, seat

HOSTILE = {
    "markup": "[bold red]x[/bold red] [@click=app.exit]y[/] <script>z</script> **w** `v`",
    "escape sequences": "\x1b[2J\x1b]52;c;aGk=\x07\x1b[31mred\x9b5n",
    "control characters": "a\rb\x08\x0bc\x0c\x00d\x85e\x7f",
    "right to left": "\u202eevil\u202c \u2066x\u2069 \u200f שלום",
    "emoji": "👩‍👩‍👧‍👦 🏴‍☠️ ⚓️",
    "accents": "z" + "\u0301" * 500,
    "lone surrogates": "\ud800\udfff",
    "braces and percent": "{0} {ally} %s %(x)d $HOME $(id) ; rm",
    "a very long word": "x" * 15_000,
}


@pytest.fixture(scope="module")
def session(strait: Exercise) -> Session:
    """One room for all of it."""
    return new_session(strait)


def harmless(said: list[str]) -> None:
    """Every line is plain text that moves no cursor and turns no writing; emoji stay joined."""
    for line in said:
        bare = line.replace("👩‍👩‍👧‍👦", "").replace("🏴‍☠️", "")
        bad = {c for c in bare if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn")}
        assert not bad, (bad, line[:200])


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
def test_whatever_is_typed_anywhere_is_text_wherever_it_is_read(
    session: Session, words: str
) -> None:
    dorvik, fallow, white = seat(session, "dorvik"), seat(session, "fallow"), control(session)
    evaluator = seat(session, "evaluator")
    said = dorvik(
        words, f"say fallow: {words}", f"state {words}", f"ask {words}", f"why {words}",
        f"choices {words}", f"map {words}", f"order {words}", f"pledge flot; {words}", "draft",
        f"attempt {words}; {words}; {words}", f"room {words}: fallow", f"request fallow: {words}",
        f"help {words}", f"wait {words}", f"{words}: {words}", f"inbox {words}", f"# {words}",
        f"silence {words}", f"explain 1 {words}", f"undraft {words}", f"because {words}",
    )  # fmt: skip
    said += fallow(
        "",
        "inbox",
        "1",
        f"reply {words}",
        "threads",
        "1",
        "requests",
        "1",
        "moves",
        "1",
        f"argue 1 for {words}",
        f"unsay {words}",
        f"requests R1 draft {words}",
    )
    said += white("", "inbox", "1", "questions", f"speak {words} to dorvik: {words}", "moves", "1",
                  f"press {words}: {words}", f"inject dorvik: {words}; {words}", "events", "1",
                  f"fill {words} bot", f"codes {words}", f"as {words}", f"rule {words}",
                  f"weigh 1 {words}", f"clock {words}", f"turns {words}", "hotwash")  # fmt: skip
    said += evaluator("forms", f"note 1; {words}; {words}; P; {words}", "notes", f"note {words}")
    said += dorvik("", "inbox", "1", "2", "threads", "1")
    harmless(said)
    assert not [line for line in said if "fault" in line or "Traceback" in line]


def test_a_line_of_a_megabyte_is_read_past_and_the_next_one_is_taken(session: Session) -> None:
    said = seat(session, "dorvik")("x" * 1_000_000, "say fallow: " + "y" * 1_000_000, "# here")
    assert said == ["Not done: that line is too long; send it in parts."] * 2 + ["# here"]


def test_bytes_that_are_no_text_are_read_as_marks() -> None:
    lines = Lines(io.BytesIO(b"say \xff\xfe\n" + b"z" * LONGEST + b"\nend"))
    assert lines.next() == ("say \ufffd\ufffd\n", True)
    long = lines.next()
    assert long is not None
    assert (len(long.text), long.whole) == (LONGEST + 1, True)
    assert lines.next() == ("end", True)
    assert lines.next() is None


def test_what_is_said_is_a_statement_a_line() -> None:
    out = io.StringIO()
    Voice(out, False).say("one\n\x1b[2Jtwo\u202e\n three ")
    assert out.getvalue() == "one\n[2Jtwo\nthree\n"
    assert [full(""), full("so"), full("So?"), full("“x”")] == ["", "So.", "So?", "“x”"]
    assert [figure(x) for x in (0.0, -0.001, 0.5, 12.346, 140.2)] == [
        "0",
        "0",
        "0.5",
        "12.35",
        "140",
    ]


def test_a_broken_pipe_and_an_early_end_leave_a_room_whole(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with hosted(tmp_path, "port-outage", "ministry", "port-authority") as room:
        ministry: Piped = room("join", room.codes["ministry"], "--plain")
        assert ministry.process.stdin is not None
        assert ministry.process.stdout is not None
        ministry.process.stdin.write("answer 1 We call.\nsay port-authority:\nFirst line")
        ministry.leave()
        port = room("join", room.codes["port-authority"], "--plain")
        assert "New, Ministry" in " ".join(port("inbox"))
        assert "First line" in " ".join(port("1", "inbox"))
        port.process.kill()
        again = room("join", room.codes["port-authority"], "--plain")
        assert any("First line" in line for line in again("inbox"))
        assert again.leave()[-1] == "Left. What was drafted, sealed and said is kept."
