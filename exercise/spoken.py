"""Words for people, on whatever they are shown: made harmless, counted, listed.

Titles, orders and messages come from scenarios and people. Nothing in them may move the cursor,
turn the writing direction, become markup, or take more cells than it says.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_DROPPED = {"Cc", "Cf", "Cs", "Co", "Cn", "Me"}
_UNSURE = ((0xFE00, 0xFE0F), (0x1F3FB, 0x1F3FF), (0xE0000, 0xE0FFF))
"""Joined or coloured by their neighbours, so that no two terminals agree on their width."""
_ACCENTS = 2
"""Accents kept on one letter; more of them would climb over other rows."""
_LONGEST = 20_000

TYPED = r"[^\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]*"
"""What may be typed or pasted into a line: no control or direction characters."""


def plain(text: str, lines: bool = False) -> str:
    """The text without control, direction and invisible characters; on one line unless `lines`."""
    if text.isascii() and text.isprintable():
        return text[:_LONGEST].strip()
    kept: list[str] = []
    accents = 0
    for character in unicodedata.normalize("NFC", text[:_LONGEST]):
        if character == "\n" and lines:
            kept.append("\n")
            continue
        shown, accent = _shown(character)
        if not shown:
            continue
        if shown != " ":
            accents = accents + 1 if accent else 0
        if accents <= _ACCENTS or shown == " ":
            kept.append(shown)
    return "".join(kept).strip()


@lru_cache(maxsize=4096)
def _shown(character: str) -> tuple[str, bool]:
    """What is shown for a character ("" for nothing), and whether it is an accent."""
    if character.isspace():
        return " ", False
    category = unicodedata.category(character)
    if category in _DROPPED or any(a <= ord(character) <= b for a, b in _UNSURE):
        return "", False
    return character, category in ("Mn", "Mc")


def number(value: float) -> str:
    """A value as people read it: .71, 3.2, 140."""
    size = abs(value)
    if size >= 100 or value == int(value):
        return f"{value:.0f}"
    text = f"{value:.1f}" if size >= 10 else f"{value:.2f}"
    return text.replace("0.", ".", 1) if size < 1 else text


def signed(value: float) -> str:
    """A change with its sign: +.12, −3."""
    return ("+" if value >= 0 else "−") + number(abs(value)) if value else "±0"


def counted(count: int, one: str, many: str = "") -> str:
    """`1 order`, `3 orders`."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def listed(names: list[str] | tuple[str, ...]) -> str:
    """Names as a sentence lists them: `Dorvik, Fallow and Gavria`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def amount_words(amount: float, whole: float) -> str:
    """How much of the change something is, in words."""
    share = abs(amount) / whole if whole else 0.0
    if share > 0.99:
        return "all of it"
    return "most of it" if share >= 0.5 else "some" if share >= 0.15 else "little"


# what the council's texts and forums are called


STATES = {
    "not tabled": "not on the table yet",
    "on the table": "on the table",
    "put": "put to the members",
    "under silence": "under silence",
    "adopted": "adopted",
    "failed": "failed",
    "coalition": "carried on by the willing",
}
PROTOCOLS = {
    "consensus": "by consensus: one objection stops it",
    "majority": "by majority",
    "weighted-majority": "by weighted majority",
    "unanimity": "by unanimity",
    "minus-one": "by unanimity, less one",
}
