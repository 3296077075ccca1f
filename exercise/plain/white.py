"""Control's course of the exercise: through the turn, results and rulings, pause, stop and end."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from exercise.branches import luck_words
from exercise.errors import UsageError
from exercise.paper import Heading, Items, Paper, Para, Pieces, Table
from exercise.plain.conversation import Item
from exercise.plain.lines import figure, full, parts_of, split_at
from exercise.plain.news import change_words
from exercise.plain.talking import reached, send
from exercise.spoken import listed

if TYPE_CHECKING:
    from exercise.plain.conversation import Conversation

SIGNS = {"✓": "", "–": "", "▲": "up: ", "▼": "down: ", "!": "inject: ", "§": "council: ",
         "→": "order: ", "✉": "letter: ", "·": ""}  # fmt: skip
"""What the signs at the head of a line of paper say."""
EMERGENCY = "stopped for a real-world emergency"


# through the turn


def step(talk: Conversation, rest: str) -> None:
    """What comes next: begin the exercise, close the council, resolve, release the results."""
    stage = talk.white.standing().stage
    if talk.white.timing.clock().waits:
        begin(talk, "")
        return
    after = {"council": close, "orders": resolve, "review": release}.get(stage)
    if after is None:
        raise UsageError("the exercise is over", "`hotwash` tells what happened")
    after(talk, "")


def begin(talk: Conversation, rest: str) -> None:
    """Begin the exercise: the first clock runs."""
    talk.white.timing.start()  # what is new tells it, here as everywhere


def _at(talk: Conversation, *stages: str) -> None:
    """Refuse what does not fit the stage of the turn."""
    now = talk.white.standing().stage
    if now not in stages:
        raise UsageError(f"not now: {talk.stage()}", "`next` does what comes next")


def close(talk: Conversation, rest: str) -> None:
    """Close the council."""
    _at(talk, "council")
    talk.white.close_council()
    talk.say("The council is closed.")


def go_round(talk: Conversation, rest: str) -> None:
    """One round of the table for the absent seats."""
    _at(talk, "council")
    talk.white.go_round()


def resolve(talk: Conversation, rest: str) -> None:
    """Resolve the turn, then show the results before release."""
    _at(talk, "council", "orders")
    talk.white.resolve()
    results(talk, "")


def results(talk: Conversation, rest: str) -> None:
    """The results before release."""
    _at(talk, "review")
    view = talk.white.results()
    ruled = talk.white.ruled()
    items = [
        Item(f"{'ruled on, ' if one.cell in ruled else ''}{change_words(one, True)}",
             partial(_why_result, talk, one.cell), one.cell)
        for one in view.changed
    ]  # fmt: skip
    talk.lists["results"] = [one.cell for one in view.changed]
    talk.show(f"Results of turn {view.turn}, read by you alone:", items, "nothing changed",
              "a number asks why; rule N add 0.1; WHY amends; release tells everybody")  # fmt: skip


def _why_result(talk: Conversation, cell: str) -> None:
    from exercise.plain.asking import tell

    talk.trail = [(cell, None)]
    tell(talk)


def rule(talk: Conversation, rest: str) -> None:
    """Rule on a result, with a reason: add an amount to it, or set it."""
    _at(talk, "review")
    head, reason = [*parts_of(rest), ""][:2]
    words = head.replace("=", " set ").split()
    how = next((word for word in words if word in ("add", "set")), "")
    amount = _number(words[-1] if words else "")
    if not how or amount is None or len(words) != 3:
        raise UsageError("a ruling names a result, add or set, and a number",
                         "rule 2 add -0.1; WHY, or rule module.field[x] set 0.4; WHY")  # fmt: skip
    if not reason:
        raise UsageError("a ruling needs a reason", "rule 2 add -0.1; REASON")
    cell = words[0]
    if cell.isdigit():
        changed = [one.cell for one in talk.white.results().changed]
        cell = talk.pick("results", cell, lambda: changed)
    stocks = talk.white.rulable(cell)
    if cell in stocks:
        _rule(talk, cell, how, amount, reason)
        return
    items = [
        Item(f"{stock}{f', {says}' if says else ''}",
             partial(_rule, talk, stock, how, amount, reason))
        for stock, says in stocks.items()
    ]  # fmt: skip
    talk.show(f"{cell} is worked out from others; rule on one of these:", items,
              f"{cell} cannot be ruled on", f"a number applies {how} {figure(amount)}")  # fmt: skip


def _number(word: str) -> float | None:
    try:
        value = float(word.replace("−", "-"))
    except ValueError:
        return None
    return value if abs(value) < 1e9 else None


def _rule(talk: Conversation, cell: str, how: str, amount: float, reason: str) -> None:
    given = talk.white.rule(cell, how, amount, reason)
    if talk.answer(given, f"ruled on {cell}; the turn was resolved anew from its start"):
        talk.lists.pop("results", None)


def release(talk: Conversation, rest: str) -> None:
    """Release the results and open the next turn."""
    _at(talk, "review")
    talk.white.publish()
    talk.say("The results are released.")


# pause, stop, end


def pause(talk: Conversation, rest: str) -> None:
    """Freeze: nothing is drafted, sealed or resolved; messages still go out."""
    talk.white.pause(True)


def resume(talk: Conversation, rest: str) -> None:
    """Let it go on."""
    talk.white.pause(False)


def stop(talk: Conversation, rest: str) -> None:
    """A real-world emergency: freeze at once, and ask afterwards."""
    frozen = talk.white.standing().paused
    talk.white.pause(True, True)
    items = [Item("end the exercise for good", partial(end, talk, EMERGENCY)),
             Item("a false alarm, it goes on", partial(talk.white.pause, frozen))]  # fmt: skip
    talk.say("STOP. This is no part of the exercise. Everything is frozen and kept; "
             "every seat and the projector are told to stop.")  # fmt: skip
    talk.show("What now?", items)
    talk.noticed()


def end(talk: Conversation, rest: str) -> None:
    """End the exercise now."""
    if talk.white.standing().stage == "over":
        raise UsageError("the exercise is over", "`hotwash` tells what happened")
    if not rest:
        raise UsageError("ending it needs a reason", "end REASON")
    talk.white.end(rest)


def rollback(talk: Conversation, rest: str) -> None:
    """Play a turn again from its start, on a line of its own; alone, list the lines there are."""
    number, _, reason = rest.partition(" ")
    if not rest:
        for branch in talk.white.branches():
            told = "the line that counts" if branch.main else "left"
            told += ", with luck of its own" if branch.commitment else ""
            why = f": {branch.why}" if branch.why else ""
            talk.say(full(f"line {branch.name}, {told}, from turn {branch.turn}{why}"))
        return
    if not (number.isascii() and number.isdigit() and len(number) < 6):
        raise UsageError(f"{number[:40]!r} is no turn", "rollback 2 REASON")
    given = talk.white.roll_back(int(number), reason)
    luck = luck_words(talk.white.branches()) if given is None else ""
    told = f"turn {number} is played again; the line before stays readable"
    talk.answer(given, f"{told}; {luck}" if luck else told)


def hotwash(talk: Conversation, rest: str) -> None:
    """The hot wash as it stands now, as lines."""
    for line in paper_lines(talk.white.washed()):
        talk.say(line)


def paper_lines(paper: Paper) -> Iterator[str]:
    """A document as statements, a line each; signs become words, a table's row one line."""
    yield paper.banner
    yield full(paper.title)
    for block in paper.blocks:
        match block:
            case Heading(text):
                yield f"{text.rstrip(':')}:"
            case Para(pieces):
                yield full(_pieces(pieces))
            case Items(lines):
                yield from (full(_pieces(line)) for line in lines)
            case Table(head, rows):
                for row in rows:
                    cells = (_pieces((cell,)) for cell in row)
                    told = zip(head, cells, strict=False)
                    yield full("; ".join(f"{name}: {cell}" for name, cell in told if cell))
    if paper.foot:
        yield _pieces((paper.foot,))


def _pieces(pieces: Pieces) -> str:
    """The words of a line, its sign as a word."""
    parts = [piece if isinstance(piece, str) else piece.text for piece in pieces]
    told = " ".join(part.strip() for part in parts if part.strip())
    sign, _, rest = told.partition(" ")
    return f"{SIGNS[sign]}{rest}" if sign in SIGNS else told


def mind(talk: Conversation, rest: str) -> None:
    """What each adversary chose in the results, and why."""
    _at(talk, "review")
    items = [
        Item(one.says, cell=one.cell, turn=one.turn) for one in talk.white.reasoning()
    ]  # fmt: skip
    talk.show("The adversary's reasoning:", items, "no adversary is played by the rules",
              "a number asks why")  # fmt: skip


# words as anybody


def speak(talk: Conversation, rest: str) -> None:
    """Send words as anybody."""
    head, words = split_at(rest)
    sender, mark, to = head.partition(" to ")
    if ":" not in rest or not mark or not sender.strip():
        raise UsageError("it does not say who speaks to whom",
                         "speak The minister of Gavria to dorvik: WORDS")  # fmt: skip
    seats = reached(talk, to, ("allies",))
    given = partial(talk.white.talk.speak, sender.strip(), seats, "")
    send(
        talk, words, given, f"said as {sender.strip()} to {listed([talk.title(s) for s in seats])}"
    )


def press(talk: Conversation, rest: str) -> None:
    """Put an item into the media feed."""
    outlet, words = split_at(rest)
    if ":" not in rest or not outlet:
        raise UsageError("an item of the feed names its outlet", "press The Herald: WORDS")
    send(talk, words, partial(talk.white.talk.press, outlet, ""), "everybody reads it")


def receipts(talk: Conversation, rest: str) -> None:
    """Who has read the letter that was read last."""
    if not talk.letter:
        raise UsageError("no letter was read yet", "`inbox` lists them; a number reads one")
    for one in talk.white.talk.receipts(talk.letter):
        talk.say(full(f"{one.title}: {one.state}"))


# seats and their truth


def compare(talk: Conversation, rest: str) -> None:
    """What a seat does not know of, of what has changed."""
    seat = seat_named(talk, rest)
    truth = talk.white.view()
    desk = talk.white.desk(seat)
    known = set(desk.cleared(tuple(one.cell for one in truth.changed)))
    items = [
        Item(change_words(one, True), cell=one.cell)
        for one in truth.changed if one.cell not in known
    ]  # fmt: skip
    talk.show(f"Changed, and not disclosed to {talk.title(seat)}:", items,
              "nothing that changed is hidden from it", "a number asks why")  # fmt: skip


def seat_named(talk: Conversation, word: str) -> str:
    """The seat that a word names; raises `UsageError`."""
    titles = talk.white.standing().titles
    said = word.strip().casefold()
    exact = [n for n, title in titles.items() if said in (n, title.casefold())]
    begun = [n for n, t in titles.items() if said and f"{n} {t.casefold()}".startswith(said)]
    found = exact or begun
    if len(found) != 1:
        told = f"there is no seat {word[:40]!r}" if word else "no seat is named"
        raise UsageError(told, f"seats: {', '.join(titles)}")
    return found[0]
