"""How an absent government treats its forces."""

from __future__ import annotations

from exercise.engine.cells import Cells, clip, maximum, ratio
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
    HOME,
    PLEDGED,
    REQUIRED,
    STRENGTH,
    TASKED,
    WAR_POWERS,
)
from exercise.rules.forces.parameters import FEW, MANY
from exercise.rules.forces.relations import LEVELS


def habit(eyes: Eyes) -> None:
    """An absent seat offers, binds, hands over and sends its forces, each for its own reasons."""
    offer_own(eyes)
    hand_over(eyes)
    send(eyes)


def _fear(eyes: Eyes) -> Cells:
    return eyes.own("threat.threat").max("adversary")


def offer_own(eyes: Eyes) -> None:
    """It gives in step with mandate, fear and support, and keeps something at home."""
    fear, support = _fear(eyes), eyes.own("domestic.support")
    asked = clip(eyes["council.mandate"] + eyes["council.force_mandate"]).max("theatre")
    mine, pledged = eyes.mine("unit"), eyes[PLEDGED]
    held = eyes[STRENGTH] * mine
    given = ratio((held * pledged).sum("unit"), held.sum("unit"))
    will = clip(0.9 * fear + 0.5 * asked + 0.6 * (support - 0.5) - 0.25 - 0.5 * given)
    giving = eyes.order(PLEDGE, 1.0, when=eyes.roll("pledge", "unit", where=mine) < will)
    many = eyes.own(COALITION)
    at_stake = clip(1.4 - fear) * (1.0 - 0.5 * eyes.own(HOME).max("theatre"))
    odds = (many * eyes[MANY] + (1.0 - many) * eyes[FEW]) * at_stake / 4.0
    undeclared = eyes[CAVEATS].equals(0.0) * giving
    die = eyes.roll("caveats", "unit", "caveat", where=undeclared)
    eyes.order(SET_CAVEAT, 1.0, when=undeclared & (die < odds))
    tasked = eyes[TASKED].max("theatre")
    eyes.order(WITHDRAW, 1.0, when=pledged * ~tasked * (support < 0.25) * (fear < 0.5))
    sure = (fear > 0.75) * (support > 0.5)
    eyes.order(LIFT_CAVEAT, 1.0, when=eyes[CAVEAT_SET] * tasked * sure)


def hand_over(eyes: Eyes) -> None:
    """The higher the threat, the more authority it hands over, and the sooner it alerts."""
    fear, pledged = _fear(eyes), eyes[PLEDGED]
    level = (fear > 0.6) * LEVELS["OPCON"] + ((fear > 0.4) & ~(fear > 0.6)) * LEVELS["TACOM"]
    eyes.order(TRANSFER, level, when=pledged * (eyes[AUTHORITY] < level))
    waiting = pledged * ~(eyes[ALERT] > 0.0) * ~eyes[TASKED].max("theatre")
    eyes.order(SET_ALERT, 1.0, when=waiting * (fear > 0.6))


def send(eyes: Eyes) -> None:
    """Forces go where a mandate is short of them, and by law; home ground is held in any case."""
    fear, mine, lead = _fear(eyes), eyes.mine("unit"), eyes.own(COMMANDER)
    tasked, pledged, strength = eyes[TASKED], eyes[PLEDGED], eyes[STRENGTH]
    mandate = clip(eyes["council.mandate"] + eyes["council.force_mandate"])
    ranks = [1.0 - 0.001 * k for k in range(len(eyes.roster.of("theatre")))]
    heat = 1.0 + eyes["deterrence.level"].max("adversary")
    there = (tasked * strength).sum("unit")
    short = maximum(eyes[REQUIRED] * 1.25 - there, 0.0)
    key = short * mandate * heat * eyes.each("theatre", ranks)
    worst = key.equals(key.max("theatre")) * (key > 0.0)
    untasked = ~tasked.max("theatre")
    free = (pledged * untasked * strength).sum("unit")
    die = eyes.roll("task", "unit", where=pledged & untasked)
    enough = die < ratio((short * worst).sum("theatre"), free)
    own = eyes.belongs("unit", "ally")
    voted = eyes["domestic.mandated"] | ~eyes[WAR_POWERS].equals(2.0)
    lawful = (own * voted).max("ally") | (own * eyes[HOME]).max("ally")
    left_to_lead = (eyes[AUTHORITY] >= LEVELS["OPCON"]) * (1.0 - lead)
    go = worst * pledged * ((mine & ~left_to_lead) | lead) * untasked * enough * lawful
    home = eyes.own(HOME)
    defend = mine * home * (fear > 0.65) * untasked
    spare = (there > eyes[REQUIRED] * 1.6) * (1.0 - home)
    loose = mine & (tasked * spare).max("theatre")
    loose = loose & (eyes.roll("move on", "unit", where=loose) < 0.3)
    move = worst * ~tasked * loose * lawful
    eyes.order(TASK, 1.0, when=go | (defend & ~go.max("theatre")) | move)
    over = mine * tasked * (1.0 - home) * (mandate < 0.05) * (fear < 0.3)
    eyes.order(TASK, -1.0, when=over)
