"""Who is here, who has sealed, and who is the head of a delegation of several terminals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from textual.widget import Widget
from textual.widgets import Static

from exercise.room.access import OWN
from exercise.tui.actions import acts_of, bindings_of
from exercise.tui.screens.base import Sheet
from exercise.tui.widgets.lines import Line, Lines
from exercise.tui.words import counted, plain

if TYPE_CHECKING:
    from exercise.tui.course import Course

ROLES = ("control", "evaluator", "observer", "projector")
FILLED = {"bot": "bot", "desk": "at the desk"}
"""Who plays a seat at which nobody is, for those who may know."""
"""Whoever else may be here."""


class HereSheet(Sheet):
    """A line for each seat; beneath, the terminals of one's own, or to control of every seat."""

    KEY = "here"
    BINDINGS = bindings_of(KEY)

    def __init__(self, course: Course) -> None:
        super().__init__()
        self.course = course

    def body(self) -> Iterator[Widget]:
        """Title and lines."""
        yield Static("Who is here", classes="title", markup=False)
        yield Lines(id="here", classes="air")

    def on_mount(self) -> None:
        """Show them."""
        self.renew()
        self.query_one(Lines).focus()

    def renew(self) -> None:
        """Show who is here now; heads are made only where a delegation has several terminals."""
        terminals = list(terminal_lines(self.course))
        self.query_one(Lines).show([*seat_lines(self.course), *terminals])
        self.offer([act for act in acts_of(self.KEY) if terminals or act.name != "nothing"])

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Make the chosen terminal the head of its delegation."""
        if not isinstance(event.line.data, tuple):
            return
        seat, terminal = event.line.data
        delegation = self.course.desk_of(seat).delegation
        refused = self.tried(lambda: delegation.appoint(terminal))
        if refused is not None:
            self.studio.tell(refused.reason, refused.remedy)
        self.renew()


def seat_lines(course: Course) -> Iterator[Line]:
    """Each seat: whether somebody is there, whether it has sealed; then the other roles."""
    standing = course.control.standing()
    present = course.present()
    for name, title in standing.titles.items():
        by = FILLED.get(standing.filling.get(name, ""), "—")
        yield _line(title, present.get(name, 0), bool(standing.sealed.get(name)), by)
    if present.get(OWN) and "control" not in standing.titles:
        present = {**present, "control": present.get("control", 0) + present[OWN]}
    for name in ROLES:
        if present.get(name) and name not in standing.titles:
            yield _line(name.capitalize(), present[name], False)


def _line(title: str, here: int, sealed: bool, by: str = "—") -> Line:
    where = "" if not here else "here" if here == 1 else f"here, {counted(here, 'terminal')}"
    words = [word for word in (where, "sealed" if sealed else "") if word]
    return Line(
        plain(title), sign="●" if here else "○", sign_style="$own" if here else "$dim",
        right=" · ".join(words) or by, right_style="$foreground" if words else "$dim",
    )  # fmt: skip


def terminal_lines(course: Course) -> Iterator[Line]:
    """The terminals of each delegation that has several here; the head seals for it."""
    by_seat: dict[str, list[str]] = {}
    heads: Mapping[str, bool] = course.terminals()
    for name in heads:
        by_seat.setdefault(name.rpartition("-")[0], []).append(name)
    titles = course.control.standing().titles
    for seat, names in by_seat.items():
        if len(names) < 2 or seat not in titles:
            continue
        yield Line(f"Terminals of {plain(titles[seat])}: Enter makes one the head", heading=True)
        people = {one.name: one.person for one in course.desk_of(seat).delegation.places()}
        for name in names:
            yield Line(
                plain(people.get(name, "")) or name, note=name if people.get(name) else "",
                sign="★" if heads[name] else "·", sign_style="$own" if heads[name] else "$dim",
                right="head, seals" if heads[name] else "", data=(seat, name),
            )  # fmt: skip
