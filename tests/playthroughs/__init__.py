"""Whole games in words, one for each shipped scenario: what a change of the rules changes in play.

Written anew by `python -m tests.playthroughs`; read the difference before committing it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import attrs

from exercise.cli.headless import turn_text
from exercise.desk import ControlDesk
from exercise.explain.naming import named
from exercise.orders import Order, say
from exercise.outcome import standing
from exercise.record import Orders, cell_of
from exercise.save.journal import MemoryJournal, open_salts
from exercise.saved import create
from exercise.scenario.facts import facts_of
from exercise.scenario.load import shipped
from exercise.session import Session
from exercise.sight import WHITE_CELL
from exercise.view import view_of
from tests.scenarios import loaded

FOLDER = Path(__file__).parent
SEED = 1
SCENARIOS = tuple(shipped())


def told(name: str) -> str:
    """A game of a shipped scenario by bots, as text."""
    session = create(loaded(name), MemoryJournal(salts=open_salts), seed=SEED)
    lines = [f"{session.exercise.scenario.title}, seed {SEED}, all seats bots"]
    while session.stage != "over":
        session.resolve()
        session.publish()
        lines += ["", *_turn(session)]
        session.open()
    ending = ControlDesk(session).ending()
    assert ending is not None
    lines += ["", f"It ended: {ending.outcome} {ending.says}".rstrip()]
    for goal, state in standing(session.exercise, session.record)["objectives"].items():
        lines.append(f"  {'met' if state['met'] else 'not met':8}{goal} ({state['measure']:.3f})")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _turn(session: Session) -> Iterator[str]:
    turn = session.record.last
    view = view_of(session.record, WHITE_CELL, turn, facts_of(session.exercise))
    yield from turn_text(attrs.asdict(view)).splitlines()
    for number, acts in enumerate(turn.rounds, start=1):
        yield from (f"  round {number}: {line}" for line in _orders(session, acts))
    yield from (f"  ordered: {line}" for line in _orders(session, turn.orders))


def _orders(session: Session, orders: Orders) -> Iterator[str]:
    roster = named(session.record.catalog, WHITE_CELL, session.record.last).roster
    for cell, value in orders.items():
        name, names = cell_of(cell)
        decision = session.ruleset.decisions[name]
        level = next((k for k, v in decision.levels.items() if abs(v - value) < 1e-6), "")
        order = Order(name, names[0], names[1:], value, level)
        yield f"{roster.title('actor', names[0])}: {say(order, decision, roster)}"
