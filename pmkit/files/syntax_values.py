"""Stumbles in a value: brackets and quotes without their fellows, signs that text cannot begin with, escapes."""

from __future__ import annotations

import re

from pmkit.files import misread
from pmkit.files.stumble import Stumble
from pmkit.problems import Problem

QUOTE = "quote the text: "
BEGINNINGS = {
    "@": "an at sign",
    "`": "a backtick",
    "%": "a percent sign",
    "|": "an upright stroke",
    ">": "a greater-than sign",
    "]": "a closing bracket",
    "}": "a closing brace",
    ",": "a comma",
    "?": "a question mark and a space",
    "-": "a dash and a space",
}
COMMENT_OR_NOTHING = re.compile(r"\s*(\s#.*)?$")


def value(s: Stumble, row: int) -> Problem | None:
    """A value on this line that begins with a quote or bracket and does not end with its fellow."""
    line = s.lines[row]
    parts = misread.cut(line)
    first = parts.value[:1]
    if first not in ('"', "'", "[", "{") or not first:
        return None
    end = misread.closing(parts.value)
    if end < 0 or not COMMENT_OR_NOTHING.match(parts.value[end:]):
        hint = misread.advice(line)
        if first in "\"'" and parts.value[-1] == first and len(parts.value) > 2:
            hint = QUOTE + parts.with_value(misread.quoted(parts.value[1:-1]))
        what = "quote" if first in "\"'" else "bracket"
        if end < 0:
            return s.at(row, parts.at, f"this {what} is never closed", f"close it, or {hint}")
        return s.at(row, parts.at + end, f"text goes on after the closing {what}", hint)
    return None


def flow(s: Stumble) -> Problem:
    """In brackets: never closed, a comma that is missing, or a colon or text that needs quotes."""
    bracket = "{" if "mapping" in s.context else "["
    if s.from_row != s.row or s.column >= len(s.line):
        length = len(s.from_line.rstrip()) - s.from_column
        parts = misread.cut(s.from_line)
        hint = f"close it with {misread.CLOSING[bracket]}"
        if parts.at == s.from_column:
            hint += f"; text that begins with {bracket} is quoted"
        return s.there(
            f"this bracket {bracket} is never closed, or a comma is missing", hint, max(length, 1) if length < 80 else 1
        )
    apart = misread.NO_COMMA.search(s.line[: s.column]) if len(s.line) <= misread.LONG else None
    if bracket == "{" and apart:
        return s.here("a comma is missing before this key", f"put one in: {apart[1]}, {apart[2]}: …")
    meant = misread.quoted_item(s.line, s.column)
    hint = QUOTE + meant if meant else "in brackets a comma ends a value; text that holds one is quoted"
    return s.here("this text in brackets needs quotes, or a comma is missing", hint)


def _open_bracket(s: Stumble) -> tuple[int, int]:
    """The nearest bracket above that nothing closes, quotes and comments not looked at."""
    depth = 0
    for row in range(s.row, max(s.row - 200, -1), -1):
        line = s.lines[row][: s.column] if row == s.row else s.lines[row]
        line = misread.COMMENT.sub("", line)
        for column in range(len(line) - 1, -1, -1):
            sign = line[column]
            depth += (sign in "]}") - (sign in "[{")
            if depth < 0:
                return row, column
    return s.row, s.column


def flow_colon(s: Stumble) -> Problem:
    """A colon in brackets with no space after it."""
    return s.here("in brackets a space follows a colon", "put one in, or quote the text")


def beginning(s: Stumble) -> Problem:
    """A sign that text cannot begin with, or a bracket that the file ends in."""
    sign = s.line[s.column : s.column + 1]
    if not sign and not "".join(s.lines[s.row + 1 : s.row + 9]).strip():
        row, column = _open_bracket(s)
        hint = "close it where the list or mapping ends"
        comment = re.search(r"\s(#[^\s,}\]]+)[^#]*[}\]]\s*$", s.lines[row])
        if comment is not None:
            hint = f'# after a space begins a comment; quote the text: "{comment[1]}"'
        return s.at(row, column, "this bracket is never closed", hint)
    name = BEGINNINGS.get(sign, "this character")
    parts = misread.cut(s.line)
    if parts.at != s.column and not (sign == "-" and parts.at > s.column):
        hint = QUOTE + misread.quoted(s.line[s.column :].rstrip(",]} "))
        if sign in ",]}":
            return s.here(f"a value is missing before {name}", "write it, or take the comma away")
        return s.here(f"text cannot begin with {name}", hint)
    return s.here(f"text cannot begin with {name}", misread.advice(s.line))


def open_quote(s: Stumble) -> Problem:
    """A quote that is never closed."""
    hint = "close it, or " + misread.advice(s.from_line)
    return s.there("this quote is never closed", hint)


def marker(s: Stumble) -> Problem:
    """The mark of a document inside quoted text."""
    return s.here("a line of three dashes or dots stands inside quoted text", "indent it", 3)


def escape(s: Stumble) -> Problem:
    """A backslash in double quotes that means nothing."""
    parts = misread.cut(s.from_line)
    meant = parts.value[1:-1] if parts.value[:1] == '"' == parts.value[-1:] else ""
    hint = "in double quotes a backslash begins an escape; "
    hint += QUOTE + parts.with_value(misread.quoted(meant)) if meant else "use single quotes"
    return s.here("this backslash is not an escape that is known", hint)


def block(s: Stumble) -> Problem:
    """A stroke or greater-than sign that begins a block of text and was meant as text."""
    sign = s.from_line[s.from_column : s.from_column + 1]
    hint = misread.advice(s.from_line)
    return s.there(f"text cannot begin with {BEGINNINGS.get(sign, 'this character')}", hint)
