"""How an unmanned adversary decides: by the published formula, from what it can see."""

from __future__ import annotations

from exercise.engine.cells import Cells, clip, maximum, minimum, where
from exercise.engine.rates import chance
from exercise.eyes import Eyes
from exercise.rules.adversary.declared import (
    AIM,
    CAUGHT,
    COURT,
    CUT,
    DO,
    HOLD,
    MOUNT,
    OFFER,
    PRESS,
    SEEN_COHESION,
    SEEN_CREDIBILITY,
    STAKE,
    TARGET,
    TEMPT,
    WEDGE,
    WITHHOLD,
)
from exercise.rules.adversary.formula import appraisal, beliefs, by_level, tastes
from exercise.rules.adversary.ladder import RUNG_OF, RUNGS, STEP_DOWN

LEVEL = "deterrence.level"


def _first(score: Cells, axis: str) -> Cells:
    """A mask: where a score is highest and above 0; scores carry a little luck against ties."""
    return (score >= score.max(axis)) & (score > 0.0)


def _focus(eyes: Eyes) -> Cells:
    """The theatre to press in: where it wants something, has begun, and sees least resolve."""
    feared = clip(eyes.own(SEEN_CREDIBILITY) - eyes.own(CAUGHT))
    begun = eyes.own(LEVEL) * 0.05
    score = eyes.own(AIM) * (1.2 - feared + begun + eyes.roll("focus", "theatre") * 0.01)
    return _first(score, "theatre")


def _rung(eyes: Eyes) -> Cells:
    """A rung for each theatre: one roll against the formula's chances, or a step down in talks."""
    chances = appraisal(tastes(eyes))(*(given.value for given in beliefs(eyes)))
    odds = eyes.own(chances)
    rank = by_level(range(len(RUNGS)))
    other = rank.named({"level": "level@to"})
    reached = (odds * (rank <= other)).sum("level")
    roll = eyes.roll("choice", "theatre")
    total = reached.pick("level@to", len(RUNGS) - 1)
    chosen = (roll * total >= reached).sum("level@to")
    calmer = eyes.own("information.channel") * (1.0 - eyes.own(STAKE)) * eyes.own(SEEN_COHESION)
    likely = chance(calmer * eyes[STEP_DOWN], eyes.weeks)
    stands = eyes.own(LEVEL)
    talked = (eyes.roll("talks", "theatre") < likely) & (stands >= 2.0)
    return where(talked, minimum(chosen, stands - 1.0), chosen)


def _act(eyes: Eyes, rung: Cells) -> Cells:
    """One act on the rung, any that it can mount being as likely."""
    fits = eyes.each("act", RUNG_OF).equals(rung) * eyes.own(MOUNT)
    return _first(fits * (eyes.roll("which act", "act", "theatre") + 1.0), "act")


def habit(eyes: Eyes) -> None:
    """Press in one theatre, let the others cool, court the best wedge, use its holds."""
    focus, stands = _focus(eyes), eyes.own(LEVEL)
    decides = eyes.roll("decides") < eyes.weeks
    rung = where(focus, _rung(eyes), maximum(stands - 1.0, 1.0))
    act = _act(eyes, rung)
    wanted = focus | (stands > 1.0)
    eyes.order(DO, act, when=decides & wanted)
    eyes.order(PRESS, 1.0, when=focus)
    _court(eyes, act & focus)
    _squeeze(eyes, act & focus, stands)


def _court(eyes: Eyes, act: Cells) -> None:
    """Court the ally that looks the best wedge, and offer it a deal when courting is the act."""
    lure = eyes.own(WEDGE)
    best = _first((lure > 0.02) * (lure + eyes.roll("court", "ally") * 0.001), "ally")
    eyes.order(COURT, 1.0, when=best & ~(eyes.own(TARGET) > 0.0))
    tempting = (act * eyes.each("act", {"court-ally": 1.0, "trade-offer": 1.0})).any(
        "act", "theatre"
    )
    eyes.order(TEMPT, 0.35, when=best & tempting & eyes.own(OFFER).equals(0.0))


def _squeeze(eyes: Eyes, act: Cells, stands: Cells) -> None:
    """Hold back what the allies most depend on when that is the act; deliver again in calm."""
    grip = eyes.own(HOLD)
    dearest = _first((grip > 0.1) * (grip + eyes.roll("sector", "sector") * 0.001), "sector")
    weights = {"energy-cut": 0.5, "trade-restriction": 0.25}
    depth = (act * eyes.each("act", weights)).sum("theatre").max("act")
    held = eyes.own(CUT)
    eyes.order(WITHHOLD, depth, when=dearest & (depth > held))
    eyes.order(WITHHOLD, -1.0, when=(stands <= 1.0).all("theatre") & (held > 0.0))
