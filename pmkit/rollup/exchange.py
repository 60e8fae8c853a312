"""Exchange variance: what costs in another currency came to, against what they would have at the budget's rate.

Each ledger row costs its amount at its own rate; the budget has one rate a currency. What lies
between is nobody's overspending, so a report can tell it apart. A currency without a budget rate
has no variance.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from pmkit.model.budget import Period
from pmkit.model.frozen import frozen
from pmkit.model.ledger import Foreign, Ledger
from pmkit.model.money import amount_of
from pmkit.model.production import Production
from pmkit.rollup.commitments import Exchange, to_minor
from pmkit.rollup.figure import Figure
from pmkit.rollup.formula import EXACT
from pmkit.rollup.periods import BEFORE, Periods
from pmkit.rollup.totals import Money


@frozen
class ExchangeVariance:
    """An account's costs in one currency: the amount in it, its cost, its cost at the budget's rate, the difference.

    `variance` is positive where the costs came to more than at the budget's rate.
    """

    account: str
    currency: str
    amount: Decimal
    rate: Decimal
    cost: Money
    at_budget: Money
    variance: Money


def exchange(production: Production) -> Exchange:
    """What one of a currency is in the production's, by the budget's rates."""
    own, budget = production.settings.currency, production.budget
    rates: Mapping[str, Decimal] = budget.currencies if budget is not None else {}
    return lambda currency: Decimal(1) if currency in ("", own) else rates.get(currency)


def exchange_variances(production: Production, period: Period | None) -> tuple[ExchangeVariance, ...]:
    """The exchange variances to the end of a period, by account and currency in their order."""
    rates = production.budget.currencies if production.budget is not None else {}
    periods = Periods(production.periods)
    sums: dict[tuple[str, str], tuple[int, Decimal]] = {}
    for key, (cost, net) in _foreign(production).items():
        if key.account in production.balance or key.currency not in rates:
            continue
        if period is None or _counts(periods, period, key.period, key.posted):
            before, so_far = sums.get((key.account, key.currency), (0, Decimal(0)))
            sums[key.account, key.currency] = before + cost, EXACT.add(so_far, net)
    found = []
    for (account, currency), (cents, net) in sorted(sums.items()):
        rate = rates[currency]
        spent = Figure(amount_of(cents), f"{net:,f} {currency} at the rates of the day")
        worth = amount_of(to_minor(EXACT.multiply(net, rate)))
        budgeted = Figure(worth, f"{net:,f} {currency} at the budget's {rate:f}")
        variance = Figure(spent.value - worth, "cost − cost at the budget's rate", (spent, budgeted))
        found.append(ExchangeVariance(account, currency, net, rate, spent, budgeted, variance))
    return tuple(found)


def _foreign(production: Production) -> dict[Foreign, tuple[int, Decimal]]:
    ledger = production.ledger
    whole = ledger if isinstance(ledger, Ledger) else Ledger.of(ledger, production.settings.currency)
    return dict(whole.foreign)


def _counts(periods: Periods, period: Period, number: str, day: dt.date) -> bool:
    return periods.place(period, number, day) >= BEFORE
