"""The cash flow, shaped like the paper: key figures, a row a week, and every category over the weeks.

`report` makes the value; `by_week` is the same as a table with a row a week, for terminal and
screen, `by_category` with a column a week, for a spreadsheet. All payments together are the EFC.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from pmkit.model.money import amount_of
from pmkit.model.production import Production
from pmkit.reports.cashflow_notes import attention, conventions
from pmkit.reports.costs import stretch
from pmkit.reports.table import Cell, Column, Row, Table, heading
from pmkit.rollup.cashflow import CashFlow
from pmkit.rollup.coding import key_of
from pmkit.rollup.costs import AccountCost, Costs

SEES = frozenset({"public", "set", "money"})
"""The privacy classes a cash flow may show."""

DOCUMENT = "Cash flow"
PAID, AHEAD, SHORT = "paid", "ahead", "SHORT"


@dataclass(frozen=True, slots=True)
class CashLine:
    """A category, level or charge: what is paid in each week, to date, still to pay, and in all: its EFC."""

    number: str
    name: str
    weeks: tuple[Decimal, ...]
    paid: Decimal
    ahead: Decimal
    total: Decimal


@dataclass(frozen=True, slots=True)
class CashLevel:
    """A production level: its categories and their sum."""

    name: str
    categories: tuple[CashLine, ...]
    total: CashLine


@dataclass(frozen=True, slots=True)
class WeekLine:
    """A week: what is paid by level (in the order of the levels, charges last), what comes in, the balances.

    `state` is `paid` or `ahead`; `standing` is SHORT when the week ends below the floor.
    """

    number: int
    from_: dt.date
    to: dt.date
    state: str
    opening: Decimal
    drawdowns: Decimal
    levels: tuple[Decimal, ...]
    payments: Decimal
    closing: Decimal
    standing: str


@dataclass(frozen=True, slots=True)
class DrawdownLine:
    """A drawdown: when, how much, what it is."""

    date: dt.date
    amount: Decimal
    what: str


@dataclass(frozen=True, slots=True)
class CashflowReport:
    """The cash flow as it stands with a cost report.

    `heads` are what a week's `levels` stand for; `charged` is the sum of the charges. `lowest` is the lowest balance at a week's end,
    `lowest_on` that day; `wanted` what must come in besides, for no week to end below the `floor`.
    """

    title: str
    company: str
    name: str
    period: str
    to: dt.date | None
    currency: str
    opening: Decimal
    floor: Decimal
    drawn: Decimal
    efc: Decimal
    paid: Decimal
    ahead: Decimal
    closing: Decimal
    lowest: Decimal
    lowest_on: dt.date | None
    wanted: Decimal
    heads: tuple[str, ...]
    weeks: tuple[WeekLine, ...]
    levels: tuple[CashLevel, ...]
    charges: tuple[CashLine, ...]
    charged: Decimal
    total: CashLine
    drawdowns: tuple[DrawdownLine, ...]
    notes: tuple[str, ...]
    attention: tuple[str, ...]


def report(production: Production, costs: Costs, flow: CashFlow, *, whole: bool = True) -> CashflowReport:
    """The cash flow of a cost report."""
    settings, period = production.settings, costs.period
    levels = tuple(_levels(costs, flow))
    charges = tuple(_line(flow, row.coding.number, row.coding.name, [row]) for row in costs.charges)
    total = _line(flow, "", "All payments", costs.accounts())
    heads = (*(level.name for level in levels), *(("Charges",) if charges else ()))
    lowest = flow.lowest
    return CashflowReport(
        title=settings.title,
        company=settings.company,
        name=f"{DOCUMENT} {period.number}" if period is not None else DOCUMENT,
        period=stretch(period.from_, period.to) if period is not None else "",
        to=period.to if period is not None else None,
        currency=settings.currency,
        opening=amount_of(flow.opening),
        floor=amount_of(flow.floor),
        drawn=sum((drawdown.amount for drawdown in flow.drawdowns), Decimal("0.00")),
        efc=costs.total.efc.value,
        paid=total.paid,
        ahead=total.ahead,
        closing=amount_of(flow.weeks[-1].closing if flow.weeks else flow.opening),
        lowest=amount_of(lowest.closing if lowest is not None else flow.opening),
        lowest_on=lowest.to if lowest is not None else None,
        wanted=amount_of(flow.wanted),
        heads=heads,
        weeks=tuple(_weeks(flow, levels, charges)),
        levels=levels,
        charges=charges,
        charged=sum((line.total for line in charges), Decimal("0.00")),
        total=total,
        drawdowns=tuple(DrawdownLine(d.date, d.amount, d.what) for d in flow.drawdowns),
        notes=tuple(conventions(production, whole)),
        attention=tuple(attention(production, costs, flow)),
    )


def by_week(report: CashflowReport) -> Table:
    """The cash flow with a row a week: payments by level, drawdowns, balance."""
    columns = (
        Column("week", "Week", "count"),
        Column("to", "To", "date"),
        Column("state", ""),
        Column("opening", "Opening", "money"),
        Column("drawdowns", "Drawdowns", "money"),
        *(Column(f"level_{number}", name, "money") for number, name in enumerate(report.heads, 1)),
        Column("payments", "Payments", "money"),
        Column("closing", "Closing", "money", strong=True),
        Column("standing", ""),
    )
    rows = [
        Row(
            (
                week.number,
                week.to,
                week.state,
                week.opening,
                week.drawdowns,
                *week.levels,
                week.payments,
                week.closing,
                week.standing,
            )
        )
        for week in report.weeks
    ]
    sums = [level.total.total for level in report.levels] + [report.charged] * bool(report.charges)
    last: tuple[Cell, ...] = (report.total.total, report.closing, "")
    rows.append(Row((None, None, "TOTAL", report.opening, report.drawn, *sums, *last), "total"))
    return _table(report, columns, tuple(rows))


def by_category(report: CashflowReport) -> Table:
    """The cash flow with a column a week, headed by its last day: categories, then drawdowns and balances."""
    columns = (
        Column("number", "Acct"),
        Column("name", "Category"),
        *(Column(week.to.isoformat(), week.to.isoformat(), "money") for week in report.weeks),
        Column("total", "Total", "money", strong=True),
    )

    def row(line: CashLine, kind: str = "row", name: str = "") -> Row:
        return Row((line.number, name or line.name or "–", *line.weeks, line.total), kind)  # type: ignore[arg-type]

    rows: list[Row] = []
    for level in report.levels:
        rows += [heading(level.name), *(row(line) for line in level.categories)]
        rows.append(row(level.total, "subtotal"))
    if report.charges:
        rows += [heading("Charges"), *(row(line) for line in report.charges)]
    rows.append(row(report.total, "total"))
    rows.append(heading("Bank"))
    for name, key, total in (
        ("Opening balance", "opening", report.opening),
        ("Drawdowns", "drawdowns", report.drawn),
        ("Closing balance", "closing", report.closing),
    ):
        rows.append(Row(("", name, *(getattr(week, key) for week in report.weeks), total)))
    return _table(report, columns, tuple(rows))


def _table(report: CashflowReport, columns: tuple[Column, ...], rows: tuple[Row, ...]) -> Table:
    words = (report.company, f"all figures {report.currency}", f"estimated final cost {report.efc:,.2f}")
    return Table(
        title=report.title,
        document=report.name,
        columns=columns,
        rows=rows,
        subtitle=" · ".join(word for word in words if word),
        period=report.period,
        notes=(*report.attention, *report.notes),
        landscape=True,
    )


def _levels(costs: Costs, flow: CashFlow) -> Iterator[CashLevel]:
    for level in costs.levels:
        categories = tuple(_line(flow, c.number, c.name, c.accounts) for c in level.categories)
        accounts = [row for category in level.categories for row in category.accounts]
        yield CashLevel(level.name, categories, _line(flow, "", f"Total {level.name.lower()}", accounts))


def _line(flow: CashFlow, number: str, name: str, rows: Iterable[AccountCost]) -> CashLine:
    keys = [key_of(row.coding) for row in rows]
    by_week = [sum(week.paid.get(key, 0) for key in keys) for week in flow.weeks]
    paid = sum(cents for cents, week in zip(by_week, flow.weeks, strict=True) if week.past)
    total = sum(by_week)
    return CashLine(
        number, name, tuple(map(amount_of, by_week)), amount_of(paid), amount_of(total - paid), amount_of(total)
    )


def _weeks(flow: CashFlow, levels: tuple[CashLevel, ...], charges: tuple[CashLine, ...]) -> Iterator[WeekLine]:
    for number, week in enumerate(flow.weeks):
        parts = [level.total.weeks[number] for level in levels]
        if charges:
            parts.append(sum((line.weeks[number] for line in charges), Decimal("0.00")))
        yield WeekLine(
            number=number + 1,
            from_=week.from_,
            to=week.to,
            state=PAID if week.past else AHEAD,
            opening=amount_of(week.opening),
            drawdowns=amount_of(week.drawn),
            levels=tuple(parts),
            payments=amount_of(week.payments),
            closing=amount_of(week.closing),
            standing=SHORT if week.closing < flow.floor else "",
        )
