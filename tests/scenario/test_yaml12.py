"""Reading YAML 1.2: what values mean, where they stand, and what is refused."""

from __future__ import annotations

import datetime
import os
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from exercise.errors import ScenarioError
from exercise.scenario.nodes import Mapping, Scalar, Sequence, plain
from exercise.scenario.yaml12 import (
    MAX_FAULTS,
    read_file,
    read_file_collect,
    read_text,
    read_text_collect,
)


def only_fault(text: str):
    with pytest.raises(ScenarioError) as caught:
        read_text(text, "a.yaml")
    (fault,) = caught.value.faults
    assert "\n" not in str(fault)
    return fault


@pytest.fixture(params=["libyaml", "pure"])
def either_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "pure":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("NO", "NO"),
        ("yes", "yes"),
        ("off", "off"),
        ("12:30", "12:30"),
        ("0o17", 15),
        ("0x1F", 31),
        ("007", 7),
        ("-3", -3),
        ("+3", 3),
        ("1_000", "1_000"),
        ("1.5", 1.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("2027-03-09", datetime.date(2027, 3, 9)),
        ("'2027-03-09'", "2027-03-09"),
        ('"3"', "3"),
        ("2027-03-09 10:00", "2027-03-09 10:00"),
        ("D-5", "D-5"),
    ],
)
def test_a_value_means_what_yaml_1_2_says(written: str, value: object) -> None:
    found = plain(read_text(f"key: {written}\n", "a.yaml"))
    assert isinstance(found, dict)
    assert found["key"] == value
    assert type(found["key"]) is type(value)


def test_special_floats_are_numbers() -> None:
    found = plain(read_text("[.inf, -.Inf, .NaN]", "a.yaml"))
    assert isinstance(found, list)
    assert found[:2] == [float("inf"), float("-inf")]
    assert found[2] != found[2]


@pytest.mark.usefixtures("either_parser")
def test_every_key_and_value_has_its_place() -> None:
    root = read_text("title: Straße\nactors:\n  - dorvik: {will: 0.3}\n", "a.yaml")
    assert isinstance(root, Mapping)
    assert (root.line, root.column) == (1, 1)
    actors = root.entry("actors")
    assert actors is not None
    assert (actors.key.line, actors.key.column) == (2, 1)
    assert isinstance(actors.value, Sequence)
    dorvik = actors.value.items[0]
    assert isinstance(dorvik, Mapping)
    assert (dorvik.line, dorvik.column) == (3, 5)
    will = dorvik.get("dorvik")
    assert isinstance(will, Mapping)
    value = will.get("will")
    assert isinstance(value, Scalar)
    assert (value.line, value.column, value.value) == (3, 20, 0.3)


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: plain", (1, 4)),
        ("a: 'quoted'", (1, 5)),
        ('a: "quoted"', (1, 5)),
        ("a: |\n   block\n", (2, 4)),
        ("a: >-\n\n  folded\n", (3, 3)),
    ],
)
def test_a_text_knows_where_its_first_character_stands(text: str, place: tuple[int, int]) -> None:
    root = read_text(text, "a.yaml")
    assert isinstance(root, Mapping)
    value = root.get("a")
    assert isinstance(value, Scalar)
    assert value.inside == place


def test_a_key_is_its_text_even_where_the_text_looks_like_a_value() -> None:
    assert plain(read_text("NO: 1\n12: 2\ntrue: 3\n", "a.yaml")) == {"NO": 1, "12": 2, "true": 3}


def test_aliases_stand_for_their_anchors() -> None:
    assert plain(read_text("a: &x {b: 1}\nc: *x\n", "a.yaml")) == {"a": {"b": 1}, "c": {"b": 1}}


def test_a_byte_order_mark_is_passed_over() -> None:
    root = read_text("\ufefftitle: x", "a.yaml")
    assert (root.line, root.column) == (1, 1)
    assert plain(root) == {"title": "x"}


def test_a_duplicate_key_names_both_places() -> None:
    fault = only_fault("will: 1\nside: 2\nwill: 3\n")
    assert (fault.line, fault.column, fault.code) == (3, 1, "duplicate-key")
    assert "line 1, column 1" in fault.message


def test_small_faults_do_not_hide_one_another() -> None:
    text = "a: 1\na: 2\nb: 2027-02-30\nc: !!python/name:os.system x\n<<: 1\n[d]: 2\n"
    tree, faults = read_text_collect(text, "a.yaml")
    assert [(f.line, f.code) for f in faults] == [
        (2, "duplicate-key"),
        (3, "bad-date"),
        (4, "tag"),
        (5, "merge-key"),
        (6, "bad-key"),
    ]
    assert tree is not None
    assert list(plain(tree)) == ["a", "b", "c"]  # type: ignore[call-overload]


def test_a_broken_file_still_tells_of_the_faults_before_the_break() -> None:
    tree, faults = read_text_collect("a: 1\na: 2\nb: [1\n", "a.yaml")
    assert tree is None
    assert [f.code for f in faults] == ["duplicate-key", "yaml"]


def test_endless_faults_end() -> None:
    _, faults = read_text_collect("a: 1\n" * 5000, "a.yaml")
    assert len(faults) == MAX_FAULTS + 1
    assert faults[-1].code == "too-many-faults"


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        ("a:\n\tb: 2\n", 2, 1, "indent with spaces"),
        ("a: 1\n\tb: 2\n", 2, 1, "indent with spaces"),
        ("title:Foo\nb: 2\n", 1, 6, "with a space"),
        ("a: 1\ntitle:Foo\nb: 2\n", 2, 1, "with a space"),
        ("a: 1\ntitle\nb: 2\n", 2, 1, "no colon"),
        ("a: it: is\n", 1, 6, "second colon"),
        ("a: 1\n  b: 2\n", 2, 4, "align this line"),
        ('a: "abc\nb: 2\n', 1, 4, "quote is never closed"),
        ('a: "C:\\quit"\n', 1, None, "backslash"),
        ("a: [1, 2\nb: 3\n", 1, 4, "'[' is not closed"),
        ("a: {x: 1\nb: 3\n", 1, 4, "'{' is not closed"),
        ("a: {cell: field[x], add: 1}\n", 1, 11, "must be quoted"),
        ("a: ]\n", 1, 4, "closes nothing"),
        ("a: [,]\n", 1, 5, "before this comma"),
        ("a: @home\n", 1, 4, "begin with '@'"),
        ("a: *\n", 1, 4, "followed by a name"),
        ("a: - b\n", 1, 4, "one line below"),
        ("- a\nb: 1\n", 2, 1, "without a '-'"),
        ("a: 1\n- b\n", 2, 1, "indent it under its key"),
        ("a: 'it's'\n", 1, 8, "closing quote"),
        ("a:\n  - x\n b: 1\n", 3, 2, "matches nothing above"),
        ("a: |x\n b\n", 1, 5, "one line below"),
        ("%YAML 2.0\n---\na: 1\n", 1, 1, "begins with '%'"),
        ("a: 1\n...\nb: 2\n", 3, 1, "end of the document"),
    ],
)
def test_a_slip_in_the_syntax_is_told_in_plain_words(
    text: str, line: int, column: int | None, says: str
) -> None:
    fault = only_fault(text)
    assert fault.code == "yaml"
    assert fault.line == line
    assert column is None or fault.column == column
    assert says in f"{fault.message}; {fault.hint}"


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "\n".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 9)}]" for i in range(12)
)
DEEP_ALIASES = "".join(
    f"a{i}: &a{i} {'[' * 30}{f'*a{i - 1}' if i else ''}{']' * 30}\n" for i in range(40)
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("[" * 200_000, "long-line", id="brackets in one line"),
        pytest.param("[\n" * 200_000, "too-deep", id="brackets"),
        pytest.param("{a: \n" * 200_000, "too-deep", id="braces"),
        pytest.param("- " * 4_000, "too-deep", id="dashes"),
        pytest.param("\n".join(" " * i + "a:" for i in range(1500)), "too-deep", id="indentation"),
        pytest.param("a" * 3_000_000, "too-large", id="a huge line"),
        pytest.param(BOMB, "too-many-values", id="alias bomb"),
        pytest.param(DEEP_ALIASES, "too-deep", id="aliases of aliases"),
        pytest.param("a: &a [*a]", "bad-alias", id="alias in itself"),
        pytest.param("a: *nobody", "bad-alias", id="alias of nothing"),
        pytest.param("- 1\n" * 400_000, "too-many-values", id="many values"),
        pytest.param("%TAG !a! b\n" * 150_000, "tag", id="tag directives"),
        pytest.param("---\na: 1\n---\nb: 2\n", "second-document", id="two documents"),
        pytest.param("", "empty", id="empty"),
        pytest.param("# nothing\n", "empty", id="comments alone"),
        pytest.param("a: \0", "bad-character", id="nul"),
        pytest.param('a: "\\e[31m"', "bad-character", id="escaped control character"),
        pytest.param("a: b\u2028c: d", "bad-character", id="line separator"),
        pytest.param("a: " + "9" * 5_000, "long-number", id="long number"),
    ],
)
def test_hostile_text_is_refused_at_once_with_one_line(text: str, code: str) -> None:
    began = time.process_time()
    fault = only_fault(text)
    assert time.process_time() - began < 2
    assert fault.code == code
    assert len(str(fault)) < 300


def test_a_file_is_read_like_its_text(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("title: Straße\r\nside: NO\r\n", encoding="utf-8")
    assert plain(read_file(path)) == {"title": "Straße", "side": "NO"}
    assert read_file(path).file == str(path)


def test_a_byte_that_is_not_utf8_is_found(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes("title: ok\nname: über Stra".encode() + b"\xdfe\n")
    tree, (fault,) = read_file_collect(path)
    assert tree is None
    assert (fault.line, fault.column, fault.code) == (2, 16, "not-utf8")
    assert "0xdf" in fault.message


def test_what_is_not_an_ordinary_file_is_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    large = tmp_path / "large.yaml"
    large.write_bytes(b"a" * 50_000_000)
    codes = {}
    for name in ("", "pipe", "absent.yaml", "large.yaml", "nul\0.yaml", "x" * 5000, "large.yaml/x"):
        began = time.process_time()
        with pytest.raises(ScenarioError) as caught:
            read_file(f"{tmp_path}/{name}")
        assert time.process_time() - began < 2
        assert "\n" not in str(caught.value)
        codes[name[:12]] = caught.value.faults[0].code
    assert codes == {
        "": "not-a-file",
        "pipe": "not-a-file",
        "absent.yaml": "no-such-file",
        "large.yaml": "too-large",
        "nul\0.yaml": "no-such-file",
        "x" * 12: "cannot-read",
        "large.yaml/x": "cannot-read",
    }


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab01:- \n\t[]{},&*!|>'\"#%@?~.<\\é\x00"), max_size=60))
@example("? - a\n: b")
@example("a: &a\n  b: *a")
def test_any_text_is_read_or_refused_with_places(text: str) -> None:
    tree, faults = read_text_collect(text, "a.yaml")
    assert tree is not None or faults
    for fault in faults:
        assert fault.line >= 1
        assert fault.column >= 1
        assert fault.message


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(data)
    tree, faults = read_file_collect(path)
    assert tree is not None or faults
