"""The calendar: which turn it is, how long it lasts, and whether the game is over."""

from __future__ import annotations

from exercise.engine.declare import PUBLIC, Field, Rule, Step, Term
from exercise.engine.turn import Turn

TURN = Field(
    "clock.turn", (), unit="turns", high=10_000, seen=PUBLIC, says="How many turns have begun."
)
WEEKS = Field(
    "clock.weeks", (), unit="weeks", high=520, seen=PUBLIC, says="How long this turn lasts."
)
ELAPSED = Field(
    "clock.elapsed", (), unit="weeks", high=10_000, seen=PUBLIC,
    says="How many weeks have passed by the end of this turn.",
)  # fmt: skip
OVER = Field(
    "clock.over", (), unit="yes/no", seen=PUBLIC, says="Whether the exercise has come to its end."
)


def advance(turn: Turn) -> None:
    """The calendar moves on by one turn; rulings on what nothing else moves take effect here."""
    turn.post(TURN, Term("a new turn", turn[TURN] * 0.0 + 1.0, says="A new turn began."))
    turn.post(WEEKS, Term("schedule", turn.weeks - turn[WEEKS], says="The schedule says so."))
    turn.post(ELAPSED, Term("time passes", turn[WEEKS], of=(WEEKS,), says="Time passed."))
    turn.rule_unposted()


RULE = Rule(
    "clock",
    says="Turns have declared, unequal lengths; every rate in the rules is per week.",
    fields=(TURN, WEEKS, ELAPSED, OVER),
    steps=(Step("calendar", advance),),
)
