"""Going back to an earlier turn: a line of its own, the old one readable, both verified."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from exercise.branches import branches, luck_words
from exercise.desk import ControlDesk, LocalDesk
from exercise.engine.dice import Dice
from exercise.luck import dice_of
from exercise.orders import Refusal
from exercise.room.msel import Text
from exercise.save.journal import ChainFault, Entry, MemoryJournal, check_journal
from exercise.save.store import Save
from exercise.saved import create, read, resume
from exercise.session import Session
from exercise.verified import Differs, Verified, verify
from tests.room.test_msel import alike, begun, played_on, states
from tests.scenarios import loaded


def strait(journal: MemoryJournal | Save | None = None) -> tuple[Session, ControlDesk]:
    session = create(
        loaded("northern-strait"), journal or MemoryJournal(), seed=2, people=["dorvik"]
    )
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


LUCK = bytes(range(32))


def sealed(journal: MemoryJournal) -> tuple[Session, ControlDesk]:
    """A game of sealed luck whose host draws 1s, then 2s, then 3s."""
    session = create(loaded("northern-strait"), journal, luck=LUCK, people=["dorvik"])
    session.draw_luck = iter([bytes([n]) * 32 for n in (1, 2, 3)]).__next__
    return session, ControlDesk(session)


def test_after_the_luck_is_known_a_new_line_has_luck_of_its_own() -> None:
    journal = MemoryJournal()
    session, control = sealed(journal)
    played_on(control, 2)
    old, first = digests(session), control.standing().commitment
    control.roll_back(2, "before anybody knew")  # nobody knows yet: the same luck
    assert control.standing().commitment == first
    assert luck_words(control.branches()) == ""
    played_on(control)
    assert digests(session)[2] == old[2]
    control.end("lunch")
    assert control.roll_back(2, "once more") is None
    assert luck_words(control.branches())
    second = LocalDesk(session, "dorvik").standing().commitment
    assert second == Dice(bytes([1]) * 32, ()).commitment() != first
    assert bytes([1]).hex() * 32 not in str([entry.body for entry in journal.read("turn-2-3")])
    assert control.branches()[-1].commitment == second
    played_on(control)
    assert digests(session)[2] != old[2]  # though everything was decided alike
    alike(session)
    found = verify(journal)
    assert isinstance(found, Verified)
    assert (found.luck, found.commitment) == ("sealed", second)


def test_each_luck_is_revealed_at_the_end_of_its_own_line() -> None:
    journal = MemoryJournal()
    session, control = sealed(journal)
    played_on(control, 2)
    control.end("lunch")
    control.roll_back(2, "once more")
    control.roll_back(1, "earlier still")  # the new luck is not known yet: it goes on
    assert session.dice.luck == bytes([1]) * 32
    alike(session)
    played_on(control)
    control.end("tea")
    told = [e.body["luck"] for name in journal.branches()
            for e in journal.read(name, kinds=("revealed",))]  # fmt: skip
    assert told == [LUCK.hex(), bytes([1]).hex() * 32]
    found = verify(journal)
    assert isinstance(found, Verified)
    assert found.luck == "revealed"
    control.roll_back(1, "and again")
    assert session.dice.luck == bytes([2]) * 32
    assert dice_of(journal, "main").luck == LUCK
    assert dice_of(journal, "turn-1-2").luck == bytes([1]) * 32
    alike(session)


def test_nobody_goes_back_on_known_luck_where_none_can_be_drawn() -> None:
    journal = MemoryJournal()
    session, control = sealed(journal)
    session.draw_luck = None
    control.end("lunch")
    refused = control.roll_back(1, "again")
    assert isinstance(refused, Refusal)
    assert "luck" in refused.reason
    assert list(journal.branches()) == ["main"]


def test_open_luck_stays_open_when_play_goes_back_from_the_end() -> None:
    session, control = strait()
    played_on(control)
    old = digests(session)
    control.end("lunch")
    assert control.roll_back(1, "again") is None
    assert not [e for e in session.journal.read("turn-1-2") if e.kind == "luck"]
    played_on(control)
    assert digests(session) == old


def test_a_line_that_was_opened_before_lines_had_luck_of_their_own_is_read_as_it_was() -> None:
    journal = MemoryJournal()
    _, control = sealed(journal)
    control.roll_back(1, "again")
    real = MemoryJournal._as_read

    def older(self: MemoryJournal, entry: Entry, body: str) -> Entry:
        found = real(self, entry, body)
        plain = {key: value for key, value in found.body.items() if key != "commitment"}
        return attrs.evolve(found, body=plain if found.kind == "rolled_back" else found.body)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MemoryJournal, "_as_read", older)
        assert dice_of(journal).luck == LUCK
        assert dice_of(journal).forks == ((2, "turn-1-2"),)


def test_new_luck_that_is_not_the_one_committed_to_is_found() -> None:
    journal = MemoryJournal()
    session, control = sealed(journal)
    control.end("lunch")
    control.roll_back(1, "again")
    drawn = next(e for e in journal.read("turn-1-2") if e.kind == "luck")
    _, salt = journal._texts[drawn.seq, "luck"]
    journal._texts[drawn.seq, "luck"] = (LUCK.hex(), salt)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("exercise.verified.check_journal", lambda journal, head: None)
        found = verify(session.journal)
    assert isinstance(found, ChainFault)
    assert found.seq == drawn.seq


def test_words_of_before_the_fork_are_withdrawn_on_the_line_that_counts() -> None:
    session, control = begun()
    assert control.desk("alder").say(("birk",), "Quiet", "At dawn.") is None
    played_on(control, 2)
    old = session.journal.head("main")
    assert control.roll_back(2, "again") is None
    letter = next(one for t in control.talk.threads() for one in control.talk.letters(t.name)
                  if one.title == "Quiet")  # fmt: skip
    assert control.talk.withdraw(letter.name, "classified") is None
    for now in (session, resume(session.journal)):
        told = ControlDesk(now).talk.letter(letter.name)
        assert told is not None
        assert (told.text, "classified" in told.gone) == ("(withdrawn)", True)
    assert session.journal.head("main") == old
    assert isinstance(verify(session.journal), Verified)


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
