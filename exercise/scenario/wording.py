"""How messages about a scenario name places and values, and what they advise.

Everything an author typed is shown cut short and without control characters.
"""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Iterable

from exercise.scenario.forms import (
    Block,
    Choice,
    Either,
    Fixed,
    Form,
    Listing,
    Plain,
    Table,
    written,
)
from exercise.scenario.nodes import Mapping, Node, Path, Scalar

_LONGEST = 60
_NUMBER = re.compile(r"[-+]?[0-9]*[.,]?[0-9]+")


def suggestion(word: str, known: Iterable[str]) -> str:
    """The nearest of the known words, or "" where none is near."""
    if len(word) > _LONGEST:
        return ""
    return next(iter(difflib.get_close_matches(word, list(known), n=1)), "")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The nearest of the known words as a hint, or "" where none is near."""
    near = suggestion(word, known)
    return f'did you mean "{near}"?' if near else ""


def quoted(text: str) -> str:
    """A text as typed, in double quotes, cut short."""
    short = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return '"' + "".join(c if c.isprintable() else repr(c)[1:-1] for c in short) + '"'


def named(path: Path) -> str:
    """A path as people read it: `injects.landing.effects[0].add`."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += ("." if text else "") + quoted(step)[1:-1]
    return text or "the file"


def shown(node: Node) -> str:
    """What a node holds, by kind and value."""
    if not isinstance(node, Scalar):
        return "a group of keys" if isinstance(node, Mapping) else "a list"
    value = node.value
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return written(value)
    if isinstance(value, str):
        return f"the text {quoted(value)}"
    kind = "date" if isinstance(value, datetime.date) else "number"
    return f"the {kind} {quoted(node.text)[1:-1]}"


def choices(form: Form) -> tuple[str, ...]:
    """The words that a form offers to choose from."""
    if isinstance(form, Choice):
        return tuple(written(value) for value in form.values)
    if isinstance(form, Either):
        return tuple(word for part in form.forms for word in choices(part))
    return ()


def remedy(node: Node, form: Form) -> str:
    """How to write what was probably meant."""
    parts = form.forms if isinstance(form, Either) else (form,)
    wants = {part.type for part in parts if isinstance(part, Plain)}
    lists = any(isinstance(part, Listing | Fixed) for part in parts)
    keyed = any(isinstance(part, Table | Block) for part in parts)
    if not isinstance(node, Scalar):
        return "write one value here" if wants else ""
    if node.value is None:
        return "give it a value, or delete the key"
    if isinstance(node.value, str):
        return _for_text(node.value, wants, lists=lists, keyed=keyed)
    if str in wants:
        return f"put it in quotes: {quoted(node.text)}"
    if int in wants and isinstance(node.value, float):
        return "round it"
    return _for_group(node.text, lists=lists, keyed=keyed)


def _for_text(text: str, wants: set[type], *, lists: bool, keyed: bool) -> str:
    if wants & {int, float} and _NUMBER.fullmatch(text):
        if "," in text:
            return f"write a decimal point: {text.replace(',', '.')}"
        return "take the quotes away"
    if bool in wants:
        return "write true or false"
    if datetime.date in wants:
        return "write year-month-day without quotes, such as 2027-03-09"
    return _for_group(text, lists=lists, keyed=keyed)


def _for_group(text: str, *, lists: bool, keyed: bool) -> str:
    if lists:
        return f"put it in brackets: [{quoted(text)[1:-1]}]"
    return "write its keys below, indented, one to a line" if keyed else ""


def reason(error: Exception) -> str:
    """What a validator said, on one line."""
    text = str(error.args[0]) if error.args else type(error).__name__
    return " ".join(text.split())[:300]
