"""How hard sanctions bite, leak and press: the coefficients, with their sources."""

from __future__ import annotations

from exercise.engine.declare import Parameter

LAX, NORMAL, STRICT = 0.6, 0.85, 1.0
UNWATCHED = 1.0 + NORMAL
PAIN_MOST = Parameter(
    "sanctions.pain_most", 6.5, 3.0, 12.0, "% of GDP a year",
    "fitted to Neuenkirch & Neumeier 2015", "m",
    says="The pain of cutting everything off, with no way round.",
)  # fmt: skip
PAIN_CURVE = Parameter(
    "sanctions.pain_curve", 1.1, 0.8, 1.6, "exponent", "fitted to Neuenkirch & Neumeier 2015", "m",
    says="How much more than its share broad coverage hurts.",
)  # fmt: skip
LEAK_LIFE = Parameter(
    "sanctions.leak_life", 26, 8, 78, "weeks", "design judgement", "J",
    says="How long evaders take to find half of the ways round.",
)  # fmt: skip
FATIGUE = Parameter(
    "sanctions.fatigue", 52, 13, 208, "weeks", "design judgement", "J",
    says="How long enforcement lasts before routine halves it.",
)  # fmt: skip
REACH = Parameter(
    "sanctions.reach", 0.7, 0.0, 0.9, "share", "design judgement", "J",
    says="How much evasion the fear of secondary sanctions stops.",
)  # fmt: skip
BLOW_SIZE = Parameter(
    "sanctions.blow_size", 0.35, 0.05, 1.0, "% of GDP a year",
    "order of magnitude general knowledge", "m",
    says="What it costs a sender to stop trade on which all its earnings hang.",
)  # fmt: skip
BACKFILL = Parameter(
    "sanctions.backfill", 0.5, 0.0, 1.5, "share", "order of magnitude general knowledge", "m",
    says="How much more it costs where rivals take over the trade.",
)  # fmt: skip
YIELDING = Parameter(
    "sanctions.yielding", 0.004, 0.0, 0.02, "chance per week", "fitted to Hufbauer et al. 2007",
    "m",
    says="The weekly chance of yielding with nothing at stake and no pain.",
)  # fmt: skip
PRESSURE = Parameter(
    "sanctions.pressure", 0.25, 0.0, 1.0, "per % of GDP", "fitted to Hufbauer et al. 2007", "m",
    says="How much pain presses to yield.",
)  # fmt: skip
STEADFAST = Parameter(
    "sanctions.steadfast", 2.0, 0.0, 5.0, "per stake", "fitted to Hufbauer et al. 2007", "m",
    says="How much a target's stake keeps it from yielding.",
)  # fmt: skip
THREATENING = Parameter(
    "sanctions.threatening", 3.0, 1.0, 6.0, "times", "sign TIES, size design judgement", "m",
    says="How much more likely yielding is in the last four weeks of a credible threat.",
)  # fmt: skip
BACKED = Parameter(
    "sanctions.backed", 1.3, 1.0, 2.0, "times", "sign Bapat & Morgan 2009, size design judgement",
    "m",
    says="How much more likely yielding is where an institution stands behind it.",
)  # fmt: skip
DEFIANT = Parameter(
    "sanctions.defiant", 0.4, 0.0, 1.5, "index", "design judgement", "J",
    says="How far a target closes ranks when it is sanctioned.",
)  # fmt: skip
