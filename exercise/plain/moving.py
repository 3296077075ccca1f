"""Free-form moves: said and argued by seats; weighed, rolled or refused by control."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from exercise.errors import UsageError
from exercise.orders import Refusal
from exercise.plain.conversation import Item
from exercise.plain.lines import full, parts_of
from exercise.room.moving import fate_words, roll_words

if TYPE_CHECKING:
    from exercise.plain.conversation import Conversation
    from exercise.room.moves import Case, Move

CIRCLES = {"open": "everybody", "allies": "its own side", "control": "control alone"}


def moves(talk: Conversation, rest: str) -> None:
    """The moves that one knows of; or one in full."""
    found = talk.desk.moves.moves()
    if rest:
        _read(talk, talk.pick("moves", rest, lambda: [move.name for move in found]))
        return
    talk.lists["moves"] = [move.name for move in found]
    items = [
        Item(f"{talk.title(move.seat)}, turn {move.turn}, {fate_words(move)}: {move.what[:300]}",
             partial(_read, talk, move.name))
        for move in found
    ]  # fmt: skip
    talk.show("Moves:", items, "nobody has attempted anything yet", "a number reads one")


def _move(talk: Conversation, name: str) -> Move:
    found = next((move for move in talk.desk.moves.moves() if move.name == name), None)
    if found is None:
        raise UsageError("there is no such move", "`moves` lists those you know of")
    return found


def _named(talk: Conversation, word: str) -> str:
    return talk.pick("moves", word, lambda: [move.name for move in talk.desk.moves.moves()])


def _read(talk: Conversation, name: str) -> None:
    move = _move(talk, name)
    talk.say(full(f"{talk.title(move.seat)}, turn {move.turn}: {move.what}"))
    for lead, text in (("To this end: ", move.aim), ("It should work because: ", move.why)):
        if text:
            talk.say(lead + full(text))
    talk.say(full(f"known to {CIRCLES[move.known]}; {fate_words(move)}"))
    for argument in move.arguments:
        talk.say(full(f"{argument.side}, {talk.title(argument.seat)}: {argument.text}"))
    for roll in move.rolls:
        talk.say(full(f"turn {roll.turn}: {roll_words(roll)} {roll.says}"))
    if move.reason:
        talk.say(full(f"because: {move.reason}"))
    if talk.kind == "control":
        _weights(talk, next(case for case in talk.white.moves.cases() if case.move.name == name))


def _weights(talk: Conversation, case: Case) -> None:
    for opinion in case.opinions:
        talk.say(full(f"{talk.title(opinion.seat)} gives {opinion.odds} in 100: {opinion.why}"))
    if case.weight is None:
        talk.say("It has not been weighed.")
        return
    weight = case.weight
    talk.say(full(f"weighed at {weight.odds} in 100; it needs {weight.needs}"))
    for lead, follows in (("on success", weight.success), ("on failure", weight.failure)):
        effects = f"; {', '.join(follows.effects)}" if follows.effects else ""
        talk.say(full(f"{lead}: {follows.says or 'no words'}{effects}"))


def _said(talk: Conversation, given: object, done: str) -> None:
    """Say what became of it; it is no news to who did it."""
    talk.answer(given, done)
    talk.noticed()


# seats


def attempt(talk: Conversation, rest: str) -> None:
    """Say what the seat does, to what end, why it should work, and who may know of it."""
    desk = talk.desk.moves
    parts = [*parts_of(rest), "", "", ""]
    circles = desk.circles()
    known = "open"
    last = max((n for n, part in enumerate(parts) if part), default=0)
    if last and parts[last].lower() in circles:
        known, parts[last] = parts[last].lower(), ""
    given = desk.make(parts[0], parts[1], parts[2], known)
    talk.lists.pop("moves", None)
    _said(talk, given, f"said; {CIRCLES[known]} may know of it; control settles the odds")


def argue(talk: Conversation, rest: str) -> None:
    """Argue for or against a move."""
    number, _, more = rest.partition(" ")
    side, _, words = more.strip().partition(" ")
    if side not in ("for", "against"):
        raise UsageError("an argument is for or against", "argue 1 against WORDS")
    name = _named(talk, number)
    _said(talk, talk.desk.moves.argue(name, side, words.strip(": ")), f"argued {side}")


def retract(talk: Conversation, rest: str) -> None:
    """Take one's own move back."""
    number, _, why = rest.partition(" ")
    _said(talk, talk.desk.moves.withdraw(_named(talk, number), why), "the move is taken back")


def erase(talk: Conversation, rest: str) -> None:
    """Delete for good what was typed of a move."""
    number, _, why = rest.partition(" ")
    given = talk.desk.moves.take_back(_named(talk, number), why)
    _said(talk, given, "the words are deleted, in letters too; a mark stays")


def advise(talk: Conversation, rest: str) -> None:
    """Give the odds that control asked for; alone, list what was asked."""
    asked = talk.desk.moves.asked()
    if not rest:
        items = [
            Item(f"{talk.title(case.move.seat)}: {case.move.what[:300]}",
                 partial(_read, talk, case.move.name))
            for case in asked
        ]  # fmt: skip
        talk.lists["moves"] = [case.move.name for case in asked]
        talk.show("Control asks for your odds:", items, "control has not asked for your odds",
                  "`advise N ODDS; WHY` gives them")  # fmt: skip
        return
    number, _, more = rest.partition(" ")
    odds, why = [*parts_of(more), ""][:2]
    _said(talk, talk.desk.moves.advise(_named(talk, number), odds, why), "control has your odds")


# control


def weigh(talk: Conversation, rest: str) -> None:
    """Settle the odds and what follows."""
    number, _, more = rest.partition(" ")
    parts = [*parts_of(more), *[""] * 6]
    needs = parts[5] or "1"
    if not (needs.isascii() and needs.isdigit() and len(needs) < 4):
        raise UsageError(f"{needs[:40]!r} is no number of successes", "give 1 to 12")
    by = parts[0] if parts[0] in ("umpire", "mean") else "control"
    odds, _, own = parts[0].partition(" of ")
    if by == "control" and odds in ("umpire", "mean"):
        by, parts[0] = odds, own
    given = talk.white.moves.weigh(
        _named(talk, number), parts[0], parts[1], parts[2], _effects(parts[3]),
        _effects(parts[4]), int(needs), by,
    )  # fmt: skip
    told = "" if isinstance(given, Refusal) else f"weighed: {given.odds} in 100, {given.words}"
    _said(talk, given, told)


def _effects(text: str) -> tuple[str, ...]:
    """Effects as one line of them: `tension[strait] +0.1 & support[x] = 0.4`."""
    return tuple(part.strip() for part in text.split("&") if part.strip())


def roll(talk: Conversation, rest: str) -> None:
    """Roll the die of a move that was weighed."""
    given = talk.white.moves.roll(_named(talk, rest))
    told = "" if isinstance(given, Refusal) else f"{roll_words(given)} {given.says}"
    _said(talk, given, told)


def refuse(talk: Conversation, rest: str) -> None:
    """Refuse a move, and say why."""
    number, _, why = rest.partition(" ")
    _said(talk, talk.white.moves.refuse(_named(talk, number), why), "refused; its seat is told why")


def consult(talk: Conversation, rest: str) -> None:
    """Ask a second umpire for odds."""
    number, _, umpire = rest.partition(" ")
    given = talk.white.moves.consult(_named(talk, number), umpire.strip())
    _said(talk, given, f"{talk.title(umpire.strip())} is asked for its odds")
