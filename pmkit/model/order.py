"""Purchase orders (private/po/NUMBER.yaml): one file an order, numbered by the desk that raised it.

A number is the desk's prefix and a count, `LOC-014`: two desks never meet, and the same number
from two clones of one desk is a conflict that stops.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import NamedTuple

from pmkit.model import kinds as k, money
from pmkit.model.record import Record, field
from pmkit.problems import Fault

_NUMBER = re.compile(r"(.*?)-?0*([0-9]{1,12})")
_WEEK = Fault("a week of rental is charged as 1 to 7 days", "a three-day week: week: 3", "bad-number")


def _week(text: str) -> int | Fault:
    return int(text) if re.fullmatch(r"[1-7]", text.strip()) else _WEEK


def _tax(text: str) -> Decimal | Fault:
    found = money.parse_percent(text)
    if isinstance(found, Decimal) and not 0 <= found < 1:
        return Fault(f"{text.strip()[:20]} is no tax", "write its percentage: 20%", "bad-amount")
    return found


class Deposit(NamedTuple):
    """What is paid when the order is placed: an amount in its currency, or a share of its total."""

    amount: Decimal | None
    share: Decimal | None
    typed: str

    def __str__(self) -> str:
        return self.typed


def _deposit(text: str) -> Deposit | Fault:
    typed = text.strip()
    share = money.parse_percent(typed) if typed.endswith("%") else None
    amount = money.parse_amount(typed) if share is None else None
    if isinstance(share, Decimal) and 0 < share <= 1:
        return Deposit(None, share, typed)
    if isinstance(amount, Decimal) and amount > 0:
        return Deposit(amount, None, typed)
    return Fault(f"{typed[:20] or 'nothing'} is no deposit", "an amount, or its share of the total: 50%", "bad-amount")


class OrderLine(Record):
    """A line of an order: what, on which account, amount × rate.

    `amount` is a number or a formula over the schedule and the budget's globals, as in a budget
    line. A rental that recurs says `per: day` or `per: week`, and is charged from `from` to `to`
    (its own, else the order's); `week: 3` is the trade's three-day week. `sales_tax` is paid for good:
    cost on the line's account, committed with it. `tax` is recoverable (VAT, GST): printed for the
    vendor, never cost.
    """

    what: str = field(k.text, "money")
    account: str = field(k.text, "money")
    amount: str = field(k.text, "money", default="1", note="a number, or a formula: days(main)")
    unit: str = field(k.text, "money", default="")
    rate: Decimal = field(k.amount, "money")
    per: str = field(k.OneOf("day", "week"), "money", default="", note="the rate recurs from `from` to `to`")
    week: int | None = field(
        k.Value(_week, "days charged for a week: 3"), "money", default=None, note="days a week of rental costs: 3"
    )
    from_: dt.date | None = field(k.day, "money", default=None)
    to: dt.date | None = field(k.day, "money", default=None)
    sales_tax: Decimal | None = field(
        k.Value(_tax, "a percentage: 8.25%"), "money", default=None, note="cost, on the line's account: 8.25%"
    )
    tax: Decimal | None = field(
        k.Value(_tax, "a percentage: 20%"), "money", default=None, note="recoverable, never cost: 20%"
    )
    set: str = field(k.text, "money", default="")
    location: str = field(k.ident, "money", default="")
    episode: str = field(k.text, "money", default="")


class Invoice(Record):
    """An invoice against an order; the final one settles it, whatever its amount. A credit note is below zero.

    `deposit` marks the one that took in the order's deposit.
    """

    number: str = field(k.text, "money")
    date: dt.date | None = field(k.day, "money", default=None)
    amount: Decimal = field(k.amount, "money", note="in the order's currency; with sales tax, without recoverable tax")
    account: str = field(k.text, "money", default="", note="if it is for one account of the order only")
    final: bool = field(k.flag, "money", default=False)
    deposit: bool = field(k.flag, "money", default=False, note="it is the order's deposit")
    note: str = field(k.text, "money", default="")


class Order(Record):
    """A purchase order: vendor, date, state, lines, and the invoices that came.

    `approved`, `closed` and `voided` are the days on which its state changed; `approved_sum` is what it
    came to when it was approved, where its amounts do not follow the schedule. `note` stays in the
    house; `instructions` and `deliver` are printed for the vendor. A `deposit` is a part of the price
    paid beforehand: its invoice is one of the order's and relieves it. What a vendor gives back in
    the end (a damage deposit) is no cost and in no order.
    """

    number: str = field(k.text, "money", from_key=True)
    vendor: str = field(k.ident, "money")
    date: dt.date = field(k.day, "money")
    state: str = field(k.OneOf("draft", "approved", "closed", "void"), "money", default="draft")
    approved_by: str = field(k.ident, "money", default="")
    approved: dt.date | None = field(k.day, "money", default=None)
    approved_sum: Decimal | None = field(k.amount, "money", default=None, note="what it came to when it was approved")
    closed: dt.date | None = field(k.day, "money", default=None)
    voided: dt.date | None = field(k.day, "money", default=None)
    because: str = field(k.text, "money", default="", note="why it is void")
    currency: str = field(k.text, "money", default="")
    unit: str = field(k.ident, "money", default="")
    episode: str = field(k.text, "money", default="")
    from_: dt.date | None = field(k.day, "money", default=None)
    to: dt.date | None = field(k.day, "money", default=None)
    deliver: str = field(k.text, "money", default="", note="where to, printed for the vendor")
    instructions: str = field(k.text, "money", default="", note="printed for the vendor")
    deposit: Deposit | None = field(
        k.Value(_deposit, "an amount or a percentage: 50%"), "money", default=None, note="paid with the order: 50%"
    )
    lines: tuple[OrderLine, ...] = field(k.ListOf(k.Of(OrderLine)), "money")
    invoices: tuple[Invoice, ...] = field(k.ListOf(k.Of(Invoice)), "money", default=())
    note: str = field(k.text, "money", default="")

    @property
    def begins(self) -> dt.date:
        """The day from which it commits once approved: its own, or that of the approval if later."""
        return max(self.date, self.approved) if self.approved is not None else self.date


class NumberParts(NamedTuple):
    """An order's number taken apart: the desk's prefix in capitals, and its place in the series."""

    desk: str
    serial: int


def number_parts(number: str) -> NumberParts | None:
    """`LOC-014` is 14 of LOC, and so is `loc14`; None for a number that does not end in figures."""
    found = _NUMBER.fullmatch(number.strip())
    return NumberParts(found[1].rstrip("-").upper(), int(found[2])) if found else None


def number_order(number: str) -> tuple[str, int, str]:
    """Sorts numbers as people count them: LOC-9 before LOC-10."""
    parts = number_parts(number)
    return (parts.desk, parts.serial, number) if parts else (number.upper(), 0, number)
