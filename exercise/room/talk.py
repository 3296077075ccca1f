"""Talking: messages to any set of seats, private rooms, statements, questions to control.

Words go out while the exercise is frozen too. A seat may write to whom it likes; control reads
all of it, may speak as anybody, and keeps the media feed. Words can be taken back by whoever
wrote them, or by control: a mark stays wherever they were shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import attrs

from exercise.orders import Refusal
from exercise.record import Message, Record
from exercise.room.letters import Talk
from exercise.room.msel import Mark, MselDesk, is_inject
from exercise.room.taken import take_back
from exercise.room.threads import Heard, Letter, Thread
from exercise.seats import watches

if TYPE_CHECKING:
    from exercise.session import Session

TITLE, TEXT, SENDER = 200, 20_000, 80
"""The most characters of a title, of a text, of the name of somebody in no seat."""
ENDED = Refusal("the exercise is over", "what is said now is no part of it; withdrawing still is")
NO_LETTER = Refusal("you have no such letter", "open your inbox again")
NO_ROOM = Refusal("you are in no such room", "open your inbox again")
SILENT = Refusal("this screen only looks on", "speak from a seat")
WATCHES = Refusal("evaluators take no part", "record what you observe")


@attrs.frozen
class Person:
    """Somebody who can be written to."""

    name: str
    title: str


@attrs.frozen
class Receipt:
    """What became of something that was sent to a seat."""

    seat: str
    title: str
    state: str
    """`delivered`, `opened`, `acknowledged` or `answered`."""
    turn: int = 0
    at: str = ""


class TalkDesk:
    """What a seat says and hears."""

    SHOWN = ("unread", "threads")

    def __init__(self, session: Session, seat: str) -> None:
        self._session = session
        self._seat = seat
        self._viewer = session.seating.viewer(seat)
        self._kept: tuple[Talk, Record, tuple[object, ...], Heard] | None = None

    # what it hears

    def people(self) -> tuple[Person, ...]:
        """Everybody who can be written to, control and the whole alliance too."""
        titles = {"control": "Control", **self._session.seating.titles}
        if self._viewer.allied or self._viewer.is_control:
            titles["allies"] = "All allies"
        titles.pop(self._seat, None)
        return tuple(Person(name, title) for name, title in titles.items())

    def threads(self) -> tuple[Thread, ...]:
        """The conversations, the latest first."""
        return self._heard().threads()

    def letters(self, thread: str) -> tuple[Letter, ...]:
        """What was said in a thread, in order."""
        return tuple(one for one in self._heard().letters() if one.thread == thread)

    def letter(self, name: str) -> Letter | None:
        """One letter; None where the seat has no such."""
        heard = self._heard()
        return heard.letter(name) if name in heard.messages else None

    def feed(self) -> tuple[Letter, ...]:
        """The press and public statements, the latest first: what everybody reads."""
        return self.letters("press")[::-1]

    def unread(self) -> tuple[str, ...]:
        """The names of the letters that the seat has not opened."""
        return tuple(one.name for one in self._heard().letters() if one.new)

    def told(self) -> list[object]:
        """A few plain values that differ whenever what talk shows the seat does."""
        return self._heard().told()

    def _heard(self) -> Heard:
        """What has reached the seat, made anew only when talk or what was delivered has changed."""
        session = self._session
        talk, record = session.shelves.talk, session.record
        now = session.current().last.messages if session.stage != "over" else ()
        came = tuple(m for m in now if m.name)
        stamp = (talk.changes, came)
        kept = self._kept
        if kept is None or kept[0] is not talk or kept[1] is not record or kept[2] != stamp:
            given = [m for n in range(1, len(record.turns)) for m in record.messages(n) if m.name]
            heard = Heard(talk, [*given, *came], self._viewer, session.seating.titles)
            kept = self._kept = (talk, record, stamp, heard)
        return kept[3]

    # what it says

    def say(self, to: tuple[str, ...], title: str, text: str) -> Refusal | None:
        """Write to any set of seats, to control, to all allies; to `all` is a public statement."""
        return self._send(to, title, text, "statement" if "all" in to else "mail")

    def state(self, title: str, text: str) -> Refusal | None:
        """Say something to everybody: all seats, the public, the press."""
        return self._send(("all",), title, text, "statement")

    def ask(self, title: str, text: str) -> Refusal | None:
        """Ask control; only this seat reads the answer."""
        return self._send(("control",), title, text, "enquiry")

    def reply(self, letter: str, title: str, text: str) -> Refusal | None:
        """Answer a letter: in its room, or to all who wrote and read it; publicly said, its author.

        Whoever is in no seat is answered by way of control.
        """
        heard = self._heard()
        message = heard.messages.get(letter)
        if message is None:
            return NO_LETTER
        if message.room:
            return self._into(heard.thread_of(message), title, text, message.ref)
        wrote = "control" if heard.label(message) else heard.seat(message.sender)
        to = [wrote, *(name for name in message.to if name != "all")]
        own = {self._seat, self._viewer.actor}
        others = [name for name in to if name not in own] or to
        refused = self._send(others, title, text, "mail", re=message.ref)
        if refused is None and is_inject(self._session, message.name):
            refused = MselDesk(self._session, self._seat).mark(message.name, "answered")
        return refused

    # rooms

    def open_room(self, title: str, members: tuple[str, ...]) -> Refusal | None:
        """Open a private room for the seat and others: a standing group with one thread."""
        closed = self._closed()
        if closed is not None:
            return closed
        told = [self._seat, *members]
        refused = self._too_long(title, "") or self._unknown(told, ("control",))
        if refused is None and not title.strip():
            refused = Refusal("a room needs a name", "say in a few words what it is for")
        found = self._in_order(told)
        if refused is None and len([name for name in found if name != "control"]) < 2:
            refused = Refusal("nobody else would be in that room", "name who comes in with you")
        if refused is None:
            body = {"room": 0, "seat": self._seat, "members": found}
            self._session.note("room", body, {"title": title.strip()})
        return refused

    def let_in(self, room: str, seat: str) -> Refusal | None:
        """Let another seat into a room; it reads what is said from then on."""
        found = self._heard().rooms.get(room)
        if found is None or not self._inside(found.members):
            return NO_ROOM
        refused = self._closed() or self._unknown((seat,), ("control",))
        if refused is None and seat in found.members:
            refused = Refusal(f"{self._title(seat)} is in that room already", "write to it there")
        if refused is None:
            self._members(found.seq, [*found.members, seat])
        return refused

    def leave(self, room: str) -> Refusal | None:
        """Leave a room: what is said there later is not read any more."""
        found = self._heard().rooms.get(room)
        if found is None or self._seat not in found.members:
            return NO_ROOM
        left = [name for name in found.members if name != self._seat]
        refused = self._closed()
        if refused is None:
            self._members(found.seq, left)
        return refused

    def say_in(self, room: str, title: str, text: str) -> Refusal | None:
        """Say something in a private room."""
        return self._into(room, title, text)

    def _members(self, room: int, members: Sequence[str]) -> None:
        body = {"room": room, "seat": self._seat, "members": self._in_order(members)}
        self._session.note("room", body)

    def _inside(self, members: Sequence[str]) -> bool:
        return self._seat in members or oversees(self._session, self._seat)

    def _into(self, room: str, title: str, text: str, re: str = "") -> Refusal | None:
        found = self._heard().rooms.get(room)
        if found is None or not self._inside(found.members):
            return NO_ROOM
        to = [name for name in found.members if name != self._seat] or ["control"]
        return self._send(to, title, text, "mail", room=found.seq, re=re)

    # what it has read, what it takes back

    def read(self, letter: str) -> Refusal | None:
        """Note that the seat has opened a letter; only the first time counts."""
        return self._mark("read", letter)

    def acknowledge(self, letter: str) -> Refusal | None:
        """Tell the author of a letter that the seat has read it."""
        return self._mark("acknowledged", letter)

    def _mark(self, kind: str, letter: str) -> Refusal | None:
        message = self._heard().messages.get(letter)
        if message is None:
            return NO_LETTER
        if self._looking_back():
            return None
        seen = self._session.shelves.talk.seen.get(message.ref, {}).get(self._seat)
        mine = message.by == self._seat
        done = seen is not None and (kind == "read" or seen.acknowledged)
        if mine or done or self._viewer.kind == "public":
            return None
        if is_inject(self._session, message.name):
            act: Mark = "opened" if kind == "read" else "acknowledged"
            return MselDesk(self._session, self._seat).mark(message.name, act)
        self._session.note(kind, {"of": message.ref, "seat": self._seat})
        return None

    def withdraw(self, name: str, why: str) -> Refusal | None:
        """Take back the words of a letter, or a room's name; its readers see a mark and why."""
        if self._looking_back():
            return self._closed()
        heard = self._heard()
        message, room = heard.messages.get(name), heard.rooms.get(name)
        if message is None and room is None:
            return NO_LETTER
        seq, author = 0, ""
        if message is not None and not message.name:
            seq, author = message.seq, message.by
        if room is not None:
            seq, author = room.seq, room.founder
        return withdrawn(self._session, self._seat, seq, author, why)

    # inside

    def _send(
        self,
        to: Iterable[str],
        title: str,
        text: str,
        method: str,
        *,
        room: int = 0,
        re: str = "",
        sender: str = "",
    ) -> Refusal | None:
        closed = self._closed()
        if closed is not None:
            return closed
        found = self._in_order(to)
        title, text = title.strip(), text.strip()
        refused = self._too_long(title, text) or self._unknown(found)
        if refused is None and not (title or text):
            refused = Refusal("there is nothing to send yet", "write a line")
        if refused is None and not [name for name in found if name != self._seat]:
            refused = Refusal("nobody would read it", "name a seat, control, allies or all")
        if refused is None:
            voice = sender or ("Control" if self._seat == "control" else self._seat)
            said = Message(
                "", self._session.number, tuple(found), voice, title, text, method,
                by=self._seat, room=room, re=re,
            )  # fmt: skip
            self._session.say(said)
        return refused

    def _closed(self) -> Refusal | None:
        """Why nothing can be said now; a pause silences nobody."""
        if self._viewer.kind == "public":
            return SILENT
        return ENDED if self._session.stage == "over" else None

    def _looking_back(self) -> bool:
        """Whether this is a save that is only read: then nothing is marked or taken back."""
        return False

    def _too_long(self, title: str, text: str) -> Refusal | None:
        return too_long(("title", title, TITLE), ("text", text, TEXT))

    def _unknown(
        self, names: Iterable[str], more: Sequence[str] = ("control", "all", "allies")
    ) -> Refusal | None:
        seats = self._session.seating.titles
        for name in names:
            if name not in seats and name not in more:
                known = ", ".join((*more, *seats))
                return Refusal(f"there is no seat {name[:60]!r}", f"there are: {known}")
            if name == "allies" and not (self._viewer.allied or self._viewer.is_control):
                return Refusal("only allies write to all allies at once", "name the seats")
        return None

    def _in_order(self, names: Iterable[str]) -> list[str]:
        """The names once each, in the order of the seats; `all` stands for every other."""
        given = set(names)
        if "all" in given:
            return ["all"]
        order = ["control", "allies", *self._session.seating.titles]
        return [n for n in order if n in given] + sorted(given - set(order))

    def _title(self, seat: str) -> str:
        return self._session.seating.titles.get(seat, "Control" if seat == "control" else seat)


class TalkControl(TalkDesk):
    """Control: speaks as anybody, keeps the media feed, answers questions, sees who read what."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "control")

    def speak(
        self, sender: str, to: tuple[str, ...], title: str, text: str, method: str = "mail"
    ) -> Refusal | None:
        """Send words as anybody: a seat, a newspaper, a minister who is in no seat."""
        refused = too_long(("sender", sender, SENDER))
        known = self._heard().seat(sender)
        voice = "" if known == "control" else known
        if method not in ("mail", "press", "statement", "telephone", "intelligence"):
            refused = Refusal(f"nothing comes by {method[:40]!r}", "mail, press, telephone ...")
        return refused or self._send(to, title, text, method, sender=voice.strip())

    def press(self, outlet: str, title: str, text: str) -> Refusal | None:
        """Put an item into the media feed, marked by its outlet; everybody reads it."""
        if not outlet.strip():
            return Refusal("an item of the feed names its outlet", "say who prints it")
        return self.speak(outlet, ("all",), title, text, "press")

    def outlets(self) -> tuple[str, ...]:
        """Who has been in the media feed before, the latest first."""
        feed = (one for one in self.feed() if one.method == "press" and not one.gone)
        return tuple(dict.fromkeys(one.sender for one in feed))

    def questions(self) -> tuple[Letter, ...]:
        """The questions of seats that wait for an answer, the first asked first."""
        return tuple(one for one in self._heard().letters() if one.waits)

    def answer(self, letter: str, text: str, everybody: bool = False) -> Refusal | None:
        """Answer a question: its seat alone reads it, or everybody does."""
        message = self._heard().messages.get(letter)
        if message is None:
            return NO_LETTER
        to = ("all",) if everybody else (message.by,)
        return self._send(to, "", text, "mail", re=message.ref)

    def reply(self, letter: str, title: str, text: str) -> Refusal | None:
        """Answer a letter, in the voice of whom it was written to."""
        heard = self._heard()
        message = heard.messages.get(letter)
        parent = heard.parent(message) if message is not None else None
        voice = heard.label(parent) if parent is not None else ""
        if message is None or message.room or not voice:
            return super().reply(letter, title, text)
        to = [n for n in (message.by, *message.to) if n not in ("control", "all")]
        return self._send(to, title, text, "mail", re=message.ref, sender=voice)

    def receipts(self, letter: str) -> tuple[Receipt, ...]:
        """What each addressee has done about a letter or an inject: who read what, and when."""
        heard = self._heard()
        message = heard.messages.get(letter)
        if message is None:
            return ()
        seating, talk = self._session.seating, self._session.shelves.talk
        reached = {
            seat: title
            for seat, title in {**seating.titles, "control": "Control"}.items()
            if seat != message.by and _reaches(message, self._session, seat)
        }
        answered = {one.by for one in talk.answers(message.ref)}
        found = []
        for seat, title in reached.items():
            seen = talk.seen.get(message.ref, {}).get(seat)
            state = "answered" if seat in answered else (
                "delivered" if seen is None else "acknowledged" if seen.acknowledged else "opened"
            )  # fmt: skip
            found.append(
                Receipt(seat, title, state, seen.turn if seen else 0, seen.at if seen else "")
            )
        return tuple(found)


def _reaches(message: Message, session: Session, seat: str) -> bool:
    """Whether a seat is among those a message is meant for; control, where it is named."""
    viewer = session.seating.viewer(seat)
    if viewer.is_control:
        return seat in message.to
    from exercise.view.mail import addressed

    return addressed(message.to, viewer)


def too_long(*parts: tuple[str, str, int]) -> Refusal | None:
    """Why a text cannot be taken: it is too long, or is no valid text. Parts: what, text, most."""
    for what, text, most in parts:
        if len(text) > most:
            told = f"the {what} has {len(text):,} characters, at most {most:,} are taken"
            return Refusal(told, "shorten it, or send it in parts")
        try:
            text.encode()
        except UnicodeEncodeError:
            return Refusal(f"the {what} holds a character that is not valid", "type it again")
    return None


def oversees(session: Session, seat: str) -> bool:
    """Whether a seat is control's or a second umpire's: evaluators see as much, and only look."""
    sees = session.seating.viewer(seat).is_control
    return sees and not watches(session.exercise.scenario, seat)


def withdrawn(session: Session, seat: str, seq: int, author: str, why: str) -> Refusal | None:
    """Take back what somebody typed, if it is the seat's own or the seat is control's."""
    if not seq:
        return Refusal("nobody at the table wrote this", "injects stand as they came")
    if seat != author and not oversees(session, seat):
        return Refusal("you did not write this", "ask its author or control to withdraw it")
    if all(text is None for text in session.journal.entry(seq).words.values()):
        return Refusal("these words were withdrawn before", "the mark stays")
    refused = too_long(("reason", why, TITLE))
    if refused is None and not why.strip():
        refused = Refusal("withdrawing needs a reason", "say why in a few words; readers see it")
    if refused is None:
        take_back(session, [seq], seat, why.strip())
    return refused
