"""A table to talk at: four states, a press seat, a second umpire, and no rules."""

from __future__ import annotations

from exercise.save.journal import Journal, MemoryJournal, open_salts
from exercise.saved import create
from exercise.session import Session
from tests.scenarios import loaded_text

TABLE = """\
title: The cable
summary: A morning around a table.
rules: none
start: 2031-05-05
turns: {morning: {weeks: [1, 1, 2]}}
actors:
  aurland: {name: Aurland}
  brennia: {name: Brennia}
  calder: {name: Calder}
  karsk: {name: Karsk, role: adversary}
seats:
  aurland: {actor: aurland}
  brennia: {actor: brennia}
  calder: {actor: calder}
  karsk: {actor: karsk}
  press: {name: The press, sees: public}
  umpire: {name: Second umpire, sees: control}
injects:
  cut: {name: A cable is cut, at: D, from: Coast guard, to: [aurland], text: A ship dragged it.}
  headline: {name: Dark coast, at: D, from: Morning Post, method: press, text: Lights are out.}
questions:
  - {text: Whom do you ask?, to: [aurland]}
"""
SEATS = ("aurland", "brennia", "calder", "karsk", "press")


def table(journal: Journal | None = None) -> Session:
    """The exercise in its first turn, people in all seats."""
    exercise = loaded_text(TABLE, file="table.yaml")
    kept = journal if journal is not None else MemoryJournal(salts=open_salts)
    return create(exercise, kept, seed=1, people=SEATS)


def next_turn(session: Session) -> None:
    """Publish the turn and open the next."""
    session.resolve()
    session.publish()
    session.open()
