"""What a nation may order about sanctions, and where it may not."""

from __future__ import annotations

from exercise.engine.declare import ALLIED, PUBLIC, Check, Cost, Decision
from exercise.eyes import Eyes
from exercise.rules.sanctions.fields import ADOPTED, DEADLINE, DEPTH, TARGET
from exercise.rules.sanctions.parameters import LAX, NORMAL, STRICT


def _aimed(eyes: Eyes) -> Check:
    aimed = eyes[TARGET].any("adversary") & eyes[DEPTH].any("sector")
    return Check(aimed, "This package is empty.", "Choose one that names a target and sectors.")


def _in_force(eyes: Eyes) -> Check:
    held = eyes.own(ADOPTED) > 0.0
    return Check(held, "You have not adopted this package.", "Adopt it first.")


def _may_threaten(eyes: Eyes) -> list[Check]:
    idle = eyes.own(ADOPTED).equals(0.0)
    quiet = eyes.own(DEADLINE).equals(0.0)
    return [
        _aimed(eyes),
        Check(idle, "You have already adopted this package.", "Enforce it instead."),
        Check(quiet, "Your threat already stands.", "Carry it out, or let it pass at a price."),
    ]


def _may_carve(eyes: Eyes) -> list[Check]:
    touched = eyes[DEPTH] > 0.0
    return [
        Check(touched, "The package does not touch this sector.", "Choose a sector that it cuts.")
    ]


def _may_punish(eyes: Eyes) -> list[Check]:
    held = (eyes.own(ADOPTED) * (eyes[DEPTH] > 0.0)).any("package")
    return [
        Check(held, "You do not sanction this sector yourself.", "Adopt a package that cuts it.")
    ]


THREATEN = Decision(
    "sanctions.threaten", ("package",), says="Threaten “{package}”",
    tells={
        "within four weeks": "Threaten “{package}” within four weeks",
        "within eight weeks": "Threaten “{package}” within eight weeks",
        "within twelve weeks": "Threaten “{package}” within twelve weeks",
    },
    levels={"within four weeks": 4.0, "within eight weeks": 8.0, "within twelve weeks": 12.0},
    high=12.0, unit="weeks", cost=Cost(staff=1, capital=1), allowed=_may_threaten, seen=PUBLIC,
    consequence="The target yields most readily in the last four weeks. A threat that you do not "
    "carry out by then costs support and credibility.",
)  # fmt: skip
ADOPT = Decision(
    "sanctions.adopt", ("package",), says="Adopt “{package}”",
    tells={"in part": "Adopt “{package}” in part", "in full": "Adopt “{package}” in full"},
    levels={"in part": 0.5, "in full": 1.0}, cost=Cost(staff=1, capital=2),
    allowed=lambda eyes: [_aimed(eyes)], seen=PUBLIC,
    consequence="It hurts the target by your share of its supply, and you by your exposure. "
    "Without a mandate of the council it costs more, at home and to cohesion.",
)  # fmt: skip
CARVE = Decision(
    "sanctions.carve", ("package", "sector"), says="Carve {sector} out of “{package}”",
    tells={
        "half": "Carve half of {sector} out of “{package}”",
        "the whole sector": "Carve all of {sector} out of “{package}”",
        "end the carve-out": "End your carve-out of {sector} from “{package}”",
    },
    levels={"half": 0.5, "the whole sector": 1.0, "end the carve-out": -1.0}, low=-1.0,
    cost=Cost(staff=1), allowed=_may_carve, seen=ALLIED,
    consequence="It spares your own economy and lets as much through to the target.",
)  # fmt: skip
ENFORCING = Decision(
    "sanctions.enforcing", ("package",), says="Enforce “{package}”",
    tells={
        "laxly": "Enforce “{package}” laxly",
        "normally": "Enforce “{package}” as usual",
        "strictly": "Enforce “{package}” strictly",
    },
    levels={"laxly": LAX, "normally": NORMAL, "strictly": STRICT}, cost=Cost(staff=1, money=2),
    allowed=lambda eyes: [_in_force(eyes)], seen=ALLIED,
    consequence="What you deny really is denied, and less leaks. Strictness fades over a year.",
)  # fmt: skip
PUNISH = Decision(
    "sanctions.punish", ("sector",), says="Sanction third parties that supply {sector}",
    tells={
        "threaten": "Threaten third parties that supply {sector} with sanctions",
        "punish": "Sanction third parties that supply {sector}",
    },
    levels={"threaten": 0.5, "punish": 1.0}, cost=Cost(staff=1, capital=5), allowed=_may_punish,
    seen=PUBLIC,
    consequence="Ways round close, the more the larger your own part in that trade.",
)  # fmt: skip
LIFT = Decision(
    "sanctions.lift", ("package",), says="Lift “{package}”", levels={"lift": 1.0},
    cost=Cost(staff=1, capital=1), allowed=lambda eyes: [_in_force(eyes)], seen=PUBLIC,
    consequence="Your part of the pressure ends, and your own cost with it.",
)  # fmt: skip
