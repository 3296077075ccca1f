"""Values of desks to plain data and back, by their annotations: nothing else gets through.

An attrs object carries the name of its class under `_`, so that a value that may be of several
classes is read as what it was. Reading is strict: a text is no number, an unknown key is refused.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import attrs
from cattrs import BaseValidationError, Converter
from cattrs.errors import ForbiddenExtraKeysError, StructureHandlerNotFoundError
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from exercise.errors import ExerciseError

TAG = "_"
NUMBER_MOST = 2**53
"""The greatest whole number that is taken, either way: every program reads it as it is."""
LARGEST = sys.float_info.max
"""The greatest number that is taken: `1e999` is JSON, and no number to reckon with."""
_NOT_OF_IT = (
    BaseValidationError, ForbiddenExtraKeysError, StructureHandlerNotFoundError, ValueError,
    TypeError, KeyError,
)  # fmt: skip
"""What cattrs raises for data that is not of the kind."""


class CodecError(ExerciseError):
    """A value is not of the kind that is asked for."""


def encode(value: object) -> Any:
    """A value as JSON-ready data."""
    return _converter().unstructure(value)


def decode(data: object, kind: Any) -> Any:
    """The value of a kind that `encode` wrote; raises `CodecError`."""
    try:
        return _converter().structure(data, kind)
    except (CodecError, *_NOT_OF_IT) as error:
        raise CodecError(f"this is no {_name(kind)}: {_short(data)}") from error


def _name(kind: Any) -> str:
    return str(getattr(kind, "__name__", kind))


def _short(data: object) -> str:
    return repr(data)[:80]


@lru_cache(maxsize=1)
def _converter() -> Converter:
    made = Converter(forbid_extra_keys=True, detailed_validation=False)
    for plain in (str, bool, int):
        made.register_structure_hook(plain, _exactly(plain))
    made.register_structure_hook(float, _number)
    made.register_structure_hook(type(None), _nothing)
    made.register_unstructure_hook(Path, str)
    made.register_unstructure_hook_factory(attrs.has, lambda cls: _tagging(made, cls))
    made.register_structure_hook_factory(attrs.has, lambda cls: _untagging(made, cls))
    made.register_structure_hook_factory(_is_literal, lambda kind: _named_in(get_args(kind)))
    made.register_structure_hook_factory(_is_union, lambda kind: _one_of(made, kind))
    made.register_unstructure_hook_factory(_is_union, lambda _: made.unstructure)
    return made


def _exactly(kind: type) -> Callable[[Any, Any], Any]:
    def read(data: Any, _: Any) -> Any:
        if type(data) is not kind:
            raise CodecError(f"{_short(data)} is no {kind.__name__}")
        if isinstance(data, int) and abs(data) > NUMBER_MOST:
            raise CodecError("that number is too large to count anything")
        return data

    return read


def _nothing(data: Any, _: Any) -> None:
    if data is not None:
        raise CodecError(f"{_short(data)} is not nothing")


def _number(data: Any, _: Any) -> float:
    if type(data) not in (int, float) or not abs(data) <= LARGEST:
        raise CodecError(f"{_short(data)} is no number")
    return float(data)


def _tagging(made: Converter, cls: type) -> Callable[[Any], dict[str, Any]]:
    plain: Any = make_dict_unstructure_fn(cls, made)
    name = cls.__name__

    def write(value: Any) -> dict[str, Any]:
        return {TAG: name, **plain(value)}

    return write


def _untagging(made: Converter, cls: type) -> Callable[[Any, Any], Any]:
    attrs.resolve_types(cls)
    inside = {a.name: override(omit=True) for a in attrs.fields(cls) if not a.init}
    plain: Any = make_dict_structure_fn(
        cls,
        made,
        _cattrs_forbid_extra_keys=True,
        **inside,  # type: ignore[arg-type]
    )

    def read(data: Any, kind: Any) -> Any:
        if not isinstance(data, Mapping) or data.get(TAG) != cls.__name__:
            raise CodecError(f"{_short(data)} is no {cls.__name__}")
        return plain({key: value for key, value in data.items() if key != TAG}, kind)

    return read


def _is_literal(kind: Any) -> bool:
    return get_origin(kind) is Literal


def _named_in(words: tuple[str, ...]) -> Callable[[Any, Any], Any]:
    def read(data: Any, _: Any) -> Any:
        if type(data) is not str or data not in words:
            raise CodecError(f"{_short(data)} is none of {', '.join(words)}")
        return data

    return read


def _is_union(kind: Any) -> bool:
    return get_origin(kind) in (Union, types.UnionType)


def _one_of(made: Converter, kind: Any) -> Callable[[Any, Any], Any]:
    members = get_args(kind)
    classes = {member.__name__: member for member in members if attrs.has(member)}
    others = [m for m in members if m is not type(None) and not attrs.has(m)]

    def read(data: Any, _: Any) -> Any:
        if data is None and type(None) in members:
            return None
        if isinstance(data, Mapping) and data.get(TAG) in classes:
            return made.structure(data, classes[data[TAG]])
        for other in others:
            try:
                return made.structure(data, other)
            except (CodecError, *_NOT_OF_IT):
                continue
        raise CodecError(f"{_short(data)} is none of {', '.join(map(_name, members))}")

    return read


def hints(function: Callable[..., Any], names: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A function's annotations, read."""
    return get_type_hints(function, localns=dict(names or {}))


CARRIED = (str, int, float, bool, type(None), Any)


def carries(kind: Any) -> bool:
    """Whether values of this annotation can be carried."""
    origin = get_origin(kind)
    if kind in CARRIED or origin is Literal or attrs.has(kind):
        return True
    if origin is None:
        return False
    parts = [part for part in get_args(kind) if part is not Ellipsis]
    known = (Union, types.UnionType, tuple, list, dict)
    if origin in known or (isinstance(origin, type) and issubclass(origin, Mapping | Sequence)):
        return all(carries(part) for part in parts)
    return isinstance(origin, type) and issubclass(origin, AbstractSet) and all(map(carries, parts))
