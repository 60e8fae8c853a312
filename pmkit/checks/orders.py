"""The orders agree with the budget, with who approves and with their vendors' papers."""

from __future__ import annotations

from collections.abc import Iterator

from pmkit.model.money import written
from pmkit.model.order import Order, number_order, number_parts
from pmkit.model.production import Production
from pmkit.problems import Place, Problem
from pmkit.rollup import order_rules
from pmkit.rollup.coding import Codes
from pmkit.rollup.exchange import exchange
from pmkit.rollup.order_lines import Quantities, deposit
from pmkit.rollup.order_rules import Orders

ORDERS = ("order", "orderline", "invoice", "po")


def _orders(production: Production) -> Iterator[Order]:
    for number in sorted(production.orders, key=number_order):
        yield production.orders[number]


def order_currency(production: Production) -> Iterator[Problem]:
    """An order is in a currency for which the budget has no rate."""
    if production.lacks("budget"):
        return
    rates = exchange(production)
    for order in production.orders.values():
        if rates(order.currency) is None:
            hint = f"add it to the budget: currencies: {{{order.currency}: 0.73}}"
            message = f"the budget has no rate for {order.currency}"
            yield Problem("unknown-currency", order.place("currency"), message, hint)


def order_quantity(production: Production) -> Iterator[Problem]:
    """The amount of an order's line cannot be worked out: a bad formula, or a rental without its dates."""
    quantities = Quantities(production)
    blind = production.lacks(
        "schedule", "shootingday", "strip", "breakdown", "scene", "cast", "castmember", "locations"
    )
    for order in production.orders.values():
        for line in order.lines:
            found = quantities.problem(order, line)
            if found is not None and not (blind and found.code == "unknown-count"):
                yield found


def order_deposit(production: Production) -> Iterator[Problem]:
    """More is to be paid beforehand than the order comes to."""
    quantities = Quantities(production)
    for order in production.orders.values():
        asked, due = order.deposit.amount if order.deposit is not None else None, deposit(order, quantities)
        if asked is not None and due is not None and order.lines and due.due < asked:
            message = f"the deposit of {asked:,.2f} is more than the order of {due.due:,.2f}"
            yield Problem("bad-amount", order.place("deposit"), message, "a deposit is a part of the order's total")


def order_number(production: Production) -> Iterator[Problem]:
    """Two orders have one number, written in two ways: nobody could say which was meant."""
    seen: dict[tuple[str, int], Order] = {}
    for order in production.orders.values():
        parts = number_parts(order.number)
        first = seen.setdefault(parts, order) if parts is not None else order
        if first is not order:
            message = f"order {order.number} is order {first.number} again, {first.place('vendor').row}"
            place = order.key_place() if order.key_node is not None else order.place("vendor")
            yield Problem("duplicate-id", place, message, "give one of the two the desk's next number")


def order_exceeded(production: Production) -> Iterator[Problem]:
    """The invoices of an order come to more than the order: somebody has to approve the rest."""
    if production.lacks(*ORDERS):
        return
    orders = Orders(production)
    for order in _orders(production):
        found = orders.state(order)
        if found.overage and order.invoices and order.state != "void":
            message = f"invoices of {written(found.invoiced)} exceed the order of {written(found.ordered)}"
            hint = "raise the order's lines to what was agreed, or have the invoice corrected; or waive it, with who agreed"
            yield Problem("order-exceeded", order.place("invoices"), message, hint, "warning")


def order_unapproved(production: Production) -> Iterator[Problem]:
    """An order above the limit went ahead without the word of whoever approves it, or grew since, or a draft is in use."""
    orders, past = Orders(production), order_rules.reached(production)
    for order in _orders(production):
        if order.state in ("approved", "closed"):
            by = orders.needs(order)
            if by and order.approved_by != by:
                limit = getattr(production.settings.approvals, "po_over", 0)
                had = f"has the approval of {order.approved_by}" if order.approved_by else "has nobody's approval"
                message = f"{order.number} is above {limit:,f} and {had}"
                hint = f"pmkit po approve {order.number} --by {by}"
                place = order.place("approved_by" if order.approved_by else "state")
                yield Problem("order-unapproved", place, message, hint, "warning")
            elif order.state == "approved" and (grown := orders.grown(order)) is not None:
                message = f"{order.number} was approved at {order.approved_sum:,.2f} and comes to {grown:,.2f} now"
                hint = f"pmkit po approve {order.number} --by {by or order.approved_by}, once they have seen it"
                yield Problem("order-unapproved", order.place("approved_sum"), message, hint, "warning")
        elif order.state == "draft" and past is not None and order.from_ is not None and order.from_ <= past:
            message = f"{order.number} is a draft, and what it orders is needed since {order.from_}"
            hint = f"pmkit po approve {order.number}, or pmkit po void {order.number} --because …"
            yield Problem("order-unapproved", order.place("from"), message, hint, "warning")


def order_past_date(production: Production) -> Iterator[Problem]:
    """An order is still open though its last day is over: the final invoice is missing, or it can be closed."""
    past, orders = order_rules.reached(production), Orders(production)
    for order in _orders(production):
        if past is None or order.to is None or order.to > past or not order_rules.is_open(order):
            continue
        if left := orders.state(order).remaining:
            message = f"{order.number} ended on {order.to} and still commits {written(left)}"
            hint = f"record the final invoice, or release the rest: pmkit po close {order.number}"
            yield Problem("order-past-date", order.place("to"), message, hint, "warning")


def order_over_budget(production: Production) -> Iterator[Problem]:
    """What is spent and ordered on an account comes to more than its revised budget."""
    if production.budget is None or production.lacks(*ORDERS, "budget", "account", "ledger", "period", "periods"):
        return
    orders = Orders(production)
    last: dict[str, Order] = {}
    for order in sorted(production.orders.values(), key=lambda order: (order.begins, number_order(order.number))):
        last |= {account: order for account, cents in orders.state(order).remaining_by_account.items() if cents}
    if not last:
        return
    from pmkit.rollup.costs import whole

    codes = Codes(production.budget, production.chart)
    for row in whole(production).accounts():
        order_, position = last.get(row.coding.number), row.position
        known = codes.knows(row.coding.number)  # one that nobody knows has its problem already
        if order_ is not None and known and position.total.value > position.revised.value:
            line = next(line for line in order_.lines if line.account == row.coding.number)
            name = f"{row.coding.number} {row.coding.name}".strip()
            message = (
                f"{name}: {position.total.value:,.2f} is spent and ordered, "
                f"the revised budget is {position.revised.value:,.2f}"
            )
            hint = "approve an overage, or bring the order down"
            yield Problem("order-over-budget", line.place("account"), message, hint, "warning")


def order_papers(production: Production) -> Iterator[Problem]:
    """The vendor of an order has no tax form, or no insurance that covers what is rented."""
    if production.lacks("vendor", "vendors"):
        return
    said: set[tuple[str, str]] = set()
    for order in _orders(production):
        vendor = production.vendors.get(order.vendor)
        if vendor is None or order.state == "void":
            continue
        for fault in order_rules.papers(vendor, order):
            if (vendor.key, fault.code) not in said:
                said.add((vendor.key, fault.code))
                yield fault.at(order.place("vendor"), "warning")


def invoice_twice(production: Production) -> Iterator[Problem]:
    """One invoice number of a vendor stands twice: the same bill may have been taken in twice."""
    seen: dict[tuple[str, str, str], Place] = {}
    for order in _orders(production):
        for invoice in order.invoices:
            # parts of one invoice on several accounts are one paper, each taken in once
            key = (order.vendor, order_rules.same_document(invoice.number), invoice.account)
            first = seen.setdefault(key, invoice.place("number"))
            if first != invoice.place("number"):
                message = f"invoice {invoice.number} of {order.vendor} is in {first.row} already"
                hint = "take one of the two out, or add to its number what tells them apart"
                yield Problem("invoice-twice", invoice.place("number"), message, hint, "warning")


CHECKS = (
    order_currency,
    order_quantity,
    order_deposit,
    order_number,
    order_exceeded,
    order_unapproved,
    order_past_date,
    order_over_budget,
    order_papers,
    invoice_twice,
)
