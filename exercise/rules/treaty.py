"""Treaties: what is promised, whether the case is met, and who keeps his word.

An obligation under a collective treaty binds only once a forum has found that its case is met
(in 2001 the Atlantic clause was invoked on 12 September and the case found on 2 October); then
each ally chooses what it does. A bilateral obligation runs from nation to nation, with no forum
in between. Allies have kept about three quarters of their promises in war by one count (Leeds,
Long and Mitchell 2000), half by another (Berkemeier and Fuhrmann 2018); governments that change
after the signature keep them less (Leeds 2003); precise promises prepared in peace are kept more.
Signs are well founded, sizes are design judgement.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from exercise.engine.cells import Cells, logistic, none, snapped
from exercise.engine.declare import (
    ALLIED,
    PUBLIC,
    Check,
    Cost,
    Decision,
    Field,
    Habit,
    Parameter,
    Rule,
    Step,
    Term,
)
from exercise.engine.rates import decay
from exercise.engine.turn import Turn
from exercise.eyes import Eyes

if TYPE_CHECKING:
    from exercise.engine.roster import Roster

BASE = Parameter(
    "treaty.base", 0.35, -0.5, 1.0, "logit", "fitted to a mean of .65", "m",
    says="The odds of keeping a promise before anything else is known.",
)  # fmt: skip
BY_THREAT = Parameter(
    "treaty.by_threat", 2.0, 0.0, 4.0, "logit", "sign general knowledge, size judged", "J",
    says="How much more a threatened ally keeps its word.",
)  # fmt: skip
BY_NAME = Parameter(
    "treaty.by_name", 1.5, 0.0, 3.0, "logit", "sign general knowledge, size judged", "J",
    says="How much more an ally with a good name to lose keeps its word.",
)  # fmt: skip
BY_WORDS = Parameter(
    "treaty.by_words", 1.0, 0.0, 2.0, "logit", "Leeds 2003 for the sign", "J",
    says="How much more precise words are kept.",
)  # fmt: skip
BY_PLANS = Parameter(
    "treaty.by_plans", 0.8, 0.0, 2.0, "logit", "Johnson, Leeds and Wu 2015 for the sign", "J",
    says="How much more a promise prepared in peacetime is kept.",
)  # fmt: skip
BY_COST = Parameter(
    "treaty.by_cost", 1.5, 0.0, 3.0, "logit", "sign general knowledge, size judged", "J",
    says="How much less a costly promise is kept.",
)  # fmt: skip
BY_CHANGE = Parameter(
    "treaty.by_change", 1.2, 0.0, 3.0, "logit", "Leeds 2003; Leeds and Savun 2007", "h",
    says="How much less a government keeps what another one signed.",
)  # fmt: skip
BY_CENSURE = Parameter(
    "treaty.by_censure", 0.3, 0.0, 1.0, "logit", "design judgement", "J",
    says="How much more an ally that was censured keeps its word.",
)  # fmt: skip
GAIN = Parameter(
    "treaty.gain", 0.10, 0.0, 0.5, "share", "design judgement", "J",
    says="How far a kept promise closes the gap to a perfect name.",
)  # fmt: skip
PART_LOSS = Parameter(
    "treaty.part_loss", 0.07, 0.0, 0.5, "share", "design judgement", "J",
    says="What share of its name an ally loses that keeps its word in part.",
)  # fmt: skip
LOSS = Parameter(
    "treaty.loss", 0.28, 0.0, 1.0, "share", "design judgement", "J",
    says="What share of its name an ally loses that breaks its word.",
)  # fmt: skip
GRIEVANCE = Parameter(
    "treaty.grievance", 0.10, 0.0, 0.5, "share", "design judgement", "J",
    says="How far one grievance sours relations.",
)  # fmt: skip
MEDIATION = Parameter(
    "treaty.mediation", 0.25, 0.0, 1.0, "share", "design judgement", "J",
    says="How much of a dispute a mediator settles.",
)  # fmt: skip
FADING = Parameter(
    "treaty.fading", 52.0, 13.0, 520.0, "weeks", "design judgement", "J",
    says="How long a dispute takes to lose half its heat.",
)  # fmt: skip
PATIENCE = Parameter(
    "treaty.patience", 4.0, 1.0, 52.0, "weeks", "design judgement", "J",
    says="How long an ally may leave a call unanswered before it counts as refused.",
)  # fmt: skip

FIRMNESS = {"formal": 1.0, "hybrid": 0.6, "informal": 0.3}
"""The most that words of each kind of instrument can bind."""


def _party(roster: Roster) -> Mapping[tuple[str, ...], float]:
    texts = roster.scenario.treaties if roster.scenario is not None else {}
    allies = roster.of("ally")
    return {(a, n): 1.0 for n, t in texts.items() for a in t.parties if a in allies}


def _words(roster: Roster) -> Mapping[tuple[str, ...], float]:
    texts = roster.scenario.treaties if roster.scenario is not None else {}
    return {(n,): min(t.specificity, FIRMNESS[t.instrument]) for n, t in texts.items()}


def _plans(roster: Roster) -> Mapping[tuple[str, ...], float]:
    texts = roster.scenario.treaties if roster.scenario is not None else {}
    return {(n,): t.coordination for n, t in texts.items()}


def _collective(roster: Roster) -> Mapping[tuple[str, ...], float]:
    texts = roster.scenario.treaties if roster.scenario is not None else {}
    return {(n,): float(t.forum is not None) for n, t in texts.items()}


PARTY = Field(
    "treaty.party", ("ally", "treaty"), unit="yes/no", seen=PUBLIC, start=_party,
    says="Whether {ally} is a party to {treaty}.",
    rises="{ally} is bound by {treaty}", falls="{ally} is no longer bound by {treaty}",
)  # fmt: skip
SPECIFICITY = Field(
    "treaty.specificity", ("treaty",), unit="index", seen=PUBLIC, start=_words,
    says="How precise and binding the words of {treaty} are.",
    bands=("vague", "loose", "fair", "precise"),
)  # fmt: skip
COORDINATION = Field(
    "treaty.coordination", ("treaty",), unit="index", seen=PUBLIC, start=_plans,
    says="How much has been prepared in peacetime under {treaty}.",
    bands=("nothing", "little", "some", "much"),
)  # fmt: skip
COLLECTIVE = Field(
    "treaty.collective", ("treaty",), unit="yes/no", seen=PUBLIC, start=_collective,
    says="Whether a forum must first find that the case of {treaty} is met.",
)  # fmt: skip
COST = Field(
    "treaty.cost", ("treaty",), unit="index", start=0.6, seen=PUBLIC,
    says="What it would cost to keep {treaty}.", bands=("little", "something", "much", "dear"),
)  # fmt: skip
CONSULTED = Field(
    "treaty.consulted", ("ally",), unit="yes/no", seen=PUBLIC, kind="choice",
    says="Whether {ally} has called for consultations.",
    rises="{ally} called for consultations", falls="{ally} no longer asks for consultations",
)  # fmt: skip
CALLER = Field(
    "treaty.caller", ("ally", "treaty"), unit="yes/no", seen=PUBLIC,
    says="Whether {ally} has called for help under {treaty}.",
    rises="{ally} invoked {treaty}", falls="{ally} withdrew its call under {treaty}",
)  # fmt: skip
INVOKED = Field(
    "treaty.invoked", ("treaty",), unit="yes/no", seen=PUBLIC,
    news=3,
    says="Whether {treaty} has been invoked.",
    rises="{treaty} was invoked", falls="{treaty} is no longer invoked",
)  # fmt: skip
DETERMINED = Field(
    "treaty.determined", ("treaty",), unit="yes/no", seen=PUBLIC,
    says="Whether the case of {treaty} is met, so that each party must choose what it does.",
    rises="The case of {treaty} is met", falls="The case of {treaty} is no longer met",
)  # fmt: skip
WAITING = Field(
    "treaty.waiting", ("ally", "treaty"), unit="weeks", high=10_000, seen=PUBLIC,
    says="How long {ally} has left a call under {treaty} unanswered.",
)  # fmt: skip
ANSWERED = Field(
    "treaty.answered", ("ally", "treaty"), unit="yes/no", seen=PUBLIC,
    says="Whether {ally} has answered a call under {treaty}.",
    rises="{ally} answered the call under {treaty}", falls="{ally} is asked again under {treaty}",
)  # fmt: skip
HONOUR = Field(
    "treaty.honour", ("ally", "treaty"), unit="share", seen=PUBLIC,
    says="How far {ally} keeps its word under {treaty}.",
    rises="{ally} keeps its word under {treaty}", falls="{ally} goes back on {treaty}",
    bands=("not", "in part", "in full"), good="up",
)  # fmt: skip
REPUTATION = Field(
    "treaty.reputation", ("ally",), unit="index", start=0.7, seen=ALLIED, good="up",
    news=1.4,
    says="How far allies trust the word of {ally}.",
    rises="The word of {ally} counts for more", falls="The word of {ally} counts for less",
    bands=("worthless", "doubtful", "good", "firm"),
)  # fmt: skip
DISPUTE = Field(
    "treaty.dispute", ("ally", "ally@to"), unit="index", seen=ALLIED, good="down",
    news=1.1,
    says="What {ally} holds against {ally@to}.",
    rises="{ally} has a grievance against {ally@to}", falls="{ally} resents {ally@to} less",
    bands=("nothing", "a grudge", "a dispute", "a rift"),
)  # fmt: skip
CENSURED = Field(
    "treaty.censured", ("ally",), unit="times", high=100.0, seen=ALLIED,
    says="How often {ally} has been censured for not keeping its word.",
    rises="{ally} was censured", falls="A censure of {ally} is forgotten",
)  # fmt: skip


def _may_invoke(eyes: Eyes) -> list[Check]:
    return [
        Check(eyes.own(PARTY), "You are not a party to it.", "Ask a party to call for you."),
        Check(~eyes.own(CALLER), "You have invoked it already.", "See that the case is found met."),
    ]


def _may_honour(eyes: Eyes) -> list[Check]:
    return [
        Check(eyes.own(PARTY), "You are not a party to it.", "You may help of your own accord."),
        Check(eyes[INVOKED], "Nobody has invoked it.", "Wait until a party calls."),
        Check(
            eyes[DETERMINED],
            "The case has not been found met.",
            "The forum must first determine it: table the text, or help of your own accord.",
        ),
        Check(~eyes.own(CALLER), "It is you who called.", "The others answer."),
    ]


def _not_self(eyes: Eyes) -> list[Check]:
    me = eyes.me("ally").turned(ally="ally@to")
    return [Check(~me, "That is your own country.", "Choose another ally.")]


def _may_censure(eyes: Eyes) -> list[Check]:
    broke = (eyes[ANSWERED] * (eyes[HONOUR] < 1.0)).max("treaty").turned(ally="ally@to")
    return [
        *_not_self(eyes),
        Check(
            broke,
            "That ally has broken no promise.",
            "Speak to it in private, or wait until it has answered a call.",
        ),
    ]


def _may_mediate(eyes: Eyes) -> list[Check]:
    me = eyes.me("ally")
    return [
        Check(
            ~me.turned(ally="ally@to") & ~me.turned(ally="ally@with"),
            "You cannot mediate in your own dispute.",
            "Ask an ally that stands outside it.",
        ),
        Check(
            eyes[DISPUTE].named({"ally": "ally@to", "ally@to": "ally@with"}) > 0.0,
            "There is no dispute between these two.",
            "Choose a pair that has one.",
        ),
    ]


CONSULT = Decision(
    "treaty.consult", (), says="Call for consultations", levels={"call": 1.0}, cost=Cost(staff=1),
    seen=PUBLIC, consequence="The alliance meets; everybody, the adversary too, knows you worry.",
)  # fmt: skip
INVOKE = Decision(
    "treaty.invoke", ("treaty",), says="Invoke {treaty}", levels={"invoke": 1.0},
    cost=Cost(staff=1, capital=5), allowed=_may_invoke, seen=PUBLIC,
    consequence="You call for help. Where a forum decides, it must find that the case is met; "
    "then each party chooses what it does.",
)  # fmt: skip
ANSWER = Decision(
    "treaty.answer", ("treaty",), says="Answer the call under {treaty}", low=-1.0,
    tells={
        "in full": "Answer the call under {treaty} in full",
        "in part": "Answer the call under {treaty} in part",
        "refuse": "Refuse the call under {treaty}",
    },
    levels={"in full": 1.0, "in part": 0.5, "refuse": -1.0}, allowed=_may_honour, seen=PUBLIC,
    consequence="Your name among allies rises or falls with it, the more the preciser the words.",
)  # fmt: skip
CENSURE = Decision(
    "treaty.censure", ("ally@to",), says="Censure {ally@to} for not keeping its word",
    levels={"censure": 1.0}, allowed=_may_censure, seen=ALLIED,
    consequence="It will think twice next time, and hold it against you.",
)  # fmt: skip
MEDIATE = Decision(
    "treaty.mediate", ("ally@to", "ally@with"),
    says="Mediate what {ally@to} holds against {ally@with}", seen=ALLIED,
    levels={"mediate": 1.0}, cost=Cost(staff=2), allowed=_may_mediate,
    consequence="A quarter of the quarrel is settled, for now.",
)  # fmt: skip


def find(turn: Turn) -> None:
    """A forum has found that the case is met; allies who were pressed in a session resent it."""
    met = turn[INVOKED] * turn[COLLECTIVE] * (turn["council.determined"] > 0.0)
    turn.post(
        DETERMINED,
        Term("found by a forum", met * (1.0 - turn[DETERMINED]), of=("council.determined", INVOKED),
             says="A forum found that the case of {treaty} is met."),
    )  # fmt: skip
    presses = turn.order("council.press").named({"ally": "ally@to", "ally@to": "ally"})
    resents = snapped(turn[GRIEVANCE] * (1.0 - turn[DISPUTE]) * 0.5)
    turn.post(
        DISPUTE,
        Term("pressed", presses * resents,
             of=("council.press", GRIEVANCE), says="{ally@to} pressed {ally} in the council."),
    )  # fmt: skip


def answer(turn: Turn) -> None:
    """Parties answer the call; a name is made or lost, and those let down remember."""
    before = turn[ANSWERED]
    owed = turn[PARTY] & turn[DETERMINED] & ~turn[CALLER] & ~before
    if none(owed):
        quarrel(turn, owed.turned(ally="ally@to") * turn[CALLER])
        for field in (HONOUR, REPUTATION, WAITING, ANSWERED):
            turn.post(field)
        return
    given = turn.order(ANSWER) * owed
    said = abs(given) > 0.0
    waited = (turn[WAITING] + turn.weeks) * owed
    late = owed & ~said & (waited > turn[PATIENCE])
    full, part = given.equals(1.0), given.equals(0.5)
    refused = given < 0.0
    silent = refused | late
    weight = turn[SPECIFICITY] + 0.5
    name, caller = turn[REPUTATION], turn[CALLER]
    quarrel(turn, (silent.turned(ally="ally@to") * caller))
    turn.post(
        HONOUR,
        Term("answered", full + part * 0.5, of=(ANSWER,), says="{ally} answered the call."),
    )
    turn.post(
        REPUTATION,
        Term("kept its word", full * weight * (1.0 - name) * turn[GAIN],
             of=(ANSWER, SPECIFICITY, GAIN), says="{ally} kept {treaty} in full."),
        Term("kept it in part", -part * weight * name * turn[PART_LOSS],
             of=(ANSWER, SPECIFICITY, PART_LOSS), says="{ally} kept {treaty} in part."),
        Term("broke its word", -refused * weight * name * turn[LOSS],
             of=(ANSWER, SPECIFICITY, LOSS), says="{ally} refused the call under {treaty}."),
        Term("did not answer", -late * weight * name * turn[LOSS],
             of=(WAITING, SPECIFICITY, LOSS), says="{ally} gave no answer under {treaty}."),
    )  # fmt: skip
    turn.post(
        WAITING,
        Term("waiting", waited - turn[WAITING] * owed, of=(DETERMINED,), says="A call waits."),
    )
    turn.post(
        ANSWERED,
        Term("answered", said * 1.0, of=(ANSWER,), says="{ally} answered the call."),
        Term("did not answer", late * 1.0, of=(WAITING,), says="{ally} gave no answer in time."),
    )  # fmt: skip


def quarrel(turn: Turn, let_down: Cells) -> None:
    """Grievances between pairs: made by refusals and censures, settled by mediators and time."""
    dispute = turn[DISPUTE]
    censures = turn.order(CENSURE)
    mediated = turn.order(MEDIATE).max("ally").named({"ally@to": "ally", "ally@with": "ally@to"})
    turn.post(
        DISPUTE,
        Term("let down", let_down * turn[GRIEVANCE] * (1.0 - dispute),
             of=(CALLER, ANSWER, GRIEVANCE), says="{ally@to} did not help {ally} under {treaty}."),
        Term("censured", censures.named({"ally": "ally@to", "ally@to": "ally"})
             * turn[GRIEVANCE] * (1.0 - dispute),
             of=(CENSURE, GRIEVANCE), says="{ally@to} had {ally} censured."),
        Term("mediated", -mediated * turn[MEDIATION] * dispute,
             of=(MEDIATE, MEDIATION), says="A third ally mediated between {ally} and {ally@to}."),
        Term("time", (decay(turn[FADING], turn.weeks) - 1.0) * dispute,
             of=(FADING,), says="{ally} forgets a little."),
    )  # fmt: skip
    turn.post(
        CENSURED,
        Term("censured", censures.named({"ally": "ally@by", "ally@to": "ally"}),
             of=(CENSURE,), says="{ally@by} had {ally} censured."),
    )  # fmt: skip


def call(turn: Turn) -> None:
    """Parties call; between nation and nation that is enough for the case to be met."""
    calls = turn.order(INVOKE) * turn[PARTY]
    now = calls.max("ally")
    found = turn[COLLECTIVE] * (turn["council.determined"] > 0.0)
    invoked = turn[INVOKED] | now
    turn.post(
        CONSULTED,
        Term("called", turn.order(CONSULT) * (1.0 - turn[CONSULTED]), of=(CONSULT,),
             says="{ally} called for consultations."),
    )  # fmt: skip
    turn.post(
        CALLER,
        Term("called", calls * (1.0 - turn[CALLER]), of=(INVOKE,), says="{ally} called for help."),
    )
    turn.post(
        INVOKED,
        Term("called", now * (1.0 - turn[INVOKED]), of=(INVOKE,), says="A party called for help."),
    )
    turn.post(
        DETERMINED,
        Term("found by a forum", invoked * found * (1.0 - turn[DETERMINED]),
             of=("council.determined", INVOKED),
             says="A forum found that the case of {treaty} is met."),
        Term("nation to nation", invoked * (1.0 - turn[COLLECTIVE]) * (1.0 - turn[DETERMINED]),
             of=(INVOKED,), says="{treaty} runs from nation to nation: the call is enough."),
    )  # fmt: skip


def odds(eyes: Eyes) -> Cells:
    """The chance that an absent ally keeps its word in full, `[treaty]`."""
    threat = eyes.own("threat.threat")
    logit = (
        (threat.max("adversary") - 0.5) * eyes[BY_THREAT]
        + (eyes.own(REPUTATION) - 0.5) * eyes[BY_NAME]
        - eyes.own("domestic.changed") * eyes[BY_CHANGE]
        + eyes.own(CENSURED) * eyes[BY_CENSURE]
        + eyes[BASE]
    )
    words = eyes[SPECIFICITY] * eyes[BY_WORDS] + eyes[COORDINATION] * eyes[BY_PLANS]
    return logistic(logit + words - eyes[COST] * eyes[BY_COST])


def habit(eyes: Eyes) -> None:
    """An absent ally answers by the published odds, calls when in danger, and mediates at times."""
    threat = eyes.own("threat.threat")
    worst = threat.max("adversary")
    eyes.order(CONSULT, 1.0, when=(worst > 0.65) & ~eyes.own(CONSULTED))
    struck = eyes["deterrence.level"].max("adversary") >= 6.0
    attacked = (eyes.own("forces.home") * struck).max("theatre")
    eyes.order(INVOKE, 1.0, when=((worst > 0.9) | attacked) & ~eyes[INVOKED])
    owed = eyes.own(PARTY) & eyes[DETERMINED] & ~eyes.own(CALLER) & ~eyes.own(ANSWERED)
    if owed.data.any():
        keeps, die = odds(eyes), eyes.roll("honour", "treaty")
        in_part = keeps + (1.0 - keeps) * 0.6
        full, part = die < keeps, die < in_part
        eyes.order(ANSWER, full * 1.0 + (part & ~full) * 0.5 - ~part, when=owed)
    rifts = eyes[DISPUTE].named({"ally": "ally@to", "ally@to": "ally@with"}) > 0.3
    if rifts.data.any():
        eyes.order(MEDIATE, 1.0, when=rifts & (eyes.roll("mediate", "ally@to", "ally@with") < 0.1))


RULE = Rule(
    "treaty",
    says="A promise binds once its case is found met; a name is made by keeping it.",
    fields=(
        PARTY, SPECIFICITY, COORDINATION, COLLECTIVE, COST, CONSULTED, CALLER, INVOKED,
        DETERMINED, WAITING, ANSWERED, HONOUR, REPUTATION, DISPUTE, CENSURED,
    ),
    decisions=(CONSULT, INVOKE, ANSWER, CENSURE, MEDIATE),
    parameters=(
        BASE, BY_THREAT, BY_NAME, BY_WORDS, BY_PLANS, BY_COST, BY_CHANGE, BY_CENSURE, GAIN,
        PART_LOSS, LOSS, GRIEVANCE, MEDIATION, FADING, PATIENCE,
    ),
    reads=("council.determined", "council.press"),
    steps=(Step("council", find), Step("treaty", answer), Step("treaty", call)),
    unmanned=(Habit("orders", habit),),
)  # fmt: skip
