"""Positions in the council that can be taken back only by whoever holds them."""

from __future__ import annotations

from exercise.engine.world import World
from exercise.orders import Order, Refusal

HELD = {
    "council.bracket_clause": ("council.bracket", "you hold no bracket there"),
    "council.object": ("council.objection", "you do not object to it"),
    "council.reserve": ("council.reservation", "you have no reservation on it"),
    "council.join": ("council.joined", "you are not among the willing"),
}
"""Where each position stands, and what is said to who does not hold it."""
TAKING_BACK = 2.0
"""The value of an order that takes such a position back."""


def not_held(order: Order, world: World) -> Refusal | None:
    """Why a position cannot be taken back: it is not held. None where it is, or is taken."""
    if order.decision not in HELD or order.value != TAKING_BACK:
        return None
    field, said = HELD[order.decision]
    if world.value(field, (order.actor, *order.targets)) > 0:
        return None
    return Refusal(said, "there is nothing to take back")
