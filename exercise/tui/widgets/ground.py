"""What lies beneath a sheet, dimmed: each of its styles is worked out once.

Textual's own way blends the colours of every piece of every line, three times as a sheet opens:
half of what somebody waits for.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.color import Color
from textual.strip import Strip
from textual.visual import RenderOptions, Visual

if TYPE_CHECKING:
    from textual.css.styles import RulesMap
    from textual.screen import Screen
    from textual.style import Style


class Beneath(Visual):
    """A screen with a colour laid over it, and nothing on it to be clicked."""

    def __init__(self, screen: Screen[object], over: Color) -> None:
        self._screen = screen
        self._over = over

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """The screen's lines as they are now."""
        over = self._over
        return [
            Strip([Segment(text, _dimmed(own, over)) for text, own, _ in strip], strip.cell_length)
            for strip in self._screen._compositor.render_strips()[:height]
        ]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """As wide as there is room."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """As high as the screen."""
        return self._screen.size.height


@lru_cache(maxsize=4096)
def _dimmed(style: RichStyle | None, over: Color) -> RichStyle:
    """A style with a colour laid over both of its colours."""
    if style is None:
        return RichStyle()
    ink, ground = (
        None if own is None else (Color.from_rich_color(own) + over).rich_color
        for own in (style.color, style.bgcolor)
    )
    return style.clear_meta_and_links() + RichStyle.from_color(ink, ground)
