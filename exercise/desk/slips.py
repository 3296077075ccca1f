"""From a few letters to an order: what somebody reads off a slip and types, completed.

`ple fri` is enough for “Pledge 1st Frigate Squadron to the alliance”: every word typed has to
begin a word of the decision, of its target or of how it is done. What stands after a semicolon
is why. Where nothing that is allowed fits, the engine is asked for its refusal and remedy.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from difflib import get_close_matches
from functools import lru_cache
from typing import Literal, NamedTuple

from exercise.desk.answers import Choice, Desk
from exercise.engine.exact import on_grid
from exercise.orders import Order, Refusal

MOST = 7
LISTED = "F4 lists what is allowed now"
SUCH = 3
"""How many orders are named where what was typed names nothing they could be about."""
UNNAMED = ("it needs a ", "there is no ")
"""How the engine begins its refusals of an order that is about nothing it knows."""
_WORD = re.compile(r"\d+\.\d+|[^\W_]+", re.UNICODE)


class Fit(NamedTuple):
    """An order that what was typed may mean."""

    line: str
    """As the engine takes it; empty while an amount is wanting."""
    says: str
    cost: str
    choice: Choice
    targets: tuple[str, ...]
    score: tuple[int, int, int, int] = (0, 0, 0, 0)


class Taken(NamedTuple):
    """What became of a line: an order, or a refusal, and the line that was meant."""

    line: str
    given: Order | Refusal
    place: int = 0
    """The line of the slip, from 1, that was about the same already; 0 if none was."""
    new: Literal["", "reason", "how"] = ""
    """What of that line is new: nothing, why, or how it is done."""


def split_reason(text: str) -> tuple[str, str]:
    """The order and why: `ple fri; to be seen there`."""
    order, _, reason = text.partition(";")
    return order.strip(), reason.strip()


@lru_cache(maxsize=8192)
def _words(text: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in _WORD.findall(text))


def fits(choices: Sequence[Choice], text: str, most: int = MOST) -> list[Fit]:
    """The allowed orders that fit, the likeliest first."""
    typed = _words(split_reason(text)[0])
    if not typed:
        return []
    found: list[Fit] = []
    for place, choice in enumerate(choices):
        found.extend(_of_choice(choice, typed, place))
    found.sort(key=lambda fit: fit.score)
    return found[:most]


def _of_choice(choice: Choice, typed: Sequence[str], place: int) -> Iterator[Fit]:
    short = choice.name.partition(".")[2]
    verb = _words(short.replace("_", " "))
    common = {*verb, *_words(choice.says)}
    for targets, title in zip(choice.targets, choice.titles, strict=True):
        about = [*verb, *_words(title), *(w for name in targets for w in _words(name))]
        for how, says, amount in _ways(choice, targets, title, typed):
            spoken = [word for word in typed if word != amount]
            if not spoken:
                continue
            known = [*about, *_words(how), *_words(says)]
            if all(any(word.startswith(part) for word in known) for part in spoken):
                first = spoken[0]
                rank = 0 if verb[0].startswith(first) else 1 if short.startswith(first) else 2
                exact = sum(part in known for part in spoken)
                telling = [*(word for word in about if word not in common), *_words(how)]
                told = sum(any(word.startswith(part) for word in telling) for part in spoken)
                line = " ".join([choice.name, *targets, how]) if how else ""
                score = (rank, -told, -exact, place)
                yield Fit(line, says, choice.cost, choice, targets, score)


def _ways(
    choice: Choice, targets: tuple[str, ...], title: str, typed: Sequence[str]
) -> Iterator[tuple[str, str, str]]:
    """Each way of doing it: how, the whole sentence, and the typed word that is an amount."""
    if choice.levels:
        for level in choice.levels:
            yield level, choice.sentence(targets, level), ""
    else:
        amount = next((word for word in typed if word.replace(".", "").isdigit()), "")
        span = f"{choice.low:g} to {choice.high:g} {choice.unit}".strip()
        yield amount, f"{title}: {amount or '…'} ({span})", amount


def enter(desk: Desk, fit: Fit, reason: str, instead: str = "") -> Taken:
    """Put a fitting order on the seat's draft, or do it in the council at once.

    `instead` is the cell of the order whose place it is to take.
    """
    return _put(desk, fit.line, reason, instead)


def _put(desk: Desk, line: str, reason: str, instead: str) -> Taken:
    """Draft a line; one that is on the slip stays where it is, and `instead` is left alone."""
    decision, *words = line.split()
    for place, (order, _) in enumerate(desk.drafted(), 1):
        if order.decision == decision and set(order.targets) <= set(words):
            same = _same_way(order, words)
            if same and reason in ("", order.reason):
                return Taken(line, order, place)
            return Taken(line, desk.draft(line, reason), place, "reason" if same else "how")
    return Taken(line, desk.draft(line, reason, instead))


def _same_way(order: Order, words: Sequence[str]) -> bool:
    how = " ".join(words).lower()
    if order.level:
        return f" {how}".endswith(f" {order.level.lower()}")
    last = words[-1] if words else ""
    return last.replace(".", "", 1).isdigit() and on_grid(float(last)) == order.value


def refuse(
    desk: Desk,
    choices: Sequence[Choice],
    text: str,
    names: Collection[str],
    listed: str = LISTED,
    instead: str = "",
) -> Taken:
    """Why what was typed cannot be ordered: the engine's own words, as near as it can be read.

    `names` are all names there are; a word that begins just one of them stands for it. `listed`
    says where what is allowed stands in a list.
    """
    order, reason = split_reason(text)
    if desk.standing().stage in ("review", "over"):
        return Taken(order, Refusal("orders are closed for this turn", "wait for the next turn"))
    spoken = order.split()
    verb = _verb(choices, spoken[0]) if spoken else None
    if verb is None:
        return Taken(order, _in_words(choices, spoken, desk.draft(order, reason, instead), listed))
    rest = [_name(word, names) for word in spoken[1:]]
    if verb.refusal and not any(word in names for word in rest):
        return Taken(order, _refusal(verb, listed))
    levels = [verb.levels[0]] if verb.levels and not _ends_in_level(verb, rest) else []
    line = " ".join([verb.name, *rest, *levels])
    taken = _put(desk, line, reason, instead)
    given = taken.given
    if isinstance(given, Refusal) and given.reason.startswith(UNNAMED) and any(verb.targets):
        given = Refusal(_nothing(rest), f"such as: {_such(verb)}")
    return taken._replace(given=given)


def nothing_given(desk: Desk) -> bool:
    """Whether a seal now would close an empty slip though the seat could order something."""
    standing = desk.standing()
    if not standing.decides or standing.paused or standing.sealed.get(desk.seat):
        return False
    if desk.drafted():
        return False
    return any(choice.targets and choice.stage != "council" for choice in desk.choices())


def _verb(choices: Sequence[Choice], word: str) -> Choice | None:
    """The decision that a word begins: by its own name, else by the words of its sentence."""
    part = word.lower()
    by_name = [c for c in choices if part in (c.name, c.name.partition(".")[2])]
    begun = [c for c in choices if c.name.partition(".")[2].startswith(part)]
    said = [c for c in choices if any(w.startswith(part) for w in _words(c.says)[:1])]
    for group in (by_name, begun, said):
        if group:
            return next((c for c in group if c.targets), group[0])
    return None


def _name(word: str, names: Collection[str]) -> str:
    """The name that a word stands for: whole, as its beginning, or as that of one of its parts."""
    part = word.lower()
    if part in names:
        return part
    for begins in (
        [name for name in names if name.startswith(part)],
        [name for name in names if any(w.startswith(part) for w in name.split("-"))],
    ):
        if len(begins) == 1:
            return begins[0]
    return word


def _ends_in_level(choice: Choice, rest: Sequence[str]) -> bool:
    told = " ".join(rest).lower()
    return any(told.endswith(level.lower()) for level in choice.levels)


def _nothing(rest: Sequence[str]) -> str:
    told = " ".join(rest)[:60]
    return f"“{told}” names nothing it could be about" if told else "it does not say about what"


def _such(verb: Choice) -> str:
    how = verb.levels[0] if verb.levels else ""
    said = [verb.sentence(targets, how) for targets in verb.targets[:SUCH]]
    more = "; …" if len(verb.targets) > SUCH else ""
    return "; ".join(said) + more


def _in_words(
    choices: Sequence[Choice], spoken: Sequence[str], given: Order | Refusal, listed: str
) -> Order | Refusal:
    """A refusal of a word that begins no decision, its likeliest meaning as people read it."""
    if not (isinstance(given, Refusal) and given.reason.startswith("there is no decision")):
        return given
    by_name = {choice.name.partition(".")[2]: choice for choice in choices}
    close = get_close_matches(spoken[0].lower(), list(by_name), n=1, cutoff=0.6)
    return Refusal(given.reason, f"did you mean “{by_name[close[0]].says}”?" if close else listed)


def _refusal(choice: Choice, listed: str) -> Refusal:
    reason, _, remedy = choice.refusal.partition("; ")
    return Refusal(reason, remedy or listed)
