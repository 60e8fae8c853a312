"""One account of the budget down to file and line: its lines, the fringes and charges posted to it, each with its origin."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pmkit.model.money import half_up
from pmkit.model.production import Production
from pmkit.problems import Place
from pmkit.reports import topsheet
from pmkit.reports.budget import posted_to, price
from pmkit.reports.date_words import in_full
from pmkit.reports.table import Column, Row, Table, heading
from pmkit.rollup.figure import Figure
from pmkit.rollup.totals import AccountTotal, BudgetTotals, LineTotal

SEES = frozenset({"public", "set", "money"})
"""The privacy classes an account of the budget may show."""

# units that stand for a time; one of the production's own stays as it is typed
_SEVERAL = ("hour", "day", "night", "week", "month", "year", "episode")


@dataclass(frozen=True, slots=True)
class AccountLine:
    """A line of one account with its place in the folder and the chain of its figures."""

    what: str
    detail: str
    amount: Decimal
    place: str
    figure: dict[str, Any]


@dataclass(frozen=True, slots=True)
class AccountDetail:
    """One account of the budget, down to file and line."""

    title: str
    account: str
    name: str
    category: str
    level: str
    currency: str
    locked: dt.date | None
    lines: tuple[AccountLine, ...]
    fringes: tuple[AccountLine, ...]
    charges: tuple[AccountLine, ...]
    total: Decimal
    notes: tuple[str, ...]


def report(production: Production, totals: BudgetTotals, found: AccountTotal) -> AccountDetail:
    """One account with where each of its figures stands and what it was made of."""
    coding = found.coding
    posted = posted_to(totals).get(coding.number, [])
    return AccountDetail(
        title=production.settings.title,
        account=coding.number,
        name=coding.name,
        category=f"{coding.category} {coding.category_name}".strip(),
        level=coding.level,
        currency=production.settings.currency,
        locked=production.budget.locked if production.budget is not None else None,
        lines=tuple(
            AccountLine(
                line.line.what, explained(line), line.subtotal.value, at(line.line.place()), chained(line.subtotal)
            )
            for line in found.lines
        ),
        fringes=tuple(
            AccountLine(
                f"{due.fringe.name or due.fringe.key} on {line.line.what}",
                due.amount.rule.partition(": ")[2],
                due.amount.value,
                at(due.fringe.place()),
                chained(due.amount),
            )
            for line, due in posted
        ),
        charges=tuple(
            AccountLine(c.charge.name, c.total.rule, c.total.value, at(c.charge.place()), chained(c.total))
            for c in found.charges
        ),
        total=found.total.value,
        notes=tuple(topsheet.notes(production, totals)),
    )


def table(report: AccountDetail) -> Table:
    """One account as a table: lines, fringes, charges, each with its place."""
    rows: list[Row] = []
    for words, lines in (
        ("Lines", report.lines),
        ("Fringes posted here", report.fringes),
        ("Charges posted here", report.charges),
    ):
        if lines:
            rows.append(heading(words))
            rows += [Row((line.what, line.detail, line.amount, line.place)) for line in lines]
            amount = sum((line.amount for line in lines), Decimal(0))
            rows.append(Row((f"Total {words.lower()}", "", amount, ""), "subtotal"))
    rows.append(Row((f"TOTAL {report.account}", "", report.total, ""), "total"))
    locked = f"locked {in_full(report.locked)}" if report.locked else "not locked"
    return Table(
        title=report.title,
        document=f"Budget {report.account} {report.name}".strip(),
        columns=(
            Column("what", "Description"),
            Column("detail", "How it is made", width=1),
            Column("amount", "Amount", "money", strong=True),
            Column("place", "Place"),
        ),
        rows=tuple(rows),
        subtitle=" · ".join(word for word in (report.category, locked, report.currency) if word),
        notes=report.notes,
        landscape=True,
    )


def explained(line: LineTotal) -> str:
    """A line's arithmetic in a few words: `10 days at 1,246 (cast(1).paid)`."""
    typed = line.line
    quantity = half_up(line.quantity, 4)
    several = "s" if typed.unit in _SEVERAL and quantity != 1 else ""
    unit = f" {typed.unit}{several}" if typed.unit else ""
    currency = f" {typed.currency}" if typed.currency else ""
    told = f"{quantity.normalize():,f}{unit} at {price(line.rate):,f}{currency}"
    times = f" × {typed.x}" if typed.given("x") else ""
    times += f" × {line.times} episodes" if line.times != 1 else ""
    formula = typed.amount + times
    return told if formula.replace(".", "").isdigit() else f"{told} ({formula})"


def chained(figure: Figure[Any]) -> dict[str, Any]:
    """A figure's chain, down to the places in the folder."""
    of = [str(part) if isinstance(part, Place) else chained(part) for part in figure.of]
    return {"value": figure.value, "rule": figure.rule, "of": of}


def at(place: Place) -> str:
    """A place in the folder; nothing for what was never in a file."""
    return str(place) if place.file else ""
