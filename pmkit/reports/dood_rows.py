"""What a day out of days is made of: columns of dates, rows of codes, counts and the legend."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pmkit.reports.basis import Basis


@dataclass(frozen=True, slots=True)
class Day:
    """A column: a date with the numbers of the days the units shoot on it, and what else it is.

    `numbers` are words of the prompt (`4`, `second:2`). `off` is a day off of the company,
    `holiday` one of the production's, `week` the first column of a week, `month` its name where
    it begins.
    """

    date: date
    weekday: int
    numbers: tuple[str, ...]
    off: bool
    holiday: bool
    week: bool
    month: bool
    working: int


@dataclass(frozen=True, slots=True)
class Out:
    """A row: a code for each column, then the counts.

    `kinds` says how each cell is set: `end` (start, finish, drop, pick-up), `work`, `hold`,
    `holiday`, `event` or nothing. `rehearse` are rehearsals, fittings and other events that are
    no travel.
    """

    number: str
    name: str
    performer: str
    codes: tuple[str, ...]
    kinds: tuple[str, ...]
    start: date
    finish: date
    work: int
    hold: int
    travel: int
    rehearse: int
    holiday: int
    drop: int
    total: int
    rule: str


@dataclass(frozen=True, slots=True)
class Sum:
    """The counts of all rows."""

    work: int
    hold: int
    travel: int
    rehearse: int
    holiday: int
    drop: int
    total: int


@dataclass(frozen=True, slots=True)
class Code:
    """A code of the table and what it means."""

    code: str
    meaning: str


@dataclass(frozen=True, slots=True)
class DayOutOfDays:
    """The day out of days of a category: columns of dates, rows, totals, legend and the rule of counting.

    Every date of the shoot is a column, and before and after it each on which somebody has an
    event. Who is never scheduled has no row and stands among the `unscheduled`.
    """

    heading: str
    category: str
    name: str
    basis: Basis
    days: tuple[Day, ...]
    rows: tuple[Out, ...]
    sum: Sum
    legend: tuple[Code, ...]
    rule: str
    unscheduled: tuple[str, ...]
