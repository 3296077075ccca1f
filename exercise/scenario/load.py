"""From a file, or the name of a shipped scenario, to an exercise ready to be played."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path as FilePath
from typing import Literal

import attrs
import yaml

from exercise.engine.declare import Rule
from exercise.errors import Fault, ScenarioError, UsageError
from exercise.scenario.calendar import rhythm_of
from exercise.scenario.compile import Exercise, compile_scenario
from exercise.scenario.lookup import nearest
from exercise.scenario.model import Scenario
from exercise.scenario.nodes import Entry, Mapping, Node, Positions, Scalar, plain
from exercise.scenario.renaming import renamed
from exercise.scenario.structure import salvage, structure_collect
from exercise.scenario.wording import quoted
from exercise.scenario.yaml12 import read_file_collect, read_text_collect
from exercise.spoken import joined

DEPTH = 5
"""How many scenarios may build on one another."""


def shipped_folder() -> FilePath:
    """Where the shipped scenarios lie: inside the package, or beside it in a checkout."""
    inside = FilePath(__file__).resolve().parent.parent / "shipped"
    return inside if inside.is_dir() else inside.parent.parent / "scenarios"


def shipped() -> dict[str, FilePath]:
    """The shipped scenarios by name, in order of name."""
    return {path.stem: path for path in sorted(shipped_folder().glob("*.yaml"))}


def find(name: str) -> FilePath:
    """The file that a scenario's name or path means; raises `UsageError` naming what there is."""
    path = FilePath(name)
    known = shipped()
    if path.suffix in (".yaml", ".yml") or os.path.exists(path) or "/" in name or "\\" in name:
        return path
    if name in known:
        return known[name]
    raise UsageError(
        f"there is no scenario {name[:80]!r}",
        joined(nearest(name, list(known)), "or give the path of a .yaml file"),
    )


def load(
    name: str,
    *,
    rhythm: str | None = None,
    names: str | None = None,
    rules: Sequence[Rule] | None = None,
) -> Exercise:
    """Load and compile a scenario; raises `ScenarioError` with every fault in its place.

    `rhythm` picks one of its ways of cutting time; `names` is `real` or `fictional` and overrides
    what the file says.
    """
    path = find(name)
    return _finish(_merged(path, ()), path.stem, rhythm, names, rules)


def load_text(
    text: str,
    *,
    file: str = "scenario.yaml",
    rhythm: str | None = None,
    names: str | None = None,
    rules: Sequence[Rule] | None = None,
) -> Exercise:
    """As `load`, from text, such as a save keeps; `extends` has been merged there already."""
    return _finish(read_text_collect(text, file), FilePath(file).stem, rhythm, names, rules)


def _finish(
    read: tuple[Node | None, tuple[Fault, ...]],
    stem: str,
    rhythm: str | None,
    names: str | None,
    rules: Sequence[Rule] | None,
) -> Exercise:
    """Structure, check and compile what was read; all faults of all stages at once."""
    root, faults = read
    if root is None:
        raise ScenarioError(faults)
    root, mixed = renamed(root, names)
    scenario, more = structure_collect(root, Scenario)
    faults = tuple(sorted((*faults, *mixed, *more), key=lambda f: (f.file, f.line, f.column)))
    if scenario is None:
        scenario, _ = salvage(root, Scenario)
    if scenario is None:
        raise ScenarioError(faults)
    if names is not None:
        use: Literal["real", "fictional"] = "fictional" if names == "fictional" else "real"
        scenario = attrs.evolve(scenario, names=attrs.evolve(scenario.names, use=use))
    known = list(scenario.turns) or [rhythm_of(scenario)[0]]
    if rhythm is not None and rhythm not in known and not faults:
        raise UsageError(f"{stem} has no rhythm {rhythm!r}", nearest(rhythm, known))
    return compile_scenario(
        scenario,
        Positions(root),
        name=stem,
        rhythm=rhythm,
        rules=rules,
        written=partial(_text, root),
        faults=faults,
    )


def _text(root: Node) -> str:
    """What was read as YAML again, names changed and `extends` merged."""
    text: str = yaml.safe_dump(plain(root), allow_unicode=True, sort_keys=False, width=1000)
    return text


def _merged(path: FilePath, above: tuple[str, ...]) -> tuple[Node | None, tuple[Fault, ...]]:
    root, faults = read_file_collect(path)
    base = root.get("extends") if isinstance(root, Mapping) else None
    if not isinstance(root, Mapping) or not isinstance(base, Scalar) or not base.text:
        return root, faults
    target = path.parent / base.text
    if base.text in shipped() and not os.path.exists(target):
        target = shipped()[base.text]
    above = (*above, os.path.realpath(path))
    wrong = ""
    if os.path.realpath(target) in above:
        wrong, code, hint = "leads back to this file", "extends-itself", "let it build on another"
    elif len(above) > DEPTH:
        wrong, code, hint = f"is the {DEPTH + 1}th below", "extends-itself", "build on fewer"
    elif not os.path.isfile(target):
        wrong, code = "is no scenario to build on", "no-such-file"
        hint = "give a path beside this file, or a shipped scenario's name"
    if wrong:
        told = f"{quoted(base.text)} {wrong}"
        raise ScenarioError([*faults, Fault(base.file, base.line, base.column, code, told, hint)])
    under, more = _merged(target, above)
    if not isinstance(under, Mapping):
        told, hint = f"{quoted(base.text)} is no scenario", "let it build on one"
        wrong_base = Fault(base.file, base.line, base.column, "not-a-scenario", told, hint)
        raise ScenarioError([*more, *faults, wrong_base])
    return _over(under, _without(root, "extends")), (*more, *faults)


def _without(root: Mapping, name: str) -> Mapping:
    return attrs.evolve(root, entries=tuple(e for e in root.entries if e.key.text != name))


def _over(under: Node, over: Node) -> Node:
    """Mappings merge key by key; anything else replaces what was there."""
    if not isinstance(under, Mapping) or not isinstance(over, Mapping):
        return over
    own = {entry.key.text: entry for entry in over.entries}
    kept = tuple(
        Entry(own[e.key.text].key, _over(e.value, own[e.key.text].value))
        if e.key.text in own
        else e
        for e in under.entries
    )
    known = {entry.key.text for entry in under.entries}
    added = tuple(entry for entry in over.entries if entry.key.text not in known)
    return attrs.evolve(over, entries=(*kept, *added))
