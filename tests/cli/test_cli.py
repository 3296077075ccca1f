"""The commands without a screen: what their JSON holds, their exit status, where errors go."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest

from exercise.cli import cli
from exercise.scenario.load import find
from tests.test_hostile import Command, Done, command

__all__ = ["command"]

DORVIK = """\
1: {dorvik: ["share coast-guard fallow tear-line"], karsk: []}
2: {dorvik: ["host port-orm calder open"]}
"""


def told(done: Done) -> Any:
    """The JSON that a command printed, and nothing on stderr."""
    assert done.err == ""
    return json.loads(done.out)


@pytest.fixture(scope="module")
def save(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole game of seed 3 with two orders of Dorvik's, in a save."""
    folder = tmp_path_factory.mktemp("save")
    orders = folder / "orders.yaml"
    orders.write_text(DORVIK)
    words = ["run", "northern-strait", "--seed", "3", "--orders", str(orders)]
    words += ["--save", str(folder / "a.exercise"), "--json"]
    done = subprocess.run(
        [sys.executable, "-m", "exercise", *words], capture_output=True, text=True, check=True
    )
    result = json.loads(done.stdout)
    assert result["head"]
    return folder / "a.exercise"


def test_run_tells_how_a_game_ended(command: Command) -> None:
    result = told(command("run", "northern-strait", "--seed", "7", "--json"))
    assert {"scenario", "seed", "game", "turns", "phase", "outcome", "objectives", "digest"} <= set(
        result
    )
    assert (result["scenario"], result["seed"], result["game"]) == ("northern-strait", 7, 0)
    assert 1 <= result["turns"] <= 6
    assert 1 <= result["phase"] <= 6
    assert len(result["digest"]) == 32
    for goal in result["objectives"].values():
        assert set(goal) == {"met", "measure"}
        assert isinstance(goal["met"], bool)
        assert isinstance(goal["measure"], float)
    assert told(command("run", "northern-strait", "--seed", "7", "--json")) == result
    again = told(command("run", "northern-strait", "--seed", "8", "--json"))
    assert again["digest"] != result["digest"]


def test_a_run_may_stop_early(command: Command) -> None:
    assert told(command("run", "northern-strait", "--turns", "2", "--json"))["turns"] == 2


def test_a_game_of_a_sweep_is_opened_again_by_its_number(command: Command) -> None:
    words = ("sweep", "northern-strait", "--games", "20", "--seed", "5", "--json")
    result = told(command(*words, "--digest", "0,17"))
    assert {"games", "turns_per_second", "outcomes", "objectives", "digests"} <= set(result)
    assert result["games"] == 20
    assert result["turns_per_second"] > 0
    assert sum(result["outcomes"].values()) == pytest.approx(1.0)
    assert all(0.0 <= share <= 1.0 for share in result["objectives"].values())
    assert set(result["digests"]) == {"0", "17"}
    for game, digest in result["digests"].items():
        run = ("run", "northern-strait", "--seed", "5", "--game", game, "--json")
        assert told(command(*run))["digest"] == digest


def test_written_orders_change_the_game(command: Command, tmp_path: Path) -> None:
    orders = tmp_path / "orders.yaml"
    orders.write_text(DORVIK)
    words = ("run", "northern-strait", "--seed", "3", "--turns", "2", "--json")
    without, with_them = told(command(*words)), told(command(*words, "--orders", orders))
    assert without["digest"] != with_them["digest"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("1: {dorvik: ['shaer coast-guard']}", "did you mean share?"),
        ("1: {nobody: ['share coast-guard fallow full']}", "there is no seat 'nobody'"),
        ("1: {dorvik: share}", "are no list"),
        ("first: {dorvik: []}", "is no turn"),
        ("- share", "holds no orders"),
        ("1: {dorvik: ['share imagery fallow full']}", "turn 1, dorvik"),
    ],
)
def test_written_orders_that_cannot_be_given_are_refused(
    command: Command, tmp_path: Path, text: str, says: str
) -> None:
    orders = tmp_path / "orders.yaml"
    orders.write_text(text)
    done = command("run", "northern-strait", "--orders", orders)
    assert done.code == 2
    assert done.out == ""
    assert says in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("3: {dorvik: ['share imagery fallow full']}", "turn 3, dorvik"),
        ("1: {nobody: []}", "there is no seat 'nobody'"),
    ],
)
def test_a_game_stopped_by_a_refused_order_leaves_no_save(
    command: Command, tmp_path: Path, text: str, says: str
) -> None:
    orders, kept = tmp_path / "orders.yaml", tmp_path / "a.exercise"
    orders.write_text(text)
    done = command("run", "northern-strait", "--orders", orders, "--save", kept)
    assert done.code == 2
    assert says in done.err
    assert f"nothing was kept in {kept}" in done.err
    assert list(tmp_path.iterdir()) == [orders]
    orders.write_text("3: {dorvik: []}")
    assert command("run", "northern-strait", "--orders", orders, "--save", kept).code == 0
    again = command("run", "northern-strait", "--orders", orders, "--save", kept)
    assert again.code == 2
    assert kept.exists()


def test_a_save_verifies_with_the_head_that_was_printed(command: Command, save: Path) -> None:
    result = told(command("replay", save, "--verify", "--json"))
    assert result["verified"] is True
    assert result["turns"] == 6
    assert result["luck"] == "open"
    assert result["commitment"] in command("replay", save, "--verify").out
    assert command("replay", save, "--head", result["head"]).code == 0
    for head in ("f" * 64, "0" * 64, result["head"][:40]):
        wrong = command("replay", save, "--head", head)
        assert wrong.code == 1
        assert "not verified" in wrong.out
        differs = told(command("replay", save, "--verify", "--json", "--head", head))
        assert differs["verified"] is False
        assert differs["why"].startswith(f"entry {differs['entry']}: the record ends here")


def test_a_turn_is_shown_as_a_seat_saw_it(command: Command, save: Path) -> None:
    shown = told(command("replay", save, "--turn", "2", "--as", "dorvik", "--json"))
    assert (shown["turn"], shown["seat"]) == (2, "dorvik")
    assert shown["changed"]
    assert not any(s["value"] is not None for s in shown["changed"])
    text = command("replay", save, "--turn", "2").out
    assert "turn 2 of 6" in text


def test_why_explains_a_cell(command: Command, save: Path) -> None:
    result = told(command("why", save, "domestic.support[dorvik]", "--turn", "2", "--json"))
    assert {"cell", "turn", "before", "after", "terms"} <= set(result)
    assert result["cell"] == "domestic.support[dorvik]"
    assert {"name", "amount", "sources", "says"} == set(result["terms"][0])
    assert sum(t["amount"] for t in result["terms"]) == result["after"] - result["before"]
    seen = told(
        command("why", save, "domestic.support[dorvik]", "--turn", "2", "--as", "karsk", "--json")
    )
    assert seen["terms"][-1]["name"] == "rest"
    assert (seen["before"], seen["after"]) == (result["before"], result["after"])
    text = command("why", save, "domestic.support[dorvik]", "--turn", "2").out
    assert "→" in text


def test_why_lists_what_can_be_asked(command: Command, save: Path) -> None:
    everything = told(command("why", save, "--list", "--json"))
    seen = told(command("why", save, "--list", "--as", "dorvik", "--json"))
    assert "threat.shared_view" in everything
    assert set(seen) < set(everything)
    assert not any("imagery" in cell for cell in told(
        command("why", save, "--list", "--as", "karsk", "--turn", "1", "--json")
    ))  # fmt: skip


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("why", "SAVE", "support[france]"), "there is no field support"),
        (("why", "SAVE", "domestic.support[france]"), "no ally is called 'france'"),
        (("why", "SAVE", "domestic.capital[dorvik]", "--as", "karsk"), "not disclosed to karsk"),
        (("why", "SAVE", "threat.shared_view", "--turn", "99"), "there is no turn 99"),
        (("why", "SAVE", "threat.shared_view", "--as", "nobody"), "there is no seat 'nobody'"),
        (("why", "SAVE"), "--list"),
        (("run", "northern-strat"), "northern-strait"),
        (("run", "northern-strait", "--rhythm", "waltz"), "no rhythm 'waltz'"),
        (("run", "northern-strait", "--seed", "many"), "many"),
        (("sweep", "northern-strait", "--digest", "a,b"), "no list of game numbers"),
        (("replay", "nothing.exercise", "--verify"), "nothing.exercise"),
        (("dance",), "dance"),
    ],
)
def test_wrong_usage_is_told_on_stderr(
    command: Command, save: Path, words: tuple[str, ...], says: str
) -> None:
    done = command(*(str(save) if word == "SAVE" else word for word in words))
    assert done.code == 2
    assert done.out == ""
    assert says in done.err
    assert "Traceback" not in done.err


def test_check_tells_every_fault_with_its_place(command: Command, tmp_path: Path) -> None:
    text = find("northern-strait").read_text()
    broken = tmp_path / "broken.yaml"
    broken.write_text(
        text.replace("numbers: bands", "numbrs: bands").replace("stake: 0.65", "stake: 6")
    )
    done = command("check", broken, "--json")
    assert done.code == 1
    faults = json.loads(done.out)
    assert len(faults) == 2
    for fault in faults:
        assert {"file", "line", "column", "code", "message", "hint"} == set(fault)
        assert fault["line"] > 1
        assert fault["column"] >= 1
    sound = command("check", find("northern-strait"), "--json")
    assert (sound.code, told(sound)) == (0, [])


def test_a_new_scenario_is_a_checked_copy(command: Command) -> None:
    assert command("new", "mine").code == 0
    assert command("check", "mine.yaml").code == 0
    assert "is there already" in command("new", "mine").err


def test_every_command_has_help_with_an_example() -> None:
    for name, made in cli.commands.items():
        told_ = made.get_help(click.Context(made, info_name=name))
        assert "Example:" in told_, name
        assert f"exercise {name}" in told_, name
        assert made.help, name
