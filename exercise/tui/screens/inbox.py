"""The inbox: conversations, and what was said in each; writing, asking, stating, taking back."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from exercise.orders import Refusal
from exercise.tui.actions import acts_of, bindings_of
from exercise.tui.screens.base import Sheet
from exercise.tui.screens.compose import Compose, letter_line, why_sheet, within
from exercise.tui.screens.hosted import SureSheet
from exercise.tui.screens.panes import TwoPanes
from exercise.tui.screens.pick import PickSheet
from exercise.tui.widgets.lines import Line, Lines
from exercise.tui.words import counted, listed, plain

if TYPE_CHECKING:
    from exercise.desk.answers import Desk
    from exercise.record import Message
    from exercise.room.talk import TalkControl, TalkDesk
    from exercise.room.threads import Letter, Thread

SIGNS = {"room": "⌂", "press": "¶", "all": "¶", "private": " "}
REACH = {"public": "everybody reads it", "allies": "for allies", "named": ""}


class InboxScreen(TwoPanes):
    """Conversations at the left, the letters of the chosen one at the right."""

    KEY = "inbox"
    BINDINGS = bindings_of(KEY)
    TITLE_LEFT = "Inbox"

    @property
    def talk(self) -> TalkDesk:
        """What this seat says and hears."""
        return self.desk.talk

    def empty(self, name: str) -> str:
        """What stands where a list is empty."""
        return "Nothing has come in. w writes." if name == "left" else "Nothing has been said yet."

    def left(self) -> list[Line]:
        """The conversations, the latest first."""
        return [
            Line(
                one.title,
                sign="●" if one.new else SIGNS[one.kind],
                sign_style="$own" if one.new else "$dim",
                wide=1,
                right=f"{one.new} new" if one.new else "",
                right_style="$own",
                note=_about(one),
                data=one,
            )
            for one in self.talk.threads()
        ]

    @property
    def thread(self) -> Thread | None:
        """The chosen conversation."""
        line = self.query_one("#left", Lines).line
        return None if line is None else line.data

    @property
    def letter(self) -> Letter | None:
        """The chosen letter; the latest of the conversation where none is."""
        shown = self.query_one("#right", Lines)
        if self.at("right") and shown.line is not None:
            found: Letter = shown.line.data
            return found
        return shown.shown[-1].data if shown.shown else None

    def show_right(self) -> None:
        """What was said in the chosen conversation."""
        thread = self.thread
        title = self.query_one("#right-title", Static)
        if thread is None:
            title.update("")
            self.query_one("#right", Lines).show([])
            return
        people = f": {listed(thread.people)}" if thread.kind == "room" else ""
        left = "" if thread.open else " (you have left)"
        title.update(plain(f"{thread.title}{people}{left}"))
        lines = [letter_of(one) for one in self.talk.letters(thread.name)]
        self.query_one("#right", Lines).show(lines)

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Enter: to what was said, which has then been read; or the letter by itself."""
        if event.lines.id == "right":
            self.studio.push_screen(LetterSheet(self.desk, event.line.data))
            return
        thread: Thread = event.line.data
        for one in self.talk.letters(thread.name):
            if one.new:
                self.talk.read(one.name)
        self.renew()
        self.turn_to("right")
        self.call_after_refresh(self._last)

    def _last(self) -> None:
        shown = self.query_one("#right", Lines)
        if shown.shown:
            shown.go(len(shown.shown) - 1)

    # writing

    def action_write(self) -> None:
        """Write to somebody."""
        people = {one.name: one.title for one in self.talk.people()}
        people["all"] = "Everybody"
        self.studio.push_screen(
            Compose("Write", lambda w: self.talk.say(w.to, w.title, w.words), to=people)
        )

    def action_ask(self) -> None:
        """Ask control."""
        note = "Control reads it, and answers you alone."
        self.studio.push_screen(
            Compose(
                "Ask control", lambda w: self.talk.ask(w.title, w.words), note=note, done="Asked."
            )
        )

    def action_state(self) -> None:
        """Say something in public."""
        note = "Everybody reads it: all seats, the projector, the press."
        self.studio.push_screen(
            Compose("Public statement", lambda w: self.talk.state(w.title, w.words), note=note)
        )

    def action_room(self) -> None:
        """Open a private room."""
        people = {one.name: one.title for one in self.talk.people() if one.name != "allies"}
        note = "A standing group: its members read what is said in it. Control reads it too."
        self.studio.push_screen(
            Compose("Private room", lambda w: self.talk.open_room(w.title, w.to), note=note,
                    to=people, asks="What it is called", words=None, done="The room is open.")
        )  # fmt: skip

    def _room(self) -> Thread | None:
        """The chosen conversation, where it is a private room that one is in."""
        thread = self.thread
        if thread is None or thread.kind != "room" or not thread.open:
            self.studio.tell("Choose a private room that you are in. n opens one.", quiet=True)
            return None
        return thread

    def action_let_in(self) -> None:
        """Let somebody into the chosen room."""
        thread = self._room()
        if thread is None:
            return
        lines = [
            Line(one.title, data=one.name)
            for one in self.talk.people()
            if one.name != "allies" and one.title not in thread.people
        ]

        def take(seat: str) -> None:
            title = next(line.text for line in lines if line.data == seat)
            done = f"{title} reads what is said there from now on."
            self._done(self.talk.let_in(thread.name, seat), done)

        told = f"Who is let into “{thread.title}”?"
        self.studio.push_screen(PickSheet(told, lines, take, "Everybody is in that room."))

    def action_get_out(self) -> None:
        """Leave the chosen room, once one has said so twice."""
        thread = self._room()
        if thread is None:
            return

        def leave() -> None:
            self._done(self.talk.leave(thread.name), f"You have left “{thread.title}”.")

        told = "What was said so far stays with you; what is said later is not read any more."
        self.studio.push_screen(SureSheet(f"Leave “{thread.title}”?", told, leave))

    def action_reply(self) -> None:
        """Answer in the chosen conversation."""
        thread, letter = self.thread, self.letter
        if thread is None:
            self.studio.tell("There is nothing to answer.", quiet=True)
        elif thread.kind == "room":
            self.studio.push_screen(
                Compose(
                    thread.title, lambda w: self.talk.say_in(thread.name, "", w.words), about=None
                )
            )
        elif letter is not None:
            self.studio.push_screen(reply_sheet(self.talk, letter))

    def action_acknowledge(self) -> None:
        """Tell the author that it was read."""
        letter = self.letter
        if letter is not None and not letter.mine:
            self._done(self.talk.acknowledge(letter.name), "Its author is told that you read it.")
        else:
            self.studio.tell("Choose a letter that somebody wrote to you.", quiet=True)

    def action_take_back(self) -> None:
        """Withdraw the chosen letter."""
        letter = self.letter
        if letter is None or not self.at("right"):
            self.studio.tell("Choose a letter first: Enter, then the arrows.", quiet=True)
        else:
            self.studio.push_screen(
                why_sheet("Withdraw these words?", partial(self.talk.withdraw, letter.name))
            )

    def action_requests(self) -> None:
        """Requests for information."""
        from exercise.tui.screens.requests import RequestsScreen

        self.studio.push_screen(RequestsScreen(self.desk))

    def _done(self, refused: Refusal | None, words: str) -> None:
        if refused is not None:
            self.studio.tell(refused.reason, refused.remedy)
        else:
            self.studio.tell(words, quiet=True)
            self.renew()


class MailroomScreen(InboxScreen):
    """Control's inbox: all that is said, the feed, and who has read what."""

    KEY = "mailroom"
    BINDINGS = bindings_of(KEY)
    TITLES = ("All that is said", "")

    @property
    def control(self) -> TalkControl:
        """Control's own part of talk."""
        return cast("TalkControl", self.desk.talk)

    def action_press(self) -> None:
        """Put an item into the media feed."""
        known = self.control.outlets()
        note = f"In the feed before: {listed(known[:4])}" if known else "Everybody reads the feed."
        self.studio.push_screen(
            Compose("Media feed", lambda w: self.control.press(w.sender, w.title, w.words),
                    note=note, done="It is in the feed.",
                    sender=("Outlet", known[0] if known else ""))
        )  # fmt: skip

    def action_receipts(self) -> None:
        """Who has read the chosen letter."""
        from exercise.tui.screens.help import NoticeSheet

        letter = self.letter
        if letter is None:
            self.studio.tell("There is no letter to ask about.", quiet=True)
            return
        lines = [
            f"{one.title}: {one.state}{f', turn {one.turn}' if one.turn else ''} {one.at}".strip()
            for one in self.control.receipts(letter.name)
        ]
        words = "\n".join(lines) or "It was said to nobody in a seat."
        self.studio.push_screen(NoticeSheet("Who has read it", words))


def _about(thread: Thread) -> str:
    """How a conversation stands: how many letters, the latest turn, how the last begins."""
    if not thread.count:
        return "nothing said yet"
    return f"{counted(thread.count, 'letter')} · turn {thread.turn} · {thread.last[:60]}"


def letter_of(one: Letter) -> Line:
    """A letter as lines: its words, and beneath them who, to whom, when."""
    words = f"{one.title}\n{one.text}" if one.title and one.text else one.title or one.text
    to = f" to {listed(within(one.to))}" if len(one.to) > 1 or one.releasable != "named" else ""
    marks = [f"{one.sender}{to}", f"turn {one.turn}", one.at[11:16]]
    marks += [] if one.method in ("mail", "statement") else [one.method]
    marks += ["waits for an answer"] if one.waits else []
    marks += [f"read by {listed(one.acknowledged)}"] if one.acknowledged else []
    return letter_line(
        words, one.gone, sign="●" if one.new else "›" if one.mine else "", wide=1,
        sign_style="$own" if one.new else "$dim", note=" · ".join(m for m in marks if m), data=one,
    )  # fmt: skip


def reply_sheet(talk: TalkDesk, letter: Letter) -> Compose:
    """An answer to a letter: to all who wrote and read it."""
    note = f"In answer to: {(letter.title or letter.text)[:70]}"
    return Compose(
        f"Answer {letter.sender}" if not letter.mine else "Write on",
        lambda w: talk.reply(letter.name, "", w.words),
        note=note,
        about=None,
    )


ANSWERS = ("reply", "acknowledge")
"""What only whoever a letter is for may do with it."""


class LetterSheet(Sheet):
    """One letter by itself."""

    KEY = "letter"
    BINDINGS = bindings_of(KEY)

    def __init__(self, desk: Desk, message: Message | Letter, *, answers: bool = True) -> None:
        super().__init__()
        self.desk = desk
        self.message = message
        self.answers = answers
        """Whether whoever reads it may answer; who only looks on or back may not."""

    def body(self) -> Iterator[Widget]:
        """From whom, what about, the words."""
        message = self.message
        letter = self.desk.talk.letter(message.name)
        sender = message.sender if letter is None else letter.sender
        marks = [plain(sender), plain(message.method), f"turn {message.turn}"]
        if letter is not None:
            marks += [REACH[letter.releasable] or f"to {plain(listed(letter.to))}"]
        text = message.text if letter is None or not letter.gone else f"({letter.gone})"
        yield Static(plain(message.title) or "Without a title", classes="title", markup=False)
        yield Static(" · ".join(marks), classes="quiet", markup=False)
        with VerticalScroll(id="letter", classes="air"):
            yield Static(plain(text, lines=True), classes="line", markup=False)

    def on_mount(self) -> None:
        """The words can be scrolled; they have been read."""
        self.query_one("#letter").focus()
        if self.answers:
            self.desk.talk.read(self.message.name)
        else:
            self.offer([act for act in acts_of(self.KEY) if act.name not in ANSWERS])

    def action_reply(self) -> None:
        """Answer."""
        letter = self.desk.talk.letter(self.message.name)
        if letter is not None and self.answers:
            self.studio.pop_screen()
            self.studio.push_screen(reply_sheet(self.desk.talk, letter))

    def action_acknowledge(self) -> None:
        """Tell the author that it was read."""
        if not self.answers:
            return
        refused = self.desk.talk.acknowledge(self.message.name)
        words = "Its author is told that you read it." if refused is None else str(refused)
        self.studio.tell(words, quiet=True)
