"""The grid of slips: seats down, lines across, one cell chosen; and the line one types in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from exercise.orders import Refusal
from exercise.tui.words import counted, plain, shortened

NAMES = (13, 19)
"""Cells the names of the seats have at least, and at most."""
COLUMN, NARROW = 21, 19
"""Cells a slip line has at least; a wide screen gives more of them, then wider ones."""


class Cell(NamedTuple):
    """One line of a slip: an order with its cell, or words that were refused."""

    says: str
    order: str = ""
    line: str = ""
    refused: Refusal | None = None


class Row(NamedTuple):
    """A seat and its slip."""

    seat: str
    title: str
    sealed: bool
    cells: Sequence[Cell]


class Entry(Input):
    """The line one types in; on an empty one the arrows and deleting go to the grid."""

    class Gone(Message):
        """An arrow, or a deletion, that is meant for the grid."""

        def __init__(self, what: str) -> None:
            super().__init__()
            self.what = what

    def action_cursor_left(self, select: bool = False) -> None:
        """Left in the words, or along the slip."""
        if self.value:
            super().action_cursor_left(select)
        else:
            self.post_message(self.Gone("left"))

    def action_cursor_right(self, select: bool = False) -> None:
        """Right in the words, or along the slip."""
        if self.value:
            super().action_cursor_right(select)
        else:
            self.post_message(self.Gone("right"))

    def action_delete_left(self) -> None:
        """Delete a letter, or bring the line back to be mended."""
        if self.value:
            super().action_delete_left()
        else:
            self.post_message(self.Gone("mend"))

    def action_delete_right(self) -> None:
        """Delete a letter, or the line."""
        if self.value:
            super().action_delete_right()
        else:
            self.post_message(self.Gone("delete"))


class Slips(Widget):
    """The grid: seats down, slip lines across, one cell chosen."""

    DEFAULT_CSS = "Slips { height: auto; padding: 0 1; }"
    folds = True
    """Whether a sealed slip shows as one word."""

    def __init__(self) -> None:
        super().__init__(id="slips")
        self.rows: Sequence[Row] = ()
        self.at = (0, 0)
        self.most = 10

    def head(self, column: int) -> str:
        """What stands above a column."""
        return f"{column + 1}"

    def put(self, rows: Sequence[Row], at: tuple[int, int], most: int) -> None:
        """Show these rows, this cell chosen, at most so many rows high."""
        self.rows, self.at, self.most = rows, at, max(most, 1)
        self.refresh(layout=True)

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """The head and the rows."""
        return 1 + min(len(self.rows), self.most)

    def render(self) -> Content:
        """As many columns as there is room for, around the chosen one."""
        width = max(self.size.width, 40)
        longest = max((cell_len(plain(row.title)) for row in self.rows), default=0)
        name_width = min(max(longest + 1, NAMES[0]), NAMES[1])
        room = width - name_width - 2
        count = max(room // COLUMN, min(room // NARROW, 3), 1)
        wide = room // count
        row_at, slot = self.at
        first = max(slot - count + 1, 0)
        top = max(min(row_at - self.most // 2, len(self.rows) - self.most), 0)
        parts: list[tuple[str, str]] = [(" " * (name_width + 2), "")]
        for column in range(first, first + count):
            parts.append((_cut(self.head(column), wide - 1).ljust(wide), "$dim"))
        for number in range(top, min(top + self.most, len(self.rows))):
            row, here = self.rows[number], number == row_at
            parts.append(("\n", ""))
            sign = "■" if row.sealed else "□" if row.cells else "·"
            parts.append((f"{sign} ", "$own" if row.sealed else "$dim"))
            name = _fill(_cut(row.title, name_width - 1), name_width)
            parts.append((name, "$bright bold" if here else "$foreground"))
            parts += self._slots(row, here, first, count, wide)
        return Content.assemble(*parts)

    def _slots(
        self, row: Row, here: bool, first: int, count: int, wide: int
    ) -> Iterator[tuple[str, str]]:
        if row.sealed and not here and self.folds:
            orders = sum(cell.refused is None for cell in row.cells)
            words = f"sealed, {counted(orders, 'order')}"
            yield words.ljust(wide * count), "$dim"
            return
        for column in range(first, first + count):
            chosen = here and column == self.at[1]
            cell = row.cells[column] if column < len(row.cells) else None
            sign = "×" if cell is not None and cell.refused is not None else ""
            lead = "▸" if chosen else " "
            words = "…" if chosen else "·"
            if cell is not None:
                words = f"{sign} {cell.line if sign else cell.says}".strip()
            style = "$faint" if cell is None else "$adversary" if sign else "$foreground"
            ground = " on $chosen" if chosen else ""
            shown = _fill(f"{lead}{_cut(words, wide - 2)}", wide - 1)
            yield shown, f"{style}{ground}".replace("$faint on", "$dim on")
            yield " ", ""


def short(line: str, reason: str = "") -> str:
    """An order as it is typed, without its module: `host port-orm aurland open; they asked`."""
    why = " ".join(reason.split())
    return line.partition(".")[2] + (f"; {why}" if why else "")


def _cut(text: str, width: int) -> str:
    return shortened(plain(text), width)


def _fill(text: str, width: int) -> str:
    return text + " " * max(width - cell_len(text), 0)


def compact(text: str, width: int) -> str:
    """The sentence cut to a width; a title in it gives way first, so that its end stays."""
    over = cell_len(text) - width
    quoted = re.search("“([^”]*)”", text)
    if over > 0 and quoted:
        inner = shortened(quoted[1], max(cell_len(quoted[1]) - over - 1, 8))
        text = f"{text[: quoted.start(1)]}{inner}{text[quoted.end(1) :]}"
    return shortened(text, width)
