"""What purchase orders still commit: approved and not yet invoiced.

An approved order is a commitment from its date on, or from that of its approval if later:
`remaining = max(0, order − invoiced)`. A final invoice settles it, whatever its amount, or one
account of it if it names one; drafts, closed and void orders commit nothing. A closed or void
order that says since when did commit until then, so that a report of an earlier day stays as it was.

An invoice that names an account of the order relieves that account; what it takes beyond it, and
every other invoice, relieves the others in proportion to what is left of them, exact to the cent
(largest remainder). All amounts are in minor units of the production's currency, each line and
invoice rounded half up once; the invoice that completes an order takes the odd cents of its exchange. Always: ordered + overage = invoiced + remaining + waiting + released.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from pmkit.model import money
from pmkit.model.frozen import frozen
from pmkit.model.order import Invoice, Order
from pmkit.rollup.formula import EXACT, Wrong
from pmkit.rollup.order_lines import Quantity, sales_tax, typed
from pmkit.rollup.shares import shared_by

Exchange = Callable[[str], Decimal | None]


@frozen
class OrderState:
    """An order as it stands on a day, by account: ordered, invoiced, remaining; the sums in properties.

    `waiting_by_account` is what a draft, or an order of a later day, would commit.
    """

    order: Order
    by_account: Mapping[str, int]
    invoiced_by_account: Mapping[str, int]
    remaining_by_account: Mapping[str, int]
    waiting_by_account: Mapping[str, int]

    @property
    def ordered(self) -> int:
        """What was ordered."""
        return sum(self.by_account.values())

    @property
    def invoiced(self) -> int:
        """What the invoices come to, less credit notes."""
        return sum(self.invoiced_by_account.values())

    @property
    def remaining(self) -> int:
        """What is still committed."""
        return sum(self.remaining_by_account.values())

    @property
    def waiting(self) -> int:
        """What is not yet a commitment and would be one once approved."""
        return sum(self.waiting_by_account.values())

    @property
    def overage(self) -> int:
        """How far the invoices exceed the order; zero when they do not."""
        return max(0, self.invoiced + self.remaining + self.waiting - self.ordered)

    @property
    def released(self) -> int:
        """What was ordered and will not come: the final invoice was smaller, or the order is closed or void."""
        return max(0, self.ordered - self.invoiced - self.remaining - self.waiting)


def state(order: Order, exchange: Exchange, day: dt.date | None = None, quantity: Quantity = typed) -> OrderState:
    """An order as it stands at the end of a day, or now. A line that cannot be worked out counts as nothing."""
    rate = exchange(order.currency) or Decimal(0)
    ordered: dict[str, int] = {}
    due = Decimal(0)  # in the order's own currency
    for line in order.lines:
        found = quantity(order, line)
        amount = Decimal(0) if isinstance(found, Wrong) else found.value
        net = EXACT.multiply(amount, line.rate)
        cents = to_minor(EXACT.multiply(net, rate))
        due += money.half_up(net)
        if line.sales_tax:
            due += sales_tax(line, net)
            cents += to_minor(EXACT.multiply(sales_tax(line, net), rate))
        ordered[line.account] = ordered.get(line.account, 0) + cents
    invoices = [found for found in order.invoices if day is None or found.date is None or found.date <= day]
    worth = [(invoice, to_minor(EXACT.multiply(invoice.amount, rate))) for invoice in invoices]
    if worth and sum((invoice.amount for invoice in invoices), Decimal(0)) == due:
        # invoiced to the cent in its own currency: what the exchange of each line and invoice rounds is no overage
        last, cents = worth[-1]
        worth[-1] = (last, cents + sum(ordered.values()) - sum(found for _, found in worth))
    invoiced, left = _relieved(ordered, worth)
    nothing = dict.fromkeys(ordered, 0)
    standing = _standing(order, day)
    if any(invoice.final and not invoice.account for invoice in invoices) or standing == "settled":
        return OrderState(order, ordered, invoiced, nothing, nothing)
    if standing == "waiting":
        return OrderState(order, ordered, invoiced, nothing, left)
    return OrderState(order, ordered, invoiced, left, nothing)


def commitments(
    orders: Mapping[str, Order], exchange: Exchange, day: dt.date | None = None, quantity: Quantity = typed
) -> Iterator[OrderState]:
    """Every order that still commits something at the end of a day, in the order of their numbers."""
    for number in sorted(orders):
        found = state(orders[number], exchange, day, quantity)
        if found.remaining:
            yield found


def to_minor(amount: Decimal) -> int:
    """An amount in whole minor units, half up (away from zero)."""
    return money.minor_units(amount)


def _standing(order: Order, day: dt.date | None) -> str:
    """Whether an order is `open`, `waiting` (a draft, or of a later day) or `settled`."""
    ended = order.closed if order.state == "closed" else order.voided
    if order.state in ("closed", "void"):
        bound = order.state == "closed" or order.approved_by
        if day is None or ended is None or day >= ended or not bound:
            return "settled"
    elif order.state == "draft":
        return "waiting"
    return "waiting" if day is not None and day < order.begins else "open"


def _relieved(ordered: Mapping[str, int], worth: list[tuple[Invoice, int]]) -> tuple[dict[str, int], dict[str, int]]:
    """By account what is invoiced, and what is left to be."""
    left, invoiced = dict(ordered), dict.fromkeys(ordered, 0)
    settled = {invoice.account for invoice, _ in worth if invoice.final and invoice.account in ordered}
    at_large = 0
    for invoice, cents in worth:
        if invoice.account in left and invoice.account:
            left[invoice.account] -= cents
            invoiced[invoice.account] += cents
        else:
            at_large += cents
    pool = at_large
    for account, cents in left.items():
        if account in settled:
            left[account] = 0
        elif cents < 0:
            pool, left[account] = pool - cents, 0
    open_ = {account: cents for account, cents in left.items() if account not in settled}
    if pool < 0:  # credit notes: what they give back can be invoiced again
        weights = {account: max(0, ordered[account]) for account in open_}
        relief = _in_proportion(pool, weights)
    else:
        relief = _in_proportion(min(pool, sum(open_.values())), open_)
    for account, cents in relief.items():
        left[account] -= cents
    weights = {account: max(0, cents) for account, cents in ordered.items()}
    share = _in_proportion(
        at_large, {a: max(0, relief.get(a, 0)) for a in ordered} if any(relief.values()) else weights
    )
    for account, cents in share.items():
        invoiced[account] += cents
    return invoiced, left


def _in_proportion(cents: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Cents by account in proportion to weights; the first account takes them where all weights are nothing."""
    if not any(weights.values()):
        return {account: 0 if place else cents for place, account in enumerate(weights)}
    return shared_by(cents, weights)
