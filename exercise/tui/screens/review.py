"""Review: a save turn by turn, through anyone's eyes; every sentence can be asked why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import attrs
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from exercise.branches import branches
from exercise.engine.roster import cell_name
from exercise.explain.naming import named
from exercise.explain.typed import Typed, typed_by_turn
from exercise.explain.why import Why, knows_order, order_words
from exercise.record import TurnRecord, cell_of
from exercise.review.hotwash import hotwash
from exercise.saved import read
from exercise.sight import Viewer
from exercise.spoken import STATES
from exercise.tui.actions import bindings_of
from exercise.tui.screens.base import Command
from exercise.tui.screens.hosted import WashScreen
from exercise.tui.screens.panes import Panes
from exercise.tui.screens.pick import PickSheet
from exercise.tui.screens.said import change_lines, gauge_lines, head_of
from exercise.tui.shelf import PastChamber, PastCourse, PastDesk
from exercise.tui.widgets.frame import Rule
from exercise.tui.widgets.lines import Line, Lines
from exercise.tui.widgets.map import MapView
from exercise.tui.words import counted, plain
from exercise.view import View

if TYPE_CHECKING:
    from exercise.room.chairing import ChamberDesk
    from exercise.saved import Saved

PANES = ("changed", "decided", "map")
TITLES = {"changed": "What changed", "decided": "What came in, and what was decided", "map": "Map"}
MOST = 12


class TurnDesk(PastDesk):
    """One viewer's desk on one turn of a save."""

    def __init__(self, saved: Saved, viewer: Viewer, titles: dict[str, str], turn: int) -> None:
        super().__init__(saved, viewer, titles)
        self._turn = turn

    def view(self, turn: int | None = None) -> View:
        """What the viewer saw of the turn."""
        return super().view(self._turn if turn is None else turn)

    def why(self, cell: str, turn: int | None = None) -> Why:
        """Why a cell changed in the turn."""
        return super().why(cell, self._turn if turn is None else turn)

    @property
    def chamber(self) -> ChamberDesk:
        """What had been written in the council by the turn."""
        return PastChamber(self._saved, self._viewer, self._titles, self._turn)


class TurnLines(Lines, inherit_bindings=False):
    """Lines that leave Home and End to the turns."""

    BINDINGS = [
        bound
        for bound in Lines.BINDINGS
        if isinstance(bound, Binding) and bound.key not in ("home", "end")
    ]


class ReviewScreen(Panes):
    """One turn at a time: what changed, what was decided, the map; the timeline below."""

    KEY = "review"
    BINDINGS = bindings_of(KEY)
    PANES = PANES
    FIRST = "changed"
    CSS = """
    #review-head { margin-top: 1; height: 1; padding: 0 1; }
    #review-panes { layout: grid; grid-size: 3 1; grid-columns: 1fr 1fr 1fr; height: 1fr; }
    #review-panes > Pane { height: 100%; padding-top: 1; }
    #review-panes #map-pane { column-span: 1; }
    #timeline { height: 2; padding: 0 1; }
    ReviewScreen.-narrow #review-panes { layout: vertical; }
    ReviewScreen.-narrow #review-panes > Pane { display: none; height: 1fr; }
    ReviewScreen.-narrow #review-panes > Pane.current { display: block; }
    ReviewScreen.-narrow #review-panes > Pane > .heading { display: none; }
    """

    def __init__(self, shelf: PastCourse) -> None:
        super().__init__()
        self.shelf = shelf
        self.seats = ("control", *shelf.seats)
        self.seat = "control"
        self.last_turn = shelf.saved.record.last.number
        self.turn = min(1, self.last_turn)
        self.typed: Mapping[int, Typed] = {}

    @property
    def viewer(self) -> Viewer:
        """Whose eyes it is seen through."""
        return self.shelf.viewer(self.seat)

    @property
    def desk(self) -> TurnDesk:
        """The desk of whoever looks, on the turn shown."""
        titles = {name: self.shelf.title(name) for name in self.shelf.seats}
        return TurnDesk(self.shelf.saved, self.viewer, titles, self.turn)

    def body(self) -> Iterator[Widget]:
        """Title, columns, the timeline."""
        yield Static(id="review-head", markup=False)
        yield Rule()
        yield Static(id="tabs", markup=False)
        yield from self.panes("review-panes", TITLES, _inside)
        yield Rule()
        yield Static(id="timeline", markup=False)

    def on_mount(self) -> None:
        """Begin with the first turn."""
        self.typed = typed_by_turn(self.shelf.saved.journal, self.shelf.saved.branch)
        self._show()
        self.query_one("#changed").focus()

    # what it shows

    def _show(self) -> None:
        record = self.shelf.saved.record.turn(self.turn)
        desk = self.desk
        view = desk.view()
        self.mark(view, desk.standing(), past="Review")
        where = [view.day, view.phase] if self.turn else ["before anything was decided"]
        when = f"Turn {self.turn} of {view.turns}" if self.turn else "The opening"
        seen = "control" if self.seat == "control" else self.shelf.title(self.seat)
        head = [("REVIEW", "$own bold"), (f"    {when}", "$bright"),
                (f"    {' · '.join(plain(p) for p in where if p)}", "$foreground"),
                (f"    as {plain(seen)}", "$dim")]  # fmt: skip
        self.query_one("#review-head", Static).update(Content.assemble(*head))
        changed = self.query_one("#changed", Lines)
        changed.show(list(self._changed(view)), keep=False)
        changed.action_first()
        self.query_one("#decided", Lines).show(list(self._decided(view, record)), keep=False)
        self.query_one(MapView).show(view.map)
        self._timeline()
        self._tabs()

    def _changed(self, view: View) -> Iterator[Line]:
        lines = change_lines(view.changed[:MOST], view.numbers, self.turn)
        yield from lines
        if len(view.changed) > MOST:
            more = counted(len(view.changed) - MOST, "more change")
            yield Line(more, sign="…", right="w", style="$dim", data="changes")
        stand = gauge_lines(view, self.turn)
        if stand:
            yield Line("Where things stood", heading=True)
            yield from stand

    def _decided(self, view: View, record: TurnRecord) -> Iterator[Line]:
        news = [message for message in view.inbox if message.turn == self.turn]
        if news:
            yield Line("Came in", heading=True)
            for message in news:
                sender = self._title(message.sender)
                yield Line(head_of(message), note=sender, sign="!", sign_style="$own", data=message,
                           most=2)  # fmt: skip
        texts = [text for text in view.texts if text.state != "not tabled"]
        if texts:
            yield Line("Before the councils", heading=True)
            for text in texts:
                yield Line(f"“{text.title}”", sign="§", sign_style="$dim",
                           note=STATES[text.state], ask=text.strength.cell)  # fmt: skip
        orders = list(self._orders(record))
        if orders:
            yield Line("Ordered", heading=True)
            yield from orders
        if self.viewer.is_control and record.control:
            yield Line("Injects that control fired or held back", heading=True)
            yield from self._cues(record)
        if self.viewer.is_control and record.rulings:
            yield Line("Rulings of control", heading=True)
            for ruling in record.rulings:
                cell = cell_name(ruling.field, ruling.names)
                note = f"{ruling.how} {ruling.amount:g}, because: {ruling.reason}"
                yield Line(cell, sign="§", note=note)

    def _title(self, sender: str) -> str:
        """A seat by its title; anybody else as the letter names him."""
        return self.shelf.title(sender) if sender in self.shelf.seats else sender

    def _cues(self, record: TurnRecord) -> Iterator[Line]:
        catalog = self.shelf.saved.record.catalog
        for cell, value in record.control.items():
            name, names = cell_of(cell)
            told = order_words(catalog.decisions[name], catalog.roster, names, value)
            yield Line(told, sign="!", sign_style="$dim", ask=cell)

    def _orders(self, record: TurnRecord) -> Iterator[Line]:
        """The orders that the viewer may know of, and why they were given."""
        catalog = named(self.shelf.saved.record.catalog, self.viewer, record)
        typed = self.typed.get(self.turn)
        for cell, value in record.orders.items():
            name, names = cell_of(cell)
            if not knows_order(catalog, record, self.viewer, cell):
                continue
            told = order_words(catalog.decisions[name], catalog.roster, names, value)
            own = self.viewer.is_control or names[0] == self.viewer.actor
            why = typed.reasons.get(cell, "") if typed is not None and own else ""
            actor = catalog.roster.title("actor", names[0])
            yield Line(f"{actor}: {told}", sign="→", sign_style="$dim",
                       note=f"because: {why}" if why else "", ask=cell)  # fmt: skip

    def _timeline(self) -> None:
        """The turns, what came and what was adopted in each, as far as the viewer may know."""
        marks: list[tuple[str, str]] = []
        signs: list[tuple[str, str]] = []
        for number in range(self.last_turn + 1):
            here = number == self.turn
            label = f"{'◉' if here else '○'} {number or 'start'}"
            came = "!" if self._came(number) else " "
            wide = max(len(label) + 3, 6)
            marks.append((label.ljust(wide), "$own bold" if here else "$dim"))
            signs.append((f"{came}".ljust(wide), "$dim"))
        legend = [("   ! something came in", "$dim")]
        self.query_one("#timeline", Static).update(Content.assemble(*marks, "\n", *signs, *legend))

    def _came(self, number: int) -> bool:
        from exercise.view import addressed

        messages = self.shelf.saved.record.turn(number).messages
        return any(addressed(message.to, self.viewer) for message in messages)

    def _tabs(self) -> None:
        self.show_tabs({"changed": "Changed", "decided": "Decided", "map": "Map"})

    # what can be done

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Ask why, or read."""
        line: Any = event.line
        if line.data == "changes":
            self.action_changes()
        elif line.data is not None:
            from exercise.tui.screens.inbox import LetterSheet

            self.studio.push_screen(LetterSheet(self.desk, line.data, answers=False))
        else:
            self.ask(self.desk, line.ask, self.turn)

    def _to(self, turn: int) -> None:
        turn = min(max(turn, 0), self.last_turn)
        if turn != self.turn:
            self.turn = turn
            self._show()

    def action_earlier(self) -> None:
        """The turn before."""
        self._to(self.turn - 1)

    def action_later(self) -> None:
        """The turn after."""
        self._to(self.turn + 1)

    def action_first(self) -> None:
        """The opening."""
        self._to(0)

    def action_last(self) -> None:
        """The last turn."""
        self._to(self.last_turn)

    def action_through(self) -> None:
        """The next seat's eyes."""
        self._as(self.seats[(self.seats.index(self.seat) + 1) % len(self.seats)])

    def action_control(self) -> None:
        """Control's eyes."""
        self._as("control")

    def _as(self, seat: str) -> None:
        self.seat = seat
        self._show()

    def action_pane(self) -> None:
        """The next column."""
        name = PANES[(PANES.index(self.pane) + 1) % len(PANES)]
        if name == "map" and not self.has_class("-narrow"):
            name = "changed"
        self.make_current(name)
        if name == "map":
            self.set_focus(None)
        else:
            self.query_one(f"#{name}").focus()
        self._tabs()

    def action_texts(self) -> None:
        """The texts of that turn."""
        from exercise.tui.screens.council import CouncilScreen

        self.studio.push_screen(CouncilScreen(self.desk))

    def action_map(self) -> None:
        """The map of that turn."""
        from exercise.tui.screens.map import MapScreen

        self.studio.push_screen(MapScreen(self.desk, self.turn))

    def action_changes(self) -> None:
        """All that changed in that turn."""
        from exercise.tui.screens.results import ChangesScreen

        self.studio.push_screen(ChangesScreen(self.desk, self.turn))

    def action_lines(self) -> None:
        """The lines of play: the one that counts, and those that were left."""
        kept = self.shelf.saved
        lines = [
            Line(
                ("As it began" if not branch.parent else f"From turn {branch.turn} again")
                + (", with new luck" if branch.commitment else ""),
                sign="▸" if branch.name == kept.branch else "○",
                right=counted(branch.turns, "turn"),
                note=f"because: {branch.why}" if branch.why else "",
                sign_style="$own" if branch.main else "$dim",
                data=branch.name,
            )
            for branch in branches(kept.journal)
        ]
        title = "Which line of play? The one that counts is marked in colour."
        self.studio.push_screen(PickSheet(title, lines, self._on_line))

    def _on_line(self, branch: str) -> None:
        found = self.tried(lambda: read(self.shelf.saved.journal, branch))
        if found is not None:
            self.shelf = attrs.evolve(self.shelf, saved=found)
            self.typed = typed_by_turn(found.journal, branch)
            self.last_turn = found.record.last.number
            self.turn = min(self.turn, self.last_turn)
            self._show()

    def action_wash(self) -> None:
        """The hot wash as whoever looks may know it."""
        self.studio.push_screen(WashScreen(hotwash(self.shelf.saved, self.viewer), self.desk))

    def action_back(self) -> None:
        """Close the save."""
        self.shelf.close()
        self.studio.leave()

    def commands(self) -> Iterator[Command]:
        """Every seat's eyes, and every turn, by name."""
        for seat in self.seats:

            def see(name: str = seat) -> None:
                self._as(name)

            title = "Control" if seat == "control" else self.shelf.title(seat)
            yield f"See it as {plain(title)}", "Through these eyes only.", see
        for number in range(self.last_turn + 1):

            def go(turn: int = number) -> None:
                self._to(turn)

            yield f"Go to turn {number}" if number else "Go to the opening", "In this save.", go


def _inside(name: str) -> Widget:
    if name == "map":
        return MapView("map")
    return TurnLines(id=name, empty="Nothing that this seat may know of.")
