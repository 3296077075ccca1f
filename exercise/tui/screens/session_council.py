"""The council as a facilitator runs it: one key records any seat's act, or the chair's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from exercise.orders import Order, Refusal
from exercise.tui.actions import bindings_of
from exercise.tui.screens import floor as floors
from exercise.tui.screens.council import CouncilScreen
from exercise.tui.screens.hosted import stop
from exercise.tui.widgets.lines import Line, Lines
from exercise.tui.words import packed, plain, shortened

if TYPE_CHECKING:
    from exercise.room.chairing import ChamberDesk
    from exercise.tui.room import Room
    from exercise.tui.screens.fill import FillSheet
    from exercise.view import TextView, View

CLAUSES = ("council.bracket_clause", "council.amend", "council.drop")
"""Acts on a clause; all others are on a text."""
TOGGLES = {
    "council.bracket_clause": ("bracket", "lift the bracket"),
    "council.object": ("object", "withdraw the objection"),
    "council.reserve": ("reserve", "lift the reservation"),
    "council.join": ("join", "leave"),
}
"""Acts that the same key does and takes back."""
HELD = {
    "council.object": "council.objection",
    "council.reserve": "council.reservation",
    "council.join": "council.joined",
}
"""Where a position stands that has been taken."""
CHAIR = ("council.put_text", "council.drop", "council.declare", "council.move", "council.close")
CHAIRS_KEYS = (
    ("p", "put"), ("s", "silence"), ("d", "drop"), ("y", "declare"), ("z", "sum up"),
    ("m", "move"), ("w", "close"),
)  # fmt: skip
"""What is done as the text's chair, in the words of the line above the keys."""
SEATS_KEYS = (
    ("b", "bracket"), ("e", "soften"), ("x", "object"), ("u", "reserve"), ("+−0", "vote"),
    ("k", "break"), ("i", "explain"),
)  # fmt: skip
"""What is done for the chosen seat."""


class ChamberScreen(CouncilScreen):
    """The text large; the seats numbered; each key acts at once for the chosen seat."""

    KEY = "chamber"
    BINDINGS = bindings_of(KEY)
    CSS = """
    #speaking { height: auto; padding: 0 1; }
    #chamber-said { height: auto; padding: 0 1; }
    #seats-pane { width: 30; margin: 1 0 0 2; }
    ChamberScreen.-narrow #seats-pane { display: none; }
    """

    def __init__(self, room: Room) -> None:
        super().__init__(room.control, room.control.go_round)
        self.room = room
        seats = room.control.standing().titles
        facts = room.facts["seats"]
        allies = {k for k, a in room.facts["actors"].items() if a["role"] == "ally"}
        self.seats = [name for name in seats if facts[name]["actor"] in allies]
        self.seat = self.seats[0] if self.seats else ""
        self.last: tuple[str, str] = ("", "")

    def body(self) -> Iterator[Widget]:
        """All texts, the chosen one large, the seats and what each has said."""
        yield Static(id="speaking", classes="air", markup=False)
        with Horizontal(classes="body"):
            with Vertical(id="texts-pane"):
                yield Static("Texts", classes="heading", markup=False)
                yield Static(id="texts", classes="line air", markup=False)
            with Vertical(id="text-body"):
                yield Static(id="forum", classes="quiet", markup=False)
                yield Lines(id="clauses", loose=False, classes="air")
            with Vertical(id="seats-pane"):
                yield Static("Seats", classes="heading", markup=False)
                yield Static(id="seats", classes="line air", markup=False)
        yield Static(id="chamber-said", markup=False)

    # what it shows

    def _draw(self) -> None:
        super()._draw()
        self._seats()

    def _seats(self) -> None:
        """Who speaks now, and every seat with its number and position."""
        text = self.text
        pieces: list[list[tuple[str, str]]] = []
        column: list[tuple[str, str]] = []
        narrow = self.has_class("-narrow")
        for number, seat in enumerate(self.seats, start=1):
            here = seat == self.seat
            title = plain(self.room.title(seat))
            short = shortened(title, 14) if narrow and len(self.seats) > 6 else title
            words = f"[{short}]" if here else short
            pieces.append([(f"{number} ", "$bright"), (words, "$own bold" if here else "$dim")])
            position = self._position(seat, text)
            column.append((f"{'▸' if here else ' '} {number} {title}\n",
                           "$bright bold" if here else "$foreground"))  # fmt: skip
            column.append((f"      {position}\n", "$dim"))
        parts = packed("speaking for", pieces, max(self.size.width - 2, 20))
        self.query_one("#speaking", Static).update(Content.assemble(*parts))
        self.query_one("#seats", Static).update(Content.assemble(*column))
        self._said()

    def _said(self) -> None:
        """What was recorded or refused last; else what each key does."""
        text = self.text
        chair = self._chair(text) if text is not None else None
        title = plain(self.room.title(chair)) if chair else "nobody"
        width = max(self.size.width - 2, 20)
        lines = [(f"{self.last[0]}\n", self.last[1])] if self.last[0] else []
        lines += packed(f"chair {title}", _named(CHAIRS_KEYS), width)
        lines += [("\n", ""), *packed("seat", _named(SEATS_KEYS), width)]
        self.query_one("#chamber-said", Static).update(Content.assemble(*lines))

    def say(self, text: str, style: str) -> None:
        """One plain line above the keys."""
        self.last = (plain(text), style)
        self._said()

    def _position(self, seat: str, text: TextView | None) -> str:
        """What a seat has said about the text."""
        if text is None:
            return ""
        name = self._actor_title(seat)
        found = [
            stance.text.removeprefix(name).strip(": ")
            for stance in text.stances
            if f"[{self._actor(seat)}," in stance.cell
        ]
        held = [str(n) for n, c in enumerate(text.clauses, start=1) if name in c.held_by]
        if held:
            found.append(f"brackets {', '.join(held)}")
        chair = ["chair"] if seat == self._chair(text) else []
        return "; ".join([*chair, *found]) or "—"

    def _actor(self, seat: str) -> str:
        return str(self.room.facts["seats"][seat]["actor"])

    def _actor_title(self, seat: str) -> str:
        return str(self.room.facts["actors"][self._actor(seat)]["title"])

    def _chair(self, text: TextView) -> str | None:
        """The seat that presides over the forum a text is before now."""
        for forum in self.room.facts["forums"].values():
            if forum["title"] == text.forum_title and forum["chair"]:
                return self.room.seat_of(forum["chair"])
        return None

    def _lines(self, text: TextView, view: View) -> Iterator[Line]:
        lines = list(super()._lines(text, view))
        if not self.has_class("-narrow"):  # the seats' column says who holds which position
            heads = {"Positions"}
            lines = [line for line in lines if line.text not in heads]
            lines = [line for line in lines if line.ask not in {s.cell for s in text.stances}]
        yield from lines

    # acting

    def _act(self, decision: str) -> None:
        """Record an act at once: for the chosen seat, or for the chair of the text."""
        text = self.text
        if text is None:
            return
        seat = (self._chair(text) or self.seat) if decision in CHAIR else self.seat
        target = self._chosen()
        if decision in CLAUSES and target == text.name:
            self.say("Choose a clause first: ↓", "$own")
            return
        target = target if decision in CLAUSES else text.name
        level = self._level(decision, seat, text, target)
        self._record(seat, " ".join(part for part in (decision, target, level) if part))

    def _level(self, decision: str, seat: str, text: TextView, target: str) -> str:
        if decision not in TOGGLES:
            return {"council.put_text": "around the table"}.get(decision, "")
        if decision in HELD:
            cell = f"{HELD[decision]}[{self._actor(seat)},{text.name}]"
            taken = any(stance.cell == cell for stance in text.stances)
        else:
            name = self._actor_title(seat)
            taken = any(c.name == target and name in c.held_by for c in text.clauses)
        return TOGGLES[decision][taken]

    def _record(self, seat: str, line: str) -> None:
        """Do it, and say what was done or why not."""
        self.mine = True
        given = self.tried(lambda: self.room.any_desk(seat).draft(line))
        if isinstance(given, Refusal):
            self.say(f"× {self.room.title(seat)}: {given}", "$adversary")
        elif isinstance(given, Order):
            self.renew()
            self.say(f"✓ {self._told(seat, given)}", "$own")

    def _told(self, seat: str, order: Order) -> str:
        """An act as the record of its text tells it."""
        texts = self.view.texts if self.view is not None else ()
        for text in texts:
            for act in reversed(text.acts):
                if act.cell == order.cell:
                    return act.text
        return f"{self.room.title(seat)}: {_done(order)}"

    def action_seat_next(self) -> None:
        """Speak for the next seat."""
        if self.seats:
            self.seat = self.seats[(self.seats.index(self.seat) + 1) % len(self.seats)]
            self._seats()

    def on_key(self, event: events.Key) -> None:
        """A number chooses the seat."""
        if event.key.isdigit() and 0 < int(event.key) <= len(self.seats):
            event.stop()
            self.seat = self.seats[int(event.key) - 1]
            self._seats()

    def _vote(self, how: str) -> None:
        if self.text is not None:
            self._record(self.seat, f"council.vote {self.text.name} {how}")

    def action_yes(self) -> None:
        """For."""
        self._vote("for")

    def action_no(self) -> None:
        """Against."""
        self._vote("against")

    def action_abstain(self) -> None:
        """Abstain."""
        self._vote("abstain")

    def action_silence(self) -> None:
        """The chair puts the text under silence until a time, or sets another."""
        if self.text is not None:
            control = self.room.control
            left = floors.council_left(control.timing.clock())
            self._open(floors.silence_sheet(control.chamber, self.text, self._presiding(), left))

    def action_sum_up(self) -> None:
        """The chair sums up; where nobody presides, control does."""
        if self.text is not None:
            chair = self._chair(self.text)
            chamber = self.room.any_desk(chair or "control").chamber
            self._open(floors.sum_up_sheet(chamber, self.text, self._presiding()))

    def action_break(self) -> None:
        """The seat breaks silence in writing."""
        if floors.silence_on(self.floor, self.shown) is None:
            self.say("No silence runs on this text.", "$own")
        else:
            self._written(floors.break_sheet)

    def action_explain(self) -> None:
        """The seat explains its vote or position."""
        self._written(floors.explain_sheet)

    def _written(self, make: Callable[[ChamberDesk, TextView, str], FillSheet]) -> None:
        if self.text is not None and self.seat:
            chamber = self.room.any_desk(self.seat).chamber
            title = plain(self.room.title(self.seat))
            self._open(make(chamber, self.text, title))

    def _open(self, sheet: FillSheet) -> None:
        """A sheet; what is done on it is no news here."""
        self.mine, self.last = True, ("", "")
        self.studio.push_screen(sheet)

    def _presiding(self) -> str:
        chair = self._chair(self.text) if self.text is not None else None
        return plain(self.room.title(chair)) if chair else "Control"

    def action_lay_open(self) -> None:
        """Lay the texts open to everybody in the room, or no longer."""
        open_ = not self.floor.open
        refused = self.tried(lambda: self.room.control.chamber.lay_open(open_))
        if refused is not None:
            self.say(f"× {refused}", "$adversary")
            return
        self.renew()
        told = "The projector shows the texts." if open_ else "The projector shows no texts."
        self.say(told, "$own")

    def _keys(self) -> None:
        """The same keys for every text: whoever runs the room acts for all."""

    def action_move(self) -> None:
        """The chair moves the text to the next forum that there is."""
        text = self.text
        forums = self.room.facts["forums"]
        if text is None or len(forums) < 2:
            self.say("There is no other forum.", "$own")
            return
        here = [name for name, forum in forums.items() if forum["title"] == text.forum_title]
        names = list(forums)
        after = names[(names.index(here[0]) + 1) % len(names)] if here else names[0]
        self._record(self._chair(text) or self.seat, f"council.move {text.name} {after}")

    def action_shut(self) -> None:
        """The chair closes the text without agreement."""
        self._act("council.close")

    def action_acts(self) -> None:
        """All that the seat may do about the text."""
        from exercise.tui.screens.form import FormSheet
        from exercise.tui.screens.pick import PickSheet

        desk = self.room.any_desk(self.seat)
        abouts = (self._chosen(), self.shown)
        found = [
            (choice, about)
            for about in dict.fromkeys(abouts)
            for choice in desk.choices()
            if choice.stage == "council" and any(about in names for names in choice.targets)
        ]
        if not found:
            name = self.room.title(self.seat)
            self.say(f"{name} may do nothing about this text now.", "$own")
            return
        lines = [Line(c.says, note=c.consequence, right=c.cost, data=n)
                 for n, (c, _) in enumerate(found)]  # fmt: skip

        def take(number: int) -> None:
            choice, about = found[number]
            self.studio.push_screen(FormSheet(desk, choice, about=about))

        self.studio.push_screen(PickSheet(f"What {self.room.title(self.seat)} may do", lines, take))

    def action_vote(self) -> None:
        """Votes are + for, − against, 0 abstain."""
        self.say("+ votes for, − against, 0 abstains, for the chosen seat.", "$own")

    def action_close(self) -> None:
        """Close the council; slips are sealed next."""
        if self.room.control.standing().stage != "council":
            self.say("The council is closed for this turn already.", "$own")
            return
        self.tried(self.room.control.close_council)
        self.studio.pop_screen()

    def action_stop(self) -> None:
        """Freeze everything now."""
        stop(self.studio, self.room)


def _named(keys: Sequence[tuple[str, str]]) -> Iterator[Sequence[tuple[str, str]]]:
    """Keys with their words, as pieces of a line."""
    for key, word in keys:
        yield (key, "$bright"), (f" {word}", "$foreground")


def _done(order: Order) -> str:
    verb = order.decision.partition(".")[2].replace("_", " ")
    how = order.level if order.level and order.level not in verb else verb
    return plain(f"{how} ({', '.join(order.targets)})")
