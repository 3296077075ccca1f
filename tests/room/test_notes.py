"""Evaluators' notes and seats' answers: forms, ratings, what is missing, who may read what."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from exercise.desk import ControlDesk
from exercise.errors import ScenarioError
from exercise.host.surface import surface
from exercise.orders import Refusal
from exercise.room.notes import RATINGS, Note
from exercise.room.shelves import Shelves
from exercise.save.journal import MemoryJournal, open_salts
from exercise.saved import create, resume
from exercise.scenario.load import load
from exercise.session import Session
from tests.scenarios import loaded_text

TABLE = """\
title: The bank is down
summary: A morning around a table.
rules: none
turns: {morning: {weeks: [1, 1, 1, 1]}}
actors:
  aurland: {name: Aurland}
  brennia: {name: Brennia}
seats:
  aurland: {actor: aurland}
  brennia: {actor: brennia}
  eye: {name: Evaluator, sees: public, role: evaluator}
  ear: {name: Second evaluator, sees: public, role: evaluator}
injects:
  bank: {name: A bank is down, at: D, expected: Open the crisis line., objective: warn}
  late: {name: Ministers ask, at: D+15, expected: Tell them., objective: tell, to: [aurland]}
  rumour: {name: A rumour, at: D, to: [brennia]}
objectives:
  warn: {name: Warn the public in time, says: People queue otherwise.}
  tell: {name: Tell the ministers}
  count: {name: Turns are counted, met: turn >= 1, measure: turn}
questions:
  - {text: Who speaks first?}
  - {text: Whom do you ask?, to: [aurland], at: D+7}
"""


def begun() -> Session:
    return create(
        loaded_text(TABLE, "table.yaml"), MemoryJournal(salts=open_salts), seed=5, desk=("aurland",)
    )


@pytest.fixture
def session() -> Session:
    return begun()


@pytest.fixture
def control(session: Session) -> ControlDesk:
    return ControlDesk(session)


def noted(control: ControlDesk, seat: str = "eye", objective: str = "warn", **more: str) -> Note:
    found = control.desk(seat).notes.record(
        objective, "They spoke within the hour.", "Minute 12 of the log.", **more
    )
    assert isinstance(found, Note), found
    return found


def refusal(found: object) -> Refusal:
    assert isinstance(found, Refusal), found
    assert found.reason
    assert found.remedy
    return found


def on(control: ControlDesk) -> None:
    control.resolve()
    control.publish()


# evaluators


def test_a_form_lists_the_critical_tasks_of_an_objective(control: ControlDesk) -> None:
    forms = control.desk("eye").notes.forms()
    assert [form.objective for form in forms] == ["warn", "tell", "count"]
    task = forms[0].tasks[0]
    assert (task.inject, task.expected, task.came) == ("bank", "Open the crisis line.", True)
    assert not forms[1].tasks[0].came
    assert forms[0].bare


def test_a_note_is_tied_to_objective_and_to_what_happened(control: ControlDesk) -> None:
    move = control.desk("brennia").moves.make("We open a line")
    assert not isinstance(move, Refusal)
    links = {(link.kind, link.name) for link in control.desk("eye").notes.links()}
    assert {("inject", "bank"), ("move", move.name), ("moment", "turn 1, council")} == links
    note = noted(control, rating="s", kind="inject", about="bank", remark="Ask why so late.")
    assert (note.objective, note.kind, note.about, note.rating) == ("warn", "inject", "bank", "S")
    assert (note.turn, note.stage, note.remark) == (1, "council", "Ask why so late.")
    form = control.desk("eye").notes.forms()[0]
    assert (form.notes, form.rating, form.bare) == ((note,), "S", False)


def test_the_four_letters_are_spelled_out() -> None:
    assert list(RATINGS) == ["P", "S", "M", "U"]
    assert all("performed" in says for says in RATINGS.values())


def test_what_cannot_be_recorded_is_refused(control: ControlDesk) -> None:
    desk = control.desk("eye").notes
    refusal(desk.record("warn", " "))
    refusal(desk.record("nothing", "Seen."))
    refusal(desk.record("warn", "x" * 5_000))
    refusal(desk.record("warn", "Seen.", rating="X"))
    refusal(desk.record("warn", "Seen.", kind="inject", about="rumour"))
    refusal(desk.record("warn", "Seen.", kind="inject", about="late"))
    refusal(control.desk("aurland").notes.record("warn", "We did well."))
    noted(control)
    refusal(desk.record("warn", "They spoke within the hour.", "Minute 12 of the log."))


def test_missing_evidence_is_warned_of_once_its_inject_came_or_half_is_over(
    control: ControlDesk,
) -> None:
    def gaps(seat: str) -> list[str]:
        return [gap.objective for gap in control.desk(seat).notes.gaps()]

    assert gaps("eye") == ["warn"]
    assert [gap.objective for gap in control.notes.gaps()] == ["warn"]
    assert "1 of 1 injects for it have come" in control.notes.gaps()[0].says
    assert gaps("aurland") == []
    control.desk("eye").notes.record("warn", "Something was said.", rating="P")
    assert gaps("eye") == ["warn"]  # an observation and a letter are no evidence
    noted(control)
    assert gaps("ear") == []
    on(control)
    on(control)
    assert gaps("ear") == ["tell", "count"]


def test_evaluators_read_their_own_notes_and_control_reads_all(control: ControlDesk) -> None:
    one, other = noted(control), noted(control, "ear")
    assert control.desk("eye").notes.notes() == (one,)
    assert control.desk("ear").notes.notes() == (other,)
    assert control.desk("aurland").notes.notes() == ()
    assert control.desk("aurland").notes.forms() == ()
    assert control.notes.notes() == (one, other)


def test_a_note_taken_back_stays_in_the_record_as_such(control: ControlDesk) -> None:
    note = noted(control)
    refusal(control.desk("ear").notes.take_back(note.name, "Not mine."))
    refusal(control.desk("eye").notes.take_back(note.name, " "))
    assert control.desk("eye").notes.take_back(note.name, "I misheard.") is None
    assert control.notes.notes()[0].withdrawn == "I misheard."
    assert control.notes.forms()[0].bare
    refusal(control.desk("eye").notes.take_back(note.name, "Again."))


def test_an_evaluators_notes_change_nothing_for_those_who_play() -> None:
    quiet, noting = ControlDesk(begun()), ControlDesk(begun())
    noted(noting)
    for seat in ("aurland", "brennia", "public"):
        one, other = quiet.desk(seat), noting.desk(seat)
        assert one.standing() == other.standing()
        assert attrs.asdict(one.view()) == attrs.asdict(other.view())
        assert one.notes.told() == other.notes.told() == [[], []]


# questions


def test_each_answers_what_was_put_to_it_and_control_reads_all(control: ControlDesk) -> None:
    desk = control.desk("aurland").questions
    assert [asked.text for asked in desk.asked()] == ["Who speaks first?"]
    assert desk.answer("question-1", "We do.") is None
    assert control.desk("brennia").questions.answer("question-1", "Nobody.") is None
    assert [a.text for a in desk.asked()[0].answers] == ["We do."]
    assert desk.open() == ()
    asked = control.questions.asked()[0]
    assert asked.to == ("aurland", "brennia")
    assert [(a.seat, a.text) for a in asked.answers] == [("aurland", "We do."),
                                                         ("brennia", "Nobody.")]  # fmt: skip
    on(control)
    assert [asked.name for asked in desk.open()] == ["question-2"]
    assert control.questions.asked()[1].to == ("aurland",)
    assert desk.answer("question-1", "They do, we think now.") is None
    assert control.questions.asked()[0].answers[0].text == "They do, we think now."


def test_what_was_not_put_to_a_seat_is_not_answered_by_it(control: ControlDesk) -> None:
    on(control)
    refusal(control.desk("brennia").questions.answer("question-2", "I ask myself."))
    refusal(control.desk("brennia").questions.answer("question-9", "What?"))
    refusal(control.desk("brennia").questions.answer("question-1", "  "))
    refusal(control.desk("brennia").questions.answer("question-1", "x" * 5_000))
    refusal(control.desk("eye").questions.answer("question-1", "I watch."))
    refusal(control.questions.answer("question-1", "I rule."))
    control.end("enough")
    refusal(control.desk("aurland").questions.answer("question-1", "Late."))


# both


def test_notes_and_answers_are_taken_up_again(session: Session) -> None:
    control = ControlDesk(session)
    noted(control, kind="moment", about="turn 1, council", rating="U")
    note = noted(control, "ear")
    control.desk("ear").notes.take_back(note.name, "Wrong table.")
    control.desk("aurland").questions.answer("question-1", "We do.")
    again = ControlDesk(resume(session.journal))
    assert again.notes.notes() == control.notes.notes()
    assert again.questions.asked() == control.questions.asked()


def test_notes_of_a_line_that_was_left_are_still_found_marked_as_of_that_line(
    session: Session,
) -> None:
    control = ControlDesk(session)
    on(control)
    first = noted(control, rating="P")
    gone = noted(control, remark="A slip of mine.")
    assert control.desk("eye").notes.take_back(gone.name, "it was another room") is None
    assert control.roll_back(1, "the slips were mixed up") is None
    for now in (session, resume(session.journal)):
        eye = ControlDesk(now).desk("eye").notes
        assert [(note.name, note.line, note.withdrawn) for note in eye.notes()] == [
            (first.name, "main", ""), (gone.name, "main", "it was another room"),
        ]  # fmt: skip
        form = next(form for form in eye.forms() if form.objective == "warn")
        assert [note.name for note in form.notes] == [first.name]
        assert (form.rating, form.bare) == ("", True)  # nothing was seen of it on this line yet
        assert not ControlDesk(now).desk("ear").notes.notes()
        assert not now.shelves.notes.standing()  # the hot wash tells of the line that counts
    eye = control.desk("eye").notes
    on(control)
    again = noted(control, rating="P")  # seen anew
    assert (again.name, again.line) == (first.name, "")
    assert len(eye.notes()) == 2
    assert control.roll_back(1, "once more") is None
    assert eye.take_back(first.name, "misheard") is None
    for now in (session, resume(session.journal)):
        assert {note.withdrawn for note in ControlDesk(now).notes.notes()} == {
            "misheard", "it was another room",
        }  # fmt: skip


def test_words_that_were_withdrawn_leave_tombstones(session: Session) -> None:
    control = ControlDesk(session)
    noted(control)
    control.desk("aurland").questions.answer("question-1", "We do.")
    for entry in list(session.journal.read(kinds=("observed", "answered"))):
        for key in entry.words:
            gone = session.journal.withdraw(entry.seq, key, "control", "classified")
            session.shelves.take(gone)
    assert control.notes.notes()[0].observation == "(withdrawn)"
    shelves = Shelves.of(session.journal.read())
    assert [a.text for a in shelves.questions.answers("question-1")] == ["(withdrawn)"]


def test_a_terminal_elsewhere_can_ask_all_of_it() -> None:
    asked = set(surface(ControlDesk))
    assert {"notes.record", "notes.forms", "notes.gaps", "notes.links", "notes.take_back",
            "questions.asked", "questions.answer", "questions.open"} <= asked  # fmt: skip


def test_a_half_measured_objective_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "half.yaml"
    path.write_text(TABLE.replace(", measure: turn", ""), encoding="utf-8")
    with pytest.raises(ScenarioError) as raised:
        load(str(path))
    assert [fault.code for fault in raised.value.faults] == ["half-measured"]
