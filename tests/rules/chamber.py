"""A council on the bench: forums, members and texts in a few words, and acts written as cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from exercise.engine.declare import PUBLIC, Field, Rule
from exercise.rules import council
from exercise.scenario.model import Actor, Clause, Forum, Motion, Scenario, Treaty
from exercise.scenario.people import roster_of
from tests.rules.bench import Bench

ALLIES = ("aurland", "brennia", "calder", "dorvik", "estmere", "fallow", "gavria", "halden")
STRATEGIES = ("accommodate", "contain", "deny", "punish")
ALL_KINDS = ("statement", "strategy", "sanction", "deploy", "force", "determination")

STAND_INS: dict[str, tuple[Sequence[str], float]] = {
    "phases.phase": ((), 6.0),
    "threat.threat": (("ally", "adversary"), 0.62),
    "threat.agreement": ((), 0.8),
    "domestic.support": (("ally",), 0.59),
    "domestic.changed": (("ally",), 0.0),
    "domestic.staff": (("ally",), 6.0),
    "domestic.capital": (("ally",), 60.0),
    "burden.share": (("ally",), 1.0),
    "treaty.dispute": (("ally", "ally@to"), 0.0),
    "treaty.invoked": (("treaty",), 0.0),
    "deterrence.level": (("adversary", "theatre"), 0.0),
    "forces.home": (("ally", "theatre"), 0.0),
}


def _absent(known: set[str]) -> list[Rule]:
    """Modules that are not on the bench, with fields that every seat may see."""
    fields: dict[str, list[Field]] = {}
    for name, (axes, value) in STAND_INS.items():
        field = Field(name, tuple(axes), "", "", PUBLIC, low=-1e6, high=1e6, start=value)
        fields.setdefault(field.module, []).append(field)
    return [Rule(name, "", fields=tuple(f)) for name, f in fields.items() if name not in known]


def forum(
    protocol: str = "consensus",
    members: Sequence[str] = (),
    chair: str | None = "aurland",
    competence: Sequence[str] = ALL_KINDS,
    hours: float = 72.0,
) -> Forum:
    """A forum of all allies, chaired by Aurland, that may adopt anything by consensus."""
    return Forum(
        title=f"{protocol} forum",
        members=tuple(members),
        chair=chair,
        protocol=protocol,  # type: ignore[arg-type]
        competence=tuple(competence),  # type: ignore[arg-type]
        silence_hours=hours,
    )


def text(
    kind: str = "deploy",
    forum: str = "council",
    sponsor: str = "calder",
    weights: Sequence[float] = (0.5, 0.3, 0.2),
    **more: object,
) -> Motion:
    """A text of three clauses sponsored by Calder, about the strait and Karsk."""
    extra = {"theatre": "strait", "about": "karsk", **more}
    return Motion(
        title=f"a {kind} text",
        forum=forum,
        kind=kind,  # type: ignore[arg-type]
        sponsor=sponsor,
        clauses=tuple(Clause(text=f"clause of {w}", weight=w) for w in weights),
        **extra,  # type: ignore[arg-type]
    )


def chamber(
    forums: Mapping[str, Forum] | None = None,
    motions: Mapping[str, Motion] | None = None,
    *rules: Rule,
    allies: Sequence[str] = ALLIES,
    population: Mapping[str, float] | None = None,
    treaties: Mapping[str, Treaty] | None = None,
    start: Mapping[str, float] | None = None,
    parameters: Mapping[str, float] | None = None,
    lanes: int = 1,
    seed: int = 1,
    weeks: Sequence[float] = (1.0,),
) -> Bench:
    """A council of these forums and texts; what other modules would say is stood in for."""
    people = population or {}
    actors = {name: Actor(title=name.title(), population=people.get(name, 10.0)) for name in allies}
    scenario = Scenario(
        title="A council",
        summary="",
        actors={**actors, "karsk": Actor(title="Karsk", role="adversary")},
        forums=dict(forums or {"council": forum()}),
        motions=dict(motions or {"reinforce": text()}),
        treaties=dict(treaties or {}),
    )
    axes = [*council.RULE.axes, *(axis for rule in rules for axis in rule.axes)]
    roster = roster_of(scenario, axes)
    names = {
        **roster.names,
        "theatre": ("strait", "border"),
        "package": ("finance-package",),
        "strategy": STRATEGIES,
    }
    known = {rule.name for rule in rules}
    return Bench(
        council.RULE,
        *rules,
        *_absent(known),
        roster=type(roster)(names, roster.parents, roster.owners, roster.titles, scenario),
        start=start,
        parameters={"council.noise": 0.0, **(parameters or {})},
        lanes=lanes,
        seed=seed,
        schedule=weeks,
    )


def tabled(*motions: str) -> dict[str, float]:
    """The round in which Calder tables these texts."""
    return {f"council.table[calder,{motion}]": 1.0 for motion in motions or ("reinforce",)}


def putting(
    motion: str = "reinforce", how: float = 1.0, chair: str = "aurland"
) -> dict[str, float]:
    """The round in which the chair puts the text: 1 around the table, 2 under silence."""
    return {f"council.put_text[{chair},{motion}]": how}


def declared(motion: str = "reinforce", chair: str = "aurland") -> dict[str, float]:
    """The round in which the chair declares the outcome."""
    return {f"council.declare[{chair},{motion}]": 1.0}


def adopted(table: Bench, motion: str = "reinforce") -> bool:
    """Whether a text is adopted."""
    return table.value(f"council.adopted[{motion}]") == 1.0
