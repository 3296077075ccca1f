"""What is said beside orders, as lines: at a seat's desk, and what control still has to settle."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from exercise.room.questions import METHOD, Asked
from exercise.tui.screens.fill import FillSheet, Part
from exercise.tui.screens.moves import move_lines
from exercise.tui.widgets.lines import Line
from exercise.tui.words import counted, listed, shortened

if TYPE_CHECKING:
    from exercise.desk import LocalDesk
    from exercise.tui.room import Room
    from exercise.view import View

SHORT = 60
MOST = 4


# a seat's desk


def come_lines(view: View, desk: LocalDesk) -> list[Line]:
    """What has come in, the newest first, with its words; questions have a column of their own."""
    unread, titles = desk.talk.unread(), desk.standing().titles
    return [
        Line(
            message.title or message.text,
            sign="●" if message.name in unread else " ", sign_style="$own",
            note=f"{titles.get(message.sender, message.sender)} · turn {message.turn}",
            data=message,
        )
        for message in view.inbox if message.method != METHOD
    ]  # fmt: skip


def question_lines(desk: LocalDesk, own: bool = True) -> list[Line]:
    """The questions put to a seat, those it owes an answer to first; `own` where it reads them."""
    asked = desk.questions.asked()
    owed = {one.name for one in desk.questions.open()}
    lines = [Line(one.text, sign="?", sign_style="$own", data=one) for one in asked
             if one.name in owed]  # fmt: skip
    for one in reversed(asked):
        if one.name not in owed:
            answer = next((a.text for a in one.answers if a.seat == desk.seat), "")
            lines.append(Line(one.text, sign="✓", sign_style="$dim", style="$dim",
                              note=f"you: {answer}" if own else answer, data=one))  # fmt: skip
    return lines


def answer_sheet(desk: LocalDesk, asked: Asked) -> FillSheet:
    """The sheet on which a question is answered; an answer given before stands there."""
    given = next((a.text for a in asked.answers if a.seat == desk.seat), "")
    parts = [Part("text", "Your answer; control alone reads it", given)]
    return FillSheet(
        asked.text, parts, lambda filled: desk.questions.answer(asked.name, filled["text"]),
        about=f"put in turn {asked.turn}", done="Answered.",
    )  # fmt: skip


def other_lines(desk: LocalDesk, whole: bool) -> list[Line]:
    """The ways to take part beside the listed decisions; `whole` where there are no others."""
    titles = desk.standing().titles
    moves = desk.moves.moves()
    waiting = [m for m in moves if m.is_open and m.seat != desk.seat]
    note = f"{counted(len(waiting), 'move')} to argue about" if waiting else ""
    lines = [Line("something else", sign="…", right="f", style="$dim", note=note, data="moves")]
    if whole:
        lines = [
            Line("Do something", sign="1", sign_style="$own", right="f", data="make",
                 note="Say what you do, to what end, why it should work; control rolls a die"),
            Line("Answer what was put to you", sign="2", sign_style="$own", right="q",
                 note=f"{counted(len(desk.questions.open()), 'question')} open", data="answer"),
            Line("Write to another seat", sign="3", sign_style="$own", right="i", data="inbox"),
        ]  # fmt: skip
        lines += [Line("Moves you know of", heading=True)] if moves else []
        lines += [
            Line(line.text, line.sign, line.note, line.right, sign_style=line.sign_style,
                 data="moves", most=2)
            for line in move_lines(moves, titles, desk.seat)
        ]  # fmt: skip
    elif desk.questions.open():
        open_ones = counted(len(desk.questions.open()), "question")
        lines.append(Line(f"{open_ones} put to you", sign="?", right="q", style="$dim",
                          data="answer"))  # fmt: skip
    return lines


def part_text(desk: LocalDesk) -> str:
    """What a seat has done in a turn without orders: answers and moves."""
    asked, owed = desk.questions.asked(), desk.questions.open()
    now = desk.standing().turn
    made = [m for m in desk.moves.moves() if m.seat == desk.seat and m.turn == now]
    answered = f"{len(asked) - len(owed)} of {counted(len(asked), 'question')} answered"
    return f"{answered}, {counted(len(made), 'move')} made this turn"


# control


def owed_lines(room: Room) -> Iterator[Line]:
    """What control still has to settle beside orders: moves, answers, missing evidence."""
    control = room.control
    cases = control.moves.waiting()
    if cases:
        yield Line(f"Free-form moves without their die: {len(cases)}", heading=True)
    for case in cases[:MOST]:
        state = (
            f"weighed, {case.weight.odds} in 100" if case.weight is not None else "to be weighed"
        )
        who = room.title(case.move.seat)
        yield Line(f"{who}: {case.move.what}", sign="?", sign_style="$own", right=state, most=2,
                   data=("judge", case.move.name))  # fmt: skip
    if len(cases) > MOST:
        yield Line(f"and {len(cases) - MOST} more", sign="…", style="$dim", data=("judge", ""))
    gaps = control.notes.gaps() if room.evaluated else ()
    if gaps:
        yield Line("Without evidence yet", heading=True)
    for gap in gaps[:MOST]:
        yield Line(gap.title, sign="!", sign_style="$adversary", note=gap.says, most=2,
                   data=("notes", gap.objective))  # fmt: skip


def talk_lines(room: Room) -> Iterator[Line]:
    """What happens now in an exercise without orders: the questions and who owes an answer."""
    done, whole = room.entered()
    yield Line(f"Around the table: {done} of {whole} answers", heading=True)
    now = room.control.standing().turn
    for asked in room.control.questions.asked():
        given = {answer.seat for answer in asked.answers}
        owing = [room.title(seat) for seat in asked.to if seat not in given]
        if asked.turn == now or owing:
            few = listed(owing) if given or len(owing) == 1 else f"all {len(owing)} seats"
            note = f"no answer yet: {few}" if owing else "all have answered"
            yield Line(asked.text, sign="?" if owing else "✓",
                       sign_style="$own" if owing else "$dim", note=note, most=2,
                       style="" if owing else "$dim", data=("table", asked.name))  # fmt: skip


def had_lines(room: Room, seat: str) -> Iterator[Line]:
    """What a seat has been told, has answered and has done, for control to see beside."""
    desk = room.any_desk(seat)
    yield Line("It has answered", heading=True)
    answered = [line for line in question_lines(desk, own=False) if line.sign == "✓"]
    yield from answered or [Line("Nothing yet.", style="$dim")]
    moves = desk.moves.moves()
    yield Line("Moves it knows of", heading=True)
    found = list(move_lines(moves, desk.standing().titles, seat))
    yield from found or [Line("None.", style="$dim")]
    yield Line("It has read", heading=True)
    yield from come_lines(desk.view(), desk)


def owing_words(room: Room) -> str:
    """What would be left open if the turn ended now; empty where nothing would."""
    cases = room.control.moves.waiting()
    done, whole = room.entered()
    parts = []
    if cases:
        what = listed([f"“{shortened(case.move.what, SHORT)}”" for case in cases[:3]])
        parts.append(f"{counted(len(cases), 'move')} not rolled: {what}")
    if whole > done and not room.decides:
        parts.append(f"{counted(whole - done, 'answer')} not written down")
    return "; ".join(parts)
