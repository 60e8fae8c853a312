"""Months, weekdays and years as people say them, in names and short ones."""

from __future__ import annotations

import re

from pmkit.model.dates import DAYS, MONTHS


def is_plural(said: str) -> bool:
    """`mondays`, `weekends`: every one of them; `tues` is Tuesday."""
    return bool(re.search(r"(?:day|week ?end|mon|wed|thu|fri|sat|sun)s$", said.strip(), re.IGNORECASE))


def lies_within(start: tuple[int, int], day: tuple[int, int], end: tuple[int, int]) -> bool:
    """Whether a month and day lie between two, over the end of the year too."""
    return start <= day <= end if start <= end else day >= start or day <= end


def year_of(said: str | None) -> int:
    """A year of four or two figures; 0 where none was said."""
    return 0 if not said else int(said) + 2000 * (len(said) == 2)


def month_of(said: str) -> int:
    """The month that a name or its beginning means, January being 1."""
    return next(n for n, month in enumerate(MONTHS, 1) if month[:3].lower() == said.lower()[:3])


def weekday_of(said: str) -> int:
    """The weekday that a name or its beginning means, Monday being 0."""
    return next(n for n, day in enumerate(DAYS) if day[:3].lower() == said.lower()[:3])


def weekdays_of(found: re.Match[str]) -> set[int]:
    """The weekdays from `a` to `b`, over Sunday too; `a` alone where nothing follows."""
    first, last = weekday_of(found["a"]), weekday_of(found["b"] or found["a"])
    return {(first + n) % 7 for n in range((last - first) % 7 + 1)}
