"""Each secret of a room on its own: whom it may reach, and that nobody else is sent a byte.

All who may watch sit in one room, which plays a turn, has it rolled back, plays it again and ends.
Beside what everybody sees, secrets are done one after the other. Whoever is not meant to know
gets no frame at all when one is done, not even an empty one; and all that it is ever sent, the
answers to its questions among it, is the same in a room with other secrets, and in one with none.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import lru_cache

import pytest

from exercise.orders import Refusal
from tests.host.course import SITTING, WATCHING, Sent, kept_from, walked
from tests.host.secrets import new_room


@lru_cache(maxsize=1)
def as_ever() -> tuple[Sent, list[tuple[str, ...]]]:
    """What everybody is sent where all secrets are done in the first way; the names asked by."""
    told: list[tuple[str, ...]] = []
    return asyncio.run(walked(frozenset(), 0, told, WATCHING)), told


CIRCLES: Mapping[frozenset[str], tuple[str, ...]] = {
    kept: tuple(one for one in WATCHING if kept_from(one) == kept)
    for kept in map(kept_from, WATCHING)
}
"""Those who watch, by what is kept from them."""


@pytest.mark.parametrize("way", [1, None], ids=["other secrets", "no secrets"])
@pytest.mark.parametrize("kept", CIRCLES, ids=["-".join(circle) for circle in CIRCLES.values()])
def test_whoever_is_not_meant_to_know_is_sent_the_same_bytes(
    kept: frozenset[str], way: int | None
) -> None:
    first, told = as_ever()
    other = asyncio.run(walked(kept, way, told, CIRCLES[kept]))
    for (step, one), (_, two) in zip(first, other, strict=True):
        for name in CIRCLES[kept]:
            assert one.get(name) == two.get(name), (step, name)


def test_where_nothing_has_changed_nothing_is_sent() -> None:
    """A beat of the clock, an alarm that finds nothing to close, somebody turned away."""

    async def whole() -> None:
        room = new_room("alder")
        for name, (desk, role) in SITTING.items():
            if name != "alder":
                room.wire.sit(desk, role, name)
        await room.wire.settle()
        for _, kept in room.wire.guests.values():
            kept.data = b""
        host = room.wire.host
        for act in (host.spread_soon, host._alarm.set, host._alarm._ring):
            act()
            host.spread_soon()
            await room.wire.settle()
        room.session.version += 1  # something that nobody sees
        host.spread_soon()
        await host.gate.admit({"code": ""})
        await host.gate.admit({"cookie": "of somebody else"})
        await room.wire.settle()
        assert {name: kept.data for name, (_, kept) in room.wire.guests.items() if kept.data} == {}

    asyncio.run(whole())


def test_advice_to_one_does_not_tell_that_others_met() -> None:
    """The formulas' dice are addressed by rounds of the table, not by acts of single states."""

    async def advised(met: bool) -> list[str]:
        room = new_room("kesk")
        if met:
            assert not isinstance(room.desk("alder").draft("council.table words table"), Refusal)
        return [one.line for one in room.desk("kesk").suggestions()]

    assert asyncio.run(advised(True)) == asyncio.run(advised(False))
