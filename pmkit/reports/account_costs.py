"""One account of the cost report, down to its papers: budget lines, ledger rows, orders, EFC changes.

Every row has its place in the folder, and every figure says what it was made of.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pmkit.model.budget import Period
from pmkit.model.money import amount_of
from pmkit.model.production import Production
from pmkit.problems import Place
from pmkit.reports.budget_account import explained
from pmkit.reports.costs import stretch
from pmkit.reports.costs_notes import left_out
from pmkit.reports.table import Column, Row, Table, heading
from pmkit.rollup.account_papers import changes_to, orders_to, rows_to
from pmkit.rollup.coding import Coding, key_of
from pmkit.rollup.costs import AccountCost, Costs, charges_of
from pmkit.rollup.exchange import exchange, exchange_variances
from pmkit.rollup.figure import Figure
from pmkit.rollup.payroll_accruals import payroll_accruals
from pmkit.rollup.position import Position
from pmkit.rollup.totals import LineTotal

EXCHANGE = "Exchange, in the costs already: more (less) than at the budget's rate"
_COLUMN_NAMES = {
    "budget": "Budget",
    "overages": "Approved overages",
    "revised": "Revised budget",
    "period": "This period",
    "to_date": "Cost to date",
    "commitments": "Commitments",
    "total": "Total cost",
    "etc": "Est. to complete",
    "efc": "Est. final cost",
    "variance": "Variance",
    "change": "Change this period",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One paper behind the account: when, what, the details, how much, and where it stands in the folder."""

    date: dt.date | None
    what: str
    detail: str
    amount: Decimal
    place: str


@dataclass(frozen=True, slots=True)
class AccountCosts:
    """An account with all that its figures rest on.

    `figures` are the columns of the cost report, each with its value, its rule and its origins:
    places, figures of their own, or the name of another column.
    """

    title: str
    account: str
    name: str
    category: str
    level: str
    number: str
    period: str
    currency: str
    standing: str
    figures: dict[str, Any]
    budget: tuple[Entry, ...]
    overages: tuple[Entry, ...]
    ledger: tuple[Entry, ...]
    orders: tuple[Entry, ...]
    payroll: tuple[Entry, ...]
    exchange: tuple[Entry, ...]
    changes: tuple[Entry, ...]
    attention: tuple[str, ...] = ()


def report(production: Production, costs: Costs, row: AccountCost) -> AccountCosts:
    """One account of a cost report that was worked out with it as the account asked for."""
    coding, period = row.coding, costs.period
    key = coding.number or coding.name
    budget = production.budget
    overages = [found for found in budget.overages if found.account == key] if budget is not None else []
    end = period.to if period is not None else dt.date.max
    return AccountCosts(
        title=production.settings.title,
        account=coding.number,
        name=coding.name,
        category=_category(coding),
        level=coding.level,
        number=period.number if period is not None else "",
        period=stretch(period.from_, period.to) if period is not None else "",
        currency=production.settings.currency,
        standing=row.position.standing,
        figures=_figures(row.position),
        budget=tuple(_budget(costs, key)),
        overages=tuple(
            Entry(found.date, found.reason, found.by, found.amount, _at(found.place()))
            for found in overages
            if found.date <= end
        ),
        ledger=tuple(
            Entry(
                found.posted,
                found.memo or found.document or found.kind,
                _words(
                    found.kind,
                    found.vendor,
                    found.document if found.memo else "",
                    found.po,
                    found.id,
                    f"{found.typed.strip()} {found.currency} at {found.rate:f}" if found.rate != 1 else "",
                ),
                amount_of(found.cost),
                _at(found.place),
            )
            for found in rows_to(production, period, key)
        ),
        orders=tuple(
            Entry(
                found.order.date,
                f"Order {found.order.number}",
                _words(found.order.vendor, *_ordered([line.what for line in found.order.lines if line.account == key])),
                amount_of(found.remaining_by_account[key]),
                _at(found.order.place()),
            )
            for found in orders_to(production, period, key)
        ),
        payroll=tuple(_payroll(production, period, key)),
        exchange=tuple(_exchange(production, period, key)),
        changes=tuple(
            Entry(found.date, found.reason, found.by, found.amount, _at(found.place))
            for found in changes_to(production, period, key)
        ),
        attention=tuple(left_out(production, period, key)),
    )


def table(report: AccountCosts, *, whole: bool = False) -> Table:
    """The account as one table: its figures first, then what they rest on."""
    rows = [heading("Where it stands")]
    for column, figure in report.figures.items():
        detail = report.standing if column == "variance" else ""
        rule = figure["rule"]
        rows.append(Row((None, _COLUMN_NAMES[column], _words(detail, rule), figure["value"], ""), "row"))
    stored = "EFC changes, the last one counts"
    for title, entries in (
        ("Budget lines and fringes", report.budget),
        ("Approved overages", report.overages),
        ("Ledger", report.ledger),
        ("Orders not yet invoiced", report.orders),
        ("Payroll not yet in, estimated", report.payroll),
        (EXCHANGE, report.exchange),
        (stored, report.changes),
    ):
        if entries:
            rows.append(heading(title))
            rows += [Row((e.date, e.what, e.detail, e.amount, e.place)) for e in entries]
            if title not in (EXCHANGE, stored):
                amount = sum((e.amount for e in entries), Decimal("0.00"))
                rows.append(Row((None, f"Total {title.lower()}", "", amount, ""), "subtotal"))
    notes = [f"All figures in whole {report.currency}; totals are of the unrounded figures."] if whole else []
    return Table(
        title=report.title,
        document=f"Account {report.account} {report.name}".replace("  ", " ").strip(),
        columns=_TABLE,
        rows=tuple(rows),
        subtitle=_words(report.category, f"cost report {report.number}" if report.number else "", report.currency),
        period=report.period,
        notes=(*notes, *report.attention),
        landscape=True,
    )


_TABLE = (
    Column("date", "Date", "date"),
    Column("what", "What"),
    Column("detail", "Detail", width=1),
    Column("amount", "Amount", "money", strong=True),
    Column("place", "Place"),
)


def _budget(costs: Costs, key: str) -> Iterator[Entry]:
    for account in costs.budget.accounts():
        for line in account.lines:
            if account.coding.number == key:
                yield _line(line)
            for fringe in line.fringes:
                if (fringe.posted or account.coding.number) == key:
                    what = f"{fringe.fringe.name or fringe.fringe.key} on {line.line.what}"
                    yield Entry(None, what, fringe.amount.rule, fringe.amount.value, _at(fringe.fringe.place()))
    inside = [(account.coding, charge) for account in costs.budget.accounts() for charge in account.charges]
    for coding, charge in (*inside, *charges_of(costs.budget)):
        if key_of(coding) == key:
            yield Entry(None, charge.charge.name, charge.total.rule, charge.total.value, _at(charge.charge.place()))


def _payroll(production: Production, period: Period | None, key: str) -> Iterator[Entry]:
    """What is estimated of payroll that is not in, person by person."""
    if production.budget is None or not production.budget.cost_report.payroll_accruals:
        return
    for found in payroll_accruals(production, period, exchange(production)):
        if found.account == key:
            place = next((origin for origin in found.amount.of if isinstance(origin, Place)), Place(""))
            who = production.name_of(found.person) if found.person else "payroll"
            what = f"Period {found.period.number}, {who}"
            yield Entry(None, what, found.amount.rule, found.amount.value, _at(place))


def _exchange(production: Production, period: Period | None, key: str) -> Iterator[Entry]:
    """What costs in other currencies came to more, or less, than at the budget's rates."""
    for found in exchange_variances(production, period):
        if found.account == key:
            detail = f"{found.cost.value:,.2f} for it; at the budget's {found.rate:f}, {found.at_budget.value:,.2f}"
            yield Entry(None, f"{found.amount:,.2f} {found.currency}", detail, found.variance.value, "")


def _line(line: LineTotal) -> Entry:
    return Entry(None, line.line.what, explained(line), line.subtotal.value, _at(line.line.place()))


def _ordered(lines: list[str]) -> list[str]:
    """What was ordered, where it is much the first lines and how many more: the order itself has them."""
    return lines if len(lines) <= 4 else [*lines[:3], f"and {len(lines) - 3} more"]


def _figures(position: Position) -> dict[str, Any]:
    """The columns by name; a figure made of another column names it instead of telling it again."""
    figures = {column: getattr(position, column) for column in _COLUMN_NAMES}
    names = {id(figure): column for column, figure in figures.items()}
    return {
        column: {"value": figure.value, "rule": figure.rule, "of": [_origin(part, names) for part in figure.of]}
        for column, figure in figures.items()
    }


def _origin(part: Figure[Any] | Place, names: dict[int, str]) -> Any:
    if isinstance(part, Place):
        return str(part)
    if id(part) in names:
        return {"figure": names[id(part)]}
    return {"value": part.value, "rule": part.rule, "of": [_origin(inner, names) for inner in part.of]}


def _category(coding: Coding) -> str:
    return f"{coding.category} {coding.category_name}".strip()


def _words(*words: str) -> str:
    return " · ".join(word for word in words if word)


def _at(place: Place) -> str:
    return str(place) if place.file else ""


assert set(_COLUMN_NAMES) == set(Position.__annotations__)
