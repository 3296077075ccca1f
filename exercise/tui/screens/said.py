"""Statements as lines that can be asked about: changes, gauges, texts, messages, suggestions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from exercise.room.questions import METHOD
from exercise.spoken import STATES
from exercise.tui.screens.floor import until_words
from exercise.tui.widgets.lines import Line
from exercise.tui.words import TRENDS, counted, listed, plain, signed

if TYPE_CHECKING:
    from exercise.desk import LocalDesk, Proposal
    from exercise.record import Message
    from exercise.room.chairing import Floor
    from exercise.view import ClauseView, Sentence, TextView, View


def change_lines(changed: Iterable[Sentence], numbers: bool, turn: int | None = None) -> list[Line]:
    """Changes: an arrow, the sentence, what it is now; the amount for those who may see it."""
    found = []
    for sentence in changed:
        said = sentence.band.lower() in sentence.text.lower()
        now = "" if said else now_words(sentence)
        right = signed(sentence.change or 0.0) if numbers and counts(sentence) else ""
        found.append(
            Line(
                sentence.text,
                sign=TRENDS[sentence.trend],
                note=now,
                right=right,
                ask=sentence.cell,
                turn=turn,
            )
        )
    return found


def now_words(sentence: Sentence) -> str:
    """The word for what it is now, and whether that is another word than before."""
    return f"{'still' if sentence.still else 'now'} {sentence.band}" if sentence.band else ""


def counts(sentence: Sentence) -> bool:
    """Whether there is an amount to tell: not for a mere yes or no, which the words have said."""
    whole = sentence.change in (1.0, -1.0) and sentence.value in (0.0, 1.0)
    return bool(sentence.change) and not (whole and not sentence.band)


def head_of(message: Message) -> str:
    """What a letter is listed under: its title, and a question by itself, which all share one."""
    if message.method != METHOD:
        return message.title or message.text
    first, *more = message.text.strip().split("\n")
    return f"{first.rstrip()} …" if more else first


def gauge_lines(view: View, turn: int | None = None) -> list[Line]:
    """Where things stand: what it is, and the word for its value."""
    return [
        Line(
            gauge.text.rstrip("."),
            sign=TRENDS[gauge.trend],
            sign_style="$bright" if gauge.trend else "$faint",
            style="$foreground",
            right=gauge.band,
            right_style="$bright",
            ask=gauge.cell,
            turn=turn,
        )
        for gauge in view.gauges
    ]


def first_text(view: View) -> TextView | None:
    """The text that matters now: one put or under silence, else on the table, else the latest."""
    rank = ("put", "under silence", "on the table", "coalition", "adopted", "failed", "not tabled")
    return min(view.texts, key=lambda text: rank.index(text.state), default=None)


def ready_text(view: View, floor: Floor) -> tuple[str, list[Line]]:
    """The heading and the lines of the text before the council, for a column of the desk."""
    text = first_text(view)
    if text is None:
        return "Before the council", [Line("Nothing is before the council.", style="$dim")]
    if text.state == "not tabled":
        return "Before the council", [
            Line("Nothing is on the table yet", style="$foreground", data="council"),
            Line("the texts in hand", right="c", style="$dim", data="council"),
        ]
    lines = text_lines(text)
    lines[0] = replace(lines[0], note=f"{lines[0].note}{until_words(floor, text.name)}")
    others = [t for t in view.texts if t.state in ("put", "under silence", "on the table")]
    others = [t for t in others if t.name != text.name]
    for other in others[:3]:
        lines.append(
            Line(f"“{other.title}”", sign="+", note=STATES[other.state], style="$dim",
                 sign_style="$dim", ask=other.strength.cell)
        )  # fmt: skip
    return f"Before the {plain(text.forum_title)}", lines


def text_lines(text: TextView, turn: int | None = None, strength: bool = True) -> list[Line]:
    """A text: its title and state, each clause with its brackets, how strong it stands."""
    chair = f"chair {text.chair} · " if text.chair else ""
    lines = [
        Line(f"“{text.title}”", note=f"{chair}{STATES[text.state]}", style="$bright bold",
             ask=text.strength.cell, turn=turn, data=("text", text.name))
    ]  # fmt: skip
    lines += [clause_line(n, clause, turn) for n, clause in enumerate(text.clauses, start=1)]
    if strength and text.strength.band:
        held = sum(clause.state == "bracketed" for clause in text.clauses)
        words = f"{held} bracketed; the text is {text.strength.band}" if held else (
            f"no brackets; the text is {text.strength.band}"
        )  # fmt: skip
        lines.append(
            Line(words, sign="=", sign_style="$dim", style="$dim", ask=text.strength.cell,
                 turn=turn, data=("text", text.name))
        )  # fmt: skip
    return lines


def clause_line(number: int, clause: ClauseView, turn: int | None = None) -> Line:
    """A clause with its number; brackets, softer words and gaps are seen without colour."""
    note, text, style = "", clause.text, "$foreground"
    if clause.state == "bracketed":
        text, note = f"[{clause.text}]", f"└ bracketed by {listed(clause.held_by)}"
    elif clause.state == "softened":
        note = "softened"
    elif clause.state == "dropped":
        text, note, style = f"({clause.text})", "dropped", "$dim strike"
    return Line(
        text, sign=f"{number}", note=note, style=style, sign_style="$dim", ask=clause.cell,
        turn=turn, data=("clause", clause.name),
    )  # fmt: skip


def suggestion_lines(proposals: Sequence[Proposal]) -> list[Line]:
    """Suggested actions with their consequences, then the way to all decisions."""
    lines = [
        Line(
            plain(proposal.says),
            sign=f"{number}",
            note=f"{proposal.cost} · {proposal.consequence}",
            data=number - 1,
            sign_style="$own",
        )
        for number, proposal in enumerate(proposals, start=1)
    ]
    return [*lines, Line("all decisions", sign="…", right="d", style="$dim", data="decisions")]


def owed_requests(desk: LocalDesk) -> list[Line]:
    """The requests for information that wait for a step of this seat, as one line above letters."""
    waiting = desk.requests.waiting()
    if not waiting:
        return []
    about = listed([plain(one.title or one.text) for one in waiting])
    count = counted(len(waiting), "request waits for you", "requests wait for you")
    return [
        Line(count, sign="?", sign_style="$own", right="r", note=about, data="requests", most=1)
    ]


def inbox_lines(
    view: View, unread: Collection[str], titles: Mapping[str, str], most: int = 0
) -> list[Line]:
    """What has come in: sender and title; ● marks what has not been read."""
    return [
        Line(
            message.title or message.text,
            sign="●" if message.name in unread else " ",
            wide=1,
            sign_style="$own",
            note=f"{titles.get(message.sender, message.sender)} · turn {message.turn}",
            data=message,
            most=most,
        )
        for message in view.inbox
    ]
