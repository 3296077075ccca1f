"""People at the table: legal orders drawn at random, and whole games played with them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

from exercise.engine.declare import Decision
from exercise.engine.exact import on_grid
from exercise.engine.turn import Ruling
from exercise.orders import Order, Refusal, possible
from exercise.record import Message
from exercise.save.journal import Journal, MemoryJournal, open_salts
from exercise.saved import create
from exercise.scenario.compile import Exercise
from exercise.session import Session

MANNED = ("dorvik", "gavria", "karsk")


def decisions_of(session: Session, actor: str, stage: str) -> list[Decision]:
    """The decisions an actor has at a stage, of modules that are on."""
    by = "ally" if actor in session.ruleset.roster.of("ally") else "adversary"
    return [
        d for d in session.ruleset.decisions.values()
        if d.by == by and d.stage == stage and session.plays(d.module)
    ]  # fmt: skip


def any_order(session: Session, actor: str, decision: Decision, rng: random.Random) -> Order | None:
    """A legal order of this decision at random; None where it is allowed nowhere."""
    targets = list(possible(decision, session.eyes(actor, session.draft_slips(actor)), most=500))
    if not targets:
        return None
    if decision.levels:
        level = rng.choice(list(decision.levels))
        return Order(
            decision.name, actor, rng.choice(targets), on_grid(decision.levels[level]), level
        )
    value = on_grid(rng.uniform(decision.low, decision.high))
    return Order(decision.name, actor, rng.choice(targets), value) if value else None


def write_slip(session: Session, seat: str, rng: random.Random, most: int = 3) -> int:
    """Draft up to `most` legal orders for a seat; how many were accepted."""
    found = decisions_of(session, seat, "orders")
    rng.shuffle(found)
    accepted = 0
    for decision in found:
        order = any_order(session, seat, decision, rng)
        if order is not None and session.draft(seat, order) is None:
            accepted += 1
        if accepted >= most:
            break
    return accepted


def speak_up(session: Session, seat: str, rng: random.Random) -> Refusal | None:
    """One council act of a seat at random, if any is allowed."""
    found = decisions_of(session, seat, "council")
    rng.shuffle(found)
    for decision in found:
        order = any_order(session, seat, decision, rng)
        if order is not None:
            return session.act(seat, order)
    return None


RULED: Sequence[tuple[str, tuple[str, ...], float]] = (
    ("domestic.support", ("dorvik",), 0.0625),
    ("threat.threat", ("estmere", "karsk"), -0.125),
    ("deterrence.tension", ("strait",), 0.25),
)


def play_room(
    exercise: Exercise,
    *,
    seed: int,
    journal: Journal | None = None,
    manned: Iterable[str] = MANNED,
    turns: int | None = None,
) -> Session:
    """A game with people in some seats: council acts, slips, cues, rulings, messages."""
    rng = random.Random(seed)
    seats = tuple(manned)
    session = create(
        exercise, journal or MemoryJournal(salts=open_salts), seed=seed, people=seats
    )  # fmt: skip
    while session.stage != "over" and session.number <= (turns or 99):
        play_turn(session, seats, rng)
        session.publish()
        session.open()
    return session


def play_turn(session: Session, seats: Sequence[str], rng: random.Random) -> None:
    """One turn up to its review."""
    number = session.number
    for seat in seats:
        speak_up(session, seat, rng)
    if seats and number == 2:
        waiting = [
            c.name
            for c in session.exercise.cues
            if not session.world.value("scenario.fired", [c.name])
        ]
        session.cue(waiting[0], "fire")
        session.cue(waiting[-1], "hold")
    if len(seats) > 1:
        told = Message(
            f"{seats[0]}-{number}", number, (seats[1],), seats[0], "Between us", "Quietly."
        )
        session.say(told)
    session.close_council()
    for seat in seats:
        write_slip(session, seat, rng)
        assert session.seal(seat) is None
    session.resolve()
    if seats and number % 2 == 0:
        field, names, amount = RULED[number // 2 % len(RULED)]
        assert session.rule(Ruling(field, names, amount, "the room said so")) is None
