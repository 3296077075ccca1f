"""The house: imports point one way, heavy ones come late, files stay small."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "exercise"
FILES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 500

ORDER = (
    ("errors", "grading", "steady", "spoken", "paper"),
    ("engine",),
    ("sight",),
    ("eyes",),
    ("record", "rules"),
    ("scenario", "save"),
    ("explain",),
    ("seats", "orders", "view", "outcome"),
    ("pending", "entries", "drafts", "luck", "room"),
    ("session",),
    ("sweep", "saved", "branches", "verified"),
    ("review",),
    ("desk",),
    ("host",),
    ("web",),
    ("authoring",),
    ("tui", "plain"),
    ("cli",),
    ("__main__", "__init__"),
)
"""Who may import whom: a module imports from rows above its own, or its own row."""

INSIDE = {
    "engine": (
        ("exact",),
        ("axes", "known", "thin", "operands", "cells", "rates", "kept", "few"),
        ("declare",),
        ("roster",),
        ("dice", "world", "derived"),
        ("ledger",),
        ("turn",),
        ("ruleset",),
    ),
    "save": (
        ("chain", "places", "lock", "savefile"),
        ("keeper", "listing"),
        ("journal",),
        ("packing", "store"),
    ),
    "explain": (("naming", "typed"), ("why",), ("ordered",)),
}
"""The same within folders of many storeys."""


def ranks(rows: tuple[tuple[str, ...], ...]) -> dict[str, int]:
    """Each name's row."""
    return {name: rank for rank, row in enumerate(rows) for name in row}


RANK = ranks(ORDER)


def module_of(path: Path) -> str:
    """The top-level module or package that a file belongs to."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0]


@cache
def parsed(path: Path) -> ast.Module:
    """A file as a tree, read once for all tests."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path: Path, *, lazy: bool = True) -> tuple[str, ...]:
    """What a file imports, as dotted names; without `lazy`, only at import time."""
    return tuple(_imports(path, lazy))


def _imports(path: Path, lazy: bool) -> Iterator[str]:
    tree = parsed(path)
    guarded = {
        id(inner)
        for node in ast.walk(tree)
        if (isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test))
        or (not lazy and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in guarded:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            module = node.module or ""
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def own(names: Iterable[str]) -> set[str]:
    """The project's modules among imported names."""
    parts = [name.split(".") for name in names if name.startswith("exercise.")]
    return {part[1] for part in parts if part[1] in RANK}


def test_every_module_has_its_place() -> None:
    assert {module_of(path) for path in FILES} - set(RANK) == set()


def test_imports_point_one_way() -> None:
    wrong = []
    for path in FILES:
        name = module_of(path)
        for other in own(imports(path, lazy=False)) - {name}:
            if RANK[other] > RANK[name]:
                wrong.append(f"{path.relative_to(ROOT)} imports {other}")
    assert not wrong


@pytest.mark.parametrize("folder", sorted(INSIDE))
def test_imports_point_one_way_within_a_folder(folder: str) -> None:
    order = ranks(INSIDE[folder])
    home = f"exercise.{folder}"
    wrong = []
    for path in sorted((PACKAGE / folder).glob("[!_]*.py")):
        used = [n.split(".") for n in imports(path, lazy=False) if n.startswith(f"{home}.")]
        for other in {parts[2] for parts in used if parts[2] in order} - {path.stem}:
            if order[other] > order[path.stem]:
                wrong.append(f"{path.relative_to(ROOT)} imports {other}")
    assert not wrong


def test_rules_never_import_one_another() -> None:
    for path in (PACKAGE / "rules").rglob("*.py"):
        parts = path.relative_to(PACKAGE / "rules").with_suffix("").parts
        if parts == ("__init__",):
            continue
        for name in imports(path):
            if name.startswith("exercise.rules."):
                assert name.split(".")[2] == parts[0], f"{path} imports {name}"


@pytest.mark.parametrize(
    ("library", "homes"),
    [
        ("sqlalchemy", {"save"}),
        ("textual", {"tui"}),
        ("rich", {"tui"}),
        ("click", {"cli"}),
        ("aiohttp", {"web"}),
    ],
)
def test_only_its_home_knows_a_library(library: str, homes: set[str]) -> None:
    for path in FILES:
        if module_of(path) not in homes:
            used = {name.partition(".")[0] for name in imports(path)}
            assert library not in used, path


def loaded_by(code: str) -> set[str]:
    """The modules that a fresh process has loaded after some code."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; {code}; print(*sys.modules)"],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    return set(done.stdout.split())


def test_a_session_needs_neither_a_database_nor_a_screen() -> None:
    loaded = loaded_by("import exercise.session")
    assert not loaded & {"sqlalchemy", "textual", "rich", "click", "sqlite3"}


def test_help_is_there_at_once() -> None:
    code = (
        "sys.argv = ['exercise', '--help']; import exercise.cli;"
        "exec('try:\\n exercise.cli.main()\\nexcept SystemExit: pass')"
    )
    assert not loaded_by(code) & {"numpy", "textual", "sqlalchemy", "yaml"}


def test_files_stay_small() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in FILES
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    }
    assert not long


def test_there_is_no_drawer() -> None:
    drawers = ("utils", "util", "helpers", "common", "misc")
    assert not [path for path in FILES if path.stem in drawers]


def test_every_module_says_what_it_is() -> None:
    for path in FILES:
        tree = parsed(path)
        if tree.body:
            told = ast.get_docstring(tree)
            assert told, path
            assert told.splitlines()[0][-1] in ".:?", path


def test_the_engine_reads_no_clock_and_rolls_no_global_dice() -> None:
    free = {"cli", "tui", "plain", "sweep", "host", "web", "review", "authoring", "paper"}
    for path in FILES:
        if module_of(path) in free:
            continue
        used = {name.partition(".")[0] for name in imports(path)}
        if path.name == "access.py":  # codes are no luck of the game
            used -= {"secrets"}
        if path.parent.name == "save" and path.stem == "chain":
            used -= {"secrets"}  # nor are salts
        assert not used & {"time", "random", "secrets", "uuid"}, path
