"""A data description of what a file may say, for the reference and for editors.

`describe(Scenario)` lists every block that can occur with its keys: name, what may stand there in
words and as a JSON Schema fragment, default, sentence, unit and limits.
"""

from __future__ import annotations

import datetime
import enum
import inspect
from typing import Any

import attrs

from exercise.scenario.forms import (
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
    form_of,
    keys_of,
    words,
)

Schema = dict[str, Any]


@attrs.frozen
class KeyDoc:
    """One key: `default` is plain data (None where there is none), `schema` a JSON Schema."""

    name: str
    words: str
    required: bool
    default: object
    says: str
    unit: str
    low: float | None
    high: float | None
    schema: Schema
    blocks: tuple[str, ...]


@attrs.frozen
class BlockDoc:
    """One block: its class name, its sentence, its keys in order, what may be written instead."""

    name: str
    says: str
    keys: tuple[KeyDoc, ...]
    short: str
    schema: Schema


def describe(cls: type) -> tuple[BlockDoc, ...]:
    """The block of an attrs class and all blocks it may hold, in order of first mention."""
    found: dict[type, BlockDoc] = {}
    waiting = [cls]
    while waiting:
        current = waiting.pop(0)
        if current not in found:
            found[current] = _block(current)
            waiting.extend(part.cls for key in keys_of(current) for part in _blocks(key.form))
    return tuple(found.values())


def _block(cls: type) -> BlockDoc:
    keys = tuple(_key(key) for key in keys_of(cls))
    says = (inspect.getdoc(cls) or "").partition("\n")[0]
    schema: Schema = {
        "type": "object",
        "description": says,
        "properties": {key.name: key.schema for key in keys},
        "required": [key.name for key in keys if key.required],
        "additionalProperties": False,
    }
    form = form_of(cls)
    short = words(form.short) if isinstance(form, Block) and form.short else ""
    return BlockDoc(cls.__name__, says, keys, short, schema)


def _key(key: Key) -> KeyDoc:
    schema = _schema(key.form, key.limits)
    if key.says:
        schema = {**schema, "description": key.says}
    default = _default(key)
    if default is not None:
        schema = {**schema, "default": default}
    return KeyDoc(
        name=key.name,
        words=words(key.form),
        required=key.required,
        default=default,
        says=key.says,
        unit=key.limits.unit,
        low=key.limits.low,
        high=key.limits.high,
        schema=schema,
        blocks=tuple(block.cls.__name__ for block in _blocks(key.form)),
    )


def _blocks(form: Form) -> list[Block]:
    """The blocks that a form mentions, in order."""
    match form:
        case Block():
            return [form]
        case Listing():
            return _blocks(form.item)
        case Table():
            return _blocks(form.value)
        case Fixed():
            return [block for part in form.items for block in _blocks(part)]
        case Either():
            return [block for part in form.forms for block in _blocks(part)]
    return []


def _default(key: Key) -> object:
    value: Any = key.default
    if value is attrs.NOTHING:
        return None
    if isinstance(value, attrs.Factory):  # type: ignore[arg-type]
        value = None if value.takes_self else value.factory()
    return _data(value)


def _data(value: Any) -> object:
    """A default as plain data; a block's default is an empty block, since its keys have theirs."""
    if isinstance(value, enum.Enum):
        return _data(value.value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, tuple | list | frozenset):
        return [_data(item) for item in value]
    if isinstance(value, dict):
        return {str(name): _data(item) for name, item in value.items()}
    return {} if attrs.has(type(value)) else value


_TYPES: dict[type, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    datetime.date: {"type": "string", "format": "date"},
    type(None): {"type": "null"},
    object: {},
}


def _schema(form: Form, limits: Limits) -> Schema:
    match form:
        case Plain():
            schema = dict(_TYPES[form.type])
            if form.type in (int, float):
                schema |= {} if limits.low is None else {"minimum": limits.low}
                schema |= {} if limits.high is None else {"maximum": limits.high}
            return schema
        case Choice():
            return {"enum": [_data(value) for value in form.values]}
        case Listing():
            return {"type": "array", "items": _schema(form.item, limits)}
        case Fixed():
            items = [_schema(item, limits) for item in form.items]
            size = len(items)
            return {"type": "array", "prefixItems": items, "minItems": size, "maxItems": size}
        case Table():
            return {"type": "object", "additionalProperties": _schema(form.value, limits)}
        case Block():
            block: Schema = {"$ref": f"#/$defs/{form.cls.__name__}"}
            return {"anyOf": [_schema(form.short, limits), block]} if form.short else block
        case Either():
            return {"anyOf": [_schema(part, limits) for part in form.forms]}
