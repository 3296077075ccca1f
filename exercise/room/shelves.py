"""The shelves of an exercise, each folded from the journal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from exercise.room.access import Access
from exercise.room.cards import Msel
from exercise.room.chamber import Chamber
from exercise.room.letters import Talk
from exercise.room.moves import Moves
from exercise.room.notes import Notes
from exercise.room.questions import Questions
from exercise.room.requests import Requests
from exercise.room.schedule import Schedule
from exercise.room.timing import Timing
from exercise.save.journal import Entry


class Shelf(Protocol):
    """What stands of some kinds of entry."""

    def take(self, entry: Entry) -> None:
        """Take up one entry; kinds that are not its own change nothing."""
        ...


class Shelves:
    """All of them; an entry is shown to each."""

    def __init__(self) -> None:
        self.access = Access()
        self.moves = Moves()
        self.notes = Notes()
        self.questions = Questions()
        self.msel = Msel()
        self.schedule = Schedule()
        self.timing = Timing()
        self.talk = Talk()
        self.requests = Requests()
        self.chamber = Chamber()

    def take(self, entry: Entry) -> None:
        """Take up one entry."""
        for shelf in self.all:
            shelf.take(entry)

    @property
    def all(self) -> tuple[Shelf, ...]:
        """Every shelf there is."""
        return tuple(vars(self).values())

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Shelves:
        """The shelves as a journal's entries leave them."""
        shelves = cls()
        for entry in entries:
            shelves.take(entry)
        return shelves
