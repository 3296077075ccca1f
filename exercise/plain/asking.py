"""Why? One level of causes at a time: a number goes deeper, `back` comes up again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from exercise.errors import ExerciseError, UsageError
from exercise.explain.why import REST_SAYS
from exercise.plain.conversation import Item
from exercise.plain.lines import figure, full
from exercise.spoken import amount_words

if TYPE_CHECKING:
    from exercise.explain.why import Because, Source, Why
    from exercise.plain.conversation import Conversation

DEEPER = ("cell", "order")
"""What can be asked about in turn: what changed, and what somebody decided."""
CAME = {"cell": "it came from", "order": "the order", "chance": "the dice",
        "inject": "an inject", "ruling": "a ruling"}  # fmt: skip


def why(talk: Conversation, rest: str) -> None:
    """Why a listed line is so, or a cell: `why 2`, `why domestic.support[dorvik]`."""
    if not rest:
        if not talk.trail:
            raise UsageError("nothing is asked about", "why N after a list, or why module.field[x]")
        tell(talk)
        return
    cell, turn = _asked(talk, rest)
    talk.trail = [(cell, turn)]
    tell(talk)


def _asked(talk: Conversation, rest: str) -> tuple[str, int | None]:
    if rest.isascii() and rest.isdigit():
        place = int(rest) if len(rest) < 6 else 0
        if not 1 <= place <= len(talk.items):
            raise UsageError(f"nothing was listed as {rest[:20]}", "`changed` lists what changed")
        item = talk.items[place - 1]
        if not item.cell:
            raise UsageError("no cause stands behind that line", "ask of another")
        return item.cell, item.turn
    cell, _, word = rest.partition(" ")
    turn = word.strip().removeprefix("turn").strip()
    if turn and not (turn.isascii() and turn.isdigit() and len(turn) < 6):
        raise UsageError(f"{turn[:40]!r} is no turn", "why module.field[name] 2")
    return cell, int(turn) if turn else None


def back(talk: Conversation, rest: str) -> None:
    """One level up in the chain of causes."""
    if len(talk.trail) < 2:
        raise UsageError("this is where you began to ask", "ask of something else with why")
    talk.trail.pop()
    tell(talk)


def _deeper(talk: Conversation, cell: str, turn: int) -> None:
    talk.trail.append((cell, turn))
    try:
        tell(talk)
    except ExerciseError:
        talk.trail.pop()
        raise


def tell(talk: Conversation) -> None:
    """Tell the causes of what the chain has come to."""
    found = talk.desk.why(*talk.trail[-1])
    numbers = talk.desk.view().numbers
    talk.say(full(found.title))
    talk.say(full(_moved(found, numbers)))
    empty = "nothing changed it in this turn"
    up = "; back goes up again" if len(talk.trail) > 1 else ""
    talk.show("Causes:" if found.kind == "cell" else "What is known of it:",
              _causes(talk, found, numbers), empty, f"a number goes deeper{up}")  # fmt: skip


def _moved(found: Why, numbers: bool) -> str:
    """From what to what, in words, then numbers."""
    when = f"turn {found.turn}" if found.turn else "the opening"
    if found.kind == "order":
        return f"an order, {when}"
    was, now = found.bands
    change = found.after - found.before
    way = "unchanged" if change == 0 else "up" if change > 0 else "down"
    if not now and {found.before, found.after} <= {0.0, 1.0}:
        was, now = (("no", "yes")[int(value)] for value in (found.before, found.after))
    told = (f"{now}, {way}" if was == now else f"from {was} to {now}, {way}") if now else way
    told = f"{told}, {figure(found.before)} to {figure(found.after)}" if numbers else told
    return f"{told}, {when}"


def _causes(talk: Conversation, found: Why, numbers: bool) -> Iterator[Item]:
    """Each cause, the strongest first, and after it what it came from."""
    whole = sum(abs(term.amount) for term in found.terms) + abs(found.rest or 0.0)
    terms = list(found.terms)
    if found.kind == "cell":
        terms.sort(key=lambda term: -abs(term.amount))
    for term in terms:
        amount = _amount(term.amount, whole, numbers) if found.kind == "cell" else ""
        first = next((source.cell for source in term.sources if source.kind in DEEPER), "")
        yield _item(talk, f"{_says(term)}{amount}", first, found.turn)
        for source in term.sources:
            cell = source.cell if source.kind in DEEPER else ""
            yield _item(talk, _from(source), cell, found.turn)
    if found.rest:
        yield Item(f"{REST_SAYS}{_amount(found.rest, whole, numbers)}")


def _item(talk: Conversation, says: str, cell: str, turn: int) -> Item:
    act = (lambda: _deeper(talk, cell, turn)) if cell else None
    return Item(says, act, cell, turn)


def _says(term: Because) -> str:
    return (term.says or term.name).strip().rstrip(".")


def _from(source: Source) -> str:
    told = source.says or source.cell
    if source.kind == "parameter":  # its words begin with "coefficient" themselves
        return told
    return f"{CAME.get(source.kind, source.kind)}: {told}"


def _amount(amount: float, whole: float, numbers: bool) -> str:
    """Which way it pushed, and how much of the change it is."""
    way = "up" if amount > 0 else "down" if amount < 0 else "neither way"
    told = f", {way}, {amount_words(amount, whole)}"
    return f"{told}, {figure(abs(amount))}" if numbers and amount else told
