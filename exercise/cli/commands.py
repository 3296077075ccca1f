"""The commands: every one with an example, results as JSON on request.

They import what they need when they are called, so that `--help` is there at once.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from exercise import __version__
from exercise.cli import room, start
from exercise.cli.base import (
    EXAMPLE,
    json_option,
    names_option,
    out,
    plain_option,
    rhythm_option,
    say,
    seed_option,
)
from exercise.cli.streams import need_terminal
from exercise.spoken import statement


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="exercise")
@click.pass_context
def cli(context: click.Context) -> None:
    """Crisis exercises and wargames of alliances, in the terminal.

    Without a command it opens the start screen.
    """
    if context.invoked_subcommand is None:
        sys.exit(start())


@cli.command(epilog=EXAMPLE + "exercise demo")
@click.option("--headless", is_flag=True, help="Play through the screens without a terminal.")
@seed_option
def demo(headless: bool, seed: int) -> None:
    """Watch the fictional Northern Strait exercise, all seats played by bots."""
    if not headless:
        need_terminal("exercise demo --headless plays without one")
    from exercise.tui.app import run_watch

    sys.exit(run_watch("northern-strait", seed, headless=headless))


@cli.command(epilog=EXAMPLE + "exercise play northern-strait --seat dorvik")
@click.argument("scenario")
@click.option("--seat", "seats", multiple=True, help="A seat you take; others are bots.")
@click.option("--save", type=click.Path(path_type=Path), help="Where to keep the game.")
@plain_option
@seed_option
@rhythm_option
@names_option
def play(
    scenario: str,
    seats: tuple[str, ...],
    save: Path | None,
    plain: bool,
    seed: int,
    rhythm: str | None,
    names: str | None,
) -> None:
    """Play in this terminal; the seats you do not take are bots."""
    if plain:
        from exercise.plain import ways

        sys.exit(ways.run_play(scenario, seats, seed, save, rhythm=rhythm, names=names))
    need_terminal("exercise run plays without one, by bots and written orders")
    from exercise.tui.app import run_play

    sys.exit(run_play(scenario, seats, seed, save, rhythm=rhythm, names=names))


for command in room.COMMANDS:
    cli.add_command(command)


@cli.command(epilog=EXAMPLE + "exercise run northern-strait --seed 7 --json")
@click.argument("scenario")
@click.option(
    "--game", type=click.IntRange(0, 10**9), default=0, help="Which game of this seed's sweep."
)
@click.option("--turns", type=click.IntRange(1), help="Stop after so many turns.")
@click.option("--save", type=click.Path(path_type=Path), help="Keep the game in a save.")
@click.option("--orders", type=click.Path(path_type=Path),
              help="Written orders: a YAML file of turn, seat and order lines.")  # fmt: skip
@seed_option
@rhythm_option
@names_option
@json_option
def run(
    scenario: str,
    game: int,
    turns: int | None,
    save: Path | None,
    orders: Path | None,
    seed: int,
    rhythm: str | None,
    names: str | None,
    as_json: bool,
) -> None:
    """Play a scenario without a screen, by bots and written orders."""
    from exercise.cli.headless import run_game, summary

    result = run_game(
        scenario,
        seed=seed,
        game=game,
        turns=turns,
        save=save,
        orders=orders,
        rhythm=rhythm,
        names=names,
    )
    out(result, as_json, lambda: summary(result))


@cli.command(epilog=EXAMPLE + "exercise saves")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@json_option
def saves(folder: Path | None, as_json: bool) -> None:
    """List saves with their scenario, turn and seats."""
    from exercise.cli.headless import list_saves, saves_text

    found = list_saves(folder)
    out(found, as_json, lambda: saves_text(found, folder))


@cli.command(epilog=EXAMPLE + "exercise replay saves/tuesday.exercise --verify")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--turn", type=click.IntRange(0), help="Show one turn as text.")
@click.option("--verify", "verifying", is_flag=True, help="Play it again and compare.")
@click.option("--head", help="The head hash that a report printed: finds a shortened save.")
@click.option("--as", "seat", help="Through whose eyes; control's by default.")
@json_option
def replay(
    file: Path, turn: int | None, verifying: bool, head: str | None, seat: str | None, as_json: bool
) -> None:
    """Step through a save, or verify it."""
    from exercise.cli import headless

    if verifying or head is not None:
        result = headless.verify_save(file, head)
        out(result, as_json, lambda: headless.verified_text(result))
        sys.exit(0 if result["verified"] else 1)
    if turn is not None or as_json:
        shown = headless.show_turn(file, turn, seat)
        out(shown, as_json, lambda: headless.turn_text(shown))
        return
    need_terminal("say --turn N, --json or --verify")
    from exercise.tui.app import run_replay

    sys.exit(run_replay(file))


@cli.command(epilog=EXAMPLE + "exercise why saves/tuesday.exercise threat.shared_view --turn 2")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("cell", required=False)
@click.option("--turn", type=click.IntRange(0), help="The turn; the last one by default.")
@click.option("--as", "seat", help="Explain as far as this seat is cleared.")
@click.option("--list", "listing", is_flag=True, help="List the cells that can be asked.")
@json_option
def why(
    file: Path, cell: str | None, turn: int | None, seat: str | None, listing: bool, as_json: bool
) -> None:
    """Explain one number: its terms, and what each came from."""
    from exercise.cli import headless

    if listing:
        banner, cells = headless.list_cells(file, turn, seat)
        out(cells, as_json, lambda: statement([banner, *cells]))
        return
    if cell is None:
        raise click.UsageError("name a cell, such as threat.shared_view, or use --list")
    data = headless.explain(file, cell, turn, seat)
    out(data, as_json, lambda: headless.why_text(data))


@cli.command(epilog=EXAMPLE + "exercise sweep northern-strait --games 1000 --jobs 2 --json")
@click.argument("scenario")
@click.option(
    "--games", type=click.IntRange(1, 10**7), default=1000, show_default=True, help="How many."
)
@click.option("--jobs", type=click.IntRange(1, 256), default=1, show_default=True,
              help="Processes to share them among.")  # fmt: skip
@click.option("--digest", "digests", default="", help="Games to give digests of, such as 0,17,731.")
@click.option("--explain", is_flag=True, help="Keep the book as in a live game (slower).")
@seed_option
@rhythm_option
@names_option
@json_option
def sweep(
    scenario: str,
    games: int,
    jobs: int,
    digests: str,
    explain: bool,
    seed: int,
    rhythm: str | None,
    names: str | None,
    as_json: bool,
) -> None:
    """Play a scenario thousands of times by bots and tell how it ends."""
    from exercise import sweep as sweeping
    from exercise.cli.headless import sweep_text

    try:
        wanted = sweeping.digests_of(digests)
    except ValueError:
        raise click.BadParameter(
            f"{digests!r} is no list of game numbers, such as 0,17,731"
        ) from None
    if wanted and max(wanted) >= games:
        last = f"the {games} games are numbered 0 to {games - 1}"
        raise click.BadParameter(f"there is no game {max(wanted)}: {last}")
    plan = sweeping.Plan(scenario, rhythm, names, seed, wanted, explain)
    result = dict(sweeping.sweep(plan, games, jobs=jobs))
    out(result, as_json, lambda: sweep_text(result))


@cli.command(epilog=EXAMPLE + "exercise check my-scenario.yaml")
@click.argument("files", nargs=-1, required=True)
@json_option
def check(files: tuple[str, ...], as_json: bool) -> None:
    """Check scenario files: every fault with its line, column and a hint."""
    from exercise.cli.headless import check_files

    faults, told = check_files(files)
    data = [{"file": f.file, "line": f.line, "column": f.column, "code": f.code,
             "message": f.message, "hint": f.hint} for f in faults]  # fmt: skip
    out(data, as_json, lambda: statement([*map(str, faults), *told]))
    sys.exit(1 if faults else 0)


@cli.command(epilog=EXAMPLE + "exercise new my-scenario")
@click.argument("name")
@click.option("--from", "model", default="northern-strait", show_default=True,
              help="The shipped scenario to copy.")  # fmt: skip
def new(name: str, model: str) -> None:
    """Begin a scenario: a copy of a shipped one, checked, in this folder."""
    from exercise.cli.headless import begin_scenario

    path = begin_scenario(name, model)
    say(f"{path} is a checked copy of {model}; change it and run: exercise check {path}")


@cli.command(epilog=EXAMPLE + "exercise bundle --platform windows --python 3.12 -o for-the-laptop")
@click.option("--platform", type=click.Choice(["linux", "macos", "windows"]), required=True,
              help="What the other machine runs.")  # fmt: skip
@click.option("--python", help="The Python there, such as 3.12; as here by default.")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True,
              help="The folder to make.")  # fmt: skip
@json_option
def bundle(platform: str, python: str | None, output: Path, as_json: bool) -> None:
    """Make a folder that installs without a network, from a checkout."""
    from exercise.cli.offline import build_bundle, bundle_text

    result = build_bundle(output, platform, python or "")
    out(result, as_json, lambda: bundle_text(result))


@cli.command(epilog=EXAMPLE + "exercise hotwash saves/tuesday.exercise -o tuesday.html")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path),
              help="Write it there: HTML where the name ends in .html, else Markdown.")  # fmt: skip
@click.option("--as", "seat", help="As this seat may know it; control's by default.")
def hotwash(file: Path, output: Path | None, seat: str | None) -> None:
    """Tell on one page what happened, why, and which objectives were met."""
    from exercise.cli import headless
    from exercise.paper import put
    from exercise.review.hotwash import hotwash_html, hotwash_markdown

    saved, _ = headless.open_saved(file)
    make = hotwash_html if output and output.suffix in (".html", ".htm") else hotwash_markdown
    page = make(saved, headless.viewer_of(saved, seat))
    if output is None:
        click.echo(page, nl=False)
        return
    put(output, page)
    say(f"written to {output}")


@cli.command(epilog=EXAMPLE + "exercise packet northern-strait -o tuesday-paper")
@click.argument("scenario")
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("packet"),
              show_default=True, help="The folder to write into.")  # fmt: skip
@rhythm_option
@names_option
@json_option
def packet(
    scenario: str, output: Path, rhythm: str | None, names: str | None, as_json: bool
) -> None:
    """Print a room's paper: a brief and slips for each seat, inject cards for control."""
    from exercise.authoring.packets import packet_text, write_packet
    from exercise.scenario.load import load

    written = write_packet(load(scenario, rhythm=rhythm, names=names), output)
    out([str(path) for path in written], as_json, lambda: packet_text(output, written))
