"""The phases of a production on the calendar: prep, shoot, wrap and post, as working days.

The shoot is what the board says. Prep runs from the first accounting period, or the first thing on
the calendar, to the first shooting day; wrap to the last thing on the calendar, else for two weeks;
post for twenty weeks after the shoot. private/cashflow.yaml says otherwise where it says anything.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from datetime import date, timedelta

from pmkit.model.cashflow import Cashflow
from pmkit.model.dates import DateRange
from pmkit.model.frozen import frozen
from pmkit.model.ledger import sums_of
from pmkit.model.production import Production
from pmkit.rollup import board

Days = tuple[date, ...]
PREP_WEEKS, WRAP_WEEKS, POST_WEEKS = 6, 2, 20


@frozen
class Phases:
    """The days of each phase in order; `shoot` are the shooting days of all units, each date once.

    Each has at least one day, so that what falls into it falls somewhere.
    """

    prep: Days
    shoot: Days
    wrap: Days
    post: Days

    def of(self, phase: str) -> Days:
        """The days of a phase by its word."""
        days: Days = getattr(self, phase)
        return days

    @property
    def first(self) -> date:
        """The first day of all."""
        return min(self.prep[0], self.shoot[0])


def phases(production: Production) -> Phases:
    """The phases of a production. Without a board the accounting periods are all shoot."""
    told = production.cashflow or Cashflow()
    shoot = tuple(sorted({day.date for day in board.all_days(production)}))
    periods = sorted((p.from_, p.to) for p in production.periods.values())
    if not shoot:
        days = _from_periods(production, periods)
        return Phases(_told(told.prep, days), days, _told(told.wrap, days[-1:]), _told(told.post, days[-1:]))
    first, last = shoot[0], shoot[-1]
    calendar = sorted(day for stretch in production.calendar for day in (stretch.first, stretch.last))
    starts = [day for day in (*(p[0] for p in periods[:1]), *calendar[:1]) if day < first]
    start = min(starts, default=first - timedelta(weeks=PREP_WEEKS))
    end = max([day for day in calendar if day > last], default=last + timedelta(weeks=WRAP_WEEKS))
    after = last + timedelta(days=1)
    return Phases(
        prep=_told(told.prep, _working(production, start, first - timedelta(days=1)) or shoot[:1]),
        shoot=shoot,
        wrap=_told(told.wrap, _working(production, after, end) or shoot[-1:]),
        post=_told(told.post, _working(production, after, last + timedelta(weeks=POST_WEEKS)) or shoot[-1:]),
    )


def dated(production: Production) -> bool:
    """Whether anything says when the production is: a board, accounting periods or costs."""
    return bool(board.all_days(production) or production.periods or production.ledger)


def remaining(days: Sequence[date], after: date | None) -> Days:
    """Those of some days that are still to come."""
    return tuple(day for day in days if after is None or day > after)


def _told(stretch: DateRange | None, days: Days) -> Days:
    return stretch.days() if stretch is not None else days


def _from_periods(production: Production, periods: Sequence[tuple[date, date]]) -> Days:
    posted = sorted({alike.posted for alike in sums_of(production.ledger)}) or [dt.date(2000, 1, 1)]
    first = periods[0][0] if periods else posted[0]
    last = max((p[1] for p in periods), default=posted[-1])
    return _working(production, first, last) or (first,)


def _working(production: Production, first: date, last: date) -> Days:
    """The working days of a stretch: no weekly day off, no holiday."""
    days = DateRange(first, last).days() if first <= last else ()
    return tuple(day for day in days if not board.free(production, day))
