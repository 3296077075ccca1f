"""A host in a thread of its own, for tests: its socket, its codes, lines to it."""

from __future__ import annotations

import asyncio
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from exercise.host.line import Line
from exercise.host.server import Host
from exercise.save.journal import Journal, MemoryJournal
from exercise.saved import create
from exercise.session import Session
from tests.scenarios import loaded


def new_session(
    journal: Journal | None = None, people: tuple[str, ...] = ("dorvik", "fallow")
) -> Session:
    """Northern Strait with two people."""
    return create(loaded("northern-strait"), journal or MemoryJournal(), seed=7, people=people)


class Open:
    """An open room."""

    def __init__(self, host: Host, where: Path, loop: asyncio.AbstractEventLoop) -> None:
        self.host = host
        self.where = where
        self._loop = loop
        self.codes: dict[str, str] = {}
        self.lines: list[Line] = []

    def do(self, work: Any) -> Any:
        """Do something in the host's own thread."""

        async def run() -> Any:
            done = work()
            self.host.spread_soon()
            return done

        return asyncio.run_coroutine_threadsafe(run(), self._loop).result(60)

    def join(self, name: str, **more: Any) -> Line:
        """A new terminal."""
        line = Line(self.where, code=self.codes[name], **more)
        self.lines.append(line)
        return line


async def _ended(host: Host) -> None:
    """Close a host, and end who still waits at its door, as the end of its process would."""
    await host.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


@contextmanager
def opened(session: Session | None = None, wait: float = 0.0) -> Iterator[Open]:
    """A room that listens, its codes issued if there are none yet."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder) / "room.sock"
        host = Host(session or new_session(), wait=wait)
        room = Open(host, where, loop)
        asyncio.run_coroutine_threadsafe(host.open(where), loop).result(60)
        if not host.session.shelves.access.passes:
            room.codes = room.do(host.control.access.issue)
        try:
            yield room
        finally:
            for line in room.lines:
                line.close()
            asyncio.run_coroutine_threadsafe(_ended(host), loop).result(60)
            loop.call_soon_threadsafe(loop.stop)
            thread.join(30)
            loop.close()
