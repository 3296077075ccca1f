"""The room's clock at a terminal: it counts by itself, and says each warning once."""

from __future__ import annotations

import re
from datetime import timedelta

from exercise.room.timing import Clock, room_opened, wall
from exercise.tui.app import Studio
from exercise.tui.ticking import Ticking, left_words, room_words
from tests.host.room import opened
from tests.tui.stage import acted, press, shown, until

START = "2026-11-22T09:00:00Z"


def clock(given: int = 600, since: str = START, stage: str = "orders") -> Clock:
    return Clock(1, stage, "D", "2031-05-05", given, 0, since, 60, (300, 60), False)


def said(marks: list[tuple[int, Clock]]) -> list[str]:
    """What is said at these seconds."""
    now = [wall(START)]
    ticking = Ticking(lambda: now[0])
    found = []
    for at, one in marks:
        now[0] = wall(START) + timedelta(seconds=at)
        found.append(ticking.tick(one))
    return found


def test_each_warning_is_said_once_however_often_the_clock_is_read() -> None:
    told = said([(at, clock()) for at in (0, 299, 300, 300, 301, 539, 541, 542, 600, 601, 660)])
    assert [words for words in told if words] == [
        "5 minutes left to seal.",
        "1 minute left to seal.",
        "Time is up; 1 minute of grace.",
        "Grace is over: it is overtime now.",
    ]


def test_whoever_comes_late_is_told_nothing_of_what_is_past() -> None:
    assert said([(400, clock()), (401, clock())]) == ["", ""]


def test_another_stage_begins_without_a_word() -> None:
    assert said([(299, clock()), (301, clock(stage="review"))]) == ["", ""]


def test_a_clock_that_stands_says_nothing() -> None:
    assert said([(299, clock()), (301, clock(since=""))]) == ["", ""]


def test_without_a_limit_only_control_reads_a_time() -> None:
    now = wall(START) + timedelta(seconds=370)
    assert left_words(clock(given=0), now) == ""
    assert room_words(clock(given=0), now) == "06:10 so far"
    assert (left_words(clock(), now), room_words(clock(), now)) == ("03:50 left", "")
    assert room_words(clock(stage=""), now) == ""


def left_at_top(app: Studio) -> str:
    """The time left in the first line of the screen."""
    found = re.search(r" · (\d\d:\d\d)\b", shown(app).splitlines()[0])
    return found.group(1) if found else ""


def test_the_time_left_stands_at_the_top_of_a_seats_screens_and_sheets() -> None:
    async def play() -> None:
        with opened() as room:
            room.do(lambda: room_opened(room.host.session))
            line = room.join("dorvik")
            app = Studio(lambda studio: studio.come_in(line))
            async with app.run_test(size=(80, 24), notifications=True) as pilot:
                await until(pilot, lambda: len(app.screen_stack) > 1)
                await press(pilot, "enter")
                left = left_at_top(app)
                assert left
                assert left <= "09:00"
                await until(pilot, lambda: left_at_top(app) < left)  # it moves
                await press(pilot, "f1")
                assert left_at_top(app)
                room.do(lambda: room.host.control.timing.give("council", 0))
                await press(pilot, "escape")
                await until(pilot, lambda: not left_at_top(app))

    acted(play)


def test_a_warning_comes_up_in_words_at_every_terminal() -> None:
    async def play() -> None:
        with opened() as room:
            room.do(lambda: room_opened(room.host.session))
            line = room.join("dorvik")
            app = Studio(lambda studio: studio.come_in(line))
            async with app.run_test(size=(120, 40), notifications=True) as pilot:
                await until(pilot, lambda: len(app.screen_stack) > 1)
                await press(pilot, "enter")
                room.do(lambda: room.host.control.timing.settle((0.5,), 0, False))
                room.do(lambda: room.host.control.timing.give("council", 10))

                def heard() -> Clock:
                    assert app.course is not None
                    return app.course.control.timing.clock()

                await until(pilot, lambda: (heard().given, heard().warnings) == (600, (30,)))
                now = [wall(heard().since) + timedelta(seconds=569)]
                app.ticking = Ticking(lambda: now[0])
                app._tick()
                assert "seconds left" not in shown(app)
                now[0] += timedelta(seconds=2)
                await until(pilot, lambda: "30 seconds left" in shown(app))  # by its own clock

    acted(play)
