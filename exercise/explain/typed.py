"""What people typed and who did it, by turn: from the journal, not from the state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from exercise.save.journal import Journal

WITHDRAWN = "(words withdrawn)"


@attrs.frozen
class Typed:
    """What people typed in one turn, and who sealed."""

    sealed: Mapping[str, int]
    """Orders on each sealed slip, by seat."""
    reasons: Mapping[str, str]
    """Why an order was given, by cell."""
    defaulted: tuple[str, ...] = ()
    """The actors for whom nobody sealed, so that their bots decided."""
    rounds: tuple[str, ...] = ()
    """Whose act each round of the council was: a seat, or "" where the absent seats acted."""


def typed_by_turn(journal: Journal, branch: str | None = None) -> dict[int, Typed]:
    """What was sealed and why, by turn; a seal that was withdrawn does not count.

    It is of the line that counts, unless another branch is named.
    """
    sealed: dict[int, dict[str, int]] = {}
    slips: dict[int, dict[str, dict[str, str]]] = {}
    acted: dict[int, dict[str, str]] = {}
    defaulted: dict[int, tuple[str, ...]] = {}
    rounds: dict[int, list[str]] = {}
    for entry in journal.read(branch or journal.main_line()):
        body: Mapping[str, Any] = entry.body
        turn = body.get("turn", 0)
        match entry.kind:
            case "sealed":
                sealed.setdefault(turn, {})[body["seat"]] = len(body["orders"])
                told = {cell: text or WITHDRAWN for cell, text in entry.words.items()}
                slips.setdefault(turn, {})[body["seat"]] = told
            case "unsealed":
                sealed.get(turn, {}).pop(body["seat"], None)
                slips.get(turn, {}).pop(body["seat"], None)
            case "council":
                rounds.setdefault(turn, []).append(body.get("seat", ""))
                if "reason" in entry.words:
                    told = dict.fromkeys(body["acts"], entry.words["reason"] or WITHDRAWN)
                    acted.setdefault(turn, {}).update(told)
            case "published":
                defaulted[turn] = tuple(body.get("defaulted", ()))
    found = {}
    for turn in sorted({*sealed, *acted, *defaulted, *rounds}):
        reasons = dict(acted.get(turn, {}))
        for told in slips.get(turn, {}).values():
            reasons.update(told)
        found[turn] = Typed(
            sealed.get(turn, {}), reasons, defaulted.get(turn, ()), tuple(rounds.get(turn, ()))
        )
    return found
