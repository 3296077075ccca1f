"""Paper for a room: each delegation's brief and slips, and control's list and inject cards.

A delegation's paper is made through `sight` from the opening, as its screen would be: what is on
it, that seat may see. Control's paper holds everything and is kept apart.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from exercise.engine.declare import Decision
from exercise.engine.roster import Roster
from exercise.errors import UsageError
from exercise.explain.ordered import cost_words
from exercise.explain.why import words
from exercise.paper import (
    Blank,
    Block,
    Code,
    Heading,
    NewPage,
    Paper,
    Pieces,
    Strong,
    Table,
    bound,
    items,
    para,
    put,
    to_html,
    to_markdown,
)
from exercise.record import Catalog, Record, TurnRecord
from exercise.scenario.calendar import day_number
from exercise.scenario.compile import Exercise
from exercise.scenario.facts import facts_of
from exercise.seats import Seating
from exercise.sight import Viewer
from exercise.view import Page, page_of, visible_cells

LINES = 5
"""Orders a slip has room for; a delegation's staff seldom manages more in a turn."""
CONTROL_SEAT = "control"


@attrs.frozen(eq=False)
class Packet:
    """All the paper of one exercise: a document for each seat, and control's."""

    seats: Mapping[str, Paper]
    control: Paper


def packet_of(exercise: Exercise) -> Packet:
    """The paper of a scenario in one rhythm."""
    facts = facts_of(exercise)
    opening = exercise.ruleset.opening(1)
    start = TurnRecord(0, opening, opening, ())
    record = Record(Catalog.of(exercise.ruleset), [start])
    seating = Seating.of(exercise.scenario, exercise.ruleset.roster)
    active = exercise.ruleset.active
    seats = {
        name: _seat(record, viewer, facts, seating.titles[name], active)
        for name, viewer in seating.viewers.items()
        if not viewer.is_control
    }
    return Packet(seats, _control(exercise, facts, seating))


def write_packet(exercise: Exercise, folder: Path) -> list[Path]:
    """Write all paper into a folder, made if need be; returns what was written, in order.

    `seats/` is for the delegations; `control/` holds secrets of all of them. Raises `UsageError`
    where the folder is a file.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file, not a folder", "name another with -o")
    packet = packet_of(exercise)
    seats, control = folder / "seats", folder / "control"
    for place in (seats, control):
        place.mkdir(parents=True, exist_ok=True)
    written = []
    papers = list(packet.seats.items())
    for name, paper in papers:
        written += _both(seats / name, paper)
    title, banner = f"{packet.control.title}: all seats", packet.control.banner
    written += _both(control / "control", packet.control)
    whole = control / "print-all-seats.html"
    put(whole, to_html(bound(title, banner, [p for _, p in papers])))
    return [*written, whole]


def packet_text(folder: Path, written: Sequence[Path]) -> str:
    """What was written and what to do with it, for people."""
    count = sum(path.parent.name == "seats" for path in written) // 2
    return (
        f"briefs and slips for {count} seats in {folder / 'seats'}, a file each\n"
        f"control's list and inject cards in {folder / 'control'}: keep that folder to yourself\n"
        f"to print all seats at once: {folder / 'control' / 'print-all-seats.html'}"
    )


def _both(stem: Path, paper: Paper) -> list[Path]:
    found = [stem.with_name(f"{stem.name}.html"), stem.with_name(f"{stem.name}.md")]
    put(found[0], to_html(paper))
    put(found[1], to_markdown(paper))
    return found


# a delegation


def _seat(
    record: Record, viewer: Viewer, facts: Mapping[str, Any], title: str, active: Container[str]
) -> Paper:
    page = page_of(viewer, facts)
    blocks = [
        *_who(page),
        *_aims(viewer, facts),
        *_forces(viewer, facts),
        *_reports(record, viewer, facts),
        *_forums(viewer, facts),
        *_days(facts),
        NewPage(),
        *_slip(record.catalog, viewer, title, active),
    ]
    return Paper(f"{facts['title']}: {title}", facts["banner"], tuple(blocks))


def _who(page: Page) -> Iterator[Block]:
    yield para("You are ", Strong(page.title), ".")
    for lead, text in (
        ("You want", page.wants),
        ("You fear", page.fears),
        ("Only you know", page.knows),
        ("Also", page.brief),
    ):
        if text.strip():
            yield Heading(lead, 3)
            yield para(text)


def _aims(viewer: Viewer, facts: Mapping[str, Any]) -> Iterator[Block]:
    """Objectives that are this seat's own; those of the exercise are control's matter."""
    own = [goal for goal in facts["objectives"].values() if goal["seat"] == viewer.name]
    if own:
        yield Heading("What you will be asked at the end", 3)
        yield items(f"{goal['title']}. {goal['says']}" for goal in own)


def _forces(viewer: Viewer, facts: Mapping[str, Any]) -> Iterator[Block]:
    mine = [unit for unit in facts["units"].values() if unit["owner"] == viewer.actor]
    if viewer.actor is None or not mine:
        return
    yield Heading("Your forces", 3)
    rows: list[Pieces] = []
    for unit in mine:
        place = facts["nodes"].get(unit["at"] or "", {}).get("title", "")
        rows.append(
            (unit["title"], unit["kind"], f"{unit['personnel']:,.0f}", _notice(unit["notice"]),
             place, ", ".join(unit["caveats"]))
        )  # fmt: skip
    yield Table(("Force", "Kind", "People", "Notice", "Where", "Your caveats"), tuple(rows))


def _notice(days: float) -> str:
    return f"{days:g} day" if days == 1 else f"{days:g} days"


def _reports(record: Record, viewer: Viewer, facts: Mapping[str, Any]) -> Iterator[Block]:
    """What the seat holds at the start, as `sight` lets it see it."""
    field = record.catalog.fields.get("intelligence.seen")
    if field is None or viewer.actor is None:
        return
    lines: list[Pieces] = []
    for names, _, held in visible_cells(record.catalog, viewer, record.last, field):
        ally, report = names
        told = facts["reports"].get(report)
        if ally == viewer.actor and held > 0.0 and told is not None:
            text = f" {told['text']}" if held >= 1.0 else " (a tear-line: its source is withheld)"
            lines.append((Strong(f"{told['title']} ({told['grading']})."), text))
    if lines:
        yield Heading("Reports you hold", 3)
        yield items(lines)


def _forums(viewer: Viewer, facts: Mapping[str, Any]) -> Iterator[Block]:
    actors = facts["actors"]
    lines: list[Pieces] = []
    for forum in facts["forums"].values():
        members = forum["members"] or [k for k, a in actors.items() if a["role"] == "ally"]
        if viewer.actor in members:
            chair = actors.get(forum["chair"] or "", {}).get("title", "")
            led = f" Chair: {chair}." if chair else ""
            lines.append((Strong(forum["title"]), f".{led} {forum['says']}"))
    if lines:
        yield Heading("Where you sit", 3)
        yield items(lines)


def _days(facts: Mapping[str, Any]) -> Iterator[Block]:
    calendar = facts["calendar"]
    yield Heading("The turns", 3)
    days = (f"{n} begins on {day}" for n, day in enumerate(calendar["days"], start=1))
    yield para(f"{'; '.join(days)}.")


def _slip(catalog: Catalog, viewer: Viewer, title: str, active: Container[str]) -> Iterator[Block]:
    """The slip, and what can be written on it."""
    if viewer.actor is None:
        yield Heading(f"Slip of {title}", 2)
        yield para("You take no national decisions. Write here what you say, and to whom.")
        yield Blank(("Turn", *("To / words" for _ in range(2 * LINES))))
        return
    by = "ally" if viewer.actor in catalog.roster.of("ally") else "adversary"
    offered = [
        decision for decision in catalog.decisions.values()
        if decision.by == by and decision.stage == "orders" and decision.module in active
    ]  # fmt: skip
    if not offered:
        yield from _talk_slips(title)
        return
    for _ in range(2):  # two slips to a sheet, to be cut
        yield Heading(f"Slip of {title}", 2)
        yield para("One order a line: what, to whom or where, how much. Then why, in a sentence.")
        yield Blank(("Turn", *(str(number) for number in range(1, LINES + 1)), "Why"))
    yield NewPage(close=True)
    yield Heading(f"What {title} may order", 2)
    grouped: dict[str, list[Pieces]] = {}
    for decision in offered:
        grouped.setdefault(decision.module, []).append(_offered(decision))
    for module, lines in grouped.items():
        yield para(Strong(module.capitalize()))
        yield items(lines)


def _talk_slips(title: str) -> Iterator[Block]:
    """Slips where nothing is ordered: what the seat answers, and what it does."""
    yield Heading(f"Slip of {title}: answers", 2)
    yield para("The question's number, then your answer in a sentence or two.")
    yield Blank(("Turn", *("Question / answer" for _ in range(LINES))))
    yield Heading(f"Slip of {title}: a move", 2)
    yield para("Anything you could really do. Control settles the odds and rolls.")
    yield Blank(("Turn", "What we do", "To what end", "Why it should work", "Who knows of it"))


def _offered(decision: Decision) -> Pieces:
    plain = {axis: f"‹{axis.partition('@')[0]}›" for axis in decision.axes}
    told = words(decision.says, Roster({}, titles={}), plain)
    how = f" ({' / '.join(decision.levels)})" if len(decision.levels) > 1 else ""
    return (f"{told}{how}: {cost_words(decision)}. ", Code(decision.name.partition(".")[2]))


# control


def _control(exercise: Exercise, facts: Mapping[str, Any], seating: Seating) -> Paper:
    blocks: list[Block] = [
        para(facts["summary"]),
        para(Strong("For control alone. "), "It holds what delegations must not read."),
        Heading("Turns"),
        *_days(facts),
        Heading("Seats"),
        items(_seat_line(name, seating, facts) for name in seating.viewers),
        Heading("Objectives"),
        items(
            (Strong(goal["title"]), f": {goal['says']} ", *_judged_by(goal))
            for goal in facts["objectives"].values()
        ),
        Heading("Master list of injects"),
        _list(exercise, facts),
        NewPage(),
        Heading("Inject cards"),
        *_cards(exercise, facts),
    ]
    return Paper(f"{facts['title']}: control", facts["banner"], tuple(blocks))


def _judged_by(goal: Mapping[str, Any]) -> Pieces:
    return ("Met when ", Code(goal["met"])) if goal["met"] else ("Evaluators judge it.",)


def _seat_line(name: str, seating: Seating, facts: Mapping[str, Any]) -> Pieces:
    viewer = seating.viewers[name]
    knows = facts["actors"].get(viewer.actor or "", {}).get("knows", "")
    told = f": knows alone: {knows}" if knows else ""
    return (Strong(seating.titles[name]), told)


def in_order(exercise: Exercise, facts: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    """Injects by exercise day; those that wait for something, or for control's hand, last."""
    d_day = exercise.scenario.start

    def day(item: tuple[str, Mapping[str, Any]]) -> tuple[float, int]:
        at = item[1]["at"]
        number = day_number(str(at), d_day) if at else None
        return (99_999.0 if number is None else number, 0 if item[1]["when"] else 1)

    return sorted(facts["injects"].items(), key=day)


def _list(exercise: Exercise, facts: Mapping[str, Any]) -> Table:
    rows: list[Pieces] = []
    for name, inject in in_order(exercise, facts):
        rows.append(
            (Code(name), _when(inject), inject["sender"], _reaches(exercise, inject),
             inject["title"], inject["expected"], _objective(facts, inject))
        )  # fmt: skip
    return Table(("Id", "When", "From", "To", "Line", "Expected", "Objective"), tuple(rows))


def _reaches(exercise: Exercise, inject: Mapping[str, Any]) -> str:
    """Whom an inject reaches, by their names."""
    seating = Seating.of(exercise.scenario, exercise.ruleset.roster)
    titles = {"all": "everybody", "allies": "all allies", **seating.titles}
    return ", ".join(titles.get(to, to) for to in inject["to"]) or "control alone"


def _objective(facts: Mapping[str, Any], inject: Mapping[str, Any]) -> str:
    goal = facts["objectives"].get(inject["objective"])
    return str(goal["title"]) if goal else str(inject["objective"] or "")


def _when(inject: Mapping[str, Any]) -> str:
    condition = f"when {inject['when'].strip()}" if inject["when"] else ""
    told = " and ".join(part for part in (str(inject["at"]), condition) if part)
    return told or "by hand"


def _cards(exercise: Exercise, facts: Mapping[str, Any]) -> Iterator[Block]:
    for name, inject in in_order(exercise, facts):
        yield Heading(inject["title"], 3)
        lead = f"{_when(inject)} · {inject['method']} · from {inject['sender']} to "
        yield para(f"{lead}{_reaches(exercise, inject)} · ", Code(name))
        yield para(inject["text"])
        for word, text in (
            ("Expected: ", inject["expected"]),
            ("Objective: ", _objective(facts, inject)),
            ("Behind it: ", inject["background"]),
        ):
            if text:
                yield para(Strong(word), text)


__all__ = ["Packet", "in_order", "packet_of", "packet_text", "write_packet"]
