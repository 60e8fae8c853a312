"""Scene numbers: text, kept as typed, compared without regard to case, sorted as on a board."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"([A-Z]*)(\d+)(.*)")
SortKey = tuple[int, int, int, int, str, str]


def same(text: str) -> str:
    """The form by which two typings of a scene number are one: `12a` is `12A`."""
    return text.strip().upper()


def sort_key(text: str) -> SortKey:
    """Board order: `A12 < B12 < 12 < 12A < 12AA < 12B < 13`; what has no figure comes last.

    An episode's scenes (`101-12A`) sort by episode, then by scene.
    """
    number = same(text)
    episode, dash, rest = number.partition("-")
    if dash and episode.isascii() and episode.isdigit() and rest[:1].isalnum():
        inner = sort_key(rest)
        return (inner[0], int(episode[:18]), *inner[2:])
    found = _NUMBER.fullmatch(number)
    if found is None:
        return (1, 0, 0, 0, number, number)
    prefix, figures, suffix = found.groups()
    # Before the plain number stand its prefixed ones, ranked by their letters; A12A stands before 12A.
    order = f"{0 if prefix else 1} {number}"
    return (0, 0, int(figures[:18]), 0 if prefix and not suffix else 1, suffix or prefix, order)
