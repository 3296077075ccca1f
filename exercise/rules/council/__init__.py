"""The council: how allies turn their views into a text, and what a text then allows.

What it claims. An alliance acts on texts that its members can all live with. In a consensus
forum there is no voting: there is objection or none, a seat brackets what it cannot accept, and
the chair drops clauses until nobody objects, so that the text tends to the lowest common
denominator and the more members there are, the weaker it gets and the seldomer it passes. Under
a silence procedure saying nothing is consent, and one written break is enough. Where there are
votes, states and people are counted, with a blocking minority and constructive abstention. A
matter that is blocked can move to a forum without the blocker, as in February 2003; what a
council cannot agree on, two willing states may do alone. Consent that was pressed out of an ally
delivers less than consent freely given (D. Gouré).

Sources: CRS Report RS21510 (Gallis) for consensus, silence and the change of forum; Treaty on
European Union, Articles 16(4) and 31(1), for weighted votes and abstention. The formula by which
absent seats decide is design judgement, checked for shape: pass rate and strength fall as
members rise.

Read `forums` (who sits where, as `start` sets it up), `fields` and `mandates` (what is remembered
and what it allows), `decisions`, `chair` and `checks` (what one may do, and when), `rounds` (a
round), `protocols` (who prevails), `verdict` (who is bound), `effects` (what follows),
`judgement` (what a capital thinks of it) and `bot` (what an absent seat does).
"""

from __future__ import annotations

from exercise.engine.declare import Rule, Step
from exercise.rules.council import (
    bot,
    chair,
    decisions,
    effects,
    fields,
    forums,
    judgement,
    mandates,
    parameters,
    rounds,
    verdict,
)

RULE = Rule(
    "council",
    says="Allies decide in forums, each by its own rules, on texts they can all live with.",
    axes=forums.AXES,
    fields=(*forums.FIELDS, *fields.FIELDS, *mandates.FIELDS),
    decisions=(*decisions.DECISIONS, *chair.DECISIONS),
    parameters=parameters.PARAMETERS,
    reads=(
        "threat.threat",
        "threat.agreement",
        "domestic.support",
        "burden.share",
        "treaty.dispute",
    ),
    unmanned=(bot.HABIT,),
    steps=(
        Step("calendar", judgement.stir),
        Step("agenda", forums.convene, opening=True),
        Step("agenda", effects.read_text, opening=True),
        Step("agenda", judgement.lean, opening=True),
        Step("agenda", judgement.weigh, opening=True),
        Step("council", rounds.table, wakes=(decisions.TABLE, chair.CLOSE, chair.MOVE)),
        Step("council", forums.convene, wakes=(chair.MOVE, decisions.TABLE)),
        Step("council", rounds.speak, wakes=rounds.SPOKEN),
        Step("council", rounds.draft, wakes=(*rounds.DRAFTED, fields.BRACKET)),
        Step("council", verdict.declare, wakes=(chair.DECLARE, fields.BROKEN)),
        Step("council", rounds.put, wakes=(chair.PUT_TEXT,)),
        Step("council", effects.read_text, wakes=rounds.RETOLD),
        Step(
            "council",
            verdict.gather,
            wakes=(decisions.JOIN, decisions.RESERVE, decisions.WITHHOLD),
        ),
        Step(
            "council",
            effects.enact,
            wakes=(chair.DECLARE, chair.MOVE, decisions.JOIN, decisions.RESERVE),
        ),
        Step("council", verdict.release, wakes=(chair.RELEASE, fields.ADOPTED)),
        Step(
            "council",
            judgement.weigh,
            wakes=(*rounds.RETOLD, decisions.TABLE, decisions.PRESS),
        ),
        Step("verdict", verdict.hear_control),
        Step("verdict", verdict.close_session, wakes=(fields.TABLED,)),
        Step("verdict", effects.read_text),
        Step("verdict", effects.enact, opening=True),
    ),
)
