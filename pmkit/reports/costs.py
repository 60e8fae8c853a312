"""The cost report, shaped like the paper: head, summary figures, categories by level, accounts, totals.

`report` makes the value; `table` the same as one table for the terminal, Markdown, CSV and a
spreadsheet. Amounts are exact to the cent; whole units are a matter of display, and `whole`
makes the notes say so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from pmkit.model.dates import MONTHS
from pmkit.model.frozen import frozen
from pmkit.model.money import half_up
from pmkit.model.production import Production
from pmkit.reports.costs_notes import attention, conventions
from pmkit.reports.table import Cell, Column, Row, Table, heading
from pmkit.reports.variance_memo import Memo, memo
from pmkit.rollup import board
from pmkit.rollup.coding import Coding
from pmkit.rollup.costs import Costs
from pmkit.rollup.position import Position

if TYPE_CHECKING:
    from pmkit.reports.cost_trend import CostTrend

SEES = frozenset({"public", "set", "money"})
"""The privacy classes a cost report, or an account of it, may show."""

DOCUMENT = "Cost report"


@frozen
class CostLine:
    """One row of the report. `standing` is OVER or UNDER, `trend` WORSE or BETTER, or nothing."""

    number: str
    name: str
    period: Decimal
    to_date: Decimal
    commitments: Decimal
    total: Decimal
    etc: Decimal
    efc: Decimal
    budget: Decimal
    overages: Decimal
    revised: Decimal
    variance: Decimal
    standing: str
    change: Decimal
    trend: str


@frozen
class CostCategory:
    """A category: its accounts and its own row, the sum of them."""

    number: str
    name: str
    accounts: tuple[CostLine, ...]
    total: CostLine


@frozen
class CostLevel:
    """A production level: its categories and their sum."""

    name: str
    categories: tuple[CostCategory, ...]
    total: CostLine


@frozen
class CostReport:
    """The cost report of a period.

    `name` is the document's own (`Cost report 8`); `period` its dates in words, empty without periods; `days_shot` of `days` are those of the
    main unit with a daily report, to the end of the period; `spent` is cost to date as a
    percentage of the revised budget. `notes` are the conventions the figures follow and what was
    not there; `attention` is what somebody has to decide. `trend` is there when it was asked for.
    """

    title: str
    company: str
    name: str
    number: str
    period: str
    to: dt.date | None
    currency: str
    days_shot: int
    days: int
    spent: str
    levels: tuple[CostLevel, ...]
    before_charges: CostLine
    charges: tuple[CostLine, ...]
    total: CostLine
    notes: tuple[str, ...]
    attention: tuple[str, ...]
    memo: Memo
    trend: CostTrend | None = None


def report(production: Production, costs: Costs, *, whole: bool = True, trend: CostTrend | None = None) -> CostReport:
    """The cost report of a production to the end of a period. `trend` is worked out by whoever shows it."""
    settings, period = production.settings, costs.period
    end = period.to if period is not None else None
    main = board.main_unit(production)
    shooting = board.days(production, main)
    shot = sum(1 for day, unit in production.dailies if unit == main and (end is None or day <= end))
    total = _line(costs, Coding("", "Grand total", "", "", ""), costs.total)
    levels = tuple(_levels(costs))
    return CostReport(
        title=settings.title,
        company=settings.company,
        name=f"{DOCUMENT} {period.number}" if period is not None else DOCUMENT,
        number=period.number if period is not None else "",
        period=stretch(period.from_, period.to) if period is not None else "",
        to=end,
        currency=settings.currency,
        days_shot=shot,
        days=len(shooting),
        spent=_share(total.to_date, total.revised),
        levels=levels,
        before_charges=_line(costs, Coding("", "Total before charges", "", "", ""), costs.before_charges),
        charges=tuple(_line(costs, row.coding, row.position) for row in costs.charges),
        total=total,
        notes=(*conventions(production, costs, whole), *_left_out(costs, levels)),
        attention=tuple(attention(production, costs)),
        memo=memo(production, costs),
        trend=trend,
    )


def table(report: CostReport, *, narrow: bool = False) -> Table:
    """The report as one table. `narrow`, for the terminal, has short headings and the revised budget alone."""
    columns = [replace(c, heading=_SHORT.get(c.key, c.heading)) for c in _COLUMNS if c.key not in _WIDE]
    columns = columns if narrow else list(_COLUMNS)
    keys = [column.key for column in columns]

    def cells(line: CostLine, number: str, name: str) -> tuple[Cell, ...]:
        first: dict[str, Cell] = {"account": number, "name": name}
        return tuple(first[key] if key in first else getattr(line, key) for key in keys)

    rows: list[Row] = []
    for level in report.levels:
        rows.append(heading(level.name))
        for category in level.categories:
            rows += [Row(cells(line, line.number, line.name or "–")) for line in category.accounts]
            rows.append(Row(cells(category.total, category.number, f"Total {category.name}"), "subtotal"))
        rows.append(Row(cells(level.total, "", f"TOTAL {level.name.upper()}"), "subtotal"))
    if report.charges:
        rows.append(heading("Charges"))
        rows.append(Row(cells(report.before_charges, "", report.before_charges.name), "subtotal"))
        rows += [Row(cells(line, line.number, line.name)) for line in report.charges]
    rows.append(Row(cells(report.total, "", report.total.name.upper()), "total"))
    shot = f"{report.days_shot} of {report.days} days shot" if report.days else ""
    subtitle = " · ".join(word for word in (report.company, shot, f"all figures {report.currency}") if word)
    return Table(
        title=report.title,
        document=report.name,
        columns=tuple(columns),
        rows=tuple(rows),
        subtitle=subtitle,
        period=report.period,
        notes=(*report.notes, *report.attention),
        landscape=True,
    )


_COLUMNS = (
    Column("account", "Acct"),
    Column("name", "Account"),
    Column("period", "This period", "money"),
    Column("to_date", "Cost to date", "money"),
    Column("commitments", "Commitments", "money"),
    Column("total", "Total cost", "money"),
    Column("etc", "Est. to complete", "money"),
    Column("efc", "Est. final cost", "money", strong=True),
    Column("budget", "Budget", "money"),
    Column("overages", "Approved overages", "money"),
    Column("revised", "Revised budget", "money"),
    Column("variance", "Variance", "money", strong=True),
    Column("standing", ""),
    Column("change", "Change this period", "money"),
    Column("trend", ""),
)
_WIDE = ("budget", "overages", "change", "trend")
_SHORT = {
    "period": "Period",
    "to_date": "To date",
    "commitments": "Committed",
    "total": "Total",
    "etc": "ETC",
    "efc": "EFC",
    "revised": "Revised",
}


def stretch(first: dt.date, last: dt.date) -> str:
    """Two days in words, no more of them than needed: `9 – 15 March 2026`."""
    month = f" {MONTHS[first.month - 1]}" if (first.year, first.month) != (last.year, last.month) else ""
    year = f" {first.year}" if first.year != last.year else ""
    return f"{first.day}{month}{year} \N{EN DASH} {last.day} {MONTHS[last.month - 1]} {last.year}"


def _levels(costs: Costs) -> Iterator[CostLevel]:
    for level in costs.levels:
        categories = []
        for category in level.categories:
            lines = (_line(costs, row.coding, row.position) for row in category.accounts)
            accounts = tuple(line for line in lines if _says_something(line))
            own = Coding(category.number, category.name, "", "", "")
            categories.append(
                CostCategory(category.number, category.name, accounts, _line(costs, own, category.position))
            )
        total = _line(costs, Coding("", f"Total {level.name.lower()}", "", "", ""), level.position)
        yield CostLevel(level.name, tuple(categories), total)


def _says_something(line: CostLine) -> bool:
    """Whether anything is budgeted, ordered, spent, estimated or changed on an account: a chart has many that no film uses."""
    return any(
        (line.period, line.to_date, line.commitments, line.etc, line.efc, line.budget, line.overages, line.change)
    )


def _left_out(costs: Costs, levels: Iterable[CostLevel]) -> Iterator[str]:
    shown = sum(len(category.accounts) for level in levels for category in level.categories)
    if there := len(costs.accounts()) - shown:
        yield f"Accounts on which nothing is budgeted, ordered or spent are left out: {there}."


def _line(costs: Costs, coding: Coding, position: Position) -> CostLine:
    better = position.change.value
    if costs.settings.variance != "budget_minus_efc":
        better = -better
    return CostLine(
        number=coding.number,
        name=coding.name,
        period=position.period.value,
        to_date=position.to_date.value,
        commitments=position.commitments.value,
        total=position.total.value,
        etc=position.etc.value,
        efc=position.efc.value,
        budget=position.budget.value,
        overages=position.overages.value,
        revised=position.revised.value,
        variance=position.variance.value,
        standing=position.standing,
        change=position.change.value,
        trend="BETTER" if better > 0 else "WORSE" if better < 0 else "",
    )


def _share(part: Decimal, whole: Decimal) -> str:
    return f"{half_up(100 * part / whole, 0):f} %" if whole else ""
