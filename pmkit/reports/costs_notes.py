"""What a cost report says below its figures: its conventions, what is missing, and what awaits a decision."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pmkit.model.budget import Period
from pmkit.model.money import amount_of, written
from pmkit.model.production import Production
from pmkit.reports.date_words import in_full
from pmkit.rollup.account_papers import in_no_period
from pmkit.rollup.commitments import state
from pmkit.rollup.contingency import drawdown
from pmkit.rollup.costs import Costs
from pmkit.rollup.exchange import exchange, exchange_variances
from pmkit.rollup.order_lines import Quantities
from pmkit.rollup.petty import outstanding


def conventions(production: Production, costs: Costs, whole: bool) -> Iterator[str]:
    """The conventions the figures follow, and what was not there."""
    if whole:
        yield f"All figures in whole {production.settings.currency}; totals are of the unrounded figures."
    if costs.settings.variance == "budget_minus_efc":
        yield "Variance = revised budget − estimated final cost; a negative in parentheses is OVER."
    else:
        yield "Variance = estimated final cost − revised budget; a negative in parentheses is UNDER."
    apart = costs.settings.accruals_in == "commitments"
    accruals = "Commitments are approved orders not yet invoiced" + (" and accruals" if apart else "")
    yield f"Est. final cost = total cost + estimate to complete. Total cost = cost to date + commitments. {accruals}."
    yield from _reopened(production, costs.period)
    yield from memo(production, costs)
    yield from contingency(costs, pressing=False)
    yield from _missing(production, costs)


def _reopened(production: Production, period: Period | None) -> Iterator[str]:
    """That a period was closed before: whoever has its report has another."""
    for found in period.reopened if period is not None else ():
        by = f" by {production.name_of(found.by)}" if found.by else ""
        assert period is not None
        yield f"Period {period.number} was closed, and opened again on {in_full(found.date)}{by}: {found.because}."


def left_out(production: Production, period: Period | None, account: str = "") -> Iterator[str]:
    """What is spent and stands in no period: the report must say that it lacks it."""
    rows = [row for row in in_no_period(production, period) if account in ("", row.account)]
    if rows:
        count = f"{len(rows)} ledger row{'s' if len(rows) > 1 else ''}"
        verb = "lie" if len(rows) > 1 else "lies"
        spent = amount_of(sum(row.cost for row in rows))
        first = min(row.posted for row in rows)
        yield f"{count} of {spent:,}, from {first} on, {verb} in no period of private/periods.yaml and in no figure here."


def attention(production: Production, costs: Costs) -> Iterator[str]:
    """What somebody has to decide."""
    yield from left_out(production, costs.period)
    yield from contingency(costs, pressing=True)
    for row in costs.accounts():
        if row.position.etc.value < 0:
            name = f"{row.coding.number} {row.coding.name}".strip()
            yield f"{name}: more is spent and committed than the stored estimate; its EFC awaits a decision."
    rates, day = exchange(production), costs.period.to if costs.period is not None else None
    quantity = Quantities(production)
    for number in sorted(production.orders):
        order = state(production.orders[number], rates, day, quantity)
        if order.overage and order.order.state in ("approved", "closed"):
            yield f"Order {number} is invoiced {written(order.overage)} above its amount."


def contingency(costs: Costs, *, pressing: bool) -> Iterator[str]:
    """How far the contingency is drawn down: to be decided on (`pressing`) from the share that the settings name on."""
    found = drawdown(costs)
    if found is None or found.told(costs.settings.contingency_warning) != pressing:
        return
    if found.left < 0:
        yield f"Contingency: all {found.of:,.2f} is drawn by what is over elsewhere, and {-found.left:,.2f} more."
    elif found.drawn:
        yield f"Contingency: {found.drawn:,.2f} of {found.of:,.2f} is drawn, {found.percent} %; {found.left:,.2f} is left."


def memo(production: Production, costs: Costs) -> Iterator[str]:
    """What stands beside the figures: payroll estimated in them, exchange in them, cash that is in none."""
    day = costs.period.to if costs.period is not None else None
    if costs.settings.payroll_accruals:
        from pmkit.rollup.payroll_accruals import payroll_accruals  # for those who ask for it

        waiting = payroll_accruals(production, costs.period, exchange(production))
        if waiting:
            by_period: dict[str, Decimal] = {}
            for one in waiting:
                by_period[one.period.number] = by_period.get(one.period.number, Decimal(0)) + one.amount.value
            weeks = ", ".join(number for number, sum_ in by_period.items() if sum_ > 0)
            worth = sum((found.amount.value for found in waiting), Decimal(0))
            where = "commitments" if costs.settings.accruals_in == "commitments" else "cost to date"
            yield f"Payroll not yet in (period {weeks}) is estimated from deals and days: {worth:,.2f} of {where}."
    variance = sum((found.variance.value for found in exchange_variances(production, costs.period)), Decimal(0))
    if variance:
        side = "more" if variance > 0 else "less"
        yield f"Exchange: costs in other currencies came to {abs(variance):,.2f} {side} than at the budget's rates."
    out = [found for found in outstanding(production, day) if found.outstanding.value > 0]
    if out:
        worth = sum((found.outstanding.value for found in out), Decimal(0))
        holders = f"{len(out)} holder{'s' if len(out) > 1 else ''}"
        yield f"Floats: {worth:,.2f} is out with {holders} and in no figure here."


def _missing(production: Production, costs: Costs) -> Iterator[str]:
    if production.budget is None:
        yield "There is no budget here (private/budget.yaml): every budget reads as nothing."
    if not production.ledger:
        yield "There are no costs here (private/costs/*.csv)."
    if costs.period is None:
        yield "There are no periods here (private/periods.yaml): the report runs to the last row of the ledger."
