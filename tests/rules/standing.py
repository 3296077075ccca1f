"""Stand-ins for what the adversary, deterrence, phases and measures read of other modules."""

from __future__ import annotations

from collections.abc import Sequence

StandIns = dict[str, tuple[Sequence[str], float]]

OTHERS: StandIns = {
    "burden.cohesion": ((), 0.6),
    "council.adopted": (("motion",), 0.0),
    "council.chair": (("forum", "ally"), 0.0),
    "council.determined": (("treaty",), 0.0),
    "council.failed": (("motion",), 0.0),
    "council.force_mandate": (("theatre",), 0.0),
    "council.joined": (("ally", "motion"), 0.0),
    "council.mandate": (("theatre",), 0.0),
    "council.sanctioned": (("package",), 0.0),
    "council.strategy": (("strategy",), 0.0),
    "council.tabled": (("motion",), 0.0),
    "domestic.capital": (("ally",), 50.0),
    "domestic.staff": (("ally",), 6.0),
    "domestic.support": (("ally",), 0.6),
    "economy.dependence": (("ally", "sector"), 0.2),
    "economy.shortage": (("ally", "sector"), 0.0),
    "forces.arriving": (("theatre",), 0.0),
    "forces.fill": (("theatre",), 0.0),
    "forces.present": (("theatre",), 1.0),
    "forces.strength": (("unit",), 0.5),
    "forces.unity": (("theatre",), 1.0),
    "forces.usable": (("unit",), 0.5),
    "information.channel": (("adversary",), 0.0),
    "information.coherence": ((), 0.5),
    "intelligence.confidence": (("ally", "report"), 0.5),
    "intelligence.leaked": (("report",), 0.0),
    "intelligence.live": (("report",), 0.0),
    "intelligence.origin": (("report", "ally"), 0.0),
    "intelligence.seen": (("ally", "report"), 0.0),
    "intelligence.severity": (("report",), 0.0),
    "interoperability.friction": ((), 1.0),
    "logistics.arrived": (("unit",), 0.0),
    "logistics.destination": (("unit", "theatre"), 0.0),
    "logistics.wait": (("unit",), 0.0),
    "sanctions.adopted": (("ally", "package"), 0.0),
    "sanctions.concession": (("adversary",), 0.0),
    "sanctions.coverage": (("adversary", "sector"), 0.0),
    "threat.level": (("adversary",), 0.5),
    "threat.shared_view": ((), 1.0),
    "threat.threat": (("ally", "adversary"), 0.5),
    "threat.weight": (("ally", "strategy"), 0.25),
    "treaty.reputation": (("ally",), 0.6),
}


def without(*modules: str) -> StandIns:
    """The stand-ins, less those of modules that are on the bench themselves."""
    return {
        name: cells for name, cells in OTHERS.items() if name.partition(".")[0] not in modules
    }
