"""What a capital makes of a text: how strong a one it could accept, and what this one is worth.

A government weighs the threat against the bar that a text of this kind has to clear, agreement on
strategy, support at home, what it costs, whether it carries more than others, and its quarrel
with the sponsor. A text stronger than it can accept loses worth with every clause too many.
"""

from __future__ import annotations

from exercise.engine.cells import Cells, clip, maximum, normal, ratio, where
from exercise.engine.declare import Chance, Given, Term
from exercise.engine.turn import Turn
from exercise.rules.council.fields import (
    ACCEPT,
    COMMON_GROUND,
    INCLINATION,
    MOOD,
    PRESSED,
    STRENGTH,
    UTILITY,
)
from exercise.rules.council.forums import ABOUT, COST, KIND, SITS, SPONSOR
from exercise.rules.council.parameters import (
    NOISE,
    RIVALRY,
    ROOM,
    SWAY,
    TAU_DEPLOY,
    TAU_FORCE,
    TAU_SANCTION,
    TAU_STATEMENT,
)

FOR_THREAT = 1.2
FOR_AGREEMENT = 0.8
FOR_SUPPORT = 0.6
FOR_EXCESS = 0.8
FOR_QUARREL = 0.3


def bars(turn: Turn) -> Cells:
    """The threat that each text needs, by its kind: [motion]."""
    taus = {
        "statement": turn[TAU_STATEMENT],
        "strategy": turn[TAU_STATEMENT],
        "sanction": turn[TAU_SANCTION],
        "deploy": turn[TAU_DEPLOY],
        "force": turn[TAU_FORCE],
        "determination": turn[TAU_DEPLOY],
    }
    return (turn[KIND] * turn.each("kind", taus)).sum("kind")


def stir(turn: Turn) -> None:
    """What else sways a capital this turn, rolled for each ally and text by their names."""
    luck = normal(turn.roll("mood", "ally", "motion")) * turn[NOISE]
    turn.post(
        MOOD,
        Term("mood of the day", luck - turn[MOOD], of=(Chance("mood"), NOISE),
             says="Much else goes on in {ally}."),
    )  # fmt: skip


def _lowest(accept: Cells, sits: Cells) -> Cells:
    """The least that a member could accept; 0 where nobody sits."""
    return 1.0 - (sits * (1.0 - accept) + (1.0 - sits.max("ally"))).max("ally")


def lean(turn: Turn) -> None:
    """How far each ally leans to each text of its own, and how strong a one it could accept."""
    threat, about = turn["threat.threat"], turn[ABOUT]
    aimed = where(
        about.max("adversary"), (threat * about).sum("adversary"), threat.max("adversary")
    )
    aimed = aimed.along("ally", "motion")
    bar, room, rivalry = bars(turn), turn[ROOM], turn[RIVALRY]
    share = turn["burden.share"]
    gain = ratio(share - 1.0, share + 1.0)
    quarrel = (turn["treaty.dispute"] * turn[SPONSOR].turned(ally="ally@to")).max("ally@to")
    turn.derive(
        ACCEPT,
        lambda threat, bar: clip(threat - bar + room),
        Given("threat", aimed, ("threat.threat", ABOUT)),
        Given("bar", bar, (KIND,)),
    )
    turn.derive(
        COMMON_GROUND,
        _lowest,
        Given("accept", turn[ACCEPT], (ACCEPT,)),
        Given("sits", turn[SITS], (SITS,)),
    )
    turn.derive(
        INCLINATION,
        lambda threat, bar, agreement, support, cost, share, quarrel: (
            (threat - bar) * FOR_THREAT
            + (agreement - 0.5) * FOR_AGREEMENT
            + (support - 0.5) * FOR_SUPPORT
            - share * rivalry
            - quarrel * FOR_QUARREL
            - cost
        ),
        Given("threat", aimed, ("threat.threat", ABOUT)),
        Given("bar", bar, (KIND,)),
        Given("agreement", turn["threat.agreement"], ("threat.agreement",)),
        Given("support", turn["domestic.support"], ("domestic.support",)),
        Given("cost", turn[COST], (COST,)),
        Given("share", gain, ("burden.share",)),
        Given("quarrel", quarrel, ("treaty.dispute", SPONSOR)),
    )


def weigh(turn: Turn) -> None:
    """What each text, as it stands now, is worth to each ally."""
    sway = turn[SWAY]
    turn.derive(
        UTILITY,
        lambda inclination, mood, strength, accept, pressed: (
            inclination
            + mood
            - maximum(0.0, strength - accept) * FOR_EXCESS
            + (pressed > 0.0) * sway
        ),
        Given("inclination", turn[INCLINATION], (INCLINATION,)),
        Given("mood", turn[MOOD], (MOOD,)),
        Given("strength", turn[STRENGTH], (STRENGTH,)),
        Given("accept", turn[ACCEPT], (ACCEPT,)),
        Given("pressed", turn[PRESSED], (PRESSED,)),
    )
