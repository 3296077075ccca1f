"""Sanctions and their enforcement: pain follows coverage, and leaks away unless it is enforced.

A package hurts by how much of the target's supply the senders together cover, how deep it cuts,
how strictly it is enforced and how little finds its way round (Chupilkin, Javorcik & Plekhanov
2025: evasion below a tenth overall, above a half for many goods). Growth lost by targets: 0.5–0.9
points under one large sender, 2.3–3.5 under the United Nations, above 5 where comprehensive
(Neuenkirch & Neumeier 2015). Thin coverage costs each sender more, as rivals take its trade. About
a third of episodes succeed (Hufbauer et al. 2007), threats more often than impositions (TIES), and
targets with much at stake do not yield within weeks. So this is a model of pain rather than of
success, on which the data sets disagree.
"""

from __future__ import annotations

from exercise.cells import Cells, chance, clip, decay, exp, log, maximum, minimum, power, ratio
from exercise.declare import (
    ALLIED,
    CONTROL,
    PUBLIC,
    Chance,
    Check,
    Cost,
    Decision,
    Field,
    Given,
    Habit,
    Parameter,
    Part,
    Rule,
    Step,
    Term,
)
from exercise.exact import GRID
from exercise.eyes import Eyes
from exercise.roster import Roster
from exercise.turn import Turn

LAX, NORMAL, STRICT = 0.6, 0.85, 1.0
UNWATCHED = 1.0 + NORMAL

PAIN_MOST = Parameter(
    "sanctions.pain_most", 6.5, 3.0, 12.0, "% of GDP a year",
    "fitted to Neuenkirch & Neumeier 2015", "m",
    says="The pain of cutting everything off, with no way round.",
)  # fmt: skip
PAIN_CURVE = Parameter(
    "sanctions.pain_curve", 1.1, 0.8, 1.6, "exponent", "fitted to Neuenkirch & Neumeier 2015", "m",
    says="How much more than its share broad coverage hurts.",
)  # fmt: skip
LEAK_LIFE = Parameter(
    "sanctions.leak_life", 26, 8, 78, "weeks", "design judgement", "J",
    says="How long evaders take to find half of the ways round.",
)  # fmt: skip
FATIGUE = Parameter(
    "sanctions.fatigue", 52, 13, 208, "weeks", "design judgement", "J",
    says="How long enforcement lasts before routine halves it.",
)  # fmt: skip
REACH = Parameter(
    "sanctions.reach", 0.7, 0.0, 0.9, "share", "design judgement", "J",
    says="How much evasion the fear of secondary sanctions stops.",
)  # fmt: skip
BLOW_SIZE = Parameter(
    "sanctions.blow_size", 0.35, 0.05, 1.0, "% of GDP a year",
    "order of magnitude general knowledge", "m",
    says="What it costs a sender to stop trade on which all its earnings hang.",
)  # fmt: skip
BACKFILL = Parameter(
    "sanctions.backfill", 0.5, 0.0, 1.5, "share", "order of magnitude general knowledge", "m",
    says="How much more it costs where rivals take over the trade.",
)  # fmt: skip
YIELDING = Parameter(
    "sanctions.yielding", 0.004, 0.0, 0.02, "chance per week", "fitted to Hufbauer et al. 2007",
    "m",
    says="The weekly chance of yielding with nothing at stake and no pain.",
)  # fmt: skip
PRESSURE = Parameter(
    "sanctions.pressure", 0.25, 0.0, 1.0, "per % of GDP", "fitted to Hufbauer et al. 2007", "m",
    says="How much pain presses to yield.",
)  # fmt: skip
STEADFAST = Parameter(
    "sanctions.steadfast", 2.0, 0.0, 5.0, "per stake", "fitted to Hufbauer et al. 2007", "m",
    says="How much a target's stake keeps it from yielding.",
)  # fmt: skip
THREATENING = Parameter(
    "sanctions.threatening", 3.0, 1.0, 6.0, "times", "sign TIES, size design judgement", "m",
    says="How much more likely yielding is in the last four weeks of a credible threat.",
)  # fmt: skip
BACKED = Parameter(
    "sanctions.backed", 1.3, 1.0, 2.0, "times", "sign Bapat & Morgan 2009, size design judgement",
    "m",
    says="How much more likely yielding is where an institution stands behind it.",
)  # fmt: skip
DEFIANT = Parameter(
    "sanctions.defiant", 0.4, 0.0, 1.5, "index", "design judgement", "J",
    says="How far a target closes ranks when it is sanctioned.",
)  # fmt: skip


def _targets(roster: Roster) -> dict[tuple[str, ...], float]:
    packages = roster.scenario.packages if roster.scenario else {}
    return {(name, p.target): 1.0 for name, p in packages.items()}


def _depths(roster: Roster) -> dict[tuple[str, ...], float]:
    packages = roster.scenario.packages if roster.scenario else {}
    return {(n, s): depth for n, p in packages.items() for s, depth in p.sectors.items()}


def _sunsets(roster: Roster) -> dict[tuple[str, ...], float]:
    packages = roster.scenario.packages if roster.scenario else {}
    return {(name,): p.sunset_weeks for name, p in packages.items()}


def _carried(roster: Roster) -> dict[tuple[str, ...], float]:
    motions = roster.scenario.motions if roster.scenario else {}
    return {(name, m.package): 1.0 for name, m in motions.items() if m.package}


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
CARRIES = Field(
    "sanctions.carries", ("motion", "package"), unit="yes/no", start=_carried, seen=ALLIED,
    says="Whether the text “{motion}” is about “{package}”.",
    rises="“{motion}” takes up “{package}”", falls="“{motion}” leaves out “{package}”",
    bands=("no", "yes"),
)  # fmt: skip
EVADABLE = Field(
    "sanctions.evadable", ("sector",), unit="share", start=_evadable, seen=ALLIED,
    says="How much of the trade in {sector} evasion reaches in the end, under normal enforcement.",
    rises="{sector} has become easier to smuggle", falls="{sector} has become harder to smuggle",
    bands=("little", "some", "much", "most"),
)  # fmt: skip
ADOPTED = Field(
    "sanctions.adopted", ("ally", "package"), unit="share", seen=PUBLIC,
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
    "sanctions.pain", ("adversary",), unit="% of GDP a year", high=20, seen=ALLIED, kind="derived",
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
    "sanctions.blow", ("ally",), unit="% of GDP a year", high=20, seen=ALLIED, kind="derived",
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
    says="Whether {adversary} has conceded what was demanded.",
    rises="{adversary} conceded", falls="{adversary} took its concession back",
    bands=("no", "yes"),
)  # fmt: skip


def _aimed(eyes: Eyes) -> Check:
    aimed = eyes[TARGET].any("adversary") & eyes[DEPTH].any("sector")
    return Check(aimed, "This package is empty.", "Choose one that names a target and sectors.")


def _in_force(eyes: Eyes) -> Check:
    held = eyes.own(ADOPTED) > 0.0
    return Check(held, "You have not adopted this package.", "Adopt it first.")


def _may_threaten(eyes: Eyes) -> list[Check]:
    idle = eyes.own(ADOPTED).equals(0.0)
    quiet = eyes.own(DEADLINE).equals(0.0)
    return [
        _aimed(eyes),
        Check(idle, "You have already adopted this package.", "Enforce it instead."),
        Check(quiet, "Your threat already stands.", "Carry it out, or let it pass at a price."),
    ]


def _may_carve(eyes: Eyes) -> list[Check]:
    touched = eyes[DEPTH] > 0.0
    return [
        Check(touched, "The package does not touch this sector.", "Choose a sector that it cuts.")
    ]


def _may_punish(eyes: Eyes) -> list[Check]:
    covered = (eyes.own(ADOPTED) * (eyes[DEPTH] > 0.0)).any("package")
    return [
        Check(covered, "You do not sanction this sector yourself.", "Adopt a package that cuts it.")
    ]


THREATEN = Decision(
    "sanctions.threaten", ("package",), says="Threaten “{package}”",
    levels={"within four weeks": 4.0, "within eight weeks": 8.0, "within twelve weeks": 12.0},
    high=12.0, unit="weeks", cost=Cost(staff=1, capital=1), allowed=_may_threaten, seen=PUBLIC,
    consequence="The target yields most readily in the last four weeks. A threat that you do not "
    "carry out by then costs support and credibility.",
)  # fmt: skip
ADOPT = Decision(
    "sanctions.adopt", ("package",), says="Adopt “{package}”",
    levels={"in part": 0.5, "in full": 1.0}, cost=Cost(staff=1, capital=2),
    allowed=lambda eyes: [_aimed(eyes)], seen=PUBLIC,
    consequence="It hurts the target by your share of its supply, and you by your exposure. "
    "Without a mandate of the council it costs more, at home and to cohesion.",
)  # fmt: skip
CARVE = Decision(
    "sanctions.carve", ("package", "sector"), says="Carve {sector} out of “{package}”",
    levels={"half": 0.5, "the whole sector": 1.0, "end the carve-out": -1.0}, low=-1.0,
    cost=Cost(staff=1), allowed=_may_carve, seen=ALLIED,
    consequence="It spares your own economy and lets as much through to the target.",
)  # fmt: skip
ENFORCING = Decision(
    "sanctions.enforcing", ("package",), says="Enforce “{package}”",
    levels={"laxly": LAX, "normally": NORMAL, "strictly": STRICT}, cost=Cost(staff=1, money=2),
    allowed=lambda eyes: [_in_force(eyes)], seen=ALLIED,
    consequence="What you deny really is denied, and less leaks. Strictness fades over a year.",
)  # fmt: skip
PUNISH = Decision(
    "sanctions.punish", ("sector",), says="Sanction third parties that supply {sector}",
    levels={"threaten": 0.5, "punish": 1.0}, cost=Cost(staff=1, capital=5), allowed=_may_punish,
    seen=PUBLIC,
    consequence="Ways round close, the more the larger your own part in that trade.",
)  # fmt: skip
LIFT = Decision(
    "sanctions.lift", ("package",), says="Lift “{package}”", levels={"lift": 1.0},
    cost=Cost(staff=1, capital=1), allowed=lambda eyes: [_in_force(eyes)], seen=PUBLIC,
    consequence="Your part of the pressure ends, and your own cost with it.",
)  # fmt: skip


def sold(turn: Turn) -> Cells:
    """Each ally's share `[ally, sector]` of what adversaries buy; all suppliers are at most 1."""
    share = turn["economy.share"]
    sellers = ~turn.same("actor", "adversary").max("adversary")
    total = maximum((share * sellers).sum("actor"), 1.0)
    return (turn.same("ally", "actor") * share).sum("actor") / total


def weights(turn: Turn) -> Cells:
    """How much each sector weighs, summing to 1."""
    weight = turn["economy.weight"]
    return ratio(weight, weight.sum("sector"))


def joined(part: Cells, target: Cells) -> Cells:
    """What packages stop together, `[adversary, sector]`: what one stops, no other can stop again."""
    spared = maximum(1.0 - part * target, GRID)
    return 1.0 - exp(log(spared).sum("package"))


def covered(adopted: Cells, carved: Cells, share: Cells, depth: Cells, target: Cells) -> Cells:
    """The share of a target's supply that senders have stopped, however little they stop of it."""
    part = adopted * (1.0 - carved) * share
    return joined(part.sum("ally") * (depth > 0.0), target)


def denied(
    adopted: Cells,
    carved: Cells,
    share: Cells,
    depth: Cells,
    target: Cells,
    enforce: Cells,
    delivery: Cells,
) -> Cells:
    """The same, weighted by depth, by enforcement, and by how much each sender means it."""
    part = (adopted * enforce * delivery) * (1.0 - carved) * share
    return joined(part.sum("ally") * depth, target)


def meant(consent: Cells, adopted: Cells, carries: Cells) -> Cells:
    """1 less what half-hearted agreement loses; who is bound by no text acts of its own accord."""
    lost = adopted * (1.0 - consent) * (consent > 0.0)
    return clip(1.0 - (lost * carries).sum("motion"))


def hanging(due: Cells, share: Cells, depth: Cells, target: Cells, weight: Cells) -> Cells:
    """How heavily threats that come due hang over a target: saturating in what they would cover."""
    loss = ((due * share).sum("ally") * depth * weight).sum("sector")
    return 1.0 - exp((loss * target).sum("package") * -4.0)


def decide(turn: Turn) -> None:
    """Nations adopt, carve out, enforce and lift; what is not renewed lapses."""
    adopt, lift = turn.order(ADOPT), turn.order(LIFT)
    adopted, left, sunset = turn[ADOPTED], turn[LEFT], turn[SUNSET]
    new, kept = adopt > 0.0, adopt.equals(0.0)
    ends = (sunset > 0.0) & (adopted > 0.0) & (left <= turn.weeks) & kept
    lifted = (lift > 0.0) & kept
    run = minimum(left, turn.weeks) * kept
    deltas = (new * (adopt - adopted), -lifted * adopted, -(ends & ~lifted) * adopted)
    turn.post(
        LEFT,
        Term("renewed", new * (sunset - left), of=(ADOPT, SUNSET),
             says="{ally} adopted or renewed “{package}”."),
        Term("time passes", -run, of=(LEFT,), says="“{package}” ran on in {ally}."),
    )  # fmt: skip
    turn.post(
        ADOPTED,
        Term("adopted", deltas[0], of=(ADOPT,), says="{ally} put “{package}” into its law."),
        Term("lifted", deltas[1], of=(LIFT,), says="{ally} lifted “{package}”."),
        Term("lapsed", deltas[2], of=(SUNSET,),
             says="“{package}” lapsed in {ally}, not renewed in time."),
    )  # fmt: skip
    carve = turn.order(CARVE)
    turn.post(
        CARVED,
        Term("carved out", abs(carve > 0.0) * (carve - turn[CARVED]), of=(CARVE,),
             says="{ally} kept {sector} out of “{package}”."),
        Term("given up", -(carve < 0.0) * turn[CARVED], of=(CARVE,),
             says="{ally} gave up its exception for {sector}."),
    )  # fmt: skip


def police(turn: Turn) -> None:
    """Enforcement is as ordered and grows lax with routine; so does the fear of being punished."""
    order, enforce = turn.order(ENFORCING), turn[ENFORCE]
    fade = 1.0 - decay(turn[FATIGUE], turn.weeks)
    routine = (turn[ADOPTED] > 0.0) * order.equals(0.0)
    turn.post(
        ENFORCE,
        Term("ordered", (order > 0.0) * (order - enforce), of=(ENFORCING,),
             says="{ally} set how strictly “{package}” is enforced."),
        Term("routine", -fade * routine * (enforce - LAX), of=(ENFORCE,),
             says="Enforcement of “{package}” became routine in {ally}."),
    )  # fmt: skip
    punish, fear = turn.order(PUNISH), turn[SECONDARY]
    turn.post(
        SECONDARY,
        Term("threat to third parties", (1.0 - fear) * punish, of=(PUNISH,),
             says="{ally} went after third parties that sell {sector}."),
        Term("fades", -fade * fear, of=(SECONDARY,), says="Third parties fear {ally} less."),
    )  # fmt: skip


def threaten(turn: Turn) -> None:
    """Threats run towards their date; one that passes without action is a word not kept."""
    order, deadline, adopted = turn.order(THREATEN), turn[DEADLINE], turn[ADOPTED]
    made = order > 0.0
    kept = (deadline > 0.0) & (adopted > 0.0)
    running = (deadline > 0.0) & ~made & ~kept
    due = running & (deadline <= turn.weeks)
    passed = minimum(deadline, turn.weeks) * running
    turn.post(
        UNKEPT,
        Term("date passed", due * (1.0 - turn[UNKEPT]), of=(DEADLINE,),
             says="The date that {ally} had set for “{package}” passed."),
        Term("old news", -(~due) * turn[UNKEPT], of=(UNKEPT,), says="It is no longer news."),
    )  # fmt: skip
    turn.post(
        DEADLINE,
        Term("threatened", made * (order - deadline), of=(THREATEN,), says="{ally} set a date."),
        Term("kept", -kept * (~made) * deadline, of=(ADOPTED,), says="{ally} kept its word."),
        Term("time passes", -passed, of=(DEADLINE,), says="The date came closer."),
    )  # fmt: skip
    without = (adopted > 0.0) & (turn["council.sanctioned"].equals(0.0))
    turn.post(
        ALONE,
        Term("without the council", without * (1.0 - turn[ALONE]), of=(ADOPTED,),
             says="{ally} acts without a mandate for “{package}”."),
        Term("no longer alone", -(~without) * turn[ALONE], of=(ALONE,),
             says="The council stands behind “{package}”, or {ally} has lifted it."),
    )  # fmt: skip


def reckon(turn: Turn) -> None:
    """What sanctions cover, what they deny, what they cost those who send them."""
    turn.derive(
        DELIVERY,
        meant,
        Given("consent", turn["council.consent"], ("council.consent",)),
        Given("adopted", turn["council.adopted"], ("council.adopted",)),
        Given("carries", turn[CARRIES], (CARRIES,)),
    )
    senders = (
        Given("adopted", turn[ADOPTED], (ADOPTED,)),
        Given("carved", turn[CARVED], (CARVED,)),
        Given("share", sold(turn), ("economy.share",)),
        Given("depth", turn[DEPTH], (DEPTH,)),
        Given("target", turn[TARGET], (TARGET,)),
    )
    turn.derive(COVERAGE, covered, *senders)
    turn.derive(
        DENIAL,
        denied,
        *senders,
        Given("enforce", turn[ENFORCE], (ENFORCE,)),
        Given("delivery", turn[DELIVERY], (DELIVERY,)),
    )
    size, backfill = turn[BLOW_SIZE], turn[BACKFILL]

    def struck(adopted: Cells, carved: Cells, depth: Cells, exposure: Cells, coverage: Cells,
               target: Cells) -> Cells:  # fmt: skip
        thin = (target * (1.0 - coverage)).sum("adversary")
        cut = (depth * (1.0 + backfill * thin)) * exposure
        return (adopted * (1.0 - carved) * cut).sum("package", "sector") * size

    turn.derive(
        BLOW,
        struck,
        senders[0],
        senders[1],
        senders[3],
        Given("exposure", turn["economy.exposure"], ("economy.exposure",)),
        Given("coverage", turn[COVERAGE], (COVERAGE,)),
        senders[4],
    )


def evade(turn: Turn) -> None:
    """Ways round are found in months, fewer where the senders watch and third parties are afraid."""
    share, target, on = sold(turn), turn[TARGET], turn[COVERAGE] > 0.0
    part = ((turn[ADOPTED] * (1.0 - turn[CARVED])) * (turn[DEPTH] > 0.0)) * share
    whole = (part.sum("ally") * target).sum("package")
    watch = ((part * (turn[ENFORCE] * turn[DELIVERY])).sum("ally") * target).sum("package")
    watched = ratio(watch, whole, NORMAL)
    fear = 1.0 - exp((turn[SECONDARY] * share).sum("ally") * -6.0)
    rate = 1.0 - decay(turn[LEAK_LIFE], turn.weeks)
    open_ways = rate * on * turn[EVADABLE]
    turn.post(
        LEAK,
        Term("ways round", open_ways, of=(EVADABLE, COVERAGE),
             says="Evaders found ways to sell {sector}."),
        Term("enforcement", open_ways * (NORMAL - watched), of=(ENFORCE, DELIVERY, COVERAGE),
             says="How strictly the senders watch {sector} told."),
        Term("third parties", -open_ways * (UNWATCHED - watched) * fear * turn[REACH],
             of=(SECONDARY, "economy.share", REACH), says="Third parties feared to sell {sector}."),
        Term("routes close", -rate * turn[LEAK], of=(LEAK,), says="Old ways round were shut."),
    )  # fmt: skip


def hurt(turn: Turn) -> None:
    """What it all costs the target, and what hangs over it."""
    most, curve, weight = turn[PAIN_MOST], turn[PAIN_CURVE], weights(turn)
    turn.derive(
        PAIN,
        lambda denial, leak, weight: (
            power((weight * denial * (1.0 - leak)).sum("sector"), curve) * most
        ),
        Given("denial", turn[DENIAL], (DENIAL,)),
        Given("leak", turn[LEAK], (LEAK,)),
        Given("weight", weight, ("economy.weight",)),
    )
    before = turn.was(DEADLINE) * (turn[DEADLINE] < turn.was(DEADLINE))
    close = maximum(minimum(before, turn.weeks) - maximum(before - 4.0, 0.0), 0.0)
    turn.derive(
        MENACE,
        hanging,
        Given("due", ratio(close, turn.weeks), (DEADLINE,)),
        Given("share", sold(turn), ("economy.share",)),
        Given("depth", turn[DEPTH], (DEPTH,)),
        Given("target", turn[TARGET], (TARGET,)),
        Given("weight", weight, ("economy.weight",)),
    )


def defy(turn: Turn) -> None:
    """A target closes ranks when it is newly sanctioned, for some months."""
    fresh = maximum(turn[COVERAGE] - turn.was(COVERAGE), 0.0)
    fade = 1.0 - decay(8.0, turn.weeks)
    turn.post(
        DEFIANCE,
        Term("sanctioned", fresh * weights(turn) * turn[DEFIANT], of=(COVERAGE, DEFIANT),
             says="{adversary} closed ranks against new sanctions in {sector}."),
        Term("fades", -fade * turn[DEFIANCE], of=(DEFIANCE,),
             says="The defiance of {adversary} faded."),
    )  # fmt: skip


def concede(turn: Turn) -> None:
    """A target may yield: to pain and credible threats, the less the more it has at stake."""
    stake, pain, menace = turn["adversary.stake"], turn[PAIN], turn[MENACE]
    sent = (turn[ADOPTED] > 0.0).max("ally")
    backing = (turn["council.sanctioned"] * sent * turn[TARGET]).max("package")
    pressed = (turn[COVERAGE].max("sector") > 0.0) | (menace > 0.0)
    calm = exp(stake * -turn[STEADFAST] - turn[DEFIANCE]) * pressed * turn[YIELDING]
    threat = 1.0 + menace * (turn[THREATENING] - 1.0)
    unhurt = calm * threat * (1.0 + backing * (turn[BACKED] - 1.0))
    roll = turn.roll("concession", "adversary")
    would = roll < chance(minimum(unhurt, 0.5), turn.weeks)
    yields = roll < chance(minimum(unhurt * exp(pain * turn[PRESSURE]), 0.5), turn.weeks)
    still = 1.0 - turn[CONCESSION]
    turn.post(
        CONCESSION,
        Term("thought better of it", still * would, of=(Chance("concession"), YIELDING),
             says="{adversary} found that its aim was not worth it."),
        Term("pressed by pain", still * yields * (~would),
             of=(Chance("concession"), PAIN, PRESSURE),
             says="What sanctions cost {adversary} made it yield."),
    )  # fmt: skip


def _adopting(eyes: Eyes, will: Cells, worry: Cells) -> None:
    """Adopt what the council mandates or one's own word demands; lift what has served its turn."""
    adopted, deadline = eyes.own(ADOPTED), eyes.own(DEADLINE)
    mandated = eyes["council.sanctioned"]
    sunset, left = eyes[SUNSET], eyes.own(LEFT)
    running_out = (sunset > 0.0) & (adopted > 0.0) & (left <= eyes.weeks)
    word_due = (deadline > 0.0) & (deadline <= eyes.weeks) & (will > 0.45)
    wanted = (mandated > 0.0) & (will > 0.25)
    level = 0.5 + (will * (0.5 + 0.5 * mandated) > 0.4) * 0.5
    won = (eyes[TARGET] * eyes[CONCESSION]).max("adversary") > 0.0
    fresh = adopted.equals(0.0) & (wanted | word_due)
    eyes.order(ADOPT, level, when=(fresh | (running_out & wanted)) & ~won)
    eyes.order(LIFT, 1.0, when=(adopted > 0.0) & won)
    deep = (eyes[DEPTH] * eyes["economy.weight"]).sum("sector")
    pick = deep >= deep.max("package")
    urge = (worry > 0.6) & (will > 0.55) & (eyes.roll("threaten", "package") < 0.25 * eyes.weeks)
    idle = deadline.equals(0.0).all("package") & adopted.equals(0.0)
    eyes.order(THREATEN, 8.0, when=urge & idle & pick & mandated.equals(0.0) & ~won)


def habit(eyes: Eyes) -> None:
    """An absent seat adopts by its will, spares its heaviest exposure, enforces by its support."""
    aimed = eyes[TARGET]
    worry = (aimed * eyes.own("threat.threat")).max("adversary")
    support, exposure = eyes.own("domestic.support"), eyes.own("economy.exposure")
    price = (eyes[DEPTH] * exposure).sum("sector")
    will = 0.6 * worry + 0.6 * support - 0.25 * price
    _adopting(eyes, will, worry)
    held = (eyes.own(ADOPTED) > 0.0) | (eyes.ordered(ADOPT) > 0.0)
    burden = eyes[DEPTH] * exposure
    heaviest = (burden > 0.25) & (burden >= burden.max("sector"))
    spared = eyes.own(CARVED).any("sector")
    eyes.order(CARVE, 0.5, when=held & heaviest & ~spared)
    enforce = eyes.own(ENFORCE)
    strict = (support > 0.55) & (worry > 0.5)
    goal = NORMAL + strict * (STRICT - NORMAL)
    eyes.order(ENFORCING, goal, when=(eyes.own(ADOPTED) > 0.0) & (enforce < goal - 0.08))
    leaking = eyes[LEAK].max("adversary")
    mine = (eyes["economy.share"] * eyes.me("actor")).sum("actor") > 0.2
    afraid = eyes.own(SECONDARY) < 0.3
    rich = (eyes.own("domestic.capital") > 40.0) & (worry.max("package") > 0.55)
    eyes.order(
        PUNISH,
        1.0,
        when=(leaking > 0.1) & (leaking >= leaking.max("sector")) & mine & afraid & rich,
    )


RULE = Rule(
    "sanctions",
    says="Pain follows coverage, depth and enforcement, and leaks away unless it is watched.",
    fields=(
        TARGET, DEPTH, SUNSET, CARRIES, EVADABLE, ADOPTED, LEFT, CARVED, ENFORCE, SECONDARY,
        DEADLINE, UNKEPT, ALONE, DELIVERY, COVERAGE, DENIAL, LEAK, PAIN, BLOW, MENACE, DEFIANCE,
        CONCESSION,
    ),
    decisions=(THREATEN, ADOPT, CARVE, ENFORCING, PUNISH, LIFT),
    parameters=(
        PAIN_MOST, PAIN_CURVE, LEAK_LIFE, FATIGUE, REACH, BLOW_SIZE, BACKFILL, YIELDING, PRESSURE,
        STEADFAST, THREATENING, BACKED, DEFIANT,
    ),
    reads=(
        "adversary.stake",
        "council.adopted",
        "council.consent",
        "council.sanctioned",
        "economy.exposure",
        "economy.share",
        "economy.weight",
    ),
    steps=(
        Step("sanctions", threaten),
        Step("sanctions", decide),
        Step("sanctions", police),
        Step("sanctions", reckon, opening=True),
        Step("sanctions", evade),
        Step("sanctions", hurt, opening=True),
        Step("sanctions", defy),
        Step("sanctions", concede),
    ),
    unmanned=(Habit("orders", habit),),
)  # fmt: skip
