"""Draft slips as a save keeps them: beside the chain, written over, gone once they are sealed.

A draft is a seat's own business: no hash covers it, no report tells of it. It is kept so that
whoever sat writing when the host fell over finds the slip as it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from exercise.orders import Order
from exercise.save.journal import Journal

_PLACE = "draft:"


def keep_draft(journal: Journal, turn: int, seat: str, orders: Sequence[Order]) -> None:
    """Keep a seat's draft in place of the one before."""
    slip = [{**attrs.asdict(order), "targets": list(order.targets)} for order in orders]
    journal.lay_aside(_PLACE + seat, {"turn": turn, "orders": slip})


def drop_drafts(journal: Journal, *seats: str) -> None:
    """Forget the drafts of these seats, or of all where none is named."""
    for place in [_PLACE + seat for seat in seats] or list(journal.aside()):
        if place.startswith(_PLACE):
            journal.lay_aside(place, None)


def kept_drafts(journal: Journal, turn: int) -> dict[str, list[Order]]:
    """The drafts that were begun in a turn, by seat."""
    found = {}
    for place, slip in journal.aside().items():
        draft: Mapping[str, Any] = slip
        if place.startswith(_PLACE) and draft["turn"] == turn:
            orders = [Order(**{**o, "targets": tuple(o["targets"])}) for o in draft["orders"]]
            found[place.removeprefix(_PLACE)] = orders
    return found
