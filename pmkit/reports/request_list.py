"""Every request of the production in a line each, and all that is due of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pmkit.model.production import Production
from pmkit.reports.request_due import Delivery, Due
from pmkit.reports.request_status import RequestStatus, request_status
from pmkit.reports.table import Column, Row, Table

SEES = frozenset({"public", "set", "contact", "money"})
"""The privacy classes the list of requests may show."""

_COLUMNS = (
    Column("request", "Request", strong=True),
    Column("what", "What", width=1),
    Column("when", "When", width=1),
    Column("answer_by", "Answer by"),
    Column("asked", "Asked", "count"),
    Column("answered", "Answered", "count"),
    Column("waiting", "Waiting", "count"),
    Column("due", "Due", "count"),
)


def request_list(
    production: Production, now: datetime, deliveries: Mapping[str, Mapping[str, Delivery]]
) -> tuple[Table, tuple[Due, ...]]:
    """The requests in the order of their names, and everything due; `deliveries` by request and person."""
    found = [request_status(production, name, now, deliveries.get(name, {})) for name in sorted(production.requests)]
    each = [status for status in found if isinstance(status, RequestStatus)]
    rows = tuple(
        Row(
            (
                one.name,
                one.what,
                one.when,
                f"{one.answer_by:%a} {one.answer_by.day} {one.answer_by:%b %Y, %H:%M}"
                if one.answer_by is not None
                else "",
                one.asked,
                one.answered,
                one.waiting,
                len(one.due),
            )
        )
        for one in each
    )
    due = tuple(item for one in each for item in one.due)
    notes = tuple(f"{item.request}: {item.name}: {item.words}" for item in due)
    return Table(production.settings.title, "Requests", _COLUMNS, rows, notes=notes), due
