"""What a seat's terminal may ask of its desk, and what the desk answers with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, get_args

import attrs

from exercise.engine.cells import base
from exercise.engine.declare import Decision
from exercise.engine.roster import Roster
from exercise.explain.ordered import cost_words
from exercise.explain.why import Why, words
from exercise.orders import Order, Refusal
from exercise.pending import Stage
from exercise.room.chairing import ChamberDesk
from exercise.room.requests import RequestsDesk
from exercise.room.talk import TalkDesk
from exercise.view import View


@attrs.frozen
class Choice:
    """A decision as a seat sees it: what it is, what it costs, and where it is allowed."""

    name: str
    module: str
    says: str
    consequence: str
    cost: str
    stage: str
    levels: tuple[str, ...]
    low: float
    high: float
    unit: str
    targets: tuple[tuple[str, ...], ...]
    """Each allowed target, as names; `titles` gives the same in people's words."""
    titles: tuple[str, ...]
    refusal: str = ""
    """Why it is not allowed anywhere now; empty where it is."""
    ways: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    """For a level, the sentence of each allowed target done so; where a level has its own."""

    def sentence(self, targets: tuple[str, ...], how: str = "") -> str:
        """What an order would be, as a sentence; `how` is a level, or an amount with its unit."""
        place = self.targets.index(targets) if targets in self.targets else -1
        if place >= 0 and how in self.ways:
            return self.ways[how][place]
        title = self.titles[place] if place >= 0 else self.says
        return f"{title}: {how}" if how and len(self.levels) != 1 else title


@attrs.frozen
class Proposal:
    """A suggested order in plain words."""

    line: str
    says: str
    consequence: str
    cost: str


@attrs.frozen
class Standing:
    """Where the exercise stands, as far as the seat may know."""

    stage: Stage
    turn: int
    sealed: Mapping[str, bool]
    """Which seats have sealed; what they sealed is theirs."""
    filling: Mapping[str, str]
    """Who fills the seat, or to control every seat."""
    version: int
    """Another number whenever something that the desk tells is another; it counts nothing."""
    paused: bool = False
    titles: Mapping[str, str] = attrs.field(factory=dict)
    """What each seat is called."""
    round: int = 0
    """How many rounds of the table the council has had this turn; 0 to those it does not sit."""
    rounds: int = 0
    """How many it has before the chair closes it."""
    commitment: str = ""
    """The hash of the luck, to be noted at the start; once all is over the luck itself is told."""
    decides: bool = True
    """Whether anything can be ordered in this exercise; in one of words alone nothing can."""
    stopped: bool = False
    """Whether it is paused for a real emergency, which is no part of the exercise."""


def played_again(now: Standing, before: Standing) -> bool:
    """Whether the exercise stands earlier than it did: control has gone back to a turn's start."""
    stages = get_args(Stage)
    then, at = (stages.index(before.stage), stages.index(now.stage))
    return (now.turn, at) < (before.turn, then)


@attrs.frozen
class Aim:
    """An objective at the end: whether it was met, and what the hot wash says of it."""

    title: str
    met: bool
    says: str = ""


@attrs.frozen
class Ending:
    """How an exercise ended: the outcome, and the aims the viewer may know of."""

    outcome: str
    says: str
    turns: int
    aims: tuple[Aim, ...]
    digest: str = ""
    """The hash of the whole state, hidden cells too: told to control alone."""


class Desk(Protocol):
    """What a seat's terminal may ask."""

    @property
    def talk(self) -> TalkDesk:
        """What the seat says and hears."""
        ...

    @property
    def requests(self) -> RequestsDesk:
        """Requests for information."""
        ...

    @property
    def chamber(self) -> ChamberDesk:
        """The council beside the view."""
        ...

    @property
    def seat(self) -> str:
        """The seat whose desk this is."""
        ...

    def standing(self) -> Standing:
        """Where the exercise stands; `version` moves with everything the seat is told."""
        ...

    def view(self, turn: int | None = None) -> View:
        """What the seat sees now, or saw when a turn was published."""
        ...

    def why(self, cell: str, turn: int | None = None) -> Why:
        """Why a cell changed, or an order was given, as far as the seat is cleared.

        Raises `UsageError` where that is not told.
        """
        ...

    def cleared(self, cells: tuple[str, ...]) -> tuple[str, ...]:
        """Which of these cells the seat may see."""
        ...

    def choices(self, without: str = "") -> list[Choice]:
        """All decisions, with where each is allowed and if not why.

        `without` is the cell of a drafted order that is to be counted as if it were taken off.
        """
        ...

    def suggestions(self) -> list[Proposal]:
        """A few orders that fit what the seat sees."""
        ...

    def drafted(self) -> list[tuple[Order, str]]:
        """The draft: each order and its sentence."""
        ...

    def draft(self, text: str, reason: str = "", instead: str = "") -> Order | Refusal:
        """Add what somebody typed to the draft (or act at once, for an act of the council).

        It takes the place of the order whose cell is `instead`, which stays if it is refused.
        """
        ...

    def undraft(self, cell: str) -> None:
        """Take an order off the draft."""
        ...

    def seal(self) -> Refusal | None:
        """Seal the draft."""
        ...

    def unseal(self) -> Refusal | None:
        """Withdraw the seal."""
        ...

    def say(self, to: tuple[str, ...], title: str, text: str) -> Refusal | None:
        """Send words to other seats."""
        ...

    def ending(self) -> Ending | None:
        """How it ended; None while it is under way."""
        ...


PLAIN = {"motion": "text", "node": "place", "unit": "force", "actor": "state"}
"""What people call a target of a kind, where the axis has another name."""


def choice_of(
    decision: Decision,
    targets: tuple[tuple[str, ...], ...],
    refusal: str,
    roster: Roster,
    actor: str,
) -> Choice:
    """A decision as a seat sees it, with what may be chosen in people's words."""
    plain = {axis: f"‹{PLAIN.get(base(axis), base(axis))}›" for axis in decision.axes}
    says = words(decision.says, Roster({}, titles={}), plain)
    called = [
        {decision.by: actor, **dict(zip(decision.axes, names, strict=True))} for names in targets
    ]

    def told(template: str) -> tuple[str, ...]:
        return tuple(words(template, roster, names) for names in called)

    return Choice(
        decision.name, decision.module, says, decision.consequence, cost_words(decision),
        decision.stage, tuple(decision.levels), decision.low, decision.high, decision.unit,
        targets, told(decision.says), refusal, {k: told(t) for k, t in decision.tells.items()},
    )  # fmt: skip
