"""Lets tries of codes through one at a time, those least suspected first.

Each try costs a slow hash. Who has been wrong waits by itself, and is let through after all who
have not; after a wrong try the turnstile rests, so that a crowd that comes from ever new places
is held to so many tries a second, whatever it does.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from heapq import heappop, heappush

import attrs

SLOWEST = 8.0
"""The longest wait, in seconds, before a code is looked at after wrong ones from one place."""
WAITING_MOST = 16
"""How many may wait at once to be let through."""
EACH_MOST = 6
"""How many of one place may try at once; they are let through one after the other."""
SUSPECTS_MOST = 48
"""How many tries of places that were wrong may wait at once, all together."""
PLACES_MOST = 1_000
"""How many places are remembered; beyond, those that tried longest ago are forgotten."""
REST = 0.25
"""How long the turnstile rests after a wrong try, as a share of the first wait."""


@attrs.define(eq=False)
class From:
    """A place that codes come from: a process, or a browser's address."""

    wrong: int = 0
    trying: int = 0
    one: asyncio.Lock = attrs.field(factory=asyncio.Lock)


class Turnstile:
    """One at a time, the least suspected first."""

    def __init__(self, wait: float) -> None:
        self._wait = wait
        self._places: OrderedDict[str, From] = OrderedDict()
        self._queue: list[tuple[int, int, asyncio.Future[None]]] = []
        self._count = 0
        self._taken = False

    def place(self, name: str) -> From:
        """What is known of a place."""
        found = self._places.setdefault(name, From())
        self._places.move_to_end(name)
        for old in list(self._places)[: max(0, len(self._places) - PLACES_MOST)]:
            if not self._places[old].trying:
                del self._places[old]
        return found

    def crowded(self, place: From) -> bool:
        """Whether one more try from a place would be too many."""
        if place.wrong and sum(one.trying for one in self._places.values()) >= SUSPECTS_MOST:
            return True
        return place.trying >= EACH_MOST or len(self._queue) >= WAITING_MOST

    @asynccontextmanager
    async def through(self, place: From) -> AsyncIterator[None]:
        """Inside, nobody else is tried; `place.wrong` says on leaving whether it was wrong."""
        place.trying += 1
        try:
            async with place.one:
                if place.wrong:
                    await asyncio.sleep(min(self._wait * 2 ** (place.wrong - 1), SLOWEST))
                await self._turn(place.wrong)
                before = place.wrong
                try:
                    yield
                finally:
                    self._next(self._wait * REST if place.wrong > before else 0.0)
        finally:
            place.trying -= 1

    async def _turn(self, suspicion: int) -> None:
        if not self._taken:
            self._taken = True
            return
        ready = asyncio.get_running_loop().create_future()
        self._count += 1
        heappush(self._queue, (suspicion, self._count, ready))
        try:
            await ready
        except asyncio.CancelledError:
            if ready.done() and not ready.cancelled():
                self._next(0.0)  # its turn had come: somebody else's now
            raise

    def _next(self, rest: float) -> None:
        """Let the next one through, after a rest."""
        if rest > 0.0:
            asyncio.get_running_loop().call_later(rest, self._next, 0.0)
            return
        while self._queue:
            _, _, ready = heappop(self._queue)
            if not ready.done():
                ready.set_result(None)
                return
        self._taken = False
