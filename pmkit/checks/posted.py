"""The ledger against the orders: an invoice is in both, so that no cost counts twice and none is lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from pmkit.checks.orders import ORDERS
from pmkit.model.money import written
from pmkit.model.order import Invoice, number_order
from pmkit.model.production import Production
from pmkit.problems import Problem
from pmkit.rollup.order_rules import Orders, same_document
from pmkit.rollup.periods import Periods
from pmkit.rollup.posted import not_invoiced, rows_of


def cost_after_order(production: Production) -> Iterator[Problem]:
    """A cost was posted on an order that is void, or on one after it was closed."""
    if production.lacks(*ORDERS):
        return
    ended_orders = {n: order for n, order in production.orders.items() if order.state in ("closed", "void")}
    said: set[tuple[str, str]] = set()
    for row in production.ledger if ended_orders else ():
        order = ended_orders.get(row.po)
        if order is None:
            continue
        finals = [found.date for found in order.invoices if found.final and not found.account and found.date]
        ended = order.closed or max(finals, default=None)
        if order.state == "closed":
            known = {same_document(found.number) for found in order.invoices}
            if ended is None or row.posted <= ended or same_document(row.document) in known:
                continue
        if (order.number, row.document) in said:
            continue
        said.add((order.number, row.document))
        state = f"closed since {ended}" if order.state == "closed" else "void"
        hint = "mend the row's order, or the order's state: a cost belongs to an order that is open"
        message = f"a cost of {row.posted} is on order {order.number}, which is {state}"
        yield Problem("cost-after-order", row.place_of("po"), message, hint, "warning")


def cost_not_invoiced(production: Production) -> Iterator[Problem]:
    """A cost was posted on an open order that has no such invoice: it is spent, and still committed as well.

    Told while the ledger has more on the order than its invoices come to.
    """
    if production.lacks(*ORDERS, "ledger"):
        return
    for found in not_invoiced(production, Orders(production)):
        number, spent = found.order.number, written(found.cost)
        what = f"invoice {found.document}" if found.document else "a cost without a document"
        message = f"{what} of {spent} is not in order {number}: it is spent, and committed as well"
        amount = f"{found.amount:f}" if found.amount is not None else "AMOUNT"
        one = f"pmkit po invoice {number} {amount} --number {found.document or '…'} --date {found.day}"
        hint = f"{one}; or all there are: pmkit po invoice --posted"
        yield Problem("cost-not-invoiced", found.rows[0].place_of("po"), message, hint, "warning")


def invoice_not_posted(production: Production) -> Iterator[Problem]:
    """An order's invoice is in no row of the ledger, though its period is closed: it is neither cost nor committed."""
    if production.lacks(*ORDERS, "ledger", "period", "periods"):
        return
    rows, periods = rows_of(production), Periods(production.periods)
    if not rows:
        return  # a ledger that names no orders says nothing about them
    documents = {(row.vendor, same_document(row.document)) for row in production.ledger if row.vendor}
    for number in sorted(production.orders, key=number_order):
        order = production.orders[number]
        posted = {same_document(row.document) for row in rows.get(number, ())}
        for invoice in order.invoices:
            document = same_document(invoice.number)
            closed = _closed_in(periods, invoice)
            if closed and document not in posted and (order.vendor, document) not in documents:
                message = (
                    f"invoice {invoice.number} of {invoice.amount:,.2f} is in no row of the ledger, and period {closed} "
                    "is closed: it is neither cost nor committed"
                )
                hint = "have it posted; or the row has another document, order or vendor: one of the two is mistyped"
                yield Problem("invoice-not-posted", invoice.place("number"), message, hint, "warning")


def _closed_in(periods: Periods, invoice: Invoice) -> str:
    """The number of the closed period an invoice was taken in; empty where it is open, or nobody knows."""
    day: dt.date | None = invoice.date
    at = periods.index("", day) if day is not None else None
    return periods.all[at].number if at is not None and periods.all[at].closed is not None else ""


CHECKS = (cost_after_order, cost_not_invoiced, invoice_not_posted)
