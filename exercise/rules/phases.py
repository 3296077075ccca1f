"""Crisis phases: an alliance works through a crisis in steps, and someone decides when to go on.

NATO's crisis management process has six phases, from indications and warning to transition; the
EU's political crisis response knows monitoring, information sharing and full activation
(Decision 2018/1993). Conditions *prompt* the next phase, they never move it: the chair of the
lead forum does, or control. A phase opens the alliance's own instruments; a state may always act
alone, at a price. How violent a crisis is, is kept apart from how far the alliance has got in
its process: the gap between the two is a finding in itself.
"""

from __future__ import annotations

from collections.abc import Callable

from exercise.engine.cells import Cells, maximum, minimum, where
from exercise.engine.declare import (
    ALLIED,
    PUBLIC,
    Check,
    Cost,
    Decision,
    Field,
    Given,
    Habit,
    Only,
    Parameter,
    Part,
    Rule,
    Step,
    Term,
)
from exercise.engine.turn import Turn
from exercise.eyes import Eyes

NAMES = (
    "indications and warning",
    "assessment",
    "response options",
    "planning",
    "execution",
    "transition",
)
_J = "design judgement: a prompt, not a law"
SHARED = Parameter(
    "phases.shared", 0.5, 0.0, 1.0, "index", _J, "J",
    says="How far allies must share a view of the threat before assessment is prompted.",
)  # fmt: skip
ALARMED = Parameter(
    "phases.alarmed", 0.45, 0.0, 1.0, "index", _J, "J",
    says="How dangerous they must on average find it, for the same.",
)  # fmt: skip
FILLED = Parameter(
    "phases.filled", 0.8, 0.0, 1.0, "share", _J, "J",
    says="How much of the required force prompts execution.",
)  # fmt: skip
QUIET = Parameter(
    "phases.quiet", 2, 0.5, 26, "weeks", _J, "J",
    says="How long no adversary may stand above rung 2 before transition is prompted.",
)  # fmt: skip

PHASE = Field(
    "phases.phase", (), unit="phase", low=1, high=6, start=1.0, seen=PUBLIC, bands=NAMES,
    news=1.6,
    says="Which phase of its crisis process the alliance is in.",
    rises="The alliance went on to the next phase", falls="The alliance went back a phase",
)  # fmt: skip
CALM = Field(
    "phases.calm", (), unit="weeks", high=520, seen=PUBLIC, good="up",
    news=0,
    says="For how long no adversary has stood above rung 2.",
    rises="It stayed quiet", falls="The quiet is over",
)  # fmt: skip
CREST = Field(
    "phases.crest", (), unit="rung", high=8, seen=PUBLIC,
    says="The highest rung since planning began; the present rung before that.",
    rises="An adversary climbed higher than before", falls="A new count began",
)  # fmt: skip
WORST = Field(
    "phases.worst", (), unit="rung", high=8, seen=PUBLIC, good="down",
    says="The highest rung of this crisis; a crisis is over after eight quiet weeks.",
    rises="The crisis went higher than before", falls="The crisis is over",
)  # fmt: skip
ASKED = Field(
    "phases.asked", (), unit="answer", low=-1, high=1, start=-1.0, seen=ALLIED, news=0,
    says="Whether the scenario's own condition for the next phase holds; −1 where it has none.",
)  # fmt: skip
PROMPT = Field(
    "phases.prompt", (), news=0.6,
    unit="phase", low=1, high=6, start=1.0, seen=ALLIED, kind="derived",
    parts=(
        Part("phase", (), says="The alliance is in another phase."),
        Part("view", (), says="Allies share a view of the threat more, or less."),
        Part("alarm", (), says="The alliance is more, or less, alarmed."),
        Part("known", (), says="A grave report is known, or no longer is."),
        Part("assessed", (), says="An assessment or strategy was agreed, or lapsed."),
        Part("option", (), says="A mandate or a coalition stands, or no longer does."),
        Part("fill", (), says="More, or less, of the required force is there."),
        Part("clause", (), says="A treaty's case was determined, or lapsed."),
        Part("rung", (), says="The adversary stands on another rung."),
        Part("crest", (), says="The adversary eased from where it had been, or climbed."),
        Part("calm", (), says="It has been quiet for longer, or the quiet is over."),
        Part("asked", (), says="The scenario's condition for the next phase came to hold, or not."),
    ),
    bands=NAMES,
    says="The phase whose conditions are met; it prompts and moves nothing.",
    rises="Conditions for a later phase are met", falls="Conditions for the later phase are gone",
)  # fmt: skip
CLIMATE = Field(
    "phases.climate", (), news=1.2,
    unit="climate", low=1, high=5, start=1.0, seen=PUBLIC, kind="derived",
    good="down",
    parts=(
        Part("rung", (), says="An adversary stands on another rung."),
        Part("worst", (), says="The crisis has been hotter than now, or is at its hottest."),
        Part("calm", (), says="It has been quiet for longer, or the quiet is over."),
    ),
    bands=("stable", "settlement", "pressure", "confrontation", "hostilities"),
    says="How violent the crisis is, whatever phase the alliance is in.",
    rises="The crisis grew hotter", falls="The crisis cooled",
)  # fmt: skip


def _presides(eyes: Eyes) -> Cells:
    """Whether this ally chairs the lead forum, the first there is; else, the first ally."""
    if not eyes.roster.of("forum"):
        return eyes.me("ally").pick("ally", 0)
    return eyes.own("council.chair", "ally").pick("forum", 0)


def _chair_only(eyes: Eyes) -> list[Check]:
    return [
        Check(_presides(eyes) > 0.0, "The chair of the lead forum moves the phase.",
              "Ask the chair, or control."),
    ]  # fmt: skip


MOVE = Decision(
    "phases.move", (), says="Move the alliance's crisis process on",
    tells={
        "to the next phase": "Move the alliance's crisis process on to the next phase",
        "to what conditions prompt": "Move the alliance's crisis process on as conditions call for",
        "back a phase": "Move the alliance's crisis process back a phase",
    },
    levels={"to the next phase": 1.0, "to what conditions prompt": 2.0, "back a phase": -1.0},
    low=-1.0, high=2.0, cost=Cost(staff=0), allowed=_chair_only, seen=ALLIED,
    consequence="Each phase opens instruments of the alliance; states may act alone in any.",
)  # fmt: skip


def conditions(shared: float, alarmed: float, filled: float, quiet: float) -> Callable[..., Cells]:
    """From what is known to the phase whose conditions are met, 1 to 6."""

    def prompted(
        phase: Cells, view: Cells, alarm: Cells, known: Cells, assessed: Cells, option: Cells,
        fill: Cells, clause: Cells, rung: Cells, crest: Cells, calm: Cells, asked: Cells,
    ) -> Cells:  # fmt: skip
        warned = ((view >= shared) & (alarm >= alarmed)) | (known > 0.0) | (clause > 0.0)
        over = phase.equals(5.0) & (calm >= quiet)
        leave = (
            phase.equals(1.0) & (warned | (rung >= 4.0))
            | phase.equals(2.0) & ((assessed > 0.0) | (rung >= 4.0))
            | phase.equals(3.0) & (option > 0.0)
            | phase.equals(4.0) & ((fill >= filled) & (option > 0.0))
            | over
        )  # fmt: skip
        leave = where(asked >= 0.0, asked > 0.0, leave)
        found = phase + leave
        eased = (phase >= 4.0) & (phase <= 5.0) & (rung <= minimum(crest - 2.0, 3.0)) & ~over
        found = where(eased, 3.0, found)
        found = where((clause > 0.0) & (found < 4.0) & (rung > 2.0), 4.0, found)
        return where((rung >= 6.0) & (found < 5.0), 5.0, found)

    return prompted


def temperature(rung: Cells, worst: Cells, calm: Cells) -> Cells:
    """1 stable, 2 settlement, 3 pressure, 4 confrontation, 5 hostilities."""
    settling = (worst >= 4.0) & (calm > 0.0)
    return (
        1.0 + settling + (rung > 2.0) * 2.0 * ~settling + (rung >= 4.0) * ~settling + (rung >= 6.0)
    )


def _severe(turn: Turn) -> Cells:
    """Whether an ally holds a report of severity .5 or more, at confidence .6 or more."""
    held = (turn["intelligence.seen"] > 0.0) & (turn["intelligence.confidence"] >= 0.6)
    grave = (turn["intelligence.severity"] >= 0.5) & (turn["intelligence.live"] > 0.0)
    return (held & grave).any("ally", "report")


def _rung(turn: Turn) -> tuple[Cells, Only]:
    """The highest rung anybody stands on, and who does or did, as a source."""
    now, was = turn["deterrence.level"], turn.was("deterrence.level")
    top = now.max("adversary", "theatre")

    def there() -> Cells:
        return now.equals(top) | was.equals(was.max("adversary", "theatre"))

    return top, Only("deterrence.level", there)


def count(turn: Turn) -> None:
    """How long it has been quiet, and how high this crisis has gone."""
    rung, highest = _rung(turn)
    quiet, calm = rung <= 2.0, turn[CALM]
    unrest = Only("deterrence.level", turn["deterrence.level"] > 2.0)
    turn.post(
        CALM,
        Term("quiet", quiet * turn.weeks, of=("deterrence.level",), says="Nobody went further."),
        Term("unrest", -(~quiet * calm), of=(unrest,), says="An adversary climbed."),
    )
    worst, over = turn[WORST], calm + quiet * turn.weeks >= 8.0
    turn.post(
        WORST,
        Term("climbed", maximum(rung - worst, 0.0), of=(highest,),
             says="An adversary stood higher than before."),
        Term("over", -(over * maximum(worst - rung, 0.0)), of=(CALM,),
             says="It has been quiet for long enough."),
    )  # fmt: skip


def move(turn: Turn) -> None:
    """The chair moves the phase; nothing else does."""
    order, phase, prompt = turn.order(MOVE), turn[PHASE], turn[PROMPT]
    chosen = where(order.equals(2.0), prompt - phase, order * (abs(order) <= 1.0))
    turn.post(
        PHASE,
        Term("the chair", chosen, of=(MOVE,), says="{ally}, in the chair, moved it."),
    )
    rung, highest = _rung(turn)
    planning = phase >= 4.0
    gap = rung - turn[CREST]
    turn.post(
        CREST,
        Term("climbed", planning * maximum(gap, 0.0), of=(highest,),
             says="An adversary stood higher than before."),
        Term("no plan yet", ~planning * gap, of=(highest, PHASE),
             says="Planning has not begun."),
    )  # fmt: skip


def prompt(turn: Turn) -> None:
    """Which phase's conditions are met, and how hot the crisis is."""
    rung, highest = _rung(turn)
    texts = turn["council.strategy"].sum("strategy") + turn["council.adopted"].sum("motion")
    option = maximum(
        maximum(turn["council.mandate"].max("theatre"), turn["council.sanctioned"].max("package")),
        turn["council.joined"].max("ally", "motion"),
    )
    fill = (turn["forces.fill"] * (turn["council.mandate"] > 0.0)).max("theatre")
    turn.derive(
        PROMPT, conditions(turn[SHARED], turn[ALARMED], turn[FILLED], turn[QUIET]),
        Given("phase", turn[PHASE], (PHASE,)),
        Given("view", turn["threat.shared_view"], ("threat.shared_view",)),
        Given("alarm", turn["threat.level"].max("adversary"), ("threat.level",)),
        Given("known", _severe(turn), ("intelligence.seen", "intelligence.confidence",
                                       "intelligence.severity", "intelligence.live")),
        Given("assessed", texts, ("council.strategy", "council.adopted")),
        Given("option", option, ("council.mandate", "council.sanctioned", "council.joined")),
        Given("fill", fill, ("forces.fill", "council.mandate")),
        Given("clause", turn["council.determined"].max("treaty"), ("council.determined",)),
        Given("rung", rung, (highest,)),
        Given("crest", turn[CREST], (CREST,)),
        Given("calm", turn[CALM], (CALM,)),
        Given("asked", turn[ASKED], (ASKED,)),
    )  # fmt: skip
    turn.derive(
        CLIMATE, temperature,
        Given("rung", rung, (highest,)),
        Given("worst", turn[WORST], (WORST,)),
        Given("calm", turn[CALM], (CALM,)),
    )  # fmt: skip


def habit(eyes: Eyes) -> None:
    """An absent chair follows the prompt, one step a turn."""
    gap = eyes[PROMPT] - eyes[PHASE]
    eyes.order(MOVE, 1.0 * (gap > 0.0) - (gap < 0.0))


RULE = Rule(
    "phases",
    says="An alliance works through a crisis in phases; conditions prompt, the chair decides.",
    fields=(PHASE, CALM, CREST, WORST, ASKED, PROMPT, CLIMATE),
    decisions=(MOVE,),
    parameters=(SHARED, ALARMED, FILLED, QUIET),
    reads=(
        "deterrence.level", "threat.shared_view", "threat.level", "intelligence.seen",
        "intelligence.confidence", "intelligence.severity", "intelligence.live",
        "council.strategy", "council.adopted", "council.mandate", "council.sanctioned",
        "council.joined", "council.determined", "forces.fill",
    ),
    steps=(
        Step("phase", count),
        Step("phase", move),
        Step("phase", prompt, opening=True),
    ),
    unmanned=(Habit("orders", habit),),
)  # fmt: skip
