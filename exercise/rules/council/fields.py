"""What a council remembers: texts on the table, positions of seats, and what is in force."""

from __future__ import annotations

from exercise.engine.declare import ALLIED, CONTROL, PUBLIC, Field, Own, Part, Released

# The text

TABLED = Field(
    "council.tabled", ("motion",), unit="yes/no", seen=ALLIED,
    news=1.2,
    says="Whether “{motion}” is on the table.",
    rises="“{motion}” is on the table", falls="“{motion}” is off the table",
)  # fmt: skip
AGE = Field(
    "council.age", ("motion",), unit="weeks", high=10_000, seen=ALLIED,
    news=0,
    says="How long “{motion}” has been on the table.",
)  # fmt: skip
PUT = Field(
    "council.put", ("motion",), unit="yes/no", seen=ALLIED,
    news=0.3,
    says="Whether the chair has put “{motion}” to the seats.",
    rises="The chair put “{motion}” to the table", falls="“{motion}” is no longer put",
)  # fmt: skip
SILENCE = Field(
    "council.silence", ("motion",), unit="hours", high=10_000, seen=ALLIED,
    news=0.5,
    says="How many hours of silence are left for “{motion}”; 0 where none runs.",
    rises="“{motion}” was put under silence", falls="Silence on “{motion}” ran on or was ended",
)  # fmt: skip
BRACKET = Field(
    "council.bracket", ("ally", "clause"), unit="yes/no", seen=ALLIED,
    news=1.2,
    says="Whether {ally} holds a bracket on “{clause}”.",
    rises="{ally} bracketed “{clause}”", falls="{ally} lifted its bracket on “{clause}”",
)  # fmt: skip
SOFT = Field(
    "council.soft", ("clause",), unit="yes/no", seen=ALLIED,
    news=0.4,
    says="Whether “{clause}” stands in softer words.",
    rises="“{clause}” was softened", falls="“{clause}” has its first words again",
)  # fmt: skip
DROPPED = Field(
    "council.dropped", ("clause",), unit="yes/no", seen=ALLIED,
    news=0.8,
    says="Whether “{clause}” has been dropped.",
    rises="“{clause}” was dropped", falls="“{clause}” is in the text again",
)  # fmt: skip
STANDING = Field(
    "council.standing", ("clause",), news=0.1, unit="index", start=1.0, seen=ALLIED, kind="derived",
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
    "council.strength", ("motion",), news=0.5, unit="index", start=1.0, seen=ALLIED, kind="derived",
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
    news=3,
    says="Whether “{motion}” has been adopted.",
    rises="“{motion}” was adopted", falls="“{motion}” is no longer in force",
)  # fmt: skip
FAILED = Field(
    "council.failed", ("motion",), unit="yes/no", seen=PUBLIC,
    news=2.2,
    says="Whether “{motion}” failed and has not been tabled again.",
    rises="“{motion}” failed", falls="“{motion}” is taken up again",
)  # fmt: skip
IN_FORCE = Field(
    "council.in_force", ("motion",), unit="index", seen=PUBLIC,
    news=0,
    says="How strong the text of “{motion}” was when it was adopted.",
    rises="“{motion}” entered into force", falls="“{motion}” has less force",
    bands=("none", "thin", "fair", "strong"),
)  # fmt: skip

# Positions

OBJECTION = Field(
    "council.objection", ("ally", "motion"), unit="yes/no",
    seen=(Own("ally"), Released("council.presides")),
    news=0.8,
    says="Whether {ally} objects to “{motion}”; known to it and to the chair.",
    rises="{ally} objects to “{motion}”", falls="{ally} withdrew its objection to “{motion}”",
)  # fmt: skip
RESERVATION = Field(
    "council.reservation", ("ally", "motion"), unit="yes/no", seen=ALLIED,
    news=0.5,
    says="Whether {ally} has entered a reservation to “{motion}”: it lets it pass, unbound.",
    rises="{ally} reserved its position on “{motion}”",
    falls="{ally} lifted its reservation on “{motion}”",
)  # fmt: skip
BALLOT = Field(
    "council.ballot", ("ally", "motion"), unit="vote", low=-1.0, seen=ALLIED,
    news=0.2,
    says="How {ally} voted on “{motion}”: 1 for, −1 against, ½ abstained, 0 not yet.",
    rises="{ally} voted on “{motion}”", falls="{ally} voted or its vote was cleared: “{motion}”",
)  # fmt: skip
BROKEN = Field(
    "council.broken", ("ally", "motion"), unit="yes/no", seen=ALLIED,
    news=3,
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
    news=0.3,
    says="How much of its part in “{motion}” {ally} can be expected to deliver.",
    rises="{ally} is bound by “{motion}”", falls="{ally} is bound less by “{motion}”",
    bands=("not bound", "outvoted", "under pressure", "free"),
)  # fmt: skip
JOINED = Field(
    "council.joined", ("ally", "motion"), unit="yes/no", seen=PUBLIC,
    news=0.6,
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
    news=0.1,
    says="Whether common assets may be used for “{motion}”.",
    rises="Common assets were released for “{motion}”",
    falls="Common assets are not at hand for “{motion}”",
)  # fmt: skip

# What a capital thinks

MOOD = Field(
    "council.mood", ("ally", "motion"), unit="index", low=-2.0, seen=Own("ally"),
    news=0,
    says="What else sways {ally} on “{motion}” this turn.",
    rises="{ally} warms to “{motion}”", falls="{ally} cools to “{motion}”",
)  # fmt: skip
ACCEPT = Field(
    "council.accept", ("ally", "motion"), news=0.1, unit="index", seen=Own("ally"), kind="derived",
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
    "council.inclination", ("ally", "motion"), news=0, unit="index", low=-5.0, high=5.0,
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
    "council.utility", ("ally", "motion"), news=0, unit="index", low=-5.0, high=5.0,
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

FIELDS = (
    TABLED, AGE, PUT, SILENCE, BRACKET, SOFT, DROPPED, STANDING,
    STRENGTH, ADOPTED, FAILED, IN_FORCE, OBJECTION, RESERVATION, BALLOT, BROKEN,
    PRESSED, CONSENT, JOINED, WITHHELD, ASSETS, MOOD, ACCEPT, COMMON_GROUND,
    INCLINATION, UTILITY,
)  # fmt: skip
