"""Realignment: allies drift when they resent, fear and suffer, and when the other side offers more.

An adversary's offer is a lure that fades unless it is renewed. Whether an ally leans away depends
on resentment, on fear of being dragged in or left alone, on the lure, and, against all that, on how
dangerous it takes the adversary to be: unthreatened, resentful allies drift first. A guarantee
without conditions calms an ally and ties the giver (the alliance security dilemma, Snyder 1984).
Directions are general knowledge; weights are design judgement.
"""

from __future__ import annotations

from exercise.engine.cells import Cells, logistic, maximum
from exercise.engine.declare import (
    PUBLIC,
    Check,
    Cost,
    Decision,
    Field,
    Given,
    Habit,
    Own,
    Parameter,
    Part,
    Rule,
    Step,
    Term,
)
from exercise.engine.rates import decay
from exercise.engine.turn import Turn
from exercise.eyes import Eyes

CONDITIONAL, UNCONDITIONAL = 0.5, 1.0

LURE_LIFE = Parameter(
    "realignment.lure_life", 13, 4, 52, "weeks", "design judgement", "J",
    says="How long an offer from the other side stays attractive.",
)  # fmt: skip
LURE = Parameter(
    "realignment.lure", 0.15, 0.0, 0.5, "per week", "design judgement", "J",
    says="How fast a standing offer draws an ally.",
)  # fmt: skip
WORD_LIFE = Parameter(
    "realignment.word_life", 26, 8, 104, "weeks", "design judgement", "J",
    says="How long a reassurance is remembered.",
)  # fmt: skip
EASE = Parameter(
    "realignment.ease", -2.0, -6.0, 0.0, "log odds", "design judgement", "J",
    says="How readily an ally leans away that nothing pulls and nothing pushes.",
)  # fmt: skip

OUTSIDE = Field(
    "realignment.outside", ("ally",), unit="index", seen=Own("ally"), good="down",
    news=1,
    says="How strongly an arrangement with the other side attracts {ally}.",
    rises="An arrangement with the other side attracts {ally} more",
    falls="An arrangement with the other side attracts {ally} less",
    bands=("none", "slight", "tempting", "strong"),
)  # fmt: skip
ASSURED = Field(
    "realignment.assured", ("ally", "ally@to"), unit="index", seen=PUBLIC, good="up",
    says="How firmly {ally} has promised {ally@to} to stand by it.",
    rises="{ally} reassured {ally@to}",
    falls="The promise of {ally} to {ally@to} lies further back",
    bands=("not", "with conditions", "firmly"),
)  # fmt: skip
EXIT_PRESSURE = Field(
    "realignment.exit_pressure", ("ally",), news=0.8,
    unit="index", seen=Own("ally"), kind="derived",
    good="down",
    start=0.12,
    parts=(
        Part("resentment", ("ally",), says="{ally} resents its burden more, or less."),
        Part("entrapment", ("ally",), says="{ally} fears being dragged in more, or less."),
        Part("abandonment", ("ally",), says="{ally} fears being left alone more, or less."),
        Part("outside", ("ally",),
             says="An arrangement with the other side attracts {ally} more, or less."),
        Part("threat", ("ally",), says="{ally} judged the danger anew."),
    ),
    says="How strongly {ally} is drawn out of the common line.",
    rises="{ally} is drawn away from the common line", falls="{ally} stands closer to its allies",
    bands=("firm", "loose", "wavering", "leaving"),
)  # fmt: skip


def _to_another(eyes: Eyes) -> list[Check]:
    other = (1.0 - eyes.me("ally")).named({"ally": "ally@to"})
    return [Check(other, "A promise to yourself is worth nothing.", "Name another ally.")]


REASSURE = Decision(
    "realignment.reassure", ("ally@to",), says="Reassure {ally@to}",
    tells={
        "with conditions": "Reassure {ally@to}, with conditions",
        "without conditions": "Reassure {ally@to} without conditions",
    },
    levels={"with conditions": CONDITIONAL, "without conditions": UNCONDITIONAL},
    cost=Cost(staff=1, capital=1), allowed=_to_another, seen=PUBLIC,
    consequence="They fear less to be left alone; without conditions, you are tied to them.",
)  # fmt: skip


def attract(turn: Turn) -> None:
    """Offers draw an ally, the harder its life the more; what is not renewed fades."""
    outside = turn[OUTSIDE]
    rate = turn.weeks * turn[LURE]
    pull = turn["adversary.offer"] * (0.5 + turn["economy.hardship"])
    turn.post(
        OUTSIDE,
        Term("offer", (1.0 - outside) * pull * rate / (1.0 + rate), of=("adversary.offer", LURE),
             says="{adversary} made {ally} an offer."),
        Term("fades", -(1.0 - decay(turn[LURE_LIFE], turn.weeks)) * outside, of=(OUTSIDE,),
             says="Offers to {ally} lost their shine."),
    )  # fmt: skip


def promise(turn: Turn) -> None:
    """A reassurance stands until time wears it down."""
    order, assured = turn.order(REASSURE), turn[ASSURED]
    turn.post(
        ASSURED,
        Term("promised", maximum(order - assured, 0.0), of=(REASSURE,),
             says="{ally} promised to stand by {ally@to}."),
        Term("time", -(1.0 - decay(turn[WORD_LIFE], turn.weeks)) * assured * order.equals(0.0),
             of=(ASSURED,),
             says="The word of {ally} to {ally@to} lies further back."),
    )  # fmt: skip


def measure(turn: Turn) -> None:
    """How strongly each ally is drawn away."""
    ease = turn[EASE]

    def leaning(resentment: Cells, entrapment: Cells, abandonment: Cells, outside: Cells,
                threat: Cells) -> Cells:  # fmt: skip
        push = resentment * 2.0 + entrapment * 1.5 + abandonment * 1.5 + outside * 2.0
        return logistic(push - threat * 2.0 + ease)

    threat = turn["threat.threat"].max("adversary")
    turn.derive(
        EXIT_PRESSURE,
        leaning,
        Given("resentment", turn["burden.resentment"], ("burden.resentment",)),
        Given("entrapment", turn["burden.entrapment"], ("burden.entrapment",)),
        Given("abandonment", turn["burden.abandonment"], ("burden.abandonment",)),
        Given("outside", turn[OUTSIDE], (OUTSIDE,)),
        Given("threat", threat, ("threat.threat",)),
    )


def habit(eyes: Eyes) -> None:
    """A strong seat reassures whose soil is in danger, with conditions unless it is alarmed."""
    threat = eyes.own("threat.threat").max("adversary")
    size = eyes["economy.size"]
    large = (eyes.own("economy.size") >= size.mean("ally")) & (eyes.own("domestic.support") > 0.45)
    level = (eyes["forces.home"] * eyes["deterrence.level"].max("adversary")).max("theatre")
    endangered = level.named({"ally": "ally@to"}) >= 3.0
    fresh = eyes.own(ASSURED) < 0.3
    how = CONDITIONAL + (threat > 0.75) * (UNCONDITIONAL - CONDITIONAL)
    eyes.order(REASSURE, how, when=endangered & fresh & large)


RULE = Rule(
    "realignment",
    says="Resentful, unthreatened allies drift first, and offers from outside draw them.",
    fields=(OUTSIDE, ASSURED, EXIT_PRESSURE),
    decisions=(REASSURE,),
    parameters=(LURE_LIFE, LURE, WORD_LIFE, EASE),
    reads=(
        "adversary.offer",
        "burden.abandonment",
        "burden.entrapment",
        "burden.resentment",
        "economy.hardship",
        "threat.threat",
    ),
    steps=(
        Step("realignment", attract),
        Step("realignment", promise),
        Step("realignment", measure, opening=True),
    ),
    unmanned=(Habit("orders", habit),),
)
