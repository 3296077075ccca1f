"""Injects as control reads them: lines of the list, rows of the table, and one of them whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len

from exercise.scenario.calendar import day_word
from exercise.tui.widgets.lines import Line
from exercise.tui.words import counted, listed, plain, shortened

if TYPE_CHECKING:
    from exercise.room.msel import Row
    from exercise.room.schedule import Planned
    from exercise.tui.room import Room

SIGNS = {
    "draft": "✎", "approved": "○", "scheduled": "○", "armed": "◔", "held": "‖", "skipped": "–",
    "disabled": "–", "delivered": "✓", "opened": "✓", "acknowledged": "✓", "answered": "✓",
}  # fmt: skip
COME = ("delivered", "opened", "acknowledged", "answered")
QUIET = (*COME, "skipped", "disabled")
WIDE, WIDER = 100, 130


def msel_lines(rows: Sequence[Row], turns: Sequence[Planned], turn: int) -> list[Line]:
    """The injects by exercise time, each with its state; then those that wait for something."""
    now = next((one for one in turns if one.number == turn), None)
    start = now.first if now is not None else 0
    lines = []
    placed = False
    for row in (row for row in rows if row.day is not None):
        if not placed and (row.day or 0) >= start:
            lines.append(Line(f"Turn {turn}, from {day_word(start)}", heading=True))
            placed = True
        lines.append(_row(row, (row.day or 0) < start))
    other = [row for row in rows if row.day is None]
    if other:
        lines.append(Line("When it comes to it", heading=True))
        lines += [_row(row) for row in other]
    return lines


def _row(row: Row, passed: bool = False) -> Line:
    note = {
        "held": "held: it comes when you fire it",
        "disabled": "not in play; you may fire it",
        "skipped": "skipped; you may fire it",
        "draft": "a draft: it waits for approval",
        "armed": waiting(row) if row.condition else "armed",
    }.get(row.state, "")
    if row.after and row.state == "scheduled":
        note = f"only if what is expected after {row.after} does not come"
    if passed and row.state in ("scheduled", "armed"):
        note = "its day has passed; fire it if you want it"
    if row.state in COME[1:]:
        note = row.state
    done = row.state in COME
    return Line(
        row.told.title,
        sign=SIGNS[row.state],
        sign_style="$dim" if done else "$own",
        style="$dim" if done else "$foreground",
        right=row.told.when,
        note=note,
        data=row,
    )


def waiting(row: Row) -> str:
    """Why an armed inject has not come: the parts of its condition that do not hold, in words."""
    return f"waits for: {'; '.join(row.missing)}" if row.missing else "its condition holds"


HEADS = ("Day", "State", "Inject", "From", "To", "By", "Objective", "Controller")
SHARES = (0, 0, 10, 5, 5, 0, 0, 0)
FIXED = (7, 10, 0, 0, 0, 12, 12, 10)


def laid(cells: tuple[str, ...], width: int) -> str:
    """Cells in columns, `width` wide; on a narrow screen those that matter most."""
    less = (0, 1, 2, 3, 4, 6) if width >= WIDE else (0, 1, 2, 4)
    kept = tuple(range(8)) if width >= WIDER else less
    free = width - sum(FIXED[k] for k in kept) - len(kept)
    share = sum(SHARES[k] for k in kept)
    parts = []
    for k in kept:
        room = FIXED[k] or free * SHARES[k] // share
        text = shortened(plain(cells[k]), room)
        parts.append(text + " " * (room - cell_len(text)))
    return " ".join(parts).rstrip()


def reaches(room: Room, row: Row) -> str:
    """Whom an inject reaches, by their names."""
    named = {"all": "everybody", "allies": "all allies"}
    return listed([named.get(to) or room.title(to) for to in row.told.to]) or "control alone"


def goal_name(room: Room, row: Row) -> str:
    """The objective that an inject is for, as people know it; empty without one."""
    goal = room.facts["objectives"].get(row.told.objective)
    return str(goal["title"]) if goal else row.told.objective


def inject_text(room: Room, row: Row) -> str:
    """All of an inject, for control to read."""
    told = row.told
    when = " · ".join(part for part in (told.when, row.condition) if part) or "by hand"
    parts = [
        f"{row.state} · {when} · id {row.id}",
        f"from {told.sender} to {reaches(room, row)} · {told.method}",
        "", told.text, "",
    ]  # fmt: skip
    for word, text in (
        ("Expected: ", told.expected), ("Objective: ", goal_name(room, row)),
        ("Controller: ", told.controller), ("Behind it: ", told.background),
    ):  # fmt: skip
        if text:
            parts.append(f"{word}{text}")
    if told.effects:
        parts += ["", "What it does:", *(effect.line() for effect in told.effects)]
    if row.then:
        came = {None: "not yet", True: "yes", False: "no"}[row.came]
        parts.append(f"If that has not come by {row.deadline}: {row.then}. Has it come? {came}")
    if row.after:
        parts.append(f"It stands in for what is expected after {row.after}.")
    if row.waits and row.state not in COME:
        parts += ["", "It comes once all of this holds:", *row.waits]
    if row.marks:
        parts += ["", counted(len(row.marks), "seat") + ":",
                  *(f"{room.title(seat)}: {mark}" for seat, mark in row.marks)]  # fmt: skip
    return "\n".join(parts)
