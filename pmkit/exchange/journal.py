"""The ledger as double entry, before it is written for hledger or beancount.

Each row of the ledger is one transaction of two postings. The cost stands on its account in the
production's currency, in cents as the cost report counts it; the other side stands where the
kind of cost says (payables, petty cash, cards, payroll), in the currency that is owed, with its
price in the production's. So whatever sums an account comes to our cost to date.

Accruals and open orders are no cost to date where the cost report has them in commitments: they
stand apart, under Expenses:Accrued and Expenses:Committed. Balance accounts (private/balance.yaml)
are no cost either: they stand under Assets or Liabilities, and in no sum.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final, NamedTuple

from pmkit.model import money
from pmkit.model.ledger import LedgerRow
from pmkit.model.money import amount_of
from pmkit.model.production import Production
from pmkit.rollup.coding import Codes, Coding
from pmkit.rollup.commitments import commitments
from pmkit.rollup.exchange import exchange
from pmkit.rollup.order_lines import Quantities

SIDES: Final = {
    "actual": ("Liabilities", "Payables"),
    "accrual": ("Liabilities", "Accruals"),
    "journal": ("Equity", "Journal entries"),
    "petty-cash": ("Assets", "Petty cash"),
    "card": ("Liabilities", "Cards"),
    "payroll": ("Liabilities", "Payroll"),
    "order": ("Liabilities", "Open orders"),
}
BALANCE: Final = {"payable": "Liabilities"}
"""Where a balance account stands by its kind, when it is no asset."""
ACCRUED: Final = "Accrued"
COMMITTED: Final = "Committed"
_TAGS: Final = ("kind", "period", "document", "po", "episode", "set", "location", "unit", "tax", "tags")
_UNSEEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


class Entry(NamedTuple):
    """One transaction: the cost in minor units on an account, and the other side in what is owed.

    `account` and `side` are the steps of the accounts' names; `owed` is the amount in `currency`,
    which is the production's own where nothing was exchanged.
    """

    day: dt.date
    number: str
    payee: str
    memo: str
    account: tuple[str, ...]
    side: tuple[str, ...]
    cost: int
    owed: Decimal
    currency: str
    tags: tuple[tuple[str, str], ...]


class Journal(NamedTuple):
    """The transactions in the order of their days. `to_date`, `accrued` and `committed` are sums in minor units."""

    title: str
    currency: str
    entries: tuple[Entry, ...]
    rows: int
    to_date: int
    accrued: int
    committed: int


def journal(production: Production, rows: Iterable[LedgerRow], orders_on: dt.date | None = None) -> Journal:
    """The journal of some rows of the ledger; with `orders_on`, what orders still commit on that day too."""
    names = _Accounts(production)
    apart = production.budget is None or production.budget.cost_report.accruals_in == "commitments"
    taken = sorted(rows, key=lambda row: (row.posted, row.file, row.line))
    entries = [_entry(production, names, row, apart) for row in taken]
    costs = [row for row in taken if row.account not in production.balance]
    accrued = sum(row.cost for row in costs if apart and row.kind == "accrual")
    orders = list(_orders(production, names, orders_on)) if orders_on is not None else []
    committed = sum(entry.cost for entry in orders)
    done = sorted([*entries, *orders], key=lambda entry: entry.day)
    settings = production.settings
    to_date = sum(row.cost for row in costs) - accrued
    return Journal(line(settings.title), settings.currency, tuple(done), len(taken), to_date, accrued, committed)


def line(text: str) -> str:
    """Text on one line without what cannot be seen: nothing in it begins a line of its own."""
    return " ".join(_UNSEEN.sub(" ", text).split())


def figure(cents: int) -> str:
    """Minor units as an amount."""
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"


class _Accounts:
    """The steps of an account's name: level, category, account; or the balance account."""

    def __init__(self, production: Production) -> None:
        self._codes = Codes(production.budget, production.chart)
        self._balance = production.balance
        self._known: dict[str, Coding] = {}

    def of(self, account: str, under: str = "") -> tuple[str, ...]:
        """`Expenses`, the level, the category and the account, each with its number and name; of a balance account two."""
        if account in self._balance:
            kept = self._balance[account]
            return (BALANCE.get(kept.kind, "Assets"), f"{kept.number} {kept.name}".strip())
        coding = self._known.get(account)
        if coding is None:
            coding = self._known[account] = self._codes.of(account)
        category = f"{coding.category} {coding.category_name}".strip()
        steps = (self._codes.level_name(coding.level), category, f"{coding.number} {coding.name}".strip())
        return ("Expenses", *((under,) if under else ()), *steps)


def _entry(production: Production, names: _Accounts, row: LedgerRow, apart: bool) -> Entry:
    currency, own = row.currency or production.settings.currency, production.settings.currency
    typed = money.parse_amount(row.typed)
    cost = amount_of(row.cost)
    owed = typed if currency != own and isinstance(typed, Decimal) and typed and row.cost else cost
    vendor = production.vendors.get(row.vendor)
    under = ACCRUED if apart and row.kind == "accrual" else ""
    tags = [("kind", row.kind), *((name, row.cell(name)) for name in _TAGS if name != "kind")]
    if currency != own:
        tags.append(("amount", f"{currency} {row.typed}"))
    return Entry(
        day=row.posted,
        number=line(row.id) or f"{row.file}:{row.line}",
        payee=line(vendor.name if vendor is not None else row.vendor),
        memo=line(row.memo),
        account=names.of(row.account, under),
        side=SIDES[row.kind],
        cost=row.cost,
        owed=owed,
        currency=currency if owed is not cost else own,
        tags=tuple((name, line(text)) for name, text in tags if text.strip()),
    )


def _orders(production: Production, names: _Accounts, day: dt.date) -> Iterable[Entry]:
    own = production.settings.currency
    for state in commitments(production.orders, exchange(production), day, Quantities(production)):
        vendor = production.vendors.get(state.order.vendor)
        for account, cents in state.remaining_by_account.items():
            if cents:
                yield Entry(
                    day=state.order.date,
                    number=line(state.order.number),
                    payee=line(vendor.name if vendor is not None else state.order.vendor),
                    memo="still committed",
                    account=names.of(account, COMMITTED),
                    side=SIDES["order"],
                    cost=cents,
                    owed=amount_of(cents),
                    currency=own,
                    tags=(("kind", "order"), ("po", line(state.order.number))),
                )
