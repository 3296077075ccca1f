"""The table of commands: no two alike, each explained; whoever speaks finds his own."""

from __future__ import annotations

import ast

import pytest

from exercise.desk import LocalDesk
from exercise.plain.table import TABLE
from exercise.scenario.compile import Exercise
from exercise.session import Session
from exercise.sight import PUBLIC_VIEW
from tests.plain.talker import ROOT, Typing, control, new_session, seat

KINDS = ("seat", "evaluator", "watcher", "control")


@pytest.fixture(scope="module")
def session(strait: Exercise) -> Session:
    """A room that these tests only look at."""
    return new_session(strait)


def somebody(session: Session, kind: str) -> Typing:
    """Somebody of each kind."""
    if kind == "watcher":
        return Typing(LocalDesk(session, PUBLIC_VIEW.name), watches=True)
    return control(session) if kind == "control" else seat(
        session, {"seat": "dorvik", "evaluator": "evaluator"}[kind]
    )  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_commands_of_a_role_are_written_alike(kind: str) -> None:
    own = [command for command in TABLE if kind in command.who]
    written = [word for command in own for word in (command.name, command.short) if word]
    assert len(written) == len(set(written))


@pytest.mark.parametrize("kind", KINDS)
def test_help_lists_each_command_of_a_role_and_explains_it(session: Session, kind: str) -> None:
    typing = somebody(session, kind)
    said = typing("help")
    for command in TABLE:
        listed = any(line.startswith(command.written) for line in said)
        behalf = kind == "control" and command.name == "as"
        own = kind in command.who or behalf
        assert listed == own or not own, command.name
        if own:
            explained = typing(f"help {command.name}")
            assert explained[0].lower().startswith(command.written.lower())


@pytest.mark.parametrize("kind", KINDS)
def test_every_command_alone_is_done_or_refused_in_a_line(strait: Exercise, kind: str) -> None:
    for command in TABLE:
        if kind in command.who and command.name not in ("wait", "quit"):
            said = somebody(new_session_of(strait), kind)(command.name, ".")
            assert said, command.name
            assert all(line.strip() == line and line.isprintable() for line in said), command.name


_kept: dict[int, Session] = {}


def new_session_of(exercise: Exercise) -> Session:
    """A room for commands that change little: opened anew only once it is over."""
    found = _kept.get(0)
    if found is None or found.stage == "over":
        found = _kept[0] = new_session(exercise)
    return found


def test_an_unknown_command_is_told_what_it_may_have_meant(session: Session) -> None:
    said = seat(session, "dorvik")("inbx", "counsil", "zzzz", "17")
    assert (
        said[0]
        == "Not done: There is no command 'inbx'; perhaps inbox; `help` lists what there is."
    )
    assert "perhaps council" in said[1]
    assert said[2] == "Not done: There is no command 'zzzz'; `help` lists what there is."
    assert said[3].startswith("Not done: Nothing was listed as 17")


def test_a_command_named_like_a_decision_says_how_that_is_given(session: Session) -> None:
    dorvik = seat(session, "dorvik")
    alike = {name.partition(".")[2] for name in session.ruleset.decisions} & {
        command.name for command in TABLE if "seat" in command.who
    }  # fmt: skip
    assert alike == {"ask", "answer", "reply"}
    for name in alike:
        assert f"with `order {name} ...`" in " ".join(dorvik(f"help {name}"))
    said = dorvik("answer northern-treaty accept")
    assert "the decision of that name is given with `order answer ...`" in said[0]


def test_plain_mode_knows_neither_screens_nor_sessions() -> None:
    barred = ("textual", "rich", "exercise.session", "exercise.sight", "exercise.record")
    barred += ("exercise.tui.app", "exercise.tui.screens", "exercise.tui.widgets")
    for path in (ROOT / "exercise" / "plain").glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [name for name in names if name.startswith(barred)], path
            if isinstance(node, ast.Attribute) and node.attr.startswith("_"):
                assert isinstance(node.value, ast.Name), path
                assert node.value.id in ("self", "talk"), path
                assert node.attr != "_session", path
