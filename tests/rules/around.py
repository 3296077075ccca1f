"""Stand-ins for what sanctions and the home front read of other modules, in public view."""

from __future__ import annotations

from exercise.engine.declare import PUBLIC, Field, Rule
from exercise.rules import burden, domestic, economy, realignment, sanctions

HOME_FRONT: dict[str, Rule] = {
    rule.name: rule
    for rule in (sanctions.RULE, economy.RULE, domestic.RULE, burden.RULE, realignment.RULE)
}

OTHERS: dict[str, tuple[tuple[str, ...], float]] = {
    "adversary.cut": (("adversary", "sector"), 0.0),
    "adversary.offer": (("adversary", "ally"), 0.0),
    "adversary.stake": (("adversary",), 0.5),
    "burden.abandonment": (("ally",), 0.1),
    "burden.entrapment": (("ally",), 0.1),
    "burden.resentment": (("ally",), 0.1),
    "council.adopted": (("motion",), 0.0),
    "council.consent": (("ally", "motion"), 0.0),
    "council.free_consent": ((), 0.7),
    "council.mandate": (("theatre",), 0.0),
    "council.package": (("motion", "package"), 0.0),
    "council.sanctioned": (("package",), 0.0),
    "deterrence.called": (("ally", "adversary"), 0.0),
    "deterrence.casualties": (("ally",), 0.0),
    "deterrence.clash": (("theatre",), 0.0),
    "deterrence.level": (("adversary", "theatre"), 1.0),
    "deterrence.losses": (("theatre",), 0.0),
    "domestic.capital": (("ally",), 50.0),
    "domestic.staff": (("ally",), 6.0),
    "domestic.support": (("ally",), 0.55),
    "economy.exposure": (("ally", "sector"), 0.2),
    "economy.hardship": (("ally",), 0.0),
    "economy.share": (("actor", "sector"), 0.0),
    "economy.size": (("ally",), 100.0),
    "economy.weight": (("sector",), 0.5),
    "forces.alone": (("ally",), 0.0),
    "forces.authority": (("unit",), 1.0),
    "forces.breach": (("ally",), 0.0),
    "forces.home": (("ally", "theatre"), 0.0),
    "forces.strength": (("unit",), 0.5),
    "forces.war_powers": (("ally",), 2.0),
    "forces.usable": (("unit",), 0.0),
    "logistics.arrived": (("unit",), 0.0),
    "logistics.destination": (("unit", "theatre"), 0.0),
    "logistics.hosted": (("node", "ally"), 0.0),
    "realignment.assured": (("ally", "ally@to"), 0.0),
    "sanctions.adopted": (("ally", "package"), 0.0),
    "sanctions.alone": (("ally", "package"), 0.0),
    "sanctions.blow": (("ally",), 0.0),
    "sanctions.carved": (("ally", "package", "sector"), 0.0),
    "sanctions.depth": (("package", "sector"), 0.0),
    "sanctions.unkept": (("ally", "package"), 0.0),
    "threat.agreement": ((), 0.8),
    "threat.base": (("ally", "adversary"), 0.35),
    "threat.shared_view": ((), 0.8),
    "threat.threat": (("ally", "adversary"), 0.5),
    "treaty.dispute": (("ally", "ally@to"), 0.0),
    "treaty.reputation": (("ally",), 0.6),
}


def around(*on: str) -> list[Rule]:
    """The named modules of the home front, and stand-ins for all that they read of others."""
    fields: dict[str, list[Field]] = {}
    for name, (axes, value) in OTHERS.items():
        module = name.partition(".")[0]
        if module not in on:
            stand_in = Field(
                name, axes, unit="", low=-1e6, high=1e6, start=value, seen=PUBLIC, says=""
            )
            fields.setdefault(module, []).append(stand_in)
    absent = [Rule(module, "stood in for", fields=tuple(f)) for module, f in fields.items()]
    return [*(HOME_FRONT[name] for name in on), *absent]
