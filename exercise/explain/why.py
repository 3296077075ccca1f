"""Why is this so? From a cell to its causes, one level at a time, in the viewer's words.

A cell's terms sum exactly to its change in the turn. Control gets all of them. Anybody else gets
the terms whose sources it may all see, and one `rest` for whatever else there was, limits
included: named alike whatever it holds, so that it says nothing but what subtraction would.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product
from typing import Any, Literal

import attrs
import numpy as np

from exercise.engine.cells import base
from exercise.engine.declare import Decision, Field
from exercise.engine.ledger import LIMIT, Line, Origin, Posting
from exercise.engine.roster import Roster, cell_name
from exercise.errors import UsageError
from exercise.explain.naming import named
from exercise.record import Catalog, Orders, Record, TurnRecord, cell_of
from exercise.sight import WHITE_CELL, Viewer, known_names, marked, sees_cell, sees_order

REST = "rest"
REST_SAYS = "cause not disclosed to you"

NEAR = 1e-6
"""Two values of an order nearer than this are the same level."""

Names = Mapping[str, str]


@attrs.frozen
class Source:
    """One thing a term came from: its kind, and how it is written."""

    kind: str
    cell: str
    says: str = ""

    def to_data(self) -> dict[str, str]:
        """As JSON-ready data."""
        return {"kind": self.kind, "cell": self.cell, "says": self.says}


@attrs.frozen
class Because:
    """One term of an explanation."""

    name: str
    amount: float
    sources: tuple[Source, ...]
    says: str

    def to_data(self) -> dict[str, Any]:
        """As JSON-ready data."""
        return {
            "name": self.name,
            "amount": self.amount,
            "sources": [source.cell for source in self.sources],
            "says": self.says,
        }


@attrs.frozen
class Why:
    """An explanation of one cell in one turn, for one viewer.

    `rest` is None for control, who sees every term; for others it is what they are not told.
    """

    cell: str
    turn: int
    title: str
    before: float
    after: float
    terms: tuple[Because, ...]
    rest: float | None = None
    bands: tuple[str, str] = ("", "")
    """The words for the value before and after, where the field has such."""
    short: str = ""
    """The title in a few words, where the field has such."""
    kind: Literal["cell", "order"] = "cell"
    """Whether it tells of a cell, or of an order: who gave it, why, and what it took."""

    def to_data(self) -> dict[str, Any]:
        """As JSON-ready data; amounts, the rest among them, sum exactly to after − before."""
        terms = [term.to_data() for term in self.terms]
        if self.rest is not None:
            terms.append({"name": REST, "amount": self.rest, "sources": [], "says": REST_SAYS})
        return {
            "cell": self.cell,
            "kind": self.kind,
            "turn": self.turn,
            "title": self.title,
            "before": self.before,
            "after": self.after,
            "terms": terms,
        }


def clears(record: Record, viewer: Viewer, cell: str) -> bool:
    """Whether a viewer may see a cell as it is now; what names no cell, nobody sees."""
    name, names = cell_of(cell)
    field, roster = record.catalog.fields.get(name), record.catalog.roster
    if field is None or len(names) != len(field.axes):
        return False
    pairs = list(zip(field.axes, names, strict=True))
    if any(part not in roster.of(axis) for axis, part in pairs):
        return False
    where = tuple(roster.index(axis, part) for axis, part in pairs)
    return sees_cell(viewer, field, where, record.last.after)


def cells_of(record: Record, viewer: Viewer = WHITE_CELL, number: int | None = None) -> list[str]:
    """Every cell the viewer may ask about, in declared order."""
    catalog = record.catalog
    turn = record.turn(number) if number is not None else record.last
    found = []
    for field in catalog.fields.values():
        names = [catalog.roster.of(axis) for axis in field.axes]
        for where in product(*(range(len(entries)) for entries in names)):
            if sees_cell(viewer, field, where, turn.after):
                found.append(
                    cell_name(field.name, [n[k] for n, k in zip(names, where, strict=True)])
                )
    return found


def find_cell(catalog: Catalog, cell: str) -> tuple[Field, tuple[str, ...], tuple[int, ...]]:
    """The field, names and indices of a cell; raises `UsageError` with what would be right."""
    name, names = cell_of(cell)
    if name not in catalog.fields:
        near = [n for n in catalog.fields if n.endswith(f".{name}")] or [
            n for n in catalog.fields if n.partition(".")[0] == name.partition(".")[0]
        ]
        remedy = f"perhaps {', '.join(near[:6])}; " if near else ""
        raise UsageError(
            f"there is no field {name[:80]}", f"{remedy}`why FILE --list` names every cell"
        )
    field = catalog.fields[name]
    if len(names) != len(field.axes):
        shape = cell_name(field.name, [base(axis) for axis in field.axes])
        raise UsageError(f"{cell} is not a cell", f"write {shape}")
    try:
        where = tuple(
            catalog.roster.index(axis, n) for axis, n in zip(field.axes, names, strict=True)
        )
    except KeyError as error:
        axis = next(
            a for a, n in zip(field.axes, names, strict=True) if n not in catalog.roster.of(a)
        )
        known = ", ".join(catalog.roster.of(axis)[:12])
        raise UsageError(str(error.args[0]), f"known: {known}") from None
    return field, names, where


def why(record: Record, viewer: Viewer, cell: str, number: int | None = None) -> Why:
    """Explain a cell's change in a turn; raises `UsageError` for one the viewer may not see."""
    turn = record.turn(number) if number is not None else record.last
    catalog = named(record.catalog, viewer, turn)
    _check_names(catalog, viewer, cell, turn)
    field, names, where = find_cell(catalog, cell)
    if not sees_cell(viewer, field, where, turn.after):
        raise UsageError(f"{cell} is not disclosed to {viewer.name}", "ask control")
    before = turn.before.value(field.name, names)
    after = turn.after.value(field.name, names)
    told: list[Because] = []
    for posting in turn.postings:
        if posting.field == field.name:
            told.extend(_terms(catalog, turn, viewer, field, names, where, posting))
    by_axis = dict(zip(field.axes, names, strict=True))
    title = words(field.says or field.name, catalog.roster, by_axis)
    short = words(field.title, catalog.roster, by_axis)
    rest = None
    if not viewer.is_control:
        rest = (after - before) - sum(term.amount for term in told)
    cell = cell_name(field.name, names)
    return Why(cell, turn.number, title, before, after, tuple(told), rest, short=short)


def _check_names(catalog: Catalog, viewer: Viewer, cell: str, turn: TurnRecord) -> None:
    """Refuse a cell of something that the viewer was never told of, be it there or not."""
    name, names = cell_of(cell)
    field = catalog.fields.get(name)
    known = known_names(viewer, catalog.fields, turn.after) if field is not None else {}
    for axis, entry in zip(field.axes if field is not None else (), names, strict=False):
        if base(axis) in known and entry not in known[base(axis)]:
            raise UsageError(f"{cell} is not disclosed to {viewer.name}", "ask control")


def words(template: str, roster: Roster, names: Names) -> str:
    """A sentence template with the titles of names in place of axes in braces.

    An axis that the names lack stands as its plain word; other braces are text like any, and what
    is braced twice stands there in braces (`exercise.engine.declare.literal`).
    """
    text = ""
    for before, axis in _pieces(template):
        text += before
        if axis:
            text += roster.title(axis, names[axis]) if axis in names else base(axis)
    return text


def order_words(decision: Decision, roster: Roster, names: Sequence[str], value: float) -> str:
    """An order as a sentence that says which of its ways was chosen, or how much.

    `names` are those of the order's cell: who orders, then the targets.
    """
    level = next((k for k, v in decision.levels.items() if abs(v - value) < NEAR), "")
    by_axis = dict(zip(decision.slip_axes, names, strict=True))
    told = words(decision.tells.get(level, decision.says), roster, by_axis)
    if level in decision.tells or len(decision.levels) == 1:
        return told
    return f"{told}: {level or f'{value:g} {decision.unit}'.rstrip()}"


_AXIS = re.compile(r"\{(\{[a-z]+(?:@[a-z]+)?\})\}|\{([a-z]+(?:@[a-z]+)?)\}")


@lru_cache(maxsize=4096)
def _pieces(template: str) -> tuple[tuple[str, str], ...]:
    """Text as it stands and the axis that follows it, if one does, as often as there is one."""
    pieces, end = [], 0
    for found in _AXIS.finditer(template):
        pieces.append((template[end : found.start()] + (found[1] or ""), found[2] or ""))
        end = found.end()
    return (*pieces, (template[end:], ""))


def _terms(
    catalog: Catalog,
    turn: TurnRecord,
    viewer: Viewer,
    field: Field,
    names: tuple[str, ...],
    where: tuple[int, ...],
    posting: Posting,
) -> Iterator[Because]:
    """The posting's terms for one cell that the viewer may be told, every entry on its own."""
    here = dict(zip(field.axes, names, strict=True))
    for line in posting.lines:
        extra = line.axes[len(field.axes) :]
        amounts = line.amounts[where]
        for place in np.argwhere(amounts != 0.0) if extra else ([()] if amounts != 0.0 else []):
            spots = tuple(int(k) for k in place)
            joined = dict(here)
            for axis, k in zip(extra, spots, strict=True):
                joined[axis] = catalog.roster.of(axis)[k]
            if line.name == LIMIT and not viewer.is_control:
                continue
            if not viewer.is_control and not _readable(
                catalog, turn, viewer, line, joined, posting
            ):
                continue
            sources = tuple(_sources(catalog, turn, line, joined, posting, viewer))
            says = words(line.says or line.name, catalog.roster, joined)
            yield Because(line.name, float(amounts[spots]), sources, says)


# what a viewer may be told


def _readable(
    catalog: Catalog, turn: TurnRecord, viewer: Viewer, line: Line, joined: Names, posting: Posting
) -> bool:
    """Whether the viewer may see everything the term came from (or is told it on purpose).

    What one part did to a derived field depends on where the others stood: all are told, or none.
    """
    field = catalog.fields[posting.field]
    if field.kind == "derived":
        here = {axis: joined[axis] for axis in field.axes}
        given = posting.given or [source for one in posting.lines for source in one.of]
        return all(_source_seen(catalog, turn, viewer, source, here) for source in given)
    if line.seen is not None:
        axes = tuple(joined)
        found = marked(viewer, line.seen, axes, turn.after)
        if found is None:
            return True
        where = tuple(catalog.roster.index(a, n) for a, n in joined.items())
        spot = tuple(k if found.shape[d] > 1 else 0 for d, k in enumerate(where))
        return bool(found[(*spot, 0)] > 0.0)
    return all(_source_seen(catalog, turn, viewer, source, joined) for source in line.of)


def _source_seen(
    catalog: Catalog, turn: TurnRecord, viewer: Viewer, source: Origin, joined: Names
) -> bool:
    """Whether every cell a source can mean here is visible, whatever values they have."""
    name = source.name
    if source.kind == "parameter":
        return True
    if source.kind == "inject":
        return any(m.name == name and _addressed(m.to, viewer) for m in turn.messages)
    if name in catalog.fields:
        field = catalog.fields[name]
        axes = source.axes or field.axes
        found = marked(viewer, field.seen, field.axes, turn.after)
        if found is None:
            return True
        spot = tuple(
            slice(None)
            if axis not in joined
            else min(catalog.roster.index(axis, joined[axis]), found.shape[dim] - 1)
            for dim, axis in enumerate(axes)
        )
        return bool((found[(*spot, 0)] > 0.0).all())
    if name in catalog.decisions:
        decision = catalog.decisions[name]
        by = source.axes[0] if source.axes else decision.by
        if joined.get(by) is not None and joined[by] == viewer.actor:
            return True
        return marked(viewer, decision.seen, decision.slip_axes, turn.after) is None
    return False


def _addressed(to: tuple[str, ...], viewer: Viewer) -> bool:
    names = {viewer.name, viewer.actor or "", "all"} | ({"allies"} if viewer.allied else set())
    return not names.isdisjoint(to)


# what a term came from


def _sources(
    catalog: Catalog, turn: TurnRecord, line: Line, joined: Names, posting: Posting, viewer: Viewer
) -> Iterator[Source]:
    for source in line.of:
        if source.name in catalog.fields and source.kind in ("cell", "order"):
            told = viewer if source.name not in line.releases else WHITE_CELL
            yield from _cells(catalog, turn, source, joined, told)
        elif source.name in catalog.decisions:
            yield from _orders(catalog, turn, source, joined, posting, viewer)
        elif source.kind == "chance":
            yield from _rolled(catalog, turn, source, joined, posting, viewer)
        elif source.kind == "parameter" and _counts(catalog, source, joined):
            declared = catalog.parameters[source.name]
            value = catalog.values[source.name]
            yield Source(
                "parameter",
                source.name,
                f"coefficient {value:g} {declared.unit}: {declared.source}, "
                f"range {declared.low:g} to {declared.high:g}",
            )
        elif source.kind == "ruling":
            ruling = turn.rulings[int(source.name)]
            yield Source("ruling", f"ruling {int(source.name) + 1}", ruling.reason)
        elif source.kind == "inject":
            read = (m.title for m in turn.messages if m.name == source.name and m.title)
            title = next(read, catalog.roster.title("inject", source.name))
            yield Source("inject", source.name, title)


def _counts(catalog: Catalog, source: Origin, bound: Names) -> bool:
    """Whether a source counted for these names (anywhere, on an axis that they lack)."""
    if source.only is None:
        return True
    spot = tuple(
        slice(None) if axis not in bound
        else min(catalog.roster.index(axis, bound[axis]), source.only.shape[dim] - 1)
        for dim, axis in enumerate(source.only_axes)
    )  # fmt: skip
    return bool(source.only[spot].any())


def _cells(
    catalog: Catalog, turn: TurnRecord, source: Origin, joined: Names, viewer: Viewer
) -> Iterator[Source]:
    """The cells of a field that the term read here, as far as the viewer may see them.

    Joined by axis names; cells that are 0 before and after are left out.
    """
    field = catalog.fields[source.name]
    axes = source.axes or field.axes
    options = [(joined[axis],) if axis in joined else catalog.roster.of(axis) for axis in axes]
    for names in product(*options):
        was = turn.before.value(field.name, names)
        now = turn.after.value(field.name, names)
        counted = _counts(catalog, source, {**joined, **dict(zip(axes, names, strict=True))})
        if (was != 0.0 or now != 0.0) and counted and _sees(catalog, viewer, field, names, turn):
            says = words(field.says, catalog.roster, dict(zip(field.axes, names, strict=True)))
            yield Source("cell", cell_name(field.name, names), says)


def _sees(
    catalog: Catalog, viewer: Viewer, field: Field, names: tuple[str, ...], turn: TurnRecord
) -> bool:
    if viewer.is_control:
        return True
    where = tuple(catalog.roster.index(a, n) for a, n in zip(field.axes, names, strict=True))
    return sees_cell(viewer, field, where, turn.after)


def _orders(
    catalog: Catalog,
    turn: TurnRecord,
    source: Origin,
    joined: Names,
    posting: Posting,
    viewer: Viewer,
) -> Iterator[Source]:
    """The orders of a decision that the term read here; how, only for who may know of the order."""
    decision = catalog.decisions[source.name]
    axes = source.axes or decision.slip_axes
    sheets: tuple[Orders, ...] = (turn.orders, turn.control)
    if posting.round:
        sheets = turn.rounds[posting.round - 1 : posting.round]
    seen = set()
    for sheet in sheets:
        for cell, value in sheet.items():
            name, names = cell_of(cell)
            fits = name == decision.name and all(
                joined.get(axis, other) == other for axis, other in zip(axes, names, strict=True)
            )
            if (
                fits
                and cell not in seen
                and _counts(catalog, source, {**joined, **dict(zip(axes, names, strict=True))})
            ):
                seen.add(cell)
                by_axis = dict(zip(decision.slip_axes, names, strict=True))
                says = words(decision.says, catalog.roster, by_axis)
                if knows_order(catalog, turn, viewer, cell):
                    says = order_words(decision, catalog.roster, names, value)
                yield Source("order", cell, says)


def knows_order(catalog: Catalog, turn: TurnRecord, viewer: Viewer, cell: str) -> bool:
    """Whether a viewer may know that an order was given in a turn."""
    name, names = cell_of(cell)
    decision = catalog.decisions[name]
    where = tuple(
        catalog.roster.index(a, n) for a, n in zip(decision.slip_axes, names, strict=True)
    )
    return sees_order(viewer, decision, where, turn.after)


def _rolled(
    catalog: Catalog,
    turn: TurnRecord,
    source: Origin,
    joined: Names,
    posting: Posting,
    viewer: Viewer,
) -> Iterator[Source]:
    """The dice that the term read here; control alone is told of those rolled for others."""
    for roll in turn.rolls:
        if (roll.stage, roll.rule, roll.label) != (posting.stage, posting.rule, source.name):
            continue
        if roll.round != posting.round:
            continue
        axes = source.axes or roll.axes
        if not viewer.is_control and not all(axis in joined for axis in axes):
            return
        options = [(joined[axis],) if axis in joined else catalog.roster.of(axis) for axis in axes]
        for names in product(*options):
            if _counts(catalog, source, {**joined, **dict(zip(axes, names, strict=True))}):
                where = tuple(catalog.roster.index(a, n) for a, n in zip(axes, names, strict=True))
                label = cell_name(f"dice:{source.name}", names)
                yield Source("chance", label, f"a roll of {float(roll.values[where]):.3f}")
        return
