"""What a budget comes to, shaped like a top sheet: level, category, account, line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from pmkit.model.budget import Charge, Line
from pmkit.model.frozen import frozen
from pmkit.problems import Problem
from pmkit.rollup.coding import Coding
from pmkit.rollup.figure import Figure
from pmkit.rollup.formula import EXACT
from pmkit.rollup.fringes import LineFringe

ZERO = Decimal(0)
Money = Figure[Decimal]


@frozen
class LineTotal:
    """A line with its subtotal in the production's currency and its fringes."""

    account: str
    line: Line
    quantity: Decimal
    rate: Decimal
    subtotal: Money
    fringes: tuple[LineFringe, ...]


@frozen
class AccountTotal:
    """An account: its lines, the fringes posted to it, and their total."""

    coding: Coding
    lines: tuple[LineTotal, ...]
    fringes: Money
    total: Money


@frozen
class CategoryTotal:
    """A category of a level with its accounts."""

    number: str
    name: str
    accounts: tuple[AccountTotal, ...]
    total: Money


@frozen
class LevelTotal:
    """A production level with its categories."""

    level: str
    name: str
    categories: tuple[CategoryTotal, ...]
    total: Money


@frozen
class ChargeTotal:
    """A charge after the totals, with what it is on."""

    charge: Charge
    total: Money


@frozen
class BudgetTotals:
    """A whole budget, worked out. `problems` are formulas, currencies and bases that could not be."""

    levels: tuple[LevelTotal, ...]
    charges: tuple[ChargeTotal, ...]
    before_charges: Money
    total: Money
    problems: tuple[Problem, ...]

    def accounts(self) -> Iterator[AccountTotal]:
        """Every account in the budget's order."""
        for level in self.levels:
            for category in level.categories:
                yield from category.accounts


def added(rule: str, figures: Iterable[Money]) -> Money:
    """The sum of figures, which it keeps."""
    kept = tuple(figures)
    total = ZERO
    for figure in kept:
        total = EXACT.add(total, figure.value)
    return Figure(total, rule, kept)
