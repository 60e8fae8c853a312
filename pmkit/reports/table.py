"""A document that is only a table: rows under headings, in groups, with totals.

Crew lists, cost reports, one-line schedules. The rows come ordered and complete; the values
are the model's own, so each way of printing writes them in its own manner.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from pmkit.model.clock import Clock, Length
from pmkit.model.pages import Eighths

ColumnKind = Literal["text", "phone", "email", "money", "number", "count", "pages", "clock", "length", "date"]
RowKind = Literal["row", "heading", "subtotal", "total"]
Cell = str | int | Decimal | Clock | Length | Eighths | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its stable key (CSV, JSON), its heading on paper, and what its cells are.

    A `number` is a figure that is no money and has the decimals it has: an amount of days, a rate.
    `phone` and `email` are text that a phone can be told to call or write to.

    `width` is its share of the room left by the columns without one; zero takes what the
    content needs. `strong` is set bold: the one figure the reader came for.
    """

    key: str
    heading: str
    kind: ColumnKind = "text"
    width: float = 0
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row. A `heading` starts a group and has its words in its first cell, nothing else."""

    cells: tuple[Cell, ...]
    kind: RowKind = "row"


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a document.

    `title` is the production's, `document` the document's own name (`Crew list`), `subtitle`
    what stands under it, `period` the day or stretch it speaks of (the middle of the footer).
    `notes` stand below: what a sign means, what was left out, that figures are in whole units.
    """

    title: str
    document: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    subtitle: str = ""
    period: str = ""
    notes: tuple[str, ...] = ()
    landscape: bool = False

    def __post_init__(self) -> None:
        for row in self.rows:
            wanted = 1 if row.kind == "heading" else len(self.columns)
            if len(row.cells) != wanted:
                raise ValueError(f"a {row.kind} of {self.document} has {len(row.cells)} cells, not {wanted}")


def heading(words: str) -> Row:
    """The row that starts a group."""
    return Row((words,), "heading")
