"""Cyber and space: attacks disrupt for a while, defence and pooled logs answer, nobody yields.

From level 3 of the ladder on, what an adversary does may come with cyber attacks on ports and
railheads and with jamming of satellites. Effects pass within weeks. Saying who did it takes
longer than doing it, and goes faster where allies pool their logs. Cyber operations disrupt and
rarely coerce: of 192 incidents few changed a target's behaviour (Valeriano, Jensen and Maness
2018). Signs are well founded; sizes are design judgement.
"""

from __future__ import annotations

from exercise.engine.cells import Cells, clip, logistic
from exercise.engine.declare import (
    ALLIED,
    CONTROL,
    PUBLIC,
    Chance,
    Check,
    Cost,
    Decision,
    Field,
    Given,
    Habit,
    Only,
    Own,
    Parameter,
    Part,
    Rule,
    Step,
    Term,
)
from exercise.engine.rates import chance, decay
from exercise.engine.turn import Turn
from exercise.eyes import Eyes

DISRUPTS = 3.0
"""The level of the ladder from which acts may come with cyber attacks."""

SLOPE = Parameter(
    "cyber.slope", 3.0, 1.0, 6.0, "logit", "design judgement", "J",
    says="How sharply the gap between attack and defence decides whether an attack gets through.",
)  # fmt: skip
ATTEMPT = Parameter(
    "cyber.attempt", 0.15, 0.0, 0.5, "chance", "design judgement", "J",
    says="How likely an act of level 3 or more brings an attack on a node of the ally it aims at.",
)  # fmt: skip
JAMMING = Parameter(
    "cyber.jamming", 0.15, 0.0, 0.5, "chance", "design judgement", "J",
    says="How likely an act of level 3 or more brings jamming of the ally it aims at.",
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
    news=0.6,
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
    news=1.5,
    says="The share of the work of {node} that a cyber attack stops now.",
    rises="A cyber attack hampers {node}", falls="{node} recovers from a cyber attack",
    bands=("none", "slight", "heavy", "at a stand"),
)  # fmt: skip
ATTRIBUTION = Field(
    "cyber.attribution", ("adversary",), unit="chance", seen=ALLIED, good="up",
    news=0.8,
    says="How sure the allies can be that {adversary} is behind the attacks.",
    rises="The case against {adversary} has become stronger",
    falls="The case against {adversary} has gone cold",
    bands=("guess", "suspicion", "case", "proof"),
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

ATTACKED = Field(
    "cyber.attacked", ("adversary",), unit="count", high=10_000.0, seen=CONTROL,
    news=1.5,
    says="How many attacks of {adversary} have got through.",
    rises="Attacks of {adversary} got through", falls="Attacks of {adversary} were struck out",
)  # fmt: skip


def may_pool(eyes: Eyes) -> list[Check]:
    """There must be something to trace, as far as the allies can see."""
    hit = (eyes[EFFECT].max("node") > 0.02) | (eyes[ATTRIBUTION] > 0.0) | (eyes[NOISE] > 0.25)
    return [Check(hit, "no attack has left traces", "wait until there is one to trace")]


HARDEN = Decision(
    "cyber.harden", (), says="Harden national networks", levels={"harden": 1.0},
    cost=Cost(staff=1, money=3),
    consequence="Attacks get through less often, for the rest of the exercise.",
)  # fmt: skip
POOL_LOGS = Decision(
    "cyber.pool_logs", ("adversary",), says="Pool your logs to prove what {adversary} did",
    levels={"pool": 1.0}, cost=Cost(staff=1), seen=ALLIED, allowed=may_pool,
    consequence="The allies can sooner say who did it; it shows them your own gaps.",
)  # fmt: skip


def harden(turn: Turn) -> None:
    """Networks that are hardened stay so."""
    defence = turn[DEFENCE]
    turn.post(
        DEFENCE,
        Term("hardened", turn.order(HARDEN) * turn[HARDENING] * (1.0 - defence),
             of=(HARDEN, HARDENING), says="{ally} hardened its networks."),
    )  # fmt: skip


def gets_through(turn: Turn) -> Cells:
    """The chance that an attack of an adversary gets through an ally's defence."""
    return logistic((turn[OFFENCE] - turn[DEFENCE]) * turn[SLOPE])


def attack(turn: Turn) -> None:
    """Acts of level three and more may bring attacks on nodes and jamming; effects pass."""
    acts = (turn["adversary.act"] >= DISRUPTS).max("theatre")
    aimed = 0.25 + 0.75 * turn["adversary.target"]
    odds = acts * aimed * gets_through(turn)
    owner = turn.belongs("node", "ally")
    on_node = (odds * owner).sum("ally") * turn[ATTEMPT]
    hit = turn.roll("attack", "adversary", "node") < on_node
    jammed = turn.roll("jamming", "adversary", "ally") < odds * turn[JAMMING]
    effect, sat = turn[EFFECT], turn[SAT]
    passed = 1.0 - decay(turn[RECOVERY], turn.weeks)
    turn.post(
        EFFECT,
        Term("recovery", -(passed * effect), of=(EFFECT, RECOVERY), says="{node} recovers."),
        Term("attack", hit.max("adversary") * turn[DAMAGE] * (1.0 - effect),
             of=(Chance("attack"), DAMAGE), seen=EFFECT.seen, releases=("attack", DAMAGE.name),
             says="An attack on the networks of {node} got through."),
    )  # fmt: skip
    turn.post(
        SAT,
        Term("recovery", passed * (1.0 - sat), of=(SAT, RECOVERY),
             says="{ally} got service back."),
        Term("jamming", -(jammed.max("adversary") * 0.5 * sat), of=(Chance("jamming"),),
             seen=SAT.seen, releases=("jamming",), says="The satellites of {ally} were jammed."),
    )  # fmt: skip
    count = hit.sum("node") + jammed.sum("ally")
    by_roll = Only(Chance("attack"), hit), Only(Chance("jamming"), jammed)
    says = "Attacks of {adversary} got through."
    turn.post(ATTACKED, Term("attacks", count, of=by_roll, says=says))


def trace(turn: Turn) -> None:
    """Saying who did it takes time, and less where allies pool their logs."""
    known = turn[ATTRIBUTION]
    traces = turn[ATTACKED] > 0.0
    alone = chance(0.05, turn.weeks) * traces
    pooled = turn.order(POOL_LOGS).sum("ally")
    together = chance(turn[LOGS], pooled) * traces
    turn.post(
        ATTRIBUTION,
        Term("time", alone * (1.0 - known), of=(ATTACKED,), seen=ATTRIBUTION.seen,
             releases=(ATTACKED.name,), says="Analysts traced {adversary} a little further."),
        Term("pooled logs", together * (1.0 - alone) * (1.0 - known),
             of=(POOL_LOGS, LOGS, ATTACKED), seen=ATTRIBUTION.seen,
             releases=(ATTACKED.name, LOGS.name), says="Allies laid their logs side by side."),
    )  # fmt: skip


def blur(sat: Cells, effect: Cells) -> Cells:
    """Half the mean loss of satellite service, half the mean of the effects."""
    return clip((1.0 - sat.mean("ally")) * 0.5 + effect.mean("node") * 0.5)


def measure(turn: Turn) -> None:
    """How much is blurred."""
    sat, effect = turn[SAT], turn[EFFECT]
    turn.derive(NOISE, blur, Given("sat", sat, (SAT,)), Given("effect", effect, (EFFECT,)))


def habit(eyes: Eyes) -> None:
    """An absent seat hardens while it is weak and worried, and pools logs after an attack."""
    threat = eyes.own("threat.threat").max("adversary")
    hit = (eyes[EFFECT] * eyes.mine("node")).max("node") > 0.05
    eyes.order(HARDEN, 1.0, when=(eyes.own(DEFENCE) < 0.7) & (hit | (threat > 0.6)))
    level = eyes["deterrence.level"].max("theatre")
    traced = (eyes[EFFECT].max("node") > 0.05) | (eyes[ATTRIBUTION] > 0.0)
    unsure = eyes[ATTRIBUTION] < 0.7
    eyes.order(POOL_LOGS, 1.0, when=traced & unsure & (level >= 2.0) & (hit | (threat > 0.5)))


RULE = Rule(
    "cyber",
    says="Cyber attacks disrupt for a while; proof takes longer, and goes faster together.",
    fields=(SAT, DEFENCE, OFFENCE, EFFECT, ATTRIBUTION, NOISE, ATTACKED),
    decisions=(HARDEN, POOL_LOGS),
    parameters=(SLOPE, ATTEMPT, JAMMING, DAMAGE, RECOVERY, HARDENING, LOGS),
    reads=("adversary.act", "adversary.target"),
    steps=(
        Step("cyber", harden),
        Step("cyber", attack),
        Step("cyber", trace),
        Step("cyber", measure, opening=True),
    ),
    unmanned=(Habit("orders", habit),),
)
