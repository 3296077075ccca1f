"""What moves the public: rallies, losses, hardship, broken words, speeches."""

from __future__ import annotations

from exercise.engine.cells import exp, log, maximum, ratio
from exercise.engine.declare import Only, Term
from exercise.engine.rates import decay
from exercise.engine.turn import Turn
from exercise.rules.domestic.declared import (
    ADDRESS,
    ADDRESS_GAIN,
    ALONE,
    AUDIENCE,
    AUTONOMY,
    BACKING,
    BREACH,
    CASUALTIES,
    CLOSED_RANKS,
    DEFENCE,
    DEFENCE_LIFE,
    DRIFT,
    FLOOR,
    HARDSHIP,
    INTERESTS,
    LOG_TEN,
    LOSSES,
    RALLIED,
    RALLY,
    RALLY_LIFE,
    SPOKEN,
    SUPPORT,
    USUAL,
    VALUES,
)


def count_losses(turn: Turn) -> None:
    """Losses count against a government where they fall away from home, not in its own defence."""
    fierce = turn["deterrence.losses"] + turn["deterrence.clash"] * 0.015
    there = turn["forces.strength"] * turn["logistics.arrived"] * turn["logistics.destination"]
    fought = (turn.belongs("unit", "ally") * (there * fierce)).sum("unit")
    abroad = ratio((fought * (1.0 - turn["forces.home"])).sum("theatre"), fought.sum("theatre"))
    turn.post(
        LOSSES,
        Term("losses abroad", turn["deterrence.casualties"] * abroad,
             of=("deterrence.casualties", "logistics.destination"),
             says="{ally} lost people in a fight that was not on its own soil."),
    )  # fmt: skip


def rally(turn: Turn) -> None:
    """A crisis that steps up rallies a little, more with a mandate; an attack at home much more."""
    level = turn["deterrence.level"]
    steps = (level > turn.was("deterrence.level")) & (level >= 4.0)
    stepped = steps.max("adversary", "theatre")
    mandate = turn["council.mandate"].max("theatre")
    fresh = maximum(turn["council.mandate"] - turn.was("council.mandate"), 0.0).max("theatre")
    room = 1.0 - turn[RALLIED]
    fade = 1.0 - decay(turn[RALLY_LIFE], turn.weeks)
    turn.post(
        RALLIED,
        Term("crisis", room * stepped * turn[RALLY], of=(Only("deterrence.level", steps), RALLY),
             says="{ally} rallied as the crisis stepped up."),
        Term("with allies", room * stepped * mandate * turn[BACKING],
             of=(Only("deterrence.level", steps), "council.mandate", BACKING),
             says="{ally} rallied the more because its council stood behind it."),
        Term("mandate", room * fresh * turn[BACKING], of=("council.mandate", BACKING),
             says="A mandate of the council rallied {ally}."),
        Term("fades", -fade * turn[RALLIED], of=(RALLIED,), says="The rally in {ally} faded."),
    )  # fmt: skip
    hit = turn["forces.home"] * (level.max("adversary") >= 6.0)
    quick = 1.0 - decay(1.0, turn.weeks)
    safe = ~hit.max("theatre")
    slow = 1.0 - decay(turn[DEFENCE_LIFE], turn.weeks)
    ranks = turn[CLOSED_RANKS]
    turn.post(
        CLOSED_RANKS,
        Term("attacked at home", hit.max("theatre") * quick * maximum(turn[DEFENCE] - ranks, 0.0),
             of=(Only("deterrence.level", hit), Only("forces.home", hit), DEFENCE),
             says="{ally} was attacked on its own soil."),
        Term("fades", -slow * safe * ranks, of=(CLOSED_RANKS,),
             says="The attack on {ally} lies further back."),
    )  # fmt: skip


def speak(turn: Turn) -> tuple[Term, Term]:
    """What a speech does: interests a little for all, values more for the worried."""
    order = turn.order(ADDRESS)
    carries = (1.0 - turn[SPOKEN]) * (1.0 - turn[SUPPORT]) * turn[ADDRESS_GAIN]
    worry = turn["threat.threat"].max("adversary")
    return (
        Term("spoke of interests", order.equals(INTERESTS) * carries * 1.3,
             of=(ADDRESS, ADDRESS_GAIN),
             says="The government of {ally} spoke of the country's interests."),
        Term("spoke of values", order.equals(VALUES) * carries * (3.0 * worry - 0.6),
             of=(ADDRESS, ADDRESS_GAIN, "threat.threat"),
             says="The government of {ally} spoke of values; that moved the worried."),
    )  # fmt: skip


def grievances(turn: Turn) -> list[Term]:
    """What speaks against a government this turn: weights, which `opinion` turns into a loss."""
    months = turn.weeks * 0.25
    dead = (log(1.0 + turn[LOSSES]) - log(1.0 + turn.was(LOSSES))) / LOG_TEN
    below = maximum(turn[FLOOR] - turn[AUTONOMY], 0.0)
    return [
        Term("hardship", turn["economy.hardship"] * months * turn[HARDSHIP],
             of=("economy.hardship", HARDSHIP),
             says="Hardship at home cost the government of {ally} support."),
        Term("losses", dead * turn[CASUALTIES], of=(LOSSES, CASUALTIES),
             says="Losses abroad cost the government of {ally} support."),
        Term("unkept threat", turn["sanctions.unkept"] * turn[AUDIENCE],
             of=("sanctions.unkept", AUDIENCE),
             says="{ally} had threatened “{package}” and did not carry it out."),
        Term("bluff called", turn["deterrence.called"] * turn[AUDIENCE],
             of=("deterrence.called", AUDIENCE), says="{adversary} called the bluff of {ally}."),
        Term("war powers", turn["forces.breach"] * months * turn[BREACH],
             of=("forces.breach", BREACH),
             says="{ally} acts against its own war-powers rule."),
        Term("forces alone", turn["forces.alone"] * months * turn[ALONE],
             of=("forces.alone", ALONE),
             says="The forces of {ally} act without a mandate of its allies."),
        Term("sanctions alone", turn["sanctions.alone"] * months * turn[ALONE],
             of=("sanctions.alone", ALONE), says="{ally} sanctions alone: “{package}”."),
        Term("autonomy", below * months * 0.1, of=(AUTONOMY, FLOOR),
             says="{ally} minds how little it decides for itself."),
    ]  # fmt: skip


def opinion(turn: Turn) -> None:
    """Support moves with rallies, hardship, losses, broken words and what the government says.

    Weights are shares lost at a support of one half; together they take what there is and no
    more, each its part of it.
    """
    support, room = turn[SUPPORT], 1.0 - turn[SUPPORT]
    against = grievances(turn)
    whole = turn.zeros("ally")
    for term in against:
        whole = whole + term.delta.sum(*(axis for axis in term.delta.axes if axis != "ally"))
    left = exp(whole * -2.0)
    each = support * ratio(1.0 - left, whole)
    # What stands beside a grievance tells how much of it is felt; it is no cause of it.
    beside = [Only(source, turn.zeros()) for term in against for source in term.of]
    gained = turn[RALLIED] - turn.was(RALLIED)
    closed = turn[CLOSED_RANKS] - turn.was(CLOSED_RANKS)
    drift = 1.0 - decay(turn[DRIFT], turn.weeks)
    interests, values = speak(turn)
    turn.post(
        SUPPORT,
        Term("rally", gained * room * 2.0, of=(RALLIED,),
             says="The rally in {ally} moved support."),
        Term("closed ranks", closed * room * 2.0, of=(CLOSED_RANKS,),
             says="An attack at home closed the ranks of {ally}, or lies further back."),
        *(Term(t.name, -t.delta * each, of=(*t.of, *beside), says=t.says) for t in against),
        interests,
        values,
        Term("politics as usual", drift * (turn[USUAL] - support * left),
             of=(USUAL, SUPPORT, *beside),
             says="Opinion in {ally} drifted to what is usual there."),
    )  # fmt: skip
    spoke = turn.order(ADDRESS) > 0.0
    turn.post(
        SPOKEN,
        Term("spoke", spoke * (1.0 - turn[SPOKEN]) * 0.5, of=(ADDRESS,),
             says="{ally} addressed its public."),
        Term("fades", -turn[SPOKEN] * (1.0 - decay(6.0, turn.weeks)), of=(SPOKEN,),
             says="Its last words fade."),
    )  # fmt: skip
