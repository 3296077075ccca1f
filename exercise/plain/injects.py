"""Control's list of injects, and the plan of the turns."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, get_args

from exercise.errors import UsageError
from exercise.orders import Refusal
from exercise.plain.conversation import Item
from exercise.plain.lines import full, parts_of, split_at
from exercise.plain.talking import reached
from exercise.room.msel import COME, Act, Text
from exercise.spoken import counted, listed

if TYPE_CHECKING:
    from exercise.plain.conversation import Conversation
    from exercise.room.msel import Row

DONE = {"fire": "fired", "hold": "held", "release": "no longer held", "skip": "skipped",
        "enable": "in play", "disable": "out of play", "approve": "approved",
        "withdraw": "a draft again"}  # fmt: skip


def events(talk: Conversation, rest: str) -> None:
    """Every inject with its state; or one in full; or what a search finds."""
    rows = talk.white.msel.rows()
    if rest.isascii() and rest.isdigit():
        _read(talk, talk.pick("events", rest, lambda: [row.id for row in rows]))
        return
    talk.lists["events"] = [row.id for row in rows]
    items = [Item(_told(talk, row), partial(_read, talk, row.id)) for row in rows]
    talk.show("Injects:", items, "there are no injects",
              "a number reads one; `fire N`, `hold N`, `free N`, `postpone N DAYS`")  # fmt: skip


def _told(talk: Conversation, row: Row) -> str:
    when = row.told.when or (f"when {row.condition}" if row.condition else "no day")
    to = listed([talk.title(name) for name in row.told.to]) or "control alone"
    return f"{row.state}, {when}, to {to}: {row.told.title}"


def _id(talk: Conversation, word: str) -> str:
    rows = [row.id for row in talk.white.msel.rows()]
    return word if word in rows else talk.pick("events", word, lambda: rows)


def _read(talk: Conversation, name: str) -> None:
    """An inject in full, and what can be done about it."""
    row = talk.white.msel.row(name)
    talk.say(full(_told(talk, row)))
    talk.say(full(f"from {row.told.sender}, by {row.told.method}; its id is {row.id}"))
    if row.told.text:
        talk.say(row.told.text)
    for lead, text in (("expected: ", row.told.expected), ("background: ", row.told.background),
                       ("by: ", row.deadline), ("else comes: ", row.then)):  # fmt: skip
        if text:
            talk.say(full(lead + text))
    for wait in row.waits:
        talk.say(full(f"waits for {wait}"))
    for effect in row.told.effects:
        talk.say(full(f"does {effect.line()}"))
    for seat, mark in row.marks:
        talk.say(full(f"{talk.title(seat)}: {mark}"))
    items = [] if row.state in COME else [
        Item(words, partial(_act, talk, name, act)) for act, words in _acts(row).items()
    ]  # fmt: skip
    talk.show("What you can do:", items, "it has come; nothing about it can be changed now")


def _acts(row: Row) -> dict[str, str]:
    found = {"fire": "fire it now"}
    found |= {"release": "hold it no longer"} if row.state == "held" else {"hold": "hold it back"}
    found |= {"approve": "approve it"} if row.state == "draft" else {}
    off = row.state in ("disabled", "skipped")
    return found | ({"enable": "bring it into play"} if off else {"skip": "skip it"})


def _act(talk: Conversation, name: str, act: str) -> None:
    known: tuple[Act, ...] = get_args(Act)
    done = next(one for one in known if one == act)
    title = talk.white.msel.row(name).told.title
    talk.answer(talk.white.msel.act(name, done), f"{title}: {DONE[act]}")


def acting(act: str) -> Callable[[Conversation, str], None]:
    """A command that does one thing to an inject."""

    def run(talk: Conversation, rest: str) -> None:
        _act(talk, _id(talk, rest), act)

    return run


def postpone(talk: Conversation, rest: str) -> None:
    """Move an inject, or all of them, by so many days."""
    which, _, word = rest.partition(" ")
    days = _days(word, "postpone N DAYS, or postpone all DAYS; -2 brings it sooner")
    if which == "all":
        given = talk.white.msel.postpone_all(days)
    else:
        given = talk.white.msel.postpone(_id(talk, which), days)
    talk.answer(given, f"moved by {counted(days, 'day')}")


def _days(word: str, form: str) -> int:
    try:
        return int(word.strip())
    except ValueError:
        raise UsageError(f"{word[:40]!r} is no number of days", form) from None


def inject(talk: Conversation, rest: str) -> None:
    """An inject of control's own: it comes at once, or on the day that is named."""
    who, words = split_at(rest)
    title, text, when = [*parts_of(words), "", ""][:3]
    if ":" not in rest or not title:
        raise UsageError("it does not say to whom, or has no title",
                         "inject dorvik, fallow: TITLE; TEXT; DAY")  # fmt: skip
    told = Text(title, text, reached(talk, who, ("allies",)), when=when)
    given = talk.white.msel.write(told)
    if isinstance(given, Refusal) or when:
        talk.answer(given, f"{title} comes on {when}")
    else:
        talk.answer(talk.white.msel.act(given, "fire"), f"{title} has come")
    talk.lists.pop("events", None)


# turns


def turns(talk: Conversation, rest: str) -> None:
    """The turns with their days; or how long one lasts; or put in, or leave out one."""
    number, _, word = rest.partition(" ")
    plan, form = talk.white.schedule, "turns 3 lasts 5; turns 3 skip; turns 3 insert 7"
    if not rest:
        for one in plan.turns():
            talk.say(full(f"turn {one.number}, {one.state}, {one.day}, {counted(one.days, 'day')}"))
        talk.say(f"`{form}` changes them.")
        return
    turn = _days(number, form)
    act, _, days = word.strip().partition(" ")
    if act == "skip":
        talk.answer(plan.skip(turn), f"turn {turn} is left out; the next takes its days")
    elif act == "lasts":
        talk.answer(plan.lasts(turn, _days(days, form)), f"turn {turn} lasts {days} days")
    elif act == "insert":
        talk.answer(plan.insert(turn, _days(days, form)), f"a turn is put in before turn {turn}")
    else:
        raise UsageError(f"{act[:40]!r} is nothing to do with a turn", form)
