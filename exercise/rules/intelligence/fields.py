"""What the intelligence module keeps: its coefficients and its fields."""

from __future__ import annotations

from exercise.engine.declare import CONTROL, PUBLIC, Field, Own, Parameter, Part, Released
from exercise.engine.exact import on_grid
from exercise.rules.intelligence import start

TEAR_LINE, FULL = on_grid(0.7), 1.0
"""How much of a report its holder has: these two forms, or nothing."""

TEAR = Parameter(
    "intelligence.tear", 0.7, 0.4, 0.9, "share", "design judgement", "J",
    says="What a tear-line leaves of the confidence one may have in a report.",
)  # fmt: skip
LEAK_FULL = Parameter(
    "intelligence.leak_full", 0.01, 0.0, 0.03, "per reader and week", "design judgement", "J",
    says="How likely a report shared in full leaks.",
)  # fmt: skip
LEAK_TEAR = Parameter(
    "intelligence.leak_tear", 0.003, 0.0, 0.01, "per reader and week", "design judgement", "J",
    says="How likely a tear-line leaks.",
)  # fmt: skip
LEAK_COST = Parameter(
    "intelligence.leak_cost", 0.30, 0.0, 0.6, "share", "design judgement", "J",
    says="The share of its collection in the theatre that a leak costs the originator.",
)  # fmt: skip
DECEPTION = Parameter(
    "intelligence.deception", 0.05, 0.0, 0.2, "per week", "design judgement", "J",
    says="How likely an adversary plants a report.",
)  # fmt: skip
CLEARANCE = Parameter(
    "intelligence.clearance", 2.0, 0.0, 8.0, "weeks", "release needs a decision: ICD 403", "D",
    says="In a turn shorter than this, a release outside any arrangement arrives a turn later.",
)  # fmt: skip
OBSERVABLE = Parameter(
    "intelligence.observable", 0.06, 0.01, 0.2, "chance", "design judgement", "J",
    says="How plainly an act shows: it grows with the square of the act's level.",
)  # fmt: skip
NARROWING = Parameter(
    "intelligence.narrowing", 0.5, 0.0, 1.0, "share", "design judgement", "J",
    says="What a task in one theatre takes from collection in the others.",
)  # fmt: skip
HALF_LIFE = Parameter(
    "intelligence.half_life", 8.0, 2.0, 52.0, "weeks", "design judgement", "J",
    says="How long collection stays above or below what an ally's own means give it.",
)  # fmt: skip
CHECKING = Parameter(
    "intelligence.checking", 0.15, 0.0, 0.4, "per week", "design judgement", "J",
    says="How likely full collection bears out a true report, or finds nothing behind a false one.",
)  # fmt: skip
GRATITUDE = Parameter(
    "intelligence.gratitude", 0.10, 0.0, 0.3, "share", "design judgement", "J",
    says="How far one shared report closes the gap to full trust.",
)  # fmt: skip
RESENTMENT = Parameter(
    "intelligence.resentment", 0.20, 0.0, 0.5, "share", "design judgement", "J",
    says="The share of its trust that an unanswered request, or a leak, costs an ally.",
)  # fmt: skip

READERS = (Released("intelligence.seen"),)
HOLDERS = (*READERS, Released("intelligence.published"))

SEEN = Field(
    "intelligence.seen", ("ally", "report"), unit="0, .7, 1", start=start.seen, seen=READERS,
    news=1.1,
    says="What {ally} holds of the report “{report}”: nothing, a tear-line, or all of it.",
    rises="The report “{report}” reached {ally}",
    falls="{ally} no longer uses the report “{report}”",
    bands=("nothing", "nothing", "tear-line", "in full"),
)  # fmt: skip
CONFIDENCE = Field(
    "intelligence.confidence", ("ally", "report"), unit="chance", start=start.confidence,
    seen=READERS,
    news=0.2,
    says="How likely {ally} may take the report “{report}” to be true, in the form it holds.",
    rises="{ally} is surer of the report “{report}”",
    falls="{ally} is less sure of the report “{report}”",
    bands=(
        "remote chance", "highly unlikely", "unlikely", "realistic possibility", "likely",
        "highly likely", "almost certain",
    ),
)  # fmt: skip
FRESH = Field(
    "intelligence.fresh", ("ally", "report"), news=0, unit="share", kind="derived", seen=READERS,
    parts=(
        Part("held", ("ally", "report"), says="{ally} holds more of it."),
        Part("known", ("ally", "report"), says="{ally} knew of it already."),
    ),
    says="How much of the report “{report}” was new to {ally} this turn.",
    rises="The report “{report}” was news to {ally}",
    falls="The report “{report}” is no news to {ally} any more",
    bands=("known", "partly new", "new"),
)  # fmt: skip
CLEARING = Field(
    "intelligence.clearing", ("ally", "report"), unit="0, .7, 1", seen=READERS,
    news=0.1,
    says="The form of the report “{report}” that waits to be cleared for {ally}.",
    rises="The report “{report}” is being cleared for {ally}",
    falls="The report “{report}” has been cleared for {ally}",
    bands=("nothing", "nothing", "tear-line", "in full"),
)  # fmt: skip
WITNESS = Field(
    "intelligence.witness", ("ally", "report"), unit="yes/no", seen=READERS,
    news=0.1,
    says="Whether {ally} knows what the report “{report}” says by its own collection.",
    rises="{ally} saw by itself what the report “{report}” says",
    falls="The report “{report}” was filed away",
)  # fmt: skip
NATIONAL = Field(
    "intelligence.national", ("report",), unit="yes/no", start=start.national, seen=HOLDERS,
    says="Whether the report “{report}” is marked national: nobody else has been cleared for it.",
    rises="The report “{report}” was marked national",
    falls="The report “{report}” is no longer marked national",
)  # fmt: skip
LIVE = Field(
    "intelligence.live", ("report",), unit="yes/no", start=start.live, seen=HOLDERS,
    says="Whether the report “{report}” has come in.",
    rises="The report “{report}” came in", falls="The report “{report}” was filed away",
)  # fmt: skip
ORIGIN = Field(
    "intelligence.origin", ("report", "ally"), unit="yes/no", start=start.origin, seen=HOLDERS,
    says="Whether {ally} made the report “{report}”, and so alone may release it.",
    rises="{ally} made the report “{report}”",
    falls="The report “{report}” of {ally} was filed away",
)  # fmt: skip
ABOUT = Field(
    "intelligence.about", ("report", "adversary"), unit="yes/no", start=start.about, seen=HOLDERS,
    says="Whether the report “{report}” is about {adversary}.",
    rises="The report “{report}” is about {adversary}",
    falls="The report “{report}” about {adversary} was filed away",
)  # fmt: skip
PLACE = Field(
    "intelligence.place", ("report", "theatre"), unit="yes/no", start=start.place, seen=HOLDERS,
    says="Whether the report “{report}” is about {theatre}.",
    rises="The report “{report}” is about {theatre}",
    falls="The report “{report}” about {theatre} was filed away",
)  # fmt: skip
SEVERITY = Field(
    "intelligence.severity", ("report",), unit="index", start=start.severity, seen=HOLDERS,
    says="How grave what the report “{report}” describes would be.",
    rises="The report “{report}” describes something graver",
    falls="The report “{report}” describes something less grave",
    bands=("harmless", "worth watching", "serious", "grave"),
)  # fmt: skip
SOURCE = Field(
    "intelligence.source", ("report",), unit="A–F as 1–6", high=6.0, start=start.source,
    seen=HOLDERS,
    says="How reliable the source of the report “{report}” is: A (1) to F (6); 0 is ungraded.",
    rises="The source of “{report}” is graded as less reliable",
    falls="The source of “{report}” is graded as more reliable",
    bands=("ungraded", "A", "B", "C", "D", "E", "F"),
)  # fmt: skip
CREDIBILITY = Field(
    "intelligence.credibility", ("report",), unit="1–6", high=6.0, start=start.credibility,
    seen=HOLDERS,
    says="How credible what the report “{report}” says is: 1 (confirmed) to 6; 0 is ungraded.",
    rises="What “{report}” says is graded as less credible",
    falls="What “{report}” says is graded as more credible",
    bands=("ungraded", "1", "2", "3", "4", "5", "6"),
)  # fmt: skip
LEAKED = Field(
    "intelligence.leaked", ("report",), unit="yes/no", seen=READERS, good="down",
    news=2,
    says="Whether the report “{report}” has leaked.",
    rises="The report “{report}” leaked", falls="The leaked report “{report}” was filed away",
)  # fmt: skip
PUBLISHED = Field(
    "intelligence.published", ("actor", "report"), unit="yes/no", start=start.published,
    seen=Released("intelligence.published"),
    news=1.2,
    says="Whether {actor} can read the report “{report}” in public.",
    rises="The report “{report}” was published", falls="The report “{report}” is old news",
)  # fmt: skip
EVIDENCE = Field(
    "intelligence.evidence", ("adversary",), unit="index", seen=PUBLIC, good="up",
    says="The weight of what has lately been published about {adversary}.",
    rises="More has been proved about {adversary} in public",
    falls="What was published about {adversary} is fading",
    bands=("none", "thin", "solid", "damning"),
)  # fmt: skip
COLLECT = Field(
    "intelligence.collect", ("ally", "theatre"), unit="index", start=0.4, seen=Own("ally"),
    news=0.3,
    says="How well {ally} can see what happens in {theatre}.", good="up",
    rises="{ally} sees {theatre} better", falls="{ally} sees {theatre} less well",
    bands=("blind", "patchy", "fair", "close"),
)  # fmt: skip
REACH = Field(
    "intelligence.reach", ("ally", "theatre"), unit="index", start=0.4, seen=Own("ally"),
    says="How well the means {ally} always has let it see {theatre}.", good="up",
    rises="{ally} has better means of its own in {theatre}",
    falls="{ally} has poorer means of its own in {theatre}",
    bands=("blind", "patchy", "fair", "close"),
)  # fmt: skip
TRUST = Field(
    "intelligence.trust", ("ally", "ally@to"), unit="index", start=0.5, seen=Own("ally"),
    news=0.6,
    says="How far {ally} trusts {ally@to} with secrets.", good="up",
    rises="{ally} trusts {ally@to} more", falls="{ally} trusts {ally@to} less",
    bands=("wary", "cool", "fair", "close"),
)  # fmt: skip
ARRANGEMENT = Field(
    "intelligence.arrangement", ("ally", "ally@to"), unit="yes/no",
    seen=(Own("ally"), Own("ally@to")),
    says="Whether {ally} has a standing arrangement to release to {ally@to} without delay.",
    rises="{ally} arranged to release to {ally@to} without delay",
    falls="{ally} ended its release arrangement with {ally@to}",
)  # fmt: skip
REQUESTED = Field(
    "intelligence.requested", ("ally", "ally@to", "theatre"), unit="yes/no",
    seen=(Own("ally"), Own("ally@to")),
    news=0.6,
    says="Whether {ally} waits for {ally@to} to say what it holds on {theatre}.",
    rises="{ally} asked {ally@to} what it holds on {theatre}",
    falls="{ally} no longer waits for {ally@to} on {theatre}",
)  # fmt: skip
PLANTED = Field(
    "intelligence.planted", ("report",), unit="yes/no", start=start.planted, seen=CONTROL,
    says="Whether the report “{report}” is planted and false.",
    rises="The report “{report}” was planted",
    falls="The planted report “{report}” was filed away",
)  # fmt: skip
BORN = Field(
    "intelligence.born", ("report",), unit="turn", high=10_000, seen=CONTROL,
    says="The turn in which the report “{report}” came in; 0 where it was there at the start.",
    rises="The report “{report}” came in", falls="The report “{report}” was filed away",
)  # fmt: skip
ARRIVAL = Field(
    "intelligence.arrival", ("report",), unit="weeks", low=-10_000, high=start.NEVER,
    start=start.arrival, seen=CONTROL,
    says="How many weeks after the start the report “{report}” comes in.",
    rises="The report “{report}” comes later", falls="The report “{report}” comes sooner",
)  # fmt: skip
ADDRESSED = Field(
    "intelligence.addressed", ("ally", "report"), unit="0, .7, 1", start=start.addressed,
    seen=CONTROL,
    says="What {ally} gets of the report “{report}” when it comes in.",
    rises="{ally} will get more of the report “{report}”",
    falls="{ally} will get less of the report “{report}”",
)  # fmt: skip
SURE = Field(
    "intelligence.sure", ("report",), unit="chance", start=start.sure, seen=CONTROL,
    says="How likely the report “{report}” may be taken to be true when it comes in.",
    rises="The report “{report}” will look surer",
    falls="The report “{report}” will look less sure",
)  # fmt: skip
RELEASE_RATIO = Field(
    "intelligence.release_ratio", (), news=1, unit="share", seen=CONTROL, kind="derived", good="up",
    parts=(
        Part("seen", ("ally", "report"), says="{ally} holds the report “{report}”."),
        Part("live", ("report",), says="The report “{report}” came in."),
    ),
    says="The share of allies who hold a report, on average over all that have come in.",
    rises="More allies hold what the alliance knows",
    falls="Fewer allies hold what the alliance knows", bands=("closed", "little", "much", "open"),
)  # fmt: skip

FIELDS = (
    SEEN, CONFIDENCE, FRESH, CLEARING, WITNESS, NATIONAL, LIVE, ORIGIN, ABOUT, PLACE, SEVERITY,
    SOURCE, CREDIBILITY, LEAKED, PUBLISHED, EVIDENCE, COLLECT, REACH, TRUST, ARRANGEMENT,
    REQUESTED, PLANTED, BORN, ARRIVAL, ADDRESSED, SURE, RELEASE_RATIO,
)  # fmt: skip
PARAMETERS = (
    TEAR, LEAK_FULL, LEAK_TEAR, LEAK_COST, DECEPTION, CLEARANCE, OBSERVABLE, NARROWING, HALF_LIFE,
    CHECKING, GRATITUDE, RESENTMENT,
)  # fmt: skip
