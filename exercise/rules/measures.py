"""Measures: what an after-action review asks of numbers, kept while the exercise runs.

Observables for the usual training objectives: decide in time, share a picture, generate and move
force, keep escalation in hand, keep cohesion, bear shortages. None adds up to a score, and none
names a winner; the weights of the ladder are this engine's own.
"""

from __future__ import annotations

from exercise.engine.cells import Cells, maximum, minimum
from exercise.engine.declare import ALLIED, CONTROL, PUBLIC, Field, Mark, Only, Rule, Step, Term
from exercise.engine.turn import Turn


def _week(name: str, what: str, seen: Mark = PUBLIC) -> Field:
    return Field(
        f"measures.{name}", (), unit="week", high=10_000, seen=seen,
        says=f"In which week {what}; 0 if not yet.", rises=f"In this week {what}",
        falls="It was set right",
    )  # fmt: skip


def _tally(
    name: str, unit: str, says: str, rises: str, seen: Mark = PUBLIC, high: float = 1e6
) -> Field:
    return Field(
        f"measures.{name}", (), unit=unit, high=high, seen=seen, says=says, rises=rises,
        falls="It was set right", good="down",
    )  # fmt: skip


PEAK = Field(
    "measures.peak_level", (), unit="rung", high=8, start=1.0, seen=PUBLIC, good="down",
    says="The highest rung any adversary has stood on.",
    rises="The crisis went higher than ever before", falls="It was set right",
    bands=("stepped back", "waiting", "pressure", "coercion", "build-up", "breach", "attack",
           "invasion", "nuclear use"),
)  # fmt: skip
VIOLENCE = Field(
    "measures.violence", (), unit="class", high=3, seen=PUBLIC, good="down",
    says="The gravest violence so far: 0 none, 1 minor clashes, 2 serious, 3 war.",
    rises="Violence grew graver than ever before", falls="It was set right",
    bands=("none", "minor clashes", "serious", "war"),
)  # fmt: skip
FIRST_FORCE = _week("first_force", "usable allied force first stood in a theatre")
FIRST_REINFORCED = _week(
    "first_reinforced", "more allied force stood in a theatre than at the start"
)
FIRST_TABLED = _week("first_tabled", "a text was first tabled", ALLIED)
FIRST_ADOPTED = _week("first_adopted", "a forum first adopted a text")
FIRST_MANDATE = _week("first_mandate", "a deployment was first mandated")
FIRST_SANCTION = _week("first_sanction", "a forum first mandated sanctions")
FIRST_RELEASE = _week("first_release", "a report was first shared with another ally", ALLIED)
FIRST_COMMON = _week("first_common", "every ally first held the same report", ALLIED)
FIRST_COERCION = _week("first_coercion", "an adversary first stood on rung 3 or higher")
FIRST_BREACH = _week("first_breach", "an adversary first stood on rung 5 or higher")
START_FORCE = Field(
    "measures.start_force", (), unit="brigades", high=1000, seen=ALLIED, kind="stock",
    says="The usable allied force that stood in the theatres at the start.",
    rises="It was set right", falls="It was set right",
)  # fmt: skip
OPEN_WEEKS = _tally(
    "open_weeks", "text-weeks", "How long texts have lain on the table, all together.",
    "Texts stayed on the table", ALLIED,
)  # fmt: skip
HOT_WEEKS = _tally(
    "hot_weeks", "weeks", "How long an adversary has stood on rung 5 or higher.",
    "A breach or worse went on",
)  # fmt: skip
CLIMB = _tally(
    "climb", "rungs", "How many rungs adversaries have climbed, all together.",
    "An adversary climbed",
)  # fmt: skip
UNANSWERED = _tally(
    "unanswered", "rungs",
    "How many rungs adversaries climbed while no text stood and nothing had been adopted.",
    "An adversary climbed while the alliance had decided nothing", ALLIED,
)  # fmt: skip
MISREADS = _tally(
    "misreads", "acts", "How many acts landed higher than they were meant.",
    "An act was misread", CONTROL,
)  # fmt: skip
BLUFFS = _tally("bluffs", "threats", "How many bluffs were called.", "A bluff was called")
SHORT_WEEKS = _tally(
    "short_weeks", "ally-weeks", "How long allies have run short, weighed by how short.",
    "Allies ran short", ALLIED,
)  # fmt: skip
LOW_COHESION = Field(
    "measures.low_cohesion", (), unit="index", start=1.0, seen=ALLIED, good="up",
    says="The lowest cohesion so far.", rises="It was set right",
    falls="Cohesion was lower than ever before", bands=("split", "shaky", "fair", "united"),
)  # fmt: skip
LOW_SUPPORT = Field(
    "measures.low_support", ("ally",), unit="index", start=1.0, seen=PUBLIC, good="up",
    says="The lowest support in {ally} so far.", rises="It was set right",
    falls="Support in {ally} was lower than ever before",
    bands=("collapsed", "weak", "fair", "strong"),
)  # fmt: skip


def _first(turn: Turn, field: Field, happened: Cells, *of: object) -> None:
    """Note the week in which something first happened."""
    new = turn[field].equals(0.0) & happened
    turn.post(field, Term("first", new * turn["clock.elapsed"], of=of, says="It happened now."))


def _count(turn: Turn, field: Field, much: Cells, *of: object) -> None:
    """Add to a tally."""
    turn.post(field, Term("counted", much, of=of, says="It was counted."))


def opening(turn: Turn) -> None:
    """What force stood in the theatres at the start, and where everything began."""
    if turn.number > 0:
        return
    force = turn["forces.present"].sum("theatre")
    turn.post(START_FORCE, Term("start", force, of=("forces.present",), says="So it began."))
    _lowest(turn)


def _lowest(turn: Turn) -> None:
    cohesion, support = turn["burden.cohesion"], turn["domestic.support"]
    turn.post(LOW_COHESION, Term("lower", minimum(cohesion - turn[LOW_COHESION], 0.0),
                                 of=("burden.cohesion",), says="Cohesion fell."))  # fmt: skip
    turn.post(LOW_SUPPORT, Term("lower", minimum(support - turn[LOW_SUPPORT], 0.0),
                                of=("domestic.support",), says="Support fell."))  # fmt: skip


def escalation(turn: Turn) -> None:
    """How high it went, how violent it was, how long it stayed hot."""
    level = turn["deterrence.level"]
    rung = level.max("adversary", "theatre")
    highest = Only("deterrence.level", level.equals(rung))
    turn.post(PEAK, Term("climbed", maximum(rung - turn[PEAK], 0.0), of=(highest,),
                         says="An adversary climbed."))  # fmt: skip
    clash = turn["deterrence.clash"].any("theatre")
    grade = maximum(maximum((rung >= 6.0) * 2.0, (rung >= 7.0) * 3.0), clash)
    turn.post(VIOLENCE, Term("graver", maximum(grade - turn[VIOLENCE], 0.0),
                             of=(Only("deterrence.level", level.equals(rung) & (level >= 6.0)),
                                 Only("deterrence.clash", rung < 6.0)),
                             says="It came to that."))  # fmt: skip
    _first(turn, FIRST_COERCION, rung >= 3.0, Only("deterrence.level", level >= 3.0))
    _first(turn, FIRST_BREACH, rung >= 5.0, Only("deterrence.level", level >= 5.0))
    hot = Only("deterrence.level", level >= 5.0)
    _count(turn, HOT_WEEKS, (rung >= 5.0) * turn.weeks, hot)
    climbs = maximum(level - turn.was("deterrence.level"), 0.0)
    climbed, climbers = climbs.sum("adversary", "theatre"), Only("deterrence.level", climbs)
    _count(turn, CLIMB, climbed, climbers)
    idle = ~(turn["council.adopted"].any("motion"))
    _count(turn, UNANSWERED, climbed * idle, climbers)
    misread = turn["deterrence.misread"] - turn.was("deterrence.misread")
    _count(turn, MISREADS, misread.sum("theatre"), "deterrence.misread")
    _count(turn, BLUFFS, turn["deterrence.called"].sum("ally", "adversary"), "deterrence.called")


def decisions(turn: Turn) -> None:
    """When the alliance decided, shared what it knew, and had force in place."""
    tabled = turn["council.tabled"]
    _first(turn, FIRST_TABLED, tabled.any("motion"), "council.tabled")
    _count(turn, OPEN_WEEKS, tabled.sum("motion") * turn.weeks, "council.tabled")
    _first(turn, FIRST_ADOPTED, turn["council.adopted"].any("motion"), "council.adopted")
    _first(turn, FIRST_MANDATE, turn["council.mandate"].any("theatre"), "council.mandate")
    _first(turn, FIRST_SANCTION, turn["council.sanctioned"].any("package"), "council.sanctioned")
    seen = (turn["intelligence.seen"] > 0.0) * turn["intelligence.live"]
    readers = seen * ~(turn["intelligence.origin"] > 0.0)
    _first(turn, FIRST_RELEASE, readers.any("ally", "report"), Only("intelligence.seen", readers))
    common = seen.all("ally")
    _first(turn, FIRST_COMMON, common.any("report"), Only("intelligence.seen", common))
    force = turn["forces.present"].sum("theatre")
    _first(turn, FIRST_FORCE, force > 0.0, "forces.present")
    _first(turn, FIRST_REINFORCED, force > turn[START_FORCE] + 0.01, "forces.present")


def endurance(turn: Turn) -> None:
    """What the allies had to bear."""
    _lowest(turn)
    _count(turn, SHORT_WEEKS, turn["economy.shortage"].sum("ally", "sector") * turn.weeks,
           "economy.shortage")  # fmt: skip


RULE = Rule(
    "measures",
    says="What an after-action review asks of numbers; none of it is a score.",
    fields=(
        PEAK, VIOLENCE, FIRST_FORCE, FIRST_REINFORCED, FIRST_TABLED, FIRST_ADOPTED, FIRST_MANDATE,
        FIRST_SANCTION, FIRST_RELEASE, FIRST_COMMON, FIRST_COERCION, FIRST_BREACH, START_FORCE,
        OPEN_WEEKS, HOT_WEEKS, CLIMB, UNANSWERED, MISREADS, BLUFFS, SHORT_WEEKS, LOW_COHESION,
        LOW_SUPPORT,
    ),
    reads=(
        "clock.elapsed", "deterrence.level", "deterrence.clash", "deterrence.misread",
        "deterrence.called", "council.tabled", "council.adopted", "council.mandate",
        "council.sanctioned", "intelligence.seen", "intelligence.live", "intelligence.origin",
        "forces.present", "burden.cohesion", "domestic.support", "economy.shortage",
    ),
    steps=(
        Step("measure", opening, opening=True),
        Step("measure", escalation),
        Step("measure", decisions),
        Step("measure", endurance),
    ),
)  # fmt: skip
