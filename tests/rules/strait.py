"""A small strait for rules about forces: four allies, one way over the sea and one by rail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

import attrs

from exercise.engine.declare import PUBLIC, Field, Rule
from exercise.engine.ruleset import shared_axes
from exercise.rules import forces, industry, interoperability, logistics
from exercise.scenario.model import Actor, Clause, Link, Motion, Node, Scenario, Theatre, Unit
from exercise.scenario.people import roster_of
from tests.rules.bench import Bench

RULES = (forces.RULE, industry.RULE, logistics.RULE, interoperability.RULE)
HEAVY = {"strength": 1.0, "pieces": 2800.0, "notice": 10.0}

OUTSIDE: dict[str, tuple[tuple[str, ...], float]] = {
    "council.mandate": (("theatre",), 0.0),
    "council.force_mandate": (("theatre",), 0.0),
    "council.adopted": (("motion",), 0.0),
    "council.consent": (("ally", "motion"), 0.0),
    "cyber.sat": (("ally",), 1.0),
    "cyber.effect": (("node",), 0.0),
    "deterrence.level": (("adversary", "theatre"), 0.0),
    "deterrence.losses": (("theatre",), 0.0),
    "domestic.mandated": (("ally",), 0.0),
    "domestic.support": (("ally",), 0.6),
    "threat.threat": (("ally", "adversary"), 0.4),
}


def actor(title: str, **more: object) -> Actor:
    return Actor(title=title, **{"government": "single-party", "war_powers": "none", **more})  # type: ignore[arg-type]


SCENARIO = Scenario(
    title="The strait",
    summary="Four allies and a strait.",
    actors={
        "aurland": actor("Aurland", war_powers="inform"),
        "calder": actor("Calder", war_powers="none"),
        "dorvik": actor("Dorvik", war_powers="prior-vote"),
        "fallow": actor("Fallow", government="coalition", war_powers="vote-within"),
        "karsk": actor("Karsk", role="adversary"),
    },
    theatres={"strait": Theatre(title="The strait"), "north": Theatre(title="The north")},
    nodes={
        "aurhaven": Node(title="Aurhaven", owner="aurland"),
        "ocean": Node(title="The ocean", kind="sea", capacity=0.0),
        "orm": Node(title="Port Orm", owner="dorvik", capacity=200.0, theatre="strait"),
        "calder-yard": Node(title="Calder yard", owner="calder", kind="railhead"),
        "dorvik-yard": Node(
            title="Dorvik yard", owner="dorvik", kind="railhead", capacity=200.0, theatre="strait"
        ),
        "fallow-port": Node(title="Fallow port", owner="fallow"),
        "icebay": Node(title="Icebay", owner="aurland", capacity=100.0, theatre="north"),
    },
    links=(
        Link(start="aurhaven", end="ocean", mode="sea", km=3300.0),
        Link(start="ocean", end="orm", mode="sea", km=3000.0),
        Link(start="ocean", end="icebay", mode="sea", km=1500.0),
        Link(start="calder-yard", end="dorvik-yard", mode="rail", km=500.0),
        Link(start="fallow-port", end="orm", mode="sea", km=450.0),
    ),
    units={
        "first": Unit(title="First Brigade", owner="aurland", at="aurhaven", **HEAVY),  # type: ignore[arg-type]
        "second": Unit(title="Second Brigade", owner="aurland", at="aurhaven", **HEAVY),  # type: ignore[arg-type]
        "third": Unit(title="Third Brigade", owner="aurland", at="aurhaven", **HEAVY),  # type: ignore[arg-type]
        "guards": Unit(
            title="Calder Guards", owner="calder", at="calder-yard",
            strength=1.0, pieces=2800.0, notice=5.0,
        ),
        "ships": Unit(
            title="Dorvik ships", owner="dorvik", at="orm", theatre="strait",
            strength=0.5, pieces=0.0, notice=2.0,
        ),
        "rifles": Unit(
            title="Fallow Rifles", owner="fallow", at="fallow-port",
            strength=0.3, pieces=600.0, notice=10.0, readiness=(1, 2, 1, 2), caveats=("area",
            "night"),
        ),
    },
    motions={
        "reinforce": Motion(
            title="Reinforce", forum="council", kind="deploy", theatre="strait",
            clauses=(Clause(text="Forces go."),),
        ),
    },
)  # fmt: skip


def stood_in(
    rules: Sequence[Rule], outside: Mapping[str, tuple[tuple[str, ...], float]]
) -> list[Rule]:
    """Modules that are not at hand, as fields that everybody sees."""
    present = {rule.name for rule in rules}
    missing = {
        k: v for k, v in {**OUTSIDE, **outside}.items() if k.partition(".")[0] not in present
    }
    found = []
    for module, names in groupby(sorted(missing), key=lambda name: name.partition(".")[0]):
        fields = tuple(
            Field(name, missing[name][0], unit="", low=-1e6, high=1e6, start=missing[name][1],
                  seen=PUBLIC, says="")
            for name in names
        )  # fmt: skip
        found.append(Rule(module, "stood in for", fields=fields))
    return found


def strait(
    *,
    rules: Sequence[Rule] = RULES,
    outside: Mapping[str, tuple[tuple[str, ...], float]] | None = None,
    units: Mapping[str, Unit] | None = None,
    **more: object,
) -> Bench:
    """The four modules on the small strait; `units` are added to its own."""
    scenario = attrs.evolve(SCENARIO, units={**SCENARIO.units, **(units or {})})
    everyone = [*rules, *stood_in(rules, outside or {})]
    roster = roster_of(scenario, shared_axes(everyone))
    return Bench(*everyone, roster=roster, **more)  # type: ignore[arg-type]


def open_doors(table: Bench) -> None:
    """Dorvik takes in everybody."""
    for node in ("orm", "dorvik-yard"):
        for ally in table.ruleset.roster.of("ally"):
            table.put(f"logistics.hosted[{node},{ally}]", 1.0)


def ready_after(table: Bench, unit: str, theatre: str = "strait", limit: int = 150) -> int:
    """Turns until a unit, tasked now, is ready in the theatre."""
    owner = table.ruleset.roster.owner("unit")[table.ruleset.roster.index("unit", unit)]
    table.turn({f"forces.task[{owner},{unit},{theatre}]": 1.0})
    turns = 1
    while table.value(f"logistics.arrived[{unit}]") == 0.0 and turns < limit:
        table.turn()
        turns += 1
    return turns


DAY = (1.0 / 7.0,)
"""A schedule of days."""
