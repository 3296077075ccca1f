"""What the economy module declares: coefficients, fields and decisions."""

from __future__ import annotations

from exercise.engine.declare import ALLIED, PUBLIC, Check, Cost, Decision, Field, Parameter, Part
from exercise.engine.roster import Roster
from exercise.eyes import Eyes

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
SLUMP = Parameter(
    "economy.slump", 0.04, 0.0, 0.15, "share per year", "design judgement", "J",
    says="How fast an economy shrinks where life has become as hard as it can.",
)  # fmt: skip


def _sizes(roster: Roster) -> dict[tuple[str, ...], float]:
    """Each ally's gross domestic product."""
    actors = roster.scenario.actors if roster.scenario else {}
    return {(ally,): actors[ally].gdp if ally in actors else 100.0 for ally in roster.of("ally")}


def _shares(roster: Roster) -> dict[tuple[str, ...], float]:
    """Each supplier's share of what the adversaries buy: by size, unless told otherwise."""
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
    news=2,
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
    "economy.shortage", ("ally", "sector"), news=1.3,
    unit="share", seen=ALLIED, kind="derived", good="down",
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
    title="Hardship in {ally}",
    news=1.6,
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
    tells={
        "a little": "Release a little of your stocks of {sector}",
        "half the gap": "Release stocks of {sector} to fill half the gap",
        "the whole gap": "Release stocks of {sector} to fill the whole gap",
    },
    levels={"a little": 0.25, "half the gap": 0.5, "the whole gap": 1.0}, cost=Cost(staff=1),
    allowed=_has_stock, seen=ALLIED,
    consequence="The shortage eases this turn; the stocks are gone afterwards.",
)  # fmt: skip
STOCKPILE = Decision(
    "economy.stockpile", ("sector",), says="Build up stocks of {sector}",
    tells={
        "one week": "Build up stocks of {sector} by one week's need",
        "two weeks": "Build up stocks of {sector} by two weeks' need",
    },
    levels={"one week": 1.0, "two weeks": 2.0}, high=2.0, unit="weeks", cost=Cost(staff=1, money=3),
    seen=ALLIED, consequence="Weeks of supply in store, as far as there is any to buy.",
)  # fmt: skip
DIVERSIFY = Decision(
    "economy.diversify", ("sector",), says="Find other suppliers of {sector}",
    levels={"start a programme": 1.0}, cost=Cost(staff=1, money=5), seen=ALLIED,
    consequence="Dependence and exposure fall slowly, and supply of your own grows.",
)  # fmt: skip
AID = Decision(
    "economy.aid", ("ally@to", "sector"), says="Send {sector} to {ally@to}",
    tells={
        "one week's need": "Send {ally@to} one week's need of {sector}",
        "two weeks' need": "Send {ally@to} two weeks' need of {sector}",
    },
    levels={"one week's need": 1.0, "two weeks' need": 2.0}, high=2.0, unit="weeks",
    cost=Cost(staff=1), allowed=_to_another, seen=ALLIED,
    consequence="So many weeks of the receiver's need leave your stocks for theirs.",
)  # fmt: skip
