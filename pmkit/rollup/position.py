"""Where one account stands at the end of a period: the eleven figures of a row of the cost report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from pmkit.model.budget import Budget, Period
from pmkit.model.frozen import frozen
from pmkit.model.ledger import EfcChange, LedgerRow, sums_of
from pmkit.model.money import amount_of, half_up
from pmkit.model.production import Production
from pmkit.problems import Place
from pmkit.rollup.account_papers import changes_so_far, rows_to
from pmkit.rollup.commitments import OrderState, commitments, to_minor
from pmkit.rollup.exchange import exchange
from pmkit.rollup.figure import Figure
from pmkit.rollup.order_lines import Quantities
from pmkit.rollup.periods import INSIDE, Periods
from pmkit.rollup.totals import Money


@frozen
class Position:
    """Where a row of the report stands: its eleven figures, each knowing its origin."""

    budget: Money
    overages: Money
    revised: Money
    period: Money
    to_date: Money
    commitments: Money
    total: Money
    etc: Money
    efc: Money
    variance: Money
    change: Money

    @property
    def standing(self) -> str:
        """OVER, UNDER or nothing, whatever the sign of the variance means here."""
        return _word(self.efc.value - self.revised.value, "OVER", "UNDER")


class _Spent:
    """What the ledger has on one account, in minor units: before the period and in it, accruals apart."""

    __slots__ = ("accrued_before", "accrued_inside", "before", "inside")

    def __init__(self) -> None:
        self.before = self.inside = self.accrued_before = self.accrued_inside = 0


class Positions:
    """Works out the position of any account to the end of a period; the ledger is gone over once."""

    def __init__(self, production: Production, period: Period | None, account: str) -> None:
        self.production = production
        self.period = period
        self.asked = account
        self.periods = Periods(production.periods)
        self.budget = production.budget or Budget()
        self.settings = self.budget.cost_report
        self.spent = self._ledger()
        self.estimated: dict[str, list[Money]] = {}
        self.estimated_now: dict[str, list[Money]] = {}  # those of the period itself
        if self.settings.payroll_accruals:
            self._payroll()
        end = period.to if period is not None else None
        start = period.from_ - dt.timedelta(days=1) if period is not None else dt.date.min
        rates, quantity = exchange(production), Quantities(production)
        self.open_now = _by_account(commitments(production.orders, rates, end, quantity))
        self.open_before = _by_account(commitments(production.orders, rates, start, quantity))
        self.changes: dict[str, list[EfcChange]] = {}
        for change in production.efc_changes:
            self.changes.setdefault(change.account, []).append(change)
        self.end, self.start = end, start

    def _payroll(self) -> None:
        """Payroll that is not in, as accruals of the period it is for."""
        from pmkit.rollup.payroll_accruals import payroll_accruals  # for those who ask for it

        for found in payroll_accruals(self.production, self.period, exchange(self.production)):
            spent = self.spent.setdefault(found.account, _Spent())
            cents = to_minor(found.amount.value)
            if self.period is None or found.period.number == self.period.number:
                spent.accrued_inside += cents
                self.estimated_now.setdefault(found.account, []).append(found.amount)
            else:
                spent.accrued_before += cents
            self.estimated.setdefault(found.account, []).append(found.amount)

    def used(self) -> set[str]:
        """Every account that has a cost, an order, an EFC change or an overage."""
        return {*self.spent, *self.open_now, *self.changes, *(o.account for o in self.budget.overages)}

    def _ledger(self) -> dict[str, _Spent]:
        """What the ledger comes to on each account, each day and kind of row placed once."""
        spent: dict[str, _Spent] = {}
        placed: dict[tuple[str, dt.date], int] = {}
        for (account, number, posted, kind), cost in sums_of(self.production.ledger).items():
            if account in self.production.balance:
                continue  # bank, floats and tax are no cost
            at = placed.get((number, posted))
            if at is None:
                at = placed[number, posted] = self.periods.place(self.period, number, posted)
            if not at:
                continue
            found = spent.setdefault(account, _Spent())
            if kind == "accrual":
                if at == INSIDE:
                    found.accrued_inside += cost
                else:
                    found.accrued_before += cost
            elif at == INSIDE:
                found.inside += cost
            else:
                found.before += cost
        return spent

    def of(self, key: str, budgeted: Money | None) -> Position:
        """The eleven figures of an account, or of a charge by its account or name."""
        spent = self.spent.get(key, _Spent())
        apart = self.settings.accruals_in == "commitments"
        inside = spent.inside + (0 if apart else spent.accrued_inside)
        before = spent.before + (0 if apart else spent.accrued_before)
        accrued_before = spent.accrued_before if apart else 0
        accrued = accrued_before + (spent.accrued_inside if apart else 0)
        budget = Figure(
            half_up(budgeted.value) if budgeted is not None else amount_of(0),
            "the budget as locked, to the cent" if budgeted is not None else "not in the budget",
            (budgeted,) if budgeted is not None else (),
        )
        overages = self._overages(key, self.end)
        revised = _figure(budget.value + overages.value, "budget + approved overages", budget, overages)
        rows = self._rows(key, accruals=not apart)
        estimated = () if apart else tuple(self.estimated.get(key, ()))
        estimated_now = () if apart else tuple(self.estimated_now.get(key, ()))
        also, also_now = (", and payroll not yet in" if found else "" for found in (estimated, estimated_now))
        period = Figure(
            amount_of(inside),
            f"ledger rows of the period{also_now}",
            (*(f for f, at in rows if at == INSIDE), *estimated_now),
        )
        in_ledger = tuple(f for f, _ in rows)
        to_date = Figure(
            amount_of(before + inside), f"ledger rows to the end of the period{also}", in_ledger + estimated
        )
        open_ = self._open(key, accrued, apart)
        total = _figure(to_date.value + open_.value, "to date + commitments", to_date, open_)
        now = self.last_change(key, inside=True)
        efc, etc = self._estimate(now, budget, total)
        variance = self._variance(revised, efc)
        open_before = sum(cents for _, cents in self.open_before.get(key, ())) + accrued_before
        spent_before = before + open_before if self.period is not None else 0  # without periods all is since the start
        total_before = Figure(amount_of(spent_before), "total cost before the period")
        efc_before, _ = self._estimate(self.last_change(key, inside=False), budget, total_before)
        overages_before = self._overages(key, self.start)
        revised_before = _figure(
            budget.value + overages_before.value, "revised budget before the period", overages_before
        )
        before_ = self._variance(revised_before, efc_before)
        change = _figure(variance.value - before_.value, "variance now − variance at the last period's end", variance)
        return Position(budget, overages, revised, period, to_date, open_, total, etc, efc, variance, change)

    def _rows(self, key: str, accruals: bool) -> list[tuple[Money, int]]:
        """The ledger rows of the account that was asked for, as figures; of all others none are kept."""
        if key != self.asked or not key:
            return []
        return [
            (_row_figure(row), self.periods.place(self.period, row.period, row.posted))
            for row in rows_to(self.production, self.period, key)
            if (row.kind == "accrual") <= accruals
        ]

    def _open(self, key: str, accrued: int, apart: bool) -> Money:
        estimated = sum(to_minor(figure.value) for figure in self.estimated.get(key, ())) if apart else 0
        parts: list[Money] = [
            Figure(amount_of(cents), f"order {found.order.number}, not yet invoiced", (found.order.place(),))
            for found, cents in self.open_now.get(key, ())
        ]
        if apart and key == self.asked and key:
            own = rows_to(self.production, self.period, key)
            parts += [_row_figure(row) for row in own if row.kind == "accrual"]
        elif accrued:
            parts.append(Figure(amount_of(accrued - estimated), "accruals"))
        if apart:
            parts += self.estimated.get(key, ())
        orders = sum(cents for _, cents in self.open_now.get(key, ()))
        rule = "approved orders not yet invoiced" + (", and accruals" if apart else "")
        return Figure(amount_of(orders + accrued), rule, tuple(parts))

    def _overages(self, key: str, day: dt.date | None) -> Money:
        found = [o for o in self.budget.overages if o.account == key and (day is None or o.date <= day)]
        parts = tuple(
            Figure(half_up(o.amount), f"{o.date}: {o.reason}", (o.place(),) if o.node is not None else ())
            for o in found
        )
        return Figure(sum((part.value for part in parts), amount_of(0)), "approved overages", parts)

    def last_change(self, key: str, *, inside: bool) -> EfcChange | None:
        """The EFC change of an account that counts at the period's end, or before it began."""
        found = changes_so_far(self.changes.get(key, ()), self.periods, self.period, inside=inside)
        return found[-1] if found else None

    def _estimate(self, change: EfcChange | None, budget: Money, total: Money) -> tuple[Money, Money]:
        """EFC and ETC: one of them is stored, the other follows."""
        if change is None:
            efc = _figure(max(budget.value, total.value), "the budget or the total, whichever is larger", budget, total)
            return efc, _figure(efc.value - total.value, "EFC − total", efc, total)
        by = f" ({change.by})" if change.by else ""
        stored = Figure(half_up(change.amount), f"{change.date}: {change.reason}{by}", (change.place,))
        if self.settings.stored == "etc":
            return _figure(total.value + stored.value, "total + ETC", total, stored), stored
        return stored, _figure(stored.value - total.value, "EFC − total", stored, total)

    def _variance(self, revised: Money, efc: Money) -> Money:
        if self.settings.variance == "budget_minus_efc":
            return _figure(revised.value - efc.value, "revised budget − EFC", revised, efc)
        return _figure(efc.value - revised.value, "EFC − revised budget", efc, revised)


def stored_estimate(positions: Positions, account: str) -> tuple[EfcChange, Decimal, Decimal] | None:
    """The last EFC change of an account, what is spent and committed by then, and its ETC; None without a change."""
    change = positions.last_change(account, inside=True)
    if change is None:
        return None
    position = positions.of(account, None)
    return change, position.total.value, position.etc.value


def _by_account(orders: Iterable[OrderState]) -> dict[str, list[tuple[OrderState, int]]]:
    found: dict[str, list[tuple[OrderState, int]]] = {}
    for order in orders:
        for account, cents in order.remaining_by_account.items():
            if cents:
                found.setdefault(account, []).append((order, cents))
    return found


def _row_figure(row: LedgerRow) -> Money:
    about = ", ".join(word for word in (str(row.posted), row.kind, row.vendor, row.document, row.memo) if word)
    return Figure(amount_of(row.cost), about, (row.place,))


def _figure(value: Decimal, rule: str, *of: Money | Place) -> Money:
    return Figure(value, rule, of)


def _word(value: Decimal, above: str, below: str) -> str:
    return above if value > 0 else below if value < 0 else ""
