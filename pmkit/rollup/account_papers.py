"""The papers behind an account to the end of a period: its ledger rows, open orders and EFC changes."""

from __future__ import annotations

from collections.abc import Iterable

from pmkit.model.budget import Period
from pmkit.model.ledger import EfcChange, LedgerRow, sums_of
from pmkit.model.production import Production
from pmkit.rollup.commitments import OrderState, commitments
from pmkit.rollup.exchange import exchange
from pmkit.rollup.order_lines import Quantities
from pmkit.rollup.periods import BEFORE, INSIDE, Periods


def rows_to(production: Production, period: Period | None, account: str) -> tuple[LedgerRow, ...]:
    """The ledger rows of an account to the end of a period, in the order of their days."""
    periods = Periods(production.periods)
    found = [row for row in production.ledger if row.account == account]
    kept = [row for row in found if period is None or periods.place(period, row.period, row.posted) >= BEFORE]
    return tuple(sorted(kept, key=lambda row: (row.posted, row.file, row.line)))


def in_no_period(production: Production, period: Period | None) -> tuple[LedgerRow, ...]:
    """The ledger rows that no period holds and that are dated after this one: no report would show these costs."""
    if period is None:
        return ()
    periods = Periods(production.periods)
    spent = {(alike.period, alike.posted) for alike in sums_of(production.ledger)}
    lost = {(number, day) for number, day in spent if periods.index(number, day) is None}
    late = {days for days in lost if days[1] > period.to}
    if not late:
        return ()
    costs = (row for row in production.ledger if row.account not in production.balance)
    return tuple(row for row in costs if (row.period, row.posted) in late)


def changes_to(production: Production, period: Period | None, account: str) -> tuple[EfcChange, ...]:
    """The EFC changes of an account to the end of a period, the one that counts last."""
    periods = Periods(production.periods)
    found = [change for change in production.efc_changes if change.account == account]
    return tuple(changes_so_far(found, periods, period, inside=True))


def changes_so_far(
    changes: Iterable[EfcChange], periods: Periods, period: Period | None, *, inside: bool
) -> list[EfcChange]:
    """The changes made by the end of a period (or before it began), in the order they take effect.

    Without periods none was made before.
    """
    if period is None and not inside:
        return []
    wanted = (INSIDE, BEFORE) if inside else (BEFORE,)
    found = [c for c in changes if period is None or periods.place(period, c.period, c.date) in wanted]
    return sorted(found, key=lambda c: (periods.rank(c.period, c.date), c.made))


def orders_to(production: Production, period: Period | None, account: str) -> tuple[OrderState, ...]:
    """The orders that commit something on an account at the end of a period."""
    day = period.to if period is not None else None
    open_ = commitments(production.orders, exchange(production), day, Quantities(production))
    return tuple(found for found in open_ if found.remaining_by_account.get(account))
