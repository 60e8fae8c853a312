"""The cost report: by account, category and level, what was budgeted, spent, committed and is still to come.

Every figure is whole minor units inside: an account's budget is rounded half up to the cent
once, so that every total is exactly the sum of the rows under it.

- to date: ledger rows to the end of the period; commitments: orders approved and not invoiced,
  and accruals (or accruals are in to date, as `accruals_in` says);
- total = to date + commitments; EFC = total + ETC;
- EFC is the budget as locked or the total, whichever is larger, until somebody stores another
  (`stored`: the EFC or the ETC); an approved overage never moves it;
- revised = locked + approved overages; variance = revised − EFC, or the other way round
  (`variance`), and OVER or UNDER in words;
- change = variance now less variance at the end of the period before.

Definitions after Periscope's and GreenSlate's published ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from pmkit.model.budget import Budget, CostReportSettings, Period
from pmkit.model.chart import LEVELS
from pmkit.model.frozen import frozen
from pmkit.model.money import half_up
from pmkit.model.production import Production
from pmkit.rollup import budget as budgets
from pmkit.rollup.coding import BELOW as BELOW, Codes, Coding, key_of, of_charges
from pmkit.rollup.figure import Figure
from pmkit.rollup.position import Position, Positions
from pmkit.rollup.totals import BudgetTotals, ChargeTotal, Money, added

_WHOLE = "_whole_costs"


@frozen
class AccountCost:
    """An account, or a charge below the line, with its figures."""

    coding: Coding
    position: Position


@frozen
class CategoryCost:
    """A category with its accounts and their sum."""

    number: str
    name: str
    accounts: tuple[AccountCost, ...]
    position: Position


@frozen
class LevelCost:
    """A production level with its categories and their sum."""

    level: str
    name: str
    categories: tuple[CategoryCost, ...]
    position: Position


@frozen
class Costs:
    """The whole cost report to the end of a period; without periods, to the last row."""

    period: Period | None
    settings: CostReportSettings
    levels: tuple[LevelCost, ...]
    before_charges: Position
    charges: tuple[AccountCost, ...]
    total: Position
    budget: BudgetTotals

    def accounts(self) -> tuple[AccountCost, ...]:
        """Every account in the report's order, then the charges."""
        inner = (a for level in self.levels for category in level.categories for a in category.accounts)
        return (*inner, *self.charges)


def costs(
    production: Production, period: Period | None, account: str = "", totals: BudgetTotals | None = None
) -> Costs:
    """Works the report out to the end of a period. Only the rows of `account` are kept as origins.

    `totals` are the budget's, where they are worked out already.
    """
    return _Work(production, period, account, totals).done()


def whole(production: Production) -> Costs:
    """The report of all that is in, whatever its period. The production keeps it: several checks rest on it."""
    kept: dict[str, Costs] = vars(production)
    if _WHOLE not in kept:
        kept[_WHOLE] = costs(production, None)
    return kept[_WHOLE]


def charges_of(totals: BudgetTotals) -> Iterator[tuple[Coding, ChargeTotal]]:
    """The charges of a budget with where they stand in its cost report."""
    taken = [account.coding.number for account in totals.accounts()]
    codings = of_charges((found.charge for found in totals.charges), taken)
    for (coding, _), found in zip(codings, totals.charges, strict=True):
        yield coding, found


class _Work:
    def __init__(
        self, production: Production, period: Period | None, account: str, totals: BudgetTotals | None
    ) -> None:
        self.period = period
        self.settings = (production.budget or Budget()).cost_report
        self.totals = totals or budgets.of_production(production)
        self.codes = Codes(production.budget, production.chart)
        self.positions = Positions(production, period, account)

    def done(self) -> Costs:
        """The report, from the accounts up."""
        budgeted = {account.coding.number: account for account in self.totals.accounts()}
        charges = self._charges()
        used = budgeted.keys() | self.positions.used()
        by_level: dict[str, dict[str, list[AccountCost]]] = {}
        for number in self.codes.in_order(used - charges.keys()):
            own = budgeted.get(number)  # a row of fringes is in no chart
            coding = own.coding if own is not None else self.codes.of(number)
            row = AccountCost(coding, self.positions.of(number, own.total if own is not None else None))
            by_level.setdefault(coding.level, {}).setdefault(coding.category, []).append(row)
        levels = []
        for level in (level for level in LEVELS if level in by_level):
            categories = by_level[level]
            found = tuple(
                _category(number, categories[number]) for number in self.codes.categories_in_order(categories)
            )
            name = self.codes.level_name(level)
            levels.append(LevelCost(level, name, found, _sum(name, found)))
        before = _sum("sum of the levels", levels)
        below = [AccountCost(coding, self.positions.of(key, total)) for key, (coding, total) in charges.items()]
        total = _sum("all accounts and charges", [*levels, *below])
        return Costs(self.period, self.settings, tuple(levels), before, tuple(below), total, self.totals)

    def _charges(self) -> dict[str, tuple[Coding, Money]]:
        """The charges by their account or name; those of one name without an account are one row."""
        found: dict[str, tuple[Coding, Money]] = {}
        for coding, made in charges_of(self.totals):
            key = key_of(coding)
            total = Figure(half_up(made.total.value), made.total.rule, (made.total,))  # each charge to the cent
            found[key] = coding, added(coding.name, (found[key][1], total)) if key in found else total
        return found


def _category(number: str, accounts: list[AccountCost]) -> CategoryCost:
    return CategoryCost(number, accounts[0].coding.category_name, tuple(accounts), _sum(f"category {number}", accounts))


def _sum(rule: str, parts: Iterable[AccountCost | CategoryCost | LevelCost]) -> Position:
    positions = [part.position for part in parts]
    sums = {}
    for column in Position.__annotations__:
        figures = tuple(getattr(position, column) for position in positions)
        sums[column] = Figure(sum((figure.value for figure in figures), Decimal("0.00")), rule, figures)
    return Position(**sums)
