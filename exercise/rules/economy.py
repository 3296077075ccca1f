"""Economy and supply: dependence is a weapon, and stocks, substitution and allies blunt it.

What an adversary cuts hurts an ally by how much the ally depends on it, less what has been
substituted, less what stocks cover. Substitution takes a quarter of a year to get half-way and
goes further with partners who sell the same thing; stocks buy weeks, not months. Hardship follows
shortages and the blow of one's own sanctions, and fades with a half-life of two months. The same
trade that makes an ally vulnerable is its exposure when it sanctions. Directions are general
knowledge; sizes are design judgement.
"""

from __future__ import annotations

from exercise.cells import Cells, clip, decay, exp, maximum, minimum, ratio
from exercise.declare import (
    ALLIED,
    PUBLIC,
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
from exercise.eyes import Eyes
from exercise.roster import Roster
from exercise.turn import Turn

SUBSTITUTION = Parameter(
    "economy.substitution", 0.7, 0.3, 0.95, "share", "design judgement", "J",
    says="How much of a lost supply can be replaced in the end, with partners who sell it.",
)  # fmt: skip
SUBSTITUTING = Parameter(
    "economy.substituting", 13, 4, 52, "weeks", "design judgement", "J",
    says="How long it takes to find half of what can be found elsewhere.",
)  # fmt: skip
HARDSHIP_LIFE = Parameter(
    "economy.hardship_life", 8, 2, 26, "weeks", "design judgement", "J",
    says="How long hardship lasts, and takes to be felt.",
)  # fmt: skip
BITE = Parameter(
    "economy.bite", 6.0, 1.0, 20.0, "per share", "design judgement", "J",
    says="How hard a shortage bites.",
)  # fmt: skip
BLOWBACK = Parameter(
    "economy.blowback", 0.6, 0.0, 3.0, "per % of GDP", "design judgement", "J",
    says="How hard the cost of one's own sanctions bites.",
)  # fmt: skip
DIVERSIFYING = Parameter(
    "economy.diversifying", 0.08, 0.0, 0.3, "share", "design judgement", "J",
    says="How far one programme lowers dependence.",
)  # fmt: skip
ADAPTING = Parameter(
    "economy.adapting", 52, 13, 208, "weeks", "design judgement", "J",
    says="How long firms take to leave a market that is closed to them.",
)  # fmt: skip


def _sizes(roster: Roster) -> dict[tuple[str, ...], float]:
    """Each ally's gross domestic product."""
    actors = roster.scenario.actors if roster.scenario else {}
    return {(ally,): actors[ally].gdp if ally in actors else 100.0 for ally in roster.of("ally")}


def _shares(roster: Roster) -> dict[tuple[str, ...], float]:
    """Each supplier's share of what the adversaries buy: by size, unless the author knows better."""
    if roster.scenario is None:
        return {}
    buyers = roster.of("adversary")
    sizes = {n: a.gdp for n, a in roster.scenario.actors.items() if n not in buyers}
    whole = sum(sizes.values()) or 1.0
    actors = roster.of("actor")
    return {
        (name, sector): 0.85 * size / whole
        for name, size in sizes.items()
        if name in actors
        for sector in roster.of("sector")
    }


def _weights(roster: Roster) -> dict[tuple[str, ...], float]:
    """How critical each sector is; the weights are divided by their sum wherever they are used."""
    sectors = roster.scenario.sectors if roster.scenario else {}
    names = roster.of("sector")
    return {(n,): sectors[n].weight if n in sectors else 1.0 / len(names) for n in names}


DEPENDENCE = Field(
    "economy.dependence", ("ally", "sector"), unit="share", start=0.15, seen=ALLIED, good="down",
    says="How much of its {sector} {ally} draws from the adversary.",
    rises="{ally} depends more on the adversary for {sector}",
    falls="{ally} depends less on the adversary for {sector}",
    bands=("little", "some", "much", "heavily"),
)  # fmt: skip
EXPOSURE = Field(
    "economy.exposure", ("ally", "sector"), unit="share", start=0.15, seen=ALLIED, good="down",
    says="How much of what {ally} earns in {sector} hangs on trade with the adversary.",
    rises="{ally} earns more from the adversary in {sector}",
    falls="{ally} earns less from the adversary in {sector}",
    bands=("little", "some", "much", "heavily"),
)  # fmt: skip
SHARE = Field(
    "economy.share", ("actor", "sector"), unit="share", start=_shares, seen=PUBLIC,
    says="The share of {actor} in what the adversaries buy from others in {sector}.",
    rises="{actor} built supply of its own in {sector}", falls="{actor} supplies less {sector}",
    bands=("marginal", "some", "large", "dominant"),
)  # fmt: skip
WEIGHT = Field(
    "economy.weight", ("sector",), unit="share", start=_weights, seen=PUBLIC,
    says="How critical {sector} is to an economy.",
    rises="{sector} has become more critical", falls="{sector} has become less critical",
    bands=("minor", "middling", "critical"),
)  # fmt: skip
SIZE = Field(
    "economy.size", ("ally",), unit="billion USD", high=1_000_000, start=_sizes, seen=PUBLIC,
    says="Gross domestic product of {ally}.",
    rises="The economy of {ally} grew", falls="The economy of {ally} shrank",
    bands=("small", "middling", "large"),
)  # fmt: skip
CUT = Field(
    "economy.cut", ("sector",), unit="share", seen=PUBLIC, good="down",
    says="How much of the adversary's supply of {sector} is cut off.",
    rises="Less {sector} comes from the adversary", falls="{sector} flows again",
    bands=("open", "squeezed", "mostly cut", "cut off"),
)  # fmt: skip
STOCK = Field(
    "economy.stock", ("ally", "sector"), unit="weeks", high=104, start=4.0, seen=ALLIED, good="up",
    says="For how many weeks the stocks of {sector} in {ally} would last with no supply at all.",
    rises="{ally} stored {sector}", falls="{ally} drew on its stocks of {sector}",
    bands=("bare", "low", "fair", "full"),
)  # fmt: skip
SUBSTITUTE = Field(
    "economy.substitute", ("ally", "sector"), unit="share", seen=ALLIED, good="up",
    says="How much of lost {sector} {ally} has found elsewhere.",
    rises="{ally} found other suppliers of {sector}",
    falls="{ally} went back to its old suppliers of {sector}",
    bands=("none", "some", "half", "most"),
)  # fmt: skip
RELIEF = Field(
    "economy.relief", ("ally", "sector"), unit="share", seen=ALLIED, good="up",
    says="How much of its gap in {sector} {ally} covers from stocks this turn.",
    rises="{ally} opened its stocks of {sector}", falls="{ally} covers less of its gap in {sector}",
    bands=("none", "some", "most", "all"),
)  # fmt: skip
SHORTAGE = Field(
    "economy.shortage", ("ally", "sector"), unit="share", seen=ALLIED, kind="derived", good="down",
    parts=(
        Part("cut", ("sector",), says="The supply of {sector} changed."),
        Part("dependence", ("ally", "sector"), says="{ally} came to depend otherwise on {sector}."),
        Part("substitute", ("ally", "sector"), says="{ally} found {sector} elsewhere, or lost it."),
        Part("relief", ("ally", "sector"), says="{ally} drew on its stocks otherwise."),
    ),
    says="How much {sector} {ally} lacks.",
    rises="{ally} runs short of {sector}", falls="{ally} is less short of {sector}",
    bands=("none", "tight", "short", "acute"),
)  # fmt: skip
HARDSHIP = Field(
    "economy.hardship", ("ally",), unit="index", seen=PUBLIC, good="down",
    says="How hard life has become in {ally}.",
    rises="Life in {ally} became harder", falls="Hardship in {ally} eased",
    bands=("easy", "strained", "hard", "severe"),
)  # fmt: skip


def _has_stock(eyes: Eyes) -> list[Check]:
    return [
        Check(eyes.own(STOCK) > 0.0, "There is nothing left in store.", "Ask an ally for aid."),
        Check(eyes[CUT] > 0.0, "Nothing is cut off in this sector.", "Keep the stocks for later."),
    ]


def _to_another(eyes: Eyes) -> list[Check]:
    other = (1.0 - eyes.me("ally")).named({"ally": "ally@to"})
    return [
        Check(other, "This is your own country.", "Name another ally."),
        Check(eyes.own(STOCK) > 0.0, "There is nothing left in store to send.",
        "Choose another sector."),
    ]  # fmt: skip


RELEASE = Decision(
    "economy.release_stock", ("sector",), says="Release stocks of {sector}",
    levels={"a little": 0.25, "half the gap": 0.5, "the whole gap": 1.0}, cost=Cost(staff=1),
    allowed=_has_stock, seen=ALLIED,
    consequence="The shortage eases this turn; the stocks are gone afterwards.",
)  # fmt: skip
STOCKPILE = Decision(
    "economy.stockpile", ("sector",), says="Build up stocks of {sector}",
    levels={"one week": 1.0, "two weeks": 2.0}, high=2.0, unit="weeks", cost=Cost(staff=1, money=3),
    seen=ALLIED, consequence="Weeks of supply in store, as far as the market still has any to sell.",
)  # fmt: skip
DIVERSIFY = Decision(
    "economy.diversify", ("sector",), says="Find other suppliers of {sector}",
    levels={"start a programme": 1.0}, cost=Cost(staff=1, money=5), seen=ALLIED,
    consequence="Dependence and exposure fall slowly, and supply of your own grows.",
)  # fmt: skip
AID = Decision(
    "economy.aid", ("ally@to", "sector"), says="Send {sector} to {ally@to}",
    levels={"one week's need": 1.0, "two weeks' need": 2.0}, high=2.0, unit="weeks",
    cost=Cost(staff=1), allowed=_to_another, seen=ALLIED,
    consequence="So many weeks of the receiver's need leave your stocks for theirs.",
)  # fmt: skip


def supply(turn: Turn) -> None:
    """What adversaries cut is cut; what was cut otherwise finds its way back in time."""
    ordered, before = turn["adversary.cut"], turn.was("adversary.cut")
    standing = clip(ordered.sum("adversary"))
    back = 1.0 - decay(26.0, turn.weeks)
    turn.post(
        CUT,
        Term("cut off", (1.0 - turn[CUT]) * maximum(ordered - before, 0.0), of=("adversary.cut",),
             says="{adversary} cut its supply of {sector}."),
        Term("opened", turn[CUT] * minimum(ordered - before, 0.0), of=("adversary.cut",),
             says="{adversary} let {sector} flow again."),
        Term("found its way", -back * maximum(turn[CUT] - standing, 0.0), of=(CUT,),
             says="Trade in {sector} found its way again."),
    )  # fmt: skip


def adapt(turn: Turn) -> None:
    """Firms find other suppliers while a supply is cut, and leave markets that are closed."""
    cut, found = turn[CUT], turn[SUBSTITUTE]
    friends = (turn.same("ally", "actor") * turn[SHARE]).sum("actor")
    others = clip(friends.sum("ally") - friends)
    reach = (0.5 + 0.5 * others) * turn[SUBSTITUTION]
    quick, slow = 1.0 - decay(turn[SUBSTITUTING], turn.weeks), 1.0 - decay(52.0, turn.weeks)
    turn.post(
        SUBSTITUTE,
        Term("search", quick * (cut > 0.0) * maximum(reach - found, 0.0),
             of=(CUT, SHARE, SUBSTITUTION), says="{ally} searched for {sector} elsewhere."),
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
             of=("sanctions.adopted", "sanctions.depth", ADAPTING),
             says="Firms of {ally} left the market that its sanctions had closed."),
    )  # fmt: skip
    built = (turn.same("actor", "ally") * programme).sum("ally")
    turn.post(
        SHARE,
        Term("new supply", built * 0.2 * turn[SHARE] * (1.0 - turn[SHARE]),
             of=(DIVERSIFY, DIVERSIFYING),
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


def habit(eyes: Eyes) -> None:
    """An absent seat opens stocks when short, helps a barer ally, and frees itself when worried."""
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
    eyes.order(
        DIVERSIFY, 1.0, when=(worry > 0.45) & (risk >= risk.max("sector")) & (eyes.own(DEPENDENCE) > 0.2)
    )  # fmt: skip


RULE = Rule(
    "economy",
    says="Dependence is a weapon; stocks, substitution and allies blunt it.",
    fields=(
        DEPENDENCE, EXPOSURE, SHARE, WEIGHT, SIZE, CUT, STOCK, SUBSTITUTE, RELIEF, SHORTAGE, HARDSHIP,
    ),
    decisions=(RELEASE, STOCKPILE, DIVERSIFY, AID),
    parameters=(
        SUBSTITUTION, SUBSTITUTING, HARDSHIP_LIFE, BITE, BLOWBACK, DIVERSIFYING, ADAPTING,
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
