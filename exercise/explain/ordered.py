"""Why was this ordered? Who did it and when, why they say so, and what it took.

An order is where a chain of causes ends in a decision. It is told as an explanation like any
other, without amounts, as far as the viewer may know of the order; why somebody else gave it is
told to control alone, unless it was done in writing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from exercise.engine.declare import CONTROL_SEAT, Decision
from exercise.engine.roster import cell_name
from exercise.errors import UsageError
from exercise.explain.naming import named
from exercise.explain.typed import Typed
from exercise.explain.why import Because, Source, Why, find_cell, knows_order, order_words
from exercise.eyes import PURSES
from exercise.record import Orders, Record, TurnRecord, cell_of
from exercise.sight import Viewer, sees_cell

ORDERED, REASON, COST = "ordered", "reason", "cost"
"""What each line of the explanation of an order tells."""
IN_WRITING = ("council.break_silence",)
"""Acts that are done in writing: whoever knows of one has read why."""


@attrs.frozen
class _Found:
    """Where an order stands: the turn, its value, and the round of the council (0: a slip)."""

    turn: int
    value: float
    round: int = 0


def why_ordered(
    record: Record,
    viewer: Viewer,
    cell: str,
    number: int | None = None,
    *,
    typed: Mapping[int, Typed],
    published: int | None = None,
) -> Why:
    """Who gave an order, why, and what it took; raises `UsageError` where that is not told.

    Turns after the last `published` one are under way: their record still holds the orders of
    the turn before, and their rounds come after that turn's.
    """
    name, _ = cell_of(cell)
    turn = record.last if number is None else record.turn(number)
    found = _found(record, turn, cell, record.last.number if published is None else published)
    if found is None or not knows_order(record.catalog, turn, viewer, cell):
        raise UsageError(
            f"who decided this in turn {turn.number}, and why, is not known here",
            "ask control, or of another turn",
        )
    catalog = named(record.catalog, viewer, turn)
    told = typed.get(found.turn, Typed({}, {}))
    names = cell_of(cell)[1]
    title = order_words(catalog.decisions[name], catalog.roster, names, found.value)
    terms = tuple(_terms(record, viewer, cell, found, told))
    return Why(cell, found.turn, title, 0.0, 0.0, terms, kind="order")


def _found(record: Record, turn: TurnRecord, cell: str, published: int) -> _Found | None:
    """The latest order for a cell up to a turn's record."""
    if turn.number <= published:
        return _held(turn.number, turn.rounds, turn.orders, turn.control, cell)
    before = record.turn(published)
    own = turn.rounds[len(before.rounds) + 1 :]
    control = {c: v for c, v in turn.control.items() if c not in before.control}
    return _held(turn.number, own, {}, control, cell) or _held(
        published, before.rounds, before.orders, before.control, cell
    )


def _held(
    number: int, rounds: tuple[Orders, ...], orders: Orders, control: Orders, cell: str
) -> _Found | None:
    for sheet in (orders, control):
        if cell in sheet:
            return _Found(number, sheet[cell])
    for place in range(len(rounds), 0, -1):
        if cell in rounds[place - 1]:
            return _Found(number, rounds[place - 1][cell], place)
    return None


def _terms(
    record: Record, viewer: Viewer, cell: str, found: _Found, typed: Typed
) -> Iterator[Because]:
    decision = record.catalog.decisions[cell_of(cell)[0]]
    if decision.by == CONTROL_SEAT:
        yield Because(ORDERED, 0.0, (), f"Control did it in turn {found.turn}.")
        return
    actor = cell_of(cell)[1][0]
    title = record.catalog.roster.title("actor", actor)
    bot = _by_bot(actor, found, typed)
    yield Because(ORDERED, 0.0, (), _who(title, found, bot))
    told = viewer.is_control or viewer.actor == actor or decision.name in IN_WRITING
    yield Because(REASON, 0.0, (), _reason(told, bot, typed.reasons.get(cell, "")))
    yield Because(COST, 0.0, tuple(_purses(record, viewer, decision, actor, found)),
                  f"It took: {cost_words(decision)}.")  # fmt: skip


def _by_bot(actor: str, found: _Found, typed: Typed) -> bool:
    if found.round:
        return typed.rounds[found.round - 1 : found.round] in ((), ("",))
    return actor in typed.defaulted or not typed.sealed


def _who(title: str, found: _Found, bot: bool) -> str:
    where = f"in the council of turn {found.turn}" if found.round else f"in turn {found.turn}"
    if bot:
        return f"{title}'s bot did it {where}, by the published formulas."
    return f"{title} did it {where}." if found.round else f"{title} sealed it {where}."


def _reason(told: bool, bot: bool, reason: str) -> str:
    if bot:
        return "A bot gives no reason; its formulas are in the reference."
    if not told:
        return "Why it did so is not disclosed to you."
    return f"Because: {reason}" if reason else "Nobody wrote down why."


def _purses(
    record: Record, viewer: Viewer, decision: Decision, actor: str, found: _Found
) -> Iterator[Source]:
    """The purses it was paid from, where the viewer may see them."""
    world = record.turn(min(found.turn, record.last.number)).after
    prices = {"staff": decision.cost.staff, "capital": decision.cost.capital}
    for currency, price in prices.items():
        if price and PURSES[currency] in record.catalog.fields and decision.by == "ally":
            cell = cell_name(PURSES[currency], (actor,))
            field, _, where = find_cell(record.catalog, cell)
            if sees_cell(viewer, field, where, world):
                yield Source("cell", cell, f"{price:g} of its {CURRENCIES[currency]}")


CURRENCIES = {"staff": "staff points", "capital": "political capital"}
"""What people call what an actor has to spend."""


def cost_words(decision: Decision) -> str:
    """What an order costs, in words."""
    parts = []
    if decision.cost.staff:
        parts.append(f"{decision.cost.staff:g} staff")
    if decision.cost.capital:
        parts.append(f"{decision.cost.capital:g} political capital")
    if decision.cost.money:
        parts.append(f"{decision.cost.money / 100:g}% of GDP")
    return ", ".join(parts) or "free"
