"""Columns of plain text: padded by what a terminal shows, where a Chinese character is two wide."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pmkit.model.patterns import pattern
from pmkit.render import filters

WIDTH = 92
# Letters, dashes, quotes and signs that take one column each, so that nobody loads tables for a dash.
_NARROW = pattern("[ -~\xa1-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u2200-\u22ff]*")


def width(text: str) -> int:
    """How many columns a line takes."""
    if _NARROW.fullmatch(text):
        return len(text)
    from wcwidth import wcswidth  # its tables are for text that needs them

    return max(0, wcswidth(text))


def left(value: object, wide: int) -> str:
    """Text on one line, filled up to a width; longer text stays whole and is followed by a space."""
    text = filters.line(str(value))
    return text + " " * max(1, wide - width(text))


def right(value: object, wide: int) -> str:
    """Text on one line, moved to the right end of a width."""
    text = filters.line(str(value))
    return " " * max(0, wide - width(text)) + text


def across(first: object, last: object, wide: int = WIDTH) -> str:
    """Two texts at both ends of a line."""
    return left(first, wide - width(filters.line(str(last)))) + filters.line(str(last))


def widest(values: Iterable[object], least: int = 0, most: int = 40) -> int:
    """The width of the widest text of a column, within bounds, with two columns between."""
    return max([least, *(min(most, width(filters.line(str(value)))) for value in values)]) + 2


def wrapped(value: object, indent: int = 0, wide: int = WIDTH) -> str:
    """Text over several lines, each but the first begun so many columns to the right."""
    text, room = filters.line(str(value)), max(20, wide - indent)
    if len(text) <= room and text == " ".join(text.split()):
        return text
    import textwrap

    lines = textwrap.wrap(text, room, break_long_words=False, break_on_hyphens=False)
    return ("\n" + " " * indent).join(lines)


def rule(wide: int = WIDTH) -> str:
    """A line across the page."""
    return "-" * wide


def tidy(page: str) -> str:
    """A page without blanks at the ends of its lines, and never two empty lines in a row."""
    lines = [line.rstrip() for line in page.split("\n")]
    kept = [line for n, line in enumerate(lines) if line or (n and lines[n - 1])]
    return "\n".join(kept)


def named() -> dict[str, Any]:
    """What a text template may lay out with."""
    return {
        "left": left,
        "right": right,
        "across": across,
        "widest": widest,
        "wrapped": wrapped,
        "rule": rule,
        "wide": WIDTH,
    }
