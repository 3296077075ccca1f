"""A decision's form, made from its declaration; the consequence stands before confirming."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from exercise.explain.ordered import IN_WRITING
from exercise.orders import Refusal
from exercise.tui.actions import bindings_of
from exercise.tui.screens.base import Sheet
from exercise.tui.widgets.lines import Line, Lines
from exercise.tui.words import TYPED, number, plain

if TYPE_CHECKING:
    from exercise.desk import Choice, Desk

WRITTEN = "Why, in writing: every ally reads it"
MANY = 9
"""From so many targets on, one may type to narrow them."""


class FormSheet(Sheet):
    """One order. `said` are words already chosen; `about` keeps to targets that name this."""

    KEY = "form"
    BINDINGS = bindings_of(KEY)

    def __init__(
        self, desk: Desk, choice: Choice, *, said: Sequence[str] = (), about: str = ""
    ) -> None:
        super().__init__()
        self.desk = desk
        self.choice = choice
        pairs = list(zip(choice.targets, choice.titles, strict=True))
        self.pairs = [pair for pair in pairs if not about or about in pair[0]]
        names = tuple(said[: len(self.pairs[0][0])]) if self.pairs else ()
        chosen = next((p[0] for p in self.pairs if p[0] == names), None)
        self.target = chosen or (self.pairs[0][0] if self.pairs else ())
        if chosen is not None:
            self.pairs = [pair for pair in self.pairs if pair[0] == chosen]
        how = " ".join(said[len(names) :])
        self.level = how if how in choice.levels else next(iter(choice.levels), "")
        self.amount = "" if choice.levels else how

    def body(self) -> Iterator[Widget]:
        """What it is; the parts to fill in; what will follow."""
        choice = self.choice
        yield Static(id="form-title", classes="title", markup=False)
        yield Static(f"{plain(choice.consequence)}", classes="line", markup=False)
        yield Static(f"Costs: {choice.cost}", classes="quiet", markup=False)
        if len(self.pairs) > 1:
            yield Static("Which", classes="heading air", markup=False)
            if len(self.pairs) >= MANY:
                yield Input(
                    placeholder="type to narrow", id="narrow", restrict=TYPED, select_on_focus=False
                )
            yield Lines(id="targets")
        if len(choice.levels) > 1:
            yield Static("How", classes="heading air", markup=False)
            yield Lines(id="levels")
        elif not choice.levels:
            span = f"{number(choice.low)} to {number(choice.high)} {choice.unit}".strip()
            yield Static(f"How much: {span}", classes="heading air", markup=False)
            yield Input(self.amount, placeholder=span, id="amount", restrict=TYPED)
        written = choice.name in IN_WRITING
        ask = WRITTEN if written else "Why did you choose this? (you may leave it out)"
        hint = "" if written else "what else was weighed, who disagreed"
        yield Static(ask, classes="heading air", markup=False)
        yield Input(placeholder=hint, id="reason", max_length=500, restrict=TYPED)
        yield Static(id="form-says", classes="line air", markup=False)

    def on_mount(self) -> None:
        """Fill the lists and go to the first part."""
        if self.query("#targets"):
            self._targets("")
            lines = self.query_one("#targets", Lines)
            lines.styles.max_height = 10 if self.app.size.height > 30 else 5
        if self.query("#levels"):
            levels = self.query_one("#levels", Lines)
            levels.show(Line(level, data=level) for level in self.choice.levels)
            levels.go(list(self.choice.levels).index(self.level))
        self._say()
        self._parts()[0].focus()

    def _parts(self) -> list[Widget]:
        found = [self.query(f"#{name}") for name in ("targets", "levels", "amount", "reason")]
        return [query.first() for query in found if query]

    def _targets(self, words: str) -> None:
        """The targets that have all the words typed."""
        wanted = words.lower().split()
        how = self.level if self.choice.ways else ""
        lines = [
            Line(self.choice.sentence(names, how), data=names)
            for names, title in self.pairs
            if all(word in f"{title} {' '.join(names)}".lower() for word in wanted)
        ]
        self.query_one("#targets", Lines).show(lines)

    def _say(self) -> None:
        """The order as it stands, in words."""
        one = len(self.pairs) == 1
        self.query_one("#form-title", Static).update(
            plain(self.choice.sentence(self.target) if one else self.choice.says)
        )
        how = self.level
        if not self.choice.levels:
            how = f"{self.amount or '…'} {self.choice.unit}".strip()
        told = plain(self.choice.sentence(self.target, how))
        act = self.choice.stage == "council"
        when = "takes effect at once" if act else "stays a draft until you seal"
        words = [
            ("▸ ", "$own"),
            (told, "$bright"),
            (f"\n  {when}   ", "$dim"),
            ("Ctrl+S", "$bright"),
            (" or Enter on the last line", "$dim"),
        ]
        self.query_one("#form-says", Static).update(Content.assemble(*words))

    def on_option_list_option_highlighted(self) -> None:
        """What is under the cursor is what is chosen."""
        if self.query("#targets"):
            line = self.query_one("#targets", Lines).line
            if line is not None:
                self.target = line.data
        if self.query("#levels"):
            line = self.query_one("#levels", Lines).line
            if line is not None and line.data != self.level:
                self.level = line.data
                if self.query("#targets") and self.choice.ways:
                    narrow = self.query("#narrow")
                    self._targets(narrow.first(Input).value if narrow else "")
        self._say()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the targets, or take the amount."""
        if event.input.id == "narrow":
            self._targets(event.value)
        elif event.input.id == "amount":
            self.amount = event.value.strip()
            self._say()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on to the next part; on the last it confirms."""
        self._on_from(event.input)

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Enter goes on to the next part."""
        self._on_from(event.lines)

    def _on_from(self, widget: Widget) -> None:
        parts = self._parts()
        if widget.id == "narrow":
            self.query_one("#targets").focus()
        elif widget is parts[-1]:
            self.action_confirm()
        else:
            parts[parts.index(widget) + 1].focus()

    def on_key(self, event: events.Key) -> None:
        """What is typed while choosing among many narrows them."""
        many = self.query("#narrow")
        typed = event.character if event.is_printable else None
        if many and typed and self.query_one("#targets").has_focus:
            event.stop()
            narrow = self.query_one("#narrow", Input)
            narrow.focus()
            narrow.insert_text_at_cursor(typed)

    def action_next_part(self) -> None:
        """To the next part."""
        parts = self._parts()
        if self.focused is not None and self.focused.id == "narrow":
            self.query_one("#targets").focus()
        elif self.focused in parts:
            parts[(parts.index(self.focused) + 1) % len(parts)].focus()

    def action_confirm(self) -> None:
        """Give the order."""
        how = self.level if self.choice.levels else self.amount
        line = " ".join([self.choice.name, *self.target, how])
        reason = self.query_one("#reason", Input).value.strip()
        given = self.tried(lambda: self.desk.draft(line, reason))
        if given is None:
            return
        if isinstance(given, Refusal):
            self.studio.tell(given.reason, given.remedy)
            return
        act = self.choice.stage == "council"
        self.studio.pop_screen()
        self.studio.tell("Done in the council." if act else "On your draft.", quiet=True)
