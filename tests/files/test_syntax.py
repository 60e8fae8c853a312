from __future__ import annotations

import pytest

from pmkit.files.dialect import read
from pmkit.problems import Problem


def said(text: str) -> Problem:
    root, problems = read(text.encode(), "f.yaml")
    assert root is None
    assert [p.code for p in problems] == ["syntax"]
    return problems[0]


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ("heading: INT. BAR: NIGHT\n", "1:18", 'heading: "INT. BAR: NIGHT"'),
        ("a:\n  - name: Ana: AD  # x\n", "2:14", '- name: "Ana: AD"'),
        ('a: say "x": y\n', "1:11", "a: 'say \"x\": y'"),
        ("a: @handle\n", "1:4", 'a: "@handle"'),
        ("a: %off\n", "1:4", 'a: "%off"'),
        ("a: `x`\n", "1:4", 'a: "`x`"'),
        ("- @x\n", "1:3", '- "@x"'),
        ("a: | text\n", "1:4", 'a: "| text"'),
        ("a: > text\n", "1:4", 'a: "> text"'),
        ("a: ? text\n", "1:4", 'a: "? text"'),
        ("a: ,x\n", "1:4", 'a: ",x"'),
        ("a: [INT] BAR\n", "1:9", 'a: "[INT] BAR"'),
        ("a: {x} y\n", "1:7", 'a: "{x} y"'),
        ("a: [1, 2]]\n", "1:10", 'a: "[1, 2]]"'),
        ('nick: "Bud" Smith\n', "1:12", "nick: '\"Bud\" Smith'"),
        ("nick: 'Bud' Smith\nb: 2\n", "1:12", "nick: \"'Bud' Smith\""),
        ("name: 'Tis the season\n", "1:7", 'name: "\'Tis the season"'),
        ('a: "Bud\nb: 2\n', "1:4", "close it"),
        ('a: "C:\\Users"\n', "1:9", "a: 'C:\\Users'"),
        ('a: "\\q"\n', "1:5", "a: '\\q'"),
        ("a: [1, 2\nb: 3\n", "1:4", "close it with ]"),
        ("a: {b: 1\n", "1:4", "close it with }"),
        ("a: {what: Gia, rate: 450 person: gia}\n", "1:32", "put one in: rate: 450, person: …"),
        ("a: {call: 7:00 strips: [4]}\n", "1:22", "put one in: call: 7:00, strips: …"),
        ("a: {what: Interview two: the end}\n", "1:24", '{what: "Interview two: the end"}'),
        ("a: 1\nb: [", "2:4", "close it"),
        ("a:\n  b: {c: [1, 2], d: [\n", "2:21", "close it"),
        ("a: [x, INT: BAR: NIGHT]\n", "1:16", 'a: [x, "INT: BAR: NIGHT"]'),
        ("- {move: to the gas: now}\n", "1:20", '- {move: "to the gas: now"}'),
        ("a: [a,,b]\n", "1:7", "take the comma away"),
        ("call:7:30\nwrap: 18:00\n", "1:5", "call: 7:30"),
        ("x:\n  name:Ana\n  rate: 45\n", "2:7", "name: Ana"),
        ("x: 1\nname:Ana\n", "2:5", "name: Ana"),
        ("a: - b\n", "1:4", "on a line of its own under the key: - b"),
        ("a: 1\n- b\n", "2:1", "indent the list under its key"),
        ("a:\n  b: 1\n c: 2\n", "3:2", "begin it under the key it belongs with"),
        ("x:\n  name: Ana\n\n    rate: 45\n", "4:5", "begin it under the first letter"),
        ("- a\nb: 1\n", "2:1", "dash under the other dashes"),
        ("a: |\ntext\n", "2:1", "indented under its key"),
        ("a: b\nmore\nc: 1\n", "2:1", "indented under its key"),
        ("foo\na: b\n", "1:1", "`key: value`"),
        (": x\n", "1:1", "write the key before the colon"),
        ("a: 'x\n---\ny'\n", "2:1", "indent it"),
        ("--- a: 1\n", "1:5", "next line"),
        ("{a: 1} x\n", "1:8", "`key: value`"),
    ],
)
def test_a_slip_is_named_at_its_place_with_what_to_write(text: str, place: str, hint: str) -> None:
    problem = said(text)
    assert str(problem.place) == f"f.yaml:{place}"
    assert hint in problem.hint


@pytest.mark.parametrize(
    ("text", "code", "hint"),
    [
        ("a: *.jpg\n", "alias-refused", 'a: "*.jpg"'),
        ("a: * x\n", "alias-refused", 'a: "* x"'),
        ("a: & x\n", "alias-refused", 'a: "& x"'),
        ("a: *foo\n", "alias-refused", '"*foo"'),
        ("a: !imp, x\n", "tag-refused", 'a: "!imp, x"'),
        ("a: !e!x y\n", "tag-refused", 'a: "!e!x y"'),
        ("a: 1\n%b: 2\n", "directive-refused", "quoted"),
        ("%YAML 1.1\n", "directive-refused", "quoted"),
        ("call:7:30\n", "not-a-mapping", "call: 7:30"),
    ],
)
def test_what_the_dialect_refuses_keeps_its_code_when_the_parser_stumbles_first(
    text: str, code: str, hint: str
) -> None:
    _, problems = read(text.encode(), "f.yaml")
    assert [p.code for p in problems] == [code]
    assert hint in problems[0].hint


def test_no_word_of_the_parser_reaches_a_person() -> None:
    texts = [
        "a: [",
        "a: }",
        "a: 1: 2",
        "'x",
        "? ? :",
        "a: !<x",
        "a\nb: c",
        "a: |0\n x",
        "{a: 1",
        "a: [b: c: d]",
        "- a\n b: c",
    ]
    for text in texts:
        _, problems = read(text.encode(), "f")
        for problem in problems:
            told = f"{problem.message} {problem.hint}".lower()
            assert not any(word in told for word in ("token", "scann", "parsing", "did not find", "stream", "scalar"))


def test_a_very_long_line_is_not_repeated_in_the_hint() -> None:
    assert len(said("a: " + "x: " * 10_000).hint) < 200
    assert len(said('a: "' + "x" * 10_000).hint) < 200


def test_a_quote_left_open_is_blamed_where_it_opens() -> None:
    problem = said('1:\n  synopsis: "A truck idles\n  cast: [9]\n2:\n  animals: ["Bolt, a dog"]\n')
    assert (str(problem.place), problem.message) == ("f.yaml:2:13", "this quote is never closed; it runs on to line 5")
    assert problem.hint == 'close it on its line: synopsis: "A truck idles"'


def test_a_quote_over_lines_that_is_closed_is_not_blamed() -> None:
    problem = said('a: "one\n  two"\nb: "x" y\n')
    assert str(problem.place) == "f.yaml:3:7"


def test_a_no_break_space_after_a_colon_is_named() -> None:
    problem = said("a:\n  name:\u00a0Jun Ito\n  b: 2\n")
    assert str(problem.place) == "f.yaml:2:8"
    assert (problem.message, problem.hint) == (
        "after this colon stands a no-break space, not a plain one",
        "type a plain space there: name: Jun Ito",
    )
