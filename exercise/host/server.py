"""The host's side of the line: it alone holds the session; each terminal gets its own desk.

A terminal says hello with a code or a cookie, gets one document of what its seat sees, and from
then on what changed in it. It may ask what `surface` lists of its desk, and nothing else. What is
sent to a seat depends on what its desk shows: where nothing that it sees has changed, nothing is
sent.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import struct
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import attrs

from exercise.desk import ControlDesk, LocalDesk
from exercise.errors import ExerciseError, UsageError
from exercise.host.alarm import Alarm
from exercise.host.codec import NUMBER_MOST, encode
from exercise.host.frames import ASKED_MOST, FrameError, pack, unpack
from exercise.host.gate import LOCKED, STALE, Admitted, Gate
from exercise.host.patch import difference
from exercise.host.surface import shown, surface
from exercise.orders import Refusal
from exercise.session import Session
from exercise.sight import PUBLIC_VIEW
from exercise.view import View

HEADS = ("seal", "unseal", "delegation.appoint")
"""What only the head of a delegation does."""
NOT_HEAD = Refusal(
    "the head of your delegation seals",
    "your draft is on every terminal; h shows who is head, who can hand it over",
)
READERS = ("standing", "view", "why", "ending")
"""What an observer or a projector may ask."""
UNREAD_MOST = 8 * 1024 * 1024
"""Bytes that may wait for a terminal that does not read, before it is cut off."""
HELLO_WITHIN = 20.0
"""Seconds in which a terminal has to say who it is."""
STRANGERS_MOST = 64
"""Connections that may wait at the door at once; beyond, who has waited longest is sent away."""
HERE_MOST = 24
"""Terminals that one seat or role may have here at once."""
SAID_MOST = 2_000
"""Characters of a refusal, which may name what was sent."""
OLD = Refusal(
    "this screen may be old: the host could not bring it up to date",
    "nothing is lost; it is tried again with the next change, and control has been told",
)
FAULT = Refusal("the host met a fault of its own", "try again in a moment, or ask control")
FULL = Refusal("too many terminals of this seat are here", "close one that nobody uses")


def utc_now() -> str:
    """The wall time, to the second, as the journal writes it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@attrs.define(eq=False)
class Guest:
    """A terminal that is here now."""

    admitted: Admitted
    writer: asyncio.StreamWriter
    sent: dict[str, Any] = attrs.field(factory=dict)
    old: bool = False
    """Whether what it shows could not be brought up to date, and it has been told so."""

    @property
    def seat(self) -> str:
        """The desk it came for."""
        return self.admitted.held.desk

    @property
    def role(self) -> str:
        """In which role it came."""
        return self.admitted.held.role

    def send(self, message: Mapping[str, Any]) -> None:
        """Send a message, or cut off a terminal that reads nothing any more."""
        if self.writer.is_closing():
            return
        if self.writer.transport.get_write_buffer_size() > UNREAD_MOST:
            self.writer.transport.abort()
            return
        self.writer.write(pack(message))


class Host:
    """One exercise, open to terminals."""

    def __init__(
        self, session: Session, *, tell: Callable[[str], None] | None = None, wait: float = 0.5
    ) -> None:
        self.session = session
        session.clock = session.clock or utc_now
        self.control = ControlDesk(session)
        self.gate = Gate(session, wait)
        self.guests: list[Guest] = []
        self._strangers: dict[asyncio.StreamWriter, None] = {}
        self._tell = tell or (lambda text: None)
        self._server: asyncio.Server | None = None
        self._spreading = False
        self._alarm = Alarm(self.control, self.spread_soon, self._tell)
        self._desks: dict[str, LocalDesk] = {"control": self.control}
        self._documents: dict[str, tuple[tuple[int, str], dict[str, Any]]] = {}
        self._faults: dict[str, str] = {}
        """What was said last of a seat whose screen could not be brought up to date."""
        self._views: dict[str, tuple[View, Any]] = {}
        """Each seat's view as it was made last, and as it was sent."""

    # open and closed

    async def open(self, where: Path | tuple[str, int]) -> None:
        """Listen on a Unix socket, or on a loopback port."""
        if isinstance(where, Path):
            kept = os.umask(0o177)
            try:
                self._server = await asyncio.start_unix_server(
                    self._meet, str(where), limit=ASKED_MOST
                )
            finally:
                os.umask(kept)
        else:
            self._server = await asyncio.start_server(
                self._meet, where[0], where[1], limit=ASKED_MOST
            )

    @property
    def port(self) -> int:
        """The port it listens on, where it does."""
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        """Send everybody away; they try again until they are told otherwise."""
        self._alarm.stop()
        if self._server is not None:
            self._server.close()
        for guest in list(self.guests):
            guest.writer.close()
        for writer in list(self._strangers):
            writer.transport.abort()
        await asyncio.sleep(0)

    # one terminal

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        guest = None
        try:
            guest = await self._admit(reader, writer)
            while guest is not None:
                line = await reader.readline()
                if not line:
                    break
                await self._serve(guest, unpack(line))
        except ExerciseError as error:
            _say(writer, {"refused": _refused(error.message, error.remedy)})
        except ValueError:  # longer than any message may be
            _say(writer, {"refused": _refused("the message is too long", "send less at a time")})
        except (ConnectionError, TimeoutError):
            pass
        finally:
            if guest is not None:
                self._gone(guest)
            with contextlib.suppress(ConnectionError):
                writer.close()

    async def _admit(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> Guest | None:
        """Hear who somebody is; None where it is no guest, and has been told why."""
        self._strangers[writer] = None
        if len(self._strangers) > STRANGERS_MOST:
            longest = next(iter(self._strangers))
            del self._strangers[longest]
            longest.transport.abort()
        try:
            line = await asyncio.wait_for(reader.readline(), HELLO_WITHIN)
        finally:
            self._strangers.pop(writer, None)
        if not line:
            return None
        hello = unpack(line)
        admitted = await self.gate.admit(hello, _process(writer))
        if isinstance(admitted, Admitted) and self._here(admitted) >= HERE_MOST:
            admitted = FULL
        if isinstance(admitted, Refusal):
            self._tell(f"somebody was refused: {admitted.reason}")
            _say(writer, {"refused": encode(admitted)})
            return None
        if hello.get("only") == "ask":
            _say(writer, {"admitted": admitted.held.name, "cookie": admitted.cookie})
            return None
        guest = Guest(admitted, writer)
        try:
            self.welcome(guest)
        except Exception as error:  # it would be told of this by a line that goes dead
            self.guests = [other for other in self.guests if other is not guest]
            self._faulted(guest.seat, error)
            _say(writer, {"refused": encode(FAULT)})
            return None
        return guest

    def _here(self, admitted: Admitted) -> int:
        """How many terminals of the same pass are here."""
        return sum(guest.admitted.held.name == admitted.held.name for guest in self.guests)

    def welcome(self, guest: Guest) -> None:
        """Let a terminal sit down, and show it all that its seat sees."""
        self.guests.append(guest)
        guest.sent = self._document(guest.seat)
        terminal = guest.admitted.terminal.name
        guest.send(
            {
                "welcome": {
                    "desk": guest.seat,
                    "role": guest.role,
                    "terminal": terminal,
                    "cookie": guest.admitted.cookie,
                    "pid": os.getpid(),
                },
                "document": guest.sent,
                "head": self._heads(guest),
            }
        )
        self._tell(f"{terminal} is here")
        self.spread_soon()

    def _gone(self, guest: Guest) -> None:
        self.guests.remove(guest)
        self._tell(f"{guest.admitted.terminal.name} has gone")
        self.spread_soon()

    def _heads(self, guest: Guest) -> bool:
        """Whether a terminal is the head of its delegation."""
        return self._terminals(guest.seat).get(guest.admitted.terminal.name, False)

    def _terminals(self, seat: str) -> dict[str, bool]:
        """The terminals that are here of a seat, to control of all seats, and which are heads."""
        held = [guest.admitted for guest in self.guests if seat in (guest.seat, "control")]
        here = sorted({one.terminal.name for one in held})
        access = self.session.shelves.access
        heads = {access.head(one.held.name, here) for one in held}
        return {name: name in heads for name in here}

    def _sent_away(self, guest: Guest) -> bool:
        """Send a terminal away whose leave has ended; whether it was.

        A new code ends it, and so does a lock, but for control's own: somebody has to unlock.
        """
        access, admitted = self.session.shelves.access, guest.admitted
        held = access.passes.get(admitted.held.name)
        now = access.terminals.get(admitted.terminal.name)
        refusal = None
        if held is None or now is None or now.cookie != admitted.terminal.cookie:
            refusal = STALE
        elif held.locked and held.role != "control":
            refusal = LOCKED
        if refusal is not None:
            guest.send({"refused": encode(refusal)})
            guest.writer.close()
        return refusal is not None

    # what it asks

    async def _serve(self, guest: Guest, message: Mapping[str, Any]) -> None:
        number = message.get("id")
        if type(number) is not int or not 0 <= number <= NUMBER_MOST:
            raise FrameError("a question has a number")
        if self._sent_away(guest):
            return
        before = self.session.version
        try:
            found = self._ask(guest, message)
            found = _shortened(found) if isinstance(found, Refusal) else found
            answer: dict[str, Any] = {"id": number, "answer": encode(found)}
        except ExerciseError as error:
            kind = "usage" if isinstance(error, UsageError) else "refused"
            answer = {"id": number, kind: _refused(error.message, error.remedy)}
        except Exception as error:  # one terminal's question must not end everybody's exercise
            self._tell(f"fault: {type(error).__name__}: {error}")
            answer = {"id": number, "refused": encode(FAULT)}
        if self.session.version != before:
            self._show(guest, {})  # whoever asked sees it before the answer
            self.spread_soon()
        guest.send(answer)
        await guest.writer.drain()

    def _ask(self, guest: Guest, message: Mapping[str, Any]) -> object:
        name = message.get("desk", guest.seat)
        call = message.get("call")
        args = message.get("args", {})
        if not (isinstance(name, str) and isinstance(call, str) and isinstance(args, dict)):
            raise FrameError("a question names a desk, a call and its arguments")
        if name != guest.seat and guest.role != "control":
            raise FrameError("that desk is not yours")
        desk = self._desk(name)
        known = surface(_kind(desk)).get(call)
        if known is None or (guest.role in ("observer", "projector") and call not in READERS):
            raise FrameError("that cannot be asked")
        if call in HEADS and guest.role == "seat" and not self._heads(guest):
            return NOT_HEAD
        return _reached(desk, call)(**known.read(args))

    def _desk(self, name: str) -> LocalDesk:
        if name == "review":
            return self.control.reviewed()
        if name not in self._desks:
            self._desks[name] = self.control.desk(name)
        return self._desks[name]

    # what it is told

    def _document(self, seat: str) -> dict[str, Any]:
        """All that a seat is shown without asking; made once for each change of the session."""
        session = self.session
        stamp = (session.version, session.stage)
        kept = self._documents.get(seat)
        if kept is None or kept[0] != stamp:
            kept = self._documents[seat] = (stamp, self._shown(seat))
        here = {} if seat == PUBLIC_VIEW.name else self._terminals(seat)
        return {**kept[1], "present": self._present(), "terminals": here}

    def _shown(self, seat: str) -> dict[str, Any]:
        desk = self._desk(seat)
        view = desk.view()
        kept = self._views.get(seat)
        if kept is None or kept[0] is not view:
            kept = self._views[seat] = view, encode(view)
        return {
            "standing": encode(desk.unnumbered()),  # lines count changes for themselves
            "view": kept[1],
            "drafted": encode(desk.drafted()),
            **{name: encode(_reached(desk, name)()) for name in shown(_kind(desk))},
        }

    def _present(self) -> dict[str, int]:
        """How many terminals are at each seat."""
        found: dict[str, int] = {}
        for guest in self.guests:
            found[guest.admitted.held.name] = found.get(guest.admitted.held.name, 0) + 1
        return dict(sorted(found.items()))

    def spread_soon(self) -> None:
        """Tell everybody what changed, once whatever is being done is done."""
        if not self._spreading:
            self._spreading = True
            asyncio.get_running_loop().call_soon(self._spread)

    def _spread(self) -> None:
        """Send everybody what changed for them; what fails for one stops nobody else's."""
        self._spreading = False
        documents: dict[str, dict[str, Any] | None] = {}
        for guest in list(self.guests):
            self._show(guest, documents)
        try:
            self._alarm.set()
        except Exception as error:  # the room goes on without its clock
            self._faulted("the room's clock", error)

    def _show(self, guest: Guest, documents: dict[str, dict[str, Any] | None]) -> None:
        """Send a terminal what changed; `documents` keeps each seat's, None where none was made."""
        try:
            if guest.writer.is_closing() or self._sent_away(guest):
                return
            if guest.seat not in documents:
                documents[guest.seat] = None
                documents[guest.seat] = self._document(guest.seat)
            document = documents[guest.seat]
            if document is not None:
                self._renew(guest, document)
                return
        except Exception as error:  # one seat's screen must not stop those of the others
            self._faulted(guest.seat, error)
        if not guest.old:
            guest.old = True
            guest.send({"notice": encode(OLD)})

    def _faulted(self, where: str, error: Exception) -> None:
        """Write a fault down, and tell control, once until another one comes."""
        told = f"fault: {where}: {type(error).__name__}: {error}"[:SAID_MOST]
        if self._faults.get(where) == told:
            return
        self._faults[where] = told
        self._tell(told)
        title = self.session.seating.titles.get(where, where)
        notice = Refusal(
            f"the host met a fault; what {title} shows may be old ({type(error).__name__})",
            "nothing is lost; it is tried again with the next change",
        )
        for guest in self.guests:
            if guest.role == "control" and guest.seat != where:
                guest.send({"notice": encode(notice)})

    def _renew(self, guest: Guest, document: dict[str, Any]) -> None:
        patch = difference(guest.sent, document)
        guest.sent = document
        if guest.old:
            guest.old = False
            self._faults.pop(guest.seat, None)
        if patch:
            guest.send({"changed": patch, "head": self._heads(guest)})


def _kind(desk: LocalDesk) -> type:
    return type(desk)


def _reached(desk: LocalDesk, call: str) -> Callable[..., object]:
    """A method of a desk or of one of its facets."""
    target: Any = desk
    for part in call.split("."):
        target = getattr(target, part)
    found: Callable[..., object] = target
    return found


def _process(writer: asyncio.StreamWriter) -> str:
    """Which process is at the other end, where the system says; else all are one."""
    asked = getattr(socket, "SO_PEERCRED", None)
    found = writer.get_extra_info("socket")
    if asked is None or found is None or found.family != getattr(socket, "AF_UNIX", None):
        return ""
    return str(struct.unpack("3i", found.getsockopt(socket.SOL_SOCKET, asked, 12))[0])


def _say(writer: asyncio.StreamWriter, message: Mapping[str, Any]) -> None:
    if not writer.is_closing():
        writer.write(pack(message))


def _refused(message: str, remedy: str) -> Any:
    return encode(_shortened(Refusal(message, remedy)))


def _shortened(refusal: Refusal) -> Refusal:
    """A refusal that does not say again all that was sent."""
    return Refusal(
        *(t if len(t) <= SAID_MOST else f"{t[:SAID_MOST]}…" for t in attrs.astuple(refusal))
    )
