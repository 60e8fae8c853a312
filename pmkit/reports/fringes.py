"""The fringes of a budget: what each is on, what of that bears it, what it comes to, by account and by person.

A person's row says how far a ceiling is reached. Every fringe is told twice, by account and by
person; both add up to the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from pmkit.model.budget import Fringe
from pmkit.model.production import Production
from pmkit.reports import topsheet
from pmkit.reports.budget import dues
from pmkit.reports.table import Column, Row, Table, heading
from pmkit.rollup.fringes import LineFringe, percent
from pmkit.rollup.totals import BudgetTotals, LineTotal

SEES = frozenset({"public", "set", "money"})
"""The privacy classes a report of fringes may show."""

DOCUMENT = "Fringes"


@dataclass(frozen=True, slots=True)
class FringeRow:
    """A fringe in one account, or on one person: the base, what of it bears the fringe, the amount.

    `reached` says of a person that the ceiling is reached, or that wages lie below the floor.
    """

    who: str
    name: str
    base: Decimal
    counted: Decimal
    amount: Decimal
    reached: str = ""


@dataclass(frozen=True, slots=True)
class FringeTotal:
    """One fringe: its rate and limits in words, by account posted to, by person, and in all."""

    key: str
    name: str
    rate: str
    limits: str
    accounts: tuple[FringeRow, ...]
    people: tuple[FringeRow, ...]
    total: FringeRow


@dataclass(frozen=True, slots=True)
class FringesReport:
    """Every fringe of the budget that falls due, and their sum."""

    title: str
    company: str
    name: str
    currency: str
    fringes: tuple[FringeTotal, ...]
    total: Decimal
    notes: tuple[str, ...]


Due = tuple[LineTotal, LineFringe]


def report(production: Production, totals: BudgetTotals, person: Callable[[str], str] = str) -> FringesReport:
    """The fringes of a budget. `person` says who an id of a line is: a second job is the same human being."""
    by_fringe: dict[str, list[Due]] = {}
    for line, due in dues(totals):
        by_fringe.setdefault(due.fringe.key, []).append((line, due))
    names = {found.coding.number: found.coding.name for found in totals.accounts()}
    order = list(production.budget.fringes) if production.budget is not None else []
    fringes = []
    for key in (key for key in order if key in by_fringe):
        found = by_fringe[key]
        fringe = found[0][1].fringe
        accounts: dict[str, list[Due]] = {}
        people: dict[tuple[str, str, str], list[Due]] = {}
        for line, due in found:
            accounts.setdefault(due.posted or line.account, []).append((line, due))
            people.setdefault(_who(line, person), []).append((line, due))
        fringes.append(
            FringeTotal(
                key=key,
                name=fringe.name or key,
                rate=rate_of(fringe),
                limits=limits_of(fringe),
                accounts=tuple(_row(number, names.get(number, ""), of) for number, of in accounts.items()),
                people=tuple(
                    _row(who, production.name_of(who) if who else range_ or "everybody else, line by line", of, fringe)
                    for (who, _, range_), of in people.items()
                ),
                total=_row(key, f"Total {fringe.name or key}", found),
            )
        )
    settings = production.settings
    return FringesReport(
        title=settings.title,
        company=settings.company,
        name=DOCUMENT,
        currency=settings.currency,
        fringes=tuple(fringes),
        total=sum((fringe.total.amount for fringe in fringes), Decimal(0)),
        notes=tuple(topsheet.notes(production, totals)),
    )


def table(report: FringesReport) -> Table:
    """The report as one table: each fringe by account, then by person."""
    rows: list[Row] = []
    for fringe in report.fringes:
        told = " · ".join(filter(None, (fringe.name, fringe.rate, fringe.limits)))
        for words, found in (("by account", fringe.accounts), ("by person", fringe.people)):
            rows.append(heading(f"{told} · {words}"))
            rows += [Row(_cells(row)) for row in found]
            rows.append(Row(_cells(fringe.total, number=""), "subtotal"))
    rows.append(Row(("", "ALL FRINGES", None, None, report.total, ""), "total"))
    return Table(
        title=report.title,
        document=report.name,
        columns=(
            Column("who", "Account or person"),
            Column("name", "Name", width=1),
            Column("base", "Falls on", "money"),
            Column("counted", "Within limits", "money"),
            Column("amount", "Amount", "money", strong=True),
            Column("reached", "Limits"),
        ),
        rows=tuple(rows),
        subtitle=" · ".join(word for word in (report.company, report.currency) if word),
        notes=report.notes,
    )


def _cells(row: FringeRow, number: str | None = None) -> tuple[str, str, Decimal, Decimal, Decimal, str]:
    return (row.who if number is None else number, row.name, row.base, row.counted, row.amount, row.reached)


def _who(line: LineTotal, person: Callable[[str], str]) -> tuple[str, str, str]:
    if line.line.person:
        return person(line.line.person), "", ""
    return ("", line.account, line.line.range) if line.line.range else ("", "", "")


def _row(who: str, name: str, found: Iterable[Due], fringe: Fringe | None = None) -> FringeRow:
    of = [due for _, due in found]
    base = sum((due.base.value for due in of), Decimal(0))
    counted = sum((due.counted for due in of), Decimal(0))
    amount = sum((due.amount.value for due in of), Decimal(0))
    reached = ""
    if fringe is not None and (who or name) and counted < base:
        reached = "ceiling reached" if fringe.ceiling is not None and counted else ""
        if fringe.floor is not None and (fringe.ceiling is None or counted < fringe.ceiling - fringe.floor):
            reached = "below the floor" if not counted else "above the floor only"
    return FringeRow(who, name, base, counted, amount, reached)


def rate_of(fringe: Fringe) -> str:
    """A fringe's percentage and flat sum in words."""
    parts = [percent(fringe.rate)] if fringe.rate is not None else []
    return " and ".join([*parts, *([str(fringe.flat)] if fringe.flat is not None else [])])


def limits_of(fringe: Fringe) -> str:
    """A fringe's floor and ceiling in words; nothing where it has none."""
    parts = [f"above {fringe.floor:,f}"] if fringe.floor is not None else []
    parts += [f"to {fringe.ceiling:,f}"] if fringe.ceiling is not None else []
    return f"{' '.join(parts)} a {fringe.per or 'person'}" if parts else ""
