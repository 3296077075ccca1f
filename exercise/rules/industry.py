"""Industry: stocks are made before they are needed, and a surge pays after months.

Each ally's industry delivers supplies at a rate that creeps towards its capacity. A surge adds
capacity at once and output only later. The more is made the cheaper each day of supply becomes
(the learning curve, Wright 1936; its rate here is design judgement). Buying together counts the
partners' volume too, so it is cheaper, but every partner beyond the second slows it, and shared
kit later makes forces work together better.
"""

from __future__ import annotations

from exercise.engine import exact
from exercise.engine.cells import Cells, minimum, power
from exercise.engine.declare import (
    ALLIED,
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
from exercise.engine.rates import decay
from exercise.engine.roster import Roster
from exercise.engine.turn import Turn
from exercise.eyes import Eyes

BUILD = Parameter("industry.build", 26, 8, 104, "weeks", "design judgement", "J",
                  says="How long output takes to close half of its gap to capacity.")  # fmt: skip
SURGE_ADDS = Parameter("industry.surge_adds", 0.25, 0.05, 1.0, "share per step", "design judgement",
                       "J", says="What each step of a surge adds to capacity.")  # fmt: skip
LEARNING = Parameter("industry.learning", 0.9, 0.7, 1.0, "per doubling",
                     "form Wright 1936; rate design judgement", "J",
                     says="What a unit costs after each doubling of output so far.")  # fmt: skip
PARTNER_DELAY = Parameter("industry.partner_delay", 0.10, 0.0, 0.5, "share per partner",
                          "design judgement", "J",
                          says="How much each partner beyond two slows a joint buy.")  # fmt: skip


def _output(roster: Roster) -> dict[tuple[str, ...], float]:
    """Peacetime industry makes a tenth of a brigade's daily need for each brigade, a day."""
    units = roster.scenario.units.values() if roster.scenario else ()
    return {
        (a,): 0.7 * sum(unit.strength for unit in units if unit.owner == a)
        for a in roster.of("ally")
    }


CAPACITY = Field(
    "industry.capacity", "ally", unit="brigade-days a week", high=10_000, start=_output,
    seen=Own("ally"), good="up",
    says="How many days of supply for a brigade the industry of {ally} could make in a week.",
    rises="The industry of {ally} was enlarged", falls="The industry of {ally} was cut back",
)  # fmt: skip
OUTPUT = Field(
    "industry.output", "ally", unit="brigade-days a week", high=10_000, start=_output, seen=ALLIED,
    good="up",
    says="How many days of supply for a brigade the industry of {ally} makes in a week.",
    rises="The industry of {ally} delivers more", falls="The industry of {ally} delivers less",
)  # fmt: skip
MADE = Field(
    "industry.made", "ally", unit="brigade-days", high=10_000_000, start=10.0, seen=ALLIED,
    says="How many brigade-days of supply the industry of {ally} has made so far.",
    rises="The industry of {ally} delivered", falls="Deliveries of {ally} were written off",
)  # fmt: skip
JOINT = Field(
    "industry.joint", ("ally", "ally@to"), unit="yes/no", seen=ALLIED, kind="choice",
    says="Whether {ally} is ready to buy together with {ally@to}; it takes both.",
    rises="{ally} joined a buy with {ally@to}", falls="{ally} left its buy with {ally@to}",
    bands=("alone", "together"),
)  # fmt: skip
UNIT_COST = Field(
    "industry.unit_cost", "ally", unit="index", high=2, start=1.0, seen=ALLIED, kind="derived",
    parts=(
        Part("made", "ally", says="What {ally} made taught its makers."),
        Part("partners", ("ally", "ally@to"), says="What {ally@to} made counted too."),
    ),
    says="What a day of supply costs {ally}, beside 1 at the start of production.",
    rises="Supplies became dearer for {ally}", falls="Supplies became cheaper for {ally}",
    bands=("cheap", "fair", "dear", "very dear"), good="down",
)  # fmt: skip


def _may_join(eyes: Eyes) -> list[Check]:
    return [Check(~eyes.me("ally@to"), "a joint buy needs a partner", "Choose an ally.")]


SURGE = Decision(
    "industry.surge", (), says="Order industry to surge",
    tells={
        "a little": "Order industry to surge a little",
        "much": "Order industry to surge much",
        "to the full": "Order industry to surge to the full",
    },
    levels={"a little": 1.0, "much": 2.0, "to the full": 3.0}, cost=Cost(staff=1, money=10),
    seen=ALLIED,
    consequence="You pay now; deliveries grow over the months to come.",
)  # fmt: skip
JOIN = Decision(
    "industry.join", "ally@to", says="Buy together with {ally@to}",
    tells={"join": "Buy together with {ally@to}", "leave": "Stop buying together with {ally@to}"},
    levels={"join": 1.0, "leave": -1.0}, cost=Cost(staff=1), seen=ALLIED, allowed=_may_join,
    consequence="Once both have joined, volume makes it cheaper and partners make it slower.",
)  # fmt: skip


def cheaper(made: Cells, partners: Cells, slope: float) -> Cells:
    """Wright's curve: (volume / 10) to the power of log2 of the learning rate."""
    volume = made + partners.sum("ally@to")
    return power(volume * 0.1, slope)


def _together(turn: Turn) -> Cells:
    """A mask [ally, ally@to]: pairs of which both have joined."""
    joint = turn[JOINT]
    return joint * joint.named({"ally": "ally@to", "ally@to": "ally"})


def make(turn: Turn) -> None:
    """Surges enlarge capacity, output creeps after it, and partners come and go."""
    order = turn.order(SURGE)
    capacity, output, joint = turn[CAPACITY], turn[OUTPUT], turn[JOINT]
    turn.post(
        CAPACITY,
        Term("surge", order * turn[SURGE_ADDS] * capacity, of=(SURGE, SURGE_ADDS),
             says="{ally} ordered a surge."),
    )  # fmt: skip
    asked = turn.order(JOIN) * (1.0 - turn.same("ally", "ally@to"))
    turn.post(
        JOINT,
        Term("joined", (asked > 0.0) * (1.0 - joint), of=(JOIN,), says="{ally} joined."),
        Term("left", -((asked < 0.0) * joint), of=(JOIN,), says="{ally} left."),
    )  # fmt: skip
    partners = _together(turn).sum("ally@to")
    slowed = 1.0 + turn[PARTNER_DELAY] * (partners - minimum(partners, 1.0))
    paced = 1.0 - decay(turn[BUILD], turn.weeks / slowed)
    turn.post(
        OUTPUT,
        Term("capacity", paced * (turn[CAPACITY] - output), of=(CAPACITY, JOINT, BUILD),
             says="Output followed capacity."),
    )  # fmt: skip
    turn.post(
        MADE,
        Term("made", turn[OUTPUT] * turn.weeks, of=(OUTPUT,), says="Industry delivered."),
    )  # fmt: skip


def measure(turn: Turn) -> None:
    """What a day of supply costs."""
    slope = float(exact.log(turn[LEARNING]) / exact.log(2.0))
    shared = _together(turn) * turn[MADE].turned(ally="ally@to")
    theirs = Origin("cell", MADE.name, ("ally@to",))
    turn.derive(
        UNIT_COST,
        lambda made, partners: cheaper(made, partners, slope),
        Given("made", turn[MADE], (MADE, LEARNING)),
        Given("partners", shared, (JOINT, theirs, LEARNING)),
    )


def habit(eyes: Eyes) -> None:
    """An absent seat surges once when its stocks are thin for the danger it sees."""
    fear = eyes.own("threat.threat").max("adversary")
    force = (eyes["forces.strength"] * eyes.mine("unit")).sum("unit")
    thin = eyes.own("logistics.stock") < force * 40.0
    idle = eyes.own(CAPACITY) < eyes.own(OUTPUT) * 1.1
    eyes.order(SURGE, 1.0, when=thin * idle * (fear > 0.5) * (force > 0.0))
    asked = eyes.own(JOINT, "ally@to")
    eyes.order(JOIN, 1.0, when=asked.turned(ally="ally@to") * ~(eyes.own(JOINT) > 0.0))


RULE = Rule(
    "industry",
    says="Industry delivers late, cheaper in volume, slower in company.",
    fields=(CAPACITY, OUTPUT, MADE, JOINT, UNIT_COST),
    decisions=(SURGE, JOIN),
    parameters=(BUILD, SURGE_ADDS, LEARNING, PARTNER_DELAY),
    steps=(Step("industry", make), Step("industry", measure, opening=True)),
    unmanned=(Habit("orders", habit),),
)
