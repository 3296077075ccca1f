"""The verdict on a text: the chair declares, silence runs out, a text lapses; who is then bound.

A text is adopted if its forum's protocol says so. Members who went along freely are bound to
nearly all of their part, those who were pressed to less, those who were outvoted to less still;
who abstained, reserved its position or does not sit in the forum is not bound.
"""

from __future__ import annotations

import attrs

from exercise.engine.cells import Cells, maximum, none
from exercise.engine.declare import Joined, Only, Term
from exercise.engine.kept import kept
from exercise.engine.turn import Turn
from exercise.rules.council.chair import DECLARE, RELEASE
from exercise.rules.council.decisions import JOIN, RESERVE, WITHHOLD
from exercise.rules.council.effects import set_strategy
from exercise.rules.council.fields import (
    ADOPTED,
    AGE,
    ASSETS,
    BALLOT,
    BRACKET,
    BROKEN,
    CONSENT,
    DROPPED,
    FAILED,
    IN_FORCE,
    JOINED,
    OBJECTION,
    PRESSED,
    PUT,
    RESERVATION,
    SILENCE,
    SOFT,
    TABLED,
    WITHHELD,
)
from exercise.rules.council.forums import BEFORE, PRESIDES, SHARE, SITS, SPONSOR
from exercise.rules.council.mandates import AGREED, COALITION, STRATEGY
from exercise.rules.council.parameters import FREE, OUTVOTED, PATIENCE, UNDER_PRESSURE
from exercise.rules.council.protocols import Positions, passes, positions
from exercise.rules.council.texts import gathered, on_clauses, weights

HOURS_A_WEEK = 168.0

SESSION = (
    SPONSOR, BEFORE, SOFT, DROPPED, RESERVATION, BALLOT, BROKEN, PRESSED, JOINED, WITHHELD, ASSETS,
)  # fmt: skip
"""The stocks that change in rounds alone."""


@attrs.frozen
class Outcome:
    """What is decided in one step: masks over [motion], each with what it came from."""

    adopted: Cells
    adopted_by: tuple[object, ...]
    failed: Cells
    failed_by: tuple[object, ...]
    unput: Cells
    """No longer put, yet still on the table: silence was broken, or ran out on an objection."""
    unput_by: tuple[object, ...]
    hours: Cells
    """How much of a running silence went by."""


def declare(turn: Turn) -> None:
    """What was put before this round is decided if the chair declares; a break ends silence."""
    asked = (turn.order(DECLARE) * turn[PRESIDES]).max("ally") * turn[PUT] * turn[TABLED]
    broken = (turn[SITS] * turn[BROKEN]).max("ally") * (turn[SILENCE] > 0.0)
    if none(asked | broken):
        return
    at = positions(turn)
    good = passes(turn, at) if not none(asked) else asked
    adopted = asked * good
    failed = asked * (1.0 - good) * at.voting
    unput = broken * (1.0 - adopted) * (1.0 - failed)
    by, still = (Joined(DECLARE, "ally@chair", "motion"),), turn.zeros("motion")
    _record(turn, at, Outcome(adopted, by, failed, by, unput, (BROKEN,), still))


def hear_control(turn: Turn) -> None:
    """What only seats' acts change is open to control's rulings once, as the session closes."""
    for field in SESSION:
        turn.post(field)


def close_session(turn: Turn) -> None:
    """At the end of the session silence runs on or out, and what lay too long lapses."""
    at = positions(turn)
    silence, tabled, age = turn[SILENCE], turn[TABLED], turn[AGE]
    running = (silence > 0.0) * tabled
    spent = running * turn.weeks * HOURS_A_WEEK
    out = running * (silence <= spent)
    good = passes(turn, at) if not none(out) else out
    adopted = out * good
    lapsed = tabled * (age >= turn[PATIENCE]) * (1.0 - adopted)
    unput = out * (1.0 - good) * (1.0 - lapsed)
    hours = running * (1.0 - out) * (1.0 - lapsed) * spent
    turn.post(
        AGE,
        Term("time passes", tabled * (1.0 - lapsed) * (1.0 - adopted) * turn.weeks, of=(TABLED,),
             says="It lay on the table."),
    )  # fmt: skip
    by = (SILENCE,)
    _record(turn, at, Outcome(adopted, by, lapsed, (AGE, PATIENCE), unput, by, hours))


def _record(turn: Turn, at: Positions, what: Outcome) -> None:
    """Write down an outcome: the text's standing, who is bound, and a clean slate."""
    if none(what.adopted):
        for field in (CONSENT, STRATEGY, AGREED):
            turn.post(field)
    else:
        _bind(turn, at, what.adopted, what.adopted_by)
        set_strategy(turn, what.adopted, what.adopted_by)
    strength, in_force = _text(turn), turn[IN_FORCE]
    turn.post(ADOPTED, *_both(what, 1.0 - turn[ADOPTED], 0.0))
    turn.post(FAILED, *_both(what, 0.0, 1.0 - turn[FAILED]))
    turn.post(
        IN_FORCE,
        Term("adopted", what.adopted * (strength - in_force), of=(*what.adopted_by, SHARE),
             says="It was adopted with the clauses that stood."),
    )  # fmt: skip
    tabled, put, silence = turn[TABLED], turn[PUT], turn[SILENCE]
    turn.post(TABLED, *_cleared(what, tabled))
    ended = Term(
        "silence ended", -(what.unput * put), of=what.unput_by, says="Silence was not kept."
    )
    turn.post(PUT, *_cleared(what, put), ended)
    ended = attrs.evolve(ended, delta=-(what.unput * silence))
    passed = Term("time passes", -what.hours, of=(SILENCE,), says="Time passed.")
    turn.post(SILENCE, *_cleared(what, silence), ended, passed)
    bracket, share = turn[BRACKET], turn[SHARE]
    good = attrs.evolve(
        what,
        adopted=on_clauses(share, what.adopted),
        failed=on_clauses(share, what.failed),
        adopted_by=tuple(Only(source, share * what.adopted) for source in what.adopted_by),
        failed_by=tuple(Only(source, share * what.failed) for source in what.failed_by),
    )
    turn.post(BRACKET, *_cleared(good, bracket))
    turn.post(OBJECTION, *_cleared(what, turn[OBJECTION]))


def _both(what: Outcome, if_adopted: Cells | float, if_failed: Cells | float) -> tuple[Term, Term]:
    """What adoption and failure each do to a field."""
    return (
        Term("adopted", what.adopted * if_adopted, of=what.adopted_by, says="It was adopted."),
        Term("failed", what.failed * if_failed, of=what.failed_by, says="It failed."),
    )


def _cleared(what: Outcome, now: Cells) -> tuple[Term, Term]:
    """What adoption and failure each take away."""
    return (
        Term("adopted", -(what.adopted * now), of=what.adopted_by, says="It was adopted."),
        Term("failed", -(what.failed * now), of=what.failed_by, says="It failed."),
    )


def _text(turn: Turn) -> Cells:
    """The strength of each text once brackets have fallen: [motion]."""
    share = turn[SHARE]
    return _strength(share, weights(share), turn[DROPPED], turn[SOFT])


@kept
def _strength(share: Cells, weight: Cells, dropped: Cells, soft: Cells) -> Cells:
    return gathered(share, weight * ((1.0 - dropped) * (1.0 - soft * 0.5)))


def _bind(turn: Turn, at: Positions, adopted: Cells, by: tuple[object, ...]) -> None:
    """Who is bound by what was adopted, and how firmly; earlier volunteers keep their word."""
    consent, pressed = turn[CONSENT], turn[PRESSED] > 0.0
    unbound = turn[RESERVATION] | at.abstains
    silent = at.voting * (1.0 - at.yes) * at.sits
    outvoted = (at.against | silent) & ~unbound
    asked = adopted * at.sits * (1.0 - turn[JOINED])
    with_it = asked * (1.0 - outvoted) * (1.0 - unbound)
    turn.post(
        CONSENT,
        Term("agreed freely", with_it * (1.0 - pressed) * (turn[FREE] - consent),
             of=(*by, FREE), says="{ally} went along freely."),
        Term("agreed under pressure", with_it * pressed * (turn[UNDER_PRESSURE] - consent),
             of=(*by, PRESSED, UNDER_PRESSURE), says="{ally} gave way to pressure."),
        Term("outvoted", asked * outvoted * at.voting * (turn[OUTVOTED] - consent),
             of=(*by, OUTVOTED), says="{ally} was outvoted."),
        Term("overridden", asked * outvoted * (1.0 - at.voting) * (turn[OUTVOTED] - consent),
             of=(*by, OUTVOTED), says="{ally} was overridden."),
        Term("not bound", -(asked * unbound * consent), of=(*by, RESERVATION, BALLOT),
             says="{ally} is not bound."),
    )  # fmt: skip


def gather(turn: Turn) -> None:
    """The willing join and leave; reservations on what is in force are lifted or entered."""
    adopted, failed, joined, consent = turn[ADOPTED], turn[FAILED], turn[JOINED], turn[CONSENT]
    order = turn.order(JOIN)
    free = turn[FREE]
    joins = order.equals(1.0) * (adopted | failed) * (1.0 - joined)
    leaves = order.equals(2.0) * joined
    reserve = turn.order(RESERVE) * turn[SITS] * adopted
    lifts = reserve.equals(2.0) * (1.0 - joins) * (1.0 - joined) * (consent.equals(0.0))
    turn.post(
        JOINED,
        Term("joins", joins, of=(JOIN,), says="{ally} joined of its own will."),
        Term("leaves", -leaves, of=(JOIN,), says="{ally} left."),
    )
    turn.post(
        CONSENT,
        Term("joins", joins * maximum(0.0, free - consent), of=(JOIN, FREE),
             says="{ally} joined of its own will."),
        Term("leaves", -leaves * consent, of=(JOIN,), says="{ally} left."),
        Term("lifts", lifts * free, of=(RESERVE, FREE), says="{ally} lifted its reservation."),
    )  # fmt: skip
    withheld = turn[WITHHELD]
    hold = turn.order(WITHHOLD) * turn[SITS]
    turn.post(
        WITHHELD,
        Term("withholds", hold.equals(1.0) * (1.0 - withheld), of=(WITHHOLD,),
             says="{ally} withholds common assets."),
        Term("releases", -(hold.equals(2.0) * withheld), of=(WITHHOLD,),
             says="{ally} lets common assets go."),
    )  # fmt: skip


def release(turn: Turn) -> None:
    """Common assets come with adoption; a coalition has them if nobody in the forum withholds."""
    assets = turn[ASSETS]
    adopted = turn[ADOPTED]
    refused = (turn[SITS] * turn[WITHHELD]).max("ally")
    wanted = (turn.order(RELEASE) * turn[PRESIDES]).max("ally") * turn[COALITION]
    granted = wanted * (1.0 - refused) * (1.0 - adopted)
    turn.post(
        ASSETS,
        Term("adopted", adopted * (1.0 - assets), of=(ADOPTED,), says="It was adopted."),
        Term("released", granted * (1.0 - assets), of=(RELEASE,),
             says="No member withheld them."),
    )  # fmt: skip
