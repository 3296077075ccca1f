"""What has reached a viewer's inbox."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

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


def concerns(message: Message, viewer: Viewer) -> bool:
    """Whether the viewer reads a message or wrote it."""
    return addressed(message.to, viewer) or (bool(message.by) and message.by == viewer.name)


def named(messages: Iterable[Message], viewer: Viewer) -> Iterator[tuple[str, Message]]:
    """The messages of a turn that the viewer reads or wrote, each with its name for the viewer.

    Injects have names. What people say is counted viewer by viewer: any other count would tell
    of what others say.
    """
    count = 0
    for message in messages:
        if concerns(message, viewer):
            count += not message.name
            yield message.name or f"#{message.turn}.{count}", message


def inbox(record: Record, viewer: Viewer, turn: TurnRecord) -> Iterator[Message]:
    """What has reached the viewer, the latest first; reports it holds among them.

    Its number in the journal, which counts all that is done, nobody is told; who wrote it under
    what name, those who see what control sees.
    """
    yield from _reached(turn.messages, viewer)
    for number in range(min(turn.number, len(record.turns)) - 1, 0, -1):
        yield from _reached(record.messages(number), viewer)


def _reached(messages: Sequence[Message], viewer: Viewer) -> Iterator[Message]:
    for name, message in named(messages, viewer):
        if addressed(message.to, viewer):
            by = message.by if viewer.is_control else ""
            yield attrs.evolve(message, name=name, seq=0, by=by, room=0, re="")
