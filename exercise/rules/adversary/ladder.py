"""The ladder: nine rungs, the acts that lie on them, and what each rung gains and costs."""

from __future__ import annotations

from collections.abc import Sequence

from exercise.engine.declare import Parameter

RUNGS = (
    "step-back",
    "wait",
    "pressure",
    "coercion",
    "build-up",
    "breach",
    "attack",
    "invasion",
    "nuclear",
)
LADDER: tuple[tuple[str, ...], ...] = (
    ("withdraw", "peace-talks", "arbitration", "disarm-forces", "disarm-nuclear"),
    ("wait", "message", "visit", "trade-offer", "share-intelligence", "security-pact"),
    ("criticise", "cut-relations", "disinformation", "court-ally"),
    ("trade-restriction", "energy-cut", "drones", "cyber-attack", "border-migrants"),
    (
        "border-exercise",
        "force-build-up",
        "cyber-build-up",
        "nuclear-option",
        "arm-proxy",
        "alliance",
    ),
    ("blockade", "seizure", "airspace-breach", "sabotage"),
    ("targeted-attack", "occupy-town"),
    ("invasion",),
    ("tactical-nuclear", "full-nuclear"),
)
TITLES = {
    "withdraw": "a withdrawal",
    "peace-talks": "peace talks",
    "arbitration": "an offer of arbitration",
    "disarm-forces": "disarmament on the ground",
    "disarm-nuclear": "nuclear disarmament",
    "wait": "waiting",
    "message": "a message",
    "visit": "a visit",
    "trade-offer": "an offer of trade",
    "share-intelligence": "an offer of intelligence",
    "security-pact": "an offer of a security pact",
    "criticise": "open criticism",
    "cut-relations": "relations cut",
    "court-ally": "the courting of an ally",
    "trade-restriction": "restrictions on trade",
    "energy-cut": "energy cut off",
    "drones": "drones over the border",
    "cyber-attack": "a cyber attack",
    "border-migrants": "migrants sent to the border",
    "border-exercise": "an exercise at the border",
    "force-build-up": "a build-up of forces",
    "cyber-build-up": "a build-up of cyber forces",
    "nuclear-option": "a nuclear threat",
    "arm-proxy": "arms for a proxy",
    "alliance": "an alliance of its own",
    "blockade": "a blockade",
    "seizure": "the seizure of ships or ground",
    "airspace-breach": "breaches of airspace",
    "targeted-attack": "a targeted attack",
    "occupy-town": "the occupation of a town",
    "invasion": "an invasion",
    "tactical-nuclear": "a tactical nuclear strike",
    "full-nuclear": "all-out nuclear war",
}
"""What people call the acts; the others by their name."""
RUNG_OF = {act: float(rung) for rung, acts in enumerate(LADDER) for act in acts}
ACTS = tuple(RUNG_OF)
COVERT = ("disinformation", "court-ally", "cyber-attack", "cyber-build-up", "arm-proxy", "sabotage")
NUCLEAR = ("nuclear-option", "tactical-nuclear", "full-nuclear")

_FIT = "joint guess, held against ICB v14 shares of violence"
SHARPNESS = Parameter(
    "adversary.sharpness", 14, 2, 40, "per utility", _FIT, "m",
    says="How surely it takes the act that looks best to it.",
)  # fmt: skip
STEPS_UP = Parameter(
    "adversary.steps_up", 2, 1, 7, "rungs", "design judgement", "J",
    says="How many rungs it may climb in one turn.",
)  # fmt: skip
READING = Parameter(
    "adversary.reading", 0.10, 0.0, 0.4, "index", "design judgement", "J",
    says="How far off its reading of the alliance's credibility usually is.",
)  # fmt: skip
WATCHING = Parameter(
    "adversary.watching", 3, 0.5, 26, "weeks", "design judgement", "J",
    says="How long it takes to change half its mind about the allies' cohesion.",
)  # fmt: skip
TRADE_COST = Parameter(
    "adversary.trade_cost", 0.30, 0.0, 1.0, "utility", "design judgement", "J",
    says="What it fears to lose if all its trade hung on the alliance.",
)  # fmt: skip
GLOAT = Parameter(
    "adversary.gloat", 0.10, 0.0, 0.3, "index", "design judgement", "J",
    says="How far a called bluff lowers the credibility it reckons with.",
)  # fmt: skip
MEMORY = Parameter(
    "adversary.memory", 6, 1, 26, "weeks", "design judgement", "J",
    says="How long it remembers a called bluff.",
)  # fmt: skip
FILL = Parameter(
    "adversary.fill", 0.25, 0.0, 1.0, "per week", "design judgement", "J",
    says="How fast an unopposed gain satisfies it.",
)  # fmt: skip
STEP_DOWN = Parameter(
    "adversary.step_down", 0.10, 0.0, 0.5, "per week", "design judgement", "J",
    says="How likely open talks make it step down.",
)  # fmt: skip
TOGETHER = Parameter(
    "adversary.together", 0.05, 0.0, 0.2, "gain", "design judgement", "J",
    says="What rungs from 4 on gain it more while another adversary breaches.",
)  # fmt: skip
TELLING = Parameter(
    "adversary.telling", 0.08, 0.0, 0.3, "share", "design judgement", "J",
    says="How far one text adopted, or failed, moves what it thinks of the allies' cohesion.",
)  # fmt: skip
BLUNDER = Parameter(
    "adversary.blunder", 0.50, 0.0, 1.0, "share", "design judgement", "J",
    says="How much of the truth about the allies' cohesion one leak tells it.",
)  # fmt: skip
RESPITE = Parameter(
    "adversary.respite", 8, 0, 52, "weeks", "design judgement", "J",
    says="How long it climbs no further after it has conceded.",
)  # fmt: skip


def _per_rung(name: str, values: Sequence[float], says: str) -> tuple[Parameter, ...]:
    return tuple(
        Parameter(f"adversary.{name}_{rung}", value, -0.5, 2.0, "utility", _FIT, "m",
                  says=f"{says}: {RUNGS[rung]}.")
        for rung, value in enumerate(values)
    )  # fmt: skip


GAIN = _per_rung(
    "gain", (-0.10, 0.0, 0.04, 0.10, 0.14, 0.30, 0.55, 1.0, 1.0),
    "What the rung gains it, before its stake",
)  # fmt: skip
PRICE = _per_rung(
    "price", (0.0, 0.0, 0.02, 0.08, 0.10, 0.28, 0.60, 1.0, 2.0),
    "What the rung costs it if the allies keep their word",
)  # fmt: skip
OUTLAY = _per_rung(
    "outlay", (0.05, 0.0, 0.01, 0.02, 0.03, 0.06, 0.14, 0.34, 2.0),
    "What the rung costs it in any case",
)  # fmt: skip

PARAMETERS = (
    SHARPNESS, STEPS_UP, READING, WATCHING, TRADE_COST, GLOAT, MEMORY, FILL, STEP_DOWN, TOGETHER,
    TELLING, BLUNDER, RESPITE, *GAIN, *PRICE, *OUTLAY,
)  # fmt: skip
