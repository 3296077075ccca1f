"""How reports come to be: those that were on their way, and what collection detects.

An act of level two or more is worth a report. Every ally that looks detects it by its own roll;
the best placed of those who did becomes its originator and grades it, the others hold it as
their own collection showed it to them. Where nothing happens an adversary may plant a report, and
it looks the same. Such reports fill spare slots, the oldest first.
"""

from __future__ import annotations

from zlib import crc32

from exercise.engine.cells import Cells, clip, normal, where
from exercise.engine.declare import Chance, Only, Own, Term
from exercise.engine.rates import chance, decay
from exercise.engine.roster import SPARE
from exercise.engine.turn import Turn
from exercise.rules.intelligence.decisions import TASK
from exercise.rules.intelligence.fields import (
    ABOUT,
    ADDRESSED,
    ARRIVAL,
    BORN,
    CHECKING,
    CLEARING,
    COLLECT,
    CONFIDENCE,
    CREDIBILITY,
    DECEPTION,
    FULL,
    HALF_LIFE,
    LEAKED,
    LIVE,
    NARROWING,
    OBSERVABLE,
    ORIGIN,
    PLACE,
    PLANTED,
    PUBLISHED,
    REACH,
    READERS,
    SEEN,
    SEVERITY,
    SOURCE,
    SURE,
    TEAR,
    WITNESS,
)

WORTH_REPORTING = 2.0
HIGHEST_LEVEL = 7.0
FILED = "An older report was filed away."


def spare(turn: Turn) -> Cells:
    """A mask over reports: the slots for what is made at run time."""
    names = turn.ruleset.roster.of("report")
    return turn.each("report", {name: 1.0 for name in names if name.startswith(SPARE)})


def marks(turn: Turn, axis: str) -> Cells:
    """A number below 256 for each name on an axis, which other names do not touch."""
    names = turn.ruleset.roster.of(axis)
    return turn.each(axis, {name: float(crc32(name.encode()) % 256) for name in names})


def identity(turn: Turn) -> Cells:
    """What fills each spare slot, as a whole number; 0 for reports with a name of their own."""
    what = (turn[ABOUT] * marks(turn, "adversary")).sum("adversary") * 256.0
    at = (turn[PLACE] * marks(turn, "theatre")).sum("theatre")
    return spare(turn) * turn[LIVE] * (turn[BORN] * 65536.0 + what + at)


def arrive(turn: Turn) -> None:
    """Reports whose day has come reach their originator and those they are addressed to."""
    due = ((turn["clock.elapsed"] > turn[ARRIVAL] + 1e-6) & ~turn[LIVE]) + 0.0
    owner, addressed = turn.belongs("report", "ally"), turn[ADDRESSED]
    gets = due * addressed * (1.0 - turn[SEEN])
    told = where(addressed < FULL, turn[SURE] * turn[TEAR], turn[SURE])
    learns = due * (addressed > 0.0) * (told - turn[CONFIDENCE])
    in_time = ("clock.elapsed",)
    turn.post(SEEN, Term("came in", gets, of=in_time, says="It came in and went to {ally}."))
    turn.post(CONFIDENCE, Term("came in", learns, of=in_time, says="It came in, graded so."))
    turn.post(ORIGIN, Term("came in", due * owner * (1.0 - turn[ORIGIN]), of=in_time,
                           says="{ally} made it."))  # fmt: skip
    turn.post(BORN, Term("came in", due * (turn["clock.turn"] - turn[BORN]), of=("clock.turn",),
                         says="It came in this turn."))  # fmt: skip
    turn.post(LIVE, Term("came in", due, of=in_time, says="It came in."))


def task(turn: Turn) -> None:
    """Collection goes where it is tasked, at the price of the rest, and slowly back."""
    effort, collect = turn.order(TASK), turn[COLLECT]
    back = 1.0 - decay(turn[HALF_LIFE], turn.weeks)
    elsewhere = effort.turned(theatre="theatre@to") * ~turn.same("theatre", "theatre@to")
    others = float(max(len(turn.ruleset.roster.of("theatre")) - 1, 1))
    turn.post(
        COLLECT,
        Term("no new effort", back * (turn[REACH] - collect), of=(COLLECT, REACH, HALF_LIFE),
             says="Collection went back towards what {ally} always has."),
        Term("tasked", effort * (1.0 - collect), of=(TASK,),
             says="{ally} tasked its collection on {theatre}."),
        Term("drawn away", elsewhere * collect * (-turn[NARROWING] / others),
             of=(TASK, NARROWING),
             says="{ally} turned its collection to {theatre@to}."),
    )  # fmt: skip


class Catch:
    """What there is to be detected this turn, laid into the spare slots it would fill."""

    def __init__(self, turn: Turn) -> None:
        act = turn["adversary.act"]
        real = act >= WORTH_REPORTING
        theatres = float(max(len(turn.ruleset.roster.of("theatre")), 1))
        odds = chance(turn[DECEPTION] / theatres, turn.weeks)
        feint = ~real & (turn.roll("deception", "adversary", "theatre") < odds)
        pretence = turn.roll("pretence", "adversary", "theatre") * 2.0 + 3.0
        slot = slots(turn, real | feint)
        self.about = slot.max("theatre")
        self.place = slot.max("adversary")
        self.level = (slot * where(feint, pretence, act)).sum("adversary", "theatre")
        self.feint = (slot * feint).max("adversary", "theatre")
        what = (self.about * marks(turn, "adversary")).sum("adversary") * 256.0
        at = (self.place * marks(turn, "theatre")).sum("theatre")
        self.identity = (self.level > 0.0) * (turn["clock.turn"] * 65536.0 + what + at)


def slots(turn: Turn, happening: Cells) -> Cells:
    """Which spare slot each happening (a mask [adversary, theatre]) would fill: oldest first."""
    free = spare(turn)
    count = len(turn.ruleset.roster.of("report"))
    age = turn[BORN] + turn.each("report", [k / 1024.0 for k in range(count)])
    older = free.turned(report="report@to") * (age.turned(report="report@to") < age)
    rank = older.sum("report@to")
    here = happening.turned(theatre="theatre@to") * _earlier(turn, "theatre")
    there = happening.sum("theatre").turned(adversary="adversary@to") * _earlier(turn, "adversary")
    place = here.sum("theatre@to") + there.sum("adversary@to")
    return free * happening * rank.equals(place)


def _earlier(turn: Turn, axis: str) -> Cells:
    """A mask over an axis and itself: where the second stands before the first."""
    order = turn.each(axis, [float(k) for k in range(len(turn.ruleset.roster.of(axis)))])
    return order.named({axis: f"{axis}@to"}) < order


def observe(turn: Turn) -> None:
    """Allies that look detect what adversaries do; the best placed makes the report."""
    catch = Catch(turn)
    sight = turn[COLLECT] * (0.6 + 0.4 * turn["cyber.sat"])
    sharp = (catch.place * sight).sum("theatre").along("ally", "report")
    there = turn.few(catch.level > 0.0)
    level, clear = there(catch.level), there(sharp)
    shows = chance(turn[OBSERVABLE], level * level)
    odds = chance(shows, 1.0 + 3.0 * clear)
    die = turn.roll("detection", "ally", "report", identity=catch.identity)
    found = there.back(there(die) < odds).along("ally", "report")
    order = len(turn.ruleset.roster.of("ally"))
    rank = found * (2.0 + sharp - turn.each("ally", [k / 4096.0 for k in range(order)]))
    best = found & rank.equals(rank.max("ally"))
    die = turn.roll("estimate", "ally", "report", identity=catch.identity)
    by_whom = turn.few(found)
    sure = clip(0.3 + 0.6 * by_whom(sharp) + normal(by_whom(die)) * 0.1, 0.05, 0.95)
    sure = by_whom.back(sure)
    write_down(turn, catch, found, best, sure, sharp)


def write_down(
    turn: Turn, catch: Catch, found: Cells, best: Cells, sure: Cells, sharp: Cells
) -> None:
    """Put what was detected into its slots, and file away what was there."""
    taken = found.max("ally")
    by_roll, own = (Chance("detection"),), (Own("ally"),)
    graded_by = (*by_roll, Only(COLLECT, catch.place))
    decided = Only(Chance("detection"), lambda: found * found.sum("ally").equals(1.0))
    for field, value in (
        (LIVE, taken),
        (ABOUT, taken * catch.about),
        (PLACE, taken * catch.place),
        (SEVERITY, taken * clip(catch.level / HIGHEST_LEVEL)),
        (BORN, taken * turn["clock.turn"]),
        (SOURCE, taken * graded((best * (0.3 + 0.6 * sharp)).sum("ally"))),
        (CREDIBILITY, taken * graded((best * sure).sum("ally"))),
        (PLANTED, taken * catch.feint),
        (ORIGIN, best),
    ):
        told = (READERS, ("detection",)) if READERS[0] in field.seen else (None, ())
        turn.post(
            field,
            Term("filed away", -(taken * turn[field]), says=FILED),
            Term("detected", value, of=(decided,), seen=told[0],
                 releases=told[1], says="Collection brought it in."),
        )  # fmt: skip
    for field, value, because in (
        (SEEN, found, by_roll), (WITNESS, found, by_roll), (CONFIDENCE, found * sure, graded_by)
    ):  # fmt: skip
        turn.post(
            field,
            Term("filed away", -(taken * turn[field]), says=FILED),
            Term("detected", value, of=because, seen=own, releases=("detection", COLLECT.name),
                 says="{ally} detected it with its own collection."),
        )  # fmt: skip
    for field in (CLEARING, LEAKED, PUBLISHED):
        turn.post(field, Term("filed away", -(taken * turn[field]), says=FILED))


def graded(sure: Cells) -> Cells:
    """A grade from 1 (best) to 6 for how sure the originator may be."""
    steps = (sure < 0.85) + (sure < 0.7) + (sure < 0.5) + (sure < 0.3)
    return 1.0 + steps + (sure < 0.15)


def check(turn: Turn) -> None:
    """Whoever holds a report in full may find it borne out, or find nothing behind it."""
    near = (turn[PLACE] * turn[COLLECT]).sum("theatre").along("ally", "report")
    odds = near * chance(turn[CHECKING], turn.weeks)
    full = turn[SEEN] >= FULL
    checked = full & (turn.roll("check", "ally", "report", identity=identity(turn)) < odds)
    confidence, false = turn[CONFIDENCE], turn[PLANTED]
    own, told = (Own("ally"),), ("check", COLLECT.name)
    because = (Chance("check"), Only(COLLECT, turn[PLACE]))
    turn.post(
        CONFIDENCE,
        Term("borne out", checked * (1.0 - false) * (1.0 - confidence) * 0.4,
             of=because, seen=own, releases=told,
             says="{ally} found it borne out."),
        Term("not borne out", checked * false * confidence * -0.5,
             of=because, seen=own, releases=told,
             says="{ally} looked and found nothing behind it."),
    )  # fmt: skip
