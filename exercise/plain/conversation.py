"""A conversation at a desk: what was listed last, what is being asked, and what a line means."""

from __future__ import annotations

import difflib
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal, TypeVar

import attrs

from exercise.desk import ControlDesk, LocalDesk
from exercise.errors import ExerciseError, UsageError
from exercise.host.line import Line
from exercise.orders import Refusal
from exercise.plain.lines import Act, Input, Lines, Voice, full
from exercise.plain.news import Known, known, news
from exercise.spoken import joined, legible

T = TypeVar("T")
Kind = Literal["seat", "evaluator", "watcher", "control"]
BEHALF = "as"
"""The command by which control speaks for a seat, and comes back."""
STOP = "."
"""A line that ends a text of several lines."""
KEPT = "Left. What was drafted, sealed and said is kept."
AWAY = "The host is away; this terminal goes on by itself when it is back."
STAGES = {"council": "the council sits", "orders": "orders are written and sealed",
          "review": "results are with control", "over": "the exercise is over"}  # fmt: skip
NAMED = {"review": "results with control"}
"""The stages whose name for people is not the one that `wait` takes."""
TALK = {"council": "the table talks", "orders": "the table talks"}


@attrs.frozen
class Item:
    """Something that was listed: its number does something, and `why` with its number asks."""

    says: str
    act: Act | None = None
    cell: str = ""
    turn: int | None = None


@attrs.frozen
class Command:
    """A command: its name, its short form, what follows it, what it does, and for whom it is."""

    name: str
    short: str
    form: str
    says: str
    run: Callable[[Conversation, str], None]
    who: tuple[Kind, ...]
    more: tuple[str, ...] = ()

    @property
    def written(self) -> str:
        """How it is written: `say WHO: WORDS`."""
        return f"{self.name} {self.form}".strip()


@attrs.define(eq=False)
class Conversation:
    """One terminal's conversation."""

    desk: LocalDesk
    voice: Voice
    lines: Lines
    commands: Sequence[Command]
    control: ControlDesk | None = None
    """Control's desk, where control sits here."""
    line: Line | None = None
    """The line to the host, where there is one."""
    watches: bool = False
    """Whether this terminal only looks on."""
    sealed: Callable[[Conversation], None] | None = None
    """What comes after sealing, where this terminal alone plays the game."""
    go_round: Act | None = None
    """Lets the others at the table speak once more, where that is done from here."""
    codes: Mapping[str, str] = attrs.field(factory=dict)
    """Codes that were issued just now, to be handed out."""
    kept: str = KEPT
    """What is said on leaving."""
    orders: Callable[[Conversation, str], bool] = lambda talk, text: False
    """Takes what may be an order in words; whether it was one."""
    items: list[Item] = attrs.field(factory=list)
    lists: dict[str, list[Any]] = attrs.field(factory=dict)
    """What was listed last of each kind, for commands that name its numbers."""
    trail: list[tuple[str, int | None]] = attrs.field(factory=list)
    """The chain of causes that is being followed."""
    letter: str = ""
    """The letter that was read last."""
    last: tuple[str, str] = ("", "")
    """The order that was drafted last: its seat and its line."""
    meant: str = ""
    """Words that may mean several orders, until it is said which."""
    asked: str = ""
    """The seat of which it was asked whether to seal its empty slip."""
    ended: bool = False
    _taking: Callable[[str | None], None] | None = None
    own: set[str] = attrs.field(factory=set)
    """Cells of council acts that were done from here: they are no news here."""
    _known: dict[str, Known] = attrs.field(factory=dict)
    """What each seat that spoke here has been told."""
    _away: bool = False
    """Whether it was said that the host is away."""
    _changed: threading.Event = attrs.field(factory=threading.Event)

    # who speaks

    @property
    def kind(self) -> Kind:
        """In which part this terminal speaks now."""
        if self.watches:
            return "watcher"
        if self.control is not None and self.desk.seat == self.control.seat:
            return "control"
        return "evaluator" if self.desk.notes.evaluates() else "seat"

    @property
    def white(self) -> ControlDesk:
        """Control's desk; raises `UsageError` where it is not here."""
        if self.control is None:
            raise UsageError("only control does that", "ask control")
        return self.control

    def title(self, seat: str) -> str:
        """What a seat is called."""
        titles = {"control": "Control", "public": "The public", **self.desk.standing().titles}
        return legible(titles.get(seat, seat))

    def stage(self) -> str:
        """The stage in words."""
        standing = self.desk.standing()
        told = {} if standing.decides else TALK
        return "frozen" if standing.paused else {**STAGES, **told}[standing.stage]

    # what is said

    def say(self, text: str) -> None:
        """A statement, on a line of its own."""
        self.voice.say(text)

    def show(self, heading: str, items: Iterable[Item], empty: str = "", ask: str = "") -> None:
        """A numbered list; from now on numbers mean its lines."""
        found = list(items)
        self.items = found
        self.say(full(heading) if found or not empty else full(empty))
        for number, item in enumerate(found, start=1):
            self.say(f"{number}. {full(item.says)}")
        if found and ask:
            self.say(full(ask))

    def answer(self, given: object, done: str) -> bool:
        """Say that something was done, or why not; whether it was."""
        if isinstance(given, Refusal):
            self.say(f"Not done: {full(str(given))}")
            return False
        self.say(full(done))
        return True

    def pick(self, kind: str, word: str, fresh: Callable[[], Sequence[T]]) -> T:
        """What a number means in the list of this kind that was shown last; raises `UsageError`.

        What has come since has the numbers after it.
        """
        found: list[T] = self.lists.setdefault(kind, [])
        found += [one for one in fresh() if one not in found]
        if not found:
            raise UsageError(f"the list of `{kind}` is empty", "there is nothing to choose now")
        place = int(word) if word.isascii() and word.isdigit() and len(word) < 6 else 0
        if not 1 <= place <= len(found):
            told = f"{word[:40]!r} is no number of the {kind}" if word else "no number is given"
            raise UsageError(told, f"give 1 to {len(found)}; `{kind}` lists them")
        return found[place - 1]

    def ask(self, question: str, then: Callable[[str], None]) -> None:
        """Ask for a line; the next one answers. An empty one leaves everything as it is."""
        self.say(full(question))

        def take(text: str | None) -> None:
            self._taking = None
            if text:
                then(text)
            else:
                self.say("Left as it was.")

        self._taking = take

    def compose(self, then: Callable[[str], None]) -> None:
        """Take a text of several lines, up to a full stop on a line of its own."""
        self.say("Write your words; a line with a full stop alone ends them.")
        kept: list[str] = []

        def take(text: str | None) -> None:
            if text is not None and text != STOP:
                kept.append(text)
                return
            self._taking = None
            if any(kept):
                then("\n".join(kept))
            else:
                self.say("Left as it was.")

        self._taking = take

    # the conversation

    def run(self) -> None:
        """Talk until the exercise is left or the input ends; what was done is kept all along."""
        self.listen()
        while not self.ended:
            if self._taking is None:
                self.tell_news()
            self._shut()
            self.voice.prompt(self._prompt())
            given = self.lines.next()
            if given is None:
                self._end()
                break
            try:
                self.take(given)
            except ExerciseError as error:
                self.fault(error)
            except KeyboardInterrupt:
                self.say("Broken off.")
        self.tell_news()

    def listen(self) -> None:
        """Hear from the host when something is new."""
        if self.line is not None:
            self.line.changed = self._changed.set
        self._known.setdefault(self.desk.seat, known(self.desk, self.watches))

    def _prompt(self) -> str:
        if self._taking is not None:
            return ""
        standing = self.desk.standing()
        stage = NAMED.get(standing.stage, standing.stage)
        return f"{self.title(self.desk.seat)}, turn {standing.turn}, {stage}"

    def _shut(self) -> None:
        """Leave where the host lets this terminal in no longer."""
        if self.line is not None and self.line.state == "shut":
            raise self.line.refused()

    def _end(self) -> None:
        taking, self._taking = self._taking, None
        if taking is not None:
            try:
                taking(None)
            except ExerciseError as error:
                self.fault(error)

    def fault(self, error: ExerciseError) -> None:
        """Say what could not be done, and what would help."""
        self.say(f"Not done: {full(str(Refusal(error.message, error.remedy)))}")

    def take(self, given: Input) -> None:
        """Take one line."""
        if not given.whole:
            self.say("Not done: that line is too long; send it in parts.")
            return
        text = given.text.strip()
        if self._taking is not None:
            self._taking(text)
        elif text.startswith("#"):
            self.say(text)
        elif not text:
            if not self.tell_news():
                self.say("Nothing new.")
        elif text.isascii() and text.isdigit():
            self._chosen(text)
        else:
            self._command(text)

    def _chosen(self, text: str) -> None:
        place = int(text) if len(text) < 6 else 0
        if not 1 <= place <= len(self.items):
            told = f"give 1 to {len(self.items)}" if self.items else "`help` says what can be done"
            raise UsageError(f"nothing was listed as {text[:20]}", told)
        item = self.items[place - 1]
        if item.act is not None:
            item.act()
        elif item.cell:
            self._command(f"why {text}")
        else:
            self.say("There is nothing more to tell of it.")

    # commands

    def known_commands(self) -> list[Command]:
        """The commands there are for who speaks here now."""
        kind = self.kind
        return [
            command for command in self.commands
            if kind in command.who or (command.name == BEHALF and self.control is not None)
        ]  # fmt: skip

    def find(self, word: str) -> Command | None:
        """A command by its name or short form."""
        said = word.lower().rstrip(":")
        found = self.known_commands()
        return next((c for c in found if said in (c.name, c.short)), None)

    def _command(self, text: str) -> None:
        word, _, rest = text.partition(" ")
        command = self.find(word)
        if command is None or command.name != "seal":
            self.asked = ""
        if command is not None:
            try:
                command.run(self, rest.strip())
            except UsageError as error:
                raise self._meant(command, error) from None
        elif not self.orders(self, text):
            self._unknown(word)

    def _meant(self, command: Command, error: UsageError) -> UsageError:
        """The fault, with a word on the decision of the same name where there is one."""
        also = self.namesake(command)
        if not also:
            return error
        return UsageError(error.message, joined(error.remedy, also))

    def namesake(self, command: Command) -> str:
        """How the decision that is named like a command is given; empty where there is none."""
        choices = self.desk.choices() if self.kind == "seat" else []
        if not any(choice.name.partition(".")[2] == command.name for choice in choices):
            return ""
        return f"the decision of that name is given with `order {command.name} ...`"

    def _unknown(self, word: str) -> None:
        names = [command.name for command in self.known_commands()]
        said = word.lower()
        close = [name for name in names if len(said) > 1 and name.startswith(said)]
        close = close or difflib.get_close_matches(said, names, n=3, cutoff=0.6)
        hint = f"perhaps {' or '.join(close[:3])}; " if close else ""
        raise UsageError(f"there is no command {word[:40]!r}", f"{hint}`help` lists what there is")

    # what is new

    def tell_news(self, whole: bool = False) -> bool:
        """Say what has come since the last time; whether anything has."""
        seat, away = self.desk.seat, self._away
        self._away = self.line is not None and self.line.state == "away"
        if self._away != away:
            self.say(AWAY if self._away else "The host is back.")
        if self._away:
            return self._away != away
        for notice in self.line.noticed() if self.line is not None else ():
            self.say(full(str(notice)))
        now = known(self.desk, self.watches)
        told = news(self, self._known.get(seat, now), now, whole)
        self._known[seat] = now
        for text in told:
            self.say(full(text.partition("; `")[0] if whole else text))
        return bool(told) or away

    def noticed(self) -> None:
        """Take drafts, moves and requests as known: what was done to them here was said here."""
        seat = self.desk.seat
        if seat in self._known:
            now = known(self.desk, self.watches)
            was = self._known[seat]
            self._known[seat] = attrs.evolve(
                was, draft=now.draft, moves=now.moves, requests=now.requests
            )

    def wait(self, seconds: float) -> bool:
        """Wait until the host has something new, so long at most; whether it had."""
        came = self._changed.wait(seconds)
        self._changed.clear()
        self._shut()
        return came
