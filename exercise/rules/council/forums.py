"""Forums and texts as a scenario sets them up, and what follows: who sits, who presides, how."""

from __future__ import annotations

from exercise.engine.cells import Cells
from exercise.engine.declare import ALLIED, PUBLIC, Axis, Field, Given, Part
from exercise.engine.turn import Turn
from exercise.rules.council.start import (
    chairs,
    members,
    people,
    set_from,
    shares,
    spending,
    sponsors,
    texts,
)

KINDS = ("statement", "strategy", "sanction", "deploy", "force", "determination")
PROTOCOLS = ("consensus", "majority", "weighted-majority", "unanimity", "minus-one")
VOTING = {"majority": 1.0, "weighted-majority": 1.0, "unanimity": 1.0}
"""The protocols under which there are votes; under the others there is objection or none."""

AXES = (
    Axis("kind", KINDS, says="What adopting a text does."),
    Axis("protocol", PROTOCOLS, says="How a forum decides."),
)

MEMBER = Field(
    "council.member", ("forum", "ally"), unit="yes/no", seen=PUBLIC, start=set_from(members),
    says="Whether {ally} sits in the {forum}.",
    rises="{ally} takes its seat in the {forum}", falls="{ally} leaves the {forum}",
)  # fmt: skip
CHAIR = Field(
    "council.chair", ("forum", "ally"), unit="yes/no", seen=PUBLIC, start=set_from(chairs),
    says="Whether {ally} chairs the {forum}.",
    rises="{ally} takes the chair of the {forum}", falls="{ally} gives up the chair of the {forum}",
)  # fmt: skip
PROTOCOL = Field(
    "council.protocol", ("forum", "protocol"), unit="yes/no", seen=PUBLIC,
    start=set_from(lambda roster, s: {(n, f.protocol): 1.0 for n, f in s.forums.items()}),
    says="Whether the {forum} decides by {protocol}.",
    rises="The {forum} now decides by {protocol}",
    falls="The {forum} no longer decides by {protocol}",
)  # fmt: skip
COMPETENCE = Field(
    "council.competence", ("forum", "kind"), unit="yes/no", seen=PUBLIC,
    start=set_from(
        lambda r, s: {(n, k): 1.0 for n, f in s.forums.items() for k in f.competence}
    ),
    says="Whether the {forum} may adopt a text of this kind: {kind}.",
    rises="The {forum} becomes competent: {kind}", falls="The {forum} loses competence: {kind}",
)  # fmt: skip
HOURS = Field(
    "council.silence_hours", ("forum",), unit="hours", high=10_000, seen=PUBLIC,
    start=set_from(lambda roster, s: {(n,): f.silence_hours for n, f in s.forums.items()}),
    says="How long a silence procedure of the {forum} runs.",
)  # fmt: skip
KIND = Field(
    "council.kind", ("motion", "kind"), unit="yes/no", seen=ALLIED,
    start=set_from(lambda roster, s: {(n, m.kind): 1.0 for n, m in texts(s)}),
    says="Whether “{motion}” is a text of this kind: {kind}.",
)  # fmt: skip
SHARE = Field(
    "council.share", ("clause", "motion"), unit="share", seen=ALLIED, start=shares,
    says="How much of the strength of “{motion}” lies in the clause “{clause}”.",
)  # fmt: skip
BEFORE = Field(
    "council.before", ("motion", "forum"), unit="yes/no", seen=ALLIED,
    start=set_from(lambda roster, s: {(n, m.forum): 1.0 for n, m in texts(s)}),
    says="Whether “{motion}” belongs before the {forum}.",
    rises="“{motion}” moved to the {forum}", falls="“{motion}” left the {forum}",
)  # fmt: skip
SPONSOR = Field(
    "council.sponsor", ("ally", "motion"), unit="yes/no", seen=ALLIED, start=set_from(sponsors),
    says="Whether {ally} sponsors “{motion}”.",
    rises="{ally} made “{motion}” its own", falls="{ally} no longer sponsors “{motion}”",
)  # fmt: skip
ABOUT = Field(
    "council.about", ("motion", "adversary"), unit="yes/no", seen=ALLIED,
    start=set_from(lambda roster, s: {(n, m.about): 1.0 for n, m in texts(s) if m.about}),
    says="Whether “{motion}” is about {adversary}.",
)  # fmt: skip
THEATRE = Field(
    "council.theatre", ("motion", "theatre"), unit="yes/no", seen=ALLIED,
    start=set_from(lambda roster, s: {(n, m.theatre): 1.0 for n, m in texts(s) if m.theatre}),
    says="Whether “{motion}” is about {theatre}.",
)  # fmt: skip
PACKAGE = Field(
    "council.package", ("motion", "package"), unit="yes/no", seen=ALLIED,
    start=set_from(lambda roster, s: {(n, m.package): 1.0 for n, m in texts(s) if m.package}),
    says="Whether “{motion}” adopts the package {package}.",
)  # fmt: skip
TREATY = Field(
    "council.treaty", ("motion", "treaty"), unit="yes/no", seen=ALLIED,
    start=set_from(lambda roster, s: {(n, m.treaty): 1.0 for n, m in texts(s) if m.treaty}),
    says="Whether “{motion}” determines the case of {treaty}.",
)  # fmt: skip
PLAN = Field(
    "council.plan", ("motion", "strategy"), unit="share", seen=ALLIED,
    start=set_from(lambda r, s: {
        (n, j): w for n, m in texts(s) for j, w in m.strategy.items() if j in r.of("strategy")
    }),
    says="How much weight “{motion}” gives to the strategy: {strategy}.",
)  # fmt: skip
QUIET = Field(
    "council.quiet", ("motion",), unit="yes/no", seen=ALLIED,
    start=set_from(lambda roster, s: {(n,): float(m.mode == "silence") for n, m in texts(s)}),
    says="Whether “{motion}” is meant for a silence procedure.",
)  # fmt: skip
COST = Field(
    "council.cost", ("motion",), unit="index", seen=ALLIED,
    start=set_from(lambda roster, s: {(n,): m.cost for n, m in texts(s)}),
    says="What supporting “{motion}” costs an ally.",
    bands=("little", "something", "much", "dear"),
)  # fmt: skip
CAPABILITY = Field(
    "council.capability", ("ally",), unit="billion USD a year", high=1e6, seen=PUBLIC,
    start=spending, says="What {ally} spends on defence: its weight in what the alliance can do.",
)  # fmt: skip
POPULATION = Field(
    "council.population", ("ally",), unit="millions", high=1e6, seen=PUBLIC, start=people,
    says="How many people live in {ally}: its weight in a weighted vote.",
)  # fmt: skip

SITS = Field(
    "council.sits", ("ally", "motion"), unit="yes/no", seen=ALLIED, kind="derived",
    parts=(
        Part("before", ("motion", "forum"), says="“{motion}” is before the {forum}."),
        Part("member", ("forum", "ally"), says="{ally} is a member of the {forum}."),
    ),
    says="Whether {ally} sits in the forum that “{motion}” is before.",
    rises="{ally} has a say on “{motion}”", falls="{ally} has no say on “{motion}”",
)  # fmt: skip
PRESIDES = Field(
    "council.presides", ("ally", "motion"), unit="yes/no", seen=ALLIED, kind="derived",
    parts=(
        Part("before", ("motion", "forum"), says="“{motion}” is before the {forum}."),
        Part("chair", ("forum", "ally"), says="{ally} chairs the {forum}."),
        Part("sponsor", ("ally", "motion"), says="{ally} sponsors it; there is no chair."),
    ),
    says="Whether {ally} presides over “{motion}”: as chair, or sponsor if there is none.",
    rises="{ally} presides over “{motion}”", falls="{ally} no longer presides over “{motion}”",
)  # fmt: skip
METHOD = Field(
    "council.method", ("motion", "protocol"), unit="yes/no", seen=ALLIED, kind="derived",
    parts=(
        Part("before", ("motion", "forum"), says="“{motion}” is before the {forum}."),
        Part("protocol", ("forum", "protocol"), says="The {forum} decides by {protocol}."),
    ),
    says="Whether “{motion}” is decided by {protocol}.",
    rises="“{motion}” is now decided by {protocol}",
    falls="“{motion}” is no longer decided by {protocol}",
)  # fmt: skip
COMPETENT = Field(
    "council.competent", ("motion", "forum"), unit="yes/no", seen=ALLIED, kind="derived",
    parts=(
        Part("kind", ("motion", "kind"), says="“{motion}” is a text of this kind: {kind}."),
        Part("competence", ("forum", "kind"), says="The {forum} may adopt this kind: {kind}."),
    ),
    says="Whether the {forum} is competent for “{motion}”.",
    rises="The {forum} may take “{motion}”", falls="The {forum} may no longer take “{motion}”",
)  # fmt: skip

FIELDS = (
    MEMBER, CHAIR, PROTOCOL, COMPETENCE, HOURS, KIND, SHARE, BEFORE, SPONSOR, ABOUT, THEATRE,
    PACKAGE, TREATY, PLAN, QUIET, COST, CAPABILITY, POPULATION, SITS, PRESIDES, METHOD, COMPETENT,
)  # fmt: skip


def _seated(before: Cells, member: Cells) -> Cells:
    return (before * member).max("forum")


def _presiding(before: Cells, chair: Cells, sponsor: Cells) -> Cells:
    chaired = (before * chair).max("forum")
    return chaired + (1.0 - chaired.max("ally")) * sponsor


def _method(before: Cells, protocol: Cells) -> Cells:
    return (before * protocol).max("forum")


def _competent(kind: Cells, competence: Cells) -> Cells:
    return (kind * competence).max("kind")


def convene(turn: Turn) -> None:
    """Who sits and presides over each text, how it is decided, and which forums may take it."""
    before, sponsor = turn[BEFORE], turn[SPONSOR]
    member, chair, protocol = turn[MEMBER], turn[CHAIR], turn[PROTOCOL]
    turn.derive(
        SITS, _seated, Given("before", before, (BEFORE,)), Given("member", member, (MEMBER,))
    )
    turn.derive(
        PRESIDES,
        _presiding,
        Given("before", before, (BEFORE,)),
        Given("chair", chair, (CHAIR,)),
        Given("sponsor", sponsor, (SPONSOR,)),
    )
    turn.derive(
        METHOD,
        _method,
        Given("before", before, (BEFORE,)),
        Given("protocol", protocol, (PROTOCOL,)),
    )
    turn.derive(
        COMPETENT,
        _competent,
        Given("kind", turn[KIND], (KIND,)),
        Given("competence", turn[COMPETENCE], (COMPETENCE,)),
    )
