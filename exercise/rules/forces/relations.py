"""Who owns what and where it stands at the start, read from the scenario."""

from __future__ import annotations

from collections.abc import Mapping

from exercise.engine.roster import Roster

CAVEATS_KNOWN = ("area", "roe", "night", "task")
CAVEAT_TITLES = {
    "area": "not outside its area",
    "roe": "stricter rules of engagement",
    "night": "not at night",
    "task": "not for every task",
}
PILLARS = ("personnel", "supply", "equipment", "training")
LEVELS = {"national": 1.0, "TACON": 2.0, "TACOM": 3.0, "OPCON": 4.0, "OPCOM": 5.0}
WAR_POWERS_RULES = ("none", "inform", "prior-vote", "vote-within")

Start = Mapping[tuple[str, ...], float]


def _strength(roster: Roster) -> Start:
    units = roster.scenario.units if roster.scenario else {}
    return {(name,): unit.strength for name, unit in units.items()}


def _notice(roster: Roster) -> Start:
    units = roster.scenario.units if roster.scenario else {}
    return {(name,): unit.notice for name, unit in units.items()}


def _standard(roster: Roster) -> Start:
    units = roster.scenario.units if roster.scenario else {}
    return {
        (name, pillar): float(value)
        for name, unit in units.items()
        for pillar, value in zip(PILLARS, unit.readiness, strict=False)
    }


def _caveats(roster: Roster) -> Start:
    units = roster.scenario.units if roster.scenario else {}
    return {(name, caveat): 1.0 for name, unit in units.items() for caveat in unit.caveats}


def _tasked(roster: Roster) -> Start:
    units = roster.scenario.units if roster.scenario else {}
    return {(name, unit.theatre): 1.0 for name, unit in units.items() if unit.theatre}


def _commander(roster: Roster) -> Start:
    """The ally with the most force leads, unless the scenario says otherwise."""
    units = roster.scenario.units.values() if roster.scenario else ()
    held = [(sum(u.strength for u in units if u.owner == a), a) for a in roster.of("ally")]
    most = max((strength for strength, _ in held), default=0.0)
    return {(next(a for strength, a in held if strength == most),): 1.0} if most else {}


def _coalition(roster: Roster) -> Start:
    actors = roster.scenario.actors if roster.scenario else {}
    allies = [a for a in roster.of("ally") if a in actors]
    return {(a,): float(actors[a].government == "coalition") for a in allies}


def _war_powers(roster: Roster) -> Start:
    actors = roster.scenario.actors if roster.scenario else {}
    return {
        (a,): float(WAR_POWERS_RULES.index(actors[a].war_powers))
        for a in roster.of("ally")
        if a in actors
    }


def _home(roster: Roster) -> Start:
    nodes = roster.scenario.nodes.values() if roster.scenario else ()
    allies = roster.of("ally")
    return {(n.owner, n.theatre): 1.0 for n in nodes if n.theatre and n.owner in allies}


def _calls(roster: Roster) -> Start:
    motions = roster.scenario.motions if roster.scenario else {}
    return {
        (name, motion.theatre): 1.0
        for name, motion in motions.items()
        if motion.theatre and motion.kind in ("deploy", "force")
    }
