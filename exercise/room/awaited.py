"""What an inject still waits for, in words made of the declared titles of what it looks at."""

from __future__ import annotations

import re

from exercise.engine.axes import base
from exercise.engine.declare import Field
from exercise.engine.ruleset import Ruleset
from exercise.explain.why import words
from exercise.scenario.conditions import Compared

OPS = {">": "above", ">=": "at least", "<": "below", "<=": "at most", "==": "exactly",
       "!=": "other than"}  # fmt: skip
CELL = re.compile(r"\b([a-z_]+\.[a-z_]+)(?:\[([^\]]*)\])?")
SIMPLE = re.compile(
    r"(?P<how>max|min|)\(?(?P<cell>[a-z_]+(?:\.[a-z_]+)?(?:\[[^\]]*\])?)\)?"
    r"\s*(?P<op>[<>]=?|[!=]=)\s*(?P<value>-?[0-9.]+)"
)


def awaited(compared: Compared, ruleset: Ruleset) -> str:
    """A comparison that does not hold yet, as people say it, and what stands now.

    One that compares more than a value with a number keeps its form, its cells as titles.
    """
    found = SIMPLE.fullmatch(compared.text.strip())
    if found is None:
        told = CELL.sub(lambda cell: _title(cell, ruleset, "any"), compared.text)
        return f"{told}, now {_figure(compared.left)}"
    op, value = found["op"], float(found["value"])
    least = op in (">", ">=")
    if found["cell"] == "clock.elapsed" and least:
        return f"{OPS[op].replace('above', 'more than')} {value:g} weeks gone"
    if found["cell"] == "turn" and op == ">=":
        return f"turn {value:g} or later"
    cell = CELL.fullmatch(found["cell"])
    field = ruleset.fields.get(cell[1]) if cell is not None else None
    if cell is None or field is None:
        return f"{found['cell']} {OPS[op]} {value:g}, now {_figure(compared.left)}"
    some = "any" if (found["how"] == "min") != least else "every"
    told = _title(cell, ruleset, some)
    goal = _word(field, value) or f"{value:g}"
    return f"{told} {OPS[op]} {goal}, now {_word(field, compared.left) or _figure(compared.left)}"


def _title(cell: re.Match[str], ruleset: Ruleset, some: str) -> str:
    """The title of the cell; where all names are meant, `any theatre` or `every theatre`."""
    field = ruleset.fields.get(cell[1])
    if field is None:
        return cell[0]
    title = field.title or f"“{field.says.rstrip('.')}”"
    names = [name.strip() for name in (cell[2] or "").split(",")] if cell[2] else []
    named = {}
    for axis, name in zip(field.axes, names, strict=False):
        if name == "*":
            title = title.replace(f"{{{axis}}}", f"{some} {base(axis)}")
        else:
            named[axis] = name
    return words(title, ruleset.roster, named)


def _word(field: Field, value: float) -> str:
    """The word for a value, where each whole number has one."""
    if field.bands and field.high - field.low == len(field.bands) - 1 and value == int(value):
        return f"“{field.bands[int(value - field.low)]}”"
    return ""


def _figure(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
