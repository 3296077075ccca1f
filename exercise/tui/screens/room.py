"""A room before it starts: which scenario, how long, who sits where; paper; start."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from textual.widget import Widget
from textual.widgets import Static

from exercise.tui.actions import bindings_of
from exercise.tui.screens.base import Page
from exercise.tui.screens.pick import PickSheet
from exercise.tui.widgets.frame import Banner
from exercise.tui.widgets.lines import Line, Lines
from exercise.tui.words import counted, plain

if TYPE_CHECKING:
    from exercise.seats import Filling
    from exercise.tui.app import Studio
    from exercise.tui.room import Plan

WHO = {
    "desk": "at the desk, paper slips",
    "person": "a person at a terminal",
    "bot": "bot",
}
WHO_TALKS = {**WHO, "desk": "at the desk, answers on paper"}
"""The same in an exercise of words alone, which has no slips."""
SIGNS = {"desk": "■", "person": "●", "bot": "○"}


class RoomScreen(Page):
    """Lines that Enter changes, and a key to start."""

    KEY = "room"
    BINDINGS = bindings_of(KEY)

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan
        self.titles: Mapping[str, str] = {}
        self.rhythms: list[tuple[str, str]] = []
        self.decides = True
        """Whether anything can be ordered; in an exercise of words alone nothing can."""
        self.named = False
        """Whether the scenario has fictional names to change to."""

    def body(self) -> Iterator[Widget]:
        """Title and lines."""
        yield Static("Run a room", classes="title air", markup=False)
        yield Static(id="room-says", classes="quiet", markup=False)
        yield Lines(id="room", classes="air")

    def on_mount(self) -> None:
        """Lay the table."""
        self.tried(self._lay)
        self.query_one(Lines).focus()

    def _lay(self) -> Mapping[str, str]:
        """Read the scenario and fill in what nobody has settled; the titles of its seats."""
        exercise = self.plan.exercise()
        scenario = exercise.scenario
        self.rhythms = [(name, rhythm.title or name) for name, rhythm in scenario.turns.items()]
        known = [name for name, _ in self.rhythms]
        if self.plan.rhythm not in known:
            self.plan.rhythm = exercise.rhythm if known else None
        self.named = bool(scenario.names.fictional)
        self.decides = any(d.by in ("ally", "adversary") and d.module in exercise.ruleset.active
                           for d in exercise.ruleset.decisions.values())  # fmt: skip
        self.titles = self.plan.lay()
        banner = self.query_one(Banner)
        banner.banner, banner.scenario = scenario.marking, scenario.title
        self.query_one("#room-says", Static).update(plain(scenario.summary))
        self._show()
        return self.titles

    def _show(self) -> None:
        rhythm = dict(self.rhythms).get(self.plan.rhythm or "", "")
        lines = [
            Line(
                "Scenario", right=self.plan.scenario, right_style="$bright", data=("scenario", "")
            ),
            Line("Rhythm", right=rhythm or "weekly", right_style="$bright", data=("rhythm", "")),
        ]
        if self.named:
            names = "fictional" if self.plan.names == "fictional" else "as written"
            lines.append(_settled("Names", names, "names"))
        seated = sum(by != "bot" for by in self.plan.filling.values())
        lines.append(Line(f"Seats: {counted(seated, 'delegation')} of people", heading=True))
        who = WHO if self.decides else WHO_TALKS
        for name, title in self.titles.items():
            by = self.plan.filling[name]
            lines.append(
                Line(title, sign=SIGNS[by], sign_style="$dim" if by == "bot" else "$own",
                     right=who[by], right_style="$dim" if by == "bot" else "$foreground",
                     data=("seat", name))
            )  # fmt: skip
        papers = "slips" if self.decides else "sheets for answers"
        lines.append(
            Line(f"Print briefs, {papers} and inject cards", right="p", data=("paper", ""))
        )
        lines.append(Line("Start the exercise", right="s", style="$bright", data=("start", "")))
        self.query_one(Lines).show(lines)

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Change the line."""
        what, name = event.line.data
        match what:
            case "scenario":
                self._pick_scenario()
            case "rhythm":
                self._next_rhythm()
            case "names":
                self.plan.names = "real" if self.plan.names == "fictional" else "fictional"
                self.tried(self._lay)
            case "seat":
                order = list(WHO)
                now = self.plan.filling[name]
                after: Any = order[(order.index(now) + 1) % len(order)]
                self.plan.filling[name] = after
                self._show()
            case "paper":
                self.action_paper()
            case "start":
                self.action_begin()

    def _pick_scenario(self) -> None:
        from exercise.scenario.load import shipped

        lines = [Line(name.replace("-", " ").capitalize(), data=name) for name in shipped()]

        def take(name: str) -> None:
            old = self.plan.scenario, self.plan.rhythm
            self.plan.scenario, self.plan.rhythm = name, None
            self.plan.filling = {}
            if self.tried(self._lay) is None:
                self.plan.scenario, self.plan.rhythm = old
                self.tried(self._lay)

        words = "A file of your own: exercise host my-scenario.yaml --desk"
        self.studio.push_screen(PickSheet("Which scenario?", lines, take, words))

    def _next_rhythm(self) -> None:
        names = [name for name, _ in self.rhythms]
        if len(names) > 1:
            place = names.index(self.plan.rhythm or names[0])
            self.plan.rhythm = names[(place + 1) % len(names)]
            self._show()
        else:
            self.studio.tell("The scenario has one rhythm only.", quiet=True)

    def _fill(self, filling: Filling) -> None:
        for name in self.plan.filling:
            self.plan.filling[name] = filling
        self._show()

    def action_all_desk(self) -> None:
        """Everybody at the desk but the adversaries."""
        self.plan.filling = {}
        self.tried(self.plan.lay)
        self._show()

    def action_all_bots(self) -> None:
        """Bots everywhere."""
        self._fill("bot")

    def action_paper(self) -> None:
        """Write the paper beside where the save will lie."""
        from pathlib import Path

        from exercise.save.places import saves_folder
        from exercise.tui.room import paper

        stem = Path(self.plan.scenario).stem
        place = self.plan.save.parent if self.plan.save else None
        written = self.tried(
            lambda: paper(self.plan, (place or saves_folder(make=True)) / f"{stem}-paper")
        )
        if written:
            where = written[0].parent.parent
            words = f"{len(written)} files in {where}. To print: control/print-all-seats.html"
            self.query_one("#room-says", Static).update(plain(words))

    def action_begin(self) -> None:
        """Begin."""
        from exercise.tui.room import start

        room = self.tried(lambda: start(self.plan))
        if room is not None:
            enter(self.studio, room)

    def action_back(self) -> None:
        """Leave without having begun."""
        self.studio.leave()


def _settled(words: str, how: str, what: str) -> Line:
    return Line(words, right=how, right_style="$bright", data=(what, ""))


def enter(app: Studio, room: Any) -> None:
    """Sit down at control's desk."""
    from exercise.tui.screens.control import ControlScreen

    app.course = room
    if room.line is not None:
        app.keep_up(room.line)
    app.stage(ControlScreen(room))
