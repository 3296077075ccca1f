"""Why an adversary chose what it chose, in words: its odds, what moved them, what it believes.

All of it comes from what the adversary's own module keeps on record for control.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from exercise.engine.declare import Field
from exercise.engine.roster import cell_name
from exercise.errors import UsageError
from exercise.explain.why import why, words
from exercise.record import Record, TurnRecord
from exercise.sight import WHITE_CELL
from exercise.view import banded

CHOSE, ODDS, FOCUS = "adversary.act", "adversary.considered", "adversary.intent"
BELIEFS = (
    "adversary.seen_credibility", "adversary.seen_cohesion", "adversary.caught",
    "adversary.sated", "adversary.stake", "adversary.risk",
)  # fmt: skip
CAUSES = 3
"""What moved the odds: as many as can be taken in."""
SLIGHT = 0.01


@attrs.frozen
class Reason:
    """A sentence about an adversary's mind, and the cell that can be asked why."""

    says: str
    cell: str
    turn: int | None = None
    """The turn to ask about; None for the results."""
    amount: float | None = None
    heading: bool = False


def reasoning(record: Record) -> tuple[Reason, ...]:
    """What every adversary chose in the record's last turn, and why."""
    roster = record.catalog.roster
    found: list[Reason] = []
    for actor in roster.of("adversary"):
        for theatre in roster.of("theatre"):
            found += _theatre(record, actor, theatre)
        found.append(Reason(f"What {roster.title('adversary', actor)} believes", "", heading=True))
        found += _beliefs(record, actor)
    return tuple(found)


def _theatre(record: Record, actor: str, theatre: str) -> Iterator[Reason]:
    """What it chose in one theatre, how likely that was, and what had moved the odds."""
    turn, catalog = record.last, record.catalog
    roster, level = catalog.roster, catalog.roster.of("level")
    at = (roster.index("adversary", actor), roster.index("theatre", theatre))
    chosen = int(turn.after[CHOSE].data[(*at, 0)])
    odds = [float(x) for x in turn.before[ODDS].data[(*at, slice(None), 0)]]
    who, where = roster.title("adversary", actor), roster.title("theatre", theatre)
    focus = "presses there" if turn.after[FOCUS].data[(*at, 0)] > 0 else "looks elsewhere"
    yield Reason(
        f"{who} in {where}: {_rung(roster.title('level', level[chosen]))}", "", heading=True
    )
    yield Reason(f"It {focus}, and chose: {_rung(roster.title('level', level[chosen]))}.",
                 cell_name(CHOSE, (actor, theatre)))  # fmt: skip
    others = sorted(
        ((p, k) for k, p in enumerate(odds) if k != chosen and p > SLIGHT), reverse=True
    )
    told = ", ".join(f"{_rung(roster.title('level', level[k]))} {p:.0%}" for p, k in others)
    yield Reason(
        f"By the published formula that was {_likely(odds[chosen])}"
        + (f"; {told}." if told else "."),
        cell_name(ODDS, (actor, theatre, level[chosen])), turn.number - 1 or None,
    )  # fmt: skip
    yield from _moved(record, cell_name(ODDS, (actor, theatre, level[chosen])))


def _likely(chance: float) -> str:
    """A chance in words; what is rare is not nothing, what is nearly sure not certain."""
    whole = round(chance * 100)
    if 0 < whole < 100:
        return f"{whole}% likely"
    return "less than 1% likely" if whole == 0 else "more than 99% likely"


def _moved(record: Record, cell: str) -> Iterator[Reason]:
    """What had moved the odds of its choice in the turn before."""
    before = record.last.number - 1
    if before < 1:
        return
    try:
        terms = why(record, WHITE_CELL, cell, before).terms
    except UsageError:
        return
    for term in sorted(terms, key=lambda one: -abs(one.amount))[:CAUSES]:
        if abs(term.amount) > SLIGHT:
            yield Reason(term.says, cell, before, term.amount)


def _beliefs(record: Record, actor: str) -> Iterator[Reason]:
    """What it believed when it decided: the allies' unity and word, its own appetite."""
    for name in BELIEFS:
        field = record.catalog.fields.get(name)
        if field is None:
            continue
        if field.axes == ("adversary",):
            yield _belief(record, record.last, field, (actor,))
        else:
            for theatre in record.catalog.roster.of("theatre"):
                yield _belief(record, record.last, field, (actor, theatre))


def _belief(record: Record, turn: TurnRecord, field: Field, names: tuple[str, ...]) -> Reason:
    roster = record.catalog.roster
    where = tuple(roster.index(a, n) for a, n in zip(field.axes, names, strict=True))
    value = float(turn.before[field.name].data[(*where, 0)])
    says = words(field.says, roster, dict(zip(field.axes, names, strict=True)))
    told = f"{banded(field, value)} {value:.2f}".strip()
    return Reason(
        f"{says.rstrip('.')}: {told}", cell_name(field.name, names), turn.number - 1 or None
    )


def _rung(title: str) -> str:
    return title.replace("-", " ")
