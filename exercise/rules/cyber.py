"""Cyber and space: attacks disrupt for a while, defence and pooled logs answer, nobody yields.

From level 3 of the ladder on, what an adversary does may come with cyber attacks on ports and
railheads and with jamming of satellites. Effects pass within weeks. Saying who did it takes
longer than doing it, and goes faster where allies pool their logs. Cyber operations disrupt and
rarely coerce: of 192 incidents few changed a target's behaviour (Valeriano, Jensen and Maness
2018). Signs are well founded; sizes are design judgement.
"""

from __future__ import annotations

from exercise.declare import (
    ALLIED,
    CONTROL,
    PUBLIC,
    Cost,
    Decision,
    Field,
    Own,
    Parameter,
    Part,
    Rule,
)

SLOPE = Parameter(
    "cyber.slope", 3.0, 1.0, 6.0, "logit", "design judgement", "J",
    says="How sharply the gap between attack and defence decides whether an attack gets through.",
)  # fmt: skip
ATTEMPT = Parameter(
    "cyber.attempt", 0.15, 0.0, 0.5, "chance", "design judgement", "J",
    says="How likely an act of level 3 or more comes with an attack on a node of the ally it is aimed at.",
)  # fmt: skip
JAMMING = Parameter(
    "cyber.jamming", 0.15, 0.0, 0.5, "chance", "design judgement", "J",
    says="How likely an act of level 3 or more comes with jamming of an ally's satellites.",
)  # fmt: skip
DAMAGE = Parameter(
    "cyber.damage", 0.40, 0.1, 0.8, "share", "design judgement", "J",
    says="The share of a node's sound work that an attack stops.",
)  # fmt: skip
RECOVERY = Parameter(
    "cyber.recovery", 1.5, 0.5, 8.0, "weeks", "design judgement", "J",
    says="How long until half of an effect has passed.",
)  # fmt: skip
HARDENING = Parameter(
    "cyber.hardening", 0.15, 0.0, 0.4, "share", "design judgement", "J",
    says="How far one hardening closes the gap to a perfect defence.",
)  # fmt: skip
LOGS = Parameter(
    "cyber.logs", 0.10, 0.0, 0.3, "share", "design judgement", "J",
    says="How far the logs of one ally close the gap to certainty about who did it.",
)  # fmt: skip

SAT = Field(
    "cyber.sat", ("ally",), unit="share", start=0.9, seen=ALLIED, good="up",
    says="How much of its satellite service {ally} has.",
    rises="{ally} has more satellite service", falls="{ally} has less satellite service",
    bands=("gone", "patchy", "fair", "full"),
)  # fmt: skip
DEFENCE = Field(
    "cyber.defence", ("ally",), unit="index", start=0.5, seen=Own("ally"), good="up",
    says="How well {ally} keeps its networks.",
    rises="{ally} keeps its networks better", falls="{ally} keeps its networks less well",
    bands=("open", "weak", "fair", "hard"),
)  # fmt: skip
OFFENCE = Field(
    "cyber.offence", ("adversary",), unit="index", start=0.5, seen=CONTROL,
    says="How capable {adversary} is of breaking into networks.",
    rises="{adversary} attacks networks more ably", falls="{adversary} attacks networks less ably",
    bands=("clumsy", "fair", "able", "masterly"),
)  # fmt: skip
EFFECT = Field(
    "cyber.effect", ("node",), unit="share", seen=ALLIED, good="down",
    says="The share of the work of {node} that a cyber attack stops now.",
    rises="A cyber attack hampers {node}", falls="{node} recovers from a cyber attack",
    bands=("none", "slight", "heavy", "at a stand"),
)  # fmt: skip
ATTRIBUTION = Field(
    "cyber.attribution", ("adversary",), unit="chance", seen=ALLIED, good="up",
    says="How sure the allies can be that {adversary} is behind the attacks.",
    rises="The case against {adversary} has become stronger",
    falls="The case against {adversary} has gone cold", bands=("guess", "suspicion", "case", "proof"),
)  # fmt: skip
NOISE = Field(
    "cyber.noise", (), unit="index", start=0.1, seen=PUBLIC, kind="derived", good="down",
    parts=(
        Part("sat", ("ally",), says="The satellite service of {ally} changed."),
        Part("effect", ("node",), says="The networks of {node} changed."),
    ),
    says="How much jamming and cyber attacks blur what the allies see and say.",
    rises="Jamming and cyber attacks blur more", falls="Jamming and cyber attacks blur less",
    bands=("clear", "some", "much", "blind"),
)  # fmt: skip

HARDEN = Decision(
    "cyber.harden", (), says="Harden national networks", levels={"harden": 1.0},
    cost=Cost(staff=1, money=3),
    consequence="Attacks get through less often, for the rest of the exercise.",
)  # fmt: skip
POOL_LOGS = Decision(
    "cyber.pool_logs", ("adversary",), says="Pool your logs to prove what {adversary} did",
    levels={"pool": 1.0}, cost=Cost(staff=1), seen=ALLIED,
    consequence="The allies can sooner say who did it; it shows them your own gaps.",
)  # fmt: skip

RULE = Rule(
    "cyber",
    says="Cyber attacks disrupt for a while; proof takes longer, and goes faster together.",
    fields=(SAT, DEFENCE, OFFENCE, EFFECT, ATTRIBUTION, NOISE),
    decisions=(HARDEN, POOL_LOGS),
    parameters=(SLOPE, ATTEMPT, JAMMING, DAMAGE, RECOVERY, HARDENING, LOGS),
)
