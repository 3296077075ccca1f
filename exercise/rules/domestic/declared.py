"""What domestic politics declares: coefficients, fields and decisions."""

from __future__ import annotations

from exercise.engine.declare import ALLIED, PUBLIC, Check, Cost, Decision, Field, Own, Parameter
from exercise.eyes import Eyes

INTERESTS, VALUES = 1.0, 2.0
LOG_TEN = 2.302585092994046
WORK = Parameter(
    "domestic.work", 6.0, 1.0, 24.0, "points per turn", "design judgement", "J",
    says="How much staff work a delegation can do in a turn.",
)  # fmt: skip
CASUALTIES = Parameter(
    "domestic.casualties", 0.15, 0.0, 0.3, "share per tenfold",
    "Mueller 1973; size general knowledge", "m",
    says="How much support ten times as many dead abroad cost.",
)  # fmt: skip
RALLY = Parameter(
    "domestic.rally_size", 0.01, 0.0, 0.05, "share", "Baker & Oneal 2001: insignificant on average",
    "m",
    says="How far a country rallies when a crisis steps up.",
)  # fmt: skip
BACKING = Parameter(
    "domestic.backing", 0.03, 0.0, 0.1, "share", "sign Baker & Oneal 2001, size design judgement",
    "m",
    says="How much more it rallies when its council has given a mandate.",
)  # fmt: skip
RALLY_LIFE = Parameter(
    "domestic.rally_life", 8, 2, 26, "weeks", "design judgement", "J",
    says="How long a rally lasts.",
)  # fmt: skip
DEFENCE = Parameter(
    "domestic.defence_rally", 0.25, 0.0, 0.5, "share", "general knowledge: tens of points", "m",
    says="How far a country attacked on its own soil closes ranks.",
)  # fmt: skip
DEFENCE_LIFE = Parameter(
    "domestic.defence_life", 52, 13, 156, "weeks", "design judgement", "J",
    says="How long a country attacked at home stays closed up.",
)  # fmt: skip
HARDSHIP = Parameter(
    "domestic.hard", 0.10, 0.0, 0.4, "share per month", "design judgement", "J",
    says="How much support hardship costs.",
)  # fmt: skip
AUDIENCE = Parameter(
    "domestic.audience", 0.04, 0.0, 0.15, "share", "sign Tomz 2007, size design judgement", "h",
    says="How much support a threat that was not carried out costs.",
)  # fmt: skip
BREACH = Parameter(
    "domestic.breach", 0.03, 0.0, 0.15, "share per month", "design judgement", "J",
    says="How much support a breach of war powers costs.",
)  # fmt: skip
ALONE = Parameter(
    "domestic.alone", 0.015, 0.0, 0.1, "share per month", "design judgement", "J",
    says="How much support it costs to act without the allies.",
)  # fmt: skip
ADDRESS_GAIN = Parameter(
    "domestic.address_gain", 0.03, 0.0, 0.1, "share", "design judgement", "J",
    says="How far a speech to the public carries.",
)  # fmt: skip
DRIFT = Parameter(
    "domestic.drift", 104, 26, 520, "weeks", "design judgement", "J",
    says="How slowly opinion returns to what is usual in the country.",
)  # fmt: skip
FALL = Parameter(
    "domestic.fall", 0.0005, 0.0, 0.01, "chance per week", "design judgement", "J",
    says="The weekly chance that a government with half the country behind it falls.",
)  # fmt: skip
FLOOR = Parameter(
    "domestic.floor", 0.4, 0.0, 0.8, "index", "design judgement", "J",
    says="Below this much autonomy the country begins to mind.",
)  # fmt: skip
SUPPORT = Field(
    "domestic.support", ("ally",), unit="share", start=0.55, seen=PUBLIC, good="up",
    title="Public support in {ally}",
    news=1.6,
    says="How much of the public in {ally} is behind its government's course.",
    rises="The public in {ally} moved behind its government",
    falls="The government of {ally} lost support",
    bands=("against", "divided", "behind it", "united"),
)  # fmt: skip
USUAL = Field(
    "domestic.usual", ("ally",), unit="share", start=0.5, seen=PUBLIC,
    says="The support that governments in {ally} usually have.",
    rises="Politics in {ally} has become kinder to governments",
    falls="Politics in {ally} has become harsher",
    bands=("little", "half", "much"),
)  # fmt: skip
CAPITAL = Field(
    "domestic.capital", ("ally",), unit="points", high=100, start=50, seen=Own("ally"), good="up",
    news=0.2,
    says="Political capital that the government of {ally} has to spend.",
    rises="{ally} gathered political capital", falls="{ally} spent political capital",
    bands=("spent", "thin", "sound", "ample"),
)  # fmt: skip
STAFF = Field(
    "domestic.staff", ("ally",), unit="points", high=24, start=6.0, seen=Own("ally"),
    news=0,
    says="Staff work that {ally} can still do this turn.",
    rises="{ally} has fresh staff work to give", falls="{ally} put its staff to work",
    bands=("none", "some", "enough"),
)  # fmt: skip
AUTONOMY = Field(
    "domestic.autonomy", ("ally",), unit="index", start=0.7, seen=Own("ally"), good="up",
    says="How far {ally} still decides for itself.",
    rises="{ally} took decisions back into its own hands",
    falls="{ally} gave decisions out of its own hands",
    bands=("bound", "hemmed in", "free", "sovereign"),
)  # fmt: skip
MANDATED = Field(
    "domestic.mandated", ("ally",), unit="yes/no", seen=PUBLIC, good="up",
    news=1.2,
    says="Whether the parliament of {ally} has consented to a deployment.",
    rises="Parliament in {ally} gave its consent", falls="Parliament's consent in {ally} lapsed",
    bands=("no consent", "consent"),
)  # fmt: skip
RALLIED = Field(
    "domestic.rallied", ("ally",), unit="share", seen=ALLIED,
    says="How much of the support in {ally} is a rally that will pass.",
    rises="{ally} rallied", falls="The rally in {ally} faded",
    bands=("none", "slight", "strong"),
)  # fmt: skip
CLOSED_RANKS = Field(
    "domestic.closed_ranks", ("ally",), unit="share", seen=PUBLIC,
    says="How far {ally} has closed ranks because it was attacked at home.",
    rises="{ally} closed ranks against an attack on its own soil",
    falls="{ally} no longer stands as closed as under attack",
    bands=("none", "some", "strong"),
)  # fmt: skip
LOSSES = Field(
    "domestic.losses", ("ally",), unit="people", high=10_000_000, seen=PUBLIC, good="down",
    news=2,
    says="Soldiers of {ally} killed or wounded away from home.",
    rises="{ally} lost soldiers abroad", falls="The count of losses of {ally} was put right",
    bands=("none", "few", "many"),
)  # fmt: skip
CHANGED = Field(
    "domestic.changed", ("ally",), unit="yes/no", seen=PUBLIC,
    news=3,
    says="Whether the government of {ally} has changed since its commitments were made.",
    rises="The government of {ally} fell", falls="{ally} stands by its older commitments again",
    bands=("same", "changed"),
)  # fmt: skip
SPOKEN = Field(
    "domestic.spoken", ("ally",), unit="index", seen=PUBLIC,
    says="How much the government of {ally} has been on the air lately.",
    rises="The government of {ally} addressed its public", falls="Its last words are fading",
    bands=("silent", "heard", "overheard"),
)  # fmt: skip


def _may_ask(eyes: Eyes) -> list[Check]:
    consent = eyes.own(MANDATED) > 0.0
    return [Check(~consent, "Parliament has already consented.", "Use the consent you have.")]


ADDRESS = Decision(
    "domestic.address", (), says="Address the public",
    tells={
        "on our interests": "Address the public on our interests",
        "on our values": "Address the public on our values",
    },
    levels={"on our interests": INTERESTS, "on our values": VALUES}, high=2.0,
    cost=Cost(staff=1, capital=2), seen=PUBLIC,
    consequence="Support rises a little; talk of values moves the worried more and puts others "
    "off. Each further speech within weeks carries less far.",
)  # fmt: skip
SEEK_VOTE = Decision(
    "domestic.seek_vote", (), says="Ask parliament to consent to a deployment",
    levels={"ask": 1.0}, cost=Cost(staff=1, capital=6), allowed=_may_ask, seen=PUBLIC,
    consequence="Parliament follows the public: with support behind you it will probably consent; "
    "a lost vote costs support.",
)  # fmt: skip
