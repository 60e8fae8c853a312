"""Where a request stands, as data: what a spreadsheet or another program reads."""

from __future__ import annotations

from pmkit.reports.request_status import RequestStatus
from pmkit.reports.table import Cell as TableCell, Column, Row, Table


def data(status: RequestStatus) -> Table:
    """The status as data: a row a person and date, with delivery, answer and booking apart."""
    columns = (
        Column("person", "Person"),
        Column("name", "Name", strong=True, width=1),
        Column("role", "Role", width=1),
        Column("through", "Through"),
        Column("delivery", "Delivery"),
        Column("date", "Date", "date"),
        Column("answer", "Answer"),
        Column("booking", "Booking"),
        Column("terms", "Terms", width=1),
        Column("note", "Note", width=1),
        Column("how", "How"),
    )
    rows: list[Row] = []
    for person in status.rows:
        head: tuple[TableCell, ...] = (person.id, person.name, person.role, person.through, person.delivery)
        tail: tuple[TableCell, ...] = (person.terms, person.note, person.how)
        dated = [(day.date, mark) for day, mark in zip(status.days, person.marks, strict=True) if mark.kind != "none"]
        rows += [Row((*head, day, mark.answer, mark.booking, *tail)) for day, mark in dated]
        if not dated:
            rows.append(Row((*head, None, person.answer, "", *tail)))
    return Table(
        status.production, f"Request {status.name}", columns, tuple(rows), status.what, status.when, landscape=True
    )
