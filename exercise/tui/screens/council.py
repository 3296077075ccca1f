"""The council: the text large, clauses with brackets, positions, the chair's keys, the record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from exercise.spoken import PROTOCOLS, STATES
from exercise.tui.actions import bindings_of
from exercise.tui.screens.base import Command, Page
from exercise.tui.screens.form import FormSheet
from exercise.tui.screens.said import first_text, text_lines
from exercise.tui.widgets.lines import Line, Lines
from exercise.tui.words import plain, shortened

if TYPE_CHECKING:
    from exercise.desk import Choice, Desk
    from exercise.view import Sentence, TextView, View

DECISIONS = {
    "bracket": "council.bracket_clause",
    "soften": "council.amend",
    "object": "council.object",
    "vote": "council.vote",
    "reserve": "council.reserve",
    "join": "council.join",
    "break": "council.break_silence",
    "table": "council.table",
    "put": "council.put_text",
    "drop": "council.drop",
    "declare": "council.declare",
}
"""Which decision each key of the council's table stands for."""
TEXTS_WIDE = 38
STATE_SIGNS = {
    "not tabled": " ",
    "on the table": "•",
    "put": "▸",
    "under silence": "…",
    "adopted": "✓",
    "failed": "×",
    "coalition": "+",
}


class CouncilScreen(Page):
    """One text at a time, clause by clause."""

    KEY = "council"
    BINDINGS = bindings_of(KEY)

    def __init__(self, desk: Desk, go_round: Callable[[], None] | None = None) -> None:
        super().__init__()
        self.desk = desk
        self.go_round = go_round
        self.shown = ""
        self.version = -1
        self.view: View | None = None
        self.earlier: View | None = None

    def body(self) -> Iterator[Widget]:
        """All texts at the left where there is room; the chosen one large."""
        with Horizontal(classes="body"):
            with Vertical(id="texts-pane"):
                yield Static("Texts", classes="heading", markup=False)
                yield Static(id="texts", classes="line air", markup=False)
            with Vertical(id="text-body"):
                yield Static(id="forum", classes="quiet", markup=False)
                yield Lines(id="clauses", loose=True, classes="air")

    def on_mount(self) -> None:
        """The text that matters now."""
        self.renew()
        self.query_one("#clauses", Lines).focus()

    def on_screen_resume(self) -> None:
        """The table may have moved on."""
        if self.is_mounted:
            self.renew()

    # what it shows

    def renew(self) -> None:
        """Show the council as it is now."""
        standing = self.desk.standing()
        if standing.version == self.version:
            return
        self.version = standing.version
        self.view = self.desk.view()
        self.mark(self.view, standing)
        if not any(text.name == self.shown for text in self.view.texts):
            first = first_text(self.view)
            self.shown = first.name if first is not None else ""
        self._draw()

    @property
    def text(self) -> TextView | None:
        """The text shown."""
        texts = self.view.texts if self.view is not None else ()
        return next((text for text in texts if text.name == self.shown), None)

    def _draw(self) -> None:
        text, view = self.text, self.view
        lines = self.query_one("#clauses", Lines)
        if text is None or view is None:
            self.query_one("#forum", Static).update("No council is part of this exercise.")
            lines.show([])
            return
        place = [t.name for t in view.texts].index(text.name) + 1
        standing = self.desk.standing()
        rounds = (
            f"round {standing.round}" if standing.stage == "council" else "closed for this turn"
        )
        forum = f"{plain(text.forum_title)}, {PROTOCOLS.get(text.protocol, text.protocol)}"
        self.query_one("#forum", Static).update(
            f"{forum}\ntext {place} of {len(view.texts)} · {rounds}"
        )
        self.query_one("#texts", Static).update(self._contents(view))
        lines.show(self._lines(text, view))

    def _contents(self, view: View) -> Content:
        """All texts: those that have been tabled with their state, then those in hand."""
        parts: list[tuple[str, str]] = []
        waiting = [text for text in view.texts if text.state == "not tabled"]
        for text in [t for t in view.texts if t.state != "not tabled"]:
            parts += self._entry(text, "$foreground")
            parts.append((f"    {STATES[text.state]}\n", "$dim"))
        if waiting:
            parts.append(("\n    not on the table yet\n", "$dim"))
        for text in waiting:
            parts += self._entry(text, "$dim")
        return Content.assemble(*parts)

    def _entry(self, text: TextView, style: str) -> list[tuple[str, str]]:
        here = text.name == self.shown
        sign = f"{'▸' if here else ' '} {STATE_SIGNS[text.state]} "
        title = shortened(plain(text.title), TEXTS_WIDE - 7)
        return [(sign, "$own"), (f"{title}\n", "$bright bold" if here else style)]

    def _lines(self, text: TextView, view: View) -> Iterator[Line]:
        yield from text_lines(text)
        if text.stances:
            yield Line("Positions", heading=True)
            for stance in text.stances:
                yield Line(stance.text, ask=stance.cell, sign="·", sign_style="$dim")
        turns: list[tuple[int, Sequence[Sentence]]] = [(view.turn, text.acts)]
        before = self._before(view.turn - 1)
        if before is not None:
            turns.append((before.turn, self._acts(before)))
        for turn, acts in turns:
            if acts:
                here = turn == view.turn
                yield Line("The record of this turn" if here else f"Turn {turn}", heading=True)
            for act in acts:
                yield Line(
                    act.text, sign="·", sign_style="$dim", ask=act.cell, turn=turn, tight=True
                )

    def _before(self, turn: int) -> View | None:
        """The turn before, as it was published."""
        if turn < 1:
            return None
        if self.earlier is None or self.earlier.turn != turn:
            self.earlier = self.desk.view(turn)
        return self.earlier

    def _acts(self, view: View) -> Sequence[Sentence]:
        return next((text.acts for text in view.texts if text.name == self.shown), ())

    # what can be done

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Ask why."""
        self.ask(self.desk, event.line.ask, event.line.turn)

    def _chosen(self) -> str:
        """The name of the clause under the cursor, or the text's."""
        line = self.query_one("#clauses", Lines).line
        data = line.data if line is not None else None
        return str(data[1]) if isinstance(data, tuple) else self.shown

    def _act(self, decision: str) -> None:
        """The form of an act of the council on what is chosen, or why it is not allowed."""
        found = next((c for c in self.desk.choices() if c.name == decision), None)
        if found is None:
            self.studio.tell("The council is closed for this turn.", "wait for the next turn")
            return
        chosen = self._chosen()
        for about in (chosen, self.shown):
            if any(about in names for names in found.targets):
                self.studio.push_screen(FormSheet(self.desk, found, about=about))
                return
        if found.refusal:
            self.studio.tell(f"Not now: {found.refusal.rstrip('.')}.")
        elif "‹clause›" in found.says and chosen == self.shown:
            self.studio.tell("Choose a clause first.", quiet=True)
        else:
            self.studio.tell("You may not do that with this text now.", quiet=True)

    def _possible(self) -> list[tuple[Choice, str]]:
        abouts = dict.fromkeys((self._chosen(), self.shown))
        return [
            (choice, about)
            for about in abouts
            for choice in self.desk.choices()
            if choice.stage == "council" and any(about in names for names in choice.targets)
        ]

    def action_acts(self) -> None:
        """All that may be done about the chosen line."""
        from exercise.tui.screens.pick import PickSheet

        found = self._possible()
        if not found:
            self.studio.tell("There is nothing you may do about this text now.", quiet=True)
            return
        lines = [
            Line(_titled(choice, about), note=choice.consequence, right=choice.cost, data=number)
            for number, (choice, about) in enumerate(found)
        ]

        def take(number: int) -> None:
            choice, about = found[number]
            self.studio.push_screen(FormSheet(self.desk, choice, about=about))

        self.studio.push_screen(PickSheet("What you may do", lines, take))

    def action_round(self) -> None:
        """Let the others speak once more."""
        if self.go_round is None:
            self.studio.tell("The chair says when the table goes round.", quiet=True)
            return
        self.tried(self.go_round)
        self.renew()

    def action_next_text(self) -> None:
        """To the next text."""
        self._turn(1)

    def action_last_text(self) -> None:
        """To the text before."""
        self._turn(-1)

    def _turn(self, step: int) -> None:
        names = [text.name for text in self.view.texts] if self.view is not None else []
        if names:
            self.shown = names[(names.index(self.shown) + step) % len(names)]
            self._draw()
            self.query_one("#clauses", Lines).action_first()

    def commands(self) -> Iterator[Command]:
        """Every text by its title."""
        for text in self.view.texts if self.view is not None else ():

            def go(name: str = text.name) -> None:
                self.shown = name
                self._draw()

            yield plain(text.title), STATES[text.state], go


def _act_action(name: str, decision: str) -> None:
    def act(self: CouncilScreen) -> None:
        self._act(decision)

    act.__doc__ = f"The form of {decision}."
    setattr(CouncilScreen, f"action_{name}", act)


for _name, _decision in DECISIONS.items():
    _act_action(_name, _decision)


def _titled(choice: Choice, about: str) -> str:
    fitting = [t for n, t in zip(choice.targets, choice.titles, strict=True) if about in n]
    return fitting[0] if len(fitting) == 1 else choice.says
