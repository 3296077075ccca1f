"""One exercise under way: stages, seals, rulings, and what survives a crash."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from exercise.desk import ControlDesk, LocalDesk
from exercise.errors import SaveInUseError
from exercise.journal import MemoryJournal
from exercise.orders import Order, Refusal
from exercise.saved import Verified, create, read, resume, verify
from exercise.scenario.load import load
from exercise.session import Session
from exercise.store import Save

ORDER = "host port-orm calder open"


def room(journal: MemoryJournal | Save | None = None) -> Session:
    return create(
        load("northern-strait"), journal or MemoryJournal(), seed=1, people=["dorvik", "calder"]
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
    later = [event.name for event in control.events() if event.state == "scheduled"][-1]
    control.cue(later, "fire")
    states = {event.name: event.state for event in control.events()}
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


CHILD = """
import sys
from tests.test_session import play_on
play_on(sys.argv[1])
"""


def play_on(path: str) -> None:
    """Play turn after turn into a save, telling each seal once it is written."""
    place = Path(path)
    journal = Save.open(place) if place.exists() else Save.create(place)
    session = resume(journal) if journal.head() and _begun(journal) else room(journal)
    while session.stage != "over":
        desk = LocalDesk(session, "dorvik")
        if session.stage in ("council", "orders"):
            desk.draft(ORDER)
            desk.seal()
            print("sealed", session.number, flush=True)
            session.resolve()
        session.publish()
        print("published", session.record.last.number, flush=True)
        session.open()
    print("over", flush=True)


def _begun(journal: Save) -> bool:
    return any(entry.kind == "created" for entry in journal.read())


def test_killed_at_any_moment_nothing_sealed_is_lost_and_play_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "killed.exercise"
    luck = random.Random(5)
    root = Path(__file__).parents[1]
    told: set[tuple[str, int]] = set()
    for _ in range(8):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(path)], cwd=root, stdout=subprocess.PIPE, text=True
        )
        time.sleep(luck.uniform(0.6, 2.2))
        child.send_signal(signal.SIGKILL)
        said, _ = child.communicate()
        for line in said.splitlines():
            word, _, number = line.partition(" ")
            if number.isdigit():
                told.add((word, int(number)))
        if not path.exists():
            continue
        with Save.open(path) as journal:
            kept = {(e.kind, int(str(e.body["turn"]))) for e in journal.read() if "turn" in e.body}
            assert told <= kept
    with Save.open(path) as journal:
        session = resume(journal) if _begun(journal) else room(journal)
        while session.stage != "over":
            if session.stage != "review":
                session.resolve()
            session.publish()
            session.open()
        assert isinstance(verify(journal), Verified)
    assert os.path.getsize(path) > 0


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
