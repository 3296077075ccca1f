"""Figures to be read from the back of a room: drawn of blocks, as large as there is room for."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

SHAPES = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": (" # ", "## ", " # ", " # ", "###"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", " ##", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", "  #", "  #"),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    "D": ("## ", "# #", "# #", "# #", "## "),
    "+": ("   ", " # ", "###", " # ", "   "),
    "−": ("   ", "   ", "###", "   ", "   "),
    ":": (" ", "#", " ", "#", " "),
    " ": (" ", " ", " ", " ", " "),
}
TALL = 5
"""Dots that a figure is high; most are three wide."""
BLOCKS = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def width_of(text: str, size: int) -> int:
    """Cells across, at so many cells a dot."""
    drawn = [SHAPES[letter] for letter in text if letter in SHAPES]
    return sum(len(shape[0]) for shape in drawn) * size + _gap(size) * max(len(drawn) - 1, 0)


def height_of(size: int) -> int:
    """Rows, at so many half rows a dot."""
    return (TALL * size + 1) // 2


def drawn(text: str, size: int) -> list[str]:
    """The rows of a text; letters that have no shape are left out."""
    shapes = [SHAPES[letter] for letter in text if letter in SHAPES]
    halves = []
    for row in range(TALL):
        dots = [[dot == "#" for dot in shape[row] for _ in range(size)] for shape in shapes]
        line: list[bool] = []
        for place, part in enumerate(dots):
            line += [False] * (_gap(size) if place else 0) + part
        halves += [line] * size
    if len(halves) % 2:
        halves.append([False] * len(halves[0]))
    pairs = zip(halves[::2], halves[1::2], strict=True)
    return ["".join(BLOCKS[a, b] for a, b in zip(top, low, strict=True)) for top, low in pairs]


def fitting(texts: list[str], width: int, height: int) -> int:
    """The largest size at which all these stand side by side, four cells between them."""
    between = 4 * (len(texts) - 1)
    for size in range(height * 2 // TALL, 1, -1):
        if sum(width_of(text, size) for text in texts) + between <= width:
            return size
    return 1


def _gap(size: int) -> int:
    return (size + 1) // 2


class Figures(Widget):
    """A few large figures."""

    DEFAULT_CSS = "Figures { width: auto; height: auto; }"

    text = reactive("", layout=True)
    size_of = reactive(2, layout=True)
    ink = reactive("$bright")

    def get_content_width(self, container: object, viewport: object) -> int:
        """As wide as the figures are."""
        return width_of(self.text, self.size_of)

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """As high as they are, also where there are none."""
        return height_of(self.size_of)

    def render(self) -> Content:
        """The figures, row by row."""
        return Content.styled("\n".join(drawn(self.text, self.size_of)), self.ink)
