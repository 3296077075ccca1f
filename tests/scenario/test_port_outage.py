"""An exercise of words alone, shipped: four delegations talk it through, from start to hot wash."""

from __future__ import annotations

from collections import Counter

import pytest

from exercise.cli.headless import check_files, viewer_of
from exercise.desk import ControlDesk
from exercise.orders import Refusal
from exercise.review.hotwash import hotwash_html, hotwash_markdown
from exercise.room.moves import Move
from exercise.room.notes import Note
from exercise.save.journal import MemoryJournal, open_salts
from exercise.saved import create, read, resume
from exercise.scenario.compile import Exercise
from exercise.scenario.load import load, shipped
from exercise.verified import Verified, verify

NAME = "port-outage"
SEATS = ("port-authority", "terminal-operator", "ministry", "cyber-centre")


@pytest.fixture(scope="module")
def port() -> Exercise:
    return load(NAME)


def test_it_is_shipped_sound_and_as_large_as_it_says(port: Exercise) -> None:
    faults, told = check_files([NAME])
    assert not faults
    assert "10 injects, 4 objectives" in told[0]
    scenario = port.scenario
    assert NAME in shipped()
    assert tuple(scenario.seats) == SEATS
    assert (len(scenario.injects), len(scenario.questions)) == (10, 12)
    assert (scenario.rules, scenario.numbers) == ("none", "hidden")
    assert {*port.ruleset.active} == {"clock", "scenario"}
    assert not scenario.fields


@pytest.mark.parametrize("rhythm", ["two-hours", "one-hour"])
def test_every_inject_and_question_comes_once_in_every_rhythm(rhythm: str) -> None:
    exercise = load(NAME, rhythm=rhythm)
    control = ControlDesk(create(exercise, MemoryJournal(salts=open_salts), seed=1))
    while control.standing().stage != "over":
        control.resolve()
        control.publish()
    came = Counter(message.name for message in control.view().inbox)
    wanted = [*exercise.scenario.injects, *(f"question-{n}" for n in range(1, 13))]
    assert came == Counter(wanted)


def test_every_objective_has_injects_that_expect_something(port: Exercise) -> None:
    served = Counter(i.objective for i in port.scenario.injects.values() if i.expected)
    assert set(served) == set(port.scenario.objectives)
    assert min(served.values()) >= 2
    assert sum(served.values()) == 10


def test_nothing_that_people_read_holds_a_gauge_or_an_order(port: Exercise) -> None:
    control = ControlDesk(create(port, MemoryJournal(salts=open_salts), seed=1, desk=SEATS))
    for seat in SEATS:
        desk = control.desk(seat)
        assert desk.choices() == []
        view = desk.view()
        assert not view.gauges
        assert not view.changed
        assert not view.texts


def test_it_is_talked_through_from_start_to_hot_wash_at_the_desk(port: Exercise) -> None:
    session = create(port, MemoryJournal(salts=open_salts), seed=4, desk=SEATS)
    control = ControlDesk(session)
    evaluator = control.desk("evaluator").notes

    move = control.desk("port-authority").moves.make(
        "We load by paper from six o'clock", "insulin comes ashore", "we tried it four years ago"
    )
    assert isinstance(move, Move)
    assert control.desk("terminal-operator").moves.argue(
        move.name, "against", "Nobody who tried it is still here.") is None  # fmt: skip
    secret = control.desk("terminal-operator").moves.make(
        "We answer the note", "to win time", "the insurer has a negotiator", "control"
    )
    assert isinstance(secret, Move)

    answered = 0
    while control.standing().stage != "over":
        for seat in SEATS:
            for asked in control.desk(seat).questions.open():
                told = f"{seat} says so, answer {answered}."
                assert control.desk(seat).questions.answer(asked.name, told) is None
                answered += 1
        for case in control.moves.waiting():
            needs = 2 if case.move.name == move.name else 1
            settled = control.moves.weigh(
                case.move.name, "almost certain", "Paper works, slowly.", "Paper gets wet.",
                needs=needs,
            )  # fmt: skip
            assert not isinstance(settled, Refusal)
            assert not isinstance(control.moves.roll(case.move.name), Refusal)
        if control.standing().turn == 2:
            note = evaluator.record(
                "lead", "The port authority took the lead aloud.", "Heard at 09:20.", "P",
                "inject", "rumour",
            )  # fmt: skip
            assert isinstance(note, Note)
            control = ControlDesk(resume(session.journal))  # a crash in the middle
            evaluator = control.desk("evaluator").notes
        control.resolve()
        control.publish()

    assert answered == sum(len(asked.to) for asked in control.questions.asked()), (
        "each question is for some seats, and each of these answered it"
    )
    assert isinstance(verify(session.journal), Verified)
    ending = control.ending()
    assert ending is not None
    assert ending.outcome == "Talked through"

    saved = read(session.journal)
    page = hotwash_markdown(saved)
    for words in (
        "We load by paper", "Nobody who tried it is still here", "It goes forward: 1 of 2",
        "Paper works, slowly", "We answer the note", "Who leads in the first hour",
        "ministry says so", "P, performed without challenges", "Heard at 09:20",
        "Leading and deciding were settled early", "nobody rated it", "Without evidence",
    ):  # fmt: skip
        assert words in page, words
    assert "0 of 4 met" not in page
    assert "We answer the note" in hotwash_html(saved)

    own = hotwash_markdown(saved, viewer_of(saved, "ministry"))
    assert "We load by paper" in own
    assert "ministry says so" in own
    for words in ("We answer the note", "cyber-centre says so", "Heard at 09:20"):
        assert words not in own, words
