"""One exercise under way: stages, seals, rulings, and what survives a crash."""

from __future__ import annotations

from pathlib import Path

import pytest

from exercise.desk import ControlDesk, LocalDesk
from exercise.engine.dice import Dice
from exercise.errors import SaveError, SaveInUseError
from exercise.orders import Order, Refusal
from exercise.save.chain import refs
from exercise.save.journal import ChainFault, MemoryJournal
from exercise.save.store import Save
from exercise.saved import create, read, resume
from exercise.session import Session
from exercise.verified import Verified, verify
from tests.scenarios import loaded

ORDER = "host port-orm calder open"


def room(journal: MemoryJournal | Save | None = None) -> Session:
    return create(
        loaded("northern-strait"), journal or MemoryJournal(), seed=1, people=["dorvik", "calder"]
    )


def test_a_draft_is_not_sealed_until_it_is_sealed_and_a_seal_can_be_withdrawn() -> None:
    session = room()
    desk = LocalDesk(session, "dorvik")
    assert isinstance(desk.draft(ORDER, "they asked"), Order)
    assert not desk.standing().sealed["dorvik"]
    assert desk.seal() is None
    assert isinstance(desk.draft(ORDER), Refusal)
    assert desk.unseal() is None
    assert [order.line() for order, _ in desk.drafted()] == ["logistics.host port-orm calder open"]


def test_a_ruling_is_an_input_and_what_follows_from_it_follows() -> None:
    session = room()
    control = ControlDesk(session)
    session.resolve()
    before = session.result.digest() if session.result else ""
    assert control.rule("deterrence.tension[strait]", "set", 0.9, "a collision off Orm") is None
    assert session.result is not None
    assert session.result.digest() != before
    refused = control.rule("threat.shared_view", "set", 0.5, "no")
    assert isinstance(refused, Refusal)
    assert "threat" in refused.remedy
    assert isinstance(control.rule("deterrence.tension[strait]", "set", 9.0, "no"), Refusal)
    assert isinstance(control.rule("deterrence.tension[strait]", "set", 0.5, " "), Refusal)


def test_paused_nothing_is_sealed() -> None:
    session = room()
    session.paused = True
    assert isinstance(LocalDesk(session, "dorvik").seal(), Refusal)


def test_an_inject_can_be_fired_and_held() -> None:
    session = room()
    control = ControlDesk(session)
    later = [event.id for event in control.msel.rows() if event.state == "scheduled"][-1]
    control.cue(later, "fire")
    states = {event.id: event.state for event in control.msel.rows()}
    assert states[later] == "delivered"


@pytest.mark.parametrize("until", ["council", "orders", "review"])
def test_a_room_is_taken_up_where_it_stood(until: str) -> None:
    journal = MemoryJournal()
    session = room(journal)
    LocalDesk(session, "dorvik").draft(ORDER, "they asked")
    LocalDesk(session, "dorvik").seal()
    LocalDesk(session, "calder").say(("dorvik",), "Thanks", "We owe you.")
    if until != "council":
        session.close_council()
    if until == "review":
        session.resolve()
        ControlDesk(session).rule("domestic.support[dorvik]", "set", 0.9, "a good speech")
    again = resume(journal)
    assert again.stage == until
    assert again.world.digest() == session.world.digest()
    assert [o.reason for o in again.pending.sealed["dorvik"]] == ["they asked"]
    assert again.inbox()[-1].text == "We owe you."


def test_words_that_were_withdrawn_are_gone_and_the_save_still_verifies() -> None:
    journal = MemoryJournal()
    session = room(journal)
    LocalDesk(session, "calder").say(("dorvik",), "Secret", "The convoy sails at dawn.")
    session.resolve()
    session.publish()
    entry = next(e for e in journal.read() if e.kind == "message")
    journal.withdraw(entry.seq, "text", "control", "classified by mistake")
    assert isinstance(verify(journal), Verified)
    assert all("dawn" not in m.text for m in read(journal).record.last.messages)


def test_a_second_host_is_refused_with_a_plain_line(tmp_path: Path) -> None:
    path = tmp_path / "room.exercise"
    with Save.create(path) as journal:
        room(journal)
        with pytest.raises(SaveInUseError) as refused:
            Save.open(path)
        assert "\n" not in refused.value.message


def test_who_fills_a_seat_now_is_who_fills_it_when_the_room_is_taken_up() -> None:
    journal = MemoryJournal()
    session = room(journal)
    control = ControlDesk(session)
    control.fill("estmere", "desk")
    control.fill("dorvik", "bot")
    control.fill("dorvik", "bot")
    filled = [dict(e.body) for e in journal.read(kinds=("filled",))]
    assert [(body["seat"], body["filling"]) for body in filled] == [
        ("estmere", "desk"), ("dorvik", "bot")
    ]  # fmt: skip
    assert journal.about()["seats"] == session.seating.filling
    again = resume(journal)
    assert again.seating.filling == session.seating.filling
    assert again.absent() == session.absent()
    assert isinstance(verify(journal), Verified)


def test_a_paused_room_is_still_paused_when_it_is_taken_up() -> None:
    journal = MemoryJournal()
    control = ControlDesk(room(journal))
    control.pause(True)
    assert resume(journal).paused
    control.pause(False)
    assert not resume(journal).paused


def test_a_draft_that_was_not_sealed_is_there_when_the_room_is_taken_up(tmp_path: Path) -> None:
    with Save.create(tmp_path / "a.exercise") as journal:
        session = room(journal)
        dorvik, calder = LocalDesk(session, "dorvik"), LocalDesk(session, "calder")
        head = journal.head()
        dorvik.draft(ORDER, "they asked")
        dorvik.draft("assess karsk 0.9")
        calder.draft("assess karsk 0.9", "a whisper")
        calder.undraft(calder.drafted()[0][0].cell)
        assert journal.head() == head
    with Save.open(tmp_path / "a.exercise") as journal:
        again = resume(journal)
        assert again.pending.drafts == session.pending.drafts
        told = LocalDesk(again, "dorvik").drafted()
        assert [(order.line(), order.reason) for order, _ in told] == [
            ("logistics.host port-orm calder open", "they asked"),
            ("threat.assess karsk grave", ""),
        ]
        assert LocalDesk(again, "calder").drafted() == []
        assert LocalDesk(again, "dorvik").seal() is None
        assert isinstance(verify(journal), Verified)


def test_a_draft_lies_nowhere_once_it_is_sealed_or_its_turn_is_over() -> None:
    journal = MemoryJournal()
    session = room(journal)
    dorvik, calder = LocalDesk(session, "dorvik"), LocalDesk(session, "calder")
    dorvik.draft(ORDER, "they asked")
    calder.draft("assess karsk 0.9", "a whisper")
    assert len(journal.aside()) == 2
    dorvik.seal()
    assert len(journal.aside()) == 1
    dorvik.unseal()
    dorvik.undraft(dorvik.drafted()[0][0].cell)
    assert resume(journal).pending.drafts == session.pending.drafts
    session.resolve()
    session.publish()
    assert not journal.aside()


def test_what_is_sealed_cannot_be_taken_off_the_slip() -> None:
    session = room()
    desk = LocalDesk(session, "dorvik")
    desk.draft(ORDER)
    desk.seal()
    desk.undraft(desk.drafted()[0][0].cell)
    desk.unseal()
    assert [order.line() for order, _ in desk.drafted()] == ["logistics.host port-orm calder open"]


def test_a_draft_that_was_tampered_with_is_a_plain_error() -> None:
    journal = MemoryJournal()
    LocalDesk(room(journal), "dorvik").draft(ORDER)
    journal.lay_aside("draft:dorvik", {"turn": 1, "orders": [{"decision": "no.such"}]})
    with pytest.raises(SaveError, match="a draft cannot be read"):
        resume(journal)


def test_a_slip_keeps_its_order_when_the_room_is_taken_up() -> None:
    journal = MemoryJournal()
    session = room(journal)
    for line in (ORDER, "assess karsk 0.9", "host port-orm aurland open"):
        assert isinstance(LocalDesk(session, "dorvik").draft(line), Order)
    LocalDesk(session, "dorvik").seal()
    assert resume(journal).pending == session.pending


# luck

LUCK = bytes(range(32))


def sealed_luck(journal: MemoryJournal) -> Session:
    return create(loaded("northern-strait"), journal, luck=LUCK, people=["dorvik"])


def played_out(session: Session) -> None:
    while session.stage != "over":
        session.resolve()
        session.publish()
        session.open()


def test_sealed_luck_is_committed_to_at_the_start_and_revealed_at_the_end() -> None:
    journal = MemoryJournal()
    session = sealed_luck(journal)
    noted = LocalDesk(session, "dorvik").standing().commitment
    while session.stage != "over":
        assert not list(journal.read(kinds=("revealed",)))
        found = verify(journal)
        assert isinstance(found, Verified)
        assert (found.luck, found.commitment) == ("sealed", noted)
        session.resolve()
        session.publish()
        session.open()
    *_, last = journal.read()
    assert (last.kind, last.body["luck"]) == ("revealed", LUCK.hex())
    assert Dice(LUCK, [0]).commitment() == noted
    found = verify(journal)
    assert isinstance(found, Verified)
    assert found.luck == "revealed"
    resume(journal)
    assert [e.kind for e in journal.read()].count("revealed") == 1


def test_an_exercise_that_is_ended_reveals_its_luck_and_an_open_one_has_nothing_to_reveal() -> None:
    journal = MemoryJournal()
    session = sealed_luck(journal)
    session.end("the fire alarm")
    assert [entry.kind for entry in journal.read()][-2:] == ["ended", "revealed"]
    assert isinstance(verify(journal), Verified)
    seeded = MemoryJournal()
    room(seeded).end("the fire alarm")
    assert not list(seeded.read(kinds=("revealed",)))
    found = verify(seeded)
    assert isinstance(found, Verified)
    assert found.luck == "open"


def test_whoever_has_the_revealed_luck_verifies_without_what_lies_beside_the_chain() -> None:
    journal = MemoryJournal()
    played_out(sealed_luck(journal))
    created = next(journal.read())
    journal.withdraw(created.seq, "luck", "control", "the copy for the delegations")
    found = verify(journal)
    assert isinstance(found, Verified)
    assert found.luck == "revealed"


def test_luck_that_is_not_the_one_committed_to_is_found() -> None:
    """Even where the whole chain was written anew, so that it holds."""
    journal, forged = MemoryJournal(), MemoryJournal()
    played_out(sealed_luck(journal))
    for entry in journal.read():
        for ref in refs(entry.body):
            forged.put(journal.get(ref))
        body = dict(entry.body)
        if entry.kind == "revealed":
            body["luck"] = bytes(32).hex()
        words = {key: str(text) for key, text in entry.words.items()}
        forged.append(entry.kind, body, words=words)
    found = verify(forged)
    assert isinstance(found, ChainFault)
    assert found.seq == forged._last_seq()
    assert "not the one committed to" in found.why
