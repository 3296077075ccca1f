"""A sheet of lines to fill in: words typed, one of some chosen; a refusal stays on the sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from textual.widget import Widget
from textual.widgets import Input, Static

from exercise.orders import Refusal
from exercise.tui.actions import bindings_of
from exercise.tui.screens.base import Sheet
from exercise.tui.widgets.lines import Line, Lines
from exercise.tui.words import TYPED, plain

LONGEST = 2_000
"""Characters that one line takes."""
ROWS, TALL = 4, 36
"""Rows of a choice that show at once, and lines from which a screen has room for twice as many."""


class Part(NamedTuple):
    """One line to fill in, or to choose; `choices` are values with the words for each."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    choices: Sequence[tuple[str, str]] = ()


class FillSheet(Sheet):
    """Some parts; what was filled in goes to `take`, which may refuse it."""

    KEY = "fill"
    BINDINGS = bindings_of(KEY)

    def __init__(
        self,
        title: str,
        parts: Sequence[Part],
        take: Callable[[Mapping[str, str]], Refusal | None],
        *,
        about: str = "",
        done: str = "",
    ) -> None:
        super().__init__()
        self.title_words = title
        self.about = about
        self.parts = parts
        self.take = take
        self.done = done

    def body(self) -> Iterator[Widget]:
        """Title, parts, and what was said of them."""
        yield Static(plain(self.title_words), classes="title", markup=False)
        if self.about:
            yield Static(plain(self.about, lines=True), classes="quiet", markup=False)
        for part in self.parts:
            yield Static(plain(part.label), classes="heading air", markup=False)
            if part.choices:
                yield Lines(id=f"fill-{part.name}", classes="choice")
            else:
                yield Input(
                    plain(part.value), placeholder=part.hint, id=f"fill-{part.name}",
                    max_length=LONGEST, restrict=TYPED, select_on_focus=False,
                )  # fmt: skip
        yield Static(id="fill-said", classes="line air", markup=False)

    def on_mount(self) -> None:
        """Fill the choices, and begin with the first part."""
        for part in self.parts:
            if part.choices:
                lines = self.query_one(f"#fill-{part.name}", Lines)
                lines.styles.max_height = ROWS if self.app.size.height < TALL else 2 * ROWS
                lines.show([Line(words, data=value) for value, words in part.choices])
                values = [value for value, _ in part.choices]
                lines.go(values.index(part.value) if part.value in values else 0)
        self._widget(self.parts[0]).focus()

    def _widget(self, part: Part) -> Widget:
        return self.query_one(f"#fill-{part.name}")

    def filled(self) -> dict[str, str]:
        """What stands in each part."""
        found = {}
        for part in self.parts:
            widget = self._widget(part)
            if isinstance(widget, Lines):
                found[part.name] = str(widget.line.data) if widget.line is not None else ""
            elif isinstance(widget, Input):
                found[part.name] = widget.value.strip()
        return found

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on; on the last part it confirms."""
        self._on_from(event.input)

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Enter goes on; on the last part it confirms."""
        self._on_from(event.lines)

    def _on_from(self, widget: Widget) -> None:
        places = [self._widget(part) for part in self.parts]
        if widget is places[-1]:
            self.action_confirm()
        else:
            places[places.index(widget) + 1].focus()

    def action_next_part(self) -> None:
        """To the next part."""
        places = [self._widget(part) for part in self.parts]
        here = places.index(self.focused) if self.focused in places else -1
        places[(here + 1) % len(places)].focus()

    def action_last_part(self) -> None:
        """To the part before."""
        places = [self._widget(part) for part in self.parts]
        here = places.index(self.focused) if self.focused in places else 0
        places[(here - 1) % len(places)].focus()

    def action_confirm(self) -> None:
        """Hand it over; a refusal stays here with its remedy."""
        given = self.tried(lambda: (self.take(self.filled()),))
        if given is None:
            return
        if given[0] is not None:
            said = self.query_one("#fill-said", Static)
            said.update(plain(f"× {given[0]}"))
            self.call_after_refresh(said.scroll_visible, animate=False)
            return
        if self in self.studio.screen_stack:
            self.studio.pop_screen()
        if self.done:
            self.studio.tell(self.done, quiet=True)
