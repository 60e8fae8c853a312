"""What a budget comes to, shaped like a top sheet: level, category, account, line; charges and credits below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from pmkit.model.budget import Charge, Credit, CreditRow, Line
from pmkit.model.frozen import frozen
from pmkit.problems import Problem
from pmkit.rollup.coding import Coding
from pmkit.rollup.figure import Figure
from pmkit.rollup.formula import EXACT
from pmkit.rollup.fringes import LineFringe

ZERO = Decimal(0)
Money = Figure[Decimal]
NOTHING: Money = Figure(ZERO, "nothing")


@frozen
class LineTotal:
    """A line with its subtotal in the production's currency and its fringes.

    `groups`, `kind`, `episode` and `resident` are its own or those of its account; `times` is how
    many episodes of the pattern it is paid for.
    """

    account: str
    line: Line
    quantity: Decimal
    rate: Decimal
    subtotal: Money
    fringes: tuple[LineFringe, ...]
    groups: tuple[str, ...] = ()
    kind: str = ""
    episode: str = ""
    resident: bool | None = None
    times: int = 1


@frozen
class SubtotalRow:
    """A sub-total inside an account: the lines since the last one, and their fringes apart. Counted nowhere."""

    name: str
    line: Line
    lines: tuple[LineTotal, ...]
    total: Money
    fringes: Money


@frozen
class AccountTotal:
    """An account: its lines, the fringes and charges posted to it, and their total.

    `rows` are the lines and sub-totals in the order typed.
    """

    coding: Coding
    lines: tuple[LineTotal, ...]
    fringes: Money
    total: Money
    rows: tuple[LineTotal | SubtotalRow, ...] = ()
    charges: tuple[ChargeTotal, ...] = ()


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
    """A charge, what it is on, and what was taken out of that.

    `of_fringes` when it is no charge, but the row of fringes that are posted to the whole budget.
    """

    charge: Charge
    total: Money
    base: Money = NOTHING
    excluded: Money = NOTHING
    of_fringes: bool = False


@frozen
class CreditRowTotal:
    """A row of a credit: the spend it is on, what of that qualifies, and the credit on it."""

    row: CreditRow
    spend: Money
    qualified: Money
    total: Money


@frozen
class CreditTotal:
    """A credit: its rows, what they come to under its cap, and what is paid out when the broker has had his part.

    `spend` is what its minimum is held against: the spend that its rows are on, each part of it once.
    """

    credit: Credit
    rows: tuple[CreditRowTotal, ...]
    gross: Money
    total: Money
    spend: Money = NOTHING


@frozen
class OffGroup:
    """A group that is switched off: how many lines that takes out, and their sum before fringes."""

    key: str
    name: str
    lines: int
    total: Money


@frozen
class BudgetTotals:
    """A whole budget, worked out. `problems` are formulas, currencies and bases that could not be.

    `total` is all accounts and charges, `net` that less the credits that are applied. `off` are the
    groups switched off, of which every document tells.
    """

    levels: tuple[LevelTotal, ...]
    charges: tuple[ChargeTotal, ...]
    before_charges: Money
    total: Money
    problems: tuple[Problem, ...]
    credits: tuple[CreditTotal, ...] = ()
    net: Money = NOTHING
    off: tuple[OffGroup, ...] = ()

    def accounts(self) -> Iterator[AccountTotal]:
        """Every account in the budget's order."""
        for level in self.levels:
            for category in level.categories:
                yield from category.accounts

    def applied(self) -> tuple[CreditTotal, ...]:
        """The credits that count."""
        return tuple(found for found in self.credits if found.credit.applied)

    def not_applied(self) -> tuple[CreditTotal, ...]:
        """The credits that are only being thought of."""
        return tuple(found for found in self.credits if not found.credit.applied)


def added(rule: str, figures: Iterable[Money]) -> Money:
    """The sum of figures, which it keeps."""
    kept = tuple(figures)
    total = ZERO
    for figure in kept:
        total = EXACT.add(total, figure.value)
    return Figure(total, rule, kept)
