"""Slips on a grid: few letters make an order, refusals keep what was typed, seals, the curtain."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from exercise.desk import Choice, ControlDesk
from exercise.desk.slips import enter, fits, refuse, split_reason
from exercise.orders import Order, Refusal
from exercise.save.journal import MemoryJournal
from exercise.saved import create
from exercise.session import Session
from exercise.tui.room import Room
from exercise.tui.screens.grid import GridScreen
from exercise.tui.widgets.slips import compact
from tests.scenarios import loaded
from tests.tui.stage import SIZES, SMALL, acted, entries_of, kind, press, shown
from tests.tui.test_control import room, typed


def small() -> tuple[ControlDesk, list[Choice]]:
    session: Session = create(loaded(SMALL), MemoryJournal(), seed=1, desk=("alder", "birk"))
    control = ControlDesk(session)
    control.close_council()
    return control, control.desk("birk").choices()


def test_first_letters_find_the_decision_and_its_target() -> None:
    _, choices = small()
    assert fits(choices, "ple gua")[0].line == "forces.pledge guards pledge"
    assert fits(choices, "pledge")[0].choice.name == "forces.pledge"
    assert fits(choices, "zzz") == []
    assert fits(choices, " ") == []


def test_a_word_for_how_chooses_the_level() -> None:
    _, choices = small()
    assert fits(choices, "host alder clo")[0].line == "logistics.host quay alder close"
    assert fits(choices, "host alder op")[0].line == "logistics.host quay alder open"


def test_what_tells_targets_apart_counts_more_than_what_all_have() -> None:
    control = ControlDesk(
        create(loaded("northern-strait"), MemoryJournal(), seed=1, desk=("aurland",))
    )
    control.close_council()
    choices = control.desk("aurland").choices()
    assert fits(choices, "red car")[0].targets == ("aurland-carrier-group",)


def test_every_fit_that_is_shown_is_taken() -> None:
    control, choices = small()
    desk = control.desk("birk")
    for text in ("ple", "host", "harden", "move", "expl", "a", "threaten"):
        for fit in fits(choices, text, most=50):
            if fit.line:
                given = enter(desk, fit, "").given
                if isinstance(given, Order):
                    desk.undraft(given.cell)
                else:
                    assert "costs" in given.reason, fit.line


def test_a_refusal_is_the_engines_own_with_a_remedy() -> None:
    control, choices = small()
    given = refuse(control.desk("birk"), choices, "pledge cut", {"cutters", "guards"}).given
    assert isinstance(given, Refusal)
    assert given.remedy
    given = refuse(control.desk("birk"), choices, "xyzzy", set()).given
    assert isinstance(given, Refusal)


def test_what_stands_after_a_semicolon_is_why() -> None:
    assert split_reason("ple gua; to be seen; there") == ("ple gua", "to be seen; there")


def test_a_title_gives_way_before_the_end_of_a_sentence() -> None:
    told = "Release “a very long report title indeed” to Fallow: full"
    assert compact(told, 40).endswith("to Fallow: full")
    assert len(compact(told, 40)) <= 40
    assert compact("short", 40) == "short"


def test_slips_are_entered_and_sealed_with_few_keys(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path, (80, 24)) as (app, pilot, made):
            await press(pilot, "n", "g")
            await typed(pilot, "ple cut; we mean it")
            await press(pilot, "enter", "enter")
            assert made.entered() == (1, 2)
            await typed(pilot, "harden")
            await press(pilot, "enter", "enter")
            assert made.entered() == (2, 2)
            assert "entered 2 of 2" in shown(app)
            reasons = [e.words for e in entries_of(made, "sealed")]
            assert reasons[0] == {"forces.pledge[alder,cutters]": "we mean it"}

    acted(play)


def test_what_was_picked_stays_picked_while_its_reason_is_typed(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path) as (app, pilot, made):
            await press(pilot, "n", "g")
            await typed(pilot, "host")
            screen = app.screen
            assert isinstance(screen, GridScreen)
            second = screen.found[1].line
            await press(pilot, "down")
            await typed(pilot, "; a second thought")
            await press(pilot, "enter")
            assert [o.line() for o, _ in made.any_desk("alder").drafted()] == [second]

    acted(play)


def test_a_refused_line_is_said_kept_and_brought_back(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path) as (app, pilot, made):
            await press(pilot, "n", "g")
            await typed(pilot, "pledge guards")
            await press(pilot, "enter")
            assert "×" in shown(app)
            assert app.screen.query_one(Input).value == "pledge guards"
            await press(pilot, "enter")
            assert [one.text for one in made.kept["alder"]] == ["pledge guards"]
            await press(pilot, "left", "backspace")
            assert app.screen.query_one(Input).value == "pledge guards"
            assert made.kept["alder"] == []

    acted(play)


def test_an_empty_slip_is_sealed_only_when_asked_twice(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path) as (app, pilot, made):
            await press(pilot, "n", "g", "enter")
            assert made.entered() == (0, 2)
            assert "Enter again seals an empty slip" in shown(app)
            await press(pilot, "enter")
            assert made.entered() == (1, 2)
            await press(pilot, "up", "f3")
            assert made.entered() == (0, 2)

    acted(play)


def test_f3_asks_once_too_before_it_seals_what_is_empty_or_leaves_lines_out(
    tmp_path: Path,
) -> None:
    async def play() -> None:
        async with room(tmp_path) as (app, pilot, made):
            await press(pilot, "n", "g", "f3")
            assert made.entered() == (0, 2)
            assert "F3 again seals an empty slip" in shown(app)
            await typed(pilot, "pledge guards")
            await press(pilot, "enter", "enter", "f3")
            assert made.entered() == (0, 2)
            assert "F3 again seals the slip without" in " ".join(shown(app).split())
            await press(pilot, "f3")
            assert made.entered() == (1, 2)

    acted(play)


def test_a_slip_with_refused_lines_is_sealed_only_when_asked_twice(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path) as (app, pilot, made):
            await press(pilot, "n", "g")
            await typed(pilot, "pledge guards")
            await press(pilot, "enter", "enter", "enter")
            assert made.entered() == (0, 2)
            assert "1 refused line would not be in it" in " ".join(shown(app).split())
            await press(pilot, "enter")
            assert made.entered() == (1, 2)

    acted(play)


def test_the_curtain_hides_every_slip(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path) as (app, pilot, made):
            await press(pilot, "n", "g")
            await typed(pilot, "ple cut")
            await press(pilot, "enter", "f2")
            assert "cutters" not in shown(app).lower()
            assert "pledge" not in shown(app).lower()
            await press(pilot, "f2")
            assert kind(app) == "GridScreen"
            assert made.any_desk("alder").drafted()[0][1][:15] in shown(app)

    acted(play)


def test_hostile_words_are_plain_on_the_grid(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path) as (app, pilot, made):
            await press(pilot, "g")
            entry = app.screen.query_one(Input)
            for words in ("[/x] [@click=quit]a[/]", "\x1b[2J", "[bold", "]" * 300):
                entry.value = words
                await press(pilot, "enter", "enter")
            assert app.fault is None
            assert len(made.kept["alder"]) == 4

    acted(play)


@pytest.mark.parametrize("size", SIZES)
def test_letters_that_fit_nothing_say_so_and_taken_orders_stand_as_sentences(
    size: tuple[int, int], tmp_path: Path
) -> None:
    async def play() -> None:
        async with room(tmp_path, size) as (app, pilot, made):
            await press(pilot, "n", "g")
            await typed(pilot, "hk")
            assert "Nothing that is allowed now fits; F4 lists all." in shown(app)
            await press(pilot, "escape")
            assert "Nothing that is allowed now fits" not in shown(app)
            await typed(pilot, "ple cut")
            await press(pilot, "enter")
            row = next(line for line in shown(app).split("\n") if "□ " in line)
            sentence = made.any_desk("alder").drafted()[0][1]
            assert sentence[:12] in row
            assert "…" in row

    acted(play)


def lines(made: Room, seat: str) -> list[str]:
    return [order.line() for order, _ in made.any_desk(seat).drafted()]


def affordable(made: Room, seat: str) -> list[str]:
    """Fill a seat's slip with all that it can pay for; the lines."""
    desk = made.any_desk(seat)
    for choice in desk.choices():
        for targets in choice.targets:
            if choice.levels and choice.stage == "orders":
                desk.draft(" ".join([choice.name, *targets, choice.levels[0]]))
    return lines(made, seat)


def test_typing_over_a_filled_cell_replaces_its_order_in_its_place(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path) as (app, pilot, made):
            await press(pilot, "n", "g")
            for words in ("ple cut", "harden"):
                await typed(pilot, words)
                await press(pilot, "enter")
            second = lines(made, "alder")[1]
            await press(pilot, "left", "left")
            assert "takes the place of line 1" in shown(app)
            await typed(pilot, "host")
            await press(pilot, "enter")
            after = lines(made, "alder")
            assert len(after) == 2
            assert after[0].startswith("logistics.host")
            assert after[1] == second
            assert "Line 1 is replaced" in shown(app)

    acted(play)


def test_the_new_order_is_judged_without_the_one_it_replaces(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path) as (app, pilot, made):
            await press(pilot, "n", "g")
            full = affordable(made, "alder")
            costs = {choice.name: choice.cost for choice in made.any_desk("alder").choices()}
            at = next(n for n, line in enumerate(full) if costs[line.split()[0]][:7] == "1 staff")
            await press(pilot, *["right"] * len(full))
            await typed(pilot, "harden")
            await press(pilot, "enter")
            assert "costs 1 staff points and you have 0 left" in " ".join(shown(app).split())
            await press(pilot, "escape", *["left"] * (len(full) - at))
            await typed(pilot, "harden")
            await press(pilot, "enter")
            new = "cyber.harden harden"
            assert lines(made, "alder") == [*full[:at], new, *full[at + 1 :]]

    acted(play)


def test_a_refused_order_leaves_the_one_it_was_typed_over(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path) as (app, pilot, made):
            await press(pilot, "n", "g")
            for words in ("ple cut; we mean it", "harden"):
                await typed(pilot, words)
                await press(pilot, "enter")
            before = made.any_desk("alder").drafted()
            await press(pilot, "left", "left")
            await typed(pilot, "pledge guards")
            await press(pilot, "enter")
            assert "×" in shown(app)
            assert made.any_desk("alder").drafted() == before

    acted(play)


def test_the_same_order_twice_says_where_it_stands_and_moves_nothing(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path) as (app, pilot, made):
            await press(pilot, "n", "g")
            for words in ("ple cut; we mean it", "harden"):
                await typed(pilot, words)
                await press(pilot, "enter")
            before = made.any_desk("alder").drafted()
            await typed(pilot, "ple cut")
            await press(pilot, "enter")
            assert "Already on line 1." in shown(app)
            assert made.any_desk("alder").drafted() == before
            await press(pilot, "left")  # nor does it go when it is typed over another
            await typed(pilot, "pledge cutters; a better reason")
            await press(pilot, "enter")
            assert "Already on line 1; its reason is the new one." in shown(app)
            after = made.any_desk("alder").drafted()
            assert [says for _, says in after] == [says for _, says in before]
            assert after[0][0].reason == "a better reason"

    acted(play)


def test_an_order_brought_back_stays_on_the_slip_until_it_is_replaced(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path) as (app, pilot, made):
            await press(pilot, "n", "g")
            for words in ("host; they asked", "harden"):
                await typed(pilot, words)
                await press(pilot, "enter")
            before = made.any_desk("alder").drafted()
            await press(pilot, "left", "left", "backspace")
            assert app.screen.query_one(Input).value.endswith("; they asked")
            assert made.any_desk("alder").drafted() == before
            await press(pilot, "enter")
            assert made.any_desk("alder").drafted() == before
            await press(pilot, "left", "left", "delete")
            assert made.any_desk("alder").drafted() == before[1:]

    acted(play)


@pytest.mark.parametrize("key", ["delete", "backspace"])
def test_what_was_said_of_a_refused_line_goes_with_it(key: str, tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path) as (app, pilot, made):
            await press(pilot, "n", "g")
            await typed(pilot, "pledge guards")
            await press(pilot, "enter")
            if key == "delete":
                await press(pilot, "enter", "left", key)
            else:
                await press(pilot, *[key] * len("pledge guards"))
            assert made.kept.get("alder", []) == []
            assert "×" not in shown(app)
            assert "Put aside" not in shown(app)

    acted(play)


def test_typing_over_a_refused_line_takes_its_place(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path) as (app, pilot, made):
            await press(pilot, "n", "g")
            await typed(pilot, "pledge guards")
            await press(pilot, "enter", "enter", "left")
            await typed(pilot, "ple cut")
            await press(pilot, "enter")
            assert made.kept["alder"] == []
            assert lines(made, "alder") == ["forces.pledge cutters pledge"]
            assert "×" not in shown(app)

    acted(play)


def test_closed_slips_are_said_to_be_closed(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path) as (app, pilot, made):
            await press(pilot, "n")
            for seat in ("alder", "birk"):
                made.any_desk(seat).seal()
            made.control.resolve()
            await press(pilot, "g")
            for keys in ((), ("enter",), ("f3",)):
                await press(pilot, *keys)
                assert "Slips are closed: results lie with control." in shown(app)
                assert "n resolves" not in shown(app)

    acted(play)


def test_a_slip_that_is_opened_again_goes_on_after_its_last_line(tmp_path: Path) -> None:
    async def play() -> None:
        async with room(tmp_path) as (app, pilot, made):
            await press(pilot, "n")
            made.any_desk("alder").draft("forces.pledge cutters pledge")
            await press(pilot, "g", "f4")
            made.any_desk("alder").draft("cyber.harden harden")  # as the list does
            await press(pilot, "escape")
            assert kind(app) == "GridScreen"
            await typed(pilot, "host")
            await press(pilot, "enter")
            assert len(lines(made, "alder")) == 3

    acted(play)
