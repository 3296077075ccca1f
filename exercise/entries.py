"""What a session writes into the journal: the bodies of its entries, and their typed words.

Words that people typed never enter a body, so that they can be withdrawn: a body names the entry
that holds them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from exercise.orders import Order
from exercise.pending import Pending
from exercise.record import Message, TurnRecord
from exercise.save.journal import Journal
from exercise.save.packing import pack_turn
from exercise.scenario.compile import Exercise

UNSEEN = frozenset({"sealed", "unsealed", "access", "locked", "joined", "headed", "knocked"})
"""Kinds of entry that change nothing of what the record shows of the turn under way."""


def sealed(turn: int, seat: str, orders: Sequence[Order]) -> dict[str, Any]:
    """A seat's sealed orders, `cells` in the order of the slip; the reasons are its words."""
    return {
        "turn": turn,
        "seat": seat,
        "orders": {order.cell: order.value for order in orders},
        "cells": [order.cell for order in orders],
        "levels": {order.cell: order.level for order in orders},
    }


def listed(exercise: Exercise, turn: int, turns: int, filling: Mapping[str, str]) -> dict[str, Any]:
    """What a list of saves tells of an exercise."""
    return {
        "scenario": exercise.name,
        "banner": exercise.scenario.marking,
        "title": exercise.scenario.title,
        "turn": turn,
        "turns": turns,
        "seats": {seat: str(by) for seat, by in filling.items()},
    }


def published(
    journal: Journal,
    record: TurnRecord,
    pending: Pending,
    last: int | None,
    defaulted: Sequence[str],
) -> dict[str, Any]:
    """A turn as it is released: enough to show it without rules, and to play it again with them."""
    world = record.after.pack()
    return {
        "turn": record.number,
        "weeks": pending.weeks,
        "last": last,
        "digest": record.after.digest_of(world),
        "world": journal.put(world),
        "postings": journal.put(pack_turn(record.postings, record.rolls)),
        "orders": dict(record.orders),
        "sealed": sorted(pending.sealed),
        "defaulted": sorted(defaulted),
        "rounds": [dict(acts) for acts in record.rounds],
        "control": dict(record.control),
        "rulings": [
            {**attrs.asdict(r), "names": list(r.names), "reason": ""} for r in record.rulings
        ],
        "messages": [_wordless(message) for message in record.messages],
    }


def _wordless(message: Message) -> Mapping[str, Any]:
    """A message as a published turn keeps it: what somebody typed stays with its own entry."""
    if not message.name:
        return {"seq": message.seq}
    kept = {key: getattr(message, key) for key in ("name", "turn", "to", "sender", "method", "seq")}
    typed = {"title": "", "text": ""} if message.seq else {}
    return {**kept, "title": message.title, "text": message.text, **typed}
