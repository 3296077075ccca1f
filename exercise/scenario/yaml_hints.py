"""What a YAML parser's complaint means, in an author's words.

The parser says "did not find expected key" where a person would say "the indentation is off". The
rules here look at the complaint and at the line it is about, first match wins, and know the words
of both parsers (libyaml's and the pure Python one).
"""

from __future__ import annotations

import re
from collections.abc import Callable

import attrs
import yaml

_NO_SPACE = re.compile(r"\s*(?:- +)*[^\s:#'\"\[{]+:[^\s:/]")
_CLOSERS = {"]": "[", "}": "{"}


@attrs.frozen
class Problem:
    """A complaint with the place (from 1) where mending should begin."""

    line: int
    column: int
    message: str
    hint: str


@attrs.frozen
class _Complaint:
    """The parser's words, its two places (from 0), and the source."""

    words: str
    context: str
    line: int
    column: int
    from_line: int
    from_column: int
    lines: list[str]

    def source(self, number: int) -> str:
        return self.lines[number] if 0 <= number < len(self.lines) else ""

    @property
    def text(self) -> str:
        return self.source(self.line)

    @property
    def character(self) -> str:
        return self.text[self.column : self.column + 1]

    def here(self, message: str, hint: str) -> Problem:
        return Problem(self.line + 1, self.column + 1, message, hint)

    def there(self, message: str, hint: str) -> Problem:
        """At the place where the unfinished part began."""
        return Problem(self.from_line + 1, self.from_column + 1, message, hint)


def problem_of(error: yaml.YAMLError, lines: list[str]) -> Problem:
    """The complaint in plain words; `lines` is the source without line ends."""
    if not isinstance(error, yaml.MarkedYAMLError):
        first = str(error).splitlines()[0] if str(error) else "unreadable"
        return Problem(1, 1, f"this is not YAML: {first[:120]}", "look for stray characters")
    at = error.problem_mark or error.context_mark
    start = error.context_mark or error.problem_mark
    complaint = _Complaint(
        words=str(error.problem or ""),
        context=str(error.context or ""),
        line=at.line if at else 0,
        column=at.column if at else 0,
        from_line=start.line if start else 0,
        from_column=start.column if start else 0,
        lines=lines,
    )
    for rule in _RULES:
        if (found := rule(complaint)) is not None:
            return found
    return complaint.here(f"this is not YAML: {complaint.words[:120]}", "compare the lines nearby")


def _tab(it: _Complaint) -> Problem | None:
    indent = it.text[: len(it.text) - len(it.text.lstrip())]
    if "tab character" in it.words or it.character == "\t" or "\t" in indent[: it.column]:
        return it.here("a tab where YAML wants spaces", "indent with spaces only")
    return None


def _quote(it: _Complaint) -> Problem | None:
    if "quoted scalar" not in it.context and "double-quoted" not in it.context:
        return None
    if "end of stream" in it.words or "document indicator" in it.words:
        return it.there("this quote is never closed", "put the same quote at the end of the text")
    return it.here(
        "a backslash in double quotes begins an escape that YAML does not know",
        "write \\\\ for a backslash, or use single quotes",
    )


def _bracket(it: _Complaint) -> Problem | None:
    if "flow sequence" not in it.context and "flow mapping" not in it.context:
        return None
    word = re.search(r"[\w.]+$", it.text[: it.column])
    if it.character == "[" and word:
        return Problem(
            it.line + 1,
            word.start() + 1,
            f"inside brackets, text that holds '[' must be quoted: {word.group()[:60]}[…]",
            "put it in quotes, or write each key on a line of its own",
        )
    opened = "[" if "sequence" in it.context else "{"
    closed = "]" if opened == "[" else "}"
    return it.there(
        f"this '{opened}' is not closed, or a comma is missing, by line {it.line + 1}",
        f"put a comma between the entries and a '{closed}' after the last",
    )


def _no_value(it: _Complaint) -> Problem | None:
    if "node content" not in it.words:
        return None
    if it.character in _CLOSERS and "block" in it.context:
        opener = _CLOSERS[it.character]
        return it.here(
            f"'{it.character}' closes nothing", f"add the '{opener}' or put it in quotes"
        )
    if it.character == ",":
        return it.here("nothing stands before this comma", "delete the comma, or add the value")
    return it.here("a value is missing here", "close every '[' and '{'")


def _colon_missing(it: _Complaint) -> Problem | None:
    if "could not find expected ':'" not in it.words:
        return None
    if _NO_SPACE.match(it.source(it.from_line)):
        return it.there("no space after the colon", "write 'key: value', with a space")
    return it.there("this line has no colon", "write 'key: value', or indent it under its key")


def _colon_misplaced(it: _Complaint) -> Problem | None:
    if "mapping values are not allowed" not in it.words:
        return None
    if re.search(r":\s", it.text[: it.column]):
        return it.here("a second colon on this line", "put the whole text in quotes")
    for number in range(it.line - 1, -1, -1):
        if it.source(number).strip():
            if _NO_SPACE.match(it.source(number)):
                column = it.source(number).index(":")
                hint = "write 'key: value', with a space"
                return Problem(number + 1, column + 1, "no space after the colon", hint)
            break
    return it.here(
        "a key is not expected here: the line above already has its value",
        "align this line with the key it belongs beside",
    )


def _special(it: _Complaint) -> Problem | None:
    if "cannot start any token" in it.words:
        return it.here(f"text cannot begin with '{it.character}'", "put the text in quotes")
    if "alphabetic or numeric" in it.words:
        sign = "*" if "alias" in it.context else "&"
        return it.there(f"'{sign}' must be followed by a name", "put it in quotes if it is text")
    if "tag" in it.words or "a tag" in it.context:
        hint = "put the text in quotes if the '!' was meant as text"
        return it.there("'!' begins a tag, and scenarios have none", hint)
    if "directive" in it.context or "YAML document" in it.words:
        return it.here("a line that begins with '%' is an order to the parser", "delete the line")
    if "block scalar" in it.context:
        return it.here("text cannot follow '|' or '>' on its line", "begin the text one line below")
    return None


def _indentation(it: _Complaint) -> Problem | None:
    if "sequence entries are not allowed" in it.words:
        return it.here("a list cannot begin on its key's line", "begin it one line below")
    expects_key = "expected key" in it.words or "expected <block end>" in it.words
    if "block collection" in it.context or "'-' indicator" in it.words:
        return it.here(
            "a list goes on here without a '-'",
            "begin each entry with '- ', or align the line with the key it belongs beside",
        )
    if not expects_key:
        return None
    before = it.text[: it.column].strip(" -")
    if before and before[-1] in "'\"":
        return it.here(
            "text goes on after its closing quote",
            "quote all of it, or none; double a quote inside single quotes: 'it''s'; if this line "
            "is sound, a quote on a line above was never closed",
        )
    if it.character == "-":
        return it.here("a list entry where a key was expected", "indent it under its key")
    if before:
        return it.here("something unexpected follows on this line", "put the text in quotes")
    return it.here(
        "this line's indentation matches nothing above it",
        "align it with the key or entry it belongs beside",
    )


def _another(it: _Complaint) -> Problem | None:
    if "document start" not in it.words:
        return None
    return it.here("something follows the end of the document", "delete the '...' line above")


_RULES: tuple[Callable[[_Complaint], Problem | None], ...] = (
    _tab,
    _quote,
    _bracket,
    _no_value,
    _colon_missing,
    _colon_misplaced,
    _special,
    _indentation,
    _another,
)
