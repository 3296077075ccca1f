"""From a path to text that is safe to hand to a parser, or a refusal in one line.

Only ordinary files are opened (a pipe may hang, a device may never end), and no more of one is
read than a scenario may hold.
"""

from __future__ import annotations

import re
import stat
from pathlib import Path

from exercise.errors import Fault, ScenarioError

MAX_BYTES = 2 * 1024 * 1024
MAX_LINE = 10_000

BREAK = re.compile(r"\r\n|\n|\r")
# What YAML forbids, and the three characters that it calls line breaks though editors do not.
_FORBIDDEN = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_TAG_DIRECTIVE = re.compile(r"^%TAG", re.MULTILINE)


def text_of(path: str | Path) -> str:
    """The text of a file; raises `ScenarioError` with one fault."""
    file = str(path)
    return _decode(_bytes_of(Path(path), file), file)


def guard(text: str, file: str) -> list[str]:
    """The lines of a text, after refusing what should not reach the parser at all."""
    if len(text) > MAX_BYTES:
        raise _too_large(file)
    lines = BREAK.split(text)
    for number, line in enumerate(lines, start=1):
        if len(line) > MAX_LINE:
            message = f"the line is longer than {MAX_LINE} characters"
            raise refusal(file, number, MAX_LINE + 1, "long-line", message, "break the line")
    if found := _FORBIDDEN.search(text):
        at = _place(text, found.start())
        message = f"character U+{ord(found.group()):04X} may not stand in a scenario"
        raise refusal(file, *at, "bad-character", message, "delete it")
    if found := _TAG_DIRECTIVE.search(text):  # the parser compares each with all earlier ones
        at = _place(text, found.start())
        message = "tag directives are not used in scenarios"
        raise refusal(file, *at, "tag", message, "delete the line")
    return lines


def refusal(
    file: str, line: int, column: int, code: str, message: str, hint: str = ""
) -> ScenarioError:
    """One fault, ready to raise."""
    return ScenarioError([Fault(file, line, column, code, message, hint)])


def _bytes_of(path: Path, file: str) -> bytes:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise refusal(file, 1, 1, "not-a-file", "this is a folder", "name a file inside it")
        if not stat.S_ISREG(mode):
            hint = "save the scenario to a file first"
            raise refusal(file, 1, 1, "not-a-file", "this is not an ordinary file", hint)
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        hint = "check the spelling and the folder"
        raise refusal(file, 1, 1, "no-such-file", "there is no such file", hint) from None
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        message = f"the file cannot be read: {reason}"
        hint = "check its name and its permissions"
        raise refusal(file, 1, 1, "cannot-read", message, hint) from None
    except ValueError:  # a NUL in the path
        message = "this cannot be the name of a file"
        raise refusal(repr(file), 1, 1, "no-such-file", message, "check the spelling") from None
    if len(data) > MAX_BYTES:
        raise _too_large(file)
    return data


def _too_large(file: str) -> ScenarioError:
    message = f"the file is larger than {MAX_BYTES // 1024} KiB"
    return refusal(file, 1, 1, "too-large", message, "split the scenario into several files")


def _decode(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8")) + 1
        message = f"byte 0x{data[error.start]:02x} is not UTF-8"
        hint = "save the file with UTF-8 encoding"
        raise refusal(file, line, column, "not-utf8", message, hint) from None


def _place(text: str, offset: int) -> tuple[int, int]:
    line, start = 1, 0
    for found in BREAK.finditer(text, 0, offset):
        line, start = line + 1, found.end()
    return line, offset - start + 1
