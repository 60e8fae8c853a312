"""What purchase orders still commit: approved and not yet invoiced.

An approved order is a commitment from its date on: `remaining = max(0, order − invoiced)`. A
final invoice settles it, whatever its amount; drafts, closed and void orders commit nothing.
An invoice that names an account relieves that account; another relieves the order's accounts in
the order of its lines. All amounts are in minor units of the production's currency, each line
and invoice rounded half up once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal

from pmkit.model.frozen import frozen
from pmkit.model.order import Invoice, Order
from pmkit.rollup.formula import EXACT

Exchange = Callable[[str], Decimal | None]


@frozen
class OrderState:
    """An order as it stands on a day, by account: ordered, invoiced, remaining; the sums in properties.

    `overage` is what invoices came to above the order.
    """

    order: Order
    by_account: Mapping[str, int]
    remaining_by_account: Mapping[str, int]
    invoiced: int

    @property
    def ordered(self) -> int:
        """What was ordered."""
        return sum(self.by_account.values())

    @property
    def remaining(self) -> int:
        """What is still committed."""
        return sum(self.remaining_by_account.values())

    @property
    def overage(self) -> int:
        """How far the invoices exceed the order; zero when they do not."""
        return max(0, self.invoiced - self.ordered)


def state(order: Order, exchange: Exchange, day: dt.date | None = None) -> OrderState:
    """An order as it stands at the end of a day, or now."""
    rate = exchange(order.currency) or Decimal(0)
    ordered: dict[str, int] = {}
    for line in order.lines:
        cents = to_minor(EXACT.multiply(EXACT.multiply(line.amount, line.rate), rate))
        ordered[line.account] = ordered.get(line.account, 0) + cents
    invoices = [found for found in order.invoices if day is None or found.date is None or found.date <= day]
    worth = [(invoice, to_minor(EXACT.multiply(invoice.amount, rate))) for invoice in invoices]
    open_ = order.state == "approved" and (day is None or order.date <= day)
    settled = not open_ or any(invoice.final and not invoice.account for invoice in invoices)
    remaining = dict.fromkeys(ordered, 0) if settled else _relieved(ordered, worth)
    return OrderState(order, ordered, remaining, sum(cents for _, cents in worth))


def commitments(orders: Mapping[str, Order], exchange: Exchange, day: dt.date | None = None) -> Iterator[OrderState]:
    """Every order that still commits something at the end of a day, in the order of their numbers."""
    for number in sorted(orders):
        found = state(orders[number], exchange, day)
        if found.remaining:
            yield found


def to_minor(amount: Decimal) -> int:
    """An amount in whole minor units, half up (away from zero)."""
    return int((amount * 100).to_integral_value(ROUND_HALF_UP))


def _relieved(ordered: Mapping[str, int], invoices: list[tuple[Invoice, int]]) -> dict[str, int]:
    left = dict(ordered)
    at_large = 0
    for invoice, cents in invoices:
        if invoice.account and invoice.account in left:
            left[invoice.account] = 0 if invoice.final else left[invoice.account] - cents
        else:
            at_large += cents
    for account, cents in left.items():
        cents = max(0, cents)
        taken = min(cents, at_large) if at_large > 0 else at_large
        left[account] = cents - taken
        at_large -= taken
    return left
