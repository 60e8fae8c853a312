"""What came in by mail, as a table: whose it is, what it reads as, or the line to read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pmkit.model.production import Production
from pmkit.reports.table import Column, Row, Table

SEES = frozenset({"public", "contact", "money"})
"""The privacy classes the list of incoming mail may show."""

_COLUMNS = (
    Column("key", "Key", strong=True),
    Column("state", "To do"),
    Column("name", "Who"),
    Column("request", "Request"),
    Column("at", "Written"),
    Column("reads", "Reads as", width=1),
    Column("quote", "Says", width=2),
    Column("why", "Why", width=1),
)


class Line(NamedTuple):
    """One mail. `reads` is empty for free text; `quote` is the line that says something."""

    key: str
    state: str
    name: str
    request: str
    at: str
    reads: str
    quote: str
    why: str


def inbox_list(production: Production, lines: Iterable[Line]) -> Table:
    """The mails as they are given, a row each."""
    return Table(production.settings.title, "Inbox", _COLUMNS, tuple(Row(tuple(line)) for line in lines))
