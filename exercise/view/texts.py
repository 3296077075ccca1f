"""The texts before the councils, as far as a viewer may see them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from exercise.engine.roster import cell_name
from exercise.explain.why import knows_order, order_words
from exercise.record import Catalog, TurnRecord, cell_of
from exercise.sight import Viewer
from exercise.view.sentences import Seen, Sentence, banded


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
    acts: tuple[Sentence, ...] = ()
    """What was done about it in this turn, in order, each with the order to ask about."""


def texts_of(
    catalog: Catalog, viewer: Viewer, turn: TurnRecord, facts: Mapping[str, Any], numbers: bool
) -> Iterator[TextView]:
    """The texts before the councils, as far as the viewer may see them."""
    if "council.tabled" not in catalog.fields:
        return
    seen = Seen(catalog, viewer, turn)
    for name, motion in facts["motions"].items():
        state = _text_state(seen, name)
        if state == "not tabled" and not (viewer.is_control or viewer.allied):
            continue
        forum = facts["forums"][motion["forum"]]
        for key in facts["forums"]:
            if seen.value("council.before", name, key) > 0.0:
                forum = facts["forums"][key]
        strength = catalog.fields["council.strength"]
        value = seen.value("council.strength", name)
        stances = tuple(_stances(seen, catalog, facts, name))
        yield TextView(
            name, motion["title"], motion["forum"], forum["title"], forum["protocol"],
            _actor(facts, forum.get("chair")), state,
            Sentence(
                "The text as it stands", cell_name(strength.name, (name,)), 0, 0,
                banded(strength, value), value if numbers else None,
            ),
            tuple(_clauses(catalog, seen, facts, name, motion)),
            tuple(stance.text for stance in stances),
            motion["kind"],
            stances,
            tuple(_acts(catalog, viewer, turn, name, len(motion["clauses"]))),
        )  # fmt: skip


def _text_state(seen: Seen, name: str) -> str:
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
    catalog: Catalog, seen: Seen, facts: Mapping[str, Any], name: str, motion: Mapping[str, Any]
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
    seen: Seen, catalog: Catalog, facts: Mapping[str, Any], name: str
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


def _acts(
    catalog: Catalog, viewer: Viewer, turn: TurnRecord, name: str, clauses: int
) -> Iterator[Sentence]:
    """What was done about a text in the council, in order, as far as the viewer may know of it."""
    own = {f"{name}-{number + 1}": f"clause {number + 1}" for number in range(clauses)}
    here = {**catalog.roster.titles, "clause": own, "motion": {name: "the text"}}
    roster = attrs.evolve(catalog.roster, titles=here)
    about = {name, *own}
    for acts in turn.rounds[turn.past :]:
        for cell, value in acts.items():
            decision = catalog.decisions[cell_of(cell)[0]]
            names = cell_of(cell)[1]
            if decision.stage != "council" or about.isdisjoint(names[1:]):
                continue
            if knows_order(catalog, turn, viewer, cell):
                told = order_words(decision, roster, names, value).replace("your ", "its ")
                told = re.sub("“(the text|clause [0-9]+)”", r"\1", told)
                actor = roster.title("actor", names[0])
                yield Sentence(f"{actor} {_does(told)}", cell)


def _does(order: str) -> str:
    """What somebody does, from the words of an order: “Put the text” is “puts the text”."""
    verb, _, rest = order.partition(" ")
    verb = verb[:1].lower() + verb[1:]
    return f"{verb}{'es' if verb.endswith(('s', 'sh', 'ch', 'x')) else 's'} {rest}".rstrip()


def _actor(facts: Mapping[str, Any], key: str | None) -> str:
    return str(facts["actors"].get(key or "", {}).get("title", key or ""))
