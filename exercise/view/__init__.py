"""What a viewer is shown: words first, from a record, through `sight` and nothing else.

A view is plain data made by allow-list. It can be drawn by a terminal, printed on paper or sent
to another machine, and two records that agree on all that is marked visible to a viewer give
the same view to the byte.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from exercise.explain.naming import named
from exercise.record import Catalog, Message, Record, TurnRecord
from exercise.sight import Viewer
from exercise.view.chart import MapData, Mark, Route, map_of
from exercise.view.mail import addressed, inbox
from exercise.view.sentences import (
    Sentence,
    banded,
    changes,
    gauges,
    sentence,
    visible_cells,
)
from exercise.view.texts import ClauseView, TextView, texts_of

PHASE_TITLES = (
    "Indications and warning", "Assessment", "Response options", "Planning", "Execution",
    "Transition",
)  # fmt: skip


@attrs.frozen
class Page:
    """A seat's first page."""

    title: str
    wants: str
    fears: str
    knows: str
    brief: str = ""


@attrs.frozen
class View:
    """What one viewer is shown of one turn."""

    seat: str
    title: str
    banner: str
    scenario: str
    turn: int
    turns: int
    day: str
    phase: str
    numbers: bool
    page: Page
    changed: tuple[Sentence, ...]
    gauges: tuple[Sentence, ...]
    texts: tuple[TextView, ...]
    inbox: tuple[Message, ...]
    map: MapData


def view_of(record: Record, viewer: Viewer, turn: TurnRecord, facts: Mapping[str, Any]) -> View:
    """A viewer's view of a turn; `facts` is the scenario as plain data."""
    catalog = named(record.catalog, viewer, turn)
    numbers = viewer.is_control or facts["numbers"] == "shown"
    changed = changes(catalog, viewer, turn, numbers)
    calendar = facts["calendar"]
    number = turn.number
    days = calendar["days"]
    phase = _cell(turn, viewer, catalog, "phases.phase") if played(facts, "phases") else 0.0
    standing = gauges(catalog, viewer, turn, numbers)
    return View(
        seat=viewer.name,
        title=_title(viewer, facts),
        banner=facts["banner"],
        scenario=facts["title"],
        turn=number,
        turns=calendar["turns"],
        day=days[min(max(number, 1), len(days)) - 1] if days else "",
        phase=PHASE_TITLES[int(phase) - 1] if phase else "",
        numbers=numbers,
        page=page_of(viewer, facts),
        changed=tuple(changed),
        gauges=tuple(g for g in standing if played(facts, g.cell.partition(".")[0])),
        texts=tuple(texts_of(catalog, viewer, turn, facts, numbers)),
        inbox=tuple(m for m in inbox(record, viewer, turn)),
        map=map_of(catalog, viewer, turn, facts),
    )


def played(facts: Mapping[str, Any], module: str) -> bool:
    """Whether a rule module is on; what stands in one that is off tells nobody anything."""
    rules = facts["rules"]
    if rules in ("all", "none"):
        return bool(rules == "all")
    return module == rules or (not isinstance(rules, str) and module in rules)


def _title(viewer: Viewer, facts: Mapping[str, Any]) -> str:
    if viewer.is_control:
        return "Control"
    seat = facts["seats"].get(viewer.name, {})
    if seat.get("title"):
        return str(seat["title"])
    actor = facts["actors"].get(viewer.actor or "", {})
    return str(actor.get("title", viewer.name))


def page_of(viewer: Viewer, facts: Mapping[str, Any]) -> Page:
    """Who the viewer is, what it wants and fears, and what only it knows."""
    actor = facts["actors"].get(viewer.actor or "", {})
    seat = facts["seats"].get(viewer.name, {})
    return Page(
        _title(viewer, facts),
        actor.get("wants", ""),
        actor.get("fears", ""),
        actor.get("knows", ""),
        seat.get("brief", ""),
    )


def _cell(turn: TurnRecord, viewer: Viewer, catalog: Catalog, name: str) -> float:
    field = catalog.fields.get(name)
    if field is None:
        return 0.0
    for _, _, after in visible_cells(catalog, viewer, turn, field):
        return after
    return 0.0


__all__ = [
    "ClauseView", "MapData", "Mark", "Page", "Route", "Sentence", "TextView", "View", "addressed",
    "banded", "changes", "gauges", "inbox", "map_of", "page_of", "played", "sentence", "texts_of",
    "view_of", "visible_cells",
]  # fmt: skip
