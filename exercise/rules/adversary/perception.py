"""What an adversary makes of the alliance, by public signs and with error, at the end of a turn."""

from __future__ import annotations

from exercise.engine.cells import Cells, exp, maximum, minimum, normal
from exercise.engine.declare import Chance, Given, Only, Term
from exercise.engine.rates import decay
from exercise.engine.turn import Turn
from exercise.rules.adversary.declared import (
    CAUGHT,
    HOLD,
    OPEN_TRADE,
    SATED,
    SEEN_COHESION,
    SEEN_CREDIBILITY,
    STANDSTILL,
    TRADE,
    WEDGE,
)
from exercise.rules.adversary.formula import by_level
from exercise.rules.adversary.ladder import (
    BLUNDER,
    FILL,
    GAIN,
    GLOAT,
    MEMORY,
    READING,
    RESPITE,
    TELLING,
    WATCHING,
)


def first_look(turn: Turn) -> None:
    """Before the first turn it reads credibility as it is; error comes with the dice."""
    if turn.number == 0:
        gap = turn["deterrence.credibility"] - turn[SEEN_CREDIBILITY]
        turn.post(
            SEEN_CREDIBILITY,
            Term("first look", gap, of=("deterrence.credibility",), says="So it looked at first."),
        )


def _news(turn: Turn, name: str) -> Cells:
    """What has become so this turn, over a field of yes and no."""
    return maximum(turn[name] - turn.was(name), 0.0)


def look(turn: Turn) -> None:
    """It reads credibility with error, and judges cohesion by words, councils and leaks."""
    error = normal(turn.roll("reading", "adversary", "theatre")) * turn[READING]
    turn.post(
        SEEN_CREDIBILITY,
        Term("watching", turn["deterrence.credibility"] - turn[SEEN_CREDIBILITY],
             of=("deterrence.credibility",), says="It watched forces, words and councils."),
        Term("error", error, of=(Chance("reading"), READING), says="It misjudged what it saw."),
    )  # fmt: skip
    seen = turn[SEEN_COHESION]
    pace = 1.0 - decay(turn[WATCHING], turn.weeks)
    adopted = _news(turn, "council.adopted") * turn[TELLING]
    failed = _news(turn, "council.failed") * turn[TELLING]
    leaks = _news(turn, "intelligence.leaked")
    leaked = leaks.any("report") * turn[BLUNDER]
    doubt = normal(turn.roll("rumours", "adversary")) * 0.02
    turn.post(
        SEEN_COHESION,
        Term("public lines", pace * 0.6 * (turn["information.coherence"] - seen),
             of=("information.coherence", WATCHING), says="It compared what the allies say."),
        Term("opinion", pace * 0.4 * (turn["domestic.support"].mean("ally") - seen),
             of=("domestic.support", WATCHING), says="It read the polls."),
        Term("adopted", adopted * (1.0 - seen), of=("council.adopted", TELLING),
             says="The allies adopted “{motion}”."),
        Term("failed", -(failed * seen), of=("council.failed", TELLING),
             says="The allies failed over “{motion}”."),
        Term("a leak", leaked * (turn["burden.cohesion"] - seen),
             of=(Only("intelligence.leaked", leaks), "burden.cohesion", BLUNDER),
             says="A leak showed it how the allies really stand."),
        Term("rumours", doubt, of=(Chance("rumours"),), says="It heard rumours."),
    )  # fmt: skip


def remember(turn: Turn) -> None:
    """Gains satisfy it, called bluffs embolden it for a while, a concession holds it back."""
    rank, level = by_level(range(len(GAIN))), turn["deterrence.level"]
    gain = (by_level(tuple(turn[p] for p in GAIN)) * rank.equals(level)).sum("level")
    ease = 1.0 - turn["deterrence.credibility"]
    eaten = 1.0 - exp(-(maximum(gain, 0.0) * ease * turn.weeks * turn[FILL]))
    turn.post(
        SATED,
        Term("gains", eaten * (1.0 - turn[SATED]),
             of=("deterrence.level", "deterrence.credibility", FILL),
             says="What it did in {theatre} got it some of what it wanted."),
    )  # fmt: skip
    called, caught = turn["deterrence.called"].any("ally"), turn[CAUGHT]
    turn.post(
        CAUGHT,
        Term("a bluff called", called * maximum(turn[GLOAT] - caught, 0.0),
             of=("deterrence.called", GLOAT), says="It crossed a line and nobody answered."),
        Term("it fades", (decay(turn[MEMORY] * 0.5, turn.weeks) - 1.0) * caught * ~called,
             of=(CAUGHT, MEMORY), says="The bluff it called is a while ago."),
    )  # fmt: skip
    yielded, still = _news(turn, "sanctions.concession") > 0.0, turn[STANDSTILL]
    turn.post(
        STANDSTILL,
        Term("it conceded", yielded * maximum(turn[RESPITE] - still, 0.0),
             of=("sanctions.concession", RESPITE), says="It gave in, and holds still."),
        Term("time", -(minimum(still, turn.weeks) * ~yielded), of=(STANDSTILL,),
             says="Time passed."),
    )  # fmt: skip


def hold(dependence: Cells) -> Cells:
    """The mean over allies."""
    return dependence.mean("ally")


def lure(dependence: Cells, support: Cells, guarantors: Cells) -> Cells:
    """Dependence × (1 − support) × (1 − the word of its guarantors)."""
    return dependence * (1.0 - support) * (1.0 - guarantors)


def still_open(trade: Cells, coverage: Cells) -> Cells:
    """Its trade with the allies, less what sanctions cover."""
    return trade * (1.0 - coverage.mean("sector"))


def reckon(turn: Turn) -> None:
    """Whom it could prise away, through what, and what trade it has left to lose."""
    everyone = turn.zeros("adversary")
    dependence, name = turn["economy.dependence"], "economy.dependence"
    turn.derive(HOLD, hold, Given("dependence", everyone + dependence, (name,)))
    word = turn["treaty.reputation"].named({"ally": "ally@to"})
    others = ~turn.same("ally", "ally@to")
    guarantors = (others * word).sum("ally@to") / maximum(others.sum("ally@to"), 1.0)
    turn.derive(
        WEDGE, lure,
        Given("dependence", everyone + dependence.mean("sector"), (name,)),
        Given("support", turn["domestic.support"], ("domestic.support",)),
        Given("guarantors", guarantors, ("treaty.reputation",)),
    )  # fmt: skip
    turn.derive(
        OPEN_TRADE, still_open,
        Given("trade", turn[TRADE], (TRADE,)),
        Given("coverage", turn["sanctions.coverage"], ("sanctions.coverage",)),
    )  # fmt: skip
