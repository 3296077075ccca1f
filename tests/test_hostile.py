"""What people get wrong, and what is sent to harm: plain lines in little time, or a game."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import attrs
import pytest

from exercise.cli import main

BASE = """\
title: A test
summary: Two actors.
actors:
  ally: {name: An ally}
  foe: {name: A foe, role: adversary}
"""
SECONDS = 2.0
"""How much of a processor a refusal may take."""
PATIENCE = 20
"""After how many seconds something hangs."""


@attrs.frozen
class Done:
    """A command that has been run: its exit status and what it said."""

    code: int
    out: str
    err: str
    seconds: float

    @property
    def said(self) -> str:
        return self.out + self.err


Command = Callable[..., Done]


@pytest.fixture
def command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Iterator[Command]:
    """Run a command as a terminal would, in a folder of its own."""

    def hung(number: int, frame: FrameType | None) -> None:
        raise AssertionError(f"it hangs after {PATIENCE} s")

    def run(*words: str | Path) -> Done:
        monkeypatch.setattr(sys, "argv", ["exercise", *map(str, words)])
        began = time.process_time()
        with pytest.raises(SystemExit) as ended:
            main()
        seconds = time.process_time() - began
        assert isinstance(ended.value.code, int)
        found = capsys.readouterr()
        return Done(ended.value.code, found.out, found.err, seconds)

    monkeypatch.chdir(tmp_path)
    if not hasattr(signal, "SIGALRM"):
        yield run
        return
    before = signal.signal(signal.SIGALRM, hung)
    signal.alarm(PATIENCE)
    yield run
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def refused(done: Done, code: int, *words: str) -> None:
    """It ended with this status, in little time, and in plain lines that hold these words."""
    assert done.code == code, done.said
    assert done.seconds < SECONDS
    assert "Traceback" not in done.said
    assert "fault of its own" not in done.said
    assert done.said.strip()
    assert max(map(len, done.said.splitlines())) < 6_000
    for word in words:
        assert word in done.said


def written(folder: Path, text: str | bytes, name: str = "crisis.yaml") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def places(done: Done) -> list[tuple[int, int, str]]:
    """Line, column and code of every fault that `check --json` told, each with a remedy."""
    faults = json.loads(done.out)
    for fault in faults:
        assert fault["hint"] or "must be" in fault["message"] or "lies between" in fault["message"]
    return [(fault["line"], fault["column"], fault["code"]) for fault in faults]


# mistakes

TEN = """\
title: A test
summary: Ten mistakes of ten kinds.
numbrs: shown
actors:
  ally: {name: An ally, gdp: "large"}
  foe: {name: A foe, role: adversary, stake: 2}
seats:
  desk: {actor: zorvia}
forums:
  council: {name: Council, members: [], chair: ally, competence: [statement]}
  small: {name: Small, members: [foe]}
theatres:
  strait: {name: The strait}
motions:
  send:
    name: Send a force
    forum: council
    kind: deploy
    theatre: strait
    clauses: [{text: A force is sent.}]
injects:
  one: {name: One, at: 2030-02-30}
  two: {name: Two, at: D+1, effects: [{cell: "domestic.suport[ally]", add: 0.1}]}
  three: {name: Three, when: "turn > 2 and"}
  four: {name: Four, at: D+1, effects: [{cell: "threat.level[foe]", set: 1}]}
"""


def test_ten_mistakes_of_ten_kinds_get_ten_messages(command: Command, tmp_path: Path) -> None:
    done = command("check", written(tmp_path, TEN), "--json")
    assert done.code == 1
    assert places(done) == [
        (3, 1, "unknown-key"),
        (5, 30, "wrong-type"),
        (6, 46, "out-of-range"),
        (8, 17, "unknown-actor"),
        (11, 34, "unknown-ally"),
        (18, 11, "outside-competence"),
        (22, 24, "bad-date"),
        (23, 46, "unknown-cell"),
        (24, 43, "breaks-off"),
        (25, 48, "derived-field"),
    ]


TEN_MORE = """\
title: A test
title: A test again
summary: Ten more.
rules: [threat, thraet]
parameters: {threat.grip: 50}
actors:
  first ally: {name: An ally, capital: [12]}
  ally: {name: Another}
  foe: {name: A foe, role: adversary}
forums:
  council: {name: Council, members: [ally, ally], competence: [sanction]}
motions:
  stop: {name: Stop, forum: council, kind: sanction, clauses: [{text: All trade stops.}]}
fields:
  mood: {says: The mood., axes: [ally], low: 1, high: 0}
units:
  ships: {name: Ships, owner: ally, readiness: [1, 2]}
reports:
  seen: {name: Seen, origin: ally, about: foe, grading: Z9}
"""


def test_ten_more_mistakes_get_ten_messages(command: Command, tmp_path: Path) -> None:
    done = command("check", written(tmp_path, TEN_MORE), "--json")
    assert done.code == 1
    assert places(done) == [
        (2, 1, "duplicate-key"),
        (4, 17, "unknown-rule"),
        (5, 27, "out-of-range"),
        (7, 3, "bad-name"),
        (7, 40, "bad-place"),
        (11, 44, "twice"),
        (13, 9, "needs-package"),
        (15, 55, "out-of-range"),
        (17, 48, "wrong-length"),
        (19, 57, "bad-grading"),
    ]


def test_what_follows_from_a_mistake_is_not_told_beside_it(
    command: Command, tmp_path: Path
) -> None:
    text = BASE + (
        "turns: {short: {weeks: [.nan]}}\n"
        "units: {ships: {name: Ships, ownr: ally}}\n"
        'objectives: {aim: {name: Aim, mett: "true", measure: turn}}\n'
        "questions: [{text: 3, to: [3]}]\n"
    )
    assert places(command("check", written(tmp_path, text), "--json")) == [
        (6, 25, "out-of-range"),
        (7, 30, "unknown-key"),
        (8, 31, "unknown-key"),
        (9, 20, "wrong-type"),
        (9, 28, "wrong-type"),
    ]


def test_a_fault_in_a_scenario_stops_a_game_as_wrong_usage(
    command: Command, tmp_path: Path
) -> None:
    refused(command("run", written(tmp_path, TEN)), 2, "crisis.yaml:3:1: unknown-key")


def test_one_sound_and_one_faulty_file_are_both_told(command: Command, tmp_path: Path) -> None:
    good, bad = written(tmp_path, BASE, "good.yaml"), written(tmp_path, TEN, "bad.yaml")
    done = command("check", good, bad)
    refused(done, 1, "bad.yaml:3:1: unknown-key", "good.yaml: no faults")


# files sent to harm


def bomb() -> str:
    first = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    rest = (f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi"))  # noqa: B905
    return first + "".join(rest)


HARMFUL: dict[str, tuple[str | bytes, str]] = {
    "alias bomb": (bomb(), "too-many-values"),
    "square brackets": ("[" * 200_000, "long-line"),
    "curly brackets": ("{" * 200_000, "long-line"),
    "square brackets over lines": (("[" * 100 + "\n") * 2_000, "too-deep"),
    "curly brackets over lines": (("{" * 100 + "\n") * 2_000, "too-deep"),
    "lists in lists": ("\n".join(" " * k + "- " for k in range(1_000)), "too-deep"),
    "deep anchors": ("".join(f"a{k}: &a{k} [{f'*a{k - 1}' if k else ''}]\n" for k in range(99)),
                     "too-deep"),
    "an anchor inside itself": (BASE + "x: &a [&b [*a]]\n", "bad-alias"),
    "a line of 50 MB": (b"x" * 50_000_000, "too-large"),
    "50 million lines": (b"\n" * 50_000_000, "too-large"),
    "a number of two million digits": ("title: " + "9" * 2_000_000, "long-line"),
    "a number of 9,000 digits": (BASE + "first_day: " + "9" * 9_000, "long-number"),
    "a number of 39 digits": (BASE + "first_day: " + "9" * 39, "out-of-range"),
    "Latin-1": ("title: caf\xe9".encode("latin-1"), "not-utf8"),
    "UTF-16": (BASE.encode("utf-16"), "not-utf8"),
    "nothing": ("", "empty"),
    "a comment": ("# soon\n", "empty"),
    "a null byte": ("title: a\0b", "bad-character"),
    "an escape sequence": ('title: "\\e[2J"\nsummary: x\n', "bad-character"),
    "a tab": ("title: a\n\tsummary: b\n", "yaml"),
    "a tag": (BASE + 'ends: !!python/object/apply:os.system ["true"]\n', "tag"),
    "a tag directive": ("%TAG ! tag:x,2000:\n---\n" + BASE, "tag"),
    "a merge key": ("<<: {a: b}\n" + BASE, "merge-key"),
    "a second document": (BASE + "---\n" + BASE, "second-document"),
    "a duplicate key": (BASE + "title: again\n", "duplicate-key"),
    "a list": ("- a\n", "wrong-type"),
    "1,500 allies": (BASE.replace("foe:", "\n  ".join(f"a{k}: {{name: A}}" for k in range(1_500))
                                  + "\n  foe:"), "too-many"),
    "3,000 units": (BASE + "units:\n" + "".join(f"  u{k}: {{name: U, owner: ally}}\n"
                                                for k in range(3_000)), "too-many"),
    "300 reports for 30 allies": (
        BASE.replace("foe:", "\n  ".join(f"a{k}: {{name: A}}" for k in range(30)) + "\n  foe:")
        + "reports:\n" + "".join(f"  r{k}: {{name: R, about: foe, origin: a1}}\n"
                                 for k in range(300)), "too-many"),
    "900 turns": (BASE + f"turns: {{long: {{weeks: [{', '.join('1' * 900)}]}}}}", "bad-turns"),
    "3,000 faults": (BASE + "".join(f"k{k}: 1\n" for k in range(3_000)), "too-many-faults"),
    "the end of time": (BASE + "start: 9999-12-31\n", "bad-date"),
    "itself": ("extends: crisis.yaml\n", "extends-itself"),
    "a scenario that is missing": ("extends: nowhere.yaml\n", "no-such-file"),
    "a folder to build on": ("extends: .\n", "no-such-file"),
    "a device to build on": ("extends: /dev/zero\n", "no-such-file"),
    "a file of another kind to build on": ("extends: other.txt\n", "not-a-scenario"),
    "an endless name to build on": (f"extends: {'x' * 5_000}\n", "no-such-file"),
    "a null byte to build on": ('extends: "a\\0b"\n', "bad-character"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "code"), HARMFUL.values(), ids=HARMFUL.keys())
def test_a_harmful_file_is_refused_at_once(
    command: Command, tmp_path: Path, text: str | bytes, code: str
) -> None:
    written(tmp_path, "words, words", "other.txt")
    refused(command("check", written(tmp_path, text)), 1, f": {code}: ")


def test_scenarios_that_build_on_one_another_in_a_ring_are_refused(
    command: Command, tmp_path: Path
) -> None:
    for name, below in (("one", "two"), ("two", "three"), ("three", "one")):
        written(tmp_path, f"extends: {below}.yaml\n", f"{name}.yaml")
    refused(command("check", "one.yaml"), 1, "three.yaml:1:10: extends-itself")


def test_a_chain_of_scenarios_has_an_end(command: Command, tmp_path: Path) -> None:
    for number in range(9):
        written(tmp_path, f"extends: s{number + 1}.yaml\n", f"s{number}.yaml")
    refused(command("check", "s0.yaml"), 1, "extends-itself")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_what_is_no_file_is_refused_by_every_reader(command: Command, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "round.yaml").symlink_to("round.yaml")
    for name in ("pipe.yaml", "folder.yaml", "round.yaml", "absent.yaml", "/dev/zero", "x" * 300):
        for words in (("check",), ("run", "northern-strait", "--orders"), ("replay", "--json")):
            assert command(*words, name).code in (1, 2)


CONDITIONS = [
    "9**9**9",
    "9^9^9",
    "turn.__class__.__mro__",
    '__import__("os").system("true")',
    "().__class__",
    "[x for x in turn]",
    "lambda: turn",
    "turn if turn else 1",
    "turn > 1e999",
    "turn > " + "9" * 400,
    "turn > NaN",
    "1e308 * 1e308 > 0",
    "(" * 5_000,
    "(" * 200 + "1" + ")" * 200,
    "not " * 100 + "true",
    "turn > " + "-" * 300 + "1",
    "threat.threat[*,*] > 1",
    "any(turn",
    "a" * 499,
    "phase >= nonsense",
    "scenario.fired[nothing] > 0",
]


@pytest.mark.parametrize("text", CONDITIONS, ids=lambda text: text[:24])
def test_a_condition_is_nothing_but_a_condition(
    command: Command, tmp_path: Path, text: str
) -> None:
    where = f"injects: {{one: {{name: One, when: {json.dumps(text)}}}}}\n"
    refused(command("check", written(tmp_path, BASE + where)), 1, "crisis.yaml:6:")


NUMBERS = (".nan", ".inf", "-.inf", "1e999", "-1e999", "1e300", "268435456", "-5", '"3"', "[]")


@pytest.mark.parametrize("number", NUMBERS)
def test_no_number_that_cannot_be_reckoned_with_gets_in(
    command: Command, tmp_path: Path, number: str
) -> None:
    for block in (
        f"units: {{u: {{name: U, owner: ally, notice: {number}}}}}",
        f"turns: {{t: {{weeks: [{number}]}}}}",
        f"packages: {{p: {{name: P, target: foe, sectors: {{energy: {number}}}}}}}",
        f'values: {{"threat.threat[ally,foe]": {number}}}',
        f"parameters: {{threat.grip: {number}}}",
        f"fields: {{mood: {{says: Mood., high: {number}}}}}",
        f'injects: {{i: {{name: I, effects: [{{cell: "measures.peak_level", set: {number}}}]}}}}',
    ):
        refused(command("check", written(tmp_path, f"{BASE}{block}\n")), 1, "crisis.yaml:6:")


NAMES = ('"a b"', '"*"', '"a,b"', '"[x]"', '"-"', '"a\\nb"', f'"{"x" * 61}"', '"all"', '"control"',
         '"self"', '"target"', "spare-1", '"[/]"')  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_could_not_be_typed_or_means_somebody_else_is_refused(
    command: Command, tmp_path: Path, name: str
) -> None:
    text = BASE.replace("  ally:", f"  {name}:")
    refused(command("check", written(tmp_path, text)), 1, "crisis.yaml:4:3: ", "-name: ")


@pytest.mark.parametrize(
    ("names", "code"),
    [
        ("{An: The, A: The}", "names-collide"),
        ('{ally: ""}', "no-name"),
        ("{ally: foe}", "names-collide"),
    ],
)
def test_fictional_names_may_not_make_one_of_two(
    command: Command, tmp_path: Path, names: str, code: str
) -> None:
    text = BASE + f"sources: {{An: x, A: y}}\nnames: {{use: fictional, fictional: {names}}}\n"
    refused(command("check", written(tmp_path, text)), 1, code)


# games that are odd, and play

ODD = {
    "no actors": "title: T\nsummary: S\n",
    "one ally": "title: T\nsummary: S\nactors: {ally: {name: A}}\n",
    "one adversary": "title: T\nsummary: S\nactors: {foe: {name: F, role: adversary}}\n",
    "nobody of either side": "title: T\nsummary: S\nactors: {firm: {name: F, role: firm}}\n",
    "no theatre, unit, report or motion": BASE,
    "a theatre and nothing else": BASE + "theatres: {sea: {name: Sea}}\n",
    "a forum without texts": BASE + "forums: {council: {name: Council}}\n",
    "two adversaries": BASE + "  other: {name: O, role: adversary}\ntheatres: {sea: {name: S}}\n"
    "units: {ships: {name: Ships, owner: ally, theatre: sea}}\n",
    "one turn": BASE + "turns: {short: {weeks: [1]}}\n",
    "seats for nobody": BASE + "seats: {press: {name: Press, sees: public}}\n",
    "two seats for one": BASE + "seats: {one: {actor: ally}, two: {actor: ally}}\n",
    "nothing of everything": BASE + "units: {u: {name: U, owner: ally, strength: 0, pieces: 0}}\n"
    "nodes: {n: {name: N, capacity: 0}, m: {name: M}}\nlinks: [{from: n, to: m, km: 0}]\n",
    "no money and nobody": BASE.replace("An ally", "An ally, gdp: 0, population: 0, defence: 0"),
    "short ids that are words": BASE.replace("ally:", "a:").replace("foe:", "to:"),
    "Windows line ends": BASE.replace("\n", "\r\n"),
    "a byte order mark": "\ufeff" + BASE,
    "signs that mean something elsewhere": BASE.replace(
        "An ally", "'[/] [bold]A[@click=app.quit]ally[/] {foe} <b> %s'"
    ),
    "a division by nothing": BASE + "injects: {i: {name: I, when: turn / 0 > 1}}\n",
    "what is far too much": BASE + 'injects: {i: {name: I, at: D, effects: [{cell: "threat.threat'
    '[ally,foe]", add: "9e7 * 9e7 * 9e7"}]}}\n',
}


@pytest.mark.parametrize("rules", ["all", "none"])
@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_an_odd_scenario_plays_to_its_end(
    command: Command, tmp_path: Path, text: str, rules: str
) -> None:
    path = written(tmp_path, f"{text}rules: {rules}\n")
    assert command("check", path).code == 0
    done = command("run", path, "--json")
    assert done.code == 0, done.said
    result = json.loads(done.out)
    assert result["turns"] == (1 if "short" in text else 8)


def test_forty_allies_play(command: Command, tmp_path: Path) -> None:
    allies = "".join(f"  a{number}: {{name: Ally {number}}}\n" for number in range(40))
    path = written(tmp_path, f"{BASE}{allies}theatres: {{sea: {{name: Sea}}}}\n")
    assert json.loads(command("run", path, "--turns", "2", "--json").out)["turns"] == 2


def test_words_that_are_markup_elsewhere_are_shown_as_typed(
    command: Command, tmp_path: Path
) -> None:
    path = written(tmp_path, ODD["signs that mean something elsewhere"].replace("A test", "'[/]'"))
    assert command("run", path, "--turns", "1", "--save", "odd.exercise").code == 0
    told = command("replay", "odd.exercise", "--turn", "1").out.splitlines()
    assert told[1].startswith("[/] · turn 1 of 8")
    assert "[/], 1 of 8 turns played" in command("saves", ".").out


def test_such_words_do_no_harm_on_the_screens_either(command: Command, tmp_path: Path) -> None:
    from exercise.tui.app import run_watch

    text = ODD["signs that mean something elsewhere"].replace("A test", "'[/] [@click=app.quit]'")
    assert run_watch(str(written(tmp_path, text)), 1, headless=True) == 0


# orders

SHARED = "northern-strait", "--turns", "1", "--orders"
ORDERS = {
    "nothing": ("", "holds no orders"),
    "a list": ("- a\n", "holds no orders"),
    "another file": (BASE, "is no turn with seats under it"),
    "turn 0": ("0: {dorvik: []}\n", "is no turn"),
    "turn -1": ("-1: {dorvik: []}\n", "is no turn"),
    "turn ²": ("²: {dorvik: []}\n", "is no turn"),
    "turn 99": ("99: {dorvik: []}\n", "has 6 turns"),
    "nobody's seat": ("1: {nobody: []}\n", "there is no seat 'nobody'"),
    "control's seat": ("1: {control: []}\n", "there is no seat 'control'"),
    "no list": ("1: {dorvik: share}\n", "are no list"),
    "numbers": ("1: {dorvik: [1, 2]}\n", "are no list"),
    "nothing said": ('1: {dorvik: [""]}\n', "nothing is written"),
    "nonsense": ("1: {dorvik: [frobnicate]}\n", "there is no decision 'frobnicate'"),
    "markup": ('1: {dorvik: ["[/] [bold]"]}\n', "there is no decision"),
    "a long word": (f"1: {{dorvik: [{'x' * 9_000}]}}\n", "are no order"),
    "not a number": ("1: {dorvik: [share coast-guard fallow nan]}\n", "turn 1, dorvik"),
    "an alias bomb": (bomb(), "too-many-values"),
}


@pytest.mark.parametrize(("text", "told"), ORDERS.values(), ids=ORDERS.keys())
def test_written_orders_that_cannot_be_read_are_refused(
    command: Command, tmp_path: Path, text: str, told: str
) -> None:
    refused(command("run", *SHARED, written(tmp_path, text, "orders.yaml")), 2, told)


# saves


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A save of two turns."""
    from exercise.cli.headless import run_game

    folder = tmp_path_factory.mktemp("sound")
    run_game(str(written(folder, f"{BASE}rules: [threat]\n")), turns=2, save=folder / "a.exercise")
    return (folder / "a.exercise").read_bytes()


def changed(folder: Path, sound: bytes, *statements: str) -> Path:
    """A save that somebody changed by hand."""
    path = written(folder, sound, "changed.exercise")
    with sqlite3.connect(path) as db:
        for statement in statements:
            db.execute(statement)
    db.close()
    return path


LOOKS = (("replay", "--json"), ("replay", "--turn", "1"), ("replay", "--verify"),
         ("why", "--list"), ("hotwash",))  # fmt: skip


@pytest.mark.parametrize(
    "make",
    [
        lambda whole: b"",
        lambda whole: b"hello\n",
        lambda whole: bytes(range(256)) * 400,
        lambda whole: whole[:10],
        lambda whole: whole[:100],
        lambda whole: whole[: len(whole) // 2],
        lambda whole: whole[:100] + b"\xff" * 4_000 + whole[4_100:],
    ],
    ids=["empty", "text", "random", "10 bytes", "100 bytes", "half", "a page overwritten"],
)
def test_what_is_no_whole_save_is_refused(
    command: Command, tmp_path: Path, sound: bytes, make: Callable[[bytes], bytes]
) -> None:
    path = written(tmp_path, make(sound), "broken.exercise")
    for verb, *options in LOOKS:
        refused(command(verb, path, *options), 2, "broken.exercise")
    assert command("saves", tmp_path).code == 0


@pytest.mark.parametrize(
    "statement",
    [
        "PRAGMA application_id=7",
        "PRAGMA user_version=99",
        "DELETE FROM entries",
        "DELETE FROM blobs",
        "DROP TABLE entries",
        "ALTER TABLE entries RENAME COLUMN branch TO limb",
        "UPDATE entries SET body='{}'",
        "UPDATE entries SET body='[1'",
        "UPDATE entries SET body=x'00ff', kind=3",
        "UPDATE blobs SET data=(SELECT data FROM blobs LIMIT 1)",
        """UPDATE entries SET body=replace(body, '"turn":', '"torn":')""",
    ],
)
def test_a_save_changed_by_hand_is_told_of(
    command: Command, tmp_path: Path, sound: bytes, statement: str
) -> None:
    path = changed(tmp_path, sound, statement)
    for verb, *options in LOOKS:
        done = command(verb, path, *options)
        refused(done, 1 if "--verify" in options and done.code == 1 else 2)
    assert command("saves", tmp_path).code == 0


def test_a_save_of_another_program_and_a_folder_are_refused(
    command: Command, tmp_path: Path
) -> None:
    with sqlite3.connect(tmp_path / "other.exercise") as db:
        db.execute("CREATE TABLE kittens (name)")
    db.close()
    (tmp_path / "folder.exercise").mkdir()
    refused(command("replay", "other.exercise", "--json"), 2, "another program")
    refused(command("replay", "folder.exercise", "--json"), 2, "is not a file")


def test_the_words_of_a_strangers_save_cannot_drive_the_terminal(
    command: Command, tmp_path: Path, sound: bytes
) -> None:
    changed(
        tmp_path, sound, """UPDATE about SET value='"\\u001b[2J\\u202eevil"' WHERE key='title'"""
    )
    out = command("saves", tmp_path).out
    assert "evil" in out
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_an_empty_folder_is_named(command: Command, tmp_path: Path) -> None:
    assert command("saves", tmp_path).out.strip() == f"no saves in {tmp_path}"


def test_a_save_that_was_never_begun_is_listed_as_such(
    command: Command, tmp_path: Path, sound: bytes
) -> None:
    changed(tmp_path, sound, "DELETE FROM about")
    assert "no exercise was begun in it" in command("saves", tmp_path).out


def test_a_save_in_a_folder_that_cannot_be_written_is_looked_at(
    command: Command, tmp_path: Path, sound: bytes
) -> None:
    folder = tmp_path / "cellar"
    folder.mkdir()
    path = written(folder, sound, "kept.exercise")
    path.chmod(0o400)
    folder.chmod(0o500)
    try:
        assert command("replay", path, "--verify").code == 0
        assert [found.name for found in folder.iterdir()] == ["kept.exercise"]
    finally:
        folder.chmod(0o700)


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="no folder here that nobody can write")
def test_where_nothing_can_be_written_a_command_says_so(command: Command) -> None:
    refused(command("run", "northern-strait", "--save", "/proc/x.exercise"), 2, "/proc/x.exercise")
    refused(command("new", "/proc/mine"), 2, "/proc/mine")


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files")
def test_a_full_disk_ends_in_plain_words(tmp_path: Path) -> None:
    text = written(tmp_path, f"{BASE}rules: [threat]\n")
    script = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000));"
        "from exercise.cli import main; main()"
    )
    words = [sys.executable, "-c", script, "run", str(text), "--save", str(tmp_path / "a.exercise")]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "room" in done.stderr


# commands

NS = "northern-strait"
WRONG: tuple[tuple[str, ...], ...] = (
    ("frobnicate",),
    ("--frobnicate",),
    ("check",),
    ("check", "nowhere"),
    ("run",),
    ("run", ""),
    ("run", "nothern-strait"),
    ("run", "../nowhere"),
    ("run", NS, "--seed", "-1"),
    ("run", NS, "--seed", "x"),
    ("run", NS, "--game", "-1"),
    ("run", NS, "--game", "9" * 30),
    ("run", NS, "--turns", "0"),
    ("run", NS, "--rhythm", "waltz"),
    ("run", NS, "--names", "silly"),
    ("run", NS, "--save", "."),
    ("run", NS, "--save", "nowhere/a.exercise"),
    ("run", NS, "--save", "x" * 300),
    ("sweep", NS, "--games", "0"),
    ("sweep", NS, "--games", "2", "--jobs", "0"),
    ("sweep", NS, "--games", "2", "--digest", "x"),
    ("sweep", NS, "--games", "2", "--digest", "2"),
    ("sweep", "nowhere", "--jobs", "2"),
    ("new", ""),
    ("new", "."),
    ("new", ".."),
    ("new", "nowhere/mine"),
    ("new", "mine", "--from", "nowhere"),
    ("new", "x" * 300),
    ("saves", "nowhere"),
    ("replay",),
    ("replay", "absent.exercise", "--verify"),
    ("why", "absent.exercise", "threat.shared_view"),
    ("hotwash", "absent.exercise"),
    ("bundle",),
    ("bundle", "--platform", "beos", "-o", "out"),
    ("bundle", "--platform", "linux", "-o", "."),
    ("bundle", "--platform", "linux", "-o", "nowhere/out"),
    ("bundle", "--platform", "linux", "--python", "2", "-o", "out"),
    ("packet", "nowhere"),
    # there is no terminal in a test
    (),
    ("demo",),
    ("play", NS),
    ("host", NS, "--desk"),
)


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_wrong_usage_ends_in_plain_words(
    command: Command, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    refused(command(*words), 2)


ASKED = (
    ("replay", "--turn", "9"),
    ("replay", "--turn", "-1"),
    ("replay", "--turn", "1", "--as", "nobody"),
    ("replay", "--as", "nobody", "--json"),
    ("why",),
    ("why", ""),
    ("why", "nothing"),
    ("why", "threat.threat[ally]"),
    ("why", "threat.threat[ally,nobody]"),
    ("why", "threat.threat[*,foe]"),
    ("why", "threat.threat[[,]]"),
    ("why", "threat.shared_view", "--turn", "9"),
    ("why", "threat.shared_view", "--as", "nobody"),
    ("hotwash", "--as", "nobody"),
)


@pytest.mark.parametrize("words", ASKED, ids=" ".join)
def test_what_a_save_cannot_answer_is_refused(
    command: Command, tmp_path: Path, sound: bytes, words: tuple[str, ...]
) -> None:
    verb, *rest = words
    refused(command(verb, written(tmp_path, sound, "a.exercise"), *rest), 2)


@pytest.mark.parametrize("head", ["", "zz", "f" * 64])
def test_a_head_that_is_not_in_the_save_fails_verification(
    command: Command, tmp_path: Path, sound: bytes, head: str
) -> None:
    path = written(tmp_path, sound, "a.exercise")
    refused(command("replay", path, "--head", head), 1, "not verified")


def test_a_fault_of_the_program_is_one_line_with_its_place(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*words: object) -> None:
        raise RuntimeError("by accident")

    monkeypatch.setattr("exercise.cli.headless.list_saves", broken)
    done = command("saves")
    assert done.code == 70
    assert done.err.startswith("exercise: stopped by a fault of its own: RuntimeError: by accident")
    assert len(done.err.splitlines()) == 1
    assert "test_hostile.py:" in done.err
