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

from exercise.engine.cells import exp, logistic, maximum
from exercise.engine.declare import Chance, Habit, Rule, Step, Term
from exercise.engine.rates import chance
from exercise.engine.turn import Turn
from exercise.eyes import Eyes
from exercise.rules.domestic.declared import (
    ADDRESS,
    ADDRESS_GAIN,
    ALONE,
    AUDIENCE,
    AUTONOMY,
    BACKING,
    BREACH,
    CAPITAL,
    CASUALTIES,
    CHANGED,
    CLOSED_RANKS,
    DEFENCE,
    DEFENCE_LIFE,
    DRIFT,
    FALL,
    FLOOR,
    HARDSHIP,
    INTERESTS,
    LOSSES,
    MANDATED,
    RALLIED,
    RALLY,
    RALLY_LIFE,
    SEEK_VOTE,
    SPOKEN,
    STAFF,
    SUPPORT,
    USUAL,
    VALUES,
    WORK,
)
from exercise.rules.domestic.opinion import count_losses, opinion, rally


def start_work(turn: Turn) -> None:
    """A turn brings a new turn's staff work; what was left over is lost."""
    turn.post(
        STAFF,
        Term("a new turn's staff work", turn[WORK] - turn[STAFF],
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
    why = (Chance("government"), FALL)
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
    """Being outvoted and handing forces over costs autonomy; taking them back restores it."""
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
    has_a_say = eyes.own("forces.war_powers") >= 2.0
    hopeful = has_a_say & (support > 0.45) & (eyes.own(CAPITAL) > 20.0)
    eyes.order(SEEK_VOTE, 1.0, when=asked_for & hopeful)


RULE = Rule(
    "domestic",
    says="Will comes from home: support, capital, parliament and staff pay for every order.",
    fields=(
        SUPPORT, USUAL, CAPITAL, STAFF, AUTONOMY, MANDATED, RALLIED, CLOSED_RANKS, LOSSES, CHANGED,
        SPOKEN,
    ),
    decisions=(ADDRESS, SEEK_VOTE),
    parameters=(
        WORK, CASUALTIES, RALLY, BACKING, RALLY_LIFE, DEFENCE, DEFENCE_LIFE, HARDSHIP, AUDIENCE,
        BREACH, ALONE, ADDRESS_GAIN, DRIFT, FALL, FLOOR,
    ),
    reads=(
        "council.adopted",
        "council.consent",
        "council.mandate",
        "deterrence.called",
        "deterrence.casualties",
        "deterrence.clash",
        "deterrence.level",
        "deterrence.losses",
        "economy.hardship",
        "forces.alone",
        "forces.authority",
        "forces.breach",
        "forces.home",
        "forces.strength",
        "logistics.arrived",
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
