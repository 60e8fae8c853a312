"""How far the contingency is drawn down: what goes over elsewhere eats it, whoever has written that down or not.

The contingency is every charge and account named so. Drawn are what all other rows come to above
their revised budgets, savings taken off (a guarantor looks at the whole), what was spent on the
contingency's own account, and what approved overages have moved out of it. Its own EFC says
nothing of it: some lower it as it is drawn, others leave it until the end.
"""

from __future__ import annotations

from decimal import Decimal

from pmkit.model.budget import Account, Budget, Charge
from pmkit.model.chart import Chart
from pmkit.model.frozen import frozen
from pmkit.rollup.coding import Codes
from pmkit.rollup.costs import AccountCost, Costs
from pmkit.rollup.totals import ZERO

WORD = "contingency"
CENT = Decimal("0.01")


@frozen
class Drawdown:
    """A contingency, how much of it is drawn, and the rows that went over, the most first.

    `of` is the contingency as budgeted, with what approved overages added to it; `drawn` is never
    below nothing. Both are in the production's currency.
    """

    of: Decimal
    drawn: Decimal
    over: tuple[tuple[AccountCost, Decimal], ...]

    @property
    def left(self) -> Decimal:
        """What is left of it; below nothing when more than all is gone."""
        return self.of - self.drawn

    @property
    def percent(self) -> int:
        """How much of it is drawn, in whole percent, never rounded up to all of it."""
        return int(100 * self.drawn / self.of)

    def told(self, share: Decimal) -> bool:
        """Whether so much of it is drawn that somebody must be told: the share, or more than all of it."""
        return self.drawn >= min(self.of * share, self.of + CENT)


def drawdown(costs: Costs) -> Drawdown | None:
    """The contingency of a cost report; None where nothing was budgeted for one."""
    of = left = elsewhere = ZERO
    over = []
    for row in costs.accounts():
        position = row.position
        beyond = position.efc.value - position.revised.value
        if is_contingency(row.coding.name):
            of += max(position.budget.value, position.revised.value)
            left += position.revised.value - position.total.value
            continue
        elsewhere += beyond
        if beyond > 0:
            over.append((row, beyond))
    if of <= 0:
        return None
    drawn = max(of - left + elsewhere, ZERO)
    return Drawdown(of, drawn, tuple(sorted(over, key=lambda found: -found[1])))


def budgeted(budget: Budget, chart: Chart | None) -> Charge | Account | None:
    """The charge, or else the account with lines, that is a budget's contingency; the first of several."""
    codes = Codes(budget, chart)
    for charge in budget.charges:
        if is_contingency(charge.name):
            return charge
    for account in budget.accounts.values():
        if account.lines and is_contingency(codes.of(account.number).name):
            return account
    return None


def is_contingency(name: str) -> bool:
    """Whether a charge or account is one by its name: `Contingency (10 %)`, `Producer's contingency`."""
    return WORD in name.casefold()
