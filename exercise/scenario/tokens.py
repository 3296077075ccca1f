"""The words and signs of the expression language, each with its offset.

A cell is one token, brackets included: inside them everything up to a comma is a name, so
`fallow-north`, `in` and `or` are names there. What people write from habit (`=`, `&&`, `**`,
quotes) is refused here with what to write instead.
"""

from __future__ import annotations

import re

import attrs

MAX_NUMBER = 20


class SyntaxFaultError(Exception):
    """The text is not in the language; `at` is the offset where it stops being so."""

    def __init__(self, at: int, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.at, self.code, self.message, self.hint = at, code, message, hint


@attrs.frozen
class Token:
    """A word or sign; `text` is as written and begins at `at`."""

    kind: str  # number, word, cell, sign, end
    text: str
    at: int

    @property
    def end(self) -> int:
        """Where the next one may begin."""
        return self.at + len(self.text)


_SPACE = re.compile(r"\s+")
_NUMBER = re.compile(r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_WORD = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")
_SIGN = re.compile(r"<=|>=|==|!=|[-+*/<>(),]")
_BRACKET = re.compile(r"\s*\[")
_DOUBLE = re.compile(r"<=|>=|==|!=")
_RESERVED = ("and", "or", "not", "true", "false")

# What people write from habit: its pattern, what it is, and what to write instead.
_HABITS: tuple[tuple[re.Pattern[str], str, str, str], ...] = tuple(
    (re.compile(pattern), code, message, hint)
    for pattern, code, message, hint in (
        (r"\*\*|\^", "no-power", "there are no powers", "multiply it out: x * x"),
        (r"//|%", "unknown-sign", "this sign is not known here", "the signs are + - * /"),
        (r"&&?", "unknown-sign", "this sign is not known here", "write 'and'"),
        (r"\|\|?", "unknown-sign", "this sign is not known here", "write 'or'"),
        (r"<>|≠", "unknown-sign", "this sign is not known here", "write '!='"),
        (r"≥|=>", "unknown-sign", "this sign is not known here", "write '>='"),
        (r"≤|=<", "unknown-sign", "this sign is not known here", "write '<='"),
        (r"[−–—]", "unknown-sign", "this dash is not a minus sign", "write '-'"),
        (r"[×·]", "unknown-sign", "this sign is not known here", "write '*'"),
        (r"÷", "unknown-sign", "this sign is not known here", "write '/'"),
        (r":=|=", "single-equals", "'=' does not compare", "write '=='"),
        (r"!", "unknown-sign", "this sign is not known here", "write 'not'"),
        (r"[\"'`]", "no-text", "an expression holds no text", "write the name without quotes"),
        (r"[{}]", "unknown-sign", "braces are not known here", "use ( ) to group"),
    )
)


def tokens_of(text: str) -> list[Token]:
    """The tokens of a text, and an `end`; raises `SyntaxFaultError` where a character fits none."""
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        if space := _SPACE.match(text, at):
            at = space.end()
            continue
        token = _token(text, at)
        tokens.append(token)
        at = token.end
    tokens.append(Token("end", "", len(text)))
    return tokens


def _token(text: str, at: int) -> Token:
    for pattern, code, message, hint in _HABITS:
        if (found := pattern.match(text, at)) and not _DOUBLE.match(text, at):
            raise SyntaxFaultError(at, code, f"{message}: {found.group()}", hint)
    if found := _NUMBER.match(text, at):
        return _number(text, found)
    if found := _WORD.match(text, at):
        opening = _BRACKET.match(text, found.end())
        if opening and found.group() not in _RESERVED:
            return Token("cell", text[at : _closing(text, opening.end() - 1)], at)
        return Token("word", found.group(), at)
    if found := _SIGN.match(text, at):
        return Token("sign", found.group(), at)
    if text[at] in "[]":
        message = "square brackets belong directly behind a field's name"
        raise SyntaxFaultError(at, "stray-bracket", message, "write field[name], or ( ) to group")
    shown = text[at] if text[at].isprintable() else f"U+{ord(text[at]):04X}"
    message = f"the character {shown} has no meaning here"
    raise SyntaxFaultError(at, "unknown-sign", message, "delete it")


def _number(text: str, found: re.Match[str]) -> Token:
    if len(found.group()) > MAX_NUMBER:
        message = f"a number of more than {MAX_NUMBER} characters"
        raise SyntaxFaultError(found.start(), "long-number", message, "round it")
    if re.match(r"[\w.]", text[found.end() : found.end() + 1]):
        message = "a number runs into a word"
        hint = "put a sign or a space between them; names begin with a letter"
        raise SyntaxFaultError(found.end(), "bad-number", message, hint)
    return Token("number", found.group(), found.start())


def _closing(text: str, opening: int) -> int:
    """The offset behind the bracket that closes the one at `opening`."""
    end = text.find("]", opening)
    if end < 0:
        message = "this '[' is never closed"
        raise SyntaxFaultError(opening, "open-bracket", message, "put a ']' after the last name")
    if (inner := text.find("[", opening + 1, end)) >= 0:
        message = "brackets inside brackets"
        hint = "between [ ] stand names, with commas between them, or *"
        raise SyntaxFaultError(inner, "bad-subscript", message, hint)
    return end + 1


def hint_for(token: Token) -> str:
    """What to do about a token that cannot stand where it stands."""
    word = token.text.lower()
    if word in ("and", "or", "not") and word != token.text:
        return f"write '{word}' in small letters"
    if word in ("is", "in", "if", "else", "then", "lambda", "for"):
        return "the only words are and, or, not, true, false; compare with =="
    if token.text == ",":
        return "join conditions with 'and' or 'or'; a decimal point is '.'"
    if token.text == "(":
        return "names of a cell go in square brackets: field[name]"
    if token.text in ("<=", ">=", "==", "!=", "<", ">"):
        return "something must stand on both sides of it"
    if token.kind in ("word", "cell", "number"):
        return "put a sign, 'and' or 'or' before it; a name with a hyphen goes in brackets"
    return "delete it, or add what is missing before it"
