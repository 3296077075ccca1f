"""What a seat asks for, and why it may be refused.

An order is one cell of a decision with a value: `share` of `coast-guard` with `fallow`, as a
tear-line. It can be written as a cell, `intelligence.share[dorvik,coast-guard,fallow]=tear-line`,
or in words, `share coast-guard fallow tear-line`: the decision, its targets in any order, and
how. A refusal is a value with a reason and a remedy, judged from what the seat can see.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence

import attrs
import numpy as np

from exercise.engine.cells import base
from exercise.engine.declare import Decision
from exercise.engine.exact import on_grid
from exercise.engine.roster import Roster, cell_name
from exercise.explain.ordered import CURRENCIES
from exercise.explain.why import order_words
from exercise.eyes import PURSES, Eyes
from exercise.spoken import joined

_FILLERS = {
    "to",
    "with",
    "of",
    "at",
    "for",
    "the",
    "a",
    "an",
    "by",
    "in",
    "on",
    "as",
    "from",
    "and",
}
LONGEST = 300
"""How many characters an order may have."""


@attrs.frozen
class Refusal:
    """Why something cannot be ordered, and what would allow it."""

    reason: str
    remedy: str = ""

    def __str__(self) -> str:
        return joined(self.reason, self.remedy)


@attrs.frozen
class Order:
    """One order: the decision, who orders, the targets' names, and the value."""

    decision: str
    actor: str
    targets: tuple[str, ...]
    value: float
    level: str = ""
    reason: str = ""

    @property
    def cell(self) -> str:
        """As it is written everywhere: `decision[actor,targets]`."""
        return cell_name(self.decision, (self.actor, *self.targets))

    def line(self) -> str:
        """As a player can type it again."""
        how = self.level or f"{self.value:g}"
        return " ".join([self.decision, *self.targets, how])


def say(order: Order, decision: Decision, roster: Roster) -> str:
    """The order as a sentence."""
    return order_words(decision, roster, (order.actor, *order.targets), order.value)


def known_decisions(decisions: Mapping[str, Decision], by: str) -> dict[str, Decision]:
    """The decisions that such an actor (`ally`, `adversary`) may take."""
    return {name: d for name, d in decisions.items() if d.by == by}


def parse(
    text: str, decisions: Mapping[str, Decision], roster: Roster, actor: str
) -> Order | Refusal:
    """An order from what somebody typed; a refusal names the word that was not understood."""
    if len(text) > LONGEST:
        return Refusal(f"more than {LONGEST} characters are no order", "write one order a line")
    by = "ally" if actor in roster.of("ally") else "adversary"
    mine = known_decisions(decisions, by)
    spoken = _spoken(text)
    if not spoken:
        return Refusal("nothing is written", "write a decision, its targets and how")
    decision = _decision(spoken[0], mine)
    if isinstance(decision, Refusal):
        return decision
    level, told = _level(decision, spoken[1:])
    called = {name for axis in decision.axes for name in roster.of(axis)}
    rest = [word for word in told if word.lower() not in _FILLERS or word in called]
    if "[" in text and rest and rest[0] == actor:
        rest = rest[1:]
    targets: list[str] = []
    for axis in decision.axes:
        found = _target(axis, rest, roster)
        if isinstance(found, Refusal):
            return found
        targets.append(found)
        rest.remove(found)
    if level and not rest:
        return Order(decision.name, actor, tuple(targets), on_grid(decision.levels[level]), level)
    return _valued(decision, actor, tuple(targets), rest)


def _spoken(text: str) -> list[str]:
    return [word for word in re.split(r"[\s,\[\]=]+", text.strip()) if word]


def _level(decision: Decision, told: list[str]) -> tuple[str, list[str]]:
    """A level of several words at the end (`lift the bracket`), and the words before it."""
    for level in sorted(decision.levels, key=lambda level: -len(_spoken(level))):
        words = [word.lower() for word in _spoken(level)]
        if words and [word.lower() for word in told[-len(words) :]] == words:
            return level, told[: -len(words)]
    return "", told


def _decision(word: str, mine: Mapping[str, Decision]) -> Decision | Refusal:
    if word in mine:
        return mine[word]
    short = {name.partition(".")[2]: d for name, d in mine.items()}
    if word in short:
        same = [name for name in mine if name.partition(".")[2] == word]
        if len(same) > 1:
            return Refusal(f"{word!r} could be {' or '.join(same)}", "write the longer name")
        return short[word]
    begins = [name for name in short if name.startswith(word.lower())]
    if len(begins) == 1:
        return short[begins[0]]
    if begins:
        return Refusal(f"{word!r} could be {', '.join(begins)}", "write more of it")
    close = difflib.get_close_matches(word, list(short), n=1, cutoff=0.5)
    hint = f"did you mean {close[0]}?" if close else "`d` lists all decisions"
    return Refusal(f"there is no decision {word!r}", hint)


def _target(axis: str, spoken: Sequence[str], roster: Roster) -> str | Refusal:
    known = roster.of(axis)
    for word in spoken:
        if word in known:
            return word
    label = base(axis)
    if not known:
        return Refusal(f"there is no {label} that you know of")
    if spoken:
        close = difflib.get_close_matches(spoken[0], known, n=1, cutoff=0.5)
        if close:
            return Refusal(f"there is no {label} {spoken[0]!r}", f"did you mean {close[0]}?")
    return Refusal(f"it needs a {label}", f"one of: {', '.join(known[:10])}")


def _valued(
    decision: Decision, actor: str, targets: tuple[str, ...], rest: Sequence[str]
) -> Order | Refusal:
    if len(rest) > 1:
        return Refusal(f"{' '.join(rest[:-1])!r} was not understood", "leave it out")
    word = rest[0] if rest else ""
    if decision.levels:
        if not word and len(decision.levels) == 1:
            word = next(iter(decision.levels))
        value = decision.levels.get(word)
        if value is None:
            by_number = [k for k, v in decision.levels.items() if _number(word) == on_grid(v)]
            if by_number:
                word, value = by_number[0], decision.levels[by_number[0]]
        if value is None:
            said = f"{word!r} is no way to do it" if word else "it does not say how"
            return Refusal(said, f"one of: {', '.join(decision.levels)}")
        return Order(decision.name, actor, targets, on_grid(value), word)
    number = _number(word)
    if number is None:
        return Refusal(
            f"{word!r} is not a number" if word else "it does not say how much",
            f"give a number from {decision.low:g} to {decision.high:g} {decision.unit}".rstrip(),
        )
    if not decision.low <= number <= decision.high or number == 0.0:
        return Refusal(
            f"{number:g} is out of range",
            f"give a number from {decision.low:g} to {decision.high:g}, and not 0",
        )
    return Order(decision.name, actor, targets, number)


def _number(word: str) -> float | None:
    try:
        value = float(word)
    except ValueError:
        return None
    return on_grid(value) if abs(value) < 2.0**27 else None


def judge(order: Order, eyes: Eyes) -> Refusal | None:
    """Why the actor may not order this now, as far as it can see; None where it may."""
    decision = eyes.turn.ruleset.decisions[order.decision]
    if decision.by != eyes.by:
        return Refusal(f"{decision.name} is not yours to decide")
    if decision.module not in eyes.turn.ruleset.active:
        return Refusal(f"{decision.module} is not played in this exercise",
                       "say it in words, to the others or to control")  # fmt: skip
    where = tuple(
        eyes.roster.index(a, n) for a, n in zip(decision.axes, order.targets, strict=True)
    )
    for check in decision.allowed(eyes) if decision.allowed is not None else ():
        mask = check.mask.over(*decision.axes)
        spot = tuple(k if mask.shape[dim] > 1 else 0 for dim, k in enumerate(where))
        if not mask[(*spot, 0)] > 0.0:
            return Refusal(*check.told(dict(zip(decision.axes, order.targets, strict=True))))
    for currency in PURSES:
        price = eyes.turn.ruleset.prices[decision.name].get(currency, 0.0)
        left = float(eyes.left(currency)[0, 0])
        if price > left:
            word = CURRENCIES[currency]
            return Refusal(
                f"it costs {price:g} {word} and you have {max(left, 0):g} left",
                "withdraw another order, or wait for the next turn",
            )
    return None


def possible(decision: Decision, eyes: Eyes, most: int = 200) -> Iterator[tuple[str, ...]]:
    """The targets for which a decision is allowed now, as far as the actor can see."""
    mask = eyes.allowed(decision).over(*decision.axes)
    shape = eyes.roster.shape(decision.axes)
    whole = np.broadcast_to(mask[..., 0], shape)
    names = [eyes.roster.of(axis) for axis in decision.axes]
    for where in np.argwhere(whole > 0.0)[:most].tolist():
        yield tuple([n[k] for n, k in zip(names, where, strict=True)])
