"""The budget in full, shaped like the paper: level, category, account, lines with their figures, fringes, totals.

`report` makes the value, `table` the same as a table. The top sheet in front of it is `reports/topsheet`; one
account down to file and line is `reports/budget_account`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from pmkit.model.money import half_up
from pmkit.model.production import Production
from pmkit.reports import topsheet
from pmkit.reports.table import Cell, Column, Row, Table, heading
from pmkit.reports.topsheet import TopSheet
from pmkit.rollup.figure import Figure
from pmkit.rollup.fringes import LineFringe, percent
from pmkit.rollup.totals import AccountTotal, BudgetTotals, LineTotal, SubtotalRow

SEES = frozenset({"public", "set", "money"})
"""The privacy classes a budget, or an account of it, may show."""

DOCUMENT = "Budget"


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """One row of an account: `kind` is line, subtotal, fringe or charge.

    `amount`, `x` and `rate` are what the formulas come to, written plainly; of a fringe `unit` is its rate
    and `rate` the wages it falls on. `total` is in the production's currency; `fringes` what is due
    on a line on top of it.
    """

    kind: str
    what: str
    amount: str
    unit: str
    x: str
    currency: str
    rate: str
    total: Decimal
    fringes: Decimal | None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class BudgetAccount:
    """An account: its lines and sub-totals, then the fringes and charges posted to it, and their total."""

    number: str
    name: str
    rows: tuple[BudgetRow, ...]
    posted: tuple[BudgetRow, ...]
    total: Decimal


@dataclass(frozen=True, slots=True)
class BudgetCategory:
    """A category with its accounts."""

    number: str
    name: str
    accounts: tuple[BudgetAccount, ...]
    total: Decimal


@dataclass(frozen=True, slots=True)
class BudgetLevel:
    """A production level with its categories."""

    name: str
    categories: tuple[BudgetCategory, ...]
    total: Decimal


@dataclass(frozen=True, slots=True)
class BudgetDetail:
    """The whole budget: its top sheet and its levels. `globals` are the named figures it rests on."""

    title: str
    company: str
    name: str
    locked: dt.date | None
    currency: str
    top: TopSheet
    levels: tuple[BudgetLevel, ...]


def report(production: Production, totals: BudgetTotals, *, whole: bool = True) -> BudgetDetail:
    """The budget of a production in full detail; `whole` tells the wages a fringe falls on in whole units."""
    posted = posted_to(totals)
    levels, left_out = [], 0
    for level in totals.levels:
        categories = []
        for category in level.categories:
            made = (_account(found, posted.get(found.coding.number, []), whole) for found in category.accounts)
            accounts = tuple(one for one in made if one.rows or one.posted or one.total)
            left_out += len(category.accounts) - len(accounts)
            if accounts or category.total.value:
                categories.append(BudgetCategory(category.number, category.name, accounts, category.total.value))
        if categories or level.total.value:
            levels.append(BudgetLevel(level.name, tuple(categories), level.total.value))
    settings, top = production.settings, topsheet.report(production, totals, whole=whole)
    if left_out:
        top = replace(top, notes=(*top.notes, f"Accounts without a line are left out: {left_out}."))
    return BudgetDetail(
        title=settings.title,
        company=settings.company,
        name=DOCUMENT,
        locked=production.budget.locked if production.budget is not None else None,
        currency=settings.currency,
        top=top,
        levels=tuple(levels),
    )


_COLUMNS = (
    Column("account", "Acct"),
    Column("what", "Description", width=1),
    Column("amount", "Amount", "number"),
    Column("unit", "Unit"),
    Column("x", "X", "number"),
    Column("currency", "Cur"),
    Column("rate", "Rate", "number"),
    Column("fringes", "Fringes", "money"),
    Column("total", "Total", "money", strong=True),
)


def table(report: BudgetDetail) -> Table:
    """The budget as one table; the fringes beside a line are told, and counted where they are posted."""
    rows: list[Row] = []
    for level in report.levels:
        for category in level.categories:
            for found in category.accounts:
                words = " ".join(filter(None, (found.number, found.name)))
                rows.append(heading(f"{words} · {category.number} {category.name}".replace("  ", " ")))
                rows += [_table_row(found.number, row) for row in (*found.rows, *found.posted)]
                rows.append(_sum(found.number, f"Total {found.name or found.number}", found.total))
            rows.append(_sum(category.number, f"TOTAL {category.name.upper()}", category.total))
        rows.append(_sum("", f"TOTAL {level.name.upper()}", level.total))
    top = report.top
    if top.charges:
        rows.append(heading("Charges"))
        rows += [_sum(c.number, " · ".join(filter(None, (c.name, c.detail))), c.amount, "row") for c in top.charges]
    rows.append(_sum("", "GRAND TOTAL", top.total.amount, "total"))
    if top.net is not None:
        rows.append(heading("Credits"))
        rows += [_sum("", line.name, line.amount, "row") for line in top.credits]
        rows.append(_sum("", "NET TOTAL", top.net.amount, "total"))
    said = (report.company, f"locked {report.locked}" if report.locked else "not locked", report.currency)
    return Table(
        title=report.title,
        document=report.name,
        columns=_COLUMNS,
        rows=tuple(rows),
        subtitle=" · ".join(word for word in said if word),
        notes=top.notes,
        landscape=True,
    )


def _account(found: AccountTotal, posted: list[tuple[LineTotal, LineFringe]], whole: bool) -> BudgetAccount:
    rows = [_row(row) if isinstance(row, LineTotal) else _subtotal(row) for row in found.rows or found.lines]
    by_fringe: dict[str, list[LineFringe]] = {}
    for _, due in posted:
        by_fringe.setdefault(due.fringe.key, []).append(due)
    fringes = [_fringe(dues, whole) for dues in by_fringe.values()]
    charges = [
        BudgetRow("charge", c.charge.name, "", "", "", "", "", c.total.value, None, c.total.rule) for c in found.charges
    ]
    return BudgetAccount(found.coding.number, found.coding.name, tuple(rows), (*fringes, *charges), found.total.value)


def _row(line: LineTotal) -> BudgetRow:
    parts = [part for part in line.subtotal.of if isinstance(part, Figure)]
    amount = plain(parts[0].value) if parts else ""
    x = plain(parts[2].value * line.times) if len(parts) > 2 else str(line.times) if line.times != 1 else ""
    fringes = sum((due.amount.value for due in line.fringes), Decimal(0))
    typed = line.line
    return BudgetRow(
        kind="line",
        what=typed.what,
        amount=amount,
        unit=typed.unit,
        x=x,
        currency=typed.currency,
        rate=f"{price(line.rate):f}",
        total=line.subtotal.value,
        fringes=fringes if line.fringes else None,
        detail=typed.note,
    )


def _subtotal(row: SubtotalRow) -> BudgetRow:
    return BudgetRow("subtotal", row.name, "", "", "", "", "", row.total.value, row.fringes.value or None)


def _fringe(dues: list[LineFringe], whole: bool) -> BudgetRow:
    fringe = dues[0].fringe
    counted = sum((due.counted for due in dues), Decimal(0))
    rate = percent(fringe.rate) if fringe.rate is not None else ""
    words = " and ".join(filter(None, (rate, str(fringe.flat) if fringe.flat is not None else "")))
    total = sum((due.amount.value for due in dues), Decimal(0))
    # a percentage is told with the wages it falls on; of a flat sum those say nothing
    return BudgetRow(
        "fringe",
        fringe.name or fringe.key,
        "",
        words,
        "",
        "",
        f"{half_up(counted, 0 if whole else 2):f}" if rate else "",
        total,
        None,
        words,
    )


def plain(value: Decimal) -> str:
    """A figure as people write it: no zeros behind, at most four decimals."""
    shown = half_up(value, 4)
    return f"{shown.normalize():f}" if shown else "0"


def price(value: Decimal) -> Decimal:
    """A rate as people write it: whole, else with its cents, at most four decimals: 700, 650.50, 12.345."""
    exact = half_up(value, 4)
    whole = exact == exact.to_integral_value()
    return half_up(exact, 0) if whole else half_up(exact, 2) if exact == half_up(exact, 2) else exact.normalize()


def posted_to(totals: BudgetTotals) -> dict[str, list[tuple[LineTotal, LineFringe]]]:
    """The fringes by the account they are posted to, with the lines they are on."""
    posted: dict[str, list[tuple[LineTotal, LineFringe]]] = {}
    for line, due in dues(totals):
        posted.setdefault(due.posted or line.account, []).append((line, due))
    return posted


def dues(totals: BudgetTotals) -> Iterator[tuple[LineTotal, LineFringe]]:
    """Every fringe on every line, in the budget's order."""
    for found in totals.accounts():
        for line in found.lines:
            for due in line.fringes:
                yield line, due


def _table_row(number: str, row: BudgetRow) -> Row:
    cells: tuple[Cell, ...] = (
        number,
        row.what,
        _number(row.amount),
        row.unit,
        _number(row.x),
        row.currency,
        _number(row.rate),
        row.fringes,
        row.total,
    )
    return Row(cells, "subtotal" if row.kind == "subtotal" else "row")


def _sum(number: str, words: str, amount: Decimal, kind: Any = "subtotal") -> Row:
    return Row((number, words, None, "", None, "", None, None, amount), kind)


def _number(written: str) -> Decimal | None:
    return Decimal(written) if written else None
