"""Requests for information: raised, taken up, answered, passed and released, by number."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from exercise.errors import UsageError
from exercise.plain.conversation import Item
from exercise.plain.lines import full, split_at
from exercise.plain.news import WAITS
from exercise.plain.talking import reached, send
from exercise.spoken import listed

if TYPE_CHECKING:
    from exercise.orders import Refusal
    from exercise.plain.conversation import Conversation
    from exercise.room.requests import Request

STEPS = {
    "claim": "take it up",
    "draft": "write an answer",
    "hand on": "hand the draft on for review",
    "pass": "pass the draft",
    "return": "return the draft",
    "release": "release the answer",
    "reopen": "open it again",
}
DONE = {
    "claim": "you have taken it up",
    "draft": "the answer is drafted",
    "hand on": "the draft is handed on for review",
    "pass": "the draft is passed",
    "return": "the draft is returned",
    "release": "the answer is released",
    "reopen": "it is open again",
}
TYPED = ("draft", "return", "reopen")
"""Steps with words of their own."""


def requests(talk: Conversation, rest: str) -> None:
    """The requests that the seat knows of; or one in full; or a step of one."""
    found = talk.desk.requests.requests()
    if rest:
        number, _, step = rest.partition(" ")
        names = [one.name for one in found]
        if number.upper() in names:
            name = number.upper()
        else:
            name = talk.pick("requests", number, lambda: names)
        _step(talk, name, step.strip()) if step else _read(talk, name)
        return
    talk.lists["requests"] = [one.name for one in found]
    items = [
        Item(f"{one.name}, {one.asker} asks {listed(one.to)}, {_state(one)}: {_about(one)}",
             partial(_read, talk, one.name))
        for one in found
    ]  # fmt: skip
    talk.show("Requests for information:", items, "there are no requests",
              "a number reads one and lists its steps")  # fmt: skip


def _state(one: Request) -> str:
    return WAITS.get(one.state, one.state)


def _about(one: Request) -> str:
    return one.title or one.text[:200]


def _read(talk: Conversation, name: str) -> None:
    one = talk.desk.requests.request(name)
    if one is None:
        raise UsageError("there is no such request", "`requests` lists them")
    talk.say(full(f"{name}, {one.asker} asks {listed(one.to)}, turn {one.turn}: {_state(one)}"))
    talk.say(full(one.text))
    for step in one.steps[1:]:
        who = f" by {step.by}" if step.by else ""
        words = step.gone or step.text
        talk.say(full(f"{step.says}{who}, turn {step.turn}{f': {words}' if words else ''}"))
    items = [Item(STEPS[act], partial(_step, talk, name, act)) for act in one.may if act in STEPS]
    talk.show("What you can do:", items, "there is nothing for you to do about it",
              f"a number does it; or write `requests {name} draft WORDS`")  # fmt: skip


def _step(talk: Conversation, name: str, step: str) -> None:
    desk = talk.desk.requests
    act = next((act for act in STEPS if step == act or step.startswith(f"{act} ")), "")
    rest = step[len(act) :].strip()
    steps = ", ".join(STEPS)
    if not act:
        raise UsageError(f"{step[:40]!r} is no step of a request", f"steps: {steps}")
    if act in TYPED:
        give = {"draft": desk.draft, "return": desk.send_back, "reopen": desk.reopen}[act]
        send(talk, rest, lambda text: _taken(talk, give(name, text)), f"{name}: {DONE[act]}")
        return
    given: Refusal | None
    if act == "release":
        to = reached(talk, rest.removeprefix("to "), ("allies",)) if rest else ()
        given = desk.release(name, to)
    else:
        given = {"claim": desk.claim, "hand on": desk.hand_on, "pass": desk.approve}[act](name)
    talk.answer(_taken(talk, given), f"{name}: {DONE[act]}")


def _taken(talk: Conversation, given: Refusal | None) -> Refusal | None:
    """What became of a step; it is no news to who took it."""
    talk.noticed()
    return given


def request(talk: Conversation, rest: str) -> None:
    """Raise a request for information."""
    who, words = split_at(rest)
    if ":" not in rest or not who:
        raise UsageError("it does not say who is asked", "request fallow: WORDS")
    to = reached(talk, who)
    send(talk, words, lambda text: _taken(talk, talk.desk.requests.ask(to, "", text)),
         f"the request is with {listed([talk.title(name) for name in to])}")  # fmt: skip
