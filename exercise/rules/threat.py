"""Threat perception and strategy: an alliance needs a shared view of the threat, then a strategy.

Each ally has its own picture of each adversary. It moves with the reports the ally has actually
seen, and drifts back to what geography and history taught (`base`) when there is no news. The
*shared view* falls as these pictures spread; *strategic agreement* falls as the allies' weights
on accommodating, containing, denying and punishing lie apart. Both are criteria of D. Gouré for
an alliance that can act: first a common view of the threat, then agreement on strategy. Signs
are general knowledge; sizes are design judgement.
"""

from __future__ import annotations

from exercise.engine.cells import Cells, clip, sqrt
from exercise.engine.declare import (
    ALLIED,
    PUBLIC,
    Axis,
    Cost,
    Decision,
    Field,
    Given,
    Habit,
    Joined,
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

STRATEGIES = ("accommodate", "contain", "deny", "punish")

HALF_LIFE = Parameter(
    "threat.half_life", 26, 8, 52, "weeks", "design judgement", "J",
    says="How long an alarm lasts without news.",
)  # fmt: skip
GRIP = Parameter(
    "threat.grip", 0.30, 0.1, 0.6, "per report", "design judgement", "J",
    says="How far one fully believed report moves an ally towards what it describes.",
)  # fmt: skip
STORY = Parameter(
    "threat.story", 0.05, 0.0, 0.15, "per week", "design judgement", "J",
    says="How far the adversary's public story moves an ally.",
)  # fmt: skip
FOLLOWING = Parameter(
    "threat.following", 0.15, 0.0, 0.4, "share", "design judgement", "J",
    says="How far an ally moves to a strategy it has agreed to.",
)  # fmt: skip

BASE = Field(
    "threat.base", ("ally", "adversary"), unit="index", start=0.35, seen=Own("ally"),
    says="How dangerous history and geography make {adversary} look from {ally}.",
    rises="{ally} has learnt to fear {adversary} more",
    falls="{ally} has learnt to fear {adversary} less",
    bands=("remote", "some way off", "near", "next door"),
)  # fmt: skip
THREAT = Field(
    "threat.threat", ("ally", "adversary"), unit="index", start=0.35, seen=Own("ally"),
    news=0.8,
    says="How dangerous {ally} takes {adversary} to be now.",
    rises="{ally} takes {adversary} to be more dangerous",
    falls="{ally} takes {adversary} to be less dangerous",
    bands=("calm", "watchful", "worried", "alarmed"),
)  # fmt: skip
STATED = Field(
    "threat.stated", ("ally", "adversary"), unit="index", seen=PUBLIC,
    news=1,
    says="How dangerous {ally} has publicly said {adversary} is; 0 where it has not said.",
    rises="{ally} calls {adversary} a graver threat in public",
    falls="{ally} plays {adversary} down in public",
    bands=("unsaid", "mild", "serious", "grave"), kind="choice",
)  # fmt: skip
LEVEL = Field(
    "threat.level", ("adversary",), news=1.2, unit="index", seen=ALLIED, kind="derived",
    parts=(Part("threat", ("ally", "adversary"), says="{ally} judged {adversary} anew."),),
    says="How dangerous the allies on average take {adversary} to be.",
    rises="The alliance is more alarmed by {adversary}",
    falls="The alliance is less alarmed by {adversary}",
    bands=("calm", "watchful", "worried", "alarmed"),
)  # fmt: skip
SHARED_VIEW = Field(
    "threat.shared_view", (), news=2,
    title="Common view of the threat",
    unit="index", start=1.0, seen=ALLIED, kind="derived", good="up",
    parts=(Part("threat", ("ally", "adversary"), says="{ally} judged {adversary} anew."),),
    says="How far the allies share one view of the threat.",
    rises="Allies agree more about the threat", falls="Allies disagree more about the threat",
    bands=("split", "weak", "fair", "shared"),
)  # fmt: skip
WEIGHT = Field(
    "threat.weight", ("ally", "strategy"), unit="share", start=0.25, seen=ALLIED,
    says="How much weight {ally} puts on the strategy: {strategy}.",
    rises="{ally} leans more to: {strategy}", falls="{ally} leans less to: {strategy}",
    bands=("none", "some", "much", "most"),
)  # fmt: skip
AGREEMENT = Field(
    "threat.agreement", (), news=1.5,
    title="Agreement on a strategy",
    unit="index", start=1.0, seen=ALLIED, kind="derived", good="up",
    parts=(Part("weight", ("ally", "strategy"), says="{ally} moved on: {strategy}."),),
    says="How far the allies agree on a strategy.",
    rises="Allies agree more on what to do", falls="Allies disagree more on what to do",
    bands=("none", "weak", "fair", "strong"),
)  # fmt: skip

ASSESS = Decision(
    "threat.assess", ("adversary",), says="State in public how dangerous {adversary} is",
    tells={
        "mild": "State in public that {adversary} is a mild threat",
        "serious": "State in public that {adversary} is a serious threat",
        "grave": "State in public that {adversary} is a grave threat",
    },
    levels={"mild": 0.3, "serious": 0.6, "grave": 0.9}, cost=Cost(staff=1), seen=PUBLIC,
    consequence="Everybody hears it; allies move a little towards what you say.",
)  # fmt: skip


def spread(threat: Cells) -> Cells:
    """1 − 2·(standard deviation over allies), the mean over adversaries: 1 is one shared view."""
    gap = threat - threat.mean("ally")
    deviation = sqrt((gap * gap).mean("ally"))
    return clip(1.0 - 2.0 * deviation.mean("adversary"))


def distance(weight: Cells) -> Cells:
    """1 − the mean over pairs of allies of half the sum of their strategies' differences."""
    other = weight.named({"ally": "ally@to"})
    apart = abs(weight - other).sum("strategy") * 0.5
    allies = apart.data.shape[0]
    pairs = max(allies * (allies - 1), 1)
    return clip(1.0 - apart.sum("ally", "ally@to") / float(pairs))


def perceive(turn: Turn) -> None:
    """Threat moves with reports seen, with stories told, and back to its base."""
    keep = decay(turn[HALF_LIFE], turn.weeks)
    threat, base = turn[THREAT], turn[BASE]
    # A holder's confidence already tells what a tear-line leaves of it.
    believed = (turn["intelligence.seen"] > 0.0) * turn["intelligence.confidence"]
    news = believed * turn["intelligence.fresh"] * turn["intelligence.about"] * turn[GRIP]
    towards = turn["intelligence.severity"] - threat
    said = turn[STATED]
    loudest = said.named({"ally": "ally@to"})
    heard = ((loudest > 0.0) & ~turn.same("ally", "ally@to")) * (loudest - threat)
    moved = 1.0 - decay(turn[HALF_LIFE] * 2.0, turn.weeks)
    told = turn[STORY] * turn.weeks * threat * (1.0 - threat)
    listeners = float(max(loudest.data.shape[0] - 1, 1))
    turn.post(
        THREAT,
        Term("no news", (1.0 - keep) * (base - threat), of=(THREAT, BASE, HALF_LIFE),
             says="Without news, {ally} drifted towards what history taught it."),
        Term("reports seen", news * towards,
             of=("intelligence.seen", "intelligence.confidence", "intelligence.severity", GRIP),
             says="{ally} weighed the report “{report}”."),
        Term("public story", turn["information.narrative"] * told,
             of=("information.narrative", STORY),
             says="What is told in public about {adversary} moved {ally}."),
        Term("what allies say", heard * moved / listeners,
             of=(Joined(STATED, "ally@to", "adversary"),),
             says="{ally} listened to what {ally@to} said about {adversary}."),
    )  # fmt: skip


def say(turn: Turn) -> None:
    """What an ally says of an adversary stands until it says something else."""
    said = turn.order(ASSESS)
    turn.post(
        STATED,
        Term("said", (said > 0.0) * (said - turn[STATED]), of=(ASSESS,),
             says="{ally} said so in public."),
    )  # fmt: skip


def follow(turn: Turn) -> None:
    """An ally that agreed to a strategy moves towards it, the more the threat is a shared one."""
    agreed, adopted = turn["council.agreed"], turn["council.strategy"]
    set_any = adopted.sum("strategy") > 0.0
    rate = turn[FOLLOWING] * turn[SHARED_VIEW] * agreed * set_any
    turn.post(
        WEIGHT,
        Term("agreed strategy", rate * (adopted - turn[WEIGHT]),
             of=("council.strategy", "council.agreed", FOLLOWING),
             says="{ally} moved towards the strategy it had agreed to."),
    )  # fmt: skip


def measure(turn: Turn) -> None:
    """How alarmed the allies are, how much they see alike, and how far they want the same."""
    threat, weight = turn[THREAT], turn[WEIGHT]
    turn.derive(LEVEL, lambda threat: threat.mean("ally"), Given("threat", threat, (THREAT,)))
    turn.derive(SHARED_VIEW, spread, Given("threat", threat, (THREAT,)))
    turn.derive(AGREEMENT, distance, Given("weight", weight, (WEIGHT,)))


def habit(eyes: Eyes) -> None:
    """An absent seat says in public what it thinks, once it is worried and has not said so."""
    threat = eyes.own(THREAT)
    unsaid = eyes.own(STATED).equals(0.0)
    grave = (threat > 0.75) * 0.9
    serious = ((threat > 0.55) & ~(threat > 0.75)) * 0.6
    eyes.order(ASSESS, grave + serious, when=unsaid)


RULE = Rule(
    "threat",
    says="Allies act on a shared view of the threat, then on an agreed strategy.",
    axes=(Axis("strategy", STRATEGIES, says="Ways to meet an adversary."),),
    fields=(BASE, THREAT, STATED, LEVEL, SHARED_VIEW, WEIGHT, AGREEMENT),
    decisions=(ASSESS,),
    parameters=(HALF_LIFE, GRIP, STORY, FOLLOWING),
    reads=(
        "intelligence.seen",
        "intelligence.confidence",
        "intelligence.severity",
        "intelligence.fresh",
        "intelligence.about",
        "information.narrative",
        "council.strategy",
        "council.agreed",
    ),
    steps=(
        Step("threat", say),
        Step("threat", perceive),
        Step("threat", follow),
        Step("threat", measure, opening=True),
    ),
    unmanned=(Habit("orders", habit),),
)
