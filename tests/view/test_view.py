"""Views: what is kept between two looks is what would be found anew, and each viewer's own."""

from __future__ import annotations

from collections.abc import Callable

import attrs
import numpy as np
import pytest

from exercise.desk import ControlDesk, LocalDesk
from exercise.orders import Order
from exercise.record import Record, TurnRecord
from exercise.save.journal import MemoryJournal
from exercise.saved import create
from exercise.scenario.facts import facts_of
from exercise.session import Session
from exercise.sight import PUBLIC_VIEW, WHITE_CELL, Viewer
from exercise.view import View, changes, view_of, visible_cells
from exercise.view.sentences import FULL, SMALL, Seen
from tests.scenarios import loaded


@pytest.fixture
def session() -> Session:
    return create(loaded("northern-strait"), MemoryJournal(), seed=3, people=["dorvik", "calder"])


def anew(session: Session, viewer: Viewer) -> View:
    """A view made with nothing kept from before."""
    now = session.current()
    turns = [attrs.evolve(turn) for turn in now.turns]
    return view_of(Record(now.catalog, turns), viewer, turns[-1], facts_of(session.exercise))


def viewers(session: Session) -> list[Viewer]:
    return [*session.seating.viewers.values(), WHITE_CELL, PUBLIC_VIEW]


ACTS: tuple[Callable[[Session], object], ...] = (
    lambda s: LocalDesk(s, "dorvik").say(("all",), "To all", "We are ready."),
    lambda s: s.cue(next(iter(s.exercise.scenario.injects)), "fire"),
    lambda s: s.go_round(),
    lambda s: s.close_council(),
    lambda s: LocalDesk(s, "dorvik").draft("host port-orm calder open"),
    lambda s: s.seal("dorvik"),
    lambda s: s.resolve(),
    lambda s: ControlDesk(s).rule("deterrence.tension[strait]", "set", 0.9, "a collision"),
    lambda s: ControlDesk(s).publish(),
)


def test_after_every_change_every_viewer_sees_what_it_would_see_afresh(session: Session) -> None:
    desks = {seat: LocalDesk(session, seat) for seat in session.seating.viewers}
    for act in ACTS:
        act(session)
        for seat, desk in desks.items():
            assert desk.view() == anew(session, session.seating.viewers[seat]), seat
            assert LocalDesk(session, seat).view() == desk.view(), seat


def test_nothing_is_made_twice_while_nothing_changes(session: Session) -> None:
    desk = LocalDesk(session, "dorvik")
    assert session.current() is session.current()
    assert desk.view() is desk.view()
    seen = desk.view()
    assert isinstance(desk.draft("host port-orm calder open"), Order)
    assert session.current() is session.current()
    LocalDesk(session, "calder").say(("dorvik",), "A word", "between us")
    assert desk.view() is not seen
    assert [m.title for m in desk.view().inbox[-1:]] == ["A word"]
    assert "A word" not in [m.title for m in LocalDesk(session, "fallow").view().inbox]


def test_who_looked_before_makes_no_difference(session: Session) -> None:
    session.resolve()
    session.publish()
    session.open()
    facts = facts_of(session.exercise)
    last = session.record.last
    alone = {}
    for viewer in viewers(session):
        turn = attrs.evolve(last)
        alone[viewer] = view_of(Record(session.record.catalog, [turn]), viewer, turn, facts)
    shared = attrs.evolve(last)
    record = Record(session.record.catalog, [shared])
    for order in (viewers(session), viewers(session)[::-1]):
        for viewer in order:
            assert view_of(record, viewer, shared, facts) == alone[viewer], viewer


def test_a_change_is_told_of_the_cell_that_matters_most_to_the_viewer(session: Session) -> None:
    session.resolve()
    turn = session.publish()
    catalog = session.record.catalog
    for viewer in viewers(session):
        told = {s.cell.partition("[")[0]: s for s in changes(catalog, viewer, turn, numbers=True)}
        for field in catalog.fields.values():
            due = 0.0
            for names, before, after in visible_cells(catalog, viewer, turn, field):
                share = abs(after - before) / (min(field.high - field.low, 100.0) or 1.0)
                says = field.rises if after > before else field.falls
                near = 2.0 if viewer.actor in names else 1.0 if names else 1.5
                if says and share >= SMALL:
                    due = max(due, field.news * min(share / FULL, 1.0) * near)
            assert (told[field.name].weight if field.name in told else 0.0) == due, field.name


def test_a_single_cell_is_0_to_who_may_not_see_it(session: Session) -> None:
    session.resolve()
    turn: TurnRecord = session.publish()
    catalog = session.record.catalog
    for viewer in viewers(session):
        seen = Seen(catalog, viewer, turn)
        assert seen.value("no.such.field") == 0.0
        for field in list(catalog.fields.values())[::5]:
            open_to_it = {n: after for n, _, after in visible_cells(catalog, viewer, turn, field)}
            names = [catalog.roster.of(axis) for axis in field.axes]
            for where in np.ndindex(catalog.roster.shape(field.axes)):
                cell = tuple(axis[k] for axis, k in zip(names, where, strict=True))
                assert seen.value(field.name, *cell) == open_to_it.get(cell, 0.0)
