"""The ways into a conversation: join a room, be its control, look on, host it, play alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import attrs

from exercise.desk import LocalDesk
from exercise.errors import UsageError
from exercise.host.held import Held, Opening
from exercise.host.line import Line
from exercise.host.remote import control_on, desk_on
from exercise.host.rooms import knock
from exercise.plain.conversation import KEPT, Conversation
from exercise.plain.deciding import ordered
from exercise.plain.lines import Lines, Voice, full
from exercise.plain.looking import stands, who
from exercise.plain.table import TABLE
from exercise.plain.waiting import follow
from exercise.scenario.load import load
from exercise.scenario.people import seats_of
from exercise.tui.course import Course, begin, take_up

WATCH = ("observer", "projector")
HINT = "`help` lists what can be done here."
GONE = "Left. This game had no save, and is gone; --save FILE keeps one."


def conversation(desk: LocalDesk, out: TextIO | None = None, lines: Lines | None = None,
                 ) -> Conversation:  # fmt: skip
    """A conversation on this process's own input and output."""
    out = out or sys.stdout
    prompts = sys.stdin.isatty() and out.isatty()
    return Conversation(
        desk, Voice(out, prompts), lines or Lines(sys.stdin.buffer), TABLE, orders=ordered
    )


def run_join(code: str, at: str | None = None, person: str = "", *, following: bool = False) -> int:
    """Sit down at the seat or role that a code opens."""
    return _visit(knock(code, at, person), following)


def run_display(code: str, at: str | None = None) -> int:
    """Follow what everybody may know, as a projector or an observer does."""
    line = knock(code, at)
    if line.role not in WATCH:
        line.close()
        raise UsageError("that code is not a projector's", "exercise join CODE sits down at a seat")
    return _visit(line, True)


def run_control(code: str, at: str | None = None, person: str = "") -> int:
    """Sit down as control at a room that is open on this machine."""
    line = knock(code, at, person)
    if line.role != "control":
        line.close()
        raise UsageError("that code is not control's", "exercise join CODE sits down at a seat")
    return _visit(line, False)


def run_host(opening: Opening) -> int:
    """Hold a room open from this terminal, as control; it closes with the conversation."""
    held = Held(opening)
    held.start()
    try:
        line = Line(held.where, code=held.own, token=held.token)
        with _kept(line.close):
            talk = _at(line)
            talk.codes = held.codes
            talk.say(f"The room is open; its save is {opening.save}")
            for name, code in held.codes.items():
                talk.say(f"{full(talk.title(name))} Its code is {code}")
            return _talk(talk)
    finally:
        held.close()


def at_desk(opening: Opening) -> Opening:
    """The same with one keyboard for the room: every seat but the adversaries' is the desk's."""
    if opening.save.exists():
        return opening
    scenario = load(opening.scenario, rhythm=opening.rhythm, names=opening.names).scenario
    foes = {name for name, actor in scenario.actors.items() if actor.role == "adversary"}
    people = opening.people or ()
    desk = tuple(
        name for name, seat in seats_of(scenario).items()
        if seat.actor not in foes and name not in people
    )  # fmt: skip
    return attrs.evolve(opening, people=people, desk=desk)


def run_play(
    scenario: str,
    seats: Sequence[str],
    seed: int | None = None,
    save: Path | None = None,
    *,
    rhythm: str | None = None,
    names: str | None = None,
) -> int:
    """Play in this terminal; the seats that nobody takes are bots."""
    if save is not None and save.exists():
        course = take_up(save)
    elif not seats:
        raise UsageError("no seat is taken", "say which one is yours with --seat NAME")
    else:
        course = begin(scenario, seats, seed, save, rhythm=rhythm, names=names)
    with _kept(course.close):
        talk = conversation(course.desk)
        talk.kept = KEPT if save is not None else GONE
        talk.sealed = lambda talk: _sealed(talk, course)
        talk.go_round = course.go_round
        return _talk(talk)


def _sealed(talk: Conversation, course: Course) -> None:
    """On to the next seat here; when all have sealed, the turn is resolved and published."""
    waiting = course.waiting()
    if not waiting:
        course.finish()
        waiting = course.seats[:1]
    if course.over or waiting[0] == talk.desk.seat:
        return
    talk.tell_news()
    talk.desk = course.desk_of(waiting[0])
    talk.items, talk.trail, talk.letter = [], [], ""
    talk.lists.clear()
    talk.listen()
    talk.say(f"Now at the desk of {full(talk.title(waiting[0]))}")


def _visit(line: Line, following: bool) -> int:
    with _kept(line.close):
        talk = _at(line)
        if following:
            if not talk.watches:
                raise UsageError("a seat is not only followed", "leave --follow out")
            return _quietly(talk)
        return _talk(talk)


def _at(line: Line) -> Conversation:
    """A conversation at the desk that a line came in for."""
    control = control_on(line) if line.role == "control" else None
    talk = conversation(control or desk_on(line))
    talk.control, talk.line, talk.watches = control, line, line.role in WATCH
    return talk


def _quietly(talk: Conversation) -> int:
    try:
        follow(talk)
    except KeyboardInterrupt:
        talk.say("Left.")
    return 0


def _talk(talk: Conversation) -> int:
    who(talk, "")
    stands(talk)
    talk.say(HINT)
    try:
        talk.run()
    except KeyboardInterrupt:
        talk.say("")
    talk.say(talk.kept)
    talk.voice.flush()
    return 0


@contextmanager
def _kept(close: object) -> Iterator[None]:
    """Close in order, whatever happens."""
    try:
        yield
    finally:
        if callable(close):
            close()
