"""A live council at desks: silence by the clock, what is written, who presides, who may read it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

from exercise.desk import ControlDesk, LocalDesk
from exercise.host.codec import decode, encode
from exercise.host.surface import shown, surface
from exercise.orders import Order, Refusal
from exercise.record import WITHDRAWN
from exercise.review.hotwash import hotwash_markdown
from exercise.room.chairing import ChamberDesk, Floor, Silence
from exercise.room.chamber import later, seconds_left
from exercise.save.journal import Journal, MemoryJournal, open_salts
from exercise.save.store import Save
from exercise.saved import read, resume
from exercise.session import Session
from exercise.verified import Verified, verify
from tests.host.room import new_session

TEXT, CHAIR, MEMBER = "statement", "aurland", "fallow"
PEOPLE = ("aurland", "dorvik", "fallow")


class Clock:
    """A clock on the wall that only a test moves."""

    def __init__(self) -> None:
        self.now = "2030-01-01T10:00:00Z"

    def __call__(self) -> str:
        return self.now

    def run(self, minutes: float) -> None:
        self.now = later(self.now, 60 * minutes)


def room(journal: Journal | None = None, clock: Callable[[], str] | None = None) -> Session:
    """Northern Strait, three delegations at it, the chair's text on the table."""
    kept = journal or MemoryJournal(salts=open_salts)
    session = new_session(kept, people=PEOPLE)
    session.clock = clock
    assert isinstance(LocalDesk(session, CHAIR).draft(f"council.table {TEXT}"), Order)
    return session


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def session(clock: Clock) -> Session:
    return room(clock=clock)


def desk(session: Session, seat: str) -> ChamberDesk:
    return LocalDesk(session, seat).chamber if seat != "control" else ControlDesk(session).chamber


def state(session: Session, seat: str = "dorvik") -> str:
    return next(t.state for t in LocalDesk(session, seat).view().texts if t.name == TEXT)


def written(session: Session, seat: str) -> list[tuple[str, str, str, str, str]]:
    found = desk(session, seat).floor().written
    return [(w.kind, w.who, w.text, w.instead, w.dissent) for w in found]


def refused(answer: object) -> str:
    assert isinstance(answer, Refusal)
    return answer.reason


# silence


def test_the_chair_starts_a_silence_that_everybody_at_the_table_sees_the_end_of(
    session: Session,
) -> None:
    assert desk(session, CHAIR).silence(TEXT, 10) is None
    assert state(session) == "under silence"
    for seat in (*PEOPLE, "control"):
        (silence,) = desk(session, seat).floor().silences
        assert silence == Silence(TEXT, "Statement on free passage", "2030-01-01T10:10:00Z", 10)


def test_nothing_is_declared_before_silence_has_run_out_and_then_it_is_adopted(
    session: Session, clock: Clock
) -> None:
    desk(session, CHAIR).silence(TEXT, 10)
    chair = LocalDesk(session, CHAIR)
    assert "silence still runs" in refused(chair.draft(f"council.declare {TEXT}"))
    clock.run(9.9)
    assert "silence still runs" in refused(chair.draft(f"council.declare {TEXT}"))
    clock.run(0.2)
    assert isinstance(chair.draft(f"council.declare {TEXT}"), Order)
    assert state(session) == "adopted"
    assert desk(session, MEMBER).floor().silences == ()


def test_one_written_break_ends_silence_and_every_ally_reads_who_and_why(session: Session) -> None:
    desk(session, CHAIR).silence(TEXT, 10)
    assert desk(session, MEMBER).break_silence(TEXT, "Too strong.", "Without clause 2.") is None
    assert state(session) == "on the table"
    assert desk(session, CHAIR).floor().silences == ()
    assert written(session, "dorvik") == [
        ("break", "Fallow", "Too strong.", "", ""),
        ("explanation", "Fallow", "", "Without clause 2.", ""),
    ]


def test_whoever_asks_why_silence_was_broken_is_told_what_was_written(session: Session) -> None:
    desk(session, CHAIR).silence(TEXT, 10)
    desk(session, MEMBER).break_silence(TEXT, "Too strong.")
    why = LocalDesk(session, "dorvik").why(f"council.break_silence[fallow,{TEXT}]")
    assert "Because: Too strong." in [term.says for term in why.terms]


def test_a_break_without_words_is_none(session: Session) -> None:
    desk(session, CHAIR).silence(TEXT, 10)
    assert "in writing" in refused(desk(session, MEMBER).break_silence(TEXT, "  "))
    assert state(session) == "under silence"


def test_silence_is_broken_only_where_it_runs(session: Session) -> None:
    assert "No silence runs" in refused(desk(session, MEMBER).break_silence(TEXT, "No."))
    assert written(session, MEMBER) == []


def test_its_end_can_be_set_anew_and_a_text_put_anew_has_none(session: Session) -> None:
    desk(session, CHAIR).silence(TEXT, 10)
    assert desk(session, "control").silence(TEXT, 3) is None
    (silence,) = desk(session, MEMBER).floor().silences
    assert (silence.until, silence.minutes) == ("2030-01-01T10:03:00Z", 3)
    LocalDesk(session, CHAIR).draft(f"council.put_text {TEXT} under silence")
    (silence,) = desk(session, MEMBER).floor().silences
    assert (silence.until, silence.minutes) == ("", 0)


def test_a_pause_holds_silence_back(session: Session, clock: Clock) -> None:
    desk(session, CHAIR).silence(TEXT, 10)
    clock.run(4)
    session.note("paused", {"paused": True})
    (silence,) = desk(session, MEMBER).floor().silences
    assert seconds_left(silence.until, silence.held) == 6 * 60
    clock.run(60)
    session.note("paused", {"paused": False})
    (silence,) = desk(session, MEMBER).floor().silences
    assert (silence.until, silence.held) == (later(clock.now, 6 * 60), "")


def test_absent_seats_break_it_at_once_by_their_standing_instructions(session: Session) -> None:
    chair, text = LocalDesk(session, CHAIR), "determination"
    assert isinstance(chair.draft(f"council.table {text}"), Order)
    rounds = chair.standing().round
    assert desk(session, CHAIR).silence(text, 10) is None
    found = next(t for t in chair.view().texts if t.name == text)
    assert any("broke silence" in position for position in found.positions)
    assert found.state == "on the table"
    assert desk(session, CHAIR).floor().silences == ()
    assert chair.standing().round == rounds  # it was no round of the table
    assert all(f"[{name}," not in s.cell for name in PEOPLE for s in found.stances)


def test_without_a_clock_silence_runs_until_the_chair_declares() -> None:
    session = room()
    assert desk(session, CHAIR).silence(TEXT, 10) is None
    (silence,) = desk(session, MEMBER).floor().silences
    assert silence.until == ""
    assert isinstance(LocalDesk(session, CHAIR).draft(f"council.declare {TEXT}"), Order)


@pytest.mark.parametrize("minutes", [0, -5, 24 * 60 + 1])
def test_silence_runs_for_minutes_of_use(session: Session, minutes: int) -> None:
    assert "cannot run" in refused(desk(session, CHAIR).silence(TEXT, minutes))
    assert state(session) == "on the table"


# the chair


def test_only_the_chair_or_control_does_what_a_chair_does(session: Session) -> None:
    for act in (
        lambda d: d.silence(TEXT, 5),
        lambda d: d.sum_up(TEXT, "We agree."),
        lambda d: d.go_round(),
    ):
        answer = act(desk(session, "dorvik"))
        assert "chair" in refused(answer)
    answer = desk(session, "dorvik").sum_up(TEXT, "We agree.")
    assert isinstance(answer, Refusal)
    assert answer.remedy == "ask the chair, Aurland"
    assert desk(session, CHAIR).floor().chairs
    assert desk(session, "dorvik").floor().chairs == ()
    assert TEXT in desk(session, "control").floor().chairs


def test_a_chair_lets_the_table_go_round(session: Session) -> None:
    before = LocalDesk(session, CHAIR).standing().round
    assert desk(session, CHAIR).go_round() is None
    assert LocalDesk(session, CHAIR).standing().round == before + 1


def test_the_chair_changes_when_the_matter_moves_and_so_does_the_forum_on_the_screen(
    session: Session,
) -> None:
    answer = LocalDesk(session, CHAIR).draft(f"council.move {TEXT} economic-council")
    assert isinstance(answer, Order)
    text = next(t for t in LocalDesk(session, CHAIR).view().texts if t.name == TEXT)
    assert text.forum_title == "Economic Council"
    assert text.chair == "Halden"
    assert TEXT not in desk(session, CHAIR).floor().chairs
    assert "ask the chair, Halden" in str(desk(session, CHAIR).sum_up(TEXT, "So."))


def test_a_summing_up_is_read_by_all_allies_and_the_latest_stands_last(session: Session) -> None:
    desk(session, CHAIR).sum_up(TEXT, "Nearly there.")
    desk(session, "control").sum_up(TEXT, "Agreed in substance.")
    for seat in ("dorvik", "halden", CHAIR):
        assert [w[1:3] for w in written(session, seat)] == [
            ("Aurland", "Nearly there."), ("Control", "Agreed in substance."),
        ]  # fmt: skip


# what members write


def test_an_explanation_is_the_allies_and_dissent_in_a_delegation_its_own(
    session: Session,
) -> None:
    desk(session, MEMBER).explain(TEXT, "We are small.", "A softer clause 2.", "Trade disagrees.")
    told = ("explanation", "Fallow", "We are small.", "A softer clause 2.", "")
    own = ("considered", "Fallow", "", "", "Trade disagrees.")
    assert written(session, "dorvik") == [told]
    assert written(session, MEMBER) == [told, own]
    assert written(session, "control") == [told, own]


def test_an_adopted_text_can_be_explained_in_a_later_turn(session: Session) -> None:
    LocalDesk(session, CHAIR).draft(f"council.put_text {TEXT}")
    LocalDesk(session, CHAIR).draft(f"council.declare {TEXT}")
    session.resolve()
    session.publish()
    session.open()
    assert desk(session, MEMBER).explain(TEXT, "With a heavy heart.") is None
    assert desk(session, "dorvik").floor().written[0].turn == 2


def test_what_else_was_considered_belongs_to_an_act_or_order_of_the_seat(
    session: Session,
) -> None:
    order = LocalDesk(session, "dorvik").draft(f"council.object {TEXT} object")
    assert isinstance(order, Order)
    assert desk(session, "dorvik").consider(order.cell, "A reservation.", "The minister.") is None
    assert written(session, "dorvik")[-1] == (
        "considered", "Dorvik", "", "A reservation.", "The minister.",
    )  # fmt: skip
    assert "no act or order" in refused(desk(session, MEMBER).consider(order.cell, "x", ""))
    assert written(session, MEMBER) == []


def test_nothing_is_written_without_words_or_with_too_many(session: Session) -> None:
    assert refused(desk(session, MEMBER).explain(TEXT, " ")) == "nothing is written yet"
    assert "at most" in refused(desk(session, MEMBER).explain(TEXT, "x" * 5000))
    assert "no such text" in refused(desk(session, MEMBER).explain("nothing", "Yes."))


def test_words_are_withdrawn_by_who_wrote_them_and_leave_a_mark(session: Session) -> None:
    desk(session, MEMBER).explain(TEXT, "Our source says so.")
    (name,) = [w.name for w in desk(session, "dorvik").floor().written]
    assert "did not write" in refused(desk(session, "dorvik").withdraw(name, "no"))
    assert desk(session, MEMBER).withdraw(name, "classified") is None
    (left,) = desk(session, "dorvik").floor().written
    assert (left.text, left.gone) == (WITHDRAWN, True)
    assert "Our source" not in str(list(session.journal.read()))


# who may read it


def everything(session: Session, seat: str) -> bytes:
    found = desk(session, seat)
    return json.dumps([encode(found.floor()), found.told()]).encode()


OUTSIDE = ("karsk", "public")


def test_who_does_not_sit_in_the_council_learns_nothing_of_it(session: Session) -> None:
    before = {seat: everything(session, seat) for seat in OUTSIDE}
    desk(session, CHAIR).silence(TEXT, 10)
    desk(session, MEMBER).break_silence(TEXT, "Too strong.")
    desk(session, CHAIR).sum_up(TEXT, "No agreement yet.")
    desk(session, MEMBER).explain(TEXT, "We are small.", "", "Trade disagrees.")
    assert {seat: everything(session, seat) for seat in OUTSIDE} == before
    for seat in OUTSIDE:
        for answer in (desk(session, seat).explain(TEXT, "Hm."), desk(session, seat).go_round()):
            assert isinstance(answer, Refusal)


def test_what_a_delegation_keeps_to_itself_shows_nowhere_else(session: Session) -> None:
    others = (CHAIR, "dorvik", "halden", *OUTSIDE)
    before = {seat: everything(session, seat) for seat in others}
    version = {seat: LocalDesk(session, seat).standing().version for seat in others}
    desk(session, MEMBER).explain(TEXT, "", "", "Trade disagrees.")
    assert {seat: everything(session, seat) for seat in others} == before
    assert {seat: LocalDesk(session, seat).standing().version for seat in others} == version


def test_a_name_counts_nothing_of_what_is_not_told(session: Session) -> None:
    desk(session, MEMBER).explain(TEXT, "", "", "Trade disagrees.")
    desk(session, MEMBER).explain(TEXT, "We are small.")
    assert [w.name for w in desk(session, "dorvik").floor().written] == ["explanation-fallow-1"]


def test_control_lays_the_texts_open_to_the_room_without_any_seats_secrets(
    session: Session,
) -> None:
    LocalDesk(session, MEMBER).draft(f"council.object {TEXT} object")
    LocalDesk(session, MEMBER).draft(f"council.bracket_clause {TEXT}-2 bracket")
    desk(session, MEMBER).explain(TEXT, "We are small.", "", "Trade disagrees.")
    assert desk(session, "public").floor() == Floor()
    assert ControlDesk(session).chamber.lay_open(True) is None
    floor = desk(session, "public").floor()
    text = next(text for text in floor.texts if text.name == TEXT)
    assert text.clauses[1].held_by == ("Fallow",)
    assert not any("objects" in position for position in text.positions)
    assert [w.text for w in floor.written] == ["We are small."]
    assert all(text.state != "not tabled" for text in floor.texts)
    ControlDesk(session).chamber.lay_open(False)
    assert desk(session, "public").floor() == Floor()


def test_a_seat_without_a_vote_that_sees_all_does_not_preside(session: Session) -> None:
    assert isinstance(desk(session, "evaluator").sum_up(TEXT, "So."), Refusal)


# kept


def test_all_of_it_is_there_when_the_exercise_is_taken_up_again_and_it_verifies(
    tmp_path: Path, clock: Clock
) -> None:
    path = tmp_path / "room.exercise"
    with Save.create(path) as save:
        session = room(save, clock)
        desk(session, CHAIR).silence(TEXT, 10)
        desk(session, CHAIR).sum_up(TEXT, "Silence until ten past.")
        desk(session, MEMBER).explain(TEXT, "We are small.", "Less.", "Trade disagrees.")
        before = {seat: everything(session, seat) for seat in (*PEOPLE, "control", "public")}
        rounds = session.pending.table
    with Save.open(path) as save:
        again = resume(save)
        again.clock = clock
        assert {seat: everything(again, seat) for seat in before} == before
        assert again.pending.table == rounds
        clock.run(11)
        assert isinstance(LocalDesk(again, CHAIR).draft(f"council.declare {TEXT}"), Order)
        again.resolve()
        again.publish()
        assert isinstance(verify(save), Verified)


def test_the_hot_wash_tells_each_viewer_what_it_could_read(session: Session) -> None:
    desk(session, CHAIR).silence(TEXT, 10)
    desk(session, MEMBER).break_silence(TEXT, "Too strong.", "Without clause 2.")
    desk(session, MEMBER).explain(TEXT, "", "", "Trade disagrees.")
    desk(session, CHAIR).sum_up(TEXT, "We go on tomorrow.")
    order = LocalDesk(session, "dorvik").draft(f"council.object {TEXT} object")
    assert isinstance(order, Order)
    desk(session, "dorvik").consider(order.cell, "A reservation.", "")
    saved = read(session.journal)
    pages = {name: hotwash_markdown(saved, session.seating.viewer(name))
             for name in ("control", MEMBER, CHAIR, "karsk", "public")}  # fmt: skip
    for name in ("control", MEMBER, CHAIR):
        for words in ("broke silence on", "Too strong.", "Without clause 2.", "We go on tomorrow"):
            assert words in pages[name]
    assert ["Trade disagrees" in pages[n] for n in ("control", MEMBER, CHAIR)] == [
        True,
        True,
        False,
    ]
    assert ["A reservation" in pages[n] for n in ("control", MEMBER)] == [True, False]
    for name in ("karsk", "public"):
        assert "Written in the council" not in pages[name]


def test_every_answer_comes_through_the_line_whole(session: Session) -> None:
    desk(session, CHAIR).silence(TEXT, 10)
    desk(session, MEMBER).explain(TEXT, "We are small.", "Less.", "Trade disagrees.")
    ControlDesk(session).chamber.lay_open(True)
    calls: Any = surface(LocalDesk)
    assert "chamber.floor" in shown(LocalDesk)
    for seat in (*PEOPLE, "public"):
        value = desk(session, seat).floor()
        data = json.loads(json.dumps(encode(value)))
        assert decode(data, calls["chamber.floor"].returns) == value
    for name in ("silence", "sum_up", "go_round", "break_silence", "explain", "withdraw"):
        assert f"chamber.{name}" in calls
    assert "chamber.lay_open" not in calls
    assert attrs.has(Floor)


def test_an_exercise_without_a_council_has_none() -> None:
    from tests.room.table import table

    session = table()
    assert desk(session, "aurland").floor() == Floor()
    assert "no council" in refused(desk(session, "aurland").explain("x", "y"))
