"""How an absent government treats its forces."""

from __future__ import annotations

from exercise.cells import clip
from exercise.eyes import Eyes
from exercise.rules.forces.decisions import (
    LIFT_CAVEAT,
    PLEDGE,
    SET_ALERT,
    SET_CAVEAT,
    TASK,
    TRANSFER,
    WITHDRAW,
)
from exercise.rules.forces.fields import (
    ALERT,
    AUTHORITY,
    CAVEAT_SET,
    CAVEATS,
    COALITION,
    COMMANDER,
    FILL,
    HOME,
    PLEDGED,
    REQUIRED,
    TASKED,
)
from exercise.rules.forces.parameters import FEW, MANY
from exercise.rules.forces.relations import LEVELS


def habit(eyes: Eyes) -> None:
    """An absent seat gives in step with the mandate, its own fear and its people's support."""
    fear = eyes.own("threat.threat").max("adversary")
    support = eyes.own("domestic.support")
    mandate = clip(eyes["council.mandate"] + eyes["council.force_mandate"])
    asked, mine = mandate.max("theatre"), eyes.mine("unit")
    pledged, authority, tasked = eyes[PLEDGED], eyes[AUTHORITY], eyes[TASKED]
    untasked = ~(tasked.max("theatre") > 0.0)
    will = clip(0.9 * fear + 0.5 * asked + 0.6 * (support - 0.5) - 0.25)
    giving = eyes.order(PLEDGE, 1.0, when=eyes.roll("pledge", "unit") < will)
    many = eyes.own(COALITION)
    odds = (many * eyes[MANY] + (1.0 - many) * eyes[FEW]) / 4.0
    undeclared = eyes[CAVEATS].equals(0.0) * giving
    eyes.order(SET_CAVEAT, 1.0, when=undeclared * (eyes.roll("caveats", "unit", "caveat") < odds))
    eyes.order(WITHDRAW, 1.0, when=pledged * untasked * (support < 0.25) * (fear < 0.5))
    eyes.order(
        LIFT_CAVEAT,
        1.0,
        when=eyes[CAVEAT_SET] * tasked.max("theatre") * (fear > 0.75) * (support > 0.5),
    )
    level = (fear > 0.6) * LEVELS["OPCON"] + ((fear > 0.4) & ~(fear > 0.6)) * LEVELS["TACOM"]
    eyes.order(TRANSFER, level, when=pledged * (authority < level))
    alarmed = pledged * (fear > 0.6) * ~(eyes[ALERT] > 0.0)
    eyes.order(SET_ALERT, 1.0, when=alarmed * untasked)
    ranks = [1.0 - 0.001 * k for k in range(len(eyes.roster.of("theatre")))]
    gap = eyes[REQUIRED] * (1.01 - eyes[FILL]) * mandate * eyes.each("theatre", ranks)
    worst = gap.equals(gap.max("theatre")) * (mandate > 0.0)
    lead, home = eyes.own(COMMANDER), eyes.own(HOME)
    left_to_lead = (authority >= LEVELS["OPCON"]) * (1.0 - lead)
    go = worst * pledged * ((mine & ~left_to_lead) | lead)
    defend = mine * home * (fear > 0.65) * ~(home * tasked).max("theatre")
    eyes.order(TASK, 1.0, when=(go | (defend & ~go.max("theatre"))) * untasked)
    over = mine * tasked * (1.0 - home) * (mandate < 0.05) * (fear < 0.3)
    eyes.order(TASK, -1.0, when=over)
