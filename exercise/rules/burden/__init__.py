"""Burden sharing and cohesion: who carries how much, who minds, and whether the allies hold.

A fair share counts wealth, exposure and plain membership. Large members carry more than their
share of what all enjoy (Olson & Zeckhauser 1966), resent it, and resent those who do little; a
niche role that everybody needs takes the edge off. Allies fear being left alone and fear being
dragged in, and calming the first feeds the second (Snyder 1984). Cohesion follows a shared view,
an agreed strategy, freely given consent, fairness, reputation and the absence of disputes: D.
Gouré's criteria. Signs are general knowledge; sizes are design judgement.
"""

from __future__ import annotations

from exercise.engine.cells import Cells, maximum
from exercise.engine.declare import Given, Habit, Joined, Only, Rule, Step, Term
from exercise.engine.rates import decay
from exercise.engine.turn import Turn
from exercise.eyes import Eyes
from exercise.rules.burden.declared import (
    ABANDONMENT,
    BY_EXPOSURE,
    BY_HEADS,
    BY_WEALTH,
    CLAIM,
    COHESION,
    COHESION_LIFE,
    COMPENSATE,
    CONTRIBUTE,
    CONTRIBUTION,
    ENTRAPMENT,
    FAIR,
    GRUDGE_LIFE,
    KINDS,
    LEAST,
    LONE_HAND,
    NICHE,
    OVERLOAD,
    PAID,
    PROTEST,
    PROTESTED,
    RESENTMENT,
    SHARE,
    SHIRKING,
    SPENDING,
)
from exercise.rules.burden.feeling import fear, hold, resent


def pay(turn: Turn) -> None:
    """Payments, protests, niches and budgets are as ordered, and wear off or stay."""
    fade = 1.0 - decay(turn[GRUDGE_LIFE], turn.weeks)
    short = maximum(1.0 - turn[SHARE], 0.0)
    shame = turn[PROTESTED].named({"ally": "ally@to"})
    turn.post(
        SPENDING,
        Term("budget", turn.order(CONTRIBUTE), of=(CONTRIBUTE,),
             says="{ally} raised its defence budget."),
        Term("shamed", shame * short * turn.weeks * 0.005, of=(PROTESTED, SHARE),
             says="The protest of {ally@to} told on {ally}, which carries too little."),
    )  # fmt: skip
    turn.post(
        NICHE,
        Term("taken on", (1.0 - turn[NICHE]) * turn.order(CLAIM), of=(CLAIM,),
             says="{ally} took on a role."),
        Term("routine", -fade * 0.5 * turn[NICHE], of=(NICHE,),
             says="The role of {ally} became routine."),
    )  # fmt: skip
    turn.post(
        PAID,
        Term("paid", turn.order(COMPENSATE), of=(COMPENSATE,), says="{ally} paid {ally@to}."),
        Term("time", -fade * turn[PAID], of=(PAID,), says="The payment lies further back."),
    )  # fmt: skip
    turn.post(
        PROTESTED,
        Term("protest", (1.0 - turn[PROTESTED]) * turn.order(PROTEST), of=(PROTEST,),
             says="{ally} protested."),
        Term("time", -(1.0 - decay(4.0, turn.weeks)) * turn[PROTESTED], of=(PROTESTED,),
             says="The protest of {ally} lies further back."),
    )  # fmt: skip


def parted(kind: Cells) -> Cells:
    """Each ally's part of a kind of effort; nobody has a part of nothing."""
    whole = kind.sum("ally")
    return kind / (whole + whole.equals(0.0))


def carried(money: Cells, forces: Cells, economic: Cells, hosting: Cells, paid: Cells) -> Cells:
    """Each ally's part of the common effort, over every kind that there is; they sum to 1."""
    effort = parted(money) * KINDS[0]
    for kind, weight in zip((forces, economic, hosting, paid), KINDS[1:], strict=True):
        effort = effort + parted(kind) * weight
    return parted(effort)


def measure(turn: Turn) -> None:
    """Who carries how much, beside what would be fair."""
    size = turn["economy.size"]
    owner = turn.belongs("unit", "ally")
    host = turn.belongs("node", "ally")
    # Parts of a whole: what anybody gives changes what everybody else's part is.
    sizes = Joined("economy.size", "ally@to")
    guests = turn["logistics.hosted"].named({"ally": "ally@to"}).sum("ally@to")
    turn.derive(
        CONTRIBUTION,
        carried,
        Given("money", turn[SPENDING] * size, (Joined(SPENDING, "ally@to"), sizes)),
        Given("forces", (owner * turn["forces.usable"]).sum("unit"), ("forces.usable",)),
        Given(
            "economic", turn["sanctions.blow"] * size, (Joined("sanctions.blow", "ally@to"), sizes)
        ),
        Given(
            "hosting",
            (host * guests).sum("node"),
            (Only(Joined("logistics.hosted", "node", "ally@to"), host),),
        ),
        Given(
            "paid", turn[PAID].sum("ally@to") * size, (Joined(PAID, "ally@by", "ally@to"), sizes)
        ),
    )
    wealth, danger, heads = turn[BY_WEALTH], turn[BY_EXPOSURE], turn[BY_HEADS]

    def key(size: Cells, worry: Cells) -> Cells:
        count = float(max(size.data.shape[0], 1))
        return parted(size) * wealth + parted(worry) * danger + heads / count

    # The key counts exposure as history and geography have it, not this week's alarm.
    turn.derive(
        FAIR,
        key,
        Given("wealth", size, (sizes,)),
        Given(
            "danger",
            turn["threat.base"].max("adversary"),
            (Joined("threat.base", "ally@to", "adversary"),),
        ),
    )
    turn.derive(
        SHARE,
        lambda contribution, fair: contribution / maximum(fair, LEAST),
        Given("contribution", turn[CONTRIBUTION], (CONTRIBUTION,)),
        Given("fair", turn[FAIR], (FAIR,)),
    )


def habit(eyes: Eyes) -> None:
    """A light carrier pays or finds a niche; a heavy one protests at last."""
    share, size = eyes.own(SHARE), eyes["economy.size"]
    small = eyes.own("economy.size") < size.mean("ally") * 0.5
    capital = eyes.own("domestic.capital")
    eyes.order(CLAIM, 1.0, when=(share < 0.6) & small & (eyes.own(NICHE) < 0.3))
    heavy = eyes[SHARE].named({"ally": "ally@to"})
    loudest = eyes[PROTESTED].named({"ally": "ally@to"}) > 0.4
    eyes.order(COMPENSATE, 3.0, when=loudest & (heavy > 1.3) & (share < 0.8) & ~small)
    bitter = (eyes.own(RESENTMENT) > 0.45) & (eyes.own(PROTESTED) < 0.1)
    eyes.order(PROTEST, 1.0, when=bitter & (share > 1.4) & (capital > 15.0))
    danger = eyes.own("threat.threat").max("adversary")
    eyes.order(CONTRIBUTE, 0.05, when=(share < 0.7) & (danger > 0.6) & (capital > 40.0))


RULE = Rule(
    "burden",
    says="Who carries how much, who minds, and whether the allies hold together.",
    fields=(
        SPENDING, NICHE, PAID, CONTRIBUTION, FAIR, SHARE, RESENTMENT, ABANDONMENT, ENTRAPMENT,
        PROTESTED, COHESION,
    ),
    decisions=(COMPENSATE, PROTEST, CONTRIBUTE, CLAIM),
    parameters=(
        BY_WEALTH, BY_EXPOSURE, BY_HEADS, GRUDGE_LIFE, OVERLOAD, SHIRKING, COHESION_LIFE, LONE_HAND,
    ),
    reads=(
        "council.adopted",
        "council.consent",
        "council.free_consent",
        "council.mandate",
        "economy.size",
        "forces.alone",
        "forces.usable",
        "logistics.hosted",
        "realignment.assured",
        "sanctions.alone",
        "sanctions.blow",
        "threat.agreement",
        "threat.base",
        "threat.shared_view",
        "threat.threat",
        "treaty.dispute",
        "treaty.reputation",
    ),
    steps=(
        Step("burden", pay),
        Step("burden", measure, opening=True),
        Step("burden", resent),
        Step("burden", fear),
        Step("burden", hold),
    ),
    unmanned=(Habit("orders", habit),),
)  # fmt: skip
