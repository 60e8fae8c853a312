"""Rows of the ledger (private/costs/*.csv) and EFC changes (private/costs/efc/*.csv).

Not records of the YAML dialect: the folder's CSV reader makes them, a hundred thousand at a
time, so they are plain named tuples. `cost` is in the production's currency, in minor units.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
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

    `cost` is the net amount times `rate` (base per one of its currency) in minor units of the
    production's currency, rounded half up once, when it was read. The other columns stay as they
    were typed, in `cells` (or the line they stand on), and are looked up by name in `at`.
    """

    file: str
    line: int
    account: str
    posted: dt.date
    cost: int
    kind: str
    id: str = ""
    period: str = ""
    rate: Decimal = Decimal(1)
    cells: str | Sequence[str] = ()
    at: Mapping[str, int] = {}

    def cell(self, column: str) -> str:
        """A column as it was typed; empty where the file has none."""
        index = self.at.get(column, -1)
        if index < 0:
            return ""
        cells = self.cells.split(",", index + 1) if isinstance(self.cells, str) else self.cells
        return cells[index] if index < len(cells) else ""

    @property
    def place(self) -> Place:
        """The line of the ledger it stands on."""
        return Place(self.file, self.line, 1)

    @property
    def typed(self) -> str:
        """The net amount as typed, in the row's currency."""
        return self.cell("amount")

    @property
    def currency(self) -> str:
        """The currency of the amount; empty for the production's own."""
        return self.cell("currency").strip()

    @property
    def vendor(self) -> str:
        """The vendor's id."""
        return self.cell("vendor").strip()

    @property
    def document(self) -> str:
        """The number of the invoice, receipt or payroll."""
        return self.cell("document")

    @property
    def po(self) -> str:
        """The purchase order it belongs to."""
        return self.cell("po").strip()

    @property
    def memo(self) -> str:
        """What it was for, in words."""
        return self.cell("memo")


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
