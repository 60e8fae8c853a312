"""Closed periods stay closed, and EFC changes go forward in time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from pmkit.model.ledger import EfcChange
from pmkit.model.production import Production
from pmkit.problems import Place, Problem
from pmkit.rollup import closing as closings
from pmkit.rollup.periods import Periods
from pmkit.rollup.position import Positions, stored_estimate


def closed_period(production: Production) -> Iterator[Problem]:
    """A closed period has a cost it did not have, or lacks one it had.

    What comes late goes into the next open period, and a correction is a row of its own there. A
    period that was closed by hand, without `pmkit period close`, is only held against the days
    its rows were posted on.
    """
    if production.lacks("ledger", "period", "periods", "closed", "closing"):
        return
    for number, period in production.periods.items():
        if period.closed is None:
            continue
        sealed = production.closings.get(number)
        when = f"period {number}, closed on {period.closed}"
        hint = "put it into an open period, with a correction of what was wrong as a row of its own"
        if sealed is None:
            for row in closings.rows_in(production, period):
                if row.posted > period.closed:
                    message = f"a cost posted on {row.posted} is in {when}"
                    yield Problem("closed-period", row.place_of("posted"), message, hint)
            continue
        found = closings.since(production, period, sealed)
        for row in found.rows:
            message = f"this row was added to, or changed in, {when}"
            yield Problem("closed-period", row.place, message, hint)
        for change in found.changes:
            message = f"this EFC change was added to, or changed in, {when}"
            yield Problem("closed-period", change.place, message, "make it in an open period")
        for line in found.gone:
            message = f"row {line} is gone from {when}"
            yield Problem("closed-period", period.place("closed"), message, "take it back from git")


def closed_order(production: Production) -> Iterator[Problem]:
    """A period is closed while one before it is open: its costs could still change the later one's."""
    if production.lacks("period", "periods"):
        return
    open_ = ""
    for period in Periods(production.periods).all:
        if period.closed is None:
            open_ = open_ or period.number
        elif open_:
            message = f"period {period.number} is closed, and period {open_} before it is open"
            yield Problem(
                "closed-order", period.place("closed"), message, f"close it first: pmkit period close {open_}"
            )


def budget_after_close(production: Production) -> Iterator[Problem]:
    """The budget was edited after a period was closed on it.

    Once a cost report is out, the budget it was made on stands. What changes goes into overages
    and EFC changes, which have a date, a reason and an author.
    """
    if production.budget is None or production.lacks("budget", "closed", "closing"):
        return
    closed = [p for p in Periods(production.periods).all if p.closed is not None and p.number in production.closings]
    if closed:
        sealed = production.closings[closed[-1].number]
        if sealed.budget and sealed.budget != closings.budget_mark(production):
            place = production.budget.place()
            message = f"the budget was edited after period {closed[-1].number} was closed on {closed[-1].closed}"
            hint = "take it back, and say what changed in overages: or with pmkit efc set ACCOUNT AMOUNT --because WHY"
            yield Problem("budget-after-close", Place(place.file), message, hint, "warning")


def efc_in_order(production: Production) -> Iterator[Problem]:
    """An EFC change is dated before an earlier change of its account, or made in a period that was closed by then.

    Changes go forward: nobody makes an estimate look as if it had been known before.
    """
    if production.lacks("ledger", "period", "periods"):
        return
    periods = Periods(production.periods)
    latest: dict[str, EfcChange] = {}
    order = sorted(production.efc_changes, key=lambda c: (periods.index(c.period, c.date) or 0, c.file, c.line))
    for change in order:
        before = latest.get(change.account)
        period = production.periods.get(change.period)
        if period is not None and period.closed is not None and change.date > period.closed:
            message = f"this change of {change.date} is in period {change.period}, closed on {period.closed}"
            yield _wrong("efc-closed", change, message, "make it in an open period: pmkit efc set")
        elif before is not None and change.date < before.date and _follows(before, change):
            message = f"this change of {change.account} is dated {change.date}, before the one of {before.date}"
            yield _wrong("efc-backdated", change, message, f"changes go forward: that one is in {before.place.row}")
        if before is None or change.date >= before.date:
            latest[change.account] = change


def efc_same_day(production: Production) -> Iterator[Problem]:
    """Two people changed one account on one day to different figures, and nothing says who was last.

    The report takes the one whose file comes last. `pmkit efc set` tells such changes apart by their
    entry; two clones that did not know of each other cannot.
    """
    if production.lacks("ledger", "period", "periods"):
        return
    periods = Periods(production.periods)
    last = {
        change.account: change
        for change in sorted(production.efc_changes, key=lambda c: (periods.rank(c.period, c.date), c.made))
    }
    for other in production.efc_changes:
        account, change = other.account, last[other.account]
        if other.tied(change) and other.amount != change.amount:
            message = (
                f"{account} was changed on {change.date} by {other.by} to {other.amount:,.2f} and by {change.by} to "
                f"{change.amount:,.2f}: the report takes the latter"
            )
            hint = f"agree on one, and say it: pmkit efc set {account} AMOUNT --because WHY ({other.place.row})"
            yield _wrong("efc-same-day", change, message, hint, "warning")


def over_efc(production: Production) -> Iterator[Problem]:
    """More is spent and committed on an account than its EFC says it will cost in the end.

    Its estimate to complete is below zero: somebody has to decide. With `stored: etc`, an estimate to
    complete that was typed below zero. Told of the last period with costs.
    """
    if not production.efc_changes or production.lacks("ledger", "period", "periods", "budget", "order", "po"):
        return
    period = Periods(production.periods).chosen("", production.ledger, dt.date.max)
    positions = Positions(production, period if not isinstance(period, tuple) else None, "")
    for account in sorted({change.account for change in production.efc_changes}):
        found = stored_estimate(positions, account)
        if found is None:
            continue
        change, total, etc = found
        if positions.settings.stored == "etc":
            if etc < 0:
                message = f"the estimate to complete of {account} is {etc:,.2f}: below zero"
                yield _wrong(
                    "negative-etc", change, message, "an account that gets money back has a row for it", "warning"
                )
        elif etc < 0:
            message = (
                f"{account} has {total:,.2f} spent and committed, {-etc:,.2f} more than its EFC of {change.amount:,.2f}"
            )
            hint = f"decide: pmkit efc set {account} AMOUNT --because WHY"
            yield _wrong("over-efc", change, message, hint, "warning")


def _follows(before: EfcChange, change: EfcChange) -> bool:
    """Whether one change was surely made after another: lower in one file, or in a later period."""
    return before.period != change.period or before.file == change.file


def _wrong(code: str, change: EfcChange, message: str, hint: str, severity: str = "error") -> Problem:
    return Problem(code, change.place, message, hint, "warning" if severity == "warning" else "error")


CHECKS = (closed_period, closed_order, budget_after_close, efc_in_order, efc_same_day, over_efc)
