"""What a type annotation allows in a file: the forms that reading and describing share.

An attrs class is a block of keys. A field's metadata may say more than its type does: `key` (its
name in the file), `says` (a sentence), `unit`, `low` and `high` (limits of its numbers, also of
those inside a list or table).

A block that has a classmethod `from_scalar` can be written short. Annotated `float | Cost`, or
`Cost` alone (then the type of the method's parameter counts), a plain value becomes
`Cost.from_scalar(value)`.
"""

from __future__ import annotations

import collections.abc
import datetime
import enum
import inspect
import types
import typing
from collections.abc import Callable
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin

import attrs

from exercise.errors import DeclarationError


@attrs.frozen
class Plain:
    """A single value of exactly this type; `object` allows anything."""

    type: type

    def accepts(self, value: object) -> bool:
        """Whether a value may stand here; a whole number may stand for a number."""
        return self.type is object or type(value) is self.type or self.widens(value)

    def widens(self, value: object) -> bool:
        """Whether the value is a whole number where a number is wanted."""
        return self.type is float and type(value) is int


@attrs.frozen
class Choice:
    """One of a few values; `results` are what they become."""

    values: tuple[object, ...]
    results: tuple[object, ...]

    def accepts(self, value: object) -> bool:
        """Whether the value is one of them, and of its type (`true` is not 1)."""
        return any(type(value) is type(known) and value == known for known in self.values)

    def result(self, value: object) -> object:
        """What an accepted value becomes."""
        return self.results[self.values.index(value)]


@attrs.frozen
class Listing:
    """A list whose entries all have one form."""

    item: Form
    make: Callable[[list[object]], object]


@attrs.frozen
class Fixed:
    """A list of a fixed length."""

    items: tuple[Form, ...]


@attrs.frozen
class Table:
    """Names of the author's choosing, each with a value."""

    key: Form
    value: Form


@attrs.frozen
class Block:
    """An attrs class: known keys; `short` is what may be written instead, if anything."""

    cls: type
    short: Form | None


@attrs.frozen
class Either:
    """Any of several forms."""

    forms: tuple[Form, ...]


Form = Plain | Choice | Listing | Fixed | Table | Block | Either

NOTHING = Plain(type(None))
BAD: Any = object()
"""What stands for a value that has a fault."""
_PLAIN = (str, int, float, bool, datetime.date, type(None), object)
_LISTS: dict[object, Callable[[list[object]], object]] = {
    list: list,
    tuple: tuple,
    collections.abc.Sequence: tuple,
    frozenset: frozenset,
}
_TABLES = (dict, collections.abc.Mapping)


@attrs.frozen
class Limits:
    """The range and unit of a number; None is no limit."""

    low: float | None = None
    high: float | None = None
    unit: str = ""

    def allow(self, value: float) -> bool:
        """Whether the value lies within both limits."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)

    def __str__(self) -> str:
        unit = f" {self.unit}" if self.unit else ""
        if self.low is not None and self.high is not None:
            return f"from {self.low:g} to {self.high:g}{unit}"
        if self.low is not None:
            return f"{self.low:g}{unit} or more"
        return f"{self.high:g}{unit} or less" if self.high is not None else ""


@attrs.frozen(eq=False)
class Key:
    """One key of a block, as a file writes it and as the class takes it."""

    name: str
    field: str
    alias: str
    form: Form
    required: bool
    default: object
    says: str
    limits: Limits
    attribute: attrs.Attribute[Any]


@cache
def keys_of(cls: type) -> tuple[Key, ...]:
    """The keys of an attrs class, in the order of its fields."""
    hints = typing.get_type_hints(cls)
    return tuple(
        _key(cls, attribute, hints[attribute.name])
        for attribute in attrs.fields(cls)
        if attribute.init
    )


def _key(cls: type, attribute: attrs.Attribute[Any], annotation: object) -> Key:
    more = attribute.metadata
    try:
        form = form_of(annotation)
    except DeclarationError as error:
        raise DeclarationError(f"{cls.__name__}.{attribute.name}: {error.message}") from None
    return Key(
        name=more.get("key") or attribute.alias or attribute.name,
        field=attribute.name,
        alias=attribute.alias or attribute.name,
        form=form,
        required=attribute.default is attrs.NOTHING,
        default=attribute.default,
        says=more.get("says") or "",
        limits=Limits(more.get("low"), more.get("high"), more.get("unit") or ""),
        attribute=attribute,
    )


def form_of(annotation: Any) -> Form:
    """The form that a resolved annotation stands for; raises `DeclarationError` for others."""
    if annotation is None or annotation is Any:
        return NOTHING if annotation is None else Plain(object)
    if annotation in _PLAIN:
        return Plain(annotation)
    origin, args = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType):
        return Either(tuple(form_of(part) for part in args))
    if origin is Literal:
        return Choice(args, args)
    if origin in _TABLES and len(args) == 2:
        return Table(form_of(args[0]), form_of(args[1]))
    if origin is tuple and args[-1:] != (...,):
        return Fixed(tuple(form_of(part) for part in args))
    if origin in _LISTS and args:
        return Listing(form_of(args[0]), _LISTS[origin])
    if isinstance(annotation, type) and issubclass(annotation, enum.Enum):
        return Choice(tuple(member.value for member in annotation), tuple(annotation))
    if isinstance(annotation, type) and attrs.has(annotation):
        return Block(annotation, _short(annotation))
    raise DeclarationError(f"the type {annotation!r} cannot be read from a file")


def _short(cls: type) -> Form | None:
    method = getattr(cls, "from_scalar", None)
    if method is None:
        return None
    names = list(inspect.signature(method).parameters)
    hints = typing.get_type_hints(method)
    if not names or names[0] not in hints:
        raise DeclarationError(f"{cls.__name__}.from_scalar needs an annotated parameter")
    return form_of(hints[names[0]])


_NEUTRAL: dict[type, object] = {
    str: "",
    int: 0,
    float: 0.0,
    bool: False,
    datetime.date: datetime.date(2000, 1, 1),
}


def neutral(form: Form) -> Any:
    """A value of the form that says nothing, or `BAD` where there is none."""
    match form:
        case Plain():
            return _NEUTRAL.get(form.type)
        case Choice():
            return form.results[0]
        case Listing():
            return form.make([])
        case Fixed():
            return tuple(neutral(item) for item in form.items)
        case Table():
            return {}
        case Either():
            return None if NOTHING in form.forms else neutral(form.forms[0])
        case Block():
            needed = {key.alias: neutral(key.form) for key in keys_of(form.cls) if key.required}
            try:
                return form.cls(**needed)
            except (ValueError, TypeError):
                return BAD


_WORDS = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    datetime.date: "a date",
    type(None): "nothing",
    object: "anything",
}


def words(form: Form) -> str:
    """What may stand there, in words: "a list of texts", "one of shown, bands, hidden"."""
    match form:
        case Plain():
            return _WORDS[form.type]
        case Choice():
            names = [written(value) for value in form.values]
            return names[0] if len(names) == 1 else f"one of {', '.join(names)}"
        case Listing():
            return f"a list ({words(form.item)} each)"
        case Fixed():
            return f"a list of {len(form.items)}: {', '.join(words(item) for item in form.items)}"
        case Table():
            return f"names with values ({words(form.value)} each)"
        case Block():
            return f"{words(form.short)} or a group of keys" if form.short else "a group of keys"
        case Either():
            return " or ".join(dict.fromkeys(words(part) for part in _without_nothing(form)))


def _without_nothing(form: Either) -> list[Form]:
    return [part for part in form.forms if part != NOTHING] or list(form.forms)


def written(value: object) -> str:
    """A plain value as a file would write it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, datetime.date) else str(value)
