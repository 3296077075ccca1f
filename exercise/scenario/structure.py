"""Nodes become attrs classes; every fault is found in one pass and stands at its own place.

What always holds: nothing is coerced (the text "3" is no number; a whole number may stand for a
number), nothing is skipped (an unknown key is a fault), a mistake is reported once (a key that is
a typo of a missing one is not also called missing), and faults come in file order. `forms` says
which types a class may use and what a field's metadata may add.
"""

from __future__ import annotations

import contextlib
import math
from typing import Any, TypeVar

import attrs

from exercise.errors import Fault, ScenarioError
from exercise.scenario.describe import BlockDoc, KeyDoc, describe
from exercise.scenario.forms import (
    BAD,
    NOTHING,
    Block,
    Choice,
    Either,
    Fixed,
    Form,
    Key,
    Limits,
    Listing,
    Plain,
    Table,
    keys_of,
    neutral,
    words,
)
from exercise.scenario.nodes import Mapping, Node, Path, Positions, Scalar, Sequence, plain
from exercise.scenario.wording import (
    choices,
    did_you_mean,
    named,
    quoted,
    reason,
    remedy,
    shown,
    suggestion,
)

__all__ = [
    "BlockDoc",
    "KeyDoc",
    "Positions",
    "describe",
    "salvage",
    "structure",
    "structure_collect",
]

MAX_FAULTS = 100

T = TypeVar("T")


def structure(node: Node, cls: type[T], *, path: str = "") -> T:
    """An instance of `cls` from a node; raises `ScenarioError` with all faults in file order.

    `path` is what messages put before the names of keys.
    """
    value, faults = structure_collect(node, cls, path=path)
    if faults or value is None:
        raise ScenarioError(faults)
    return value


def structure_collect(
    node: Node, cls: type[T], *, path: str = ""
) -> tuple[T | None, tuple[Fault, ...]]:
    """An instance of `cls`, or None where it has faults; and the faults in file order."""
    value, faults = _read(_Reader(), node, cls, path)
    return (None if faults else value), faults


def salvage(node: Node, cls: type[T]) -> tuple[T | None, tuple[Fault, ...]]:
    """As `structure_collect`, but with an instance even where there are faults, if one can be made.

    It is for finding further faults in the same pass, never for play: what is faulty has its
    default, or a neutral value where it has none. Entries keep their names and places.
    """
    return _read(_Reader(lenient=True), node, cls, "")


def _read(
    reader: _Reader, node: Node, cls: type[T], path: str
) -> tuple[T | None, tuple[Fault, ...]]:
    value: Any = BAD
    with contextlib.suppress(_EnoughError):
        value = reader.block(node, Block(cls, None), (path,) if path else ())
    faults = sorted(reader.faults, key=lambda fault: (fault.file, fault.line, fault.column))
    return (None if value is BAD else value), tuple(faults)


class _EnoughError(Exception):
    """There are too many faults to go on."""


class _Reader:
    """Reads nodes by form, gathering faults; a value that has any comes back as `BAD`."""

    def __init__(self, *, lenient: bool = False) -> None:
        self.lenient = lenient  # put a neutral value where a faulty one cannot be left out
        self.faults: list[Fault] = []
        self.said: set[tuple[str | int, ...]] = set()

    def fault(self, node: Node, path: Path, code: str, what: str, hint: str = "") -> Any:
        """Note a fault: the path's name and `what` make its message."""
        here = (node.file, node.line, node.column, code)
        if (*here, what) in self.said:  # an alias is read once for each place that uses it
            return BAD
        self.said.add((*here, what))
        self.faults.append(Fault(*here, f"{named(path)}{what}", hint))
        if len(self.faults) >= MAX_FAULTS:
            message = f"checking stopped here, after {MAX_FAULTS} faults"
            hint = "mend those above first"
            self.faults.append(Fault(*here[:3], "too-many-faults", message, hint))
            raise _EnoughError
        return BAD

    def read(self, node: Node, form: Form, path: Path, limits: Limits) -> Any:
        match form:
            case Block():
                return self.block(node, form, path)
            case Either():
                return self.either(node, form, path, limits)
            case Plain() | Choice():
                return self.single(node, form, path, limits)
            case Table():
                return self.table(node, form, path, limits)
            case Listing() | Fixed():
                return self.listing(node, form, path, limits)

    def single(self, node: Node, form: Plain | Choice, path: Path, limits: Limits) -> Any:
        if form == Plain(object):
            return plain(node)
        if not isinstance(node, Scalar) or not form.accepts(node.value):
            return self.wrong(node, form, path)
        if isinstance(form, Choice):
            return form.result(node.value)
        value = node.value
        if isinstance(value, int | float) and not isinstance(value, bool):
            if not math.isfinite(value):
                return self.fault(node, path, "out-of-range", " must be finite")
            if not limits.allow(value):
                message = f" must be {limits}, not {value:g}"
                return self.fault(node, path, "out-of-range", message)
        return float(value) if form.widens(value) else value  # type: ignore[arg-type]

    def listing(self, node: Node, form: Listing | Fixed, path: Path, limits: Limits) -> Any:
        if not isinstance(node, Sequence):
            return self.wrong(node, form, path)
        if isinstance(form, Fixed):
            if len(node.items) != len(form.items):
                message = f" must have {len(form.items)} entries"
                return self.fault(node, path, "wrong-length", f"{message}, not {len(node.items)}")
            forms = form.items
        else:
            forms = (form.item,) * len(node.items)
        values = [
            self.read(item, part, (*path, index), limits)
            for index, (item, part) in enumerate(zip(node.items, forms, strict=True))
        ]
        values = [self.mended(v, part) for v, part in zip(values, forms, strict=True)]
        if any(value is BAD for value in values):
            return BAD
        return form.make(values) if isinstance(form, Listing) else tuple(values)

    def table(self, node: Node, form: Table, path: Path, limits: Limits) -> Any:
        if not isinstance(node, Mapping):
            return self.wrong(node, form, path)
        found: dict[Any, Any] = {}
        sound = True
        for entry in node.entries:
            inner = (*path, entry.key.text)
            key: Any = entry.key.text
            if form.key != Plain(str):
                key = self.read(entry.key, form.key, inner, Limits())
            value = self.mended(self.read(entry.value, form.value, inner, limits), form.value)
            if key is BAD or value is BAD:
                sound = False
            else:
                found[key] = value
        return found if sound or self.lenient else BAD

    def mended(self, value: Any, form: Form) -> Any:
        """The value; for a faulty one a neutral one, if that is wanted."""
        return neutral(form) if value is BAD and self.lenient else value

    def either(self, node: Node, form: Either, path: Path, limits: Limits) -> Any:
        """Whichever form the node's own kind points to."""
        if isinstance(node, Scalar):
            return self._either_single(node, form, path, limits)
        kinds = (Listing, Fixed) if isinstance(node, Sequence) else (Table, Block)
        fitting = [part for part in form.forms if isinstance(part, kinds)]
        if not fitting:
            if Plain(object) in form.forms:
                return plain(node)
            return self.wrong(node, form, path)
        if isinstance(node, Mapping):
            fitting.sort(key=lambda part: -_likeness(node, part))
        return self.read(node, fitting[0], path, limits)

    def _either_single(self, node: Scalar, form: Either, path: Path, limits: Limits) -> Any:
        single = [part for part in form.forms if isinstance(part, Plain | Choice)]
        short = [part for part in form.forms if isinstance(part, Block) and _takes(part, node)]
        if node.value is None and NOTHING in single:
            return None
        accepting = [part for part in single if part.accepts(node.value)]
        if accepting:  # a whole number stays one where both kinds may stand
            accepting.sort(key=lambda part: isinstance(part, Plain) and part.widens(node.value))
            value = self.single(node, accepting[0], path, limits)
            return self.shorthand(node, short[0], value, path) if short else value
        if short:
            return self.block(node, short[0], path)
        return self.wrong(node, form, path)

    def shorthand(self, node: Node, block: Block, value: Any, path: Path) -> Any:
        if value is BAD:
            return BAD
        try:
            return block.cls.from_scalar(value)  # type: ignore[attr-defined]
        except (ValueError, TypeError) as error:
            return self.fault(node, path, "bad-value", f": {reason(error)}")

    def block(self, node: Node, form: Block, path: Path) -> Any:
        if form.short and isinstance(node, Scalar) and _takes(form, node):
            value = self.read(node, form.short, path, Limits())
            return self.shorthand(node, form, value, path)
        if not isinstance(node, Mapping):
            return self.wrong(node, form, path)
        before = len(self.faults)
        keys = {key.name: key for key in keys_of(form.cls)}
        values: dict[str, Any] = {}
        for entry in node.entries:
            if (key := keys.get(entry.key.text)) is not None:
                inner = (*path, key.name)
                values[key.name] = self.read(entry.value, key.form, inner, key.limits)
        meant = self.unknown(node, keys, path)
        for key in keys.values():
            if key.required and key.name not in values and key.name not in meant:
                message = f' lacks "{key.name}"'
                values[key.name] = self.fault(node, path, "missing-key", message, _wanted(key))
        sound = len(values) == len(node.entries) and not any(v is BAD for v in values.values())
        sound = self.valid(node, form.cls, values, path, whole=sound) and sound
        if not sound and not self.lenient:
            return BAD
        for key in keys.values():
            if key.required and values.get(key.name, BAD) is BAD:
                values[key.name] = neutral(key.form)
        try:
            good = {keys[name].alias: value for name, value in values.items() if value is not BAD}
            return form.cls(**good)
        except (ValueError, TypeError) as error:
            if not sound or len(self.faults) > before:  # it may be a neutral value that it refuses
                return BAD
            return self.fault(node, path, "bad-value", f": {reason(error)}")

    def unknown(self, node: Mapping, keys: dict[str, Key], path: Path) -> set[str]:
        """Report keys that the block does not have; returns the keys that were probably meant."""
        present = {entry.key.text for entry in node.entries}
        absent = [name for name in keys if name not in present]
        meant: set[str] = set()
        for entry in node.entries:
            word = entry.key.text
            if word in keys:
                continue
            near = suggestion(word, absent) or suggestion(word, keys)
            hint = f'did you mean "{near}"?' if near else f"its keys are {', '.join(keys)}"
            self.fault(entry.key, path, "unknown-key", f" has no key {quoted(word)}", hint)
            if near in absent:
                absent.remove(near)
                meant.add(near)
                if not isinstance(entry.value, Scalar):  # a typo should not hide what is below it
                    self.read(entry.value, keys[near].form, (*path, word), keys[near].limits)
        return meant

    def valid(
        self, node: Mapping, cls: type, values: dict[str, Any], path: Path, *, whole: bool
    ) -> bool:
        """Run each field's validator by itself, so that what it says lands at the field's place.

        What a validator refuses becomes `BAD` among the values.
        """
        valid = True
        probe = _probe(cls, values)
        for key in keys_of(cls):
            validator = key.attribute.validator
            value = values.get(key.name, BAD)
            below = node.get(key.name)
            if validator is None or value is BAD or below is None or key.attribute.converter:
                continue
            try:
                validator(probe, key.attribute, value)
            except (ValueError, TypeError) as error:
                self.fault(below, (*path, key.name), "bad-value", f": {reason(error)}")
                values[key.name] = BAD
                valid = False
            except AttributeError:
                if whole:  # otherwise it asked for a field that has a fault of its own
                    raise
        return valid

    def wrong(self, node: Node, form: Form, path: Path) -> Any:
        """The node is of another kind than the form."""
        message = f" must be {words(form)}, not {shown(node)}"
        offered = choices(form)
        if offered and isinstance(node, Scalar) and isinstance(node.value, str):
            return self.fault(
                node, path, "unknown-value", message, did_you_mean(node.value, offered)
            )
        return self.fault(node, path, "wrong-type", message, remedy(node, form))


def _wanted(key: Key) -> str:
    what = f'add "{key.name}: …", {words(key.form)}'
    return f"{what}: {key.says[:1].lower()}{key.says[1:].rstrip('.')}" if key.says else what


def _takes(block: Block, node: Scalar) -> bool:
    """Whether a block may be written as this single value."""
    if block.short is None:
        return False
    parts = block.short.forms if isinstance(block.short, Either) else (block.short,)
    return any(isinstance(part, Plain | Choice) and part.accepts(node.value) for part in parts)


def _likeness(node: Mapping, form: Form) -> int:
    """How many of a mapping's keys a form knows."""
    if not isinstance(form, Block):
        return 0
    names = {key.name for key in keys_of(form.cls)}
    return sum(entry.key.text in names for entry in node.entries)


def _probe(cls: type, values: dict[str, Any]) -> Any:
    """An instance for validators to look at: sound values and plain defaults, nothing checked."""
    probe: Any = object.__new__(cls)
    for key in keys_of(cls):
        value = values.get(key.name, key.default)
        if isinstance(value, attrs.Factory):  # type: ignore[arg-type]
            value = attrs.NOTHING if value.takes_self else value.factory()
        if value is not BAD and value is not attrs.NOTHING:
            object.__setattr__(probe, key.field, value)
    return probe
