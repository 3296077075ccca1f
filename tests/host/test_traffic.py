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
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from exercise.desk import LocalDesk
from exercise.errors import ExerciseError
from exercise.host.surface import surface
from exercise.record import Record
from exercise.room.msel import Text
from exercise.save.journal import MemoryJournal, open_salts
from exercise.saved import create
from exercise.scenario.compile import Exercise
from exercise.scenario.load import load_text
from exercise.session import Session
from tests.hidden import another_turn
from tests.host.wire import Wire
from tests.tui.stage import SMALL

SEATS = """\
seats:
  alder: {actor: alder}
  birk: {actor: birk}
  kesk: {actor: kesk}
  press: {name: The press, sees: public}
  adviser: {name: An adviser, sees: allied}
  umpire: {name: Second umpire, sees: control}
  judge: {name: Judge, role: evaluator, sees: control}
questions:
  - {text: What would you do?}
  - {text: Whom do you ask?, to: [birk]}
"""
WATCHERS: Mapping[str, tuple[str, str]] = {
    "alder": ("alder", "seat"), "kesk": ("kesk", "seat"), "press": ("press", "seat"),
    "adviser": ("adviser", "seat"), "observer": ("public", "observer"),
    "projector": ("public", "projector"),
}  # fmt: skip
_KEPT: list[Exercise] = []


def exercise() -> Exercise:
    """The small exercise with seats of every kind; loaded once."""
    if not _KEPT:
        _KEPT.append(load_text(Path(SMALL).read_text() + SEATS, file="small.yaml"))
    return _KEPT[0]


@attrs.define
class Room:
    """One of the two rooms, and who watches it."""

    wire: Wire
    watcher: str
    minute: list[int]

    @property
    def session(self) -> Session:
        return self.wire.host.session

    @property
    def control(self) -> Any:
        return self.wire.host.control

    def desk(self, seat: str) -> LocalDesk:
        return LocalDesk(self.session, seat)


def new_room(watcher: str) -> Room:
    """A room whose wall clock stands still but between steps."""
    people = ("alder", "birk", "kesk", "press", "adviser", "umpire", "judge")
    session = create(exercise(), MemoryJournal(salts=open_salts), seed=9, people=people)
    minute = [0]
    session.clock = lambda: f"2030-01-01T10:{minute[0] % 60:02d}:00Z"
    room = Room(Wire.to(session), watcher, minute)
    desk, role = WATCHERS[watcher]
    room.wire.sit(desk, role, watcher)
    return room


# secrets: things that are done, of which the watcher may not know


def drafts(room: Room, rng: random.Random) -> None:
    desk = room.desk("birk")
    for one in desk.suggestions()[: rng.randint(1, 3)]:
        desk.draft(one.line, f"because {rng.random()}")
    if rng.random() < 0.3:
        for order, _ in desk.drafted():
            desk.undraft(order.cell)


def asks_control(room: Room, rng: random.Random) -> None:
    room.desk("birk").talk.ask("Is it so", f"Tell me {rng.random()}")
    birks = [one for one in room.control.talk.questions() if one.title == "Is it so"]
    for letter in birks[: rng.randint(0, 2)]:
        room.control.talk.read(letter.name)
        room.control.talk.answer(letter.name, f"It is {rng.random()}")


def whispers(room: Room, rng: random.Random) -> None:
    other = "kesk" if room.watcher != "kesk" else "alder"
    room.desk("birk").talk.say((other, "umpire"), "Between us", f"A deal {rng.random()}")
    umpire = room.desk("umpire").talk
    for thread in umpire.threads():
        for letter in umpire.letters(thread.name):
            if letter.title == "Between us":
                umpire.acknowledge(letter.name)


def meets(room: Room, rng: random.Random) -> None:
    other = "kesk" if room.watcher != "kesk" else "alder"
    talk = room.desk("birk").talk
    talk.open_room(f"Back room {rng.random()}", (other,))
    talk.say_in("room:1", "", f"Nobody hears {rng.random()}")
    if rng.random() < 0.5:
        room.desk(other).talk.leave("room:1")
    if rng.random() < 0.5:
        talk.withdraw("room:1", "said too much")


def requests(room: Room, rng: random.Random) -> None:
    room.desk("birk").requests.ask(("control", "umpire"), "Ships", f"How many {rng.random()}")
    known = room.control.requests
    for one in [one for one in known.waiting() if one.title == "Ships"][:1]:
        known.claim(one.name)
        known.draft(one.name, f"Some {rng.random()}")
        if rng.random() < 0.6:
            known.hand_on(one.name)
            known.approve(one.name)
            known.release(one.name)


def schemes(room: Room, rng: random.Random) -> None:
    made = room.desk("birk").moves.make(f"Lay a cable {rng.random()}", "power", "we can", "control")
    name = getattr(made, "name", "")
    control = room.control.moves
    control.consult(name, "umpire")
    room.desk("umpire").moves.advise(name, "likely", f"why not {rng.random()}")
    control.argue(name, "against", f"it is deep {rng.random()}")
    control.weigh(name, "50", "it lies", "it tears")
    control.roll(name) if rng.random() < 0.5 else control.refuse(name, "not now")


def prepares(room: Room, rng: random.Random) -> None:
    to = (rng.choice(("all", "alder", "kesk", "press")),)
    told = Text(f"Later {rng.random()}", "Not yet.", to, when="D+900", draft=rng.random() < 0.5)
    name = room.control.msel.write(told)
    if not isinstance(name, str):
        return
    for act in rng.sample(("hold", "release", "skip", "enable", "disable", "approve"), 3):
        room.control.msel.act(name, act)
    room.control.msel.postpone(name, rng.randint(1, 50))
    room.control.msel.edit(name, attrs.evolve(told, text=f"Much later {rng.random()}"))


def rates(room: Room, rng: random.Random) -> None:
    notes = room.desk("judge").notes
    notes.record("quiet", f"They waited {rng.random()}", "minutes", rng.choice("PSMU"))
    room.control.notes.record("", f"A note {rng.random()}")
    if rng.random() < 0.4:
        for note in notes.notes()[:1]:
            notes.take_back(note.name, "seen wrongly")


def answers(room: Room, rng: random.Random) -> None:
    for asked in room.desk("birk").questions.asked():
        room.desk("birk").questions.answer(asked.name, f"Wait {rng.random()}")


def weighs(room: Room, rng: random.Random) -> None:
    desk = room.desk("birk")
    for order, _ in desk.drafted():
        desk.chamber.consider(order.cell, f"Or not {rng.random()}", "the navy disagrees")
    desk.chamber.explain("words", "", "", f"We are split {rng.random()}")


def codes(room: Room, rng: random.Random) -> None:
    """What happens at the door; no slow hash is needed for it."""
    note = room.session.note
    for name in rng.sample(("birk", "umpire", "judge", "control"), rng.randint(1, 3)):
        body = {"pass": name, "role": "seat", "desk": name, "salt": "00", "hash": str(rng.random())}
        note("access", body)
        note("locked", {"pass": name, "locked": rng.random() < 0.5})
    for _ in range(rng.randint(1, 4)):
        note("knocked", {"pass": rng.choice(("", "birk", "alder"))})


def reads(room: Room, rng: random.Random) -> None:
    """Others open, acknowledge and answer injects and public words that are not the watcher's."""
    for seat in ("birk", "umpire"):
        talk = room.desk(seat).talk
        for name in talk.unread():
            talk.read(name)
        for letter in talk.feed():
            if letter.sender != room.session.seating.titles.get(room.watcher):
                talk.acknowledge(letter.name)


def hands_over(room: Room, rng: random.Random) -> None:
    room.control.fill("umpire", rng.choice(("bot", "person", "desk")))


SECRETS: tuple[Callable[[Room, random.Random], None], ...] = (
    drafts, asks_control, whispers, meets, requests, schemes, prepares, rates, answers, weighs,
    codes, reads, hands_over,
)  # fmt: skip


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


def guesses(room: Room) -> tuple[str, ...]:
    """Names of what there is in a room, the watcher's to know or not."""
    shelves = room.session.shelves
    found = [*shelves.moves.names(), *shelves.chamber.writings, "R1", "R2", "R3", "room:1"]
    found += [row.id for row in room.control.msel.rows()] + ["room:2", "with:birk", "press", "all"]
    found += [f"#{turn}.{n}" for turn in (1, 2) for n in range(1, 5)] + ["question-1", "words"]
    found += [note.name for note in shelves.notes.notes()] + ["question-2", "quiet", "1", "2"]
    found += ["threat.threat[birk,kesk]", "domestic.support[birk]", "domestic.staff[birk]"]
    found += [o.cell for orders in room.session.pending.drafts.values() for o in orders]
    return tuple(dict.fromkeys(found))


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
        kept = room.wire.guests[watcher][1]
        found = []
        for place, (step, mine, others, seed) in enumerate(plans):
            rng = random.Random(seed * 2 + side)
            for secret in others if side else mine:
                if room.session.stage != "over":
                    SECRETS[secret](room, rng)
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
        assert b"We begin." in spoken[0] or watcher == "x"


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
