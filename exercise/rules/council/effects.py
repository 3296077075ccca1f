"""What texts on the table amount to, and what texts in force allow."""

from __future__ import annotations

from exercise.engine.cells import Cells, maximum
from exercise.engine.declare import Given, Only, Term
from exercise.engine.turn import Turn
from exercise.rules.council.fields import (
    ADOPTED,
    BRACKET,
    CONSENT,
    DROPPED,
    IN_FORCE,
    JOINED,
    SOFT,
    STANDING,
    STRENGTH,
)
from exercise.rules.council.forums import (
    CAPABILITY,
    KIND,
    KINDS,
    PACKAGE,
    PLAN,
    SHARE,
    SITS,
    THEATRE,
    TREATY,
)
from exercise.rules.council.mandates import (
    AGREED,
    COALITION,
    DELIVERY,
    DETERMINED,
    FORCE_MANDATE,
    FREE_CONSENT,
    MANDATE,
    SANCTIONED,
    STRATEGY,
)
from exercise.rules.council.parameters import FREE, UNDER_PRESSURE, WILLING


def _standing(dropped: Cells, soft: Cells, bracket: Cells) -> Cells:
    return (1.0 - dropped) * (1.0 - soft * 0.5) * (1.0 - bracket.max("ally"))


def _strength(share: Cells, standing: Cells) -> Cells:
    return (share * standing).sum("clause")


def read_text(turn: Turn) -> None:
    """Which clauses stand, and how strong the text is that they make."""
    turn.derive(
        STANDING,
        _standing,
        Given("dropped", turn[DROPPED], (DROPPED,)),
        Given("soft", turn[SOFT], (SOFT,)),
        Given("bracket", turn[BRACKET], (BRACKET,)),
    )
    turn.derive(
        STRENGTH,
        _strength,
        Given("share", turn[SHARE], (SHARE,)),
        Given("standing", turn[STANDING], (STANDING,)),
    )


def set_strategy(turn: Turn, adopted: Cells, by: tuple[object, ...]) -> None:
    """A strategy adopted now takes the place of the one before; who agreed to it is noted.

    `by` is what the adoption came from.
    """
    plans = turn[PLAN]
    fresh = adopted * (plans.sum("strategy") > 0.0)
    wanted = (plans * fresh).sum("motion")
    whole = wanted.sum("strategy")
    some = whole > 0.0
    strategy, agreed = turn[STRATEGY], turn[AGREED]
    willing = ((turn[CONSENT] >= turn[UNDER_PRESSURE]) * fresh).max("motion")
    turn.post(
        STRATEGY,
        Term("adopted", some * (wanted / (whole + (1.0 - some)) - strategy),
             of=(*(Only(source, fresh) for source in by), Only(PLAN, fresh)),
             says="A council adopted a strategy."),
    )  # fmt: skip
    turn.post(
        AGREED,
        Term("agreed", some * (willing - agreed), of=(Only(CONSENT, fresh),),
             says="{ally} agreed to the strategy, or did not."),
    )  # fmt: skip


def _deploys(in_force: Cells, deploy: Cells, force: Cells, theatre: Cells) -> Cells:
    return ((in_force * maximum(deploy, force)) * theatre).max("motion")


def _fights(in_force: Cells, deploy: Cells, force: Cells, theatre: Cells) -> Cells:
    return ((in_force * force) * theatre).max("motion")


def _strongest(in_force: Cells, relation: Cells) -> Cells:
    return (relation * in_force).max("motion")


def _willing(adopted: Cells, joined: Cells, least: Cells) -> Cells:
    return (1.0 - adopted) * (joined.sum("ally") >= least)


def _delivered(consent: Cells, live: Cells) -> Cells:
    return (consent * live).max("motion")


def _freely(free: Cells, asked: Cells, capability: Cells) -> Cells:
    whole = (asked * capability).sum("ally", "motion")
    given = (free * capability).sum("ally", "motion")
    none = whole.equals(0.0)
    return (given + none) / (whole + none)


def enact(turn: Turn) -> None:
    """Mandates, packages, findings and coalitions follow from what is in force."""
    in_force, kind = turn[IN_FORCE], turn[KIND]
    deploy = kind.pick("kind", KINDS.index("deploy"))
    force = kind.pick("kind", KINDS.index("force"))
    theatre, joined = turn[THEATRE], turn[JOINED]
    for field, function in ((MANDATE, _deploys), (FORCE_MANDATE, _fights)):
        turn.derive(
            field,
            function,
            Given("in_force", in_force, (IN_FORCE,)),
            Given("deploy", deploy, (KIND,)),
            Given("force", force, (KIND,)),
            Given("theatre", theatre, (THEATRE,)),
        )
    for field, part, relation in (
        (SANCTIONED, "package", PACKAGE),
        (DETERMINED, "treaty", TREATY),
    ):
        turn.derive(
            field,
            _strongest,
            Given("in_force", in_force, (IN_FORCE,)),
            Given(part, turn[relation], (relation,)),
        )
    turn.derive(
        COALITION,
        _willing,
        Given("adopted", turn[ADOPTED], (ADOPTED,)),
        Given("joined", joined, (JOINED,)),
        Given("least", turn.zeros() + turn[WILLING], (WILLING,)),
    )
    live = maximum(turn[ADOPTED], turn[COALITION]) * maximum(deploy, force) * theatre
    consent = turn[CONSENT]
    turn.derive(
        DELIVERY,
        _delivered,
        Given("consent", consent, (CONSENT,)),
        Given("live", live, (ADOPTED, Only(COALITION, ~turn[ADOPTED]), THEATRE)),
    )
    asked = turn[SITS] * turn[ADOPTED]
    turn.derive(
        FREE_CONSENT,
        _freely,
        Given("free", asked * (consent >= turn[FREE]), (CONSENT,)),
        Given("asked", asked, (ADOPTED,)),
        Given("capability", turn[CAPABILITY], (CAPABILITY,)),
    )
