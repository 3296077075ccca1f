"""Records and worlds that agree on all that is marked visible to a viewer, and on nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product

import attrs
import numpy as np

from exercise.engine.exact import Array, snap
from exercise.engine.ledger import LIMIT, Line, Origin, Posting, Rolled
from exercise.engine.turn import Ruling
from exercise.engine.world import Sheet, World
from exercise.explain.why import _readable
from exercise.record import Catalog, Message, TurnRecord, cell_of
from exercise.sight import Viewer, mask, sees_order
from exercise.view import addressed

Random = np.random.Generator


def release_rows(catalog: Catalog, viewer: Viewer) -> list[int]:
    """The viewer's own row of every release field: it knows what it has been let in on."""
    marked = [m for f in catalog.fields.values() for m in f.seen]
    marked += [m for d in catalog.decisions.values() for m in d.seen]
    rows: list[int] = []
    for name in sorted({mark.name for mark in marked if mark.kind == "released"}):
        axes = catalog.fields[name].axes
        for axis in axes:
            if viewer.actor is not None and catalog.roster.root(axis) == "actor":
                names = [(viewer.actor,) if a == axis else catalog.roster.of(a) for a in axes]
                if viewer.actor in catalog.roster.of(axis):
                    rows += [catalog.layout.row(name, cell) for cell in product(*names)]
    return rows


def hidden_rows(catalog: Catalog, viewer: Viewer, sheet: Sheet) -> Array:
    """A mask over the world's rows: what the viewer may not see, parts of derived fields too."""
    hidden = np.ones(catalog.layout.size, dtype=bool)
    for field in catalog.fields.values():
        found = mask(viewer, field, sheet)
        slot = catalog.layout.slots[field.name]
        seen = np.ones(slot.shape) if found is None else np.broadcast_to(found[..., 0], slot.shape)
        hidden[slot.rows] = ~(seen.reshape(-1) > 0.0)
    hidden[release_rows(catalog, viewer)] = False
    return hidden


def fields_only(catalog: Catalog, hidden: Array) -> Array:
    """Of hidden rows those of fields: a derived field's parts are what other cells made them."""
    found = np.zeros_like(hidden)
    for field in catalog.fields.values():
        rows = catalog.layout.slots[field.name].rows
        found[rows] = hidden[rows]
    return found


@attrs.frozen
class Spans:
    """What values the rows of a column may take, `[rows, 1]` each."""

    low: Array
    high: Array
    reach: Array
    """The highest that is drawn from."""
    truth: Array
    """Whether it is a yes or a no."""
    part: Array
    """Whether it is a part of a derived field: anything it might have been."""


@cache
def spans_of(catalog: Catalog) -> Spans:
    """The spans of a catalog's fields and their parts, row by row."""
    low, high, reach = (np.zeros((catalog.layout.size, 1)) for _ in range(3))
    truth, part = (np.zeros((catalog.layout.size, 1), dtype=bool) for _ in range(2))
    for field in catalog.fields.values():
        rows = catalog.layout.slots[field.name].rows
        low[rows], high[rows] = field.low, field.high
        reach[rows] = min(field.high, field.low + 20.0)
        truth[rows] = field.unit == "yes/no"
        for piece in field.parts:
            part[catalog.layout.slots[f"{field.name}/{piece.name}"].rows] = True
    return Spans(low, high, reach, truth, part)


def other_values(catalog: Catalog, rng: Random, now: Array) -> Array:
    """Another valid value for every row, `[rows, 1]`."""
    spans = spans_of(catalog)
    anywhere = rng.uniform(spans.low, spans.reach)
    corner = np.where(rng.random(now.shape) < 0.5, spans.low, spans.high)
    moved = np.where(rng.random(now.shape) < 0.3, corner, anywhere)
    values = snap(np.where(rng.random(now.shape) < 0.1, now, moved))
    values = np.where(spans.truth, np.floor(rng.uniform(0.0, 2.0, now.shape)), values)
    return np.where(spans.part, snap(now * rng.uniform(0.0, 2.0, now.shape)), values)


def another_world(catalog: Catalog, world: World, hidden: Array, rng: Random) -> World:
    """A world that differs wherever something is hidden."""
    return World.of(world.layout, another_column(catalog, world.column(), hidden, rng))


def another_column(catalog: Catalog, column: Array, hidden: Array, rng: Random) -> Array:
    """The same of a world as a column."""
    values = other_values(catalog, rng, column[:, None])
    return np.where(hidden, values[:, 0], column)


def another_turn(catalog: Catalog, viewer: Viewer, turn: TurnRecord, rng: Random) -> TurnRecord:
    """A turn that agrees with this one on all that the viewer may see of it."""
    hidden = hidden_rows(catalog, viewer, turn.after)
    rows, released = told_on_purpose(catalog, viewer, turn)
    hidden[sorted(rows)] = False
    return TurnRecord(
        turn.number,
        another_world(catalog, turn.before, hidden, rng),
        another_world(catalog, turn.after, hidden, rng),
        tuple(_posting(catalog, viewer, turn, p, hidden, rng) for p in turn.postings),
        tuple(r if r.label in released else _roll(r, rng) for r in turn.rolls),
        orders=_orders(catalog, viewer, turn, turn.orders, released, rng),
        rounds=tuple(_orders(catalog, viewer, turn, acts, released, rng) for acts in turn.rounds),
        control={"scenario.cue[cable]": -1.0},
        rulings=(Ruling("domestic.support", ("dorvik",), float(rng.random()), "another reason"),)
        * 9,
        messages=_messages(viewer, turn, rng),
    )


def _posting(
    catalog: Catalog, viewer: Viewer, turn: TurnRecord, posting: Posting, hidden: Array, rng: Random
) -> Posting:
    """The same to whoever may read it: other amounts and sources where the viewer may not."""
    field = catalog.fields[posting.field]
    slot = catalog.layout.slots[field.name]
    unseen = hidden[slot.rows].reshape(slot.shape)
    lines = [_line(catalog, viewer, turn, posting, line, unseen, rng) for line in posting.lines]
    noise = snap(rng.uniform(-1.0, 1.0, slot.shape))
    lines.append(Line(LIMIT, field.axes, noise, says="It is at its limit."))
    if field.kind != "derived":  # of a derived field all parts are told, or none
        secret = (Origin("ruling", "0"),)
        lines.insert(0, Line("secret", field.axes, snap(noise * 0.5), secret, "Nobody knows."))
    return attrs.evolve(posting, lines=tuple(lines))


def _line(
    catalog: Catalog,
    viewer: Viewer,
    turn: TurnRecord,
    posting: Posting,
    line: Line,
    unseen: Array,
    rng: Random,
) -> Line:
    """A line whose entries are other ones wherever the viewer may not read them."""
    amounts = line.amounts.copy()
    width = len(catalog.fields[posting.field].axes)
    some = [tuple(int(rng.integers(n)) for n in amounts.shape) for _ in range(3)]
    spots = {tuple(int(k) for k in spot) for spot in np.argwhere(amounts != 0.0)}
    for spot in sorted(spots | set(some)) if amounts.size else ():
        joined = {a: catalog.roster.of(a)[k] for a, k in zip(line.axes, spot, strict=True)}
        told = line.name != LIMIT and _readable(catalog, turn, viewer, line, joined, posting)
        if unseen[spot[:width]] or not told:
            amounts[spot] = snap(rng.uniform(-1.0, 1.0)) * (rng.random() < 0.7)
    return attrs.evolve(line, amounts=amounts)


def told_on_purpose(
    catalog: Catalog, viewer: Viewer, turn: TurnRecord
) -> tuple[set[int], set[str]]:
    """What terms release to this viewer: rows of cells, and names of decisions and rolls."""
    rows: set[int] = set()
    names: set[str] = set()
    for posting in turn.postings:
        for line in posting.lines:
            names.update(line.releases)
            for spot in np.argwhere(line.amounts != 0.0) if line.releases else ():
                joined = {
                    a: catalog.roster.of(a)[int(k)] for a, k in zip(line.axes, spot, strict=True)
                }
                if _readable(catalog, turn, viewer, line, joined, posting):
                    for source in line.of:
                        if source.name in line.releases and source.name in catalog.fields:
                            rows.update(_meant(catalog, source, joined))
    return rows, names


def _meant(catalog: Catalog, source: Origin, joined: Mapping[str, str]) -> Iterator[int]:
    axes = source.axes or catalog.fields[source.name].axes
    options = [(joined[a],) if a in joined else catalog.roster.of(a) for a in axes]
    for names in product(*options):
        yield catalog.layout.row(source.name, names)


def _roll(roll: Rolled, rng: Random) -> Rolled:
    return attrs.evolve(roll, values=rng.random(roll.values.shape))


def _orders(
    catalog: Catalog,
    viewer: Viewer,
    turn: TurnRecord,
    orders: Mapping[str, float],
    released: set[str],
    rng: Random,
) -> dict[str, float]:
    """The orders the viewer may know of, some of the others, and others that were never given."""
    kept = {}
    for cell, value in orders.items():
        name, names = cell_of(cell)
        decision = catalog.decisions[name]
        where = tuple(
            catalog.roster.index(a, n) for a, n in zip(decision.slip_axes, names, strict=True)
        )
        if name in released or sees_order(viewer, decision, where, turn.after):
            kept[cell] = value
    for decision in catalog.decisions.values():
        sizes = [len(catalog.roster.of(axis)) for axis in decision.slip_axes]
        if rng.random() < 0.5 or not all(sizes) or decision.name in released:
            continue
        where = tuple(int(rng.integers(size)) for size in sizes)
        if not sees_order(viewer, decision, where, turn.after):
            names = [
                catalog.roster.of(a)[k] for a, k in zip(decision.slip_axes, where, strict=True)
            ]
            kept[f"{decision.name}[{','.join(names)}]"] = 1.0
    return kept


def _messages(viewer: Viewer, turn: TurnRecord, rng: Random) -> tuple[Message, ...]:
    """What reached the viewer, and other things that reached others; numbered otherwise."""
    found: list[Message] = []
    for count, message in enumerate(turn.messages):
        if addressed(message.to, viewer):
            found.append(attrs.evolve(message, seq=message.seq + 17 + count if message.seq else 0))
        if rng.random() < 0.5:
            found.append(Message(f"secret-{count}", turn.number, ("nobody",), "x", "y", "z"))
    return tuple(found)
