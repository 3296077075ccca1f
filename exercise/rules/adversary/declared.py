"""What an adversary is, knows and may order: fields and decisions."""

from __future__ import annotations

from collections.abc import Callable

from exercise.engine.declare import CONTROL, PUBLIC, Check, Cost, Decision, Field, Own, Part
from exercise.engine.roster import Roster
from exercise.eyes import Eyes
from exercise.rules.adversary.ladder import NUCLEAR, RUNG_OF, RUNGS, STEPS_UP

HIDDEN = (CONTROL, Own("adversary"))


def _of_actors(key: str) -> Callable[[Roster], dict[tuple[str, ...], float]]:
    """Start values that a scenario gives each adversary under `actors`."""

    def start(roster: Roster) -> dict[tuple[str, ...], float]:
        actors = roster.scenario.actors if roster.scenario is not None else {}
        return {
            (name,): float(getattr(actors[name], key, 0.5)) if name in actors else 0.5
            for name in roster.of("adversary")
        }

    return start


def _mountable(roster: Roster) -> dict[tuple[str, ...], float]:
    """At the start an adversary can mount everything but nuclear acts."""
    return {
        (name, act): float(act not in NUCLEAR)
        for name in roster.of("adversary")
        for act in roster.of("act")
    }


STAKE = Field(
    "adversary.stake", ("adversary",), unit="index", start=_of_actors("stake"), seen=HIDDEN,
    says="How much {adversary} cares about its aim.",
    rises="More is at stake for {adversary}", falls="Less is at stake for {adversary}",
    bands=("a side issue", "some", "much", "everything"),
)  # fmt: skip
RISK = Field(
    "adversary.risk", ("adversary",), unit="index", start=_of_actors("risk"), seen=HIDDEN,
    says="How much risk {adversary} bears.",
    rises="{adversary} bears more risk", falls="{adversary} has grown careful",
    bands=("careful", "measured", "bold", "reckless"),
)  # fmt: skip
AIM = Field(
    "adversary.aim", ("adversary", "theatre"), unit="index", start=1.0, seen=HIDDEN,
    says="How far what {adversary} wants lies in {theatre}.",
    rises="{adversary} wants more in {theatre}", falls="{adversary} wants less in {theatre}",
    bands=("nothing", "little", "much", "all of it"),
)  # fmt: skip
TRADE = Field(
    "adversary.trade", ("adversary",), unit="share", start=0.3, seen=PUBLIC,
    says="How much of the trade of {adversary} hangs on the allies.",
    rises="{adversary} trades more with the allies", falls="{adversary} trades less with them",
    bands=("hardly any", "some", "much", "most"),
)  # fmt: skip
MOUNT = Field(
    "adversary.mount", ("adversary", "act"), unit="yes/no", start=_mountable, seen=HIDDEN,
    says="Whether {adversary} can mount: {act}.",
    rises="{adversary} can now mount: {act}", falls="{adversary} can no longer mount: {act}",
)  # fmt: skip
CAP = Field(
    "adversary.cap", ("adversary",), unit="rung", low=1, high=8, start=7.0, seen=HIDDEN,
    says="The highest rung that control lets {adversary} climb to.",
    rises="Control lets {adversary} climb higher", falls="Control holds {adversary} lower",
)  # fmt: skip
SEEN_COHESION = Field(
    "adversary.seen_cohesion", ("adversary",), unit="index", start=0.6, seen=HIDDEN,
    says="How united the allies look to {adversary}.",
    rises="The allies look more united to {adversary}",
    falls="The allies look less united to {adversary}",
    bands=("split", "shaky", "fair", "united"),
)  # fmt: skip
SEEN_CREDIBILITY = Field(
    "adversary.seen_credibility", ("adversary", "theatre"), unit="index", start=0.5, seen=HIDDEN,
    says="How likely {adversary} thinks the allies are to meet a move in {theatre}.",
    rises="{adversary} takes the allies in {theatre} more seriously",
    falls="{adversary} takes the allies in {theatre} less seriously",
    bands=("hollow", "doubtful", "serious", "certain"),
)  # fmt: skip
CAUGHT = Field(
    "adversary.caught", ("adversary",), unit="index", seen=HIDDEN,
    says="How much less {adversary} believes since it called a bluff.",
    rises="{adversary} has called a bluff", falls="{adversary} forgets the bluff it called",
)  # fmt: skip
SATED = Field(
    "adversary.sated", ("adversary",), unit="index", seen=HIDDEN,
    says="How far {adversary} has got what it wanted.",
    rises="{adversary} has more of what it wanted", falls="{adversary} has lost what it had won",
    bands=("hungry", "partly", "largely", "satisfied"),
)  # fmt: skip
STANDSTILL = Field(
    "adversary.standstill", ("adversary",), unit="weeks", high=520, seen=HIDDEN,
    says="How long {adversary} will climb no further.",
    rises="{adversary} holds still for longer", falls="The patience of {adversary} runs out",
)  # fmt: skip
HOLD = Field(
    "adversary.hold", ("adversary", "sector"), unit="share", seen=HIDDEN, kind="derived",
    parts=(Part("dependence", ("adversary", "ally", "sector"),
                says="{ally} depends otherwise on it for {sector}."),),
    says="How far the allies hang on {adversary} for {sector}, as it reckons.",
    rises="{adversary} has more of a hold through {sector}",
    falls="{adversary} has less of a hold through {sector}",
    bands=("none", "slight", "strong", "a stranglehold"),
)  # fmt: skip
WEDGE = Field(
    "adversary.wedge", ("adversary", "ally"), unit="index", seen=HIDDEN, kind="derived",
    parts=(
        Part("dependence", ("adversary", "ally"), says="{ally} depends otherwise on it."),
        Part("support", ("ally",), says="Opinion in {ally} moved."),
        Part("guarantors", ("ally",), says="The word of {ally}'s allies counts otherwise."),
    ),
    says="How good a wedge {ally} looks to {adversary}.",
    rises="{ally} looks easier to prise away", falls="{ally} looks harder to prise away",
    bands=("none", "slight", "tempting", "open"),
)  # fmt: skip
OPEN_TRADE = Field(
    "adversary.open_trade", ("adversary",), unit="share", seen=HIDDEN, kind="derived",
    parts=(
        Part("trade", ("adversary",), says="It trades otherwise with the allies."),
        Part("coverage", ("adversary", "sector"), says="Sanctions on {sector} changed."),
    ),
    says="How much trade {adversary} still has to lose.",
    rises="{adversary} has more trade to lose", falls="{adversary} has less trade to lose",
)  # fmt: skip
CONSIDERED = Field(
    "adversary.considered", ("adversary", "theatre", "level"), unit="chance", seen=HIDDEN,
    kind="derived",
    parts=(
        Part("stake", ("adversary", "theatre"), says="{adversary} now cares otherwise."),
        Part("risk", ("adversary",), says="{adversary} bears another risk."),
        Part("cohesion", ("adversary",), says="It saw the allies' cohesion otherwise."),
        Part("credibility", ("adversary", "theatre"), says="It read credibility otherwise."),
        Part("caught", ("adversary",), says="It remembers a bluff it called."),
        Part("sated", ("adversary",), says="It has more, or less, of what it wanted."),
        Part("tension", ("theatre",), says="Tension in {theatre} changed."),
        Part("trade", ("adversary",), says="It has more, or less, trade to lose."),
        Part("company", ("adversary",), says="Another adversary breaches, or stopped."),
        Part("rung", ("adversary", "theatre"), says="It stands on another rung."),
        Part("open", ("adversary", "level"), says="Other rungs are open to it."),
        Part("bound", ("adversary",), says="It is bound to hold still, or free again."),
    ),
    says="How likely the published formula makes {adversary} choose {level} in {theatre}.",
    rises="{level} in {theatre} looks better to {adversary}",
    falls="{level} in {theatre} looks worse to {adversary}",
    bands=("unlikely", "possible", "likely", "almost certain"),
)  # fmt: skip
ACT = Field(
    "adversary.act", ("adversary", "theatre"), unit="rung", high=8, start=1.0, seen=HIDDEN,
    kind="choice", news=0.8, says="The rung {adversary} chose in {theatre}.",
    rises="{adversary} chose to climb in {theatre}", falls="{adversary} chose to ease in {theatre}",
    bands=RUNGS,
)  # fmt: skip
DONE = Field(
    "adversary.done", ("adversary", "act", "theatre"), unit="yes/no", seen=HIDDEN, kind="choice",
    says="Whether {adversary} is doing this in {theatre}: {act}.",
    rises="{adversary} in {theatre}: {act}", falls="{adversary} in {theatre}, no longer: {act}",
)  # fmt: skip
SHOWN = Field(
    "adversary.shown", ("adversary", "act", "theatre"), unit="yes/no", seen=PUBLIC, kind="choice",
    news=1,
    says="Whether all can see {adversary} doing this in {theatre}: {act}.",
    rises="{adversary} in {theatre}: {act}", falls="{adversary} in {theatre}, no longer: {act}",
)  # fmt: skip
INTENT = Field(
    "adversary.intent", ("adversary", "theatre"), unit="yes/no", seen=HIDDEN, kind="choice",
    says="Whether {adversary} means to press in {theatre}.",
    rises="{adversary} turned to {theatre}", falls="{adversary} turned away from {theatre}",
)  # fmt: skip
TARGET = Field(
    "adversary.target", ("adversary", "ally"), unit="yes/no", seen=HIDDEN, kind="choice",
    news=0.8,
    says="Whether {adversary} is trying to prise {ally} away.",
    rises="{adversary} courts {ally}", falls="{adversary} has given up on {ally}",
)  # fmt: skip
CUT = Field(
    "adversary.cut", ("adversary", "sector"), unit="share", seen=PUBLIC, kind="choice",
    says="How much of its supplies of {sector} {adversary} holds back.",
    rises="{adversary} holds back {sector}", falls="{adversary} delivers {sector} again",
    bands=("none", "some", "much", "nearly all"),
)  # fmt: skip
OFFER = Field(
    "adversary.offer", ("adversary", "ally"), unit="index", kind="choice",
    seen=(CONTROL, Own("adversary"), Own("ally")),
    news=1.5,
    says="How good the deal is that {adversary} offers {ally} alone.",
    rises="{adversary} made {ally} an offer", falls="{adversary} took back its offer to {ally}",
    bands=("none", "small", "fair", "generous"),
)  # fmt: skip


def _within_reach(eyes: Eyes) -> list[Check]:
    """What it can mount, within reach of the rung it stands on, up to where control lets it."""
    rung = eyes.each("act", RUNG_OF)
    stands = eyes.own("deterrence.level")
    return [
        Check(eyes.own(MOUNT) > 0.0, "You do not have the means for this.",
              "Choose an act that you can mount."),
        Check(rung <= stands + eyes[STEPS_UP], "That is too many rungs up from where this theatre "
              "stands.", "Climb by way of a lower rung."),
        Check(rung <= eyes.own(CAP), "Control has not opened this rung.",
              "Ask control, or choose a lower rung."),
    ]  # fmt: skip


FREE = Cost(staff=0)
DO = Decision(
    "adversary.do", ("act", "theatre"), by="adversary", says="Do this in {theatre}: {act}",
    tells={"do": "In {theatre}: {act}"},
    levels={"do": 1.0}, cost=FREE, allowed=_within_reach,
    consequence="The highest rung you act on is where the theatre will stand; it falls by no more "
    "than one rung a turn. Without an order you carry on as you were.",
)  # fmt: skip
PRESS = Decision(
    "adversary.press", ("theatre",), by="adversary", says="Press in {theatre} above all",
    levels={"press": 1.0}, cost=FREE, consequence="It is where your staff will look for openings.",
)  # fmt: skip
COURT = Decision(
    "adversary.court", ("ally",), by="adversary", says="Try to prise {ally} away from its allies",
    levels={"court": 1.0}, cost=FREE,
    consequence="What you offer and say will be aimed at {ally} until you court another.",
)  # fmt: skip
WITHHOLD = Decision(
    "adversary.withhold", ("sector",), by="adversary", says="Hold back your supplies of {sector}",
    tells={
        "a quarter": "Hold back a quarter of your supplies of {sector}",
        "half": "Hold back half of your supplies of {sector}",
        "nearly all": "Hold back nearly all of your supplies of {sector}",
        "deliver again": "Deliver {sector} again",
    },
    levels={"a quarter": 0.25, "half": 0.5, "nearly all": 0.9, "deliver again": -1.0}, low=-1.0,
    unit="share", cost=FREE, seen=PUBLIC,
    consequence="Allies who depend on you run short once their stocks are used up; you lose sales.",
)  # fmt: skip
TEMPT = Decision(
    "adversary.tempt", ("ally",), by="adversary", says="Offer {ally} a deal of its own",
    tells={
        "small": "Offer {ally} a small deal of its own",
        "fair": "Offer {ally} a fair deal of its own",
        "generous": "Offer {ally} a generous deal of its own",
        "take it back": "Take back the offer to {ally}",
    },
    levels={"small": 0.2, "fair": 0.35, "generous": 0.5, "take it back": -1.0}, low=-1.0,
    cost=FREE, seen=(Own("ally"),),
    consequence="The better the deal, the more staying outside a common front tempts {ally}.",
)  # fmt: skip

FIELDS = (
    STAKE, RISK, AIM, TRADE, MOUNT, CAP, SEEN_COHESION, SEEN_CREDIBILITY, CAUGHT, SATED,
    STANDSTILL, HOLD, WEDGE, OPEN_TRADE, CONSIDERED, ACT, DONE, SHOWN, INTENT, TARGET, CUT, OFFER,
)  # fmt: skip
DECISIONS = (DO, PRESS, COURT, WITHHOLD, TEMPT)
