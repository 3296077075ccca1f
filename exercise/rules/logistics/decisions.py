"""What a government may order so that forces move and are supplied."""

from __future__ import annotations

from exercise.engine.declare import ALLIED, Check, Cost, Decision
from exercise.eyes import Eyes
from exercise.rules.logistics.fields import DESTINATION, LEFT, STOCK


def _own_node(eyes: Eyes) -> list[Check]:
    return [Check(eyes.mine("node"), "it is not yours", "Choose a node on your own ground.")]


def _own_unit(eyes: Eyes) -> list[Check]:
    return [Check(eyes.mine("unit"), "it is not one of your units", "Choose a unit of your own.")]


def _may_host(eyes: Eyes) -> list[Check]:
    return [
        *_own_node(eyes),
        Check(~eyes.me("ally@to"), "your own forces need no leave there", "Choose an ally."),
    ]  # fmt: skip


def _may_clear(eyes: Eyes) -> list[Check]:
    return [Check(~eyes.me("ally@to"), "your own forces need no clearance", "Choose an ally.")]


def _may_lend(eyes: Eyes) -> list[Check]:
    return [
        Check(~eyes.me("ally@to"), "you cannot lend to yourself", "Choose an ally."),
        Check(eyes.own(STOCK) > 0.0, "your stocks are empty",
        "Order supplies from industry first."),
    ]  # fmt: skip


def _may_charter(eyes: Eyes) -> list[Check]:
    travelling = (eyes[LEFT].sum("leg") > 0.0) & (eyes[DESTINATION].max("theatre") > 0.0)
    return [
        *_own_unit(eyes),
        Check(travelling, "it has no loading or passage before it", "Task it first."),
    ]


HOST = Decision(
    "logistics.host", ("node", "ally@to"), says="Open or close {node} to forces of {ally@to}",
    tells={
        "open": "Open {node} to forces of {ally@to}",
        "close": "Close {node} to forces of {ally@to}",
    },
    levels={"open": 1.0, "close": -1.0}, cost=Cost(staff=0.25, money=2), seen=ALLIED,
    allowed=_may_host,
    consequence="Without your consent they cannot pass; with it your ground shares the risk.",
)  # fmt: skip
CLEAR = Decision(
    "logistics.clear", "ally@to", says="Give {ally@to} standing clearance across your borders",
    levels={"clear": 1.0}, cost=Cost(staff=0.25), seen=ALLIED, allowed=_may_clear,
    consequence="Its convoys cross within a day instead of waiting for papers.",
)  # fmt: skip
PROTECT = Decision(
    "logistics.protect", "node", says="Protect {node}", levels={"protect": 1.0},
    cost=Cost(staff=0.5, money=1), seen=ALLIED, allowed=_own_node,
    consequence="An attack on it does less; the guard tires over some weeks.",
)  # fmt: skip
LEND = Decision(
    "logistics.lend", "ally@to", says="Lend supplies to {ally@to}", low=0.0, high=200.0,
    unit="brigade-days", cost=Cost(staff=0.5), seen=ALLIED, allowed=_may_lend,
    consequence="They are gone from your own stocks at once.",
)  # fmt: skip
CHARTER_LIFT = Decision(
    "logistics.charter", "unit", says="Charter lift for {unit}", levels={"charter": 1.0},
    cost=Cost(staff=0.5, money=5), seen=ALLIED, allowed=_may_charter,
    consequence="Loading and passage become a third shorter; the port at the end becomes no wider.",
)  # fmt: skip
PRIORITY = Decision(
    "logistics.priority", "unit", says="Set the place of {unit} in the queue at its port",
    tells={
        "first": "Let {unit} go first in the queue at its port",
        "in turn": "Let {unit} wait its turn in the queue at its port",
    },
    levels={"first": 1.0, "in turn": -1.0}, cost=Cost(staff=0.25), seen=ALLIED, allowed=_own_unit,
    consequence="Going first makes it ready sooner and everybody behind it later.",
)  # fmt: skip
