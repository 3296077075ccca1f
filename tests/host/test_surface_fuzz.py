"""Everything that can be asked of the host, asked with hostile values, by every role.

The answer is an answer, a refusal or an error in words: never a fault of the host's own.
"""

from __future__ import annotations

import asyncio
import random
import types
from collections.abc import Iterator, Mapping
from typing import Any, Literal, Union, get_args, get_origin

import attrs
import pytest

from exercise.desk import ControlDesk, LocalDesk, ReviewDesk
from exercise.errors import ExerciseError
from exercise.host.codec import TAG
from exercise.host.server import READERS
from exercise.host.surface import Call, surface
from exercise.save.journal import MemoryJournal, check_journal
from exercise.saved import create, resume
from tests.host.wire import Wire
from tests.scenarios import loaded
from tests.tui.stage import SMALL

TEXTS = (
    "", " ", "x", "-1", "0", "9" * 400, "1e999", "nan", "\x00", "\ud800", "\udfff\ud800", "\u202e",
    "[/]", "[@click=app.quit]x[/]", "\x1b]52;c;aGk=\x07\x1b[2J", "{0}", "%s", "{actor}", "'", '"',
    "a\nb\r\n\tc", "x" * 30_000, "x[", "x]", "[", "]", "[,]", "x[,]", "threat.threat[*,*]", "*",
    "threat.threat[birk,kesk", "threat.level[]", "threat.level[kesk]", "threat.nothing[birk]",
    "domestic.support[birk]", "domestic.support", "phases.phase", "clock.turn",
    "forces.pledge[birk]", "draft", "pledge", "pledge the-moon", "council",
    "D+1", "D-9999", "D+9999", "9999-12-31",
    "0001-01-01", "2031-02-30", "D+99999999", "turn > 1", "turn >", "(" * 200, "9**9**9", "turn.x",
    "likely", "50", "101", "tension[strait] +0.1", "domestic.support[birk] +1e400",
    "domestic.support[birk] = 0.5", "with:", "with:birk", "press", "room:0", "room:1", "room:-1",
    "#1.1", "#0.0", "R0", "R1", "R-1", "R99", "1", "host", "review", "all", "allies", "public",
    "mail", "statement", "for", "against", "open", "control", "add", "set", "inject", "P", "Z",
    "add\ud800", "__class__", "../../etc/passwd",
    "\U0001f469\u200d\U0001f467" * 40, "e" + "\u0301" * 200,
)  # fmt: skip
NUMBERS = (0, 1, -1, 2, 3, 7, 400, -(2**53), 2**53, 10**12)
REALS = (0.0, -0.0, 0.1, -1.0, 1e308, -1e308, 5e-324, 3, -(10**15))
WRONG: tuple[Any, ...] = (
    None,
    5,
    -1.5,
    True,
    [],
    {},
    "x",
    [[]],
    [None],
    {TAG: "Text"},
    {"a": {}},
    10**400,
    2**70,
)


def any_text(rng: random.Random, known: tuple[str, ...]) -> str:
    return rng.choice(known if rng.random() < 0.6 else TEXTS)


def any_value(kind: Any, rng: random.Random, known: tuple[str, ...]) -> Any:
    """A value of a kind as it goes over the line, hostile or wrong."""
    if rng.random() < 0.06:
        return rng.choice(WRONG)
    origin, inside = get_origin(kind), get_args(kind)
    if kind is str:
        return any_text(rng, known)
    if kind is bool:
        return rng.random() < 0.5
    if kind is int:
        return rng.choice(NUMBERS)
    if kind is float:
        return rng.choice(REALS)
    if origin is Literal:
        return rng.choice(inside)
    if origin in (Union, types.UnionType):
        return any_value(rng.choice(inside), rng, known)
    if kind is type(None):
        return None
    if attrs.has(kind):
        told = attrs.fields(attrs.resolve_types(kind))
        made = {a.name: any_value(a.type, rng, known) for a in told if rng.random() < 0.9}
        return {TAG: kind.__name__, **made}
    assert origin is tuple, kind
    return [any_value(inside[0], rng, known) for _ in range(rng.choice((0, 1, 1, 2, 3, 30)))]


def known_names(wire: Wire) -> tuple[str, ...]:
    """Names that mean something here now: seats, cells, texts, injects, letters, moves, notes."""
    host = wire.host
    session, control = host.session, host.control
    roster, shelves = session.ruleset.roster, session.shelves
    found = [*session.seating.viewers, "control", "observer", "evaluator", "all", "allies"]
    found += [*roster.of("motion"), *session.exercise.scenario.injects, *shelves.moves.names()]
    found += [row.id for row in control.msel.rows()] + [t.name for t in control.talk.threads()]
    found += [letter.name for letter in control.talk.feed()]
    found += [f"#{session.number}.{n}" for n in range(1, 5)] + ["R1", "R2", "room:1", "1", "2"]
    found += [note.name for note in shelves.notes.notes()]
    found += [*session.exercise.scenario.objectives, *shelves.chamber.writings]
    found += [order.line() for orders in session.pending.drafts.values() for order in orders]
    found += [cell for acts in session.pending.rounds[-2:] for cell in acts]
    for seat in ("birk", "kesk"):
        found += [one.line for one in LocalDesk(session, seat).suggestions()]
    return tuple(dict.fromkeys(found))


def calls(role: str) -> dict[str, Call]:
    """What a role might ask, as far as it is declared at all."""
    return dict(surface(ControlDesk if role == "control" else LocalDesk))


ROLES: Mapping[str, str] = {
    "birk": "seat", "kesk": "seat", "control": "control", "evaluator": "evaluator",
    "observer": "observer", "projector": "projector",
}  # fmt: skip
DESKS = {"observer": "public", "projector": "public"}
RARE = {"end": 0.03, "publish": 0.5, "resolve": 0.4, "roll_back": 0.2, "pause": 0.3}
"""Calls that end something are made more seldom, so that something is under way."""


def questions(rng: random.Random, wire: Wire) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Who asks, of which desk, what, with what."""
    asked = [(who, call) for who, role in ROLES.items() for call in calls(role).values()]
    asked += [("control", call) for call in surface(ReviewDesk).values()]
    rng.shuffle(asked)
    for who, call in asked:
        if rng.random() >= RARE.get(call.name, 1.0):
            continue
        desk = ""
        if rng.random() < 0.1:
            desk = rng.choice(("birk", "kesk", "control", "review", "public", "evaluator", "x"))
        known = known_names(wire) if rng.random() < 0.1 else wire_known.get(id(wire)) or ()
        wire_known[id(wire)] = known = known or known_names(wire)
        args = {n: any_value(k, rng, known) for n, k in call.parameters.items()}
        if rng.random() < 0.05:
            args[rng.choice(("self", "x", "_", "text"))] = "more"
        yield who, desk, call.name, args


wire_known: dict[int, tuple[str, ...]] = {}


@pytest.mark.parametrize("seed", range(2))
def test_no_question_brings_the_host_to_a_fault_of_its_own(seed: int) -> None:
    rng = random.Random(seed)
    journal = MemoryJournal()
    session = create(loaded(SMALL), journal, seed=seed, people=("birk", "kesk"))
    refusals: list[str] = []

    async def ask_all() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, told: faults.append(str(told)))
        wire = Wire.to(session)
        for who, role in ROLES.items():
            wire.sit(DESKS.get(who, who), role, who)
        for _ in range(2):
            for who, desk, call, args in questions(rng, wire):
                if wire.guests[who][1].closed:
                    wire.leave(who)
                    wire.sit(DESKS.get(who, who), ROLES[who], who)
                try:
                    answer = await wire.ask(who, call, args, desk)
                except ExerciseError as error:
                    refusals.append(error.message)
                    continue
                if rng.random() < 0.05:
                    await wire.settle()
                told = answer.get("refused") or answer.get("usage")
                own = ("", DESKS.get(who, who))
                assert told or desk in own or who == "control", (who, desk, call)
                found = told or answer.get("answer")
                if isinstance(found, dict) and found.get(TAG) == "Refusal":
                    refusals.append(found["reason"])
                    assert len(found["reason"]) < 3_000, (who, call, args)
                if ROLES[who] in ("observer", "projector"):
                    assert told or call in READERS, (who, call)
                faults.extend(
                    f"{t}: {who} {call} {args!r}"[:600] for t in wire.told if "fault" in t
                )
                wire.told.clear()
        await wire.settle()

    faults: list[str] = []
    asyncio.run(ask_all())
    assert not faults, "\n\n".join(faults)
    assert len(refusals) > 100
    assert check_journal(journal) is None
    again = resume(journal)  # whatever was taken can be taken up again
    assert again.record.last.after.digest() == session.record.last.after.digest()
