"""Words for the screen: measured in cells, wrapped and shortened; harmless ones as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len, chop_cells
from textual.content import Content

from exercise.spoken import TYPED, counted, from_to, listed, number, plain, signed

__all__ = [
    "TRENDS", "TYPED", "counted", "from_to", "listed", "number", "packed", "plain", "shortened",
    "signed", "spread", "told", "trace", "wrapped",
]  # fmt: skip

TRENDS = {1: "▲", 0: "·", -1: "▼"}


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


def packed(
    lead: str, pieces: Iterable[Sequence[tuple[str, str]]], width: int, gap: int = 2
) -> list[tuple[str, str]]:
    """Styled pieces side by side after a quiet word, as many to a line as fit; none is broken."""
    parts = [(lead, "$dim")]
    at = cell_len(lead)
    for piece in pieces:
        wide = sum(cell_len(text) for text, _ in piece)
        fits = at + gap + wide <= width
        parts.append((" " * gap if fits else "\n", ""))
        parts += piece
        at = at + gap + wide if fits else wide
    return parts


def told(*parts: str | tuple[str, str]) -> Content:
    """Styled pieces as content; never read as markup."""
    return Content.assemble(*parts)


BARS = "▁▂▃▄▅▆▇█"


def trace(values: list[float], low: float = 0.0, high: float = 1.0) -> str:
    """Values as a row of small bars."""
    span = (high - low) or 1.0
    steps = [min(max((value - low) / span, 0.0), 1.0) for value in values]
    return "".join(BARS[round(step * (len(BARS) - 1))] for step in steps)
