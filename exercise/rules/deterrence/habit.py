"""How an absent ally stands ready, keeps its word and keeps a line open."""

from __future__ import annotations

from exercise.engine.cells import none
from exercise.eyes import Eyes
from exercise.rules.deterrence.declared import (
    CALL,
    DUE,
    HOTLINE,
    LEVEL,
    LINE,
    POSTURE,
    REASSURE,
    STRIKE,
    TAKE_POSTURE,
    TENSION,
    THREATEN,
    own_force,
)


def habit(eyes: Eyes) -> None:
    """An absent seat stands ready where it has forces, keeps its word, and keeps a line open."""
    level = eyes[LEVEL].max("adversary")
    fear, posture = eyes.own("threat.threat").max("adversary"), eyes.own(POSTURE)
    close = level >= 4.0
    if not none(close):
        owed = (eyes.own(DUE) > 0.0).any("adversary")
        forward = ((fear > 0.6) | owed) * 0.5 + 0.5
        eyes.order(TAKE_POSTURE, forward, when=close & (posture < forward))
    eyes.order(TAKE_POSTURE, -1.0, when=(level <= 2.0) & (posture > 0.0))
    war = level >= 6.0
    if not none(war):
        mandated = eyes["council.force_mandate"] > 0.0
        eyes.order(STRIKE, 0.5, when=war & (fear > 0.5) & mandated)
    weight = eyes.own("threat.weight")
    hard = (weight * eyes.each("strategy", {"deny": 1.0, "punish": 1.0})).sum("strategy")
    soft = (weight * eyes.each("strategy", {"accommodate": 1.0})).sum("strategy")
    climbed = eyes[LEVEL].max("theatre")
    unsaid = eyes.own(LINE).equals(0.0) & (climbed >= 3.0) & (climbed <= 4.0)
    bold = unsaid & (fear > 0.6) & (hard > 0.5)
    if not none(bold):
        eyes.order(THREATEN, 6.0, when=bold & own_force(eyes).any("theatre"))
    tense = eyes[TENSION].max("theatre")
    if none(tense > 0.35):
        return
    dice = eyes.roll("talk", "adversary")
    eyes.order(CALL, 1.0, when=(tense > 0.4) & eyes[HOTLINE].equals(0.0) & (dice < 0.3))
    mild = (soft > 0.35) & (tense > 0.35) & (climbed <= 4.0)
    eyes.order(REASSURE, 1.0, when=mild & (dice < 0.3))
