"""The council's coefficients: doctrine where there is some, design judgement elsewhere."""

from __future__ import annotations

from exercise.engine.declare import Parameter

TAU_STATEMENT = Parameter(
    "council.tau_statement", 0.15, 0.0, 1.0, "index", "design judgement", "J",
    says="The threat at which an ally is neither for nor against a statement.",
)  # fmt: skip
TAU_SANCTION = Parameter(
    "council.tau_sanction", 0.35, 0.0, 1.0, "index", "design judgement", "J",
    says="The same for sanctions.",
)  # fmt: skip
TAU_DEPLOY = Parameter(
    "council.tau_deploy", 0.40, 0.0, 1.0, "index", "design judgement", "J",
    says="The same for a deployment.",
)  # fmt: skip
TAU_FORCE = Parameter(
    "council.tau_force", 0.55, 0.0, 1.0, "index", "design judgement", "J",
    says="The same for the use of force.",
)  # fmt: skip
ROOM = Parameter(
    "council.room", 0.45, 0.0, 1.0, "index", "design judgement", "J",
    says="How strong a text an ally accepts at that threat.",
)  # fmt: skip
YES = Parameter(
    "council.yes", 0.10, 0.0, 0.5, "index", "design judgement", "J",
    says="What a text must be worth to an absent seat for it to vote for it.",
)  # fmt: skip
NO = Parameter(
    "council.no", -0.05, -0.5, 0.0, "index", "design judgement", "J",
    says="What a text must be worth at least, or an absent seat blocks it.",
)  # fmt: skip
SWAY = Parameter(
    "council.sway", 0.35, 0.0, 1.0, "index", "design judgement", "J",
    says="How far being pressed moves an ally.",
)  # fmt: skip
RIVALRY = Parameter(
    "council.rivalry", 0.3, 0.0, 1.0, "index", "design judgement", "J",
    says="How much an ally minds carrying more than others.",
)  # fmt: skip
NOISE = Parameter(
    "council.noise", 0.12, 0.0, 0.5, "index", "design judgement", "J",
    says="How much else sways a capital, as a standard deviation.",
)  # fmt: skip
FREE = Parameter(
    "council.free", 0.95, 0.5, 1.0, "share", "design judgement", "J",
    says="What an ally that agreed freely delivers.",
)  # fmt: skip
UNDER_PRESSURE = Parameter(
    "council.under_pressure", 0.80, 0.3, 1.0, "share", "design judgement", "J",
    says="What an ally that was pressed delivers.",
)  # fmt: skip
OUTVOTED = Parameter(
    "council.outvoted", 0.60, 0.0, 1.0, "share", "design judgement", "J",
    says="What an ally that was outvoted delivers.",
)  # fmt: skip
STATES = Parameter(
    "council.states", 0.55, 0.5, 1.0, "share", "Treaty on European Union, Article 16(4)", "D",
    says="The share of states a weighted majority needs.",
)  # fmt: skip
PEOPLE = Parameter(
    "council.people", 0.65, 0.5, 1.0, "share", "Treaty on European Union, Article 16(4)", "D",
    says="The share of the population a weighted majority needs.",
)  # fmt: skip
BLOCKERS = Parameter(
    "council.blockers", 4.0, 1.0, 10.0, "members of 27",
    "Treaty on European Union, Article 16(4), scaled to the forum, two at least", "D",
    says="How many members it takes to block by population.",
)  # fmt: skip
ABSTAINERS = Parameter(
    "council.abstainers", 1.0 / 3.0, 0.1, 1.0, "share",
    "Treaty on European Union, Article 31(1)", "D",
    says="The share of states and of population whose abstention stops a unanimous decision.",
)  # fmt: skip
WILLING = Parameter(
    "council.willing", 2.0, 1.0, 10.0, "states", "practice of coalitions of the willing", "J",
    says="How many states make a coalition.",
)  # fmt: skip
PATIENCE = Parameter(
    "council.patience", 12.0, 1.0, 104.0, "weeks", "design judgement", "J",
    says="How long a text lies on the table before it lapses.",
)  # fmt: skip

PARAMETERS = (
    TAU_STATEMENT, TAU_SANCTION, TAU_DEPLOY, TAU_FORCE, ROOM, YES, NO, SWAY, RIVALRY, NOISE, FREE,
    UNDER_PRESSURE, OUTVOTED, STATES, PEOPLE, BLOCKERS, ABSTAINERS, WILLING, PATIENCE,
)  # fmt: skip
