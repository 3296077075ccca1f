"""What a rule module says about itself: axes, fields, decisions, parameters, terms, steps.

A module is declared in one place, and storage, views, order forms, explanations, bots and the
reference all follow from the declaration. Everything here is data, frozen; the only code in it
is what a step does, what an absent seat would do, and when a decision is allowed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Literal

import attrs

if TYPE_CHECKING:
    from exercise.engine.cells import Cells
    from exercise.engine.turn import Turn
    from exercise.eyes import Eyes

Kind = Literal["stock", "derived", "choice"]
Start = "float | Callable[[Roster], Mapping[tuple[str, ...], float]]"


@attrs.frozen
class Axis:
    """A list of named things that fields lie over.

    `names` are given for an axis that every exercise shares (strategies, supply classes); other
    axes get theirs from the scenario. `of` names the axis this one is a part of, `spare` how
    many slots stay free for what is made at run time.
    """

    name: str
    names: tuple[str, ...] = ()
    of: str | None = None
    spare: int = 0
    says: str = ""
    titles: Mapping[str, str] = attrs.field(factory=dict)
    """What people call its entries, where the name in words does not do."""


@attrs.frozen
class Mark:
    """Who may see something; data, judged only by `exercise.sight`."""

    kind: Literal["public", "allied", "control", "own", "released"]
    name: str = ""


PUBLIC = Mark("public")
ALLIED = Mark("allied")
CONTROL = Mark("control")


def Own(axis: str) -> Mark:  # noqa: N802 - reads as the type it makes
    """Seen by the actor that the cell's entry on this axis is, or belongs to."""
    return Mark("own", axis)


def Released(field: str) -> Mark:  # noqa: N802 - reads as the type it makes
    """Seen by the actors for whom `field` (over an actor axis and shared axes) is above 0."""
    return Mark("released", field)


Seen = tuple[Mark, ...]


def _marks(value: Mark | Seen) -> Seen:
    return (value,) if isinstance(value, Mark) else tuple(value)


def _axes(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


@attrs.frozen
class Part:
    """One argument of a derived field: its name, its axes, and what it says when it moves.

    `says` may use the names of its axes and of the field's axes in braces.
    """

    name: str
    axes: tuple[str, ...] = attrs.field(converter=_axes, default=())
    says: str = ""


@attrs.frozen
class Field:
    """A quantity of the world: axes, unit, range, kind, who sees it, one sentence.

    `says` is the sentence, `title` a few words for it where it stands beside its value.

    A *stock* changes by its terms and keeps its value; a *derived* field is computed anew each
    turn from its `parts`; a *choice* is what a seat has set. `rises` and `falls` are what a
    change means in words; `bands` are words for its value from low to high.
    """

    name: str
    axes: tuple[str, ...] = attrs.field(converter=_axes)
    unit: str
    says: str
    seen: Seen = attrs.field(converter=_marks)
    low: float = 0.0
    high: float = 1.0
    start: object = 0.0
    kind: Kind = "stock"
    parts: tuple[Part, ...] = ()
    rises: str = ""
    falls: str = ""
    bands: tuple[str, ...] = ()
    good: Literal["up", "down", ""] = ""
    title: str = ""
    news: float = 0.25
    """How much a change matters on a front page: 1 for what people talk about, 0 for never."""

    @property
    def module(self) -> str:
        """The rule module that alone may write this field."""
        return self.name.partition(".")[0]


@attrs.frozen
class Parameter:
    """A coefficient: default, range, unit, where it comes from and how sure anyone can be.

    `confidence` is `h`, `m` or `l` for something found, `D` for doctrine or law, `J` for design
    judgement.
    """

    name: str
    default: float
    low: float
    high: float
    unit: str
    source: str
    confidence: Literal["h", "m", "l", "D", "J"]
    says: str = ""


Words = str | Callable[[Mapping[str, str]], str]


@attrs.frozen
class Check:
    """Where a decision is allowed (a mask over its target axes), and what to say where not.

    Reason and remedy may be functions of the targets' names by axis (none, where nothing is
    allowed at all): they are called only when somebody is refused.
    """

    mask: Cells
    reason: Words
    remedy: Words = ""

    def told(self, names: Mapping[str, str]) -> tuple[str, str]:
        """Reason and remedy for one target."""
        reason, remedy = self.reason, self.remedy
        return (
            reason if isinstance(reason, str) else reason(names),
            remedy if isinstance(remedy, str) else remedy(names),
        )


@attrs.frozen
class Cost:
    """What one order costs: staff points, political capital, money in basis points of GDP."""

    staff: float = 1.0
    capital: float = 0.0
    money: float = 0.0


Stage = Literal["council", "orders", "control"]
CONTROL_SEAT = "control"
"""What `by` says of a decision that control alone takes."""


@attrs.frozen
class Decision:
    """What a seat may order.

    `axes` are the targets an order names; the actor who orders is its own axis, `by`, in front.
    `levels` are the words an order may end with and the value each stands for; where there are
    none the order takes an amount between `low` and `high`. A value of 0 is "no order".
    `says` offers the decision; `tells` says of each level what was chosen, as a sentence of the
    same kind ("Lift your bracket on {clause}"). `allowed` judges from the eyes of the seat and
    returns checks over `axes`; `consequence` tells a player beforehand what will follow.
    """

    name: str
    axes: tuple[str, ...] = attrs.field(converter=_axes)
    says: str
    by: str = "ally"
    stage: Stage = "orders"
    levels: Mapping[str, float] = attrs.field(factory=dict)
    tells: Mapping[str, str] = attrs.field(factory=dict)
    low: float = 0.0
    high: float = 1.0
    unit: str = ""
    cost: Cost = Cost()
    allowed: Callable[[Eyes], list[Check]] | None = None
    consequence: str = ""
    seen: Seen = attrs.field(converter=_marks, default=())

    @property
    def module(self) -> str:
        """The rule module the decision belongs to."""
        return self.name.partition(".")[0]

    @property
    def slip_axes(self) -> tuple[str, ...]:
        """The axes an order lies over: who orders, then the targets; control stands on no axis."""
        return self.axes if self.by == CONTROL_SEAT else (self.by, *self.axes)


@attrs.frozen
class Chance:
    """A roll, named as the source of a term by its label."""

    label: str


@attrs.frozen(init=False)
class Joined:
    """A source whose axes play other roles in the term than in its declaration.

    `Joined(STATED, "ally@to", "adversary")`: what *another* ally said.
    """

    source: object
    axes: tuple[str, ...]

    def __init__(self, source: object, *axes: str) -> None:
        self.__attrs_init__(source, axes)


@attrs.define(eq=False)  # made by the hundred in a turn: frozen ones take thrice as long
class Only:
    """A source that counted only where a mask holds: `Only("intelligence.collect", place)`.

    The mask lies over axes of the source, of the term, or of both, named as in the term. It says
    which cells, orders or coefficients entered; who may be told is judged without it. A function
    that makes the mask is called only where a book is kept.
    """

    source: object
    mask: Cells | Callable[[], Cells]


Source = "Field | Decision | Parameter | Chance | str"


def literal(text: str) -> str:
    """Words for a template in which braces are braces, whatever stands between them."""
    return re.sub(r"\{[a-z]+(?:@[a-z]+)?\}", r"{\g<0>}", text)


@attrs.define(eq=False)  # as above
class Term:
    """One reason why a field changes.

    `delta` lies over the field's axes and may have further ones, which are summed: the book then
    knows what each entry gave. `of` names what it came from, joined to the cell by axis names.
    `says` is its sentence, with axis names in braces.
    """

    name: str
    delta: Cells
    of: tuple[object, ...] = ()
    says: str = ""
    seen: Seen | None = None
    releases: tuple[str, ...] = ()


@attrs.define(eq=False)  # as above
class Given:
    """What a derived field's part is this turn, and what it was made from."""

    part: str
    value: Cells
    of: tuple[object, ...] = ()


@attrs.frozen
class Step:
    """A function that runs at a stage of the turn."""

    stage: str
    run: Callable[[Turn], None]
    opening: bool = False
    """Runs once before the first turn too, to give derived fields their start."""
    wakes: tuple[Decision | Field | str, ...] = ()
    """Without an order of one of these, or where all of these fields are 0, it changes nothing and
    need not run; () for: it may. A string names a field as `module.field`."""


@attrs.frozen
class Habit:
    """How an absent seat decides at a stage: from its eyes, by the published formulas."""

    stage: Stage
    decide: Callable[[Eyes], None]
    role: Literal["ally", "adversary"] = "ally"


@attrs.frozen
class Rule:
    """A rule module: the whole of what one alliance system declares."""

    name: str
    says: str
    fields: tuple[Field, ...] = ()
    decisions: tuple[Decision, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    axes: tuple[Axis, ...] = ()
    reads: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    unmanned: tuple[Habit, ...] = ()
    version: int = 1
