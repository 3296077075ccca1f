"""What burden sharing declares: coefficients, fields and decisions."""

from __future__ import annotations

from exercise.engine.declare import (
    ALLIED,
    PUBLIC,
    Check,
    Cost,
    Decision,
    Field,
    Own,
    Parameter,
    Part,
)
from exercise.engine.roster import Roster
from exercise.eyes import Eyes

BY_WEALTH = Parameter(
    "burden.by_wealth", 0.5, 0.0, 1.0, "share", "design judgement", "J",
    says="How much wealth counts for a fair share.",
)  # fmt: skip
BY_EXPOSURE = Parameter(
    "burden.by_exposure", 0.3, 0.0, 1.0, "share", "design judgement", "J",
    says="How much the danger to oneself counts for a fair share.",
)  # fmt: skip
BY_HEADS = Parameter(
    "burden.by_heads", 0.2, 0.0, 1.0, "share", "design judgement", "J",
    says="How much plain membership counts for a fair share.",
)  # fmt: skip
GRUDGE_LIFE = Parameter(
    "burden.grudge_life", 26, 8, 104, "weeks", "design judgement", "J",
    says="How long resentment and fear last.",
)  # fmt: skip
OVERLOAD = Parameter(
    "burden.overload", 0.05, 0.0, 0.2, "per week", "design judgement", "J",
    says="How fast carrying more than one's share breeds resentment.",
)  # fmt: skip
SHIRKING = Parameter(
    "burden.shirking", 0.03, 0.0, 0.1, "per week", "design judgement", "J",
    says="How fast others who do too little breed resentment.",
)  # fmt: skip
COHESION_LIFE = Parameter(
    "burden.cohesion_life", 6, 2, 26, "weeks", "design judgement", "J",
    says="How long cohesion takes to follow its causes half-way.",
)  # fmt: skip
LONE_HAND = Parameter(
    "burden.lone_hand", 0.02, 0.0, 0.1, "index", "design judgement", "J",
    says="What it costs cohesion when one ally begins to act alone.",
)  # fmt: skip
# Cohesion: shared view, agreement, free consent, fairness, reputation, absence of disputes.
WEIGHTS = (0.25, 0.20, 0.20, 0.15, 0.10, 0.10)
# The common effort: money, forces, cost of sanctions, hosting, compensation paid.
KINDS = (0.30, 0.30, 0.20, 0.15, 0.05)
# No fair share is taken to be smaller than this.
LEAST = 0.001


def _spending(roster: Roster) -> dict[tuple[str, ...], float]:
    """Military expenditure as the scenario has it."""
    actors = roster.scenario.actors if roster.scenario else {}
    return {(ally,): actors[ally].defence if ally in actors else 2.0 for ally in roster.of("ally")}


SPENDING = Field(
    "burden.spending", ("ally",), unit="% of GDP", high=40, start=_spending, seen=PUBLIC, good="up",
    says="What {ally} spends on defence.",
    rises="{ally} spends more on defence", falls="{ally} spends less on defence",
    bands=("little", "some", "much"),
)  # fmt: skip
NICHE = Field(
    "burden.niche", ("ally",), unit="index", seen=PUBLIC, good="up",
    news=0.3,
    says="How far {ally} fills a role that the others cannot do without.",
    rises="{ally} took on a role that others need", falls="The role of {ally} is less needed",
    bands=("none", "some", "clear"),
)  # fmt: skip
PAID = Field(
    "burden.paid", ("ally", "ally@to"), unit="0.01% of GDP", high=1000, seen=ALLIED, good="up",
    says="What {ally} has paid {ally@to} lately to even out burdens.",
    rises="{ally} compensated {ally@to}",
    falls="The payment of {ally} to {ally@to} lies further back",
    bands=("nothing", "something", "much"),
)  # fmt: skip
CONTRIBUTION = Field(
    "burden.contribution", ("ally",), unit="share", seen=ALLIED, kind="derived",
    parts=(
        Part("money", ("ally",), says="{ally} or others spend more, or less, on defence."),
        Part("forces", ("ally",),
             says="{ally} or others gave more, or less, force that can be used."),
        Part("economic", ("ally",), says="Sanctions cost {ally} or others more, or less."),
        Part("hosting", ("ally",), says="{ally} or others host more, or less."),
        Part("paid", ("ally",), says="{ally} or others paid more, or less, to even out burdens."),
    ),
    says="The part of the common effort that {ally} carries.",
    rises="{ally} carries more of the common effort",
    falls="{ally} carries less of the common effort",
    bands=("little", "some", "much", "most"),
)  # fmt: skip
FAIR = Field(
    "burden.fair", ("ally",), unit="share", seen=ALLIED, kind="derived",
    parts=(
        Part("wealth", ("ally",), says="Economies grew or shrank."),
        Part("danger", ("ally",), says="The danger lies otherwise."),
    ),
    says="The part of the common effort that {ally} ought to carry, by the alliance's key.",
    rises="{ally} ought to carry more", falls="{ally} ought to carry less",
    bands=("little", "some", "much", "most"),
)  # fmt: skip
SHARE = Field(
    "burden.share", ("ally",), news=0.5,
    unit="times", high=20, start=1.0, seen=ALLIED, kind="derived",
    parts=(
        Part("contribution", ("ally",), says="{ally} carries another part of the effort."),
        Part("fair", ("ally",), says="{ally} ought to carry another part of the effort."),
    ),
    says="What {ally} carries beside its fair share: 1 is fair.",
    rises="{ally} carries more beside its fair share",
    falls="{ally} carries less beside its fair share",
    bands=("far too little", "too little", "its share", "too much"),
)  # fmt: skip
RESENTMENT = Field(
    "burden.resentment", ("ally",), unit="index", start=0.1, seen=Own("ally"), good="down",
    news=1.2,
    says="How much {ally} resents the way burdens are shared.",
    rises="{ally} resents its burden more", falls="{ally} resents its burden less",
    bands=("content", "grumbling", "resentful", "bitter"),
)  # fmt: skip
ABANDONMENT = Field(
    "burden.abandonment", ("ally",), unit="index", start=0.1, seen=Own("ally"), good="down",
    news=0.8,
    says="How much {ally} fears being left alone.",
    rises="{ally} fears more to be left alone", falls="{ally} fears less to be left alone",
    bands=("confident", "uneasy", "afraid", "alarmed"),
)  # fmt: skip
ENTRAPMENT = Field(
    "burden.entrapment", ("ally",), unit="index", start=0.1, seen=Own("ally"), good="down",
    news=0.8,
    says="How much {ally} fears being dragged into what is not its own affair.",
    rises="{ally} fears more to be dragged in", falls="{ally} fears less to be dragged in",
    bands=("at ease", "wary", "reluctant", "alarmed"),
)  # fmt: skip
PROTESTED = Field(
    "burden.protested", ("ally",), unit="index", seen=ALLIED,
    says="How loudly {ally} has complained of its burden lately.",
    rises="{ally} protested at its burden", falls="The protest of {ally} lies further back",
    bands=("not", "somewhat", "loudly"),
)  # fmt: skip
COHESION = Field(
    "burden.cohesion", (), unit="index", start=0.6, seen=ALLIED, good="up",
    title="Cohesion of the alliance",
    news=2,
    says="How firmly the allies hold together.",
    rises="The alliance holds together more firmly",
    falls="The alliance holds together less firmly",
    bands=("falling apart", "loose", "fair", "firm"),
)  # fmt: skip


def _to_another(eyes: Eyes) -> list[Check]:
    other = (1.0 - eyes.me("ally")).named({"ally": "ally@to"})
    return [Check(other, "You cannot compensate yourself.", "Name another ally.")]


def _may_protest(eyes: Eyes) -> list[Check]:
    carrying = eyes.own(SHARE) > 1.0
    return [
        Check(
            carrying, "You carry no more than your fair share.", "Ask for compensation in council."
        )
    ]


def _may_claim(eyes: Eyes) -> list[Check]:
    return [Check(eyes.own(NICHE) < 0.8, "You already hold such a role.", "Fill it.")]


COMPENSATE = Decision(
    "burden.compensate", ("ally@to",), says="Compensate {ally@to} for its burden",
    tells={
        "a token": "Compensate {ally@to} for its burden with a token sum",
        "a fair sum": "Compensate {ally@to} fairly for its burden",
        "generously": "Compensate {ally@to} generously for its burden",
    },
    levels={"a token": 1.0, "a fair sum": 3.0, "generously": 6.0}, high=6.0, unit="0.01% of GDP",
    cost=Cost(staff=1, money=3), allowed=_to_another, seen=ALLIED,
    consequence="They resent their burden less; it counts as your contribution.",
)  # fmt: skip
PROTEST = Decision(
    "burden.protest", (), says="Protest at how burdens are shared", levels={"protest": 1.0},
    cost=Cost(staff=1, capital=1), allowed=_may_protest, seen=ALLIED,
    consequence="You vent your resentment and shame those who do little; cohesion suffers for it.",
)  # fmt: skip
CONTRIBUTE = Decision(
    "burden.contribute", (), says="Spend more on defence",
    tells={
        "a little": "Spend a little more on defence",
        "markedly": "Spend markedly more on defence",
    },
    levels={"a little": 0.05, "markedly": 0.2}, unit="% of GDP",
    cost=Cost(staff=1, capital=2, money=10),
    seen=PUBLIC, consequence="Your share of the common effort grows, and stays.",
)  # fmt: skip
CLAIM = Decision(
    "burden.claim_niche", (), says="Take on a role that the others cannot do without",
    levels={"take it on": 1.0}, cost=Cost(staff=2, money=2), allowed=_may_claim, seen=PUBLIC,
    consequence="However small your contribution, others resent it less.",
)  # fmt: skip
