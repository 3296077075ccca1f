"""How reports spread: released, asked for, published, leaked; and what that does to trust."""

from __future__ import annotations

from exercise.engine.cells import Cells, maximum, ratio, where
from exercise.engine.declare import Chance, Given, Joined, Only, Own, Term
from exercise.engine.ledger import Origin
from exercise.engine.rates import chance, decay
from exercise.engine.turn import Turn
from exercise.rules.intelligence.collection import identity, spare
from exercise.rules.intelligence.decisions import ASK, PUBLISH, REPLY, SHARE
from exercise.rules.intelligence.fields import (
    ABOUT,
    ARRANGEMENT,
    BORN,
    CLEARANCE,
    CLEARING,
    COLLECT,
    CONFIDENCE,
    EVIDENCE,
    FRESH,
    FULL,
    GRATITUDE,
    LEAK_COST,
    LEAK_FULL,
    LEAK_TEAR,
    LEAKED,
    LIVE,
    NATIONAL,
    ORIGIN,
    PLACE,
    PUBLISHED,
    READERS,
    RELEASE_RATIO,
    REQUESTED,
    RESENTMENT,
    SEEN,
    SEVERITY,
    TEAR,
    TEAR_LINE,
    TRUST,
    WITNESS,
)

OWN = (Own("ally"),)
EVIDENCE_HALF_LIFE = 4.0

# In these terms `ally` receives and `ally@to` gave: the other way round on the slip.
GIVEN = Origin("order", SHARE.name, ("ally@to", "report", "ally"))
MADE = Origin("cell", ORIGIN.name, ("report", "ally@to"))
REPLIED = Origin("order", REPLY.name, ("ally@to", "ally", "theatre"))


def given(turn: Turn) -> Cells:
    """What originators released this turn, [ally, report]: the form for each receiver."""
    made = turn[ORIGIN] * turn[LIVE]
    released = (turn.order(SHARE) * made).max("ally")
    return released.named({"ally@to": "ally"}).along(*SEEN.axes)


def told_by_origin(turn: Turn) -> Cells:
    """How sure the originator is, [report]: what the others are told."""
    return (turn[CONFIDENCE] * turn[ORIGIN]).max("ally")


def exchange(turn: Turn) -> None:
    """Releases reach their readers, requests their answers, and trust follows both."""
    order, origin = given(turn), turn[ORIGIN].turned(ally="ally@to")
    gave = ((order > 0.0) * origin).max("report")
    gained, cleared = release(turn, order)
    reports = (gained * origin).sum("report")
    declined, ignored = answer(turn, order, gave)
    trust, grateful = turn[TRUST], turn[GRATITUDE]
    thanks = reports * grateful / (1.0 + (reports - 1.0) * grateful)
    turn.post(
        TRUST,
        Term("shared with it", thanks * (1.0 - trust), seen=OWN,
             of=(GIVEN, Only(CLEARING, lambda: (cleared > 0.0) * origin), GRATITUDE),
             releases=(SHARE.name, CLEARING.name, GRATITUDE.name),
             says="{ally@to} let {ally} see what it had."),
        Term("left without an answer", ignored.max("theatre") * trust * -turn[RESENTMENT],
             of=(REQUESTED, RESENTMENT), says="{ally@to} did not answer what {ally} had asked."),
        Term("turned down", declined.max("theatre") * trust * (-0.3 * turn[RESENTMENT]),
             of=(REPLIED, RESENTMENT), seen=OWN, releases=(REPLY.name, RESENTMENT.name),
             says="{ally@to} told {ally} that it had nothing to share."),
    )  # fmt: skip


def release(turn: Turn, order: Cells) -> tuple[Cells, Cells]:
    """Listed readers get a report at once, others a turn later.

    Who got one, [ally, report], and what came through clearance of that.
    """
    waiting, seen, confidence = turn[CLEARING], turn[SEEN], turn[CONFIDENCE]
    standing = (turn[ORIGIN] * turn[ARRANGEMENT]).max("ally").named({"ally@to": "ally"})
    quick = (standing > 0.0) | (seen > 0.0) | (turn.weeks >= turn[CLEARANCE])
    now, later = order * quick, order * ~quick
    cleared = maximum(waiting - seen, 0.0)
    at_once = maximum(now - maximum(seen, waiting), 0.0)
    gained = (cleared + at_once) > 0.0
    form = where(maximum(now, waiting) < FULL, turn[TEAR], 1.0)
    surer = told_by_origin(turn) * form - confidence
    learns = gained * where(seen > 0.0, maximum(surer, 0.0), surer)
    turn.post(
        SEEN,
        Term("released", at_once, of=(GIVEN,), seen=READERS, releases=(SHARE.name,),
             says="It was released to {ally}."),
        Term("cleared", cleared, of=(CLEARING,),
             says="What had been released was cleared for {ally}."),
    )  # fmt: skip
    turn.post(
        CONFIDENCE,
        Term("as told", learns, of=(MADE,), seen=READERS, releases=(ORIGIN.name,),
             says="{ally} takes it as it was told."),
    )  # fmt: skip
    turn.post(
        CLEARING,
        Term("cleared", -waiting, of=(CLEARING,), says="It was cleared for {ally}."),
        Term("put to clearance", later, of=(GIVEN,), seen=READERS, releases=(SHARE.name,),
             says="It was released and is being cleared for {ally}."),
    )  # fmt: skip
    widened = (order > 0.0).max("ally")
    turn.post(NATIONAL, Term("released", -(widened * turn[NATIONAL]), of=(GIVEN,), seen=READERS,
                             releases=(SHARE.name,), says="It was released."))  # fmt: skip
    return gained, cleared


def answer(turn: Turn, order: Cells, gave: Cells) -> tuple[Cells, Cells]:
    """Requests that were turned down and left without an answer, [ally, ally@to, theatre]."""
    waiting = turn[REQUESTED]
    # Whoever gave something answers, where the asker was told something of the theatre.
    of_it = ((order > 0.0) * turn[PLACE]).max("report")
    told = gave * of_it
    replied = turn.order(REPLY).named({"ally": "ally@to", "ally@to": "ally"}) > 0.0
    open_still = waiting * (1.0 - told)
    declined, ignored = open_still * replied, open_still * ~replied
    asks = (turn.order(ASK) > 0.0) * (1.0 - waiting) * (1.0 - told)
    turn.post(
        REQUESTED,
        Term("answered", -(waiting * told), of=(REQUESTED,),
             says="{ally@to} released something on {theatre}."),
        Term("turned down", -declined, of=(REPLIED,), seen=REQUESTED.seen, releases=(REPLY.name,),
             says="{ally@to} said that it had nothing to share."),
        Term("left without an answer", -ignored, of=(REQUESTED,),
             says="{ally@to} did not answer."),
        Term("asked", asks, of=(ASK,), seen=REQUESTED.seen, releases=(ASK.name,),
             says="{ally} asked {ally@to}."),
    )  # fmt: skip
    return declined, ignored


def publish(turn: Turn) -> None:
    """A published report is evidence before everybody, and shows how its originator knows."""
    origin, published = turn[ORIGIN], turn[PUBLISHED]
    public = (turn.order(PUBLISH) * origin * turn[LIVE]).sum("ally") > 0.0
    new = public * (1.0 - published)
    fresh = new.max("actor")
    seen, confidence = turn[SEEN], turn[CONFIDENCE]
    told = told_by_origin(turn)
    reads = fresh * maximum(TEAR_LINE - seen, 0.0)
    weight = fresh * told * turn[SEVERITY] * turn[ABOUT]
    evidence = turn[EVIDENCE]
    fading = 1.0 - decay(EVIDENCE_HALF_LIFE, turn.weeks)
    how = where_at(turn, origin * fresh)
    turn.post(
        EVIDENCE,
        Term("fading", -(fading * evidence), of=(EVIDENCE,), says="What is proved is forgotten."),
        Term("published", weight * (1.0 - evidence), of=(PUBLISH,), seen=EVIDENCE.seen,
             releases=(PUBLISH.name,), says="The report “{report}” was published."),
    )  # fmt: skip
    turn.post(
        CONFIDENCE,
        Term("read in public", (reads > 0.0) * (told * turn[TEAR] - confidence), of=(PUBLISH,),
             seen=READERS, releases=(PUBLISH.name,), says="{ally} read it in public."),
    )  # fmt: skip
    turn.post(SEEN, Term("read in public", reads, of=(PUBLISH,), seen=READERS,
                         releases=(PUBLISH.name,), says="{ally} read it in public."))  # fmt: skip
    turn.post(PUBLISHED, Term("published", new, of=(PUBLISH,), seen=PUBLISHED.seen,
                              releases=(PUBLISH.name,), says="It was published."))  # fmt: skip
    turn.post(
        COLLECT,
        Term("source shown", how * turn[COLLECT] * (-0.5 * turn[LEAK_COST]),
             of=(PUBLISH, LEAK_COST), says="Publishing “{report}” showed how {ally} knows."),
    )  # fmt: skip


def where_at(turn: Turn, lost: Cells) -> Cells:
    """Lost reports [report, ally] over the theatre they are about, or evenly over all."""
    place = turn[PLACE]
    theatres = float(max(len(turn.ruleset.roster.of("theatre")), 1))
    return lost * (place + (1.0 - place.sum("theatre")) / theatres)


def leak(turn: Turn) -> None:
    """Whoever was let in may leak: it costs the originator collection, the reader its trust."""
    seen, origin, trust = turn[SEEN], turn[ORIGIN], turn[TRUST]
    secret = turn[LIVE] * ~(turn[PUBLISHED].max("actor") > 0.0) * ~turn[LEAKED]
    readers = (seen > 0.0) * secret * (1.0 - origin) * (1.0 - turn[WITNESS])
    full, tear = chance(turn[LEAK_FULL], turn.weeks), chance(turn[LEAK_TEAR], turn.weeks)
    odds = readers * where(seen < FULL, tear, full)
    fell = turn.roll("leak", "ally", "report", identity=identity(turn)) < odds
    out = fell.max("ally")
    told_on = fell.turned(ally="ally@to") * origin
    blamed = told_on.max("report")
    by_roll = Only(Chance("leak"), fell)
    turn.post(LEAKED, Term("leaked", out, of=(by_roll,), seen=READERS, releases=("leak",),
                           says="A reader let it out."))  # fmt: skip
    turn.post(
        COLLECT,
        Term("leak", where_at(turn, origin * out) * turn[COLLECT] * -turn[LEAK_COST],
             of=(Only(Joined(Chance("leak"), "ally@to", "report"), fell.turned(ally="ally@to")),
                 LEAK_COST),
             seen=OWN, releases=("leak", LEAK_COST.name),
             says="“{report}” leaked: a source of {ally} dried up."),
    )  # fmt: skip
    turn.post(
        TRUST,
        Term("leak", blamed * trust * -turn[RESENTMENT],
             of=(Only(Joined(Chance("leak"), "ally@to", "report"), told_on), RESENTMENT),
             seen=OWN, releases=("leak", RESENTMENT.name),
             says="What {ally} had shared leaked in {ally@to}."),
    )  # fmt: skip


def news(held: Cells, known: Cells) -> Cells:
    """What is new of a report: all of it, or what a fuller form adds to the tear-line."""
    return (held > known) * (1.0 - known)


def spread(seen: Cells, live: Cells) -> Cells:
    """The mean over live reports of the share of allies who hold them."""
    return ratio(((seen > 0.0).mean("ally") * live).sum("report"), live.sum("report"))


def measure(turn: Turn) -> None:
    """What is news to whom, and how far reports have been released."""
    refilled = spare(turn) * turn[BORN].equals(turn["clock.turn"])
    known = turn.was(SEEN) * (turn["clock.turn"] > 1.0) * (1.0 - refilled)
    seen, live = turn[SEEN], turn[LIVE]
    turn.derive(FRESH, news, Given("held", seen, (SEEN,)), Given("known", known, (SEEN,)))
    turn.derive(RELEASE_RATIO, spread, Given("seen", seen, (SEEN,)), Given("live", live, (LIVE,)))
