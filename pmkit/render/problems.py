"""Problems as a person, a program or GitHub reads them.

Nothing from the folder can move the cursor, colour the terminal or forge a line: control and
direction characters of data are dropped, or shown as U+FFFD in the quoted line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from pmkit.problems import Place, Problem, in_order
from pmkit.render import filters

Lines = Callable[[str, int], str | None]

VERSION = 1
TAB = 4
WINDOW = 110  # characters of a quoted line shown, and how many of them stand before the caret at most
BEFORE = 60
SHOWN_BY_GITHUB = 10
_UNPRINTED = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)
_COLOURS = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "bold": "\x1b[1m", "dim": "\x1b[2m"}
_RESET = "\x1b[0m"


def text(problems: Iterable[Problem], lines: Lines, colour: bool = False) -> str:
    """All problems with the original line and a caret, and the summary; nothing when there are none.

    `lines` gives a file's line by its number from one, without its end, or None when it has no
    such line.
    """
    paint = _painted if colour else _plain
    said = in_order(problems)
    parts = [_one(problem, lines, paint) for problem in said]
    return "\n".join([*parts, summary(said)]) + "\n" if said else ""


def summary(problems: Iterable[Problem]) -> str:
    """The last line: `3 errors, 1 warning in 2 files.`"""
    said = list(problems)
    errors, warnings = _counts(said)
    files = len({problem.place.file for problem in said if problem.place.file})
    counted = [_plural(count, word) for count, word in ((errors, "error"), (warnings, "warning")) if count]
    where = f" in {_plural(files, 'file')}" if files else ""
    return f"{', '.join(counted) or 'no problems'}{where}."


def github(problems: Iterable[Problem]) -> str:
    """Workflow commands that GitHub turns into annotations, errors first.

    GitHub shows ten of a kind for a step, so the last line says how many there are.
    """
    said = sorted(in_order(problems), key=lambda problem: problem.severity != "error")
    if not said:
        return ""
    total = summary(said)
    if max(_counts(said)) > SHOWN_BY_GITHUB:
        total += f" GitHub shows the first {SHOWN_BY_GITHUB} of a kind; the log has them all."
    return "".join(_annotation(problem) for problem in said) + f"::notice title=pmkit::{_data(total)}\n"


def as_json(problems: Iterable[Problem]) -> str:
    """Every field of every problem, and the counts, as one versioned object."""
    said = in_order(problems)
    errors, warnings = _counts(said)
    rows = [
        {
            "code": problem.code,
            "severity": problem.severity,
            "file": problem.place.file,
            "line": problem.place.line,
            "column": problem.place.column,
            "length": problem.place.length,
            "message": problem.message,
            "hint": problem.hint,
        }
        for problem in said
    ]
    body = {"pmkit": VERSION, "problems": rows, "errors": errors, "warnings": warnings}
    import json

    return filters.escaped(json.dumps(body, ensure_ascii=False, indent=2)) + "\n"


def _one(problem: Problem, lines: Lines, paint: Callable[[str, str], str]) -> str:
    place = problem.place
    where = f"{filters.line(str(place))}: " if place.file else ""
    severity = paint(problem.severity, f"{problem.severity}:")
    message = paint("bold", filters.line(problem.message))
    rows = [f"{where}{severity} {message} {paint('dim', f'[{problem.code}]')}"]
    line = lines(place.file, place.line) if place.line > 0 else None
    if line is not None:
        gutter = f"  {place.line} | "
        shown, caret = _quoted(line, place)
        rows.append((paint("dim", gutter) + shown).rstrip())
        if caret:
            margin = f"{' ' * (len(gutter) - 2)}| "
            rows.append(
                paint("dim", margin) + " " * (len(caret) - len(caret.lstrip())) + paint("error", caret.lstrip())
            )
    if problem.hint:
        rows.append(f"  hint: {filters.line(problem.hint)}")
    return "\n".join(rows) + "\n"


def _quoted(line: str, place: Place) -> tuple[str, str]:
    """The line as it is shown, cut to a window, and the caret run for under it ("" for a whole line)."""
    line = _UNPRINTED.sub("\ufffd", line.rstrip("\r\n"))
    begin = max(place.column - 1, 0)
    start = max(0, begin - BEFORE) if len(line) > WINDOW else 0
    stop = start + WINDOW
    shown, before, cut = line[start:stop], line[start:begin], "…" if start else ""
    under = line[begin : min(begin + place.length, stop)]
    head = _expanded(before)
    if not place.column or begin > len(line):
        caret = ""
    else:
        until = _expanded(before + under)
        caret = " " * (_width(head) + len(cut)) + "^" * max(_width(until) - _width(head), 1)
    return cut + _expanded(shown) + ("…" if stop < len(line) else ""), caret


def _expanded(line: str) -> str:
    """Tabs as spaces up to the next stop, counted in columns of the terminal."""
    if "\t" not in line:
        return line
    pieces = line.split("\t")
    out = pieces[0]
    for piece in pieces[1:]:
        out += " " * (TAB - _width(out) % TAB) + piece
    return out


def _width(shown: str) -> int:
    if shown.isascii():
        return len(shown)
    from wcwidth import wcswidth  # 25 ms to import: not for folders that need no more than ASCII

    return max(wcswidth(shown), 0)


def _annotation(problem: Problem) -> str:
    place = problem.place
    properties = {"file": place.file} if place.file else {}
    if place.line:
        properties["line"] = str(place.line)
        if place.column:
            properties["col"] = str(place.column)
            if place.length > 1:
                properties["endColumn"] = str(place.column + place.length)
    properties["title"] = problem.code
    said = problem.message + (f"\nhint: {problem.hint}" if problem.hint else "")
    named = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{problem.severity} {named}::{_data(said)}\n"


def _data(value: str) -> str:
    printed = "\n".join(filters.line(row) for row in value.split("\n"))
    return printed.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(filters.line(value)).replace(":", "%3A").replace(",", "%2C")


def _counts(problems: list[Problem]) -> tuple[int, int]:
    errors = sum(problem.severity == "error" for problem in problems)
    return errors, len(problems) - errors


def _plural(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _plain(style: str, shown: str) -> str:
    return shown


def _painted(style: str, shown: str) -> str:
    return f"{_COLOURS[style]}{shown}{_RESET}" if shown else ""
