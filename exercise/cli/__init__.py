"""The command line, from the first word typed to the exit status.

Exit status: 0 fine, 1 a check or verification failed, 2 wrong usage or bad input, 70 a fault of
the program's own. The commands are in `commands`, which is read when one is called: the start
screen, which is not, is up before.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from exercise.cli.streams import close_streams, need_terminal, open_streams

if TYPE_CHECKING:
    from exercise.cli.commands import cli

__all__ = ["cli", "main"]

_BROKEN = 70
_COMPLETE = "_EXERCISE_COMPLETE"
"""Set by a shell that asks what could be typed next."""


def __getattr__(name: str) -> object:
    """All commands, read in when somebody asks for them."""
    if name != "cli":
        raise AttributeError(f"module 'exercise.cli' has no attribute {name!r}")
    from exercise.cli.commands import cli

    return cli


def main() -> None:
    """Run the command line; people see plain lines, never a traceback."""
    open_streams()
    code = 0
    with suppress(OSError):  # of stderr itself: nobody is left to be told
        code = 2
        code = _status()
    close_streams()
    sys.exit(code)


def start() -> int:
    """The start screen; the exit status."""
    need_terminal("exercise --help lists what works without one")
    from exercise.tui.app import run_start

    return run_start()


def _status() -> int:
    """Do what is asked; the exit status, after what went wrong was said."""
    code: object
    stdout = sys.stdout
    try:
        code = _called()
    except SystemExit as ended:  # click puts another stdout there when whoever reads has gone
        code = ended.code if sys.stdout is stdout else 0
    except KeyboardInterrupt:
        code = 130
    except BrokenPipeError:
        code = 0
    except Exception as error:  # whatever it is, people get plain lines
        code = _ended(error)
    return code if isinstance(code, int) else 0


def _called() -> object:
    """Do what is asked; what comes back."""
    if len(sys.argv) == 1 and _COMPLETE not in os.environ:
        return start()
    from exercise.cli.commands import cli

    return cli.main(standalone_mode=False)


def _ended(error: Exception) -> int:
    """Say what went wrong; the exit status."""
    import click

    from exercise.cli.base import say
    from exercise.errors import ExerciseError, ScenarioError

    if isinstance(error, click.exceptions.Abort):
        return 130
    if isinstance(error, click.ClickException):
        told = io.StringIO()
        error.show(told)
        say(told.getvalue().rstrip("\n"), err=True)
    elif isinstance(error, ScenarioError):
        for fault in error.faults:
            say(str(fault), err=True)
    elif isinstance(error, ExerciseError):
        say(f"exercise: {error}", err=True)
    elif isinstance(error, OSError):
        say(f"exercise: {_failed(error)}", err=True)
    elif isinstance(error, MemoryError):
        say("exercise: this machine has not enough memory for it\n  try fewer games", err=True)
    else:  # one line, with the place for a report
        say(f"exercise: stopped by a fault of its own: {_told(error)}", err=True)
        return _BROKEN
    return 2


def _failed(error: OSError) -> str:
    """What the system refused, and what to do about it."""
    if error.filename:
        return f"{error.strerror or error}: {str(error.filename)[:200]}"
    if error.errno == errno.ENOENT and _stranded():
        return "the folder you are in is gone\n  change to another one"
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"{error.strerror}\n  make room where this writes to, and do it again"
    return error.strerror or str(error)


def _stranded() -> bool:
    """Whether the folder that this was started in is there no more."""
    try:
        os.getcwd()
    except OSError:
        return True
    return False


def _told(error: Exception) -> str:
    """What went wrong and where, in a line."""
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    place = f" ({Path(at.tb_frame.f_code.co_filename).name}:{at.tb_lineno})" if at else ""
    return f"{type(error).__name__}: {error}{place}"
