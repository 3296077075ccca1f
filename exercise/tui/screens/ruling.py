"""Control's rulings: a result is amended or held with a reason, at the stock it comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from textual.widget import Widget
from textual.widgets import Input, Static

from exercise.tui.actions import bindings_of
from exercise.tui.screens.base import Sheet
from exercise.tui.screens.pick import PickSheet
from exercise.tui.widgets.lines import Line
from exercise.tui.words import from_to, plain
from exercise.view import Sentence

if TYPE_CHECKING:
    from exercise.orders import Refusal
    from exercise.tui.screens.control import ControlScreen


def rule_on(screen: ControlScreen, sentence: Sentence, hold: bool) -> None:
    """Ask for a ruling on a result; where it is worked out from others, on which of them first."""
    cells = screen.control.rulable(sentence.cell)
    if list(cells) == [sentence.cell]:
        _amend(screen, sentence, hold)
        return
    lines = [Line(says, note=cell, data=cell) for cell, says in cells.items()]

    def take(cell: str) -> None:
        found = screen.control.reviewed().why(cell)
        value, change = found.after, found.after - found.before
        _amend(screen, Sentence(found.title, cell, value=value, change=change), hold)

    title = "It is worked out from these. Which one shall be otherwise?"
    empty = "Nothing that it came from can be ruled on; Enter on the result asks why."
    screen.studio.push_screen(PickSheet(title, lines, take, empty))


def _amend(screen: ControlScreen, sentence: Sentence, hold: bool) -> None:
    def rule(how: str, amount: float, reason: str) -> Refusal | None:
        refused = screen.control.rule(sentence.cell, how, amount, reason)
        if refused is None:
            screen.say("Ruled; the turn was resolved anew with it.")
        return refused

    screen.studio.push_screen(AmendSheet(sentence, rule, hold))


class AmendSheet(Sheet):
    """A ruling on one result: another value, and the reason for it."""

    KEY = "amend"
    BINDINGS = bindings_of(KEY)

    def __init__(
        self, sentence: Sentence, rule: Callable[[str, float, str], Refusal | None], hold: bool
    ) -> None:
        super().__init__()
        self.sentence = sentence
        self.rule = rule
        self.hold = hold

    @property
    def before(self) -> float:
        """What the value was when the turn began."""
        return (self.sentence.value or 0.0) - (self.sentence.change or 0.0)

    def body(self) -> Iterator[Widget]:
        """What it is, what it shall be, why."""
        was, now = from_to(self.before, self.sentence.value or 0.0)
        yield Static(plain(self.sentence.text), classes="title", markup=False)
        yield Static(f"{self.sentence.cell}   {was} → {now}", classes="quiet", markup=False)
        if self.hold:
            words = f"It will not come about this turn: it stays at {was}."
            yield Static(words, classes="line air", markup=False)
        else:
            yield Static(
                "What shall it be? A value, or +0.1 or −0.1 to add to the result",
                classes="heading air", markup=False,
            )  # fmt: skip
            yield Input(id="amount", max_length=20)
        yield Static("Why? It stands in the record", classes="heading air", markup=False)
        yield Input(id="reason", max_length=500)
        yield Static(id="amend-said", classes="line air", markup=False)

    def _say(self, text: str) -> None:
        self.query_one("#amend-said", Static).update(plain(text))

    def on_mount(self) -> None:
        """Begin with what comes first."""
        self.query(Input).first().focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on; on the last line it confirms."""
        if event.input.id == "amount":
            self.query_one("#reason", Input).focus()
        else:
            self.action_confirm()

    def action_confirm(self) -> None:
        """Rule."""
        reason = self.query_one("#reason", Input).value.strip()
        given = f"{self.before}" if self.hold else self.query_one("#amount", Input).value
        read = _amount(given)
        if read is None:
            self._say("× That is not a number. Write 0.4, +0.1 or -0.1")
            return
        refused = self.tried(lambda: self.rule(read[0], read[1], reason))
        if refused is not None:
            self._say(f"× {refused}")
            return
        self.studio.pop_screen()


def _amount(text: str) -> tuple[str, float] | None:
    """`set` or `add`, and how much; None where it is no number of use."""
    told = text.strip().replace("−", "-").replace(",", ".")
    try:
        value = float(told)
    except ValueError:
        return None
    if not abs(value) < 2.0**27:
        return None
    return ("add" if told[:1] in "+-" else "set"), value
