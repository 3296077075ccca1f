"""What the world holds about forces, and who may see it."""

from __future__ import annotations

from exercise.engine.declare import ALLIED, PUBLIC, Field, Own, Part
from exercise.rules.forces.relations import (
    LEVELS,
    _calls,
    _caveats,
    _coalition,
    _commander,
    _home,
    _notice,
    _standard,
    _strength,
    _tasked,
    _war_powers,
)

STRENGTH = Field(
    "forces.strength", "unit", unit="brigades", high=5, start=_strength, seen=ALLIED, good="up",
    says="The fighting value of {unit} at full readiness, beside a brigade of 1.",
    rises="{unit} has grown", falls="{unit} has shrunk",
    bands=("a detachment", "a battalion", "a brigade", "a division"),
)  # fmt: skip
NOTICE = Field(
    "forces.notice", "unit", unit="days", high=365, start=_notice, seen=Own("unit"),
    says="How many days {unit} needs before it can move.",
    rises="{unit} needs longer before it can move", falls="{unit} can move sooner",
)  # fmt: skip
STANDARD = Field(
    "forces.standard", ("unit", "pillar"), unit="rating", low=1, high=4, start=_standard,
    seen=Own("unit"),
    says="The rating for {pillar} that {unit} keeps in peace: 1 is best, 4 worst.",
    rises="{unit} is kept at a lower standard of {pillar}",
    falls="{unit} is kept at a higher standard of {pillar}",
)  # fmt: skip
READINESS = Field(
    "forces.readiness", ("unit", "pillar"), unit="rating", low=1, high=4, start=_standard,
    seen=Own("unit"),
    says="How {unit} stands in {pillar}: 1 is best, 4 worst.",
    rises="{unit} has worn out its {pillar}", falls="{unit} has made good its {pillar}",
    bands=("full", "substantial", "marginal", "not ready"), good="down",
)  # fmt: skip
CAVEAT_SET = Field(
    "forces.caveat", ("unit", "caveat"), unit="yes/no", start=_caveats, seen=ALLIED, kind="choice",
    says="Whether the government of {unit} has put a caveat on it: {caveat}.",
    rises="{unit} came under a caveat: {caveat}", falls="{unit} was freed of a caveat: {caveat}",
    bands=("free", "bound"), good="down",
)  # fmt: skip
PLEDGED = Field(
    "forces.pledged", "unit", unit="yes/no", seen=ALLIED, kind="choice", good="up",
    news=0.9,
    says="Whether {unit} has been pledged to the alliance.",
    rises="{unit} was pledged", falls="{unit} was withdrawn", bands=("national", "pledged"),
)  # fmt: skip
ALERT = Field(
    "forces.alert", "unit", unit="yes/no", seen=ALLIED, kind="choice",
    says="Whether {unit} stands on alert.", rises="{unit} went on alert", falls="{unit} stood down",
    bands=("at rest", "on alert"),
)  # fmt: skip
AUTHORITY = Field(
    "forces.authority", "unit", unit="level", low=1, high=5, start=1.0, seen=ALLIED, kind="choice",
    says="How much authority over {unit} its nation has handed to the joint commander.",
    rises="The joint commander gained authority over {unit}",
    falls="{unit} went back under national control",
    bands=tuple(LEVELS),
)  # fmt: skip
TASKED = Field(
    "forces.tasked", ("unit", "theatre"), unit="yes/no", start=_tasked, seen=ALLIED, kind="choice",
    says="Whether {unit} is tasked to {theatre}.",
    rises="{unit} was tasked to {theatre}", falls="{unit} is no longer tasked to {theatre}",
    bands=("no", "yes"),
)  # fmt: skip
REFUSED = Field(
    "forces.refused", "unit", unit="share", seen=ALLIED, good="down",
    news=1.5,
    says="How far {unit} stands aside after a refusal.",
    rises="{unit} refused", falls="The quarrel over {unit} is being settled",
    bands=("willing", "reluctant", "standing aside"),
)  # fmt: skip
COMMANDER = Field(
    "forces.commander", "ally", unit="yes/no", start=_commander, seen=PUBLIC,
    says="Whether {ally} provides the joint commander.",
    rises="{ally} took the joint command", falls="{ally} gave up the joint command",
)  # fmt: skip
COALITION = Field(
    "forces.coalition", "ally", unit="yes/no", start=_coalition, seen=PUBLIC,
    says="Whether {ally} is governed by a coalition.",
    rises="A coalition governs {ally}", falls="One party governs {ally}",
)  # fmt: skip
WAR_POWERS = Field(
    "forces.war_powers", "ally", unit="rule", high=3, start=_war_powers, seen=PUBLIC,
    says="What the parliament of {ally} must do about a deployment abroad.",
    rises="The parliament of {ally} has more say", falls="The parliament of {ally} has less say",
    bands=("no rule", "inform", "prior vote", "vote within days"),
)  # fmt: skip
HOME = Field(
    "forces.home", ("ally", "theatre"), unit="yes/no", start=_home, seen=PUBLIC,
    says="Whether {theatre} is home ground for {ally}.",
    rises="{theatre} became home ground for {ally}", falls="{ally} lost its ground in {theatre}",
)  # fmt: skip
CALLS = Field(
    "forces.calls", ("motion", "theatre"), unit="yes/no", start=_calls, seen=PUBLIC,
    says="Whether the motion {motion} calls for forces in {theatre}.",
    rises="{motion} calls for forces in {theatre}",
    falls="{motion} no longer calls for forces in {theatre}",
)  # fmt: skip
NEED = Field(
    "forces.need", "theatre", unit="brigades", high=50, start=1.0, seen=ALLIED,
    says="What planners think {theatre} needs before any mandate.",
    rises="Planners ask for more in {theatre}", falls="Planners ask for less in {theatre}",
)  # fmt: skip
UNVOTED = Field(
    "forces.unvoted", "ally", unit="weeks", high=520, seen=PUBLIC,
    says="How long forces of {ally} have been abroad without a vote.",
    rises="{ally} keeps forces abroad without a vote",
    falls="{ally} has settled its deployment at home",
)  # fmt: skip
BREACH = Field(
    "forces.breach", "ally", unit="yes/no", seen=PUBLIC, good="down",
    news=1.5,
    says="Whether {ally} deploys against its own war-powers rule.",
    rises="{ally} broke its own war-powers rule",
    falls="{ally} is within its war-powers rule again",
    bands=("lawful", "in breach"),
)  # fmt: skip
BILL = Field(
    "forces.bill", "ally", unit="million USD", high=1_000_000, seen=ALLIED,
    says="What alerts and deployments have cost {ally} so far.",
    rises="{ally} paid for its forces", falls="{ally} was paid back",
)  # fmt: skip

CAVEATS = Field(
    "forces.caveats", "unit", unit="caveats", high=4, seen=ALLIED, kind="derived", good="down",
    parts=(Part("caveat", ("unit", "caveat"), says="A caveat changed: {caveat}."),),
    says="How many caveats bind {unit}.",
    rises="{unit} is bound by more caveats", falls="{unit} is bound by fewer caveats",
    bands=("none", "one", "two", "three", "four"),
)  # fmt: skip
READY = Field(
    "forces.ready", "unit", unit="C-rating", low=1, high=4, seen=Own("unit"), kind="derived",
    good="down",
    parts=(Part("readiness", ("unit", "pillar"), says="{unit} changed in {pillar}."),),
    says="The C-rating of {unit}: the worst of its four ratings.",
    rises="{unit} is rated lower", falls="{unit} is rated higher",
    bands=("C-1", "C-2", "C-3", "C-4"),
)  # fmt: skip
LEAD_TIME = Field(
    "forces.lead_time", "unit", unit="days", high=400, seen=Own("unit"), kind="derived",
    good="down",
    parts=(
        Part("notice", "unit", says="Its notice to move changed."),
        Part("alert", "unit", says="It went on alert or stood down."),
        Part("held", "unit", says="Its capital keeps more or less of the say over it."),
    ),
    says="How many days pass from an order to {unit} until it starts.",
    rises="{unit} takes longer to start", falls="{unit} can start sooner",
    bands=("days", "weeks", "months"),
)  # fmt: skip
BAND = Field(
    "forces.band", "unit", unit="band", low=1, high=4, start=1.0, seen=ALLIED, kind="derived",
    good="down",
    parts=(Part("notice", "unit", says="Its notice to move changed."),),
    says="The notice band that the nation of {unit} declares to its allies.",
    rises="{unit} was declared at longer notice", falls="{unit} was declared at shorter notice",
    bands=("up to 5 days", "up to 10 days", "up to 30 days", "over 30 days"),
)  # fmt: skip
REQUIRED = Field(
    "forces.required", "theatre", unit="brigades", high=200, seen=ALLIED, kind="derived",
    parts=(
        Part("need", "theatre", says="Planners changed their estimate."),
        Part("deploy", "theatre", says="The mandate to deploy changed."),
        Part("force", "theatre", says="The mandate to use force changed."),
    ),
    says="How much force {theatre} requires.",
    rises="{theatre} requires more force", falls="{theatre} requires less force",
)  # fmt: skip
CEDED = Field(
    "forces.ceded", "ally", unit="share", seen=PUBLIC, kind="derived",
    parts=(Part("handed", ("ally", "unit"), says="Authority over {unit} changed hands."),),
    says="What share of its forces {ally} has put under joint command.",
    rises="{ally} handed over more of its forces", falls="{ally} took forces back",
    bands=("none", "some", "much", "nearly all"),
)  # fmt: skip
USABLE = Field(
    "forces.usable", "unit", news=0.4,
    unit="brigades", high=5, seen=Own("unit"), kind="derived", good="up",
    parts=(
        Part("strength", "unit", says="Its strength changed."),
        Part("readiness", "unit", says="Its readiness changed."),
        Part("caveats", "unit", says="Its caveats changed."),
        Part("sustain", "unit", says="Its supplies changed."),
        Part("refused", "unit", says="It stood aside, or came back."),
        Part("shortfall", ("unit", "ally"),
             says="{ally} delivers only part of what the council asked."),
        Part("blind", ("unit", "ally"), says="The satellite service of {ally} changed."),
    ),
    says="What {unit} is worth to the joint commander now.",
    rises="More of {unit} can be used", falls="Less of {unit} can be used",
)  # fmt: skip
UNITY = Field(
    "forces.unity", "theatre", news=0.6,
    unit="share", start=1.0, seen=ALLIED, kind="derived", good="up",
    parts=(
        Part("joint", "theatre", says="The force under joint command changed."),
        Part("national", ("ally", "theatre"),
             says="The force that {ally} keeps under its own command changed."),
    ),
    says="What the forces in {theatre} are worth together, as their command is united or divided.",
    rises="Command in {theatre} is more united", falls="Command in {theatre} is more divided",
    bands=("none", "divided", "loose", "united"),
)  # fmt: skip
FILL = Field(
    "forces.fill", "theatre", news=1.6, unit="share", seen=ALLIED, kind="derived", good="up",
    title="Forces for {theatre}",
    parts=(
        Part("force", "unit", says="The usable force pledged in {unit} changed."),
        Part("allotted", ("unit", "theatre"), says="{unit} was allotted anew."),
        Part("required", "theatre", says="The requirement changed."),
    ),
    says="How far pledged and usable forces meet what {theatre} requires; full only with a margin.",
    rises="The force for {theatre} is filling up", falls="The force for {theatre} has gaps again",
    bands=("empty", "a quarter", "half", "three quarters", "met"),
)  # fmt: skip
PRESENT = Field(
    "forces.present", "theatre", news=1.2,
    unit="brigades", high=100, seen=ALLIED, kind="derived", good="up",
    parts=(Part("force", ("unit", "theatre"), says="What {unit} can do in {theatre} changed."),),
    says="The allied force in {theatre} that can be used now.",
    rises="The allied force in {theatre} has grown",
    falls="The allied force in {theatre} has shrunk",
)  # fmt: skip
ARRIVING = Field(
    "forces.arriving", "theatre", unit="brigades", high=100, seen=ALLIED, kind="derived", good="up",
    parts=(Part("force", ("unit", "theatre"), says="{unit} came nearer, or fell behind."),),
    says="The usable force due in {theatre} within four weeks.",
    rises="More force is on its way to {theatre}", falls="Less force is on its way to {theatre}",
)  # fmt: skip
ALONE = Field(
    "forces.alone", "ally", unit="share", seen=PUBLIC, kind="derived",
    parts=(
        Part("sent", ("ally", "theatre"), says="{ally} sent or recalled forces in {theatre}."),
        Part("mandate", "theatre", says="The mandate for {theatre} changed."),
    ),
    says="What share of its forces {ally} has sent abroad without a mandate.",
    rises="{ally} acts more on its own", falls="{ally} acts less on its own",
    bands=("with the allies", "partly alone", "largely alone", "alone"),
)  # fmt: skip
