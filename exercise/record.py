"""What is kept of an exercise for looking at it: the catalog, and each turn as it was.

A record is all that views and explanations are made from. It is data: fields with their marks
and sentences, term names and templates, worlds, amounts. No rule is needed to read one, so a
save opens for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import attrs
import numpy as np

from exercise.engine.declare import Cost, Decision, Field, Mark, Parameter, Part
from exercise.engine.ledger import Posting, Rolled
from exercise.engine.roster import Roster, cell_name
from exercise.engine.ruleset import Ruleset
from exercise.engine.turn import Ruling
from exercise.engine.world import Layout, Slips, World, field_rows, slip_rows
from exercise.errors import SaveError

WITHDRAWN = "(withdrawn)"
"""What stands where typed words were taken back."""
Orders = Mapping[str, float]
"""Orders by cell, as they are written: `{"threat.assess[calder,karsk]": 0.9}`."""


@attrs.frozen(eq=False)
class Catalog:
    """What viewing needs to know of the rules: fields, decisions and parameters, as data."""

    roster: Roster
    fields: Mapping[str, Field]
    decisions: Mapping[str, Decision]
    parameters: Mapping[str, Parameter]
    values: Mapping[str, float]
    layout: Layout
    slip_layout: Layout

    @classmethod
    def of(cls, ruleset: Ruleset) -> Catalog:
        """The catalog of a ruleset in play."""
        parameters = {p.name: p for rule in ruleset.rules.values() for p in rule.parameters}
        return cls(
            ruleset.roster,
            ruleset.fields,
            ruleset.decisions,
            parameters,
            ruleset.parameters,
            ruleset.layout,
            ruleset.slip_layout,
        )

    def to_data(self) -> dict[str, Any]:
        """As JSON-ready data."""
        roster = self.roster
        return {
            "roster": {
                "names": {k: list(v) for k, v in roster.names.items()},
                "parents": dict(roster.parents),
                "owners": {k: list(v) for k, v in roster.owners.items()},
                "titles": {k: dict(v) for k, v in roster.titles.items()},
            },
            "fields": [_field_data(field) for field in self.fields.values()],
            "decisions": [_decision_data(decision) for decision in self.decisions.values()],
            "parameters": [
                {**attrs.asdict(p), "value": self.values[p.name]} for p in self.parameters.values()
            ],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Catalog:
        """The catalog that `to_data` wrote."""
        people = data["roster"]
        roster = Roster(
            {k: tuple(v) for k, v in people["names"].items()},
            people["parents"],
            {k: tuple(v) for k, v in people["owners"].items()},
            people["titles"],
        )
        fields = {f["name"]: _field(f) for f in data["fields"]}
        decisions = {d["name"]: _decision(d) for d in data["decisions"]}
        parameters, values = {}, {}
        for entry in data["parameters"]:
            values[entry["name"]] = entry["value"]
            plain = {k: v for k, v in entry.items() if k != "value"}
            parameters[entry["name"]] = Parameter(**plain)
        return cls(
            roster,
            fields,
            decisions,
            parameters,
            values,
            Layout.of(roster, field_rows(fields.values())),
            Layout.of(roster, slip_rows(decisions.values())),
        )


@attrs.frozen
class Message:
    """Something that reached people's inboxes: an inject, a report, words of control or a seat.

    `to` names seats; `all` stands for everybody, the public and the press too, `allies` for the
    alliance's seats. What was withdrawn reads `WITHDRAWN`.
    """

    name: str
    """The name of an inject or question; empty for what people say, which has one per viewer."""
    turn: int
    to: tuple[str, ...]
    sender: str
    title: str
    text: str = ""
    method: str = "mail"
    seq: int = 0
    """The journal entry that holds the words, where somebody typed them; 0 for an inject."""
    by: str = ""
    """The seat that wrote it, whoever it was sent as; control's to know."""
    room: int = 0
    """The private room it was said in: the entry that opened it; 0 outside of rooms."""
    re: str = ""
    """What it answers: `#` and the number of an entry, or the name of an inject or question."""
    at: str = ""
    """The wall time, where the host has a clock."""

    @property
    def ref(self) -> str:
        """What another message names it by when it answers."""
        return self.name or f"#{self.seq}"


@attrs.frozen(eq=False)
class TurnRecord:
    """One turn as it was: worlds before and after (one lane), what was posted, what was decided.

    `orders` and `rounds` hold what each actor ordered, by cell; `control` what control did. In
    the record of a turn under way `past` rounds come first that are not its own.
    """

    number: int
    before: World
    after: World
    postings: Sequence[Posting]
    rolls: Sequence[Rolled] = ()
    orders: Orders = attrs.field(factory=dict)
    rounds: tuple[Orders, ...] = ()
    control: Orders = attrs.field(factory=dict)
    rulings: tuple[Ruling, ...] = ()
    messages: tuple[Message, ...] = ()
    past: int = 0


@attrs.define(eq=False)
class Record:
    """A catalog and the turns so far; turn 0 is the opening: its world before is that after."""

    catalog: Catalog
    turns: Sequence[TurnRecord]

    @property
    def last(self) -> TurnRecord:
        """The latest turn."""
        return self.turns[-1]

    def messages(self, number: int) -> tuple[Message, ...]:
        """What reached inboxes in a turn; a save reads nothing else of it."""
        told: Callable[[int], tuple[Message, ...]] | None = getattr(self.turns, "messages", None)
        return self.turns[number].messages if told is None else told(number)

    def turn(self, number: int) -> TurnRecord:
        """A turn by its number; raises `SaveError` naming those there are."""
        if not 0 <= number < len(self.turns):
            raise SaveError(
                f"there is no turn {number} in this record",
                f"it has turns 0 (the opening) to {len(self.turns) - 1}",
            )
        return self.turns[number]


def sparse(slips: Slips, lane: int = 0) -> dict[str, float]:
    """The orders on slips, by cell, in row order."""
    layout, found = slips.layout, {}
    for name in sorted(slips.touched, key=lambda name: layout.slots[name].first):
        slot, data = layout.slots[name], slips.held(name).data
        values = data[..., lane if data.shape[-1] > 1 else 0]
        entries = [layout.roster.of(axis) for axis in slot.axes]
        for where in np.argwhere(values).tolist():
            names = [of[k] for of, k in zip(entries, where, strict=True)]
            found[cell_name(name, names)] = float(values[tuple(where)])
    return found


def in_rows(layout: Layout, orders: Orders) -> dict[str, float]:
    """Orders in row order, as they were before a save put them in the order of their letters."""
    return sparse(dense(layout, orders))


def dense(layout: Layout, orders: Orders, lanes: int = 1) -> Slips:
    """Slips from orders by cell; raises `KeyError` for a cell that is not there."""
    slips = Slips.empty(layout, lanes)
    for cell, value in orders.items():
        name, names = cell_of(cell)
        where = layout.at(name, names)
        slips.writable(name)[where] = value
    slips.close()
    return slips


def cell_of(text: str) -> tuple[str, tuple[str, ...]]:
    """`module.field[a,b]` as name and names."""
    name, _, rest = text.strip().partition("[")
    inner = rest.strip().removesuffix("]")
    return name.strip(), tuple(part.strip() for part in inner.split(",")) if inner else ()


def marks_data(marks: Iterable[Mark]) -> list[list[str]]:
    """Sight marks as JSON-ready data."""
    return [[mark.kind, mark.name] for mark in marks]


def marks_of(data: Iterable[Any]) -> tuple[Mark, ...]:
    """The sight marks that `marks_data` wrote."""
    return tuple(Mark(kind, name) for kind, name in data)


def _field_data(field: Field) -> dict[str, Any]:
    return {
        "name": field.name, "axes": list(field.axes), "unit": field.unit, "says": field.says,
        "seen": marks_data(field.seen), "low": field.low, "high": field.high, "kind": field.kind,
        "parts": [[p.name, list(p.axes), p.says] for p in field.parts],
        "rises": field.rises, "falls": field.falls, "bands": list(field.bands), "good": field.good,
        "news": field.news, "title": field.title,
    }  # fmt: skip


def _field(data: Mapping[str, Any]) -> Field:
    parts = tuple(Part(name, tuple(axes), says) for name, axes, says in data["parts"])
    return Field(
        data["name"], tuple(data["axes"]), data["unit"], data["says"], marks_of(data["seen"]),
        low=data["low"], high=data["high"], kind=data["kind"], parts=parts,
        rises=data["rises"], falls=data["falls"], bands=tuple(data["bands"]), good=data["good"],
        news=data.get("news", 0.25), title=data.get("title", ""),
    )  # fmt: skip


def _decision_data(decision: Decision) -> dict[str, Any]:
    return {
        "name": decision.name, "axes": list(decision.axes), "says": decision.says,
        "by": decision.by, "stage": decision.stage, "levels": dict(decision.levels),
        "low": decision.low, "high": decision.high, "unit": decision.unit,
        "cost": attrs.asdict(decision.cost), "consequence": decision.consequence,
        "seen": marks_data(decision.seen), "tells": dict(decision.tells),
    }  # fmt: skip


def _decision(data: Mapping[str, Any]) -> Decision:
    return Decision(
        data["name"], tuple(data["axes"]), says=data["says"], by=data["by"], stage=data["stage"],
        levels=data["levels"], low=data["low"], high=data["high"], unit=data["unit"],
        cost=Cost(**data["cost"]), consequence=data["consequence"], seen=marks_of(data["seen"]),
        tells=data.get("tells", {}),
    )  # fmt: skip
