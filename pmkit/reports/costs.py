"""The cost report, shaped like the paper: head, summary figures, categories by level, accounts, totals.

`report` makes the value; `table` the same as one table for the terminal, Markdown, CSV and a
spreadsheet. Amounts are exact to the cent; whole units are a matter of display, and `whole`
makes the notes say so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from pmkit.model.budget import Period
from pmkit.model.dates import MONTHS
from pmkit.model.production import Production
from pmkit.reports.table import Cell, Column, Row, Table, heading
from pmkit.rollup import board
from pmkit.rollup.coding import Coding
from pmkit.rollup.commitments import state
from pmkit.rollup.costs import Costs
from pmkit.rollup.position import Position, exchange, in_no_period

SEES = frozenset({"public", "set", "money"})
"""The privacy classes a cost report, or an account of it, may show."""

DOCUMENT = "Cost report"


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class CostCategory:
    """A category: its accounts and its own row, the sum of them."""

    number: str
    name: str
    accounts: tuple[CostLine, ...]
    total: CostLine


@dataclass(frozen=True, slots=True)
class CostLevel:
    """A production level: its categories and their sum."""

    name: str
    categories: tuple[CostCategory, ...]
    total: CostLine


@dataclass(frozen=True, slots=True)
class CostReport:
    """The cost report of a period.

    `name` is the document's own (`Cost report 8`); `period` its dates in words, empty without periods; `days_shot` of `days` are those of the
    main unit with a daily report, to the end of the period; `spent` is cost to date as a
    percentage of the revised budget. `notes` are the conventions the figures follow and what was
    not there; `attention` is what somebody has to decide.
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


def report(production: Production, costs: Costs, *, whole: bool = True) -> CostReport:
    """The cost report of a production to the end of a period."""
    settings, period = production.settings, costs.period
    end = period.to if period is not None else None
    main = board.main_unit(production)
    shooting = board.days(production, main)
    shot = sum(1 for day, unit in production.dailies if unit == main and (end is None or day <= end))
    total = _line(costs, Coding("", "Grand total", "", "", ""), costs.total)
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
        levels=tuple(_levels(costs)),
        before_charges=_line(costs, Coding("", "Total before charges", "", "", ""), costs.before_charges),
        charges=tuple(_line(costs, row.coding, row.position) for row in costs.charges),
        total=total,
        notes=tuple(_notes(production, costs, whole)),
        attention=tuple(_attention(production, costs)),
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
            accounts = tuple(_line(costs, row.coding, row.position) for row in category.accounts)
            own = Coding(category.number, category.name, "", "", "")
            categories.append(
                CostCategory(category.number, category.name, accounts, _line(costs, own, category.position))
            )
        total = _line(costs, Coding("", f"Total {level.name.lower()}", "", "", ""), level.position)
        yield CostLevel(level.name, tuple(categories), total)


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
    return f"{(100 * part / whole).quantize(Decimal(1)):f} %" if whole else ""


def _notes(production: Production, costs: Costs, whole: bool) -> Iterator[str]:
    if whole:
        yield f"All figures in whole {production.settings.currency}; totals are of the unrounded figures."
    if costs.settings.variance == "budget_minus_efc":
        yield "Variance = revised budget − estimated final cost; a negative in parentheses is OVER."
    else:
        yield "Variance = estimated final cost − revised budget; a negative in parentheses is UNDER."
    apart = costs.settings.accruals_in == "commitments"
    accruals = "Commitments are approved orders not yet invoiced" + (" and accruals" if apart else "")
    yield f"Est. final cost = total cost + estimate to complete. Total cost = cost to date + commitments. {accruals}."
    yield from _missing(production, costs)


def left_out(production: Production, period: Period | None, account: str = "") -> Iterator[str]:
    """What is spent and stands in no period: the report must say that it lacks it."""
    rows = [row for row in in_no_period(production, period) if account in ("", row.account)]
    if rows:
        count = f"{len(rows)} ledger row{'s' if len(rows) > 1 else ''}"
        verb = "lie" if len(rows) > 1 else "lies"
        spent = Decimal(sum(row.cost for row in rows)).scaleb(-2)
        first = min(row.posted for row in rows)
        yield f"{count} of {spent:,}, from {first} on, {verb} in no period of private/periods.yaml and in no figure here."


def _attention(production: Production, costs: Costs) -> Iterator[str]:
    yield from left_out(production, costs.period)
    for row in costs.accounts():
        if row.position.etc.value < 0:
            name = f"{row.coding.number} {row.coding.name}".strip()
            yield f"{name}: more is spent and committed than the stored estimate; its EFC awaits a decision."
    rates, day = exchange(production), costs.period.to if costs.period is not None else None
    for number in sorted(production.orders):
        order = state(production.orders[number], rates, day)
        if order.overage and order.order.state in ("approved", "closed"):
            yield f"Order {number} is invoiced {Decimal(order.overage).scaleb(-2):,} above its amount."


def _missing(production: Production, costs: Costs) -> Iterator[str]:
    if production.budget is None:
        yield "There is no budget here (private/budget.yaml): every budget reads as nothing."
    if not production.ledger:
        yield "There are no costs here (private/costs/*.csv)."
    if costs.period is None:
        yield "There are no periods here (private/periods.yaml): the report runs to the last row of the ledger."
