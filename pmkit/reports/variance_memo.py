"""The memo of variances: what changed since the last cost report, who said why, and what nobody explained."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from pmkit.model.frozen import frozen
from pmkit.model.production import Production
from pmkit.reports.table import Column, Row, Table, heading
from pmkit.rollup.costs import Costs
from pmkit.rollup.variances import Explained, Unexplained, variances

DOCUMENT = "Memo of variances"
OVERAGE = "approved overage"


@frozen
class MemoReason:
    """Why: when, by whom, from which stored figure to which. Of an overage `after` is what was added."""

    date: dt.date
    by: str
    what: str
    before: Decimal | None
    after: Decimal
    why: str


@frozen
class MemoAccount:
    """An account with its reasons: its EFC before and now, and where that leaves it against its budget."""

    number: str
    name: str
    before: Decimal
    now: Decimal
    moved: Decimal
    variance: Decimal
    standing: str
    reasons: tuple[MemoReason, ...]


@frozen
class MemoGap:
    """An account without a reason: its estimate, its variance, and what nobody explained."""

    number: str
    name: str
    now: Decimal
    moved: Decimal
    variance: Decimal
    standing: str
    said: str


@frozen
class Memo:
    """The memo of a period; `net` is by how much the explained accounts moved the estimate."""

    accounts: tuple[MemoAccount, ...]
    gaps: tuple[MemoGap, ...]
    net: Decimal
    note: str


def memo(production: Production, costs: Costs) -> Memo:
    """The memo of variances of a cost report."""
    found = variances(production, costs)
    stored = "EFC" if costs.settings.stored == "efc" else "ETC"
    own = production.settings.currency
    return Memo(
        accounts=tuple(_account(production, row, stored) for row in found.explained),
        gaps=tuple(_gap(row) for row in found.unexplained),
        net=sum((row.moved for row in found.explained), Decimal("0.00")),
        note=f"Reasons are those stored with every change of the {stored} and with approved overages. "
        f"What moved or stands more than {own} {found.over:,f} off without one is named.",
    )


def table(production: Production, made: Memo, period: str, number: str) -> Table:
    """The memo as one table."""
    rows: list[Row] = []
    for account in made.accounts:
        where = f"{account.number} {account.name}".strip() or "–"
        rows.append(heading(where))
        rows += [Row((r.date, r.what, r.before, r.after, None, "", r.why, r.by)) for r in account.reasons]
        last = (account.before, account.now, account.variance, account.standing, "", "")
        rows.append(Row((None, "EFC", *last), "subtotal"))
    if made.gaps:
        rows.append(heading("Not explained"))
        for gap in made.gaps:
            where = f"{gap.number} {gap.name}".strip()
            rows.append(Row((None, where, gap.now - gap.moved, gap.now, gap.variance, gap.standing, gap.said, "")))
    return Table(
        title=production.settings.title,
        document=f"{DOCUMENT} {number}".strip(),
        columns=_COLUMNS,
        rows=tuple(rows),
        subtitle=f"all figures {production.settings.currency}",
        period=period,
        notes=(made.note,) if rows else ("No estimate was changed since the last report.", made.note),
        landscape=True,
    )


_COLUMNS = (
    Column("date", "Date", "date"),
    Column("what", "What"),
    Column("before", "From", "money"),
    Column("after", "To", "money", strong=True),
    Column("variance", "Variance", "money"),
    Column("standing", ""),
    Column("why", "Why", width=1),
    Column("by", "By"),
)


def _account(production: Production, row: Explained, stored: str) -> MemoAccount:
    position = row.position
    return MemoAccount(
        number=row.coding.number,
        name=row.coding.name,
        before=row.before,
        now=position.efc.value,
        moved=row.moved,
        variance=position.variance.value,
        standing=position.standing,
        reasons=tuple(_reasons(production, row, stored)),
    )


def _reasons(production: Production, row: Explained, stored: str) -> Iterator[MemoReason]:
    for reason in row.reasons:
        by = production.name_of(reason.by) if reason.by else ""
        what = OVERAGE if reason.overage else stored
        yield MemoReason(reason.date, by, what, reason.before, reason.after, reason.why)


def _gap(row: Unexplained) -> MemoGap:
    position = row.position
    if position.efc.value == position.total.value and position.etc.value == 0:
        said = "no reason given: the estimate follows what is spent and committed"
    else:
        said = "no reason given"
    return MemoGap(
        row.coding.number,
        row.coding.name,
        position.efc.value,
        row.moved,
        position.variance.value,
        position.standing,
        said,
    )
