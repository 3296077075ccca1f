"""What a government may order of its forces, and a joint commander of those handed over."""

from __future__ import annotations

from exercise.engine.declare import ALLIED, Check, Cost, Decision
from exercise.eyes import Eyes
from exercise.rules.forces.fields import AUTHORITY, CAVEAT_SET, COMMANDER, PLEDGED, TASKED
from exercise.rules.forces.relations import LEVELS


def _mine(eyes: Eyes) -> Check:
    return Check(eyes.mine("unit"), "it is not one of your units", "Choose a unit of your own.")


def _may_pledge(eyes: Eyes) -> list[Check]:
    return [_mine(eyes), Check(~eyes[PLEDGED], "it is pledged already")]


def _may_withdraw(eyes: Eyes) -> list[Check]:
    return [_mine(eyes), Check(eyes[PLEDGED], "it has not been pledged",
                               "There is nothing to withdraw.")]  # fmt: skip


def _may_transfer(eyes: Eyes) -> list[Check]:
    return [
        _mine(eyes),
        Check(eyes[PLEDGED], "it has not been pledged",
              "Pledge it first, then hand over authority."),
    ]  # fmt: skip


def _may_order(eyes: Eyes) -> list[Check]:
    return [_mine(eyes)]


def _may_set(eyes: Eyes) -> list[Check]:
    return [_mine(eyes), Check(~eyes[CAVEAT_SET], "that caveat is set already")]


def _may_lift(eyes: Eyes) -> list[Check]:
    return [_mine(eyes), Check(eyes[CAVEAT_SET], "no such caveat binds it",
                               "Choose one that is set.")]  # fmt: skip


def _may_task(eyes: Eyes) -> list[Check]:
    """Own units always; another nation's only as far as its authority was handed over."""
    mine, authority, tasked = eyes.mine("unit"), eyes[AUTHORITY], eyes[TASKED]
    lead = eyes.own(COMMANDER)
    under_me = lead * eyes[PLEDGED] * (authority >= LEVELS["TACOM"])
    elsewhere = (tasked.sum("theatre") - tasked) > 0.0
    return [
        Check(mine | under_me, "it is not under your orders",
              "Ask its government, or have it handed to your command at TACOM or above."),
        Check(mine | (authority >= LEVELS["OPCON"]) | ~elsewhere,
              "its authority does not let you move it to another theatre",
              "Ask its government for OPCON or OPCOM."),
        Check(eyes["logistics.route"] > 0.0, "no route leads there from where it stands",
              "Choose another theatre or another unit."),
    ]  # fmt: skip


PLEDGE = Decision(
    "forces.pledge", "unit", says="Pledge {unit} to the alliance", levels={"pledge": 1.0},
    cost=Cost(staff=0.5), seen=ALLIED, allowed=_may_pledge,
    consequence="Allies will plan with it; taking it back later costs you dearly.",
)  # fmt: skip
WITHDRAW = Decision(
    "forces.withdraw", "unit", says="Withdraw {unit} from the alliance's force",
    levels={"withdraw": 1.0},
    cost=Cost(staff=0.5, capital=3), seen=ALLIED, allowed=_may_withdraw,
    consequence="It comes home under national control, and allies will remember.",
)  # fmt: skip
SET_ALERT = Decision(
    "forces.set_alert", "unit", says="Change the alert of {unit}",
    tells={"raise": "Raise the alert of {unit}", "stand down": "Lower the alert of {unit}"},
    levels={"raise": 1.0, "stand down": -1.0},
    cost=Cost(staff=0.5), seen=ALLIED, allowed=_may_order,
    consequence="On alert it starts in half the time; it costs money each day and wears people "
    "out over months.",
)  # fmt: skip
SET_CAVEAT = Decision(
    "forces.set_caveat", ("unit", "caveat"), says="Put a caveat on {unit}: {caveat}",
    levels={"set": 1.0},
    cost=Cost(staff=0.25), seen=ALLIED, allowed=_may_set,
    consequence="Its commander can use it for less, and will be refused more often; at home you "
    "are safer.",
)  # fmt: skip
LIFT_CAVEAT = Decision(
    "forces.lift_caveat", ("unit", "caveat"), says="Lift a caveat from {unit}: {caveat}",
    levels={"lift": 1.0},
    cost=Cost(staff=0.5, capital=1), seen=ALLIED, allowed=_may_lift,
    consequence="It can be used more freely; you answer at home for what it is used for.",
)  # fmt: skip
TRANSFER = Decision(
    "forces.transfer", "unit", says="Set the joint commander's authority over {unit}",
    tells={
        "national": "Keep {unit} under national authority",
        "TACON": "Give the joint commander TACON of {unit}",
        "TACOM": "Give the joint commander TACOM of {unit}",
        "OPCON": "Give the joint commander OPCON of {unit}",
        "OPCOM": "Give the joint commander OPCOM of {unit}",
    },
    levels=LEVELS,
    cost=Cost(staff=0.5, capital=1), seen=ALLIED, allowed=_may_transfer,
    consequence="The more authority, the sooner it moves and the rarer a refusal; you keep full "
    "command, "
    "and less of a say in each task.",
)  # fmt: skip
TASK = Decision(
    "forces.task", ("unit", "theatre"), says="Task {unit} to {theatre}",
    tells={"send": "Send {unit} to {theatre}", "bring home": "Bring {unit} home from {theatre}"},
    levels={"send": 1.0, "bring home": -1.0}, cost=Cost(staff=0.5), seen=ALLIED, allowed=_may_task,
    consequence="It starts after its notice to move. Without a mandate you act alone; without the "
    "vote your "
    "law asks for you break it.",
)  # fmt: skip
RED_CARD = Decision(
    "forces.red_card", "unit", says="Show the red card for {unit}", levels={"refuse": 1.0},
    cost=Cost(staff=0.5, capital=2), seen=ALLIED, allowed=_may_order,
    consequence="It takes no task from the joint commander and stands aside for some weeks.",
)  # fmt: skip
