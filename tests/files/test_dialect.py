from __future__ import annotations

import gc
import inspect
import json
import re
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, assume, example, given, settings, strategies as st

from pmkit.files import dialect, events, lexical
from pmkit.files.dialect import read
from pmkit.model.tree import Mapping, Node, Scalar, Sequence, plain
from pmkit.problems import Problem, Stop
from tests.often import often

MALFORMED = Path(__file__).resolve().parents[3] / "shared" / "data" / "malformed"
EXPECTED: dict[str, Any] = (
    json.loads((MALFORMED / "expected.json").read_text(encoding="utf-8")) if MALFORMED.is_dir() else {}
)


def tree(text: str | bytes) -> Any:
    """The tree without places of a file that must be right."""
    root, problems = read(text if isinstance(text, bytes) else text.encode(), "f.yaml")
    assert problems == []
    return plain(root)


def codes(text: str | bytes) -> list[tuple[str, int]]:
    _, problems = read(text if isinstance(text, bytes) else text.encode(), "f.yaml")
    return [(problem.code, problem.place.line) for problem in problems]


def nodes(root: Node) -> list[Node]:
    found = [root]
    for node in found:
        if isinstance(node, Mapping):
            found += [*node.keys.values(), *node.values.values()]
        elif isinstance(node, Sequence):
            found += node.items
    return found


@pytest.mark.skipif(not EXPECTED, reason="no reference files beside the checkout: malformed files")
def test_every_malformed_file_says_exactly_what_is_expected() -> None:
    wrong = []
    for name, expected in EXPECTED.items():
        data = (MALFORMED / name).read_bytes()
        root, problems = read(data, name)
        said = [(p.code, p.place.line, p.severity) for p in problems]
        wanted = [(p["code"], p["line"], p.get("severity", "error")) for p in expected["problems"]]
        right = said == wanted
        for problem, want in zip(problems, expected["problems"], strict=False):
            right = right and f"{want.get('mentions_line', '')}" in problem.message + problem.hint
        if "values" in expected:
            right = right and plain(root) == expected["values"]
        if "keys" in expected:
            right = right and isinstance(root, Mapping) and list(root.keys) == expected["keys"]
        if not right:
            wrong.append((name, said, wanted, plain(root)))
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {}),
        ("# nothing\n", {}),
        ("---\n", {}),
        ("\ufeffname: é\n", {"name": "é"}),
        ("---\na: 1\n...\n", {"a": "1"}),
        ("a: 1\r\nb: |\r\n  x\r\n  y\r\n", {"a": "1", "b": "x\ny\n"}),
        ("a: 1\rb: 2\r", {"a": "1", "b": "2"}),
        ("call: 22:30\nlunch: 12:30:00\nratio: 1:30\n", {"call": "22:30", "lunch": "12:30:00", "ratio": "1:30"}),
        ("a: NO\nb: no\nc: on\nd: true\n", {"a": "NO", "b": "no", "c": "on", "d": "true"}),
        (
            "s: [12A, 012, 1.10, 12e3, 1_2, 0x1F, .5, 1e400, ~, =, null]",
            {"s": ["12A", "012", "1.10", "12e3", "1_2", "0x1F", ".5", "1e400", None, "=", "null"]},
        ),
        ("a: 2026-02-30\nb: 2026-03-29T24:00:00\n", {"a": "2026-02-30", "b": "2026-03-29T24:00:00"}),
        ("a: .nan\nb: -.inf\n", {"a": ".nan", "b": "-.inf"}),
        ("a:\nb: ''\nc: '~'\nd: ~\n", {"a": None, "b": "", "c": "~", "d": None}),
        ("1: x\n2025-10-14: y\n'a b': z\n", {"1": "x", "2025-10-14": "y", "a b": "z"}),
        ("? a\n: b\n", {"a": "b"}),
        ('"<<": x\n', {"<<": "x"}),
        ('a: {"b":1, c: [d]}\n', {"a": {"b": "1", "c": ["d"]}}),
        ('a: "x\\ty\\r\\nz\\u00e9\\U0001F3AC"\n', {"a": "x\ty\r\nzé🎬"}),
        ("a: " + "9" * 100_000 + "\n", {"a": "9" * 100_000}),
        ("a: |\n  x\n  \ty\n", {"a": "x\n\ty\n"}),
        ("a: x\ty\n", {"a": "x\ty"}),
        ('a: "x\n\ty"\n', {"a": "x y"}),
        ("a: >-\n  one\n  two\n\n  three\n", {"a": "one two\nthree"}),
        ('a: "<<<<<<< x"\nb: \\=======\nc: ========\n', {"a": "<<<<<<< x", "b": "\\=======", "c": "========"}),
        ("a: http://x.y/z#q\nb: 'C:\\x'\n", {"a": "http://x.y/z#q", "b": "C:\\x"}),
        (
            "a: 👩\u200d👩\u200d👧\nb: Zoe\u0308\nc: مرحبا\n",
            {"a": "👩\u200d👩\u200d👧", "b": "Zoe\u0308", "c": "مرحبا"},
        ),
    ],
)
def test_text_stays_what_was_typed(text: str, expected: Any) -> None:
    assert tree(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"name: \xe9\n", [("not-utf8", 1)]),
        (b"a: 1\r\nb: 2\rname: \xe9\n", [("not-utf8", 3)]),
        ("a: é\n".encode("utf-16"), [("not-utf8", 1)]),
        ("a: 1\n".encode("utf-16-le"), [("not-utf8", 1)]),
        ("a: 1\n".encode("utf-16-be"), [("not-utf8", 1)]),
        ("a: 1\n".encode("utf-32"), [("not-utf8", 1)]),
        (b"\0" * 4096, [("bad-character", 1)]),
        (b"a: 1\nb: \xed\xa0\x80\n", [("bad-character", 2)]),
        ("a: \0\n", [("bad-character", 1)]),
        ("a: 1\nb: \x1b[31m\nc: \x07\n", [("bad-character", 2)]),
        ("# \x85\na: \u2028\n", [("bad-character", 1)]),
        ("a: 1\x85b: 2\n", [("bad-character", 1)]),
        ("a: 1\nb: [\nc: \0\n", [("syntax", 2), ("bad-character", 3)]),
        ('a: "\\0"\nb: [', [("bad-character", 1), ("syntax", 2)]),
        ("\x0c", [("bad-character", 1)]),
        ('a: 1\nb: "x\\0y"\nc: "\\N"\n', [("bad-character", 2)]),
        ('a: "\\ud800"\n', [("bad-character", 1)]),
        ('a: "\\ud83d\\ude00"\nb: "\\UDEADBEEF"\n', [("bad-character", 1)]),
        ('a: "\\u2028"\n', [("bad-character", 1)]),
        ('a: "x\n\n  \\x1b"\n', [("bad-character", 3)]),
        ('a: "\\\\0 \\\\ud800"\n', []),
        ("a: '\\0'\n", []),
        ("a: 1\nb: x\u202ey\n", [("invisible-character", 2)]),
        ("a: 1\nb: x\ufeffy\nc: \u200b\n", [("invisible-character", 2)]),
        ('a: "\\u202e"\nb: \u2066\n', [("invisible-character", 1)]),
        ("a: 1\n<<<<<<< HEAD\nb: 2\n=======\n", [("conflict-marker", 2)]),
        ("a: |\n  x\n    =======\n", [("conflict-marker", 3)]),
        ("a: 1\r=======\rb: 2", [("conflict-marker", 2)]),
        ("a: \u202e\n||||||| base\n", [("invisible-character", 1), ("conflict-marker", 2)]),
        ("crew:\n\t- id: a\n", [("tab-indent", 2)]),
        ("a:\n  b: 1\n\tc: 2\n", [("tab-indent", 3)]),
        ("a: [\n\t1,\n\t2]\n", [("tab-indent", 2)]),
        ("-\ta: 1\n", [("tab-indent", 1)]),
        ("a: |\n\tx\n", [("tab-indent", 2)]),
        ("a: &x 1\n", [("alias-refused", 1)]),
        ("a: 1\nb: [*x]\nc: *y\n", [("alias-refused", 2)]),
        ("a: &x {b: 1}\nc: {<<: *x}\n", [("alias-refused", 1)]),
        ("a: 1\n<<: {b: 1}\n", [("alias-refused", 2)]),
        ("a: !!str x\nb: !secret y\nc: ! z\nd: !!map {}\n", [("tag-refused", n) for n in (1, 2, 3, 4)]),
        ("a: 1\nb: 2\na: 3\nc: {x: 1, x: 2}\n", [("duplicate-key", 3), ("duplicate-key", 4)]),
        ("%YAML 1.2\n---\na: 1\n", [("directive-refused", 1)]),
        ("%YAML 9.9\n---\na: 1\n", [("directive-refused", 1)]),
        ("%TAG !e! tag:x,2025:\n---\na: 1\n", [("directive-refused", 1)]),
        ("%FOO x\n---\na: 1\n", [("directive-refused", 1)]),
        ("a: 1\n---\nb: 2\n", [("several-documents", 2)]),
        ("a: 1\n...\nb: 2\n", [("several-documents", 3)]),
        ("- a\n", [("not-a-mapping", 1)]),
        ("\n\nhello\n", [("not-a-mapping", 3)]),
        ("~\n", [("not-a-mapping", 1)]),
        ('""\n', [("not-a-mapping", 1)]),
        ("? [a]\n: b\nc: d\n", [("bad-key", 1)]),
        ("{a: 1}: b\n", [("bad-key", 1)]),
        ("~: b\n", [("bad-key", 1)]),
        ("a: {b: 1\n", [("syntax", 1)]),
        ("[" * 1000, [("too-deep", 1)]),
        ("[" * 100_000, [("too-deep", 1)]),
        ("? " * 100_000, [("too-deep", 1)]),
        ("".join("  " * n + "a:\n" for n in range(60)), [("too-deep", 51)]),
        ("a: " + "x" * (2**20 + 1) + "\n", [("too-large", 1)]),
        ("a: " + "é" * (2**19 + 1) + "\n", [("too-large", 1)]),
        ("#" * (10 * 2**20 + 1), [("too-large", 1)]),
    ],
)
def test_what_is_refused_has_its_code_and_line(text: str | bytes, expected: list[tuple[str, int]]) -> None:
    assert codes(text) == expected


def test_limits_are_inclusive() -> None:
    assert codes("a: " + "x" * 2**20 + "\n") == []
    assert codes("a: " + "[" * 49 + "]" * 49 + "\n") == []
    assert codes("a: " + "[" * 50 + "]" * 50 + "\n") == [("too-deep", 1)]
    assert codes(b"#" * (10 * 2**20)) == []


def test_a_reading_that_had_to_end_gives_no_tree_and_one_that_went_on_does() -> None:
    assert read(b"a: [", "f")[0] is None
    assert read(b"a: &x 1\n", "f")[0] is None
    assert read(b"- a\n", "f")[0] is None
    assert plain(read(b"a: 1\na: 2\nb: !x 3\n", "f")[0]) == {"a": "1", "b": "3"}
    assert plain(read(b"a: x\0y\n", "f")[0]) == {"a": "x\ufffdy"}


def test_a_duplicate_names_the_line_of_the_first() -> None:
    _, problems = read(b"id: ad1\nrate: 450\nrate: 4500\n", "crew.yaml")
    assert problems == [
        Problem("duplicate-key", problems[0].place, "rate stands twice; it is first at line 2", "keep one of the two")
    ]
    assert str(problems[0].place) == "crew.yaml:3:1"
    assert problems[0].place.length == 4


def test_a_file_of_zeros_speaks_of_a_power_cut() -> None:
    _, problems = read(b"\0" * 64, "f")
    assert "power cut" in problems[0].hint
    _, problems = read(b"a: 1\n" + b"\0" * 64, "f")
    assert [p.code for p in problems] == ["bad-character"]
    assert "power cut" in problems[0].hint


SAMPLE = """\
# crew
crew:
  ad1: {name: "Ana Pérez", call: 7:30}  # first
  camera:
    - id: k-moss
      note: |
        two
        lines
    - 🎬 plain text
      over two lines
  last:
"""


@pytest.mark.parametrize("text", [SAMPLE, SAMPLE.replace("\n", "\r\n"), "\ufeff" + SAMPLE])
def test_every_node_knows_where_it_stands(text: str) -> None:
    root, problems = read(text.encode(), "crew.yaml")
    assert problems == [] and root is not None
    decoded = text.removeprefix("\ufeff")
    lines = decoded.split("\n")
    for node in nodes(root):
        typed = decoded[node.start : node.end]
        line = lines[node.line - 1].rstrip("\r")
        here = line[node.column - 1 : node.column - 1 + node.length]
        assert node.file == "crew.yaml"
        assert decoded.count("\n", 0, node.start) == node.line - 1
        assert typed.replace("\r\n", "\n").startswith(here)
        if isinstance(node, Scalar) and node.plain and node.text and "\n" not in typed:
            assert typed == node.text == here
    crew = root.values["crew"]
    assert isinstance(crew, Mapping)
    assert str(crew.key_place("ad1")) == "crew.yaml:3:3"
    ad1 = crew.values["ad1"]
    assert decoded[ad1.start : ad1.end] == '{name: "Ana Pérez", call: 7:30}'
    assert isinstance(ad1, Mapping) and ad1.flow
    assert ad1.values["call"].place == ("crew.yaml", 3, 34, 4)
    assert crew.values["last"].place == ("crew.yaml", 11, 8, 0)


def test_the_collector_is_left_as_it_was() -> None:
    read(b"a: 1\n", "f")
    assert gc.isenabled()
    gc.disable()
    try:
        read(b"a: [", "f")
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_without_libyaml_it_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialect, "_CParser", None)
    with pytest.raises(Stop, match="libyaml"):
        read(b"a: 1\n", "f")


@pytest.mark.parametrize("surprise", [ValueError("x"), RecursionError(), AssertionError(), TypeError(), MemoryError])
def test_a_surprise_of_the_parser_is_a_problem(monkeypatch: pytest.MonkeyPatch, surprise: Exception) -> None:
    class Surprising:
        def __init__(self, text: str) -> None:
            self.text = text

        def get_event(self) -> Any:
            raise surprise

    monkeypatch.setattr(dialect, "_CParser", Surprising)
    root, problems = read(b"a: 1\n", "f")
    assert root is None
    assert [(p.code, p.place.file) for p in problems] in ([("syntax", "f")], [("too-large", "f")])


def test_near_the_recursion_limit_it_still_answers() -> None:
    def down(left: int) -> tuple[Mapping | None, list[Problem]]:
        return down(left - 1) if left else read(b"a: " + b"[" * 40 + b"]" * 40, "f")

    depth = len(inspect.stack(0))
    root, problems = down(sys.getrecursionlimit() - depth - 40)
    assert root is None
    assert [p.code for p in problems] == ["syntax"]


HOSTILE = {
    "tabs": b"a:" + b"\t" * 2_000_000,
    "newlines": b"\n" * 10_000_000,
    "colons": b": " * 1_000_000,
    "escapes": b'a: ["' + b"\\0" * 100_000 + b'"]',
    "quoted escapes": b"[" + b'"\\0",' * 50_000 + b"]",
    "surrogates": b'a: ["' + b"\\ud800" * 50_000 + b'"]',
    "tabs in text": b"a: [\n" + b'"x\n\ty",\n' * 20_000 + b"\tx]",
    "open brackets": b"[ " * 40 + b"\n" + b"a" * 1_000_000,
    "colons in one line": b"a: " + b"x: " * 500_000,
    "spaces": b" " * 2_000_000 + b"<<<<<<<x",
    "spaces in a key": b"a: b\n" + b"x" + b" " * 2_000_000 + b"y\n",
    "signs": b"<<<<<<<<" * 500_000,
    "duplicates": b"a: 1\n" * 20_000,
    "anchors": b"&a " * 500_000,
    "tags": b"a: [" + b"!!str x," * 20_000 + b"]",
    "quotes": b"a: '" + b"'" * 1_000_000,
    "backslashes": b'a: "' + b"\\" * 1_000_001,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_in_linear_time(name: str) -> None:
    began = time.process_time()
    read(HOSTILE[name], "f")
    assert time.process_time() - began < 2


def never_raises(data: bytes) -> tuple[Mapping | None, list[Problem]]:
    root, problems = read(data, "f.yaml")
    assert root is not None or problems
    lines = lexical.LINE_END.split(data.decode("utf-8-sig", "replace"))
    for problem in problems:
        assert problem.code and problem.message
        assert "could not be read" not in problem.message
        assert 0 <= problem.place.line <= len(lines) + 1
        assert problem.place.file == "f.yaml"
    assert len([p for p in problems if p.code in lexical.ONCE_A_FILE]) == len(
        {p.code for p in problems if p.code in lexical.ONCE_A_FILE}
    )
    return root, problems


@settings(max_examples=often(1500), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400))
def test_arbitrary_bytes_never_raise(data: bytes) -> None:
    never_raises(data)


YAMLISH = st.text(alphabet="ab1 \t\n\r:-,?&*!|>'\"%@`[]{}#~<=.\\0uxN\x00\x85\u2028\u202e\ufeff😀é", max_size=60)


@settings(max_examples=often(2500), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(YAMLISH)
@example("a:\n- b\n -")
@example("--- a: 1")
@example("? |\n a\n: b")
@example('"\\ud800": "\\ud800')
@example("{? : ?, ?}")
@example("\\0 'x")
def test_text_of_yamls_own_signs_never_raises(text: str) -> None:
    root, problems = never_raises(text.encode())
    if root is not None and not problems:
        for node in nodes(root):
            assert 0 <= node.start <= node.end <= len(text)
            assert node.line >= 1 and node.column >= 1 and node.length >= 0


@settings(max_examples=often(800), deadline=None)
@given(st.data())
def test_a_mutated_file_never_raises(data: st.DataObject) -> None:
    text = SAMPLE.encode()
    at = data.draw(st.integers(0, len(text)))
    upto = data.draw(st.integers(at, min(len(text), at + 8)))
    never_raises(text[:at] + data.draw(st.binary(max_size=4) | YAMLISH.map(str.encode)) + text[upto:])


PRINTABLE = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=80).filter(
    lambda text: not re.search(lexical.BAD, text) and not re.search(lexical.INVISIBLE, text)
)


@settings(max_examples=often(1500), deadline=None)
@given(st.lists(PRINTABLE, max_size=4), st.sampled_from(["'", '"']), st.booleans())
@example(["<<<<<<< HEAD", "12e3", "NO", "", "~", "=1+1", "\\ud800"], '"', True)
def test_text_quoted_by_a_dumper_reads_back_equal(texts: list[str], style: str, unicode: bool) -> None:
    dumped = yaml.dump({"k": texts}, default_style=style, allow_unicode=unicode, width=10_000)
    assert tree(dumped) == {"k": texts}


@settings(max_examples=often(500), deadline=None)
@given(st.dictionaries(PRINTABLE.filter(bool), PRINTABLE, max_size=4))
def test_what_a_dumper_leaves_plain_reads_back_as_the_same_text(texts: dict[str, str]) -> None:
    dumped = yaml.dump(texts, allow_unicode=True, width=10_000, Dumper=yaml.CSafeDumper)
    assume(not re.search(lexical.CONFLICT, dumped))
    assert tree(dumped) == texts


def test_limits_are_those_of_the_contract() -> None:
    assert (lexical.BYTE_LIMIT, events.SCALAR_LIMIT, events.DEPTH_LIMIT) == (10 * 2**20, 2**20, 50)
