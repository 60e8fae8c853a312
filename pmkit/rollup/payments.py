"""When the money leaves the bank: every part of the EFC on the day it is paid, to the cent.

- What is posted: an invoice on its day and the vendor's terms; payroll, petty cash, cards and
  journals on their day.
- Accruals, net by account and vendor: by the vendor's terms, and never before the period's end.
- Orders not yet invoiced: over the days of their rental (`from`, `to`), else the shooting days at
  the line's location, else as their account falls; then the vendor's terms. A deposit that nobody
  invoiced yet is paid at once.
- What is still to complete, and whatever else the EFC holds: as the account's budget falls
  (rollup/timing) on the days to come. Wages are paid at the end of their week and `payroll_lag`
  days; the rest after the production's own `terms`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from pmkit.model.cashflow import Cashflow, terms_in_days
from pmkit.model.dates import DateRange
from pmkit.model.order import Order, OrderLine
from pmkit.model.production import Production
from pmkit.rollup.coding import Coding, key_of
from pmkit.rollup.commitments import to_minor
from pmkit.rollup.costs import Costs
from pmkit.rollup.forecast import OVERDUE, Work, over
from pmkit.rollup.formula import Wrong
from pmkit.rollup.open_lines import open_lines
from pmkit.rollup.order_lines import Quantities, deposit, worth
from pmkit.rollup.periods import BEFORE, INSIDE, Periods
from pmkit.rollup.phases import remaining
from pmkit.rollup.timing import Part, Timing

WEEK = timedelta(days=7)
LONGEST = timedelta(days=3700)


class Payment(NamedTuple):
    """So much of an account, or of a charge by its account or name, on a day."""

    day: date
    account: str
    cents: int


class Payments:
    """Works out when each part of a cost report's EFC is paid. `unread` are vendors whose terms say no days."""

    def __init__(self, production: Production, costs: Costs) -> None:
        self.production = production
        self.costs = costs
        self.told = production.cashflow or Cashflow()
        self.timing = Timing(production, costs.budget)
        period = costs.period
        posted = [row.posted for row in production.ledger] if period is None else []
        self.end: date | None = period.to if period is not None else max(posted, default=None)
        first = min((p.from_ for p in production.periods.values()), default=None)
        self.weekday = first.weekday() if first is not None else 0
        self.unread: dict[str, str] = {}
        self._quantity = Quantities(production)

    def of_all(self) -> tuple[Payment, ...]:
        """Every payment, by day; those of an account add up to its EFC."""
        found = [*self._posted(), *self._accrued(), *self._ordered()]
        paid: dict[str, int] = {}
        for payment in found:
            paid[payment.account] = paid.get(payment.account, 0) + payment.cents
        for row in self.costs.accounts():
            key = key_of(row.coding)
            rest = to_minor(row.position.efc.value) - paid.get(key, 0)
            for work in over(rest, self.timing.parts(key, row.coding), self.end):
                found.append(Payment(self._due(work), key, work.cents))
        return _together(found)

    def week_of(self, day: date) -> date:
        """The last day of the week a day lies in; weeks begin as the first accounting period does."""
        left = (self.weekday - 1 - day.weekday()) % 7
        return later(day, left)

    def _due(self, work: Work) -> date:
        if work.pay:
            return later(self.week_of(work.day), self.told.payroll_lag)
        return later(work.day, self.told.terms)

    def _terms(self, vendor: str) -> int:
        known = self.production.vendors.get(vendor)
        if known is None or not known.terms:
            return self.told.terms
        wait = terms_in_days(known.terms)
        if wait is None:
            self.unread[vendor] = known.terms
            return self.told.terms
        return wait

    def _until_now(self) -> Iterator[tuple[str, date, str, str, int]]:
        """The ledger to the period's end, alike rows together: account, day, kind, vendor, cents."""
        periods, sums = Periods(self.production.periods), dict[tuple[str, str, date, str, str], int]()
        for row in self.production.ledger:
            if row.account in self.production.balance:
                continue  # bank, floats and tax are in no EFC
            key = (row.account, row.period, row.posted, row.kind, row.vendor)
            sums[key] = sums.get(key, 0) + row.cost
        for (account, number, day, kind, vendor), cents in sums.items():
            if periods.place(self.costs.period, number, day) in (BEFORE, INSIDE):
                yield account, day, kind, vendor, cents

    def _posted(self) -> Iterator[Payment]:
        for account, day, kind, vendor, cents in self._until_now():
            if kind != "accrual":
                wait = self._terms(vendor) if kind == "actual" else 0
                yield Payment(later(day, wait), account, cents)

    def _accrued(self) -> Iterator[Payment]:
        open_: dict[tuple[str, str], tuple[int, date]] = {}
        for account, day, kind, vendor, cents in self._until_now():
            if kind == "accrual":
                so_far, last = open_.get((account, vendor), (0, day))
                open_[account, vendor] = so_far + cents, max(last, day)
        for (account, vendor), (cents, day) in open_.items():
            if cents:
                yield Payment(self._from_now(later(day, self._terms(vendor))), account, cents)

    def _ordered(self) -> Iterator[Payment]:
        day = self.end if self.costs.period is not None else None
        for order, line, cents in open_lines(self.production, day):
            wait = self._terms(order.vendor)
            if beforehand := self._beforehand(order, cents, day):
                yield Payment(self._from_now(order.begins), line.account, beforehand)
            for work in over(cents - beforehand, self._delivery(order, line), self.end):
                yield Payment(self._from_now(later(work.day, wait)), line.account, work.cents)

    def _beforehand(self, order: Order, cents: int, day: date | None) -> int:
        """How much of what an order still commits is the deposit, which nobody has invoiced by a day, or yet."""
        invoiced = any(day is None or found.date is None or found.date <= day for found in order.invoices)
        due = deposit(order, self._quantity) if order.deposit is not None and not invoiced else None
        if due is None:
            return 0
        sums = [found for line in order.lines if not isinstance(found := worth(order, line, self._quantity), Wrong)]
        cost = sum(to_minor(found.cost) for found in sums)
        return cents * to_minor(due.net) // cost if cost else 0

    def _delivery(self, order: Order, line: OrderLine) -> tuple[Part, ...]:
        """The days on which what was ordered is used, and so invoiced."""
        begins, ends = line.from_ or order.from_, line.to or order.to
        if begins is not None or ends is not None:
            first = begins or order.date
            last = max(ends or first, first)
            days = DateRange(first, min(last, later(first, LONGEST.days))).days()
            return (Part(1, days),)
        there = self.timing.at(line.location)
        if remaining(there, self.end):
            return (Part(1, there),)
        coding = next((row.coding for row in self.costs.accounts() if key_of(row.coding) == line.account), None)
        return self.timing.parts(line.account, coding or Coding(line.account, "", "", "", "other"))

    def _from_now(self, day: date) -> date:
        """What is not paid at the period's end is paid after it, in the week that follows at the earliest."""
        return day if self.end is None else max(day, later(self.end, OVERDUE.days))


def _together(found: Iterable[Payment]) -> tuple[Payment, ...]:
    """What is paid on one account on one day is one payment."""
    sums: dict[tuple[date, str], int] = {}
    for day, account, cents in found:
        sums[day, account] = sums.get((day, account), 0) + cents
    return tuple(Payment(day, account, cents) for (day, account), cents in sorted(sums.items()) if cents)


def later(day: date, days: int) -> date:
    """A day some days later; the calendar's last where it ends before."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max


def weeks(days: Iterable[date], week_of: Payments) -> tuple[date, ...]:
    """The last days of all weeks from the first to the last of some days."""
    known = sorted(days)
    if not known:
        return ()
    found, last = [week_of.week_of(known[0])], week_of.week_of(known[-1])
    while found[-1] < last:
        found.append(later(found[-1], WEEK.days))
    return tuple(found)
