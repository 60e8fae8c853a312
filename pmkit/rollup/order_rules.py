"""The desk's rules: who approves an order, which papers its vendor owes, and how far a production has got.

- An order above `approvals: {po_over: …}` (its net sum in the production's currency) is approved
  by `approvals: {by: …}` and nobody else; at the limit or under it, by anybody of the production.
- A vendor owes a tax form (W-9, W-8BEN-E) before the first payment, and for what is rented or
  used on a place a certificate of insurance that covers the last day of use. `n/a` is a vendor
  of whom it is not asked, a county office say.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from pmkit.model.office import Vendor
from pmkit.model.order import Order, OrderLine
from pmkit.model.production import Production
from pmkit.problems import Fault
from pmkit.rollup.commitments import OrderState, state
from pmkit.rollup.exchange import exchange
from pmkit.rollup.formula import Wrong
from pmkit.rollup.order_lines import Quantities, follows_schedule, worth

_RENTED = ("hour", "day", "night", "week", "month")


class Orders:
    """The orders of a production as they stand, worked out once for all rules."""

    def __init__(self, production: Production) -> None:
        self.production = production
        self.exchange = exchange(production)
        self.quantity = Quantities(production)
        self._states: dict[str, OrderState] = {}

    def state(self, order: Order) -> OrderState:
        """An order as it stands now."""
        found = self._states.get(order.number)
        if found is None or found.order is not order:
            found = self._states[order.number] = state(order, self.exchange, None, self.quantity)
        return found

    def sum_of(self, order: Order) -> Decimal | None:
        """What an order comes to in its currency, with sales tax; None while that follows the schedule."""
        if any(follows_schedule(line) for line in order.lines):
            return None
        found = [worth(order, line, self.quantity) for line in order.lines]
        return sum((one.cost for one in found if not isinstance(one, Wrong)), Decimal("0.00"))

    def grown(self, order: Order) -> Decimal | None:
        """What an order comes to, where that is more than was approved; else None."""
        now = self.sum_of(order) if order.approved_sum is not None else None
        return now if now is not None and order.approved_sum is not None and now > order.approved_sum else None

    def needs(self, order: Order) -> str:
        """Who alone may approve an order; empty when anybody may."""
        approvals = self.production.settings.approvals
        if approvals is None or approvals.po_over is None or not approvals.by:
            return ""
        return approvals.by if Decimal(self.state(order).ordered) > approvals.po_over * 100 else ""


def is_rental(line: OrderLine) -> bool:
    """Whether a line is something rented or a place used, which the vendor's insurance has to cover."""
    return bool(line.per or line.week or line.location) or line.unit.lower().removesuffix("s") in _RENTED


def last_use(order: Order) -> dt.date:
    """The last day on which what is ordered is used: the latest `to`, else the order's own day."""
    ends = [line.to for line in order.lines if line.to is not None]
    return max([order.to, *ends] if order.to is not None else ends, default=order.date)


def papers(vendor: Vendor, order: Order) -> Iterator[Fault]:
    """Which papers a vendor owes before an order goes out."""
    if not vendor.tax_form:
        hint = f"ask for it (W-9 in the US), then tax_form: W-9 at {vendor.key} in vendors.yaml; n/a if none is needed"
        yield Fault(f"{vendor.name} has no tax form", hint, "no-tax-form")
    if not any(is_rental(line) for line in order.lines):
        return
    if not vendor.insurance:
        hint = f"ask for the certificate, then insurance: DATE at {vendor.key} in vendors.yaml; n/a if none is needed"
        yield Fault(f"{vendor.name} has no certificate of insurance", hint, "no-insurance")
    elif isinstance(vendor.insurance, dt.date) and vendor.insurance < (end := last_use(order)):
        message = f"the insurance of {vendor.name} ends on {vendor.insurance}, the last use is {end}"
        yield Fault(message, "ask for a certificate that covers it", "insurance-ends")


def reached(production: Production) -> dt.date | None:
    """The last day that the folder itself knows to be over: of a closed period, or with a daily report."""
    closed = [period.to for period in production.periods.values() if period.closed is not None]
    return max([*closed, *(day for day, _ in production.dailies)], default=None)


def is_open(order: Order) -> bool:
    """Whether more invoices may come: approved, and none of them final."""
    return order.state == "approved" and not any(found.final and not found.account for found in order.invoices)


def same_document(number: str) -> str:
    """The form in which invoice numbers are compared: `INV 44-71` and `inv-4471` are one."""
    return "".join(letter for letter in number.casefold() if letter.isalnum()).lstrip("0")
