"""What arrives as a turn opens because control has planned it so.

Injects whose time control has changed are fired or held as inputs of the turn; those that it
wrote arrive on their day; a contingency is armed when what was expected has not come. All of it
is written to the journal before the turn is played, so that it is taken up again as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import numpy as np

from exercise.engine.exact import on_grid
from exercise.engine.turn import Inputs, Turn, begin
from exercise.errors import ScenarioError
from exercise.room.cards import Card, Expectation
from exercise.scenario.conditions import Condition, compile_condition
from exercise.scenario.injects import Cue

if TYPE_CHECKING:
    from exercise.session import Session

EDGE = 1e-6
"""Days are compared with as much slack as the rules give them."""


@attrs.frozen(eq=False)
class Window:
    """The exercise time that a turn covers, in weeks from the start, and how things stand then."""

    start: float
    end: float
    turn: Turn

    def holds(self, at: float) -> bool:
        """Whether a time lies in the turn."""
        return self.start <= at + EDGE < self.end

    def passed(self, at: float) -> bool:
        """Whether a time lies before the turn."""
        return at + EDGE < self.start


def window(session: Session, weeks: float | None) -> Window:
    """The next turn's, its calendar moved and nothing else."""
    turn = begin(
        session.ruleset, session.record.last.after, session.dice, inputs=Inputs(weeks=weeks)
    )
    turn.calendar()
    end = float(turn.world["clock.elapsed"].data[0])
    return Window(end - float(turn.world["clock.weeks"].data[0]), end, turn)


def arrive(session: Session, weeks: float | None) -> None:
    """Write down what control's plan brings as the turn opens."""
    msel = session.shelves.msel
    if not any(card.planned or card.own or card.expects for card in msel.cards.values()):
        return
    now = window(session, weeks)
    for card in list(msel.cards.values()):
        if card.expects is not None and _missed(session, card.expects, now):
            session.note("inject_armed", {"inject": card.expects.then, "of": card.name})
    for index, cue in enumerate(session.exercise.cues):
        card = msel.card(cue.name)
        if card.planned and now.turn.world["scenario.fired"].data[index, 0] <= 0:
            _cue(session, card, cue, now, bool(now.turn.world["scenario.held"].data[index, 0] > 0))
    for card in msel.own():
        if not card.came_in and not card.waits and own_due(card, now):
            come(session, card.name)


def come(session: Session, name: str) -> None:
    """Let one of control's own arrive now."""
    called = session.shelves.msel.name_now(name, session.number)
    session.note("inject_came", {"inject": name, "called": called})


def _cue(session: Session, card: Card, cue: Cue, now: Window, held: bool) -> None:
    """Fire or hold one of the scenario's, as its card says."""
    act = "fire" if not card.waits and due(card, cue, now) else "hold"
    if act == "fire" or not held:
        session.pending.control[f"scenario.cue[{cue.name}]"] = 1.0 if act == "fire" else -1.0
        session.note("cue", {"inject": cue.name, "act": act, "by": "plan"})


def due(card: Card, cue: Cue, now: Window) -> bool:
    """Whether one of the scenario's injects comes in a turn, by its card."""
    if not (cue.enabled if card.enabled is None else card.enabled):
        return False
    at = card.at if card.moved else cue.offset
    if at is not None and not now.holds(at) and not (card.armed and now.passed(at)):
        return False
    if cue.condition is not None:
        return holds(cue.condition, now.turn) is not cue.negated
    return at is not None or card.armed


def own_due(card: Card, now: Window) -> bool:
    """Whether one of control's own comes in a turn."""
    if card.at is None:
        return card.armed
    return now.holds(card.at) or (card.armed and now.passed(card.at))


def holds(condition: Condition, turn: Turn) -> bool:
    """Whether a condition holds in the live game."""
    return bool(np.all(condition.evaluate(turn.world)))


def _missed(session: Session, expects: Expectation, now: Window) -> bool:
    """Whether an expected action has not come by its deadline, and its contingency not armed."""
    if expects.came is not None or now.start + EDGE < expects.by:
        return False
    if session.shelves.msel.card(expects.then).armed:
        return False
    condition = condition_of(session, expects.unless)
    return condition is None or not holds(condition, now.turn)


def condition_of(session: Session, text: str) -> Condition | None:
    """A condition that control typed, compiled; None where there is none, or it was withdrawn."""
    if not text:
        return None
    try:
        return compile_condition(text, session.exercise.lookup, file="", line=1, column=1)
    except (LookupError, ScenarioError):
        return None


def weeks_at(session: Session, day: str) -> float | None:
    """Weeks from the start to a day or date as people write it; None where it is neither."""
    at = session.exercise.calendar.offset(day)
    return None if at is None else on_grid(at)
