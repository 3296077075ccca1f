"""What control weighs a free-form move by: odds in percent or words, and effects on named cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from exercise.engine.roster import cell_name
from exercise.engine.ruleset import Ruleset
from exercise.engine.turn import Ruling
from exercise.grading import YARDSTICK
from exercise.orders import Refusal
from exercise.pending import ruling_refusal
from exercise.scenario.lookup import Lookup, split_cell

LADDER = dict(zip((word for _, word in YARDSTICK), (5, 15, 30, 45, 65, 85, 95), strict=True))
"""The yardstick's terms, each with the percentage in the middle of its span."""
MOST_EFFECTS = 12
EXAMPLES = 3
"""Cells offered to who wrote words where a cell is wanted."""
_EFFECT = re.compile(
    r"\s*(?P<cell>[^\[\]=]+?(?:\[[^\]]*\])?)\s*(?P<how>[=+−-])\s*(?P<amount>-?(?:\d+\.?\d*|\.\d+))\s*"
)


@attrs.frozen
class Effect:
    """One cell that a move changes: an amount added, or a value set."""

    field: str
    names: tuple[str, ...]
    amount: float
    how: str = "add"

    @property
    def says(self) -> str:
        """As it is written: `deterrence.tension[strait] +0.1`."""
        lead = "= " if self.how == "set" else "+" if self.amount >= 0 else "−"
        size = self.amount if self.how == "set" else abs(self.amount)
        return f"{cell_name(self.field, self.names)} {lead}{size:g}"

    def ruling(self, reason: str) -> Ruling:
        """The input of the turn that brings it about."""
        return Ruling(self.field, self.names, self.amount, reason, self.how)

    def to_body(self) -> dict[str, Any]:
        """As the journal keeps it."""
        return {**attrs.asdict(self), "names": list(self.names)}

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Effect:
        """What `to_body` wrote; a ruling's body will do."""
        return cls(body["field"], tuple(body["names"]), body["amount"], body["how"])


def read_odds(text: str) -> int | Refusal:
    """Odds from 0 to 100: `60`, `60%`, a term of the yardstick or its first letters."""
    told = text.strip().lower().removesuffix("%").strip()
    if told.isdecimal() and len(told) <= 3 and int(told) <= 100:
        return int(told)
    fitting = [word for word in LADDER if told and word.startswith(told)]
    if told in LADDER:
        return LADDER[told]
    if len(fitting) == 1:
        return LADDER[fitting[0]]
    return Refusal(
        f"“{text.strip()[:40]}” is no odds" if told else "no odds are given",
        f"write 0 to 100, or one of: {', '.join(LADDER)}",
    )


def read_effects(ruleset: Ruleset, lines: Iterable[str]) -> tuple[Effect, ...] | Refusal:
    """Effects from lines such as `tension[strait] +0.1` or `support[dorvik] = 0.4`.

    Each is judged as a ruling is: a stock that there is, an amount within its range.
    """
    found: list[Effect] = []
    for line in lines:
        if not line.strip():
            continue
        effect = _effect(ruleset, line)
        if isinstance(effect, Refusal):
            return effect
        found.append(effect)
    if len(found) > MOST_EFFECTS:
        return Refusal(f"{len(found)} effects are too many", f"give {MOST_EFFECTS} at most")
    return tuple(found)


def _example(ruleset: Ruleset, words: str) -> str:
    """How an effect on what these words are about is written: nobody knows the names of cells."""
    asked = re.findall(r"[a-z]+", words.casefold())
    found = []
    for field in ruleset.fields.values():
        about = f"{field.name} {field.title} {field.says}".casefold()
        if field.kind == "derived" or field.module not in ruleset.active or not asked:
            continue
        if all(word in about for word in asked):
            names = tuple(ruleset.roster.of(axis)[0] for axis in field.axes)
            found.append(f"{cell_name(field.name, names)} +0.1")
    return " or ".join(found[:EXAMPLES]) or "module.field[name] +0.1"


def _effect(ruleset: Ruleset, line: str) -> Effect | Refusal:
    match = _EFFECT.fullmatch(line)
    if match is None:
        return Refusal(
            f"“{line.strip()[:60]}” is no effect", f"write {_example(ruleset, line)}, or = 0.4"
        )
    played = {n: f for n, f in ruleset.fields.items() if f.module in ruleset.active}
    lookup = Lookup(played, ruleset.roster)
    try:
        name, subscripts = split_cell(match["cell"])
        field = lookup.field(name)
        names = lookup.names(field, subscripts)
    except LookupError as error:
        reason, remedy = (*error.args, "")[:2]
        return Refusal(str(reason), str(remedy))
    amount = float(match["amount"])
    set_to = match["how"] == "="
    amount = amount if set_to or match["how"] == "+" else -amount
    effect = Effect(field.name, names, amount, "set" if set_to else "add")
    return ruling_refusal(ruleset, effect.ruling("a move")) or effect
