"""What the projector tells in words: the text before the council, headlines, who has sealed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from exercise.record import WITHDRAWN
from exercise.room.questions import METHOD
from exercise.room.threads import PRESS
from exercise.room.timing import wall
from exercise.tui.widgets.lines import Line
from exercise.tui.words import TRENDS, listed, plain, shortened

if TYPE_CHECKING:
    from exercise.desk.answers import Ending, Standing
    from exercise.record import Message
    from exercise.room.chairing import Floor, Silence
    from exercise.view import ClauseView, TextView, View

MOST = 3
"""Headlines at most."""
LONGEST = 160
ORDER = ("put", "under silence", "on the table", "adopted", "coalition", "failed")
"""Which text is shown first: the one that is being decided."""


# the text before the council


def chosen_text(view: View, floor: Floor, standing: Standing) -> TextView | None:
    """The text that the room looks at while the council sits; None where it may see none."""
    if standing.stage != "council":
        return None
    open_now = [text for text in (*floor.texts, *view.texts) if text.state in ORDER[:3]]
    return min(open_now, key=lambda text: ORDER.index(text.state), default=None)


def text_lines(text: TextView, floor: Floor, now: datetime) -> list[Line]:
    """A text with its clauses, brackets and positions."""
    chair = f", {plain(text.chair)} in the chair" if text.chair else ""
    where = f"{plain(text.forum_title)}{chair}: {_state(text, floor, now)}"
    return [
        Line(f"“{text.title}”", style="$bright bold"),
        Line(where, style="$dim"),
        *(_clause(number, clause) for number, clause in enumerate(text.clauses, start=1)),
        *(Line(stance, sign="·", style="$own") for stance in text.positions),
    ]


def _clause(number: int, clause: ClauseView) -> Line:
    if clause.state == "dropped":
        return Line("dropped", sign=str(number), style="$dim", sign_style="$dim")
    if clause.state == "bracketed":
        held = f"bracketed by {listed([plain(name) for name in clause.held_by])}"
        words = f"[ {plain(clause.text)} ]"
        return Line(words, sign=str(number), note=held, style="$own bold", sign_style="$own")
    note = "  (softened)" if clause.state == "softened" else ""
    return Line(f"{plain(clause.text)}{note}", sign=str(number), style="$bright", sign_style="$dim")


def _state(text: TextView, floor: Floor, now: datetime) -> str:
    silence = next((one for one in floor.silences if one.motion == text.name), None)
    if text.state != "under silence" or silence is None or not silence.until:
        return text.state
    return f"under silence until {wall(silence.until).astimezone():%H:%M}{_left(silence, now)}"


def _left(silence: Silence, now: datetime) -> str:
    since = wall(silence.held) if silence.held else now
    minutes = int((wall(silence.until) - since).total_seconds()) // 60
    return f", {minutes} min left" if minutes > 0 else ", it has ended"


# the questions on the table


def open_questions(view: View, standing: Standing) -> list[Message]:
    """This turn's questions that are put to everybody, the first first; only in a discussion."""
    if standing.decides or standing.stage not in ("council", "orders"):
        return []
    return [
        one for one in view.inbox
        if one.method == METHOD and one.turn == standing.turn and "all" in one.to
    ]  # fmt: skip


def question_lines(asked: list[Message]) -> list[Line]:
    """The questions, each in as few rows as it takes."""
    return [
        Line("For discussion", style="$own bold"),
        *(
            Line(plain(one.text), sign="?", style="$bright bold", sign_style="$own")
            for one in asked
        ),
    ]


# headlines


def headlines(view: View, standing: Standing, ending: Ending | None) -> list[Line]:
    """At most three: how it ended, the latest of press and statements, what changed most."""
    said = _said(view, standing)
    changed = [_news(one.text, TRENDS[one.trend]) for one in view.changed]
    fresh = 2 if changed else MOST
    told = [*said[:fresh], *changed, *said[fresh:]]
    if ending is not None:
        outcome = plain(ending.outcome)
        told.insert(0, Line(outcome.upper(), sign="■", note=ending.says, style="$bright bold",
                            sign_style="$own"))  # fmt: skip
    return told[:MOST]


def _news(words: str, sign: str) -> Line:
    told = shortened(plain(words), LONGEST)
    return Line(told, sign=sign, style="$bright bold", sign_style="$own", wide=1)


def _said(view: View, standing: Standing) -> list[Line]:
    """Public words of this turn and the one before, the latest first."""
    public = [one for one in view.inbox if one.method in PRESS and one.turn >= view.turn - 1]
    latest = [one for turn in (view.turn, view.turn - 1) for one in _of(public, turn)]
    kept = [one for one in latest if WITHDRAWN not in (one.title, one.text)]
    return [_news(_item(one, standing), "●") for one in kept]


def _of(letters: list[Message], turn: int) -> list[Message]:
    return [one for one in letters if one.turn == turn][::-1]


def _item(message: Message, standing: Standing) -> str:
    who = plain(standing.titles.get(message.sender, message.sender))
    return f"{who}: {plain(message.title) or plain(message.text)}"


# who has sealed


def sealed_words(standing: Standing, width: int = 200) -> Content:
    """Every seat with a dot, full where it has sealed; a dot and its name keep together."""
    if standing.stage == "over":
        return Content.assemble(("The exercise is over.", "$dim"))
    lead = "Sealed" if standing.decides else "Done"
    parts: list[tuple[str, str]] = [(lead, "$dim")]
    taken = len(lead)
    for seat, sealed in standing.sealed.items():
        name = plain(standing.titles.get(seat, seat))
        needs = cell_len(name) + 5
        fits = taken + needs <= width
        parts.append(("   " if fits else "\n", ""))
        taken = taken + needs if fits else needs - 3
        parts += [("● " if sealed else "○ ", "$own bold" if sealed else "$dim"),
                  (name, "$bright" if sealed else "$dim")]  # fmt: skip
    return Content.assemble(*parts)
