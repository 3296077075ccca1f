"""Who may come in: a code once, a cookie ever after; wrong ones wait, and are written down."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping
from hmac import compare_digest
from typing import Any

import attrs

from exercise.host.turnstile import From, Turnstile
from exercise.orders import Refusal
from exercise.room.access import Access, Pass, Terminal, cookie_hash, plain_code, slow_hash
from exercise.session import Session
from exercise.spoken import plain

SAID_MOST = 1_000
"""Characters that a word of a hello may have."""
PERSON_MOST = 40
"""How long a pseudonym may be."""

SHUT = Refusal("that code opens nothing here", "ask control for your code, or for a new one")
BUSY = Refusal("many codes are being tried here at once", "wait a moment, then try again")
NO_HELLO = Refusal("a hello holds a code or a cookie, and a name at most", "exercise join CODE")
LOCKED = Refusal("control has locked this seat", "ask control")
STALE = Refusal("this terminal's leave has ended", "join again with the code that is valid now")
SAID = ("token", "cookie", "code", "person", "pass", "from")
"""The words of a hello."""


def _readable(said: object) -> bool:
    """Whether something of a hello can be looked at; what is no text is taken as not said."""
    if not isinstance(said, str):
        return True
    try:
        return len(said) <= SAID_MOST and bool(said.encode() or True)
    except UnicodeEncodeError:
        return False


@attrs.frozen
class Admitted:
    """A terminal that may come in; its cookie is told once."""

    held: Pass
    terminal: Terminal
    cookie: str = attrs.field(default="", repr=False)


class Gate:
    """The door of a room: codes are tried one at a time; wrong ones cost their own place time."""

    def __init__(self, session: Session, wait: float = 0.5) -> None:
        self._session = session
        self.token = ""
        """What a terminal has to say first where the room listens on a port."""
        self._turnstile = Turnstile(wait)

    @property
    def _access(self) -> Access:
        return self._session.shelves.access

    async def admit(self, hello: Mapping[str, Any], place: str = "") -> Admitted | Refusal:
        """Let a terminal in by its cookie or its code, or say why not; `place` is its process."""
        if not all(_readable(hello.get(key, "")) for key in SAID):
            return NO_HELLO
        token = hello.get("token", "")
        if self.token and not compare_digest(str(token).encode(), self.token.encode()):
            return SHUT
        cookie, code = hello.get("cookie"), hello.get("code")
        if isinstance(cookie, str) and cookie:
            return self._back(cookie)
        if not isinstance(code, str) or not plain_code(code):
            return Refusal("a code is needed to come in", "exercise join CODE")
        named = hello.get("from", "")
        origin = self._turnstile.place(f"{place} {named if isinstance(named, str) else ''}")
        if self._turnstile.crowded(origin):
            return BUSY
        async with self._turnstile.through(origin):
            return await self._tried(code, hello, origin)

    async def _tried(self, code: str, hello: Mapping[str, Any], origin: From) -> Admitted | Refusal:
        """Look at a code."""
        salt = self._access.salt()
        hashed = await asyncio.to_thread(slow_hash, code, salt) if salt else ""
        held = self._access.fitting(hashed) if hashed else None
        if held is None:
            origin.wrong = min(origin.wrong + 1, 10)
            self._session.note("knocked", {"pass": self._named(hello)})
            return SHUT
        origin.wrong = 0
        return LOCKED if held.locked else self._in(held, hello)

    def _named(self, hello: Mapping[str, Any]) -> str:
        """The seat that a stranger names, where there is such a one."""
        name = hello.get("pass")
        return name if isinstance(name, str) and name in self._access.passes else ""

    def _back(self, cookie: str) -> Admitted | Refusal:
        terminal = self._access.by_cookie(cookie)
        held = self._access.passes.get(terminal.by) if terminal is not None else None
        if terminal is None or held is None:
            return STALE
        return LOCKED if held.locked else Admitted(held, terminal)

    def _in(self, held: Pass, hello: Mapping[str, Any]) -> Admitted:
        cookie = secrets.token_urlsafe(32)
        number = len(self._access.came_by(held.name)) + 1
        person = hello.get("person")
        person = plain(person)[:PERSON_MOST].strip() if isinstance(person, str) else ""
        name = f"{held.name}-{number}"
        self._session.note(
            "joined",
            {"pass": held.name, "terminal": name, "cookie": cookie_hash(cookie)},
            {"person": person} if person else None,
        )
        return Admitted(held, self._access.terminals[name], cookie)
