"""What burdens do to allies: resentment, fear of being left or dragged in, cohesion."""

from __future__ import annotations

from exercise.engine.cells import exp, log, maximum, ratio
from exercise.engine.declare import Term
from exercise.engine.rates import decay
from exercise.engine.turn import Turn
from exercise.rules.burden.declared import (
    ABANDONMENT,
    COHESION,
    COHESION_LIFE,
    COMPENSATE,
    ENTRAPMENT,
    GRUDGE_LIFE,
    LONE_HAND,
    NICHE,
    OVERLOAD,
    PROTEST,
    RESENTMENT,
    SHARE,
    SHIRKING,
    WEIGHTS,
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
