"""Requests for information, their next step on one key; and what waits for control."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from textual.widget import Widget
from textual.widgets import Static

from exercise.orders import Refusal
from exercise.tui.actions import bindings_of
from exercise.tui.screens.base import Page
from exercise.tui.screens.compose import Compose, letter_line, why_sheet
from exercise.tui.screens.panes import TwoPanes
from exercise.tui.widgets.lines import Line, Lines
from exercise.tui.words import listed, plain

if TYPE_CHECKING:
    from exercise.desk import ControlDesk
    from exercise.room.requests import Request, RequestsDesk, Step
    from exercise.room.threads import Letter

NEXT = {
    "claim": "take it up",
    "draft": "write the answer",
    "hand on": "hand it on for review",
    "pass": "pass the answer",
    "release": "release the answer",
    "reopen": "open it again",
}
STATES = {
    "open": "nobody has taken it up yet",
    "in hand": "in hand",
    "claimed": "taken up",
    "drafted": "an answer is drafted",
    "review": "in review",
    "reviewed": "passed, not yet released",
    "released": "answered",
    "withdrawn": "withdrawn",
}


class RequestsScreen(TwoPanes):
    """Requests at the left, the way of the chosen one at the right."""

    KEY = "requests"
    BINDINGS = bindings_of(KEY)
    TITLE_LEFT = "Requests for information"

    @property
    def requests(self) -> RequestsDesk:
        """What this seat may know and do of requests."""
        return self.desk.requests

    def empty(self, name: str) -> str:
        """What stands where a list is empty."""
        return "Nothing has been asked. a asks." if name == "left" else ""

    def left(self) -> list[Line]:
        """The latest first; ● where the next step is yours."""
        return [
            Line(
                one.title or one.text,
                sign="●" if one.next not in ("", "reopen") else "✓" if one.answer else "○",
                sign_style="$own" if one.next not in ("", "reopen") else "$dim",
                right=one.name,
                note=f"{one.asker} asks {listed(one.to)} · {_stands(one)}",
                data=one.name,
            )
            for one in reversed(self.requests.requests())
        ]

    @property
    def request(self) -> Request | None:
        """The chosen request, as it stands now."""
        line = self.query_one("#left", Lines).line
        return None if line is None else self.requests.request(line.data)

    def show_right(self) -> None:
        """The chosen request, step by step."""
        request = self.request
        title = self.query_one("#right-title", Static)
        title.update("" if request is None else plain(f"{request.name} {request.title}"))
        steps = () if request is None else request.steps
        self.query_one("#right", Lines).show([step_line(one) for one in steps])

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Enter: to its steps; on a step, the whole of its words."""
        if event.lines.id == "left":
            self.turn_to("right")
            return
        from exercise.tui.screens.help import NoticeSheet

        step: Step = event.line.data
        self.studio.push_screen(NoticeSheet(step.says, step.gone or step.text or "Without words."))

    # what can be done

    def action_ask(self) -> None:
        """Raise a request."""
        people = {one.name: one.title for one in self.requests.people()}
        note = "Those asked answer it; another seat than the writer releases the answer to you."
        self.studio.push_screen(
            Compose("Request for information", lambda w: self.requests.ask(w.to, w.title, w.words),
                    note=note, to=people, done="Asked.")
        )  # fmt: skip

    def action_next(self) -> None:
        """The next step of the chosen request."""
        request = self.request
        if request is None or not request.next:
            self.studio.tell("There is nothing for you to do about it now.", quiet=True)
            return
        match request.next:
            case "claim":
                self._done(self.requests.claim(request.name), "It is yours to answer.")
            case "draft":
                self._write(request)
            case "hand on":
                self._done(self.requests.hand_on(request.name), "Another seat reviews it now.")
            case "pass":
                self._done(self.requests.approve(request.name), "It may be released now.")
            case "release":
                self._release(request)
            case _:
                self.action_reopen()

    def action_write(self) -> None:
        """Write the answer, or write it anew."""
        request = self.request
        if request is not None and "draft" in request.may:
            self._write(request)
        else:
            self.studio.tell("Its answer is not yours to write now.", quiet=True)

    def _write(self, request: Request) -> None:
        drafts = [
            one.text for one in request.steps if one.says == "answer drafted" and not one.gone
        ]
        self.studio.push_screen(
            Compose(f"Answer to {request.name}",
                    lambda w: self.requests.draft(request.name, w.words),
                    note=request.text[:200], about=None, words=drafts[-1] if drafts else "",
                    done="Drafted; n hands it on for review.")
        )  # fmt: skip

    def _release(self, request: Request) -> None:
        people = {one.name: one.title for one in self.requests.people()}
        people |= {"allies": "All allies", "all": "Everybody", "nobody": "nobody else"}
        self.studio.push_screen(
            Compose(
                f"Release the answer to {request.asker}",
                lambda w: self.requests.release(
                    request.name, tuple(name for name in w.to if name != "nobody")
                ),
                note="Who else shall read it? An empty line is nobody else.",
                to=people, usual=("nobody",), about=None, words=None, done="Released.",
            )
        )  # fmt: skip

    def action_send_back(self) -> None:
        """Return the draft to its writer."""
        request = self.request
        if request is None or "return" not in request.may:
            self.studio.tell("There is no draft of another to return.", quiet=True)
            return
        self.studio.push_screen(
            Compose(f"Return the draft for {request.name}",
                    lambda w: self.requests.send_back(request.name, w.words), about=None,
                    note="Say what is wanting.", done="Returned.")
        )  # fmt: skip

    def action_reopen(self) -> None:
        """Open an answered request again."""
        request = self.request
        if request is None or "reopen" not in request.may:
            self.studio.tell("Only what has been answered is opened again.", quiet=True)
            return
        self.studio.push_screen(
            Compose(f"Open {request.name} again",
                    lambda w: self.requests.reopen(request.name, w.words), about=None,
                    note="Say what is still wanting.", done="Open again.")
        )  # fmt: skip

    def action_take_back(self) -> None:
        """Withdraw the words of the chosen step."""
        request, step = self.request, self.query_one("#right", Lines).line
        if request is None or step is None or not self.at("right"):
            self.studio.tell("Choose a step first: Enter, then the arrows.", quiet=True)
        else:
            withdraw = partial(self.requests.withdraw, request.name, step.data.name)
            self.studio.push_screen(why_sheet("Withdraw these words?", withdraw))

    def _done(self, refused: Refusal | None, words: str) -> None:
        if refused is not None:
            self.studio.tell(refused.reason, refused.remedy)
        else:
            self.studio.tell(words, quiet=True)
        self.renew()


def _stands(request: Request, key: str = "n ") -> str:
    """How it stands, and what the viewer can do about it."""
    state = STATES.get(request.state, request.state)
    return f"{state} · {key}{NEXT[request.next]}" if request.next else state


def step_line(step: Step) -> Line:
    """A step: its words, and beneath them what was done, by whom, when."""
    by = f" by {step.by}" if step.by else ""
    note = " · ".join(m for m in (f"{step.says}{by}", f"turn {step.turn}", step.at[11:16]) if m)
    if not step.text and not step.gone:
        return Line(f"{step.says}{by}", style="$dim", note=f"turn {step.turn}", data=step)
    return letter_line(step.text, step.gone, note=note, data=step)


class QueueScreen(Page):
    """Questions that wait for control's answer, and requests that wait for a step of it."""

    KEY = "queue"
    BINDINGS = bindings_of(KEY)

    def __init__(self, desk: ControlDesk) -> None:
        super().__init__()
        self.desk = desk

    def body(self) -> Iterator[Widget]:
        """One list."""
        yield Static("What waits for control", classes="title air", markup=False)
        yield Lines(id="queue", classes="air", empty="Nothing waits for you.")

    def on_mount(self) -> None:
        """Show it."""
        self.renew()
        self.focus_list("#queue")

    def on_screen_resume(self) -> None:
        """Something may have been answered."""
        if self.is_mounted:
            self.renew()

    def renew(self) -> None:
        """Show what waits now."""
        self.mark(self.desk.view(), self.desk.standing())
        self.query_one("#queue", Lines).show(queue_lines(self.desk))

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Enter: answer the question in private, or go to the request."""
        kind, found = event.line.data
        if kind == "question":
            self._answer(found, everybody=False)
        else:
            self.studio.push_screen(RequestsScreen(self.desk))

    def action_publicly(self) -> None:
        """Answer the chosen question to everybody."""
        line = self.query_one("#queue", Lines).line
        if line is not None and line.data[0] == "question":
            self._answer(line.data[1], everybody=True)
        else:
            self.studio.tell("Choose a question first; a request is released step by step.",
                             quiet=True)  # fmt: skip

    def _answer(self, letter: Letter, everybody: bool) -> None:
        reads = "Everybody reads the answer." if everybody else f"{letter.sender} alone reads it."
        asked = ": ".join(part for part in (letter.title, letter.text) if part)
        self.studio.push_screen(
            Compose(f"Answer {letter.sender}",
                    lambda w: self.desk.talk.answer(letter.name, w.words, everybody),
                    note=f"{asked[:240]} · {reads}", about=None, done="Answered.")
        )  # fmt: skip


def queue_lines(desk: ControlDesk) -> list[Line]:
    """What waits for control: questions first, then requests."""
    lines: list[Line] = []
    questions = desk.talk.questions()
    if questions:
        lines.append(Line("Questions", heading=True))
    for one in questions:
        lines.append(
            Line(one.title or one.text, sign="?", sign_style="$own", right=one.sender,
                 note=f"turn {one.turn}{' · ' + one.text[:120] if one.title else ''}",
                 data=("question", one))
        )  # fmt: skip
    waiting = desk.requests.waiting()
    if waiting:
        lines.append(Line("Requests for information", heading=True))
    for request in waiting:
        lines.append(
            Line(request.title or request.text, sign="●", sign_style="$own", right=request.name,
                 note=f"{request.asker} asks {listed(request.to)} · {_stands(request, 'next: ')}",
                 data=("request", request))
        )  # fmt: skip
    return lines
