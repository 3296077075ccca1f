"""Sheets on which control writes an inject, edits one, or says what is expected after it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from exercise.orders import Refusal
from exercise.room.msel import Change, Row, Text
from exercise.tui.actions import bindings_of
from exercise.tui.screens.base import Sheet
from exercise.tui.screens.compose import addressees
from exercise.tui.words import listed, plain

if TYPE_CHECKING:
    from exercise.tui.room import Room

PARTS = (
    ("title", "What it is, in a line", 200),
    ("to", "To (first letters of seats, or all, or allies)", 200),
    ("when", "When: D+2, D-5 or a date; empty: now if it is new, else by hand", 20),
    ("sender", "From (anybody: a minister, a newspaper)", 80),
    ("method", "By: mail, press, telephone, intelligence", 30),
)
EFFECT = re.compile(r"([\w.-]+(?:\[[^\]]*\])?)\s*(=\s*-?|[+-])\s*([0-9]{1,8}(?:[.,][0-9]{1,9})?)")
"""A cell, a sign, an amount."""
MORE = (
    ("expected", "What is expected of the players", 300),
    ("objective", "The objective it serves, if any (first letters)", 80),
    ("controller", "Who runs it", 80),
)


class InjectSheet(Sheet):
    """An inject as a form; a new one without a day comes at once."""

    KEY = "inject"
    BINDINGS = bindings_of(KEY)

    def __init__(self, room: Room, row: Row | None = None) -> None:
        super().__init__()
        self.room = room
        self.row = row
        self.told = row.told if row is not None else Text("")
        self.goals: dict[str, str] = {}

    def body(self) -> Iterator[Widget]:
        """Its parts, one beneath the other; effects where it is control's own."""
        yield Static("Edit an inject" if self.row else "A new inject", classes="title",
                     markup=False)  # fmt: skip
        for key, says, most in PARTS:
            yield from self._part(key, says, most)
            if key == "to":
                yield Static(id="reach", classes="quiet", markup=False)
        yield Static("Words", classes="heading", markup=False)
        yield TextArea(self.told.text, id="text")
        if self.row is None or self.row.own:
            yield Static("What it does: module.field[name] +0.1, or = 0.5; several with ;",
                         classes="heading", markup=False)  # fmt: skip
            effects = "; ".join(change.line() for change in self.told.effects)
            yield Input(effects, id="effects", max_length=500)
        for key, says, most in MORE:
            yield from self._part(key, says, most)
            if key == "objective":
                yield Static(id="aim", classes="quiet", markup=False)
        yield Static(id="inject-said", classes="line", markup=False)

    def _part(self, key: str, says: str, most: int) -> Iterator[Widget]:
        value = getattr(self.told, key)
        yield Static(says, classes="heading", markup=False)
        shown = " ".join(value) if isinstance(value, tuple) else str(value)
        yield Input(shown.replace("−", "-"), id=key, max_length=most)

    def on_mount(self) -> None:
        """Begin with what it is."""
        self.query_one(TextArea).styles.height = 4
        self.query_one("#title", Input).focus()
        self.goals = {form.objective: form.title for form in self.room.control.notes.forms()}
        self._reach()
        self._aim()

    def _say(self, text: str) -> None:
        said = self.query_one("#inject-said", Static)
        said.update(plain(text))
        said.scroll_visible()

    def _value(self, key: str) -> str:
        return self.query_one(f"#{key}", Input).value.strip()

    def _to(self) -> tuple[list[str], list[str]]:
        titles = {"all": "all", "allies": "allies", **self.room.control.standing().titles}
        return addressees(titles, self._value("to") or "all")

    def _reach(self) -> None:
        names, unknown = self._to()
        titles = [self.room.title(n) if n not in ("all", "allies") else n for n in names]
        told = f"reaches {listed(titles)}" if titles else "reaches nobody"
        told += f"; not known: {listed(unknown)}" if unknown else ""
        self.query_one("#reach", Static).update(plain(told))

    def _aim(self) -> None:
        typed = self._value("objective")
        name = objective_named(self.goals, typed)
        every = "; ".join(self.goals.values()) or "the scenario names none"
        told = f"serves “{self.goals[name]}”" if name else f"not known; there are: {every}"
        self.query_one("#aim", Static).update(plain(told if typed else ""))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say whom it reaches, and which objective is meant."""
        if event.input.id == "to":
            self._reach()
        elif event.input.id == "objective":
            self._aim()

    def on_input_submitted(self) -> None:
        """On to the next part."""
        self.focus_next()

    def action_draft(self) -> None:
        """Keep it as a draft, to be approved."""
        self._save(draft=True)

    def action_confirm(self) -> None:
        """Keep it; a new one without a day comes now."""
        self._save(draft=False)

    def _save(self, draft: bool) -> None:
        names, unknown = self._to()
        if unknown or not names:
            self._say("× It is not clear who shall read it: name seats, or all, or allies")
            return
        objective = objective_named(self.goals, self._value("objective"))
        if objective is None:
            self._say("× There is no such objective: first letters of one, or leave it empty")
            return
        effects = read_effects(self._value("effects")) if self.query("#effects") else ()
        if isinstance(effects, str):
            self._say(f"× {effects}")
            return
        when = self._value("when")
        if when == self.told.when.replace("−", "-"):
            when = self.told.when
        told = Text(
            self._value("title"), self.query_one(TextArea).text.strip(), tuple(names),
            self._value("sender") or "Control", self._value("method") or "mail", when,
            self._value("expected"), objective, self.told.background,
            self._value("controller"), effects, draft,
        )  # fmt: skip
        refused = self.tried(lambda: self._kept(told))
        if refused is not None:
            self._say(f"× {refused}")
        else:
            self.studio.pop_screen()

    def _kept(self, told: Text) -> Refusal | None:
        msel = self.room.control.msel
        if self.row is not None:
            return msel.edit(self.row.id, told)
        made = msel.write(told)
        if isinstance(made, Refusal):
            return made
        if not told.when and not told.draft:
            return msel.act(made, "fire")
        return None


def objective_named(goals: Mapping[str, str], text: str) -> str | None:
    """The one objective that first letters of its words name, "" where nothing is; else None."""
    typed = text.casefold().split()
    if not typed or text in goals:
        return text.strip()
    found = [
        name for name, title in goals.items()
        if all(any(word.startswith(part) for word in f"{name} {title}".casefold().split())
               for part in typed)
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


def read_effects(text: str) -> tuple[Change, ...] | str:
    """Effects as control typed them, or what is wrong with them."""
    found = []
    for part in (piece.strip() for piece in text.replace("−", "-").split(";") if piece.strip()):
        fits = EFFECT.fullmatch(part)
        if fits is None:
            return f"{part!r} is no effect: write deterrence.tension[strait] +0.1, or = 0.5"
        amount = float(fits[3].replace(",", "."))
        sign = -1.0 if fits[2].endswith("-") else 1.0
        found.append(Change(fits[1], "set" if "=" in fits[2] else "add", sign * amount))
    return tuple(found)


class ExpectSheet(Sheet):
    """By when something is expected after an inject, and which inject comes if it does not."""

    KEY = "expect"
    BINDINGS = bindings_of(KEY)

    def __init__(self, room: Room, row: Row) -> None:
        super().__init__()
        self.room = room
        self.row = row

    def body(self) -> Iterator[Widget]:
        """The deadline, the contingency, what counts as done."""
        yield Static(plain(f"After “{self.row.told.title}”"), classes="title", markup=False)
        expected = self.row.told.expected or "Nothing is written down; e edits it."
        yield Static(plain(f"Expected: {expected}"), classes="quiet", markup=False)
        for key, says, value in (
            ("by", "By when: D+2 or a date", self.row.deadline.replace("−", "-")),
            ("then", "If it is not done, this inject comes (first letters)", self.row.then),
            (
                "unless",
                "Done if this holds then (a condition, or nothing)",
                self.row.unless,
            ),
        ):
            yield Static(says, classes="heading air", markup=False)
            yield Input(value, id=key, max_length=300)
            if key == "then":
                yield Static(id="which", classes="quiet", markup=False)
        yield Static(id="expect-said", classes="line air", markup=False)

    def on_mount(self) -> None:
        """Begin with the day."""
        self.query_one("#by", Input).focus()
        self._which()

    def _found(self) -> list[Row]:
        word = self.query_one("#then", Input).value.strip().lower()
        open_ = [row for row in self.room.control.msel.rows()
                 if row.id != self.row.id and not row.turn]  # fmt: skip
        exact = [row for row in open_ if row.id.lower() == word]
        return exact or [
            row for row in open_
            if word and (row.id.lower().startswith(word) or row.told.title.lower().startswith(word))
        ]  # fmt: skip

    def _which(self) -> None:
        found = [row.told.title for row in self._found()]
        told = f"“{found[0]}”" if len(found) == 1 else listed(found[:4]) or "no such inject to come"
        self.query_one("#which", Static).update(plain(told))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say which inject it would be."""
        if event.input.id == "then":
            self._which()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """On to the next part; on the last it confirms."""
        if event.input.id == "unless":
            self.action_confirm()
        else:
            self.focus_next()

    def action_confirm(self) -> None:
        """Keep it."""
        found = self._found()
        if len(found) != 1:
            self._say("It is not clear which inject comes else")
            return
        by, unless = (self.query_one(f"#{key}", Input).value.strip() for key in ("by", "unless"))
        msel = self.room.control.msel
        refused = self.tried(lambda: msel.expect(self.row.id, by, found[0].id, unless))
        if refused is not None:
            self._say(str(refused))
        else:
            self.studio.pop_screen()

    def _say(self, text: str) -> None:
        self.query_one("#expect-said", Static).update(f"× {plain(text)}")
