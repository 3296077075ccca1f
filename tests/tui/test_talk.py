"""Talking on the screens: threads, first letters, rooms, questions, requests, words taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from exercise.tui.course import Course, begin
from exercise.tui.screens.inbox import InboxScreen, MailroomScreen
from exercise.tui.screens.requests import QueueScreen
from exercise.tui.widgets.lines import Lines
from tests.room.table import TABLE
from tests.tui.stage import SIZES, acted, kind, press, seated, shown


def course(tmp_path: Path, seats: tuple[str, ...] = ("aurland", "brennia")) -> Course:
    """The talking table at this terminal."""
    path = tmp_path / "table.yaml"
    path.write_text(TABLE, encoding="utf-8")
    return begin(str(path), seats, seed=1)


@pytest.mark.parametrize("size", SIZES)
def test_a_letter_is_written_with_first_letters_and_read_as_a_thread(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    game = course(tmp_path)

    async def play() -> None:
        async with seated(size=size, course=game) as (app, pilot):
            await press(pilot, "enter", "i", "w", *"bre ca")
            assert "reaches Brennia and Calder" in shown(app)
            await press(pilot, "enter", *"Hi", "enter", *"Now?", "ctrl+s")
            assert kind(app) == "InboxScreen"
            assert "Brennia, Calder" in shown(app)
            game.desk_of("brennia").talk.say(("aurland", "calder"), "", "Yes, [b]now.")
            app.screen.renew()  # type: ignore[attr-defined]
            await press(pilot, "home", "enter")
            assert "Yes, [b]now." in shown(app)
            assert "#1.2" not in game.desk_of("aurland").talk.unread()

    acted(play)


def test_the_first_letters_that_may_be_several_send_nothing(tmp_path: Path) -> None:
    game = course(tmp_path)

    async def play() -> None:
        async with seated(course=game) as (app, pilot):
            await press(pilot, "enter", "i", "w", "a")
            assert "may be" in shown(app)
            await press(pilot, "enter", *"Hi", "ctrl+s")
            assert kind(app) == "Compose"
            assert "It is not clear who shall read it" in shown(app)

    acted(play)


def test_control_is_asked_and_answers_from_its_queue(tmp_path: Path) -> None:
    game = course(tmp_path)

    async def play() -> None:
        async with seated(course=game) as (app, pilot):
            await press(pilot, "enter", "i", "a", *"Fuel", "enter", *"Much?", "ctrl+s")
            app.push_screen(QueueScreen(game.control))
            await pilot.pause()
            assert "Fuel" in shown(app)
            await press(pilot, "enter", *"Little.", "ctrl+s")
            assert kind(app) == "QueueScreen"
            assert "Nothing waits for you." in shown(app)
            await press(pilot, "escape")
            assert "Little." in shown(app)

    acted(play)


@pytest.mark.parametrize("size", SIZES)
def test_a_request_goes_its_way_with_one_key(tmp_path: Path, size: tuple[int, int]) -> None:
    game = course(tmp_path)
    game.desk_of("brennia").requests.ask(("aurland", "calder"), "Mines", "Who laid them?")

    async def play() -> None:
        async with seated(size=size, course=game) as (app, pilot):
            await press(pilot, "enter", "r")
            assert "n take it up" in shown(app)
            await press(pilot, "n")
            assert "n write the answer" in shown(app)
            await press(pilot, "n", *"Karsk.", "ctrl+s", "n")
            assert "in review" in shown(app)
            calder = game.control.desk("calder").requests
            assert calder.approve("R1") is None
            assert calder.release("R1") is None
            app.screen.renew()  # type: ignore[attr-defined]
            await pilot.pause()
            assert "answered" in shown(app)
            found = game.desk_of("brennia").requests.request("R1")
            assert found is not None
            assert found.answer == "Karsk."

    acted(play)


def test_a_letter_is_taken_back_with_a_reason_and_leaves_its_mark(tmp_path: Path) -> None:
    game = course(tmp_path)
    game.desk_of("aurland").talk.say(("brennia",), "Convoy", "At dawn.")

    async def play() -> None:
        async with seated(course=game) as (app, pilot):
            await press(pilot, "enter", "i", "home", "enter", "delete")
            await press(pilot, *"a slip", "ctrl+s")
            words = shown(app)
            assert "(withdrawn by its author: a slip)" in words
            assert "dawn" not in words
            assert "dawn" not in str(game.desk_of("brennia").view().inbox)

    acted(play)


def test_a_room_is_opened_and_spoken_in(tmp_path: Path) -> None:
    game = course(tmp_path)

    async def play() -> None:
        async with seated(course=game) as (app, pilot):
            await press(pilot, "enter", "i", "n", *"bre", "enter", *"Talks", "ctrl+s")
            assert "⌂ Talks" in shown(app)
            await press(pilot, "end", "r", *"Hello.", "ctrl+s")
            assert "Hello." in str(game.desk_of("brennia").talk.letters("room:1"))

    acted(play)


def test_a_member_lets_another_into_a_room_and_leaves_it(tmp_path: Path) -> None:
    game = course(tmp_path)
    talk = game.desk_of("aurland").talk
    talk.say(("brennia",), "", "Psst.")
    talk.open_room("Talks", ("brennia",))

    async def play() -> None:
        async with seated(course=game) as (app, pilot):
            await press(pilot, "enter", "i")
            assert "⌂ Talks" in shown(app)
            inbox = app.screen
            assert isinstance(inbox, InboxScreen)
            lines = inbox.query_one("#left", Lines)
            lines.go(next(n for n, line in enumerate(lines.shown) if line.data.kind == "private"))
            await press(pilot, "l")
            assert "Choose a private room" in shown(app)
            lines.go(next(n for n, line in enumerate(lines.shown) if line.data.kind == "room"))
            await press(pilot, "l")
            assert "Brennia" not in [line.text for line in app.screen.query_one(Lines).shown]
            await press(pilot, "enter")
            room = next(one for one in talk.threads() if one.kind == "room")
            assert len(room.people) == 2
            await press(pilot, "x")
            assert "not read any more" in shown(app)
            await press(pilot, "enter")
            assert not next(one for one in talk.threads() if one.kind == "room").open
            await press(pilot, "x")
            assert "Choose a private room" in shown(app)

    acted(play)


def test_control_keeps_the_feed_and_sees_who_has_read(tmp_path: Path) -> None:
    game = course(tmp_path)
    game.desk_of("aurland").talk.say(("brennia",), "", "Psst.")

    async def play() -> None:
        async with seated(course=game) as (app, pilot):
            await press(pilot, "enter")
            app.push_screen(MailroomScreen(game.control))
            await pilot.pause()
            assert "Aurland, Brennia" in shown(app)
            await press(pilot, "home", "v")
            assert "Brennia: delivered" in shown(app)
            await press(pilot, "escape", "p", *"!", "enter", *"Calm", "enter", *"x", "ctrl+s")
            assert game.desk_of("brennia").talk.feed()[0].title == "Calm"

    acted(play)
