"""What sanctions do: coverage, denial, leakage, pain, the blow to the senders, concession."""

from __future__ import annotations

from exercise.engine.cells import Cells, clip, exp, log, maximum, minimum, power, ratio
from exercise.engine.declare import Chance, Given, Only, Term
from exercise.engine.exact import GRID
from exercise.engine.kept import kept
from exercise.engine.rates import chance, decay
from exercise.engine.turn import Turn
from exercise.rules.sanctions.fields import (
    ADOPTED,
    BLOW,
    CARVED,
    CONCESSION,
    COVERAGE,
    DEADLINE,
    DEFIANCE,
    DELIVERY,
    DENIAL,
    DEPTH,
    ENFORCE,
    EVADABLE,
    LEAK,
    MENACE,
    PAIN,
    SECONDARY,
    TARGET,
)
from exercise.rules.sanctions.parameters import (
    BACKED,
    BACKFILL,
    BLOW_SIZE,
    DEFIANT,
    LEAK_LIFE,
    NORMAL,
    PAIN_CURVE,
    PAIN_MOST,
    PRESSURE,
    REACH,
    STEADFAST,
    THREATENING,
    UNWATCHED,
    YIELDING,
)


def sold(turn: Turn) -> Cells:
    """Each ally's share `[ally, sector]` of what adversaries buy; all suppliers are at most 1."""
    same = turn.same("actor", "adversary"), turn.same("ally", "actor")
    return _parts(turn["economy.share"], *same)


@kept
def _parts(share: Cells, bought: Cells, own: Cells) -> Cells:
    total = maximum((share * ~bought.max("adversary")).sum("actor"), 1.0)
    return (own * share).sum("actor") / total


def weights(turn: Turn) -> Cells:
    """How much each sector weighs, summing to 1."""
    return _shares(turn["economy.weight"])


@kept
def _shares(weight: Cells) -> Cells:
    return ratio(weight, weight.sum("sector"))


def joined(part: Cells, target: Cells) -> Cells:
    """What packages stop together, `[adversary, sector]`: nothing is stopped twice."""
    spared = maximum(1.0 - part * target, GRID)
    return 1.0 - exp(log(spared).sum("package"))


def covered(adopted: Cells, carved: Cells, share: Cells, depth: Cells, target: Cells) -> Cells:
    """The share of a target's supply that senders have stopped, however little they stop of it."""
    part = adopted * (1.0 - carved) * share
    return joined(part.sum("ally") * (depth > 0.0), target)


def denied(
    adopted: Cells,
    carved: Cells,
    share: Cells,
    depth: Cells,
    target: Cells,
    enforce: Cells,
    delivery: Cells,
) -> Cells:
    """The same, weighted by depth, by enforcement, and by how much each sender means it."""
    part = (adopted * enforce * delivery) * (1.0 - carved) * share
    return joined(part.sum("ally") * depth, target)


def meant(consent: Cells, adopted: Cells, carries: Cells) -> Cells:
    """1 less what half-hearted agreement loses; who is bound by no text acts of its own accord."""
    lost = adopted * (1.0 - consent) * (consent > 0.0)
    return clip(1.0 - (lost * carries).sum("motion"))


def hanging(due: Cells, share: Cells, depth: Cells, target: Cells, weight: Cells) -> Cells:
    """How heavily threats that come due hang over a target: saturating in what they would cover."""
    loss = ((due * share).sum("ally") * depth * weight).sum("sector")
    return 1.0 - exp((loss * target).sum("package") * -4.0)


def reckon(turn: Turn) -> None:
    """What sanctions cover, what they deny, what they cost those who send them."""
    turn.derive(
        DELIVERY,
        meant,
        Given("consent", turn["council.consent"], ("council.consent",)),
        Given("adopted", turn["council.adopted"], ("council.adopted",)),
        Given("carries", turn["council.package"], ("council.package",)),
    )
    senders = (
        Given("adopted", turn[ADOPTED], (ADOPTED,)),
        Given("carved", turn[CARVED], (CARVED,)),
        Given("share", sold(turn), ("economy.share",)),
        Given("depth", turn[DEPTH], (DEPTH,)),
        Given("target", turn[TARGET], (TARGET,)),
    )
    turn.derive(COVERAGE, covered, *senders)
    turn.derive(
        DENIAL,
        denied,
        *senders,
        Given("enforce", turn[ENFORCE], (ENFORCE,)),
        Given("delivery", turn[DELIVERY], (DELIVERY,)),
    )
    size, backfill = turn[BLOW_SIZE], turn[BACKFILL]

    def struck(adopted: Cells, carved: Cells, depth: Cells, exposure: Cells, coverage: Cells,
               target: Cells) -> Cells:  # fmt: skip
        thin = (target * (1.0 - coverage)).sum("adversary")
        cut = (depth * (1.0 + backfill * thin)) * exposure
        return (adopted * (1.0 - carved) * cut).sum("package", "sector") * size

    turn.derive(
        BLOW,
        struck,
        senders[0],
        senders[1],
        senders[3],
        Given("exposure", turn["economy.exposure"], ("economy.exposure",)),
        Given("coverage", turn[COVERAGE], (COVERAGE,)),
        senders[4],
    )


def evade(turn: Turn) -> None:
    """Ways round are found in months, fewer where senders watch and third parties are afraid."""
    share, target, on = sold(turn), turn[TARGET], turn[COVERAGE] > 0.0
    part = ((turn[ADOPTED] * (1.0 - turn[CARVED])) * (turn[DEPTH] > 0.0)) * share
    whole = (part.sum("ally") * target).sum("package")
    watch = ((part * (turn[ENFORCE] * turn[DELIVERY])).sum("ally") * target).sum("package")
    watched = ratio(watch, whole, NORMAL)

    def senders() -> Cells:
        return part * target

    fear = 1.0 - exp((turn[SECONDARY] * share).sum("ally") * -6.0)
    rate = 1.0 - decay(turn[LEAK_LIFE], turn.weeks)
    open_ways = rate * on * turn[EVADABLE]
    turn.post(
        LEAK,
        Term("ways round", open_ways, of=(EVADABLE, COVERAGE),
             says="Evaders found ways to sell {sector}."),
        Term("enforcement", open_ways * (NORMAL - watched),
             of=(Only(ENFORCE, senders), Only(DELIVERY, senders), COVERAGE),
             says="How strictly the senders watch {sector} told."),
        Term("third parties", -open_ways * (UNWATCHED - watched) * fear * turn[REACH],
             of=(SECONDARY, "economy.share", REACH), says="Third parties feared to sell {sector}."),
        Term("routes close", -rate * turn[LEAK], of=(LEAK,), says="Old ways round were shut."),
    )  # fmt: skip


def hurt(turn: Turn) -> None:
    """What it all costs the target, and what hangs over it."""
    most, curve, weight = turn[PAIN_MOST], turn[PAIN_CURVE], weights(turn)
    turn.derive(
        PAIN,
        lambda denial, leak, weight: (
            power((weight * denial * (1.0 - leak)).sum("sector"), curve) * most
        ),
        Given("denial", turn[DENIAL], (DENIAL,)),
        Given("leak", turn[LEAK], (LEAK,)),
        Given("weight", weight, ("economy.weight",)),
    )
    before = turn.was(DEADLINE) * (turn[DEADLINE] < turn.was(DEADLINE))
    close = maximum(minimum(before, turn.weeks) - maximum(before - 4.0, 0.0), 0.0)
    turn.derive(
        MENACE,
        hanging,
        Given("due", ratio(close, turn.weeks), (DEADLINE,)),
        Given("share", sold(turn), ("economy.share",)),
        Given("depth", turn[DEPTH], (DEPTH,)),
        Given("target", turn[TARGET], (TARGET,)),
        Given("weight", weight, ("economy.weight",)),
    )


def defy(turn: Turn) -> None:
    """A target closes ranks when it is newly sanctioned, for some months."""
    fresh = maximum(turn[COVERAGE] - turn.was(COVERAGE), 0.0)
    fade = 1.0 - decay(8.0, turn.weeks)
    turn.post(
        DEFIANCE,
        Term("sanctioned", fresh * weights(turn) * turn[DEFIANT], of=(COVERAGE, DEFIANT),
             says="{adversary} closed ranks against new sanctions in {sector}."),
        Term("fades", -fade * turn[DEFIANCE], of=(DEFIANCE,),
             says="The defiance of {adversary} faded."),
    )  # fmt: skip


def concede(turn: Turn) -> None:
    """A target may yield: to pain and credible threats, the less the more it has at stake."""
    stake, pain, menace = turn["adversary.stake"], turn[PAIN], turn[MENACE]
    sent = (turn[ADOPTED] > 0.0).max("ally")
    backing = (turn["council.sanctioned"] * sent * turn[TARGET]).max("package")
    pressed = (turn[COVERAGE].max("sector") > 0.0) | (menace > 0.0)
    calm = exp(stake * -turn[STEADFAST] - turn[DEFIANCE]) * pressed * turn[YIELDING]
    threat = 1.0 + menace * (turn[THREATENING] - 1.0)
    unhurt = calm * threat * (1.0 + backing * (turn[BACKED] - 1.0))
    roll = turn.roll("concession", "adversary")
    would = roll < chance(minimum(unhurt, 0.5), turn.weeks)
    yields = roll < chance(minimum(unhurt * exp(pain * turn[PRESSURE]), 0.5), turn.weeks)
    still = 1.0 - turn[CONCESSION]
    turn.post(
        CONCESSION,
        Term("thought better of it", still * would, of=(Chance("concession"), YIELDING),
             says="{adversary} found that its aim was not worth it."),
        Term("pressed by pain", still * yields * (~would),
             of=(Chance("concession"), PAIN, PRESSURE),
             says="What sanctions cost {adversary} made it yield."),
    )  # fmt: skip
