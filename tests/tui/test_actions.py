"""Keys, footer, help and palette come from one table."""

from __future__ import annotations

import pytest

from exercise.tui import actions
from exercise.tui.help_lines import HELP
from exercise.tui.screens import base
from exercise.tui.screens.pick import PickSheet
from exercise.tui.widgets.frame import Keys
from exercise.tui.widgets.lines import Line, Lines
from tests.tui.stage import acted, press, seated, shown, until


def screens() -> dict[str, type]:
    from importlib import import_module
    from pkgutil import iter_modules

    from exercise.tui import screens as package

    for module in iter_modules(package.__path__):
        import_module(f"{package.__name__}.{module.name}")
    found: dict[str, type] = {}
    waiting: list[type] = [base.Page, base.Sheet]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__dict__.get("KEY"):
            found[kind.KEY] = kind
    return found


@pytest.mark.parametrize("name", list(actions.SCREENS))
def test_every_act_of_a_screen_is_something_the_screen_can_do(name: str) -> None:
    screen = screens()[name]
    for act in actions.acts_of(name):
        if act.name != "nothing":
            assert hasattr(screen, f"action_{act.name}"), f"{name}: {act.name}"


@pytest.mark.parametrize("name", list(actions.SCREENS))
def test_no_key_means_two_things_on_a_screen(name: str) -> None:
    keys = [key for act in actions.acts_of(name) for key in act.key.split(",")]
    assert len(keys) == len(set(keys))


def test_lists_leave_every_letter_to_the_screens() -> None:
    keys = [key for binding in Lines.BINDINGS for key in binding.key.split(",")]  # type: ignore[union-attr]
    assert all(len(key) > 1 for key in keys)


@pytest.mark.parametrize("name", list(actions.SCREENS))
def test_every_screen_is_explained_in_at_most_five_lines(name: str) -> None:
    assert 1 <= len(HELP[name]) <= 5
    assert all(line.endswith((".", ",")) for line in HELP[name])


def test_a_screens_bindings_are_those_of_the_table() -> None:
    for name, screen in screens().items():
        bound = {binding.action for binding in screen.BINDINGS}
        assert bound == {a.name for a in actions.acts_of(name) if a.name != "nothing"}


def test_help_says_the_five_lines_and_every_key() -> None:
    async def play() -> None:
        async with seated(size=(120, 46)) as (app, pilot):
            await press(pilot, "enter", "f1")
            words = shown(app)
            for line in HELP["desk"]:
                assert line in words
            for act in actions.acts_of("desk"):
                assert act.says in words

    acted(play)


def test_the_palette_offers_every_act_and_every_allowed_decision() -> None:
    async def play() -> None:
        async with seated() as (app, pilot):
            await press(pilot, "enter")
            screen = app.screen
            assert isinstance(screen, base.Page)
            offered = [title for title, _, _ in base.Everything(screen)._commands()]
            for act in actions.acts_of("desk"):
                if act.name not in ("nothing", "palette"):
                    assert any(title.endswith(f"({act.shown_key})") for title in offered), act
            assert any("Bracket" in title for title in offered)
            await press(pilot, "ctrl+p")
            await until(pilot, lambda: "Next column" in shown(app))

    acted(play)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_the_footer_fits_and_always_has_help_and_everything(width: int) -> None:
    for name in actions.SCREENS:
        keys = Keys(actions.acts_of(name))
        words = keys.words(width).plain
        assert len(words) <= width + 3
        assert "F1 help" in words or name == "help"
        assert "Ctrl+P everything" in words


def test_at_eighty_columns_the_way_back_is_always_named() -> None:
    for name, own in actions.SCREENS.items():
        back = next((act for act in own if act.name == "back" and act.footer), None)
        if back is not None:
            words = Keys(actions.acts_of(name)).words(78).plain
            assert f"{back.shown_key} {back.label}" in words, name


def test_help_keeps_its_title_in_sight_on_a_small_screen() -> None:
    async def play() -> None:
        async with seated(size=(80, 24)) as (app, pilot):
            await press(pilot, "enter", "f1")
            assert "This screen" in shown(app)
            assert "Left, what changed." in shown(app)

    acted(play)


def test_a_long_choice_keeps_its_title_and_its_lines_close_together() -> None:
    async def play() -> None:
        async with seated(size=(80, 24)) as (app, pilot):
            lines = [Line(f"seat {number}", data=number) for number in range(18)]
            app.push_screen(PickSheet("Who is it?", lines, lambda _: None))
            await pilot.pause()
            page = shown(app)
            assert all(words in page for words in ("Who is it?", "seat 0", "seat 17"))

    acted(play)


def test_in_a_discussion_enter_opens_what_it_leads_to() -> None:
    assert [act.label for act in actions.talking("desk") if act.name == "nothing"] == ["open"]
