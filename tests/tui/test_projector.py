"""The projector: what everybody may know, in large type, kept up by itself, and nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.pilot import Pilot

from exercise.desk import LocalDesk
from exercise.errors import UsageError
from exercise.orders import Order
from exercise.room.chairing import ROOM
from exercise.room.timing import room_opened
from exercise.save.journal import MemoryJournal
from exercise.saved import create
from exercise.sight import PUBLIC_VIEW, Viewer
from exercise.tui import entrance
from exercise.tui.app import Studio
from exercise.tui.screens.board import (
    chosen_text,
    headlines,
    open_questions,
    sealed_words,
    text_lines,
)
from exercise.tui.screens.room import enter
from exercise.tui.ticking import now_utc
from exercise.tui.widgets.figures import SHAPES, drawn, fitting, height_of, width_of
from tests.desk.test_desk import with_other_cells
from tests.host.room import Open, new_session, opened
from tests.scenarios import loaded
from tests.tui.stage import acted, kind, press, shown, until

SIZES = ((80, 24), (120, 40), (200, 50))
TEXT = "Statement on free passage"


@asynccontextmanager
async def looking(
    room: Open, name: str = "projector", size: tuple[int, int] = (120, 40)
) -> AsyncIterator[tuple[Studio, Pilot[Any]]]:
    """A terminal that came in by a code."""
    line = room.join(name)
    app = Studio(lambda studio: studio.come_in(line))
    async with app.run_test(size=size, notifications=True) as pilot:
        await until(pilot, lambda: len(app.screen_stack) > 1)
        yield app, pilot


def begun(room: Open) -> Open:
    """The room's clock runs, as a host starts it."""
    room.do(lambda: room_opened(room.host.session))
    return room


@pytest.mark.parametrize("size", SIZES)
def test_the_board_says_where_the_exercise_stands(size: tuple[int, int]) -> None:
    async def play() -> None:
        with opened() as room:
            begun(room)
            async with looking(room, size=size) as (app, pilot):
                assert kind(app) == "ProjectorScreen"
                await until(pilot, lambda: "time left" in shown(app))
                words = shown(app)
                assert words.startswith(" EXERCISE EXERCISE EXERCISE")
                for told in (
                    "NORTHERN STRAIT", "Turn 1 of 6", "Council", "Indications and warning",
                    "24 March 2031", "○ Dorvik", "○ Karsk", "Karsk announces",
                ):  # fmt: skip
                    assert told in words, told
                assert "██" in words  # the day and the clock
                assert "Aurland ●" in words or "Aurland" in words

    acted(play)


def test_the_board_keeps_up_by_itself() -> None:
    async def play() -> None:
        with opened() as room:
            begun(room)
            async with looking(room) as (app, pilot):
                control = room.host.control
                room.do(
                    lambda: control.talk.press("Northern Post", "Queues off Orm", "Ships wait.")
                )
                await until(pilot, lambda: "Northern Post: Queues off Orm" in shown(app))
                room.do(control.close_council)
                await until(pilot, lambda: "Turn 1 of 6   Orders" in shown(app))
                room.do(lambda: room.host.session.seal("dorvik"))
                await until(pilot, lambda: "● Dorvik" in shown(app))
                assert "○ Fallow" in shown(app)
                room.do(lambda: control.pause(True))
                await until(pilot, lambda: "FROZEN" in shown(app))
                room.do(lambda: control.pause(False))
                room.do(control.resolve)
                room.do(control.publish)
                await until(pilot, lambda: "Turn 2 of 6   Council" in shown(app))
                assert kind(app) == "ProjectorScreen"  # no results come up over it
                room.do(lambda: control.end("enough"))
                await until(pilot, lambda: "The exercise is over" in shown(app))

    acted(play)


@pytest.mark.parametrize("size", SIZES)
def test_the_texts_are_shown_only_where_control_lays_them_open(size: tuple[int, int]) -> None:
    async def play() -> None:
        with opened() as room:
            begun(room)
            async with looking(room, size=size) as (app, pilot):
                assert TEXT not in shown(app)
                room.do(lambda: room.host.control.chamber.lay_open(True))
                await until(pilot, lambda: TEXT in shown(app))
                fallow = LocalDesk(room.host.session, "fallow")
                text = next(t for t in fallow.view().texts if t.title == TEXT)
                line = f"bracket_clause {text.clauses[1].name} bracket"
                assert isinstance(room.do(lambda: fallow.draft(line)), Order)
                await until(pilot, lambda: "bracketed by Fallow" in shown(app))
                room.do(lambda: room.host.control.chamber.lay_open(False))
                await until(pilot, lambda: TEXT not in shown(app))
                assert "bracketed" not in shown(app)

    acted(play)


@pytest.mark.parametrize("size", SIZES)
def test_in_a_discussion_the_board_shows_the_questions_put_to_everybody(
    size: tuple[int, int],
) -> None:
    async def play() -> None:
        session = create(loaded("port-outage"), MemoryJournal(), seed=7, people=("ministry",))
        with opened(session) as room:
            begun(room)
            async with looking(room, size=size) as (app, pilot):
                await until(pilot, lambda: "Who leads in the first hour" in shown(app))
                for told in ("For discussion", "What must not be", "Whom do you have to tell"):
                    assert told in shown(app), told
                assert "the police of the note" not in shown(app)  # for one seat alone
                room.do(room.host.control.resolve)
                room.do(room.host.control.publish)
                await until(pilot, lambda: "What comes ashore first" in shown(app))
                for other in ("Who leads in", "partner's warning", "your minister say"):
                    assert other not in shown(app), other
                room.do(lambda: room.host.control.end("enough"))
                await until(pilot, lambda: "The exercise is over" in shown(app))
                assert "What comes ashore first" not in shown(app)

    acted(play)


def test_where_orders_are_given_the_board_shows_no_questions() -> None:
    desk = LocalDesk(new_session(), "public")
    assert not open_questions(desk.view(), desk.standing())


def board(desk: LocalDesk) -> list[object]:
    """All the words of a board."""
    view, standing, floor = desk.view(), desk.standing(), desk.chamber.floor()
    text = chosen_text(view, floor, standing)
    return [
        text_lines(text, floor, now_utc()) if text is not None else None,
        headlines(view, standing, desk.ending()),
        open_questions(view, standing),
        sealed_words(standing).plain,
        (view.scenario, view.turn, view.turns, view.phase, view.day, view.map, view.banner),
        standing,
        desk.timing.clock(),
    ]


@pytest.mark.parametrize("floor", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_what_the_room_may_not_see_changes_nothing_on_the_board(seed: int, floor: bool) -> None:
    viewer: Viewer = ROOM if floor else PUBLIC_VIEW
    session = new_session()
    session.resolve()
    session.publish()
    session.open()
    with opened(session) as room:
        room.do(lambda: room.host.control.chamber.lay_open(floor))
        desk = LocalDesk(session, "public")
        before = board(desk), room.host._document("public")
        with_other_cells(session, viewer, seed)
        LocalDesk(session, "dorvik").say(("fallow",), "Between us", "A secret of two.")
        after = board(LocalDesk(session, "public")), room.host._document("public")
    assert after == before


def test_allies_words_and_letters_reach_no_board() -> None:
    session = new_session()
    with opened(session) as room:
        before = room.host._document("public")
        dorvik = LocalDesk(session, "dorvik")
        dorvik.say(("allies",), "To allies", "Not for Karsk.")
        dorvik.talk.ask("A question", "To control alone.")
        dorvik.draft("host port-orm calder open")
        assert room.host._document("public") == before
        dorvik.talk.state("Our ports", "They stay open.")
        lines = headlines(*_told(LocalDesk(session, "public")))
        assert lines[0].text == "Dorvik: Our ports"
        name = room.host.control.talk.feed()[0].name
        room.host.control.talk.withdraw(name, "by mistake")
        assert "Our ports" not in str(headlines(*_told(LocalDesk(session, "public"))))


def _told(desk: LocalDesk) -> tuple[Any, Any, Any]:
    return desk.view(), desk.standing(), None


@pytest.mark.parametrize(
    ("role", "screen"),
    [
        ("projector", "ProjectorScreen"), ("observer", "ProjectorScreen"),
        ("control", "ControlScreen"), ("evaluator", "NotesScreen"), ("dorvik", "FirstPage"),
    ],
)  # fmt: skip
def test_everybody_comes_in_at_the_screen_of_their_role(role: str, screen: str) -> None:
    async def play() -> None:
        with opened() as room:
            line = room.join(role)

            def first(studio: Studio) -> None:
                if role == "control":  # the room has no note here that its save is found by
                    enter(studio, _at_control(line))
                else:
                    studio.come_in(line)

            app = Studio(first)
            async with app.run_test(size=(120, 40)) as pilot:
                await until(pilot, lambda: len(app.screen_stack) > 1)
                assert kind(app) == screen

    acted(play)


def _at_control(line: Any) -> Any:
    from pathlib import Path

    from exercise.host.remote import control_on
    from exercise.tui.room import Room

    return Room(control_on(line), Path("room.exercise"), line.close, line)


def test_a_seats_code_opens_no_projector(monkeypatch: pytest.MonkeyPatch) -> None:
    with opened() as room:
        monkeypatch.setattr("exercise.host.rooms.knock", lambda *a, **k: room.join("dorvik"))
        ran: list[Any] = []
        monkeypatch.setattr(entrance, "run", lambda app: ran.append(app) or 0)
        entrance.run_display("ABCD-EFGH")
        with pytest.raises(UsageError, match="not the projector's"):
            ran[0].first(ran[0])


def test_control_opens_the_projector_and_lays_the_texts_open_with_single_keys() -> None:
    async def play() -> None:
        with opened() as room:
            begun(room)
            line = room.join("control")
            app = Studio(lambda studio: enter(studio, _at_control(line)))
            async with app.run_test(size=(120, 40), notifications=True) as pilot:
                await until(pilot, lambda: kind(app) == "ControlScreen")
                await press(pilot, "f5", "n")
                await until(pilot, lambda: "exercise display CODE" not in shown(app))
                assert "exercise display " in shown(app)
                assert "/seat/projector/" in shown(app)
                await press(pilot, "t")
                await until(pilot, lambda: "open to the room" in shown(app))
                assert room.host.session.shelves.chamber.floor
                await press(pilot, "enter")
                await until(pilot, lambda: kind(app) == "ProjectorScreen" and TEXT in shown(app))
                await press(pilot, "escape")
                assert kind(app) == "ControlScreen"

    acted(play)


def test_control_sets_the_clock() -> None:
    async def play() -> None:
        with opened() as room:
            begun(room)
            line = room.join("control")
            app = Studio(lambda studio: enter(studio, _at_control(line)))
            async with app.run_test(size=(120, 40), notifications=True) as pilot:
                await until(pilot, lambda: kind(app) == "ControlScreen")
                assert " 08:5" in shown(app) or " 09:00" in shown(app)
                await press(pilot, "f6")
                await until(pilot, lambda: "Council, or discussion: 0" in shown(app))
                await press(pilot, "enter")
                await press(pilot, "ctrl+u", *"20", "enter")
                await until(pilot, lambda: "20 min" in shown(app))
                await press(pilot, "plus", "plus", "minus")
                clock = room.host.control.timing.clock
                await until(pilot, lambda: clock().given == 21 * 60)
                await press(pilot, "end", "enter")
                await until(pilot, lambda: "closes by itself" in shown(app))
                assert clock().closes
                await press(pilot, "up", "enter", "ctrl+u", *"2,5", "enter")
                await until(pilot, lambda: clock().grace == 150)
                await press(pilot, "up", "enter", "ctrl+u", *"10, 2", "enter")
                await until(pilot, lambda: clock().warnings == (600, 120))
                await press(pilot, "z")
                await until(pilot, lambda: "standing still" in shown(app))

    acted(play)


def test_a_dot_keeps_to_its_name_however_narrow_the_board() -> None:
    standing = LocalDesk(new_session(), "public").standing()
    for width in range(12, 120):
        lines = sealed_words(standing, width).plain.split("\n")
        assert all(len(line) <= max(width, 14) for line in lines)
        assert not any(line.endswith("○") for line in lines)
        assert " ".join(lines).count("○ ") == len(standing.sealed)


# figures


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("text", ["D−21", "07:42", "+1:01:12", "D", "D+9"])
def test_figures_take_as_much_room_as_they_say(text: str, size: int) -> None:
    rows = drawn(text, size)
    assert {len(row) for row in rows} == {width_of(text, size)}
    assert len(rows) == height_of(size)
    assert set("".join(rows)) <= set(" ▀▄█")


def test_every_figure_looks_like_no_other() -> None:
    assert len({tuple(shape) for shape in SHAPES.values()}) == len(SHAPES)


@pytest.mark.parametrize(("width", "height"), [(74, 24), (114, 40), (194, 50), (20, 10)])
def test_figures_are_as_large_as_there_is_room_for(width: int, height: int) -> None:
    texts = ["D−21", "07:42"]
    rows = int(height * 0.27)
    size = fitting(texts, width, rows)
    fits = sum(width_of(text, size) for text in texts) + 4 <= width and height_of(size) <= rows
    assert fits or size == 1
    larger = sum(width_of(text, size + 1) for text in texts) + 4
    assert larger > width or height_of(size + 1) > rows
