"""Non-interference on the line: what a terminal is sent depends on nothing that is hidden from it.

Two rooms go through the same open course. Beside it, each has secrets of its own: drafts of
others, private talk, rooms, requests, moves that control alone may know, injects in preparation,
notes, answers, codes and knocks, hidden cells. Every byte that is sent to the one who watches,
answers to its questions among them, is the same in both.
"""

from __future__ import annotations

import asyncio
import copy
import random
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from exercise.desk import LocalDesk
from exercise.errors import ExerciseError
from exercise.host.surface import surface
from exercise.record import Record
from exercise.save.journal import MemoryJournal, open_salts
from exercise.saved import create
from exercise.session import Session
from tests.hidden import another_turn
from tests.host.secrets import SECRETS, WATCHERS, Room, exercise, guesses, kept_from, new_room
from tests.host.wire import Wire

# the course: what is done before everybody's eyes, or the watcher's


def course(room: Room, step: int) -> None:
    """A step of the open course."""
    control, own = room.control, WATCHERS[room.watcher][0]
    match step:
        case 0:
            control.talk.state("To all", "We begin.")
        case 1:
            control.talk.press("The Post", "Ships seen", "Many.")
        case 2 if own != "public":
            room.desk(own).talk.say(("birk",), "A word", "with you.")
        case 3 if own != "public":
            room.desk("birk").talk.say((own,), "To you", "alone.")
        case 4:
            room.desk("birk").moves.make("Send a hospital ship", "help", "it floats", "open")
        case 5:
            control.msel.act("notice", "fire") if control.standing().stage == "council" else None
        case 6 if own != "public":
            room.desk(own).requests.ask(("control",), "Boats", "Where?")
        case 7 if own in ("alder", "kesk"):
            for one in room.desk(own).suggestions()[:2]:
                room.desk(own).draft(one.line, "as advised")
            room.desk(own).seal()
        case 8:
            advance(room)
        case 9:
            control.chamber.lay_open(True)
        case 10:
            control.pause(not control.standing().paused)
        case 11 if own != "public":
            room.desk(own).questions.answer("question-1", "We would wait.")


def advance(room: Room) -> None:
    """One stage on."""
    control = room.control
    control.pause(False)
    match control.standing().stage:
        case "council":
            control.close_council()
        case "orders":
            control.resolve()
        case "review":
            control.publish()


def asked(room: Room, names: tuple[str, ...], rng: random.Random) -> Iterator[tuple[str, Any]]:
    """Questions that the watcher puts, with names it may not know among them."""
    calls = surface(LocalDesk)
    plain = [call for call in calls.values() if not call.needed]
    others = [
        call for call in calls.values()
        if call.needed and all(k is str for k in list(call.parameters.values())[: call.needed])
    ]  # fmt: skip
    for call in rng.sample(plain, 5):
        yield call.name, {}
    for call in rng.sample(others, 5):
        yield call.name, {n: rng.choice(names) for n in list(call.parameters)[: call.needed]}


Plan = tuple[int, tuple[int, ...], tuple[int, ...], int]
"""A step of the course, the secrets before it in either room, and what draws them."""


def sent(watcher: str, plans: list[Plan], side: int, told: list[tuple[str, ...]]) -> list[bytes]:
    """What the watcher is sent, step by step; the first room says by which names it asks."""

    async def play() -> list[bytes]:
        room = new_room(watcher)
        kept, secrets = room.wire.guests[watcher][1], kept_from(watcher)
        found = []
        for place, (step, mine, others, seed) in enumerate(plans):
            rng = random.Random(seed * 2 + side)
            for secret in others if side else mine:
                if room.session.stage != "over":
                    secrets[secret % len(secrets)](room, rng)
                room.wire.host.spread_soon()
                await room.wire.settle()
            room.minute[0] += 1
            try:
                course(room, step)
            except ExerciseError as error:
                found.append(str(error).encode())
            room.wire.host.spread_soon()
            await room.wire.settle()
            if not side:
                told.append(guesses(room))
            for call, args in asked(room, told[place], random.Random(seed)):
                try:
                    await room.wire.ask(watcher, call, args)
                except ExerciseError as error:
                    found.append(f"{call} {args} {error}".encode())
                await room.wire.settle()
            found.append(kept.data)
            kept.data = b""
        assert not [line for line in room.wire.told if "fault" in line], room.wire.told
        return found

    return asyncio.run(play())


steps = st.lists(
    st.tuples(
        st.integers(0, 11),
        st.lists(st.integers(0, len(SECRETS) - 1), max_size=3).map(tuple),
        st.lists(st.integers(0, len(SECRETS) - 1), max_size=3).map(tuple),
        st.integers(0, 10_000),
    ),
    min_size=2,
    max_size=9,
)


@pytest.mark.parametrize("watcher", WATCHERS)
@settings(
    max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True,
    phases=[Phase.generate],
)  # fmt: skip
@given(plans=steps)
def test_rooms_that_differ_in_what_is_hidden_send_the_same_bytes(
    watcher: str, plans: list[Plan]
) -> None:
    told: list[tuple[str, ...]] = []
    one = sent(watcher, plans, 0, told)
    two = sent(watcher, plans, 1, told)
    for place, (first, second) in enumerate(zip(one, two, strict=True)):
        assert first == second, (place, plans[place])


def test_all_secrets_at_once_are_silent_and_an_open_word_is_not() -> None:
    """The test above can fail: something that is said to the watcher is sent."""
    every = tuple(range(len(SECRETS)))
    for watcher in WATCHERS:
        told: list[tuple[str, ...]] = []
        plans: list[Plan] = [
            (-1, (), (), 1),
            (-1, every, (), 2),
            (8, (), every, 3),
            (8, every, (), 4),
        ]
        one, two = sent(watcher, plans, 0, told), sent(watcher, plans, 1, told)
        assert one == two
        spoken = sent(watcher, [(0, (), (), 1)], 0, [])
        assert spoken != one[:1]
        assert b"We begin." in spoken[0]


@pytest.mark.parametrize("watcher", ["alder", "kesk", "press", "observer"])
def test_cells_that_are_hidden_change_no_byte(watcher: str) -> None:
    """A game that has ended, and one that agrees with it on all that the watcher may see."""

    def bytes_of(session: Session) -> bytes:
        async def look() -> bytes:
            wire = Wire.to(copy.copy(session))
            kept = wire.sit(*WATCHERS[watcher], watcher)
            for call in surface(LocalDesk).values():
                if not call.needed:
                    await wire.ask(watcher, call.name, {})
            for turn in (1, 2):
                await wire.ask(watcher, "view", {"turn": turn})
                for field in session.ruleset.fields.values():
                    names = [session.ruleset.roster.of(axis)[:1] for axis in field.axes]
                    cell = f"{field.name}[{','.join(n[0] for n in names if n)}]"
                    await wire.ask(watcher, "why", {"cell": cell, "turn": turn})
            return kept.data

        return asyncio.run(look())

    session = create(exercise(), MemoryJournal(salts=open_salts), seed=4, people=("alder", "birk"))
    session.clock = lambda: "2030-01-01T10:00:00Z"
    while session.stage != "over":
        session.resolve()
        session.publish()
        session.open()
    viewer = session.seating.viewer(WATCHERS[watcher][0])
    rng = np.random.default_rng(5)
    other = copy.copy(session)
    other.shelves = copy.deepcopy(session.shelves)
    catalog = session.record.catalog
    turns = [another_turn(catalog, viewer, turn, rng) for turn in session.record.turns]
    other.record = Record(catalog, turns)
    assert bytes_of(session) == bytes_of(other)
