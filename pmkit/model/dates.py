"""Dates and stretches of dates as typed: `2025-10-16`, `2025-11-03..2025-11-05`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from pmkit.model import clock
from pmkit.problems import Fault

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_TWO = re.compile(r"(\d{4}-\d{2}-\d{2})\s*(?:-|\N{EN DASH}|to|until|\.{3})\s*(\d{4}-\d{2}-\d{2})", re.ASCII)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
WEEKDAYS = tuple(day[:3].lower() for day in DAYS)
_LONGEST = 3700


class DateRange(NamedTuple):
    """Every day from the first to the last, both included."""

    first: date
    last: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    def days(self) -> tuple[date, ...]:
        """The days, in order."""
        return tuple(self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}..{self.last}"


def in_a_row(days: Iterable[date]) -> tuple[DateRange, ...]:
    """Dates as ranges, each as long as the dates follow each other."""
    found: list[DateRange] = []
    for day in sorted(set(days)):
        if found and (day - found[-1].last).days == 1:
            found[-1] = DateRange(found[-1].first, day)
        else:
            found.append(DateRange(day, day))
    return tuple(found)


def said(day: date) -> str:
    """A date with its weekday, `Thu 2025-10-23`: how messages and the terminal name a day."""
    return f"{DAYS[day.weekday()][:3]} {day.isoformat()}"


def parse(text: str) -> date | Fault:
    """A calendar date, year first."""
    typed = text.strip()
    found = _ISO.fullmatch(typed)
    if found is None:
        return Fault(f"{typed[:40] or 'nothing'} is not a date", _meant(typed), "bad-date")
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return Fault(f"{typed} is not in the calendar", "that month has no such day", "bad-date")


def _meant(typed: str) -> str:
    """What to write instead, as far as a slip of the hand leaves no doubt."""
    hint = "write year-month-day: 2025-10-16"
    if "," in typed and _ISO.match(typed):
        return f"several dates stand in brackets: [{typed[:60]}]"
    if found := re.fullmatch(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})", typed, re.ASCII):
        year, month, day = (int(part) for part in found.groups())
    elif found := re.fullmatch(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})", typed, re.ASCII):
        first, second, year = (int(part) for part in found.groups())
        if first <= 12 and second <= 12 and first != second:
            return hint  # 10/11 is October to some and November to others
        day, month = (first, second) if second <= 12 else (second, first)
    else:
        return hint
    try:
        return f"write {date(year, month, day)}"
    except ValueError:
        return hint


def parse_range(text: str) -> DateRange | Fault:
    """A date, or two with `..` between."""
    first_text, dots, last_text = text.partition("..")
    between = _TWO.fullmatch(text.strip())
    if between is not None:
        hint = f"two dots stand between: {between[1]}..{between[2]}"
        return Fault(f"{text.strip()[:40]} is not a stretch of dates", hint, "bad-date")
    first = parse(first_text)
    if isinstance(first, Fault):
        return first
    last = parse(last_text) if dots else first
    if isinstance(last, Fault):
        return last
    if last < first:
        return Fault(f"{text.strip()} ends before it begins", "the earlier date comes first", "bad-date")
    if (last - first).days > _LONGEST:
        return Fault(f"{text.strip()} is longer than ten years", "is a year mistyped?", "bad-date")
    return DateRange(first, last)


def parse_moment(text: str) -> datetime | Fault:
    """A date and time in the production's zone, `2025-10-17 18:00`; a date alone is its last minute."""
    day_text, _, clock_text = text.strip().partition(" ")
    day = parse(day_text)
    if isinstance(day, Fault):
        hint = "write 2025-10-17 18:00" if clock_text else day.hint
        return Fault(f"{text.strip()[:40] or 'nothing'} is not a date and time", hint, "bad-date")
    when = clock.parse(clock_text) if clock_text else clock.Clock(clock.DAY - 1)
    if isinstance(when, Fault):
        return when
    return datetime(day.year, day.month, day.day) + timedelta(minutes=when)


def parse_weekday(text: str) -> int | Fault:
    """A weekday by its first three letters; Monday is 0."""
    typed = text.strip().lower()
    for number, day in enumerate(DAYS):
        if typed in (WEEKDAYS[number], day.lower()):
            return number
    return Fault(f"{text.strip()[:40]} is not a day of the week", "write mon, tue, wed, thu, fri, sat, sun", "bad-date")
