"""Information: whose story is believed, whether the allies tell one, and whether one still talks.

What an alliance says counts by how far it says one thing, and published evidence beats
assertion. The adversary's disinformation works where resilience is low; telling people beforehand
what to expect (prebunking) raises it. Divergent lines embolden an adversary, and an open channel
makes misreading less likely and gives it a way to step down. Signs are general knowledge; sizes
are design judgement.
"""

from __future__ import annotations

from collections.abc import Mapping

from exercise.engine.cells import Cells, clip, maximum, where
from exercise.engine.declare import (
    PUBLIC,
    Check,
    Cost,
    Decision,
    Field,
    Given,
    Habit,
    Only,
    Parameter,
    Part,
    Rule,
    Step,
    Term,
)
from exercise.engine.rates import chance, decay
from exercise.engine.roster import Roster
from exercise.engine.turn import Turn
from exercise.eyes import Eyes

LINES = {"conciliatory": 1.0, "firm": 2.0, "condemning": 3.0}
TEMPER = {1.0: 0.0, 2.0: 0.5, 3.0: 1.0}
"""How much of an accusation each line is."""

DISINFORMS = 2.0
BREAKS_OFF = 6.0
"""Levels of the ladder from which an adversary tells its story, and from which talking ends."""


def voices(roster: Roster) -> Mapping[tuple[str, ...], float]:
    """How much each ally is heard: the mean of its share of output and an equal share."""
    allies = roster.of("ally")
    actors = roster.scenario.actors if roster.scenario is not None else {}
    output = {ally: actors[ally].gdp if ally in actors else 1.0 for ally in allies}
    total, equal = sum(output.values()) or 1.0, 1.0 / max(len(allies), 1)
    return {(ally,): 0.5 * output[ally] / total + 0.5 * equal for ally in allies}


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
    news=0.8,
    says="Whose story about {adversary} the public of {ally} believes: −1 theirs, 1 the allies'.",
    rises="The allies' story about {adversary} gains in {ally}",
    falls="The story of {adversary} gains in {ally}",
    bands=("theirs leads", "leans to theirs", "open", "leans to ours", "ours leads"),
)  # fmt: skip
LINE = Field(
    "information.line", ("ally",), unit="line", high=3.0, seen=PUBLIC, kind="choice",
    news=0.2,
    says="The public line of {ally}: silent (0), conciliatory (1), firm (2) or condemning (3).",
    rises="{ally} hardened its public line", falls="{ally} softened its public line",
    bands=("silent", "conciliatory", "firm", "condemning"),
)  # fmt: skip
VOICE = Field(
    "information.voice", ("ally",), unit="share", start=voices, seen=PUBLIC,
    says="How much the voice of {ally} counts: the mean of its share of output and an equal share.",
    rises="{ally} is heard more", falls="{ally} is heard less", bands=("faint", "clear", "loud"),
)  # fmt: skip
COHERENCE = Field(
    "information.coherence", (), news=1.3,
    unit="share", start=0.5, seen=PUBLIC, kind="derived", good="up",
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
    news=1.4,
    says="Whether a channel to {adversary} is open (1) or closed (0).",
    rises="A channel to {adversary} opened", falls="The channel to {adversary} closed",
)  # fmt: skip


def may_talk(eyes: Eyes) -> list[Check]:
    """Nobody talks while force is used."""
    quiet = eyes["deterrence.level"].max("theatre") < BREAKS_OFF
    return [Check(quiet, "there is no talking while they use force", "wait until they step down")]


STATEMENT = Decision(
    "information.statement", (), says="Make a public statement", levels=LINES, high=3.0,
    tells={
        "conciliatory": "Make a conciliatory public statement",
        "firm": "Make a firm public statement",
        "condemning": "Condemn the adversary in a public statement",
    },
    cost=Cost(staff=1), seen=PUBLIC,
    consequence="It becomes your public line. Different lines from allies embolden the adversary.",
)  # fmt: skip
COORDINATE = Decision(
    "information.coordinate_line", (), says="Coordinate your public line with the allies",
    tells={
        "conciliatory": "Coordinate a conciliatory public line with the allies",
        "firm": "Coordinate a firm public line with the allies",
        "condemning": "Coordinate a condemning public line with the allies",
    },
    levels=LINES, high=3.0, cost=Cost(staff=2), seen=PUBLIC,
    consequence="All who coordinate take the line that most of them, by weight, proposed.",
)  # fmt: skip
PREBUNK = Decision(
    "information.prebunk", (), says="Tell the public beforehand what disinformation to expect",
    levels={"campaign": 1.0}, cost=Cost(staff=1), seen=PUBLIC,
    consequence="Your public will believe less of it.",
)  # fmt: skip
TALKS = Decision(
    "information.talks", ("adversary",), says="Open or close a channel to {adversary}",
    tells={"open": "Open a channel to {adversary}", "close": "Close the channel to {adversary}"},
    levels={"open": 1.0, "close": -1.0}, low=-1.0, cost=Cost(staff=1), seen=PUBLIC,
    allowed=may_talk,
    consequence="An open channel makes misreading less likely and gives them a way to step down.",
)  # fmt: skip


def shares(line: Cells, voice: Cells) -> dict[float, Cells]:
    """How much of the alliance's voice each line has."""
    return {level: (line.equals(level) * voice).sum("ally") for level in LINES.values()}


def one_voice(line: Cells, voice: Cells) -> Cells:
    """The share of the leading line, silence counting half."""
    conciliatory, firm, condemning = shares(line, voice).values()
    leading = maximum(maximum(conciliatory, firm), condemning)
    return clip(leading + 0.5 * (line.equals(0.0) * voice).sum("ally"))


def speak(turn: Turn) -> None:
    """Statements become lines; those who coordinate take the line that leads among them."""
    said, met, line = turn.order(STATEMENT), turn.order(COORDINATE), turn[LINE]
    conciliatory, firm, condemning = shares(met, turn[VOICE]).values()
    leading = where(condemning > maximum(firm, conciliatory), 3.0, 2.0)
    leading = where(conciliatory > maximum(firm, condemning), 1.0, leading)
    together, alone = met > 0.0, (said > 0.0) & met.equals(0.0)
    turn.post(
        LINE,
        Term("coordinated", together * (leading - line), of=(COORDINATE,),
             says="{ally} took the line agreed with its allies."),
        Term("stated", alone * (said - line), of=(STATEMENT,), says="{ally} said so."),
    )  # fmt: skip


def talk(turn: Turn) -> None:
    """A channel opens when one ally opens it, and closes when none does and one closes it."""
    order, channel = turn.order(TALKS), turn[CHANNEL]
    opened = (order > 0.0).max("ally")
    closed = (order < 0.0).max("ally") * (1.0 - opened)
    breaks = turn["adversary.act"] >= BREAKS_OFF
    force = breaks.max("theatre")
    after = channel + opened * (1.0 - channel) - closed * channel
    turn.post(
        CHANNEL,
        Term("opened", opened * (1.0 - channel), of=(TALKS,), says="An ally opened it."),
        Term("closed", -(closed * channel), of=(TALKS,), says="An ally closed it."),
        Term("broken off", -(force * after), of=(Only("adversary.act", breaks),),
             says="{adversary} used force; nobody talks."),
    )  # fmt: skip


def persuade(turn: Turn) -> None:
    """Stories fade; evidence and one voice move publics one way, disinformation the other."""
    narrative, resilience = turn[NARRATIVE], turn[RESILIENCE]
    gone = 1.0 - decay(turn[HALF_LIFE], turn.weeks)
    heard = chance(turn[PERSUASION], turn.weeks)
    swayed = chance(turn[DISINFORMATION], turn.weeks)
    accused = sum((turn[LINE].equals(k) * v for k, v in TEMPER.items() if v), turn.zeros("ally"))
    asserted = (accused * turn[VOICE]).sum("ally") * turn[ASSERTION]
    tells = turn["adversary.act"] >= DISINFORMS
    told = tells.max("theatre")
    aimed = 0.5 + 0.5 * turn["adversary.target"]
    room, below = (1.0 - narrative) * turn[COHERENCE], (1.0 + narrative) * (1.0 - resilience)
    turn.post(
        NARRATIVE,
        Term("fading", -(gone * narrative), of=(NARRATIVE, HALF_LIFE),
             says="Without news, {ally} thought less of {adversary}."),
        Term("evidence", room * turn["intelligence.evidence"] * heard,
             of=("intelligence.evidence", COHERENCE, PERSUASION),
             says="What was published about {adversary} persuaded {ally}."),
        Term("assertion", room * asserted * heard, of=(LINE, COHERENCE, ASSERTION, PERSUASION),
             says="What allies say about {adversary} told in {ally}."),
        Term("disinformation", -(below * told * aimed * swayed),
             of=(Only("adversary.act", tells), DISINFORMATION),
             says="{adversary} told {ally} its own story."),
    )  # fmt: skip


def prepare(turn: Turn) -> None:
    """A public that was told beforehand sees through more."""
    order, resilience = turn.order(PREBUNK), turn[RESILIENCE]
    turn.post(
        RESILIENCE,
        Term("prebunked", order * turn[PREBUNKING] * (1.0 - resilience), of=(PREBUNK, PREBUNKING),
             says="{ally} told its public what to expect."),
    )  # fmt: skip


def measure(turn: Turn) -> None:
    """How far the allies say one thing."""
    line, voice = turn[LINE], turn[VOICE]
    turn.derive(COHERENCE, one_voice, Given("line", line, (LINE,)), Given("voice", voice, (VOICE,)))


def habit(eyes: Eyes) -> None:
    """An absent seat seeks one line with its allies, keeps talking, and prepares its public."""
    threat = eyes.own("threat.threat").max("adversary")
    level = eyes["deterrence.level"].max("theatre")
    highest = level.max("adversary")
    wanted = 1.0 + (threat > 0.4) + ((threat > 0.7) & (highest >= 4.0))
    line = eyes.own(LINE)
    stirred = (highest >= 2.0) | (threat > 0.5)
    unsaid = line.equals(0.0) & stirred
    agreed = eyes.order(COORDINATE, wanted, when=unsaid & (threat > 0.4))
    eyes.order(STATEMENT, wanted, when=unsaid & ~agreed)
    # Once it has a line, it moves only to where the leading line is, and only a step.
    lines = shares(eyes[LINE], eyes[VOICE])
    leads = where(lines[3.0] > maximum(lines[1.0], lines[2.0]), 3.0, 2.0)
    leads = where(lines[1.0] > maximum(lines[2.0], lines[3.0]), 1.0, leads)
    near = abs(leads - wanted) <= 1.0
    apart = (line > 0.0) & ~line.equals(leads) & near
    eyes.order(COORDINATE, leads, when=apart)
    weary = eyes["information.channel"].equals(0.0) & (level >= 3.0)
    eyes.order(TALKS, 1.0, when=weary & (threat < 0.7))
    doubtful = (eyes.own(NARRATIVE).min("adversary") < -0.15) & (eyes.own(RESILIENCE) < 0.6)
    eyes.order(PREBUNK, 1.0, when=doubtful)


RULE = Rule(
    "information",
    says="A story counts by the evidence behind it and by how many tell the same one.",
    fields=(NARRATIVE, LINE, VOICE, COHERENCE, RESILIENCE, CHANNEL),
    decisions=(STATEMENT, COORDINATE, PREBUNK, TALKS),
    parameters=(HALF_LIFE, PERSUASION, DISINFORMATION, ASSERTION, PREBUNKING),
    reads=("adversary.act", "adversary.target", "intelligence.evidence"),
    steps=(
        Step("information", speak),
        Step("information", talk),
        Step("information", prepare),
        Step("information", measure, opening=True),
        Step("information", persuade),
    ),
    unmanned=(Habit("orders", habit),),
)
