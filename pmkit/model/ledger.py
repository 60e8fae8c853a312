"""Rows of the ledger (private/costs/*.csv) and EFC changes (private/costs/efc/*.csv).

Not records of the YAML dialect: the folder's CSV reader makes them, a hundred thousand at a
time, so they are plain named tuples. `cost` is in the production's currency, in minor units.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import NamedTuple

from pmkit.problems import Place

KINDS = ("actual", "accrual", "journal", "petty-cash", "card", "payroll")
COLUMNS = (
    "id",
    "period",
    "posted",
    "account",
    "amount",
    "currency",
    "rate",
    "kind",
    "vendor",
    "document",
    "po",
    "episode",
    "set",
    "location",
    "unit",
    "tax",
    "tags",
    "memo",
)
REQUIRED = ("account", "amount", "posted", "kind")
EFC_COLUMNS = ("date", "account", "amount", "reason")


class LedgerRow(NamedTuple):
    """One posting: what was spent on which account, when, and on which paper.

    `typed` is the net amount as it stands there, in `currency` (empty for the production's own);
    `rate` is base per one of it. `cost` is their product in minor units of the production's currency, rounded half
    up once, here. `tax` is recoverable and never in the cost.
    """

    file: str
    line: int
    account: str
    posted: dt.date
    cost: int
    kind: str
    id: str = ""
    period: str = ""
    typed: str = ""
    currency: str = ""
    rate: Decimal = Decimal(1)
    vendor: str = ""
    document: str = ""
    po: str = ""
    episode: str = ""
    set: str = ""
    location: str = ""
    unit: str = ""
    tax: str = ""
    tags: str = ""
    memo: str = ""

    @property
    def place(self) -> Place:
        """The line of the ledger it stands on."""
        return Place(self.file, self.line, 1)


class EfcChange(NamedTuple):
    """A new estimated final cost (or cost to complete) of an account, with its reason and author.

    `period` and `by` are what the file is named after, `PERIOD-WHO.csv`.
    """

    file: str
    line: int
    date: dt.date
    account: str
    amount: Decimal
    reason: str
    by: str
    period: str = ""

    @property
    def place(self) -> Place:
        """The line it stands on."""
        return Place(self.file, self.line, 1)
