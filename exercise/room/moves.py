"""Free-form moves, as in a matrix game: said, argued, weighed, rolled, told.

A seat says what it does, to what end and why it should work, and who may know of it. Whoever may
know argues for and against. Control weighs: the odds, and what follows from success and failure.
The die is rolled through the engine's dice, addressed by the words of the move, so that nothing
beside it moves it; what it brings about enters the turn as control's rulings do. A long project
needs several successes, one die a turn.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Literal

import attrs

from exercise.engine.dice import Dice
from exercise.room.effects import Effect
from exercise.room.typed import Typed
from exercise.save.journal import Entry
from exercise.sight import Viewer

Known = Literal["open", "allies", "control"]
Side = Literal["for", "against"]
Fate = Literal["open", "under way", "came off", "failed", "withdrawn", "refused"]
By = Literal["control", "umpire", "mean"]


@attrs.frozen
class Argument:
    """Why a move should work, or why not, and who says so."""

    seat: str
    side: Side
    text: str


@attrs.frozen
class Roll:
    """A die that was rolled for a move: 1 to 100, and it comes off at the odds or below."""

    turn: int
    odds: int
    die: int
    came_off: bool
    done: int
    """Successes so far, this one counted."""
    says: str


@attrs.frozen
class Move:
    """A free-form move as those see it who may know of it."""

    name: str
    seat: str
    turn: int
    known: Known
    what: str
    aim: str
    why: str
    fate: Fate
    arguments: tuple[Argument, ...] = ()
    rolls: tuple[Roll, ...] = ()
    needs: int = 1
    """How many successes it needs, as control has settled it."""
    reason: str = ""
    """Why it was withdrawn or refused."""

    @property
    def done(self) -> int:
        """How many successes it has had."""
        return self.rolls[-1].done if self.rolls else 0

    @property
    def is_open(self) -> bool:
        """Whether anything can still come of it."""
        return self.fate in ("open", "under way")


@attrs.frozen
class Opinion:
    """What a second umpire gives for odds, and why."""

    seat: str
    odds: int
    why: str


@attrs.frozen
class Follows:
    """What follows from success or from failure: a sentence, and what is done to which cells."""

    says: str
    effects: tuple[str, ...] = ()


@attrs.frozen
class Weight:
    """How control weighs a move."""

    odds: int
    by: By
    needs: int
    success: Follows
    failure: Follows


@attrs.frozen
class Case:
    """A move before its umpires: what others see of it, who was asked, and how it is weighed."""

    move: Move
    asked: tuple[str, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    weight: Weight | None = None
    rolled: int = 0
    """The turn of its last die; 0 before the first."""


@attrs.define
class _Kept:
    """A move on the shelf: its entries, not their words."""

    entry: Entry
    arguments: list[Entry] = attrs.field(factory=list)
    asked: dict[str, None] = attrs.field(factory=dict)
    opinions: dict[str, Entry] = attrs.field(factory=dict)
    weighed: Entry | None = None
    rolls: list[Entry] = attrs.field(factory=list)
    ended: Entry | None = None

    @property
    def needs(self) -> int:
        body: Mapping[str, Any] = self.weighed.body if self.weighed is not None else {"needs": 1}
        return int(body["needs"])

    def fate(self) -> Fate:
        """What has become of it."""
        if self.ended is not None:
            how: Fate = "withdrawn" if self.ended.body["how"] == "withdrawn" else "refused"
            return how
        if not self.rolls:
            return "open"
        last: Mapping[str, Any] = self.rolls[-1].body
        if last["done"] >= last["needs"]:
            return "came off"
        return "under way" if last["needs"] > 1 else "failed"


class Moves:
    """All moves, in the order in which they were made."""

    KINDS = ("move", "argued", "consulted", "advised", "weighed", "rolled", "move-ended")

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}
        self._typed = Typed()

    def take(self, entry: Entry) -> None:
        """Take up one entry."""
        if entry.kind == "withdrawn":
            self._typed.forget(entry)
        if entry.kind not in self.KINDS:
            return
        self._typed.keep(entry)
        name = str(entry.body["move"])
        if entry.kind == "move":
            self._kept[name] = _Kept(entry)
            return
        kept = self._kept[name]
        match entry.kind:
            case "argued":
                kept.arguments.append(entry)
            case "consulted":
                kept.asked[str(entry.body["umpire"])] = None
            case "advised":
                kept.opinions[str(entry.body["seat"])] = entry
            case "weighed":
                kept.weighed = entry
            case "rolled":
                kept.rolls.append(entry)
            case "move-ended":
                kept.ended = entry

    def names(self) -> tuple[str, ...]:
        """All moves by name."""
        return tuple(self._kept)

    def move(self, name: str) -> Move:
        """A move as those see it who may know of it; raises `KeyError`."""
        kept, text = self._kept[name], self._typed.text
        entry = kept.entry
        body: Mapping[str, Any] = entry.body
        arguments = (
            Argument(str(a.body["seat"]), _side(a), text(a.seq, "text")) for a in kept.arguments
        )
        return Move(
            name, body["seat"], body["turn"], body["known"],
            text(entry.seq, "what"), text(entry.seq, "aim"), text(entry.seq, "why"),
            fate=kept.fate(),
            arguments=tuple(arguments),
            rolls=tuple(_rolled(roll, text(roll.seq, "reason")) for roll in kept.rolls),
            needs=kept.needs if kept.rolls else 1,
            reason=text(kept.ended.seq, "why") if kept.ended is not None else "",
        )  # fmt: skip

    def case(self, name: str) -> Case:
        """A move as its umpires see it; raises `KeyError`."""
        kept, text = self._kept[name], self._typed.text
        opinions = (
            Opinion(seat, int(str(o.body["odds"])), text(o.seq, "why"))
            for seat, o in kept.opinions.items()
        )
        weight = None
        if kept.weighed is not None:
            body: Mapping[str, Any] = kept.weighed.body
            success, failure = (
                Follows(text(kept.weighed.seq, key), tuple(Effect.of(e).says for e in body[key]))
                for key in ("success", "failure")
            )
            weight = Weight(body["odds"], body["by"], body["needs"], success, failure)
        rolled = int(str(kept.rolls[-1].body["turn"])) if kept.rolls else 0
        return Case(self.move(name), tuple(kept.asked), tuple(opinions), weight, rolled)

    def effects(self, name: str, came_off: bool) -> tuple[Effect, ...]:
        """What follows for cells, as it was weighed."""
        weighed = self._kept[name].weighed
        if weighed is None:
            return ()
        body: Mapping[str, Any] = weighed.body
        return tuple(Effect.of(e) for e in body["success" if came_off else "failure"])

    def brought(self, name: str) -> tuple[tuple[str, ...], ...]:
        """What each die brought about, as effects are written."""
        return tuple(_effects(roll) for roll in self._kept[name].rolls)


def author_of(entry: Entry) -> str:
    """The seat that typed the words of an entry about a move."""
    return str(entry.body.get("seat", "control"))


def _effects(roll: Entry) -> tuple[str, ...]:
    body: Mapping[str, Any] = roll.body
    return tuple(Effect.of(one).says for one in body["rulings"])


def _side(entry: Entry) -> Side:
    return "for" if entry.body["side"] == "for" else "against"


def _rolled(entry: Entry, says: str) -> Roll:
    body: Mapping[str, Any] = entry.body
    return Roll(body["turn"], body["odds"], body["die"], body["came_off"], body["done"], says)


def move_name(seat: str, turn: int, words: Sequence[str]) -> str:
    """A move's name, made from who says it, when, and what: numbers would count secrets."""
    said = json.dumps([seat, turn, *words], ensure_ascii=False).encode("utf-8", "surrogatepass")
    return f"{seat}-{turn}-{hashlib.blake2b(said, digest_size=4).hexdigest()}"


def die_of(dice: Dice, turn: int, name: str) -> int:
    """The die of a move in a turn, 1 to 100: a matter of the luck, the turn and its words alone."""
    roll = dice.turn(turn).roll(("room", "moves", "die"), ((name,),))
    return int(float(roll[0, 0]) * 100.0) + 1


def wrong_die(entries: Iterable[Entry], dice: Dice) -> tuple[str, int, int, int] | None:
    """The first die in a record that is not what its luck gives: move, turn, written, rolled."""
    for entry in entries:
        body: Mapping[str, Any] = entry.body
        if entry.kind == "rolled":
            due = die_of(dice, int(body["turn"]), str(body["move"]))
            if due != body["die"] or body["came_off"] != (due <= body["odds"]):
                return str(body["move"]), int(body["turn"]), int(body["die"]), due
    return None


def may_know(known: Known, mover: Viewer, viewer: Viewer, adversaries: Collection[str]) -> bool:
    """Whether a viewer may know of a move: control and the mover always, others as was declared."""
    if viewer.is_control or viewer.name == mover.name or known == "open":
        return True
    same = _camp(viewer, adversaries) == _camp(mover, adversaries) != ""
    return known == "allies" and same


def _camp(viewer: Viewer, adversaries: Collection[str]) -> str:
    """Whom a seat shares its secrets with; the press and the public share with nobody."""
    if viewer.allied:
        return "allies"
    return "adversaries" if viewer.actor in adversaries else ""
