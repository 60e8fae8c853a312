"""What the ledger has on open orders and their files have not: it is spent, and still committed as well."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from pmkit.model import money
from pmkit.model.frozen import frozen
from pmkit.model.ledger import LedgerRow
from pmkit.model.order import Order, number_order
from pmkit.model.production import Production
from pmkit.rollup.order_rules import Orders, is_open, same_document

BILLED = ("actual", "card", "petty-cash")


@frozen
class Posted:
    """An invoice in the ledger: its order, number, day and rows, and what it cost in minor units.

    `amount` is the sum in the order's currency; None where rows are in another.
    """

    order: Order
    document: str
    day: dt.date
    cost: int
    amount: Decimal | None
    rows: tuple[LedgerRow, ...]


def rows_of(production: Production) -> dict[str, list[LedgerRow]]:
    """What vendors' papers were posted on each order."""
    found: dict[str, list[LedgerRow]] = {}
    for row in production.ledger:
        if row.kind in BILLED and row.po in production.orders:
            found.setdefault(row.po, []).append(row)
    return found


def not_invoiced(production: Production, orders: Orders) -> Iterator[Posted]:
    """The papers that were posted on open orders and are not among their invoices, by order.

    None of an order whose invoices come to what is posted on it: then only a number is mistyped.
    """
    rows = rows_of(production)
    for number in sorted(rows, key=number_order):
        order = production.orders[number]
        state = orders.state(order)
        if not is_open(order) or not state.remaining or sum(row.cost for row in rows[number]) <= state.invoiced:
            continue
        known = {same_document(found.number) for found in order.invoices}
        papers: dict[str, list[LedgerRow]] = {}
        for row in rows[number]:
            if same_document(row.document) not in known:
                papers.setdefault(row.document.strip(), []).append(row)
        for document, parts in papers.items():
            cost = sum(row.cost for row in parts)
            if cost > 0:
                amount = amount_in(production, order, parts)
                yield Posted(order, document, parts[0].posted, cost, amount, tuple(parts))


def amount_in(production: Production, order: Order, rows: list[LedgerRow]) -> Decimal | None:
    """What rows come to in an order's currency; None where one is in another."""
    own = production.settings.currency
    total = Decimal(0)
    for row in rows:
        typed = money.parse_amount(row.typed)
        if (row.currency or own) != (order.currency or own) or not isinstance(typed, Decimal):
            return None
        total += typed
    return total
