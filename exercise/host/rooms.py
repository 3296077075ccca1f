"""Where open rooms are found: a note for each, and its socket, in a folder of the user's own.

Whoever may read the folder is trusted as the host's own account is; what opens a desk is a code.
On a machine without Unix sockets a room listens on a loopback port, and its note holds a token
that must be said first, so that other accounts of the machine find a closed door.
"""

from __future__ import annotations

import hashlib
import json
import os
import socket
import tempfile
from pathlib import Path
from typing import Any

import attrs

from exercise.errors import UsageError
from exercise.host.line import Line
from exercise.save.places import data_folder

LONGEST = 100
"""How long a Unix socket's path may be, in bytes; systems differ, this fits all."""
HAS_UNIX = hasattr(socket, "AF_UNIX")


@attrs.frozen
class Room:
    """An open room: its save, and where it listens."""

    save: str
    title: str
    banner: str
    pid: int
    path: str = ""
    port: int = 0
    token: str = attrs.field(default="", repr=False)

    @property
    def where(self) -> Path | tuple[str, int]:
        """Where to knock."""
        return Path(self.path) if self.path else ("127.0.0.1", self.port)


def folder() -> Path:
    """The folder of notes and sockets, made if it is not there; raises `UsageError`."""
    given = os.environ.get("XDG_RUNTIME_DIR")
    place = Path(given) / "exercise" if given else data_folder() / "rooms"
    if len(os.fsencode(place)) > LONGEST - 20:
        place = Path(tempfile.gettempdir()) / f"exercise-{getattr(os, 'getuid', lambda: 0)()}"
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        if hasattr(os, "getuid") and place.stat().st_uid != os.getuid():
            raise UsageError(f"{place} belongs to somebody else", "set XDG_RUNTIME_DIR")
        place.chmod(0o700)
    except OSError as error:
        raise UsageError(
            f"{place}: no room can be opened there ({error.strerror})", "set XDG_RUNTIME_DIR"
        ) from error
    return place


def socket_of(save: Path) -> Path:
    """Where the room of a save listens: always the same place."""
    return folder() / f"{_mark(save)}.sock"


def _mark(save: Path) -> str:
    return hashlib.blake2b(os.fsencode(save.resolve()), digest_size=6).hexdigest()


def put_up(room: Room) -> Path:
    """Write a room's note; returns its place."""
    place = folder() / f"{_mark(Path(room.save))}.json"
    fresh = place.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps(attrs.asdict(room)), encoding="utf-8")
    fresh.replace(place)
    return place


def take_down(save: Path) -> None:
    """Remove a room's note and socket."""
    for ending in ("json", "sock"):
        (folder() / f"{_mark(save)}.{ending}").unlink(missing_ok=True)


def found() -> list[Room]:
    """The rooms that are open on this machine, by their saves."""
    rooms = []
    for note in sorted(folder().glob("*.json")):
        room = _read(note)
        if room is not None and _alive(room.pid):
            rooms.append(room)
    return sorted(rooms, key=lambda room: room.save)


def _read(note: Path) -> Room | None:
    try:
        data: dict[str, Any] = json.loads(note.read_text(encoding="utf-8"))
        return Room(**data)
    except (OSError, ValueError, TypeError):
        return None


def _alive(pid: int) -> bool:
    if os.name == "nt":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def room_at(at: str | None) -> Room:
    """The room that is meant: the only one open, or the one whose save is named; raises."""
    rooms = found()
    if at is not None:
        named = Path(at)
        for room in rooms:
            if Path(room.save) == named.resolve() or Path(room.save).stem == named.stem:
                return room
        raise UsageError(f"no room is open on {at}", _open(rooms))
    if len(rooms) == 1:
        return rooms[0]
    if not rooms:
        raise UsageError("no room is open on this machine", "exercise host SCENARIO --save FILE")
    raise UsageError("several rooms are open here", f"name one with --at; {_open(rooms)}")


def knock(
    code: str, at: str | None = None, person: str = "", cookie: str = "", seat: str = ""
) -> Line:
    """A line into the room that is meant, by a code or a cookie; raises what knocking raises.

    Where `seat` is given, what is opened has to be that seat.
    """
    room = room_at(at)
    line = Line(room.where, code=code, cookie=cookie, token=room.token, person=person)
    if seat and line.seat != seat:
        line.close()
        raise UsageError("that leave is for another seat", "come in with this seat's own code")
    return line


def _open(rooms: list[Room]) -> str:
    return "open: " + (", ".join(room.save for room in rooms) or "none")
