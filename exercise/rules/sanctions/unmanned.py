"""How an absent seat handles sanctions, from what it sees."""

from __future__ import annotations

from exercise.engine.cells import Cells, none, ratio
from exercise.engine.kept import kept
from exercise.eyes import Eyes
from exercise.rules.sanctions.decisions import ADOPT, CARVE, ENFORCING, LIFT, PUNISH, THREATEN
from exercise.rules.sanctions.fields import (
    ADOPTED,
    CARVED,
    CONCESSION,
    DEADLINE,
    DEPTH,
    ENFORCE,
    LEAK,
    LEFT,
    SECONDARY,
    SUNSET,
    TARGET,
)
from exercise.rules.sanctions.parameters import NORMAL, STRICT


def _adopting(eyes: Eyes, will: Cells, worry: Cells) -> None:
    """Adopt what the council mandates or one's own word demands; lift what has served its turn."""
    adopted, deadline = eyes.own(ADOPTED), eyes.own(DEADLINE)
    mandated = eyes["council.sanctioned"]
    sunset, left = eyes[SUNSET], eyes.own(LEFT)
    running_out = (sunset > 0.0) & (adopted > 0.0) & (left <= eyes.weeks)
    word_due = (deadline > 0.0) & (deadline <= eyes.weeks) & (will > 0.45)
    wanted = (mandated > 0.0) & (will > 0.25)
    level = 0.5 + (will * (0.5 + 0.5 * mandated) > 0.4) * 0.5
    won = (eyes[TARGET] * eyes[CONCESSION]).max("adversary") > 0.0
    fresh = (wanted & (adopted < level)) | (word_due & adopted.equals(0.0))
    eyes.order(ADOPT, level, when=(fresh | (running_out & wanted)) & ~won)
    eyes.order(LIFT, 1.0, when=(adopted > 0.0) & won)
    idle = deadline.equals(0.0).all("package") & adopted.equals(0.0)
    urge = (worry > 0.6) & (will > 0.55) & idle & mandated.equals(0.0) & ~won
    if none(urge):
        return
    parts = eyes[DEPTH], eyes["economy.weight"], eyes["economy.share"], eyes.me("actor")
    urge = urge & worst_of(*parts)
    die = eyes.roll("threaten", "package", where=urge)
    eyes.order(THREATEN, 8.0, when=urge & (die < 0.25 * eyes.weeks))


@kept
def worst_of(depth: Cells, weight: Cells, share: Cells, me: Cells) -> Cells:
    """The package that cuts deepest, if one's own sales are enough of what it cuts."""
    cut = depth * weight
    deep = cut.sum("sector")
    sold = (share * me).sum("actor")
    counts = ratio((cut * sold).sum("sector"), deep) > 0.1
    return counts & (deep >= deep.max("package"))


def habit(eyes: Eyes) -> None:
    """An absent seat adopts by its will, spares its heaviest exposure, enforces by its support."""
    aimed = eyes[TARGET]
    worry = (aimed * eyes.own("threat.threat")).max("adversary")
    support, exposure = eyes.own("domestic.support"), eyes.own("economy.exposure")
    price = (eyes[DEPTH] * exposure).sum("sector")
    will = 0.6 * worry + 0.6 * support - 0.25 * price
    _adopting(eyes, will, worry)
    held = (eyes.own(ADOPTED) > 0.0) | (eyes.ordered(ADOPT) > 0.0)
    bare = held & ~eyes.own(CARVED).any("sector")
    if not none(bare):
        burden = eyes[DEPTH] * exposure
        heaviest = (burden > 0.25) & (burden >= burden.max("sector"))
        eyes.order(CARVE, 0.5, when=bare & heaviest)
    enforce = eyes.own(ENFORCE)
    strict = (support > 0.55) & (worry > 0.5)
    goal = NORMAL + strict * (STRICT - NORMAL)
    eyes.order(ENFORCING, goal, when=(eyes.own(ADOPTED) > 0.0) & (enforce < goal - 0.08))
    leaking = eyes[LEAK].max("adversary")
    if none(leaking > 0.1):
        return
    mine = (eyes["economy.share"] * eyes.me("actor")).sum("actor") > 0.2
    afraid = eyes.own(SECONDARY) < 0.3
    rich = (eyes.own("domestic.capital") > 40.0) & (worry.max("package") > 0.55)
    eyes.order(
        PUNISH,
        1.0,
        when=(leaking > 0.1) & (leaking >= leaking.max("sector")) & mine & afraid & rich,
    )
