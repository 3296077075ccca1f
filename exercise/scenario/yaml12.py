"""YAML 1.2 text becomes nodes that know their line and column.

What always holds: a file is refused, with one plain line, before it can cost much time or memory
(size, line length, depth, number of nodes with aliases counted in full); `NO` and `12:30` are
text; a key appears once in its mapping; nothing but `ScenarioError` is raised. The tree is built
from the parser's events, one at a time, so nesting is refused as soon as it is met and the parser
itself never recurses.

`read_file` and `read_text` raise everything that is wrong with a text as YAML. Their `_collect`
twins hand the faults back beside the tree, so that later checks can add theirs to one list; small
faults (a duplicate key, an impossible date) then leave a tree without the faulty part.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from pathlib import Path

import attrs
import yaml

from exercise.errors import Fault, ScenarioError
from exercise.scenario.nodes import Entry, Mapping, Node, Scalar, Sequence, Value
from exercise.scenario.source import guard, refusal, text_of
from exercise.scenario.yaml_hints import problem_of

MAX_DEPTH = 40
MAX_NODES = 100_000
MAX_FAULTS = 100
MAX_DIGITS = 40

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_SPECIAL = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def read_file(path: str | Path) -> Node:
    """Read one YAML file; raises `ScenarioError` with all its faults."""
    return _or_raise(*read_file_collect(path))


def read_text(text: str, file: str) -> Node:
    """Read YAML text; `file` is the name that messages give it."""
    return _or_raise(*read_text_collect(text, file))


def read_file_collect(path: str | Path) -> tuple[Node | None, tuple[Fault, ...]]:
    """Read one YAML file into a tree (None where nothing could be read) and its faults."""
    try:
        return read_text_collect(text_of(path), str(path))
    except ScenarioError as error:
        return None, error.faults


def read_text_collect(text: str, file: str) -> tuple[Node | None, tuple[Fault, ...]]:
    """Read YAML text into a tree (None where nothing could be read) and its faults."""
    text = text.removeprefix("\ufeff")
    faults: list[Fault] = []
    tree: Node | None = None
    try:
        tree = _Builder(file, guard(text, file), faults).build(text)
    except ScenarioError as error:
        faults.extend(error.faults)
    return tree, tuple(sorted(faults, key=lambda fault: (fault.line, fault.column)))


def _or_raise(node: Node | None, faults: tuple[Fault, ...]) -> Node:
    if faults or node is None:
        raise ScenarioError(faults)
    return node


@attrs.frozen
class _Place:
    line: int
    column: int

    @classmethod
    def of(cls, event: yaml.Event) -> _Place:
        mark = event.start_mark
        return cls(mark.line + 1, mark.column + 1) if mark else cls(1, 1)


@attrs.define
class _Open:
    """A collection whose end has not been met yet."""

    mapping: bool
    place: _Place
    anchor: str | None
    items: list[Node] = attrs.field(factory=list)
    entries: dict[str, Entry] = attrs.field(factory=dict)
    key: Scalar | None = None
    skip: bool = False  # the next value belongs to a key that was refused
    size: int = 1
    height: int = 1


@attrs.frozen
class _Done:
    """A finished node; `size` and `height` count everything below it, aliases in full."""

    node: Node
    size: int = 1
    height: int = 1


class _Builder:
    """Turns a stream of parser events into one tree, counting as it goes."""

    def __init__(self, file: str, lines: list[str], faults: list[Fault]) -> None:
        self.file = file
        self.lines = lines
        self.faults = faults
        self._stack: list[_Open] = []
        self._anchors: dict[str, _Done] = {}
        self._root: Node | None = None
        self._nodes = 0

    def build(self, text: str) -> Node:
        """The tree of the one document in `text`."""
        documents = 0
        for event in self._events(text):
            if isinstance(event, yaml.ScalarEvent):
                self._add(_Done(self._scalar(event)), event.anchor)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._begin(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._end()
            elif isinstance(event, yaml.AliasEvent):
                self._alias(event)
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    message, hint = "a second document begins here", "delete the '---' line"
                    raise self._refuse(event, "second-document", message, hint)
        root = self._root
        if root is None or (isinstance(root, Scalar) and root.value is None):
            hint = "begin with a line such as 'title: My exercise'"
            raise refusal(self.file, 1, 1, "empty", "the file says nothing", hint)
        return root

    def _events(self, text: str) -> Iterator[yaml.Event]:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            yield from yaml.parse(text, Loader=loader)
        except yaml.YAMLError as error:
            found = problem_of(error, self.lines)
            raise refusal(
                self.file, found.line, found.column, "yaml", found.message, found.hint
            ) from None

    def _refuse(self, event: yaml.Event, code: str, message: str, hint: str) -> ScenarioError:
        place = _Place.of(event)
        return refusal(self.file, place.line, place.column, code, message, hint)

    def _fault(self, place: _Place | Node, code: str, message: str, hint: str) -> None:
        """Note a fault that reading can go on after."""
        self.faults.append(Fault(self.file, place.line, place.column, code, message, hint))
        if len(self.faults) >= MAX_FAULTS:
            message = f"reading stopped here, after {MAX_FAULTS} faults"
            hint = "mend those above first"
            raise refusal(self.file, place.line, place.column, "too-many-faults", message, hint)

    def _count(self, event: yaml.Event, size: int, height: int) -> None:
        self._nodes += size
        if self._nodes > MAX_NODES:
            message = f"the file holds more than {MAX_NODES} values, aliases counted in full"
            hint = "split the scenario, or use fewer aliases"
            raise self._refuse(event, "too-many-values", message, hint)
        if len(self._stack) + height > MAX_DEPTH:
            message = f"nested deeper than {MAX_DEPTH} levels"
            hint = "flatten this part; look for brackets that are never closed"
            raise self._refuse(event, "too-deep", message, hint)

    def _alias(self, event: yaml.AliasEvent) -> None:
        name = str(event.anchor)
        done = self._anchors.get(name)
        if done is None:
            inside = any(level.anchor == name for level in self._stack)
            why = "stands inside the part it names" if inside else "names no earlier '&' anchor"
            hint = "put it in quotes if the '*' was meant as text"
            raise self._refuse(event, "bad-alias", f"the alias *{name[:60]} {why}", hint)
        self._count(event, done.size, done.height)
        self._add(done, None)

    def _tag(self, tag: str | None, place: _Place) -> None:
        if tag is not None:
            message = f"the tag {tag[:60]!r} is refused: a scenario is plain data"
            hint = "delete it, or put the text in quotes if the '!' was meant as text"
            self._fault(place, "tag", message, hint)

    def _begin(self, event: yaml.CollectionStartEvent) -> None:
        self._count(event, 1, 1)
        place = _Place.of(event)
        self._tag(event.tag, place)
        mapping = isinstance(event, yaml.MappingStartEvent)
        self._stack.append(_Open(mapping, place, event.anchor))

    def _end(self) -> None:
        done = self._stack.pop()
        at = (self.file, done.place.line, done.place.column)
        node: Node
        if done.mapping:
            node = Mapping(*at, tuple(done.entries.values()))
        else:
            node = Sequence(*at, tuple(done.items))
        self._add(_Done(node, done.size, done.height), done.anchor)

    def _add(self, done: _Done, anchor: str | None) -> None:
        """Put a finished node where it belongs."""
        node = done.node
        if anchor is not None:
            self._anchors[anchor] = done
        if not self._stack:
            self._root = node
            return
        top = self._stack[-1]
        top.size += done.size
        top.height = max(top.height, done.height + 1)
        if not top.mapping:
            top.items.append(node)
        elif top.skip:
            top.skip = False
        elif top.key is None:
            self._key(top, node)
        else:
            top.entries[top.key.text] = Entry(top.key, node)
            top.key = None

    def _key(self, top: _Open, node: Node) -> None:
        """Take a mapping's key, or refuse it together with its value."""
        top.skip = True
        if not isinstance(node, Scalar) or not node.text:
            message = "a key must be one word or text"
            hint = "write 'name: value'; put text that begins with a bracket in quotes"
            self._fault(node, "bad-key", message, hint)
        elif node.text == "<<":
            message = "the merge key '<<' is not part of YAML 1.2"
            self._fault(node, "merge-key", message, "write the keys out, or use 'extends'")
        elif (first := top.entries.get(node.text)) is not None:
            where = f"line {first.key.line}, column {first.key.column}"
            message = f"the key {node.text[:60]!r} was already given at {where}"
            self._fault(node, "duplicate-key", message, "keep one of the two")
        else:
            top.key, top.skip = node, False

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        self._count(event, 1, 1)
        place, text = _Place.of(event), event.value
        self._tag(event.tag, place)
        if found := _CONTROL.search(text):
            message = f"the text holds the control character U+{ord(found.group()):04X}"
            self._fault(place, "bad-character", message, "delete its escape sequence")
            text = _CONTROL.sub("", text)
        value: Value = text
        if event.implicit[0]:  # neither quoted nor tagged
            value = self._meaning(text, place)
        inside = self._inside(event.style, place)
        return Scalar(self.file, place.line, place.column, value, text, inside)

    def _inside(self, style: str | None, place: _Place) -> tuple[int, int]:
        """Line and column at which a text begins, behind its quote or below its '|'."""
        if style in ("'", '"'):
            return place.line, place.column + 1
        if style in ("|", ">"):
            for number in range(place.line, len(self.lines)):
                line = self.lines[number]
                if line.strip():
                    return number + 1, len(line) - len(line.lstrip(" ")) + 1
        return place.line, place.column

    def _meaning(self, text: str, place: _Place) -> Value:
        """What an unquoted text stands for in YAML 1.2, with real dates added."""
        if text in _NULL:
            return None
        if text in _TRUTH:
            return _TRUTH[text]
        if _INT.fullmatch(text) or _FLOAT.fullmatch(text) or _SPECIAL.fullmatch(text):
            return self._number(text, place)
        if date := _DATE.fullmatch(text):
            try:
                return datetime.date(*(int(part) for part in date.groups()))
            except ValueError as error:
                hint = "write year-month-day, such as 2027-03-09, or put it in quotes"
                self._fault(place, "bad-date", f"{text} is not a date: {error}", hint)
        return text

    def _number(self, text: str, place: _Place) -> int | float:
        if len(text) > MAX_DIGITS:
            message = f"a number of {len(text)} characters is longer than {MAX_DIGITS}"
            hint = "round it, or put it in quotes if it is a name"
            self._fault(place, "long-number", message, hint)
            return 0
        if text.startswith(("0o", "0x")):
            return int(text, 0)
        if _INT.fullmatch(text):
            return int(text)
        return float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))
