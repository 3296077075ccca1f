"""Going back to an earlier turn: a line of its own, the old one readable, both verified."""

from __future__ import annotations

from pathlib import Path

import pytest

from exercise.branches import branches
from exercise.desk import ControlDesk, LocalDesk
from exercise.engine.dice import Dice
from exercise.orders import Refusal
from exercise.room.msel import Text
from exercise.save.journal import MemoryJournal, check_journal
from exercise.save.store import Save
from exercise.saved import create, dice_of, read, resume
from exercise.scenario.load import load
from exercise.session import Session
from exercise.verified import Differs, Verified, verify
from tests.room.test_msel import alike, begun, played_on, states


def strait(journal: MemoryJournal | Save | None = None) -> tuple[Session, ControlDesk]:
    session = create(load("northern-strait"), journal or MemoryJournal(), seed=2, people=["dorvik"])
    return session, ControlDesk(session)


def digests(session: Session) -> list[str]:
    return [turn.after.digest() for turn in session.record.turns]


def test_play_goes_on_from_the_start_of_an_earlier_turn_and_the_old_line_stays() -> None:
    session, control = strait()
    played_on(control, 3)
    old = digests(session)
    head = session.journal.head()
    assert control.roll_back(2, "the council closed too early") is None
    assert control.standing().turn == 2
    assert digests(session) == old[:2]
    alike(session)
    played_on(control)
    assert digests(session)[2] == old[2]  # played alike, it comes out alike
    played_on(control)
    assert digests(session)[3] == old[3]
    assert [(b.name, b.turn, b.turns, b.main) for b in control.branches()] == [
        ("main", 1, 3, False), ("turn-2-2", 2, 3, True),
    ]  # fmt: skip
    before = read(session.journal, "main")
    assert [turn.after.digest() for turn in before.record.turns] == old
    assert isinstance(verify(session.journal, head), Verified)
    assert check_journal(session.journal, head) is None


def test_turns_that_nobody_had_played_have_other_luck() -> None:
    straight, on = strait()
    played_on(on, 4)
    session, control = strait()
    played_on(control, 2)
    control.roll_back(2, "again")
    played_on(control, 3)  # the second and, under way when control went back, the third
    assert digests(session)[:4] == digests(straight)[:4]
    assert digests(session)[4] != digests(straight)[4]
    alike(session)


def test_the_luck_of_a_new_line_follows_from_the_first_and_touches_no_earlier_turn() -> None:
    first = Dice.seeded(1)
    second = Dice(first.luck, first.games, ((3, "turn-2-2"),))

    def roll(dice: Dice, turn: int) -> float:
        return float(dice.turn(turn).roll(("a",), (("x",),))[0, 0])

    assert roll(first, 2) == roll(second, 2)
    assert roll(first, 3) != roll(second, 3)
    third = Dice(first.luck, first.games, (*second.forks, (4, "turn-3-2")))
    assert roll(third, 3) == roll(second, 3)
    assert len({roll(dice, 4) for dice in (first, second, third)}) == 3
    assert first.commitment() == third.commitment()


def test_one_can_go_back_from_a_line_that_went_back_and_from_the_end() -> None:
    session, control = begun()
    played_on(control, 4)
    assert control.standing().stage == "over"
    assert control.roll_back(3, "one more time") is None
    played_on(control)
    assert control.roll_back(1, "from the start") is None
    assert control.standing().turn == 1
    played_on(control, 4)
    assert control.standing().stage == "over"
    alike(session)
    assert [b.name for b in branches(session.journal)] == ["main", "turn-3-2", "turn-1-2"]
    assert dice_of(session.journal).forks == ((5, "turn-3-2"), (5, "turn-1-2"))


def test_what_control_planned_after_the_fork_belongs_to_the_old_line() -> None:
    session, control = begun()
    control.msel.act("fourth", "skip")
    played_on(control)
    control.msel.act("third", "skip") if states(control)["third"] == "scheduled" else None
    control.schedule.insert(4, 3)
    control.msel.write(Text("Later", when="D+20"))
    control.roll_back(2, "too much was changed")
    assert [t.days for t in control.schedule.turns()] == [7, 7, 7, 7]
    assert states(control)["fourth"] == "skipped"
    assert not [row for row in control.msel.rows() if row.own]
    alike(session)


def test_the_room_goes_on_as_it_was_seats_and_the_freeze() -> None:
    session, control = begun()
    played_on(control)
    control.fill("birk", "desk")
    control.pause(True)
    assert control.roll_back(1, "false start") is None
    assert control.standing().filling["birk"] == "desk"
    assert control.standing().paused
    again = resume(session.journal)
    assert again.seating.filling["birk"] == "desk"
    assert again.paused
    desk = LocalDesk(session, "alder")
    assert desk.standing().turn == 1
    assert desk.view().turn == 1


def test_a_turn_in_which_the_exercise_was_stopped_can_be_played_again() -> None:
    session, control = begun()
    control.end("stopped for a real-world emergency")
    assert control.roll_back(1, "all are well") is None
    assert control.standing().stage == "council"
    played_on(control)
    control.end("again")
    assert isinstance(control.roll_back(3, "too far"), Refusal)
    assert control.roll_back(2, "on") is None
    alike(session)


def test_where_one_cannot_go_back_to_is_refused() -> None:
    session, control = begun()
    for turn, reason in ((0, "x"), (2, "x"), (1, "  ")):
        assert isinstance(control.roll_back(turn, reason), Refusal)
    assert list(session.journal.branches()) == ["main"]


def test_every_line_is_verified_not_only_the_one_that_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session, control = begun()
    played_on(control, 2)
    control.roll_back(2, "again")
    entry = next(
        e for e in session.journal.read("main", kinds=("published",)) if e.body["turn"] == 2
    )
    body = dict(entry.body)
    real = MemoryJournal.read

    def bent(self: MemoryJournal, *args: object, **kinds: object) -> object:
        for one in real(self, *args, **kinds):  # type: ignore[arg-type]
            if one.seq == entry.seq:
                one.body.update({**body, "digest": "0" * 8})  # type: ignore[attr-defined]
            yield one

    monkeypatch.setattr(MemoryJournal, "read", bent)
    monkeypatch.setattr("exercise.verified.check_journal", lambda journal, head: None)
    assert isinstance(verify(session.journal), Differs)


def test_a_save_is_taken_up_on_the_line_that_counts(tmp_path: Path) -> None:
    path = tmp_path / "branched.exercise"
    journal = Save.create(path)
    session, control = strait(journal)
    played_on(control, 2)
    control.roll_back(1, "from the start")
    stood = session.world.digest()
    journal.close()
    opened = Save.open(path)
    again = resume(opened)
    assert again.number == 1
    assert again.world.digest() == stood
    assert [b.turns for b in branches(opened)] == [2, 0]
    opened.close()


def test_a_desk_says_why_an_adversary_chose_as_it_did() -> None:
    _, control = strait()
    played_on(control)
    control.resolve()
    told = control.reasoning()
    chosen = [reason for reason in told if reason.cell.startswith("adversary.act[")]
    assert len(chosen) == 2  # one in each theatre
    assert any("likely" in reason.says for reason in told)
    assert any(reason.cell.startswith("adversary.seen_cohesion") for reason in told)
    for reason in told:
        if reason.cell:
            assert control.reviewed().why(reason.cell, reason.turn).cell == reason.cell


def test_without_an_adversary_there_is_nothing_to_tell() -> None:
    _, control = begun()
    control.resolve()
    assert control.reasoning() == ()
