"""What a council remembers: texts on the table, positions of seats, and what is in force."""

from __future__ import annotations

from exercise.declare import ALLIED, CONTROL, PUBLIC, Field, Own, Part, Released

# The text

TABLED = Field(
    "council.tabled", ("motion",), unit="yes/no", seen=ALLIED,
    says="Whether “{motion}” is on the table.",
    rises="“{motion}” is on the table", falls="“{motion}” is off the table",
)  # fmt: skip
AGE = Field(
    "council.age", ("motion",), unit="weeks", high=10_000, seen=ALLIED,
    says="How long “{motion}” has been on the table.",
)  # fmt: skip
PUT = Field(
    "council.put", ("motion",), unit="yes/no", seen=ALLIED,
    says="Whether the chair has put “{motion}” to the seats.",
    rises="The chair put “{motion}” to the table", falls="“{motion}” is no longer put",
)  # fmt: skip
SILENCE = Field(
    "council.silence", ("motion",), unit="hours", high=10_000, seen=ALLIED,
    says="How many hours of silence are left for “{motion}”; 0 where none runs.",
    rises="“{motion}” was put under silence", falls="Silence on “{motion}” ran on or was ended",
)  # fmt: skip
BRACKET = Field(
    "council.bracket", ("ally", "clause"), unit="yes/no", seen=ALLIED,
    says="Whether {ally} holds a bracket on “{clause}”.",
    rises="{ally} bracketed “{clause}”", falls="{ally} lifted its bracket on “{clause}”",
)  # fmt: skip
SOFT = Field(
    "council.soft", ("clause",), unit="yes/no", seen=ALLIED,
    says="Whether “{clause}” stands in softer words.",
    rises="“{clause}” was softened", falls="“{clause}” has its first words again",
)  # fmt: skip
DROPPED = Field(
    "council.dropped", ("clause",), unit="yes/no", seen=ALLIED,
    says="Whether “{clause}” has been dropped.",
    rises="“{clause}” was dropped", falls="“{clause}” is in the text again",
)  # fmt: skip
STANDING = Field(
    "council.standing", ("clause",), unit="index", start=1.0, seen=ALLIED, kind="derived",
    parts=(
        Part("dropped", ("clause",), says="The clause was dropped or put back."),
        Part("soft", ("clause",), says="The clause was softened."),
        Part("bracket", ("ally", "clause"), says="{ally} bracketed it or lifted its bracket."),
    ),
    says="How far “{clause}” stands: 1 in full, half in softer words, 0 in brackets or dropped.",
    rises="“{clause}” stands again", falls="“{clause}” stands less firmly",
    bands=("out", "softened", "in full"),
)  # fmt: skip
STRENGTH = Field(
    "council.strength", ("motion",), unit="index", start=1.0, seen=ALLIED, kind="derived",
    parts=(
        Part("share", ("clause", "motion"), says="The weight of “{clause}” changed."),
        Part("standing", ("clause",), says="The clause “{clause}” fell or stands again."),
    ),
    says="How strong the text of “{motion}” is: the share of its clauses that stand.",
    rises="The text of “{motion}” is stronger", falls="The text of “{motion}” is weaker",
    bands=("empty", "thin", "fair", "strong"),
)  # fmt: skip
ADOPTED = Field(
    "council.adopted", ("motion",), unit="yes/no", seen=PUBLIC,
    says="Whether “{motion}” has been adopted.",
    rises="“{motion}” was adopted", falls="“{motion}” is no longer in force",
)  # fmt: skip
FAILED = Field(
    "council.failed", ("motion",), unit="yes/no", seen=PUBLIC,
    says="Whether “{motion}” failed and has not been tabled again.",
    rises="“{motion}” failed", falls="“{motion}” is taken up again",
)  # fmt: skip
IN_FORCE = Field(
    "council.in_force", ("motion",), unit="index", seen=PUBLIC,
    says="How strong the text of “{motion}” was when it was adopted.",
    rises="“{motion}” entered into force", falls="“{motion}” has less force",
    bands=("none", "thin", "fair", "strong"),
)  # fmt: skip

# Positions

OBJECTION = Field(
    "council.objection", ("ally", "motion"), unit="yes/no",
    seen=(Own("ally"), Released("council.presides")),
    says="Whether {ally} objects to “{motion}”; known to it and to the chair.",
    rises="{ally} objects to “{motion}”", falls="{ally} withdrew its objection to “{motion}”",
)  # fmt: skip
RESERVATION = Field(
    "council.reservation", ("ally", "motion"), unit="yes/no", seen=ALLIED,
    says="Whether {ally} has entered a reservation to “{motion}”: it lets it pass, unbound.",
    rises="{ally} reserved its position on “{motion}”",
    falls="{ally} lifted its reservation on “{motion}”",
)  # fmt: skip
BALLOT = Field(
    "council.ballot", ("ally", "motion"), unit="vote", low=-1.0, seen=ALLIED,
    says="How {ally} voted on “{motion}”: 1 for, −1 against, ½ abstained, 0 not yet.",
    rises="{ally} voted on “{motion}”", falls="{ally} voted or its vote was cleared: “{motion}”",
)  # fmt: skip
BROKEN = Field(
    "council.broken", ("ally", "motion"), unit="yes/no", seen=ALLIED,
    says="Whether {ally} broke silence on “{motion}”.",
    rises="{ally} broke silence on “{motion}”", falls="“{motion}” is asked anew",
)  # fmt: skip
PRESSED = Field(
    "council.pressed", ("ally", "motion"), unit="capitals", high=20.0, seen=Own("ally"),
    says="How many capitals have pressed {ally} over “{motion}”.",
    rises="{ally} was pressed over “{motion}”", falls="Nobody presses {ally} over “{motion}”",
)  # fmt: skip
CONSENT = Field(
    "council.consent", ("ally", "motion"), unit="share", seen=ALLIED,
    says="How much of its part in “{motion}” {ally} can be expected to deliver.",
    rises="{ally} is bound by “{motion}”", falls="{ally} is bound less by “{motion}”",
    bands=("not bound", "outvoted", "under pressure", "free"),
)  # fmt: skip
JOINED = Field(
    "council.joined", ("ally", "motion"), unit="yes/no", seen=PUBLIC,
    says="Whether {ally} acts on “{motion}” of its own will.",
    rises="{ally} joined the willing: “{motion}”", falls="{ally} left the willing: “{motion}”",
)  # fmt: skip
WITHHELD = Field(
    "council.withheld", ("ally", "motion"), unit="yes/no", seen=ALLIED,
    says="Whether {ally} withholds common assets from those who act on “{motion}”.",
    rises="{ally} withholds common assets: “{motion}”",
    falls="{ally} no longer withholds common assets: “{motion}”",
)  # fmt: skip
ASSETS = Field(
    "council.assets", ("motion",), unit="yes/no", seen=PUBLIC,
    says="Whether common assets may be used for “{motion}”.",
    rises="Common assets were released for “{motion}”",
    falls="Common assets are not at hand for “{motion}”",
)  # fmt: skip

# What a capital thinks

MOOD = Field(
    "council.mood", ("ally", "motion"), unit="index", low=-2.0, seen=Own("ally"),
    says="What else sways {ally} on “{motion}” this turn.",
    rises="{ally} warms to “{motion}”", falls="{ally} cools to “{motion}”",
)  # fmt: skip
ACCEPT = Field(
    "council.accept", ("ally", "motion"), unit="index", seen=Own("ally"), kind="derived",
    parts=(
        Part("threat", ("ally", "motion"), says="{ally} judged the threat anew."),
        Part("bar", ("motion",), says="The kind of text sets how much threat it needs."),
    ),
    says="How strong a text {ally} could accept on “{motion}”.",
    rises="{ally} could accept a stronger text", falls="{ally} could accept only a weaker text",
    bands=("hardly any", "a thin text", "a fair text", "a strong text"),
)  # fmt: skip
COMMON_GROUND = Field(
    "council.common_ground", ("motion",), unit="index", seen=CONTROL, kind="derived",
    parts=(
        Part("accept", ("ally", "motion"), says="{ally} can accept more, or less."),
        Part("sits", ("ally", "motion"), says="{ally} sits in the forum, or no longer does."),
    ),
    says="How strong a text on “{motion}” all members of its forum could accept.",
    rises="There is more common ground on “{motion}”",
    falls="There is less common ground on “{motion}”",
    bands=("hardly any", "a thin text", "a fair text", "a strong text"),
)  # fmt: skip
INCLINATION = Field(
    "council.inclination", ("ally", "motion"), unit="index", low=-5.0, high=5.0,
    seen=Own("ally"), kind="derived",
    parts=(
        Part("threat", ("ally", "motion"), says="{ally} judged the threat anew."),
        Part("bar", ("motion",), says="The kind of text sets how much threat it needs."),
        Part("agreement", (), says="Allies agree more, or less, on strategy."),
        Part("support", ("ally",), says="Support at home moved."),
        Part("cost", ("motion",), says="What supporting it costs changed."),
        Part("share", ("ally",), says="{ally} carries more, or less, than others."),
        Part("quarrel", ("ally", "motion"), says="Relations with the sponsor changed."),
    ),
    says="How far {ally} leans to “{motion}” for reasons of its own, if the text suits it.",
    rises="{ally} leans more to “{motion}”", falls="{ally} leans less to “{motion}”",
    bands=("against", "doubtful", "inclined", "keen"),
)  # fmt: skip
UTILITY = Field(
    "council.utility", ("ally", "motion"), unit="index", low=-5.0, high=5.0,
    seen=Own("ally"), kind="derived",
    parts=(
        Part("inclination", ("ally", "motion"), says="{ally} leans this way of its own."),
        Part("mood", ("ally", "motion"), says="The mood of the day."),
        Part("strength", ("motion",), says="The text became stronger or weaker."),
        Part("accept", ("ally", "motion"), says="{ally} can accept more, or less."),
        Part("pressed", ("ally", "motion"), says="{ally} was pressed."),
    ),
    says="What the text of “{motion}”, as it stands, is worth to {ally}.",
    rises="“{motion}” suits {ally} better", falls="“{motion}” suits {ally} less",
    bands=("to be blocked", "unwelcome", "tolerable", "welcome"),
)  # fmt: skip

# What is in force

STRATEGY = Field(
    "council.strategy", ("strategy",), unit="share", seen=PUBLIC,
    says="The weight that the adopted strategy gives to: {strategy}.",
    rises="The alliance leans more to: {strategy}", falls="The alliance leans less to: {strategy}",
    bands=("none", "some", "much", "most"),
)  # fmt: skip
AGREED = Field(
    "council.agreed", ("ally",), unit="yes/no", seen=ALLIED,
    says="Whether {ally} agreed to the adopted strategy.",
    rises="{ally} agreed to the strategy", falls="{ally} did not agree to the strategy",
)  # fmt: skip
_MANDATED = (
    Part("in_force", ("motion",), says="“{motion}” came into force or lapsed."),
    Part("deploy", ("motion",), says="“{motion}” is about deployment."),
    Part("force", ("motion",), says="“{motion}” is about the use of force."),
    Part("theatre", ("motion", "theatre"), says="“{motion}” is about this theatre."),
)
MANDATE = Field(
    "council.mandate", ("theatre",), unit="index", seen=PUBLIC, kind="derived", parts=_MANDATED,
    says="How strong a mandate there is to deploy in {theatre}.",
    rises="A mandate to deploy in {theatre} is in force",
    falls="The mandate to deploy in {theatre} is weaker",
    bands=("none", "thin", "fair", "strong"),
)  # fmt: skip
FORCE_MANDATE = Field(
    "council.force_mandate", ("theatre",), unit="index", seen=PUBLIC, kind="derived",
    parts=_MANDATED,
    says="How strong a mandate there is to use force in {theatre}.",
    rises="A mandate to use force in {theatre} is in force",
    falls="The mandate to use force in {theatre} is weaker",
    bands=("none", "thin", "fair", "strong"),
)  # fmt: skip
SANCTIONED = Field(
    "council.sanctioned", ("package",), unit="index", seen=PUBLIC, kind="derived",
    parts=(
        Part("in_force", ("motion",), says="“{motion}” came into force or lapsed."),
        Part("package", ("motion", "package"), says="“{motion}” is about this package."),
    ),
    says="How strong a text adopted the package {package}.",
    rises="{package} was adopted", falls="{package} has less behind it",
    bands=("none", "thin", "fair", "strong"),
)  # fmt: skip
DETERMINED = Field(
    "council.determined", ("treaty",), unit="index", seen=PUBLIC, kind="derived",
    parts=(
        Part("in_force", ("motion",), says="“{motion}” came into force or lapsed."),
        Part("treaty", ("motion", "treaty"), says="“{motion}” is about this treaty."),
    ),
    says="How strong a text determined that the case of {treaty} is met.",
    rises="The case of {treaty} is met, a council found",
    falls="The finding on {treaty} has less force",
    bands=("not found", "found faintly", "found", "found firmly"),
)  # fmt: skip
COALITION = Field(
    "council.coalition", ("motion",), unit="yes/no", seen=PUBLIC, kind="derived",
    parts=(
        Part("adopted", ("motion",), says="“{motion}” was adopted after all."),
        Part("joined", ("ally", "motion"), says="{ally} joined or left."),
        Part("least", (), says="How many it takes."),
    ),
    says="Whether a coalition of the willing acts on “{motion}”.",
    rises="A coalition of the willing formed: “{motion}”",
    falls="The coalition of the willing ended: “{motion}”",
)  # fmt: skip
DELIVERY = Field(
    "council.delivery", ("ally", "theatre"), unit="share", seen=ALLIED, kind="derived",
    parts=(
        Part("consent", ("ally", "motion"), says="{ally} is bound more, or less, by “{motion}”."),
        Part("live", ("motion", "theatre"), says="“{motion}” gives ground to act here."),
    ),
    says="How much of its part in {theatre} {ally} can be expected to deliver.",
    rises="{ally} is committed in {theatre}", falls="{ally} is less committed in {theatre}",
    bands=("not bound", "half-hearted", "under pressure", "free"),
)  # fmt: skip
FREE_CONSENT = Field(
    "council.free_consent", (), unit="share", start=1.0, seen=ALLIED, kind="derived", good="up",
    parts=(
        Part("free", ("ally", "motion"), says="{ally} agreed freely to “{motion}”."),
        Part("asked", ("ally", "motion"), says="“{motion}” was decided with {ally} at the table."),
        Part("capability", ("ally",), says="What {ally} can do changed."),
    ),
    says="How much of the alliance, by capability, agreed freely to what was decided.",
    rises="More of the alliance agrees freely", falls="Less of the alliance agrees freely",
    bands=("imposed", "uneasy", "mostly free", "free"),
)  # fmt: skip

FIELDS = (
    TABLED, AGE, PUT, SILENCE, BRACKET, SOFT, DROPPED, STANDING, STRENGTH, ADOPTED, FAILED,
    IN_FORCE, OBJECTION, RESERVATION, BALLOT, BROKEN, PRESSED, CONSENT, JOINED, WITHHELD, ASSETS,
    MOOD, ACCEPT, COMMON_GROUND, INCLINATION, UTILITY, STRATEGY, AGREED, MANDATE,
    FORCE_MANDATE, SANCTIONED, DETERMINED, COALITION, DELIVERY, FREE_CONSENT,
)  # fmt: skip
