"""Information: whose story is believed, whether the allies tell one, and whether one still talks.

What an alliance says counts by how far it says one thing, and published evidence beats
assertion. The adversary's disinformation works where resilience is low; telling people beforehand
what to expect (prebunking) raises it. Divergent lines embolden an adversary, and an open channel
makes misreading less likely and gives it a way to step down. Signs are general knowledge; sizes
are design judgement.
"""

from __future__ import annotations

from exercise.declare import PUBLIC, Cost, Decision, Field, Parameter, Part, Rule

LINES = {"conciliatory": 1.0, "firm": 2.0, "condemning": 3.0}

HALF_LIFE = Parameter(
    "information.half_life", 4.0, 1.0, 26.0, "weeks", "design judgement", "J",
    says="How long a story lasts without news.",
)  # fmt: skip
PERSUASION = Parameter(
    "information.persuasion", 0.15, 0.0, 0.4, "per week", "design judgement", "J",
    says="How far the allies' case, told with one voice, moves a public.",
)  # fmt: skip
DISINFORMATION = Parameter(
    "information.disinformation", 0.10, 0.0, 0.3, "per week", "design judgement", "J",
    says="How far disinformation moves a public that nothing protects.",
)  # fmt: skip
ASSERTION = Parameter(
    "information.assertion", 0.25, 0.0, 0.6, "share", "design judgement", "J",
    says="What a condemning statement without evidence counts beside a damning proof.",
)  # fmt: skip
PREBUNKING = Parameter(
    "information.prebunking", 0.15, 0.0, 0.4, "share", "design judgement", "J",
    says="How far a prebunking campaign closes the gap to full resilience.",
)  # fmt: skip

NARRATIVE = Field(
    "information.narrative", ("ally", "adversary"), unit="index", low=-1.0, seen=PUBLIC, good="up",
    says="Whose story about {adversary} the public of {ally} believes: −1 the adversary's, 1 the allies'.",
    rises="The allies' story about {adversary} gains in {ally}",
    falls="The story of {adversary} gains in {ally}",
    bands=("theirs leads", "leans to theirs", "open", "leans to ours", "ours leads"),
)  # fmt: skip
LINE = Field(
    "information.line", ("ally",), unit="line", high=3.0, seen=PUBLIC, kind="choice",
    says="The public line of {ally}: silent (0), conciliatory (1), firm (2) or condemning (3).",
    rises="{ally} hardened its public line", falls="{ally} softened its public line",
    bands=("silent", "conciliatory", "firm", "condemning"),
)  # fmt: skip
VOICE = Field(
    "information.voice", ("ally",), unit="share", seen=PUBLIC,
    says="How much the voice of {ally} counts: the mean of its share of output and an equal share.",
    rises="{ally} is heard more", falls="{ally} is heard less", bands=("faint", "clear", "loud"),
)  # fmt: skip
COHERENCE = Field(
    "information.coherence", (), unit="share", start=0.5, seen=PUBLIC, kind="derived", good="up",
    parts=(
        Part("line", ("ally",), says="{ally} took another line."),
        Part("voice", ("ally",), says="{ally} counts otherwise."),
    ),
    says="How far the allies say one thing: the weight of the leading line, silence counting half.",
    rises="Allies speak more with one voice", falls="Allies speak less with one voice",
    bands=("divided", "mixed", "close", "one voice"),
)  # fmt: skip
RESILIENCE = Field(
    "information.resilience", ("ally",), unit="index", start=0.4, seen=PUBLIC, good="up",
    says="How well the public of {ally} sees through disinformation.",
    rises="The public of {ally} sees through more", falls="The public of {ally} sees through less",
    bands=("open to it", "wavering", "fair", "hardened"),
)  # fmt: skip
CHANNEL = Field(
    "information.channel", ("adversary",), unit="open/closed", seen=PUBLIC,
    says="Whether a channel to {adversary} is open (1) or closed (0).",
    rises="A channel to {adversary} opened", falls="The channel to {adversary} closed",
)  # fmt: skip

STATEMENT = Decision(
    "information.statement", (), says="Make a public statement", levels=LINES,
    cost=Cost(staff=1), seen=PUBLIC,
    consequence="It becomes your public line. Different lines from allies embolden the adversary.",
)  # fmt: skip
COORDINATE = Decision(
    "information.coordinate_line", (), says="Coordinate your public line with the allies",
    levels=LINES, cost=Cost(staff=2), seen=PUBLIC,
    consequence="All who coordinate take the line that most of them, by weight, proposed.",
)  # fmt: skip
PREBUNK = Decision(
    "information.prebunk", (), says="Tell the public beforehand what disinformation to expect",
    levels={"campaign": 1.0}, cost=Cost(staff=1), seen=PUBLIC,
    consequence="Your public will believe less of it.",
)  # fmt: skip
TALKS = Decision(
    "information.talks", ("adversary",), says="Open or close a channel to {adversary}",
    levels={"open": 1.0, "close": -1.0}, low=-1.0, cost=Cost(staff=1), seen=PUBLIC,
    consequence="An open channel makes misreading less likely and gives them a way to step down.",
)  # fmt: skip

RULE = Rule(
    "information",
    says="A story counts by the evidence behind it and by how many tell the same one.",
    fields=(NARRATIVE, LINE, VOICE, COHERENCE, RESILIENCE, CHANNEL),
    decisions=(STATEMENT, COORDINATE, PREBUNK, TALKS),
    parameters=(HALF_LIFE, PERSUASION, DISINFORMATION, ASSERTION, PREBUNKING),
)
