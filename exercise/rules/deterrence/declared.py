"""What deterrence keeps account of, and what an ally may order: fields and decisions."""

from __future__ import annotations

from exercise.engine.cells import (
    Cells,
)
from exercise.engine.declare import (
    ALLIED,
    CONTROL,
    PUBLIC,
    Check,
    Cost,
    Decision,
    Field,
    Own,
    Part,
)
from exercise.eyes import Eyes

LEVEL = Field(
    "deterrence.level", ("adversary", "theatre"), unit="rung", high=8, start=1.0, seen=PUBLIC,
    title="{adversary} in {theatre}",
    news=3,
    says="How far {adversary} has climbed in {theatre}, from 0 (steps back) to 8.", good="down",
    rises="{adversary} climbed higher in {theatre}", falls="{adversary} eased in {theatre}",
    bands=("steps back", "waits", "presses", "coerces", "builds up", "breaches", "attacks",
           "invades", "nuclear use"),
)  # fmt: skip
TENSION = Field(
    "deterrence.tension", ("theatre",), unit="index", start=0.2, seen=PUBLIC, good="down",
    title="Tension in {theatre}",
    news=1.8,
    says="How tense things are in {theatre}.",
    rises="Tension in {theatre} rose", falls="Tension in {theatre} eased",
    bands=("calm", "uneasy", "tense", "at breaking point"),
)  # fmt: skip
WILL = Field(
    "deterrence.will", ("ally",), news=0.4,
    unit="index", seen=(CONTROL, Own("ally")), kind="derived",
    good="up",
    parts=(
        Part("support", ("ally",), says="Opinion at home moved."),
        Part("threat", ("ally",), says="{ally} judged the threat anew."),
        Part("reputation", ("ally",), says="The word of {ally} counts otherwise."),
        Part("capital", ("ally",), says="The government has more, or less, room."),
    ),
    says="How far {ally} is willing to act if it comes to it.",
    rises="{ally} is more willing to act", falls="{ally} is less willing to act",
    bands=("unwilling", "reluctant", "willing", "resolved"),
)  # fmt: skip
SIGNAL = Field(
    "deterrence.signal", ("ally",), unit="index", low=0.2, start=0.5, seen=PUBLIC, good="up",
    news=0.4,
    says="How loudly the words and moves of {ally} say that it will act.",
    rises="{ally} has made its resolve plainer", falls="The resolve of {ally} is less plain",
    bands=("silent", "muted", "plain", "unmistakable"),
)  # fmt: skip
POSTURE = Field(
    "deterrence.posture", ("ally", "theatre"), unit="index", seen=PUBLIC, kind="choice",
    says="Where {ally} keeps its forces in {theatre}: 0 none, 0.5 in the rear, 1 at the border.",
    rises="{ally} moved its forces forward in {theatre}",
    falls="{ally} pulled its forces back in {theatre}",
    bands=("none", "in the rear", "at the border"),
)  # fmt: skip
HOTLINE = Field(
    "deterrence.hotline", ("adversary",), unit="yes/no", seen=PUBLIC, kind="choice",
    says="Whether there is a hotline to {adversary}.",
    rises="A hotline to {adversary} was opened", falls="The hotline to {adversary} was closed",
)  # fmt: skip
LINE = Field(
    "deterrence.line", ("ally", "adversary"), unit="rung", high=8, seen=PUBLIC, kind="choice",
    says="The rung at which {ally} has threatened to answer {adversary}; 0 for no threat.",
    rises="{ally} drew a line for {adversary}", falls="The threat of {ally} is off the table",
)  # fmt: skip
DUE = Field(
    "deterrence.due", ("ally", "adversary"), unit="yes/no", seen=PUBLIC,
    says="Whether {adversary} has crossed the line of {ally}, which must now answer.",
    rises="{adversary} crossed the line of {ally}", falls="The matter of the line is settled",
)  # fmt: skip
CALLED = Field(
    "deterrence.called", ("ally", "adversary"), unit="yes/no", seen=PUBLIC, good="down",
    says="Whether {adversary} called a bluff of {ally} this turn.",
    rises="{adversary} called the bluff of {ally}", falls="The called bluff is a turn old",
)  # fmt: skip
STRUCK = Field(
    "deterrence.struck", ("ally", "theatre"), unit="index", seen=PUBLIC,
    says="How heavily {ally} struck in {theatre} this turn.",
    rises="{ally} struck in {theatre}", falls="{ally} struck less in {theatre} than before",
)  # fmt: skip
ENEMY_FORCE = Field(
    "deterrence.enemy_force", ("adversary", "theatre"), unit="brigades", high=100, start=1.0,
    seen=(CONTROL, Own("adversary")),
    says="The force {adversary} can bring to bear in {theatre}.",
    rises="{adversary} is stronger in {theatre}", falls="{adversary} is weaker in {theatre}",
)  # fmt: skip
FAIT = Field(
    "deterrence.fait_accompli", ("theatre",), unit="days", low=1, high=365, start=21.0,
    seen=CONTROL,
    says="How long an adversary needs to make its gain in {theatre} a fact.",
    rises="A quick gain in {theatre} takes longer", falls="A gain in {theatre} can be quicker",
)  # fmt: skip
CAPABILITY = Field(
    "deterrence.capability", ("theatre",), unit="index", seen=CONTROL, kind="derived", good="up",
    parts=(
        Part("present", ("theatre",), says="Usable force in {theatre} changed."),
        Part("arriving", ("theatre",), says="Force on its way to {theatre} changed."),
        Part("wait", ("theatre",), says="Force on its way comes earlier, or later."),
        Part("fact", ("theatre",), says="The adversary needs more, or less, time."),
        Part("enemy", ("theatre",), says="The adversary's force in {theatre} changed."),
    ),
    says="How far the allies could stop a move in {theatre} in time.",
    rises="The allies could do more in {theatre}", falls="The allies could do less in {theatre}",
    bands=("none", "thin", "fair", "ample"),
)  # fmt: skip
RESOLVE = Field(
    "deterrence.resolve", ("theatre",), unit="index", seen=CONTROL, kind="derived", good="up",
    parts=(
        Part("will", ("ally",), says="{ally} is more, or less, willing."),
        Part("usable", ("ally",), says="{ally} brings more, or less, usable force."),
        Part("bound", ("ally", "theatre"), says="{ally} is bound otherwise to act in {theatre}."),
    ),
    says="The allies' will to act in {theatre}, weighed by the force each can use.",
    rises="The will to act in {theatre} grew", falls="The will to act in {theatre} faded",
    bands=("unwilling", "reluctant", "willing", "resolved"),
)  # fmt: skip
CREDIBILITY = Field(
    "deterrence.credibility", ("theatre",), news=1.5,
    title="Deterrence in {theatre}, true",
    unit="index", seen=CONTROL, kind="derived", good="up",
    parts=(
        Part("capability", ("theatre",), says="What the allies could do in {theatre} changed."),
        Part("resolve", ("theatre",), says="The will to act in {theatre} changed."),
        Part("signal", (), says="The allies' resolve is more, or less, plain."),
        Part("cohesion", (), says="The allies stand together more, or less."),
        Part("tripwire", ("theatre",), says="Forward presence in {theatre} changed."),
    ),
    says="How far deterrence in {theatre} is credible: capability, will, signal and cohesion.",
    rises="Deterrence in {theatre} is more credible",
    falls="Deterrence in {theatre} is less credible",
    bands=("hollow", "doubtful", "serious", "certain"),
)  # fmt: skip
ESTIMATE = Field(
    "deterrence.estimate", ("theatre",), unit="index", seen=ALLIED, good="up",
    title="Deterrence in {theatre}, our view",
    news=1.6,
    says="How credible the allies' own staffs take deterrence in {theatre} to be.",
    rises="Staffs think better of deterrence in {theatre}",
    falls="Staffs think less of deterrence in {theatre}",
    bands=("hollow", "doubtful", "serious", "certain"),
)  # fmt: skip
MISREAD = Field(
    "deterrence.misread", ("theatre",), unit="acts", high=1000, seen=CONTROL, good="down",
    news=1.5,
    says="How many acts in {theatre} have landed higher than they were meant.",
    rises="An act in {theatre} landed higher than it was meant", falls="It was set right",
)  # fmt: skip
CLASH = Field(
    "deterrence.clash", ("theatre",), unit="yes/no", seen=PUBLIC, good="down",
    news=3,
    says="Whether there was a minor clash in {theatre} this turn.",
    rises="There was a clash in {theatre}", falls="The clash in {theatre} is a turn old",
)  # fmt: skip
GROUND = Field(
    "deterrence.ground", ("theatre",), unit="share", start=1.0, seen=PUBLIC, good="up",
    news=2,
    says="How much of {theatre} the allies hold.",
    rises="The allies took ground in {theatre}", falls="The allies lost ground in {theatre}",
    bands=("lost", "contested", "mostly held", "held"),
)  # fmt: skip
LOSSES = Field(
    "deterrence.losses", ("theatre",), unit="share", seen=ALLIED, good="down",
    says="What share of the allied force in {theatre} was lost this turn.",
    rises="Allied losses in {theatre} grew", falls="Allied losses in {theatre} shrank",
)  # fmt: skip
CASUALTIES = Field(
    "deterrence.casualties", ("ally",), unit="people", high=1_000_000, seen=PUBLIC, good="down",
    news=3,
    says="How many soldiers of {ally} were killed or wounded this turn.",
    rises="{ally} lost more soldiers", falls="{ally} lost fewer soldiers",
)  # fmt: skip
WAR = Field(
    "deterrence.war", (), unit="yes/no", seen=PUBLIC, good="down",
    news=5,
    says="Whether it has come to war: an invasion, rung 7.",
    rises="It has come to war", falls="The war was called off",
)  # fmt: skip


def own_force(eyes: Eyes) -> Cells:
    """Where this ally has usable force standing, as a mask over theatres."""
    there = eyes["logistics.arrived"] * eyes["forces.usable"] * eyes.mine("unit")
    return ((there * eyes["logistics.destination"]).sum("unit")) > 0.0


def _has_force(eyes: Eyes) -> list[Check]:
    return [
        Check(own_force(eyes) | (eyes.own(POSTURE) > 0.0), "You have no usable force there.",
              "Move a unit to the theatre first."),
    ]  # fmt: skip


def _may_strike(eyes: Eyes) -> list[Check]:
    attacked = (eyes[LEVEL] >= 6.0).any("adversary")
    mandated = eyes["council.force_mandate"] > 0.0
    return [
        Check(own_force(eyes), "You have no usable force there.",
              "Move a unit to the theatre first."),
        Check(mandated | attacked, "No council has mandated force there, and nobody has attacked.",
              "Table a text that mandates force."),
    ]  # fmt: skip


TAKE_POSTURE = Decision(
    "deterrence.take_posture", ("theatre",), says="Set your forces' posture in {theatre}",
    tells={
        "at the border": "Post your forces at the border in {theatre}",
        "in the rear": "Post your forces in the rear in {theatre}",
        "stand down": "Stand your forces down in {theatre}",
    },
    levels={"at the border": 1.0, "in the rear": 0.5, "stand down": -1.0}, low=-1.0,
    allowed=_has_force, seen=PUBLIC,
    consequence="At the border they are a tripwire and raise tension; in the rear half of both.",
)  # fmt: skip
THREATEN = Decision(
    "deterrence.threaten", ("adversary",), seen=PUBLIC, cost=Cost(staff=1, capital=2),
    tells={
        "a build-up": "Threaten in public to answer a build-up by {adversary}",
        "a breach": "Threaten in public to answer a breach by {adversary}",
        "an attack": "Threaten in public to answer an attack by {adversary}",
        "take it back": "Take back your threat to {adversary}",
    },
    says="Threaten in public to answer {adversary}, should it come to",
    levels={"a build-up": 4.0, "a breach": 5.0, "an attack": 6.0, "take it back": -1.0},
    low=-1.0, high=8.0, unit="rung",
    consequence="Your resolve is plainer. If the line is crossed and you do not answer within a "
    "turn (forces, posture, sanctions, a strike), your bluff is called.",
)  # fmt: skip
REASSURE = Decision(
    "deterrence.reassure", ("adversary",), says="Assure {adversary} that you mean no attack",
    levels={"reassure": 1.0}, seen=PUBLIC,
    consequence="Tension eases a little; some allies may wonder.",
)  # fmt: skip
CALL = Decision(
    "deterrence.call", ("adversary",), says="Open a hotline to {adversary}",
    tells={"open": "Open a hotline to {adversary}", "close": "Close the hotline to {adversary}"},
    levels={"open": 1.0, "close": -1.0}, low=-1.0, seen=PUBLIC,
    consequence="Fewer acts are misread; it changes nobody's aims.",
)  # fmt: skip
STRIKE = Decision(
    "deterrence.strike", ("theatre",), says="Strike the adversary's forces in {theatre}",
    tells={
        "limited": "Strike the adversary's forces in {theatre}, with limits",
        "heavy": "Strike the adversary's forces in {theatre} heavily",
    },
    levels={"limited": 0.5, "heavy": 1.0}, cost=Cost(staff=2, capital=6), allowed=_may_strike,
    seen=PUBLIC,
    consequence="The adversary's force shrinks, tension leaps, and a threat is made good.",
)  # fmt: skip

FIELDS = (
    LEVEL,
    TENSION,
    WILL,
    SIGNAL,
    POSTURE,
    HOTLINE,
    LINE,
    DUE,
    CALLED,
    STRUCK,
    ENEMY_FORCE,
    FAIT,
    CAPABILITY,
    RESOLVE,
    CREDIBILITY,
    ESTIMATE,
    MISREAD,
    CLASH,
    GROUND,
    LOSSES,
    CASUALTIES,
    WAR,
)
DECISIONS = (
    TAKE_POSTURE,
    THREATEN,
    REASSURE,
    CALL,
    STRIKE,
)
