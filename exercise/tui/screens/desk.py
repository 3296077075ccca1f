"""A seat's desk: what changed, the text before the council, what you could do, and seal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from exercise.tui.actions import bindings_of, talking
from exercise.tui.screens.base import Command
from exercise.tui.screens.panes import Panes
from exercise.tui.screens.said import (
    change_lines,
    gauge_lines,
    inbox_lines,
    owed_requests,
    ready_text,
    suggestion_lines,
)
from exercise.tui.screens.sealing import AGAIN, Asking
from exercise.tui.screens.talking import (
    answer_sheet,
    come_lines,
    other_lines,
    part_text,
    question_lines,
)
from exercise.tui.widgets.frame import Rule
from exercise.tui.widgets.lines import Line, Lines
from exercise.tui.widgets.map import MapView
from exercise.tui.words import counted, plain, shortened, trace

if TYPE_CHECKING:
    from exercise.desk import Choice, LocalDesk, Proposal
    from exercise.tui.course import Course
    from exercise.view import View

PANES = ("changed", "text", "could", "standing", "map", "inbox")
TITLES = {
    "changed": "What changed",
    "text": "Before the council",
    "could": "What you could do",
    "map": "Map",
    "inbox": "Inbox",
    "standing": "Where things stand",
}
TALK = {
    "changed": "What has come in",
    "text": "Questions put to you",
    "could": "What you could do",
}
"""The panes where nothing is ordered, and what they are called."""
OWN_GAUGE = "domestic.support"
LOOSE = ("changed", "could")
EMPTY = {"inbox": "Nothing has come in.", "changed": "Nothing yet."}


class DeskScreen(Panes):
    """The desk of the seat in front of the screen."""

    KEY = "desk"
    BINDINGS = bindings_of(KEY)
    PANES = PANES
    FIRST = "changed"

    def __init__(self, course: Course) -> None:
        super().__init__()
        self.course = course
        self.version = -1
        self.proposals: list[Proposal] = []
        self.history: dict[tuple[str, int], float] = {}
        self.talk = False
        """Whether nothing is ordered in this exercise: a discussion."""
        self.sealing = Asking()

    @property
    def desk(self) -> LocalDesk:
        """The desk shown."""
        return self.course.desk

    def body(self) -> Iterator[Widget]:
        """Who you are; the panes; your orders."""
        yield Static(id="who", markup=False)
        yield Rule()
        yield Static(id="tabs", markup=False)
        yield from self.panes("panes", TITLES, _inside)
        yield Rule()
        yield Static(id="orders-line", markup=False)

    def on_mount(self) -> None:
        """Show it and put the cursor on what changed."""
        self.renew()
        self.focus_list("#changed")

    def on_screen_resume(self) -> None:
        """Show what has changed while another screen was up."""
        self._unask()
        self.renew()

    def on_resize(self) -> None:
        """The lines above and below are cut to the width."""
        self.call_after_refresh(self._heads)

    # what it shows

    def renew(self) -> None:
        """Show the desk as it is now, if anything has changed."""
        standing = self.desk.standing()
        if standing.version == self.version or not self.is_mounted:
            return
        self.version = standing.version
        self.sealing.forget()
        view = self.shown = self.desk.view()
        self.mark(view, standing)
        self.talk = not standing.decides
        self.set_class(self.talk, "-talk")
        if self.talk:
            self.offer(talking(self.KEY))
            self._talk(view)
        else:
            self._orders(view)
        self._heads()

    def _talk(self, view: View) -> None:
        """What came in, what is asked, what one can do: a desk where nothing is ordered."""
        for name, title in TALK.items():
            self.query_one(f"#{name}-title", Static).update(title)
        self.query_one("#changed", Lines).show(come_lines(view, self.desk))
        self.query_one("#text", Lines).show(question_lines(self.desk))
        self.query_one("#could", Lines).show(other_lines(self.desk, whole=True))

    def _orders(self, view: View) -> None:
        self.query_one("#changed", Lines).show(self._changed(view))
        title, lines = ready_text(view, self.desk.chamber.floor())
        self.query_one("#text-title", Static).update(title)
        self.query_one("#text", Lines).show(lines)
        self.proposals = self.desk.suggestions()
        could = [*suggestion_lines(self.proposals), *other_lines(self.desk, whole=False)]
        self.query_one("#could", Lines).show(could)
        self.query_one("#map", MapView).show(view.map)
        unread, titles = self.desk.talk.unread(), self.desk.standing().titles
        self.query_one("#inbox", Lines).show(
            [*owed_requests(self.desk), *inbox_lines(view, unread, titles, most=1)]
        )
        self.query_one("#standing", Lines).show(gauge_lines(view))

    def _changed(self, view: View) -> Iterator[Line]:
        found = change_lines(view.changed, view.numbers)
        yield from found[:3]
        if len(found) > 3:
            more = counted(len(found) - 3, "more change", "more changes")
            yield Line(more, sign="…", right="w", style="$dim", data="changes")

    def _heads(self) -> None:
        """Who you are, the tabs of a small screen, and your orders, each on one line."""
        view = getattr(self, "shown", None)
        if view is None:
            return
        width = max(self.size.width - 2, 20)
        self._who(view, width)
        self._tabs()
        if self.talk:
            self._part(width)
            return
        drafted = self.desk.drafted()
        sealed = self.desk.standing().sealed.get(self.desk.seat, False)
        says = "; ".join(told for _, told in drafted)
        state = (
            f"{counted(len(drafted), 'order')} sealed" if sealed and drafted
            else "sealed, without orders" if sealed
            else f"{counted(len(drafted), 'order')} drafted, not sealed" if drafted
            else "nothing drafted, nothing sealed"
        )  # fmt: skip
        lead = f"Your orders   {state}"
        rest = shortened(plain(says), width - len(lead) - 14) if says else ""
        pad = " " * max(width - len(lead) - len(rest) - 10, 1)
        if self.sealing.asked(self.desk):
            asked = Content.assemble(("Your orders   ", "$dim"), (AGAIN, "$own bold"))
            self.query_one("#orders-line", Static).update(asked)
            return
        line = [("Your orders   ", "$dim"), (state, "$own" if drafted else "$foreground"),
                (f"   {rest}{pad}", "$dim")]  # fmt: skip
        if not sealed:
            line += [("s", "$bright"), ("  Seal", "$dim")]
        self.query_one("#orders-line", Static).update(Content.assemble(*line))

    def _part(self, width: int) -> None:
        """What the seat has done in a turn without orders."""
        done = self.desk.standing().sealed.get(self.desk.seat, False)
        lead, said = "Your part   ", part_text(self.desk)
        tail = "done for this turn" if done else "s  Done"
        pad = " " * max(width - len(lead) - len(said) - len(tail), 1)
        line = [(lead, "$dim"), (said, "$foreground"), (pad + tail, "$dim")]
        self.query_one("#orders-line", Static).update(Content.assemble(*line))

    def _who(self, view: View, width: int) -> None:
        name = plain(view.title).upper()
        mood = self._mood(view)
        wants = plain(view.page.wants)
        room = width - len(name) - len(mood) - 6
        wants = shortened(wants, room) if room > 12 else ""
        pad = " " * max(width - len(name) - len(wants) - len(mood) - 4, 1)
        words = [(name, "$own bold"), (f"    {wants}{pad}", "$foreground"), (mood, "$dim")]
        self.query_one("#who", Static).update(Content.assemble(*words))

    def _mood(self, view: View) -> str:
        """How one's own public stands, with its course so far."""
        own = next((g for g in view.gauges if g.cell.startswith(f"{OWN_GAUGE}[")), None)
        if own is None:
            return ""
        if own.value is None:
            return f"public: {own.band}"
        self.history[self.desk.seat, view.turn] = own.value
        past = [v for (seat, _), v in sorted(self.history.items()) if seat == self.desk.seat]
        return f"public {trace(past)} {own.band}" if len(past) > 1 else f"public: {own.band}"

    def _tabs(self) -> None:
        talk = {"changed": "Came in", "text": "Questions", "could": "Actions"}
        orders = {"changed": "Changed", "text": "Council", "could": "Actions",
                  "standing": "Standing"}  # fmt: skip
        short = talk if self.talk else orders
        self.show_tabs({n: short.get(n, TITLES[n]) for n in (TALK if self.talk else PANES)})

    # going about

    def _go(self, step: int) -> None:
        self._unask()
        shown = [n for n in PANES if n != "map" and self._reachable(n)]
        if self.talk:
            shown = list(TALK)
        elif self.has_class("-narrow"):
            shown = list(PANES)
        at = shown.index(self.pane) if self.pane in shown else 0
        self._come(shown[(at + step) % len(shown)])

    def _reachable(self, name: str) -> bool:
        return name != "standing" or self.has_class("-wide")

    def _come(self, name: str) -> None:
        if name == "map":
            self.make_current(name)
            self.set_focus(None)
        else:
            self.turn_to(name)
        self._tabs()

    def action_next_pane(self) -> None:
        """To the next column."""
        self._go(1)

    def action_last_pane(self) -> None:
        """To the column before."""
        self._go(-1)

    # what can be done

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Enter: ask why, read, or take a suggestion."""
        line = event.line
        match event.lines.id:
            case "could":
                if isinstance(line.data, str):
                    getattr(self, f"action_{line.data}")()
                else:
                    self._take(int(line.data))
            case "text" if self.talk:
                self.studio.push_screen(answer_sheet(self.desk, line.data))
            case _ if line.data == "requests":
                self.action_requests()
            case "inbox":
                self._read(line)
            case "changed" if self.talk:
                self._read(line)
            case _ if line.data == "changes":
                self.action_changes()
            case _ if line.data == "council":
                self.action_council()
            case _:
                self.ask(self.desk, line.ask, line.turn)

    def _take(self, place: int) -> None:
        if self.talk:
            (self.action_make, self.action_answer, self.action_inbox)[place]()
        elif place < len(self.proposals):
            proposal = self.proposals[place]
            choices = {choice.name: choice for choice in self.desk.choices()}
            name, *rest = proposal.line.split()
            if name in choices:
                self._fill(choices[name], rest)

    def _read(self, line: Line) -> None:
        from exercise.tui.screens.inbox import LetterSheet

        message = line.data
        self.version = -1
        self.studio.push_screen(LetterSheet(self.desk, message))

    def action_suggest_1(self) -> None:
        """Take the first suggestion."""
        self._take(0)

    def action_suggest_2(self) -> None:
        """Take the second suggestion."""
        self._take(1)

    def action_suggest_3(self) -> None:
        """Take the third suggestion."""
        self._take(2)

    def action_seal(self) -> None:
        """Seal, and go on once everybody here has; an empty slip only when asked for twice."""
        if self.sealing.asks(self.desk):
            self._heads()
            return
        refused = self.tried(self.desk.seal)
        self._heads()
        if refused is not None:
            self.studio.tell(refused.reason, refused.remedy)
            return
        self.version = -1
        self.after_seal()

    def after_seal(self) -> None:
        """On to the next."""
        self.studio.after_seal()

    def _unask(self) -> None:
        """Something else is done: s asks anew before it seals an empty slip."""
        if self.sealing.asked(self.desk):
            self.sealing.forget()
            self._heads()

    def action_decisions(self) -> None:
        """All decisions."""
        if self._only_talk():
            return
        from exercise.tui.screens.decisions import DecisionsScreen

        self.studio.push_screen(DecisionsScreen(self.desk))

    def action_moves(self) -> None:
        """Free-form moves: make one, argue about others'."""
        from exercise.tui.screens.moves import MovesScreen

        self.version = -1
        self.studio.push_screen(MovesScreen(self.desk))

    def action_make(self) -> None:
        """Say what you do."""
        from exercise.tui.screens.moves import make_sheet

        self.version = -1
        self.studio.push_screen(make_sheet(self.desk))

    def action_answer(self) -> None:
        """Answer the first question that is open; where all are, say so."""
        asked = self.desk.questions.open()
        if asked:
            self.version = -1
            self.studio.push_screen(answer_sheet(self.desk, asked[0]))
        else:
            self.studio.tell("No question put to you is open.", quiet=True)

    def action_council(self) -> None:
        """The council."""
        if self._only_talk():
            return
        from exercise.tui.screens.council import CouncilScreen

        self.studio.push_screen(CouncilScreen(self.desk, self.course.go_round))

    def action_map(self) -> None:
        """The map, large."""
        from exercise.tui.screens.map import MapScreen

        self.studio.push_screen(MapScreen(self.desk))

    def action_inbox(self) -> None:
        """The inbox."""
        from exercise.tui.screens.inbox import InboxScreen

        self.version = -1
        self.studio.push_screen(InboxScreen(self.desk))

    def action_requests(self) -> None:
        """Requests for information."""
        from exercise.tui.screens.requests import RequestsScreen

        self.version = -1
        self.studio.push_screen(RequestsScreen(self.desk))

    def action_orders(self) -> None:
        """The draft."""
        if self._only_talk():
            return
        from exercise.tui.screens.orders import OrdersScreen

        self.studio.push_screen(OrdersScreen(self.desk))

    def action_changes(self) -> None:
        """All that changed."""
        if self._only_talk():
            return
        from exercise.tui.screens.results import ChangesScreen

        self.studio.push_screen(ChangesScreen(self.desk))

    def _only_talk(self) -> bool:
        """Say, where nothing is ordered, what there is instead."""
        if self.talk:
            self.studio.tell("Nothing is ordered here.", "f does something, q answers", quiet=True)
        return self.talk

    def action_here(self) -> None:
        """Who is here, and who has sealed."""
        from exercise.tui.screens.here import HereSheet

        self.studio.push_screen(HereSheet(self.course))

    def action_who(self) -> None:
        """The first page again."""
        from exercise.tui.screens.page import FirstPage

        self.studio.push_screen(FirstPage(self.desk))

    def action_seats(self) -> None:
        """Another desk."""
        if not self.others():
            self.studio.tell("You sit at the only desk that is open here.", quiet=True)
            return
        place = self.course.seats.index(self.desk.seat)
        self.studio.sit(self.course.seats[(place + 1) % len(self.course.seats)])

    def others(self) -> tuple[str, ...]:
        """The other desks that are open at this terminal."""
        return tuple(seat for seat in self.course.seats if seat != self.desk.seat)

    def commands(self) -> Iterator[Command]:
        """Every decision and every desk here, by name."""
        for seat in self.others():
            title = f"Sit at the desk of {plain(self.course.title(seat))}"
            yield title, "Another seat at this terminal.", partial(self.studio.sit, seat)
        for choice in self.desk.choices():
            if not choice.refusal:
                fill = partial(self._fill, choice)
                yield plain(choice.says), plain(choice.consequence), fill

    def _fill(self, choice: Choice, said: Sequence[str] = ()) -> None:
        from exercise.tui.screens.form import FormSheet

        self.studio.push_screen(FormSheet(self.desk, choice, said=said))


def _inside(name: str) -> Widget:
    if name == "map":
        return MapView("map")
    return Lines(id=name, empty=EMPTY.get(name, ""), loose=name in LOOSE)
