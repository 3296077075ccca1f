"""What is typed ahead: each key meets the screen that the keys before it led to.

Over a slow line several keys come at once. Textual hands a key to whatever has the cursor then,
and what a key does comes about some messages later: of “Tab, words” the words would go where the
cursor was before. So a key waits until what the one before it did has come about.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, TypeVar

from textual import events
from textual.app import App
from textual.message import Message

from exercise import steady
from exercise.tui.keyboard import take_any_bytes

if TYPE_CHECKING:
    from exercise.errors import ExerciseError

R = TypeVar("R")
ROUNDS = 3
"""A key rises to its binding, what that says rises in turn, and what is made of it once more."""
PATIENCE = 0.5
"""Seconds after which the next key is taken whatever has become of the one before."""


def says_no() -> type[ExerciseError]:
    """What the engine, or a host elsewhere, says no by; read in when something is raised at all."""
    from exercise.errors import ExerciseError

    return ExerciseError


class Through(Message):
    """Rises behind what a key has set in motion, from where the cursor is; last to arrive."""

    def __init__(self, number: int, left: int) -> None:
        super().__init__()
        self.number = number
        self.left = left


class OneByOne(App[R]):
    """An app that takes keys one after the other."""

    def __init__(self) -> None:
        take_any_bytes()
        super().__init__()
        self._ahead: deque[events.Event] = deque()
        self._number = 0
        self._under_way = False
        self._looked = 0

    def on_mount(self) -> None:
        """From now on, rest whenever nobody does anything."""
        self.set_interval(1.0, self.rest)

    def rest(self) -> None:
        """Let the collector search where no key has come since this was last called."""
        before, self._looked = self._looked, self._number
        if before == self._number and not self._under_way:
            steady.rest()

    async def on_event(self, event: events.Event) -> None:
        """Take a key, or let it wait behind the one under way."""
        typed = isinstance(event, events.Key | events.Paste) and not event.is_forwarded
        if not typed:
            await super().on_event(event)
        elif self._under_way:
            self._ahead.append(event)
        else:
            await self._take(event)

    async def _take(self, event: events.Event) -> None:
        self._under_way = True
        self._number += 1
        number = self._number
        await super().on_event(event)
        self._follow(number, ROUNDS)
        self.set_timer(PATIENCE, lambda: self._done(number))

    def _follow(self, number: int, left: int) -> None:
        """Send a message after whatever the key has set in motion."""
        target = self.focused or (self.screen_stack[-1] if self.screen_stack else None)
        if target is None or not target.post_message(Through(number, left)):
            self.call_later(self._done, number)

    def on_through(self, message: Through) -> None:
        """It has risen to the top: once more, or the next key."""
        if message.left > 1:
            self.call_later(self._follow, message.number, message.left - 1)
        else:
            self.call_later(self._done, message.number)

    async def _done(self, number: int) -> None:
        """What this key did has come about: the next."""
        if number != self._number or not self._under_way:
            return
        self._under_way = False
        if self._ahead:
            await self._take(self._ahead.popleft())
