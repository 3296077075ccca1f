"""Domestic politics: will comes from home, and every order is paid for there.

Support for the government's course rises when the country is attacked or when it acts with others,
and falls with hardship, with threats not carried out, with breaches of war powers and with losses
abroad. Rallies are small on average (Baker & Oneal 2001), larger with multilateral backing;
losses cost about fifteen points for each tenfold (Mueller 1973), but only in expeditions: a
country attacked at home closes ranks, by tens of points, and stays so for long. Audiences punish
empty threats the more, the higher things had gone (Tomz 2007). Signs are well founded, sizes are
mostly design judgement.
"""

from __future__ import annotations

from exercise.cells import Cells, chance, clip, decay, exp, log, logistic, maximum
from exercise.declare import (
    ALLIED,
    PUBLIC,
    Chance,
    Check,
    Cost,
    Decision,
    Field,
    Habit,
    Own,
    Parameter,
    Rule,
    Step,
    Term,
)
from exercise.eyes import Eyes
from exercise.roster import Roster
from exercise.turn import Turn

STAFF_POINTS = 6.0
INTERESTS, VALUES = 1.0, 2.0
LOG_TEN = 2.302585092994046

CASUALTIES = Parameter(
    "domestic.casualties", 0.15, 0.0, 0.3, "share per tenfold",
    "Mueller 1973; size general knowledge", "m",
    says="How much support ten times as many dead abroad cost.",
)  # fmt: skip
DEAD = Parameter(
    "domestic.dead", 500, 50, 1500, "people per brigade", "0.15 of a brigade's 3,500 people", "J",
    says="How many die where a brigade's whole strength is lost.",
)  # fmt: skip
RALLY = Parameter(
    "domestic.rally_size", 0.01, 0.0, 0.05, "share", "Baker & Oneal 2001: insignificant on average",
    "m",
    says="How far a country rallies when a crisis steps up.",
)  # fmt: skip
BACKING = Parameter(
    "domestic.backing", 0.03, 0.0, 0.1, "share", "sign Baker & Oneal 2001, size design judgement",
    "m",
    says="How much more it rallies when its council has given a mandate.",
)  # fmt: skip
RALLY_LIFE = Parameter(
    "domestic.rally_life", 8, 2, 26, "weeks", "design judgement", "J",
    says="How long a rally lasts.",
)  # fmt: skip
DEFENCE = Parameter(
    "domestic.defence_rally", 0.25, 0.0, 0.5, "share", "general knowledge: tens of points", "m",
    says="How far a country attacked on its own soil closes ranks.",
)  # fmt: skip
DEFENCE_LIFE = Parameter(
    "domestic.defence_life", 52, 13, 156, "weeks", "design judgement", "J",
    says="How long a country attacked at home stays closed up.",
)  # fmt: skip
HARDSHIP = Parameter(
    "domestic.hard", 0.10, 0.0, 0.4, "share per month", "design judgement", "J",
    says="How much support hardship costs.",
)  # fmt: skip
AUDIENCE = Parameter(
    "domestic.audience", 0.04, 0.0, 0.15, "share", "sign Tomz 2007, size design judgement", "h",
    says="How much support a threat that was not carried out costs.",
)  # fmt: skip
BREACH = Parameter(
    "domestic.breach", 0.03, 0.0, 0.15, "share per month", "design judgement", "J",
    says="How much support a breach of war powers costs.",
)  # fmt: skip
ALONE = Parameter(
    "domestic.alone", 0.015, 0.0, 0.1, "share per month", "design judgement", "J",
    says="How much support it costs to act without the allies.",
)  # fmt: skip
ADDRESS_GAIN = Parameter(
    "domestic.address_gain", 0.03, 0.0, 0.1, "share", "design judgement", "J",
    says="How far a speech to the public carries.",
)  # fmt: skip
DRIFT = Parameter(
    "domestic.drift", 104, 26, 520, "weeks", "design judgement", "J",
    says="How slowly opinion returns to what is usual in the country.",
)  # fmt: skip
FALL = Parameter(
    "domestic.fall", 0.0005, 0.0, 0.01, "chance per week", "design judgement", "J",
    says="The weekly chance that a government with half the country behind it falls.",
)  # fmt: skip
FLOOR = Parameter(
    "domestic.floor", 0.4, 0.0, 0.8, "index", "design judgement", "J",
    says="Below this much autonomy the country begins to mind.",
)  # fmt: skip


def _homes(roster: Roster) -> dict[tuple[str, ...], float]:
    """A theatre is home to the allies whose ports, borders and staging areas serve it."""
    if roster.scenario is None:
        return {}
    nodes = roster.scenario.nodes.values()
    allies = roster.of("ally")
    return {(n.owner, n.theatre): 1.0 for n in nodes if n.theatre and n.owner in allies}


SUPPORT = Field(
    "domestic.support", ("ally",), unit="share", start=0.55, seen=PUBLIC, good="up",
    says="How much of the public in {ally} is behind its government's course.",
    rises="The public in {ally} moved behind its government",
    falls="The government of {ally} lost support",
    bands=("against", "divided", "behind it", "united"),
)  # fmt: skip
USUAL = Field(
    "domestic.usual", ("ally",), unit="share", start=0.5, seen=PUBLIC,
    says="The support that governments in {ally} usually have.",
    rises="Politics in {ally} has become kinder to governments",
    falls="Politics in {ally} has become harsher",
    bands=("little", "half", "much"),
)  # fmt: skip
CAPITAL = Field(
    "domestic.capital", ("ally",), unit="points", high=100, start=50, seen=Own("ally"), good="up",
    says="Political capital that the government of {ally} has to spend.",
    rises="{ally} gathered political capital", falls="{ally} spent political capital",
    bands=("spent", "thin", "sound", "ample"),
)  # fmt: skip
STAFF = Field(
    "domestic.staff", ("ally",), unit="points", high=24, start=STAFF_POINTS, seen=Own("ally"),
    says="Staff work that {ally} can still do this turn.",
    rises="{ally} has fresh staff work to give", falls="{ally} put its staff to work",
    bands=("none", "some", "enough"),
)  # fmt: skip
AUTONOMY = Field(
    "domestic.autonomy", ("ally",), unit="index", start=0.7, seen=Own("ally"), good="up",
    says="How far {ally} still decides for itself.",
    rises="{ally} took decisions back into its own hands",
    falls="{ally} gave decisions out of its own hands",
    bands=("bound", "hemmed in", "free", "sovereign"),
)  # fmt: skip
MANDATED = Field(
    "domestic.mandated", ("ally",), unit="yes/no", seen=PUBLIC, good="up",
    says="Whether the parliament of {ally} has consented to a deployment.",
    rises="Parliament in {ally} gave its consent", falls="Parliament's consent in {ally} lapsed",
    bands=("no consent", "consent"),
)  # fmt: skip
RALLIED = Field(
    "domestic.rallied", ("ally",), unit="share", seen=ALLIED,
    says="How much of the support in {ally} is a rally that will pass.",
    rises="{ally} rallied", falls="The rally in {ally} faded",
    bands=("none", "slight", "strong"),
)  # fmt: skip
CLOSED_RANKS = Field(
    "domestic.closed_ranks", ("ally",), unit="share", seen=PUBLIC,
    says="How far {ally} has closed ranks because it was attacked at home.",
    rises="{ally} closed ranks against an attack on its own soil",
    falls="{ally} no longer stands as closed as under attack",
    bands=("none", "some", "strong"),
)  # fmt: skip
LOSSES = Field(
    "domestic.losses", ("ally",), unit="dead", high=10_000_000, seen=PUBLIC, good="down",
    says="Dead of {ally} in operations away from home.",
    rises="{ally} lost soldiers abroad", falls="The count of losses of {ally} was put right",
    bands=("none", "few", "many"),
)  # fmt: skip
CHANGED = Field(
    "domestic.changed", ("ally",), unit="yes/no", seen=PUBLIC,
    says="Whether the government of {ally} has changed since its commitments were made.",
    rises="The government of {ally} fell", falls="{ally} stands by its older commitments again",
    bands=("same", "changed"),
)  # fmt: skip
SPOKEN = Field(
    "domestic.spoken", ("ally",), unit="index", seen=PUBLIC,
    says="How much the government of {ally} has been on the air lately.",
    rises="The government of {ally} addressed its public", falls="Its last words are fading",
    bands=("silent", "heard", "overheard"),
)  # fmt: skip
HOME = Field(
    "domestic.home", ("ally", "theatre"), unit="yes/no", start=_homes, seen=PUBLIC,
    says="Whether {theatre} lies on the soil of {ally}.",
    rises="{theatre} counts as home to {ally}",
    falls="{theatre} no longer counts as home to {ally}",
    bands=("abroad", "home"),
)  # fmt: skip


def _may_ask(eyes: Eyes) -> list[Check]:
    consent = eyes.own(MANDATED) > 0.0
    return [Check(~consent, "Parliament has already consented.", "Use the consent you have.")]


ADDRESS = Decision(
    "domestic.address", (), says="Address the public",
    levels={"on our interests": INTERESTS, "on our values": VALUES}, high=2.0,
    cost=Cost(staff=1, capital=2), seen=PUBLIC,
    consequence="Support rises a little; talk of values moves the worried more and puts others "
    "off. Each further speech within weeks carries less far.",
)  # fmt: skip
SEEK_VOTE = Decision(
    "domestic.seek_vote", (), says="Ask parliament to consent to a deployment",
    levels={"ask": 1.0}, cost=Cost(staff=1, capital=6), allowed=_may_ask, seen=PUBLIC,
    consequence="Parliament follows the public: with support behind you it will probably consent; "
    "a lost vote costs support.",
)  # fmt: skip


def start_work(turn: Turn) -> None:
    """A turn brings a new turn's staff work; what was left over is lost."""
    turn.post(
        STAFF,
        Term("a new turn's staff work", STAFF_POINTS - turn[STAFF],
             says="A new turn's staff work began."),
    )  # fmt: skip


def charge(turn: Turn) -> None:
    """Every order and every act in council is paid for when it is done."""
    turn.post(
        STAFF, Term("spent", -turn.spent("staff"), says="The orders of {ally} took staff work.")
    )
    turn.post(
        CAPITAL,
        Term("spent", -turn.spent("capital"), says="The orders of {ally} cost political capital."),
    )


def earn(turn: Turn) -> None:
    """Capital comes in by the week, faster with support, slower the more there is of it."""
    capital, support = turn[CAPITAL], turn[SUPPORT]
    weekly = 2.0 + 4.0 * support
    gain = (100.0 - capital) * (1.0 - exp(weekly * turn.weeks * -0.01)) / weekly
    turn.post(
        CAPITAL,
        Term("governing", gain * 2.0, says="Weeks in office gave {ally} political capital."),
        Term("support", gain * 4.0 * support, of=(SUPPORT,),
             says="Support gave {ally} political capital."),
    )  # fmt: skip


def count_losses(turn: Turn) -> None:
    """Strength lost by units away from home counts as dead; at home it does not."""
    fell = maximum(turn.was("forces.strength") - turn["forces.strength"], 0.0)
    owner = turn.belongs("unit", "ally")
    at_home = (owner * turn[HOME]).sum("ally") * turn["logistics.destination"]
    abroad = turn["logistics.destination"].sum("theatre") - at_home.sum("theatre")
    turn.post(
        LOSSES,
        Term("losses abroad", owner * fell * clip(abroad) * turn[DEAD],
             of=("forces.strength", "logistics.destination", DEAD),
             says="{unit} took losses away from home."),
    )  # fmt: skip


def rally(turn: Turn) -> None:
    """A crisis that steps up rallies a little, more with a mandate; an attack at home much more."""
    level = turn["deterrence.level"]
    stepped = ((level > turn.was("deterrence.level")) & (level >= 4.0)).max("adversary", "theatre")
    mandate = turn["council.mandate"].max("theatre")
    fresh = maximum(turn["council.mandate"] - turn.was("council.mandate"), 0.0).max("theatre")
    room = 1.0 - turn[RALLIED]
    fade = 1.0 - decay(turn[RALLY_LIFE], turn.weeks)
    turn.post(
        RALLIED,
        Term("crisis", room * stepped * turn[RALLY], of=("deterrence.level", RALLY),
             says="{ally} rallied as the crisis stepped up."),
        Term("with allies", room * stepped * mandate * turn[BACKING],
             of=("deterrence.level", "council.mandate", BACKING),
             says="{ally} rallied the more because its council stood behind it."),
        Term("mandate", room * fresh * turn[BACKING], of=("council.mandate", BACKING),
             says="A mandate of the council rallied {ally}."),
        Term("fades", -fade * turn[RALLIED], of=(RALLIED,), says="The rally in {ally} faded."),
    )  # fmt: skip
    hit = turn[HOME] * (level.max("adversary") >= 6.0)
    quick = 1.0 - decay(1.0, turn.weeks)
    safe = ~hit.max("theatre")
    slow = 1.0 - decay(turn[DEFENCE_LIFE], turn.weeks)
    ranks = turn[CLOSED_RANKS]
    turn.post(
        CLOSED_RANKS,
        Term("attacked at home", hit.max("theatre") * quick * maximum(turn[DEFENCE] - ranks, 0.0),
             of=("deterrence.level", HOME, DEFENCE), says="{ally} was attacked on its own soil."),
        Term("fades", -slow * safe * ranks, of=(CLOSED_RANKS,),
             says="The attack on {ally} lies further back."),
    )  # fmt: skip


def fell_short(turn: Turn) -> Cells:
    """How much of its word an ally lost in deterrence: a fall of its signal beyond mere fading."""
    was, now = turn.was("deterrence.signal"), turn["deterrence.signal"]
    expected = 0.5 + (was - 0.5) * decay(12.0, turn.weeks)
    return clip(maximum(expected - now - 0.02, 0.0) * 5.0)


def speak(turn: Turn) -> tuple[Term, Term]:
    """What a speech does: interests a little for all, values more for the worried."""
    order = turn.order(ADDRESS)
    carries = (1.0 - turn[SPOKEN]) * (1.0 - turn[SUPPORT]) * turn[ADDRESS_GAIN]
    worry = turn["threat.threat"].max("adversary")
    return (
        Term("spoke of interests", order.equals(INTERESTS) * carries * 1.3,
             of=(ADDRESS, ADDRESS_GAIN),
             says="The government of {ally} spoke of the country's interests."),
        Term("spoke of values", order.equals(VALUES) * carries * (3.0 * worry - 0.6),
             of=(ADDRESS, ADDRESS_GAIN, "threat.threat"),
             says="The government of {ally} spoke of values: it moved the worried and put others off."),
    )  # fmt: skip


def opinion(turn: Turn) -> None:
    """Support moves with rallies, hardship, losses, broken words and what the government says."""
    support, weeks = turn[SUPPORT], turn.weeks
    room, months = 1.0 - support, turn.weeks * 0.25

    def cost(weight: Cells) -> Cells:
        return -support * (1.0 - exp(weight * -2.0))

    dead = (log(1.0 + turn[LOSSES]) - log(1.0 + turn.was(LOSSES))) / LOG_TEN
    below = maximum(turn[FLOOR] - turn[AUTONOMY], 0.0)
    interests, values = speak(turn)
    turn.post(
        SUPPORT,
        Term("rally", (turn[RALLIED] - turn.was(RALLIED)) * room * 2.0, of=(RALLIED,),
             says="The rally in {ally} moved support."),
        Term("closed ranks", (turn[CLOSED_RANKS] - turn.was(CLOSED_RANKS)) * room * 2.0,
             of=(CLOSED_RANKS,),
             says="An attack at home closed the ranks of {ally}, or lies further back."),
        Term("hardship", cost(turn["economy.hardship"] * months * turn[HARDSHIP]),
             of=("economy.hardship", HARDSHIP),
             says="Hardship at home cost the government of {ally} support."),
        Term("losses", cost(dead * turn[CASUALTIES]), of=(LOSSES, CASUALTIES),
             says="Losses abroad cost the government of {ally} support."),
        Term("unkept threat", cost(turn["sanctions.unkept"] * turn[AUDIENCE]),
             of=("sanctions.unkept", AUDIENCE),
             says="{ally} had threatened “{package}” and did not carry it out."),
        Term("bluff called", cost(fell_short(turn) * turn[AUDIENCE]),
             of=("deterrence.signal", AUDIENCE),
             says="A threat of {ally} was shown to be empty."),
        Term("war powers", cost(turn["forces.breach"] * months * turn[BREACH]),
             of=("forces.breach", BREACH),
             says="{ally} acts against its own war-powers rule."),
        Term("forces alone", cost(turn["forces.alone"] * months * turn[ALONE]),
             of=("forces.alone", ALONE),
             says="The forces of {ally} act without a mandate of its allies."),
        Term("sanctions alone", cost(turn["sanctions.alone"] * months * turn[ALONE]),
             of=("sanctions.alone", ALONE),
             says="{ally} sanctions alone: “{package}”."),
        Term("autonomy", cost(below * months * 0.1), of=(AUTONOMY, FLOOR),
             says="{ally} minds how little it decides for itself."),
        interests,
        values,
        Term("politics as usual", (1.0 - decay(turn[DRIFT], weeks)) * (turn[USUAL] - support),
             of=(USUAL, SUPPORT),
             says="Opinion in {ally} drifted to what is usual there."),
    )  # fmt: skip
    spoke = turn.order(ADDRESS) > 0.0
    turn.post(
        SPOKEN,
        Term("spoke", spoke * (1.0 - turn[SPOKEN]) * 0.5, of=(ADDRESS,),
             says="{ally} addressed its public."),
        Term("fades", -turn[SPOKEN] * (1.0 - decay(6.0, weeks)), of=(SPOKEN,),
             says="Its last words fade."),
    )  # fmt: skip


def parliament(turn: Turn) -> None:
    """A parliament asked for its consent follows the public; its consent ends with a government."""
    asked = turn.order(SEEK_VOTE) > 0.0
    worry = turn["threat.threat"].max("adversary")
    likely = logistic((turn[SUPPORT] - 0.45) * 10.0 + (worry - 0.4) * 4.0)
    passed = asked & (turn.roll("vote", "ally") < likely)
    turn.post(
        MANDATED,
        Term("vote", passed * (1.0 - turn[MANDATED]), of=(SEEK_VOTE, Chance("vote")),
             says="Parliament in {ally} voted."),
    )  # fmt: skip
    lost = asked & ~passed
    turn.post(
        SUPPORT,
        Term("vote lost", -lost * turn[SUPPORT] * 0.06, of=(SEEK_VOTE, Chance("vote")),
             says="The government of {ally} lost a vote in its parliament."),
    )  # fmt: skip


def govern(turn: Turn) -> None:
    """A government without support may fall; its successor starts with little and owes nothing."""
    weekly = exp((0.5 - turn[SUPPORT]) * 8.0) * turn[FALL]
    fell = turn.roll("government", "ally") < chance(weekly, turn.weeks)
    why = (SUPPORT, Chance("government"), FALL)
    turn.post(
        CHANGED,
        Term("fell", fell * (1.0 - turn[CHANGED]), of=why, says="The government of {ally} fell."),
    )
    turn.post(
        SUPPORT,
        Term("new government", fell * (1.0 - turn[SUPPORT]) * 0.15, of=why,
             says="A new government took office in {ally}."),
    )  # fmt: skip
    turn.post(
        CAPITAL,
        Term("new government", fell * (40.0 - turn[CAPITAL]) * 0.8, of=why,
             says="A new government took office in {ally}."),
    )  # fmt: skip
    turn.post(
        MANDATED,
        Term("new government", -fell * turn[MANDATED], of=why,
             says="A new government must ask parliament again."),
    )  # fmt: skip


def sovereignty(turn: Turn) -> None:
    """Being outvoted, and handing forces to others, costs autonomy; taking them back restores it."""
    decided = maximum(turn["council.adopted"] - turn.was("council.adopted"), 0.0)
    consent = turn["council.consent"]
    unwilling = (consent > 0.0) * (1.0 - consent)
    now, was = turn["forces.authority"], turn.was("forces.authority")
    owner = turn.belongs("unit", "ally")
    autonomy = turn[AUTONOMY]
    turn.post(
        AUTONOMY,
        Term("bound by a decision", -autonomy * unwilling * decided * 0.07,
             of=("council.consent", "council.adopted"),
             says="{ally} was bound by “{motion}” against its wish."),
        Term("handed over", -autonomy * owner * (now > was) * 0.04, of=("forces.authority",),
             says="{ally} put {unit} under another's command."),
        Term("taken back", (1.0 - autonomy) * owner * (now < was) * 0.08, of=("forces.authority",),
             says="{ally} took {unit} back under its own command."),
    )  # fmt: skip


def habit(eyes: Eyes) -> None:
    """An absent government speaks when support slips, and asks parliament before it deploys."""
    support, worry = eyes.own(SUPPORT), eyes.own("threat.threat").max("adversary")
    quiet = (eyes.own(SPOKEN) < 0.3) & (eyes.own(CAPITAL) > 10.0)
    frame = INTERESTS + (worry > 0.65) * (VALUES - INTERESTS)
    eyes.order(ADDRESS, frame, when=(support < 0.48) & quiet)
    asked_for = eyes["council.mandate"].max("theatre") > 0.2
    hopeful = (support > 0.45) & (eyes.own(CAPITAL) > 20.0)
    eyes.order(SEEK_VOTE, 1.0, when=asked_for & hopeful)


RULE = Rule(
    "domestic",
    says="Will comes from home: support, political capital, parliament and staff are what orders cost.",
    fields=(
        SUPPORT, USUAL, CAPITAL, STAFF, AUTONOMY, MANDATED, RALLIED, CLOSED_RANKS, LOSSES, CHANGED,
        SPOKEN, HOME,
    ),
    decisions=(ADDRESS, SEEK_VOTE),
    parameters=(
        CASUALTIES, DEAD, RALLY, BACKING, RALLY_LIFE, DEFENCE, DEFENCE_LIFE, HARDSHIP, AUDIENCE,
        BREACH, ALONE, ADDRESS_GAIN, DRIFT, FALL, FLOOR,
    ),
    reads=(
        "council.adopted",
        "council.consent",
        "council.mandate",
        "deterrence.level",
        "deterrence.signal",
        "economy.hardship",
        "forces.alone",
        "forces.authority",
        "forces.breach",
        "forces.strength",
        "logistics.destination",
        "sanctions.alone",
        "sanctions.unkept",
        "threat.threat",
    ),
    steps=(
        Step("calendar", start_work),
        Step("council", charge),
        Step("domestic", charge),
        Step("domestic", earn),
        Step("domestic", count_losses),
        Step("domestic", rally),
        Step("domestic", opinion),
        Step("domestic", parliament),
        Step("domestic", govern),
        Step("domestic", sovereignty),
    ),
    unmanned=(Habit("orders", habit),),
)  # fmt: skip
