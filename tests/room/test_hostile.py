"""Hostile text in every field that a person can fill: refused in words, or kept as plain text.

Whatever was typed, the journal holds and can be taken up again, and no report says anything but
text: no markup, no control character, no turned direction.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from exercise.desk import ControlDesk, LocalDesk
from exercise.errors import ExerciseError
from exercise.orders import Refusal
from exercise.paper import to_html, to_markdown
from exercise.review.hotwash import hotwash
from exercise.room.msel import Text
from exercise.save.journal import MemoryJournal, check_journal
from exercise.saved import create, read, resume
from exercise.session import Session
from exercise.sight import WHITE_CELL
from tests.host.secrets import SEATS
from tests.scenarios import loaded_text
from tests.tui.stage import SMALL

HOSTILE: Mapping[str, str] = {
    "markup": "[/x] [@click=app.quit]press[/] [bold red]<script>alert(1)</script>**b** `c` | {0}",
    "link": "<img src=x onerror=alert(1)> [x](javascript:alert(1)) http://evil.example/ &amp;",
    "controls": "a\x00b\x1b[2J\x1b]52;c;aGk=\x07\x08\x7f\x9b31mc\r\n\td",
    "right to left":
    "\u202eevil\u202c \u2066x \u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd",
    "emoji":
    "\U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f3f4\U000e0067\U000e007f e" + "\u0301" * 60,
    "a long word": "W" * 3_000,
    "a megabyte": "m " * 500_000,
    "half a pair": "x\ud800y",
    "the other half": "\udfff",
    "not a character": "\uffff\ufdd0\ue000",
}  # fmt: skip


def _first(desk: Any) -> str:
    return str(next(iter(desk.moves.moves())).name)


def own_inject(control: ControlDesk) -> str:
    """An inject of control's own that can be edited."""
    found = control.msel.write(Text("To come", when="D+1"))
    return found if isinstance(found, str) else ""


def edited(control: ControlDesk, text: str) -> Refusal | None:
    """An inject of control's own, with other words."""
    told = Text(text, text, ("all",), text, text, "D+2", text)
    return control.msel.edit(own_inject(control), told)


Fill = Callable[[LocalDesk, ControlDesk, str], object]
FIELDS: Mapping[str, Fill] = {
    "an order": lambda d, c, t: d.draft(t),
    "the reason of an order": lambda d, c, t: d.draft("set_caveat guards roe set", t),
    "a title": lambda d, c, t: d.talk.say(("control",), t, "words"),
    "a letter": lambda d, c, t: d.talk.say(("alder",), "title", t),
    "a statement": lambda d, c, t: d.talk.state(t, t),
    "a question to control": lambda d, c, t: d.talk.ask("", t),
    "the name of a room": lambda d, c, t: d.talk.open_room(t, ("alder",)),
    "words in a room": lambda d, c, t: d.talk.say_in("room:1", t, t),
    "why words are taken back": lambda d, c, t: d.talk.withdraw("#1.1", t),
    "whom control speaks as": lambda d, c, t: c.talk.speak(t, ("all",), "title", "words"),
    "an outlet": lambda d, c, t: c.talk.press(t, "title", "words"),
    "an item of the press": lambda d, c, t: c.talk.press("The Post", t, t),
    "an answer of control": lambda d, c, t: c.talk.answer("#1.1", t),
    "a request": lambda d, c, t: d.requests.ask(("control",), t, t),
    "the answer to a request": lambda d, c, t: (c.requests.claim("R1"), c.requests.draft("R1", t)),
    "why a draft is sent back": lambda d, c, t: c.requests.send_back("R1", t),
    "a move": lambda d, c, t: d.moves.make(t, t, t),
    "an argument": lambda d, c, t: c.moves.argue(_first(d), "for", t),
    "odds": lambda d, c, t: c.moves.weigh(_first(d), t, "s", "f"),
    "what follows": lambda d, c, t: c.moves.weigh(_first(d), "50", t, t),
    "an effect": lambda d, c, t: c.moves.weigh(_first(d), "50", "s", "f", (t,), (t,)),
    "why a move is withdrawn": lambda d, c, t: d.moves.withdraw(_first(d), t),
    "why a move is refused": lambda d, c, t: c.moves.refuse(_first(d), t),
    "an observation": lambda d, c, t: c.notes.record("quiet", t, t, "S", remark=t),
    "a rating": lambda d, c, t: c.notes.record("quiet", "seen", rating=t),
    "an answer": lambda d, c, t: d.questions.answer("question-1", t),
    "an inject": lambda d, c, t: c.msel.write(Text(t, t, sender=t, expected=t, background=t)),
    "an inject's controller": lambda d, c, t: c.msel.write(Text("x", controller=t, objective=t)),
    "an inject's method": lambda d, c, t: c.msel.write(Text("y", method=t)),
    "an inject's day": lambda d, c, t: c.msel.write(Text("z", when=t)),
    "an inject, edited": lambda d, c, t: edited(c, t),
    "a condition": lambda d, c, t: c.msel.expect("notice", "D+1", "notice", t),
    "words at an inject": lambda d, c, t: d.msel.mark("notice", "answered", t),
    "a summing-up": lambda d, c, t: c.chamber.sum_up("words", t),
    "a position": lambda d, c, t: d.chamber.explain("words", t, t, t),
    "broken silence": lambda d, c, t: d.chamber.break_silence("words", t, t),
    "what was considered": lambda d, c, t: d.chamber.consider(d.drafted()[0][0].cell, t, t),
    "why control ruled": lambda d, c, t: c.rule("deterrence.tension[sound]", "add", 0.1, t),
    "a cell": lambda d, c, t: c.rule(t, "add", 0.1, "reason"),
    "why play went back": lambda d, c, t: c.roll_back(1, t),
    "why it was ended": lambda d, c, t: c.end(t),
}  # fmt: skip


def room() -> Session:
    """A room in which every field can be filled."""
    exercise = loaded_text(Path(SMALL).read_text() + SEATS, file="small.yaml")
    session = create(exercise, MemoryJournal(), seed=9, people=("alder", "birk"))
    session.clock = lambda: "2030-01-01T10:00:00Z"
    desk, control = LocalDesk(session, "birk"), ControlDesk(session)
    desk.talk.ask("A question", "of birk")
    desk.talk.open_room("A room", ("alder",))
    desk.moves.make("Send a ship")
    desk.requests.ask(("control",), "Boats", "How many?")
    control.close_council()
    desk.draft(desk.suggestions()[0].line)
    return session


def harmless(text: str) -> bool:
    """Whether a report says nothing that is not text; a family of emoji is."""
    family = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
    kinds = {unicodedata.category(c) for c in text.replace("\n", "").replace(family, "")}
    bare = re.search(r"<(script|img)", text, re.I)
    return not kinds & {"Cc", "Cf", "Cs", "Co", "Cn"} and bare is None


@pytest.mark.parametrize("kind", HOSTILE)
def test_every_field_takes_hostile_text_as_text_or_refuses_it_in_words(kind: str) -> None:
    text, session, faults = HOSTILE[kind], room(), []
    for field, fill in FIELDS.items():
        desk, control = LocalDesk(session, "birk"), ControlDesk(session)
        if field == "why control ruled":
            session.resolve()
        try:
            found = fill(desk, control, text)
        except (ExerciseError, StopIteration, IndexError) as error:
            found = Refusal(str(error) or "nothing left", "")
        except (ValueError, LookupError, TypeError, RecursionError) as error:
            faults.append(f"{field}: {type(error).__name__}: {error!s:.90}")
            continue
        refused = found[-1] if isinstance(found, tuple) else found
        if field == "a rating":  # its first letter counts
            continue
        if kind in ("half a pair", "a megabyte") and not isinstance(refused, Refusal):
            faults.append(f"{field} took it: {found!r:.60}")
        if field == "why control ruled":
            control.publish() if session.stage == "review" else None
    assert not faults, "\n".join(faults)
    journal = session.journal
    assert check_journal(journal) is None
    resume(journal)
    for viewer in (WHITE_CELL, session.seating.viewer("alder")):
        paper = hotwash(read(journal), viewer)
        assert harmless(to_markdown(paper)), kind
        assert "[x](" not in to_markdown(paper)
        page = to_html(paper).partition("</style>")[2]
        assert harmless(page), kind
