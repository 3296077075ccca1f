"""The coefficients of deterrence and escalation, with where they come from."""

from __future__ import annotations

from exercise.engine.declare import Parameter

_J = "design judgement"
SCALE = Parameter(
    "deterrence.scale", 2, 1, 4, "factor", _J, "J",
    says="What the product of capability, will, signal and cohesion is multiplied by.",
)  # fmt: skip
UNBOUND = Parameter(
    "deterrence.unbound", 0.3, 0.0, 1.0, "share", _J, "J",
    says="How much the will of an ally counts that has neither mandate, coalition nor posture.",
)  # fmt: skip
TRIPWIRE = Parameter(
    "deterrence.tripwire", 0.15, 0.0, 0.5, "index",
    "contested: Reiter and Poast 2021 against, doctrine for", "l",
    says="How much forward presence adds to credibility beyond its strength.",
)  # fmt: skip
NOISE = Parameter(
    "deterrence.noise", 0.10, 0.0, 0.3, "index", _J, "J",
    says="How far off the allies' own estimate of their credibility usually is.",
)  # fmt: skip
SIGNAL_LIFE = Parameter(
    "deterrence.signal_life", 12, 2, 52, "weeks", _J, "J",
    says="How long a signal lasts.",
)  # fmt: skip
IMPRESSION = Parameter(
    "deterrence.impression", 0.20, 0.0, 0.5, "share", _J, "J",
    says="How much of what is missing one threat or one move of forces adds to a signal.",
)  # fmt: skip
SHAME = Parameter(
    "deterrence.shame", 0.40, 0.0, 0.8, "share", _J, "J",
    says="How much of a signal a called bluff costs.",
)  # fmt: skip
CALMING = Parameter(
    "deterrence.calming", 8.3, 2, 52, "weeks", "0.92 a week: design judgement", "J",
    says="How long tension takes to halve when nothing feeds it.",
)  # fmt: skip
HEAT = Parameter(
    "deterrence.heat", 0.02, 0.0, 0.1, "per rung and week", _J, "J",
    says="How fast acts raise tension, for each rung.",
)  # fmt: skip
ALARM = Parameter(
    "deterrence.alarm", 0.03, 0.0, 0.1, "per posture and week",
    "sign: the security dilemma, Jervis 1978; size: design judgement", "m",
    says="How fast a posture at the border raises tension; half as fast from the rear.",
)  # fmt: skip
MISREADING = Parameter(
    "deterrence.misreading", 0.20, 0.0, 0.6, "per week", _J, "J",
    says="How likely an act of rung 4 or more lands a rung higher, at full tension.",
)  # fmt: skip
CLASHING = Parameter(
    "deterrence.clashing", 0.35, 0.0, 1.0, "per week", "held against ICB v14", "m",
    says="How likely a breach (rung 5) brings a minor clash.",
)  # fmt: skip
ATTRITION = Parameter(
    "deterrence.attrition", 0.06, 0.0, 0.3, "per week", _J, "J",
    says="What share of its force an even fight costs each side.",
)  # fmt: skip
GROUND_RATE = Parameter(
    "deterrence.ground_rate", 0.15, 0.0, 0.5, "per week", _J, "J",
    says="How fast ground changes hands to a much stronger side.",
)  # fmt: skip
FORTUNE = Parameter(
    "deterrence.fortune", 0.35, 0.0, 1.0, "log ratio", _J, "J",
    says="How much luck there is in a fight.",
)  # fmt: skip

PARAMETERS = (
    SCALE,
    UNBOUND,
    TRIPWIRE,
    NOISE,
    SIGNAL_LIFE,
    IMPRESSION,
    SHAME,
    CALMING,
    HEAT,
    ALARM,
    MISREADING,
    CLASHING,
    ATTRITION,
    GROUND_RATE,
    FORTUNE,
)
