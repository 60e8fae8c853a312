"""Rows of the ledger (private/costs/*.csv) and EFC changes (private/costs/efc/*.csv).

Not records of the YAML dialect: the folder's CSV reader makes them, a hundred thousand at a
time, so they are plain named tuples. `cost` is in the production's currency, in minor units.

A cost report needs the sums of a ledger and few of its rows, so `Ledger` has the sums at hand and
makes the rows when somebody asks for one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple, overload

from pmkit.model import money
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
EFC_ENTRY = "entry"


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

    def place_of(self, column: str) -> Place:
        """Where a cell of it stands, if its line has no quotes in it; else the line."""
        index = self.at.get(column, -1)
        cells = self.cells.split(",", index + 1) if isinstance(self.cells, str) else ()
        if not 0 <= index < len(cells):
            return self.place
        return Place(self.file, self.line, sum(len(cell) + 1 for cell in cells[:index]) + 1, len(cells[index]))

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


class Alike(NamedTuple):
    """What rows have in common that are added up together."""

    account: str
    period: str
    posted: dt.date
    kind: str


class Foreign(NamedTuple):
    """The same of rows in another currency than the production's."""

    account: str
    period: str
    posted: dt.date
    kind: str
    currency: str


Sums = Mapping[Alike, int]
"""Cost in minor units, by what the rows have in common."""
Abroad = Mapping[Foreign, tuple[int, Decimal]]
"""Cost in minor units, and the net amount in the row's own currency."""


class LedgerPart(NamedTuple):
    """One file of the ledger: how many rows, their sums, and how to come by the rows themselves."""

    entries: int
    sums: Sums
    foreign: Abroad
    rows: Callable[[], tuple[LedgerRow, ...]]


class Ledger(Sequence[LedgerRow]):
    """The rows of every ledger file in order, made when the first is asked for, and their sums, which need none."""

    def __init__(self, parts: Sequence[LedgerPart] = ()) -> None:
        self._parts = tuple(parts)

    @classmethod
    def of(cls, rows: Sequence[LedgerRow], own: str = "") -> Ledger:
        """A ledger of rows that are there already; `own` is the production's currency."""
        kept = tuple(rows)
        sums: dict[Alike, int] = {}
        foreign: dict[Foreign, tuple[int, Decimal]] = {}
        for row in kept:
            alike = Alike(row.account, row.period, row.posted, row.kind)
            sums[alike] = sums.get(alike, 0) + row.cost
            if row.currency not in ("", own):
                net = money.parse_amount(row.typed)
                abroad = Foreign(*alike, row.currency)
                cost, so_far = foreign.get(abroad, (0, Decimal(0)))
                foreign[abroad] = cost + row.cost, so_far + (net if isinstance(net, Decimal) else 0)
        return cls([LedgerPart(len(kept), sums, foreign, lambda: kept)])

    @cached_property
    def rows(self) -> tuple[LedgerRow, ...]:
        """Every row."""
        return tuple(row for part in self._parts for row in part.rows())

    @cached_property
    def sums(self) -> Sums:
        """What the rows come to."""
        return _added([part.sums for part in self._parts])

    @cached_property
    def foreign(self) -> Abroad:
        """What the rows in other currencies come to, by currency."""
        found: dict[Foreign, tuple[int, Decimal]] = {}
        for part in self._parts:
            for key, (cost, net) in part.foreign.items():
                before, so_far = found.get(key, (0, Decimal(0)))
                found[key] = before + cost, so_far + net
        return found

    def __len__(self) -> int:
        return sum(part.entries for part in self._parts)

    def __iter__(self) -> Iterator[LedgerRow]:
        return iter(self.rows)

    @overload
    def __getitem__(self, at: int) -> LedgerRow: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[LedgerRow, ...]: ...
    def __getitem__(self, at: int | slice) -> LedgerRow | tuple[LedgerRow, ...]:
        return self.rows[at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self.rows == tuple(other)

    def __hash__(self) -> int:
        return hash(self.rows)


def sums_of(ledger: Sequence[LedgerRow]) -> Sums:
    """The sums of a ledger, or of rows that stand alone."""
    return (ledger if isinstance(ledger, Ledger) else Ledger.of(ledger)).sums


def _added(parts: Sequence[Sums]) -> Sums:
    if len(parts) == 1:
        return parts[0]
    found: dict[Alike, int] = {}
    for sums in parts:
        for key, cost in sums.items():
            found[key] = found.get(key, 0) + cost
    return found


class EfcChange(NamedTuple):
    """A new estimated final cost (or cost to complete) of an account, with its reason and author.

    `period` and `by` are what the file is named after, `PERIOD-WHO.csv`. `entry` tells the changes
    of one account on one day apart where two people made them: the higher was made later.
    """

    file: str
    line: int
    date: dt.date
    account: str
    amount: Decimal
    reason: str
    by: str
    period: str = ""
    entry: int = 0

    @property
    def made(self) -> tuple[dt.date, int, str, int]:
        """Sorts changes of one period in the order they were made."""
        return (self.date, self.entry, self.file, self.line)

    def tied(self, other: EfcChange) -> bool:
        """Whether nothing says which of two was made later: two people's, of one period, day and entry."""
        alike = (self.period, self.date, self.entry) == (other.period, other.date, other.entry)
        return alike and self.by != other.by

    @property
    def place(self) -> Place:
        """The line it stands on."""
        return Place(self.file, self.line, 1)
