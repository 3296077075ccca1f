"""Evaluators: what they are told by design, what they are not, and that they change nothing.

They see what control sees of what is and of what was said. They are not told what nobody knows
yet (drafts, sealed slips, results before release, injects in preparation, the odds of a move),
nor what is between others and control (answers to questions, codes), nor one another's notes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from exercise.orders import Refusal
from tests.host import course
from tests.host.secrets import Room, new_room

TOLD = (
    "Is it so", "It is answered", "A deal", "No deal", "Back room 0", "Nobody hears 0",
    "How many 0", "Forty", "Lay a cable 0", "it is deep", "Share the logs 0", "A flash 0",
    "The navy dissents 0", "We like it 0", "threat.shared_view",
)  # fmt: skip
"""Words of letters, rooms, requests and drafts of their answers, moves, injects that came, dissent;
and a cell that is marked for allies."""
KEPT = (
    "because 0", "the sea", "Later 0", "Much later", "Two patrols", "If not 0", "They waited 0",
    "We would wait 0", "clerk-1",
)  # fmt: skip
"""Words of drafts, an umpire's reasons, injects to come, another's notes, answers; and codes."""


def heard(watcher: str) -> str:
    """All that somebody is sent of a council full of secrets, whatever there is to ask asked."""

    async def whole() -> str:
        room = new_room(watcher)
        if watcher != "umpire":
            room.wire.sit("umpire", "seat", "umpire")
        room.wire.sit("birk", "seat", "birk")
        course.begins(room, 0)
        course.comes_in_for(room, ("birk",))
        room.wire.host.spread_soon()
        await room.wire.settle()
        for secret in course.IN_COUNCIL:
            await course.one_secret(room, secret, 0)
        for call in course.PLAIN:
            await room.wire.ask(watcher, call, {})
        desk = room.desk(watcher)
        for thread in desk.talk.threads():
            await room.wire.ask(watcher, "talk.letters", {"thread": thread.name})
        for request in desk.requests.requests():
            await room.wire.ask(watcher, "requests.request", {"name": request.name})
        return room.wire.guests[watcher][1].data.decode()

    return asyncio.run(whole())


def test_an_evaluator_is_told_what_is_and_was_said_and_nothing_that_is_to_come() -> None:
    juror, kesk = heard("juror"), heard("kesk")
    assert [words for words in TOLD if words not in juror] == []
    assert [words for words in KEPT if words in juror] == []
    assert [words for words in (*TOLD, *KEPT) if words in kesk] == []


def noted(words: str, evidence: str) -> tuple[bytes, bytes]:
    """What a juror is sent when the judge records a note: at once, and asking for its own."""

    async def whole() -> tuple[bytes, bytes]:
        room = new_room("juror")
        room.control.msel.act("errand", "fire")
        room.wire.host.spread_soon()
        await room.wire.settle()
        kept = room.wire.guests["juror"][1]
        assert [gap.objective for gap in room.desk("juror").notes.gaps()] == ["quiet"]
        kept.data = b""
        course.done(room.desk("judge").notes.record("quiet", words, evidence, "M"))
        room.wire.host.spread_soon()
        await room.wire.settle()
        at_once, kept.data = kept.data, b""
        for call in ("notes.notes", "notes.forms", "notes.gaps", "notes.links"):
            await room.wire.ask("juror", call, {})
        return at_once, kept.data

    return asyncio.run(whole())


def test_of_each_others_notes_evaluators_are_told_that_there_is_evidence_and_no_more() -> None:
    one = noted("They waited.", "The log, minute 12.")
    assert one == noted("They rushed, all of them.", "A tape.")
    assert b'["notes.gaps"],[]' in one[0]
    assert b"waited" not in b"".join(one)
    nothing, _ = noted("They waited.", "")
    assert nothing == b""


def prepared() -> Room:
    """A room with a letter, a private room, a request, a move and an inject for everybody."""
    room = new_room("juror")
    birk = room.desk("birk")
    course.done(birk.talk.say(("alder",), "A word", "with you"))
    course.done(birk.talk.open_room("Back room", ("alder",)))
    course.done(birk.requests.ask(("control",), "Ships", "How many?"))
    course.done(birk.moves.make("Send a hospital ship", "help", "it floats", "open"))
    return room


@pytest.mark.parametrize("seat", ["juror", "evaluator"])
def test_an_evaluator_changes_nothing(seat: str) -> None:
    async def whole() -> None:
        room = prepared()
        desk, before = room.desk(seat), room.session.version
        letter = next(one for t in desk.talk.threads() for one in desk.talk.letters(t.name)
                      if one.title == "A word").name  # fmt: skip
        move = desk.moves.moves()[0].name
        tries: tuple[Callable[[], object], ...] = (
            lambda: desk.talk.withdraw(letter, "not meant so"),
            lambda: desk.talk.withdraw("room:1", "not meant so"),
            lambda: desk.talk.say_in("room:1", "", "I am here too."),
            lambda: desk.talk.let_in("room:1", "kesk"),
            lambda: desk.requests.claim("R1"),
            lambda: desk.requests.release("R1", ("all",)),
            lambda: desk.requests.withdraw("R1", "1", "not meant so"),
            lambda: desk.moves.make("Close the sound"),
            lambda: desk.moves.argue(move, "for", "it floats"),
            lambda: desk.moves.withdraw(move, "not meant so"),
            lambda: desk.moves.take_back(move, "not meant so"),
            lambda: desk.chamber.explain("words", "we like it"),
            lambda: desk.chamber.silence("words", 5),
            lambda: desk.draft("cyber.harden harden"),
            lambda: room.control.moves.consult(move, seat),
        )
        for number, act in enumerate(tries):
            assert isinstance(act(), Refusal), number
        assert desk.msel.mark("notice", "opened") is None
        assert desk.talk.read("notice") is None
        assert room.session.version == before
        assert dict(room.control.msel.row("notice").marks) == {}

    asyncio.run(whole())


def test_a_second_umpire_still_answers_requests_and_takes_words_back() -> None:
    async def whole() -> None:
        room = prepared()
        desk = room.desk("umpire")
        assert desk.requests.claim("R1") is None
        assert desk.talk.withdraw("room:1", "not meant so") is None

    asyncio.run(whole())
