"""A budget that came from elsewhere: held against its printed totals."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from pmkit.model.chart import BELOW_THE_LINE, Chart
from pmkit.model.frozen import frozen
from pmkit.rollup.totals import BudgetTotals

ZERO = Decimal(0)
_LITTLE = frozenset({"and", "the", "unit", "expense", "expenses", "other", "cost", "costs", "general"})


@frozen
class Apart:
    """A total that the export prints otherwise than the budget comes to; `allowed` is a unit for each row it sums."""

    what: str
    printed: Decimal
    worked_out: Decimal
    allowed: int

    @property
    def by(self) -> Decimal:
        """How far apart they are."""
        return abs(self.printed - self.worked_out)


def reconciled(
    totals: BudgetTotals,
    categories: Mapping[str, Decimal],
    accounts: Mapping[str, Decimal],
    levels: Mapping[str, Decimal],
    grand: Decimal | None,
    fringes: Decimal | None = None,
) -> tuple[list[Apart], int]:
    """The printed totals that differ by more than a unit a summed row, and how many totals were compared."""
    ours = {account.coding.number: account for account in totals.accounts()}
    pairs: list[Apart] = []
    for number, printed in accounts.items():
        account = ours.get(number)
        lines = len(account.lines) + bool(account.fringes.value) if account is not None else 0
        pairs.append(Apart(f"account {number}", printed, account.total.value if account else ZERO, max(1, lines)))
    for number, printed in categories.items():
        held = [one for one in ours.values() if number in (one.coding.category, one.coding.number)]
        worth = sum((one.total.value for one in held), ZERO)
        pairs.append(Apart(f"category {number}", printed, worth, max(1, len(held))))
    by_level = {level.level: level for level in totals.levels}
    for level, printed in levels.items():
        names = {"btl": BELOW_THE_LINE, "all": tuple(by_level)}.get(level, (level,))
        found = [by_level[name] for name in names if name in by_level]
        rows = sum(len(one.categories) for one in found)
        said = {"atl": "above the line", "btl": "below the line", "all": "above and below the line"}.get(level, level)
        pairs.append(Apart(f"total {said}", printed, sum((one.total.value for one in found), ZERO), max(1, rows)))
    if fringes is not None:
        row = next((one.total.value for one in totals.charges if one.of_fringes), ZERO)
        lines = sum(1 for account in ours.values() for line in account.lines if line.fringes)
        pairs.append(Apart("fringes", fringes, row, max(1, lines)))
    if grand is not None:
        rows = sum(len(level.categories) for level in totals.levels) + len(totals.charges)
        pairs.append(Apart("grand total", grand, totals.total.value, max(1, rows)))
    return [one for one in pairs if one.by > one.allowed], len(pairs)


def charge_base(totals: BudgetTotals, rate: Decimal, amount: Decimal) -> tuple[str, ...] | None:
    """What a percentage is on, so that it comes to the printed amount; None where nothing of the usual does.

    Tried: everything, below the line, production, production and post, above the line.
    """
    sums = {level.level: level.total.value for level in totals.levels}
    bases: tuple[tuple[str, ...], ...] = ((), ("btl",), ("production", "post"), ("production",), ("atl",))
    for base in bases:
        names = (
            set(sums) if not base else {one for word in base for one in (BELOW_THE_LINE if word == "btl" else (word,))}
        )
        worth = sum((value for level, value in sums.items() if level in names), ZERO) * rate / 100
        if abs(worth - amount) <= 1:
            return base
    return None


def best_chart(categories: Mapping[str, str], charts: Mapping[str, Chart]) -> str:
    """The chart that has most of a budget's categories, by number and a word of their names; empty where none has."""
    best, most = "", 0
    for name, chart in charts.items():
        known = {category.number: _words(category.name) for category in chart.categories}
        found = sum(1 for number, title in categories.items() if known.get(number, frozenset()) & _words(title))
        if found > most and found * 3 >= len(categories) * 2:
            best, most = name, found
    return best


def _words(name: str) -> frozenset[str]:
    """The telling words of a name, without their plural."""
    return frozenset(word.rstrip("s") for word in re.findall(r"[a-z]{3,}", name.casefold()) if word not in _LITTLE)
