"""Words on the map: made harmless, measured in cells, and placed where they hide little.

Labels come from scenarios and people, so nothing in them may move the cursor, turn the writing
direction or take more cells than it says.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

import attrs
import numpy as np
import numpy.typing as npt
from rich.cells import cell_len

Cluster = tuple[str, int]
_MARKS_KEPT = 2  # accents on one letter; more of them would climb over other rows
_DROPPED = {"Cc", "Cf", "Cs", "Co", "Cn", "Me"}
# Joined or coloured by their neighbours, so that no two terminals agree on their width.
_UNSURE = (
    (0x1100, 0x11FF),
    (0xA960, 0xA97F),
    (0xD7B0, 0xD7FF),
    (0xFE00, 0xFE0F),
    (0x1F1E6, 0x1F1FF),
    (0x1F3FB, 0x1F3FF),
    (0xE0000, 0xE0FFF),
)


def clusters(text: str) -> list[Cluster]:
    """The text as glyphs with their width in cells (1 or 2), accents joined to their letter.

    Control, direction and invisible characters are dropped, any white space is one blank.
    """
    found: list[Cluster] = []
    accents = 0
    for character in unicodedata.normalize("NFC", text):
        category = unicodedata.category(character)
        if character.isspace():
            character, category = " ", "Zs"
        if category in _DROPPED or any(low <= ord(character) <= high for low, high in _UNSURE):
            continue
        if category in ("Mn", "Mc"):
            accents += 1
            if category == "Mn" and found and found[-1][0] != " " and accents <= _MARKS_KEPT:
                found[-1] = (found[-1][0] + character, found[-1][1])
            continue
        accents = 0
        if character == " " and (not found or found[-1][0] == " "):
            continue
        cells = cell_len(character)  # of the same tables as all else on the screen
        if cells:
            found.append((character, cells))
    while found and found[-1][0] == " ":
        found.pop()
    return found


def width(text: list[Cluster]) -> int:
    """How many cells some glyphs take."""
    return sum(cells for _, cells in text)


def shortened(text: list[Cluster], room: int) -> list[Cluster]:
    """The text cut to `room` cells with an ellipsis, never within a glyph."""
    if width(text) <= room:
        return text
    kept: list[Cluster] = []
    for cluster in text:
        if width(kept) + cluster[1] > room - 1:
            break
        kept.append(cluster)
    while kept and kept[-1][0] == " ":
        kept.pop()
    return [*kept, ("…", 1)] if kept else []


@attrs.frozen
class Label:
    """Words that want a place: beside an anchor of `wide` cells, or over it where `wide` is 0."""

    text: tuple[Cluster, ...]
    column: int
    row: int
    wide: int
    style: str
    rank: int


class Sheet:
    """Which cells of the map are taken by words and marks, and how much line each would hide.

    `weight` is int[height, width]. Words keep one blank cell between them along a row.
    """

    def __init__(self, weight: npt.NDArray[np.int64]) -> None:
        self._weight = weight
        self.taken: npt.NDArray[np.bool_] = np.zeros(weight.shape, dtype=np.bool_)
        self.words: npt.NDArray[np.bool_] = np.zeros(weight.shape, dtype=np.bool_)
        """Of what is taken, the cells of words, marks not counted."""

    def free(self, column: int, row: int, cells: int) -> bool:
        """Whether `cells` from (column, row) are on the map and touch no other words.

        Words that stand right above or below others touch them too.
        """
        height, across = self.taken.shape
        if not (0 <= row < height and column >= 0 and column + cells <= across):
            return False
        beside = self.words[max(row - 1, 0) : row + 2, column : column + cells]
        return not (self.taken[row, max(column - 1, 0) : column + cells + 1].any() or beside.any())

    def take(self, column: int, row: int, cells: int, words: bool = False) -> None:
        """Take cells for a mark or for words."""
        self.taken[row, column : column + cells] = True
        if words:
            self.words[row, column : column + cells] = True

    def stand(self, column: int, row: int, cells: int) -> tuple[int, int] | None:
        """Where a mark can stand: its own cell or the nearest free one around it."""
        around = ((0, 0), (1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, 1), (1, 1), (-1, -1))
        height, across = self.taken.shape
        for right, down in around:
            x, y = min(column + right, across - cells), row + down
            if x >= 0 and 0 <= y < height and not self.taken[y, x : x + cells].any():
                return x, y
        return None

    def settle(self, label: Label) -> tuple[int, int, tuple[Cluster, ...]] | None:
        """The best place for a label, shortened if it must be; None if there is none."""
        text = list(label.text)
        full = width(text)
        rooms = (full, max(full * 2 // 3, 4), max(full // 3, 4))
        for room in dict.fromkeys(rooms if label.wide else rooms[:2]):
            words = shortened(text, room)
            cells = width(words)
            if not words or cells > full:
                continue
            best = self._best(self._candidates(label, cells), cells)
            if best is None and label.wide == 0:
                best = self._best(self._farther(label, cells), cells)
            if best is not None:
                return (*best, tuple(words))
        return None

    def _best(self, places: Iterable[tuple[int, int]], cells: int) -> tuple[int, int] | None:
        best, least = None, np.inf
        for order, (column, row) in enumerate(places):
            if not self.free(column, row, cells):
                continue
            hidden = int(self._weight[row, column : column + cells].sum())
            if order + 2 * hidden < least:
                best, least = (column, row), order + 2 * hidden
        return best

    def _candidates(self, label: Label, cells: int) -> Iterator[tuple[int, int]]:
        """Places in order of liking: right, left, above, below, then the corners."""
        x, y, wide = label.column, label.row, label.wide
        middle = x + (wide - cells) // 2
        middle = min(max(middle, 0), max(self.taken.shape[1] - cells, 0))
        if wide == 0:
            for down in (0, -1, 1, -2, 2):
                for right in (0, -2, 2, -4, 4):
                    yield middle + right, y + down
            return
        after, before = x + wide + 1, x - 1 - cells
        yield from ((after, y), (before, y), (middle, y - 1), (middle, y + 1))
        for row in (y - 1, y + 1):
            yield from ((x + wide, row), (x - cells, row))

    def _farther(self, label: Label, cells: int) -> Iterator[tuple[int, int]]:
        """Where words over a place go when none is free near it: along its row and those beside."""
        middle = label.column - cells // 2
        for right in (6, -6, 8, -8, 10, -10, 12, -12):
            for down in (0, -1, 1):
                yield middle + right, label.row + down
