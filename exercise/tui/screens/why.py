"""Why? A sheet over the screen: one level at a time, Enter goes deeper, Esc comes back up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.widget import Widget
from textual.widgets import Static

from exercise.errors import ExerciseError, UsageError
from exercise.spoken import amount_words, sentences
from exercise.tui.actions import bindings_of
from exercise.tui.screens.base import Sheet
from exercise.tui.widgets.lines import Line, Lines
from exercise.tui.words import from_to, plain, signed

if TYPE_CHECKING:
    from exercise.desk import Desk
    from exercise.explain.why import Because, Why

REST = "cause not disclosed to you"
SHOWN = 4
"""Sources shown beneath a cause before the others are summed up in a line."""
ASKED = ("cell", "order")
"""What Enter goes deeper into: what changed, and what somebody decided."""
KINDS = {"cell": "›", "chance": "⚄", "parameter": "≈", "order": "→", "inject": "!", "ruling": "§"}


class WhySheet(Sheet):
    """The causes of one change, as far as the desk is cleared."""

    KEY = "why"
    BINDINGS = bindings_of(KEY)

    def __init__(self, desk: Desk, cell: str, turn: int | None, *, numbers: bool) -> None:
        super().__init__()
        self.desk = desk
        self.numbers = numbers
        self.trail: list[tuple[str, int | None, int]] = [(cell, turn, 0)]
        self.found: Why | None = None
        self.opened: set[int] = set()

    def body(self) -> Iterator[Widget]:
        """Title, where it moved from and to, the causes."""
        yield Static(id="why-title", classes="title", markup=False)
        yield Static(id="why-move", classes="quiet", markup=False)
        yield Lines(id="causes", loose=False, classes="air")

    def on_mount(self) -> None:
        """Ask."""
        self.query_one(Lines).focus()
        self._tell()

    # what it says

    def _tell(self, at: int | None = 0) -> None:
        cell, turn, _ = self.trail[-1]
        title, move = self.query_one("#why-title", Static), self.query_one("#why-move", Static)
        lines = self.query_one(Lines)
        try:
            self.found = self.desk.why(cell, turn)
        except ExerciseError as error:
            self.found = None
            known = isinstance(error, UsageError)
            title.update("This is not disclosed to you" if known else "It cannot be asked just now")
            move.update(plain(sentences(error.message, error.remedy)))
            lines.show([])
            return
        title.update(plain(self.found.title).rstrip("."))
        move.update(moved(self.found, self.numbers))
        told = self._order if self.found.kind == "order" else self._causes
        lines.show(told(self.found), keep=False)
        if at is not None:
            lines.go(at)

    def _causes(self, found: Why) -> Iterator[Line]:
        """Each cause, the strongest first, with what it came from beneath it."""
        whole = sum(abs(term.amount) for term in found.terms) + abs(found.rest or 0.0)
        terms = sorted(enumerate(found.terms), key=lambda item: -abs(item[1].amount))
        for place, term in terms:
            yield Line(
                plain(term.says or term.name).rstrip("."),
                sign=arrow(term.amount),
                right=self._share(term.amount, whole),
                ask=first_cell(term),
                turn=found.turn,
                data=("term", place),
            )
            yield from self._sources(place, term, found.turn)
        if found.rest:
            yield Line(
                REST,
                sign=arrow(found.rest),
                right=self._share(found.rest, whole),
                style="$dim italic",
                data=("rest", 0),
            )
        if not found.terms and not found.rest:
            yield Line("Nothing changed it in this turn", sign="·", style="$dim", data=("none", 0))

    def _order(self, found: Why) -> Iterator[Line]:
        """Who gave an order, why, and what it took, with the purses it was paid from."""
        for place, term in enumerate(found.terms):
            yield Line(plain(term.says).rstrip("."), sign="·", turn=found.turn,
                       ask=first_cell(term), data=("order", place))  # fmt: skip
            yield from self._sources(place, term, found.turn)

    def _share(self, amount: float, whole: float) -> str:
        return signed(amount) if self.numbers else amount_words(amount, whole)

    def _sources(self, place: int, term: Because, turn: int) -> Iterator[Line]:
        """What a cause came from; many sources are folded until somebody opens them."""
        sources = term.sources
        if len(sources) > SHOWN and place not in self.opened:
            sources = sources[: SHOWN - 1]
        for source in sources:
            deeper = source.kind in ASKED
            says = plain(source.says or source.cell).rstrip(".")
            yield Line(
                says,
                sign=KINDS.get(source.kind, "·"),
                indent=4,
                style="$dim",
                sign_style="$own" if deeper else "$dim",
                ask=source.cell if deeper else "",
                turn=turn,
                data=("source", place),
            )
        if len(sources) < len(term.sources):
            left = len(term.sources) - len(sources)
            yield Line(f"and {left} more", sign="…", indent=4, style="$dim", data=("more", place))

    # what can be done

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Go deeper, unfold, or say why there is nothing deeper."""
        line = event.line
        kind, place = line.data
        here = self.query_one(Lines).place or 0
        if kind == "more":
            self.opened.add(place)
            self._tell(here)
        elif line.ask:
            cell, turn, _ = self.trail[-1]
            self.trail[-1] = (cell, turn, here)
            self.trail.append((line.ask, line.turn, 0))
            self.opened.clear()
            self._tell()
        elif kind == "rest":
            self.studio.tell("You are not cleared for what else moved it. Control is.", quiet=True)
        elif kind == "order":
            self.studio.tell("This is where the chain ends: somebody decided so.", quiet=True)
        elif kind == "source":
            self.studio.tell("This is where the chain ends: it was put in, not caused.", quiet=True)

    def action_back(self) -> None:
        """One level up, or close."""
        if len(self.trail) > 1:
            self.trail.pop()
            self.opened.clear()
            self._tell(self.trail[-1][2])
        else:
            self.studio.pop_screen()

    def action_close(self) -> None:
        """Close the sheet, however deep."""
        self.studio.pop_screen()

    def action_earlier(self) -> None:
        """The same, a turn earlier."""
        self._turn(-1)

    def action_later(self) -> None:
        """The same, a turn later."""
        self._turn(1)

    def _turn(self, step: int) -> None:
        if self.found is None:
            return
        turn = self.found.turn + step
        try:
            self.desk.why(self.found.cell, turn)
        except ExerciseError:
            self.studio.tell("There is no such turn to look at.", quiet=True)
            return
        self.trail[-1] = (self.trail[-1][0], turn, 0)
        self.opened.clear()
        self._tell()


def moved(found: Why, numbers: bool) -> str:
    """From what to what, in words or numbers: `common view: fair → weak · turn 2`."""
    if found.kind == "order":
        return f"an order   turn {found.turn}"
    was, now = found.bands
    parts = []
    if was or now:
        parts.append(was if was == now else f"{was} → {now}")
    if numbers:
        parts.append(" → ".join(from_to(found.before, found.after)))
    if not parts and {found.before, found.after} <= {0.0, 1.0}:
        was, now = (("no", "yes")[int(value)] for value in (found.before, found.after))
        parts.append(now if was == now else f"{was} → {now}")
    if not parts:
        change = found.after - found.before
        parts.append("unchanged" if change == 0 else "up" if change > 0 else "down")
    elif was and was == now and found.after != found.before and not numbers:
        parts.append("a little more" if found.after > found.before else "a little less")
    return "   ".join([*parts, f"turn {found.turn}" if found.turn else "the opening"])


def arrow(amount: float) -> str:
    """Which way something pushed."""
    return "▲" if amount > 0 else "▼" if amount < 0 else "·"


def first_cell(term: Because) -> str:
    """Where Enter on a cause leads: the first thing it came from that can be asked about."""
    return next((source.cell for source in term.sources if source.kind in ASKED), "")
