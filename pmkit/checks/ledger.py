"""The ledger agrees with the orders, the vendors and the accounting periods."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pmkit.model.production import Production
from pmkit.model.record import meant
from pmkit.problems import Problem, Severity
from pmkit.rollup.periods import Periods

if TYPE_CHECKING:
    from pmkit.model.ledger import LedgerRow


def unknown_order(production: Production) -> Iterator[Problem]:
    """A ledger row names a purchase order that is not in private/po/."""
    if not production.orders or production.lacks("order", "po"):
        return
    for number, row, count in _rows_naming(production, "po"):
        if number not in production.orders:
            hint = meant(number, list(production.orders), "orders lie in private/po/, one file each")
            yield _ledger_problem("unknown-order", row, "po", f"there is no order {number}", count, hint)


def ledger_vendor(production: Production) -> Iterator[Problem]:
    """A ledger row names a vendor that vendors.yaml does not have."""
    if not production.vendors or production.lacks("vendor", "vendors"):
        return
    for vendor, row, count in _rows_naming(production, "vendor"):
        if vendor not in production.vendors:
            hint = meant(vendor, list(production.vendors), "add it to vendors.yaml, or mend the id")
            yield _ledger_problem(
                "unknown-vendor", row, "vendor", f"there is no vendor {vendor}", count, hint, "warning"
            )


def unknown_period(production: Production) -> Iterator[Problem]:
    """A ledger row names a period that private/periods.yaml does not have."""
    if not production.periods or production.lacks("period", "periods"):
        return
    for number, row, count in _rows_naming(production, "period"):
        if number not in production.periods:
            hint = meant(number, list(production.periods), f"there are {', '.join(production.periods)}")
            yield _ledger_problem("unknown-period", row, "period", f"there is no period {number}", count, hint)


def outside_periods(production: Production) -> Iterator[Problem]:
    """A cost was posted on a day that lies in no accounting period and names none."""
    if not production.periods or production.lacks("period", "periods"):
        return
    periods = Periods(production.periods)
    seen: dict[dt.date, tuple[LedgerRow, int]] = {}
    for row in production.ledger:
        if not row.period:
            first, count = seen.get(row.posted, (row, 0))
            seen[row.posted] = (first, count + 1)
    for day, (row, count) in seen.items():
        if periods.index("", day) is None:
            hint = "name a period in the row, or add one to private/periods.yaml"
            yield _ledger_problem("outside-periods", row, "posted", f"{day} lies in no period", count, hint, "warning")


def period_overlap(production: Production) -> Iterator[Problem]:
    """A period ends before it begins, or begins before the one before it has ended."""
    if production.lacks("period", "periods"):
        return
    before = None
    for period in Periods(production.periods).all:
        if period.to < period.from_:
            yield Problem("period-dates", period.place("to"), f"period {period.number} ends before it begins")
        elif before is not None and period.from_ <= before.to:
            message = f"period {period.number} begins before period {before.number} has ended"
            yield Problem(
                "period-dates", period.place("from"), message, f"it can begin on {before.to + dt.timedelta(1)}"
            )
        before = period


def _rows_naming(production: Production, key: str) -> Iterator[tuple[str, LedgerRow, int]]:
    """Each word of a column once, with the first row that has it and how many have."""
    found: dict[str, tuple[LedgerRow, int]] = {}
    for row in production.ledger:
        word = getattr(row, key)
        if word:
            first, count = found.get(word, (row, 0))
            found[word] = (first, count + 1)
    return ((word, row, count) for word, (row, count) in found.items())


def _ledger_problem(
    code: str, row: LedgerRow, column: str, message: str, count: int, hint: str, severity: Severity = "error"
) -> Problem:
    more = f" ({count} rows)" if count > 1 else ""
    return Problem(code, row.place_of(column), message + more, hint, severity)


CHECKS = (
    unknown_order,
    ledger_vendor,
    unknown_period,
    outside_periods,
    period_overlap,
)
