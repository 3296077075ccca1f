"""Writing: to whom, about what, the words. Every sheet on which people write to one another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from exercise.orders import Refusal
from exercise.tui.actions import bindings_of
from exercise.tui.screens.base import Sheet
from exercise.tui.widgets.lines import Line
from exercise.tui.words import TYPED, listed, plain

Send = Callable[["Written"], Refusal | None]


class Written:
    """What somebody wrote on a sheet."""

    def __init__(self, sender: str, to: tuple[str, ...], title: str, words: str) -> None:
        self.sender = sender
        self.to = to
        self.title = title
        self.words = words


WHOLE = ("Everybody", "All allies")


def within(titles: Iterable[str]) -> list[str]:
    """Titles of readers as they stand within a sentence: everybody, all allies, Dorvik."""
    return [title.lower() if title in WHOLE else title for title in titles]


def addressees(titles: Mapping[str, str], text: str) -> tuple[list[str], list[str]]:
    """The seats that a line names by first letters of names or titles, and the words left over."""
    found: list[str] = []
    unknown: list[str] = []
    for word in text.replace(",", " ").casefold().split():
        if word in titles:
            fitting = [word]
        else:
            fitting = [
                name for name, title in titles.items()
                if name.startswith(word) or plain(title).casefold().startswith(word)
            ]  # fmt: skip
        if len(fitting) == 1:
            found.append(fitting[0])
        else:
            unknown.append(word)
    return list(dict.fromkeys(found)), unknown


class Compose(Sheet):
    """A sheet to write on; which parts it has is said when it is made."""

    KEY = "write"
    BINDINGS = bindings_of(KEY)

    def __init__(
        self,
        heading: str,
        send: Send,
        *,
        note: str = "",
        sender: tuple[str, str] | None = None,
        to: Mapping[str, str] | None = None,
        named: str = "",
        usual: tuple[str, ...] = (),
        about: str | None = "",
        asks: str = "About",
        words: str | None = "",
        done: str = "",
    ) -> None:
        super().__init__()
        self.heading = heading
        self.send = send
        self.note = note
        self.sender = sender
        self.people = to
        self.named = named
        self.usual = usual
        self.about = about
        self.asks = asks
        self.words = words
        self.done = done

    def body(self) -> Iterator[Widget]:
        """Its parts, one below the other."""
        yield Static(plain(self.heading), classes="title", markup=False)
        if self.note:
            yield Static(plain(self.note), classes="quiet", markup=False)
        if self.sender is not None:
            yield Static(plain(self.sender[0]), classes="heading air", markup=False)
            yield Input(plain(self.sender[1]), id="from", max_length=80, restrict=TYPED)
        if self.people is not None:
            yield Static("To (first letters will do)", classes="heading air", markup=False)
            yield Input(plain(self.named), id="to", max_length=400, restrict=TYPED)
            yield Static(id="reach", classes="quiet", markup=False)
        if self.about is not None:
            yield Static(self.asks, classes="heading air", markup=False)
            yield Input(plain(self.about), id="about", max_length=200, restrict=TYPED)
        if self.words is not None:
            yield Static("Words", classes="heading air", markup=False)
            yield TextArea(plain(self.words, lines=True), id="words")
        yield Static(id="write-said", classes="line", markup=False)

    def on_mount(self) -> None:
        """The cursor is in the first part that is empty."""
        for area in self.query(TextArea):
            area.styles.height = 5
        parts = list(self.query("Input, TextArea"))
        empty = [part for part in parts if not _value(part)]
        if self.sender is not None:
            empty = parts
        (empty or parts)[0].focus()
        self._reach()

    def _to(self) -> tuple[list[str], list[str]]:
        if self.people is None:
            return [], []
        names, unknown = addressees(self.people, self.query_one("#to", Input).value)
        return (names or ([] if unknown else list(self.usual))), unknown

    def _reach(self) -> None:
        if self.people is None:
            return
        names, unknown = self._to()
        reached = within(plain(self.people.get(name, name)) for name in names)
        words = f"reaches {listed(reached)}" if reached else "reaches nobody yet"
        if unknown:
            fitting = [
                plain(title) for name, title in self.people.items()
                if name.startswith(unknown[-1]) or plain(title).casefold().startswith(unknown[-1])
            ]  # fmt: skip
            words += f"; “{unknown[-1]}” may be {listed(fitting)}" if fitting else (
                f"; nobody is called “{unknown[-1]}”"
            )  # fmt: skip
        self.query_one("#reach", Static).update(plain(words))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say whom it reaches."""
        if event.input.id == "to":
            self._reach()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """On to the next part; from the last one, send."""
        parts = list(self.query("Input, TextArea"))
        place = parts.index(event.input)
        if place + 1 < len(parts):
            parts[place + 1].focus()
        else:
            self.action_confirm()

    def _told(self, text: str) -> None:
        self.query_one("#write-said", Static).update(plain(text))

    def action_confirm(self) -> None:
        """Send it."""
        names, unknown = self._to()
        if self.people is not None and (unknown or not names) and not self._may_be_nobody():
            self._told("× It is not clear who shall read it: look at the line beneath “To”")
            return
        written = Written(
            _value(self.query_one("#from")) if self.sender is not None else "",
            tuple(names),
            _value(self.query_one("#about")) if self.about is not None else "",
            self.query_one(TextArea).text.strip() if self.words is not None else "",
        )
        refused = self.tried(lambda: self.send(written))
        if refused is not None:
            self._told(f"× {refused}")
            return
        if self.is_current:
            self.studio.pop_screen()
        reached = listed([plain(self.people.get(n, n)) for n in names]) if self.people else ""
        self.studio.tell(self.done or (f"Sent to {reached}." if reached else "Sent."), quiet=True)

    def _may_be_nobody(self) -> bool:
        """Where naming nobody means something, an empty line is right."""
        return bool(self.usual) and not _value(self.query_one("#to"))


def _value(part: Widget) -> str:
    if isinstance(part, Input):
        return part.value.strip()
    return part.text.strip() if isinstance(part, TextArea) else ""


def why_sheet(heading: str, send: Callable[[str], Refusal | None]) -> Compose:
    """Asks for a reason, in one line."""
    return Compose(
        heading,
        lambda written: send(written.title),
        note="The words are deleted for good; everybody who read them sees a mark and this reason.",
        asks="Why",
        words=None,
        done="Withdrawn.",
    )


def letter_line(text: str, gone: str, **more: object) -> Line:
    """A line of words, or the mark where they were taken back."""
    if gone:
        return Line(f"({gone})", style="$dim italic", **more)  # type: ignore[arg-type]
    return Line(text, **more)  # type: ignore[arg-type]
