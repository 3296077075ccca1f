"""The map as a screen: every thing on it has a name and can be asked why."""

from __future__ import annotations

import pytest

from exercise.desk import LocalDesk
from exercise.save.journal import MemoryJournal, open_salts
from exercise.saved import create
from exercise.tui.screens.map import MapScreen
from exercise.tui.screens.why import WhySheet
from exercise.tui.widgets.map import MapView
from exercise.view import MapData, Mark
from tests.scenarios import loaded
from tests.tui.stage import SIZES, acted, kind, press, seated, shown


@pytest.mark.parametrize("size", SIZES)
def test_each_thing_on_the_map_is_named_and_asked_why_by_key(size: tuple[int, int]) -> None:
    async def play() -> None:
        async with seated(size=size) as (app, pilot):
            await press(pilot, "enter", "m")
            assert kind(app) == "MapScreen"
            things = app.screen.query_one(MapView).things
            assert {type(thing).__name__ for thing in things} == {"Mark", "Route"}
            asked = set()
            for thing in things:
                await press(pilot, "tab")
                assert isinstance(app.screen, MapScreen)
                assert app.screen.named == thing
                assert thing.label in shown(app)
                await press(pilot, "enter")
                assert isinstance(app.screen, WhySheet), thing
                assert app.screen.trail[0][0] == thing.cell
                asked.add(thing.cell.partition("[")[0])
                await press(pilot, "escape")
            await press(pilot, "tab")
            assert app.screen.named is None
            await press(pilot, "shift+tab")
            assert app.screen.named == things[-1]
            assert asked >= {"domestic.support", "logistics.damage", "logistics.throughput",
                             "deterrence.level", "forces.pledged"}  # fmt: skip

    acted(play)


@pytest.mark.parametrize("name", ["northern-strait", "baltic-shield"])
def test_whatever_a_map_says_to_a_seat_the_seat_may_ask(name: str) -> None:
    session = create(loaded(name), MemoryJournal(salts=open_salts), seed=3)
    session.resolve()
    session.publish()
    for seat in [*session.seating.viewers, "control"]:
        desk = LocalDesk(session, seat)
        shown_to = desk.view().map
        for thing in (*shown_to.marks, *shown_to.routes):
            if thing.cell:
                assert desk.why(thing.cell).cell == thing.cell
            aside = isinstance(thing, Mark) and thing.side == "other"
            assert thing.cell or aside or seat != "control", thing


def map_with(names: str) -> MapData:
    exercise = loaded("baltic-shield", names=names)
    session = create(exercise, MemoryJournal(salts=open_salts), seed=3)
    return LocalDesk(session, "control").view().map


def test_under_fictional_names_no_real_outline_reaches_a_view() -> None:
    real, fictional = map_with("real"), map_with("fictional")
    assert (real.world, real.schematic) == ("europe", False)
    assert real.countries
    assert (fictional.world, fictional.schematic) == ("none", True)
    assert not fictional.countries
    capitals = {mark.owner for mark in fictional.marks if mark.kind == "capital"}
    assert {owner for owner, _ in fictional.shapes} >= capitals


def test_grounds_of_two_actors_never_touch() -> None:
    shapes = map_with("fictional").shapes
    for owner, ring in shapes:
        for other, others in shapes:
            if owner != other:
                assert not any(inside(point, others) for point in ring)


def inside(point: tuple[float, float], ring: tuple[tuple[float, float], ...]) -> bool:
    """Whether a point lies within a convex ring that runs against the clock."""
    x, y = point
    return all(
        (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0
        for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0]), strict=True)
    )


@pytest.mark.parametrize("size", SIZES)
def test_tab_names_only_what_the_map_reaches_and_moves_it_there(size: tuple[int, int]) -> None:
    async def play() -> None:
        async with seated(("estonia",), scenario="baltic-shield", size=size) as (app, pilot):
            await press(pilot, "enter", "m")
            view = app.screen.query_one(MapView)
            named = []
            for _ in range(12):
                await press(pilot, "tab")
                assert view.shift == (0.0, 0.0)
                named.append(view.things[view.named].label)
            assert "United States" not in named
            assert {"Germany", "Estonia"} <= set(named)
            await press(pilot, "0", "plus", "plus", "plus", "plus")
            view.named = -1
            moved = set()
            for _ in range(6):
                await press(pilot, "tab")
                thing = view.things[view.named]
                assert thing.label.split()[0].upper() in shown(app).upper()
                assert view._holds(view._frame(view._shown), thing)  # type: ignore[arg-type]
                moved.add(view.shift)
            assert len(moved) > 1

    acted(play)
