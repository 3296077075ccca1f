"""An exercise of words alone: injects, questions and what people say, from start to end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from exercise.cli import cli
from exercise.orders import Refusal
from exercise.tui.course import Course, begin

TALK = """\
title: The cable and the bank
summary: A morning around a table.
rules: none
start: 2031-05-05
turns: {morning: {weeks: [1, 1, 2]}}
actors:
  aurland: {name: Aurland, wants: Calm.}
  brennia: {name: Brennia}
  karsk: {name: Karsk, role: adversary}
seats:
  aurland: {actor: aurland}
  brennia: {actor: brennia}
  karsk: {actor: karsk}
  press: {name: Press, sees: public}
injects:
  cut: {name: A cable is cut, at: D, text: A ship dragged its anchor.}
  bank: {name: A bank is down, at: D+8, to: [aurland], text: Cash machines are empty.}
  late: {name: The ministers meet, when: turn >= 3}
questions:
  - {text: Who speaks first?}
  - {text: Whom do you ask?, to: [aurland], at: D+7}
  - {text: What have you learned?, at: 2031-05-25}
outcomes:
  - {name: Talked through, when: turn >= 3}
"""


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "talk.yaml"
    path.write_text(TALK, encoding="utf-8")
    return path


def called(*words: str | Path) -> Result:
    done = CliRunner().invoke(cli, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done


@pytest.fixture
def save(talk: Path, tmp_path: Path) -> Path:
    path = tmp_path / "talk.exercise"
    called("run", talk, "--save", path)
    return path


def letters(save: Path, turn: int, seat: str) -> list[str]:
    shown = json.loads(called("replay", save, "--turn", turn, "--as", seat, "--json").output)
    return [
        letter["text"] or letter["title"] for letter in shown["inbox"] if letter["turn"] == turn
    ]


def test_it_is_sound_and_runs_to_its_end(talk: Path) -> None:
    assert "no faults" in called("check", talk).output
    result = json.loads(called("run", talk, "--json").output)
    assert (result["turns"], result["outcome"]) == (3, "Talked through")


def test_without_outcomes_none_is_made_up(talk: Path) -> None:
    talk.write_text(TALK.partition("outcomes:")[0], encoding="utf-8")
    assert json.loads(called("run", talk, "--json").output)["outcome"] == "no outcome was named"


def test_injects_and_questions_come_on_their_day_to_whom_they_are_for(save: Path) -> None:
    assert letters(save, 1, "press") == ["A ship dragged its anchor.", "Who speaks first?"]
    assert letters(save, 2, "aurland") == ["Cash machines are empty.", "Whom do you ask?"]
    assert letters(save, 2, "brennia") == []
    assert letters(save, 3, "brennia") == ["The ministers meet", "What have you learned?"]


def test_a_turn_reads_as_its_letters(save: Path) -> None:
    told = called("replay", save, "--turn", 2, "--as", "aurland").output
    assert told.splitlines() == [
        "EXERCISE EXERCISE EXERCISE",
        "The cable and the bank · turn 2 of 3 · D+7",
        "  ✉ Control: A bank is down: Cash machines are empty.",
        "  ✉ Control: For discussion: Whom do you ask?",
    ]


def test_no_gauge_of_a_module_that_is_off_is_shown(save: Path) -> None:
    shown = json.loads(called("replay", save, "--turn", 1, "--json").output)
    assert shown["gauges"] == []
    assert shown["phase"] == ""


def test_it_verifies_and_tells_its_hot_wash(save: Path) -> None:
    assert "\nverified: 3 turns" in called("replay", save, "--verify").output
    told = called("hotwash", save).output
    assert "Talked through" in told
    assert "A cable is cut" in told


def played(talk: Path) -> Course:
    return begin(str(talk), ["aurland"], 1)


def test_a_seat_at_the_table_goes_through_it_without_orders(talk: Path) -> None:
    course = played(talk)
    turns = []
    while not course.over:
        assert course.desk.choices() == []
        assert course.desk.suggestions() == []
        assert course.desk.seal() is None
        turns.append(course.finish())
    assert turns == [1, 2, 3]
    ending = course.control.ending()
    assert ending is not None
    assert ending.outcome == "Talked through"


def test_an_order_of_a_module_that_is_off_is_refused(talk: Path) -> None:
    refusal = played(talk).desk.draft("information.statement firm")
    assert isinstance(refusal, Refusal)
    assert "is not played in this exercise" in refusal.reason


def test_it_is_watched_on_the_screens(talk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from exercise.tui.app import run_watch

    assert run_watch(str(talk), 1, headless=True) == 0
    assert "Talked through" in capsys.readouterr().out


def test_own_actions_and_fields_work_without_any_rules(talk: Path) -> None:
    text = TALK + (
        "fields: {mood: {says: The mood in {ally}., axes: [ally], start: 0.5}}\n"
        "actions: {cheer: {says: 'Cheer {ally@to}', target: ally, effects: "
        "[{cell: 'scenario.mood[target]', add: 0.25}]}}\n"
    ).replace("says: The mood in {ally}.", "says: 'The mood in {ally}.'")
    talk.write_text(text, encoding="utf-8")
    course = played(talk)
    assert not isinstance(course.desk.draft("cheer brennia"), Refusal)
    assert course.desk.seal() is None
    course.finish()
    assert course.control.why("scenario.mood[brennia]", 1).after == 0.75
