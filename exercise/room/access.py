"""Who may come in: a code for each seat and role, kept as salted slow hashes.

A pass has a name (the seat's own, or `control`, `observer`, `projector`), a role and a desk. Its
code is said once, when it is issued. A terminal that came in by it is given a cookie, by which it
comes back after any crash; a new code for the pass shuts all its cookies out.

All codes of a room share one random salt, so that a code alone tells, for the price of one slow
hash, which pass it is: nobody needs to type the name of a seat as well.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, Literal

import attrs

from exercise.errors import UsageError
from exercise.orders import Refusal
from exercise.save.journal import Entry
from exercise.seats import EVALUATOR
from exercise.sight import PUBLIC_VIEW, WHITE_CELL

if TYPE_CHECKING:
    from exercise.session import Session

Role = Literal["control", "seat", "evaluator", "observer", "projector"]

OWN = "host"
"""The pass of control's screen in the host's own process; its code is said to nobody."""
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""What codes are made of: nothing that is read as something else."""
LENGTH = 8
COST = 2**14
"""scrypt's cost: some 50 ms and 16 MiB a try."""


@attrs.frozen
class Pass:
    """Leave to come in: by which name, in which role, at whose desk."""

    name: str
    role: Role
    desk: str
    salt: str = attrs.field(default="", repr=False)
    hash: str = attrs.field(default="", repr=False)
    locked: bool = False


@attrs.frozen
class Terminal:
    """A terminal that came in: by which pass, and what it is called there."""

    name: str
    by: str
    cookie: str = attrs.field(repr=False)
    """The hash of its cookie."""
    person: str = ""


@attrs.frozen
class Place:
    """One terminal of a delegation: what it is called, and who said to sit there."""

    name: str
    person: str = ""


@attrs.frozen
class Door:
    """A pass as control sees it."""

    name: str
    role: Role
    desk: str
    issued: bool
    locked: bool
    knocks: int = 0
    """How many wrong codes were tried at it."""


def fresh_code() -> str:
    """A new code, as it is written down: `K7QP-3MXD`."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    return f"{letters[:4]}-{letters[4:]}"


def plain_code(code: str) -> str:
    """A code as somebody typed it, without what does not count."""
    return "".join(letter for letter in code.upper() if letter in LETTERS)[: 2 * LENGTH]


def slow_hash(code: str, salt: str) -> str:
    """A code's hash: scrypt, salted."""
    return hashlib.scrypt(
        plain_code(code).encode(), salt=bytes.fromhex(salt), n=COST, r=8, p=1, dklen=32
    ).hex()


def cookie_hash(cookie: str) -> str:
    """A cookie's hash: it is 256 random bits, so a fast one will do."""
    return hashlib.blake2b(cookie.encode(), digest_size=32).hexdigest()


class Access:
    """Passes, the terminals that came in by them, and wrong codes, from the journal."""

    def __init__(self) -> None:
        self.passes: dict[str, Pass] = {}
        self.terminals: dict[str, Terminal] = {}
        self.knocks: dict[str, int] = {}
        self.appointed: dict[str, str] = {}
        """The terminal that was made head of a delegation, by its pass."""

    def take(self, entry: Entry) -> None:
        """Take up what was issued, locked, joined and knocked at."""
        body: Mapping[str, Any] = entry.body
        match entry.kind:
            case "access":
                name = body["pass"]
                self.passes[name] = Pass(
                    name, body["role"], body["desk"], body["salt"], body["hash"]
                )
                self._forget(name)
            case "locked":
                name = body["pass"]
                self.passes[name] = attrs.evolve(self.passes[name], locked=body["locked"])
            case "joined":
                person = entry.words.get("person") or ""
                self.terminals[body["terminal"]] = Terminal(
                    body["terminal"], body["pass"], body["cookie"], person
                )
            case "headed":
                self.appointed[body["pass"]] = body["terminal"]
            case "knocked":
                self.knocks[body["pass"]] = self.knocks.get(body["pass"], 0) + 1

    def salt(self) -> str:
        """The room's salt; empty before any code was issued."""
        return next((held.salt for held in self.passes.values()), "")

    def fitting(self, hashed: str) -> Pass | None:
        """The pass that a code's slow hash belongs to."""
        found = None
        for held in self.passes.values():
            if hmac.compare_digest(held.hash, hashed):
                found = held
        return found

    def _forget(self, name: str) -> None:
        """A new code shuts out who came in by the old one."""
        self.terminals = {k: t for k, t in self.terminals.items() if t.by != name}
        self.appointed.pop(name, None)

    def came_by(self, name: str) -> list[Terminal]:
        """The terminals of a pass, in the order in which they first came."""
        return [terminal for terminal in self.terminals.values() if terminal.by == name]

    def head(self, name: str, here: Collection[str]) -> str | None:
        """The head of a delegation: the one appointed, else the first that came, of those here."""
        appointed = self.appointed.get(name)
        if appointed in here:
            return appointed
        return next((one.name for one in self.came_by(name) if one.name in here), None)

    def by_cookie(self, cookie: str) -> Terminal | None:
        """The terminal that a cookie was given to."""
        found = cookie_hash(cookie)
        for terminal in self.terminals.values():
            if hmac.compare_digest(terminal.cookie, found):
                return terminal
        return None


class DelegationDesk:
    """The terminals of one's own delegation, and who of them seals."""

    def __init__(self, session: Session, seat: str) -> None:
        self._session = session
        self._seat = seat

    def places(self) -> tuple[Place, ...]:
        """All that came in by the seat's code, in the order in which they came."""
        shelf = self._session.shelves.access
        return tuple(Place(one.name, one.person) for one in shelf.came_by(self._seat))

    def appoint(self, terminal: str) -> Refusal | None:
        """Make a terminal the head of the delegation; while it is away, another one is."""
        known = [one.name for one in self.places()]
        if terminal not in known:
            came = ", ".join(known) or "nobody"
            return Refusal(f"no terminal {terminal!r:.60} came in here", f"who came: {came}")
        self._session.note("headed", {"pass": self._seat, "terminal": terminal})
        return None


class AccessControl:
    """Control's hand on the doors."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @property
    def _shelf(self) -> Access:
        return self._session.shelves.access

    def doors(self) -> tuple[Door, ...]:
        """Every pass there may be, issued or not."""
        shelf = self._shelf
        found = []
        for name, (role, desk) in self._possible().items():
            if name == OWN:
                continue
            held = shelf.passes.get(name)
            found.append(
                Door(
                    name,
                    role,
                    desk,
                    held is not None,
                    held is not None and held.locked,
                    shelf.knocks.get(name, 0),
                )
            )
        return tuple(found)

    def issue(self, names: tuple[str, ...] = ()) -> dict[str, str]:
        """New codes for these passes, all of them if none is named; the old ones end at once."""
        codes = {}
        for name in names or tuple(name for name in self._possible() if name != OWN):
            codes[name] = code = fresh_code()
            self._write(name, code)
        return codes

    def lock(self, name: str, locked: bool) -> None:
        """Let nobody in by a pass any more, or again; raises `UsageError`.

        Who is here by it is sent away, but for control's terminals.
        """
        if name == OWN or name not in self._shelf.passes:
            issued = ", ".join(one for one in self._shelf.passes if one != OWN) or "none"
            raise UsageError(f"no code was issued for {name!r}", f"issued: {issued}")
        self._session.note("locked", {"pass": name, "locked": locked})

    def _write(self, name: str, code: str) -> None:
        possible = self._possible()
        if name not in possible:
            raise UsageError(f"there is no seat or role {name!r}", f"known: {', '.join(possible)}")
        role, desk = possible[name]
        salt = self._shelf.salt() or secrets.token_hex(16)
        self._session.note(
            "access",
            {"pass": name, "role": role, "desk": desk, "salt": salt, "hash": slow_hash(code, salt)},
        )

    def _possible(self) -> dict[str, tuple[Role, str]]:
        """Each seat by its name, and the roles beside them."""
        found: dict[str, tuple[Role, str]] = {
            OWN: ("control", WHITE_CELL.name),
            WHITE_CELL.name: ("control", WHITE_CELL.name),
        }
        for name in self._session.seating.viewers:
            found[name] = ("seat", name)
        found.setdefault(EVALUATOR.name, ("evaluator", EVALUATOR.name))
        found["observer"] = ("observer", PUBLIC_VIEW.name)
        found["projector"] = ("projector", PUBLIC_VIEW.name)
        return found
