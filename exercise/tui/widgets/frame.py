"""What every screen has: the banner above, the keys that matter here below."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from exercise.tui.acts import Act
from exercise.tui.words import plain, shortened


class Banner(Widget):
    """The classification line: banner, scenario, and where the exercise stands. Never shouts."""

    DEFAULT_CSS = "Banner { height: 1; padding: 0 1; color: $dim; }"

    banner = reactive("EXERCISE EXERCISE EXERCISE")
    scenario = reactive("")
    standing = reactive("")
    clock = reactive("")
    """The time left of the stage: what alone moves by itself on a screen."""

    def render(self) -> Content:
        """One line: what gives way first is the scenario's name, never the banner."""
        width = max(self.size.width, 10)
        left = shortened(plain(self.banner), width)
        tail = f" · {self.clock}" if self.clock and self.standing else self.clock
        room = width - cell_len(left) - cell_len(tail) - 2
        right = (shortened(plain(self.standing), room) if room > 4 else "") + tail
        middle = plain(self.scenario).upper()
        gap = width - cell_len(left) - cell_len(right)
        if cell_len(middle) + 6 > gap:
            return Content.assemble(left, " " * max(gap, 0), (right, "$foreground"))
        start = (width - cell_len(middle)) // 2 - cell_len(left)
        start = min(max(start, 3), gap - cell_len(middle) - 3)
        rest = gap - start - cell_len(middle)
        return Content.assemble(
            left, " " * start, (middle, "$bright"), " " * rest, (right, "$foreground")
        )


class Keys(Widget):
    """The few keys that matter here, from the table of actions."""

    DEFAULT_CSS = "Keys { height: 1; padding: 0 1; color: $dim; }"

    def __init__(self, acts: Sequence[Act]) -> None:
        super().__init__()
        self.acts = acts

    def render(self) -> Content:
        """As many as there is room for."""
        return self.words(max(self.size.width, 10))

    def words(self, width: int) -> Content:
        """The keys that fit; the last ones (help, everything) always stay."""
        tail = [act for act in self.acts if act.always]
        shown = [act for act in self.acts if act.footer and not act.always]
        while shown and sum(map(_cells, [*shown, *tail])) > width:
            shown.pop()
        parts: list[tuple[str, str]] = []
        for act in [*shown, *tail]:
            parts += [(act.shown_key, "$bright"), (f" {act.label}   ", "$dim")]
        return Content.assemble(*parts)


def _cells(act: Act) -> int:
    return cell_len(act.shown_key) + cell_len(act.label) + 4


class Rule(Widget):
    """A quiet line between groups."""

    DEFAULT_CSS = "Rule { height: 1; margin: 0 1; color: $faint; }"

    def render(self) -> Content:
        """As long as there is room."""
        return Content("─" * self.size.width)
