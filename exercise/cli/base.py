"""What commands share: how they speak, and the options that several have."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable

import click

from exercise.errors import UsageError

EXAMPLE = "\b\nExample:\n  "
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What would move the cursor or turn the writing round: never sent to a terminal."""


def say(text: str, err: bool = False) -> None:
    """Print a line of plain words."""
    click.echo(_UNSEEN.sub("\ufffd", text), err=err)


def out(data: object, as_json: bool, text: Callable[[], str]) -> None:
    """Print a result, as JSON where that was asked for."""
    say(json.dumps(data, ensure_ascii=False, indent=2) if as_json else text())


def need_terminal(instead: str) -> None:
    """Refuse where nobody could see a screen or press a key."""
    if not (sys.stdin.isatty() and (sys.stdout.isatty() or sys.stderr.isatty())):
        raise UsageError("this needs a terminal, and there is none here", instead)


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
