"""From a file, or the name of a shipped scenario, to an exercise ready to be played."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path as FilePath
from typing import Literal

import attrs
import yaml

from exercise.declare import Rule
from exercise.errors import Fault, ScenarioError, UsageError
from exercise.scenario.calendar import rhythm_of
from exercise.scenario.compile import Exercise, compile_scenario
from exercise.scenario.lookup import nearest
from exercise.scenario.model import Scenario
from exercise.scenario.nodes import Entry, Mapping, Node, Positions, Scalar, plain
from exercise.scenario.nodes import Sequence as NodeSequence
from exercise.scenario.structure import salvage, structure_collect
from exercise.scenario.yaml12 import read_file_collect, read_text_collect

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
    if path.suffix in (".yaml", ".yml") or path.exists() or "/" in name or "\\" in name:
        return path
    if name in known:
        return known[name]
    raise UsageError(
        f"there is no scenario {name!r}",
        f"{nearest(name, list(known))} Or give the path of a .yaml file.",
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
    root = _renamed(root, names)
    scenario, more = structure_collect(root, Scenario)
    faults = (*faults, *more)
    if scenario is None:
        scenario, _ = salvage(root, Scenario)
    if scenario is None:
        raise ScenarioError(faults)
    if names is not None:
        use: Literal["real", "fictional"] = "fictional" if names == "fictional" else "real"
        scenario = attrs.evolve(scenario, names=attrs.evolve(scenario.names, use=use))
    if rhythm is not None and rhythm not in scenario.turns and not faults:
        known = list(scenario.turns) or [rhythm_of(scenario)[0]]
        raise UsageError(f"{stem} has no rhythm {rhythm!r}", nearest(rhythm, known))
    return compile_scenario(
        scenario,
        Positions(root),
        name=stem,
        rhythm=rhythm,
        rules=rules,
        source=yaml.safe_dump(plain(root), allow_unicode=True, sort_keys=False, width=1000),
        faults=faults,
    )


def _merged(path: FilePath, above: tuple[FilePath, ...]) -> tuple[Node | None, tuple[Fault, ...]]:
    root, faults = read_file_collect(path)
    base = root.get("extends") if isinstance(root, Mapping) else None
    if not isinstance(root, Mapping) or not isinstance(base, Scalar) or not base.text:
        return root, faults
    target = path.parent / base.text
    if base.text in shipped() and not target.exists():
        target = shipped()[base.text]
    if target.resolve() in above or len(above) >= DEPTH or target.resolve() == path.resolve():
        raise ScenarioError(
            [Fault(base.file, base.line, base.column, "extends-itself",
                   f"{base.text} leads back to this file", "let it build on another scenario")]
        )  # fmt: skip
    if not target.exists():
        raise ScenarioError(
            [Fault(base.file, base.line, base.column, "no-such-file",
                   f"there is no scenario {base.text!r} to build on",
                   "give a path beside this file, or a shipped scenario's name")]
        )  # fmt: skip
    under, more = _merged(target, (*above, path.resolve()))
    whole = _without(root, "extends")
    return (whole if under is None else _over(under, whole)), (*more, *faults)


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


def _renamed(root: Node, names: str | None) -> Node:
    """The scenario with its fictional names put in place of the real ones, if they are to be used.

    Whole words only, in keys and texts alike, so that ids change with the names they come from.
    """
    block = root.get("names") if isinstance(root, Mapping) else None
    if not isinstance(root, Mapping) or not isinstance(block, Mapping):
        return root
    use = names or str(plain(block.get("use") or block)).strip()
    table = block.get("fictional")
    if use != "fictional" or not isinstance(table, Mapping):
        return root
    words: dict[str, str] = {}
    for entry in table.entries:
        if isinstance(entry.value, Scalar):
            real, other = entry.key.text, entry.value.text
            words[real] = other
            words.setdefault(_slug(real), _slug(other))
    longest = sorted(words, key=lambda word: (-len(word), word))
    if not longest:
        return root
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")

    def swap(text: str) -> str:
        return pattern.sub(lambda found: words[found[0]], text)

    entries = tuple(
        _used(e, block) if e.key.text == "names" else Entry(e.key, _swapped(e.value, swap))
        for e in root.entries
    )
    return attrs.evolve(root, entries=entries)


def _used(entry: Entry, block: Mapping) -> Entry:
    """The switch as it was used, without the table: a fictional exercise keeps no real name."""
    kept = tuple(e for e in block.entries if e.key.text != "fictional")
    return Entry(entry.key, attrs.evolve(block, entries=kept))


def _slug(text: str) -> str:
    return re.sub(r"\W+", "-", text.lower())


def _swapped(node: Node, change: Callable[[str], str]) -> Node:
    if isinstance(node, Scalar):
        if isinstance(node.value, str):
            return attrs.evolve(node, value=change(node.value), text=change(node.text))
        return node
    if isinstance(node, NodeSequence):
        return attrs.evolve(node, items=tuple(_swapped(item, change) for item in node.items))
    return attrs.evolve(
        node,
        entries=tuple(
            Entry(
                attrs.evolve(e.key, value=change(e.key.text), text=change(e.key.text)),
                _swapped(e.value, change),
            )
            for e in node.entries
        ),
    )
