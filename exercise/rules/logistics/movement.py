"""Consent, setting out, travelling, and the queue at the port of entry."""

from __future__ import annotations

from exercise.engine.cells import Cells, clip, maximum, minimum, ratio, sqrt
from exercise.engine.declare import Given, Only, Term
from exercise.engine.kept import kept
from exercise.engine.rates import decay
from exercise.engine.turn import Turn
from exercise.rules.logistics.decisions import CHARTER_LIFT, CLEAR, HOST, PRIORITY, PROTECT
from exercise.rules.logistics.fields import (
    ARRIVED,
    BACKLOG,
    CAPACITY,
    CLEARANCE,
    CROSSES,
    DAMAGE,
    DESTINATION,
    ENTRY,
    FIRST,
    GUARD,
    HOMEWARD,
    HOSTED,
    LEFT,
    PASSAGE,
    PIECES,
    PREPOSITIONED,
    PROGRESS,
    QUEUE,
    ROUTE,
    STAGE,
    THROUGHPUT,
    WAIT,
)
from exercise.rules.logistics.parameters import (
    CHARTER,
    CLEARED,
    DRAW,
    GUARD_LASTS,
    GUARDED,
    LOAD,
    LOAD_LAND,
    REPAIR,
)
from exercise.rules.logistics.relations import LEGS


def soft_max(first: Cells, second: Cells) -> Cells:
    """Two waits that run side by side: a little more than the longer one, without a kink."""
    a, b = first * first, second * second
    return sqrt(sqrt(a * a + b * b))


def _leg(turn: Turn, leg: str) -> Cells:
    return turn.each("leg", {leg: 1.0})


def gates(turn: Turn) -> Cells:
    """A mask [unit, node]: the port of entry of each unit that is bound somewhere."""
    return _ports(turn[DESTINATION], turn[ENTRY])


def welcome(turn: Turn) -> Cells:
    """A mask [unit, node]: where the owner of a node takes in the unit's nation."""
    return _let_in(turn.belongs("unit", "ally@to"), turn[HOSTED])


def sound(turn: Turn) -> Cells:
    """Pieces a day [unit, node] that a unit's port of entry would pass, were it undamaged."""
    return _flow(gates(turn), welcome(turn), turn[CAPACITY])


def passing(turn: Turn) -> Cells:
    """Pieces a day [unit, node] that a unit's port of entry would pass if it stood alone there."""
    return _hampered(sound(turn), turn[DAMAGE])


@kept
def _ports(bound: Cells, entry: Cells) -> Cells:
    return (bound * entry).max("theatre")


@kept
def _let_in(owned: Cells, hosted: Cells) -> Cells:
    return (owned * hosted).max("ally@to")


@kept
def _flow(gate: Cells, taken_in: Cells, capacity: Cells) -> Cells:
    return gate * taken_in * capacity


@kept
def _hampered(flow: Cells, damage: Cells) -> Cells:
    return flow * (1.0 - damage)


def in_front(turn: Turn) -> Cells:
    """A mask [unit, unit@to]: who stands before whom at the same port of entry.

    Who is nearer the port comes first, priority counting ten days; then who is further through
    it, then who stands first on the list. Who is not let in stands in nobody's way.
    """
    of = turn.ruleset.roster.of
    return _before(
        passing(turn),
        turn.each("node", range(1, len(of("node")) + 1)),
        turn.each("unit", range(len(of("unit")))),
        turn[FIRST],
        turn[BACKLOG],
        turn[PIECES],
        turn[LEFT],
    )


@kept
def _before(
    let_in: Cells, port: Cells, rank: Cells, first: Cells, backlog: Cells, pieces: Cells,
    left: Cells,
) -> Cells:  # fmt: skip
    place = ((let_in > 0.0) * port).max("node")
    done = 1.0 - ratio(backlog, pieces + 1.0)
    key = first * 10.0 + done - left.sum("leg")
    other, other_rank = key.turned(unit="unit@to"), rank.turned(unit="unit@to")
    earlier = (other > key) | (other.equals(key) & (other_rank < rank))
    return (place > 0.0) & place.equals(place.turned(unit="unit@to")) & earlier


def consent(turn: Turn) -> None:
    """Nodes are opened, closed and protected, borders cleared, places in the queue settled."""
    mine = turn.belongs("node", "ally")
    hosted, asked = turn[HOSTED], turn.order(HOST) * mine
    turn.post(
        HOSTED,
        Term("opened", (asked > 0.0) * (1.0 - hosted), of=(HOST,), says="{ally} opened it."),
        Term("closed", -((asked < 0.0) * hosted), of=(HOST,), says="{ally} closed it."),
    )  # fmt: skip
    shorter = minimum(turn[CLEARED] - turn[CLEARANCE], 0.0)
    turn.post(
        CLEARANCE,
        Term("standing clearance", (turn.order(CLEAR) > 0.0) * shorter, of=(CLEAR, CLEARED),
             says="{ally} gave standing clearance."),
    )  # fmt: skip
    guard, damage = turn[GUARD], turn[DAMAGE]
    posted = (turn.order(PROTECT) * mine) > 0.0
    attack = turn["cyber.effect"]
    hit = maximum(attack * (1.0 - turn[GUARDED] * guard) - damage, 0.0)
    mended = (1.0 - decay(turn[REPAIR], turn.weeks)) * damage * (1.0 - attack)
    turn.post(
        DAMAGE,
        Term("cyber attack", hit, of=("cyber.effect",), says="A cyber attack hampers it."),
        Term("repair", -mended, of=(DAMAGE, REPAIR), says="It was repaired in part."),
    )  # fmt: skip
    tired = (1.0 - decay(turn[GUARD_LASTS], turn.weeks)) * guard * (1.0 - posted.max("ally"))
    turn.post(
        GUARD,
        Term("protected", posted * (1.0 - guard), of=(PROTECT,), says="{ally} put a guard on it."),
        Term("guard tires", -tired, of=(GUARD, GUARD_LASTS), says="The guard grew thin."),
    )  # fmt: skip
    first, placed = turn[FIRST], turn.order(PRIORITY) * turn.belongs("unit", "ally")
    turn.post(
        FIRST,
        Term("first", (placed > 0.0) * (1.0 - first), of=(PRIORITY,), says="{ally} put it first."),
        Term("in turn", -((placed < 0.0) * first), of=(PRIORITY,), says="{ally} put it in turn."),
    )  # fmt: skip


def set_out(turn: Turn) -> None:
    """Newly tasked units get their days and their pieces; those called home turn back."""
    tasked, bound, route = turn["forces.tasked"], turn[DESTINATION], turn[ROUTE]
    new, gone = tasked * (1.0 - bound) * (route > 0.0), bound * (1.0 - tasked)
    going, off = new.sum("theatre"), gone.max("theatre")
    far = (new * (turn[PASSAGE] > 0.0)).sum("theatre")
    by_sea = (new * clip(route - 1.0)).sum("theatre")
    stored = (new * turn[PREPOSITIONED]).sum("theatre")
    days = (new * turn[PASSAGE]).sum("theatre")
    crossed = (new * turn[CROSSES]).max("theatre")
    owned = turn.belongs("unit", "ally@to")
    papers = (crossed * turn[CLEARANCE] * owned).max("ally", "ally@to")
    back = turn[HOMEWARD] + (gone * turn[PASSAGE]).sum("theatre") * turn[PROGRESS]
    set_off, ended = Only("forces.tasked", new), Only("forces.tasked", gone)
    ship = turn[LOAD] * turn[PIECES] * (1.0 / 2800.0)
    chartered = (turn.order(CHARTER_LIFT) * turn.belongs("unit", "ally")) > 0.0
    wait, loading, passage = _leg(turn, "wait"), _leg(turn, "loading"), _leg(turn, "passage")
    left, saved = turn[LEFT], turn[CHARTER]
    turn.post(
        LEFT,
        Term("notice and clearance", going * soft_max(turn["forces.lead_time"], papers) * wait,
             of=(set_off, "forces.lead_time", Only(CLEARANCE, lambda: crossed * owned),
                 Only(CROSSES, new)),
             says="Its notice to move and its papers take their days."),
        Term("home first", going * back * wait, of=(set_off, HOMEWARD),
             says="It has to come home before it can start again."),
        Term("loading aboard ship", (1.0 - stored) * far * by_sea * ship * loading,
             of=(set_off, PIECES, Only(ROUTE, new), LOAD, Only(PREPOSITIONED, new)),
             says="It has to load."),
        Term("loading", (1.0 - stored) * far * (1.0 - by_sea) * turn[LOAD_LAND] * loading,
             of=(set_off, LOAD_LAND, Only(PREPOSITIONED, new)), says="It has to load."),
        Term("passage", ((1.0 - stored) * days + stored * far * turn[DRAW]) * passage,
             of=(set_off, Only(PASSAGE, new), Only(PREPOSITIONED, new)), says="It has to travel."),
        Term("called off", -(off * left), of=(ended,), says="The move was called off."),
        Term("chartered lift", -(chartered * (1.0 - off) * left * (loading + passage) * saved),
             of=(CHARTER_LIFT, CHARTER), says="{ally} chartered lift."),
    )  # fmt: skip
    by_gate = (new * turn[ENTRY].max("node")).sum("theatre")
    turn.post(
        BACKLOG,
        Term("set out", far * by_gate * turn[PIECES], of=(set_off, PIECES, Only(ENTRY, new)),
             says="All it has must pass its port of entry."),
        Term("called off", -(off * turn[BACKLOG]), of=(ended,),
             says="The move was called off."),
    )  # fmt: skip
    nearer = minimum(back, turn.weeks * 7.0) * (1.0 - going)
    turn.post(
        HOMEWARD,
        Term("called home", off * (back - turn[HOMEWARD]),
             of=(ended, Only(PASSAGE, gone), PROGRESS), says="It was called home."),
        Term("days pass", -nearer, of=(HOMEWARD,), says="It travelled home."),
        Term("set out again", -(going * back), of=(set_off,), says="It set out again."),
    )  # fmt: skip
    turn.post(
        DESTINATION,
        Term("set out", new, of=("forces.tasked", ROUTE), says="It was tasked there."),
        Term("called home", -gone, of=("forces.tasked",), says="It is no longer tasked there."),
    )  # fmt: skip


def travel(turn: Turn) -> None:
    """The turn's days are spent on waiting, loading and passage, and then in the queue."""
    days, left, backlog = turn.weeks * 7.0, turn[LEFT], turn[BACKLOG]
    rate, queue = passing(turn).sum("node"), in_front(turn)
    gate, owned = gates(turn), turn.belongs("unit", "ally@to")
    unhampered = sound(turn).sum("node")
    spent = []
    for leg in range(len(LEGS)):
        used = minimum(left.pick("leg", leg), days)
        spent.append(used)
        days = days - used
    stays = days  # what is left of the turn once it stands at its port
    waiting = (backlog * (stays > 0.0)).turned(unit="unit@to")
    ahead = (queue * waiting).sum("unit@to")
    opened = maximum((queue * (waiting > 0.0) * stays.turned(unit="unit@to")).max("unit@to"), stays)

    def passed(pace: Cells) -> Cells:
        """Pieces passed at this pace, once those in front have passed."""
        return minimum(backlog, maximum(minimum(pace * stays, pace * opened - ahead), 0.0))

    whole = passed(unhampered)
    held_up = whole - passed(rate)
    wait, loading, passage = _leg(turn, "wait"), _leg(turn, "loading"), _leg(turn, "passage")
    turn.post(
        LEFT,
        Term("days waited", -(spent[0] * wait), of=(LEFT,), says="Days of waiting passed."),
        Term("days loaded", -(spent[1] * loading), of=(LEFT,), says="It was loading."),
        Term("days travelled", -(spent[2] * passage), of=(LEFT,), says="It was under way."),
    )  # fmt: skip
    turn.post(
        BACKLOG,
        Term("received", -whole,
             of=(BACKLOG, Only(CAPACITY, gate), Only(HOSTED, lambda: gate * owned)),
             says="Its port of entry passed it on, as far as others before it left room."),
        Term("held up by damage", held_up, of=(Only(DAMAGE, gate),),
             says="Damage at its port of entry held it up."),
    )  # fmt: skip


def _arrived(bound: Cells, left: Cells, backlog: Cells) -> Cells:
    return bound * ~(left.sum("leg") > 0.0) * ~(backlog > 0.0)


def _stage(bound: Cells, left: Cells, backlog: Cells) -> Cells:
    """0 at home, 1 waiting, 2 loading, 3 under way, 4 in reception, 5 ready."""
    stage = 5.0 - (backlog > 0.0)
    for leg in (2, 1, 0):
        stage = stage + (left.pick("leg", leg) > 0.0) * (leg + 1.0 - stage)
    return bound * stage


def _wait(left: Cells, backlog: Cells, ahead: Cells, rate: Cells) -> Cells:
    """Days until ready: to the port or until others have passed, then through it."""
    pace = rate.sum("node")
    port = maximum(left.sum("leg"), ratio(ahead, pace))
    return port + (backlog > 0.0) * ratio(backlog, pace, 365.0)


def measure(turn: Turn) -> None:
    """How far every move has come, and what every node passes."""
    bound, left, backlog = turn[DESTINATION].sum("theatre"), turn[LEFT], turn[BACKLOG]
    turn.derive(
        THROUGHPUT,
        lambda capacity, damage: capacity * (1.0 - damage),
        Given("capacity", turn[CAPACITY], (CAPACITY,)),
        Given("damage", turn[DAMAGE], (DAMAGE,)),
    )
    for field, combine in ((ARRIVED, _arrived), (STAGE, _stage)):
        turn.derive(
            field, combine,
            Given("bound", bound, (DESTINATION,)),
            Given("left", left, (LEFT,)),
            Given("backlog", backlog, (BACKLOG,)),
        )  # fmt: skip
    ahead = (in_front(turn) * backlog.turned(unit="unit@to")).sum("unit@to") * (backlog > 0.0)
    turn.derive(
        WAIT, _wait,
        Given("left", left, (LEFT,)),
        Given("backlog", backlog, (BACKLOG,)),
        Given("ahead", ahead, (BACKLOG, FIRST)),
        Given("rate", passing(turn),
              (CAPACITY, DAMAGE, Only(HOSTED, turn.belongs("unit", "ally@to")))),
    )  # fmt: skip
    started = ~(left.pick("leg", 0) + left.pick("leg", 1) > 0.0)
    stored = turn[DESTINATION] * turn[PREPOSITIONED]
    days = turn[DESTINATION] * turn[PASSAGE]
    whole = (days * (1.0 - stored) + stored * turn[DRAW]).sum("theatre")
    turn.derive(
        PROGRESS,
        lambda under_way, passage, way: under_way * clip(1.0 - ratio(passage, way)),
        Given("bound", bound * started, (DESTINATION, LEFT)),
        Given("passage", left.pick("leg", 2), (LEFT,)),
        Given("whole", whole, (PASSAGE, PREPOSITIONED)),
    )
    turn.derive(
        QUEUE,
        lambda waiting: waiting.sum("unit"),
        Given("waiting", gates(turn) * backlog, (BACKLOG,)),
    )
