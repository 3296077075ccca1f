"""Wrong codes cost their own place time, and nobody else's; a crowd is held to so many a second."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine
from typing import Any

import pytest

from exercise.host.gate import BUSY, Admitted, Gate
from exercise.host.turnstile import EACH_MOST, PLACES_MOST, SUSPECTS_MOST, WAITING_MOST, Turnstile
from exercise.orders import Refusal
from exercise.room.access import AccessControl
from tests.host.room import new_session


def ran(play: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(play, 20))


async def tried(turnstile: Turnstile, name: str, done: list[str], wrong: bool = False) -> None:
    place = turnstile.place(name)
    async with turnstile.through(place):
        place.wrong += wrong
        done.append(name)


def test_a_place_that_was_wrong_waits_by_itself() -> None:
    async def play() -> None:
        turnstile, done = Turnstile(0.05), list[str]()
        await tried(turnstile, "a", done, wrong=True)
        turnstile.place("a").wrong = 20  # it waits as long as anybody ever does
        slow = asyncio.create_task(tried(turnstile, "a", done))
        await tried(turnstile, "b", done)
        assert done == ["a", "b"]
        turnstile.place("c").wrong = 1
        await tried(turnstile, "c", done)  # and others that were wrong no longer than they must
        assert done == ["a", "b", "c"]
        assert not slow.done()
        slow.cancel()
        await asyncio.gather(slow, return_exceptions=True)

    ran(play())


def test_those_who_were_never_wrong_go_first() -> None:
    async def play() -> None:
        turnstile, done = Turnstile(0.0), list[str]()
        for number in range(3):
            turnstile.place(f"wrong {number}").wrong = 3
        async with turnstile.through(turnstile.place("first")):
            waiting = [
                asyncio.create_task(tried(turnstile, name, done))
                for name in ("wrong 0", "wrong 1", "wrong 2", "right")
            ]
            await asyncio.sleep(0.05)
        await asyncio.gather(*waiting)
        assert done == ["right", "wrong 0", "wrong 1", "wrong 2"]

    ran(play())


def test_a_crowd_from_ever_new_places_is_held_to_so_many_tries_a_second() -> None:
    async def play() -> None:
        turnstile, done = Turnstile(0.4), list[str]()
        began = time.monotonic()
        await asyncio.gather(*(tried(turnstile, f"place {n}", done, wrong=True) for n in range(6)))
        assert time.monotonic() - began >= 5 * 0.1
        assert len(done) == 6

    ran(play())


def test_who_gives_up_waiting_holds_nobody_up() -> None:
    async def play() -> None:
        turnstile, done = Turnstile(0.0), list[str]()
        async with turnstile.through(turnstile.place("first")):
            waiting = [
                asyncio.create_task(tried(turnstile, name, done)) for name in ("gone", "stays")
            ]
            await asyncio.sleep(0.02)
            waiting[0].cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        assert done == ["stays"]
        await tried(turnstile, "next", done)
        assert not turnstile.place("gone").trying

    ran(play())


def test_places_that_were_wrong_do_not_pile_up_and_keep_nobody_else_out() -> None:
    async def play() -> None:
        turnstile, done = Turnstile(5.0), list[str]()
        crowd = []
        for number in range(SUSPECTS_MOST):
            turnstile.place(f"wrong {number}").wrong = 9
            crowd.append(asyncio.create_task(tried(turnstile, f"wrong {number}", done)))
        await asyncio.sleep(0.01)
        more = turnstile.place("wrong too")
        more.wrong = 1
        assert turnstile.crowded(more)
        assert not turnstile.crowded(turnstile.place("right"))
        await tried(turnstile, "right", done)
        assert done == ["right"]
        for task in crowd:
            task.cancel()
        await asyncio.gather(*crowd, return_exceptions=True)

    ran(play())


def test_neither_one_place_nor_all_together_fill_the_memory() -> None:
    async def play() -> None:
        turnstile, done = Turnstile(0.0), list[str]()
        async with turnstile.through(turnstile.place("held")):
            crowd = [asyncio.create_task(tried(turnstile, "a", done)) for _ in range(EACH_MOST)]
            await asyncio.sleep(0.01)
            assert turnstile.crowded(turnstile.place("a"))
            assert not turnstile.crowded(turnstile.place("b"))
            more = [
                asyncio.create_task(tried(turnstile, f"m{n}", done)) for n in range(WAITING_MOST)
            ]
            await asyncio.sleep(0.01)
            assert turnstile.crowded(turnstile.place("b"))
            for number in range(PLACES_MOST + 50):
                turnstile.place(f"p{number}")
            assert len(turnstile._places) <= PLACES_MOST + WAITING_MOST + EACH_MOST
            assert turnstile.place("held").trying  # whoever is trying is not forgotten
        await asyncio.gather(*crowd, *more)

    ran(play())


@pytest.mark.parametrize("elsewhere", [("7", {}), ("1", {"from": "10.0.0.9"})])
def test_a_right_code_does_not_wait_behind_wrong_ones_of_another_place(
    elsewhere: tuple[str, dict[str, str]],
) -> None:
    async def play() -> None:
        session = new_session()
        codes = AccessControl(session).issue(("dorvik",))
        gate = Gate(session, 0.1)
        for _ in range(2):
            assert isinstance(await gate.admit({"code": "KKKK-KKKK"}, "1"), Refusal)
        gate._turnstile.place("1 ").wrong = 9  # many more of them
        crowd = [asyncio.create_task(gate.admit({"code": "KKKK-KKKK"}, "1")) for _ in range(40)]
        await asyncio.sleep(0.05)
        place, told = elsewhere
        found = await gate.admit({"code": codes["dorvik"], **told}, place)
        assert isinstance(found, Admitted)
        assert [task.result() for task in crowd if task.done()] == [BUSY] * (40 - EACH_MOST)
        for task in crowd:
            task.cancel()
        await asyncio.gather(*crowd, return_exceptions=True)

    ran(play())
