"""Stand-ins for what the adversary, deterrence, phases and measures read of other modules.

They carry the marks of the fields they stand for, so that bots see what they would see.
"""

from __future__ import annotations

from exercise.engine.declare import ALLIED, PUBLIC, Field, Mark, Own, Rule

OTHERS: dict[str, tuple[tuple[str, ...], float, Mark]] = {
    "burden.cohesion": ((), 0.6, ALLIED),
    "council.adopted": (("motion",), 0.0, PUBLIC),
    "council.chair": (("forum", "ally"), 0.0, PUBLIC),
    "council.determined": (("treaty",), 0.0, PUBLIC),
    "council.failed": (("motion",), 0.0, PUBLIC),
    "council.force_mandate": (("theatre",), 0.0, PUBLIC),
    "council.joined": (("ally", "motion"), 0.0, PUBLIC),
    "council.mandate": (("theatre",), 0.0, PUBLIC),
    "council.sanctioned": (("package",), 0.0, PUBLIC),
    "council.strategy": (("strategy",), 0.0, PUBLIC),
    "council.tabled": (("motion",), 0.0, ALLIED),
    "domestic.capital": (("ally",), 50.0, Own("ally")),
    "domestic.staff": (("ally",), 6.0, Own("ally")),
    "domestic.support": (("ally",), 0.6, PUBLIC),
    "economy.dependence": (("ally", "sector"), 0.2, ALLIED),
    "economy.shortage": (("ally", "sector"), 0.0, ALLIED),
    "forces.arriving": (("theatre",), 0.0, ALLIED),
    "forces.fill": (("theatre",), 0.0, ALLIED),
    "forces.present": (("theatre",), 1.0, ALLIED),
    "forces.strength": (("unit",), 0.5, ALLIED),
    "forces.unity": (("theatre",), 1.0, ALLIED),
    "forces.usable": (("unit",), 0.5, Own("unit")),
    "information.channel": (("adversary",), 0.0, PUBLIC),
    "information.coherence": ((), 0.5, PUBLIC),
    "intelligence.confidence": (("ally", "report"), 0.5, Own("ally")),
    "intelligence.leaked": (("report",), 0.0, ALLIED),
    "intelligence.live": (("report",), 0.0, ALLIED),
    "intelligence.origin": (("report", "ally"), 0.0, ALLIED),
    "intelligence.seen": (("ally", "report"), 0.0, Own("ally")),
    "intelligence.severity": (("report",), 0.0, ALLIED),
    "interoperability.friction": ((), 1.0, ALLIED),
    "logistics.arrived": (("unit",), 0.0, ALLIED),
    "logistics.destination": (("unit", "theatre"), 0.0, ALLIED),
    "logistics.wait": (("unit",), 0.0, ALLIED),
    "sanctions.adopted": (("ally", "package"), 0.0, PUBLIC),
    "sanctions.concession": (("adversary",), 0.0, PUBLIC),
    "sanctions.coverage": (("adversary", "sector"), 0.0, ALLIED),
    "threat.level": (("adversary",), 0.5, ALLIED),
    "threat.shared_view": ((), 1.0, ALLIED),
    "threat.threat": (("ally", "adversary"), 0.5, Own("ally")),
    "threat.weight": (("ally", "strategy"), 0.25, ALLIED),
    "treaty.reputation": (("ally",), 0.6, ALLIED),
}


def others(*there: str) -> list[Rule]:
    """Rules that only hold the stand-ins, less those of modules on the bench themselves."""
    modules: dict[str, list[Field]] = {}
    for name, (axes, start, seen) in OTHERS.items():
        field = Field(name, axes, unit="", says="", seen=seen, low=-1e6, high=1e6, start=start)
        modules.setdefault(field.module, []).append(field)
    return [
        Rule(module, "stood in for", fields=tuple(fields))
        for module, fields in modules.items()
        if module not in there
    ]
