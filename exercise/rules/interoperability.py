"""Interoperability: forces that have trained together err less, and skills fade.

Each pair of allies has learnt, through exercises, standards and shared kit, to work together, and
forgets it over years. Each command post keeps its drill for months. Where two nations' forces
stand in one theatre they may misunderstand each other: the less they have drilled, and the less
they know each other, the likelier. Exercises close to an adversary show resolve and provoke at
once, less where they are announced (Vienna Document practice). Signs are general knowledge;
sizes are design judgement.
"""

from __future__ import annotations

from exercise.engine.cells import Cells, clip
from exercise.engine.declare import (
    ALLIED,
    PUBLIC,
    Chance,
    Check,
    Cost,
    Decision,
    Field,
    Given,
    Habit,
    Own,
    Parameter,
    Part,
    Rule,
    Step,
    Term,
)
from exercise.engine.ledger import Origin
from exercise.engine.rates import chance, decay
from exercise.engine.roster import Roster
from exercise.engine.turn import Turn
from exercise.eyes import Eyes

FADES = Parameter("interoperability.fades", 104, 26, 520, "weeks", "design judgement", "J",
                  says="How long half of what a pair has learnt lasts.")  # fmt: skip
GAIN = Parameter("interoperability.gain", 0.06, 0.0, 0.2, "per step of scale", "design judgement",
                 "J", says="What an exercise teaches a pair that knows nothing.")  # fmt: skip
STANDARD_GAIN = Parameter("interoperability.standard_gain", 0.04, 0.0, 0.2, "per standard",
                          "design judgement", "J",
                          says="What a common standard gives a pair.")  # fmt: skip
KIT_GAIN = Parameter("interoperability.kit_gain", 0.002, 0.0, 0.02, "per week", "design judgement",
                     "J", says="What buying together gives a pair.")  # fmt: skip
DRILL_FADES = Parameter("interoperability.drill_fades", 26, 4, 104, "weeks", "design judgement",
                        "J", says="How long half of a drill lasts.")  # fmt: skip
DRILL_GAIN = Parameter("interoperability.drill_gain", 0.2, 0.05, 0.5, "per drill",
                       "design judgement", "J",
                       says="What a command-post drill teaches.")  # fmt: skip
FRICTION_MOST = Parameter("interoperability.friction_most", 0.4, 0.0, 0.8, "share",
                          "design judgement", "J",
                          says="What forces lose that cannot work together at all.")  # fmt: skip
ERROR = Parameter("interoperability.error", 0.10, 0.0, 0.5, "chance per week", "design judgement",
                  "J",
                  says="The chance of a misunderstanding between untrained forces.")  # fmt: skip
SETTLES = Parameter("interoperability.settles", 2.0, 0.5, 12.0, "weeks", "design judgement", "J",
                    says="How long half of a mishap's effect lasts.")  # fmt: skip


def _pairs(roster: Roster) -> dict[tuple[str, ...], float]:
    """Every pair of allies half knows how the other works; each knows itself."""
    allies = roster.of("ally")
    return {(a, b): 1.0 if a == b else 0.5 for a in allies for b in allies}


INTEROP = Field(
    "interoperability.interop", ("ally", "ally@to"), unit="index", start=_pairs, seen=ALLIED,
    says="How well forces of {ally} and {ally@to} can work together.",
    rises="{ally} and {ally@to} work together better",
    falls="{ally} and {ally@to} work together less well",
    bands=("strangers", "acquainted", "practised", "as one"), good="up",
)  # fmt: skip
DRILL = Field(
    "interoperability.drill", "ally", unit="index", start=0.4, seen=Own("ally"), good="up",
    says="How well the command posts of {ally} are drilled.",
    rises="Command posts of {ally} are better drilled", falls="Command posts of {ally} grow rusty",
    bands=("rusty", "fair", "good", "sharp"),
)  # fmt: skip
STANDARD = Field(
    "interoperability.standard", "ally", unit="index", start=0.5, seen=ALLIED, good="up",
    says="How far {ally} works by common standards.",
    rises="{ally} adopted a common standard", falls="{ally} dropped a common standard",
    bands=("own ways", "some", "most", "all"),
)  # fmt: skip
MISHAP = Field(
    "interoperability.mishap", ("ally", "ally@to"), unit="share", seen=ALLIED, good="down",
    says="How far a misunderstanding still hampers {ally} and {ally@to}.",
    rises="{ally} and {ally@to} misunderstood each other",
    falls="{ally} and {ally@to} have cleared up a misunderstanding",
    bands=("none", "some", "much", "grave"),
)  # fmt: skip
SHOW = Field(
    "interoperability.show", ("ally", "theatre"), unit="scale", high=3, seen=PUBLIC,
    says="How large an exercise {ally} held in {theatre} this turn.",
    rises="{ally} held an exercise in {theatre}", falls="{ally} held a smaller exercise, or none",
    bands=("none", "small", "medium", "large"),
)  # fmt: skip
PROVOCATION = Field(
    "interoperability.provocation", "theatre", unit="scale", high=24, seen=PUBLIC, good="down",
    says="How much exercises in {theatre} provoked this turn; announced ones count half.",
    rises="Exercises in {theatre} provoked", falls="Exercises in {theatre} provoked less",
)  # fmt: skip
FRICTION = Field(
    "interoperability.friction", (), unit="share", start=1.0, seen=ALLIED, kind="derived",
    parts=(
        Part("interop", ("ally", "ally@to"), says="{ally} and {ally@to} learnt or forgot."),
        Part("mishap", ("ally", "ally@to"), says="{ally} and {ally@to} had, or mended, a mishap."),
    ),
    says="What share of their worth allied forces keep when they work together: 1 is no friction.",
    rises="Allied forces work together more smoothly", falls="Friction among allied forces grew",
    bands=("ruinous", "heavy", "noticeable", "slight"), good="up",
)  # fmt: skip


def _may_exercise(eyes: Eyes) -> list[Check]:
    return [Check(~eyes.me("ally@to"), "an exercise needs a partner", "Choose an ally.")]


EXERCISE = Decision(
    "interoperability.exercise", ("ally@to", "theatre"),
    tells={
        "small": "Hold a small exercise with {ally@to} in {theatre}",
        "medium": "Hold an exercise with {ally@to} in {theatre}",
        "large": "Hold a large exercise with {ally@to} in {theatre}",
    },
    says="Exercise with {ally@to} in {theatre}",
    levels={"small": 1.0, "medium": 2.0, "large": 3.0}, cost=Cost(staff=3, money=5), seen=PUBLIC,
    allowed=_may_exercise,
    consequence="You learn to work together; everybody sees it, and near an adversary it provokes.",
)  # fmt: skip
NOTIFY = Decision(
    "interoperability.notify", "theatre", says="Announce this turn's exercises in {theatre}",
    levels={"announce": 1.0}, cost=Cost(staff=0.25), seen=PUBLIC,
    consequence="They alarm half as much.",
)  # fmt: skip
DRILL_NOW = Decision(
    "interoperability.train", (), says="Drill your command posts", levels={"drill": 1.0},
    cost=Cost(staff=1),
    consequence="Fewer misunderstandings for some months.",
)  # fmt: skip
ADOPT = Decision(
    "interoperability.adopt", (), says="Adopt a common standard", levels={"adopt": 1.0},
    cost=Cost(staff=2, capital=1, money=2), seen=ALLIED,
    consequence="Work with everyone who uses it becomes easier, slowly and for good.",
)  # fmt: skip


def joint_value(interop: Cells, most: float) -> Cells:
    """1 − most·(1 − mean over pairs of different allies)."""
    allies = interop.data.shape[0]
    pairs = float(max(allies * (allies - 1), 1))
    known = (interop.sum("ally", "ally@to") - float(allies)) / pairs
    return 1.0 - most * clip(1.0 - known)


def learn(turn: Turn) -> None:
    """Pairs learn from exercises, standards and shared kit, and forget with time."""
    interop, others = turn[INTEROP], 1.0 - turn.same("ally", "ally@to")
    scale = turn.order(EXERCISE).max("theatre") * others
    back = scale.named({"ally": "ally@to", "ally@to": "ally"})
    invited = Origin("order", EXERCISE.name, ("ally@to", "ally", "theatre"))
    room = 1.0 - interop
    forgotten = (1.0 - decay(turn[FADES], turn.weeks)) * interop * others
    both = turn[STANDARD] * turn[STANDARD].turned(ally="ally@to")
    adopted = turn.order(ADOPT)
    shared = (adopted + adopted.turned(ally="ally@to")) * both * others
    bought = turn["industry.joint"]
    kit = bought * bought.named({"ally": "ally@to", "ally@to": "ally"}) * others
    turn.post(
        INTEROP,
        Term("exercised", scale * room * turn[GAIN], of=(EXERCISE, GAIN),
             says="{ally} held an exercise with {ally@to}."),
        Term("exercised as a guest", back * room * turn[GAIN], of=(invited, GAIN),
             says="{ally@to} held an exercise with {ally}."),
        Term("standards", shared * room * turn[STANDARD_GAIN], of=(ADOPT, STANDARD, STANDARD_GAIN),
             says="A common standard made work easier."),
        Term("shared kit", kit * room * (1.0 - decay(0.7 / turn[KIT_GAIN], turn.weeks)),
             of=("industry.joint", KIT_GAIN), says="{ally} and {ally@to} buy the same kit."),
        Term("skills fade", -forgotten, of=(INTEROP, FADES), says="What is not used is forgotten."),
    )  # fmt: skip
    drill, drilled = turn[DRILL], turn.order(DRILL_NOW) > 0.0
    held = (turn.order(EXERCISE) > 0.0).any("ally@to", "theatre")
    lost = (1.0 - decay(turn[DRILL_FADES], turn.weeks)) * drill
    turn.post(
        DRILL,
        Term("drilled", drilled * (1.0 - drill) * turn[DRILL_GAIN], of=(DRILL_NOW, DRILL_GAIN),
             says="{ally} drilled its command posts."),
        Term("exercised", held * (1.0 - drill) * turn[DRILL_GAIN] * 0.5, of=(EXERCISE, DRILL_GAIN),
             says="The exercise of {ally} drilled its command posts too."),
        Term("drill fades", -lost, of=(DRILL, DRILL_FADES), says="Drill fades with time."),
    )  # fmt: skip
    standard = turn[STANDARD]
    turn.post(
        STANDARD,
        Term("adopted", (adopted > 0.0) * (1.0 - standard) * 0.2, of=(ADOPT,),
             says="{ally} adopted a common standard."),
    )  # fmt: skip


def show(turn: Turn) -> None:
    """What exercises showed this turn, to friends and to others."""
    scale = turn.order(EXERCISE)
    largest = scale.max("ally@to")
    told = (turn.order(NOTIFY) > 0.0).max("ally")
    turn.post(
        SHOW,
        Term("exercise", largest, of=(EXERCISE,), says="{ally} exercised there."),
        Term("a turn ago", -turn[SHOW], of=(SHOW,), says="The last exercise is over."),
    )  # fmt: skip
    turn.post(
        PROVOCATION,
        Term("exercise", largest, of=(EXERCISE,), says="{ally} exercised there."),
        Term("announced", -(largest * told * 0.5), of=(EXERCISE, NOTIFY),
             says="The exercise of {ally} had been announced."),
        Term("a turn ago", -turn[PROVOCATION], of=(PROVOCATION,),
             says="The last exercises are over."),
    )  # fmt: skip


def err(turn: Turn) -> None:
    """Two nations' forces in one theatre may misunderstand each other."""
    own, others = turn.belongs("unit", "ally"), 1.0 - turn.same("ally", "ally@to")
    there = (turn["logistics.destination"] * turn["logistics.arrived"] * own).max("unit")
    together = (there * there.turned(ally="ally@to")).max("theatre") * others
    drill = turn[DRILL]
    skill = (drill + drill.turned(ally="ally@to")) * 0.5
    weekly = turn[ERROR] * (1.0 - skill) * (1.5 - turn[INTEROP])
    slips = turn.roll("misunderstanding", "ally", "ally@to") < chance(weekly * 0.5, turn.weeks)
    mutual = slips | slips.named({"ally": "ally@to", "ally@to": "ally"})
    mishap = turn[MISHAP]
    turn.post(
        MISHAP,
        Term("misunderstanding", together * mutual * (1.0 - mishap) * 0.5,
             of=(Chance("misunderstanding"), ERROR, "logistics.arrived"),
             says="Forces of {ally} and {ally@to} misunderstood each other."),
        Term("cleared up", -((1.0 - decay(turn[SETTLES], turn.weeks)) * mishap),
             of=(MISHAP, SETTLES), says="They cleared it up in part."),
    )  # fmt: skip


def measure(turn: Turn) -> None:
    """What allied forces keep of their worth when they work together."""
    most = turn[FRICTION_MOST]
    turn.derive(
        FRICTION,
        lambda interop, mishap: joint_value(interop * (1.0 - mishap), most),
        Given("interop", turn[INTEROP], (INTEROP, FRICTION_MOST)),
        Given("mishap", turn[MISHAP], (MISHAP,)),
    )


def habit(eyes: Eyes) -> None:
    """An absent seat drills when rusty, and once afraid exercises with the ally it knows least."""
    fear = eyes.own("threat.threat").max("adversary")
    eyes.order(DRILL_NOW, 1.0, when=eyes.own(DRILL) < 0.45)
    known = eyes.own(INTEROP)
    least = known.equals(known.min("ally@to"))
    names = eyes.roster.of("ally")
    rank = eyes.each("ally@to", [1.0 - 0.001 * k for k in range(len(names))]) * least
    partner = rank.equals(rank.max("ally@to")) * least
    need = eyes["forces.required"]
    place = need.equals(need.max("theatre")) * (need > 0.0)
    order = eyes.each("theatre", [1.0 - 0.001 * k for k in range(len(eyes.roster.of("theatre")))])
    place = place * (order * place).equals((order * place).max("theatre"))
    rare = eyes.roll("exercise") < 0.08  # about one exercise in twelve turns
    planned = eyes.order(EXERCISE, 1.0, when=rare * (fear > 0.4) * partner * place)
    eyes.order(NOTIFY, 1.0, when=planned.max("ally@to") * (fear < 0.7))


RULE = Rule(
    "interoperability",
    says="Allies that train together work together; skills fade.",
    fields=(INTEROP, DRILL, STANDARD, MISHAP, SHOW, PROVOCATION, FRICTION),
    decisions=(EXERCISE, NOTIFY, DRILL_NOW, ADOPT),
    parameters=(
        FADES, GAIN, STANDARD_GAIN, KIT_GAIN, DRILL_FADES, DRILL_GAIN, FRICTION_MOST, ERROR,
        SETTLES,
    ),
    reads=("industry.joint", "logistics.arrived", "logistics.destination"),
    steps=(
        Step("interoperability", learn),
        Step("interoperability", show),
        Step("interoperability", err),
        Step("interoperability", measure, opening=True),
    ),
    unmanned=(Habit("orders", habit),),
)  # fmt: skip
