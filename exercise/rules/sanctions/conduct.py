"""What senders do: adopt, carve out, enforce, lift, threaten, keep their word or not."""

from __future__ import annotations

from exercise.engine.cells import minimum
from exercise.engine.declare import Term
from exercise.engine.rates import decay
from exercise.engine.turn import Turn
from exercise.rules.sanctions.decisions import ADOPT, CARVE, ENFORCING, LIFT, PUNISH, THREATEN
from exercise.rules.sanctions.fields import (
    ADOPTED,
    ALONE,
    CARVED,
    CONCESSION,
    DEADLINE,
    ENFORCE,
    LEFT,
    SECONDARY,
    SUNSET,
    TARGET,
    UNKEPT,
)
from exercise.rules.sanctions.parameters import FATIGUE, LAX


def decide(turn: Turn) -> None:
    """Nations adopt, carve out, enforce and lift; what is not renewed lapses."""
    adopt, lift = turn.order(ADOPT), turn.order(LIFT)
    adopted, left, sunset = turn[ADOPTED], turn[LEFT], turn[SUNSET]
    new, kept = adopt > 0.0, adopt.equals(0.0)
    ends = (sunset > 0.0) & (adopted > 0.0) & (left <= turn.weeks) & kept
    lifted = (lift > 0.0) & kept
    run = minimum(left, turn.weeks) * kept
    deltas = (new * (adopt - adopted), -lifted * adopted, -(ends & ~lifted) * adopted)
    turn.post(
        LEFT,
        Term("renewed", new * (sunset - left), of=(ADOPT, SUNSET),
             says="{ally} adopted or renewed “{package}”."),
        Term("time passes", -run, of=(LEFT,), says="“{package}” ran on in {ally}."),
    )  # fmt: skip
    turn.post(
        ADOPTED,
        Term("adopted", deltas[0], of=(ADOPT,), says="{ally} put “{package}” into its law."),
        Term("lifted", deltas[1], of=(LIFT,), says="{ally} lifted “{package}”."),
        Term("lapsed", deltas[2], of=(SUNSET,),
             says="“{package}” lapsed in {ally}, not renewed in time."),
    )  # fmt: skip
    carve = turn.order(CARVE)
    turn.post(
        CARVED,
        Term("carved out", (carve > 0.0) * (carve - turn[CARVED]), of=(CARVE,),
             says="{ally} kept {sector} out of “{package}”."),
        Term("given up", -(carve < 0.0) * turn[CARVED], of=(CARVE,),
             says="{ally} gave up its exception for {sector}."),
    )  # fmt: skip


def police(turn: Turn) -> None:
    """Enforcement is as ordered and grows lax with routine; so does the fear of being punished."""
    order, enforce = turn.order(ENFORCING), turn[ENFORCE]
    fade = 1.0 - decay(turn[FATIGUE], turn.weeks)
    routine = (turn[ADOPTED] > 0.0) * order.equals(0.0)
    turn.post(
        ENFORCE,
        Term("ordered", (order > 0.0) * (order - enforce), of=(ENFORCING,),
             says="{ally} set how strictly “{package}” is enforced."),
        Term("routine", -fade * routine * (enforce - LAX), of=(ENFORCE,),
             says="Enforcement of “{package}” became routine in {ally}."),
    )  # fmt: skip
    punish, fear = turn.order(PUNISH), turn[SECONDARY]
    turn.post(
        SECONDARY,
        Term("threat to third parties", (1.0 - fear) * punish, of=(PUNISH,),
             says="{ally} went after third parties that sell {sector}."),
        Term("fades", -fade * fear, of=(SECONDARY,), says="Third parties fear {ally} less."),
    )  # fmt: skip


def threaten(turn: Turn) -> None:
    """Threats run towards their date; one that passes without action is a word not kept."""
    order, deadline, adopted = turn.order(THREATEN), turn[DEADLINE], turn[ADOPTED]
    made = order > 0.0
    kept = (deadline > 0.0) & (adopted > 0.0)
    won = (turn[TARGET] * turn[CONCESSION]).max("adversary") > 0.0
    running = (deadline > 0.0) & ~made & ~kept & ~won
    due = running & (deadline <= turn.weeks)
    passed = minimum(deadline, turn.weeks) * running
    turn.post(
        UNKEPT,
        Term("date passed", due * (1.0 - turn[UNKEPT]), of=(DEADLINE,),
             says="The date that {ally} had set for “{package}” passed."),
        Term("old news", -(~due) * turn[UNKEPT], of=(UNKEPT,), says="It is no longer news."),
    )  # fmt: skip
    turn.post(
        DEADLINE,
        Term("threatened", made * (order - deadline), of=(THREATEN,), says="{ally} set a date."),
        Term("kept", -kept * (~made) * deadline, of=(ADOPTED,), says="{ally} kept its word."),
        Term("won", -won * (~kept) * (~made) * deadline, of=(CONCESSION,),
             says="What {ally} demanded was conceded; its threat has served."),
        Term("time passes", -passed, of=(DEADLINE,), says="The date came closer."),
    )  # fmt: skip


def stand(turn: Turn) -> None:
    """Who has adopted what no council mandates acts alone."""
    without = (turn[ADOPTED] > 0.0) & (turn["council.sanctioned"].equals(0.0))
    turn.post(
        ALONE,
        Term("without the council", without * (1.0 - turn[ALONE]), of=(ADOPTED,),
             says="{ally} acts without a mandate for “{package}”."),
        Term("no longer alone", -(~without) * turn[ALONE], of=(ALONE,),
             says="The council stands behind “{package}”, or {ally} has lifted it."),
    )  # fmt: skip
