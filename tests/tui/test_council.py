"""The council at several terminals: one acts, the others show it; the clock, what is new."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from exercise.desk import LocalDesk
from exercise.orders import Order, Refusal
from exercise.room.chairing import Floor, Silence
from exercise.room.chamber import later
from exercise.saved import read
from exercise.session import Session
from exercise.tui.app import Studio
from exercise.tui.news import News
from exercise.tui.screens import floor as floors
from exercise.tui.screens.council import CouncilScreen
from exercise.tui.screens.floor import Silences, clock_words, wall_time
from exercise.tui.screens.form import FormSheet
from exercise.tui.screens.review import TurnDesk
from exercise.tui.shelf import PastDesk
from exercise.tui.widgets.lines import Line, Lines
from tests.host.room import Open, new_session, opened
from tests.tui.stage import SIZES, acted, kind, press, shown, until
from tests.tui.test_control import room as facilitated
from tests.tui.test_visit import visiting

TEXT, CHAIR = "statement", "aurland"


def council() -> Session:
    """Three delegations, and the chair's text on the table."""
    return new_session(people=(CHAIR, "dorvik", "fallow"))


def act(room: Open, seat: str, line: str) -> None:
    given = room.do(lambda: room.host.control.desk(seat).draft(line))
    assert isinstance(given, Order), given


def chosen(app: Studio) -> Line:
    line = app.screen.query_one("#clauses", Lines).line
    assert line is not None
    return line


def says(app: Studio, words: str) -> bool:
    return kind(app) == "FormSheet" and words in shown(app)


def write(words: str) -> list[str]:
    names = {" ": "space", ".": "full_stop"}
    return [names.get(letter, letter) for letter in words]


@pytest.mark.parametrize("size", SIZES)
def test_a_bracket_at_one_terminal_comes_to_the_others_and_the_cursor_stays(
    size: tuple[int, int],
) -> None:
    async def play() -> None:
        with opened(council()) as room:
            act(room, CHAIR, f"council.table {TEXT}")
            async with (
                visiting(room, "fallow", size=size) as (_, theirs),
                visiting(room, "dorvik", size=size) as (mine, pilot),
            ):
                await press(theirs, "c", "down", "down")
                await press(pilot, "c", "down", "down", "down")
                assert chosen(mine).sign == "3"
                await press(theirs, "b", "ctrl+s")
                await until(pilot, lambda: "bracketed by Fallow" in shown(mine))
                assert chosen(mine).sign == "3"
                assert "● new" in shown(mine)

    acted(play)


def test_what_is_new_is_marked_until_it_has_been_seen_and_ones_own_is_not() -> None:
    async def play() -> None:
        with opened(council()) as room:
            act(room, CHAIR, f"council.table {TEXT}")
            async with visiting(room) as (app, pilot):
                await press(pilot, "c")
                assert "new" not in shown(app)
                await press(pilot, "down", "b", "ctrl+s")
                await until(pilot, lambda: "bracketed by Dorvik" in shown(app))
                assert "new" not in shown(app)
                await press(pilot, "escape")
                act(room, "fallow", f"council.bracket_clause {TEXT}-3 bracket")
                await press(pilot, "c")
                await until(pilot, lambda: "2 new" in shown(app))  # the clause, and its record
                await press(pilot, "down", "down", "down")
                assert "1 new" in shown(app)
                await press(pilot, "right", "left")
                assert "new" not in shown(app)

    acted(play)


@pytest.mark.parametrize("size", SIZES)
def test_a_chair_starts_silence_another_breaks_it_in_writing_and_the_chair_sums_up(
    size: tuple[int, int],
) -> None:
    async def play() -> None:
        with opened(council()) as room:
            act(room, CHAIR, f"council.table {TEXT}")
            async with (
                visiting(room, CHAIR, size=size) as (chair, keys),
                visiting(room, "dorvik", size=size) as (mine, pilot),
            ):
                await press(keys, "c")
                await press(pilot, "c")
                assert "p put" in shown(chair)
                assert "p put" not in shown(mine)
                await press(keys, "s", "enter")
                await until(pilot, lambda: "silence until" in shown(mine))
                assert "left" in shown(mine)
                await press(pilot, "k", *write("Too soon"), "enter", "ctrl+s")
                await until(keys, lambda: "Dorvik broke silence: Too soon" in shown(chair))
                assert "silence until" not in shown(chair)
                await press(keys, "z", *write("No agreement yet"), "enter")
                await until(pilot, lambda: "Aurland sums up: No agreement yet" in shown(mine))
                assert kind(mine) == "CouncilScreen"

    acted(play)


def test_who_does_not_preside_is_told_who_does() -> None:
    async def play() -> None:
        with opened(council()) as room:
            act(room, CHAIR, f"council.table {TEXT}")
            async with visiting(room) as (app, pilot):
                await press(pilot, "c")
                for key in ("s", "z", "n"):
                    await press(pilot, key)
                    assert kind(app) == "CouncilScreen"
                told = [str(n.message) for n in app._notifications]
                assert any("ask the chair, Aurland" in words for words in told)
                assert any("only a chair" in words.lower() for words in told)

    acted(play)


def test_a_form_says_whether_others_read_the_reason() -> None:
    async def play() -> None:
        with opened(council()) as room:
            act(room, CHAIR, f"council.table {TEXT}")
            act(room, CHAIR, f"council.put_text {TEXT} under silence")
            async with visiting(room) as (app, pilot):
                assert app.course is not None
                choices = {choice.name: choice for choice in app.course.desk.choices()}
                for name, words in (
                    ("council.break_silence", "every ally reads it"),
                    ("council.object", "you may leave it out"),
                ):
                    app.push_screen(FormSheet(app.course.desk, choices[name]))
                    await until(pilot, partial(says, app, words))
                    await press(pilot, "escape")

    acted(play)


def test_a_vote_is_explained_and_taken_back_from_the_screen() -> None:
    async def play() -> None:
        with opened(council()) as room:
            act(room, CHAIR, f"council.table {TEXT}")
            async with visiting(room) as (app, pilot):
                await press(pilot, "c", "i", *write("We are small"), "ctrl+s")
                await until(pilot, lambda: "Dorvik: We are small" in shown(app))
                lines = app.screen.query_one("#clauses", Lines)
                place = next(n for n, line in enumerate(lines.shown) if "small" in line.text)
                lines.go(place)
                await press(pilot, "delete", *write("classified"), "enter")
                await until(pilot, lambda: "We are small" not in shown(app))
                assert "withdrawn" in shown(app)

    acted(play)


def test_a_forum_is_changed_at_the_chairs_terminal_and_the_new_chair_has_the_keys() -> None:
    async def play() -> None:
        with opened(new_session(people=(CHAIR, "halden"))) as room:
            act(room, CHAIR, f"council.table {TEXT}")
            async with (
                visiting(room, CHAIR) as (chair, keys),
                visiting(room, "halden") as (other, pilot),
            ):
                await press(keys, "c")
                await press(pilot, "c")
                assert "p put" not in shown(other).split("\n")[-1]
                await press(keys, "m", "ctrl+s")
                await until(pilot, lambda: "Economic Council" in shown(other))
                await until(pilot, lambda: "p put" in shown(other).split("\n")[-1])
                assert "p put" not in shown(chair).split("\n")[-1]

    acted(play)


def test_the_desk_says_when_silence_ends() -> None:
    async def play() -> None:
        with opened(council()) as room:
            act(room, CHAIR, f"council.table {TEXT}")
            async with visiting(room, size=(120, 40)) as (app, pilot):
                room.do(lambda: room.host.control.chamber.silence(TEXT, 30))
                await until(pilot, lambda: "under silence until" in shown(app))

    acted(play)


def test_whoever_presides_is_told_once_that_silence_is_over() -> None:
    now = wall_time()
    over = Silence(TEXT, "Statement", later(now, -1), 10)
    runs = Silence("force", "Force", later(now, 60), 10)
    told = Silences(lambda: now)
    assert told.tick(Floor((over, runs))) is None
    said = told.tick(Floor((over, runs), chairs=(TEXT, "force")))
    assert said is not None
    assert "Statement" in said[0]
    assert told.tick(Floor((over, runs), chairs=(TEXT, "force"))) is None


def test_the_clock_says_how_long_and_stands_still_in_a_pause() -> None:
    now = "2030-01-01T10:00:00Z"
    silence = Silence(TEXT, "Statement", later(now, 605), 10)
    assert "10:05 left" in clock_words(silence, now)
    held = Silence(TEXT, "Statement", later(now, 605), 10, held=now)
    assert "frozen · 10:05 left" in clock_words(held, later(now, 300))
    assert "the chair declares" in clock_words(silence, later(now, 606))
    assert "no clock is set" in clock_words(Silence(TEXT, "Statement"), now)


def test_the_app_tells_control_that_silence_is_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def play() -> None:
        with opened(council()) as room:
            act(room, CHAIR, f"council.table {TEXT}")
            async with visiting(room, CHAIR) as (app, pilot):
                room.do(lambda: room.host.control.chamber.silence(TEXT, 5))
                app.silences = Silences(lambda: later(wall_time(), 600))
                await until(pilot, lambda: "nobody broke it" in shown(app))

    acted(play)


def test_a_facilitator_runs_silence_breaks_and_explanations_for_any_seat(tmp_path: Path) -> None:
    async def play() -> None:
        async with facilitated(tmp_path) as (app, pilot, made):
            await press(pilot, "c")
            screen: Any = app.screen
            assert kind(app) == "ChamberScreen"
            await press(pilot, "t")
            await until(pilot, lambda: screen.text.state == "on the table")
            await press(pilot, "s")
            await press(pilot, "enter")
            await until(pilot, lambda: "silence until" in shown(app))
            await press(pilot, "y")
            assert "silence still runs" in shown(app)
            await press(pilot, "2", "k", *write("Not like this"), "enter", "enter")
            await until(pilot, lambda: "broke silence: Not like this" in shown(app))
            await press(pilot, "i", *write("It goes too far"), "ctrl+s")
            await until(pilot, lambda: "It goes too far" in shown(app))
            await press(pilot, "z", *write("We go on tomorrow"), "enter")
            await until(pilot, lambda: "sums up: We go on tomorrow" in shown(app))
            await press(pilot, "l")
            assert made.control.chamber.floor().open
            assert made.control.desk("public").chamber.floor().texts

    acted(play)


def test_a_line_that_says_something_else_is_new_and_a_first_look_marks_nothing() -> None:
    news = News()
    first, changed = Line("One", ask="a[x]"), Line("[One]", ask="a[x]", note="by Fallow")
    news.come(TEXT, [first])
    assert news.marked(TEXT, [first])[0].right == ""
    news.come(TEXT, [changed])
    assert news.marked(TEXT, [changed])[0].right == "● new"
    news.come(TEXT, [changed])
    assert news.marked(TEXT, [changed])[0].right == "● new"
    news.seen(TEXT, changed)
    assert news.marked(TEXT, [changed])[0].right == ""
    news.come(TEXT, [first], mine=True)
    assert news.marked(TEXT, [first])[0].right == ""


def test_hostile_words_in_writing_are_shown_as_words() -> None:
    async def play() -> None:
        with opened(council()) as room:
            act(room, CHAIR, f"council.table {TEXT}")
            nasty = "[bold red]no[/]\x1b[2J\u202e" + "x" * 500
            room.do(lambda: room.host.control.desk("fallow").chamber.explain(TEXT, nasty))
            async with visiting(room) as (app, pilot):
                await press(pilot, "c")
                assert "[bold" in shown(app)
                assert "red]no[/]" in shown(app)
                assert "\x1b[2J" not in shown(app)
                assert isinstance(app.screen, CouncilScreen)

    acted(play)


def test_minutes_that_are_no_number_are_refused_on_the_sheet() -> None:
    async def play() -> None:
        with opened(council()) as room:
            act(room, CHAIR, f"council.table {TEXT}")
            async with visiting(room, CHAIR) as (app, pilot):
                await press(pilot, "c", "s", "backspace", "backspace", *write("soon"), "enter")
                assert "no number of minutes" in shown(app)
                assert kind(app) == "FillSheet"
                assert floors.MINUTES == "10"

    acted(play)


def test_looking_back_shows_what_had_been_written_by_the_turn_and_changes_nothing() -> None:
    session = new_session(people=(CHAIR, "fallow"))
    desk = LocalDesk(session, CHAIR)
    desk.draft(f"council.table {TEXT}")
    desk.chamber.sum_up(TEXT, "First.")
    session.resolve()
    session.publish()
    session.open()
    desk.chamber.sum_up(TEXT, "Second.")
    session.resolve()
    session.publish()
    saved = read(session.journal)
    viewer, titles = session.seating.viewer("fallow"), dict(session.seating.titles)

    def told(turn: int) -> list[str]:
        return [w.text for w in TurnDesk(saved, viewer, titles, turn).chamber.floor().written]

    assert (told(1), told(2)) == (["First."], ["First.", "Second."])
    past = PastDesk(saved, viewer, titles).chamber
    before = len(list(session.journal.read()))
    for refused in (
        past.explain(TEXT, "So."), past.sum_up(TEXT, "So."), past.silence(TEXT, 5),
        past.break_silence(TEXT, "No."), past.go_round(), past.consider(TEXT, "x", ""),
        past.withdraw("summing-up-aurland-1", "why"),
    ):  # fmt: skip
        assert isinstance(refused, Refusal)
    assert len(list(session.journal.read())) == before
