"""`exercise serve`: the site of a room that is open, or of one that it opens itself."""

from __future__ import annotations

import asyncio
import re
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from exercise.errors import UsageError
from exercise.host import rooms
from exercise.host.held import Held, Opening
from exercise.save.places import free_name, saves_folder
from exercise.web.site import Address, Site, serve

ADDRESS = re.compile(r"https?://(?:[\w.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?/?", re.ASCII)
Say = Callable[[str], None]


def run(
    file: str, bind: str, port: int, public: str, rhythm: str | None, names: str | None, say: Say
) -> None:
    """Serve until a signal asks to stop."""
    if public and not ADDRESS.fullmatch(public):
        raise UsageError(f"{public[:80]!r} is no address", "write it as https://room.example")
    if not bind.isascii() or not bind.isprintable():
        raise UsageError(f"{bind[:80]!r} is no address to listen on", "such as 127.0.0.1")
    held = None
    room = _open_room(file)
    if room is None:
        held = Held(_opening(file, rhythm, names), say)
        held.start()
        room = rooms.room_at(str(held.opening.save))
    try:
        asyncio.run(_serve(room, Address(bind, port, public), held, say))
    finally:
        if held is not None:
            held.close()


def _open_room(file: str) -> rooms.Room | None:
    """The room that is open on this save already."""
    for room in rooms.found():
        if Path(room.save) == Path(file).resolve():
            return room
    return None


def _opening(file: str, rhythm: str | None, names: str | None) -> Opening:
    path = Path(file)
    if path.suffix == ".exercise":
        if not path.exists():
            raise UsageError(f"{file}: there is no such save", "name a save, or a scenario")
        return Opening(path, "")
    save = free_name(saves_folder(make=True), path.stem, ".exercise")
    return Opening(save, file, rhythm=rhythm, names=names)


async def _serve(room: rooms.Room, address: Address, held: Held | None, say: Say) -> None:
    stop = asyncio.Event()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        with suppress(AttributeError, NotImplementedError, ValueError):
            asyncio.get_running_loop().add_signal_handler(getattr(signal, name), stop.set)
    try:
        runner = await serve(Site(room, address))
    except OSError as error:
        raise UsageError(
            f"{address.bind} port {address.port} cannot be listened on ({error.strerror})",
            "name another --port",
        ) from error
    say(f"{room.title} is open to browsers at {address.origin}/")
    say(f"its save is {room.save}")
    for name, code in (held.codes if held is not None else {}).items():
        say(f"  {name:16} {code}    {address.origin}/seat/{name}/")
    if held is None or not held.codes:
        say("the codes are those that were issued when the room was opened")
    if address.bind not in ("127.0.0.1", "localhost", "::1") and not address.secure:
        say("anybody on this network can read along: put TLS in front (see README)")
    try:
        await stop.wait()
    finally:
        await runner.cleanup()
