"""What one viewer has heard, as letters and threads: the same for a live room and for a save.

A thread is what the same people said to one another: a private room, the press, what everybody
read, or the set of those who wrote and were written to. All names, counts and orders here are
made from what the viewer reads or wrote, and from nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import attrs

from exercise.record import Message
from exercise.room.letters import Talk, releasable
from exercise.sight import Viewer
from exercise.view.mail import concerns, named

PRESS = ("press", "statement")
"""How public words come that belong into the media feed."""
EVERYBODY = {"control": "Control", "all": "Everybody", "allies": "All allies"}


@attrs.frozen
class Letter:
    """Something said, as one viewer reads it. Names of seats are their titles."""

    name: str
    thread: str
    turn: int
    at: str
    sender: str
    to: tuple[str, ...]
    releasable: str
    """`public`, `allies`, or those `named`."""
    method: str
    title: str
    text: str
    mine: bool = False
    new: bool = False
    """Not opened by the viewer yet."""
    gone: str = ""
    """Who took the words back, and why; empty while they stand."""
    acknowledged: tuple[str, ...] = ()
    """Who has said that they read it, as far as the viewer is told: its author, or itself."""
    waits: bool = False
    """A question to control that has no answer yet."""


@attrs.frozen
class Thread:
    """A conversation as one viewer sees it."""

    name: str
    title: str
    kind: str
    """`room`, `press`, `all` or `private`."""
    people: tuple[str, ...]
    """The others in it, by their titles."""
    new: int
    count: int
    turn: int
    last: str
    """How its latest letter begins."""
    open: bool = True
    """Whether the viewer may say something in it now: not in a room it has left."""


class Heard:
    """What has reached one viewer, and what it wrote, in the order in which it came."""

    def __init__(
        self, talk: Talk, given: Iterable[Message], viewer: Viewer, titles: Mapping[str, str]
    ) -> None:
        self.talk = talk
        self.viewer = viewer
        self.titles = {**titles, **EVERYBODY}
        self._seats = {word.casefold(): n for n, t in self.titles.items() for word in (t, n)}
        self.messages: dict[str, Message] = {}
        turns: dict[int, list[Message]] = {}
        for message in (*given, *talk.messages.values()):
            turns.setdefault(message.turn, []).append(message)
        for turn in sorted(turns):
            self.messages |= dict(named(turns[turn], viewer))
        doors = talk.rooms if viewer.is_control else talk.doors.get(viewer.name, ())
        self.rooms = {f"room:{n}": talk.rooms[seq] for n, seq in enumerate(doors, start=1)}
        self._room_names = {room.seq: name for name, room in self.rooms.items()}
        self._refs = {message.ref: message for message in self.messages.values()}
        self._letters: tuple[Letter, ...] | None = None

    # who

    def seat(self, word: str) -> str:
        """The seat that a name or a title stands for; the word itself where it is none."""
        return self._seats.get(word.strip().casefold(), word)

    def title(self, name: str) -> str:
        """What people call a seat, or anybody else."""
        return self.titles.get(name, name)

    def label(self, message: Message) -> str:
        """Whom control or the scenario spoke for; empty for what a seat or control said itself."""
        sender = self.seat(message.sender)
        return "" if sender in (message.by, "control") else sender

    def parent(self, message: Message) -> Message | None:
        """What a message answers, as far as the viewer knows of it."""
        return self._refs.get(message.re)

    # threads

    def thread_of(self, message: Message) -> str:
        """The thread a message belongs to."""
        if message.room in self._room_names:
            return self._room_names[message.room]
        if "all" in message.to:
            return "press" if message.method in PRESS else "all"
        return "with:" + ",".join(self._others(message))

    def _others(self, message: Message) -> list[str]:
        """Those who speak and are spoken to, without the viewer."""
        parent = self.parent(message)
        stands_for = (self.label(parent) if parent is not None else "") or "control"
        names = {self.seat(message.sender)} if not self._mine(message) else {self._voice(message)}
        names |= {stands_for if name == "control" else name for name in message.to}
        return sorted(names - {self.viewer.name, self.viewer.actor or ""})

    def _voice(self, message: Message) -> str:
        """Whom the viewer spoke as."""
        voice = self.seat(message.sender)
        return voice if voice != message.by else self.viewer.name

    def _mine(self, message: Message) -> bool:
        return bool(message.by) and message.by == self.viewer.name

    def letters(self) -> tuple[Letter, ...]:
        """All of them, in the order in which they came."""
        if self._letters is None:
            self._letters = tuple(self.letter(name) for name in self.messages)
        return self._letters

    def letter(self, name: str) -> Letter:
        """One of them; raises `KeyError` for what the viewer never heard of."""
        message = self.messages[name]
        seen = self.talk.seen.get(message.ref, {})
        mine = self._mine(message)
        told = mine or self.viewer.is_control
        readers = [s for s, one in seen.items() if one.acknowledged]
        return Letter(
            name,
            self.thread_of(message),
            message.turn,
            message.at,
            self.title(self.seat(message.sender)),
            tuple(self.title(one) for one in self._readers(message)),
            releasable(message.to),
            message.method,
            message.title,
            message.text,
            mine,
            not mine and self.viewer.name not in seen and self._for_me(message),
            self._gone(message),
            tuple(self.title(s) for s in readers if told or s == self.viewer.name),
            self.waits(message),
        )

    def _readers(self, message: Message) -> Iterator[str]:
        parent = self.parent(message)
        stands_for = (self.label(parent) if parent is not None else "") or "control"
        return (stands_for if name == "control" else name for name in message.to)

    def _for_me(self, message: Message) -> bool:
        """Control sees all, and is spoken to by what names it."""
        return not self.viewer.is_control or self.viewer.name in message.to

    def _gone(self, message: Message) -> str:
        found = None if message.name else self.talk.typed.gone(message.seq)
        return "" if found is None else self.tombstone(found, message.by)

    def tombstone(self, gone: tuple[str, str], author: str) -> str:
        """What stands where words were taken back: by whom, and why."""
        by, why = gone
        who = " by its author" if by and by == author else f" by {self.title(by)}" if by else ""
        return f"withdrawn{who}{': ' + why if why else ''}"

    def waits(self, message: Message) -> bool:
        """Whether a message is a question to control without an answer."""
        if message.method != "enquiry" or message.name:
            return False
        answers = self.talk.answers(message.ref)
        return not any(concerns(m, self.viewer) and m.by != message.by for m in answers) and (
            self.talk.typed.gone(message.seq) is None
        )

    def threads(self) -> tuple[Thread, ...]:
        """All conversations, the one with the latest letter first; empty rooms at the end."""
        found: dict[str, list[Letter]] = {name: [] for name in self.rooms}
        for letter in self.letters():
            kept = found[letter.thread] = found.pop(letter.thread, [])
            kept.append(letter)
        return tuple(self._thread(name, kept) for name, kept in reversed(found.items()))

    def _thread(self, name: str, letters: list[Letter]) -> Thread:
        kind, _, rest = name.partition(":")
        room = self.rooms.get(name)
        if room is not None:
            people = [self.title(one) for one in room.members if one != self.viewer.name]
            title = self.talk.typed.text(room.seq, "title")
        else:
            people = [self.title(one) for one in rest.split(",") if one]
            title = {"press": "Press and statements", "all": "To everybody"}.get(
                kind, ", ".join(people) or "Yourself"
            )
        last = letters[-1] if letters else None
        return Thread(
            name,
            title,
            "private" if kind == "with" else kind,
            tuple(people),
            sum(letter.new for letter in letters),
            len(letters),
            last.turn if last else 0,
            (last.title or last.text)[:200] if last else "",
            room is None or self.viewer.is_control or self.viewer.name in room.members,
        )

    def told(self) -> list[object]:
        """A few plain values that differ whenever what the viewer is shown of talk does."""
        seen, own = self.talk.seen, self.viewer.name
        found: list[object] = [len(self.messages)]
        for message in self.messages.values():
            readers = seen.get(message.ref, {})
            told = readers if self._mine(message) or self.viewer.is_control else {own}
            acknowledged = sum(s in told and one.acknowledged for s, one in readers.items())
            gone = not message.name and self.talk.typed.gone(message.seq)
            found.append([own in readers, acknowledged, bool(gone)])
        named_rooms = [
            [list(room.members), self.talk.typed.text(room.seq, "title")]
            for room in self.rooms.values()
        ]
        return [*found, named_rooms]
