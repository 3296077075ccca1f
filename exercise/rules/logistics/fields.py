"""What the world holds about movement and supply, and who may see it."""

from __future__ import annotations

from exercise.engine.declare import ALLIED, Field, Own, Part
from exercise.rules.logistics.relations import (
    TARGET_DAYS,
    _capacity,
    _clearance,
    _crosses,
    _destination,
    _entry,
    _hosted,
    _passage,
    _pieces,
    _route,
    _stock,
)

PIECES = Field(
    "logistics.pieces", "unit", unit="pieces", high=100_000, start=_pieces, seen=ALLIED,
    says="How many vehicles and containers {unit} has to move.",
    rises="{unit} has more to move", falls="{unit} has less to move",
)  # fmt: skip
ROUTE = Field(
    "logistics.route", ("unit", "theatre"), unit="kind", high=2, start=_route, seen=ALLIED,
    says="How {unit} can reach {theatre}.",
    rises="{unit} has another way to {theatre}", falls="{unit} lost a way to {theatre}",
    bands=("no way", "by land or air", "by sea"),
)  # fmt: skip
PASSAGE = Field(
    "logistics.passage", ("unit", "theatre"), unit="days", high=365, start=_passage, seen=ALLIED,
    says="How many days {unit} travels to {theatre}.",
    rises="The way of {unit} to {theatre} became longer",
    falls="The way of {unit} to {theatre} became shorter",
)  # fmt: skip
ENTRY = Field(
    "logistics.entry", ("unit", "theatre", "node"), unit="yes/no", start=_entry, seen=ALLIED,
    says="Whether {unit} enters {theatre} at {node}.",
    rises="{unit} now enters {theatre} at {node}",
    falls="{unit} no longer enters {theatre} at {node}",
)  # fmt: skip
CROSSES = Field(
    "logistics.crosses", ("unit", "theatre", "ally"), unit="yes/no", start=_crosses, seen=ALLIED,
    says="Whether {unit} crosses the ground of {ally} on its way to {theatre}.",
    rises="{unit} now crosses the ground of {ally}",
    falls="{unit} no longer crosses the ground of {ally}",
)  # fmt: skip
PREPOSITIONED = Field(
    "logistics.prepositioned", ("unit", "theatre"), unit="share", seen=ALLIED, good="up",
    says="What share of the kit of {unit} is stored in {theatre}.",
    rises="More of the kit of {unit} is stored in {theatre}",
    falls="Less of the kit of {unit} is stored in {theatre}",
    bands=("none", "some", "most", "all"),
)  # fmt: skip
CAPACITY = Field(
    "logistics.capacity", "node", unit="pieces a day", high=100_000, start=_capacity, seen=ALLIED,
    good="up",
    says="How much {node} can pass in a day, undamaged.",
    rises="{node} was enlarged", falls="{node} was cut back",
)  # fmt: skip
DAMAGE = Field(
    "logistics.damage", "node", unit="share", seen=ALLIED, good="down",
    news=1.8,
    says="What share of {node} is out of use.",
    rises="{node} was damaged", falls="{node} was repaired",
    bands=("whole", "hampered", "crippled", "closed"),
)  # fmt: skip
GUARD = Field(
    "logistics.guard", "node", unit="share", seen=ALLIED, good="up",
    says="How well {node} is protected.", rises="{node} is better protected",
    falls="{node} is less protected",
    bands=("open", "watched", "guarded", "well guarded"),
)  # fmt: skip
HOSTED = Field(
    "logistics.hosted", ("node", "ally@to"), unit="yes/no", start=_hosted, seen=ALLIED,
    kind="choice",
    news=0.5,
    says="Whether {node} takes in forces of {ally@to}.",
    rises="{node} was opened to {ally@to}", falls="{node} was closed to {ally@to}",
    bands=("closed", "open"),
)  # fmt: skip
CLEARANCE = Field(
    "logistics.clearance", ("ally", "ally@to"), unit="days", high=60, start=_clearance, seen=ALLIED,
    good="down",
    says="How many days {ally} takes to clear forces of {ally@to} across its border.",
    rises="{ally} takes longer to clear forces of {ally@to}",
    falls="{ally} clears forces of {ally@to} faster",
    bands=("at once", "within a fortnight", "within a month", "months"),
)  # fmt: skip
STOCK = Field(
    "logistics.stock", "ally", unit="brigade-days", high=100_000, start=_stock, seen=ALLIED,
    good="up",
    says="How many days of supply for a brigade {ally} holds.",
    rises="The stocks of {ally} grew", falls="The stocks of {ally} shrank",
)  # fmt: skip
SUPPLY = Field(
    "logistics.supply", "unit", unit="days", high=60, start=TARGET_DAYS, seen=Own("unit"),
    good="up",
    news=0.5,
    says="How many days of supply {unit} has with it.",
    rises="{unit} was resupplied", falls="{unit} is using up its supplies",
    bands=("running out", "days", "two weeks", "a month", "ample"),
)  # fmt: skip
DESTINATION = Field(
    "logistics.destination", ("unit", "theatre"), unit="yes/no", start=_destination, seen=ALLIED,
    says="Whether {unit} is bound for {theatre}, or is there.",
    rises="{unit} set out for {theatre}", falls="{unit} turned away from {theatre}",
    bands=("no", "yes"),
)  # fmt: skip
LEFT = Field(
    "logistics.left", ("unit", "leg"), unit="days", high=500, seen=ALLIED, good="down",
    says="How many days {unit} still needs for this: {leg}.",
    rises="{unit} needs more days for this: {leg}", falls="{unit} got on with this: {leg}",
)  # fmt: skip
BACKLOG = Field(
    "logistics.backlog", "unit", unit="pieces", high=100_000, seen=ALLIED, good="down",
    says="How many pieces of {unit} still have to pass its port of entry.",
    rises="More of {unit} has to pass its port", falls="More of {unit} has passed its port",
)  # fmt: skip
HOMEWARD = Field(
    "logistics.homeward", "unit", unit="days", high=500, seen=ALLIED, good="down",
    says="How many days {unit} needs until it is home again.",
    rises="{unit} has a longer way home", falls="{unit} came nearer home",
)  # fmt: skip
FIRST = Field(
    "logistics.first", "unit", unit="yes/no", seen=ALLIED, kind="choice",
    says="Whether {unit} goes first at its port of entry.",
    rises="{unit} was given priority", falls="{unit} lost its priority", bands=("in turn", "first"),
)  # fmt: skip

ARRIVED = Field(
    "logistics.arrived", "unit", news=1.8, unit="yes/no", seen=ALLIED, kind="derived", good="up",
    parts=(
        Part("bound", "unit", says="It was sent, or called home."),
        Part("left", ("unit", "leg"), says="It got on with this: {leg}."),
        Part("backlog", "unit", says="More of it passed its port of entry."),
    ),
    says="Whether {unit} is ready in its theatre.",
    rises="{unit} is ready in its theatre", falls="{unit} is no longer in its theatre",
    bands=("no", "yes"),
)  # fmt: skip
WAIT = Field(
    "logistics.wait", "unit", unit="days", high=365, seen=ALLIED, kind="derived", good="down",
    parts=(
        Part("left", ("unit", "leg"), says="Days passed, or were added: {leg}."),
        Part("backlog", "unit", says="Its own pieces passed the port, or piled up."),
        Part("ahead", "unit", says="Others stand before it at the port."),
        Part("rate", ("unit", "node"), says="{node} passes more or less for it."),
    ),
    says="How many days are left until {unit} is ready in its theatre.",
    rises="{unit} will be later", falls="{unit} came nearer",
    bands=("days", "weeks", "many weeks", "months"),
)  # fmt: skip
STAGE = Field(
    "logistics.stage", "unit", unit="stage", high=5, seen=ALLIED, kind="derived",
    parts=(
        Part("bound", "unit", says="It was sent, or called home."),
        Part("left", ("unit", "leg"), says="It got on with this: {leg}."),
        Part("backlog", "unit", says="More of it passed its port of entry."),
    ),
    says="How far {unit} has come on its move.",
    rises="{unit} is further on its way", falls="{unit} starts anew",
    bands=("at home", "waiting", "loading", "under way", "in reception", "ready"),
)  # fmt: skip
PROGRESS = Field(
    "logistics.progress", "unit", unit="share", seen=ALLIED, kind="derived",
    parts=(
        Part("bound", "unit", says="It was sent, or called home."),
        Part("passage", "unit", says="The days it has left to travel changed."),
        Part("whole", "unit", says="The length of its way changed."),
    ),
    says="How much of its way {unit} has travelled; for the map.",
    rises="{unit} is further along its way", falls="{unit} is back at the start of a way",
)  # fmt: skip
SUSTAIN = Field(
    "logistics.sustain", "unit", unit="share", start=1.0, seen=Own("unit"), kind="derived",
    good="up",
    parts=(Part("supply", "unit", says="Its supplies changed."),),
    says="How far supplies let {unit} do its work.",
    rises="{unit} is better supplied", falls="{unit} is hampered by want of supplies",
    bands=("spent", "hampered", "short", "sustained"),
)  # fmt: skip
THROUGHPUT = Field(
    "logistics.throughput", "node", unit="pieces a day", high=100_000, seen=ALLIED, kind="derived",
    good="up",
    parts=(
        Part("capacity", "node", says="Its capacity changed."),
        Part("damage", "node", says="Its damage changed."),
    ),
    says="How much {node} passes in a day now.",
    rises="{node} passes more", falls="{node} passes less",
)  # fmt: skip
QUEUE = Field(
    "logistics.queue", "node", unit="pieces", high=1_000_000, seen=ALLIED, kind="derived",
    good="down",
    parts=(Part("waiting", ("node", "unit"), says="Pieces of {unit} came in, or moved on."),),
    says="How many pieces wait at {node}, or are on their way there.",
    rises="The queue at {node} grew", falls="The queue at {node} shrank",
)  # fmt: skip
