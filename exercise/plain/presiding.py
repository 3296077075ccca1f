"""The council beside the rules' acts: silence and summings-up, what members write, the clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from exercise.errors import UsageError
from exercise.plain.lines import full, parts_of
from exercise.room.timing import read_clock
from exercise.spoken import counted

if TYPE_CHECKING:
    from exercise.desk import LocalDesk
    from exercise.plain.conversation import Conversation
    from exercise.room.chairing import Silence, Written
    from exercise.room.timing import Clock
    from exercise.view import TextView

WROTE = {"break": "broke silence", "summing-up": "summed up", "explanation": "explained",
         "considered": "considered"}  # fmt: skip


def texts_at(desk: LocalDesk) -> tuple[TextView, ...]:
    """The texts that a desk reads: its own view's, or those laid open to the room."""
    return desk.view().texts or desk.chamber.floor().texts


def written_lines(desk: LocalDesk, motion: str) -> Iterator[str]:
    """What beside clauses is known of a text: silence that runs, and what was written."""
    floor = desk.chamber.floor()
    if motion in floor.chairs:
        yield "you preside over it"
    yield from (silence_words(one) for one in floor.silences if one.motion == motion)
    yield from (written_words(one) for one in floor.written if one.about == motion)


def silence_words(one: Silence) -> str:
    """A silence procedure in words."""
    if one.held:
        return f"silence on “{one.title}” stands still while the exercise is frozen"
    return f"silence runs on “{one.title}”{f', until {clock_time(one.until)}' if one.until else ''}"


def clock_time(at: str) -> str:
    """A wall time as people here read it."""
    return datetime.fromisoformat(at).astimezone().strftime("%H:%M")


def written_words(one: Written) -> str:
    """What somebody wrote about a text, in words."""
    told = f"{one.who} {WROTE.get(one.kind, one.kind)}, turn {one.turn}"
    if one.gone:
        return f"{told}: its words were withdrawn"
    more = [one.text, f"could accept: {one.instead}" if one.instead else "",
            f"dissent: {one.dissent}" if one.dissent else ""]  # fmt: skip
    return f"{told}: {'; '.join(part for part in more if part)}"


def _text(talk: Conversation, word: str) -> str:
    return talk.pick("council", word, lambda: texts_at(talk.desk)).name


# the chair


def silence(talk: Conversation, rest: str) -> None:
    """Put a text under silence for so many minutes."""
    number, _, minutes = rest.partition(" ")
    if not (minutes.isascii() and minutes.isdigit() and len(minutes) < 6):
        raise UsageError(f"{minutes[:40]!r} is no number of minutes", "silence N MINUTES")
    given = talk.desk.chamber.silence(_text(talk, number), int(minutes))
    told = f"silence runs for {counted(int(minutes), 'minute')}"
    clock = talk.desk.timing.clock()
    now = read_clock(clock, datetime.now(UTC))
    longer = now.state != "none" and (now.state != "runs" or int(minutes) * 60 > now.seconds)
    if clock.stage == "council" and longer:
        told += f", longer than the council has by the room's clock: {clock_words(clock)}"
    talk.answer(given, told)


def sum_up(talk: Conversation, rest: str) -> None:
    """Sum up where a text stands, as its chair."""
    number, _, words = rest.partition(" ")
    talk.answer(talk.desk.chamber.sum_up(_text(talk, number), words), "all allies read it")


def lay_open(talk: Conversation, rest: str) -> None:
    """Let everybody in the room read the texts, or no longer."""
    if rest not in ("open", "shut"):
        raise UsageError(f"{rest[:40]!r} is neither open nor shut", "floor open, or floor shut")
    told = "may read the texts now" if rest == "open" else "reads the texts no longer"
    talk.answer(talk.white.chamber.lay_open(rest == "open"), f"everybody in the room {told}")


# any member


def break_silence(talk: Conversation, rest: str) -> None:
    """Break silence on a text in writing."""
    number, _, words = rest.partition(" ")
    text, instead = [*parts_of(words), ""][:2]
    given = talk.desk.chamber.break_silence(_text(talk, number), text, instead)
    talk.answer(given, "silence is broken; every ally reads who did and why")


def explain(talk: Conversation, rest: str) -> None:
    """Explain a vote or a position on a text."""
    number, _, words = rest.partition(" ")
    text, instead, dissent = [*parts_of(words), "", ""][:3]
    given = talk.desk.chamber.explain(_text(talk, number), text, instead, dissent)
    talk.answer(given, "noted; the allies read all but the dissent")


def considered(talk: Conversation, rest: str) -> None:
    """Note what else was considered for an order of the draft, and who disagreed."""
    number, _, words = rest.partition(" ")
    order, _ = talk.pick("draft", number, talk.desk.drafted)
    instead, dissent = [*parts_of(words), ""][:2]
    given = talk.desk.chamber.consider(order.cell, instead, dissent)
    talk.answer(given, "noted for your delegation and control alone")


# the clock


def clock_words(clock: Clock) -> str:
    """What the clock shows, in words; empty where none runs."""
    if not clock.stage:
        return ""
    shown = read_clock(clock, datetime.now(UTC))
    minutes, seconds = divmod(shown.seconds, 60)
    parts = [counted(minutes, "minute")] if minutes else []
    parts += [counted(seconds, "second")] if seconds or not minutes else []
    told = {"none": "have passed", "runs": "left", "grace": "of grace left", "over": "over time"}
    stands = "; the clock stands" if shown.stands else ""
    stands = "; the exercise begins soon" if clock.waits else stands
    return f"{' '.join(parts)} {told[shown.state]}{stands}"


def clock(talk: Conversation, rest: str) -> None:
    """The time of the stage; control also sets it."""
    words = rest.split()
    if not words:
        now = talk.desk.timing.clock()
        talk.say(full(f"{now.day}, {now.date}"))
        talk.say(full(clock_words(now) or "no clock runs"))
        return
    if talk.kind != "control":
        raise UsageError("only control sets the clock", "`clock` alone tells it")
    timing, act = talk.white.timing, words[0]
    if act == "again":
        talk.answer(timing.begin(), "its time begins anew")
    elif act == "add" and len(words) == 2:
        talk.answer(timing.add(_minutes(words[1])), f"{words[1]} minutes are added")
    elif act == "give" and len(words) == 3:
        given = timing.give(words[1], _minutes(words[2]))
        talk.answer(given, f"{words[1]} has {words[2]} minutes")
    elif act == "warn" and len(words) >= 2:
        _settle(talk, words[1:])
    else:
        raise UsageError(f"{rest[:40]!r} sets no clock", FORM)
    talk.noticed()


FORM = "clock add 5; clock give orders 20; clock again; clock warn 5 1 grace 2 closes"


def _settle(talk: Conversation, words: list[str]) -> None:
    closes = "closes" in words
    words = [word for word in words if word != "closes"]
    grace = 0.0
    if "grace" in words[:-1]:
        place = words.index("grace")
        grace = _minutes(words[place + 1])
        del words[place : place + 2]
    given = talk.white.timing.settle(tuple(map(_minutes, words)), grace, closes)
    talk.answer(given, "the clock is settled so")


def _minutes(word: str) -> float:
    try:
        found = float(word)
    except ValueError:
        raise UsageError(f"{word[:40]!r} is no number of minutes", FORM) from None
    if not -1e4 < found < 1e4:
        raise UsageError(f"{word[:40]!r} is too many minutes", FORM)
    return found
