"""Intelligence: who holds which report, in what form, and who alone may let others have it.

An alliance sees alike only as far as its members let each other see. Reports belong to whoever
made them: under the third-agency rule only the originator may widen a release, and release needs
a purpose and an advantage (ICD 403, *Foreign Disclosure and Release of Classified National
Intelligence*, doctrine). A tear-line gives the substance without the source: the reader can be
less sure, and a leak is less likely. Every further reader makes a leak more likely, and a leak
costs the originator what it collects with. Sharing builds trust; a request that stays without an
answer wears it down, whatever lay behind the silence, since the asker cannot tell. A report
carries its release list: who holds it sees who else does. Allies with collection in a theatre
detect what adversaries do there; adversaries plant reports as well. Sizes are design judgement.
"""

from __future__ import annotations

from exercise.engine.declare import Habit, Rule, Step
from exercise.rules.intelligence.collection import arrive, check, observe, task
from exercise.rules.intelligence.decisions import DECISIONS
from exercise.rules.intelligence.fields import FIELDS, PARAMETERS
from exercise.rules.intelligence.habit import habit
from exercise.rules.intelligence.release import exchange, leak, measure, publish

RULE = Rule(
    "intelligence",
    says="Allies see alike only as far as those who know let the others see.",
    fields=FIELDS,
    decisions=DECISIONS,
    parameters=PARAMETERS,
    reads=("clock.elapsed", "clock.turn", "adversary.act", "cyber.sat"),
    steps=(
        Step("inject", arrive),
        Step("intelligence", task),
        Step("intelligence", exchange),
        Step("intelligence", publish),
        Step("intelligence", observe),
        Step("intelligence", check),
        Step("intelligence", leak),
        Step("intelligence", measure, opening=True),
    ),
    unmanned=(Habit("orders", habit),),
)
