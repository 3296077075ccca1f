"""The council: how allies turn their views into a text, and what a text then allows."""

from __future__ import annotations

from exercise.declare import Rule, Step
from exercise.rules.council import chair, decisions, fields, forums, parameters
from exercise.rules.council.forums import convene

RULE = Rule(
    "council",
    says="Allies decide in forums, each by its own rules, on texts they can all live with.",
    axes=forums.AXES,
    fields=(*forums.FIELDS, *fields.FIELDS),
    decisions=(*decisions.DECISIONS, *chair.DECISIONS),
    parameters=parameters.PARAMETERS,
    steps=(Step("calendar", convene, opening=True),),
)
