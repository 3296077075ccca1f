"""The shipped scenarios: they load, play out in many ways, and say only what they may."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import pytest

from exercise.engine.world import World
from exercise.outcome import outcomes
from exercise.scenario.calendar import day_number
from exercise.scenario.compile import Exercise
from exercise.scenario.conditions import compile_condition
from exercise.scenario.describe import BlockDoc, describe
from exercise.scenario.load import load, shipped
from exercise.scenario.model import Scenario
from exercise.sweep import play

PLAYED = ("northern-strait", "baltic-shield")
RHYTHMS = ("two-hours", "full")
GAMES = 96


@cache
def loaded(name: str, rhythm: str = "two-hours", names: str | None = None) -> Exercise:
    return load(name, rhythm=rhythm, names=names)


@cache
def played(name: str, rhythm: str) -> World:
    world, _ = play(loaded(name, rhythm), 1, range(GAMES))
    return world


# loading


@pytest.mark.parametrize("names", ["real", "fictional"])
@pytest.mark.parametrize("rhythm", RHYTHMS)
@pytest.mark.parametrize("name", PLAYED)
def test_it_loads_in_every_rhythm_and_under_both_names(name: str, rhythm: str, names: str) -> None:
    exercise = load(name, rhythm=rhythm, names=names)
    assert exercise.turns == len(exercise.calendar.weeks) >= 4


@pytest.mark.parametrize("name", PLAYED)
def test_both_rhythms_cover_the_same_weeks_and_the_short_one_is_the_default(name: str) -> None:
    short, long = (loaded(name, rhythm).calendar.weeks for rhythm in RHYTHMS)
    assert sum(short) == sum(long)
    assert 4 <= len(short) <= 6
    assert len(set(short)) > 1
    assert load(name).rhythm == "two-hours"


@pytest.mark.parametrize("name", PLAYED)
def test_every_day_named_lies_within_the_exercise(name: str) -> None:
    exercise = loaded(name)
    scenario = exercise.scenario
    last = scenario.first_day + 7 * sum(exercise.calendar.weeks)
    found = [
        *((key, inject.at) for key, inject in scenario.injects.items()),
        *((key, report.at) for key, report in scenario.reports.items()),
        *((question.text, question.at) for question in scenario.questions),
    ]
    for what, at in found:
        day = day_number(at, scenario.start) if at else None
        assert not at or (day is not None and scenario.first_day <= day < last), what


@pytest.mark.parametrize("name", PLAYED)
def test_an_inject_has_a_day_or_a_condition_and_says_what_it_is_for(name: str) -> None:
    for key, inject in loaded(name).scenario.injects.items():
        assert inject.at or inject.when, key
        assert inject.text, key
        if inject.to:
            assert inject.expected, key
            assert inject.objective, key


@pytest.mark.parametrize("name", PLAYED)
def test_every_allied_unit_can_reach_every_theatre(name: str) -> None:
    exercise = loaded(name)
    route = exercise.ruleset.opening(1)["logistics.route"].data[..., 0]
    lost = [
        (unit, theatre)
        for u, unit in enumerate(exercise.ruleset.roster.of("unit"))
        for t, theatre in enumerate(exercise.ruleset.roster.of("theatre"))
        if route[u, t] == 0.0
    ]
    assert lost == []


@pytest.mark.parametrize("name", PLAYED)
def test_weights_of_strategies_and_clauses_sum_to_one(name: str) -> None:
    exercise = loaded(name)
    weight = exercise.ruleset.opening(1)["threat.weight"].data[..., 0]
    assert np.allclose(weight.sum(axis=1), 1.0, atol=1e-6)
    for key, motion in exercise.scenario.motions.items():
        assert 2 <= len(motion.clauses) <= 4, key
        assert abs(sum(clause.weight for clause in motion.clauses) - 1.0) < 1e-6, key
        assert any(clause.softer for clause in motion.clauses) or motion.kind == "statement", key


@pytest.mark.parametrize("name", PLAYED)
def test_conditions_that_prompt_phases_are_conditions(name: str) -> None:
    exercise = loaded(name)
    opening = exercise.ruleset.opening(2)
    for phase, text in exercise.scenario.phases.items():
        compiled = compile_condition(text, exercise.lookup, file=name, line=1, column=1)
        assert compiled.evaluate(opening).shape == (2,), phase


@pytest.mark.parametrize("name", PLAYED)
def test_seats_have_a_first_page_that_can_be_read_aloud(name: str) -> None:
    for key, actor in loaded(name).scenario.actors.items():
        if actor.role in ("ally", "adversary"):
            for words in (actor.wants, actor.fears, actor.knows):
                assert 20 < len(words) < 260, key


# play


@pytest.mark.parametrize("name", PLAYED)
def test_every_objective_is_met_in_some_games_and_not_in_others(name: str) -> None:
    met: Counter[str] = Counter()
    for rhythm in RHYTHMS:
        for goal in loaded(name, rhythm).goals:
            met[goal.name] += int(goal.met.evaluate(played(name, rhythm)).sum())
    goals = loaded(name).scenario.objectives
    assert [key for key in goals if not 0 < met[key] < GAMES * len(RHYTHMS)] == []


@pytest.mark.parametrize("name", PLAYED)
def test_every_inject_comes_in_some_game(name: str) -> None:
    worlds = [played(name, rhythm) for rhythm in RHYTHMS]
    came = np.max([world["scenario.fired"].data.max(axis=-1) for world in worlds], axis=0)
    injects = loaded(name).scenario.injects
    assert [key for key, yes in zip(injects, came, strict=True) if not yes] == []


@pytest.mark.parametrize("rhythm", RHYTHMS)
@pytest.mark.parametrize("name", PLAYED)
def test_games_end_in_several_ways(name: str, rhythm: str) -> None:
    ends = Counter(outcomes(loaded(name, rhythm), played(name, rhythm)))
    assert len(ends) >= 4
    assert max(ends.values()) < 0.8 * GAMES


@pytest.mark.parametrize("rhythm", RHYTHMS)
@pytest.mark.parametrize("name", PLAYED)
def test_most_games_stay_below_an_attack_and_some_do_not(name: str, rhythm: str) -> None:
    peak = played(name, rhythm)["measures.peak_level"].data
    assert 0.5 < (peak < 6).mean() < 0.95
    assert (peak >= 7).mean() < 0.15


@pytest.mark.parametrize("name", PLAYED)
def test_councils_agree_fail_and_leave_it_to_the_willing(name: str) -> None:
    adopted, coalition, bracketed = 0.0, 0.0, 0.0
    for rhythm in RHYTHMS:
        world = played(name, rhythm)
        mandated = world["council.mandate"].data.max(axis=0) > 0
        adopted += float(mandated.mean()) / len(RHYTHMS)
        coalition += float((world["council.coalition"].data.max(axis=0) > 0).mean())
        softened = world["council.soft"].data.max(axis=0) + world["council.dropped"].data.max(
            axis=0
        )
        bracketed += float((softened > 0).mean())
    assert 0.5 < adopted < 1.0
    assert coalition > 0.0
    assert bracketed > 0.5


# Baltic Shield: figures and names

STATES = {  # GDP 2024 in billion USD, population in millions, military expenditure 2024 in % of GDP
    "united-states": (29185.0, 338.02, 3.2),
    "united-kingdom": (3644.0, 68.75, 2.3),
    "germany": (4660.0, 84.01, 2.0),
    "poland": (914.7, 38.75, 3.8),
    "finland": (299.8, 5.55, 2.4),
    "sweden": (610.1, 10.64, 2.3),
    "denmark": (429.5, 6.05, 2.3),
    "estonia": (42.8, 1.34, 3.4),
    "latvia": (43.5, 1.89, 3.4),
    "lithuania": (84.9, 2.82, 3.1),
    "russia": (2174.0, 140.13, 7.0),
}
GAS = {  # Russia's share of specified gas imports 2021 (United Kingdom 2019), % (Eurostat)
    "germany": 77.4, "finland": 75.1, "poland": 56.5, "lithuania": 36.7, "latvia": 100.0,
    "estonia": 11.5, "sweden": 10.8, "united-kingdom": 6.7, "denmark": 0.0,
}  # fmt: skip
PLACES = {  # longitude, latitude, pieces a day (by class of the place)
    "tallinn": (24.77, 59.45, 260), "klaipeda": (21.12, 55.72, 160), "visby": (18.28, 57.63, 40),
    "bremerhaven": (8.58, 53.53, 400), "kaunas": (23.88, 54.95, 180),
}  # fmt: skip
WAYS = {  # km
    ("bialystok", "warsaw"): 209, ("kaunas", "bialystok"): 242, ("riga", "kaunas"): 263,
    ("rostock", "arkona-basin"): 133, ("gulf-west", "gulf-east"): 165,
}  # fmt: skip


def test_figures_of_states_are_those_of_the_sources() -> None:
    actors = loaded("baltic-shield").scenario.actors
    for name, (gdp, people, defence) in STATES.items():
        actor = actors[name]
        assert (actor.gdp, actor.population, actor.defence) == (gdp, people, defence), name
        assert {"gdp", "population", "defence"} <= set(actor.sources), name
        assert all(re.search(r"\b20\d\d\b", actor.sources[key]) for key in ("gdp", "defence"))


def test_dependence_on_gas_is_a_tenth_of_the_share_in_the_source() -> None:
    actors = loaded("baltic-shield").scenario.actors
    for name, share in GAS.items():
        assert actors[name].fields["economy.dependence[energy]"] == round(share / 1000, 2), name
        assert f"{share:g}" in actors[name].sources["energy"], name


def test_places_and_distances_are_those_of_the_sources() -> None:
    scenario = loaded("baltic-shield").scenario
    for name, (lon, lat, capacity) in PLACES.items():
        node = scenario.nodes[name]
        assert (*node.at, node.capacity) == (lon, lat, capacity), name
    lengths = {frozenset((link.start, link.end)): link.km for link in scenario.links}
    for ends, km in WAYS.items():
        assert lengths[frozenset(ends)] == km, ends


def test_whatever_stands_for_something_real_names_its_source() -> None:
    scenario = loaded("baltic-shield").scenario
    for block in (scenario.units, scenario.nodes, scenario.treaties):
        assert [key for key, thing in block.items() if not thing.source] == []
    assert [link for link in scenario.links if not link.source] == []
    assert "exercise" in scenario.summary.lower()
    assert "EXERCISE" in scenario.banner
    assert scenario.left_out
    assert scenario.sources


def test_memberships_of_the_union_are_as_they_are() -> None:
    scenario = loaded("baltic-shield").scenario
    allies = [key for key, actor in scenario.actors.items() if actor.role == "ally"]
    union = set(allies) - {"united-states", "united-kingdom"}
    assert set(scenario.forums["eu-trade"].members) == union
    assert set(scenario.forums["eu-foreign"].members) == union
    assert set(scenario.treaties["north-atlantic-treaty"].parties) == set(allies)
    assert set(scenario.treaties["mutual-assistance"].parties) == union


STEMS = (
    "united states", "american", "united kingdom", "brit", "german", "poland", "polish", "finland",
    "finnish", "swed", "denmark", "danish", "estonia", "latvia", "lithuania", "russia", "belarus",
    "norway", "canada", "france", "dutch", "netherlands", "europe", "baltic", "atlantic", "gotland",
    "åland", "øresund", "oresund", "skagerrak", "kattegat", "bornholm", "arkona", "suwa", "moscow",
    "brussels", "washington", "london", "pentagon", "kremlin", "bundes", "tallinn", "paldiski",
    "helsinki", "hamina", "kotka", "turku", "visby", "stockholm", "gothenburg", "karlskrona",
    "ventspils", "riga ", "daugavpils", "klaip", "kaunas", "vilnius", "iauliai", "stok", "warsaw",
    "pozna", "gda", "gdynia", "berlin", "rostock", "kiel", "bremer", "hanover", "copenhagen",
    "aarhus", "immingham", "southampton", "mildenhall", "beaumont", "charleston", "petersburg",
    "luga ", "kaliningrad", "baltiysk", "pskov", "nato ", "eurostat", "factbook", "kensington",
    "nordic", "estlink", "karelia", "lakenheath", "powidz", "inkoo", "tapa ", "ädaži", "narva",
)  # fmt: skip


def strings(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a value, keys and ids too, with where it stands."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield f"{path}.{key}", str(key)
            yield from strings(inner, f"{path}.{key}")
    elif isinstance(value, (tuple, list)):
        for index, inner in enumerate(value):
            yield from strings(inner, f"{path}[{index}]")
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from strings(getattr(value, field.name), f"{path}.{field.name}")


def shown(name: str, names: str) -> list[tuple[str, str]]:
    """All texts of a scenario but the switch's own table and the codes that pick outlines."""
    scenario = loaded(name, "two-hours", names).scenario
    bare = attrs.evolve(
        scenario,
        names=type(scenario.names)(),
        map=attrs.evolve(
            scenario.map, world="none", countries=dict.fromkeys(scenario.map.countries, "")
        ),
    )
    return [
        *strings(bare),
        *((f"goal {g.name}", g.name) for g in loaded(name, "two-hours", names).goals),
    ]


def test_under_fictional_names_no_text_or_id_holds_a_real_one() -> None:
    table = load("baltic-shield", names="real").scenario.names.fictional
    words = [
        word for real, other in table.items() if real != other for word in (real, real.lower())
    ]
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, words)))})(?!\w)")
    found = [
        (path, text)
        for path, text in shown("baltic-shield", "fictional")
        if pattern.search(text)
        or any(stem in f"{text.lower()} ".replace("-", " ") for stem in STEMS)
    ]
    assert found == []


def test_the_search_for_real_names_finds_them_under_real_names() -> None:
    texts = [text.lower() for _, text in shown("baltic-shield", "real")]
    missed = {
        stem for stem in STEMS if not any(stem in f"{text} ".replace("-", " ") for text in texts)
    }
    assert len(missed) < len(STEMS) / 4


def test_fictional_names_are_each_given_once() -> None:
    table = load("baltic-shield", names="real").scenario.names.fictional
    states = ("United States", "United Kingdom", "Germany", "Poland", "Finland", "Sweden",
              "Denmark", "Estonia", "Latvia", "Lithuania", "Russia")  # fmt: skip
    assert len({table[state] for state in states}) == len(states)
    real, other = (loaded("baltic-shield", "two-hours", n).scenario for n in ("real", "fictional"))
    assert len(real.nodes) == len(other.nodes)
    assert len(real.actors) == len(other.actors)


# what an author reads


def sections() -> dict[str, str]:
    """The guide for authors, by the words in each heading."""
    guide = Path(__file__).resolve().parents[2] / "docs" / "authoring.md"
    parts = re.split(r"^## ", guide.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {part.partition("\n")[0]: part for part in parts[1:]}


@pytest.mark.parametrize("block", describe(Scenario), ids=lambda block: block.name)
def test_every_key_of_the_model_is_explained_to_authors(block: BlockDoc) -> None:
    text = "\n".join(sections().values())
    for key in block.keys:
        assert f"- `{key.name}` — {key.says.split()[0]}" in text, f"{block.name}.{key.name}"


def test_every_block_has_a_heading_in_the_guide() -> None:
    top = next(block for block in describe(Scenario) if block.name == "Scenario")
    headings = " ".join(sections())
    for key in top.keys:
        if key.blocks:
            assert f"`{key.name}`" in headings, key.name


def test_the_guide_speaks_of_shipped_scenarios_only() -> None:
    text = "\n".join(sections().values())
    assert "extends: northern-strait" in text
    assert set(PLAYED) <= set(shipped())
