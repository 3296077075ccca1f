"""What the scenario itself puts into inboxes in a turn: injects that came, questions put."""

from __future__ import annotations

from collections.abc import Iterator

from exercise.record import Message
from exercise.scenario.compile import Exercise
from exercise.turn import Turn


def delivered(exercise: Exercise, turn: Turn) -> list[Message]:
    """The injects that came in a turn under way, as messages to their addressees."""
    came = turn.world["scenario.fired"].data[:, 0] > turn.before["scenario.fired"].data[:, 0]
    injects = exercise.scenario.injects.items()
    found = [
        Message(
            name,
            turn.number,
            inject.to,
            inject.sender,
            inject.title,
            inject.text,
            inject.method,
        )
        for (name, inject), fired in zip(injects, came, strict=True)
        if fired
    ]
    return [*found, *_asked(exercise, turn)]


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
