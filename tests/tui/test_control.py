"""A facilitator at control's desk: set-up, the turn, rulings, injects, the stop, the hot wash."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import attrs
import pytest
from textual.pilot import Pilot

from exercise.errors import UsageError
from exercise.room.msel import Row, Text
from exercise.scenario.load import load
from exercise.scenario.lookup import split_cell
from exercise.tui import ways
from exercise.tui.app import Studio
from exercise.tui.room import Plan, Room, paper, start, take_up
from exercise.tui.screens.compose import addressees
from exercise.tui.screens.guest import GuestDesk
from exercise.tui.screens.room import enter
from exercise.tui.screens.rows import waiting
from exercise.tui.screens.why import WhySheet
from exercise.tui.widgets.lines import Lines
from exercise.tui.words import number
from tests.tui.stage import SMALL, acted, entries_of, kind, press, shown, until


@asynccontextmanager
async def room(
    folder: Path, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[tuple[Studio, Pilot[Any], Room]]:
    """A room of two delegations at the desk, at control's first screen."""
    plan = Plan(SMALL, save=folder / "room.exercise", seed=1)
    plan.lay()
    made = start(plan)
    app = Studio(lambda studio: enter(studio, made))
    async with app.run_test(size=size, notifications=True) as pilot:
        await until(pilot, lambda: kind(app) == "ControlScreen")
        yield app, pilot, made
    made.close()


@pytest.mark.parametrize("keys", [(), ("p",), ("down", "down", "enter")])
def test_a_room_is_set_up_and_begun_on_one_reading_of_its_scenario(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...]
) -> None:
    read: list[str] = []

    def counting(name: str, **more: Any) -> Any:
        read.append(name)
        return load(name, **more)

    for module in ("exercise.tui.room", "exercise.host.held"):
        monkeypatch.setattr(f"{module}.load", counting)

    async def play() -> None:
        app = Studio(lambda studio: ways.host(studio, SMALL, tmp_path / "room.exercise"))
        async with app.run_test() as pilot:
            await until(pilot, lambda: kind(app) == "RoomScreen")
            await press(pilot, *keys, "s")
            await until(pilot, lambda: kind(app) == "ControlScreen")
        assert app.course is not None
        app.course.close()

    acted(play)
    assert read == [SMALL]


async def typed(pilot: Pilot[Any], text: str) -> None:
    """Type words into whatever has the cursor."""
    names = {" ": "space", ";": "semicolon", "-": "minus", ".": "full_stop", "+": "plus"}
    for letter in text:
        await pilot.press(names.get(letter, letter))
    await pilot.pause()


def test_a_room_is_set_up_with_allies_at_the_desk_and_the_adversary_a_bot(tmp_path: Path) -> None:
    async def play() -> None:
        save = tmp_path / "r.exercise"
        app = Studio(lambda studio: ways.host(studio, SMALL, save))
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: kind(app) == "RoomScreen")
            page = shown(app)
            assert page.count("at the desk") == 2
            assert "bot" in page
            await press(pilot, "p")
            assert (tmp_path / "small-paper" / "seats" / "birk.html").is_file()
            await press(pilot, "s")
            await until(pilot, lambda: kind(app) == "ControlScreen")
            assert save.is_file()

    acted(play)


def test_controls_desk_opens_on_what_happens_now_and_is_found_there_again(tmp_path: Path) -> None:
    async def play() -> None:
        plan = Plan(SMALL, save=tmp_path / "room.exercise", seed=3)
        plan.lay()
        made = start(plan)
        app = Studio(lambda studio: enter(studio, made))
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: kind(app) == "ControlScreen")
            await pilot.pause()
            assert "[Now]" in shown(app)
            await press(pilot, "k", "escape")
            assert "[Now]" in shown(app)
        made.close()

    acted(play)


def test_one_key_leads_through_a_turn_and_the_end_writes_the_hot_wash(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path) as (app, pilot, made):
            for turn in (1, 2):
                assert made.control.standing().turn == turn
                await press(pilot, "n", "n")
                assert kind(app) == "SureSheet"  # nobody has sealed
                assert "Alder and Birk" in shown(app)
                await press(pilot, "enter")
                assert made.control.standing().stage == "review"
                await press(pilot, "n", "enter")
            assert made.over
            assert (tmp_path / "room-hot-wash.html").is_file()
            assert "Keep it quiet" in (tmp_path / "room-hot-wash.md").read_text()
            await press(pilot, "w")
            assert kind(app) == "WashScreen"

    acted(play)


def test_results_are_accepted_amended_and_held_with_reasons(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path) as (app, pilot, made):
            await press(pilot, "n", "n", "enter")
            lines = app.screen.query_one("#now", Lines)
            places = {
                line.data[1].cell: n
                for n, line in enumerate(lines.shown)
                if isinstance(line.data, tuple) and line.data[0] == "result"
            }
            cell = next(c for c in places if list(made.control.rulable(c)) == [c])
            lines.go(places[cell])
            await press(pilot, "a")
            assert made.accepted == {cell}
            lines.go(places[cell])
            await press(pilot, "h")
            await typed(pilot, "not yet")
            await press(pilot, "enter")
            assert made.control.ruled() == {cell: "not yet"}
            field, names = split_cell(cell)
            before = made.control.view().turn
            result = made.control.reviewed().why(cell, before)
            assert result.after == result.before, (field, names)
            lines.go(next(n for n, line in enumerate(lines.shown) if line.data == ("ruling", cell)))
            assert lines.line is not None
            assert lines.line.text.startswith("Ruled: ")
            await press(pilot, "enter")
            assert "Control ruled so" in shown(app)

    acted(play)


def test_beside_results_before_release_stands_the_truth_to_come_and_why(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path) as (app, pilot, made):
            await press(pilot, "n", "n", "enter")
            before = {g.cell: g.value for g in made.control.view().gauges}
            after = {g.cell: g.value for g in made.control.results().gauges}
            cell = next(c for c in after if after[c] != before[c])
            lines = app.screen.query_one("#beside", Lines)
            place = next(n for n, line in enumerate(lines.shown) if line.ask == cell)
            assert lines.shown[place].right.endswith(number(after[cell]))
            lines.focus()
            lines.go(place)
            await press(pilot, "enter")
            sheet = app.screen
            assert isinstance(sheet, WhySheet)
            assert sheet.desk.why(cell).after == after[cell]
            assert made.control.why(cell).after == before[cell]

    acted(play)


def test_a_ruling_without_a_reason_is_refused_on_the_sheet(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path) as (app, pilot, made):
            await press(pilot, "n", "n", "enter")
            lines = app.screen.query_one("#now", Lines)
            place = next(
                n for n, line in enumerate(lines.shown)
                if isinstance(line.data, tuple) and line.data[0] == "result"
                and list(made.control.rulable(line.data[1].cell)) == [line.data[1].cell]
            )  # fmt: skip
            lines.go(place)
            await press(pilot, "e")
            await typed(pilot, "+0.01")
            await press(pilot, "enter", "enter")
            assert kind(app) == "AmendSheet"
            assert "needs a reason" in shown(app)

    acted(play)


def test_an_inject_is_held_and_fired_from_the_list(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path) as (app, pilot, made):
            await press(pilot, "f")
            assert "Choose one of the injects first" in shown(app)
            assert made.control.msel.rows()[0].state == "delivered"
            await press(pilot, "left", "h")
            assert "cannot be held" in shown(app)
            await press(pilot, "enter")
            assert "Ships should keep away" in shown(app)
            assert "to everybody ·" in shown(app)
            await press(pilot, "escape")
            assert "cannot be held" not in shown(app)

    acted(play)


def test_each_key_on_an_inject_says_what_it_did(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path) as (app, pilot, made):
            await press(pilot, "k", "n")
            await typed(pilot, "Queues")
            await press(pilot, "enter", "enter")
            await typed(pilot, "D+2")
            await press(pilot, "f3")
            title = made.control.msel.rows()[-1].told.title
            made.control.msel.act(made.control.msel.rows()[-1].id, "approve")
            await press(pilot, "escape", "f", "left", "end", "h")
            assert f"“{title}” is held" in " ".join(shown(app).split())
            await press(pilot, "h")
            assert "condition again" in " ".join(shown(app).split())
            assert made.control.msel.rows()[-1].state != "held"
            await press(pilot, "f")
            assert f"“{title}” has come, to" in " ".join(shown(app).split())
            await press(pilot, "f")
            assert "cannot be held" in shown(app)
            await press(pilot, "z")
            assert "cannot be held" not in shown(app)

    acted(play)


def test_the_stop_is_one_key_and_the_end_one_more(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path) as (app, pilot, made):
            await press(pilot, "f9")
            assert made.control.standing().paused
            assert "STOP" in shown(app)
            assert made.control.standing().stopped
            await press(pilot, "escape")
            assert not made.control.standing().paused
            await press(pilot, "z", "f9", "escape")
            assert made.control.standing().paused  # it was frozen before
            assert not made.control.standing().stopped
            await press(pilot, "z")
            await press(pilot, "g", "f9", "enter")
            assert made.over
            assert kind(app) == "ControlScreen"
            assert "emergency" in "".join(
                e.words["reason"] or "" for e in entries_of(made, "ended")
            )

    acted(play)


def test_while_frozen_nothing_goes_on_but_words_still_go_out(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path) as (app, pilot, made):
            await press(pilot, "z", "n")
            assert made.control.standing().stage == "council"
            await press(pilot, "s", "enter")
            await typed(pilot, "bir")
            await press(pilot, "enter")
            await typed(pilot, "[/x] fire drill")
            await press(pilot, "ctrl+s")
            assert kind(app) == "ControlScreen"
            told = {(m.sender, m.title) for m in made.any_desk("birk").view().inbox}
            assert ("Control", "[/x] fire drill") in told
            assert all("fire" not in m.title for m in made.any_desk("alder").view().inbox)

    acted(play)


def test_the_chairs_keys_run_the_council_for_any_seat(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path) as (app, pilot, made):
            await press(pilot, "c", "1", "t", "2", "down", "down", "b")
            text = made.control.view().texts[0]
            assert text.clauses[1].held_by == ("Birk",)
            await press(pilot, "p", "x", "y")
            assert "A member objects" in shown(app)
            await press(pilot, "x", "d", "y")
            assert made.control.view().texts[0].state == "adopted"
            await press(pilot, "o")
            assert made.control.standing().stage == "orders"

    acted(play)


def test_a_guest_sits_down_behind_a_curtain_and_sealing_leads_back(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path) as (app, pilot, made):
            await press(pilot, "n", "o", "down", "enter")
            assert kind(app) == "Curtain"
            await press(pilot, "enter", "enter")
            assert kind(app) == "GuestDesk"
            await press(pilot, "f9", "escape")
            assert kind(app) == "GuestDesk"
            await press(pilot, "s", "s")
            assert kind(app) == "Curtain"
            await press(pilot, "enter")
            assert kind(app) == "ControlScreen"
            assert made.control.standing().sealed["birk"]
            assert made.control.standing().stage == "orders"  # a seal never resolves a room

    acted(play)


def test_from_a_guests_desk_no_other_seats_desk_can_be_reached(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path) as (app, pilot, _):
            await press(pilot, "o", "enter", "enter", "enter")
            screen = app.screen
            assert isinstance(screen, GuestDesk)
            await press(pilot, "x")
            assert app.screen is screen
            assert not any("Sit at" in title for title, _, _ in screen.commands())

    acted(play)


def test_an_act_recorded_in_the_council_is_told_as_a_sentence(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path) as (app, pilot, _):
            await press(pilot, "c", "1", "t", "2", "down", "b")
            assert "✓ Birk brackets clause 1" in shown(app)

    acted(play)


def test_a_room_is_taken_up_where_it_stood(tmp_path: Path) -> None:
    plan = Plan(SMALL, save=tmp_path / "r.exercise")
    plan.lay()
    made = start(plan)
    made.control.close_council()
    assert made.any_desk("birk").seal() is None
    made.close()
    again = take_up(tmp_path / "r.exercise")
    assert again.entered() == (1, 2)
    assert again.control.standing().stage == "orders"
    assert entries_of(again, "created")[0].body["seed"] is None  # a room's luck is its own
    again.close()


def test_first_letters_name_those_who_shall_read() -> None:
    titles = {"all": "Everybody", "alder": "Alder", "birk": "Birk", "press": "The press"}
    assert addressees(titles, "ald, bi") == (["alder", "birk"], [])
    assert addressees(titles, "every the") == (["all", "press"], [])
    assert addressees(titles, "") == ([], [])
    assert addressees(titles, "al zz") == ([], ["al", "zz"])  # alder or all?


def test_paper_is_not_written_over_a_file(tmp_path: Path) -> None:
    (tmp_path / "p").write_text("mine")
    with pytest.raises(UsageError):
        paper(Plan(SMALL), tmp_path / "p")


def test_an_armed_inject_says_what_it_waits_for() -> None:
    row = Row("id", "armed", Text("Cranes"), None, "x", missing=("one thing", "another"))
    assert waiting(row) == "waits for: one thing; another"
    assert waiting(attrs.evolve(row, missing=())) == "its condition holds"
