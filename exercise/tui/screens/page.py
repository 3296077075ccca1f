"""A player's first page: who you are, what you want, what you fear, what only you know."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from exercise.tui.actions import bindings_of
from exercise.tui.screens.base import Page
from exercise.tui.words import plain

if TYPE_CHECKING:
    from exercise.desk import Desk


class FirstPage(Page):
    """One page, read before anything else."""

    KEY = "page"
    BINDINGS = bindings_of(KEY)

    def __init__(self, desk: Desk, then: Callable[[], None] | None = None) -> None:
        super().__init__()
        self.desk = desk
        self.then = then

    def body(self) -> Iterator[Widget]:
        """The page in the middle of the screen."""
        with VerticalScroll(id="centre"), Vertical(id="card"):
            yield Static(id="page-words", markup=False)

    def on_mount(self) -> None:
        """Write the page."""
        view = self.desk.view()
        self.mark(view, self.desk.standing())
        page = view.page
        parts: list[tuple[str, str]] = [
            ("You are ", "$dim"),
            (f"{plain(page.title)}\n", "$own bold"),
        ]
        for lead, words in (
            ("You want", page.wants),
            ("You fear", page.fears),
            ("Only you know", page.knows),
            ("Also", page.brief),
        ):
            if words.strip():
                parts += [(f"\n{lead}\n", "$dim"), (f"{plain(words, lines=True)}\n", "$bright")]
        parts += [("\nEnter", "$bright"), ("  to your desk", "$dim")]
        self.query_one("#page-words", Static).update(Content.assemble(*parts))

    def action_go_on(self) -> None:
        """To the desk."""
        if self.then is not None:
            self.then()
        else:
            self.studio.pop_screen()

    def action_back(self) -> None:
        """To the desk."""
        self.action_go_on()


class Curtain(Page):
    """The screen covered, so that the next person can sit down unseen."""

    KEY = "curtain"
    BINDINGS = bindings_of(KEY)

    def __init__(self, desk: Desk, title: str, then: Callable[[], None]) -> None:
        super().__init__()
        self.desk = desk
        self.who = title
        self.then = then

    def body(self) -> Iterator[Widget]:
        """Whose turn it is, and nothing else."""
        with Vertical(id="centre"), Vertical(id="card"):
            parts = [("This desk is for\n\n", "$dim"), (f"{plain(self.who)}\n\n", "$own bold"),
                     ("Enter", "$bright"), ("  when you sit here", "$dim")]  # fmt: skip
            yield Static(Content.assemble(*parts), markup=False)

    def on_mount(self) -> None:
        """The banner is always there."""
        self.mark(self.desk.view(), self.desk.standing())

    def action_go_on(self) -> None:
        """Show the desk."""
        self.then()
