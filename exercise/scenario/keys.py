"""How a class says which keys a scenario file may have: one field for each, with its sentence."""

from __future__ import annotations

from typing import Any

import attrs
from attrs import Factory


def key(
    says: str,
    *,
    default: object = attrs.NOTHING,
    factory: type | None = None,
    name: str = "",
    unit: str = "",
    low: float | None = None,
    high: float | None = None,
) -> Any:
    """A scenario key: its sentence, its default, and the limits of its value."""
    metadata = {"says": says, "key": name, "unit": unit, "low": low, "high": high}
    if factory is not None:
        return attrs.field(default=Factory(factory), metadata=metadata)
    return attrs.field(default=default, metadata=metadata)
