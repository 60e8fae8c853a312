"""Purchase orders (private/po/NUMBER.yaml): one file an order, numbered by the desk that raised it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from pmkit.model import kinds as k
from pmkit.model.record import Record, field


class OrderLine(Record):
    """A line of an order: what, on which account, amount × rate per unit."""

    what: str = field(k.text, "money")
    account: str = field(k.text, "money")
    amount: Decimal = field(k.amount, "money", default=Decimal(1))
    unit: str = field(k.text, "money", default="")
    rate: Decimal = field(k.amount, "money")
    set: str = field(k.text, "money", default="")
    location: str = field(k.ident, "money", default="")
    episode: str = field(k.text, "money", default="")


class Invoice(Record):
    """An invoice against an order; the final one settles it, whatever its amount."""

    number: str = field(k.text, "money")
    date: dt.date | None = field(k.day, "money", default=None)
    amount: Decimal = field(k.amount, "money")
    account: str = field(k.text, "money", default="", note="if it is for one account of the order only")
    final: bool = field(k.flag, "money", default=False)
    note: str = field(k.text, "money", default="")


class Order(Record):
    """A purchase order: vendor, date, state, lines, and the invoices that came."""

    number: str = field(k.text, "money", from_key=True)
    vendor: str = field(k.ident, "money")
    date: dt.date = field(k.day, "money")
    state: str = field(k.OneOf("draft", "approved", "closed", "void"), "money", default="draft")
    approved_by: str = field(k.ident, "money", default="")
    currency: str = field(k.text, "money", default="")
    unit: str = field(k.ident, "money", default="")
    episode: str = field(k.text, "money", default="")
    from_: dt.date | None = field(k.day, "money", default=None)
    to: dt.date | None = field(k.day, "money", default=None)
    lines: tuple[OrderLine, ...] = field(k.ListOf(k.Of(OrderLine)), "money")
    invoices: tuple[Invoice, ...] = field(k.ListOf(k.Of(Invoice)), "money", default=())
    note: str = field(k.text, "money", default="")
