"""What has reached a viewer's inbox."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from exercise.record import Message, Record, TurnRecord
from exercise.sight import Viewer


def addressed(to: Sequence[str], viewer: Viewer) -> bool:
    """Whether a message to these seats reaches the viewer."""
    if viewer.is_control or "all" in to:
        return True
    if viewer.kind == "public":
        return False
    return viewer.name in to or viewer.actor in to or ("allies" in to and viewer.allied)


def inbox(record: Record, viewer: Viewer, turn: TurnRecord) -> Iterator[Message]:
    """What has reached the viewer, the latest first; reports it holds among them.

    The number of a message in the journal is control's alone: it counts what others wrote.
    """
    yield from _reached(turn.messages, viewer)
    for number in range(min(turn.number, len(record.turns)) - 1, 0, -1):
        yield from _reached(record.messages(number), viewer)


def _reached(messages: Sequence[Message], viewer: Viewer) -> Iterator[Message]:
    for message in messages:
        if addressed(message.to, viewer):
            yield message if viewer.is_control else attrs.evolve(message, seq=0)
