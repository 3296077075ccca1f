"""Burden sharing and cohesion: who carries how much, who minds, and whether the allies hold.

A fair share counts wealth, exposure and plain membership. Large members carry more than their
share of what all enjoy (Olson & Zeckhauser 1966), resent it, and resent those who do little; a
niche role that everybody needs takes the edge off. Allies fear being left alone and fear being
dragged in, and calming the first feeds the second (Snyder 1984). Cohesion follows a shared view,
an agreed strategy, freely given consent, fairness, reputation and the absence of disputes: D.
Gouré's criteria. Signs are general knowledge; sizes are design judgement.
"""

from __future__ import annotations

from exercise.cells import Cells, decay, exp, log, maximum, ratio
from exercise.declare import Given, Habit, Rule, Step, Term
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
    WEIGHTS,
)
from exercise.turn import Turn


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


def carried(money: Cells, forces: Cells, economic: Cells, hosting: Cells, paid: Cells) -> Cells:
    """Each ally's part of the common effort, over every kind that there is; they sum to 1."""
    kinds = ((money, 0.3), (forces, 0.3), (economic, 0.2), (hosting, 0.15), (paid, 0.05))
    effort, counted = money * 0.0, money.sum("ally") * 0.0
    for kind, weight in kinds:
        whole = kind.sum("ally")
        effort = effort + ratio(kind, whole) * weight
        counted = counted + (whole > 0.0) * weight
    return ratio(effort, counted)


def measure(turn: Turn) -> None:
    """Who carries how much, beside what would be fair."""
    size = turn["economy.size"]
    owner = turn.belongs("unit", "ally")
    host = turn.belongs("node", "ally")
    guests = turn["logistics.hosted"].named({"ally": "ally@to"}).sum("ally@to")
    turn.derive(
        CONTRIBUTION,
        carried,
        Given("money", turn[SPENDING] * size, (SPENDING, "economy.size")),
        Given("forces", (owner * turn["forces.usable"]).sum("unit"), ("forces.usable",)),
        Given("economic", turn["sanctions.blow"] * size, ("sanctions.blow", "economy.size")),
        Given("hosting", (host * guests).sum("node"), ("logistics.hosted",)),
        Given("paid", turn[PAID].sum("ally@to") * size, (PAID, "economy.size")),
    )
    wealth, danger, heads = turn[BY_WEALTH], turn[BY_EXPOSURE], turn[BY_HEADS]

    def key(size: Cells, worry: Cells) -> Cells:
        count = (size * 0.0 + 1.0).sum("ally")
        return (
            ratio(size, size.sum("ally")) * wealth
            + ratio(worry, worry.sum("ally")) * danger
            + ratio(size * 0.0 + heads, count)
        )

    # The key counts exposure as history and geography have it, not this week's alarm.
    turn.derive(
        FAIR,
        key,
        Given("wealth", size, ("economy.size",)),
        Given("danger", turn["threat.base"].max("adversary"), ("threat.base",)),
    )
    turn.derive(
        SHARE,
        lambda contribution, fair: ratio(contribution, fair, 1.0),
        Given("contribution", turn[CONTRIBUTION], (CONTRIBUTION,)),
        Given("fair", turn[FAIR], (FAIR,)),
    )


def others(turn: Turn) -> float:
    """How many other allies each ally has, at least one."""
    return float(max(turn[SHARE].data.shape[0] - 1, 1))


def resent(turn: Turn) -> None:
    """Carrying too much, and others carrying too little, breeds resentment; payment soothes it."""
    share, resentment = turn[SHARE], turn[RESENTMENT]
    room = (1.0 - resentment) * turn.weeks / (1.0 + turn.weeks * 0.05)
    idle = maximum(1.0 - share * 2.0, 0.0) * (1.0 - turn[NICHE] * 0.7)
    idle = idle.named({"ally": "ally@to"}) * ~turn.same("ally", "ally@to")
    size = turn["economy.size"]
    sums = turn.order(COMPENSATE) * ratio(size, size.named({"ally": "ally@to"}))
    got = sums.named({"ally": "ally@to", "ally@to": "ally"})
    turn.post(
        RESENTMENT,
        Term("carries too much", room * log(maximum(share, 1.0)) * turn[OVERLOAD],
             of=(SHARE, OVERLOAD),
             says="{ally} carries more than its fair share."),
        Term("others do too little", room * idle * turn[SHIRKING] / others(turn),
             of=(SHARE, SHIRKING),
             says="{ally} sees that {ally@to} carries less than half its share."),
        Term("compensated", -resentment * (1.0 - exp(got * -0.08)) / others(turn) * 2.0,
             of=(COMPENSATE,),
             says="{ally@to} compensated {ally}."),
        Term("vented", -resentment * turn.order(PROTEST) * 0.15, of=(PROTEST,),
             says="{ally} spoke its mind."),
        Term("forgets", -(1.0 - decay(turn[GRUDGE_LIFE], turn.weeks)) * resentment,
             of=(RESENTMENT,),
             says="{ally} let old grievances rest."),
    )  # fmt: skip


def fear(turn: Turn) -> None:
    """Broken promises and danger feed the fear of being left; guarantees calm it, and tie."""
    fade = 1.0 - decay(turn[GRUDGE_LIFE], turn.weeks)
    left, dragged = turn[ABANDONMENT], turn[ENTRAPMENT]
    fell = maximum(turn.was("treaty.reputation") - turn["treaty.reputation"], 0.0)
    broken = fell.named({"ally": "ally@to"}) * ~turn.same("ally", "ally@to")
    danger = turn["threat.threat"].max("adversary")
    bare = 1.0 - turn["council.mandate"].max("theatre")
    word = maximum(turn["realignment.assured"] - turn.was("realignment.assured"), 0.0)
    heard = word.named({"ally": "ally@to", "ally@to": "ally"})
    pace = turn.weeks / (1.0 + turn.weeks * 0.05)
    turn.post(
        ABANDONMENT,
        Term("broken promises", (1.0 - left) * broken * 0.25, of=("treaty.reputation",),
             says="{ally@to} did not keep its word, and {ally} took note."),
        Term("in danger", (1.0 - left) * danger * danger * bare * pace * 0.015,
             of=("threat.threat", "council.mandate"),
             says="{ally} is in danger, and no mandate covers it."),
        Term("reassured", -left * heard * 0.25, of=("realignment.assured",),
             says="{ally@to} promised to stand by {ally}."),
        Term("forgets", -fade * left, of=(ABANDONMENT,), says="{ally} worried less with time."),
    )  # fmt: skip
    decided = maximum(turn["council.adopted"] - turn.was("council.adopted"), 0.0)
    consent = turn["council.consent"]
    unwilling = (consent > 0.0) * (1.0 - consent)
    turn.post(
        ENTRAPMENT,
        Term("against its wish", (1.0 - dragged) * unwilling * decided * 0.08,
             of=("council.consent", "council.adopted"),
             says="{ally} was bound by “{motion}” against its wish."),
        Term("promised", (1.0 - dragged) * word * word * 0.04, of=("realignment.assured",),
             says="{ally} tied itself to what {ally@to} does."),
        Term("forgets", -fade * dragged, of=(ENTRAPMENT,), says="{ally} worried less with time."),
    )  # fmt: skip


def hold(turn: Turn) -> None:
    """Cohesion follows its six causes, and suffers when an ally begins to act alone."""
    rate, now = 1.0 - decay(turn[COHESION_LIFE], turn.weeks), turn[COHESION]
    apart = turn["treaty.dispute"] * ~turn.same("ally", "ally@to")
    pairs = others(turn) * (others(turn) + 1.0)
    view, strategy, free, fairness, name, peace = (rate * weight for weight in WEIGHTS)
    forces = maximum(turn["forces.alone"] - turn.was("forces.alone"), 0.0)
    trade = maximum(turn["sanctions.alone"] - turn.was("sanctions.alone"), 0.0)
    turn.post(
        COHESION,
        Term("shared view", view * (turn["threat.shared_view"] - now), of=("threat.shared_view",),
             says="How far the allies share one view of the threat told on cohesion."),
        Term("agreement", strategy * (turn["threat.agreement"] - now), of=("threat.agreement",),
             says="How far the allies agree on a strategy told on cohesion."),
        Term("free consent", free * (turn["council.free_consent"] - now),
             of=("council.free_consent",),
             says="How freely the allies have consented told on cohesion."),
        Term("fairness", fairness * (1.0 - turn[RESENTMENT].mean("ally") - now), of=(RESENTMENT,),
             says="How much the allies resent their burdens told on cohesion."),
        Term("reputation", name * (turn["treaty.reputation"].mean("ally") - now),
             of=("treaty.reputation",),
             says="How well the allies have kept their word told on cohesion."),
        Term("disputes", peace * (1.0 - apart.sum("ally", "ally@to") / pairs - now),
             of=("treaty.dispute",),
             says="Disputes among the allies told on cohesion."),
        Term("force without the others", -now * forces * turn[LONE_HAND],
             of=("forces.alone", LONE_HAND),
             says="{ally} used force without the others."),
        Term("sanctions without the others", -now * trade * turn[LONE_HAND] * 0.5,
             of=("sanctions.alone", LONE_HAND),
             says="{ally} sanctioned by “{package}” without the others."),
        Term("protest", -now * turn.order(PROTEST) * 0.02, of=(PROTEST,),
             says="{ally} protested at its burden."),
    )  # fmt: skip


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
