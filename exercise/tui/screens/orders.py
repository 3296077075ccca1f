"""Your draft: what will be ordered when you seal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.widget import Widget
from textual.widgets import Static

from exercise.tui.actions import bindings_of
from exercise.tui.screens.base import Page
from exercise.tui.screens.floor import consider_sheet
from exercise.tui.screens.sealing import AGAIN, Asking
from exercise.tui.widgets.lines import Line, Lines

if TYPE_CHECKING:
    from exercise.desk import Desk


class OrdersScreen(Page):
    """The draft, order by order."""

    KEY = "orders"
    BINDINGS = bindings_of(KEY)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.sealing = Asking()

    def body(self) -> Iterator[Widget]:
        """The list and whether it is sealed."""
        yield Static("Your orders", classes="title air", markup=False)
        yield Static(id="sealed", classes="quiet", markup=False)
        yield Lines(
            id="orders", classes="air", loose=True,
            empty="Nothing drafted. Press d for all decisions; an empty draft can be sealed too.",
        )  # fmt: skip

    def on_mount(self) -> None:
        """Show it."""
        self.renew()
        self.query_one(Lines).focus()

    def on_screen_resume(self) -> None:
        """Something may have been added."""
        self.sealing.forget()
        if self.is_mounted:
            self.renew()

    def renew(self) -> None:
        """Show the draft as it is now."""
        standing = self.desk.standing()
        self.mark(self.desk.view(), standing)
        sealed = standing.sealed.get(self.desk.seat, False)
        words = "Sealed. It can be withdrawn while orders are open." if sealed else (
            "A draft: nothing is ordered until you seal."
        )  # fmt: skip
        asked = self.sealing.asked(self.desk)
        self.query_one("#sealed", Static).update(AGAIN if asked else words)
        self.query_one(Lines).show(
            Line(says, sign="■" if sealed else "□", sign_style="$own", data=order.cell,
                 note=f"because: {order.reason}" if order.reason else "")
            for order, says in self.desk.drafted()
        )  # fmt: skip

    def action_take_off(self) -> None:
        """Take the chosen order off."""
        line = self.query_one(Lines).line
        if self.desk.standing().sealed.get(self.desk.seat, False):
            self.studio.tell("Your orders are sealed.", "withdraw the seal first: u")
        elif line is not None:
            self.tried(lambda: self.desk.undraft(str(line.data)))
            self.renew()
        else:
            self.studio.tell("Nothing is drafted that could be taken off.", quiet=True)

    def action_seal(self) -> None:
        """Seal; an empty slip only when asked for twice."""
        if self.sealing.asks(self.desk):
            self.renew()
            return
        refused = self.tried(self.desk.seal)
        if refused is not None:
            self.studio.tell(refused.reason, refused.remedy)
            return
        self.after_seal()

    def after_seal(self) -> None:
        """On to the next."""
        self.studio.after_seal()

    def action_unseal(self) -> None:
        """Withdraw the seal."""
        if not self.desk.standing().sealed.get(self.desk.seat, False):
            self.studio.tell("Nothing is sealed. s seals.", quiet=True)
            return
        refused = self.tried(self.desk.unseal)
        if refused is not None:
            self.studio.tell(refused.reason, refused.remedy)
        self.renew()

    def action_consider(self) -> None:
        """Note what else was considered for the chosen order, and who disagreed."""
        line = self.query_one(Lines).line
        if line is None:
            self.studio.tell("Choose an order first.", quiet=True)
            return
        sheet = consider_sheet(self.desk.chamber, str(line.data), line.text)
        self.studio.push_screen(sheet)

    def action_decisions(self) -> None:
        """Add an order."""
        from exercise.tui.screens.decisions import DecisionsScreen

        self.studio.push_screen(DecisionsScreen(self.desk))
