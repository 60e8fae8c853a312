"""Call times, lengths of time and instants.

A `Clock` is a wall-clock time on a shooting day: minutes since midnight at the start of that
day, so that 2:30 after midnight of a night shoot is 1590 and prints `2:30 +1`. A `Length` is
minutes. Hours worked are never the difference of two clocks: they are the difference of two
instants, which know the zone and the end of daylight saving.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from pmkit.model.patterns import pattern
from pmkit.problems import Fault

DAY = 24 * 60
LATEST = 2 * DAY

_CLOCK = pattern(r"(\d{1,2})(?::(\d{2}))?\s*(a|p|am|pm|a\.m\.|p\.m\.)?\s*(\+1)?", re.IGNORECASE | re.ASCII)
_RUN = pattern(r"(\d{1,2})(\d{2})\s*(a|p|am|pm)?\s*(\+1)?", re.IGNORECASE | re.ASCII)
_LENGTH = pattern(r"(\d{1,2}):(\d{2})", re.ASCII)
_HOURS = pattern(r"(\d{1,2}(?:\.\d{1,2})?)\s*h", re.IGNORECASE | re.ASCII)
_MINUTES = pattern(r"(\d{1,3})\s*(?:m|min)", re.IGNORECASE | re.ASCII)
_EXAMPLE = "write 7:30, 7:30a, 730p, 22:30, or after midnight 26:30 or 2:30 +1"


class Clock(int):
    """A wall-clock time of a shooting day, in minutes since its first midnight (0 to 2880)."""

    def __repr__(self) -> str:
        return f"Clock({self})"

    def __str__(self) -> str:
        hours, minutes = divmod(int(self), 60)
        return f"{hours % 24:02d}:{minutes:02d}{' +1' if self >= DAY else ''}"

    def after(self, minutes: int) -> Clock:
        """This clock moved by minutes of the wall clock; negative is earlier."""
        return Clock(int(self) + minutes)


class Length(int):
    """A length of time in whole minutes; negative before, as in a pre-call of -0:30."""

    def __repr__(self) -> str:
        return f"Length({int(self)})"

    def __str__(self) -> str:
        hours, minutes = divmod(abs(int(self)), 60)
        return f"{'-' if self < 0 else ''}{hours}:{minutes:02d}"


class Offset(int):
    """A call relative to the crew call, in minutes: `-0:30` is half an hour before it."""

    def __str__(self) -> str:
        return ("+" if self >= 0 else "") + str(Length(self))


class OnCall(str):
    """A call in words: `O/C` on call, `N/A` not needed."""

    __slots__ = ()


Call = Clock | Offset | OnCall


class Span(NamedTuple):
    """From one clock to another, as a meal `13:00-13:30`; the end may be past midnight."""

    start: Clock
    end: Clock

    def __str__(self) -> str:
        return f"{self.start}-{self.end}"


def parse(text: str) -> Clock | Fault:
    """A time of day as people type it: `7:30`, `07:30`, `7:30a`, `730p`, `24:00`, `26:30`, `2:30 +1`."""
    typed = text.strip()
    found = _CLOCK.fullmatch(typed)
    if found is not None and found[2] is None and found[3] is None:
        found = None
    found = found or _RUN.fullmatch(typed)
    if found is None:
        return Fault(f"{_shown(text)} is not a time of day", _meant(typed), "bad-time")
    hours, minutes = int(found[1]), int(found[2] or 0)
    half = (found[3] or "").lower().replace(".", "")
    if half:
        if not 1 <= hours <= 12:
            return Fault(f"{_shown(text)} has an hour that a 12-hour clock does not", _EXAMPLE, "bad-time")
        hours = hours % 12 + (12 if half.startswith("p") else 0)
    if found[4]:
        if hours >= 24:
            return Fault(f"{_shown(text)} says the next day twice", _EXAMPLE, "bad-time")
        hours += 24
    if minutes > 59 or hours * 60 + minutes > LATEST:
        return Fault(f"{_shown(text)} is not a time of day", _EXAMPLE, "bad-time")
    return Clock(hours * 60 + minutes)


def parse_length(text: str) -> Length | Fault:
    """A length of time: `0:45`, `1:30`, `12h`, `1.5h`, `40 min`; exact minutes."""
    typed = text.strip()
    if found := _LENGTH.fullmatch(typed):
        if int(found[2]) <= 59:
            return Length(int(found[1]) * 60 + int(found[2]))
    elif found := _HOURS.fullmatch(typed):
        whole, _, part = found[1].partition(".")
        hundredths = int(whole) * 100 + int((part + "00")[:2])
        if hundredths * 60 % 100 == 0:
            return Length(hundredths * 60 // 100)
    elif found := _MINUTES.fullmatch(typed):
        return Length(int(found[1]))
    hint = "write hours and minutes: 0:45, 1:30, 12h"
    if re.fullmatch("[0-9]{1,3}", typed):
        hint = f"write {Length(int(typed))} for {int(typed)} minutes"
        hint += f", or {int(typed)}h for hours" if int(typed) <= 24 else ""
    return Fault(f"{_shown(text)} is not a length of time", hint, "bad-length")


def parse_call(text: str) -> Call | Fault:
    """A call: a time of day, `-0:30` against the crew call, `o/c` on call, or `n/a`."""
    typed = text.strip()
    if typed.lower() in ("o/c", "oc", "on call"):
        return OnCall("O/C")
    if typed.lower() in ("n/a", "na"):
        return OnCall("N/A")
    if typed[:1] in ("-", "+", "\N{MINUS SIGN}", "\N{EN DASH}"):
        length = parse_length(typed[1:])
        if isinstance(length, Fault):
            return Fault(
                f"{_shown(text)} is not a call", "a call against the crew call reads -0:30 or +1:00", "bad-time"
            )
        return Offset(length if typed[0] == "+" else -length)
    return parse(typed)


def parse_zone(text: str) -> str | Fault:
    """The name of a time zone, by its region and city."""
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        return Fault(f"{text[:40]} is not a time zone", "write it as America/Los_Angeles", "bad-timezone")
    return text


def parse_span(text: str) -> Span | Fault:
    """A stretch of the day, `13:00-13:30`; an end before its start is after midnight."""
    first, dash, last = text.replace("\N{EN DASH}", "-").partition("-")
    if not dash:
        return Fault(f"{_shown(text)} is not a stretch of time", "write 13:00-13:30", "bad-time")
    start, end = parse(first), parse(last)
    if isinstance(start, Fault):
        return start
    if isinstance(end, Fault):
        return end
    return Span(start, end if end >= start else Clock(end + DAY))


def instant(day: date, clock: Clock, zone: ZoneInfo) -> datetime:
    """The moment, in UTC, at which a wall clock in `zone` shows `clock` on a shooting day.

    In the hour that comes twice (the end of daylight saving) it is the first of the two; a
    time that the spring change skips is read as if the change had not come yet.
    """
    when = day + timedelta(days=clock // DAY)
    wall = datetime(when.year, when.month, when.day, clock % DAY // 60, clock % 60, tzinfo=zone)
    return wall.astimezone(UTC)


def skipped(day: date, clock: Clock, zone: ZoneInfo) -> bool:
    """Whether no wall clock in `zone` ever shows this time: it falls into the spring change."""
    back = instant(day, clock, zone).astimezone(zone)
    return back.hour * 60 + back.minute != clock % DAY


def repeated(day: date, clock: Clock, zone: ZoneInfo) -> bool:
    """Whether the wall clock shows this time twice: it falls into the end of daylight saving."""
    when = day + timedelta(days=clock // DAY)
    wall = datetime(when.year, when.month, when.day, clock % DAY // 60, clock % 60, tzinfo=zone)
    return wall.utcoffset() != wall.replace(fold=1).utcoffset() and not skipped(day, clock, zone)


def elapsed(day: date, start: Clock, end: Clock, zone: ZoneInfo) -> Length:
    """Minutes that truly pass between two clocks of a shooting day in a zone."""
    return Length((instant(day, end, zone) - instant(day, start, zone)) // timedelta(minutes=1))


def clock_of(moment: datetime, day: date, zone: ZoneInfo) -> Clock:
    """What the wall clock in `zone` shows at a moment, told from a shooting day."""
    wall = moment.astimezone(zone)
    return Clock((wall.date() - day).days * DAY + wall.hour * 60 + wall.minute)


def _meant(typed: str) -> str:
    found = re.fullmatch(r"([0-9]{1,2})[.,;h]([0-5][0-9])\s*([ap]m?)?", typed, re.IGNORECASE)
    return f"write {found[1]}:{found[2]}{found[3] or ''}" if found else _EXAMPLE


def _shown(text: str) -> str:
    return repr(text) if not text.strip() or len(text) > 60 else text.strip()
