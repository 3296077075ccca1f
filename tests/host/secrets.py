"""Rooms with secrets: things that are done in them of which somebody may not know."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import attrs

from exercise.desk import LocalDesk
from exercise.room.msel import Text
from exercise.save.journal import MemoryJournal, open_salts
from exercise.saved import create
from exercise.scenario.compile import Exercise
from exercise.scenario.load import load_text
from exercise.session import Session
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
  juror: {name: Juror, role: evaluator, sees: control}
  clerk: {name: A clerk who never comes, sees: public}
questions:
  - {text: What would you do?}
  - {text: Whom do you ask?, to: [birk]}
"""
INJECTS = """\
injects:
  errand: {name: An errand, to: [birk], text: Look into it., objective: quiet, expected: A report.}
  patrol: {name: A patrol is due, at: D+3, to: [birk], text: It was seen.}
"""
PEOPLE = ("alder", "birk", "kesk", "press", "adviser", "umpire", "judge", "juror", "clerk")
WATCHERS: Mapping[str, tuple[str, str]] = {
    "alder": ("alder", "seat"), "kesk": ("kesk", "seat"), "press": ("press", "seat"),
    "adviser": ("adviser", "seat"), "observer": ("public", "observer"),
    "projector": ("public", "projector"), "juror": ("juror", "seat"),
    "evaluator": ("evaluator", "evaluator"),
}  # fmt: skip
EVALUATORS = ("juror", "evaluator")
_KEPT: list[Exercise] = []


def exercise() -> Exercise:
    """The small exercise with seats of every kind; loaded once."""
    if not _KEPT:
        text = Path(SMALL).read_text().replace("injects:\n", INJECTS)
        _KEPT.append(load_text(text + SEATS, file="small.yaml"))
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
    session = create(exercise(), MemoryJournal(salts=open_salts), seed=9, people=PEOPLE)
    minute = [0]
    session.clock = lambda: f"2030-01-01T10:{minute[0] % 60:02d}:00Z"
    room = Room(Wire.to(session), watcher, minute)
    desk, role = WATCHERS[watcher]
    room.wire.sit(desk, role, watcher)
    return room


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
    """An evaluator's notes; that there is evidence of something, other evaluators are told."""
    notes, told = room.desk("judge").notes, room.watcher in EVALUATORS
    evidence = "" if told else "minutes"
    notes.record("quiet", f"They waited {rng.random()}", evidence, rng.choice("PSMU"))
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


def sends_out(room: Room, rng: random.Random) -> None:
    """An inject comes to somebody else; another one is to come if nothing is done about it."""
    control = room.control.msel
    control.expect("patrol", "D+5", "errand", "turn >= 99" if rng.random() < 0.5 else "")
    if rng.random() < 0.6:
        control.act("errand", "fire")


Secret = Callable[[Room, random.Random], None]
SECRETS: tuple[Secret, ...] = (
    drafts, asks_control, whispers, meets, requests, schemes, prepares, rates, answers, weighs,
    codes, reads, hands_over, sends_out,
)  # fmt: skip
FROM_EVALUATORS: tuple[Secret, ...] = (drafts, prepares, rates, answers, codes)
"""What is kept from those who see what control sees, and do not run the exercise."""


def kept_from(watcher: str) -> tuple[Secret, ...]:
    """What the watcher may not know of."""
    return FROM_EVALUATORS if watcher in EVALUATORS else SECRETS
