"""A bench for rule modules: one or a few on a small roster, the rest stood in for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from exercise.engine.declare import CONTROL, Chance, Field, Rule
from exercise.engine.dice import Dice
from exercise.engine.exact import Array
from exercise.engine.ledger import Book, Posting
from exercise.engine.roster import Roster
from exercise.engine.ruleset import Ruleset, assemble
from exercise.engine.turn import Inputs, Ruling, begin, resolve
from exercise.engine.world import Slips, World
from exercise.eyes import Eyes, unmanned
from exercise.rules import clock
from exercise.sight import as_actor

ALLIES = ("aurland", "calder", "dorvik", "fallow")
ADVERSARIES = ("karsk",)
AXES: dict[str, tuple[str, ...]] = {
    "actor": (*ALLIES, *ADVERSARIES),
    "ally": ALLIES,
    "adversary": ADVERSARIES,
    "theatre": ("strait", "border"),
    "unit": ("aurland-brigade", "calder-brigade", "dorvik-ships", "fallow-battalion"),
    "node": ("aurhaven", "orm", "calder-railhead"),
    "report": ("coast-guard", "imagery", "spare-1", "spare-2"),
    "package": ("finance-package", "energy-package"),
    "sector": ("energy", "finance"),
    "forum": ("defence-council", "economic-council"),
    "motion": ("reinforce", "sanction", "statement"),
    "clause": ("reinforce-1", "reinforce-2", "sanction-1", "statement-1"),
    "strategy": ("accommodate", "contain", "deny", "punish"),
    "treaty": ("northern-treaty",),
    "inject": ("notice",),
}
PARENTS = {"ally": "actor", "adversary": "actor"}
OWNERS = {
    "unit": ("aurland", "calder", "dorvik", "fallow"),
    "node": ("aurland", "dorvik", "calder"),
    "report": ("dorvik", "aurland", "", ""),
}


def split(cell: str) -> tuple[str, tuple[str, ...]]:
    """`module.field[a,b]` as its name and the names in brackets."""
    name, _, rest = cell.partition("[")
    return name, tuple(part.strip() for part in rest.rstrip("]").split(",")) if rest else ()


def stand_in(name: str, axes: Sequence[str], value: float = 0.0, low: float = -1e6) -> Field:
    """A field of a module that is not on the bench."""
    return Field(name, tuple(axes), unit="", low=low, high=1e6, start=value, seen=CONTROL, says="")


class Bench:
    """Rule modules on a bench; `stand_ins` are fields of absent modules, by name.

    `stand_ins={"intelligence.seen": (("ally", "report"), 0.0)}` gives a field over axes with one
    start value; `start` sets single cells; `axes`, `owners` replace the small roster's.
    """

    def __init__(
        self,
        *rules: Rule,
        stand_ins: Mapping[str, tuple[Sequence[str], float]] | None = None,
        start: Mapping[str, float] | None = None,
        parameters: Mapping[str, float] | None = None,
        schedule: Sequence[float] = (1.0,),
        axes: Mapping[str, tuple[str, ...]] | None = None,
        owners: Mapping[str, tuple[str, ...]] | None = None,
        lanes: int = 1,
        seed: int = 1,
        roster: Roster | None = None,
    ) -> None:
        absent: dict[str, list[Field]] = {}
        for name, (over, value) in (stand_ins or {}).items():
            absent.setdefault(name.partition(".")[0], []).append(stand_in(name, over, value))
        extra = [Rule(module, "stood in for", fields=tuple(f)) for module, f in absent.items()]
        names = dict(AXES)
        for rule in rules:
            names.update({axis.name: axis.names for axis in rule.axes if axis.names})
        names.update(axes or {})
        starts: dict[str, dict[tuple[str, ...], float]] = {}
        for cell, value in (start or {}).items():
            field, where = split(cell)
            starts.setdefault(field, {})[where] = value
        self.ruleset: Ruleset = assemble(
            [clock.RULE, *rules, *extra],
            roster or Roster(names, PARENTS, {**OWNERS, **(owners or {})}),
            schedule=schedule,
            parameters=parameters,
            starts=starts,
        )
        self.world: World = self.ruleset.opening(lanes)
        self.dice = Dice.seeded(seed, np.arange(lanes))
        self.books: list[Book] = []

    def slips(self, orders: Mapping[str, float] | None = None) -> Slips:
        """Slips with the given orders, by cell: `{"threat.assess[calder,karsk]": 0.9}`."""
        slips = Slips.empty(self.ruleset.slip_layout, self.world.lanes)
        for cell, value in (orders or {}).items():
            slips.put(*split(cell), value)
        return slips

    def turn(
        self,
        orders: Mapping[str, float] | None = None,
        rounds: Sequence[Mapping[str, float]] = (),
        set_before: Mapping[str, float] | None = None,
        rulings: Sequence[Ruling] = (),
    ) -> World:
        """Play a turn with these orders and council rounds; `set_before` puts cells first."""
        for cell, value in (set_before or {}).items():
            self.put(cell, value)
        book = Book()
        inputs = Inputs(
            rounds=[self.slips(acts) for acts in rounds],
            orders=self.slips(orders),
            rulings=tuple(rulings),
        )
        self.world = resolve(self.ruleset, self.world, inputs, self.dice, book)
        self.books.append(book)
        return self.world

    def bots(self, absent: Sequence[str] | None = None, rounds: int = 0) -> Slips:
        """Play a turn with absent seats deciding for themselves; returns the orders they gave."""
        roster = self.ruleset.roster
        who = absent if absent is not None else (*roster.of("ally"), *roster.of("adversary"))
        book = Book()
        turn = begin(self.ruleset, self.world, self.dice, book=book)
        turn.open()
        for _ in range(rounds):
            turn.council(unmanned(turn, self.slips(), "council", who))
        turn.stage = "orders"
        orders = unmanned(turn, self.slips(), "orders", who)
        self.world = turn.resolve(orders)
        self.books.append(book)
        return orders

    def eyes(self, actor: str, slips: Slips | None = None) -> Eyes:
        """An actor's eyes on the turn that is about to begin."""
        turn = begin(self.ruleset, self.world, self.dice)
        turn.open()
        by = "ally" if actor in self.ruleset.roster.of("ally") else "adversary"
        return Eyes(turn, as_actor(self.ruleset.roster, actor), slips or self.slips(), by=by)

    def put(self, cell: str, value: float) -> None:
        """Set a cell in all lanes, before a turn."""
        self.world.put(*split(cell), value)

    def value(self, cell: str, lane: int = 0) -> float:
        """One cell, such as `threat.threat[calder,karsk]`."""
        return self.world.value(*split(cell), lane)

    def cells(self, field: str) -> Array:
        """A whole field, `[*axes, lanes]`."""
        return self.world[field].data

    def postings(self, field: str, turn: int = -1) -> list[Posting]:
        """What was posted to a field in a turn."""
        return [p for p in self.books[turn].postings if p.field == field]

    def why(self, cell: str, turn: int = -1) -> dict[str, float]:
        """Each term's amount for one cell in a turn (further axes summed), zeros left out."""
        field, names = split(cell)
        declared = self.ruleset.fields[field]
        at = tuple(
            self.ruleset.roster.index(axis, name)
            for axis, name in zip(declared.axes, names, strict=True)
        )
        found: dict[str, float] = {}
        for posting in self.postings(field, turn):
            for line in posting.lines:
                amount = float(np.sum(line.amounts[at]))
                if amount:
                    found[line.name] = found.get(line.name, 0.0) + amount
        return found

    def check_sums(self) -> None:
        """Every posting's terms sum exactly to the change it made."""
        for book in self.books:
            for posting in book.postings:
                total = posting.before.copy()
                for line in posting.lines:
                    further = tuple(range(posting.before.ndim, line.amounts.ndim))
                    total = total + (line.amounts.sum(axis=further) if further else line.amounts)
                np.testing.assert_array_equal(total, posting.after, err_msg=posting.field)


__all__ = ["ALLIES", "AXES", "Bench", "Chance", "split", "stand_in"]
