"""Tasks are given, refused or taken up; governments answer for them; forces act together."""

from __future__ import annotations

from exercise.engine.cells import Cells, clip, ratio
from exercise.engine.declare import Chance, Given, Only, Term
from exercise.engine.rates import chance, decay
from exercise.engine.turn import Turn
from exercise.rules.forces.decisions import RED_CARD, TASK, WITHDRAW
from exercise.rules.forces.fields import (
    ALERT,
    ALONE,
    ARRIVING,
    AUTHORITY,
    BILL,
    BREACH,
    CAVEATS,
    COMMANDER,
    FILL,
    HOME,
    PLEDGED,
    PRESENT,
    REFUSED,
    REQUIRED,
    STRENGTH,
    TASKED,
    UNITY,
    UNVOTED,
    USABLE,
    WAR_POWERS,
)
from exercise.rules.forces.generation import _grip, filled
from exercise.rules.forces.parameters import (
    ALERT_COST,
    ASIDE,
    AWAY_COST,
    REFUSE,
    REFUSE_CAVEAT,
    REFUSE_HELD,
    STRIKE,
    UNITY_FLOOR,
    WINDOW,
)
from exercise.rules.forces.relations import LEVELS


def _first(orders: Cells, turn: Turn) -> Cells:
    """Of orders to several theatres, the one that stands first on the list."""
    names = turn.ruleset.roster.of("theatre")
    rank = turn.each("theatre", [1.0 - 0.001 * k for k in range(len(names))])
    key = orders * rank
    return (orders > 0.0) & key.equals(key.max("theatre"))


def command(turn: Turn) -> None:
    """Tasks are given, taken up or refused; the unit's own government comes first."""
    own, order = turn.belongs("unit", "ally"), turn.order(TASK)
    tasked, refused, grip_now = turn[TASKED], turn[REFUSED], _grip(turn)
    red = ((turn.order(RED_CARD) > 0.0) * own).max("ally")
    national = _first((order > 0.0) * own, turn)
    elsewhere = (tasked.sum("theatre") - tasked) > 0.0
    may = (turn[AUTHORITY] >= LEVELS["TACOM"]) & ((turn[AUTHORITY] >= LEVELS["OPCON"]) | ~elsewhere)
    asked = ((order > 0.0) * turn[COMMANDER] * (1.0 - own)).max("ally") * turn[PLEDGED] * may
    asked = _first(asked * (1.0 - national.max("ally", "theatre")) * (1.0 - red), turn) * ~(
        tasked > 0.0
    )
    roll = turn.roll("refusal", "unit")
    doubts = turn[REFUSE_CAVEAT] * turn[CAVEATS] + turn[REFUSE]
    balks, hedged = roll < turn[REFUSE], roll < doubts
    refuses = roll < doubts + turn[REFUSE_HELD] * (1.0 - grip_now)
    taken = asked * ~refuses
    going = taken | national.max("ally")
    back = ((order < 0.0) * own).max("ally")
    withdrawn = ((turn.order(WITHDRAW) > 0.0) * own).max("ally") * ~back
    struck = turn.roll("struck down", "ally") < chance(turn[BREACH] * turn[STRIKE], turn.weeks)
    abroad = (own * struck * (1.0 - turn[HOME])).max("ally") * ~back * ~withdrawn
    moved = (going.sum("theatre") - going) > 0.0
    turn.post(
        TASKED,
        Term("sent by its government", national * (1.0 - tasked), of=(TASK,),
             says="{ally} sent it."),
        Term("sent by the joint commander", taken * (1.0 - tasked),
             of=(TASK, Chance("refusal"), AUTHORITY), says="The joint commander sent it."),
        Term("brought home", -(tasked * back), of=(TASK,), says="Its government brought it home."),
        Term("withdrawn", -(tasked * withdrawn), of=(WITHDRAW,), says="It left with the pledge."),
        Term("struck down", -(tasked * abroad), of=(BREACH, Chance("struck down"), STRIKE),
             says="The deployment was struck down at home."),
        Term("moved on", -(tasked * moved * ~back * ~withdrawn * ~abroad), of=(TASK,),
             says="It was tasked to another theatre."),
    )  # fmt: skip
    told = asked.max("theatre")
    said_no = told * refuses
    turn.post(
        REFUSED,
        Term("refused", told * balks * (1.0 - refused), of=(TASK, Chance("refusal"), REFUSE),
             says="It refused the joint commander's task."),
        Term("refused by its caveats", told * hedged * ~balks * (1.0 - refused),
             of=(TASK, Chance("refusal"), CAVEATS, REFUSE_CAVEAT),
             says="Its caveats did not allow the joint commander's task."),
        Term("refused by its capital", said_no * ~hedged * (1.0 - refused),
             of=(TASK, Chance("refusal"), AUTHORITY, REFUSE_HELD),
             says="Its capital, which had kept control, refused the joint commander's task."),
        Term("red card", red * (1.0 - refused) * (1.0 - said_no), of=(RED_CARD,),
             says="Its government showed the red card."),
        Term("settled", -((1.0 - decay(turn[ASIDE], turn.weeks)) * refused), of=(REFUSED, ASIDE),
             says="The quarrel was settled in part."),
    )  # fmt: skip


def fall(turn: Turn) -> None:
    """Forces lose strength where they stood when it came to fighting, a turn ago."""
    there = turn["logistics.destination"] * turn["logistics.arrived"]
    lost = there * turn["deterrence.losses"] * turn[STRENGTH]
    turn.post(
        STRENGTH,
        Term("losses", -lost, of=("deterrence.losses", STRENGTH, "logistics.arrived"),
             says="It lost people and vehicles in {theatre}."),
    )  # fmt: skip


def answer(turn: Turn) -> None:
    """Each government answers to its own war-powers rule, and pays."""
    own, tasked, strength = turn.belongs("unit", "ally"), turn[TASKED], turn[STRENGTH]
    away = tasked * own * (1.0 - turn[HOME])
    gone = away.max("theatre")
    unvoted = gone.max("unit") * (1.0 - turn["domestic.mandated"])
    rule, breach, since = turn[WAR_POWERS], turn[BREACH], turn[UNVOTED]
    turn.post(
        UNVOTED,
        Term("no vote", ratio(gone, gone.sum("unit")) * unvoted * turn.weeks,
             of=(TASKED, "domestic.mandated"),
             says="{unit} was abroad and the parliament of {ally} had not voted."),
        Term("settled", -(since * ~(unvoted > 0.0)), of=(UNVOTED,), says="The matter was settled."),
    )  # fmt: skip
    late = turn[UNVOTED] * 7.0 > turn[WINDOW]
    prior = rule.equals(2.0) * (turn[UNVOTED] > 0.0)
    within = rule.equals(3.0) * late
    turn.post(
        BREACH,
        Term("no prior vote", prior * (1.0 - breach), of=(WAR_POWERS, UNVOTED),
             says="It deployed before parliament had voted."),
        Term("vote overdue", within * (1.0 - breach), of=(WAR_POWERS, UNVOTED, WINDOW),
             says="Parliament's days ran out without a vote."),
        Term("put right", -(breach * (1.0 - prior - within)), of=(BREACH,),
             says="The breach was mended."),
    )  # fmt: skip
    days = turn.weeks * 7.0
    turn.post(
        BILL,
        Term("alert", own * turn[ALERT] * strength * days * turn[ALERT_COST],
             of=(ALERT, STRENGTH, ALERT_COST),
             says="{unit} stood on alert."),
        Term("deployment", gone * strength * days * turn[AWAY_COST],
             of=(TASKED, STRENGTH, AWAY_COST),
             says="{unit} was abroad."),
    )  # fmt: skip


def joint(turn: Turn) -> None:
    """What the forces are worth together, theatre by theatre."""
    own, usable, tasked = turn.belongs("unit", "ally"), turn[USABLE], turn[TASKED]
    bound = turn["logistics.destination"]
    there = bound * turn["logistics.arrived"] * usable
    under = _grip(turn) * turn[PLEDGED]
    floor = turn[UNITY_FLOOR]

    def unity(together: Cells, apart: Cells) -> Cells:
        whole = together + apart.sum("ally")
        shares = ratio(together * together + (apart * apart).sum("ally"), whole * whole, 1.0)
        return floor + (1.0 - floor) * shares

    here = bound | turn.was("logistics.destination")

    def because(mask: Cells) -> tuple[object, ...]:
        return tuple(Only(source, mask) for source in (USABLE, AUTHORITY, "logistics.arrived"))

    turn.derive(
        UNITY,
        unity,
        Given("joint", (there * under).sum("unit"), because(here)),
        Given(
            "national",
            (there * (1.0 - under) * own).sum("unit"),
            (*because(here * own), UNITY_FLOOR),
        ),
    )
    turn.derive(
        PRESENT,
        lambda force: force.sum("unit"),
        Given("force", there, (USABLE, "logistics.arrived", "logistics.destination")),
    )
    soon = bound * (1.0 - turn["logistics.arrived"]) * (turn["logistics.wait"] <= 28.0)
    turn.derive(
        ARRIVING,
        lambda force: force.sum("unit"),
        Given("force", soon * usable, (USABLE, "logistics.wait", "logistics.destination")),
    )
    required = turn[REQUIRED]
    untasked = 1.0 - tasked.sum("theatre")
    committed = clip(turn[PLEDGED] + tasked.sum("theatre"))
    spread = untasked * ratio(required, required.sum("theatre"))
    turn.derive(
        FILL,
        lambda force, place, demand: filled(ratio((force * place).sum("unit"), demand, 4.0)),
        Given("force", usable * committed, (USABLE, Only(PLEDGED, untasked))),
        Given("allotted", tasked + spread, (TASKED, REQUIRED)),
        Given("required", required, (REQUIRED,)),
    )
    held = (own * turn[STRENGTH]).sum("unit")
    sent = (own * turn[STRENGTH] * tasked).sum("unit") * (1.0 - turn[HOME])
    lack = 1.0 - clip(turn["council.mandate"] + turn["council.force_mandate"])
    lacking = lack * lack * lack * lack  # even a weak mandate covers most of what is sent under it
    turn.derive(
        ALONE,
        lambda out, lack: (out * lack).sum("theatre"),
        Given("sent", ratio(sent, held), (Only(TASKED, own), Only(STRENGTH, own), HOME)),
        Given("mandate", lacking, ("council.mandate", "council.force_mandate")),
    )
