"""What a viewer is shown: words first, from a record, through `sight` and nothing else.

A view is plain data made by allow-list. It can be drawn by a terminal, printed on paper or sent
to another machine, and two records that agree on all that is marked visible to a viewer give
the same view to the byte.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

import attrs
import numpy as np

from exercise.declare import Field
from exercise.exact import Array
from exercise.record import Catalog, Message, Record, TurnRecord
from exercise.roster import cell_name
from exercise.sight import Viewer, mask
from exercise.why import words

SMALL = 1 / 64
"""A change of less than this share of a field's range is not worth a sentence."""
FULL = 0.25
"""A change of this share of a field's range is as big as news gets."""


@attrs.frozen
class Sentence:
    """A statement that can be asked about: its words, its cell, and how it moved."""

    text: str
    cell: str = ""
    trend: int = 0
    """1 for up, −1 for down, 0 for neither."""
    tone: int = 0
    """1 where that is good for the viewer's side, −1 where it is bad."""
    band: str = ""
    value: float | None = None
    change: float | None = None
    weight: float = 0.0


@attrs.frozen
class ClauseView:
    """A clause as the table sees it."""

    name: str
    text: str
    state: str
    """`stands`, `softened`, `bracketed` or `dropped`."""
    held_by: tuple[str, ...] = ()
    cell: str = ""


@attrs.frozen
class TextView:
    """A motion before a forum."""

    name: str
    title: str
    forum: str
    forum_title: str
    protocol: str
    chair: str
    state: str
    """`not tabled`, `on the table`, `put`, `under silence`, `adopted`, `failed`, `coalition`."""
    strength: Sentence
    clauses: tuple[ClauseView, ...]
    positions: tuple[str, ...] = ()
    kind: str = ""
    stances: tuple[Sentence, ...] = ()
    """The positions again, each with the cell that can be asked about."""


@attrs.frozen
class Mark:
    """A thing on the map."""

    kind: str
    """`unit`, `node`, `capital`, `theatre` or `act`."""
    at: tuple[float, float]
    label: str
    owner: str = ""
    side: str = ""
    """`own`, `ally`, `adversary` or `other`."""
    note: str = ""
    cell: str = ""


@attrs.frozen
class Route:
    """A way on the map: points, and how it is travelled."""

    points: tuple[tuple[float, float], ...]
    mode: str
    cut: bool = False


@attrs.frozen
class MapData:
    """All that is needed to draw the map."""

    frame: tuple[float, ...]
    world: str
    countries: Mapping[str, str]
    shapes: tuple[tuple[str, tuple[tuple[float, float], ...]], ...]
    marks: tuple[Mark, ...]
    routes: tuple[Route, ...]


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


PHASE_TITLES = (
    "Indications and warning", "Assessment", "Response options", "Planning", "Execution",
    "Transition",
)  # fmt: skip

GAUGES = (
    "threat.shared_view",
    "threat.agreement",
    "burden.cohesion",
    "council.free_consent",
    "forces.fill",
    "deterrence.tension",
    "deterrence.estimate",
    "deterrence.level",
    "domestic.support",
    "sanctions.pain",
    "economy.hardship",
)


def view_of(record: Record, viewer: Viewer, turn: TurnRecord, facts: Mapping[str, Any]) -> View:
    """A viewer's view of a turn; `facts` is the scenario as plain data."""
    catalog = record.catalog
    numbers = viewer.is_control or facts["numbers"] == "shown"
    changed = changes(catalog, viewer, turn, numbers)
    calendar = facts["calendar"]
    number = turn.number
    days = calendar["days"]
    phase = _cell(turn, viewer, catalog, "phases.phase")
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
        gauges=tuple(gauges(catalog, viewer, turn, numbers)),
        texts=tuple(texts_of(catalog, viewer, turn, facts, numbers)),
        inbox=tuple(m for m in inbox(record, viewer, turn)),
        map=map_of(catalog, viewer, turn, facts),
    )


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


# sentences


def banded(field: Field, value: float) -> str:
    """The word for a value, from the field's bands."""
    if not field.bands:
        return ""
    share = (value - field.low) / (field.high - field.low) if field.high > field.low else 0.0
    return field.bands[min(int(share * len(field.bands)), len(field.bands) - 1)]


def visible_cells(
    catalog: Catalog, viewer: Viewer, turn: TurnRecord, field: Field
) -> Iterator[tuple[tuple[str, ...], float, float]]:
    """Names, value before and value after of each cell of a field that the viewer may see."""
    before = turn.before[field.name].data[..., 0]
    after = turn.after[field.name].data[..., 0]
    seen = mask(viewer, field, turn.after)
    shape = after.shape
    whole: Array | None = None if seen is None else np.broadcast_to(seen[..., 0], shape)
    names = [catalog.roster.of(axis) for axis in field.axes]
    for where in product(*(range(n) for n in shape)):
        if whole is None or whole[where] > 0.0:
            cell = tuple(entries[k] for entries, k in zip(names, where, strict=True))
            yield cell, float(before[where]), float(after[where])


def changes(catalog: Catalog, viewer: Viewer, turn: TurnRecord, numbers: bool) -> list[Sentence]:
    """What changed this turn, in words, what matters most first, one sentence a field."""
    found: list[Sentence] = []
    for field in catalog.fields.values():
        if not (field.rises or field.falls) or turn.number == 0:
            continue
        best: Sentence | None = None
        for names, before, after in visible_cells(catalog, viewer, turn, field):
            change = after - before
            spread = min(field.high - field.low, 100.0) or 1.0
            size = min(abs(change) / spread / FULL, 1.0)
            weight = field.news * size * _interest(viewer, field, names)
            told = field.rises if change > 0 else field.falls
            small = abs(change) / spread < SMALL or not told or not weight
            if small or (best is not None and weight <= best.weight):
                continue
            best = sentence(catalog, field, names, before, after, numbers, weight)
        if best is not None and best.text:
            found.append(best)
    return sorted(found, key=lambda s: (-s.weight, s.cell))


def _interest(viewer: Viewer, field: Field, names: tuple[str, ...]) -> float:
    """Own matters come first, then what concerns everybody, then others' matters."""
    if viewer.actor in names:
        return 2.0
    return 1.5 if not names else 1.0


def sentence(
    catalog: Catalog,
    field: Field,
    names: tuple[str, ...],
    before: float,
    after: float,
    numbers: bool,
    weight: float = 0.0,
) -> Sentence:
    """A cell's change as a sentence, with its band and, where allowed, its number."""
    change = after - before
    template = field.rises if change > 0 else field.falls if change < 0 else field.says
    told = words(template or field.says, catalog.roster, dict(zip(field.axes, names, strict=True)))
    trend = (change > 0) - (change < 0)
    tone = trend if field.good == "up" else -trend if field.good == "down" else 0
    return Sentence(
        told, cell_name(field.name, names), trend, tone, banded(field, after),
        after if numbers else None, change if numbers else None, weight,
    )  # fmt: skip


def gauges(catalog: Catalog, viewer: Viewer, turn: TurnRecord, numbers: bool) -> Iterator[Sentence]:
    """The few standing values a desk keeps in sight, each with its band."""
    for name in GAUGES:
        field = catalog.fields.get(name)
        if field is None:
            continue
        for names, before, after in visible_cells(catalog, viewer, turn, field):
            if "ally" in field.axes and viewer.actor not in names and not viewer.is_control:
                continue
            told = words(field.says, catalog.roster, dict(zip(field.axes, names, strict=True)))
            change = after - before
            trend = (change > 0) - (change < 0) if abs(change) > 1e-4 else 0
            tone = trend if field.good == "up" else -trend if field.good == "down" else 0
            yield Sentence(
                told, cell_name(name, names), trend, tone, banded(field, after),
                after if numbers else None, change if numbers else None,
            )  # fmt: skip


def _cell(turn: TurnRecord, viewer: Viewer, catalog: Catalog, name: str) -> float:
    field = catalog.fields.get(name)
    if field is None:
        return 0.0
    for _, _, after in visible_cells(catalog, viewer, turn, field):
        return after
    return 0.0


# the council


def texts_of(
    catalog: Catalog, viewer: Viewer, turn: TurnRecord, facts: Mapping[str, Any], numbers: bool
) -> Iterator[TextView]:
    """The texts before the councils, as far as the viewer may see them."""
    if "council.tabled" not in catalog.fields:
        return
    seen = _Seen(catalog, viewer, turn)
    for name, motion in facts["motions"].items():
        state = _text_state(seen, name)
        if state == "not tabled" and not (viewer.is_control or viewer.allied):
            continue
        forum = facts["forums"][motion["forum"]]
        for key in facts["forums"]:
            if seen.value("council.forum", name, key) > 0.0:
                forum = facts["forums"][key]
        strength = catalog.fields["council.strength"]
        value = seen.value("council.strength", name)
        yield TextView(
            name, motion["title"], motion["forum"], forum["title"], forum["protocol"],
            _actor(facts, forum.get("chair")), state,
            Sentence(
                "The text as it stands", cell_name(strength.name, (name,)), 0, 0,
                banded(strength, value), value if numbers else None,
            ),
            tuple(_clauses(catalog, seen, facts, name, motion)),
            tuple(stance.text for stance in _stances(seen, catalog, facts, name)),
            motion["kind"],
            tuple(_stances(seen, catalog, facts, name)),
        )  # fmt: skip


class _Seen:
    """Single cells of a turn, 0 where the viewer may not see them."""

    def __init__(self, catalog: Catalog, viewer: Viewer, turn: TurnRecord) -> None:
        self.catalog, self.viewer, self.turn = catalog, viewer, turn
        self._masks: dict[str, Array | None] = {}

    def value(self, name: str, *names: str) -> float:
        field = self.catalog.fields.get(name)
        if field is None:
            return 0.0
        if name not in self._masks:
            found = mask(self.viewer, field, self.turn.after)
            shape = self.turn.after[name].data.shape
            self._masks[name] = None if found is None else np.broadcast_to(found, shape)
        where = tuple(
            self.catalog.roster.index(a, n) for a, n in zip(field.axes, names, strict=True)
        )
        seen = self._masks[name]
        if seen is not None and not seen[(*where, 0)] > 0.0:
            return 0.0
        return float(self.turn.after[name].data[(*where, 0)])


def _text_state(seen: _Seen, name: str) -> str:
    if seen.value("council.adopted", name):
        return "adopted"
    if seen.value("council.coalition", name):
        return "coalition"
    if seen.value("council.silence", name):
        return "under silence"
    if seen.value("council.put", name):
        return "put"
    if seen.value("council.tabled", name):
        return "on the table"
    return "failed" if seen.value("council.failed", name) else "not tabled"


def _clauses(
    catalog: Catalog, seen: _Seen, facts: Mapping[str, Any], name: str, motion: Mapping[str, Any]
) -> Iterator[ClauseView]:
    for number, clause in enumerate(motion["clauses"]):
        key = f"{name}-{number + 1}"
        held = tuple(
            _actor(facts, ally)
            for ally in catalog.roster.of("ally")
            if seen.value("council.bracket", ally, key)
        )
        text, state = clause["text"], "stands"
        if seen.value("council.soft", key):
            text, state = clause.get("softer") or clause["text"], "softened"
        if held:
            state = "bracketed"
        if seen.value("council.dropped", key):
            state = "dropped"
        yield ClauseView(key, text, state, held, cell_name("council.standing", (key,)))


def _stances(
    seen: _Seen, catalog: Catalog, facts: Mapping[str, Any], name: str
) -> Iterator[Sentence]:
    says = (
        ("council.objection", "objects"),
        ("council.broken", "broke silence"),
        ("council.reservation", "reserves its position"),
        ("council.joined", "acts of its own will"),
    )
    for ally in catalog.roster.of("ally"):
        for field, told in says:
            if seen.value(field, ally, name):
                yield Sentence(f"{_actor(facts, ally)} {told}", cell_name(field, (ally, name)))
        vote = seen.value("council.ballot", ally, name)
        if vote:
            how = "for" if vote > 0.75 else "against" if vote < 0 else "abstains"
            cell = cell_name("council.ballot", (ally, name))
            yield Sentence(f"{_actor(facts, ally)}: {how}", cell)


def _actor(facts: Mapping[str, Any], key: str | None) -> str:
    return str(facts["actors"].get(key or "", {}).get("title", key or ""))


# the inbox


def addressed(to: Sequence[str], viewer: Viewer) -> bool:
    """Whether a message to these seats reaches the viewer."""
    if viewer.is_control or "all" in to:
        return True
    if viewer.kind == "public":
        return False
    return viewer.name in to or viewer.actor in to or ("allies" in to and viewer.allied)


def inbox(record: Record, viewer: Viewer, turn: TurnRecord) -> Iterator[Message]:
    """What has reached the viewer, the latest first; reports it holds among them."""
    yield from (m for m in turn.messages if addressed(m.to, viewer))
    for number in range(min(turn.number, len(record.turns)) - 1, 0, -1):
        earlier = record.turn(number)
        yield from (m for m in earlier.messages if addressed(m.to, viewer))


# the map


def map_of(catalog: Catalog, viewer: Viewer, turn: TurnRecord, facts: Mapping[str, Any]) -> MapData:
    """The map as the viewer may see it."""
    drawn = facts["map"]
    seen = _Seen(catalog, viewer, turn)
    nodes = facts["nodes"]
    marks: list[Mark] = []
    for key, actor in facts["actors"].items():
        if actor.get("capital"):
            marks.append(
                Mark(
                    "capital", _at(actor["capital"]), actor["title"], key, _side(viewer, facts, key)
                )
            )
    for key, theatre in facts["theatres"].items():
        if theatre.get("at"):
            level = max(
                (
                    seen.value("deterrence.level", foe, key)
                    for foe in catalog.roster.of("adversary")
                ),
                default=0.0,
            )
            note = f"level {level:g}" if level else ""
            marks.append(Mark("theatre", _at(theatre["at"]), theatre["title"], note=note))
    for key, node in nodes.items():
        damage = seen.value("logistics.damage", key)
        note = "damaged" if damage > 0.1 else ""
        owner = node.get("owner") or ""
        if node["kind"] != "sea":
            marks.append(
                Mark(
                    "node", _at(node["at"]), node["title"], owner, _side(viewer, facts, owner), note
                )
            )
    marks.extend(_units(seen, viewer, facts))
    routes = tuple(
        Route(
            (
                _at(nodes[link["start"]]["at"]),
                *(_at(p) for p in link["via"]),
                _at(nodes[link["end"]]["at"]),
            ),
            link["mode"],
        )
        for link in facts["links"]
    )
    shapes = tuple(
        (shape.get("owner") or "", tuple(_at(p) for p in shape["ring"]))
        for shape in drawn["shapes"]
    )
    return MapData(
        tuple(drawn["frame"]), drawn["world"], drawn["countries"], shapes, tuple(marks), routes
    )


def _units(seen: _Seen, viewer: Viewer, facts: Mapping[str, Any]) -> Iterator[Mark]:
    for key, unit in facts["units"].items():
        owner = unit["owner"]
        place = facts["nodes"].get(unit.get("at") or "")
        foreign = facts["actors"][owner]["role"] != "ally"
        if place is None or (foreign and not viewer.is_control):
            continue
        pledged = seen.value("forces.pledged", key) > 0.0
        there = seen.value("logistics.arrived", key) > 0.0
        note = "in place" if pledged and there else "pledged" if pledged else ""
        at = _at(place["at"])
        for name, theatre in facts["theatres"].items():
            if pledged and theatre.get("at") and seen.value("logistics.destination", key, name):
                goal = _at(theatre["at"])
                share = 1.0 if there else seen.value("logistics.progress", key)
                at = (at[0] + (goal[0] - at[0]) * share, at[1] + (goal[1] - at[1]) * share)
                note = "in place" if there else "under way" if share > 0 else note
        yield Mark("unit", at, unit["title"], owner, _side(viewer, facts, owner), note)


def _at(point: Sequence[float]) -> tuple[float, float]:
    return float(point[0]), float(point[1])


def _side(viewer: Viewer, facts: Mapping[str, Any], actor: str) -> str:
    if actor == viewer.actor:
        return "own"
    role = str(facts["actors"].get(actor, {}).get("role", ""))
    return role if role in ("ally", "adversary") else "other"
