"""Requests for information: raise, claim, draft, review, release by another seat, re-open.

Entries: `request`, one for each step. Who raised it is told that it is in hand, and what is
released; those it was put to see who works on it, and its draft once that is handed on for
review. Whoever wrote an answer does not release it, control excepted, who answers for itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import attrs

from exercise.orders import Refusal
from exercise.room.letters import releasable
from exercise.room.talk import ENDED, SILENT, TEXT, TITLE, Person, oversees, too_long, withdrawn
from exercise.room.typed import Typed
from exercise.save.journal import Entry
from exercise.sight import Viewer
from exercise.view.mail import addressed

if TYPE_CHECKING:
    from exercise.session import Session

State = Literal["open", "claimed", "drafted", "review", "reviewed", "released", "withdrawn"]
Act = Literal["claim", "draft", "hand on", "pass", "return", "release", "reopen"]
LEADS: Mapping[str, State] = {
    "raise": "open",
    "claim": "claimed",
    "draft": "drafted",
    "hand on": "review",
    "pass": "reviewed",
    "return": "claimed",
    "release": "released",
    "reopen": "open",
}
SAYS: Mapping[str, str] = {
    "raise": "raised",
    "claim": "taken up",
    "draft": "answer drafted",
    "hand on": "handed on for review",
    "pass": "passed",
    "return": "returned",
    "release": "released",
    "reopen": "opened again",
}
PAST = Refusal("this is a look back; nothing is asked in it", "use Continue to play on")
NO_REQUEST = Refusal("there is no such request", "open the list again")


@attrs.frozen
class Step:
    """One step of a request, as one viewer sees it."""

    name: str
    """Its number in the request, for this viewer; by it its words can be withdrawn."""
    says: str
    by: str
    """The title of the seat; empty where the viewer is not told who."""
    turn: int
    at: str
    text: str
    gone: str = ""
    mine: bool = False
    """Whether the viewer may take its words back."""


@attrs.frozen
class Request:
    """A request for information, as one viewer sees it."""

    name: str
    title: str
    text: str
    asker: str
    to: tuple[str, ...]
    """Whom it was put to, by their titles."""
    state: str
    """`open`, `in hand` to who raised it; each step to those it was put to; `released` ..."""
    turn: int
    mine: bool
    answer: str = ""
    """What was released, last of all."""
    readers: tuple[str, ...] = ()
    """Who reads the answer besides who raised it."""
    next: str = ""
    """The viewer's next step: `claim`, `draft`, `hand on`, `pass`, `release`, `reopen` or none."""
    may: tuple[str, ...] = ()
    """All steps that the viewer may take now."""
    steps: tuple[Step, ...] = ()


@attrs.define
class Matter:
    """A request as the journal leaves it: its steps, each the body and number of its entry."""

    seq: int
    asker: str
    to: tuple[str, ...]
    steps: list[tuple[int, Mapping[str, Any]]]
    state: State = "open"
    holder: str = ""
    """Who claimed it."""
    draft: int = 0
    """The entry of the latest draft."""
    readers: tuple[str, ...] = ()


class Requests:
    """Every request, and in which order each viewer came to know of it."""

    def __init__(self) -> None:
        self.typed = Typed()
        self.matters: dict[int, Matter] = {}
        self.released: list[int] = []
        """Requests in the order of their first release: then others than those asked may know."""

    def take(self, entry: Entry) -> None:
        """Take up one entry."""
        body: Mapping[str, Any] = entry.body
        if entry.kind == "withdrawn":
            self.typed.forget(entry)
            seq = int(body["seq"])
            if seq in self.matters and body["key"] == "text":
                self.matters[seq].state = "withdrawn"
        if entry.kind != "request":
            return
        self.typed.keep(entry)
        step = body["step"]
        if step == "raise":
            self.matters[entry.seq] = Matter(entry.seq, body["seat"], tuple(body["to"]), [])
        matter = self.matters[body["request"] or entry.seq]
        matter.steps.append((entry.seq, body))
        matter.state = LEADS[step]
        if step in ("claim", "reopen"):
            matter.holder = body["seat"] if step == "claim" else ""
        if step == "draft":
            matter.draft = entry.seq
        if step == "release":
            matter.readers = tuple(dict.fromkeys((*matter.readers, *body["to"])))
            if matter.seq not in self.released:
                self.released.append(matter.seq)
        if matter.seq == entry.seq and entry.words.get("text") is None:
            matter.state = "withdrawn"


class RequestsDesk:
    """A seat and the requests it may know of."""

    SHOWN: ClassVar[tuple[str, ...]] = ("requests",)

    def __init__(self, session: Session, seat: str) -> None:
        self._session = session
        self._seat = seat
        self._viewer: Viewer = session.seating.viewer(seat)
        self._seats: Mapping[str, str] = session.seating.titles

    # what it sees

    def requests(self) -> tuple[Request, ...]:
        """The requests that the seat raised, was asked, or was let read, in that order of time."""
        return tuple(self._shown(name, matter) for name, matter in self._known().items())

    def request(self, name: str) -> Request | None:
        """One of them, with its steps; None where the seat knows of no such."""
        matter = self._known().get(name)
        return self._shown(name, matter) if matter is not None else None

    def waiting(self) -> tuple[Request, ...]:
        """Those in which the next step may be this seat's."""
        return tuple(one for one in self.requests() if one.next not in ("", "reopen"))

    def people(self) -> tuple[Person, ...]:
        """Whom a request can be put to."""
        titles = {"control": "Control", **self._seats}
        return tuple(Person(name, t) for name, t in titles.items() if name != self._seat)

    def told(self) -> list[object]:
        """A few plain values that differ whenever what is shown of requests does."""
        return [str(one) for one in self.requests()]

    # what it does

    def ask(self, to: tuple[str, ...], title: str, text: str) -> Refusal | None:
        """Raise a request for information, put to one or several seats, or to control."""
        asked = self._in_order(to)
        refused = self._closed() or too_long(("title", title, TITLE), ("text", text, TEXT))
        unknown = [name for name in asked if name not in {one.name for one in self.people()}]
        if refused is None and unknown:
            known = ", ".join(one.name for one in self.people())
            refused = Refusal(f"there is no seat {unknown[0][:60]!r} to ask", f"there are: {known}")
        if refused is None and not asked:
            refused = Refusal("nobody is asked", "say who may know")
        if refused is None and not text.strip():
            refused = Refusal("nothing is asked yet", "write down what you want to know")
        if refused is None:
            words = {"title": title.strip(), "text": text.strip()}
            self._note(0, "raise", words, to=asked, releasable="named")
        return refused

    def claim(self, name: str) -> Refusal | None:
        """Take a request up."""
        return self._step(name, "claim")

    def draft(self, name: str, text: str) -> Refusal | None:
        """Write an answer, or write it anew; only who took it up, and control, read it so far."""
        return self._step(name, "draft", text)

    def hand_on(self, name: str) -> Refusal | None:
        """Hand the draft on for review by another seat that was asked, or by control."""
        return self._step(name, "hand on")

    def approve(self, name: str) -> Refusal | None:
        """Pass another seat's draft: it may be released."""
        return self._step(name, "pass")

    def send_back(self, name: str, why: str) -> Refusal | None:
        """Return another seat's draft, with a word on what is wanting."""
        return self._step(name, "return", why)

    def release(self, name: str, to: tuple[str, ...] = ()) -> Refusal | None:
        """Release an answer to who asked, and to others: seats, `allies` or `all`."""
        known = {"all", "allies", *(one.name for one in self.people())}
        wrong = next((one for one in to if one not in known), None)
        if wrong is not None:
            return Refusal(f"there is no seat {wrong[:60]!r}", f"there are: {', '.join(known)}")
        return self._step(name, "release", to=self._in_order(to))

    def reopen(self, name: str, text: str) -> Refusal | None:
        """Open an answered request again, saying what is still wanting."""
        return self._step(name, "reopen", text)

    def withdraw(self, name: str, step: str, why: str) -> Refusal | None:
        """Take back the words of a step; without its question a request is closed."""
        closed = self._closed()
        if closed is not None and closed is not ENDED:
            return closed
        matter = self._known().get(name)
        seen = [] if matter is None else list(self._seen(matter))
        number = int(step) - 1 if step.isascii() and step.isdigit() else -1
        if not 0 <= number < len(seen):
            return NO_REQUEST
        seq, body = seen[number]
        return withdrawn(self._session, self._seat, seq, body["seat"], why)

    # inside

    def _closed(self) -> Refusal | None:
        if self._viewer.kind == "public":
            return SILENT
        return ENDED if self._session.stage == "over" else None

    def _shelf(self) -> Requests:
        return self._session.shelves.requests

    def _titles(self) -> Mapping[str, str]:
        more = {"control": "Control", "all": "Everybody", "allies": "All allies"}
        return {**self._seats, **more}

    def _in_order(self, names: Sequence[str]) -> list[str]:
        order = ["all", "allies", "control", *self._seats]
        return [n for n in order if n in names] + sorted(set(names) - set(order))

    def _known(self) -> dict[str, Matter]:
        """The requests this viewer knows of, numbered as it came to know of them."""
        shelf = self._shelf()
        inside = [m.seq for m in shelf.matters.values() if self._inside(m) or self._asks(m)]
        if not self._viewer.is_control:
            inside = self._by_time(inside)
        return {f"R{n}": shelf.matters[seq] for n, seq in enumerate(inside, start=1)}

    def _by_time(self, inside: list[int]) -> list[int]:
        """Also those whose answer it was let read, each from when it was."""
        shelf = self._shelf()
        since = {seq: seq for seq in inside}
        for seq in shelf.released:
            matter = shelf.matters[seq]
            first = (s for s, b in matter.steps if b["step"] == "release" and self._let(b["to"]))
            since.setdefault(seq, next(first, 0))
        return sorted((seq for seq in since if since[seq]), key=lambda seq: since[seq])

    def _let(self, to: Sequence[str]) -> bool:
        return bool(to) and addressed(to, self._viewer)

    def _inside(self, matter: Matter) -> bool:
        """Whether this seat is among those who answer."""
        return self._viewer.is_control or self._seat in matter.to

    def _answers(self, matter: Matter) -> bool:
        """Whether it may take steps: whoever was asked, control and a second umpire."""
        return self._seat in matter.to or oversees(self._session, self._seat)

    def _asks(self, matter: Matter) -> bool:
        return self._seat == matter.asker

    def _seen(self, matter: Matter) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """The steps that the viewer may know of."""
        let = False
        for seq, body in matter.steps:
            step = body["step"]
            let = let or (step == "release" and self._let(body["to"]))
            if self._inside(matter):
                yield seq, body
            elif self._asks(matter):
                if step in ("raise", "release", "reopen"):
                    yield seq, body
            elif (step == "release" and self._let(body["to"])) or step == "raise":
                yield seq, body

    def _reads(self, matter: Matter, seq: int, body: Mapping[str, Any]) -> bool:
        """Whether the viewer reads the words of a step it knows of."""
        if body["step"] != "draft" or self._viewer.is_control or body["seat"] == self._seat:
            return True
        handed = [s for s, b in matter.steps if b["step"] == "hand on" and s > seq]
        later = [s for s, b in matter.steps if b["step"] == "draft" and s > seq]
        return bool(handed) and (not later or handed[0] < later[0])

    def _state(self, matter: Matter) -> str:
        if self._inside(matter) or matter.state in ("open", "released", "withdrawn"):
            if not self._inside(matter) and not self._asks(matter):
                return "withdrawn" if matter.state == "withdrawn" else "released"
            return matter.state
        return "in hand" if self._asks(matter) else "released"

    def _may(self, matter: Matter) -> tuple[str, ...]:
        """The steps that the viewer may take now, the usual one first."""
        control, own = self._viewer.is_control, matter.holder == self._seat
        writes, judges = own or control, not own or control
        found: Mapping[State, tuple[tuple[str, bool], ...]] = {
            "open": (("claim", True),),
            "claimed": (("draft", writes), ("claim", not own)),
            "drafted": (("hand on", writes), ("draft", writes)),
            "review": (("pass", judges), ("return", judges), ("draft", writes)),
            "reviewed": (("release", judges), ("return", judges)),
            "released": (("reopen", True),),
            "withdrawn": (),
        }
        if self._closed() is not None:
            return ()
        if self._answers(matter):
            return tuple(act for act, may in found[matter.state] if may)
        return ("reopen",) if self._asks(matter) and matter.state == "released" else ()

    def _usual(self, matter: Matter, act: str) -> bool:
        """Whether a step that the viewer may take is what is expected of it."""
        if act == "claim":
            return matter.state == "open"
        if act == "draft" and matter.state == "review":  # it is with its reviewer now
            return False
        return act not in ("draft", "hand on") or matter.holder == self._seat

    def _shown(self, name: str, matter: Matter) -> Request:
        typed, titles = self._shelf().typed, self._titles()
        may = self._may(matter)
        steps = tuple(
            self._step_shown(n, matter, seq, body)
            for n, (seq, body) in enumerate(self._seen(matter), start=1)
        )
        answers = [one.text for one in steps if one.says == SAYS["release"]]
        party = self._inside(matter) or self._asks(matter)
        return Request(
            name,
            typed.text(matter.seq, "title"),
            typed.text(matter.seq, "text"),
            titles.get(matter.asker, matter.asker),
            tuple(titles.get(one, one) for one in matter.to),
            self._state(matter),
            matter.steps[0][1]["turn"],
            self._asks(matter),
            answers[-1] if answers else "",
            tuple(titles.get(one, one) for one in matter.readers) if party else (),
            next((act for act in may if self._usual(matter, act)), ""),
            may,
            steps,
        )

    def _step_shown(self, n: int, matter: Matter, seq: int, body: Mapping[str, Any]) -> Step:
        typed, titles = self._shelf().typed, self._titles()
        holds = body["draft"] if body["step"] == "release" else seq
        reads = self._reads(matter, seq, body)
        gone = typed.gone(holds)
        told = self._inside(matter) or body["seat"] == self._seat or body["step"] == "raise"
        own = body["seat"] == self._seat or self._viewer.is_control
        return Step(
            str(n),
            SAYS[body["step"]],
            titles.get(body["seat"], body["seat"]) if told else "",
            body["turn"],
            body.get("at", ""),
            typed.text(holds, "text") if reads else "",
            "" if gone is None or not reads else self._tombstone(gone),
            own and bool(typed.text(seq, "text")) and typed.gone(seq) is None,
        )

    def _tombstone(self, gone: tuple[str, str]) -> str:
        by, why = gone
        who = " by control" if by == "control" else ""
        return f"withdrawn{who}{': ' + why if why else ''}"

    def _step(
        self, name: str, step: Act, text: str | None = None, to: Sequence[str] = ()
    ) -> Refusal | None:
        matter = self._known().get(name)
        refused = self._closed() or (NO_REQUEST if matter is None else None)
        if refused is None and matter is not None:
            refused = self._barred(matter, step)
        if refused is None and text is not None:
            refused = too_long(("text", text, TEXT))
            if refused is None and not text.strip():
                refused = Refusal("nothing is written yet", "write it down first")
        if refused is None and matter is not None:
            words = {} if text is None else {"text": text.strip()}
            more: dict[str, Any] = {}
            if step == "release":
                more = {"draft": matter.draft, "releasable": releasable(to)}
            self._note(matter.seq, step, words, to=list(to), **more)
        return refused

    def _barred(self, matter: Matter, step: Act) -> Refusal | None:
        """Why the viewer may not take a step now."""
        if step in self._may(matter):
            return None
        if not self._answers(matter):
            return Refusal("this request was not put to you", "those who were asked answer it")
        if matter.holder == self._seat and step in ("pass", "return", "release"):
            return Refusal("you wrote this answer", "another seat passes and releases it")
        if matter.holder and matter.holder != self._seat and step in ("draft", "hand on"):
            holder = self._titles().get(matter.holder, matter.holder)
            return Refusal(f"{holder} has taken this up", "take it over first")
        return Refusal(
            f"a request that is {matter.state} cannot be {SAYS[step]}",
            f"what can be done now: {', '.join(self._may(matter)) or 'nothing'}",
        )

    def _note(self, request: int, step: str, words: Mapping[str, str], **more: Any) -> None:
        body = {"request": request, "step": step, "seat": self._seat, **more}
        self._session.note("request", body, words or None)


class PastRequests(RequestsDesk):
    """What one viewer of a save knows of requests; no step is taken in it."""

    def __init__(self, shelf: Requests, viewer: Viewer, titles: Mapping[str, str]) -> None:
        self._past = shelf
        self._viewer = viewer
        self._seat = viewer.name
        self._seats = titles

    def people(self) -> tuple[Person, ...]:
        """Nobody can be asked any more."""
        return ()

    def _shelf(self) -> Requests:
        return self._past

    def _closed(self) -> Refusal | None:
        return PAST
