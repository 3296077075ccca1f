"""What the scenario itself puts into inboxes in a turn: injects that came, questions put."""

from __future__ import annotations

from collections.abc import Iterator

from exercise.engine.turn import Turn
from exercise.record import Message
from exercise.room.cards import Card, Msel
from exercise.scenario.compile import Exercise
from exercise.scenario.model import Inject


def delivered(exercise: Exercise, turn: Turn, msel: Msel) -> list[Message]:
    """The injects that came in a turn under way, as messages to their addressees.

    They read as control has edited them; those that it wrote itself come after them.
    """
    came = turn.world["scenario.fired"].data[:, 0] > turn.before["scenario.fired"].data[:, 0]
    injects = exercise.scenario.injects.items()
    written: list[tuple[Card, Inject | None]] = [
        (msel.card(name), inject)
        for (name, inject), fired in zip(injects, came, strict=True)
        if fired
    ]
    written += [(card, None) for card in msel.own() if card.came_in == turn.number]
    found = [_message(card, inject, turn.number) for card, inject in written]
    return [*found, *_asked(exercise, turn)]


def _message(card: Card, written: Inject | None, turn: int) -> Message:
    told = card.inject(written)
    return Message(
        card.reached_as, turn, told.to, told.sender, told.title, told.text, told.method, card.seq
    )


def _asked(exercise: Exercise, turn: Turn) -> Iterator[Message]:
    """The scenario's questions whose day has come; those without one are put at the start."""
    end = float(turn.world["clock.elapsed"].data[0])
    begin = end - float(turn.world["clock.weeks"].data[0])
    for index, question in enumerate(exercise.scenario.questions):
        put = exercise.calendar.offset(question.at) if question.at else 0.0
        if put is not None and begin <= put + 1e-6 < end:
            yield Message(
                f"question-{index + 1}",
                turn.number,
                question.to,
                "Control",
                "For discussion",
                question.text,
                "question",
            )
