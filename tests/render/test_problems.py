from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, strategies as st
from wcwidth import wcswidth

from pmkit.problems import Place, Problem, Severity
from pmkit.render import problems as render

FILES = {
    "breakdown.yaml": ["scenes:"] * 13 + ["  cast: [1, 12]"],
    "names.yaml": [
        'name: 李雷, "boss"',
        "name: Zoe\u0308 Wong",
        "\ta:\tb",
        "x\x1b[31m\u202ey",
        "k: " + "word " * 60 + "BAD " + "z" * 200,
        "",
    ],
}


def line(file: str, number: int) -> str | None:
    rows = FILES.get(file, [])
    return rows[number - 1] if 0 < number <= len(rows) else None


def problem(file: str, row: int, column: int, length: int, severity: Severity = "error", **words: str) -> Problem:
    place = Place(file, row, column, length)
    return Problem(
        words.get("code", "some-code"), place, words.get("message", "is wrong"), words.get("hint", ""), severity
    )


def test_the_whole_of_a_listing() -> None:
    listing = render.text(
        [
            problem("z.yaml", 0, 0, 0, "warning", message="has no owner line", code="no-owner"),
            problem(
                "breakdown.yaml",
                14,
                13,
                2,
                message="no cast member is number 12",
                code="unknown-cast",
                hint="cast.yaml has 1 to 9; did you mean 2 (JUNE, cast.yaml:21)?",
            ),
        ],
        line,
    )
    assert listing == (
        "breakdown.yaml:14:13: error: no cast member is number 12 [unknown-cast]\n"
        "  14 |   cast: [1, 12]\n"
        "     |             ^^\n"
        "  hint: cast.yaml has 1 to 9; did you mean 2 (JUNE, cast.yaml:21)?\n"
        "\n"
        "z.yaml: warning: has no owner line [no-owner]\n"
        "\n"
        "1 error, 1 warning in 2 files.\n"
    )


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((3, 1, 2), "3 errors, 1 warning in 2 files."),
        ((1, 0, 1), "1 error in 1 file."),
        ((0, 2, 1), "2 warnings in 1 file."),
    ],
)
def test_the_summary_counts(counts: tuple[int, int, int], said: str) -> None:
    errors, warnings, files = counts
    made = [problem(f"{n % files}.yaml", n, 0, 0) for n in range(errors)]
    made += [problem(f"{n % files}.yaml", n, 0, 0, "warning") for n in range(warnings)]
    assert render.summary(made) == said


def test_nothing_wrong_says_nothing() -> None:
    assert render.text([], line) == render.github([]) == ""


def under(row: int, column: int, length: int) -> str:
    """What of the shown line stands over the caret run, by columns of the terminal."""
    shown, carets = render.text([problem("names.yaml", row, column, length)], line).split("\n")[1:3]
    begin, end = carets.index("^"), len(carets)
    return "".join(shown[n] for n in range(len(shown)) if begin <= wcswidth(shown[: n + 1]) - 1 < end).strip()


@pytest.mark.parametrize(
    ("row", "column", "length", "said"),
    [
        (1, 1, 4, "name"),
        (1, 8, 1, "雷"),
        (1, 11, 6, '"boss"'),
        (2, 12, 4, "Wong"),
        (3, 2, 1, "a"),
        (3, 5, 1, "b"),
        (4, 8, 1, "y"),
        (5, 304, 3, "BAD"),
    ],
)
def test_the_caret_stands_under_what_it_means(row: int, column: int, length: int, said: str) -> None:
    assert under(row, column, length) == said


def test_a_long_line_is_cut_to_a_window() -> None:
    shown = render.text([problem("names.yaml", 5, 304, 3)], line).split("\n")[1]
    assert shown.startswith("  5 | …") and shown.endswith("…")
    assert len(shown) < 130


def test_a_caret_run_does_not_outgrow_its_line() -> None:
    carets = render.text([problem("names.yaml", 1, 11, 500)], line).split("\n")[2]
    assert carets.count("^") == 6


def test_a_place_past_the_line_or_the_file_still_prints() -> None:
    assert render.text([problem("names.yaml", 1, 90, 2)], line).count("^") == 0
    assert render.text([problem("names.yaml", 6, 1, 1)], line).split("\n")[1:3] == ["  6 |", "    | ^"]
    assert "|" not in render.text([problem("names.yaml", 99, 1, 1)], line)
    assert "^" not in render.text([problem("names.yaml", 1, 0, 0)], line)


HOSTILE = "\x1b[2J\x07\u202ex\r\n::error::y\x85\u2028z\ud800"


def test_data_cannot_command_the_terminal_or_forge_a_line() -> None:
    bad = Problem("code", Place("a\x1b]0;\nb.yaml", 1, 1, 1), HOSTILE, HOSTILE)
    shown = render.text([bad], lambda file, number: HOSTILE)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\ud800-\udfff]", shown)
    assert len(shown.strip().split("\n")) == 6
    annotations = render.github([bad]).strip().split("\n")
    assert len(annotations) == 2
    assert not any(row.startswith("::error::y") for row in annotations)
    shown.encode()
    render.as_json([bad]).encode()


def test_colour_only_adds_codes() -> None:
    made = [problem("breakdown.yaml", 14, 13, 2, hint="h"), problem("names.yaml", 1, 1, 4, "warning")]
    coloured = render.text(made, line, colour=True)
    assert "\x1b[1;31merror:\x1b[0m" in coloured and "\x1b[1;33mwarning:\x1b[0m" in coloured
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == render.text(made, line)


def test_github_annotations_are_escaped_and_errors_come_first() -> None:
    made = [
        problem("a.yaml", 1, 2, 1, "warning", message="w"),
        problem("b,c:d.yaml", 3, 4, 5, message="100% of\nit", hint="do: this"),
        problem("e.yaml", 0, 0, 0, message="whole"),
    ]
    assert render.github(made).split("\n") == [
        "::error file=b%2Cc%3Ad.yaml,line=3,col=4,endColumn=9,title=some-code::100%25 of%0Ait%0Ahint: do: this",
        "::error file=e.yaml,title=some-code::whole",
        "::warning file=a.yaml,line=1,col=2,title=some-code::w",
        "::notice title=pmkit::2 errors, 1 warning in 3 files.",
        "",
    ]


def test_github_says_the_total_when_it_shows_only_ten() -> None:
    last = render.github([problem("a.yaml", n, 1, 1) for n in range(1, 12)]).strip().split("\n")[-1]
    assert last.startswith("::notice title=pmkit::11 errors in 1 file. GitHub shows the first 10")


def test_json_holds_every_field() -> None:
    made = [problem("b.yaml", 3, 4, 5, hint="é"), problem("a.yaml", 1, 2, 1, "warning")]
    assert json.loads(render.as_json(made)) == {
        "pmkit": 1,
        "problems": [
            {
                "code": "some-code",
                "severity": severity,
                "file": file,
                "line": row,
                "column": column,
                "length": length,
                "message": "is wrong",
                "hint": hint,
            }
            for severity, file, row, column, length, hint in [
                ("warning", "a.yaml", 1, 2, 1, ""),
                ("error", "b.yaml", 3, 4, 5, "é"),
            ]
        ],
        "errors": 1,
        "warnings": 1,
    }
    assert json.loads(render.as_json([])) == {"pmkit": 1, "problems": [], "errors": 0, "warnings": 0}


@given(st.text(max_size=200), st.integers(0, 300), st.integers(0, 300), st.text(max_size=20))
def test_any_line_place_and_words_render(row: str, column: int, length: int, words: str) -> None:
    made = [Problem("c", Place("f", 1, column, length), words, words)]
    shown = render.text(made, lambda file, number: row, colour=False)
    assert "\x1b" not in shown
    shown.encode()
    assert json.loads(render.as_json(made))["problems"][0]["column"] == column
    assert render.github(made).count("\n") == 2
