"""Economy and supply: dependence is a weapon, and stocks, substitution and allies blunt it.

What an adversary cuts hurts an ally by how much the ally depends on it, less what has been
substituted, less what stocks cover. Substitution takes a quarter of a year to get half-way and
goes further with partners who sell the same thing; stocks buy weeks, not months. Hardship follows
shortages and the blow of one's own sanctions, and fades with a half-life of two months. The same
trade that makes an ally vulnerable is its exposure when it sanctions. Directions are general
knowledge; sizes are design judgement.
"""

from __future__ import annotations

from exercise.engine.cells import Cells, clip, exp, maximum, minimum, ratio
from exercise.engine.declare import Given, Habit, Only, Rule, Step, Term
from exercise.engine.rates import decay
from exercise.engine.turn import Turn
from exercise.eyes import Eyes
from exercise.rules.economy.declared import (
    ADAPTING,
    AID,
    BITE,
    BLOWBACK,
    CUT,
    DEPENDENCE,
    DIVERSIFY,
    DIVERSIFYING,
    EXPOSURE,
    HARDSHIP,
    HARDSHIP_LIFE,
    RELEASE,
    RELIEF,
    SHARE,
    SHORTAGE,
    SIZE,
    SLUMP,
    STOCK,
    STOCKPILE,
    SUBSTITUTE,
    SUBSTITUTING,
    SUBSTITUTION,
    WEIGHT,
)


def supply(turn: Turn) -> None:
    """What adversaries cut is cut; what was cut otherwise finds its way back in time."""
    ordered, before = turn["adversary.cut"], turn.was("adversary.cut")
    standing = clip(ordered.sum("adversary"))
    back = 1.0 - decay(26.0, turn.weeks)
    turn.post(
        CUT,
        Term("cut off", (1.0 - turn[CUT]) * maximum(ordered - before, 0.0), of=("adversary.cut",),
             says="{adversary} cut its supply of {sector}."),
        Term("opened", turn[CUT] * ratio(minimum(ordered - before, 0.0), before),
             of=("adversary.cut",), says="{adversary} let {sector} flow again."),
        Term("found its way", -back * maximum(turn[CUT] - standing, 0.0), of=(CUT,),
             says="Trade in {sector} found its way again."),
    )  # fmt: skip


def adapt(turn: Turn) -> None:
    """Firms find other suppliers while a supply is cut, and leave markets that are closed."""
    cut, found = turn[CUT], turn[SUBSTITUTE]
    same = turn.same("ally", "actor")
    friends = (same * turn[SHARE]).sum("actor")
    others = clip(friends.sum("ally") - friends)
    reach = (0.5 + 0.5 * others) * turn[SUBSTITUTION]
    quick, slow = 1.0 - decay(turn[SUBSTITUTING], turn.weeks), 1.0 - decay(52.0, turn.weeks)
    turn.post(
        SUBSTITUTE,
        Term("search", quick * (cut > 0.0) * maximum(reach - found, 0.0),
             of=(CUT, Only(SHARE, lambda: same.max("ally") * ~same), SUBSTITUTION),
             says="{ally} searched for {sector} elsewhere."),
        Term("old habits", -slow * (1.0 - cut) * found, of=(SUBSTITUTE,),
             says="{ally} drifted back to its old suppliers of {sector}."),
    )  # fmt: skip
    closed = turn["sanctions.adopted"] * (1.0 - turn["sanctions.carved"]) * turn["sanctions.depth"]
    leaving = 1.0 - exp(-(closed.sum("package") * turn.weeks) * (0.693 / turn[ADAPTING]))
    programme = turn.order(DIVERSIFY) * turn[DIVERSIFYING]
    turn.post(
        DEPENDENCE,
        Term("other suppliers", -turn[DEPENDENCE] * programme, of=(DIVERSIFY, DIVERSIFYING),
             says="{ally} bought {sector} elsewhere."),
    )  # fmt: skip
    turn.post(
        EXPOSURE,
        Term("other markets", -turn[EXPOSURE] * programme, of=(DIVERSIFY, DIVERSIFYING),
             says="Firms of {ally} turned to other markets for {sector}."),
        Term("trade lost", -turn[EXPOSURE] * leaving * (1.0 - programme),
             of=(Only("sanctions.adopted", closed), Only("sanctions.depth", closed), ADAPTING),
             says="Firms of {ally} left the market that its sanctions had closed."),
    )  # fmt: skip
    own = turn.same("actor", "ally")
    built = (own * programme).sum("ally")
    turn.post(
        SHARE,
        Term("new supply", built * 0.2 * turn[SHARE] * (1.0 - turn[SHARE]),
             of=(Only(DIVERSIFY, own), DIVERSIFYING),
             says="{actor} built supply of its own in {sector}."),
    )  # fmt: skip


def lend(turn: Turn) -> None:
    """Aid leaves one ally's stocks for another's, measured in weeks of the receiver's need."""
    size, stock = turn[SIZE], turn[STOCK]
    asked = turn.order(AID)
    scale = ratio(size.named({"ally": "ally@to"}), size)
    wanted = (asked * scale).sum("ally@to")
    able = minimum(ratio(stock, wanted, 1.0), 1.0)
    sent = asked * able
    received = sent.named({"ally": "ally@to", "ally@to": "ally"})
    bought = turn.order(STOCKPILE) * (1.0 - turn[CUT] * turn[DEPENDENCE]) * (1.0 - stock / 104.0)
    turn.post(
        STOCK,
        Term("sent", -sent * scale, of=(AID,), says="{ally} sent {sector} to {ally@to}."),
        Term("received", received, of=(AID,), says="{ally@to} sent {sector} to {ally}."),
        Term("bought", bought, of=(STOCKPILE,), says="{ally} bought {sector} for its stocks."),
    )  # fmt: skip


def draw(turn: Turn) -> None:
    """Stocks released cover the gap for as long as they last."""
    gap = turn[CUT] * turn[DEPENDENCE] * (1.0 - turn[SUBSTITUTE])
    lasts = minimum(ratio(turn[STOCK], gap * turn.weeks, 1.0), 1.0)
    covered = turn.order(RELEASE) * lasts * (gap > 0.0)
    turn.post(
        RELIEF,
        Term("released", covered, of=(RELEASE, STOCK), says="{ally} released stocks of {sector}."),
        Term("last turn's", -turn[RELIEF], of=(RELIEF,),
             says="What {ally} released before is used up."),
    )  # fmt: skip
    turn.post(
        STOCK,
        Term("drawn", -covered * gap * turn.weeks, of=(RELEASE, CUT, DEPENDENCE),
             says="{ally} drew on its stocks of {sector}."),
    )  # fmt: skip


def lacking(cut: Cells, dependence: Cells, substitute: Cells, relief: Cells) -> Cells:
    """What is missing: cut supply one depended on, neither replaced nor covered from stocks."""
    return cut * dependence * (1.0 - substitute) * (1.0 - relief)


def measure(turn: Turn) -> None:
    """Who lacks what."""
    turn.derive(
        SHORTAGE,
        lacking,
        Given("cut", turn[CUT], (CUT,)),
        Given("dependence", turn[DEPENDENCE], (DEPENDENCE,)),
        Given("substitute", turn[SUBSTITUTE], (SUBSTITUTE,)),
        Given("relief", turn[RELIEF], (RELIEF,)),
    )


def suffer(turn: Turn) -> None:
    """Hardship follows shortages and the cost of one's own sanctions, with a delay."""
    weight = ratio(turn[WEIGHT], turn[WEIGHT].sum("sector"))
    lack = turn[SHORTAGE] * weight * turn[BITE]
    blow = turn["sanctions.blow"] * turn[BLOWBACK]
    strain = lack.sum("sector") + blow
    rate = 1.0 - decay(turn[HARDSHIP_LIFE], turn.weeks)
    felt = rate * ratio(1.0 - exp(-strain), strain)
    turn.post(
        HARDSHIP,
        Term("shortages", felt * lack, of=(SHORTAGE, WEIGHT, BITE), says="{ally} lacks {sector}."),
        Term("own sanctions", felt * blow, of=("sanctions.blow", BLOWBACK),
             says="The sanctions of {ally} cost its own economy."),
        Term("people adapt", -rate * turn[HARDSHIP], of=(HARDSHIP,),
             says="People in {ally} adapted."),
    )  # fmt: skip
    years = turn.weeks / 52.0
    turn.post(
        SIZE,
        Term("own sanctions", -turn[SIZE] * turn["sanctions.blow"] * years * 0.01,
             of=("sanctions.blow",), says="The sanctions of {ally} cost its economy growth."),
        Term("hardship", -turn[SIZE] * turn[HARDSHIP] * years * turn[SLUMP], of=(HARDSHIP, SLUMP),
             says="Hardship cost the economy of {ally} growth."),
    )  # fmt: skip


def habit(eyes: Eyes) -> None:
    """An absent seat opens stocks when short, helps a barer ally, frees itself when worried."""
    gap = eyes[CUT] * eyes.own(DEPENDENCE) * (1.0 - eyes.own(SUBSTITUTE))
    short = gap * eyes[WEIGHT]
    share = 0.5 + (eyes.own(STOCK) > 3.0 * gap * eyes.weeks) * 0.5
    eyes.order(RELEASE, share, when=(gap > 0.02) & (short >= 0.5 * short.max("sector")))
    need = eyes[SHORTAGE].named({"ally": "ally@to"})
    bare = eyes[STOCK].named({"ally": "ally@to"}) < 1.0
    ours = eyes.own(STOCK) > 6.0
    worst = need.max("ally@to", "sector")
    eyes.order(AID, 1.0, when=bare & ours & (need > 0.05) & (need >= worst))
    worry = eyes.own("threat.threat").max("adversary")
    risk = eyes.own(DEPENDENCE) * eyes[WEIGHT]
    tied = (eyes.own(DEPENDENCE) > 0.2) & (risk >= risk.max("sector"))
    eyes.order(DIVERSIFY, 1.0, when=(worry > 0.45) & tied)


RULE = Rule(
    "economy",
    says="Dependence is a weapon; stocks, substitution and allies blunt it.",
    fields=(
        DEPENDENCE, EXPOSURE, SHARE, WEIGHT, SIZE, CUT, STOCK, SUBSTITUTE, RELIEF, SHORTAGE,
        HARDSHIP,
    ),
    decisions=(RELEASE, STOCKPILE, DIVERSIFY, AID),
    parameters=(
        SUBSTITUTION, SUBSTITUTING, HARDSHIP_LIFE, BITE, BLOWBACK, DIVERSIFYING, ADAPTING, SLUMP,
    ),
    reads=(
        "adversary.cut",
        "sanctions.adopted",
        "sanctions.blow",
        "sanctions.carved",
        "sanctions.depth",
    ),
    steps=(
        Step("economy", supply),
        Step("economy", adapt),
        Step("economy", lend),
        Step("economy", draw),
        Step("economy", measure, opening=True),
        Step("economy", suffer),
    ),
    unmanned=(Habit("orders", habit),),
)  # fmt: skip
