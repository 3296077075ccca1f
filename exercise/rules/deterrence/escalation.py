"""Acts land, threats fall due, tension rises and eases, forces engage."""

from __future__ import annotations

from exercise.engine.cells import Cells, clip, exp, log, maximum, minimum, none, normal, ratio, tanh
from exercise.engine.declare import (
    Chance,
    Only,
    Term,
)
from exercise.engine.rates import chance, decay
from exercise.engine.turn import Turn
from exercise.rules.deterrence.declared import (
    CALL,
    CALLED,
    CASUALTIES,
    CLASH,
    DUE,
    ENEMY_FORCE,
    GROUND,
    HOTLINE,
    LEVEL,
    LINE,
    LOSSES,
    MISREAD,
    POSTURE,
    REASSURE,
    SIGNAL,
    STRIKE,
    STRUCK,
    TAKE_POSTURE,
    TENSION,
    THREATEN,
    WAR,
)
from exercise.rules.deterrence.parameters import (
    ALARM,
    ATTRITION,
    CALMING,
    CLASHING,
    FORTUNE,
    GROUND_RATE,
    HEAT,
    IMPRESSION,
    MISREADING,
    SHAME,
    SIGNAL_LIFE,
)


def land(turn: Turn) -> None:
    """The adversary's act is seen; under tension it may land a rung higher than it was meant."""
    act, shown, level = turn["adversary.act"], turn["adversary.shown"], turn[LEVEL]
    prone = turn[TENSION] * (1.0 - 0.5 * turn[HOTLINE]) * turn[MISREADING]
    slipped = (turn.roll("misread", "adversary", "theatre") < chance(prone, turn.weeks)) & (
        (act >= 4.0) & (act + 1.0 <= minimum(turn["adversary.cap"], 7.0))
    )
    taken = act + slipped
    turn.post(
        LEVEL,
        Term("seen to act", ratio(shown, shown.sum("act")) * (taken - level),
             of=("adversary.shown",), says="{adversary} acted in {theatre}: {act}."),
        Term("acted unseen", ~shown.any("act") * (taken - level),
             of=("adversary.act", Chance("misread")), says="{adversary} acted in {theatre}."),
    )  # fmt: skip
    turn.post(
        MISREAD,
        Term("misread", slipped, of=(Chance("misread"), TENSION, "adversary.act"),
             says="An act of {adversary} was taken for more than it was meant to be."),
    )  # fmt: skip
    rolled = turn.roll("clash", "theatre") < chance(turn[CLASHING], turn.weeks)
    clash = level.equals(5.0).any("adversary") & rolled
    clashing = turn[CLASH]
    turn.post(
        CLASH,
        Term("clash", clash * (1.0 - clashing), of=(LEVEL, Chance("clash")),
             says="Patrols clashed."),
        Term("over", -(clashing * (1.0 - clash)), of=(CLASH,), says="The clash was over."),
    )  # fmt: skip
    war = (level >= 7.0).any("adversary", "theatre")
    turn.post(WAR, Term("invasion", war - turn[WAR], of=(LEVEL,), says="It came to an invasion."))


def place(turn: Turn) -> None:
    """Postures, hotlines and strikes are as ordered."""
    order = turn.order(TAKE_POSTURE)
    turn.post(POSTURE, Term("ordered", (abs(order) > 0.0) * (maximum(order, 0.0) - turn[POSTURE]),
                            of=(TAKE_POSTURE,), says="{ally} ordered it."))  # fmt: skip
    calls = turn.order(CALL)
    opened, shut = (calls > 0.0).any("ally"), (calls < 0.0).any("ally")
    line = turn[HOTLINE]
    turn.post(
        HOTLINE,
        Term("opened", opened * (1.0 - line), of=(CALL,), says="An ally opened it."),
        Term("closed", -((shut & ~opened) * line), of=(CALL,), says="An ally closed it."),
    )
    turn.post(STRUCK, Term("ordered", turn.order(STRIKE) - turn[STRUCK], of=(STRIKE,),
                           says="{ally} ordered it, or no longer did."))  # fmt: skip


def _moved(turn: Turn) -> tuple[Cells, Cells]:
    """Who has sent a unit to a theatre this turn, and which: [ally], [unit, theatre]."""
    sent = (turn["logistics.destination"] - turn.was("logistics.destination")) > 0.0
    return (sent.any("theatre") * turn.belongs("unit", "ally")).any("unit"), sent


def hold_to_account(turn: Turn) -> None:
    """A threat whose line is crossed must be answered within a turn, or the bluff is called."""
    moved, sent = _moved(turn)
    own = turn.belongs("unit", "ally")
    posed = (turn.order(TAKE_POSTURE) > 0.0).any("theatre")
    struck = (turn.order(STRIKE) > 0.0).any("theatre")
    sanctioned = ((turn["sanctions.adopted"] - turn.was("sanctions.adopted")) > 0.0).any("package")
    answered = moved | posed | struck | sanctioned
    line, due, order = turn[LINE], turn[DUE], turn.order(THREATEN)
    called, kept = due & ~answered, due & answered
    crossed = (line > 0.0) & (turn[LEVEL].max("theatre") >= line) & ~due
    drawn = (order > 0.0) & line.equals(0.0)
    lifted = (order < 0.0) * line
    impressed = turn[IMPRESSION] * (1.0 - turn[SIGNAL])
    turn.post(
        SIGNAL,
        Term("public threat", impressed * drawn, of=(THREATEN, IMPRESSION),
             says="{ally} drew a line for {adversary} in public."),
        Term("forces moved", impressed * moved,
             of=(Only("logistics.destination", lambda: sent * own), IMPRESSION),
             says="{ally} set forces in motion."),
        Term("bluff called", -(called * (turn[SIGNAL] - SIGNAL.low) * turn[SHAME]), of=(DUE, SHAME),
             says="{ally} did not answer {adversary} after all."),
        Term("fades", (1.0 - decay(turn[SIGNAL_LIFE], turn.weeks)) * (0.5 - turn[SIGNAL]),
             of=(SIGNAL, SIGNAL_LIFE), says="What {ally} said and did is a while ago."),
    )  # fmt: skip
    turn.post(
        LINE,
        Term("drawn", drawn * order, of=(THREATEN,), says="{ally} drew it."),
        Term("taken back", -lifted, of=(THREATEN,), says="{ally} took it back."),
        Term("settled", -(due * (line - lifted)), of=(DUE,), says="It was answered or not."),
    )
    turn.post(
        CALLED,
        Term("called", called - turn[CALLED], of=(DUE,), says="{ally} did not answer."),
    )
    turn.post(
        DUE,
        Term("crossed", crossed, of=(LINE, LEVEL), says="{adversary} went as far as that."),
        Term("answered", -kept, of=(DUE,), says="{ally} answered."),
        Term("not answered", -called, of=(DUE,), says="{ally} did not answer."),
    )


def strain(turn: Turn) -> None:
    """Acts and postures feed tension, assurances and time ease it; it saturates gracefully."""
    tension, weeks = turn[TENSION], turn.weeks
    room = 1.0 - tension
    heat = 1.0 - exp(-(turn[LEVEL] * weeks * turn[HEAT]))
    openly = 1.0 - 0.5 * turn[HOTLINE].max("adversary")
    alarm = 1.0 - exp(-(turn[POSTURE] * openly * weeks * turn[ALARM]))
    calmed = 1.0 - exp(-(turn.order(REASSURE) * 0.08))
    turn.post(
        TENSION,
        Term("time", (decay(turn[CALMING], weeks) - 1.0) * tension, of=(TENSION, CALMING),
             says="With time, nerves calm."),
        Term("acts", heat * room, of=(LEVEL, HEAT), says="What {adversary} does keeps nerves raw."),
        Term("postures", alarm * room, of=(POSTURE, ALARM),
             says="Forces of {ally} stand ready in {theatre}."),
        Term("assurances", -(calmed * tension), of=(REASSURE,),
             says="{ally} assured {adversary} that it means no attack."),
        Term("strikes", turn[STRUCK] * room * 0.1, of=(STRUCK,), says="{ally} struck."),
        Term("clash", turn[CLASH] * room * 0.05, of=(CLASH,), says="There was a clash."),
    )  # fmt: skip


def fight(turn: Turn) -> None:
    """From rung 6 on, forces engage: ground changes hands and both sides lose strength."""
    attacking = turn[LEVEL] >= 6.0
    of = (LEVEL, "forces.present", ENEMY_FORCE, Chance("fortune of war"))
    lost, taken = battle(turn, attacking, turn.roll("fortune of war", "theatre"), of)
    turn.post(
        LOSSES,
        Term("fighting", lost, of=of, says="Forces met in battle."),
        Term("a turn ago", -turn[LOSSES], of=(LOSSES,), says="Those were last turn's."),
    )
    hit = (1.0 - exp(-(turn[STRUCK] * 0.06))) * turn[ENEMY_FORCE]
    built = turn["adversary.act"].equals(4.0) * (1.0 - exp(-(turn.weeks * 0.04)))
    turn.post(
        ENEMY_FORCE,
        Term("fighting", -(taken * turn[ENEMY_FORCE]), of=of, says="Forces met in battle."),
        Term("strikes", -hit, of=(STRUCK,), says="{ally} struck its forces."),
        Term("build-up", built * turn[ENEMY_FORCE], of=("adversary.act", ENEMY_FORCE),
             says="{adversary} brought up more force."),
    )  # fmt: skip
    mourn(turn)


def battle(turn: Turn, attacking: Cells, die: Cells, of: tuple[object, ...]) -> tuple[Cells, Cells]:
    """Ground changes hands; what share each side loses, [theatre] and [adversary, theatre]."""
    on = attacking.any("adversary")
    ours = turn["forces.present"] * turn["forces.unity"] * turn["interoperability.friction"]
    if none(on):
        turn.post(GROUND)
        return on, attacking
    enemy = (turn[ENEMY_FORCE] * attacking).sum("adversary")
    luck = normal(die) * turn[FORTUNE]
    odds = clip(log(maximum(ours, 0.01)) - log(maximum(enemy, 0.01)) + luck, -6.0, 6.0)
    swing = tanh(odds)
    pace = 1.0 - exp(-(abs(swing) * turn.weeks * turn[GROUND_RATE]))
    held, weeks, rate = turn[GROUND], turn.weeks, turn[ATTRITION]
    turn.post(
        GROUND,
        Term("advance", on * (swing > 0.0) * pace * (1.0 - held), of=of,
             says="The allies were the stronger."),
        Term("retreat", -(on * (swing < 0.0) * pace * held), of=of,
             says="The adversary was the stronger."),
    )  # fmt: skip
    lost = on * (ours > 0.0) * (1.0 - exp(-(exp(-(odds * 0.5)) * weeks * rate)))
    taken = attacking * (1.0 - exp(-(exp(odds * 0.5) * weeks * rate)))
    return lost, taken


def mourn(turn: Turn) -> None:
    """What the fighting cost in people, unit by unit."""
    there = turn["forces.strength"] * turn["logistics.arrived"] * turn["logistics.destination"]
    people = there * turn.belongs("unit", "ally") * 3500.0
    hurt = people * (turn[LOSSES] * 0.15 + turn[CLASH] * 0.002)
    turn.post(
        CASUALTIES,
        Term("losses", hurt, of=(LOSSES, CLASH, "forces.strength", "logistics.arrived"),
             says="{unit} was in the fighting in {theatre}."),
        Term("a turn ago", -turn[CASUALTIES], of=(CASUALTIES,), says="Those were last turn's."),
    )  # fmt: skip
