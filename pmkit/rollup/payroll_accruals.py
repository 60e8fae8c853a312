"""Payroll weeks that are not in yet, estimated from deals and days, until the payroll arrives.

For each open period that has begun, each deal with an account: crew for the days their units shot
while they were hired, cast for the days the day out of days pays. A day counts once a daily report
stands on or after it. `850/day` is a day's pay whatever its hours (the guarantee is within it),
`2400/week` a share of the week's working days, `45/hour` the guarantee (or the working day) at
straight time to 8 hours, one and a half to 12 and double beyond; flat and episodic deals are paid
by the contract and are not estimated. Kit is added without fringes. Fringes are the deal's own, else
those that its lines in the budget bear; ceilings that earlier weeks have used up are not known here.

What is in supersedes the estimate, see `payroll_received`; `payroll: DATE` at a period says that all
of it is in. A period that is closed keeps what was estimated then: its report stands, and payroll that
comes later, in the periods after it, takes it off again. Nothing of this is payroll.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal

from pmkit.model.budget import Budget, Line, Period
from pmkit.model.deal import Deal
from pmkit.model.money import Rate, amount_of
from pmkit.model.production import Production
from pmkit.model.record import Record
from pmkit.problems import Place
from pmkit.rollup import board
from pmkit.rollup.budget_lines import fringes_of
from pmkit.rollup.coding import Codes
from pmkit.rollup.commitments import Exchange, to_minor
from pmkit.rollup.figure import Figure
from pmkit.rollup.formula import EXACT
from pmkit.rollup.fringes import Fringes
from pmkit.rollup.payroll_received import IN, PayrollAccrual, Received
from pmkit.rollup.periods import Periods
from pmkit.rollup.posting import FRINGES, NAME, where_posted
from pmkit.rollup.spans import spans
from pmkit.rollup.totals import Money

_BANDS = ((8, Decimal(1)), (12, Decimal("1.5")), (24, Decimal(2)))


def payroll_accruals(production: Production, to: Period | None, exchange: Exchange) -> tuple[PayrollAccrual, ...]:
    """The estimates to the end of a period: those kept of closed ones, then of each open one by its deals."""
    periods = Periods(production.periods)
    shot = max((day for day, _ in production.dailies), default=None)
    until = [p for p in periods.all if to is None or p.from_ <= to.from_]
    received = Received(production, periods)
    found = [*_kept(production, periods, until, received)]
    waiting = [p for p in until if p.closed is None and p.payroll is None and shot is not None and p.from_ <= shot]
    if not waiting or shot is None:
        return tuple(found)
    worked = _Days(production, shot)
    week = Decimal(7 - len(set(production.settings.days_off))) or Decimal(7)
    fringes = _DealFringes(production, exchange)
    for period in waiting:
        at = periods.index(period.number, period.from_)
        by_account: dict[str, list[PayrollAccrual]] = {}
        weeks: dict[str, dict[str, int]] = {}
        for key, deal in production.deals.items():
            days = [day for day in worked.of(key) if period.from_ <= day <= period.to and _dealt(deal, day)]
            if not deal.account or not days or (at, deal.account) in received.typed:
                continue
            own = list(_accrued(production, period, key, deal, len(days), week, exchange, fringes))
            weeks.setdefault(deal.account, {})[key] = sum(
                to_minor(one.amount.value) for one in own if one.account == deal.account
            )
            for one in own:
                by_account.setdefault(one.account, []).append(one)
        gone = {who for account, people in weeks.items() for who in received.named((at, account), people)}
        for account, estimates in by_account.items():
            found += received.left((at, account), estimates, gone)
    return tuple(found)


def by_account(found: Iterable[PayrollAccrual]) -> dict[str, Decimal]:
    """What estimates come to on each account, in the order of their numbers."""
    sums: dict[str, Decimal] = {}
    for one in found:
        sums[one.account] = sums.get(one.account, Decimal(0)) + one.amount.value
    return {account: sums[account] for account in sorted(sums) if sums[account]}


def _kept(
    production: Production, periods: Periods, until: list[Period], received: Received
) -> Iterator[PayrollAccrual]:
    """What was estimated when the last period was closed, and what of it came in since.

    The report of the period itself is as it was; of what it had from the one before, so much stands there.
    """
    sealed = [p for p in until if p.closed is not None and p.number in production.closings]
    if not sealed:
        return
    last = sealed[-1]
    if last.payroll is not None and last is not until[-1]:
        return
    now = production.closings[last.number]
    before = production.closings[sealed[-2].number].payroll if len(sealed) > 1 else {}
    places = (now.place("payroll"),) if now.given("payroll") else ()
    for account in dict.fromkeys((*before, *now.payroll)):
        standing, earlier = now.payroll.get(account, Decimal(0)), before.get(account, Decimal(0))
        rule = f"payroll accrual, estimated when period {last.number} was closed"
        if earlier:
            yield PayrollAccrual(account, sealed[-2], "", Figure(earlier, rule, places))
        if standing != earlier:
            yield PayrollAccrual(account, last, "", Figure(standing - earlier, rule, places))
        left = to_minor(standing)
        for period in until[until.index(last) + 1 :]:
            at = (periods.index(period.number, period.from_), account)
            paid = left if at in received.typed else min(left, received.whole(at))
            if paid > 0:
                received.earlier[at] = paid
                left -= paid
                yield PayrollAccrual(account, period, "", Figure(amount_of(-paid), IN, ()))


def _accrued(
    production: Production, period: Period, key: str, deal: Deal, days: int, week: Decimal,
    exchange: Exchange, fringes: _DealFringes,
) -> Iterator[PayrollAccrual]:  # fmt: skip
    who = production.name_of(key)
    hours = deal.guarantee if deal.guarantee is not None else production.settings.working_day.length
    if deal.rate is not None and (wage := _pay(deal.rate, days, week, int(hours), exchange)):
        rule = f"payroll accrual, {who}: {days} day{'s' if days != 1 else ''} at {deal.rate}"
        pay = Figure(wage, rule, _places(deal, "rate"))
        yield PayrollAccrual(deal.account, period, key, _cents(pay))
        unit, quantity = (
            ("week", EXACT.divide(Decimal(days), week)) if deal.rate.basis == "week" else ("day", Decimal(days))
        )
        for account, amount in fringes.on(key, deal, unit, quantity, pay):
            yield PayrollAccrual(account, period, key, _cents(amount))
    if deal.kit is not None and (kit := _pay(deal.kit, days, week, int(hours), exchange)):
        kit = min(kit, deal.kit_cap) if deal.kit_cap is not None else kit
        rule = f"payroll accrual, {who}: kit, {days} day{'s' if days != 1 else ''} at {deal.kit}"
        yield PayrollAccrual(deal.account, period, key, _cents(Figure(kit, rule, _places(deal, "kit"))))


def _pay(rate: Rate, days: int, week: Decimal, minutes: int, exchange: Exchange) -> Decimal:
    """What a rate comes to for so many days; nothing for a rate that is not paid by time."""
    times = {
        "day": Decimal(days),
        "week": EXACT.divide(Decimal(days), week),
        "hour": EXACT.multiply(Decimal(days), pay_hours(minutes)),
    }.get(rate.basis, Decimal(0))
    return EXACT.multiply(EXACT.multiply(rate.amount, times), exchange(rate.currency) or Decimal(0))


def pay_hours(minutes: int) -> Decimal:
    """The hours that a day of so many minutes pays: to 8 as they are, to 12 one and a half, then double."""
    hours, paid, before = Decimal(minutes) / 60, Decimal(0), 0
    for until, times in _BANDS:
        paid += max(Decimal(0), min(hours, Decimal(until)) - before) * times
        before = until
    return paid


def _dealt(deal: Deal, day: dt.date) -> bool:
    return not ((deal.from_ and day < deal.from_) or (deal.to and day > deal.to))


class _Days:
    """The days that each person of a deal has worked or is paid for, to the last day that was shot."""

    def __init__(self, production: Production, shot: dt.date) -> None:
        self.production = production
        self.units: dict[str, set[dt.date]] = {}
        for numbered in board.all_days(production):
            self.units.setdefault(numbered.unit, set()).add(numbered.date)
        for day, unit in production.dailies:
            self.units.setdefault(unit, set()).add(day)
        self.units = {unit: {day for day in days if day <= shot} for unit, days in self.units.items()}
        self.paid = {number: [d for d in span.codes if d <= shot] for number, span in spans(production).items()}

    def of(self, key: str) -> Iterable[dt.date]:
        """The days of a deal's person, in order."""
        member = self.production.cast_by_id.get(key)
        if member is not None:
            return self.paid.get(member.number, ())
        if key not in self.production.hires:
            return ()
        hire = self.production.hires[key][1]
        days = {day for unit, shot in self.units.items() if hire.works_with(unit) for day in shot}
        off = hire.off
        return sorted(day for day in days if hire.on(day) and not any(day in stretch for stretch in off))


class _DealFringes:
    """The fringes on a deal's pay: its own, else those of its lines in the budget."""

    def __init__(self, production: Production, exchange: Exchange) -> None:
        self.production = production
        self.budget = production.budget or Budget()
        self.exchange = exchange
        self.codes = Codes(production.budget, production.chart)

    def on(self, key: str, deal: Deal, unit: str, quantity: Decimal, pay: Money) -> Iterator[tuple[str, Money]]:
        """Each fringe with the account it goes to."""
        keys = deal.fringes or self._budgeted(key, deal.account)
        line = Line(what=self.production.name_of(key), rate="0", unit=unit, fringes=keys)
        for due in Fringes(self.budget.fringes, self.exchange, units=self.budget.units).on_line(line, quantity, pay):
            if due.amount.value:
                rule = f"{due.fringe.name or due.fringe.key} on {pay.rule}"
                posted = where_posted(due.fringe, self.codes.of(deal.account), self.budget, self.codes)
                number = deal.account if posted is None else NAME if posted.number == FRINGES else posted.number
                yield number, Figure(due.amount.value, rule, (pay, *_places(due.fringe)))

    def _budgeted(self, key: str, number: str) -> tuple[str, ...]:
        account = self.budget.accounts.get(number)
        if account is None:
            return ()
        own = [line for line in account.lines if line.person == key] or account.lines
        found = (fringe for line in own for fringe in fringes_of(account, line))
        return tuple(dict.fromkeys(found if own else account.fringes))


def _places(record: Record, key: str = "") -> tuple[Place, ...]:
    return (record.place(key),) if record.node is not None else ()


def _cents(figure: Money) -> Money:
    return Figure(amount_of(to_minor(figure.value)), figure.rule, figure.of)
