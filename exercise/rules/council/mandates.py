"""What texts in force allow: strategy, mandates, packages, findings, coalitions, consent."""

from __future__ import annotations

from exercise.engine.declare import ALLIED, PUBLIC, Field, Part

STRATEGY = Field(
    "council.strategy", ("strategy",), unit="share", seen=PUBLIC,
    news=0.6,
    says="The weight that the adopted strategy gives to: {strategy}.",
    rises="The alliance leans more to: {strategy}", falls="The alliance leans less to: {strategy}",
    bands=("none", "some", "much", "most"),
)  # fmt: skip
AGREED = Field(
    "council.agreed", ("ally",), unit="yes/no", seen=ALLIED,
    news=0.3,
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
    news=1.5,
    says="How strong a mandate there is to deploy in {theatre}.",
    rises="A mandate to deploy in {theatre} is in force",
    falls="The mandate to deploy in {theatre} is weaker",
    bands=("none", "thin", "fair", "strong"),
)  # fmt: skip
FORCE_MANDATE = Field(
    "council.force_mandate", ("theatre",), unit="index", seen=PUBLIC, kind="derived",
    parts=_MANDATED,
    news=2,
    says="How strong a mandate there is to use force in {theatre}.",
    rises="A mandate to use force in {theatre} is in force",
    falls="The mandate to use force in {theatre} is weaker",
    bands=("none", "thin", "fair", "strong"),
)  # fmt: skip
SANCTIONED = Field(
    "council.sanctioned", ("package",), news=0.5, unit="index", seen=PUBLIC, kind="derived",
    parts=(
        Part("in_force", ("motion",), says="“{motion}” came into force or lapsed."),
        Part("package", ("motion", "package"), says="“{motion}” is about this package."),
    ),
    says="How strong a text adopted the package {package}.",
    rises="{package} was adopted", falls="{package} has less behind it",
    bands=("none", "thin", "fair", "strong"),
)  # fmt: skip
DETERMINED = Field(
    "council.determined", ("treaty",), news=2, unit="index", seen=PUBLIC, kind="derived",
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
    "council.coalition", ("motion",), news=2.5, unit="yes/no", seen=PUBLIC, kind="derived",
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
    "council.delivery", ("ally", "theatre"), news=0.2, unit="share", seen=ALLIED, kind="derived",
    parts=(
        Part("consent", ("ally", "motion"), says="{ally} is bound more, or less, by “{motion}”."),
        Part("live", ("motion", "theatre"), says="“{motion}” gives ground to act here."),
    ),
    says="How much of its part in {theatre} {ally} can be expected to deliver.",
    rises="{ally} is committed in {theatre}", falls="{ally} is less committed in {theatre}",
    bands=("not bound", "half-hearted", "under pressure", "free"),
)  # fmt: skip
FREE_CONSENT = Field(
    "council.free_consent", (), news=1.5,
    title="Free consent to what was decided",
    unit="share", start=1.0, seen=ALLIED, kind="derived", good="up",
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
    STRATEGY, AGREED, MANDATE, FORCE_MANDATE, SANCTIONED, DETERMINED,
    COALITION, DELIVERY, FREE_CONSENT,
)  # fmt: skip
