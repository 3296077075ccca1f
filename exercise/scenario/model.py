"""What a scenario file may say: one class per block, one field per key.

The classes hold what the author wrote, checked for type and range by `structure`; what names
refer to, and whether they exist, is judged in `compile`. Each field carries its sentence for
the reference and for editors.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Literal

import attrs

from exercise.scenario.keys import key
from exercise.scenario.times import Rhythm as Rhythm
from exercise.scenario.times import RoomClock
from exercise.scenario.times import StageTimes as StageTimes
from exercise.spoken import legible

Position = tuple[float, ...]
Cells = Mapping[str, float]


@attrs.frozen(kw_only=True)
class Names:
    """The switch from real names to fictional ones."""

    use: Literal["real", "fictional"] = key("Which names are shown.", default="real")
    fictional: Mapping[str, str] = key(
        "The fictional name for each real word or name, replaced in all texts.", factory=dict
    )


@attrs.frozen(kw_only=True)
class Actor:
    """A state, firm or organisation that takes part."""

    title: str = key("What people call it.", name="name")
    role: Literal["ally", "adversary", "partner", "neutral", "firm", "organisation"] = key(
        "What it is to the alliance at the start.", default="ally"
    )
    adjective: str = key("As in “the Dorvik navy”.", default="")
    wants: str = key("What it wants, for its player's first page.", default="")
    fears: str = key("What it fears.", default="")
    knows: str = key("What only this actor knows.", default="")
    gdp: float = key("Gross domestic product.", default=100.0, unit="billion USD", low=0, high=1e7)
    population: float = key("Inhabitants.", default=10.0, unit="millions", low=0, high=1e5)
    defence: float = key("Military expenditure.", default=2.0, unit="% of GDP", low=0, high=40)
    government: Literal["coalition", "single-party", "presidential", "other"] = key(
        "Coalition governments attach more caveats.", default="coalition"
    )
    war_powers: Literal["none", "inform", "prior-vote", "vote-within"] = key(
        "What its parliament must do about a deployment.", default="inform"
    )
    capital: Position | None = key("Where its capital is: longitude, latitude.", default=None)
    stake: float = key("An adversary's stake in its aim.", default=0.5, low=0, high=1)
    risk: float = key("An adversary's tolerance of risk.", default=0.4, low=0, high=1)
    personality: str = key("A line on style, for whoever plays it.", default="")
    fields: Cells = key(
        "Start values, by `module.field` or `module.field[others]`; the actor comes first.",
        factory=dict,
    )
    sources: Mapping[str, str] = key("Where each figure comes from, with its year.", factory=dict)


@attrs.frozen(kw_only=True)
class Seat:
    """A place at the table; it may speak for an actor, or for nobody."""

    title: str = key("What it is called.", name="name", default="")
    actor: str | None = key("The actor whose decisions it takes.", default=None)
    sees: Literal["own", "allied", "public", "control"] = key(
        "How much it sees; `own` is what its actor sees.", default="own"
    )
    role: Literal["player", "evaluator"] = key(
        "Whether its holder plays, or watches and rates.", default="player"
    )
    brief: str = key("Further words for its first page.", default="")


@attrs.frozen(kw_only=True)
class Forum:
    """A council or committee: who sits in it, what it may decide, and how."""

    title: str = key("What it is called.", name="name")
    members: tuple[str, ...] = key(
        "The actors who sit in it; all allies where none are named.", default=()
    )
    chair: str | None = key("Who chairs it.", default=None)
    protocol: Literal["consensus", "majority", "weighted-majority", "unanimity", "minus-one"] = key(
        "How it decides.", default="consensus"
    )
    competence: tuple[
        Literal["statement", "strategy", "sanction", "deploy", "force", "determination"], ...
    ] = key("The kinds of text it may adopt.", default=("statement",))
    silence_hours: float = key(
        "How long a silence procedure runs.", default=72.0, unit="hours", low=1, high=8760
    )
    says: str = key("What people should know of it.", default="")


@attrs.frozen(kw_only=True)
class Treaty:
    """An obligation between actors."""

    title: str = key("What it is called.", name="name")
    parties: tuple[str, ...] = key("Who is bound.")
    trigger: str = key("What sets it off, in words.", default="")
    obliges: str = key("What it obliges to, in words.", default="")
    instrument: Literal["formal", "informal", "hybrid"] = key(
        "What kind of instrument.", default="formal"
    )
    specificity: float = key("How precise its words are.", default=0.5, low=0, high=1)
    coordination: float = key("How much is prepared in peacetime.", default=0.5, low=0, high=1)
    forum: str | None = key(
        "The forum that determines the case; none where nation helps nation.", default=None
    )
    source: str = key("Where its words can be read.", default="")


@attrs.frozen(kw_only=True)
class Theatre:
    """A place where things may happen."""

    title: str = key("What it is called.", name="name")
    at: Position | None = key("Where its name stands on the map.", default=None)
    fields: Cells = key("Start values of fields; the theatre comes first.", factory=dict)


@attrs.frozen(kw_only=True)
class Unit:
    """A force that can be pledged, moved and put under command."""

    title: str = key("What it is called.", name="name")
    owner: str = key("Whose it is.")
    kind: Literal["brigade", "battalion", "squadron", "ships", "air-defence", "enabler"] = key(
        "What kind of force.", default="battalion"
    )
    strength: float = key("Fighting value beside a full brigade of 1.", default=0.3, low=0, high=5)
    personnel: float = key("People.", default=800.0, low=0, high=1e7)
    pieces: float = key("Vehicles and containers to be moved.", default=600.0, low=0, high=1e7)
    readiness: tuple[int, ...] = key(
        "Personnel, supply, equipment, training: 1 (best) to 4.", default=(1, 1, 1, 1)
    )
    notice: float = key("Notice to move.", default=10.0, unit="days", low=0, high=3650)
    at: str | None = key("The node where it stands.", default=None)
    theatre: str | None = key("The theatre it already stands in.", default=None)
    caveats: tuple[Literal["area", "roe", "night", "task"], ...] = key(
        "National caveats declared.", default=()
    )
    source: str = key("Where this comes from.", default="")


@attrs.frozen(kw_only=True)
class Node:
    """A port, airport, railhead, border crossing or staging area."""

    title: str = key("What it is called.", name="name")
    owner: str | None = key("Whose it is.", default=None)
    kind: Literal["port", "airport", "railhead", "border", "staging", "sea"] = key(
        "What it is.", default="port"
    )
    at: Position = key("Longitude and latitude.", default=(0.0, 0.0))
    capacity: float = key(
        "Pieces a day it can clear.", default=200.0, unit="pieces/day", low=0, high=1e7
    )
    theatre: str | None = key("The theatre it serves.", default=None)
    source: str = key("Where this comes from.", default="")


@attrs.frozen(kw_only=True)
class Link:
    """A way between two nodes."""

    start: str = key("The node it starts from.", name="from")
    end: str = key("The node it leads to.", name="to")
    mode: Literal["sea", "rail", "road", "air"] = key("How one travels on it.", default="sea")
    km: float = key("Its length.", default=100.0, unit="km", low=0, high=50_000)
    via: tuple[Position, ...] = key("Points it runs through on the map.", default=())
    capacity: float = key(
        "Pieces a day; 0 for no limit of its own.", default=0.0, unit="pieces/day", low=0, high=1e7
    )
    title: str = key("What it is called.", name="name", default="")
    source: str = key("Where this comes from.", default="")


@attrs.frozen(kw_only=True)
class Report:
    """A piece of intelligence that somebody holds."""

    title: str = key("What it says, in a line.", name="name")
    origin: str = key("Who holds it first, and alone may release it.")
    about: str = key("The adversary it is about.")
    theatre: str | None = key("The theatre it is about.", default=None)
    severity: float = key("How grave what it describes is.", default=0.5, low=0, high=1)
    confidence: float = key("How sure its holder may be.", default=0.6, low=0, high=1)
    grading: str = key("Source and information, A1 to F6.", default="B2")
    marking: Literal["national", "list", "alliance", "public"] = key(
        "Its release marking at the start.", default="national"
    )
    to: tuple[str, ...] = key("Who else holds it at the start.", default=())
    at: str | dt.date = key(
        "When it comes in, as `D+3` or a date; at the start where nothing is said.", default=""
    )
    text: str = key("Its words.", default="")
    deception: bool = key("Whether it is planted and false; control alone knows.", default=False)


@attrs.frozen(kw_only=True)
class Sector:
    """A branch of the economy that sanctions and shortages touch."""

    title: str = key("What it is called.", name="name")
    weight: float = key("How critical it is.", default=0.2, low=0, high=1)
    leak: float = key("The share that evasion reaches in the end.", default=0.2, low=0, high=1)
    fields: Cells = key("Start values of fields; the sector comes first.", factory=dict)


@attrs.frozen(kw_only=True)
class Package:
    """A set of sanctions that can be adopted together."""

    title: str = key("What it is called.", name="name")
    target: str = key("The adversary it is aimed at.")
    sectors: Mapping[str, float] = key("How deep it cuts in each sector, 0 to 1.")
    demand: str = key("What is demanded.", default="")
    sunset_weeks: float = key(
        "When it lapses unless renewed; 0 for never.", default=0.0, unit="weeks", low=0, high=5200
    )


@attrs.frozen(kw_only=True)
class Clause:
    """One clause of a text before a council."""

    text: str = key("Its words.")
    weight: float = key("Its share of the text's strength.", default=0.25, low=0, high=1)
    softer: str = key("The words it can be softened to.", default="")


@attrs.frozen(kw_only=True)
class Motion:
    """A text that may be put before a forum, clause by clause."""

    title: str = key("What it is called.", name="name")
    forum: str = key("The forum it belongs to.")
    kind: Literal["statement", "strategy", "sanction", "deploy", "force", "determination"] = key(
        "What adopting it does.", default="statement"
    )
    sponsor: str | None = key("Who tables it when nobody else does.", default=None)
    theatre: str | None = key("The theatre it is about.", default=None)
    package: str | None = key("The sanctions package it adopts.", default=None)
    about: str | None = key("The adversary it is about.", default=None)
    treaty: str | None = key("The treaty whose case it determines.", default=None)
    strategy: Mapping[str, float] = key(
        "The strategy it sets: weights of accommodate, contain, deny, punish.", factory=dict
    )
    mode: Literal["meeting", "silence"] = key(
        "Around the table, or under silence.", default="meeting"
    )
    cost: float = key(
        "What it costs an ally to support it, beside the gain.", default=0.2, low=0, high=1
    )
    clauses: tuple[Clause, ...] = key("Its clauses.")


@attrs.frozen(kw_only=True)
class Effect:
    """What an inject or an action does to one cell."""

    cell: str = key(
        "The stock it changes, as `module.field[name]`; in an action also `self`, `target`."
    )
    add: float | str | None = key(
        "An amount, or an expression that gives one.", default=None, low=-1e8, high=1e8
    )
    multiply: float | None = key("A factor.", default=None, low=-1000, high=1000)
    set: float | None = key("A value.", default=None, low=-1e8, high=1e8)


@attrs.frozen(kw_only=True)
class Inject:
    """Something control brings into the exercise, by date, by condition or by hand."""

    title: str = key("Its line in the list.", name="name")
    at: str | dt.date = key("When: `D-5`, `D+2` or a date.", default="")
    when: str = key("The condition under which it comes.", default="")
    unless: str = key(
        "An id of another inject: comes where that one's condition did not hold.", default=""
    )
    text: str = key("What the addressees read.", default="")
    sender: str = key("Whom it seems to come from.", name="from", default="Control")
    to: tuple[str, ...] = key("Who receives it: seats, `allies` or `all`.", default=("all",))
    method: str = key("How it is delivered: mail, press, telephone, intelligence.", default="mail")
    effects: tuple[Effect, ...] = key("What it changes.", default=())
    expected: str = key("What the players are expected to do.", default="")
    objective: str = key("The objective it serves.", default="")
    background: str = key("For control alone.", default="")
    enabled: bool = key("Whether it is in play.", default=True)
    source: str = key("What it rests on.", default="")


@attrs.frozen(kw_only=True)
class Objective:
    """What the exercise is to show, and how one sees whether it did."""

    title: str = key("The objective.", name="name")
    met: str = key(
        "The condition under which it is met at the end; evaluators judge where none is given.",
        default="",
    )
    measure: str = key("The expression that measures it.", default="")
    seat: str | None = key(
        "Whose objective it is; everybody's where none is named.", default=None, name="for"
    )
    says: str = key("Why it matters.", default="")
    strength: str = key("What the hot wash says where it was met.", default="")
    improve: str = key("What the hot wash says where it was not.", default="")


@attrs.frozen(kw_only=True)
class Outcome:
    """A name for how it ended."""

    title: str = key("What it is called.", name="name")
    when: str = key("The condition under which it holds.")
    says: str = key("What it means, in a sentence.", default="")


@attrs.frozen(kw_only=True)
class Question:
    """A question for discussion."""

    text: str = key("Its words.")
    to: tuple[str, ...] = key("The seats it is for.", default=("all",))
    at: str | dt.date = key("When it is put.", default="")


@attrs.frozen(kw_only=True)
class OwnField:
    """A field of the scenario's own."""

    says: str = key("What it is, in a sentence.")
    axes: tuple[str, ...] = key(
        "What it lies over: `ally`, `adversary`, `theatre`, … or nothing.", default=()
    )
    unit: str = key("Its unit.", default="")
    low: float = key("Its least value.", default=0.0, low=-1e8, high=1e8)
    high: float = key("Its greatest value.", default=1.0, low=-1e8, high=1e8)
    start: float = key("Its value at the start.", default=0.0, low=-1e8, high=1e8)
    seen: Literal["public", "allied", "control", "own"] = key("Who may see it.", default="public")


@attrs.frozen(kw_only=True)
class OwnAction:
    """A decision of the scenario's own."""

    says: str = key("What it is, in a sentence.")
    target: str | None = key("The axis of what it is aimed at, if anything.", default=None)
    staff: float = key("Staff points it costs.", default=1.0, low=0, high=1000)
    capital: float = key("Political capital it costs.", default=0.0, low=0, high=1000)
    when: str = key("The condition under which it is allowed.", default="")
    effects: tuple[Effect, ...] = key("What it does.", default=())
    consequence: str = key("What a player is told beforehand.", default="")


@attrs.frozen(kw_only=True)
class Shape:
    """An outline on the map."""

    owner: str | None = key("Whose land it is.", default=None)
    ring: tuple[Position, ...] = key("Its corners: longitude, latitude.", default=())


@attrs.frozen(kw_only=True)
class MapView:
    """The map: what part of the world, or the author's own coasts."""

    frame: tuple[float, ...] = key("West, south, east, north.", default=(-10.0, 35.0, 40.0, 70.0))
    world: Literal["none", "world", "europe"] = key("Which real outlines to draw.", default="none")
    countries: Mapping[str, str] = key(
        "For real outlines, the country code of each actor.", factory=dict
    )
    shapes: tuple[Shape, ...] = key("The author's own coasts.", default=())


@attrs.frozen(kw_only=True)
class Scenario:
    """A whole scenario, as its author wrote it."""

    title: str = key("What it is called.")
    summary: str = key("What it is about, in two sentences.")
    version: str | float | int = key("The author's version of it.", default="1")
    banner: str = key("The line on every screen and paper.", default="EXERCISE EXERCISE EXERCISE")
    classification: str = key("What stands beside the banner, everywhere.", default="")
    start: dt.date = key("The date of D-day.", default=dt.date(2030, 1, 1))
    first_day: int = key(
        "Which day the first turn begins on, such as -21 for D−21.", default=0, low=-3650, high=3650
    )
    turns: Mapping[str, Rhythm] = key("The rhythms it can be played in.", factory=dict)
    clock: RoomClock = key("The room's clock.", factory=RoomClock)
    numbers: Literal["shown", "bands", "hidden"] = key(
        "What players see beside words.", default="bands"
    )
    names: Names = key("The switch to fictional names.", factory=Names)
    rules: str | tuple[str, ...] = key(
        "`all`, `none`, or the rule modules that are on.", default="all"
    )
    parameters: Cells = key("Coefficients set otherwise than by default.", factory=dict)
    actors: Mapping[str, Actor] = key("Who takes part.", factory=dict)
    seats: Mapping[str, Seat] = key(
        "Who sits at the table; one for each ally and adversary where none are given.", factory=dict
    )
    forums: Mapping[str, Forum] = key("Councils and committees.", factory=dict)
    treaties: Mapping[str, Treaty] = key("Obligations.", factory=dict)
    theatres: Mapping[str, Theatre] = key("Where it happens.", factory=dict)
    units: Mapping[str, Unit] = key("Forces.", factory=dict)
    nodes: Mapping[str, Node] = key("Ports, airports, railheads, borders.", factory=dict)
    links: tuple[Link, ...] = key("Ways between nodes.", default=())
    reports: Mapping[str, Report] = key("Intelligence.", factory=dict)
    packages: Mapping[str, Package] = key("Sanctions.", factory=dict)
    motions: Mapping[str, Motion] = key("Texts for the councils.", factory=dict)
    sectors: Mapping[str, Sector] = key("Branches of the economy.", factory=dict)
    fields: Mapping[str, OwnField] = key("Fields of the scenario's own.", factory=dict)
    actions: Mapping[str, OwnAction] = key("Decisions of the scenario's own.", factory=dict)
    values: Cells = key(
        "Start values of any cell, as `module.field[name,name]: value`.", factory=dict
    )
    phases: Mapping[str, str] = key("Conditions that prompt each phase.", factory=dict)
    injects: Mapping[str, Inject] = key("What control brings in.", factory=dict)
    objectives: Mapping[str, Objective] = key("What the exercise is to show.", factory=dict)
    outcomes: tuple[Outcome, ...] = key("How it may end: the first that holds.", default=())
    ends: str = key("A condition that ends the exercise early.", default="")
    questions: tuple[Question, ...] = key("Questions for discussion.", default=())
    map: MapView = key("The map.", factory=MapView)
    left_out: str = key("Who and what is left out, and why.", default="")
    sources: Mapping[str, str] = key("Where facts come from.", factory=dict)
    extends: str | None = key("Another scenario file that this one builds on.", default=None)

    @property
    def marking(self) -> str:
        """The line on every screen and paper: banner, and classification if there is one."""
        parts = (legible(self.banner), legible(self.classification))
        return " · ".join(part for part in parts if part)
