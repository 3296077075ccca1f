"""What people said to one another, and who has read it: the shelf of talk.

Entries: `message` (words, to whom, releasability), `room` (a private room opened, or its members
changed), `read` and `acknowledged` (a seat, and what it read), `withdrawn`. What is said to `all`
is public; to `allies`, the alliance's; else it is for those named, and for control.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from exercise.record import WITHDRAWN, Message, TurnRecord
from exercise.room.typed import Typed
from exercise.save.journal import Entry

KINDS = ("message", "room", "read", "acknowledged", "inject_read", "withdrawn")


@attrs.frozen
class Room:
    """A private room: a standing group of seats that read what is said in it from then on."""

    seq: int
    """The entry that opened it."""
    founder: str
    members: tuple[str, ...]


@attrs.frozen
class Seen:
    """When a seat opened something that reached it, and when it said so."""

    turn: int
    at: str = ""
    acknowledged: bool = False


class Talk:
    """Messages, rooms, and who has read what, as the journal leaves them."""

    def __init__(self) -> None:
        self.typed = Typed()
        self.messages: dict[int, Message] = {}
        self.rooms: dict[int, Room] = {}
        self.seen: dict[str, dict[str, Seen]] = {}
        """By what a message is answered by (`Message.ref`), then by seat."""
        self.doors: dict[str, list[int]] = {}
        """The rooms that each seat was ever in, in the order in which it came into them."""
        self.changes = 0
        """Grows with every entry that changes anything here."""
        self._answers: dict[str, list[int]] = {}

    def take(self, entry: Entry) -> None:
        """Take up one entry."""
        body: Mapping[str, Any] = entry.body
        self.changes += entry.kind in KINDS
        match entry.kind:
            case "message":
                self.typed.keep(entry)
                self.messages[entry.seq] = message_of(entry)
                if body.get("re"):
                    self._answers.setdefault(body["re"], []).append(entry.seq)
            case "room":
                self._room(entry, body)
            case "read" | "acknowledged":
                self._seen(body["of"], entry.kind == "acknowledged", body)
            case "inject_read":
                self._seen(body["inject"], body["act"] != "opened", body)
            case "withdrawn":
                self.typed.forget(entry)
                self._blank(int(body["seq"]))

    def _room(self, entry: Entry, body: Mapping[str, Any]) -> None:
        members = tuple(body["members"])
        if body["room"]:
            room = attrs.evolve(self.rooms[body["room"]], members=members)
        else:
            self.typed.keep(entry)
            room = Room(entry.seq, body["seat"], members)
        self.rooms[room.seq] = room
        for seat in members:
            doors = self.doors.setdefault(seat, [])
            doors += [room.seq] if room.seq not in doors else []

    def _seen(self, ref: str, acknowledged: bool, body: Mapping[str, Any]) -> None:
        readers = self.seen.setdefault(ref, {})
        first = readers.get(body["seat"]) or Seen(body["turn"], body.get("at", ""))
        said = first.acknowledged or acknowledged
        readers[body["seat"]] = attrs.evolve(first, acknowledged=said)

    def _blank(self, seq: int) -> None:
        message = self.messages.get(seq)
        if message is not None:
            title, text, sender = (self.typed.text(seq, k) for k in ("title", "text", "sender"))
            blank = attrs.evolve(message, title=title, text=text, sender=sender or message.sender)
            self.messages[seq] = blank

    def of(self, turn: int) -> Iterator[Message]:
        """What was said in a turn, in order."""
        return (message for message in self.messages.values() if message.turn == turn)

    def in_turn(self, turn: TurnRecord) -> TurnRecord:
        """A turn with its messages as they stand now."""
        now = tuple(self.messages.get(m.seq, m) for m in turn.messages)
        return turn if now == turn.messages else attrs.evolve(turn, messages=now)

    def answers(self, ref: str) -> tuple[Message, ...]:
        """What was said in answer to something: a message, an inject or a question."""
        return tuple(self.messages[seq] for seq in self._answers.get(ref, ()))


def message_of(entry: Entry) -> Message:
    """A message as its own entry holds it, also from saves of before who wrote it was kept."""
    body: Mapping[str, Any] = entry.body
    words = {key: WITHDRAWN if text is None else text for key, text in entry.words.items()}
    by = body.get("by") or str(body.get("name", "")).rsplit("-", 2)[0] or body["sender"]
    return Message(
        "", body["turn"], tuple(body["to"]),
        words.get("sender") or body["sender"], words.get("title", ""), words.get("text", ""),
        body["method"], entry.seq, by, body.get("room", 0), body.get("re", ""), body.get("at", ""),
    )  # fmt: skip


def body_of(message: Message) -> tuple[dict[str, Any], dict[str, str]]:
    """A message as an entry's body and its typed words, from which it can be made again."""
    by = message.by or message.sender
    own = message.sender.casefold() == by
    body: dict[str, Any] = {"to": list(message.to), "by": by, "method": message.method}
    body |= {"sender": message.sender if own else "", "releasable": releasable(message.to)}
    body |= {key: value for key, value in (("room", message.room), ("re", message.re)) if value}
    words = {"title": message.title, "text": message.text}
    return body, words if own else {**words, "sender": message.sender}


def releasable(to: Sequence[str]) -> str:
    """To whom a message may be shown: `public`, `allies`, or those `named`."""
    return "public" if "all" in to else "allies" if "allies" in to else "named"
