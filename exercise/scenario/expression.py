"""The grammar of conditions and amounts: text becomes a small tree that knows its offsets.

    support[dorvik] < 0.4 and (turn >= 3 or any(threat[*, karsk] > 0.7))
    0.1 * threat[calder, karsk]

From loosest to tightest: `or`, `and`, `not`, comparisons (which may be chained), `+ -`, `* /`,
the sign. A cell is `field`, `module.field`, or either with names in square brackets; inside the
brackets everything up to a comma is a name, so `fallow-north`, `in` and `or` are names there, and
`*` is every name. There is nothing else in the language: no powers, attributes, strings, calls of
anything but the functions listed here, so there is nothing to guard against when it runs.

The text is at most `MAX_LENGTH` characters, `MAX_NODES` parts and `MAX_DEPTH` levels.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal, NoReturn

import attrs

from exercise.scenario.tokens import SyntaxFaultError, Token, hint_for, tokens_of
from exercise.scenario.wording import quoted

MAX_LENGTH = 500
MAX_NODES = 200
MAX_DEPTH = 30

Function = Literal["min", "max", "abs", "mean", "any", "all", "count"]
FUNCTIONS: tuple[Function, ...] = ("min", "max", "abs", "mean", "any", "all", "count")
COMPARISONS = ("<=", ">=", "==", "!=", "<", ">")

_SUBSCRIPT = re.compile(r"\*|\w[\w.\-]*")


@attrs.frozen
class Number:
    """A literal, as written."""

    at: int
    end: int
    value: float


@attrs.frozen
class Truth:
    """`true` or `false`."""

    at: int
    end: int
    value: bool


@attrs.frozen
class Cell:
    """A name with its subscripts; `*` among them stands for every name."""

    at: int
    end: int
    name: str
    subscripts: tuple[str, ...]

    @property
    def label(self) -> str:
        """As cells are written everywhere: `module.field[name,name]`."""
        return f"{self.name}[{','.join(self.subscripts)}]" if self.subscripts else self.name


@attrs.frozen
class Call:
    """A function of one or more arguments."""

    at: int
    end: int
    function: Function
    arguments: tuple[Tree, ...]


@attrs.frozen
class Negative:
    """A part with its sign turned."""

    at: int
    end: int
    part: Tree


@attrs.frozen
class Arithmetic:
    """Two parts joined by `+`, `-`, `*` or `/`."""

    at: int
    end: int
    sign: str
    left: Tree
    right: Tree


@attrs.frozen
class Comparison:
    """Parts compared one with the next: `0.2 < x <= y`."""

    at: int
    end: int
    signs: tuple[str, ...]
    parts: tuple[Tree, ...]


@attrs.frozen
class Not:
    """What holds where its part does not."""

    at: int
    end: int
    part: Tree


@attrs.frozen
class Joined:
    """Parts joined by `and` or by `or`."""

    at: int
    end: int
    word: str
    parts: tuple[Tree, ...]


Level = Callable[[], "Tree"]
Tree = Number | Truth | Cell | Call | Negative | Arithmetic | Comparison | Not | Joined


def parse(text: str) -> Tree:
    """The tree of an expression; raises `SyntaxFaultError` at the first place that is wrong."""
    if len(text) > MAX_LENGTH:
        message = f"the expression has {len(text)} characters; {MAX_LENGTH} are allowed"
        raise SyntaxFaultError(0, "too-long", message, "split it, or use a field of your own")
    tokens = tokens_of(text)
    if len(tokens) == 1:
        raise SyntaxFaultError(0, "empty", "the expression is empty", "write 'true' for always")
    return _Parser(tokens).whole()


class _Parser:
    """Reads tokens by recursive descent; one method for each level of the grammar."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.position = 0
        self.nodes = 0
        self.depth = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.position]

    def take(self, *texts: str) -> Token | None:
        """The next token if it is a sign or word of these."""
        token = self.token
        if token.kind in ("sign", "word") and token.text in texts:
            self.position += 1
            return token
        return None

    def grown(self, tree: Tree) -> Tree:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            message = f"the expression has more than {MAX_NODES} parts"
            raise SyntaxFaultError(tree.at, "too-long", message, "split it")
        return tree

    def deeper(self, token: Token) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            message = f"nested deeper than {MAX_DEPTH} levels"
            raise SyntaxFaultError(token.at, "too-deep", message, "take brackets away")

    def whole(self) -> Tree:
        tree = self.either()
        if self.token.kind != "end":
            self.unexpected("an operator such as 'and' or '<'")
        return tree

    def either(self) -> Tree:
        return self.joined("or", self.both)

    def both(self) -> Tree:
        return self.joined("and", self.negation)

    def joined(self, word: str, below: Level) -> Tree:
        parts = [below()]
        while self.take(word):
            parts.append(below())
        if len(parts) == 1:
            return parts[0]
        return self.grown(Joined(parts[0].at, parts[-1].end, word, tuple(parts)))

    def negation(self) -> Tree:
        if token := self.take("not"):
            self.deeper(token)
            part = self.negation()
            self.depth -= 1
            return self.grown(Not(token.at, part.end, part))
        return self.comparison()

    def comparison(self) -> Tree:
        parts, signs = [self.sum()], []
        while sign := self.take(*COMPARISONS):
            signs.append(sign.text)
            parts.append(self.sum())
        if not signs:
            return parts[0]
        return self.grown(Comparison(parts[0].at, parts[-1].end, tuple(signs), tuple(parts)))

    def sum(self) -> Tree:
        return self.chain(("+", "-"), self.product)

    def product(self) -> Tree:
        return self.chain(("*", "/"), self.signed)

    def chain(self, signs: tuple[str, ...], below: Level) -> Tree:
        tree = below()
        while sign := self.take(*signs):
            right = below()
            tree = self.grown(Arithmetic(tree.at, right.end, sign.text, tree, right))
        return tree

    def signed(self) -> Tree:
        if token := self.take("-", "+"):
            self.deeper(token)
            part = self.signed()
            self.depth -= 1
            if token.text == "+":
                return part
            return self.grown(Negative(token.at, part.end, part))
        return self.atom()

    def atom(self) -> Tree:
        token = self.token
        if opening := self.take("("):
            self.deeper(opening)
            tree = self.either()
            closing = self.close(opening)
            self.depth -= 1
            return attrs.evolve(tree, at=opening.at, end=closing.end)
        if token.kind == "number":
            self.position += 1
            return self.grown(Number(token.at, token.end, float(token.text)))
        if token.kind == "cell":
            self.position += 1
            return self.grown(_cell(token))
        if token.kind != "word" or token.text in ("and", "or", "not"):
            self.unexpected("a cell or a number")
        self.position += 1
        if token.text in ("true", "false"):
            return self.grown(Truth(token.at, token.end, token.text == "true"))
        if opening := self.take("("):
            return self.call(token, opening)
        return self.grown(_cell(token))

    def call(self, name: Token, opening: Token) -> Tree:
        function = next((known for known in FUNCTIONS if known == name.text), None)
        if function is None:
            message = f"there is no function {name.text[:40]}"
            hint = f"the functions are {', '.join(FUNCTIONS)}; names of cells go in [ ]"
            raise SyntaxFaultError(name.at, "unknown-function", message, hint)
        self.deeper(opening)
        arguments = [self.either()]
        while self.take(","):
            arguments.append(self.either())
        closing = self.close(opening)
        self.depth -= 1
        return self.grown(Call(name.at, closing.end, function, tuple(arguments)))

    def close(self, opening: Token) -> Token:
        if closing := self.take(")"):
            return closing
        if self.token.kind == "end":
            message = "this '(' is never closed"
            raise SyntaxFaultError(opening.at, "open-bracket", message, "put a ')' at its end")
        return self.unexpected("')'")

    def unexpected(self, wanted: str) -> NoReturn:
        token = self.token
        if token.kind == "end":
            message = f"the expression breaks off where {wanted} should come"
            raise SyntaxFaultError(token.at, "breaks-off", message, "finish it, or delete the sign")
        message = f"expected {wanted}, not {quoted(token.text)}"
        raise SyntaxFaultError(token.at, "unexpected", message, hint_for(token))


def _cell(token: Token) -> Cell:
    """A cell from its text; what stands between the brackets and commas are names."""
    name, bracket, rest = token.text.partition("[")
    if name.count(".") > 1:
        message = f"{quoted(name.strip())} has too many dots"
        raise SyntaxFaultError(token.at, "too-many-dots", message, "write field or module.field")
    subscripts: list[str] = []
    at = token.at + len(name) + 1
    for piece in rest[:-1].split(",") if bracket else ():
        subscripts.append(_subscript(piece, at + len(piece) - len(piece.lstrip())))
        at += len(piece) + 1
    return Cell(token.at, token.end, name.strip(), tuple(subscripts))


def _subscript(piece: str, at: int) -> str:
    name = piece.strip()
    if not name:
        message = "a name is missing between the brackets"
        raise SyntaxFaultError(at, "bad-subscript", message, "write field[name] or field[*]")
    if not _SUBSCRIPT.fullmatch(name):
        message = f"{quoted(name)} is not a name"
        hint = "between [ ] stand names, with commas between them, or *"
        raise SyntaxFaultError(at, "bad-subscript", message, hint)
    return name
