"""The MSEL's cards: what control has changed of each inject, and the injects it wrote itself.

The scenario's injects come by themselves, by the rules. As soon as control has changed when or
whether one comes, its card takes over: at each opening it says what is fired and what is held
back, as inputs of the turn, so that a replay needs neither the card nor a rule of its own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import attrs

from exercise.engine.turn import Ruling
from exercise.save.journal import Entry
from exercise.scenario.model import Inject

WORDS = ("title", "text", "sender", "expected", "background")
"""What is typed on a card: it lies with the journal's words, and can be withdrawn."""
WITHDRAWN = "(withdrawn)"


@attrs.frozen
class Expectation:
    """What players are expected to do after an inject, by when, and what comes if they do not."""

    by: float
    """Weeks from the start of the exercise."""
    then: str
    """The contingency inject."""
    unless: str = ""
    """A condition under which it counts as done; control may also say that it was."""
    came: bool | None = None


@attrs.frozen
class Card:
    """One inject as control has left it; None stands for what the scenario says."""

    name: str
    own: bool = False
    """Whether control wrote it during play."""
    at: float | None = None
    """Weeks from the start of the exercise to when it is due; counts where `moved`."""
    moved: bool = False
    enabled: bool | None = None
    approved: bool = True
    skipped: bool = False
    held: bool = False
    released: bool = False
    """Whether it was held once and goes by its time again."""
    to: tuple[str, ...] = ()
    method: str = "mail"
    objective: str = ""
    controller: str = ""
    words: Mapping[str, str | None] | None = None
    """What is typed on it; None where nobody has edited it."""
    seq: int = 0
    """The entry that holds the words."""
    effects: tuple[Ruling, ...] = ()
    expects: Expectation | None = None
    after: str = ""
    """The inject whose expected action it stands in for."""
    armed: bool = False
    came_in: int = 0
    """The turn in which one of control's own arrived; 0 before."""
    called: str = ""
    """By what name one of control's own arrived; empty before, and where that was its id."""
    marks: Mapping[str, str] = attrs.field(factory=dict)
    """What each seat did with it: opened, acknowledged, answered."""

    @property
    def planned(self) -> bool:
        """Whether control has taken over when it comes."""
        return (
            self.moved or self.skipped or self.held or self.released or bool(self.after)
            or self.enabled is not None or not self.approved
        )  # fmt: skip

    @property
    def waits(self) -> bool:
        """Whether something keeps it from coming, whatever the day."""
        stopped = self.enabled is False or self.skipped or self.held or not self.approved
        return stopped or (bool(self.after) and not self.armed)

    @property
    def reached_as(self) -> str:
        """By what name its addressees have it: its id is made from how it was first written."""
        return self.called or self.name

    def word(self, key: str) -> str:
        """One of its words; a withdrawn one says so."""
        words = self.words or {}
        return WITHDRAWN if key in words and words[key] is None else words.get(key) or ""

    def inject(self, written: Inject | None) -> Inject:
        """The inject as it reads now; `written` is what the scenario says of it."""
        if self.words is None:
            return written if written is not None else Inject(title=self.name)
        told: dict[str, Any] = {key: self.word(key) for key in WORDS}
        told |= {"to": self.to, "method": self.method, "objective": self.objective}
        return attrs.evolve(written, **told) if written is not None else Inject(**told)


class Msel:
    """The cards, folded from the journal."""

    def __init__(self) -> None:
        self.cards: dict[str, Card] = {}
        self._called: dict[str, str] = {}

    def card(self, name: str) -> Card:
        """An inject's card, also by the name it arrived by; a blank one where nothing changed."""
        return self.cards.get(self._called.get(name, name)) or Card(name)

    def name_now(self, name: str, turn: int) -> str:
        """By what name one of control's own would arrive in a turn.

        It tells its addressees what they know: to whom it went, and how many came to just these.
        """
        to = self.card(name).to
        mark = hashlib.blake2b(json.dumps(to).encode(), digest_size=4).hexdigest()
        before = sum(card.came_in == turn and card.to == to for card in self.own())
        return f"control-{turn}-{mark}-{before + 1}"

    def own(self) -> list[Card]:
        """The injects that control wrote, as they were written."""
        return [card for card in self.cards.values() if card.own]

    def effects(self, turn: int) -> tuple[Ruling, ...]:
        """What control's own injects that came in a turn do, in the order in which they came."""
        return tuple(
            e for card in self.cards.values() if card.came_in == turn for e in card.effects
        )

    def take(self, entry: Entry) -> None:
        """Take up one entry."""
        body: Mapping[str, Any] = entry.body
        match entry.kind:
            case "inject":
                self._written(body, entry)
            case "inject_state" | "cue":
                self._set(body["inject"], **_after(body["act"], body.get("by", "")))
            case "inject_moved":
                for name, at in body["moves"].items():
                    self._set(name, at=at, moved=True)
            case "inject_expects":
                expects = Expectation(body["by"], body["then"], entry.words.get("unless") or "")
                self._set(body["inject"], expects=expects)
                self._set(body["then"], after=body["inject"], armed=False)
            case "inject_done":
                self._done(body["inject"], body["done"])
            case "inject_armed":
                self._set(body["inject"], armed=True)
            case "inject_came":
                self._came(body["inject"], body["turn"], body.get("called", ""))
            case "inject_read":
                card = self.card(body["inject"])
                self._set(card.name, marks={**card.marks, body["seat"]: body["act"]})
            case "withdrawn":
                self._forgotten(body["seq"], body["key"])

    def _set(self, name: str, **changes: Any) -> None:
        card = self.card(name)
        self.cards[card.name] = attrs.evolve(card, **changes)

    def _written(self, body: Mapping[str, Any], entry: Entry) -> None:
        why = entry.words.get("reason") or ""
        effects = tuple(
            Ruling(e["field"], tuple(e["names"]), e["amount"], why, e["how"], entry.seq,
                   body["inject"])
            for e in body["effects"]
        )  # fmt: skip
        changes: dict[str, Any] = {
            "to": tuple(body["to"]), "method": body["method"], "objective": body["objective"],
            "controller": body["controller"], "words": dict(entry.words), "seq": entry.seq,
            "effects": effects,
        }  # fmt: skip
        if body["own"]:
            changes |= {"own": True}
        if "approved" in body:
            changes |= {"approved": body["approved"]}
        if body["moved"]:
            changes |= {"at": body["at"], "moved": True}
        self._set(body["inject"], **changes)

    def _done(self, name: str, done: bool) -> None:
        card = self.card(name)
        if card.expects is not None:
            self._set(name, expects=attrs.evolve(card.expects, came=done))

    def _forgotten(self, seq: int, key: str) -> None:
        for card in self.cards.values():
            if card.seq == seq and card.words is not None and key in card.words:
                self._set(card.name, words={**card.words, key: None})
                return

    def _came(self, name: str, turn: int, called: str) -> None:
        card = self.cards.pop(name)  # the order of the cards is the order of their coming
        card = attrs.evolve(card, came_in=turn, called=called, held=False)
        effects = tuple(attrs.evolve(one, inject=card.reached_as) for one in card.effects)
        self.cards[name] = attrs.evolve(card, effects=effects)
        if called:
            self._called[called] = name


def _after(act: str, by: str) -> dict[str, Any]:
    """What an act of control leaves on a card; what its plan fired or held leaves nothing."""
    if by == "plan":
        return {}
    return {
        "fire": {"held": False, "skipped": False},
        "hold": {"held": True},
        "release": {"held": False, "released": True},
        "skip": {"skipped": True},
        "enable": {"enabled": True, "skipped": False},
        "disable": {"enabled": False},
        "approve": {"approved": True},
        "withdraw": {"approved": False},
    }[act]
