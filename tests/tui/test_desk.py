"""A player's desk: the same keys at every size, and a turn from first page to the end."""

from __future__ import annotations

import pytest

from exercise.tui.course import begin
from exercise.tui.screens.desk import PANES, DeskScreen
from exercise.tui.widgets.lines import Lines
from tests.tui.stage import SIZES, SMALL, acted, kind, press, seated, shown


@pytest.mark.parametrize("size", SIZES)
def test_a_turn_is_played_with_keys_alone(size: tuple[int, int]) -> None:
    async def play() -> None:
        async with seated(size=size) as (app, pilot):
            assert "You sell more to Kesk than you say." in shown(app)
            await press(pilot, "enter")
            assert kind(app) == "DeskScreen"
            assert "nothing sealed" in shown(app)
            await press(pilot, "1")
            assert kind(app) == "FormSheet"
            await press(pilot, "escape", "s", "s")
            assert kind(app) == "ResultsScreen"
            assert "What came of turn 1" in shown(app)
            await press(pilot, "space")
            assert kind(app) == "DeskScreen"
            assert "Turn 2 of 2" in shown(app)
            await press(pilot, "s", "s", "space")
            assert kind(app) == "OverScreen"
            assert "Keep it quiet" in shown(app)

    acted(play)


def test_a_small_screen_shows_one_column_at_a_time_with_the_same_keys() -> None:
    async def play() -> None:
        async with seated(size=(80, 24)) as (app, pilot):
            await press(pilot, "enter")
            seen = []
            for _ in PANES:
                panes = [p for p in PANES if app.screen.query_one(f"#{p}-pane").display]
                assert len(panes) == 1
                seen += panes
                await press(pilot, "tab")
            assert sorted(seen) == sorted(PANES)
            await press(pilot, "right", "left")
            assert app.screen.query_one("#changed-pane").display

    acted(play)


def test_the_councils_record_lists_each_act_in_order_and_leads_to_who_did_it() -> None:
    async def play() -> None:
        async with seated(seats=("alder", "birk")) as (app, pilot):
            course = app.course
            assert course is not None
            course.desk_of("alder").draft("council.table words table")
            course.desk_of("birk").draft("council.bracket_clause words-1 bracket", "Not so fast.")
            course.desk_of("alder").draft("council.object words object")
            await press(pilot, "enter", "c")
            lines = app.screen.query_one("#clauses", Lines)
            acts = [
                line.text for line in lines.shown if line.text.endswith(("the text", "clause 1"))
            ]
            assert acts == ["Alder tables the text", "Birk brackets clause 1",
                            "Alder objects to the text"]  # fmt: skip
            lines.go([line.text for line in lines.shown].index(acts[1]))
            await press(pilot, "enter")
            assert "Birk did it in the council of turn 1" in shown(app)
            await press(pilot, "escape")
            # who objects is the chair's and the objector's to know: no trace of it for others
            acts = [a.text for t in course.desk_of("birk").view().texts for a in t.acts]
            assert "Birk brackets clause 1" in acts
            assert not any("object" in act for act in acts)

    acted(play)


def test_the_record_of_the_turn_before_stands_below_this_turns() -> None:
    async def play() -> None:
        async with seated() as (app, pilot):
            await press(pilot, "enter", "1", "ctrl+s", "s", "s", "space", "c")
            texts = [line.text for line in app.screen.query_one("#clauses", Lines).shown]
            assert "Turn 1" in texts
            assert any(text.startswith("Birk brackets") for text in texts[texts.index("Turn 1") :])

    acted(play)


def test_a_large_screen_shows_the_columns_side_by_side() -> None:
    async def play() -> None:
        async with seated(size=(120, 40)) as (app, pilot):
            await press(pilot, "enter")
            words = shown(app)
            for title in ("What changed", "Before the Sound Council", "What you could do", "Inbox"):
                assert title in words
            assert "Where things stand" not in words

    acted(play)


def test_an_order_is_drafted_with_its_reason_taken_off_and_sealed() -> None:
    async def play() -> None:
        async with seated() as (app, pilot):
            await press(pilot, "enter", "d", *"pledge", "enter")
            assert kind(app) == "FormSheet"
            assert "Allies will plan with it" in shown(app)
            await press(pilot, *"first", "enter")
            assert kind(app) == "DecisionsScreen"
            await press(pilot, "escape", "o")
            assert "because: first" in shown(app)
            await press(pilot, "delete")
            assert "Nothing drafted" in shown(app)

    acted(play)


def test_a_seal_can_be_withdrawn_while_another_seat_here_has_not_sealed() -> None:
    async def play() -> None:
        course = begin(SMALL, ["alder", "birk"], seed=3)
        async with seated(course=course) as (app, pilot):
            await press(pilot, "enter", "s", "s")
            assert kind(app) == "Curtain"
            assert "You sell more to Kesk" not in shown(app)
            await press(pilot, "enter", "enter", "x", "enter")
            assert course.seat == "alder"
            await press(pilot, "o")
            assert "Sealed." in shown(app)
            await press(pilot, "u")
            assert course.waiting() == ("alder", "birk")

    acted(play)


def test_a_message_is_marked_until_read_and_can_be_answered() -> None:
    async def play() -> None:
        async with seated() as (app, pilot):
            await press(pilot, "enter", "i")
            assert "● Kesk announces gunnery" in shown(app)
            await press(pilot, "enter")
            assert "keep away from the sound" in shown(app)
            await press(pilot, "escape")
            assert "● Kesk announces gunnery" not in shown(app)
            await press(pilot, "w", *"con", "enter", *"hello", "ctrl+s", "escape")
            assert isinstance(app.screen, DeskScreen)
            course = app.course
            assert course is not None
            assert course.control.view().inbox[-1].title == "hello"

    acted(play)


def test_what_is_not_allowed_says_why_and_what_would_help() -> None:
    async def play() -> None:
        async with seated() as (app, pilot):
            await press(pilot, "enter", "d", *"declare", "enter")
            await pilot.pause()
            assert kind(app) == "DecisionsScreen"
            assert "Only the chair" in shown(app)

    acted(play)


def test_the_council_shows_brackets_and_who_holds_them() -> None:
    async def play() -> None:
        async with seated() as (app, pilot):
            await press(pilot, "enter", "c", "down", "b")
            assert kind(app) == "FormSheet"
            await press(pilot, "ctrl+s")
            assert kind(app) == "CouncilScreen"
            assert "[The sound is open.]" in shown(app)
            assert "bracketed by Birk" in shown(app)
            await press(pilot, "n")
            assert "round" in shown(app)

    acted(play)


def test_what_stands_beside_its_value_has_a_short_title() -> None:
    async def play() -> None:
        async with seated(size=(80, 24)) as (app, pilot):
            await press(pilot, "enter", "tab", "tab", "tab")
            lines = app.screen.query_one("#standing", Lines).shown
            assert [line.text for line in lines][:2] == [
                "Common view of the threat",
                "Agreement on a strategy",
            ]
            assert all(len(line.text) + len(line.right) < 70 for line in lines)

    acted(play)


@pytest.mark.parametrize("size", SIZES)
def test_an_empty_slip_is_sealed_only_when_asked_for_twice_in_a_row(size: tuple[int, int]) -> None:
    async def play() -> None:
        course = begin(SMALL, ["alder", "birk"], seed=3)
        async with seated(course=course, size=size) as (app, pilot):
            await press(pilot, "enter", "s")
            assert "Seal without any orders? s again seals." in shown(app)
            await press(pilot, "tab")
            assert "Seal without any orders?" not in shown(app)
            await press(pilot, "s", "o", "s")
            assert "Seal without any orders? s again seals." in shown(app)
            assert not course.desk.standing().sealed["alder"]
            await press(pilot, "s")
            assert kind(app) == "Curtain"
            assert course.desk_of("alder").standing().sealed["alder"]

    acted(play)


def test_a_slip_with_orders_is_sealed_at_once() -> None:
    async def play() -> None:
        course = begin(SMALL, ["alder", "birk"], seed=3)
        async with seated(course=course) as (app, pilot):
            await press(pilot, "enter", "d", *"pledge", "enter", "enter", "escape")
            assert "1 order drafted" in shown(app)
            await press(pilot, "s")
            assert kind(app) == "Curtain"

    acted(play)


def test_keys_that_have_nothing_to_do_say_so() -> None:
    async def play() -> None:
        async with seated() as (app, pilot):
            await press(pilot, "enter", "o", "delete")
            assert "Nothing is drafted that could be taken off." in shown(app)
            await press(pilot, "u")
            assert "Nothing is sealed. s seals." in shown(app)

    acted(play)
