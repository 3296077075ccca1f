"""What an adversary's orders become, and what it makes of the alliance from public signs."""

from __future__ import annotations

from exercise.engine.cells import maximum, minimum, ratio
from exercise.engine.declare import PUBLIC, Term
from exercise.engine.turn import Turn
from exercise.rules.adversary.declared import (
    ACT,
    CAP,
    COURT,
    CUT,
    DO,
    DONE,
    INTENT,
    OFFER,
    PRESS,
    SHOWN,
    TARGET,
    TEMPT,
    WITHHOLD,
)
from exercise.rules.adversary.ladder import ACTS, COVERT, RUNG_OF, STEPS_UP


def act(turn: Turn) -> None:
    """Orders become what is done; the rung moves down by one at most, up within its reach."""
    did = turn.order(DO) > 0.0
    rung, level = turn.each("act", RUNG_OF), turn["deterrence.level"]
    top = (did * (rung + 1.0)).max("act") - 1.0
    ordered = top >= 0.0
    highest = minimum(level + turn[STEPS_UP], turn[CAP])
    chosen = minimum(maximum(top, level - 1.0), highest)
    leading = did & (rung >= top)
    shares = ratio(leading, leading.sum("act"))
    turn.post(
        ACT,
        Term("chosen", shares * (chosen - turn[ACT]), of=(DO,),
             says="{adversary} chose this for {theatre}: {act}."),
        Term("carried on", ~ordered * (level - turn[ACT]), of=("deterrence.level",),
             says="{adversary} gave no order for {theatre} and carried on."),
    )  # fmt: skip
    change = ordered * (did - turn[DONE])
    turn.post(DONE, Term("ordered", change, of=(DO,), says="{adversary} ordered it."))
    overt = turn.each("act", {name: float(name not in COVERT) for name in ACTS})
    turn.post(
        SHOWN,
        Term("in the open", ordered * (did * overt - turn[SHOWN]), of=(DO,), seen=(PUBLIC,),
             releases=(DO.name,), says="It is there for all to see."),
    )  # fmt: skip


def set_course(turn: Turn) -> None:
    """Where it presses, whom it courts, what it holds back and offers stand until changed."""
    press, court = turn.order(PRESS) > 0.0, turn.order(COURT) > 0.0
    turn.post(INTENT, Term("ordered", press.any("theatre") * (press - turn[INTENT]), of=(PRESS,),
                           says="{adversary} set its course."))  # fmt: skip
    turn.post(TARGET, Term("ordered", court.any("ally") * (court - turn[TARGET]), of=(COURT,),
                           says="{adversary} chose whom to court."))  # fmt: skip
    cut, deal = turn.order(WITHHOLD), turn.order(TEMPT)
    turn.post(CUT, Term("ordered", (abs(cut) > 0.0) * (maximum(cut, 0.0) - turn[CUT]),
                        of=(WITHHOLD,), says="{adversary} ordered it."))  # fmt: skip
    turn.post(OFFER, Term("ordered", (abs(deal) > 0.0) * (maximum(deal, 0.0) - turn[OFFER]),
                          of=(TEMPT,), says="{adversary} ordered it."))  # fmt: skip
