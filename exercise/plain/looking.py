"""Where things stand: one's page, what changed, the standing values, the map, the council."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from exercise.errors import UsageError
from exercise.plain.conversation import Item
from exercise.plain.deciding import how
from exercise.plain.lines import figure, full, searched
from exercise.plain.news import change_words, state_words
from exercise.plain.presiding import clock_words, texts_at, written_lines
from exercise.spoken import PROTOCOLS, STATES, counted, listed

if TYPE_CHECKING:
    from exercise.plain.conversation import Conversation
    from exercise.view import Mark, Sentence, TextView

PUSH = {1: "rising", 0: "", -1: "falling"}
KINDS = {"unit": "force", "node": "place", "capital": "capital", "theatre": "theatre",
         "act": "act"}  # fmt: skip
SIDES = {"own": "your own", "ally": "an ally's", "adversary": "the adversary's", "other": ""}


def who(talk: Conversation, rest: str) -> None:
    """The first page."""
    view = talk.desk.view()
    page = view.page
    talk.say(view.banner)
    talk.say(full(view.scenario))
    if talk.watches:
        talk.say("You look on, and see what everybody may know.")
        return
    talk.say(f"You are {full(page.title)}")
    for lead, text in (("You want: ", page.wants), ("You fear: ", page.fears),
                       ("Only you know: ", page.knows), ("", page.brief)):  # fmt: skip
        if text:
            talk.say(lead + full(text))


def standing(talk: Conversation, rest: str) -> None:
    """The banner, turn, stage, who has sealed, the standing values."""
    talk.say(talk.desk.view().banner)
    stands(talk)


def stands(talk: Conversation) -> None:
    """Where the exercise stands, beneath a banner."""
    desk, view = talk.desk, talk.desk.view()
    now = desk.standing()
    day = f", {view.day}" if view.day else ""
    talk.say(f"{full(view.scenario)} Turn {now.turn} of {view.turns}{day}.")
    talk.say(full(talk.stage()))
    told = clock_words(desk.timing.clock())
    if told:
        talk.say(full(told))
    if view.phase:
        talk.say(f"Phase: {full(view.phase)}")
    if now.round and now.decides:
        talk.say(f"Round {now.round} of the table is done.")
    done = [talk.title(seat) for seat, sealed in now.sealed.items() if sealed]
    if now.decides and now.stage in ("council", "orders"):
        talk.say(f"Sealed: {listed(done) or 'nobody'}.")
    if talk.kind == "seat" and now.decides:
        drafted = len(desk.drafted())
        told = "sealed" if now.sealed.get(desk.seat) else "drafted, not sealed"
        talk.say(full(f"{counted(drafted, 'order')} {told}" if drafted else f"no orders {told}"))
    gauges = [Item(_gauge(gauge, view.numbers), cell=gauge.cell) for gauge in view.gauges]
    if gauges:
        talk.show("Where things stand:", gauges, ask="a number asks why")


def _gauge(gauge: Sentence, numbers: bool) -> str:
    parts = [gauge.text.strip().rstrip("."), gauge.band, PUSH[gauge.trend]]
    told = ", ".join(part for part in parts if part)
    return f"{told}, {figure(gauge.value)}" if numbers and gauge.value is not None else told


def changed(talk: Conversation, rest: str) -> None:
    """What changed, in this turn so far or in a turn before."""
    turn = _turn(rest)
    view = talk.desk.view(turn) if turn is not None else talk.desk.view()
    items = [
        Item(change_words(sentence, view.numbers), cell=sentence.cell, turn=turn)
        for sentence in view.changed
    ]
    talk.show(f"Changed, turn {view.turn}:", items, "nothing that you know of has changed",
              "a number asks why")  # fmt: skip


def _turn(rest: str) -> int | None:
    if not rest:
        return None
    if not (rest.isascii() and rest.isdigit() and len(rest) < 6):
        raise UsageError(f"{rest[:40]!r} is no turn", "changed, or changed 2")
    return int(rest)


def chart(talk: Conversation, rest: str) -> None:
    """What is where; words after it search."""
    view = talk.desk.view()
    actors = {mark.owner: mark.label for mark in view.map.marks if mark.kind == "capital"}
    theatres = [mark for mark in view.map.marks if mark.kind == "theatre"]
    items = [Item(_mark(mark, actors, theatres), cell=mark.cell) for mark in view.map.marks]
    items += [
        Item(f"{route.label}, way by {route.mode}{', cut' if route.cut else ''}", cell=route.cell)
        for route in view.map.routes
    ]
    found = [item for item in items if searched(item.says, rest)]
    talk.show("On the map:", found, "nothing of that kind is on the map", "a number asks why")


def _mark(mark: Mark, actors: dict[str, str], theatres: list[Mark]) -> str:
    kind = KINDS.get(mark.kind, mark.kind)
    owner = actors.get(mark.owner, mark.owner) if mark.kind != "capital" else ""
    parts = [mark.label, f"{kind} of {owner}" if owner else kind, SIDES.get(mark.side, "")]
    near = _near(mark, theatres) if mark.kind == "unit" else ""
    return ", ".join(part for part in (*parts, mark.note, near) if part)


def _near(mark: Mark, theatres: list[Mark]) -> str:
    """The theatre that a force in place is at."""
    at = [theatre.label for theatre in theatres if theatre.at == mark.at]
    return f"at {at[0]}" if at else ""


def council(talk: Conversation, rest: str) -> None:
    """The texts before the councils, or one of them in full."""
    texts = texts_at(talk.desk)
    if rest:
        text = talk.pick("council", rest, lambda: texts)
        _read(talk, next((one for one in texts if one.name == text.name), text))
        return
    talk.lists["council"] = list(texts)
    items = [
        Item(_told(text), partial(council, talk, str(number)))
        for number, text in enumerate(texts, start=1)
    ]
    talk.show("Before the councils:", items, "nothing is before a council",
              "a number reads a text")  # fmt: skip


def _told(text: TextView) -> str:
    held = sum(clause.state == "bracketed" for clause in text.clauses)
    brackets = f"; {counted(held, 'clause')} bracketed" if held else ""
    return f"“{text.title}”, {text.forum_title}: {STATES.get(text.state, text.state)}{brackets}"


def _read(talk: Conversation, text: TextView) -> None:
    """A text in full, then what can be done about it."""
    talk.say(f"“{text.title}”.")
    chair = f"; chair {text.chair}" if text.chair else ""
    rule = PROTOCOLS.get(text.protocol, text.protocol)
    talk.say(full(f"{text.forum_title}, {rule}{chair}"))
    talk.say(full(f"it is {STATES.get(text.state, text.state)}"))
    if text.strength.band:
        talk.say(full(f"the text is {text.strength.band}"))
    for line in written_lines(talk.desk, text.name):
        talk.say(full(line))
    items = [
        Item(f"clause {number}, {state_words(clause.state, clause.held_by)}: {clause.text}",
             cell=clause.cell)
        for number, clause in enumerate(text.clauses, start=1)
    ]  # fmt: skip
    items += [Item(f"position: {stance.text}", cell=stance.cell) for stance in text.stances]
    items += [Item(f"done this turn: {act.text}", cell=act.cell) for act in text.acts]
    if talk.kind == "seat":
        items += list(_acts(talk, text))
    talk.show("Clauses, positions, and what can be done:", items,
              ask="a number asks why of a line, or does what it says")  # fmt: skip


def _acts(talk: Conversation, text: TextView) -> Iterator[Item]:
    """What the seat may do about a text now."""
    about = {text.name, *(clause.name for clause in text.clauses)}
    for choice in talk.desk.choices():
        if choice.stage == "council":
            for targets, title in zip(choice.targets, choice.titles, strict=True):
                if not about.isdisjoint(targets):
                    yield Item(f"to do: {title}", partial(how, talk, choice, targets))


def ending(talk: Conversation, rest: str) -> None:
    """How it ended, and what of it was aimed at."""
    found = talk.desk.ending()
    if found is None:
        raise UsageError("the exercise is under way", "`standing` tells where it stands")
    talk.say(full(found.outcome))
    if found.says:
        talk.say(full(found.says))
    talk.say(full(f"{counted(found.turns, 'turn')} were played"))
    for aim in found.aims:
        talk.say(f"{'Met' if aim.met else 'Not met'}: {full(aim.title)} {full(aim.says)}".strip())
    if found.digest:
        talk.say(f"The digest of the state is {found.digest}.")
