"""Free-form moves at a seat's desk: those it may know of, a new one, arguments, withdrawal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from textual.widget import Widget
from textual.widgets import Static

from exercise.orders import Refusal
from exercise.room.moves import Case, Move
from exercise.room.moving import fate_words, roll_words
from exercise.tui.actions import bindings_of
from exercise.tui.screens.base import Page
from exercise.tui.screens.fill import FillSheet, Part
from exercise.tui.screens.help import NoticeSheet
from exercise.tui.widgets.lines import Line, Lines
from exercise.tui.words import plain

if TYPE_CHECKING:
    from exercise.desk import LocalDesk

FATES = {"open": "?", "under way": "…", "came off": "✓", "failed": "×", "withdrawn": "–",
         "refused": "–"}  # fmt: skip
CIRCLES = {
    "open": "everybody",
    "allies": "your own side, and control",
    "control": "control alone",
}
SIDES = (("for", "for: it should work"), ("against", "against: it should not"))
ODDS = "0 to 100, or words: unlikely, realistic possibility, likely, highly likely …"
"""The whole ladder is named where a word is not on it."""


class MovesScreen(Page):
    """The moves a seat may know of; and, for a second umpire, those it is asked about."""

    KEY = "moves"
    BINDINGS = bindings_of(KEY)

    def __init__(self, desk: LocalDesk) -> None:
        super().__init__()
        self.desk = desk

    def body(self) -> Iterator[Widget]:
        """The list."""
        yield Static("Free-form moves", classes="title air", markup=False)
        yield Static("What is said is argued for and against; control settles the odds and rolls.",
                     classes="quiet", markup=False)  # fmt: skip
        yield Lines(id="moves", classes="air", loose=True,
                    empty="No move has been made that you know of. f makes one.")  # fmt: skip

    def on_mount(self) -> None:
        """Show them."""
        self.renew()
        self.query_one(Lines).focus()

    def on_screen_resume(self) -> None:
        """Something may have been said."""
        if self.is_mounted:
            self.renew()

    def renew(self) -> None:
        """Show the moves as they are now."""
        standing = self.desk.standing()
        self.mark(self.desk.view(), standing)
        moves = self.desk.moves
        lines = list(move_lines(moves.moves(), standing.titles, self.desk.seat))
        asked = moves.asked()
        if asked:
            lines.insert(0, Line("Control asks you for the odds", heading=True))
            lines[1:1] = [_asked(case, standing.titles) for case in asked]
            lines.insert(1 + len(asked), Line("All moves", heading=True))
        self.query_one(Lines).show(lines)

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Read the whole of it; an umpire gives its odds."""
        if isinstance(event.line.data, Case):
            self._advise(event.line.data)
        elif isinstance(event.line.data, Move):
            move = event.line.data
            words = move_text(move, self.desk.standing().titles)
            self.studio.push_screen(NoticeSheet(move.what, words))

    def _move(self) -> Move | None:
        line = self.query_one(Lines).line
        if line is None or not isinstance(line.data, Move):
            self.studio.tell("Choose one of the moves first.", quiet=True)
            return None
        return line.data

    def action_make(self) -> None:
        """Say what you do."""
        self.studio.push_screen(make_sheet(self.desk))

    def action_argue_for(self) -> None:
        """Argue for it."""
        self._argue("for")

    def action_argue_against(self) -> None:
        """Argue against it."""
        self._argue("against")

    def _argue(self, side: str) -> None:
        move = self._move()
        if move is not None:
            self.studio.push_screen(argue_sheet(self.desk, move, side))

    def action_withdraw(self) -> None:
        """Take one's own move back."""
        move = self._move()
        if move is not None:
            take = _reason(lambda why: self.desk.moves.withdraw(move.name, why))
            parts = [Part("why", "Why do you take it back?")]
            sheet = FillSheet("Take the move back", parts, take, about=move.what, done="Withdrawn.")
            self.studio.push_screen(sheet)

    def action_take_back(self) -> None:
        """Delete the words that were typed of it here."""
        move = self._move()
        if move is not None:
            self.studio.push_screen(erase_sheet(self.desk, move))

    def _advise(self, case: Case) -> None:
        def take(filled: Mapping[str, str]) -> Refusal | None:
            return self.desk.moves.advise(case.move.name, filled["odds"], filled["why"])

        parts = [Part("odds", "How likely is it to come off?", hint=ODDS), Part("why", "Why?")]
        about = move_text(case.move, self.desk.standing().titles)
        self.studio.push_screen(FillSheet(case.move.what, parts, take, about=about, done="Given."))


def make_sheet(desk: LocalDesk, said: str = "") -> FillSheet:
    """The sheet on which a seat says what it does."""

    def take(filled: Mapping[str, str]) -> Refusal | None:
        given = desk.moves.make(filled["what"], filled["aim"], filled["why"], filled["known"])
        return given if isinstance(given, Refusal) else None

    circles = [(known, CIRCLES[known]) for known in desk.moves.circles()]
    parts = [
        Part("what", "What do you do?", said, "one sentence: who does what, where, with what"),
        Part("aim", "To what end?", hint="what shall be otherwise afterwards"),
        Part("why", "Why should it work?", hint="one, two or three reasons"),
        Part("known", "Who knows of it?", choices=circles),
    ]
    return FillSheet("Do something else", parts, take, done="Made; control settles the odds.")


def argue_sheet(desk: LocalDesk, move: Move, side: str) -> FillSheet:
    """The sheet on which a seat argues about a move."""

    def take(filled: Mapping[str, str]) -> Refusal | None:
        return desk.moves.argue(move.name, filled["side"], filled["text"])

    parts = [Part("text", "Your argument"), Part("side", "It is", side, choices=SIDES)]
    about = move_text(move, desk.standing().titles)
    return FillSheet(move.what, parts, take, about=about, done="Said.")


def erase_sheet(desk: LocalDesk, move: Move) -> FillSheet:
    """The sheet on which words typed of a move are deleted for good."""
    take = _reason(lambda why: desk.moves.take_back(move.name, why))
    about = ("All that this desk may delete of it goes, in letters too. A mark stays with why; "
             "what came of the move stays.")  # fmt: skip
    parts = [Part("why", "Why are the words deleted?")]
    return FillSheet("Delete the words", parts, take, about=about, done="Deleted.")


def _reason(give: Callable[[str], Refusal | None]) -> Callable[[Mapping[str, str]], Refusal | None]:
    return lambda filled: give(filled["why"])


def move_lines(moves: Iterable[Move], titles: Mapping[str, str], seat: str) -> Iterator[Line]:
    """Moves as lines: who, what, and what has become of it; the newest first."""
    for move in sorted(moves, key=lambda m: -m.turn):
        who = "You" if move.seat == seat else titles.get(move.seat, move.seat)
        note = " · ".join(part for part in (
            f"to what end: {move.aim}" if move.aim else "", _argued(move),
            move.rolls[-1].says if move.rolls else move.reason,
        ) if part)  # fmt: skip
        yield Line(
            f"{who}: {move.what}", sign=FATES[move.fate],
            sign_style="$own" if move.is_open else "$dim", note=note,
            right=fate_words(move), data=move,
        )  # fmt: skip


def _argued(move: Move) -> str:
    sides = [argument.side for argument in move.arguments]
    return f"{sides.count('for')} for, {sides.count('against')} against" if sides else ""


def _asked(case: Case, titles: Mapping[str, str]) -> Line:
    who = titles.get(case.move.seat, case.move.seat)
    given = ", ".join(f"{opinion.odds} given" for opinion in case.opinions)
    return Line(f"{who}: {case.move.what}", sign="?", right=given or "odds wanted", data=case)


def move_text(move: Move, titles: Mapping[str, str]) -> str:
    """The whole of a move, to be read."""
    who = titles.get(move.seat, move.seat)
    lines = [f"{who} · turn {move.turn} · known to {CIRCLES[move.known].replace('your', 'its')}"]
    lines += [f"To what end: {move.aim}"] if move.aim else []
    lines += [f"Why it should work: {move.why}"] if move.why else []
    lines += _arguments(move, titles)
    for roll in move.rolls:
        lines.append(f"Turn {roll.turn}: {roll.says.rstrip('.')}. {roll_words(roll)}")
    lines.append(fate_words(move)[:1].upper() + fate_words(move)[1:]
                 + (f": {move.reason}" if move.reason else ""))  # fmt: skip
    return "\n".join(plain(line) for line in lines)


def _arguments(move: Move, titles: Mapping[str, str]) -> Sequence[str]:
    signs = {"for": "+", "against": "−"}
    return [f"{signs[a.side]} {titles.get(a.seat, a.seat)}: {a.text}" for a in move.arguments]
