"""The banner and the classification line stand on every export and paper."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from exercise.authoring.packets import write_packet
from exercise.host.rooms import found
from exercise.paper import to_html, to_markdown
from exercise.review.hotwash import hotwash
from exercise.save.journal import MemoryJournal
from exercise.saved import create, read
from exercise.scenario.load import load
from exercise.web import pages
from tests.test_hostile import Command, command
from tests.tui.stage import SMALL

__all__ = ["command"]
LINE = "EXERCISE SMALL EXERCISE · FOR THE ROOM ALONE"


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small exercise, classified."""
    path = tmp_path_factory.mktemp("banner") / "small.yaml"
    text = Path(SMALL).read_text(encoding="utf-8")
    path.write_text(f"classification: FOR THE ROOM ALONE\n{text}", encoding="utf-8")
    return path


def outputs(scenario: Path, save: Path) -> Iterator[tuple[object, ...]]:
    """Every command that prints results of an exercise."""
    yield ("run", scenario, "--save", save)
    yield ("sweep", scenario, "--games", 2)
    yield ("replay", save, "--turn", 1)
    yield ("why", save, "threat.shared_view")
    yield ("replay", save, "--verify")


def test_lists_of_saves_and_cells_stand_under_it(
    scenario: Path, tmp_path: Path, command: Command
) -> None:
    save = tmp_path / "one.exercise"
    command("run", scenario, "--save", save)
    (tmp_path / "two.exercise").write_bytes(save.read_bytes())
    (tmp_path / "zero.exercise").write_text("no save")
    told = command("saves", tmp_path).out.splitlines()
    assert told[0] == LINE
    assert [line.startswith(str(tmp_path)) for line in told] == [False, True, True, True]
    found = json.loads(command("saves", tmp_path, "--json").out)
    assert [one["banner"] for one in found] == [LINE, LINE, ""]
    assert command("why", save, "--list").out.splitlines()[:2] == [LINE, "clock.turn"]


def test_verification_that_fails_says_it_where_the_save_still_can(
    scenario: Path, tmp_path: Path, command: Command
) -> None:
    save = tmp_path / "one.exercise"
    command("run", scenario, "--save", save)
    wrong = command("replay", save, "--head", "f" * 64)
    assert wrong.code == 1
    assert wrong.out.splitlines()[0] == LINE
    assert json.loads(command("replay", save, "--head", "f" * 64, "--json").out)["banner"] == LINE


def test_every_command_says_it_first(scenario: Path, tmp_path: Path, command: Command) -> None:
    for words in outputs(scenario, tmp_path / "a.exercise"):
        done = command(*map(str, words))
        assert done.out.splitlines()[0] == LINE, words


def test_every_json_document_holds_it(scenario: Path, tmp_path: Path, command: Command) -> None:
    for words in outputs(scenario, tmp_path / "b.exercise"):
        done = command(*map(str, words), "--json")
        assert json.loads(done.out)["banner"] == LINE, words


def test_every_paper_of_a_packet_has_it_above_and_below(scenario: Path, tmp_path: Path) -> None:
    written = write_packet(load(str(scenario)), tmp_path / "paper")
    assert len(written) >= 5
    for path in written:
        text = path.read_text(encoding="utf-8")
        pages_of_it = text.count("class='page'") if path.suffix == ".html" else 2
        assert text.count(LINE) >= pages_of_it >= 1, path


def test_the_hot_wash_has_it(scenario: Path) -> None:
    session = create(load(str(scenario)), MemoryJournal(), seed=1)
    session.resolve()
    session.publish()
    for text in (
        to_html(hotwash(read(session.journal))),
        to_markdown(hotwash(read(session.journal))),
    ):
        assert LINE in text


def test_the_door_of_the_site_has_it(scenario: Path, tmp_path: Path) -> None:
    from exercise.host.held import Held, Opening

    held = Held(Opening(tmp_path / "c.exercise", str(scenario)))
    held.start()
    try:
        room = next(one for one in found() if one.save.endswith("c.exercise"))
        assert room.banner == LINE
        assert LINE in pages.door(room.title, room.banner)
    finally:
        held.close()


def test_without_a_classification_the_banner_stands_alone() -> None:
    scenario = load(SMALL).scenario
    assert scenario.marking == "EXERCISE SMALL EXERCISE"
    assert attrs.evolve(scenario, banner=" ", classification="OPEN").marking == "OPEN"
