"""Units are offered, rated, worn and valued."""

from __future__ import annotations

from exercise.engine.cells import Cells, clip, ratio, sqrt
from exercise.engine.declare import Given, Only, Term
from exercise.engine.kept import kept
from exercise.engine.rates import decay
from exercise.engine.turn import Turn
from exercise.rules.forces.decisions import (
    LIFT_CAVEAT,
    PLEDGE,
    SET_ALERT,
    SET_CAVEAT,
    TRANSFER,
    WITHDRAW,
)
from exercise.rules.forces.fields import (
    ALERT,
    AUTHORITY,
    BAND,
    CALLS,
    CAVEAT_SET,
    CAVEATS,
    CEDED,
    LEAD_TIME,
    NEED,
    NOTICE,
    PLEDGED,
    READINESS,
    READY,
    REFUSED,
    REQUIRED,
    STANDARD,
    STRENGTH,
    USABLE,
)
from exercise.rules.forces.parameters import (
    ALERT_CUT,
    C2,
    C3,
    C4,
    CAVEAT,
    DELAY,
    DEPLOY_ASKS,
    FORCE_ASKS,
    GRIP_OPCON,
    GRIP_TACOM,
    GRIP_TACON,
    REST,
    SATELLITES,
    WEAR,
)


@kept
def grip(authority: Cells, tacon: float, tacom: float, opcon: float) -> Cells:
    """What share of full joint command an authority level gives: 0 national, 1 OPCOM."""
    return (
        clip(authority - 1.0) * tacon
        + clip(authority - 2.0) * (tacom - tacon)
        + clip(authority - 3.0) * (opcon - tacom)
        + clip(authority - 4.0) * (1.0 - opcon)
    )


def worth(rating: Cells, c2: float, c3: float, c4: float) -> Cells:
    """What a unit of this C-rating is worth, straight lines between the four ratings."""
    return (
        1.0
        - clip(rating - 1.0) * (1.0 - c2)
        - clip(rating - 2.0) * (c2 - c3)
        - clip(rating - 3.0) * (c3 - c4)
    )


def filled(share: Cells) -> Cells:
    """A share that nears 1 without a kink: .84 where supply just meets demand."""
    square = share * share
    return share / sqrt(sqrt(1.0 + square * square))


def _grip(turn: Turn) -> Cells:
    return grip(turn[AUTHORITY], turn[GRIP_TACON], turn[GRIP_TACOM], turn[GRIP_OPCON])


def offer(turn: Turn) -> None:
    """Units are pledged and withdrawn, alerted, bound by caveats, and put under command."""
    own = turn.belongs("unit", "ally")
    pledged, alert, caveat = turn[PLEDGED], turn[ALERT], turn[CAVEAT_SET]
    withdrawn = (turn.order(WITHDRAW) > 0.0) * own * pledged
    turn.post(
        PLEDGED,
        Term("pledged", (turn.order(PLEDGE) > 0.0) * own * (1.0 - pledged), of=(PLEDGE,),
             says="{ally} pledged it."),
        Term("withdrawn", -withdrawn, of=(WITHDRAW,), says="{ally} withdrew it."),
    )  # fmt: skip
    ordered = turn.order(TRANSFER) * own
    authority = turn[AUTHORITY]
    turn.post(
        AUTHORITY,
        Term("handed over", (ordered > 0.0) * pledged * (1.0 - withdrawn) * (ordered - authority),
             of=(TRANSFER,),
             says="{ally} settled the joint commander's authority."),
        Term("withdrawn", withdrawn * (1.0 - authority), of=(WITHDRAW,),
             says="{ally} took it back with the pledge."),
    )  # fmt: skip
    asked = turn.order(SET_ALERT) * own
    turn.post(
        ALERT,
        Term("raised", (asked > 0.0) * (1.0 - alert), of=(SET_ALERT,),
             says="{ally} put it on alert."),
        Term("stood down", -((asked < 0.0) * alert), of=(SET_ALERT,), says="{ally} stood it down."),
    )  # fmt: skip
    turn.post(
        CAVEAT_SET,
        Term("set", (turn.order(SET_CAVEAT) > 0.0) * own * (1.0 - caveat), of=(SET_CAVEAT,),
             says="{ally} set the caveat."),
        Term("lifted", -((turn.order(LIFT_CAVEAT) > 0.0) * own * caveat), of=(LIFT_CAVEAT,),
             says="{ally} lifted the caveat."),
    )  # fmt: skip


def rate(turn: Turn) -> None:
    """Ratings, notice, lead time and requirement, as the orders have left them."""
    cut, delay = turn[ALERT_CUT], turn[DELAY]
    deploy, force = turn[DEPLOY_ASKS], turn[FORCE_ASKS]
    handed = turn.belongs("unit", "ally") * turn[STRENGTH] * _grip(turn)
    total = (turn.belongs("unit", "ally") * turn[STRENGTH]).sum("unit")
    turn.derive(
        CAVEATS,
        lambda caveat: caveat.sum("caveat"),
        Given("caveat", turn[CAVEAT_SET], (CAVEAT_SET,)),
    )
    turn.derive(READY, lambda r: r.max("pillar"), Given("readiness", turn[READINESS], (READINESS,)))
    turn.derive(
        LEAD_TIME,
        lambda notice, alert, held: notice * (1.0 - cut * alert) + delay * held,
        Given("notice", turn[NOTICE], (NOTICE,)),
        Given("alert", turn[ALERT], (ALERT, ALERT_CUT)),
        Given("held", turn[PLEDGED] * (1.0 - _grip(turn)), (PLEDGED, AUTHORITY, DELAY)),
    )
    turn.derive(
        BAND,
        lambda notice: 1.0 + (notice > 5.0) + (notice > 10.0) + (notice > 30.0),
        Given("notice", turn[NOTICE], (NOTICE,)),
    )
    turn.derive(
        REQUIRED,
        lambda need, to_deploy, to_force: need * (1.0 + deploy * to_deploy + force * to_force),
        Given("need", turn[NEED], (NEED,)),
        Given("deploy", turn["council.mandate"], ("council.mandate", DEPLOY_ASKS)),
        Given("force", turn["council.force_mandate"], ("council.force_mandate", FORCE_ASKS)),
    )
    turn.derive(
        CEDED,
        lambda share: share.sum("unit"),
        Given("handed", ratio(handed, total), (AUTHORITY, STRENGTH)),
    )


def wear(turn: Turn) -> None:
    """Long alerts wear out people, long deployments equipment; rest restores both."""
    ready, alert = turn[READINESS], turn[ALERT]
    away = turn["logistics.arrived"]
    room = 4.0 - ready
    worn, slow = 1.0 - decay(turn[WEAR], turn.weeks), 1.0 - decay(turn[WEAR] * 2.0, turn.weeks)
    rested = (1.0 - decay(turn[REST], turn.weeks)) * (1.0 - alert) * (1.0 - away)
    turn.post(
        READINESS,
        Term("long alert", alert * room * worn * turn.each("pillar", {"personnel": 1.0}),
             of=(ALERT, WEAR),
             says="The alert wore its people out."),
        Term("far from home", away * room * slow * turn.each("pillar", {"equipment": 1.0}),
             of=("logistics.arrived", WEAR), says="Use in the field wore its equipment."),
        Term("rest", rested * (turn[STANDARD] - ready), of=(READINESS, STANDARD, REST),
             says="At rest it returned towards its standard."),
    )  # fmt: skip


def _ratings(turn: Turn) -> tuple[Only, ...]:
    """The coefficients that a unit's rating, before or now, brings into play."""
    found = []
    for coefficient, low, high in ((C2, 1.0, 3.0), (C3, 2.0, 4.0), (C4, 3.0, 5.0)):

        def between(low: float = low, high: float = high) -> Cells:
            now, was = turn[READY], turn.was(READY)
            return (now > low) & (now < high) | (was > low) & (was < high)

        found.append(Only(coefficient, between))
    return tuple(found)


def value(turn: Turn) -> None:
    """What each unit is worth to the joint commander."""
    own, pledged = turn.belongs("unit", "ally"), turn[PLEDGED]
    called = turn[CALLS].max("theatre") * turn["council.adopted"]
    given = (turn["council.consent"] * called).max("motion")
    short = (given > 0.0) * (1.0 - given)
    blind = (1.0 - turn["cyber.sat"]) * turn[SATELLITES]
    c2, c3, c4, each = turn[C2], turn[C3], turn[C4], turn[CAVEAT]

    def usable(strength: Cells, rating: Cells, caveats: Cells, sustain: Cells, refused: Cells,
               shortfall: Cells, sightless: Cells) -> Cells:  # fmt: skip
        whole = strength * worth(rating, c2, c3, c4) * (1.0 - each * caveats) * sustain
        return (
            whole * (1.0 - refused) * (1.0 - shortfall.sum("ally")) * (1.0 - sightless.sum("ally"))
        )

    turn.derive(
        USABLE, usable,
        Given("strength", turn[STRENGTH], (STRENGTH,)),
        Given("readiness", turn[READY], (READY, *_ratings(turn))),
        Given("caveats", turn[CAVEATS], (CAVEATS, CAVEAT)),
        Given("sustain", turn["logistics.sustain"], ("logistics.sustain",)),
        Given("refused", turn[REFUSED], (REFUSED,)),
        Given("shortfall", own * pledged * short,
              (Only("council.consent", called), Only("council.adopted", called),
               Only(CALLS, called), PLEDGED)),
        Given("blind", own * blind, ("cyber.sat", SATELLITES)),
    )  # fmt: skip
