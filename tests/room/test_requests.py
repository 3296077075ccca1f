"""Requests for information: every step, who may take it, and who may see it."""

from __future__ import annotations

import json

import attrs
import pytest

from exercise.desk import ControlDesk, LocalDesk
from exercise.orders import Refusal
from exercise.room.requests import RequestsDesk
from exercise.room.talk import TEXT
from exercise.save.journal import MemoryJournal
from exercise.saved import resume
from exercise.session import Session
from exercise.verified import Verified, verify
from tests.room.table import SEATS, next_turn, table


@pytest.fixture
def session() -> Session:
    return table()


def desk(session: Session, seat: str) -> RequestsDesk:
    return LocalDesk(session, seat).requests if seat != "control" else ControlDesk(session).requests


def state(session: Session, seat: str, name: str = "R1") -> tuple[str, str]:
    found = desk(session, seat).request(name)
    assert found is not None
    return found.state, found.next


def shown(session: Session, seat: str) -> bytes:
    found = [attrs.asdict(one) for one in desk(session, seat).requests()]
    return json.dumps([found, desk(session, seat).told()]).encode()


def raised(session: Session) -> None:
    assert desk(session, "aurland").ask(("brennia", "calder"), "Mines", "Who laid them?") is None


def reviewed(session: Session) -> None:
    raised(session)
    assert desk(session, "brennia").claim("R1") is None
    assert desk(session, "brennia").draft("R1", "Karsk did, we think.") is None
    assert desk(session, "brennia").hand_on("R1") is None
    assert desk(session, "calder").approve("R1") is None


def test_a_request_goes_from_hand_to_hand_and_comes_back_answered(session: Session) -> None:
    raised(session)
    assert state(session, "aurland") == ("open", "")
    assert state(session, "brennia") == ("open", "claim")
    desk(session, "brennia").claim("R1")
    assert state(session, "aurland") == ("in hand", "")
    assert state(session, "brennia") == ("claimed", "draft")
    assert state(session, "calder") == ("claimed", "")
    desk(session, "brennia").draft("R1", "Karsk did.")
    assert state(session, "brennia") == ("drafted", "hand on")
    desk(session, "brennia").hand_on("R1")
    assert state(session, "brennia") == ("review", "")
    assert desk(session, "brennia").waiting() == ()
    assert state(session, "calder") == ("review", "pass")
    desk(session, "calder").approve("R1")
    assert state(session, "calder") == ("reviewed", "release")
    assert state(session, "aurland") == ("in hand", "")
    assert desk(session, "calder").release("R1") is None
    found = desk(session, "aurland").request("R1")
    assert found is not None
    assert (found.state, found.answer, found.next) == ("released", "Karsk did.", "reopen")


def test_whoever_wrote_an_answer_neither_passes_nor_releases_it(session: Session) -> None:
    raised(session)
    desk(session, "brennia").claim("R1")
    desk(session, "brennia").draft("R1", "Karsk did.")
    desk(session, "brennia").hand_on("R1")
    refused = desk(session, "brennia").approve("R1")
    assert isinstance(refused, Refusal)
    assert "you wrote this" in refused.reason
    desk(session, "calder").approve("R1")
    assert isinstance(desk(session, "brennia").release("R1"), Refusal)


def test_control_answers_for_itself_and_for_bots(session: Session) -> None:
    desk(session, "aurland").ask(("control",), "Weather", "Will it hold?")
    control = desk(session, "control")
    assert [one.next for one in control.waiting()] == ["claim"]
    for step in (control.claim("R1"), control.draft("R1", "Until noon."), control.hand_on("R1"),
                 control.approve("R1"), control.release("R1")):  # fmt: skip
        assert step is None
    assert control.waiting() == ()
    found = desk(session, "aurland").request("R1")
    assert found is not None
    assert found.answer == "Until noon."


def test_an_answer_is_returned_and_a_request_opened_again(session: Session) -> None:
    raised(session)
    brennia, calder = desk(session, "brennia"), desk(session, "calder")
    brennia.claim("R1")
    brennia.draft("R1", "No idea.")
    brennia.hand_on("R1")
    assert calder.send_back("R1", "Look again.") is None
    assert state(session, "brennia") == ("claimed", "draft")
    brennia.draft("R1", "Karsk did.")
    brennia.hand_on("R1")
    calder.approve("R1")
    calder.release("R1")
    assert desk(session, "aurland").reopen("R1", "Which ship?") is None
    assert state(session, "calder") == ("open", "claim")
    found = desk(session, "calder").request("R1")
    assert found is not None
    assert [one.says for one in found.steps][-1] == "opened again"
    mine = desk(session, "aurland").request("R1")
    assert mine is not None
    assert [one.says for one in mine.steps] == ["raised", "released", "opened again"]


def test_each_seat_sees_its_part_of_the_way(session: Session) -> None:
    raised(session)
    brennia = desk(session, "brennia")
    brennia.claim("R1")
    brennia.draft("R1", "A first guess.")
    assert b"first guess" in shown(session, "brennia")
    assert b"first guess" in shown(session, "control")
    assert b"first guess" not in shown(session, "calder")
    brennia.hand_on("R1")
    assert b"first guess" in shown(session, "calder")
    asker = shown(session, "aurland")
    assert b"first guess" not in asker
    desk(session, "calder").send_back("R1", "Too thin.")
    brennia.draft("R1", "A second guess.")
    assert b"second guess" not in shown(session, "calder")
    assert shown(session, "aurland") == asker
    assert desk(session, "karsk").requests() == ()


def test_who_released_and_who_worked_on_it_is_not_told_to_who_asked(session: Session) -> None:
    reviewed(session)
    desk(session, "control").release("R1")
    found = desk(session, "aurland").request("R1")
    assert found is not None
    assert [(one.says, one.by) for one in found.steps] == [("raised", "Aurland"), ("released", "")]


@pytest.mark.parametrize(
    ("to", "readers"),
    [
        ((), ()),
        (("karsk",), ("karsk",)),
        (("allies",), ()),
        (("all",), ("karsk", "press", "public")),
    ],
)
def test_an_answer_is_let_read_by_those_it_is_released_to(
    session: Session, to: tuple[str, ...], readers: tuple[str, ...]
) -> None:
    reviewed(session)
    assert desk(session, "calder").release("R1", to) is None
    for seat in ("karsk", "press", "public"):
        found = desk(session, seat).requests()
        assert bool(found) == (seat in readers)
        if found:
            assert found[0].answer == "Karsk did, we think."
            assert {one.says for one in found[0].steps} == {"raised", "released"}
    kept = [e.body["releasable"] for e in session.journal.read()
            if e.kind == "request" and e.body["step"] == "release"]  # fmt: skip
    assert kept == ["public" if "all" in to else "allies" if "allies" in to else "named"]


@pytest.mark.parametrize("step", ["claim", "hand_on", "approve", "release"])
def test_no_step_is_taken_by_who_was_not_asked_or_out_of_turn(session: Session, step: str) -> None:
    raised(session)
    before = session.journal.head()
    for seat in ("karsk", "aurland"):
        assert isinstance(getattr(desk(session, seat), step)("R1"), Refusal)
    if step != "claim":
        refused = getattr(desk(session, "brennia"), step)("R1")
        assert isinstance(refused, Refusal)
        assert "claim" in refused.remedy
    assert session.journal.head() == before


@pytest.mark.parametrize(
    ("to", "text", "why"),
    [((), "x", "nobody is asked"), (("nobody",), "x", "no seat"), (("aurland",), "x", "no seat"),
     (("brennia",), " ", "nothing is asked"), (("brennia",), "x" * (TEXT + 1), "20,001")],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_in_words(
    session: Session, to: tuple[str, ...], text: str, why: str
) -> None:
    refused = desk(session, "aurland").ask(to, "t", text)
    assert isinstance(refused, Refusal)
    assert why in refused.reason
    assert refused.remedy


def test_requests_go_on_while_the_exercise_is_paused_and_over_turns(session: Session) -> None:
    session.paused = True
    raised(session)
    session.paused = False
    next_turn(session)
    assert desk(session, "brennia").claim("R1") is None
    session.end("enough")
    refused = desk(session, "brennia").draft("R1", "x")
    assert isinstance(refused, Refusal)
    assert "over" in refused.reason


def test_withdrawn_words_leave_a_mark_and_a_question_without_words_is_closed(
    session: Session,
) -> None:
    reviewed(session)
    desk(session, "calder").release("R1", ("karsk",))
    found = desk(session, "brennia").request("R1")
    assert found is not None
    drafted = next(one for one in found.steps if one.says == "answer drafted")
    assert isinstance(desk(session, "calder").withdraw("R1", drafted.name, "mine"), Refusal)
    assert desk(session, "brennia").withdraw("R1", drafted.name, "source at risk") is None
    for seat in ("aurland", "brennia", "calder", "karsk", "control"):
        assert b"Karsk did" not in shown(session, seat), seat
        assert b"withdrawn: source at risk" in shown(session, seat), seat
    assert desk(session, "control").withdraw("R1", "1", "wrong room") is None
    for seat in ("aurland", "brennia", "karsk", "control"):
        assert b"Who laid them" not in shown(session, seat)
        assert state(session, seat) == ("withdrawn", "")
    assert isinstance(verify(session.journal), Verified)


def test_requests_stand_when_an_exercise_is_taken_up_again() -> None:
    journal = MemoryJournal()
    session = table(journal)
    reviewed(session)
    desk(session, "karsk").ask(("control",), "Terms", "What do they want?")
    next_turn(session)
    desk(session, "control").withdraw("R2", "1", "out of play")
    again = resume(journal)
    for seat in (*SEATS, "control", "umpire", "public"):
        assert shown(again, seat) == shown(session, seat), seat


def test_what_others_ask_one_another_changes_no_byte_of_what_a_seat_sees() -> None:
    pages = []
    for others in range(3):
        session = table()
        for _ in range(others):
            raised(session)
        desk(session, "karsk").ask(("press",), "Prints", "What do you print?")
        for n in range(others):
            desk(session, "brennia").claim(f"R{n + 1}")
            desk(session, "brennia").draft(f"R{n + 1}", "Something.")
        desk(session, "press").claim("R1")
        pages.append([shown(session, seat) for seat in ("karsk", "press", "public")])
    assert pages[0] == pages[1] == pages[2]


def test_a_desks_version_moves_with_what_its_seat_is_told_of_requests(session: Session) -> None:
    asker, other = LocalDesk(session, "aurland"), LocalDesk(session, "karsk")
    before = asker.standing().version, other.standing().version
    raised(session)
    assert asker.standing().version != before[0]
    assert other.standing().version == before[1]
