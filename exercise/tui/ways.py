"""What the five ways of the start screen lead to: games begun, saves opened, words of advice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from exercise.errors import SaveError
from exercise.tui.app import DEMO, DEMO_SEED
from exercise.tui.course import begin, take_up
from exercise.tui.screens.help import NoticeSheet
from exercise.tui.screens.pick import PickSheet
from exercise.tui.shelf import open_shelf
from exercise.tui.widgets.lines import Line

if TYPE_CHECKING:
    from exercise.tui.app import Studio


def watch(app: Studio) -> None:
    """The shipped exercise by itself."""
    app.begin_watch(begin(DEMO, seed=DEMO_SEED))


def play(
    app: Studio,
    scenario: str,
    seats: Sequence[str],
    seed: int | None,
    save: str | Path | None,
    rhythm: str | None = None,
    names: str | None = None,
) -> None:
    """Play here; without seats named, choose one first."""
    if save is not None and Path(save).exists():
        resume(app, Path(save))
    elif seats:
        app.play(begin(scenario, seats, seed, save, rhythm=rhythm, names=names))
    else:
        choose_seat(app, scenario, seed, save, rhythm, names)


def choose_seat(
    app: Studio,
    scenario: str,
    seed: int | None,
    save: str | Path | None,
    rhythm: str | None = None,
    names: str | None = None,
) -> None:
    """Whose desk will you sit at?"""
    from exercise.scenario.load import load
    from exercise.scenario.people import seats_of

    exercise = load(scenario, rhythm=rhythm, names=names)
    titles = {key: actor.title for key, actor in exercise.scenario.actors.items()}
    wants = {key: actor.wants for key, actor in exercise.scenario.actors.items()}
    lines = [
        Line(seat.title or titles.get(seat.actor or "", name), data=name,
             note=wants.get(seat.actor or "", ""))
        for name, seat in seats_of(exercise.scenario).items()
        if seat.actor
    ]  # fmt: skip

    def take(seat: str) -> None:
        app.guarded(
            lambda: app.play(begin(scenario, [seat], seed, save, rhythm=rhythm, names=names))
        )

    app.push_screen(PickSheet("Whose desk will you sit at?", lines, take))


def room(app: Studio) -> None:
    """Set up a room, the shipped scenario first."""
    host(app, DEMO)


def host(
    app: Studio,
    scenario: str,
    save: str | Path | None = None,
    rhythm: str | None = None,
    names: str | None = None,
    seed: int | None = None,
) -> None:
    """Set up a room on a new save, or take one up again where its save is there already."""
    from exercise.tui.room import Plan
    from exercise.tui.room import take_up as take_up_room
    from exercise.tui.screens.room import RoomScreen, enter

    place = Path(save) if save is not None else None
    if place is not None and place.exists():
        enter(app, take_up_room(place))
    else:
        plan = Plan(scenario, rhythm, names, save=place, seed=seed)
        plan.lay()  # what is wrong with the scenario is said before anything is shown
        app.push_screen(RoomScreen(plan))


def go_on(app: Studio) -> None:
    """Choose a save to go on with: a room at control's desk, a game at its seat."""

    def take(path: Path) -> None:
        app.guarded(lambda: resume(app, path))

    app.push_screen(PickSheet("Continue", save_lines(), take, NONE))


def resume(app: Studio, path: Path) -> None:
    """Take up a save: a room at control's desk, a game at the desk of its player.

    It is a room where slips are entered at the desk, or where codes were given out: nobody's
    secret page may open on the facilitator's screen, and its terminals wait for their host.
    """
    course = take_up(path)
    slips = "desk" in course.control.standing().filling.values()
    if not slips and not any(door.issued for door in course.control.access.doors()):
        app.play(course)
        return
    course.close()
    host(app, DEMO, path)


def review(app: Studio) -> None:
    """Choose a save to look back on."""
    app.push_screen(
        PickSheet("Review", save_lines(), lambda p: app.guarded(lambda: look_back(app, p)), NONE)
    )


def look_back(app: Studio, save: str | Path) -> None:
    """Go through a save turn by turn."""
    from exercise.tui.screens.review import ReviewScreen

    app.push_screen(ReviewScreen(open_shelf(save)))


def save_lines(folder: Path | None = None) -> list[Line]:
    """The saves of a folder, the damaged ones with what is wrong.

    Without a folder, those in the usual one and in the one that the program was started in.
    """
    from exercise.save.places import saves_folder
    from exercise.save.store import saves

    folders = (folder,) if folder is not None else (Path.cwd(), saves_folder())
    found = []
    for one in dict.fromkeys(place.resolve() for place in folders):
        if one.is_dir():
            with suppress(SaveError):
                found += saves(one)
    lines = []
    for info in found:
        title = str(info.about.get("title") or info.path.name)
        played = f"{info.about.get('turn', 0)} of {info.about.get('turns', '?')} turns played"
        note = info.problem or f"{info.path.name} · {played}"
        lines.append(Line(title, note=note, data=info.path))
    return lines


def write(app: Studio) -> None:
    """How a scenario is begun."""
    app.push_screen(NoticeSheet("Write a scenario", WRITE))


NONE = "There are no saves yet, in the usual folder or in this one."
WRITE = (
    "A scenario is one text file. In a terminal:\n\n"
    "  exercise new my-crisis\n      a copy of a shipped scenario that works, to change\n"
    "  exercise check my-crisis.yaml\n      everything that is wrong, with its place\n"
    "  exercise run my-crisis.yaml\n      one game by bots\n"
    "  exercise sweep my-crisis.yaml --games 1000\n      a thousand games by bots"
)
WAYS: Mapping[str, Callable[[Studio], None]] = {
    "watch": watch,
    "room": room,
    "continue": go_on,
    "review": review,
    "write": write,
}
