"""What is kept of an exercise for looking at it: the catalog, and each turn as it was.

A record is all that views and explanations are made from. It is data: fields with their marks
and sentences, term names and templates, worlds, amounts. No rule is needed to read one, so a
save opens for ever.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

import attrs
import numpy as np

from exercise.chain import LARGEST_BLOB
from exercise.declare import Cost, Decision, Field, Mark, Parameter, Part
from exercise.errors import SaveError
from exercise.exact import GRID, Array, to_integers
from exercise.ledger import Line, Origin, Posting, Rolled
from exercise.roster import Roster
from exercise.ruleset import Ruleset
from exercise.turn import Ruling
from exercise.world import Layout, Slips, World, field_rows, slip_rows

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

    `to` names seats; `all` stands for everybody.
    """

    name: str
    turn: int
    to: tuple[str, ...]
    sender: str
    title: str
    text: str = ""
    method: str = "mail"
    seq: int = 0
    """The journal entry that holds the words, where somebody typed them; 0 for an inject."""


@attrs.frozen(eq=False)
class TurnRecord:
    """One turn as it was: worlds before and after (one lane), what was posted, what was decided.

    `orders` and `rounds` hold what each actor ordered, by cell; `control` what control did.
    """

    number: int
    before: World
    after: World
    postings: tuple[Posting, ...]
    rolls: tuple[Rolled, ...] = ()
    orders: Orders = attrs.field(factory=dict)
    rounds: tuple[Orders, ...] = ()
    control: Orders = attrs.field(factory=dict)
    rulings: tuple[Ruling, ...] = ()
    messages: tuple[Message, ...] = ()


@runtime_checkable
class Letters(Protocol):
    """Turns that can tell their messages without being read as a whole."""

    def messages(self, number: int) -> tuple[Message, ...]:
        """What reached inboxes in a turn."""


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
        if isinstance(self.turns, Letters):
            return self.turns.messages(number)
        return self.turns[number].messages

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
    column = slips.column(lane)
    return {slips.layout.label(int(row)): float(column[row]) for row in np.flatnonzero(column)}


def dense(layout: Layout, orders: Orders, lanes: int = 1) -> Slips:
    """Slips from orders by cell; raises `KeyError` for a cell that is not there."""
    slips = Slips.empty(layout, lanes)
    for cell, value in orders.items():
        name, names = cell_of(cell)
        slips.put(name, names, value)
    return slips


def cell_of(text: str) -> tuple[str, tuple[str, ...]]:
    """`module.field[a,b]` as name and names."""
    name, _, rest = text.strip().partition("[")
    inner = rest.strip().removesuffix("]")
    return name.strip(), tuple(part.strip() for part in inner.split(",")) if inner else ()


# packing


def pack_turn(postings: Iterable[Posting], rolls: Iterable[Rolled]) -> bytes:
    """A turn's postings and dice as one compressed block: a JSON header, then grid integers."""
    arrays: list[Array] = []
    shapes: list[list[int]] = []

    def put(array: Array) -> int:
        arrays.append(np.ravel(array))
        shapes.append(list(array.shape))
        return len(arrays) - 1

    header = {
        "postings": [
            {
                "field": p.field, "stage": p.stage, "rule": p.rule,
                "before": put(p.before), "after": put(p.after), "round": p.round,
                "lines": [_line_data(line, put) for line in p.lines],
                "given": [[o.kind, o.name, list(o.axes)] for o in p.given],
            }
            for p in postings
        ],
        "rolls": [
            {
                "stage": r.stage, "rule": r.rule, "label": r.label, "axes": list(r.axes),
                "values": put(r.values), "round": r.round,
            }
            for r in rolls
        ],
        "shapes": shapes,
    }  # fmt: skip
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    flat = np.concatenate(arrays) if arrays else np.zeros(0)
    body = to_integers(flat).astype("<i8").tobytes()
    return zlib.compress(struct.pack("<I", len(text)) + text + body, 1)


def unpack_turn(block: bytes) -> tuple[tuple[Posting, ...], tuple[Rolled, ...]]:
    """What `pack_turn` packed."""
    raw = zlib.decompressobj().decompress(block, LARGEST_BLOB)
    (length,) = struct.unpack_from("<I", raw)
    header = json.loads(raw[4 : 4 + length])
    flat = np.frombuffer(raw, dtype="<i8", offset=4 + length).astype(np.float64) * GRID
    ends = np.cumsum(
        [int(np.prod(shape, dtype=np.int64)) for shape in header["shapes"]], dtype=np.int64
    )

    def get(index: int) -> Array:
        shape = header["shapes"][index]
        start = int(ends[index - 1]) if index else 0
        return flat[start : int(ends[index])].reshape(shape)

    postings = tuple(
        Posting(
            p["field"], p["stage"], p["rule"], get(p["before"]), get(p["after"]),
            tuple(_line(line, get) for line in p["lines"]),
            p.get("round", 0),
            tuple(_origin(get, *source) for source in p.get("given", ())),
        )
        for p in header["postings"]
    )  # fmt: skip
    rolls = tuple(
        Rolled(
            r["stage"], r["rule"], r["label"], tuple(r["axes"]), get(r["values"]), r.get("round", 0)
        )
        for r in header["rolls"]
    )
    return postings, rolls


def _line_data(line: Line, put: Callable[[Array], int]) -> dict[str, Any]:
    data: dict[str, Any] = {
        "name": line.name, "axes": list(line.axes), "amounts": put(line.amounts)
    }  # fmt: skip
    if line.of:
        data["of"] = [
            [o.kind, o.name, list(o.axes)]
            + ([] if o.only is None else [list(o.only_axes), put(o.only)])
            for o in line.of
        ]
    if line.says:
        data["says"] = line.says
    if line.seen is not None:
        data["seen"] = _marks_data(line.seen)
    if line.releases:
        data["releases"] = list(line.releases)
    return data


def _origin(
    get: Callable[[int], Array],
    kind: str,
    name: str,
    axes: Sequence[str],
    only_axes: Sequence[str] = (),
    only: int | None = None,
) -> Origin:
    held = None if only is None else get(only)
    return Origin(kind, name, tuple(axes), held, tuple(only_axes))


def _line(data: Mapping[str, Any], get: Callable[[int], Array]) -> Line:
    seen = data.get("seen")
    return Line(
        data["name"],
        tuple(data["axes"]),
        get(data["amounts"]),
        tuple(_origin(get, *source) for source in data.get("of", ())),
        data.get("says", ""),
        None if seen is None else _marks(seen),
        tuple(data.get("releases", ())),
    )


def _marks_data(marks: Iterable[Mark]) -> list[list[str]]:
    return [[mark.kind, mark.name] for mark in marks]


def _marks(data: Iterable[Any]) -> tuple[Mark, ...]:
    return tuple(Mark(kind, name) for kind, name in data)


def _field_data(field: Field) -> dict[str, Any]:
    return {
        "name": field.name, "axes": list(field.axes), "unit": field.unit, "says": field.says,
        "seen": _marks_data(field.seen), "low": field.low, "high": field.high, "kind": field.kind,
        "parts": [[p.name, list(p.axes), p.says] for p in field.parts],
        "rises": field.rises, "falls": field.falls, "bands": list(field.bands), "good": field.good,
        "news": field.news,
    }  # fmt: skip


def _field(data: Mapping[str, Any]) -> Field:
    parts = tuple(Part(name, tuple(axes), says) for name, axes, says in data["parts"])
    return Field(
        data["name"], tuple(data["axes"]), data["unit"], data["says"], _marks(data["seen"]),
        low=data["low"], high=data["high"], kind=data["kind"], parts=parts,
        rises=data["rises"], falls=data["falls"], bands=tuple(data["bands"]), good=data["good"],
        news=data.get("news", 0.25),
    )  # fmt: skip


def _decision_data(decision: Decision) -> dict[str, Any]:
    return {
        "name": decision.name, "axes": list(decision.axes), "says": decision.says,
        "by": decision.by, "stage": decision.stage, "levels": dict(decision.levels),
        "low": decision.low, "high": decision.high, "unit": decision.unit,
        "cost": attrs.asdict(decision.cost), "consequence": decision.consequence,
        "seen": _marks_data(decision.seen), "tells": dict(decision.tells),
    }  # fmt: skip


def _decision(data: Mapping[str, Any]) -> Decision:
    return Decision(
        data["name"], tuple(data["axes"]), says=data["says"], by=data["by"], stage=data["stage"],
        levels=data["levels"], low=data["low"], high=data["high"], unit=data["unit"],
        cost=Cost(**data["cost"]), consequence=data["consequence"], seen=_marks(data["seen"]),
        tells=data.get("tells", {}),
    )  # fmt: skip
