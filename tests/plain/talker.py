"""Conversations for tests: typed in this process, or piped to processes of their own."""

from __future__ import annotations

import io
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import attrs

from exercise.desk import ControlDesk, LocalDesk
from exercise.plain.conversation import Conversation
from exercise.plain.deciding import ordered
from exercise.plain.lines import Lines, Voice
from exercise.plain.table import TABLE
from exercise.save.journal import MemoryJournal
from exercise.saved import create
from exercise.scenario.compile import Exercise
from exercise.session import Session

ROOT = Path(__file__).parents[2]
PATIENCE = 120.0


def new_session(exercise: Exercise, people: tuple[str, ...] = ("dorvik", "fallow")) -> Session:
    """A room in this process."""
    return create(exercise, MemoryJournal(), seed=7, people=people)


class Typing:
    """Somebody who types at a desk of this process."""

    def __init__(self, desk: LocalDesk, *, watches: bool = False) -> None:
        self.out = io.StringIO()
        self.talk = Conversation(
            desk, Voice(self.out, False), Lines(io.BytesIO()), TABLE, watches=watches,
            control=desk if isinstance(desk, ControlDesk) else None, orders=ordered,
        )  # fmt: skip
        self.talk.listen()

    def __call__(self, *lines: str | bytes) -> list[str]:
        """Type lines up to the end of input; what was said."""
        data = b"".join(
            (line if isinstance(line, bytes) else line.encode("utf-8", "surrogatepass")) + b"\n"
            for line in lines
        )
        self.talk.lines = Lines(io.BytesIO(data))
        begin = self.out.tell()
        self.talk.run()
        return self.out.getvalue()[begin:].splitlines()


def seat(session: Session, name: str) -> Typing:
    """Somebody at a seat."""
    return Typing(LocalDesk(session, name))


def control(session: Session) -> Typing:
    """Somebody who is control."""
    return Typing(ControlDesk(session))


# processes


@attrs.define
class Piped:
    """A program with pipes for its input and output."""

    process: subprocess.Popen[str]
    _said: queue.SimpleQueue[str | None] = attrs.field(factory=queue.SimpleQueue)
    _count: int = 0

    def __attrs_post_init__(self) -> None:
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._said.put(line.rstrip("\n"))
        self._said.put(None)

    def __call__(self, *lines: str) -> list[str]:
        """Type lines; what was said until the last of them was done."""
        assert self.process.stdin is not None
        self._count += 1
        mark = f"# mark {self._count}"
        self.process.stdin.write("".join(f"{line}\n" for line in (*lines, mark)))
        self.process.stdin.flush()
        return list(self.until(mark))

    def until(self, mark: str) -> Iterator[str]:
        """What is said up to a line that begins so."""
        said = []
        while True:
            line = self._said.get(timeout=PATIENCE)
            assert line is not None, f"it ended before {mark}: {said}"
            if line.startswith(mark):
                return
            said.append(line)
            yield line

    def leave(self) -> list[str]:
        """End its input; what it said at last, and that it ended well."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        said = self.rest()
        assert self.process.wait(PATIENCE) == 0
        return said

    def rest(self) -> list[str]:
        """All that is said until it ends."""
        said = []
        while (line := self._said.get(timeout=PATIENCE)) is not None:
            said.append(line)
        return said


def environment(home: Path) -> Mapping[str, str]:
    """An environment with a home of its own, and the test's folder for rooms."""
    run = os.environ["XDG_RUNTIME_DIR"]
    return {"PATH": os.environ["PATH"], "HOME": str(home), "XDG_RUNTIME_DIR": run,
            "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}  # fmt: skip


def started(home: Path, *words: str) -> Piped:
    """`exercise` with pipes."""
    return Piped(
        subprocess.Popen(
            [sys.executable, "-m", "exercise", *words], cwd=home, env=environment(home),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            encoding="utf-8",
        )
    )  # fmt: skip


@attrs.define
class Room:
    """A room that a process of its own holds open."""

    home: Path
    host: Piped
    words: tuple[str, ...]
    codes: dict[str, str] = attrs.field(factory=dict)
    here: list[Piped] = attrs.field(factory=list)

    def __call__(self, *words: str) -> Piped:
        """A terminal, its greeting read."""
        found = started(self.home, *words)
        self.here.append(found)
        found()
        return found

    def open(self) -> None:
        """Read the codes once the room is open."""
        told = [line.split() for line in self.host.until("join with: exercise join CODE")]
        self.codes |= {words[0]: words[1] for words in told if len(words) == 2}

    def crash(self) -> None:
        """Kill the host."""
        self.host.process.kill()
        self.host.process.wait(PATIENCE)

    def again(self) -> None:
        """Open the room again on its save."""
        self.host = started(self.home, *self.words)
        self.open()


@contextmanager
def hosted(home: Path, scenario: str, *people: str) -> Iterator[Room]:
    """`exercise host --no-screen`, closed at the end."""
    seats = [word for name in people for word in ("--person", name)]
    words = ("host", scenario, "--save", "room.exercise", "--no-screen", "--seed", "7", *seats)
    room = Room(home, started(home, *words), words)
    try:
        room.open()
        yield room
    finally:
        for one in room.here:
            if one.process.poll() is None:
                one.process.kill()
        room.host.process.send_signal(signal.SIGTERM)
        assert room.host.process.wait(PATIENCE) == 0
