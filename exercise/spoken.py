"""Words for people, on whatever they are shown: made harmless, counted, listed.

Titles, orders and messages come from scenarios and people. Nothing in them may move the cursor,
turn the writing direction, become markup, hide words, or take more cells than it says. On screens
each character has to take the cells that everybody counts for it, so joined emoji stand there as
their parts; in lines and on paper they stay joined.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_DROPPED = {"Cc", "Cf", "Cs", "Co", "Cn", "Me"}
_UNSURE = ((0xFE00, 0xFE0F), (0x1F3FB, 0x1F3FF), (0xE0000, 0xE0FFF))
"""Joined or coloured by their neighbours, so that no two terminals agree on their width."""
_BLANK = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0\U0001d159"
)
"""Letters, signs and accents by name, of which nothing is to be seen."""
_ACCENTS = 2
"""Accents kept on one letter; more of them would climb over other rows."""
_ACCENTS_ON_PAPER = 4
_JOINER, _NON_JOINER, _KEYCAP = "\u200d", "\u200c", "\u20e3"
_STYLES = "\ufe0e\ufe0f"
"""As text, as an emoji."""
_TINTS = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
_PICTURES = "\u203c\u2049\u2194\u3030"
"""Emoji that are no symbols by kind."""
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


def legible(text: str) -> str:
    """The text as it stands on paper: on one line, single blanks, whole emoji, nothing unseen."""
    return re.sub(" +", " ", visible(text)).strip()


def statement(lines: Iterable[str]) -> str:
    """Lines for a terminal or a pipe; no line holds the end of another, whatever its words."""
    return "\n".join(visible(line) for line in lines)


def visible(text: str, lines: bool = False) -> str:
    """The text without what cannot be seen, blanks as they are; on one line unless `lines`.

    Half a character, as in a file's name that is no UTF-8, leaves a mark.
    """
    if text.isascii() and text.isprintable():
        return text
    kept: list[str] = []
    accents = 0
    text = unicodedata.normalize("NFC", text)
    for at, character in enumerate(text):
        if character == "\n" and lines:
            kept.append("\n")
            continue
        if joins(text, at):
            kept.append(character)
            continue
        shown, accent = _seen(character)
        if shown != " ":
            accents = accents + 1 if accent else 0
        if shown and (accents <= _ACCENTS_ON_PAPER or shown == " "):
            kept.append(shown)
    return "".join(kept)


def joins(text: str, at: int) -> bool:
    """Whether an unseen character joins its neighbours to one sign, as in emoji of a family."""
    character = text[at]
    if character < _NON_JOINER:
        return False
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if character in _STYLES:
        return _pictured(before) or (before in set("0123456789#*") and after == _KEYCAP)
    if character == _KEYCAP:
        return before in {*_STYLES, *"0123456789#*"}
    if character == _JOINER and _pictured(after):
        return _pictured(before) or before in {*_STYLES, *_TINTS}
    return character in (_JOINER, _NON_JOINER) and _written(before) and _written(after)


def _pictured(character: str) -> bool:
    """Whether it is a picture or a symbol."""
    return bool(character) and (character in _PICTURES or unicodedata.category(character) == "So")


def _written(character: str) -> bool:
    """Whether it is of a writing whose letters are joined, from Arabic to Sinhala."""
    return "\u0600" <= character < "\u0e00" and unicodedata.category(character)[0] in "LM"


def _seen(character: str) -> tuple[str, bool]:
    """What paper shows of a character, and whether it is an accent."""
    if character in _TINTS:
        return character, False
    if "\ud800" <= character <= "\udfff":
        return "\ufffd", False
    return _shown(character)


@lru_cache(maxsize=4096)
def _shown(character: str) -> tuple[str, bool]:
    """What is shown for a character ("" for nothing), and whether it is an accent."""
    if character.isspace():
        return " ", False
    category = unicodedata.category(character)
    unsure = any(a <= ord(character) <= b for a, b in _UNSURE)
    if category in _DROPPED or character in _BLANK or unsure:
        return "", False
    return character, category in ("Mn", "Mc")


STOPS = (".", "!", "?", "…", ":")


def joined(*parts: str) -> str:
    """Statements in one line: after one that has ended a new sentence begins, else a clause."""
    told = ""
    for part in filter(None, (part.strip() for part in parts)):
        told += f" {part[:1].upper()}{part[1:]}" if told.endswith(STOPS) else (
            f"; {part}" if told else part
        )  # fmt: skip
    return told


def sentences(*parts: str) -> str:
    """Statements as sentences: each with a capital and an end."""
    whole = (part.strip() for part in parts)
    return " ".join(
        f"{part[:1].upper()}{part[1:]}{'' if part.endswith(STOPS) else '.'}"
        for part in whole if part
    )  # fmt: skip


def number(value: float, more: int = 0) -> str:
    """A value as people read it: .71, 3.2, 140; with so many digits more."""
    size = abs(value)
    if (size >= 100 and not more) or value == int(value):
        return f"{value:.0f}"
    digits = (0 if size >= 100 else 1 if size >= 10 else 2) + more
    text = f"{value:.{digits}f}"
    return text.replace("0.", ".", 1) if size < 1 else text


def from_to(before: float, after: float) -> tuple[str, str]:
    """Two values, with one digit more where they would belie the change that is shown of them."""
    was, now = number(before), number(after)
    shown = abs(float(now) - float(was))
    if abs(shown - float(number(abs(after - before)))) < 1e-6:
        return was, now
    return number(before, 1), number(after, 1)


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
