"""Who works on a day without a signed deal memo: as a list, and in a line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pmkit.model import dates
from pmkit.model.cast import CastMember
from pmkit.model.production import Production
from pmkit.reports.table import Column, Row, Table
from pmkit.rollup.board import NumberedDay
from pmkit.rollup.unsigned import unsigned

_NAMED = 4  # by name; forty would be read by nobody


def of_day(production: Production, day: NumberedDay, told: set[str]) -> Iterator[str]:
    """Who works on a unit's day without a signed deal memo, whom no unit before has named; nobody where deals are not kept."""
    if not production.has_private or not production.deals:
        return
    found = [one.person for one in unsigned(production, day.date, day.unit) if one.person not in told]
    told.update(found)
    names = list(dict.fromkeys(production.name_of(person) for person in found))
    if names:
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        yield f"no signed deal memo: {', '.join(names[:_NAMED])}{more} (pmkit dealmemo --missing)"


def table(production: Production, day: date) -> Table:
    """Everybody who works on a date without a signed memo, with what to do about it."""
    columns = (
        Column("who", "Who", strong=True, width=1),
        Column("as", "As", width=1),
        Column("memo", "Memo"),
        Column("next", "Next", width=1),
    )
    rows = [
        Row(
            (
                production.name_of(one.person),
                one.who.character if isinstance(one.who, CastMember) else one.who.position,
                "no deal"
                if one.deal is None
                else "not signed"
                if one.deal.signed is None
                else f"signed {one.deal.signed}",
                f"pmkit dealmemo {one.person} --format pdf" if one.deal is not None else "add it to private/deals.yaml",
            )
        )
        for one in unsigned(production, day)
    ]
    said = f"{len(rows)} work{'s' if len(rows) == 1 else ''} on {dates.said(day)}"
    return Table(production.settings.title, "Without a signed deal memo", columns, tuple(rows), said, dates.said(day))
