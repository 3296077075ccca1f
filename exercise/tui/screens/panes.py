"""Panes beside each other, one of them current; a small screen shows that one alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Container, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from exercise.tui.screens.base import Page
from exercise.tui.widgets.lines import Line, Lines

if TYPE_CHECKING:
    from exercise.desk.answers import Desk


class Pane(Vertical):
    """A heading and what is under it."""


class Panes(Page):
    """A screen of panes; each is called `name-pane`, and what is in it by its name."""

    PANES: ClassVar[tuple[str, ...]] = ()
    FIRST: ClassVar[str] = ""
    """The pane that is current at first."""

    def panes(
        self, box: str, titles: Mapping[str, str], inside: Callable[[str], Widget]
    ) -> Iterator[Widget]:
        """All panes in a container called `box`."""
        with Container(id=box):
            for name in self.PANES:
                with Pane(id=f"{name}-pane", classes="current" if name == self.FIRST else ""):
                    yield Static(titles[name], classes="heading", id=f"{name}-title", markup=False)
                    yield inside(name)

    def at(self, name: str) -> bool:
        """Whether this pane is the current one."""
        return self.query_one(f"#{name}-pane").has_class("current")

    @property
    def pane(self) -> str:
        """The current pane."""
        return next(name for name in self.PANES if self.at(name))

    def make_current(self, name: str) -> None:
        """Make a pane the current one, wherever the cursor is."""
        for other in self.PANES:
            self.query_one(f"#{other}-pane").set_class(other == name, "current")

    def turn_to(self, name: str) -> None:
        """Go to a pane; the cursor follows once it is in sight."""
        self.make_current(name)
        self.call_after_refresh(self.focus_list, f"#{name}")

    def on_descendant_focus(self) -> None:
        """The pane with the cursor is the current one, also where it was clicked."""
        if self.focused is not None and self.focused.id in self.PANES:
            self.make_current(self.focused.id)
            self.turned()

    def turned(self) -> None:
        """Another pane may be the current one."""

    def show_tabs(self, titles: Mapping[str, str]) -> None:
        """Name the panes in a line, the current one in brackets."""
        parts: list[tuple[str, str]] = []
        for name, title in titles.items():
            here = self.at(name)
            parts.append((f"[{title}]" if here else f" {title} ", "$bright" if here else "$dim"))
            parts.append(("  ", ""))
        self.query_one("#tabs", Static).update(Content.assemble(*parts))


class TwoPanes(Panes):
    """A list, and beside it what is in its chosen line."""

    PANES = ("left", "right")
    FIRST = "left"
    TITLE_LEFT: ClassVar[str] = ""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def body(self) -> Iterator[Widget]:
        """The two lists."""
        yield from self.panes(
            "pair",
            {"left": self.TITLE_LEFT, "right": ""},
            lambda name: Lines(id=name, loose=name == "right", empty=self.empty(name)),
        )

    def empty(self, name: str) -> str:
        """What stands where a list is empty."""
        return ""

    def on_mount(self) -> None:
        """The cursor is in the list."""
        self.renew()
        self.focus_list("#left")

    def on_screen_resume(self) -> None:
        """Something may have happened on another screen."""
        if self.is_mounted:
            self.renew()

    def renew(self) -> None:
        """Show both as they are now."""
        self.mark(self.desk.view(), self.desk.standing())
        self.query_one("#left", Lines).show(self.left())
        self.show_right()

    def left(self) -> list[Line]:
        """The list."""
        return []

    def show_right(self) -> None:
        """What is in the chosen line."""

    def on_option_list_option_highlighted(self, event: Lines.OptionHighlighted) -> None:
        """Another line was chosen: show what is in it.

        The other list says this too, as often as it is shown anew.
        """
        if event.option_list.id == "left" and self.at("left"):
            self.show_right()

    def action_other(self) -> None:
        """To the other list."""
        self.turn_to("right" if self.at("left") else "left")

    def action_back(self) -> None:
        """Back to the list, then to where one was."""
        if self.at("right"):
            self.turn_to("left")
        else:
            self.studio.back()
