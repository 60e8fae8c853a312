"""What is wrong with the cash flow (private/cashflow.yaml)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pmkit.model.budget import Budget
from pmkit.model.cashflow import PHASES
from pmkit.model.chart import LEVELS
from pmkit.model.production import Production
from pmkit.problems import Problem
from pmkit.rollup.coding import Codes, nearest

_CHARGE = "charge"


def unknown_spread(production: Production) -> Iterator[Problem]:
    """A spread of the cash flow names no account, category, level or charge of the budget, so nothing falls by it."""
    told, budget = production.cashflow, production.budget
    if told is None or budget is None or production.lacks("budget", "account", "category", "charge"):
        return
    codes = Codes(budget, production.chart)
    charges = {word for charge in budget.charges for word in (charge.name, charge.account) if word}
    for name in told.spread:
        if name in LEVELS or name in charges or name == _CHARGE or codes.knows(name) or codes.has_category(name):
            continue
        close = nearest(name, [*LEVELS, *charges, *budget.accounts])
        close = close or nearest(name, [*codes.known(), *_categories(budget, production)])
        hint = f"did you mean {close}?" if close else f"name an account, a category, a charge, or {', '.join(LEVELS)}"
        message = f"the budget has no account, category, level or charge {name}"
        yield Problem("unknown-account", told.place("spread", name), message, hint)


def spread_not_whole(production: Production) -> Iterator[Problem]:
    """The phases of a spread do not come to 100 %: the shares are taken against each other."""
    if production.cashflow is None:
        return
    for name, spread in production.cashflow.spread.items():
        shares = [getattr(spread, phase) for phase in PHASES]
        whole = sum(shares, Decimal(0)) * 100
        place = production.cashflow.place("spread", name)
        if min(shares) < 0:
            message = f"a share of the spread of {name} is negative"
            yield Problem("bad-spread", place, message, "leave out the phase that takes nothing")
        elif spread.dates is not None and whole:
            message = f"the spread of {name} gives both dates and phases"
            yield Problem("bad-spread", place, message, "keep one of the two; the dates count", "warning")
        elif spread.dates is None and whole != 100:
            message = f"the spread of {name} comes to {whole.normalize():f} %"
            yield Problem("bad-spread", place, message, "prep, shoot, wrap and post come to 100 % together", "warning")


def _categories(budget: Budget, production: Production) -> list[str]:
    charted = production.chart.categories if production.chart is not None else ()
    return [*budget.categories, *(category.number for category in charted)]


CHECKS = (unknown_spread, spread_not_whole)
