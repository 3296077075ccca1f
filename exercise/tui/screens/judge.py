"""Control judges free-form moves: enters and argues for seats, weighs, asks an umpire, rolls."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from textual.widget import Widget
from textual.widgets import Static

from exercise.grading import likelihood
from exercise.orders import Refusal
from exercise.room.moves import Case
from exercise.room.moving import Weighed, roll_words
from exercise.tui.actions import bindings_of
from exercise.tui.screens.fill import FillSheet, Part
from exercise.tui.screens.help import NoticeSheet
from exercise.tui.screens.hosted import RoomPage
from exercise.tui.screens.moves import ODDS, SIDES, erase_sheet, make_sheet, move_lines, move_text
from exercise.tui.screens.pick import PickSheet
from exercise.tui.widgets.lines import Line, Lines
from exercise.tui.words import listed, plain

if TYPE_CHECKING:
    from exercise.tui.room import Room

BY = (
    ("control", "your own odds"),
    ("mean", "the mean of yours and the second umpire's"),
    ("umpire", "the second umpire's"),
)


class JudgeScreen(RoomPage):
    """All moves with how they are weighed, and the keys to settle them."""

    KEY = "judge"
    BINDINGS = bindings_of(KEY)

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self.version = -1

    def body(self) -> Iterator[Widget]:
        """The list, and a word on the last thing done."""
        yield Static("Free-form moves", classes="title air", markup=False)
        yield Static(id="judge-said", classes="quiet", markup=False)
        yield Lines(id="cases", classes="air", loose=True,
                    empty="No move has been made. f enters one for a seat.")  # fmt: skip

    def on_mount(self) -> None:
        """Show them."""
        self.renew()
        self.query_one(Lines).focus()
        self.say("Weigh a move with e, then roll its die with r. Effects come with the turn.")

    def on_screen_resume(self) -> None:
        """Something may have been settled on a sheet."""
        if self.is_mounted:
            self.version = -1
            self.renew()

    def renew(self) -> None:
        """Show the cases as they are now, those that wait first."""
        standing = self.control.standing()
        if standing.version == self.version:
            return
        self.version = standing.version
        self.head()
        waiting = {case.move.name for case in self.control.moves.waiting()}
        cases = self.control.moves.cases()
        lines: list[Line] = []
        for title, wanted in (("Awaiting their die", True), ("Settled, or under way", False)):
            chosen = [c for c in cases if (c.move.name in waiting) == wanted]
            lines += [Line(title, heading=True)] if chosen else []
            lines += [self._line(case) for case in sorted(chosen, key=lambda c: -c.move.turn)]
        self.query_one(Lines).show(lines)

    def _line(self, case: Case) -> Line:
        line = next(iter(move_lines([case.move], self.control.standing().titles, "")))
        told = [line.note] if line.note else []
        if case.move.is_open and case.weight is not None:
            odds = case.weight.odds
            told.append(f"weighed {odds} in 100, {likelihood(odds / 100)}")
            told += [f"needs {case.weight.needs} successes"] if case.weight.needs > 1 else []
        for opinion in case.opinions:
            told.append(f"{self.room.title(opinion.seat)} gives {opinion.odds}")
        silent = [s for s in case.asked if s not in {o.seat for o in case.opinions}]
        told += [f"{listed([self.room.title(s) for s in silent])} asked"] if silent else []
        return Line(line.text, line.sign, " · ".join(told), line.right,
                    sign_style=line.sign_style, data=case)  # fmt: skip

    def say(self, text: str) -> None:
        """A plain line under the title."""
        self.query_one("#judge-said", Static).update(plain(text))

    def _case(self) -> Case | None:
        line = self.query_one(Lines).line
        if line is None or not isinstance(line.data, Case):
            self.say("Choose one of the moves first.")
            return None
        return line.data

    def _told(self, refused: object, done: str) -> None:
        self.say(f"× {refused}" if isinstance(refused, Refusal) else done)
        self.version = -1
        self.renew()

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Read the whole of it."""
        if isinstance(event.line.data, Case):
            case = event.line.data
            self.studio.push_screen(NoticeSheet(case.move.what, self._text(case)))

    def _text(self, case: Case) -> str:
        lines = [move_text(case.move, self.control.standing().titles)]
        for opinion in case.opinions:
            lines.append(f"{self.room.title(opinion.seat)} gives {opinion.odds}. {opinion.why}")
        if case.weight is not None:
            for word, follows in (
                ("Success", case.weight.success),
                ("Failure", case.weight.failure),
            ):
                told = "; ".join(part for part in (follows.says, *follows.effects) if part)
                lines.append(f"{word}: {told or 'no consequence'}")
        return "\n".join(plain(line, lines=True) for line in lines)

    # what control does

    def action_take_back(self) -> None:
        """Delete all that was typed of a move."""
        case = self._case()
        if case is not None:
            self.studio.push_screen(erase_sheet(self.control, case.move))

    def action_make(self) -> None:
        """Enter a move for a seat."""

        def take(seat: str) -> None:
            self.studio.push_screen(make_sheet(self.room.any_desk(seat)))

        self._for_seat("Who makes the move?", take)

    def _for_seat(self, title: str, take: Callable[[str], None]) -> None:
        titles = self.control.standing().titles
        lines = [Line(words, data=seat) for seat, words in titles.items()]
        self.studio.push_screen(PickSheet(title, lines, take))

    def action_argue(self) -> None:
        """Write down what a seat says for or against it."""
        case = self._case()
        if case is None:
            return
        seats = [(seat, words) for seat, words in self.control.standing().titles.items()]

        def take(filled: Mapping[str, str]) -> Refusal | None:
            desk = self.room.any_desk(filled["seat"])
            return desk.moves.argue(case.move.name, filled["side"], filled["text"])

        parts = [Part("text", "What is said"), Part("side", "It is", "for", choices=SIDES),
                 Part("seat", "Who says so", choices=seats)]  # fmt: skip
        self.studio.push_screen(FillSheet(case.move.what, parts, take, done="Written down."))

    def action_weigh(self) -> None:
        """Settle the odds and what follows."""
        case = self._case()
        if case is not None:
            self.studio.push_screen(self._weigh_sheet(case))

    def _weigh_sheet(self, case: Case) -> FillSheet:
        was = case.weight

        def take(filled: Mapping[str, str]) -> Refusal | None:
            needs = filled["needs"] or "1"
            if not needs.isdecimal() or len(needs) > 3:
                return Refusal(f"{needs[:20]} is no number of successes", "write 1, or up to 12")
            given = self.control.moves.weigh(
                case.move.name, filled["odds"], filled["success"], filled["failure"],
                _effects(filled["success-effects"]), _effects(filled["failure-effects"]),
                int(needs), filled.get("by", "control"),
            )  # fmt: skip
            if isinstance(given, Weighed):
                self.say(f"Weighed: {given.odds} in 100, {given.words}. r rolls the die.")
                return None
            return given

        ordered = self.control.standing().decides
        cells = "may be left out; cells: scenario.mood[x] +0.1; …" if ordered else "may be left out"
        parts = [
            Part("odds", "How likely is it to come off?", str(was.odds) if was else "", ODDS),
            Part("success", "If it does: what is told", was.success.says if was else ""),
            Part("success-effects", "and what it changes",
                 "; ".join(was.success.effects) if was else "", cells),
            Part("failure", "If it does not: what is told", was.failure.says if was else ""),
            Part("failure-effects", "and what that changes",
                 "; ".join(was.failure.effects) if was else "", cells),
            Part("needs", "Successes it needs, one die a turn", str(was.needs) if was else "1"),
        ]  # fmt: skip
        if case.opinions:
            parts.append(Part("by", "Whose odds count", was.by if was else "mean", choices=BY))
        return FillSheet(case.move.what, parts, take, about=_pros_and_cons(case))

    def action_consult(self) -> None:
        """Ask a second umpire for its odds."""
        case = self._case()
        if case is None:
            return
        umpires = self.control.moves.umpires()
        if not umpires:
            refused = self.control.moves.consult(case.move.name, "")
            self._told(refused, "")
            return

        def take(seat: str) -> None:
            refused = self.tried(lambda: self.control.moves.consult(case.move.name, seat))
            self._told(refused, f"{self.room.title(seat)} is asked.")

        lines = [Line(self.room.title(seat), data=seat) for seat in umpires]
        self.studio.push_screen(PickSheet("Whom do you ask for odds?", lines, take))

    def action_roll(self) -> None:
        """Roll its die."""
        case = self._case()
        if case is not None:
            found = self.tried(lambda: self.control.moves.roll(case.move.name))
            if found is not None:
                words = (
                    ""
                    if isinstance(found, Refusal)
                    else f"{found.says.rstrip('.')}. {roll_words(found)}"
                )
                self._told(found, words)

    def action_refuse(self) -> None:
        """Refuse it, or break it off, and say why."""
        case = self._case()
        if case is None:
            return

        def take(filled: Mapping[str, str]) -> Refusal | None:
            return self.control.moves.refuse(case.move.name, filled["why"])

        parts = [
            Part("why", "Why? The mover is told", hint="it is impossible, unlawful, too late …")
        ]
        title = "Break it off" if case.move.rolls else "Refuse the move"
        self.studio.push_screen(FillSheet(title, parts, take, about=case.move.what, done="Told."))


def _effects(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _pros_and_cons(case: Case) -> str:
    sides = {"for": "+", "against": "−"}
    lines = [f"To what end: {case.move.aim}"] if case.move.aim else []
    lines += [f"Why it should work: {case.move.why}"] if case.move.why else []
    lines += [f"{sides[a.side]} {a.text}" for a in case.move.arguments]
    lines += [f"second umpire: {o.odds}. {o.why}" for o in case.opinions]
    return "\n".join(lines)
