"""The council: the text large, clauses with brackets, positions, the chair's keys, the record.

It renews in place when somebody elsewhere acts: the cursor stays on what it was on, what is new
is marked until seen, and of itself nothing moves but the silence clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from exercise.room.chairing import ChamberDesk, Floor
from exercise.spoken import PROTOCOLS, STATES
from exercise.tui.actions import acts_of, bindings_of, looking, presiding
from exercise.tui.news import News, key_of
from exercise.tui.screens import floor as floors
from exercise.tui.screens.base import Command, Page
from exercise.tui.screens.form import FormSheet
from exercise.tui.screens.said import first_text, text_lines
from exercise.tui.widgets.lines import Line, Lines
from exercise.tui.words import plain, shortened

if TYPE_CHECKING:
    from exercise.desk import Choice, Desk
    from exercise.orders import Refusal
    from exercise.tui.screens.fill import FillSheet
    from exercise.view import Sentence, TextView, View

DECISIONS = {
    "bracket": "council.bracket_clause",
    "soften": "council.amend",
    "object": "council.object",
    "vote": "council.vote",
    "reserve": "council.reserve",
    "join": "council.join",
    "table": "council.table",
    "put": "council.put_text",
    "drop": "council.drop",
    "declare": "council.declare",
    "move": "council.move",
    "shut": "council.close",
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
        self.floor = Floor()
        self.news = News()
        self.mine = False
        """Whether what comes next is one's own doing."""

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
        """The text that matters now. Only the clock moves by itself."""
        course = self.studio.course
        if course is not None:
            self.news = course.news.setdefault(self.desk.seat, self.news)
        self.renew()
        self.query_one("#clauses", Lines).focus()
        self.set_interval(1.0, self._clock)

    def on_unmount(self) -> None:
        """What was shown has been seen."""
        self.news.left(self.shown)

    def on_screen_resume(self) -> None:
        """The table may have moved on."""
        if self.is_mounted:
            self.renew()
        self.mine = False

    # what it shows

    def renew(self) -> None:
        """Show the council as it is now."""
        standing = self.desk.standing()
        if standing.version == self.version:
            return
        self.version = standing.version
        self.view = self.desk.view()
        self.floor = self.desk.chamber.floor()
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
        for other in view.texts:
            lines_of = list(self._lines(other, view))
            self.news.come(other.name, lines_of, mine=self.mine)
            if other.name == text.name:
                self._show(lines, self.news.marked(text.name, lines_of))
        self.mine = False
        self._head()
        self._keys()
        self.query_one("#texts", Static).update(self._contents(view))

    def _keys(self) -> None:
        """The chair's keys stand below at its own terminal; nobody acts on what is past."""
        if self.desk.standing().stage == "over":
            self.offer(looking())
            return
        self.offer(presiding() if self.shown in self.floor.chairs else acts_of(self.KEY))

    def _show(self, lines: Lines, found: list[Line]) -> None:
        """Put lines in place of what is there; what one reads stays where it is."""
        was, at = lines.line, lines.scroll_offset.y
        lines.show(found)
        if was is None:
            return
        places = [place for place, line in enumerate(found) if key_of(line) == key_of(was)]
        if places:
            lines.go(places[0])
        self.call_after_refresh(lines.scroll_to, y=at, animate=False)

    def _head(self) -> None:
        """Which forum, which text, which round, and how long silence runs."""
        text, view = self.text, self.view
        if text is None or view is None:
            return
        place = [t.name for t in view.texts].index(text.name) + 1
        standing = self.desk.standing()
        rounds = (
            f"round {standing.round}" if standing.stage == "council" else "closed for this turn"
        )
        parts = [
            (f"{plain(text.forum_title)}, {PROTOCOLS.get(text.protocol, text.protocol)}", ""),
            (f"\ntext {place} of {len(view.texts)} · {rounds}", ""),
        ]
        unseen = len(self.news.new.get(text.name, ()))
        if unseen:
            parts.append((f" · {unseen} new", "$own"))
        silence = floors.silence_on(self.floor, text.name)
        if silence is not None:
            now = floors.wall_time()
            style = "$own bold" if floors.is_out(silence, now) else "$bright"
            parts.append((f"\n{floors.clock_words(silence, now)}", style))
        self.query_one("#forum", Static).update(Content.assemble(*parts))

    def _clock(self) -> None:
        """A second has passed."""
        if self.is_current and floors.silence_on(self.floor, self.shown) is not None:
            self._head()

    def on_option_list_option_highlighted(self) -> None:
        """What the cursor is on has been seen."""
        line = self.query_one("#clauses", Lines).line
        if line is not None:
            self.news.seen(self.shown, line)
            self._head()

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
        new = bool(self.news.new.get(text.name)) and not here
        sign = f"{'▸' if here else '●' if new else ' '} {STATE_SIGNS[text.state]} "
        title = shortened(plain(text.title), TEXTS_WIDE - 7)
        return [(sign, "$own"), (f"{title}\n", "$bright bold" if here else style)]

    def _lines(self, text: TextView, view: View) -> Iterator[Line]:
        yield from text_lines(text)
        yield from floors.summed_up(self.floor, text.name)
        if text.stances:
            yield Line("Positions", heading=True)
            for stance in text.stances:
                yield Line(stance.text, ask=stance.cell, sign="·", sign_style="$dim")
        yield from floors.written_lines(self.floor, text, view.turn)
        turns: list[tuple[int, Sequence[Sentence]]] = [(view.turn, text.acts)]
        before = self._before(view.turn - 1)
        if before is not None:
            turns.append((before.turn, _acts(before, text.name)))
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

    # what can be done

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Ask why; what somebody wrote is its own reason."""
        if isinstance(event.line.data, tuple) and event.line.data[0] == "written":
            self.studio.tell("Somebody wrote this.", "Del withdraws what is yours.", quiet=True)
            return
        self.ask(self.desk, event.line.ask, event.line.turn)

    def _chosen(self) -> str:
        """The name of the clause under the cursor, or the text's."""
        line = self.query_one("#clauses", Lines).line
        data = line.data if line is not None else None
        return str(data[1]) if isinstance(data, tuple) and data[0] != "written" else self.shown

    def _act(self, decision: str) -> None:
        """The form of an act of the council on what is chosen, or why it is not allowed."""
        self.mine = True
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
        """Let the others speak once more: whoever runs the room, or a chair."""
        if self.go_round is not None:
            self.tried(self.go_round)
        else:
            self._refused(self.tried(self.desk.chamber.go_round))
        self.renew()

    def _refused(self, refused: Refusal | None) -> None:
        """Say why something was not done, if it was not."""
        if refused is not None:
            self.studio.tell(refused.reason, refused.remedy)

    def _sheet(self, make: Callable[[ChamberDesk, TextView, str], FillSheet], who: str) -> None:
        """A sheet about the text shown."""
        if self.text is not None:
            self.mine = True
            self.studio.push_screen(make(self.desk.chamber, self.text, who))

    def _chairs(self) -> bool:
        """Whether one presides over the text shown; else who does is told."""
        if self.shown in self.floor.chairs:
            return True
        chair = self.text.chair if self.text is not None else ""
        remedy = f"ask the chair, {chair}" if chair else "nobody presides over it yet"
        self.studio.tell("Only the chair of the forum may do this.", remedy)
        return False

    def action_silence(self) -> None:
        """As chair, put the text under silence until a time."""
        if self._chairs():
            course = self.studio.course
            left = floors.council_left(course.control.timing.clock()) if course else None
            self._sheet(partial(floors.silence_sheet, left=left), "The chair")

    def action_sum_up(self) -> None:
        """As chair, sum up."""
        if self._chairs():
            self._sheet(floors.sum_up_sheet, "The chair")

    def action_break(self) -> None:
        """Break silence in writing."""
        if floors.silence_on(self.floor, self.shown) is None:
            self.studio.tell("No silence runs on this text.", quiet=True)
        else:
            self._sheet(floors.break_sheet, self._who())

    def action_explain(self) -> None:
        """Explain a vote or a position."""
        self._sheet(floors.explain_sheet, self._who())

    def _who(self) -> str:
        return plain(self.desk.standing().titles.get(self.desk.seat, self.desk.seat))

    def action_take_back(self) -> None:
        """Withdraw what one wrote."""
        line = self.query_one("#clauses", Lines).line
        data = line.data if line is not None else None
        if isinstance(data, tuple) and data[0] == "written":
            self.studio.push_screen(floors.withdraw_sheet(self.desk.chamber, str(data[1])))
        else:
            self.studio.tell("Choose something that you wrote.", quiet=True)

    def action_next_text(self) -> None:
        """To the next text."""
        self._turn(1)

    def action_last_text(self) -> None:
        """To the text before."""
        self._turn(-1)

    def _turn(self, step: int) -> None:
        names = [text.name for text in self.view.texts] if self.view is not None else []
        if names:
            self.news.left(self.shown)
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


def _acts(view: View, motion: str) -> Sequence[Sentence]:
    return next((text.acts for text in view.texts if text.name == motion), ())


def _titled(choice: Choice, about: str) -> str:
    fitting = [t for n, t in zip(choice.targets, choice.titles, strict=True) if about in n]
    return fitting[0] if len(fitting) == 1 else choice.says
