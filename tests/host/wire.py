"""A host without sockets: guests whose every byte is kept, all in one thread and in one order."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

import attrs

from exercise.host.frames import pack
from exercise.host.gate import Admitted
from exercise.host.server import Guest, Host
from exercise.session import Session


class _Pipe:
    """As much of a transport as a guest needs."""

    def get_write_buffer_size(self) -> int:
        """Nothing waits: it is all kept."""
        return 0

    def abort(self) -> None:
        """Nobody is cut off."""


class Kept:
    """A writer that keeps what is written."""

    def __init__(self) -> None:
        self.data = b""
        self.closed = False
        self.transport = _Pipe()

    def write(self, data: bytes) -> None:
        """Keep it."""
        self.data += data

    def is_closing(self) -> bool:
        """Whether it was closed."""
        return self.closed

    def close(self) -> None:
        """Close it."""
        self.closed = True

    async def drain(self) -> None:
        """Nothing waits."""

    async def wait_closed(self) -> None:
        """It is closed."""


@attrs.define(eq=False)
class Wire:
    """A host, and the guests that sit at it."""

    host: Host
    told: list[str]
    guests: dict[str, tuple[Guest, Kept]] = attrs.field(factory=dict)

    @classmethod
    def to(cls, session: Session) -> Wire:
        """A host on a session."""
        told: list[str] = []
        return cls(Host(session, tell=told.append, wait=0.0), told)

    def sit(self, desk: str, role: str = "seat", name: str = "") -> Kept:
        """A guest at a desk, past the door."""
        name, kept = name or desk, Kept()
        session = self.host.session
        body = {"pass": name, "role": role, "desk": desk, "salt": "00", "hash": f"{name}'s"}
        session.note("access", body)
        session.note("joined", {"pass": name, "terminal": f"{name}-1", "cookie": name})
        self._welcome(name, f"{name}-1", name, kept)
        return kept

    def beside(self, name: str) -> Kept:
        """A second terminal by the pass of a guest that is here."""
        terminal, kept = f"{name}-2", Kept()
        note = self.host.session.note
        note("joined", {"pass": name, "terminal": terminal, "cookie": terminal})
        self._welcome(name, terminal, terminal, kept)
        return kept

    def _welcome(self, name: str, terminal: str, called: str, kept: Kept) -> None:
        access = self.host.session.shelves.access
        admitted = Admitted(access.passes[name], access.terminals[terminal])
        guest = Guest(admitted, kept)  # type: ignore[arg-type]
        self.host.welcome(guest)
        self.guests[called] = (guest, kept)

    def leave(self, who: str) -> None:
        """A guest goes."""
        self.host.guests.remove(self.guests.pop(who)[0])

    async def ask(self, who: str, call: str, args: Mapping[str, Any], desk: str = "") -> Any:
        """Ask as a terminal would; the answer as it came over the line."""
        guest, kept = self.guests[who]
        before = len(kept.data)
        message = {"id": 1, "call": call, "args": args, **({"desk": desk} if desk else {})}
        await self.host._serve(guest, json.loads(pack(message)))
        lines = [json.loads(line) for line in kept.data[before:].splitlines()]
        return next((line for line in lines if "id" in line), lines[-1])

    async def settle(self) -> None:
        """Let what is due be sent."""
        for _ in range(3):
            await asyncio.sleep(0)
