"""How an absent seat handles sanctions, from what it sees."""

from __future__ import annotations

from exercise.cells import Cells, ratio
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
    depth = eyes[DEPTH] * eyes["economy.weight"]
    deep = depth.sum("sector")
    sold = (eyes["economy.share"] * eyes.me("actor")).sum("actor")
    counts = ratio((depth * sold).sum("sector"), deep) > 0.1
    pick = counts & (deep >= deep.max("package"))
    urge = (worry > 0.6) & (will > 0.55) & (eyes.roll("threaten", "package") < 0.25 * eyes.weeks)
    idle = deadline.equals(0.0).all("package") & adopted.equals(0.0)
    eyes.order(THREATEN, 8.0, when=urge & idle & pick & mandated.equals(0.0) & ~won)


def habit(eyes: Eyes) -> None:
    """An absent seat adopts by its will, spares its heaviest exposure, enforces by its support."""
    aimed = eyes[TARGET]
    worry = (aimed * eyes.own("threat.threat")).max("adversary")
    support, exposure = eyes.own("domestic.support"), eyes.own("economy.exposure")
    price = (eyes[DEPTH] * exposure).sum("sector")
    will = 0.6 * worry + 0.6 * support - 0.25 * price
    _adopting(eyes, will, worry)
    held = (eyes.own(ADOPTED) > 0.0) | (eyes.ordered(ADOPT) > 0.0)
    burden = eyes[DEPTH] * exposure
    heaviest = (burden > 0.25) & (burden >= burden.max("sector"))
    spared = eyes.own(CARVED).any("sector")
    eyes.order(CARVE, 0.5, when=held & heaviest & ~spared)
    enforce = eyes.own(ENFORCE)
    strict = (support > 0.55) & (worry > 0.5)
    goal = NORMAL + strict * (STRICT - NORMAL)
    eyes.order(ENFORCING, goal, when=(eyes.own(ADOPTED) > 0.0) & (enforce < goal - 0.08))
    leaking = eyes[LEAK].max("adversary")
    mine = (eyes["economy.share"] * eyes.me("actor")).sum("actor") > 0.2
    afraid = eyes.own(SECONDARY) < 0.3
    rich = (eyes.own("domestic.capital") > 40.0) & (worry.max("package") > 0.55)
    eyes.order(
        PUNISH,
        1.0,
        when=(leaking > 0.1) & (leaking >= leaking.max("sector")) & mine & afraid & rich,
    )
