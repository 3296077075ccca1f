"""What commands share: how they speak, and the options that several have."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

import click

from exercise.spoken import visible

EXAMPLE = "\b\nExample:\n  "


def say(text: str, err: bool = False) -> None:
    """Print lines of plain words; nothing in them moves the cursor or turns the writing round."""
    click.echo(visible(text, lines=True), err=err)


def note(text: str, err: bool = False) -> None:
    """Print one line, whatever the words hold: a report of somebody's doing stays one report."""
    click.echo(visible(text), err=err)


def out(data: object, as_json: bool, text: Callable[[], str]) -> None:
    """Print a result, as JSON where that was asked for."""
    if as_json:
        click.echo(json_text(data, sys.stdout.encoding or "ascii"))
    else:
        say(text())


def json_text(data: object, encoding: str) -> str:
    """A result as JSON: what a terminal or the encoding cannot take is escaped, nothing is lost."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return "\n".join(_escaped(line, encoding) for line in text.split("\n"))


def _escaped(line: str, encoding: str) -> str:
    if visible(line) == line and _fits(line, encoding):
        return line
    return "".join(
        c if visible(c) == c and _fits(c, encoding) else json.dumps(c)[1:-1] for c in line
    )


def _fits(text: str, encoding: str) -> bool:
    return text.isascii() or text == text.encode(encoding, "ignore").decode(encoding)


json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
plain_option = click.option("--plain", is_flag=True,
                            help="Line by line: for screen readers and scripts.")  # fmt: skip
seed_option = click.option("--seed", type=click.IntRange(0), default=1, show_default=True,
                           help="Open luck: the same seed gives the same game.")  # fmt: skip
open_luck_option = click.option("--seed", type=click.IntRange(0),
                                help="Open luck, for a rehearsal: the same seed and orders "
                                     "give the same game. Else it is drawn.")  # fmt: skip
rhythm_option = click.option("--rhythm", help="Which of the scenario's rhythms to play.")
names_option = click.option("--names", type=click.Choice(["real", "fictional"]),
                            help="Show real or fictional names.")  # fmt: skip
