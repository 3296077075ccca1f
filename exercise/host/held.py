"""A room held open: the save, its session and its host, all in one thread."""

from __future__ import annotations

import asyncio
import os
import secrets
import signal
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import attrs

from exercise.errors import ExerciseError, SaveInUseError, UsageError
from exercise.host import rooms
from exercise.host.line import Place
from exercise.host.server import Host
from exercise.room.access import OWN
from exercise.room.timing import room_opened, room_shut
from exercise.save.store import Save
from exercise.saved import create, resume
from exercise.scenario.compile import Exercise
from exercise.scenario.load import load
from exercise.scenario.people import seats_of
from exercise.session import Session
from exercise.steady import settle


@attrs.frozen
class Opening:
    """What a room begins with, or that it goes on where its save stands."""

    save: Path
    scenario: str
    people: tuple[str, ...] | None = None
    """The seats that people take; every ally's where None."""
    desk: tuple[str, ...] = ()
    """The seats whose slips are entered at control's desk."""
    rhythm: str | None = None
    names: str | None = None
    new_codes: bool = False
    seed: int | None = None
    """Open luck, for a rehearsal or a class that plays one game; drawn anew where None."""
    exercise: Exercise | None = attrs.field(default=None, eq=False, repr=False)
    """The scenario where it has been read already, in this rhythm and with these names."""


class Held:
    """Opens a room, says its codes, closes it in order."""

    def __init__(self, opening: Opening, tell: Callable[[str], None] | None = None) -> None:
        self.opening = opening
        self.codes: dict[str, str] = {}
        """Codes issued at this opening; empty where those of before still hold."""
        self.own = ""
        """The code of control's screen in this process."""
        self.resumed = opening.save.exists()
        self._tell = tell
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._stop: asyncio.Event | None = None
        self._ready = threading.Event()
        self._fault: Exception | None = None
        self.where: Place = Path()
        self.token = ""

    # in a thread, beside a screen

    def start(self) -> None:
        """Open the room in a thread of its own; raises what opening raises."""
        self._thread = threading.Thread(target=self._run, name="host", daemon=True)
        self._thread.start()
        self._ready.wait()
        if self._fault is not None:
            raise self._fault

    def _run(self) -> None:
        try:
            asyncio.run(self.keep(self._ready.set))
        except ExerciseError as error:
            self._fault = error
        except OSError as error:
            self._fault = UsageError(f"the room cannot be opened: {error}", "try another place")
        finally:
            self._ready.set()

    def close(self) -> None:
        """Close the room; everything said, sealed and ruled is in the save."""
        if self._loop is not None and self._stop is not None:
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._stop.set)
        if self._thread is not None:
            self._thread.join(10)

    # in this thread

    async def keep(self, ready: Callable[[], None] | None = None) -> None:
        """Hold the room open until it is closed, or a signal asks for it."""
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        if threading.current_thread() is threading.main_thread():
            for name in ("SIGINT", "SIGTERM", "SIGHUP"):
                with suppress(AttributeError, NotImplementedError, ValueError):
                    self._loop.add_signal_handler(getattr(signal, name), self._stop.set)
        begun = None if self.resumed else self._begun()  # what is wrong leaves no save behind
        journal = self._journal()
        try:
            session = resume(journal) if begun is None else self._create(journal, *begun)
            session.draw_luck = _luck
            settle()  # before anybody waits for a turn
            host = Host(session, tell=self._tell)
            await self._listen(host)
            try:
                if self.opening.new_codes or not session.shelves.access.passes:
                    self.codes = host.control.access.issue()
                self.own = host.control.access.issue((OWN,))[OWN]
                room_opened(session, waits=not self.resumed)
                host.spread_soon()
                if ready is not None:
                    ready()
                await self._stop.wait()
                room_shut(session)
            finally:
                await host.close()
                rooms.take_down(self.opening.save)
        finally:
            journal.close()

    def _journal(self) -> Save:
        save = self.opening.save
        try:
            return Save.open(save) if self.resumed else Save.create(save)
        except SaveInUseError as error:
            raise SaveInUseError(
                error.message, "join it: exercise control, exercise join"
            ) from None

    def _begun(self) -> tuple[Exercise, Sequence[str]]:
        """The exercise that is to begin, and who of its seats are people; raises."""
        opening = self.opening
        exercise = opening.exercise
        if exercise is None:
            exercise = load(opening.scenario, rhythm=opening.rhythm, names=opening.names)
        rooms.folder()
        seats = seats_of(exercise.scenario)
        people: Sequence[str]
        if opening.people is None:
            actors = exercise.scenario.actors
            people = [
                name
                for name, seat in seats.items()
                if seat.actor is None or actors[seat.actor].role == "ally"
            ]
        else:
            people = opening.people
            unknown = [name for name in people if name not in seats]
            if unknown:
                raise UsageError(f"there is no seat {unknown[0]!r}", f"seats: {', '.join(seats)}")
        return exercise, people

    def _create(self, journal: Save, exercise: Exercise, people: Sequence[str]) -> Session:
        return create(
            exercise,
            journal,
            seed=self.opening.seed,
            luck=_luck() if self.opening.seed is None else None,
            people=people,
            desk=self.opening.desk,
        )

    async def _listen(self, host: Host) -> None:
        save = self.opening.save.resolve()
        scenario = host.session.exercise.scenario
        told = (str(save), scenario.title, scenario.marking, os.getpid())
        if rooms.HAS_UNIX:
            self.where = rooms.socket_of(save)
            self.where.unlink(missing_ok=True)  # the save's lock says that nobody else is here
            await host.open(self.where)
            rooms.put_up(rooms.Room(*told, str(self.where)))
        else:
            self.token = secrets.token_urlsafe(16)
            host.gate.token = self.token
            await host.open(("127.0.0.1", 0))
            self.where = ("127.0.0.1", host.port)
            rooms.put_up(rooms.Room(*told, "", host.port, self.token))


def _luck() -> bytes:
    """256 random bits."""
    return secrets.token_bytes(32)
