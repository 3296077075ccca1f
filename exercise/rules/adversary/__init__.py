"""The adversary: it weighs what a step would gain against what it would cost, and errs.

An adversary stands on a ladder of nine rungs, from stepping back to nuclear use, in each theatre.
On every rung lie acts; among them are all 27 that Rivera and others (2024) put before language
models, the placing is our own. Unmanned, it presses where the alliance looks least credible and
chooses a rung by chance, the likelier the better it looks (a softmax over expected utility): its
stake times the gain, less when the allies stand together; minus the price it would pay if they
kept their word, by how credible it takes them to be; minus what the act costs by itself. It knows
the alliance only by public signs, so it can be wrong. All weights stay on record, so that
control can be told why. Gains and prices are judgement, checked against the shares of crises by
violence in ICB version 14 (non-violent trigger, after 1945): plausible, not validated.
"""

from __future__ import annotations

from exercise.engine.declare import Axis, Habit, Rule, Step
from exercise.rules.adversary.course import act, set_course
from exercise.rules.adversary.declared import DECISIONS, FIELDS
from exercise.rules.adversary.formula import weigh
from exercise.rules.adversary.habit import habit
from exercise.rules.adversary.ladder import ACTS, PARAMETERS, RUNGS, TITLES
from exercise.rules.adversary.perception import first_look, look, reckon, remember

RULE = Rule(
    "adversary",
    says="An adversary weighs gain against price, by what it can see of the alliance.",
    axes=(
        Axis("act", ACTS, says="What an adversary can do.", titles=TITLES),
        Axis("level", RUNGS, says="The rungs of the ladder."),
    ),
    fields=FIELDS,
    decisions=DECISIONS,
    parameters=PARAMETERS,
    reads=(
        "burden.cohesion",
        "council.adopted",
        "council.failed",
        "deterrence.called",
        "deterrence.credibility",
        "deterrence.level",
        "deterrence.tension",
        "domestic.support",
        "economy.dependence",
        "information.coherence",
        "intelligence.leaked",
        "sanctions.concession",
        "sanctions.coverage",
        "treaty.reputation",
    ),
    steps=(
        Step("adversary", weigh, opening=True),
        Step("adversary", act),
        Step("adversary", set_course),
        Step("end", first_look, opening=True),
        Step("end", look),
        Step("end", remember),
        Step("end", reckon, opening=True),
    ),
    unmanned=(Habit("orders", habit, role="adversary"),),
)
