"""What has been decided in the turn under way, and how it is taken up again from a journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import attrs

from exercise.engine.ledger import Posting, Rolled
from exercise.engine.ruleset import Ruleset
from exercise.engine.turn import Ruling
from exercise.engine.world import World
from exercise.orders import Order, Refusal
from exercise.record import WITHDRAWN, Message, TurnRecord, cell_of
from exercise.save.journal import Entry

Drafts = Mapping[str, list[Order]]
"""Orders that are not sealed, by seat."""
Stage = Literal["council", "orders", "review", "over"]


@attrs.define
class Pending:
    """What has been decided in the turn under way."""

    control: dict[str, float] = attrs.field(factory=dict)
    rounds: list[dict[str, float]] = attrs.field(factory=list)
    """What was done in council, in order: a round of the table, or one seat's act."""
    table: int = 0
    """How many of these were rounds of the table, in which absent seats speak of everything."""
    drafts: dict[str, list[Order]] = attrs.field(factory=dict)
    sealed: dict[str, list[Order]] = attrs.field(factory=dict)
    defaulted: dict[str, float] = attrs.field(factory=dict)
    rulings: list[Ruling] = attrs.field(factory=list)
    weeks: float | None = None

    def heard(self, acts: Mapping[str, float], seat: str) -> None:
        """Keep what was done in council: by a seat, or by the table where no seat is named."""
        self.rounds.append(dict(acts))
        self.table += not seat

    def drafted(self, seat: str, orders: Sequence[Order]) -> None:
        """Put a draft in place of a seat's last one; an empty slip is no draft."""
        self.drafts[seat] = list(orders)
        if not orders:
            del self.drafts[seat]

    def take_up(self, since: Iterable[Entry], drafts: Drafts) -> Stage:
        """Take up what the journal holds of the turn, and its drafts; the stage it is at."""
        stage: Stage = "council"
        for entry in since:
            stage = self.retake(entry) or stage
        for seat, orders in drafts.items():
            if seat not in self.sealed:
                self.drafted(seat, orders)
        return stage

    def retake(self, entry: Entry) -> Stage | None:
        """Take up one journal entry again; the stage it led to, if it led to one."""
        body: Mapping[str, Any] = entry.body
        match entry.kind:
            case "council":
                self.heard(body["acts"], body["seat"] or body.get("about", ""))
            case "closed":
                return "orders"
            case "cue":
                act = 1.0 if body["act"] == "fire" else -1.0
                self.control[f"scenario.cue[{body['inject']}]"] = act
            case "sealed":
                cells = body.get("cells", body["orders"])  # older saves hold the orders alone
                orders = [_order(cell, body["orders"][cell], entry) for cell in cells]
                self.sealed[body["seat"]] = orders
                self.drafted(body["seat"], orders)
            case "unsealed":
                self.sealed.pop(body["seat"], None)
            case "resolved":
                self.defaulted = dict(body["defaulted"])
                return "review"
            case "ruling":
                self.rulings.append(_ruling(body, entry))
            case "rolled":
                self.rulings += [_ruling(one, entry) for one in body["rulings"]]
        return None


@attrs.frozen(eq=False)
class Shown:
    """The turn under way as terminals see it; while results await release, as it was before."""

    world: World
    postings: tuple[Posting, ...]
    rolls: tuple[Rolled, ...]
    delivered: tuple[Message, ...]

    def since(
        self, last: TurnRecord, number: int, pending: Pending, messages: tuple[Message, ...]
    ) -> TurnRecord:
        """What the last published turn changed and what has come since, as one turn.

        Rounds are counted on from the last turn's; between the two lies this turn's opening.
        """
        past = len(last.rounds) + 1
        return TurnRecord(
            number,
            last.before,
            self.world,
            (*last.postings, *(attrs.evolve(p, round=p.round + past) for p in self.postings)),
            (*last.rolls, *(attrs.evolve(r, round=r.round + past) for r in self.rolls)),
            orders=last.orders,
            rounds=(*last.rounds, pending.control, *pending.rounds),
            control={**last.control, **pending.control},
            rulings=last.rulings,
            messages=messages,
            past=past,
        )


def _ruling(body: Mapping[str, Any], entry: Entry) -> Ruling:
    """A ruling from its body, and its reason from the words of the entry that holds it."""
    text = entry.words.get("reason", "")
    reason = WITHDRAWN if text is None else text
    return Ruling(
        body["field"], tuple(body["names"]), body["amount"], reason, body["how"], entry.seq
    )


def _order(cell: str, value: float, entry: Entry) -> Order:
    """A sealed order from its entry: its level from the body, its reason from the words."""
    name, names = cell_of(cell)
    body: Mapping[str, Any] = entry.body
    level = str(body["levels"].get(cell, ""))
    return Order(name, names[0], names[1:], value, level, entry.words.get(cell) or "")


def ruling_refusal(ruleset: Ruleset, ruling: Ruling) -> Refusal | None:
    """Why control may not rule so; None where it may."""
    field = ruleset.fields.get(ruling.field)
    if field is None:
        return Refusal(f"there is no field {ruling.field}", "name a cell as module.field[name]")
    if field.kind == "derived":
        parts = ", ".join(part.name for part in field.parts)
        return Refusal(
            f"{field.name} is worked out each turn and cannot be set", f"rule on: {parts}"
        )
    if not ruling.reason.strip():
        return Refusal("a ruling needs a reason", "say why in a sentence")
    if ruling.how == "set" and not field.low <= ruling.amount <= field.high:
        return Refusal(
            f"{field.name} lies between {field.low:g} and {field.high:g}", "give such a value"
        )
    if not abs(ruling.amount) <= field.high - field.low:
        return Refusal(
            f"{ruling.amount:g} is more than the range of {field.name}",
            f"it lies between {field.low:g} and {field.high:g}",
        )
    return None
