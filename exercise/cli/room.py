"""The commands of a room: host it, come in, look on."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from exercise.cli.base import (
    EXAMPLE,
    names_option,
    note,
    open_luck_option,
    plain_option,
    rhythm_option,
)
from exercise.cli.streams import need_terminal
from exercise.errors import UsageError

at_option = click.option("--at", metavar="SAVE",
                         help="The room of this save, where several are open here.")  # fmt: skip
person_option = click.option("--name", "person", default="", help="A pseudonym of yours.")
CODE = "EXERCISE_CODE"
follow_option = click.option("--follow", is_flag=True,
                             help="With --plain: only tell each change, as a line.")  # fmt: skip


@click.command(epilog=EXAMPLE + "exercise host northern-strait --save tuesday.exercise")
@click.argument("scenario")
@click.option("--desk", is_flag=True,
              help="One keyboard for the whole room: slips are entered at the desk.")  # fmt: skip
@click.option("--save", type=click.Path(path_type=Path),
              help="Where to keep the exercise; where it is kept already, it goes on.")  # fmt: skip
@click.option("--person", "people", multiple=True, metavar="SEAT",
              help="A seat that a person takes; without it, every ally's.")  # fmt: skip
@click.option("--no-screen", is_flag=True, help="Hold the room open without control's screen.")
@click.option("--new-codes", is_flag=True, help="Issue new codes; all terminals join again.")
@plain_option
@open_luck_option
@rhythm_option
@names_option
def host(
    scenario: str,
    desk: bool,
    save: Path | None,
    people: tuple[str, ...],
    no_screen: bool,
    new_codes: bool,
    plain: bool,
    seed: int | None,
    rhythm: str | None,
    names: str | None,
) -> None:
    """Run a room: control here, delegations at terminals that join, or (--desk) on paper slips."""
    if desk and not plain:
        need_terminal("call it in the terminal of the host machine")
        from exercise.tui.app import run_host

        sys.exit(run_host(scenario, save, rhythm=rhythm, names=names, seed=seed))
    from exercise.host.held import Held, Opening
    from exercise.save.places import free_name, saves_folder

    path = save or free_name(saves_folder(make=True), Path(scenario).stem, ".exercise")
    opening = Opening(
        path, scenario, people or None,
        rhythm=rhythm, names=names, new_codes=new_codes, seed=seed,
    )  # fmt: skip
    if plain:
        from exercise.plain import ways

        sys.exit(ways.run_host(ways.at_desk(opening) if desk else opening))
    if no_screen:
        held = Held(opening, lambda text: note(text, err=True))
        asyncio.run(held.keep(lambda: _opened(held, path)))
        note(f"closed; everything is in {path}")
        return
    need_terminal("exercise host SCENARIO --save FILE --no-screen holds a room open without one")
    from exercise.tui.entrance import run_room

    sys.exit(run_room(opening))


def _opened(held: object, path: Path) -> None:
    codes: Mapping[str, str] = getattr(held, "codes", {})
    note(f"the room is open; its save is {path}")
    for name, code in codes.items():
        note(f"  {name:16} {code}")
    if not codes:
        note("the codes are those of before; --new-codes issues new ones")
    note("join with: exercise join CODE")
    sys.stdout.flush()


def _code(given: str | None) -> str:
    """The code: as given, from the environment (where lists of processes do not show it), typed."""
    code = given or os.environ.get(CODE, "")
    if not code and sys.stdin.isatty():
        code = str(click.prompt("Your code"))
    if not code:
        raise UsageError("a code is needed to come in", f"exercise join CODE, or set {CODE}")
    return code


@click.command(epilog=EXAMPLE + "exercise join K7QP-3MXD")
@click.argument("codes", metavar="[CODE]...", nargs=-1)
@at_option
@person_option
@plain_option
@follow_option
def join(codes: tuple[str, ...], at: str | None, person: str, plain: bool, follow: bool) -> None:
    """Sit down at your seat, with the code that control gave you; with several, at several."""
    from exercise.web import leave

    code, more = (codes[0] if codes else None), codes[1:]
    if plain or follow:
        from exercise.plain import ways

        if more:
            raise UsageError("plain mode shows one seat", "join with each code by itself")
        sys.exit(ways.run_join(_code(code), at, person, following=follow))

    cookie, seat = leave.given()
    if leave.in_browser():
        leave.end_with_parent()
    else:
        need_terminal("join from a terminal")
    from exercise.tui.entrance import run_join

    sys.exit(run_join("" if cookie else _code(code), at, person, cookie, seat, more))


@click.command(epilog=EXAMPLE + "exercise control 63EC-9PKD")
@click.argument("code", required=False)
@at_option
@person_option
@plain_option
def control(code: str | None, at: str | None, person: str, plain: bool) -> None:
    """Sit down as control at a room that is held open here."""
    if plain:
        from exercise.plain import ways

        sys.exit(ways.run_control(_code(code), at, person))
    need_terminal("call it in a terminal")
    from exercise.tui.entrance import run_control

    sys.exit(run_control(_code(code), at, person))


@click.command(epilog=EXAMPLE + "exercise display K7QP-3MXD")
@click.argument("code", required=False)
@at_option
@plain_option
def display(code: str | None, at: str | None, plain: bool) -> None:
    """Show on a projector what everybody in the room may know."""
    if plain:
        from exercise.plain import ways

        sys.exit(ways.run_display(_code(code), at))
    need_terminal("call it in the terminal of the screen that everybody sees")
    from exercise.tui.entrance import run_display

    sys.exit(run_display(_code(code), at))


@click.command(epilog=EXAMPLE + "exercise serve tuesday.exercise")
@click.argument("file")
@click.option("--bind", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True,
              help="The port to listen on.")  # fmt: skip
@click.option("--public", default="", metavar="URL",
              help="What people type, where TLS stands in front: https://room.example")  # fmt: skip
@rhythm_option
@names_option
def serve(
    file: str, bind: str, port: int, public: str, rhythm: str | None, names: str | None
) -> None:
    """Open a room's seats to browsers; a room that is not open yet is opened as well.

    FILE is a save, or a scenario to begin with. Without --bind only this machine reaches it.
    """
    try:
        from exercise.web.served import run
    except ModuleNotFoundError as error:
        raise UsageError(
            f"browsers want more than is installed here ({error.name})",
            "in the folder of the project: pip install '.[browser]'",
        ) from None
    run(file, bind, port, public, rhythm, names, note)


COMMANDS = (host, join, control, display, serve)
