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
        right = (shortened(_fitting(plain(self.standing), room), room) if room > 4 else "") + tail
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
        """The keys that fit; the way back and the last ones (help, everything) always stay.

        Where there is no room for all, they stand closer together before any is left out.
        """
        tail = [act for act in self.acts if act.always]
        shown = [act for act in self.acts if act.footer and not act.always]
        gap = 3 if _cells([*shown, *tail], 3) <= width else 2
        while _cells([*shown, *tail], gap) > width:
            going = [act for act in shown if act.name != "back"] or shown
            if not going:
                break
            shown.remove(going[-1])
        parts: list[tuple[str, str]] = []
        for act in [*shown, *tail]:
            lead = " " * gap if parts else ""
            parts += [(f"{lead}{act.shown_key}", "$bright"), (f" {act.label}", "$dim")]
        return Content.assemble(*parts)


def _cells(acts: Sequence[Act], gap: int) -> int:
    """How wide the keys are, `gap` cells between them."""
    wide = sum(cell_len(act.shown_key) + cell_len(act.label) + 1 + gap for act in acts)
    return wide - gap if acts else 0


def _fitting(standing: str, room: int) -> str:
    """Where the exercise stands, in whole words: the day gives way, then the turn, not the stage.

    The parts are separated by dots, the turn first and the stage last.
    """
    if cell_len(standing) <= room:
        return standing
    turn, *between, stage = standing.split(" · ")
    short = turn.partition(" of ")[0]
    for parts in ([short, *between, stage], [short, stage], [stage]):
        words = " · ".join(parts)
        if cell_len(words) <= room:
            return words
    return standing


class Rule(Widget):
    """A quiet line between groups."""

    DEFAULT_CSS = "Rule { height: 1; margin: 0 1; color: $faint; }"

    def render(self) -> Content:
        """As long as there is room."""
        return Content("─" * self.size.width)
