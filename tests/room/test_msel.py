"""The MSEL: what control changes of injects takes effect in the turn, and is played again alike."""

from __future__ import annotations

import pytest

from exercise.desk import ControlDesk, LocalDesk
from exercise.errors import UsageError
from exercise.orders import Refusal
from exercise.room.msel import Change, Row, Text
from exercise.save.journal import MemoryJournal
from exercise.saved import create, resume
from exercise.session import Session
from exercise.verified import Verified, verify
from tests.scenarios import loaded_text

SCENARIO = """
title: Cards
summary: Two allies, a neighbour, seven injects.
start: 2031-04-12
first_day: -7
turns: {weekly: {weeks: [1, 1, 1, 1], default: true}}
rules: [threat]
actors:
  alder: {name: Alder}
  birk: {name: Birk}
  kesk: {name: Kesk, role: adversary}
fields:
  heat: {says: How heated it is., start: 0.2, seen: public}
  queue: {says: How long the queues are., start: 0.2, seen: own, axes: [ally]}
injects:
  first: {name: First, at: D-7, text: one, effects: [{cell: scenario.heat, add: 0.1}]}
  second: {name: Second, at: D-6, text: two, to: [birk]}
  third: {name: Third, at: D+1, text: three, effects: [{cell: scenario.heat, add: 0.2}]}
  fourth: {name: Fourth, at: D+8, text: four}
  hot: {name: Hot, when: scenario.heat > 0.6, text: hot}
  spare: {name: Spare, text: spare}
  shut: {name: Shut, at: D+2, text: shut, enabled: false}
"""


def begun(journal: MemoryJournal | None = None) -> tuple[Session, ControlDesk]:
    session = create(loaded_text(SCENARIO), journal or MemoryJournal(), seed=4, people=["alder"])
    return session, ControlDesk(session)


def played_on(control: ControlDesk, turns: int = 1) -> None:
    for _ in range(turns):
        control.resolve()
        control.publish()


def states(control: ControlDesk) -> dict[str, str]:
    return {row.id: row.state for row in control.msel.rows()}


def arrived(session: Session) -> list[str]:
    return [message.name for message in session.inbox()]


def reached_as(session: Session, name: str) -> str:
    """By what name one of control's own arrived."""
    return session.shelves.msel.card(name).reached_as


def alike(session: Session) -> None:
    """Taken up again, the turn stands as it did; verified, every turn comes out the same."""
    again = resume(session.journal)
    assert again.world.digest() == session.world.digest()
    assert again.inbox() == session.inbox()
    assert again.pending.control == session.pending.control
    mine, theirs = ControlDesk(session), ControlDesk(again)
    assert theirs.msel.rows() == mine.msel.rows()
    assert theirs.schedule.turns() == mine.schedule.turns()
    assert isinstance(verify(session.journal), Verified)


def test_rows_stand_in_exercise_time_with_their_states() -> None:
    _, control = begun()
    rows = control.msel.rows()
    assert [row.id for row in rows] == [
        "first", "second", "third", "shut", "fourth", "hot", "spare",
    ]  # fmt: skip
    assert states(control) == {
        "first": "delivered", "second": "delivered", "third": "scheduled", "fourth": "scheduled",
        "shut": "disabled", "hot": "armed", "spare": "approved",
    }  # fmt: skip
    assert control.msel.row("third").told.when == "D+1"
    assert control.msel.row("first").turn == 1
    with pytest.raises(UsageError):
        control.msel.row("nothing")


def test_a_postponed_inject_comes_on_its_new_day_and_what_it_does_with_it() -> None:
    session, control = begun()
    assert control.msel.postpone("third", 7) is None
    played_on(control)
    alike(session)
    assert states(control)["third"] == "scheduled"
    assert session.world["scenario.heat"].data[0] == pytest.approx(0.3)
    played_on(control)
    assert states(control)["third"] == "delivered"
    assert control.msel.row("third").turn == 3
    assert session.world["scenario.heat"].data[0] == pytest.approx(0.5)
    alike(session)


def test_postponing_all_keeps_the_spacing_and_leaves_what_has_come() -> None:
    session, control = begun()
    before = {row.id: row.day for row in control.msel.rows()}
    assert control.msel.postpone_all(7) is None
    after = {row.id: row.day for row in control.msel.rows()}
    assert after["first"] == before["first"]
    for name in ("third", "fourth", "shut"):
        assert (after[name] or 0) - (before[name] or 0) == 7
    played_on(control, 2)
    assert states(control)["third"] == "delivered"
    assert states(control)["shut"] == "disabled"  # moved, and still out of play
    alike(session)
    assert isinstance(control.msel.postpone_all(-30), Refusal)


def test_an_inject_can_be_brought_forward_but_not_into_the_past() -> None:
    session, control = begun()
    assert isinstance(control.msel.postpone("fourth", -9), Refusal)
    assert control.msel.postpone("fourth", -8) is None
    played_on(control)
    assert states(control)["fourth"] == "delivered"
    alike(session)


def test_skipped_disabled_and_held_injects_do_not_come_until_they_are_let() -> None:
    session, control = begun()
    for name, act in (("third", "skip"), ("fourth", "disable"), ("shut", "enable")):
        assert control.msel.act(name, act) is None  # type: ignore[arg-type]
    played_on(control)
    assert states(control)["third"] == "skipped"
    assert states(control)["shut"] == "delivered"
    assert control.msel.act("third", "fire") is None
    assert states(control)["third"] == "delivered"
    assert control.msel.act("fourth", "enable") is None
    assert control.msel.act("fourth", "hold") is None
    played_on(control)
    assert states(control)["fourth"] == "held"
    alike(session)
    played_on(control)
    assert control.msel.act("fourth", "fire") is None
    assert states(control)["fourth"] == "delivered"
    alike(session)


def test_an_inject_held_and_released_goes_by_its_day_again() -> None:
    session, control = begun()
    control.cue("third", "hold")
    assert states(control)["third"] == "held"
    control.msel.act("third", "release")
    played_on(control)
    assert states(control)["third"] == "delivered"
    alike(session)


def test_an_edited_inject_is_read_as_edited_and_can_be_withdrawn() -> None:
    session, control = begun()
    told = Text("Third, mended", "three and a half", ("alder",), "A newspaper", "press", "D+2")
    assert control.msel.edit("third", told) is None
    played_on(control)
    (message,) = [m for m in session.inbox() if m.name == "third"]
    assert (message.title, message.text, message.to) == (told.title, told.text, ("alder",))
    assert (message.sender, message.method) == ("A newspaper", "press")
    assert session.world["scenario.heat"].data[0] == pytest.approx(0.5)  # it does what it did
    assert isinstance(control.msel.edit("third", told), Refusal)
    played_on(control)
    session.journal.withdraw(message.seq, "text", "control", "a real name")
    again = resume(session.journal)
    (kept,) = [m for m in again.record.messages(2) if m.name == "third"]
    assert kept.text == "(withdrawn)"
    assert isinstance(verify(session.journal), Verified)


def test_a_condition_is_judged_by_the_card_once_control_has_taken_over() -> None:
    session, control = begun()
    control.msel.act("hot", "skip")
    control.msel.act("hot", "enable")  # in play again, by its condition alone
    played_on(control)
    assert states(control)["hot"] == "armed"
    control.msel.write(Text("Row", effects=(Change("scenario.heat", "set", 0.9),), when="D+7"))
    played_on(control)
    assert states(control)["hot"] == "armed"  # it looks before what comes in the turn
    played_on(control)
    assert states(control)["hot"] == "delivered"
    alike(session)


def test_controls_own_inject_comes_at_once_or_on_its_day_with_its_effects() -> None:
    session, control = begun()
    now = control.msel.write(
        Text("Queues", "Long ones.", ("birk",), "Radio", "press",
             effects=(Change("scenario.queue[birk]", "add", 0.3),))
    )  # fmt: skip
    assert isinstance(now, str)
    assert states(control)[now] == "approved"
    assert control.msel.act(now, "fire") is None
    assert arrived(session)[-1] == reached_as(session, now)
    assert session.world["scenario.queue"].data[:, 0] == pytest.approx([0.2, 0.5])
    alike(session)
    later = control.msel.write(
        Text("Calm", "It is calm.", when="D+8", effects=(Change("scenario.heat", "set", 0.0),))
    )
    assert isinstance(later, str)
    played_on(control)
    assert later not in arrived(session)
    alike(session)
    played_on(control)
    assert reached_as(session, later) in arrived(session)
    assert session.world["scenario.heat"].data[0] == 0.0
    alike(session)
    found = control.why("scenario.queue[birk]", 1)
    assert [s.says for term in found.terms for s in term.sources] == ["Queues"]


def test_what_controls_inject_did_is_told_to_those_whom_it_reached() -> None:
    session, control = begun()
    name = control.msel.write(
        Text("Rumour", "It was Kesk.", ("birk",),
             effects=(Change("scenario.heat", "add", 0.3),))
    )  # fmt: skip
    assert isinstance(name, str)
    control.msel.act(name, "fire")
    played_on(control)
    told = {seat: LocalDesk(session, seat).why("scenario.heat", 1) for seat in ("alder", "birk")}
    assert "Rumour" in str(told["birk"])
    assert "Rumour" not in str(told["alder"])
    assert reached_as(session, name) not in str(LocalDesk(session, "alder").view(1))
    assert name not in str(LocalDesk(session, "birk").view(1))


def test_what_control_wrote_itself_arrives_by_a_name_that_tells_nothing_of_its_writing() -> None:
    names = []
    for first in ("Rumour", "A name that slipped in"):
        session, control = begun()
        name = control.msel.write(Text(first, when="D+20"))
        other = control.msel.write(Text(f"{first}, and more", to=("alder",)))
        assert isinstance(name, str)
        assert isinstance(other, str)
        assert control.msel.edit(name, Text("News", "It is so.", ("birk",))) is None
        assert control.msel.act(name, "fire") is None
        assert control.msel.act(other, "fire") is None
        birk = LocalDesk(session, "birk")
        letter = next(m for m in birk.view().inbox if m.title == "News")
        names.append(letter.name)
        assert birk.msel.mark(letter.name, "opened") is None
        assert isinstance(birk.msel.mark(name, "opened"), Refusal)
        assert control.msel.row(name).marks == (("birk", "opened"),)
        assert states(control)[name] == "opened"
        alike(session)
    assert names[0] == names[1]


def test_a_draft_waits_for_approval() -> None:
    session, control = begun()
    name = control.msel.write(Text("Maybe", when="D+1", draft=True))
    assert isinstance(name, str)
    assert states(control)[name] == "draft"
    played_on(control)
    assert states(control)[name] == "draft"
    control.msel.act(name, "approve")
    assert control.msel.postpone(name, 7) is None
    played_on(control)
    assert states(control)[name] == "delivered"
    alike(session)


@pytest.mark.parametrize(
    "told",
    [
        Text(" "),
        Text("x", to=()),
        Text("x", to=("nobody",)),
        Text("x", when="tomorrow"),
        Text("x", when="D-30"),
        Text("x", effects=(Change("scenario.nothing", "add", 1.0),)),
        Text("x", effects=(Change("scenario.heat", "add", 9.0),)),
        Text("x", effects=(Change("scenario.heat", "times", 1.0),)),
        Text("x", effects=(Change("threat.shared_view", "add", 0.1),)),
    ],
)
def test_what_cannot_be_is_refused_with_a_remedy(told: Text) -> None:
    session, control = begun()
    before = len(list(session.journal.read()))
    refused = control.msel.write(told)
    assert isinstance(refused, Refusal)
    assert refused.remedy
    assert len(list(session.journal.read())) == before


def missed(control: ControlDesk) -> Row:
    assert control.msel.expect("first", "D+0", "spare") is None
    assert states(control)["spare"] == "scheduled"
    return control.msel.row("first")


def test_a_contingency_comes_when_what_was_expected_has_not() -> None:
    session, control = begun()
    assert missed(control).deadline == "D"
    played_on(control)
    assert "spare" in arrived(session)
    alike(session)


def test_a_contingency_stays_away_when_what_was_expected_has_come() -> None:
    session, control = begun()
    missed(control)
    assert control.msel.done("first", True) is None
    played_on(control, 2)
    assert "spare" not in arrived(session)
    alike(session)


def test_a_condition_can_say_that_what_was_expected_has_come() -> None:
    for unless, comes in (("scenario.heat > 0.25", False), ("scenario.heat > 0.9", True)):
        session, control = begun()
        assert control.msel.expect("first", "D", "spare", unless) is None
        played_on(control)
        assert ("spare" in arrived(session)) is comes
        alike(session)
    refused = control.msel.expect("second", "D+9", "fourth", "scenario.heat >")
    assert isinstance(refused, Refusal)


def test_a_seat_marks_only_what_reached_it_and_control_sees_it() -> None:
    session, control = begun()
    alder, birk = LocalDesk(session, "alder"), LocalDesk(session, "birk")
    assert isinstance(alder.msel.mark("second", "opened"), Refusal)
    assert isinstance(alder.msel.mark("fourth", "opened"), Refusal)
    assert birk.msel.mark("second", "opened") is None
    assert states(control)["second"] == "opened"
    assert birk.msel.mark("second", "answered", "We see it otherwise.") is None
    assert birk.msel.mark("second", "opened") is None  # what was done stays done
    assert states(control)["second"] == "answered"
    assert control.msel.row("second").marks == (("birk", "answered"),)
    played_on(control)
    alike(session)
