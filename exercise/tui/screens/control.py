"""Control's desk: the injects, what happens now with results to be released, truth and a view."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from exercise.tui.actions import bindings_of, ended, talking
from exercise.tui.leaving import room_words as leaving_words
from exercise.tui.screens.base import Command
from exercise.tui.screens.help import NoticeSheet
from exercise.tui.screens.hosted import FirmSheet, SureSheet
from exercise.tui.screens.leading import LeadingPage
from exercise.tui.screens.msel import MselScreen
from exercise.tui.screens.panes import Panes
from exercise.tui.screens.rows import COME, SIGNS, inject_text, msel_lines, reaches
from exercise.tui.screens.ruling import rule_on
from exercise.tui.screens.talking import had_lines, owing_words
from exercise.tui.screens.told import (
    BEGIN,
    NEXT,
    NEXT_TALK,
    STAGES,
    TALK,
    beside_lines,
    now_lines,
)
from exercise.tui.ticking import room_words
from exercise.tui.widgets.frame import Rule
from exercise.tui.widgets.lines import Lines
from exercise.tui.words import listed, plain
from exercise.view import Sentence

if TYPE_CHECKING:
    from exercise.desk import Desk, LocalDesk, Standing
    from exercise.room.msel import Act, Row
    from exercise.tui.room import Room
    from exercise.view import View

PANES = ("msel", "now", "beside")
TITLES = {"msel": "Injects", "now": "Now", "beside": "Truth and view"}
OPENS = ("judge", "notes", "table", "doors")
"""Lines that lead to another screen, named by its act."""


class ControlScreen(LeadingPage, Panes):
    """Three columns, and one key that leads through the turn."""

    KEY = "control"
    BINDINGS = bindings_of(KEY)
    PANES = PANES
    FIRST = "now"
    AUTO_FOCUS = ""  # it opens on what happens now, not on its first list
    CSS = """
    #control-head { height: 1; margin-top: 1; padding: 0 1; }
    #control-panes { layout: grid; grid-size: 3 1; grid-columns: 1fr 1fr 1fr; height: 1fr; }
    #control-panes > Pane { height: 100%; padding-top: 1; }
    #control-next { height: 1; padding: 0 1; }
    #control-said { height: auto; padding: 0 1; color: $own; display: none; }
    #control-said.said { display: block; }
    ControlScreen.-narrow #control-panes { layout: vertical; }
    ControlScreen.-narrow #control-panes > Pane { display: none; height: 1fr; }
    ControlScreen.-narrow #control-panes > Pane.current { display: block; }
    ControlScreen.-narrow #control-panes > Pane > .heading { display: none; }
    """

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self.version = -1
        seats = room.deciding() or tuple(room.control.standing().titles)
        self.beside = seats[0] if seats else "control"

    def body(self) -> Iterator[Widget]:
        """What stage it is; the columns; what comes next."""
        yield Static(id="control-head", markup=False)
        yield Rule()
        yield Static(id="tabs", markup=False)
        yield from self.panes("control-panes", TITLES, lambda name: Lines(id=name))
        yield Rule()
        yield Static(id="control-said", markup=False)
        yield Static(id="control-next", markup=False)

    def on_mount(self) -> None:
        """Show it; the cursor is on what happens now. Only the clock moves by itself."""
        self.renew()
        self.set_interval(1.0, self._head)
        self.focus_list("#now")

    def on_screen_resume(self) -> None:
        """Something may have happened on another screen."""
        self.version = -1
        self.renew()

    def on_screen_suspend(self) -> None:
        """What was said of the last key is over once something else is shown."""
        self.say("")

    def on_resize(self) -> None:
        """The lines above and below are cut to the width."""
        self.call_after_refresh(self._heads)

    # what it shows

    def renew(self) -> None:
        """Show control's desk as it is now, if anything has changed."""
        standing = self.control.standing()
        if standing.version == self.version or not self.is_mounted:
            return
        self.version = standing.version
        view = self.control.view()
        self.mark(view, standing)
        if standing.stage == "over":
            self.offer(ended(talk=not standing.decides))
        elif not standing.decides:
            self.offer(talking(self.KEY, standing.stage == "review"))
        turn = max(standing.turn, 1)
        msel = self.query_one("#msel", Lines)
        turns = self.control.schedule.turns()
        msel.show(msel_lines(self.control.msel.rows(), turns, turn))
        self.query_one("#now", Lines).show(now_lines(self.room, view, standing))
        desk = self.room.any_desk(self.beside)
        self._beside(view, standing, desk, plain(self.room.title(self.beside)))
        self._heads()

    def _beside(self, view: View, standing: Standing, desk: LocalDesk, name: str) -> None:
        """The truth beside what a seat sees; in a discussion, what it has been told and said."""
        awaits = standing.stage == "review"
        told = f"{'Truth to come' if awaits else 'Truth'}, and what {name} sees"
        self.query_one("#beside-title", Static).update(f"{told if standing.decides else name}   v")
        if standing.decides:
            truth = self.control.results() if awaits else view
            asked = self._judged(standing.stage)
            lines = beside_lines(asked, self.room.facts, truth, desk.view(), desk, name)
        else:
            lines = list(had_lines(self.room, self.beside))
        self.query_one("#beside", Lines).show(lines)

    def _judged(self, stage: str) -> Desk:
        """Where control asks about the truth: on the results, while they await release."""
        return self.control.reviewed() if stage == "review" else self.control

    def _head(self) -> None:
        """The stage, how long it has lasted, and how many have sealed."""
        standing = self.control.standing()
        width = max(self.size.width - 2, 20)
        stages = STAGES if standing.decides else {**STAGES, **TALK}
        words = [("CONTROL", "$own bold"), (f"    {stages[standing.stage]}", "$foreground")]
        if standing.paused:
            words.append(("    ‖ frozen: z goes on", "$adversary bold"))
        done, whole = self.room.entered()
        tail = ""
        if standing.stage != "over":
            word = "entered" if standing.decides else "answered"
            tail = f"{word} {done} of {whole}    " if whole else ""
            tail += room_words(self.control.timing.clock())
        pad = width - sum(cell_len(text) for text, _ in words) - cell_len(tail)
        words.append((" " * max(pad, 1) + tail, "$dim"))
        self.query_one("#control-head", Static).update(Content.assemble(*words))

    def _heads(self) -> None:
        """What stands above and below the columns."""
        self._head()
        self._tabs()
        standing = self.control.standing()
        stage = standing.stage
        width = max(self.size.width - 2, 20)
        key = "w" if stage == "over" else "n"
        talk = not standing.decides and stage in TALK
        told = NEXT_TALK if talk else NEXT[stage]
        told = BEGIN if self.control.timing.clock().waits else told
        line = [("Next   ", "$dim"), (key, "$bright"), (f"  {told}", "$foreground")]
        stop = "" if stage == "over" else "F9 stop"
        pad = width - sum(cell_len(text) for text, _ in line) - len(stop)
        line.append((" " * max(pad, 1) + stop, "$dim"))
        self.query_one("#control-next", Static).update(Content.assemble(*line))

    def _tabs(self) -> None:
        self.show_tabs({**TITLES, "beside": f"Truth and {plain(self.room.title(self.beside))}"})

    def say(self, text: str) -> None:
        """A plain line above what comes next; an empty one takes it away."""
        line = self.query_one("#control-said", Static)
        line.update(plain(text))
        line.set_class(bool(text), "said")

    # going about

    def _come(self, step: int) -> None:
        self.turn_to(PANES[(PANES.index(self.pane) + step) % len(PANES)])
        self._tabs()

    def turned(self) -> None:
        """Another pane may be the current one: the line of tabs says which."""
        self._tabs()

    def action_next_pane(self) -> None:
        """To the next column."""
        self._come(1)

    def action_last_pane(self) -> None:
        """To the column before."""
        self._come(-1)

    # the turn

    def action_next(self) -> None:
        """One step on, after a question where something is still open."""
        standing = self.control.standing()
        if standing.paused:
            self.say("Everything is frozen; z goes on.")
            return
        if self.control.timing.clock().waits:
            self._do(self._begin)
            return
        match standing.stage:
            case "council" | "orders" if not standing.decides:
                self._sure_of_talk()
            case "council":
                self._sure_of_council()
            case "orders":
                self._sure_of_slips(standing)
            case "review":
                self._sure_of_release()
            case _:
                self.action_wash()

    def _begin(self) -> None:
        """Let the first clock run, which has waited for it."""
        self.control.timing.start()
        self.say("The exercise has begun: the clock runs.")

    def _sure_of_council(self) -> None:
        live = [t.title for t in self.control.view().texts if t.state in ("put", "under silence")]
        if live:
            words = f"Put and not yet declared: {listed(live)}. They stay before the council."
            self._ask("Close the council?", words, self.control.close_council)
        else:
            self._do(self.control.close_council)

    def _sure_of_talk(self) -> None:
        """End a turn of words alone; where nothing came of it in numbers, release it at once."""
        owing = owing_words(self.room)
        if owing:
            self._ask("End the turn?", f"Still open: {owing}.", self._end_talk)
        else:
            self._do(self._end_talk)

    def _end_talk(self) -> None:
        self._resolve()
        if not self.control.results().changed:
            self._publish()

    def _sure_of_slips(self, standing: Standing) -> None:
        seats = self.room.deciding()
        waiting = [self.room.title(name) for name in seats if not standing.sealed.get(name)]
        if waiting:
            words = (
                f"Not sealed: {listed(waiting)}. Their bots will decide, and the record says so."
            )
            self._ask("Resolve now?", words, self._resolve)
        else:
            self._do(self._resolve)

    def _resolve(self) -> None:
        self.room.accepted.clear()
        self.control.resolve()

    def _sure_of_release(self) -> None:
        count = len(self.room.accepted)
        words = "Everybody will see what they may know of it. It cannot be ruled on afterwards."
        told = f"{words}\n{count} accepted one by one; the others are released with them."
        self._ask("Release the results?", told, self._publish)

    def _publish(self) -> None:
        turn = self.control.standing().turn
        self.control.publish()
        self.room.kept.clear()
        self.room.accepted.clear()
        if self.room.over:
            self._over()
        else:
            self.say(f"Turn {turn} is released; the next turn is open.")

    def _over(self) -> None:
        """Write the hot wash at once."""
        written = self.room.wash()
        self.say(f"The exercise is over. Hot wash: {written[0]}")

    def _ask(self, title: str, text: str, then: Callable[[], None]) -> None:
        self.studio.push_screen(SureSheet(title, text, lambda: self._do(then)))

    def _do(self, act: Callable[[], None]) -> None:
        self.say("")
        self.tried(act)
        self.version = -1
        self.renew()
        self.query_one("#now", Lines).action_first()

    def action_freeze(self) -> None:
        """Freeze, or go on."""
        if self.room.over:
            return
        paused = not self.control.standing().paused
        self.control.pause(paused)
        self.say("Everything is frozen; z goes on." if paused else "It goes on.")
        self.version = -1
        self.renew()

    def action_finish(self) -> None:
        """End it, after a question."""
        words = "What is open in this turn is not released. The hot wash is written."
        if not self.room.over:
            self.studio.push_screen(
                FirmSheet("End the exercise now?", words, lambda: self._do(self._finish))
            )

    def _finish(self) -> None:
        self.control.end("ended by control")
        self._over()

    # results and injects

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Enter: ask why, open an inject, or go to a seat's slip."""
        line = event.line
        if event.lines.id == "msel":
            row: Row = line.data
            words = plain(inject_text(self.room, row), lines=True)
            title = f"{SIGNS[row.state]} {plain(row.told.title)}"
            self.studio.push_screen(NoticeSheet(title, words))
        elif isinstance(line.data, tuple) and line.data[0] == "seat":
            self.enter(line.data[1])
        elif isinstance(line.data, tuple) and line.data[0] == "result":
            self._why_result(line.data[1].cell)
        elif isinstance(line.data, tuple) and line.data[0] == "ruling":
            self._why_result(line.data[1])
        elif isinstance(line.data, tuple) and line.data[0] in OPENS:
            getattr(self, f"action_{line.data[0]}")()
        elif line.ask:
            beside = event.lines.id == "beside"
            desk = self._judged(self.control.standing().stage) if beside else self.control
            self.ask(desk, line.ask, line.turn)
        elif line.note:
            self.say(line.note)

    def _why_result(self, cell: str) -> None:
        from exercise.tui.screens.why import WhySheet

        desk = self.control.reviewed()
        self.studio.push_screen(WhySheet(desk, cell, None, numbers=True))

    def _result(self) -> Sentence | None:
        """The result under the cursor."""
        line = self.query_one("#now", Lines).line
        if self.control.standing().stage != "review":
            self.say("Results are ruled on after the turn is resolved.")
            return None
        if line is None or not isinstance(line.data, tuple) or line.data[0] != "result":
            self.say("Choose one of the results first.")
            return None
        sentence: Sentence = line.data[1]
        return sentence

    def _inject(self) -> Row | None:
        line = self.query_one("#msel", Lines).line
        at_injects = self.focused is not None and self.focused.id == "msel"
        return line.data if at_injects and line is not None else None

    def action_accept(self) -> None:
        """Accept the result, and go on to the next."""
        sentence = self._result()
        if sentence is not None:
            self.say("")
            self.room.accepted ^= {sentence.cell}
            self.version = -1
            self.renew()
            self.query_one("#now", Lines).action_cursor_down()

    def action_amend(self) -> None:
        """Another value, with a reason."""
        self._rule(hold=False)

    def action_hold(self) -> None:
        """An inject waits, or goes by its day again; a result does not come about."""
        inject = self._inject()
        if inject is None:
            self._rule(hold=True)
        elif inject.state == "held":
            self._cue(inject, "release", "goes by its day or condition again.")
        else:
            self._cue(inject, "hold", "is held: it comes when you fire it; h lets it go again.")

    def _rule(self, hold: bool) -> None:
        sentence = self._result()
        if sentence is not None:
            rule_on(self, sentence, hold)

    def action_fire(self) -> None:
        """Fire the chosen inject."""
        inject = self._inject()
        if inject is None:
            self.say("Choose one of the injects first: ←")
        else:
            self._cue(inject, "fire", f"has come, to {reaches(self.room, inject)}.")

    def _cue(self, inject: Row, act: Act, done: str) -> None:
        """Do it, and say what has been done: a word from an earlier key must not stand for it."""
        if inject.state in COME:
            self.say("It has come already; it cannot be held or fired again.")
            return
        refused = self.tried(lambda: self.control.msel.act(inject.id, act))
        self.say(f"× {refused}" if refused is not None else f"“{inject.told.title}” {done}")
        self.version = -1
        self.renew()

    def action_msel(self) -> None:
        """The list of injects, at the chosen one, or at the next to come."""
        inject = self._inject()
        if inject is None or inject.state in COME:
            rows = self.control.msel.rows()
            inject = next((row for row in rows if row.state not in COME), inject)
        self.studio.push_screen(MselScreen(self.room, inject.id if inject is not None else ""))

    # other screens

    def action_beside(self) -> None:
        """Another seat beside the truth."""
        seats = list(self.control.standing().titles)
        self.beside = seats[(seats.index(self.beside) + 1) % len(seats)]
        self.version = -1
        self.renew()

    def action_back(self) -> None:
        """Leave the room; where others are in it, they are named, and Enter is no answer."""
        if self.room.over:
            self.studio.leave(self.room)
            return
        sheet = FirmSheet if self.room.waiting_outside() else SureSheet
        told = leaving_words(self.room)
        self.studio.push_screen(
            sheet("Leave the room?", told, lambda: self.studio.leave(self.room))
        )

    def commands(self) -> Iterator[Command]:
        """Every seat beside the truth, by name."""
        for name, title in self.control.standing().titles.items():

            def see(seat: str = name) -> None:
                self.beside = seat
                self.version = -1
                self.renew()

            yield f"See beside the truth what {plain(title)} sees", "The right column.", see
