"""Answers to the scenario's questions: each seat's own, read by control and at the hot wash."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

import attrs

from exercise.orders import Refusal
from exercise.record import Message
from exercise.room.typed import Typed
from exercise.save.journal import Entry
from exercise.scenario.people import evaluators_of
from exercise.view import addressed

if TYPE_CHECKING:
    from exercise.session import Session

LONGEST = 4_000
"""Characters an answer may have."""
METHOD = "question"


@attrs.frozen
class Answer:
    """What a seat answered; a later answer of the same seat takes its place."""

    seat: str
    turn: int
    text: str


@attrs.frozen
class Asked:
    """A question that was put, with the answers that its reader may read."""

    name: str
    turn: int
    text: str
    to: tuple[str, ...]
    """The seats it is for; those that its reader may not know of are left out."""
    answers: tuple[Answer, ...] = ()


class Questions:
    """The answers given, by question and seat."""

    def __init__(self) -> None:
        self._given: dict[tuple[str, str], Entry] = {}
        self._typed = Typed()

    def take(self, entry: Entry) -> None:
        """Take up one entry."""
        match entry.kind:
            case "withdrawn":
                self._typed.forget(entry)
            case "answered":
                self._typed.keep(entry)
                self._given[str(entry.body["question"]), str(entry.body["seat"])] = entry

    def answers(self, question: str) -> Iterator[Answer]:
        """The answers to a question, in the order in which seats first gave one."""
        for (name, seat), entry in self._given.items():
            if name == question:
                turn = int(str(entry.body["turn"]))
                yield Answer(seat, turn, self._typed.text(entry.seq, "text"))


class QuestionsDesk:
    """The questions put to a seat, and its answers."""

    SHOWN: ClassVar[tuple[str, ...]] = ("asked", "open")

    def __init__(self, session: Session, seat: str) -> None:
        self._session = session
        self._seat = seat
        self._viewer = session.seating.viewer(seat)

    def asked(self) -> tuple[Asked, ...]:
        """The questions put to this seat so far, the first first, with its own answers."""
        shelf = self._session.shelves.questions
        return tuple(
            Asked(
                message.name, message.turn, message.text, self._for(message),
                tuple(a for a in shelf.answers(message.name) if self._reads(a)),
            )
            for message in self._put()
        )  # fmt: skip

    def open(self) -> tuple[Asked, ...]:
        """Those it has not answered."""
        return tuple(q for q in self.asked() if not any(a.seat == self._seat for a in q.answers))

    def answer(self, question: str, text: str) -> Refusal | None:
        """Answer a question that was put to this seat; a later answer takes the place of one."""
        session = self._session
        if self._seat not in self._seats():
            return Refusal("this seat answers no questions", "answer at the desk of one that does")
        if question not in (asked.name for asked in self.asked()):
            return Refusal("that question was not put to this seat", "choose one that was")
        if session.stage == "over":
            return Refusal("the exercise is over", "say it at the hot wash")
        if not text.strip():
            return Refusal("nothing is answered yet", "write a sentence")
        if len(text) > LONGEST:
            return Refusal("that is too long", f"say it in {LONGEST:,} characters at most")
        body = {"question": question, "seat": self._seat}
        session.note("answered", body, {"text": text.strip()})
        return None

    def told(self) -> list[object]:
        """All that the seat is told, for telling whether anything is new."""
        return [attrs.asdict(asked) for asked in self.asked()]

    # inside

    def _seats(self) -> tuple[str, ...]:
        """The seats that answer questions: neither those that see everything nor evaluators."""
        session = self._session
        watching = evaluators_of(session.exercise.scenario)
        return tuple(
            name for name, viewer in session.seating.viewers.items()
            if viewer.kind == "seat" and name not in watching
        )  # fmt: skip

    def _put(self) -> Iterator[Message]:
        """The questions that have reached this seat."""
        session = self._session
        now = session.inbox() if session.stage != "over" else []
        record = session.record
        earlier = (m for n in range(1, len(record.turns)) for m in record.messages(n))
        for message in (*earlier, *now):
            if message.method == METHOD and addressed(message.to, self._viewer):
                yield message

    def _for(self, message: Message) -> tuple[str, ...]:
        return (self._seat,)

    def _reads(self, answer: Answer) -> bool:
        return answer.seat == self._seat


class QuestionsControl(QuestionsDesk):
    """Control over all questions: to whom each was put, and what everybody answered."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "control")

    def _for(self, message: Message) -> tuple[str, ...]:
        viewers = self._session.seating.viewers
        return tuple(name for name in self._seats() if addressed(message.to, viewers[name]))

    def _reads(self, answer: Answer) -> bool:
        return True
