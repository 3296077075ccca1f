"""What is said around the table, from terminals elsewhere: moves, answers, evaluators' notes."""

from __future__ import annotations

import pytest

from exercise.errors import UsageError
from exercise.host.remote import control_on, desk_on
from exercise.orders import Refusal
from exercise.room.moves import Move, Roll
from exercise.room.notes import Note
from exercise.save.journal import MemoryJournal
from exercise.saved import create
from tests.host.room import opened
from tests.host.test_server import soon
from tests.scenarios import loaded

SEATS = ("ministry", "cyber-centre")


def test_a_discussion_goes_on_between_terminals() -> None:
    session = create(loaded("port-outage"), MemoryJournal(), seed=7, people=SEATS)
    with opened(session) as room:
        ministry, centre = (desk_on(room.join(seat)) for seat in SEATS)
        control, evaluator = control_on(room.join("control")), desk_on(room.join("evaluator"))

        move = ministry.moves.make("We fly the insulin in", "no gap", "aircraft stand by", "open")
        assert isinstance(move, Move)
        assert soon(lambda: [m.name for m in centre.moves.moves()] == [move.name])
        assert centre.moves.argue(move.name, "against", "No crew is on duty.") is None
        assert soon(lambda: len(control.moves.cases()[0].move.arguments) == 1)
        secret = ministry.moves.make("We call the insurer", known="control")
        assert isinstance(secret, Move)
        assert isinstance(centre.moves.argue(secret.name, "for", "Well."), Refusal)

        assert not isinstance(control.moves.weigh(move.name, "100", "It lands.", ""), Refusal)
        assert isinstance(control.moves.roll(move.name), Roll)
        assert soon(lambda: centre.moves.moves()[0].fate == "came off")
        assert "call the insurer" not in repr(centre.moves.moves())

        asked = ministry.questions.open()[0]
        assert ministry.questions.answer(asked.name, "The minister does.") is None
        assert soon(lambda: asked.name not in [one.name for one in ministry.questions.open()])
        assert centre.questions.asked()[0].answers == ()

        assert evaluator.notes.evaluates()
        found = evaluator.notes.record("lead", "Two led.", "Heard at 09:20.", "M")
        assert isinstance(found, Note)
        assert soon(lambda: control.notes.notes() == (found,))
        assert ministry.notes.forms() == ()
        assert isinstance(ministry.notes.record("lead", "We led."), Refusal)


def test_a_seat_elsewhere_cannot_judge() -> None:
    session = create(loaded("port-outage"), MemoryJournal(), seed=7, people=SEATS)
    with opened(session) as room:
        ministry = desk_on(room.join("ministry"))
        for name in ("weigh", "roll", "cases", "refuse"):
            with pytest.raises((AttributeError, UsageError)):
                getattr(ministry.moves, name)("x")
