"""Words for the screen: made harmless, measured in cells, wrapped and shortened.

Titles, orders and messages come from scenarios and people. Nothing in them may move the cursor,
turn the writing direction, become markup, or take more cells than it says.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from rich.cells import cell_len, chop_cells
from textual.content import Content

_DROPPED = {"Cc", "Cf", "Cs", "Co", "Cn", "Me"}
_UNSURE = ((0xFE00, 0xFE0F), (0x1F3FB, 0x1F3FF), (0xE0000, 0xE0FFF))
"""Joined or coloured by their neighbours, so that no two terminals agree on their width."""
_ACCENTS = 2
"""Accents kept on one letter; more of them would climb over other rows."""
_LONGEST = 20_000

TYPED = r"[^\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]*"
"""What may be typed or pasted into a line: no control or direction characters."""

TRENDS = {1: "▲", 0: "·", -1: "▼"}


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


def wrapped(text: str, width: int, most: int = 0) -> list[str]:
    """The text in lines of at most `width` cells; `most` cuts it with an ellipsis, 0 never."""
    width = max(width, 4)
    found: list[str] = []
    for paragraph in text.split("\n"):
        found.extend(_wrapped(paragraph, width))
        if most and len(found) > most:
            break
    if most and len(found) > most:
        found = [*found[: most - 1], shortened(found[most - 1] + " …", width, force=True)]
    return found or [""]


def _wrapped(paragraph: str, width: int) -> Iterator[str]:
    line = ""
    for word in paragraph.split(" "):
        together = f"{line} {word}" if line else word
        if cell_len(together) <= width:
            line = together
            continue
        if line:
            yield line
        *whole, line = chop_cells(word, width) or [""]
        yield from whole
    yield line


def shortened(text: str, width: int, force: bool = False) -> str:
    """The text cut to `width` cells, with an ellipsis where something was cut."""
    if cell_len(text) <= width and not force:
        return text
    cut = (chop_cells(text.removesuffix(" …"), max(width - 1, 1)) or [""])[0]
    return f"{cut.rstrip(' ,;:.')}…"


def spread(left: str, right: str, width: int) -> str:
    """Two texts at both ends of a line; the left one gives way."""
    room = max(width - cell_len(right) - 1, 0)
    left = shortened(left, room) if room else ""
    return left + " " * max(width - cell_len(left) - cell_len(right), 0) + right


def told(*parts: str | tuple[str, str]) -> Content:
    """Styled pieces as content; never read as markup."""
    return Content.assemble(*parts)


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


BARS = "▁▂▃▄▅▆▇█"


def trace(values: list[float], low: float = 0.0, high: float = 1.0) -> str:
    """Values as a row of small bars."""
    span = (high - low) or 1.0
    steps = [min(max((value - low) / span, 0.0), 1.0) for value in values]
    return "".join(BARS[round(step * (len(BARS) - 1))] for step in steps)
