"""Dates as people write them in a letter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from pmkit.model.dates import MONTHS


def in_words(days: Iterable[date]) -> str:
    """Dates as people write them: `10, 12–14 November`, `30 October – 2 November`, with the year when it changes."""
    stretches: list[list[date]] = []
    for day in sorted(set(days)):
        if stretches and day - stretches[-1][1] == timedelta(days=1):
            stretches[-1][1] = day
        else:
            stretches.append([day, day])
    years = len({day.year for stretch in stretches for day in stretch}) > 1
    words: list[str] = []
    for index, (first, last) in enumerate(stretches):
        following = stretches[index + 1][0] if index + 1 < len(stretches) else None
        shared = following is not None and (following.year, following.month) == (last.year, last.month)
        same = (first.year, first.month) == (last.year, last.month)
        if same and shared and following is not None and stretches[index + 1][1].month != following.month:
            shared = False  # the next stretch runs into another month and names its own
        end = str(last.day) if shared else _with_month(last, years)
        if first == last:
            words.append(end)
        elif same:
            words.append(f"{first.day}–{end}")
        else:
            words.append(f"{_with_month(first, years and first.year != last.year)} – {end}")
    return ", ".join(words)


def in_full(day: date) -> str:
    """A date with its month and year: `12 November 2025`."""
    return _with_month(day, year=True)


def _with_month(day: date, year: bool) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")
