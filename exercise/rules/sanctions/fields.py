"""What is known of sanctions: packages, who carries them out, what they do to whom."""

from __future__ import annotations

from exercise.engine.declare import ALLIED, CONTROL, PUBLIC, Field, Part
from exercise.engine.roster import Roster
from exercise.rules.sanctions.parameters import NORMAL


def _targets(roster: Roster) -> dict[tuple[str, ...], float]:
    packages = roster.scenario.packages if roster.scenario else {}
    return {(name, p.target): 1.0 for name, p in packages.items()}


def _depths(roster: Roster) -> dict[tuple[str, ...], float]:
    packages = roster.scenario.packages if roster.scenario else {}
    return {(n, s): depth for n, p in packages.items() for s, depth in p.sectors.items()}


def _sunsets(roster: Roster) -> dict[tuple[str, ...], float]:
    packages = roster.scenario.packages if roster.scenario else {}
    return {(name,): p.sunset_weeks for name, p in packages.items()}


def _evadable(roster: Roster) -> dict[tuple[str, ...], float]:
    sectors = roster.scenario.sectors if roster.scenario else {}
    return {(n,): sectors[n].leak if n in sectors else 0.2 for n in roster.of("sector")}


TARGET = Field(
    "sanctions.target", ("package", "adversary"), unit="yes/no", start=_targets, seen=PUBLIC,
    says="Whether “{package}” is aimed at {adversary}.",
    rises="“{package}” is now aimed at {adversary}",
    falls="“{package}” is no longer aimed at {adversary}",
    bands=("not at it", "at it"),
)  # fmt: skip
DEPTH = Field(
    "sanctions.depth", ("package", "sector"), unit="share", start=_depths, seen=PUBLIC,
    says="How deep “{package}” cuts in {sector}.",
    rises="“{package}” cuts deeper in {sector}", falls="“{package}” cuts less deep in {sector}",
    bands=("untouched", "partial", "deep", "complete"),
)  # fmt: skip
SUNSET = Field(
    "sanctions.sunset", ("package",), unit="weeks", high=1040, start=_sunsets, seen=PUBLIC,
    says="After how many weeks “{package}” lapses unless renewed; 0 for never.",
    rises="“{package}” now runs longer", falls="“{package}” now runs shorter",
)  # fmt: skip
EVADABLE = Field(
    "sanctions.evadable", ("sector",), unit="share", start=_evadable, seen=ALLIED,
    says="How much of the trade in {sector} evasion reaches in the end, under normal enforcement.",
    rises="{sector} has become easier to smuggle", falls="{sector} has become harder to smuggle",
    bands=("little", "some", "much", "most"),
)  # fmt: skip
ADOPTED = Field(
    "sanctions.adopted", ("ally", "package"), unit="share", seen=PUBLIC,
    news=0.9,
    says="How far {ally} has put “{package}” into its law.",
    rises="{ally} adopted “{package}”", falls="{ally} gave up “{package}”",
    bands=("not adopted", "in part", "in full"),
)  # fmt: skip
LEFT = Field(
    "sanctions.left", ("ally", "package"), unit="weeks", high=1040, seen=PUBLIC,
    says="For how many weeks “{package}” still runs in {ally}, where it lapses.",
    rises="{ally} renewed “{package}”", falls="“{package}” runs out in {ally}",
    bands=("out", "weeks", "months"),
)  # fmt: skip
CARVED = Field(
    "sanctions.carved", ("ally", "package", "sector"), unit="share", seen=ALLIED, good="down",
    news=0.7,
    says="How much of {sector} {ally} has carved out of “{package}”.",
    rises="{ally} carved {sector} out of “{package}”",
    falls="{ally} gave up its carve-out of {sector}",
    bands=("nothing", "part", "all"),
)  # fmt: skip
ENFORCE = Field(
    "sanctions.enforce", ("ally", "package"), unit="share", start=NORMAL, seen=ALLIED, good="up",
    says="How strictly {ally} enforces “{package}”.",
    rises="{ally} enforces “{package}” more strictly", falls="{ally} grows lax about “{package}”",
    bands=("not", "laxly", "normally", "strictly"),
)  # fmt: skip
SECONDARY = Field(
    "sanctions.secondary", ("ally", "sector"), unit="index", seen=PUBLIC,
    says="How far {ally} punishes third parties that supply {sector} all the same.",
    rises="{ally} threatens third parties in {sector}",
    falls="Third parties fear {ally} less in {sector}",
    bands=("not", "somewhat", "firmly"),
)  # fmt: skip
DEADLINE = Field(
    "sanctions.deadline", ("ally", "package"), unit="weeks", high=52, seen=PUBLIC,
    says="In how many weeks “{package}”, which {ally} has threatened, is to come; 0 for no threat.",
    rises="{ally} threatened “{package}”", falls="The threat of {ally} comes due",
    bands=("none", "close", "some way off"),
)  # fmt: skip
UNKEPT = Field(
    "sanctions.unkept", ("ally", "package"), unit="yes/no", seen=PUBLIC, good="down",
    says="Whether {ally} let its threat of “{package}” pass this turn without acting.",
    rises="{ally} did not carry out its threat of “{package}”", falls="That is no longer news",
    bands=("no", "yes"),
)  # fmt: skip
ALONE = Field(
    "sanctions.alone", ("ally", "package"), unit="yes/no", seen=PUBLIC, good="down",
    says="Whether {ally} sanctions by “{package}” without its council.",
    rises="{ally} sanctions alone", falls="{ally} no longer sanctions alone",
    bands=("no", "yes"),
)  # fmt: skip
DELIVERY = Field(
    "sanctions.delivery", ("ally", "package"), unit="share", start=1.0, seen=ALLIED, kind="derived",
    good="up",
    parts=(
        Part("consent", ("ally", "motion"),
             says="How freely {ally} agreed to “{motion}” tells in what it does."),
        Part("adopted", ("motion",), says="“{motion}” was adopted, or fell."),
        Part("carries", ("motion", "package"), says="“{motion}” came to be about “{package}”."),
    ),
    says="How much of what it enforces by “{package}” {ally} means, given how freely it agreed.",
    rises="{ally} means “{package}” more", falls="{ally} drags its feet over “{package}”",
    bands=("grudging", "partly", "mostly", "wholly"),
)  # fmt: skip
_SENDERS = (
    Part("adopted", ("ally", "package"), says="{ally} changed what it has adopted of “{package}”."),
    Part("carved", ("ally", "package", "sector"),
         says="{ally} changed its carve-outs from “{package}”."),
    Part("share", ("ally", "sector"),
         says="The share of {ally} in the supply of {sector} changed."),
    Part("depth", ("package", "sector"), says="“{package}” was made deeper or shallower."),
    Part("target", ("package", "adversary"), says="“{package}” was aimed otherwise."),
)  # fmt: skip
COVERAGE = Field(
    "sanctions.coverage", ("adversary", "sector"), unit="share", seen=ALLIED, kind="derived",
    good="up",
    parts=_SENDERS,
    news=0.6,
    says="How much of what {adversary} buys in {sector} the senders have stopped selling.",
    rises="Sanctions cover more of what {adversary} buys in {sector}",
    falls="Sanctions cover less of what {adversary} buys in {sector}",
    bands=("none", "thin", "broad", "near total"),
)  # fmt: skip
DENIAL = Field(
    "sanctions.denial", ("adversary", "sector"), unit="share", seen=ALLIED, kind="derived",
    good="up",
    parts=(
        *_SENDERS,
        Part("enforce", ("ally", "package"), says="{ally} enforces “{package}” otherwise."),
        Part("delivery", ("ally", "package"), says="{ally} means “{package}” more, or less."),
    ),
    says="How much {sector} is really denied to {adversary}, before evasion.",
    rises="More {sector} is denied to {adversary}", falls="Less {sector} is denied to {adversary}",
    bands=("none", "some", "much", "most"),
)  # fmt: skip
LEAK = Field(
    "sanctions.leak", ("adversary", "sector"), unit="share", seen=ALLIED, good="down",
    says="How much of the denied {sector} reaches {adversary} all the same.",
    rises="More {sector} leaks to {adversary}", falls="Less {sector} leaks to {adversary}",
    bands=("tight", "leaking", "porous"),
)  # fmt: skip
PAIN = Field(
    "sanctions.pain", ("adversary",), news=1.6,
    title="Cost of sanctions to {adversary}",
    unit="% of GDP a year", high=20, seen=ALLIED, kind="derived",
    parts=(
        Part("denial", ("adversary", "sector"), says="More or less {sector} was denied to it."),
        Part("leak", ("adversary", "sector"), says="More or less {sector} leaked through."),
        Part("weight", ("sector",), says="{sector} came to weigh otherwise."),
    ),
    says="What sanctions cost {adversary}.",
    rises="Sanctions hurt {adversary} more", falls="Sanctions hurt {adversary} less",
    bands=("none", "slight", "serious", "severe"), good="up",
)  # fmt: skip
BLOW = Field(
    "sanctions.blow", ("ally",), news=1.2,
    unit="% of GDP a year", high=20, seen=ALLIED, kind="derived",
    good="down",
    parts=(
        Part("adopted", ("ally", "package"),
             says="{ally} changed what it has adopted of “{package}”."),
        Part("carved", ("ally", "package", "sector"),
             says="{ally} changed its carve-outs from “{package}”."),
        Part("depth", ("package", "sector"), says="“{package}” was made deeper or shallower."),
        Part("exposure", ("ally", "sector"),
             says="More or less of what {ally} earns hangs on {sector}."),
        Part("coverage", ("adversary", "sector"),
             says="Others stopped selling {sector} too, or rivals took over."),
        Part("target", ("package", "adversary"), says="“{package}” was aimed otherwise."),
    ),
    says="What its own sanctions cost {ally}.",
    rises="Its sanctions cost {ally} more", falls="Its sanctions cost {ally} less",
    bands=("none", "slight", "felt", "heavy"),
)  # fmt: skip
MENACE = Field(
    "sanctions.menace", ("adversary",), unit="index", seen=PUBLIC, kind="derived",
    parts=(
        Part("due", ("ally", "package"), says="A threat of {ally} came close, or passed."),
        Part("share", ("ally", "sector"),
             says="The share of {ally} in the supply of {sector} changed."),
        Part("depth", ("package", "sector"), says="“{package}” was made deeper or shallower."),
        Part("target", ("package", "adversary"), says="“{package}” was aimed otherwise."),
        Part("weight", ("sector",), says="{sector} came to weigh otherwise."),
    ),
    says="How heavily threats about to come due hang over {adversary}.",
    rises="Threats hang over {adversary}", falls="Threats no longer hang over {adversary}",
    bands=("none", "some", "heavy"),
)  # fmt: skip
DEFIANCE = Field(
    "sanctions.defiance", ("adversary",), unit="index", high=2, seen=CONTROL,
    says="How far {adversary} has closed ranks against sanctions.",
    rises="{adversary} closed ranks", falls="The defiance of {adversary} faded",
    bands=("none", "some", "strong"),
)  # fmt: skip
CONCESSION = Field(
    "sanctions.concession", ("adversary",), unit="yes/no", seen=PUBLIC, good="up",
    news=4,
    says="Whether {adversary} has conceded what was demanded.",
    rises="{adversary} conceded", falls="{adversary} took its concession back",
    bands=("no", "yes"),
)  # fmt: skip
