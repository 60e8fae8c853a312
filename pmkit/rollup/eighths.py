"""How long a scene is on the page, where the writer's file does not say: an estimate.

A page is 55 lines of twelve-point Courier, ten letters to the inch: action 60 letters wide,
dialogue 35, what stands in brackets 25. One line is free above every element, two above a
heading. An eighth is 6 7/8 lines, and what is begun counts.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import groupby
from typing import Final, NamedTuple

from pmkit.model.pages import Eighths
from pmkit.model.screenplay import Kind, Paragraph, ScriptScene

PAGE: Final = 55
WIDTHS: Final[dict[Kind, int]] = {
    "action": 60,
    "character": 38,
    "parenthetical": 25,
    "dialogue": 35,
    "lyrics": 35,
    "transition": 60,
    "centred": 60,
    "page-break": 60,
}
# Two people speaking at once have half the page each.
BESIDE: Final = 28
_CLOSE: Final = ("parenthetical", "dialogue", "lyrics")


class Room(NamedTuple):
    """What a scene takes: its pages, reckoned, and the page it begins on."""

    pages: Eighths
    page: int


def rooms(scenes: Iterable[ScriptScene]) -> list[Room]:
    """The reckoned length and first page of each scene of a draft, in order."""
    found = []
    at = 0
    for scene in scenes:
        # Not where the page happens to break: a scene that did not change keeps its length.
        above = 2 if at else 0
        begins = at + above
        lines = above + wrapped(scene.heading, WIDTHS["action"])
        broken = 0
        for paragraphs in _together(scene.paragraphs):
            if paragraphs[0].kind == "page-break":
                broken += -(at + lines + broken) % PAGE
            else:
                lines += _height(paragraphs)
        found.append(Room(Eighths(max(1, -(-lines * 8 // PAGE))), begins // PAGE + 1))
        at += lines + broken
    return found


def wrapped(text: str, width: int) -> int:
    """How many lines some text takes in a column of so many letters; a wide letter counts for two."""
    lines = 0
    for line in text.split("\n"):
        column = 0
        lines += 1
        for word in line.split():
            size = _size(word)
            if column and column + 1 + size <= width:
                column += 1 + size
            else:
                lines += bool(column)
                column = size
            while column > width:
                lines += 1
                column -= width
    return lines


def spoken(words: Iterable[Paragraph]) -> int:
    """The lines of a speech, without what stands in brackets."""
    return sum(wrapped(one.text, WIDTHS["dialogue"]) for one in words if one.kind != "parenthetical")


def _together(paragraphs: Iterable[Paragraph]) -> Iterable[list[Paragraph]]:
    """Paragraphs one by one; those of two people speaking at once in one."""
    for beside, group in groupby(paragraphs, key=lambda one: one.column > 0):
        if beside:
            yield [*group]
        else:
            yield from ([one] for one in group)


def _height(paragraphs: list[Paragraph]) -> int:
    if not paragraphs[0].column:
        return _lines(paragraphs[0], WIDTHS[paragraphs[0].kind])
    return max(sum(_lines(one, BESIDE) for one in paragraphs if one.column == side) for side in (1, 2))


def _lines(paragraph: Paragraph, width: int) -> int:
    return wrapped(paragraph.text, width) + (paragraph.kind not in _CLOSE)


def _size(word: str) -> int:
    if word.isascii():
        return len(word)
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in word)
