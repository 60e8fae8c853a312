"""What the accountant keeps beside the ledger: accounts that are no cost, floats with their envelopes, closed periods.

`private/balance.yaml`, `private/petty.yaml` (or `private/petty/HOLDER.yaml`) and, written by
`pmkit period close`, `private/closed/PERIOD.yaml`.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from pmkit.model import kinds as k
from pmkit.model.record import Record, field
from pmkit.problems import Fault

STATES = ("draft", "open", "audited", "posted", "void")


class BalanceAccount(Record):
    """A balance account: bank, floats, tax to be recovered. Journals post to it, and no report counts it as cost."""

    number: str = field(k.text, "money", from_key=True)
    name: str = field(k.text, "money")
    kind: str = field(k.OneOf("bank", "float", "tax", "payable", "other"), "money", default="other")

    @classmethod
    def from_text(cls, text: str) -> dict[str, Any] | Fault | None:
        """A name alone."""
        return {"name": text}


class CashOut(Record):
    """Cash given to the holder of a float; what came back is negative."""

    date: dt.date = field(k.day, "money")
    amount: Decimal = field(k.amount, "money")
    note: str = field(k.text, "money", default="")


class Envelope(Record):
    """An envelope of receipts, or a card's statement: its total, and how far the accountant is with it.

    `draft` is still with the holder, `open` with the accountant, `audited` found right, `posted` in
    the ledger, `void` never to be. Its rows in the ledger have its number as their document.
    """

    number: str = field(k.text, "money", from_key=True)
    received: dt.date | None = field(k.day, "money", default=None)
    total: Decimal = field(k.amount, "money")
    state: str = field(k.OneOf(*STATES), "money", default="draft")
    note: str = field(k.text, "money", default="")


class Float(Record):
    """A float: cash, or a card, that somebody holds for the production. It is no cost until receipts are posted."""

    holder: str = field(k.ident, "public", from_key=True)
    kind: str = field(k.OneOf("cash", "card"), "money", default="cash")
    float: Decimal | None = field(k.amount, "money", default=None, note="the most that may be out with the holder")
    account: str = field(k.text, "money", default="", note="the balance account it is kept on")
    cash_out: tuple[CashOut, ...] = field(k.ListOf(k.Of(CashOut)), "money", default=())
    envelopes: dict[str, Envelope] = field(k.MappingOf(k.text, k.Of(Envelope)), "money", default={})


class Closing(Record):
    """A period as it was when it was closed: its cost, a line for each row and EFC change, a mark of the budget's text.

    `payroll` is what was estimated then of payroll that was not in, by account, all periods together.

    A line ends with a mark of what it was made of: a row that was added, changed or taken out
    since then is found by it.
    """

    number: str = field(k.text, "money", from_key=True)
    closed: dt.date = field(k.day, "money")
    cost: Decimal = field(k.amount, "money")
    budget: str = field(k.text, "money", default="")
    payroll: dict[str, Decimal] = field(k.MappingOf(k.text, k.amount), "money", default={})
    rows: tuple[str, ...] = field(k.texts, "money", default=())
